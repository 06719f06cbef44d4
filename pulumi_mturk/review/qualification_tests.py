"""What a change does to a qualification test: its questions by their ids, and the points, never an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_mturk.common.text import count
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.review.plan import Hidden, Side, Step
from pulumi_mturk.review.report import Row
from pulumi_mturk.review.trees import differing

_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class ChangeOfTest:
    """A test before and after."""

    words: str = ""
    """What changes, as the beginning of a sentence; empty if nothing does."""
    around: bool = False
    """Whether it differs in nothing but what stands around the questions: instructions, styles, bounds of a text."""
    rows: tuple[Row, ...] = ()
    range_before: tuple[int, int] | None = None
    """The lowest and highest score that the key can give; None where that can't be told."""
    range_after: tuple[int, int] | None = None

    @property
    def changed(self) -> bool:
        """Whether the same answers may get another score."""
        return bool(self.words)


def change_of_test(step: Step) -> ChangeOfTest:
    """What becomes of a type's test and key. Reading a test costs an XML parser: only tests that differ are read."""
    before, after = _inputs(step.before), _inputs(step.after)
    was, now = _range(before), _range(after)
    tests = [side.get("test") for side in (before, after)]
    if step.before is None or step.after is None or not any(tests):
        return ChangeOfTest(range_before=was, range_after=now)
    rows = list(_points(before, after))
    scoring = [] if tests[0] == tests[1] else list(_questions(*map(_read, tests)))
    keys = _keys_changed(step, after)
    parts = [
        *(["The test changes"] if scoring or (tests[0] != tests[1] and None in tests) else []),
        *([] if keys is None else [f"The key changes for {count(keys, 'question')}" if keys else "The key changes"]),
    ]
    words = " and ".join(part if index == 0 else part[0].lower() + part[1:] for index, part in enumerate(parts))
    around = tests[0] != tests[1] and not scoring
    if around:
        scoring = [Row(subject="test", before="(as it is)", after="differs around its questions")]
    return ChangeOfTest(words=words, around=around, rows=(*scoring, *rows), range_before=was, range_after=now)


def _inputs(side: Side | None) -> Mapping[str, Any]:
    return side.inputs if side is not None else {}


def _range(inputs: Mapping[str, Any]) -> tuple[int, int] | None:
    lowest, highest = inputs.get("lowestScore"), inputs.get("highestScore")
    return (lowest, highest) if isinstance(lowest, int) and isinstance(highest, int) else None


def _points_told(inputs: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the inputs tell of the points of each question."""
    told = inputs.get("testQuestions")
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _keys_changed(step: Step, after: Mapping[str, Any]) -> int | None:
    """For how many questions the scoring differs; None where the key stays, 0 where it can't be told for which."""
    if "answerKey" not in step.differing:
        return None
    return sum(one.get("keyChanged") is True for one in _points_told(after))


def _read(test: Any) -> Mapping[str, Any] | None:
    """The questions of a test by their ids; None if it is not known or can't be read."""
    if test is None:
        return {}
    if not isinstance(test, str):
        return None
    from pulumi_mturk.questions.parsing import read_form  # loads lxml

    return {
        one.identifier: {
            "wording": " / ".join(one.wording),
            "choices": ", ".join(one.selections),
            "how many are chosen": f"{one.least} to {one.most}",
            "style": one.style,
        }
        for one in read_form(test).questions
    }


def _questions(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Iterator[Row]:
    if before is None or after is None:
        yield Row(subject="test", before="(not known)", after="(not known)")
        return
    for name, members in differing(before, after).items():
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            yield Row(
                subject=f'question "{name}"',
                before=None if was is None else _shortened(was["wording"]),
                after=None if now is None else _shortened(now["wording"]),
            )
            continue
        for member in members:
            yield Row(
                subject=f'question "{name}", {member}', before=_shortened(was[member]), after=_shortened(now[member])
            )


def _points(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    was, now = (_scoring(inputs) for inputs in (before, after))
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield Row(subject=name, before=was.get(name), after=now.get(name))


def _scoring(inputs: Mapping[str, Any]) -> dict[str, str]:
    """The points of each question, and the score that they make."""
    found = {
        f'points of question "{each["questionId"]}"': f"{each['lowestPoints']} to {each['highestPoints']}"
        for each in _points_told(inputs)
        if {"questionId", "lowestPoints", "highestPoints"} <= each.keys()
    }
    if isinstance(summary := inputs.get("testSummary"), str):
        found["test"] = summary
    if (scores := _range(inputs)) is not None:
        found["score that can be reached"] = f"{scores[0]} to {scores[1]}"
    return found


def _shortened(text: Any) -> str:
    if isinstance(text, Unknown | Hidden):
        return str(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
