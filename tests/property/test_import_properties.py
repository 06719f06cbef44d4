"""What holds for every import, whatever is there: nothing of it is changed by the program that would have made it."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.provider import lifecycle
from pulumi_mturk.resources import REGISTRY
from tests.property.test_lifecycle_properties import OTHERWISE, TOKENS
from tests.support.core import Made, Place, opened
from tests.support.imports import import_id_of
from tests.support.inputs import VALID, valid_owning
from tests.support.memory_stack import from_engine


@pytest.fixture(scope="module", params=["defaults", "otherwise"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with opened(tmp_path_factory.mktemp("place")) as found:
        found.marketplace.set_switches(record_calls="off", account_balance="9" * 15 + ".00")
        if request.param == "otherwise":
            found.marketplace.set_switches(**OTHERWISE)
        yield found


def account(place: Place, own_type: str) -> list[Any]:
    """What there is that a resource can change."""
    client = place.client
    types = [
        client.get_qualification_type(live.qualification_type_id) for live in client.list_own_qualification_types()
    ]
    return [
        types,
        client.holders(own_type),
        client.list_worker_blocks(),
        [hit.hit_type_id for hit in client.list_hits()],
    ]


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_the_program_that_made_it_finds_nothing_to_change(
    place: Place, own_type: str, token: str, data: st.DataObject
) -> None:
    program = from_engine(valid_owning(data.draw(VALID[token]), own_type))
    made = place.made(token, program)
    import_id = import_id_of(made)
    before = account(place, own_type)
    place.next_run()
    imported = place.import_(token, import_id)
    again = place.check(token, program, from_engine(imported.inputs))
    assert again.failures == []
    difference = lifecycle.diff(REGISTRY[token], from_engine(imported.outputs), from_engine(again.inputs))
    assert difference.replaces == ()
    resource = Made(place, REGISTRY[token], imported.inputs, imported.id, from_engine(imported.outputs))
    try:
        if difference.changed:
            resource.update(from_engine(again.inputs))
        assert account(place, own_type) == before
        assert resource.read() is not None
    finally:
        resource.delete()
