from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ConnectionClosedError

from pulumi_mturk.marketplace import ConnectionDropped, Fault, Marketplace, MarketplaceError
from tests.support.marketplace.api_calls import InProcessClient, refusal

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

BLOCK = {"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        (Fault("throttle"), "ThrottlingException", "Rate exceeded"),
        (Fault("service_fault"), "ServiceFault", "Amazon Mechanical Turk is temporarily unable to process"),
        (Fault("access_denied"), "AccessDeniedException", "not authorized to perform: mechanicalturk:ListWorkerBlocks"),
    ],
)
def test_a_fault_happens_as_often_as_told(
    mturk: MTurkClient, marketplace: Marketplace, fault: Fault, kind: str, message: str
) -> None:
    marketplace.inject(fault)
    error = refusal(mturk.list_worker_blocks)
    assert error.kind == kind
    assert message in error.message
    assert mturk.list_worker_blocks()["NumResults"] == 0
    assert marketplace.faults() == []


def test_a_fault_meets_its_operation_only(direct: InProcessClient) -> None:
    direct.marketplace.inject(Fault("throttle", "ListHITs", times=None))
    assert direct.call("ListWorkerBlocks")[0] == 200
    assert [direct.call("ListHITs")[0] for _ in range(5)] == [400] * 5
    direct.marketplace.clear_faults()
    assert direct.call("ListHITs")[0] == 200


@pytest.mark.parametrize(("kind", "blocks"), [("drop_before", 0), ("drop_after", 1)])
def test_a_connection_is_lost_before_or_after_the_call_happened(
    mturk: MTurkClient, marketplace: Marketplace, kind: str, blocks: int
) -> None:
    marketplace.inject(Fault(kind))  # type: ignore[arg-type]
    with pytest.raises(ConnectionClosedError):
        mturk.create_worker_block(**BLOCK)
    assert marketplace.summary().blocks == blocks


def test_embedded_a_lost_connection_is_an_exception(direct: InProcessClient) -> None:
    direct.marketplace.inject(Fault("drop_after"))
    with pytest.raises(ConnectionDropped):
        direct.call("CreateWorkerBlock", **BLOCK)
    assert direct.marketplace.summary().blocks == 1


def test_a_service_fault_can_come_after_the_call_happened(direct: InProcessClient) -> None:
    direct.marketplace.inject(Fault("service_fault_after"))
    assert direct.call("CreateWorkerBlock", **BLOCK)[0] == 500
    assert direct.marketplace.summary().blocks == 1


def test_a_delay_holds_up_its_own_call_alone_and_goes_with_another_fault(direct: InProcessClient) -> None:
    direct.marketplace.inject(Fault("delay", seconds=0.05), Fault("throttle"))
    start = time.monotonic()
    assert direct.call("ListHITs")[0] == 400
    assert time.monotonic() - start >= 0.05


def test_faults_with_a_probability_can_be_repeated(tmp_path: Path) -> None:
    runs = []
    for name in ("a.db", "b.db"):
        with Marketplace.open(tmp_path / name) as marketplace:
            marketplace.inject(Fault("throttle", times=None, probability=0.3, seed=7))
            runs.append([InProcessClient(marketplace).call("ListHITs")[0] for _ in range(100)])
    assert runs[0] == runs[1]
    assert 15 < runs[0].count(400) < 45


def test_a_fault_reaches_another_process(database: Path, marketplace: Marketplace) -> None:
    with Marketplace.open(database) as other:
        marketplace.inject(Fault("throttle", times=2))
        assert InProcessClient(other).call("ListHITs")[0] == 400
    assert marketplace.faults() == [Fault("throttle", times=1)]


def test_an_impossible_fault_is_refused(marketplace: Marketplace) -> None:
    with pytest.raises(MarketplaceError, match="no fault 'storm'"):
        Fault("storm")  # type: ignore[arg-type]
    with pytest.raises(MarketplaceError, match="probability from 0 to 1"):
        Fault("throttle", probability=2)
    with pytest.raises(MarketplaceError, match="no operation 'ListThings'"):
        marketplace.inject(Fault("throttle", "ListThings"))
