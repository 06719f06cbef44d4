"""Inputs that differ, in words, for the table below a change."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from pulumi_mturk.common.names import to_snake
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.review.plan import Step
from pulumi_mturk.review.report import Row
from pulumi_mturk.review.sentences import duration, value
from pulumi_mturk.review.trees import differing

# Told elsewhere in the report, made of other inputs, or of no meaning for people.
_ELSEWHERE = frozenset(
    {
        "adopt",
        "answerKey",
        "change",
        "eligibility",
        "endpointHost",
        "environment",
        "granted",
        "highestScore",
        "lowestScore",
        "nameGenerated",
        "qualificationRequirements",
        "reward",
        "scoresEarned",
        "test",
        "testQuestions",
        "testSummary",
        "workers",
        "workerId",
    }
)
_SUBJECTS = {
    "assignmentDurationInSeconds": "time for an assignment",
    "autoApprovalDelayInSeconds": "approved by itself after",
    "autoGranted": "granted to everybody who asks",
    "autoGrantedValue": "score that is granted so",
    "count": "people on the list",
    "exclusive": "takes it from holders who are not listed",
    "expireHits": "expires its HITs on removal",
    "forceDestroy": "may be removed in production",
    "integerValue": "score",
    "maxRemovals": "most removals in one change",
    "qualificationTypeStatus": "status",
    "qualificationTypeId": "qualification type",
    "retryDelayInSeconds": "wait before another try",
    "revocationReason": "told to those who lose it",
    "sendNotification": "mails those who are granted it",
    "testDurationInSeconds": "time for the test",
    "unknownWorkers": "ids that are not known",
    "validateQuestions": "checks test and key",
}
_IN_WORDS: Mapping[str, Callable[[Any], str | None]] = {
    name: duration for name in _SUBJECTS if name.endswith("InSeconds")
}
_LONGEST = 300


def details(
    step: Step,
    without: frozenset[str] = frozenset(),
    instead: Mapping[str, tuple[str | None, str | None]] = MappingProxyType({}),
) -> tuple[Row, ...]:
    """The inputs of a resource that differ, in the order of their names; nothing secret.

    `instead` are words for inputs that mean nothing to people, before and after.
    """
    if step.before is None or step.after is None:
        return ()
    before, after = (
        {name: item for name, item in side.inputs.items() if name not in _ELSEWHERE | without}
        for side in (step.before, step.after)
    )
    if after.get("nameGenerated") or step.after.inputs.get("nameGenerated") is True:
        before.pop("name", None)
        after.pop("name", None)
    return tuple(
        row
        for name in differing(before, after)
        if (row := _row(name, *instead.get(name, (before.get(name), after.get(name))))) is not None
    )


def _row(name: str, before: Any, after: Any) -> Row | None:
    subject = _SUBJECTS.get(name) or to_snake(name).replace("_", " ")
    said = _IN_WORDS.get(name, value)
    was, now = _shortened(said(before)), _shortened(said(after))
    if was == now:
        hidden = isinstance(before, Unknown) or isinstance(after, Unknown)
        return Row(subject=subject, before=was, after=f"{now}, another one perhaps") if hidden else None
    return Row(subject=subject, before=was, after=now)


def _shortened(text: str | None) -> str | None:
    return text if text is None or len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
