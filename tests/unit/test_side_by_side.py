"""The client and a marketplace that takes its time, refuses what is too much, or has a ceiling."""

from pathlib import Path

from pulumi_mturk.api.client import Client
from pulumi_mturk.api.concurrency import run_concurrently
from pulumi_mturk.api.limiter import MAX_CONCURRENCY, RequestLimiter
from pulumi_mturk.marketplace import Fault, Marketplace
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.embedded import Embedded
from tests.support.core import Place
from tests.support.inputs import CALL_OF_TYPE as TYPE


def test_throttling_and_faults_pass(place: Place) -> None:
    place.marketplace.inject(Fault("throttle", probability=0.5, seed=1, times=None))
    for number in range(30):
        place.client.create_worker_block(f"A{number}EXAMPLE", "Why.")
    place.marketplace.clear_faults()
    assert len(place.client.list_worker_blocks()) == 30


def test_a_ceiling_on_the_rate_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    with Marketplace.open(path) as marketplace, Embedded(str(path)) as embedded:
        marketplace.set_switches(record_calls="on")
        client = Client(Configuration(requests_per_second=50), embedded.attach)
        client.list_worker_blocks()  # the first call also opens the database
        marketplace.clear_calls()
        for number in range(6):
            client.create_worker_block(f"A{number}EXAMPLE", "Why.")
        times = [call.time for call in marketplace.calls()]
    assert times[-1] - times[0] >= 0.09


def test_calls_go_side_by_side_below_a_ceiling(tmp_path: Path) -> None:
    path = tmp_path / "market.db"
    with Marketplace.open(path) as marketplace, Embedded(str(path)) as embedded:
        client = Client(Configuration(), embedded.attach)
        type_id = client.create_qualification_type(**TYPE).qualification_type_id
        marketplace.set_switches(latency_milliseconds=50, requests_per_second=60, record_calls="on")
        scores = {f"A{number}EXAMPLE": number for number in range(120)}

        def grant(worker: str) -> None:
            client.grant(type_id, worker, scores[worker], send_notification=False)

        assert dict(run_concurrently(scores, grant, threads=client.threads)) == dict.fromkeys(scores)
        calls = marketplace.calls()
        assert client.holders(type_id) == scores
    assert len(calls) <= len(scores) / 0.8
    # One after the other, less than 20 fit into a second.
    assert calls[-1].time - calls[0].time < len(scores) / 20


def test_there_is_a_connection_for_each_request_that_may_be_under_way() -> None:
    for limit, expected in ((None, MAX_CONCURRENCY), (RequestLimiter(most=7), 7)):
        client = Client(Configuration(), limit=limit)
        assert client._connection.open().meta.config.max_pool_connections == expected  # type: ignore[attr-defined]
