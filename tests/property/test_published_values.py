"""What inputs and outputs hold is what the package schema says, and means the same in either form of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.lifecycle import Difference
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place
from tests.support.inputs import VALID, valid_owning
from tests.support.memory_stack import from_engine
from tests.support.schema_values import strays

TOKENS = sorted(REGISTRY)


def published(token: str, values: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = from_engine(lifecycle.published(REGISTRY[token], values))
    return found


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_inputs_and_outputs_hold_what_the_schema_says(
    place: Place, own_type: str, token: str, data: st.DataObject
) -> None:
    program = published(token, valid_owning(data.draw(VALID[token]), own_type))
    made = place.made(token, program)
    try:
        found = made.read()
        assert found is not None
        held = {"inputProperties": (made.inputs, found.inputs), "properties": (made.outputs, found.outputs)}
        for side, both in held.items():
            assert [strays(token, side, published(token, values)) for values in both] == [[], []]
    finally:
        made.delete()


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_both_forms_mean_the_same(place: Place, own_type: str, token: str, data: st.DataObject) -> None:
    program = valid_owning(data.draw(VALID[token]), own_type)
    inputs = place.check(token, program).inputs
    other = published(token, inputs)
    assert published(token, other) == other
    assert place.check(token, published(token, program), inputs).inputs == inputs
    assert place.check(token, other, inputs).inputs == inputs
    assert place.check(token, from_engine(inputs), other).inputs == inputs
    resource = REGISTRY[token]
    assert lifecycle.diff(resource, inputs, other) == lifecycle.diff(resource, other, inputs) == Difference()
    assert lifecycle.diff(resource, other, other) == Difference()
