"""What holds for some alone: the shared listing of blocks, types protected in production, a place that has moved."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pulumi_mturk.common.errors import ProtectedError
from tests.support.core import Made, Place, opened
from tests.support.inputs import BLOCK, OTHER_WORKER, TYPE, WORKER
from tests.support.memory_stack import many


def test_a_refresh_of_a_thousand_blocks_is_one_listing(place: Place) -> None:
    place.marketplace.set_switches(page_tokens="when_more")
    blocks = [place.made("WorkerBlock", BLOCK | {"workerId": worker}, f"block-{worker[1:7]}") for worker in many(1000)]
    place.next_run()
    place.calls()
    # The engine asks for several at once.
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(Made.read, blocks))
    assert place.calls() == ["ListWorkerBlocks"] * 10


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


def test_the_same_place_under_a_former_address_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    moved = {"endpoint_url": "https://new.example.org", "former_endpoints": ["https://OLD.example.org"]}
    with opened(tmp_path, environment="production", **moved) as place:
        block = place.made("WorkerBlock", BLOCK)
        assert block.outputs["endpointHost"] == "new.example.org"
        before = {"endpointHost": "old.example.org"}
        old = Made(place, block.resource, block.inputs | before, block.id, block.outputs | before)
        found = old.read()
        assert found is not None
        assert found.inputs["endpointHost"] == "new.example.org"
        old.delete()
