"""What only some resources do: the shared listing of blocks, and the protection of types in production."""

import pytest

from pulumi_mturk.errors import ProtectedError
from tests.inputs import BLOCK, OTHER_WORKER, TYPE, WORKER
from tests.places import Place


def test_a_refresh_of_many_blocks_is_one_listing(place: Place) -> None:
    blocks = [place.made("WorkerBlock", BLOCK | {"workerId": f"A{number}EXAMPLE"}) for number in range(5)]
    place.calls()
    assert all(block.read() for block in blocks)
    assert place.calls() == ["ListWorkerBlocks"] * 2


def test_a_block_that_was_made_after_a_listing_is_found(place: Place) -> None:
    first = place.made("WorkerBlock", BLOCK)
    assert first.read()
    assert place.made("WorkerBlock", BLOCK | {"workerId": OTHER_WORKER}).read()


def test_a_reason_that_was_not_taken_over_is_no_drift(place: Place) -> None:
    place.marketplace.set_switches(reblock_updates_reason="no")
    block = place.made("WorkerBlock", BLOCK)
    block.update(block.inputs | {"reason": "Another reason."})
    found = block.read()
    assert found is not None
    assert found.inputs["reason"] == "Another reason."


def test_a_production_type_that_is_gone_is_deleted_without_a_word(production: Place) -> None:
    made = production.made("QualificationType", TYPE)
    production.client.delete_qualification_type(made.id)
    made.delete()


def test_a_production_type_that_somebody_holds_stays(production: Place) -> None:
    made = production.made("QualificationType", TYPE)
    production.client.grant(made.id, WORKER, 1, send_notification=False)
    with pytest.raises(ProtectedError, match="1 worker holds it, 0 requests are pending, 0 HITs require it"):
        made.delete()
    assert made.read() is not None


def test_a_production_type_goes_by_force(production: Place) -> None:
    made = production.made("QualificationType", TYPE | {"forceDestroy": True})
    production.client.grant(made.id, WORKER, 1, send_notification=False)
    made.delete()
    assert made.read() is None
