"""Scores by answer keys: exact sets of selections, default scores, and the three mappings."""

from __future__ import annotations

import pytest

from pulumi_mturk.marketplace.domain.answer_keys import InvalidAnswerKeyError, score
from pulumi_mturk.marketplace.domain.question_form_answers import Answer
from tests.support.marketplace.api_calls import SCHEMAS


def option(points: int, *selections: str) -> str:
    chosen = "".join(f"<SelectionIdentifier>{each}</SelectionIdentifier>" for each in selections)
    return f"<AnswerOption>{chosen}<AnswerScore>{points}</AnswerScore></AnswerOption>"


def question(identifier: str, *options: str, default: int | None = None) -> str:
    otherwise = "" if default is None else f"<DefaultScore>{default}</DefaultScore>"
    return f"<Question><QuestionIdentifier>{identifier}</QuestionIdentifier>{''.join(options)}{otherwise}</Question>"


def key(*questions: str, mapping: str = "") -> str:
    wrapped = f"<QualificationValueMapping>{mapping}</QualificationValueMapping>" if mapping else ""
    return f'<AnswerKey xmlns="{SCHEMAS}/2005-10-01/AnswerKey.xsd">{"".join(questions)}{wrapped}</AnswerKey>'


def chosen(**selections: str) -> list[Answer]:
    return [Answer(identifier, selections=tuple(each)) for identifier, each in selections.items()]


COLOURS = question("q", option(5, "a"), option(3, "a", "b"), option(-2, "c"), default=1)


@pytest.mark.parametrize(
    ("selections", "points"),
    [("a", 5), ("ab", 3), ("ba", 3), ("c", -2), ("b", 1), ("abc", 1), ("", 1)],
)
def test_a_set_of_selections_counts_only_as_a_whole(selections: str, points: int) -> None:
    assert score(key(COLOURS), chosen(q=selections)) == points


def test_a_question_left_out_gives_the_default_score() -> None:
    assert score(key(COLOURS), []) == 1


def test_there_is_no_default_score_but_zero() -> None:
    assert score(key(question("q", option(5, "a"))), chosen(q="b")) == 0


def test_a_text_beside_the_selections_is_none_of_the_options() -> None:
    assert score(key(COLOURS), [Answer("q", selections=("a",), other="mauve")]) == 1


def test_without_a_mapping_the_score_is_the_sum() -> None:
    whole = key(COLOURS, question("r", option(10, "x")))
    assert score(whole, chosen(q="a", r="x", unknown="z")) == 15


def test_the_first_of_two_equal_options_counts() -> None:
    assert score(key(question("q", option(5, "a"), option(6, "a"))), chosen(q="a")) == 5


@pytest.mark.parametrize(
    ("most", "points", "value"),
    [(10, 5, 50), (3, 1, 33), (3, 2, 67), (200, 1, 1), (8, 5, 63), (10, 0, 0), (10, -5, -50), (10, 12, 120)],
)
def test_a_percentage_of_the_highest_sum(most: int, points: int, value: int) -> None:
    mapping = f"<PercentageMapping><MaximumSummedScore>{most}</MaximumSummedScore></PercentageMapping>"
    assert score(key(question("q", option(points, "a")), mapping=mapping), chosen(q="a")) == value


@pytest.mark.parametrize(
    ("multiplier", "points", "value"),
    [
        ("2", 5, 10),
        ("0.5", 5, 3),
        ("1.5", 1, 2),
        ("-1", 5, -5),
        ("1e2", 5, 500),
        (" 1.1 ", 10, 11),
        # A qualification's value has 32 bits.
        ("1e300", 5, 2**31 - 1),
        ("-1e300", 5, -(2**31)),
    ],
)
def test_a_scaled_sum(multiplier: str, points: int, value: int) -> None:
    mapping = f"<ScaleMapping><SummedScoreMultiplier>{multiplier}</SummedScoreMultiplier></ScaleMapping>"
    assert score(key(question("q", option(points, "a")), mapping=mapping), chosen(q="a")) == value


@pytest.mark.parametrize(
    ("points", "value"), [(0, -1), (1, 10), (5, 10), (6, 20), (7, 20), (10, 20), (11, -1), (-4, -1)]
)
def test_ranges_have_both_their_bounds_and_the_first_of_two_counts(points: int, value: int) -> None:
    ranges = "".join(
        f"""<SummedScoreRange><InclusiveLowerBound>{low}</InclusiveLowerBound>
        <InclusiveUpperBound>{high}</InclusiveUpperBound>
        <QualificationValue>{worth}</QualificationValue></SummedScoreRange>"""
        for low, high, worth in ((1, 5, 10), (5, 10, 20))
    )
    outside = "<OutOfRangeQualificationValue>-1</OutOfRangeQualificationValue>"
    whole = key(question("q", option(points, "a")), mapping=f"<RangeMapping>{ranges}{outside}</RangeMapping>")
    assert score(whole, chosen(q="a")) == value


@pytest.mark.parametrize(
    "mapping",
    [
        "<PercentageMapping><MaximumSummedScore>0</MaximumSummedScore></PercentageMapping>",
        "<PercentageMapping><MaximumSummedScore>many</MaximumSummedScore></PercentageMapping>",
        "<PercentageMapping/>",
        "<ScaleMapping><SummedScoreMultiplier>INF</SummedScoreMultiplier></ScaleMapping>",
        "<ScaleMapping><SummedScoreMultiplier>twice</SummedScoreMultiplier></ScaleMapping>",
        "<RangeMapping/>",
        "<NoMapping/>",
    ],
)
def test_a_key_that_can_not_be_read_is_told_apart(mapping: str) -> None:
    with pytest.raises(InvalidAnswerKeyError):
        score(key(COLOURS, mapping=mapping), chosen(q="a"))


@pytest.mark.parametrize(
    ("points", "mapping", "value"),
    [
        (3_000_000_000, "", 2**31 - 1),
        (-(10**20), "", -(2**31)),
        (10**20, "<ScaleMapping><SummedScoreMultiplier>2</SummedScoreMultiplier></ScaleMapping>", 2**31 - 1),
        (
            1,
            "<RangeMapping><SummedScoreRange><InclusiveLowerBound>0</InclusiveLowerBound><InclusiveUpperBound>5"
            f"</InclusiveUpperBound><QualificationValue>{10**20}</QualificationValue></SummedScoreRange>"
            "<OutOfRangeQualificationValue>0</OutOfRangeQualificationValue></RangeMapping>",
            2**31 - 1,
        ),
    ],
)
def test_every_value_is_one_that_a_qualification_can_hold(points: int, mapping: str, value: int) -> None:
    assert score(key(question("q", option(points, "a")), mapping=mapping), chosen(q="a")) == value


def test_a_multiplier_beyond_all_numbers_makes_the_key_unusable() -> None:
    mapping = "<ScaleMapping><SummedScoreMultiplier>1e999999</SummedScoreMultiplier></ScaleMapping>"
    with pytest.raises(InvalidAnswerKeyError):
        score(key(question("q", option(10, "a")), mapping=mapping), chosen(q="a"))


def test_comments_and_blanks_around_a_text_do_not_count() -> None:
    document = key(question("q", option(5, "a"))).replace("<AnswerScore>5", "<AnswerScore><!-- five -->5")
    assert score(document, [Answer(" q\n", selections=("\n a ",))]) == 5
