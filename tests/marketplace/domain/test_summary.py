from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import (
    ConnectionDropped,
    Fault,
    HITSummary,
    HITTypeSummary,
    Marketplace,
    QualificationTypeSummary,
)
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, InProcessClient

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = {"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}


def test_calls_are_not_kept_unless_asked(direct: InProcessClient) -> None:
    direct.call("ListHITs")
    assert direct.marketplace.calls() == []


def test_calls_are_kept_across_processes_without_their_parameters(kept_in: str | Path, direct: InProcessClient) -> None:
    direct.marketplace.set_switches(record_calls="on")
    with Marketplace.open(kept_in) as other:
        InProcessClient(other).call("CreateWorkerBlock", **BLOCK)
    direct.call("GetHIT", HITId="NOSUCH")
    direct.marketplace.handle("POST", "/", {}, b"")
    kept = [(call.operation, call.status, call.parameters) for call in direct.marketplace.calls()]
    assert kept == [("CreateWorkerBlock", 200, None), ("GetHIT", 400, None), ("", 400, None)]
    direct.marketplace.clear_calls()
    assert direct.marketplace.calls() == []


def test_parameters_are_kept_where_asked(direct: InProcessClient) -> None:
    direct.marketplace.set_switches(record_calls="parameters")
    direct.call("CreateWorkerBlock", **BLOCK)
    direct.send("ListHITs", b"{")
    first, second = direct.marketplace.calls()
    assert (first.parameters, second.parameters) == (BLOCK, None)
    assert abs(first.time - direct.marketplace.now()) < 5


def test_a_lost_call_is_kept_without_a_status(direct: InProcessClient) -> None:
    direct.marketplace.set_switches(record_calls="on")
    direct.marketplace.inject(Fault("drop_before"))
    with pytest.raises(ConnectionDropped):
        direct.call("ListHITs")
    assert [call.status for call in direct.marketplace.calls()] == [0]


def test_the_summary_tells_what_is_held(direct: InProcessClient) -> None:
    type_id = direct.new_type()
    for worker in ("A1EXAMPLE", "A2EXAMPLE"):
        direct.call("AssociateQualificationWithWorker", QualificationTypeId=type_id, WorkerId=worker)
    direct.call("DisassociateQualificationFromWorker", QualificationTypeId=type_id, WorkerId="A2EXAMPLE")
    direct.call("CreateWorkerBlock", **BLOCK)
    direct.marketplace.request_qualification("A2EXAMPLE", type_id)
    rule = {"QualificationTypeId": type_id, "Comparator": "Exists"}
    _, answer = direct.call(
        "CreateHIT", **HIT_TYPE, QualificationRequirements=[rule], LifetimeInSeconds=60, Question=QUESTION
    )
    hit = answer["HIT"]
    summary = direct.marketplace.summary()
    assert summary.qualification_types == [QualificationTypeSummary(type_id, "Transcription", "Active", 1)]
    assert summary.hit_types == [HITTypeSummary(hit["HITTypeId"], HIT_TYPE["Title"], "0.10", 1)]
    assert summary.hits == [HITSummary(hit["HITId"], HIT_TYPE["Title"], "Assignable", 1, 0)]
    assert (summary.blocks, summary.pending_requests) == (1, 1)
    assert "EXAMPLE" not in repr(summary)


def test_contents_are_read_a_page_at_a_time(
    kept_in: str | Path, direct: InProcessClient, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_mturk.cli.common._PAGE", 2)
    types = [direct.new_type(f"Type {number}") for number in range(4)]
    other = InProcessClient(direct.marketplace, account=2)
    made = [
        client.call("CreateHIT", **HIT_TYPE, LifetimeInSeconds=60, Question=QUESTION)[1]["HIT"]
        for client in (direct, direct, other)
    ]
    for client, worker in ((direct, "A1EXAMPLE"), (other, "A1EXAMPLE"), (other, "A2EXAMPLE")):
        client.call("CreateWorkerBlock", WorkerId=worker, Reason="r")
    assert cli.main(["contents", "--database", str(kept_in)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Qualification types:",
        *(f"  Type {number}  ({identity}, Active, 0 holders)" for number, identity in enumerate(types)),
        "HIT types:",
        *(f"  {HIT_TYPE['Title']}  ({hit['HITTypeId']}, $0.10, 0 requirements)" for hit in made[1:]),
        "HITs:",
        *(f"  {HIT_TYPE['Title']}  ({hit['HITId']}, Assignable, 0 of 1 assignments handed in)" for hit in made),
        "Qualification types: 4",
        "HIT types: 2",
        "HITs: 3",
        "Worker blocks: 3",
        "Pending qualification requests: 0",
    ]
    assert cli.main(["contents", "--database", str(kept_in), "--quiet"]) == 0
    expected = [*types, *(hit["HITTypeId"] for hit in made[1:]), *(hit["HITId"] for hit in made)]
    assert capsys.readouterr().out.splitlines() == expected


def test_the_clock_is_turned_for_every_process(kept_in: str | Path, marketplace: Marketplace) -> None:
    with Marketplace.open(kept_in) as other:
        before = other.now()
        marketplace.advance(1000)
        assert other.now() - before >= 1000
