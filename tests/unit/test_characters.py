"""Texts for people: what of them can be seen, and how a value stands in a message."""

import math
import unicodedata
from enum import IntEnum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.characters import control_problem, is_blank, line_break_problem
from pulumi_mturk.common.integers import fits_64_bits, whole
from pulumi_mturk.common.text import quoted, shortened
from pulumi_mturk.resources.qualification_type_state import FOREIGN_ANSWER_KEY
from tests.support.core import Place
from tests.support.findings import places
from tests.support.inputs import TYPE


@given(st.characters())
def test_a_control_character_is_what_unicode_says_but_for_tabs_and_line_ends(character: str) -> None:
    nowhere = unicodedata.category(character) in {"Cc", "Cs"} or character in "\ufffe\uffff"
    assert (control_problem(character) is not None) == (nowhere and character not in "\t\n\r")
    assert (line_break_problem(character) is not None) == (character in "\t\n\r")


def test_a_control_character_is_told_by_its_place_and_number() -> None:
    assert control_problem("ab\x1bc\x00") == "character 3 is the control character U+001B; leave it out"
    assert control_problem("two\n\tlines") is None


@pytest.mark.parametrize(
    "text", ["", " ", "\t\n", "\u200b", "\u2060\ufeff\u00ad", "\u3164", "\u2800", "\ufe0f", "\U000e0100"]
)
def test_a_text_of_what_is_not_shown_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(f"{text}x{text}")


@pytest.mark.parametrize("text", ["-", "\u0661", "\u4e2d", "\U0001f600", "\u0301"])
def test_a_text_with_something_to_see_is_not_blank(text: str) -> None:
    assert not is_blank(text)


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.lists(st.integers()) | st.none())
def test_a_value_in_a_message_is_short_and_can_be_printed(value: object) -> None:
    assert len(quoted(value)) < 800
    assert quoted(value).isprintable()
    if isinstance(value, str):
        assert shortened(value).isprintable()


def test_a_number_of_more_digits_than_python_writes_has_words() -> None:
    assert quoted(10**5000) == "a number"
    assert quoted(2**64 - 1) == "18446744073709551615"


class _Level(IntEnum):
    ONE = 1


def test_a_number_is_whole_or_none_whatever_its_size() -> None:
    assert whole(10**5000) == 10**5000
    assert whole(Fraction(10**5000, 3)) is None
    assert whole(math.inf) is None
    assert whole(1e300) == int(1e300)


@pytest.mark.parametrize("number", [0, 2**63 - 1, -(2**63), True, _Level.ONE])
def test_64_bits(number: int) -> None:
    assert fits_64_bits(number)
    assert not fits_64_bits(number + 2**64)


@pytest.mark.parametrize(("name", "code"), [("x\x1b", "MT020"), ("x" * 993, "MT004")])
def test_a_name_that_is_made_of_the_resources_name_is_one_that_could_be_given(
    place: Place, name: str, code: str
) -> None:
    """Such a resource is called so in the plan alone, if its type is given a name."""
    assert places(place.check("QualificationType", TYPE, name=name).failures) == [("name", code)]
    assert place.check("QualificationType", TYPE | {"name": "Reader"}, name=name).failures == []
    assert place.check("QualificationType", TYPE, name="x" * 992).failures == []


def test_what_stands_for_a_foreign_key_can_be_read() -> None:
    assert control_problem(FOREIGN_ANSWER_KEY) is None
