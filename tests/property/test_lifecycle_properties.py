"""What holds for every resource, whatever its inputs: nothing to do after apply, and a diff that takes anything."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.lifecycle import Difference
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Made, Place, opened
from tests.support.inputs import VALID, json_values, texts, valid_owning
from tests.support.memory_stack import from_engine

TOKENS = sorted(REGISTRY)

# What the real service may do as well, where the marketplace's defaults are the simple ones.
OTHERWISE = {
    "hit_type_identity": "verbatim",
    "xml_echo": "normalised",
    "page_tokens": "when_more",
    "list_disposing_type": "absent",
    "get_disposing_type": "invalid_state",
    "double_revoke": "success",
    "test_duration_without_test": "refuse",
}


@pytest.fixture(scope="module", params=["defaults", "otherwise"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with opened(tmp_path_factory.mktemp("place")) as found:
        found.marketplace.set_switches(record_calls="off")
        if request.param == "otherwise":
            found.marketplace.set_switches(**OTHERWISE)
        yield found


def made(place: Place, token: str, inputs: dict[str, Any]) -> Made:
    resource = place.made(token, from_engine(inputs))
    resource.inputs, resource.outputs = from_engine(resource.inputs), from_engine(resource.outputs)
    return resource


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_after_apply_there_is_nothing_to_do(place: Place, own_type: str, token: str, data: st.DataObject) -> None:
    program = valid_owning(data.draw(VALID[token]), own_type)
    resource = made(place, token, program)
    try:
        again = resource.check(program)
        assert again.failures == []
        assert again.inputs == resource.inputs
        assert resource.diff(from_engine(again.inputs)) == Difference()
    finally:
        resource.delete()


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_a_refresh_after_apply_finds_what_the_program_says(
    place: Place, own_type: str, token: str, data: st.DataObject
) -> None:
    resource = made(place, token, valid_owning(data.draw(VALID[token]), own_type))
    try:
        found = resource.read()
        assert found is not None
        assert found.inputs == resource.inputs
        assert resource.diff(from_engine(found.inputs)) == Difference()
        assert lifecycle.diff(resource.resource, from_engine(found.outputs), resource.inputs) == Difference()
    finally:
        resource.delete()


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_a_change_that_is_applied_is_done(place: Place, own_type: str, token: str, data: st.DataObject) -> None:
    resource = made(place, token, valid_owning(data.draw(VALID[token]), own_type))
    try:
        news = resource.check(from_engine(valid_owning(data.draw(VALID[token]), own_type)))
        if news.failures or resource.diff(news.inputs).replaces:
            return
        resource.update(from_engine(news.inputs))
        assert resource.diff(resource.inputs) == Difference()
        found = resource.read()
        assert found is not None
        assert resource.diff(from_engine(found.inputs)) == Difference()
    finally:
        resource.delete()


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_after_delete_it_is_gone_unless_nothing_deletes_it(
    place: Place, own_type: str, token: str, data: st.DataObject
) -> None:
    resource = made(place, token, valid_owning(data.draw(VALID[token]), own_type))
    resource.delete()
    resource.delete()
    undeletable = "HITType"
    left = resource.read()
    if token == "QualificationRoster":  # noqa: S105
        # Its type is there, which is all that there is of a list of nobody.
        assert left is not None
        assert (left.outputs["workers"], left.outputs["count"]) == ("", 0)
    else:
        assert (left is None) == (token != undeletable)


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_checked_inputs_are_a_fixed_point(place: Place, own_type: str, token: str, data: st.DataObject) -> None:
    inputs = place.check(token, valid_owning(data.draw(VALID[token]), own_type)).inputs
    again = place.check(token, from_engine(inputs), from_engine(inputs))
    assert again.failures == []
    assert again.inputs == inputs
    # A replacement is checked once more, with no olds.
    assert place.check(token, from_engine(inputs)).inputs == inputs


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_which_properties_differ_is_the_same_from_both_sides(
    place: Place, own_type: str, token: str, data: st.DataObject
) -> None:
    one, other = (place.check(token, valid_owning(data.draw(VALID[token]), own_type)).inputs for _ in range(2))
    resource = REGISTRY[token]
    assert lifecycle.diff(resource, one, other).changed == lifecycle.diff(resource, other, one).changed
    assert lifecycle.diff(resource, one, from_engine(one)) == Difference()


def states(token: str) -> st.SearchStrategy[dict[str, Any]]:
    """What may stand in a state that something else wrote: members of ours with any value, and others."""
    members = st.sampled_from(sorted(str(field.alias) for field in REGISTRY[token].state.model_fields.values()))
    garbage = st.dictionaries(members | texts, json_values, max_size=5)
    damaged = st.builds(lambda good, bad: good | bad, VALID[token], garbage)
    return garbage | damaged


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_a_diff_takes_any_state(token: str, data: st.DataObject) -> None:
    olds, news = data.draw(states(token)), data.draw(states(token) | VALID[token])
    difference = lifecycle.diff(REGISTRY[token], olds, news)
    assert set(difference.replaces) <= set(difference.changed)
    assert lifecycle.diff(REGISTRY[token], olds, olds) == Difference()


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_a_check_takes_anything_and_answers_in_sentences(place: Place, token: str, data: st.DataObject) -> None:
    checked = place.check(token, data.draw(states(token)))
    assert all(checked.failures)
