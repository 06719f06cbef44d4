"""The base of inputs and outputs: names, marks, what is not known yet, and recorded values of any kind."""

from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from pulumi_mturk.common.unknown import UNKNOWN, Malformed, Unknown, has_value
from pulumi_mturk.provider.model import Args, Mark, Maybe, Parsed
from pulumi_mturk.rules import form, hit_types
from tests.support.inputs import json_values, texts


class Example(Args):
    """A resource's inputs."""

    first_name: Annotated[str, Field(min_length=1), Mark.REPLACES]
    how_many: Annotated[int | None, Field(ge=0), Mark.SECRET] = None
    some_items: list[Maybe[int]] = Field(default=[])
    on_purpose: Annotated[bool, Mark.DIRECTIVE, Mark.UNSENT] = False


class Listing(Args):
    """Inputs of which one is parsed."""

    words: Annotated[tuple[str, ...], Parsed(str, lambda text: tuple(text.split()), " ".join)]
    how_many: int = 1


class ListingState(Listing):
    """Outputs of the same."""

    seen: bool = False


def parsed(**values: Any) -> Example:
    found = Example.parse(values)
    assert isinstance(found, Example)
    return found


def diagnostics(**values: Any) -> dict[str, str]:
    found = Example.parse(values)
    assert isinstance(found, list)
    return {diagnostic.path: diagnostic.message for diagnostic in found}


def test_names_are_camel_case_outside() -> None:
    assert parsed(firstName="x", howMany=2).to_dict() == {
        "firstName": "x",
        "howMany": 2,
        "someItems": [],
        "onPurpose": False,
    }


def test_a_whole_float_is_the_number_that_it_is() -> None:
    found = parsed(firstName="x", howMany=3.0, someItems=[1.0])
    assert (found.how_many, type(found.how_many), found.some_items) == (3, int, [1])


def test_all_that_is_wrong_is_found_with_its_path() -> None:
    assert diagnostics(howMany=-1, someItems=[1, "x"], nothing=5) == {
        "firstName": "this property is required",
        "howMany": "must be 0 or more",
        "someItems[1]": "must be a whole number",
        "nothing": "there is no such property",
    }


def test_no_finding_repeats_a_value() -> None:
    assert "secret words" not in str(diagnostics(firstName=["secret words"], howMany="secret words"))


@pytest.mark.parametrize("name", ["firstName", "howMany", "someItems", "onPurpose", "environment"])
def test_any_property_may_be_unknown(name: str) -> None:
    found = parsed(**{"firstName": "x", name: UNKNOWN})
    assert found.to_dict()[name] is UNKNOWN


def test_an_element_may_be_unknown() -> None:
    assert parsed(firstName="x", someItems=[1, UNKNOWN]).some_items == [1, UNKNOWN]


def test_what_is_unknown_hides_no_mistake_beside_it() -> None:
    assert set(diagnostics(firstName=UNKNOWN, someItems=[UNKNOWN, "x"], howMany=-1)) == {"someItems[1]", "howMany"}


def test_nothing_and_what_is_unknown_are_not_known() -> None:
    assert not has_value(None)
    assert not has_value(UNKNOWN)
    assert has_value("")
    assert has_value(0)


def test_another_librarys_unknown_value_is_one_once_it_is_registered() -> None:
    class Promise:
        pass

    Unknown.register(Promise)
    promise: Any = Promise()
    assert parsed(firstName=promise).to_dict()["firstName"] is promise


def test_marks_are_found_by_field() -> None:
    assert Example.marked(Mark.REPLACES) == {"first_name"}
    assert Example.marked(Mark.SECRET) == {"how_many"}
    assert Example.marked(Mark.DIRECTIVE) == {"on_purpose"}
    assert "on_purpose" in Example.marked(Mark.UNSENT)
    assert Example.marked(Mark.PIN) == {"environment", "endpoint_host"}
    assert Example.marked(Mark.DERIVED) == set()


def test_recorded_values_are_taken_as_they_are() -> None:
    found = Example.load({"firstName": "", "howMany": -1, "fromANewerVersion": True})
    assert (found.first_name, found.how_many, found.some_items) == ("", -1, [])


@given(st.dictionaries(st.sampled_from(["firstName", "howMany", "someItems", "environment"]) | texts, json_values))
def test_a_record_of_anything_can_be_read(recorded: dict[str, Any]) -> None:
    found = Example.load(recorded)
    for name in Example.model_fields:
        getattr(found, name)
    known = {key for key, value in recorded.items() if value is not None and key in ("firstName", "environment")}
    assert known <= found.to_dict().keys()


def test_a_parsed_field_is_typed_inside_and_plain_outside() -> None:
    found = Listing.parse({"words": " one  two"})
    assert isinstance(found, Listing)
    assert found.words == ("one", "two")
    assert found.to_dict() == {"words": "one two", "howMany": 1}


def test_a_parsed_field_has_the_form_of_what_is_recorded() -> None:
    found = Listing.parse({"words": ["one"]})
    assert found == [form.WRONG_TYPE.at("words", "must be a text")]


@pytest.mark.parametrize("how_many", [2, "a text, which an older version took"])
def test_a_recorded_value_is_parsed_whatever_stands_beside_it(how_many: Any) -> None:
    found = Listing.load({"words": "one two", "howMany": how_many})
    assert (found.words, found.how_many) == (("one", "two"), how_many)


@given(json_values.filter(lambda value: value is not None))
def test_a_recorded_value_that_cannot_be_parsed_stays_as_it_is(value: Any) -> None:
    found = Listing.load({"words": value})
    assert isinstance(found.words, Malformed) != isinstance(value, str)
    assert found.to_dict()["words"] == (" ".join(value.split()) if isinstance(value, str) else value)


@pytest.mark.parametrize("words", [UNKNOWN, "one two"])
def test_a_state_extends_inputs_with_the_typed_values(words: Any) -> None:
    given_inputs = Listing.parse({"words": words, "howMany": 3})
    assert isinstance(given_inputs, Listing)
    state = ListingState.extend(given_inputs, seen=True)
    assert state.words is given_inputs.words
    assert state.to_dict() == given_inputs.to_dict() | {"seen": True}


def test_a_copy_is_another_object() -> None:
    one = parsed(firstName="x")
    other = one.replace(first_name="y")
    assert (one.first_name, other.first_name) == ("x", "y")


@pytest.mark.parametrize(
    ("path", "parent", "joined"),
    [("", "rules", "rules"), ("[2].comparator", "rules", "rules[2].comparator"), ("country", "[1]", "[1].country")],
)
def test_a_finding_is_seen_from_above(path: str, parent: str, joined: str) -> None:
    found = hit_types.NO_REWARD.at(path, "is wrong").under(parent)
    assert (found.path, found.message, found.severity, found.code) == (joined, "is wrong", "warning", "MT212")


def test_a_finding_reads_as_a_sentence() -> None:
    assert str(form.MISSING.at("reward", "is missing")) == "reward: is missing [MT001]"
    assert str(form.MISSING.at("", "is missing")) == "is missing [MT001]"
