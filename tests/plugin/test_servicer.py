"""The plugin as a process, asked as the engine asks it: over gRPC, with Pulumi's own messages."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import engine_pb2_grpc, plugin_pb2, provider_pb2, provider_pb2_grpc
from pulumi.runtime.proto.status_pb2 import Status

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.common.versions import package_version
from pulumi_mturk.marketplace import Fault, Marketplace
from pulumi_mturk.plugin import wire
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.resources import REGISTRY
from tests.support.findings import codes
from tests.support.inputs import EXAMPLES, TESTED, WORKER
from tests.support.pulumi_cli import ROOT

ADULTS = {"qualificationTypeId": "Worker_Adult", "comparator": "EqualTo", "integerValues": [1]}
NONE, SOME = provider_pb2.DiffResponse.DIFF_NONE, provider_pb2.DiffResponse.DIFF_SOME


class Engine(engine_pb2_grpc.EngineServicer):
    """An engine that keeps what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def Log(self, request: Any, context: Any) -> Empty:  # noqa: N802 - the name in the protocol
        self.heard.append((request.urn, request.message))
        return Empty()


@dataclass
class Plugin:
    """One process, and the engine that it talks to."""

    process: subprocess.Popen[str]
    engine: Engine
    server: grpc.Server
    asked: Any
    folder: Path

    def check(self, token: str, inputs: dict[str, Any], olds: Struct | None = None, name: str = "example") -> Any:
        bag = wire.write(inputs, ())
        return self.asked.Check(
            provider_pb2.CheckRequest(urn=urn(token, name), olds=olds or Struct(), news=bag, randomSeed=b"seed" * 8)
        )


def urn(token: str, name: str = "example") -> str:
    return f"urn:pulumi:test::study::mturk:index:{token}::{name}"


@contextmanager
def started(folder: Path, **configuration: Any) -> Iterator[Plugin]:
    """A plugin of a project in this folder, configured if a configuration is given."""
    (folder / "Pulumi.yaml").write_text("name: study\nruntime: yaml\n")
    engine, server = Engine(), grpc.server(ThreadPoolExecutor(2))
    engine_pb2_grpc.add_EngineServicer_to_server(engine, server)
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "pulumi_mturk.plugin", address],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        with closing(grpc.insecure_channel(f"127.0.0.1:{process.stdout.readline().strip()}")) as channel:
            asked = provider_pb2_grpc.ResourceProviderStub(channel)
            if configuration:
                args = wire.write(configuration, ())
                asked.Configure(provider_pb2.ConfigureRequest(args=args, acceptSecrets=True))
            yield Plugin(process, engine, server, asked, folder)
    finally:
        process.kill()
        process.communicate()
        server.stop(None)


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plugin]:
    """A configured plugin, for tests that leave nothing behind but rows in its marketplace."""
    with started(tmp_path_factory.mktemp("project"), environment="local", version="0.1.0") as found:
        yield found


@pytest.fixture
def tier(plugin: Plugin, request: pytest.FixtureRequest) -> str:
    """A qualification type that is there, for one test."""
    name = f"tier-{request.node.name}"
    checked = plugin.check("QualificationType", EXAMPLES["QualificationType"], name=name)
    made = provider_pb2.CreateRequest(urn=urn("QualificationType", name), properties=checked.inputs)
    return str(plugin.asked.Create(made).id)


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are there."""
    return {name: value for name, value in values.items() if value is not UNKNOWN}


def failed(call: Any, request: Any) -> Any:
    with pytest.raises(grpc.RpcError) as caught:
        call(request)
    said = str(caught.value.details())
    assert "Traceback" not in said
    assert 'File "' not in said
    return caught.value


def test_what_it_can_take_is_said_alike_at_the_handshake_and_later(plugin: Plugin) -> None:
    shaken = plugin.asked.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address="127.0.0.1:1"))
    again = plugin.asked.Configure(provider_pb2.ConfigureRequest(args=wire.write({"environment": "local"}, ())))
    assert (shaken.accept_secrets, shaken.accept_resources, shaken.accept_outputs) == (True, True, True)
    assert (again.acceptSecrets, again.acceptResources, again.acceptOutputs) == (True, True, True)
    assert again.supportsPreview
    assert shaken.supports_autonaming_configuration == again.supports_autonaming_configuration == False  # noqa: E712
    assert plugin.asked.GetPluginInfo(Empty()).version == package_version()


def test_the_schema_is_the_one_in_the_repository(plugin: Plugin) -> None:
    found = json.loads(plugin.asked.GetSchema(provider_pb2.GetSchemaRequest()).schema)
    assert found == json.loads((ROOT / "schema.json").read_text())


@pytest.mark.parametrize("token", REGISTRY)
def test_each_resource_goes_through_its_life(plugin: Plugin, tier: str, token: str) -> None:
    resource = REGISTRY[token]
    inputs = EXAMPLES[token] | ({"qualificationTypeId": tier} if "qualificationTypeId" in EXAMPLES[token] else {})
    secrets = resource.state.keys_marked(Mark.SECRET)
    checked = plugin.check(token, inputs)
    assert not checked.failures
    assert wire.read(checked.inputs).secrets == secrets & checked.inputs.fields.keys()

    foretold = plugin.asked.Create(
        provider_pb2.CreateRequest(urn=urn(token), properties=checked.inputs, preview=True)
    ).properties
    made = plugin.asked.Create(provider_pb2.CreateRequest(urn=urn(token), properties=checked.inputs, timeout=60))
    before, after = wire.read(foretold).values, wire.read(made.properties).values
    assert known(before) == {name: after[name] for name in known(before)}
    assert after.keys() <= before.keys()
    assert wire.read(made.properties).secrets == secrets & made.properties.fields.keys()
    assert WORKER not in made.id

    again = plugin.check(token, inputs, olds=checked.inputs)
    assert wire.read(again.inputs) == wire.read(checked.inputs)
    sides = {"urn": urn(token), "id": made.id, "olds": made.properties, "old_inputs": checked.inputs}
    assert plugin.asked.Diff(provider_pb2.DiffRequest(**sides, news=again.inputs)).changes == NONE

    looked_at = provider_pb2.ReadRequest(urn=urn(token), id=made.id, properties=made.properties, inputs=checked.inputs)
    found = plugin.asked.Read(looked_at)
    assert found.id == made.id
    assert wire.read(found.inputs) == wire.read(checked.inputs)
    seen = wire.read(found.properties).values
    assert {name: seen[name] for name in after} == after
    removed = provider_pb2.DeleteRequest(
        urn=urn(token), id=made.id, properties=made.properties, old_inputs=checked.inputs
    )
    # Another run: in this one the program declares what would be deleted.
    with started(plugin.folder, environment="local") as later:
        assert later.asked.Delete(removed) == Empty()
        # MTurk can't delete a HIT type, nor tell of one that was; a list that nobody is on is an empty list.
        stays = token in {"HITType", "QualificationRoster"}
        assert later.asked.Read(looked_at).id == (made.id if stays else "")
        assert later.asked.Delete(removed) == Empty()


def test_an_update_is_foretold_with_what_does_not_change(plugin: Plugin) -> None:
    checked = plugin.check("QualificationType", EXAMPLES["QualificationType"], name="changing")
    address = urn("QualificationType", "changing")
    made = plugin.asked.Create(provider_pb2.CreateRequest(urn=address, properties=checked.inputs))
    changed = plugin.check(
        "QualificationType", {"description": "Changed."}, olds=checked.inputs, name="changing"
    ).inputs
    diff = plugin.asked.Diff(provider_pb2.DiffRequest(urn=address, id=made.id, olds=made.properties, news=changed))
    assert diff.changes == SOME
    assert list(diff.diffs) == list(diff.detailedDiff) == ["description"]
    assert not diff.replaces
    sides = {"urn": address, "id": made.id, "olds": made.properties, "news": changed}
    foretold = wire.read(plugin.asked.Update(provider_pb2.UpdateRequest(**sides, preview=True)).properties).values
    assert foretold["qualificationTypeId"] == made.id
    assert foretold["isRequestable"] is UNKNOWN
    done = wire.read(plugin.asked.Update(provider_pb2.UpdateRequest(**sides)).properties).values
    assert known(foretold) == {name: done[name] for name in known(foretold)}
    assert done["description"] == "Changed."


@pytest.mark.parametrize(
    ("token", "name", "told"),
    [
        ("HITType", "title", set()),
        ("HITType", "qualificationRequirements", {"eligibility"}),
        ("QualificationType", "test", {"testSummary", "testQuestions", "answerKey"}),
    ],
)
def test_what_the_program_made_secret_stays_so_and_what_tells_of_it_too(
    plugin: Plugin, token: str, name: str, told: set[str]
) -> None:
    inputs = EXAMPLES[token] | (TESTED if name == "test" else {"qualificationRequirements": [ADULTS]})
    bag, at = wire.write(inputs, [name]), urn(token, f"secret-{name}")
    request = provider_pb2.CheckRequest(urn=at, olds=Struct(), news=bag, randomSeed=name.encode() * 8)
    checked = plugin.asked.Check(request).inputs
    made = plugin.asked.Create(provider_pb2.CreateRequest(urn=at, properties=checked))
    assert wire.read(checked).secrets == wire.read(made.properties).secrets == {name, *told}


def test_a_mistake_is_told_without_the_name_of_a_property_by_which_its_value_would_be_shown(plugin: Plugin) -> None:
    failures = plugin.check("WorkerBlock", {"workerId": "not an id", "reason": ""}, name="mistaken").failures
    assert {code for one in failures for code in codes([one.reason])}
    assert {one.property for one in failures} == {""}
    assert "not an id" not in str(failures)


@pytest.mark.parametrize(
    ("token", "said"),
    [("WorkerExclusion", "is a component, and not imported"), ("HitType", "there is no such resource")],
)
def test_an_import_of_what_is_no_resource_says_so(plugin: Plugin, token: str, said: str) -> None:
    with pytest.raises(grpc.RpcError, match=f"mturk:index:{token}.*{said}"):
        plugin.asked.Read(provider_pb2.ReadRequest(urn=urn(token), id="3EXAMPLETYPE"))


@pytest.mark.parametrize(
    ("configuration", "code"),
    [({"enviroment": "sandbox"}, "MT601"), ({"environment": "nowhere"}, None), ({"requestsPerSecond": "-1"}, None)],
)
def test_a_mistake_in_a_providers_configuration_is_told_on_the_provider(
    plugin: Plugin, configuration: dict[str, str], code: str | None
) -> None:
    news = wire.write(configuration, ())
    checked = plugin.asked.CheckConfig(provider_pb2.CheckRequest(urn="urn:pulumi:t::s::p::x", news=news))
    (failure,) = checked.failures
    assert code is None or codes([failure.reason]) == [code]
    assert failure.property == ""
    assert checked.inputs == news
    for right in ({"environment": "local", "version": "0.1.0", "profile": UNKNOWN}, {}):
        bag = wire.write(right, ())
        checked = plugin.asked.CheckConfig(provider_pb2.CheckRequest(urn="urn:pulumi:t::s::p::x", news=bag))
        assert not checked.failures
        assert checked.inputs == bag


def test_another_place_of_a_provider_replaces_nothing(plugin: Plugin) -> None:
    olds, news = (wire.write({"environment": place}, ()) for place in ("sandbox", "production"))
    changed = plugin.asked.DiffConfig(provider_pb2.DiffRequest(olds=olds, old_inputs=olds, news=news))
    assert changed.changes == SOME
    assert list(changed.diffs) == ["environment"]
    assert not changed.replaces
    same = plugin.asked.DiffConfig(provider_pb2.DiffRequest(olds=olds, old_inputs=olds, news=olds))
    assert same.changes == NONE


def test_what_is_not_there_is_refused_in_words(plugin: Plugin) -> None:
    strange = provider_pb2.CheckRequest(urn="urn:pulumi:test::study::mturk:index:HIT::one", news=Struct())
    assert "HITType" in str(failed(plugin.asked.Check, strange))
    assert "no functions" in str(failed(plugin.asked.Invoke, provider_pb2.InvokeRequest(tok="mturk:index:holds")))


@pytest.mark.parametrize(
    ("inputs", "code"), [({"workers": [WORKER], "colour": "red"}, "MT002"), ({"forceDestroy": True}, "MT001")]
)
def test_a_component_takes_what_the_schema_says_and_nothing_else(
    plugin: Plugin, inputs: dict[str, Any], code: str
) -> None:
    request = provider_pb2.ConstructRequest(
        project="study", stack="test", type="mturk:index:WorkerExclusion", name="past", inputs=wire.write(inputs, ())
    )
    said = failed(plugin.asked.Construct, request).details()
    assert codes([said]) == [code]
    assert WORKER not in said


def test_a_state_of_another_place_is_refused_before_any_call(plugin: Plugin, tier: str) -> None:
    elsewhere = wire.write({"environment": "sandbox", "endpointHost": "x", "qualificationTypeId": tier}, ())
    removed = provider_pb2.DeleteRequest(urn=urn("QualificationType"), id=tier, properties=elsewhere)
    assert codes([failed(plugin.asked.Delete, removed).details()]) == ["MT620"]


def test_what_was_done_of_a_failed_operation_is_attached_to_it(plugin: Plugin, tier: str) -> None:
    workers = f"{WORKER} A2EXAMPLEWORKER A3EXAMPLEWORKER"
    checked = plugin.check("QualificationRoster", {"qualificationTypeId": tier, "workers": workers}, name="partly")
    with Marketplace.open(plugin.folder / ".mturk" / "local.db") as marketplace:
        marketplace.inject(Fault("access_denied", "AssociateQualificationWithWorker", skip=1))
    address = urn("QualificationRoster", "partly")
    error = failed(plugin.asked.Create, provider_pb2.CreateRequest(urn=address, properties=checked.inputs))
    trailing: dict[str, Any] = dict(error.trailing_metadata())
    (detail,) = Status.FromString(trailing["grpc-status-details-bin"]).details
    kept = provider_pb2.ErrorResourceInitFailed()
    assert detail.Unpack(kept)
    assert kept.id
    assert kept.reasons
    assert WORKER not in str(kept.reasons)
    assert "workers" in wire.read(kept.properties).secrets


def test_without_a_configuration_each_call_says_so(tmp_path: Path) -> None:
    with started(tmp_path) as plugin:
        (failure,) = plugin.check("HITType", EXAMPLES["HITType"]).failures
        assert codes([failure.reason])


def test_a_cancelled_run_begins_nothing_more(tmp_path: Path) -> None:
    with started(tmp_path, environment="local") as plugin:
        checked = plugin.check("WorkerBlock", EXAMPLES["WorkerBlock"])
        plugin.asked.Cancel(Empty())
        request = provider_pb2.CreateRequest(urn=urn("WorkerBlock"), properties=checked.inputs)
        assert "interrupted" in str(failed(plugin.asked.Create, request))


def test_an_engine_that_attaches_is_told_what_there_is_to_say(tmp_path: Path) -> None:
    with started(tmp_path) as plugin:
        other, server = Engine(), grpc.server(ThreadPoolExecutor(2))
        engine_pb2_grpc.add_EngineServicer_to_server(other, server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            plugin.asked.Attach(plugin_pb2.PluginAttach(address=f"127.0.0.1:{port}"))
            plugin.asked.Configure(provider_pb2.ConfigureRequest(args=wire.write({"environment": "local"}, ())))
        finally:
            server.stop(None)
    assert [codes([message]) for _, message in other.heard] == [["MT611"]]
    assert plugin.engine.heard == []


@pytest.mark.parametrize(("name", "shown"), [("lab", True), ("default", False), ("default_0_1_0", False)])
def test_what_is_said_of_a_provider_is_on_its_row_if_it_has_one(tmp_path: Path, name: str, shown: bool) -> None:
    row = f"urn:pulumi:dev::study::pulumi:providers:mturk::{name}"
    with started(tmp_path) as plugin:
        plugin.asked.Configure(provider_pb2.ConfigureRequest(args=wire.write({"environment": "local"}, ()), urn=row))
        assert [(urn, codes([said])) for urn, said in plugin.engine.heard] == [(row if shown else "", ["MT611"])]


def test_it_ends_at_once_when_the_engine_closes_it(tmp_path: Path) -> None:
    with started(tmp_path, environment="local") as plugin:
        checked = plugin.check("WorkerBlock", EXAMPLES["WorkerBlock"])
        plugin.asked.Create(provider_pb2.CreateRequest(urn=urn("WorkerBlock"), properties=checked.inputs))
        plugin.asked.Cancel(Empty(), timeout=60)
        plugin.process.send_signal(signal.SIGINT)
        assert plugin.process.wait(timeout=60) == 0


def test_an_operation_that_hangs_does_not_keep_it(tmp_path: Path) -> None:
    with started(tmp_path, environment="local") as plugin:
        checked = plugin.check("WorkerBlock", EXAMPLES["WorkerBlock"])
        with Marketplace.open(tmp_path / ".mturk" / "local.db") as marketplace:
            marketplace.inject(Fault("delay", "CreateWorkerBlock", seconds=600))
            begun = plugin.asked.Create.future(
                provider_pb2.CreateRequest(urn=urn("WorkerBlock"), properties=checked.inputs)
            )
            end = time.monotonic() + 30
            while marketplace.faults():
                assert time.monotonic() < end
                time.sleep(0.05)
        plugin.asked.Cancel(Empty(), timeout=60)
        plugin.process.send_signal(signal.SIGINT)
        assert plugin.process.wait(timeout=60) == 0
        assert begun.code() != grpc.StatusCode.OK


def test_it_ends_soon_after_its_engine(tmp_path: Path) -> None:
    with started(tmp_path, environment="local") as plugin:
        plugin.server.stop(None).wait()
        end = time.monotonic() + 30
        while plugin.process.poll() is None:
            assert time.monotonic() < end
            time.sleep(0.05)
