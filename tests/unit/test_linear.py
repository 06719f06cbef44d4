"""Long junk: eight times as much of it takes about eight times as long to be refused, or to be read."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk import eligibility
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.rosters.csv_files import workers_from_csv
from pulumi_mturk.rosters.encoding import encode
from tests.support.core import Place
from tests.support.inputs import ANSWER_KEY, EXAMPLES, NO_TYPE, TEST, TESTED, WORKER

TYPE, HIT_TYPE, ROSTER = "QualificationType", "HITType", "QualificationRoster"
Sized = Callable[[int], dict[str, Any]]


def _text(part: str) -> Sized:
    return lambda size: TESTED | {"test": TEST.replace("Two and two?", f"<![CDATA[{part * (size // len(part))}]]>")}


def _content(part: str) -> Sized:
    old = "<Text>Two and two?</Text>"
    new = "<FormattedContent><![CDATA[{}]]></FormattedContent>"
    return lambda size: TESTED | {"test": TEST.replace(old, new.format(part * (size // len(part))))}


def _in_test(before: str, part: str) -> Sized:
    return lambda size: TESTED | {"test": TEST.replace(before, f"{part * (size // len(part))}{before}", 1)}


def _questions_of_points(size: int) -> dict[str, Any]:
    """A key with as many different sums of points as its size allows, and many ranges for them."""
    number = size // 500
    head, key = TEST[: TEST.index("<Question>")], ANSWER_KEY[: ANSWER_KEY.index("<Question>")]
    question = TEST[TEST.index("<Question>") : TEST.index("</QuestionForm>")]
    scored = ANSWER_KEY[ANSWER_KEY.index("<Question>") : ANSWER_KEY.index("</AnswerKey>")]
    ranges = "".join(
        f"<SummedScoreRange><InclusiveLowerBound>{low}</InclusiveLowerBound><InclusiveUpperBound>{low + 5}"
        f"</InclusiveUpperBound><QualificationValue>{low}</QualificationValue></SummedScoreRange>"
        for low in range(0, number * 10, 10)
    )
    return TESTED | {
        "test": head + "".join(question.replace("q1", f"q{at}") for at in range(number)) + "</QuestionForm>",
        "answerKey": key
        + "".join(scored.replace("q1", f"q{at}").replace(">1<", f">{1 + at * 37 % 701}<") for at in range(number))
        + f"<QualificationValueMapping><RangeMapping>{ranges}<OutOfRangeQualificationValue>0"
        "</OutOfRangeQualificationValue></RangeMapping></QualificationValueMapping></AnswerKey>",
    }


def _rules(**members: Callable[[int], Any]) -> Sized:
    """A requirement with members of a size."""
    return lambda size: {"qualificationRequirements": [{name: make(size) for name, make in members.items()}]}


def _located(country: Callable[[int], str]) -> Sized:
    return _rules(
        qualificationTypeId=lambda _: "Worker_Locale",
        comparator=lambda _: "EqualTo",
        localeValues=lambda size: [{"country": country(size)}],
    )


# Name -> resource, the size of the larger one, and members of a size.
CHECKED: dict[str, tuple[str, int, Sized]] = {
    "< in a text": (TYPE, 60_000, _text("<")),
    "words that ask for a name": (TYPE, 60_000, _text("your first and ")),
    "one long word after your": (TYPE, 60_000, _text("your a-")),
    "blanks": (TYPE, 60_000, _text(" ")),
    "paragraphs": (TYPE, 60_000, _content("<p>x</p>")),
    "elements within each other": (
        TYPE,
        1_000,
        lambda size: _content(f"{'<b>' * (size // 4)}{'x' * 200 * (size // 4)}{'</b>' * (size // 4)}")(1),
    ),
    "entities": (TYPE, 60_000, _content("&nbsp;")),
    "ampersands": (TYPE, 60_000, _content("&a")),
    "wrong elements": (TYPE, 60_000, _in_test("<Question>", "<Bad/>")),
    "overviews": (TYPE, 60_000, _in_test("<Question>", "<Overview><Text>x</Text></Overview>")),
    "selections": (
        TYPE,
        60_000,
        _in_test("</Selections>", "<Selection><SelectionIdentifier>c</SelectionIdentifier><Text>x</Text></Selection>"),
    ),
    "noughts": (
        TYPE,
        60_000,
        lambda size: TESTED | {"answerKey": ANSWER_KEY.replace(">1<", f">{'0' * size}1<")},
    ),
    "sums of points": (TYPE, 60_000, _questions_of_points),
    "a document of many MB": (TYPE, 8_000_000, _text("x")),
    "a name of many MB": (TYPE, 8_000_000, lambda size: {"name": "fail " * (size // 5)}),
    "a blank name": (TYPE, 8_000_000, lambda size: {"name": "\u200b" * size}),
    "keywords": (HIT_TYPE, 1_000_000, lambda size: {"keywords": ",a" * (size // 2)}),
    "digits of a reward": (HIT_TYPE, 4_000_000, lambda size: {"reward": "9" * size}),
    "words of a title": (HIT_TYPE, 4_000_000, lambda size: {"title": "your " * size}),
    "blanks in a country": (HIT_TYPE, 60_000, _located(lambda size: f"US{' ' * size}!")),
    "places with two codes": (
        HIT_TYPE,
        6_000,
        _rules(
            qualificationTypeId=lambda _: "Worker_Locale",
            comparator=lambda _: "In",
            localeValues=lambda size: [{"country": "PR"}] * size,
        ),
    ),
    "a long id": (HIT_TYPE, 4_000_000, _rules(qualificationTypeId=lambda size: "x_" * size, comparator=lambda _: "In")),
    "a long comparator": (HIT_TYPE, 4_000_000, _rules(comparator=lambda size: "- " * size)),
    "requirements": (
        HIT_TYPE,
        4_000,
        lambda size: {"qualificationRequirements": [{"qualificationTypeId": NO_TYPE, "comparator": "Exists"}] * size},
    ),
    "members": (HIT_TYPE, 4_000, lambda size: {"qualificationRequirements": [{f"k{at}": 1 for at in range(size)}]}),
    "properties": (HIT_TYPE, 20_000, lambda size: {f"k{at}": 1 for at in range(size)}),
    "junk for workers": (ROSTER, 4_000_000, lambda size: {"workers": "x=@>?!1 \n" * (size // 9)}),
    "letters for workers": (ROSTER, 4_000_000, lambda size: {"workers": "A" * size}),
    "scores for workers": (ROSTER, 1_000_000, lambda size: {"workers": f"{WORKER}=1 {WORKER}=2 " * (size // 40)}),
    "files of workers": (
        ROSTER,
        1_000_000,
        lambda size: {"workers": " ".join(f">{at} x@3" for at in range(size // 10))},
    ),
    "workers in a list": (ROSTER, 100_000, lambda size: {"workers": [f"A{at}X" for at in range(size)]}),
    "scores in a list": (
        ROSTER,
        50_000,
        lambda size: {"workers": [{"workerId": f"A{at}X", "integerValue": at} for at in range(size)]},
    ),
    "junk in a list": (ROSTER, 50_000, lambda size: {"workers": [{"x": 1}, "", None, ["A1X"]] * (size // 4)}),
    "workers": (ROSTER, 1_000_000, lambda size: {"workers": " ".join(f"A{at}X" for at in range(size // 10))}),
}


def seconds(action: Callable[[], object]) -> float:
    """The time of the processor that something takes, errors of ours among the rest."""
    length = 0
    start = time.process_time()
    try:
        action()
    except MturkError as error:
        length = len(str(error))
    taken = time.process_time() - start
    assert length < 3_000
    return taken


def assert_linear(action: Callable[[int], Callable[[], object]], size: int) -> None:
    """The square would be 64 times as much; what takes no time at all is well. Where others keep the machine busy, the
    processor's time varies too: it is measured up to five times."""
    measured = []
    for _ in range(5):
        part, whole = (seconds(action(some)) for some in (size // 8, size))
        if whole < max(0.1, 25 * part):
            return
        measured.append((part, whole))
    pytest.fail(f"took these seconds for an eighth and for the whole: {measured}")


@pytest.mark.parametrize("name", CHECKED)
def test_a_check_is_linear(place: Place, name: str) -> None:
    token, size, members = CHECKED[name]
    failures: list[str] = []

    def action(part: int) -> Callable[[], object]:
        inputs = EXAMPLES[token] | members(part)

        def check() -> None:
            failures[:] = place.check(token, inputs).failures

        return check

    assert_linear(action, size)
    # A few findings of a few lines each: nobody reads a thousand.
    assert all(len(sentence) < 1_500 for sentence in failures)
    assert len(failures) <= 60


def test_a_list_of_workers_is_encoded_in_linear_time() -> None:
    for part in ("x ", "A1EXAMPLE=", "[", "[[1],", '{"a":', ">@=?"):
        assert_linear(lambda size, part=part: lambda: encode(part * (size // len(part))), 1_000_000)  # type: ignore[misc]


def test_a_file_is_read_in_linear_time(tmp_path: Path) -> None:
    path = tmp_path / "workers.csv"
    for head, part in (
        ("worker_id\n", "x\n"),
        ("worker_id\n", '"'),
        ("worker_id,", "a,"),
        ("x", "\n"),
        ("worker_id\n", "A1,,\n"),
    ):

        def action(size: int, head: str = head, part: str = part) -> Callable[[], object]:
            path.write_text(head + part * (size // len(part)))
            return lambda: workers_from_csv(path)

        assert_linear(action, 100_000)


def test_a_helper_is_linear() -> None:
    assert_linear(lambda size: lambda: eligibility.locale(f"US{'-' * size}"), 400_000)
    assert_linear(lambda size: lambda: eligibility.country(f"US{' ' * size}x"), 400_000)
