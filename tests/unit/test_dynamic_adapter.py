"""The life of a resource by the SDK's plugin process: what each call of the engine is answered with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from pulumi.runtime.proto import provider_pb2

from pulumi_mturk.dynamic import WorkerBlockProvider
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.provider.engine import PROVIDER_KEY
from tests.support.marketplace.new_database import new_database
from tests.support.pulumi_cli import behind_our_back
from tests.support.sdk_plugin import Plugin, pickled, started, struct

URN = "urn:pulumi:test::test::pulumi-python:dynamic/mturk:WorkerBlock::block"
WORKER, OTHER = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER"
REASON = "Asked to be left alone."
SAME, DIFFERENT = provider_pb2.DiffResponse.DIFF_NONE, provider_pb2.DiffResponse.DIFF_UNKNOWN


@pytest.fixture
def plugin(tmp_path: Path) -> Iterator[Plugin]:
    with started(tmp_path) as running:
        database = str(new_database(tmp_path / "market.db"))
        running.called.Configure(provider_pb2.ConfigureRequest(args=struct(**{"mturk:localDatabase": database})))
        yield running


@pytest.fixture
def marketplace(tmp_path: Path, plugin: Plugin) -> Iterator[Marketplace]:
    with Marketplace.open(tmp_path / "market.db") as opened:
        yield opened


def _blocks(marketplace: Marketplace) -> dict[str, str]:
    listed = behind_our_back(marketplace, "ListWorkerBlocks", MaxResults=100)["WorkerBlocks"]
    return {item["WorkerId"]: item["Reason"] for item in listed}


def _checked(plugin: Plugin, olds: Any = None, **inputs: Any) -> Any:
    """Checked inputs, as the engine hands them on."""
    request = provider_pb2.CheckRequest(urn=URN, news=pickled(WorkerBlockProvider, **inputs), olds=olds)
    answer = plugin.called.Check(request)
    assert list(answer.failures) == []
    return answer.inputs


def test_a_resource_is_made_compared_read_changed_and_removed(plugin: Plugin, marketplace: Marketplace) -> None:
    called = plugin.called
    inputs = _checked(plugin, workerId=WORKER, reason=REASON)
    made = called.Create(provider_pb2.CreateRequest(urn=URN, properties=inputs))
    assert _blocks(marketplace) == {WORKER: REASON}
    assert MessageToDict(inputs).items() <= MessageToDict(made.properties).items()

    def compared(news: Any) -> tuple[int, list[str]]:
        found = called.Diff(provider_pb2.DiffRequest(urn=URN, id=made.id, olds=made.properties, news=news))
        return found.changes, list(found.replaces)

    assert compared(_checked(plugin, inputs, workerId=WORKER, reason=REASON)) == (SAME, [])
    changed = _checked(plugin, inputs, workerId=WORKER, reason="Copied answers.")
    assert compared(changed) == (DIFFERENT, [])
    assert compared(_checked(plugin, inputs, workerId=OTHER, reason=REASON)) == (DIFFERENT, ["workerId"])

    read = called.Read(provider_pb2.ReadRequest(urn=URN, id=made.id, properties=made.properties, inputs=inputs))
    assert (read.id, MessageToDict(read.properties)) == (made.id, MessageToDict(made.properties))

    asked = provider_pb2.UpdateRequest(urn=URN, id=made.id, olds=made.properties, news=changed, old_inputs=inputs)
    updated = called.Update(asked).properties
    assert _blocks(marketplace) == {WORKER: "Copied answers."}
    called.Delete(provider_pb2.DeleteRequest(urn=URN, id=made.id, properties=updated, old_inputs=changed))
    assert _blocks(marketplace) == {}


def test_what_is_gone_is_read_as_nothing(plugin: Plugin, marketplace: Marketplace) -> None:
    inputs = _checked(plugin, workerId=WORKER, reason=REASON)
    made = plugin.called.Create(provider_pb2.CreateRequest(urn=URN, properties=inputs))
    behind_our_back(marketplace, "DeleteWorkerBlock", WorkerId=WORKER)
    read = plugin.called.Read(provider_pb2.ReadRequest(urn=URN, id=made.id, properties=made.properties, inputs=inputs))
    assert (read.id, list(MessageToDict(read.properties))) == ("", [PROVIDER_KEY])


def test_what_is_wrong_is_told_without_the_name_of_its_property(plugin: Plugin) -> None:
    request = provider_pb2.CheckRequest(urn=URN, news=pickled(WorkerBlockProvider, workerId=WORKER, reason=" "))
    (failure,) = plugin.called.Check(request).failures
    assert failure.property == ""
    assert "reason" in failure.reason
    assert WORKER not in failure.reason
