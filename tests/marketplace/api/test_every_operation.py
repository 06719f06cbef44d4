"""Every operation answers whatever the model allows, in the model's shapes, and never with a fault of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace
from tests.support.marketplace.api_calls import InProcessClient
from tests.support.marketplace.api_shapes import OPERATIONS, assert_modelled, operation, read, values, written
from tests.support.marketplace.engine import copied, kept_place
from tests.support.marketplace.populated import populate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# For each of 39 operations.
some = settings(max_examples=settings().max_examples // 3)


@pytest.fixture(scope="module")
def full(engine: None) -> Iterator[tuple[str | Path, dict[str, list[Any]]]]:
    """A marketplace with a dozen of everything, of which each example gets a copy; and what points at it."""
    with kept_place() as place:
        with Marketplace.open(place) as opened:
            known = populate(opened).known
        yield place, known


@pytest.mark.parametrize("name", OPERATIONS)
@some
@given(data=st.data())
def test_what_is_valid_is_done_or_refused(
    full: tuple[str | Path, dict[str, list[Any]]], name: str, data: st.DataObject
) -> None:
    place, known = full
    shape = operation(name).input_shape
    calls = data.draw(st.lists(values(shape, known), min_size=1, max_size=3))
    with copied(place) as copy, Marketplace.open(copy, create=False) as marketplace:
        for members in calls:
            response = InProcessClient(marketplace).send(name, written(name, members)["body"])
            document = json.loads(response.body)
            if response.status == 200:
                assert_modelled(operation(name).output_shape, document)
                read(name, 200, response.body)
            else:
                assert response.status == 400
                assert document["__type"] in {"RequestError", "ParameterValidationError"}
                assert document["Message"]
                assert document["TurkErrorCode"]
