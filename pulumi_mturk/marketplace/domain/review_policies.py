"""Review policies: their parameters, and how they compare answers. `reviews` runs them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.domain.value_ranges import INT32
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pulumi_mturk.marketplace.domain.question_form_answers import Answer

KNOWN_ANSWERS: Final = "ScoreMyKnownAnswers/2011-09-01"
PLURALITY: Final = "SimplePlurality/2011-09-01"
LONGEST_COMPARED: Final = 256
"""Characters: longer answers are not compared with each other (documented)."""
_ANY: Final = (INT32[0], INT32[-1])
_PERCENT: Final = (0, 101)
"""For known answers: 101 can not be reached, so it means never, or always (documented)."""
_TIME: Final = (60, 31_536_000)
_NUMBERS: Final[dict[str, dict[str, tuple[int, int]]]] = {  # with the ranges that are documented
    KNOWN_ANSWERS: {
        "ApproveIfKnownAnswerScoreIsAtLeast": _PERCENT,
        "RejectIfKnownAnswerScoreIsLessThan": _PERCENT,
        "ExtendIfKnownAnswerScoreIsLessThan": _PERCENT,
        "ExtendMaximumAssignments": (2, 25),
        "ExtendMinimumTimeInSeconds": _TIME,
    },
    PLURALITY: {
        "QuestionAgreementThreshold": _ANY,
        "DisregardAssignmentIfKnownAnswerScoreIsLessThan": _ANY,
        "ExtendIfHITAgreementScoreIsLessThan": (1, 100),
        "ExtendMaximumAssignments": _ANY,
        "ExtendMinimumTimeInSeconds": _TIME,
        "ApproveIfWorkerAgreementScoreIsAtLeast": _ANY,
        "RejectIfWorkerAgreementScoreIsLessThan": _ANY,
    },
}
_TEXTS: Final = frozenset({"ApproveReason", "RejectReason"})
_OTHERS: Final = {
    KNOWN_ANSWERS: {"AnswerKey", *_TEXTS},
    PLURALITY: {"QuestionIds", "DisregardAssignmentIfRejected", "RejectReason"},
}
# DisregardAssignmentIfRejected is called required in one place, and left out in the example of another
_REQUIRED: Final = {KNOWN_ANSWERS: ("AnswerKey",), PLURALITY: ("QuestionIds", "QuestionAgreementThreshold")}
_EXTENSION: Final = ("ExtendMaximumAssignments", "ExtendMinimumTimeInSeconds")
"""The parameters that SimplePlurality needs to extend a HIT (documented)."""
_FLAGS: Final = {"t": True, "true": True, "f": False, "false": False}


@dataclass(frozen=True)
class ReviewPolicy:
    """A parsed and checked review policy."""

    name: str
    numbers: Mapping[str, int]
    texts: Mapping[str, str]
    answer_key: Mapping[str, frozenset[str]]
    """Of ScoreMyKnownAnswers: the right values for each question."""
    question_ids: tuple[str, ...]
    """Of SimplePlurality: the questions that are compared."""
    disregards_rejected: bool


@dataclass(frozen=True)
class Agreement:
    """The result of comparing the answers of several workers."""

    agreed: Mapping[str, tuple[frozenset[str], int]]
    """The answer to each question that has an agreed one, and the percentage of workers who gave it."""
    correct: Mapping[str, int]
    """For each assignment: how many of the agreed answers it has."""
    score: int
    """Percentage of the questions that have an agreed answer."""

    def worker_score(self, assignment_id: str) -> int | None:
        """The percentage of agreed answers that an assignment has; none where nothing is agreed on."""
        return 100 * self.correct[assignment_id] // len(self.agreed) if self.agreed else None


def read_policy(policy: Mapping[str, Any], name: str) -> ReviewPolicy:
    """Parse the policy of this name; raises WireError for invalid parameters (errors guessed)."""
    if policy["PolicyName"] != name:
        raise invalid_parameter("PolicyName", policy["PolicyName"], f"The policy must be {name}")
    parameters = _parameters(policy, name)
    ranges = _NUMBERS[name]
    return ReviewPolicy(
        name,
        {key: _number(key, found, *ranges[key]) for key, found in parameters.items() if key in ranges},
        {key: _single(key, found) for key, found in parameters.items() if key in _TEXTS},
        _answer_key(parameters["AnswerKey"]) if name == KNOWN_ANSWERS else {},
        _question_ids(parameters["QuestionIds"]) if name == PLURALITY else (),
        "DisregardAssignmentIfRejected" in parameters and _flag(parameters["DisregardAssignmentIfRejected"]),
    )


def known_answers(policy: ReviewPolicy, answers: Mapping[str, Answer]) -> dict[str, bool]:
    """Whether each known answer was given: all of its values and no other, white space around them aside (documented).

    A question that was not answered is right where the key has no values (guessed: the documents are not clear).
    """
    return {question: _matches(known, answers.get(question)) for question, known in policy.answer_key.items()}


def percentage(right: Mapping[str, bool]) -> int:
    """The KnownAnswerScore: rounded down (guessed from the documents' examples)."""
    return 100 * sum(right.values()) // len(right)


def compare(policy: ReviewPolicy, work: Mapping[str, Mapping[str, Answer]]) -> Agreement:
    """Compare the answers of assignments: `work` has each one's answers by question.

    An answer is agreed on where more of the workers gave it than the threshold's percentage (documented). Percentages
    are rounded down, as in the documents' example. Two answers are the same if they have the same values, white space
    around them aside (documented); no answer is an answer without values (guessed). Longer ones than 256 characters are
    left out (documented). Where two answers were given equally often none is agreed on (guessed).
    """
    threshold = policy.numbers["QuestionAgreementThreshold"]
    agreed: dict[str, tuple[frozenset[str], int]] = {}
    given = {
        question: {
            identity: _values(answers.get(question))
            for identity, answers in work.items()
            if _is_short(answers, question)
        }
        for question in policy.question_ids
    }
    for question, votes in given.items():
        ranking = Counter(votes.values()).most_common(2)
        if not ranking or (len(ranking) == 2 and ranking[0][1] == ranking[1][1]):
            continue
        answer, count = ranking[0]
        if (score := 100 * count // len(votes)) > threshold:
            agreed[question] = (answer, score)
    correct = {
        identity: sum(given[question].get(identity) == answer for question, (answer, _) in agreed.items())
        for identity in work
    }
    return Agreement(agreed, correct, 100 * len(agreed) // len(policy.question_ids))


def _parameters(policy: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for parameter in policy.get("Parameters", []):
        key = parameter.get("Key", "")
        if key not in _NUMBERS[name] and key not in _OTHERS[name]:
            raise invalid_parameter("Key", key, f"{name} has no such parameter")
        if key in found:
            raise invalid_parameter("Key", key, "A parameter can be used only once")
        found[key] = parameter
    required = _REQUIRED[name] + (_EXTENSION if "ExtendIfHITAgreementScoreIsLessThan" in found else ())
    for key in required:
        if key not in found:
            raise invalid_parameter("Key", "null", f"The parameter {key} must be used")
    return found


def _matches(known: frozenset[str], answer: Answer | None) -> bool:
    whole = (answer.free_text or "").strip() if answer is not None else ""
    # the bar may also be part of a text
    return _values(answer) == known or (whole != "" and known == {whole})


def _values(answer: Answer | None) -> frozenset[str]:
    """What was given, as a set: fields of one name are one text, joined by a bar."""
    if answer is None:
        return frozenset()
    parts = [*(answer.free_text or "").split("|"), *answer.selections, answer.other or ""]
    return frozenset(part.strip() for part in parts if part.strip())


def _is_short(answers: Mapping[str, Answer], question: str) -> bool:
    answer = answers.get(question)
    return answer is None or len(answer.free_text or answer.other or "") <= LONGEST_COMPARED


def _single(key: str, parameter: Mapping[str, Any]) -> str:
    values: Sequence[str] = parameter.get("Values", [])
    if len(values) != 1 or parameter.get("MapEntries"):
        raise invalid_parameter("Value", ",".join(values), f"The parameter {key} must have one value")
    return values[0]


def _number(key: str, parameter: Mapping[str, Any], minimum: int, maximum: int) -> int:
    text = _single(key, parameter)
    if not re.fullmatch(r"-?[0-9]{1,10}", text) or not minimum <= int(text) <= maximum:
        raise invalid_parameter("Value", text, f"{key} must be a whole number between {minimum} and {maximum}")
    return int(text)


def _flag(parameter: Mapping[str, Any]) -> bool:
    """T or F (documented); the words are taken too (guessed)."""
    text = _single(parameter["Key"], parameter)
    if text.lower() not in _FLAGS:
        raise invalid_parameter("Value", text, f"{parameter['Key']} must be T or F")
    return _FLAGS[text.lower()]


def _question_ids(parameter: Mapping[str, Any]) -> tuple[str, ...]:
    """Separated by commas (documented), or each a value of its own, as the model's lists have it."""
    parts = [part.strip() for value in parameter.get("Values", []) for part in value.split(",")]
    found = tuple(dict.fromkeys(part for part in parts if part))
    if not found:
        raise _empty("QuestionIds")
    return found


def _answer_key(parameter: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in parameter.get("MapEntries", []):
        question = entry.get("Key", "")
        if not question or question in found:
            raise invalid_parameter("MapEntry", question, "Each MapEntry of the AnswerKey must have a Key of its own")
        found[question] = frozenset(value.strip() for value in entry.get("Values", []) if value.strip())
    if not found:
        raise _empty("AnswerKey")
    return found


def _empty(key: str) -> WireError:
    return invalid_parameter("Value", "", f"The parameter {key} must name at least one question")
