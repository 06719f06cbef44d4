"""What the plugin says to the engine, and finds of its requests, over real gRPC and with Pulumi's own messages.

The last tests run the SDK's own plugin process: `make test` has them with the newest SDK and with the oldest.
"""

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict
from pulumi.dynamic import ConfigureRequest, CreateResult, ResourceProvider, UpdateResult
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, provider_pb2_grpc
from pulumi.runtime.proto.status_pb2 import Status

from pulumi_mturk.provider import dynamic_adapter, engine
from pulumi_mturk.provider.lifecycle import PartialError
from pulumi_mturk.provider.shell import Shell
from pulumi_mturk.resources.qualification_roster_state import QualificationRosterState
from tests.support.inputs import NO_TYPE, WORKER
from tests.support.sdk_plugin import Engine, Plugin, pickled, served, started, struct

URN = "urn:pulumi:test::test::mturk::example"
PROVIDER = "the pickled provider"
INFO, WARNING = engine_pb2.INFO, engine_pb2.WARNING


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[int, str, str, bool]]]:
    listening = Engine()
    with served(engine_pb2_grpc.add_EngineServicer_to_server, listening) as address:
        monkeypatch.setattr(sys, "argv", ["plugin", address])
        yield listening.heard


def test_a_message_is_said_once_on_each_row(heard: list[Any]) -> None:
    for urn in (URN, URN, "another", ""):
        engine.log_once("said once", urn)
    engine.log_once("known", URN, info=True)
    assert heard == [
        (WARNING, URN, "said once", False),
        (WARNING, "another", "said once", False),
        (WARNING, "", "said once", False),
        (INFO, URN, "known", False),
    ]


def test_what_a_resource_says_has_its_row_and_its_weight(heard: list[Any]) -> None:
    shell = Shell()
    shell.configure({"mturk:environment": "local", "mturk:endpointUrl": "http://127.0.0.1:1"}, "the provider's")
    context = shell.context(provider_pb2.CreateRequest(urn=URN))
    heard.clear()
    context.warn("a warning")
    context.info("a remark")
    context.progress("half")
    assert heard == [(WARNING, URN, "a warning", False), (INFO, URN, "a remark", False), (INFO, URN, "half", True)]


def test_operations_are_under_way_until_the_last_has_ended() -> None:
    shell = Shell()
    with shell.operation():
        with shell.operation():
            assert shell.operating()
        assert shell.operating()
    assert not shell.operating()


def test_progress_is_shown_each_time_and_passes(heard: list[Any]) -> None:
    engine.log_status(URN, "half")
    engine.log_status(URN, "half")
    assert heard == [(INFO, URN, "half", True)] * 2


def test_without_an_engine_to_hear_it_nothing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(engine_pb2_grpc.add_EngineServicer_to_server, Engine()) as gone:
        pass
    monkeypatch.setattr(sys, "argv", ["plugin", gone])
    engine.log_once("to nobody", URN)
    engine.log_status(URN, "to nobody")
    monkeypatch.setattr(sys, "argv", ["plugin"])
    engine.log_once("not even started by one", URN)


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """Answers as the SDK's does: the names of the arguments are all that it leaves for us."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work = work

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802
        try:
            self.work()
        except Exception as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))
        return provider_pb2.CreateResponse()

    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802
        self.Create(request, context)
        return provider_pb2.UpdateResponse()

    def Read(self, asked: Any, _: Any) -> Any:  # noqa: N802
        self.work()
        return provider_pb2.ReadResponse()


@contextmanager
def provider(work: Callable[[], object]) -> Iterator[provider_pb2_grpc.ResourceProviderStub]:
    """What the engine calls."""
    with (
        served(provider_pb2_grpc.add_ResourceProviderServicer_to_server, Provider(work)) as address,
        grpc.insecure_channel(address) as channel,
    ):
        yield provider_pb2_grpc.ResourceProviderStub(channel)


def test_the_request_of_the_engine_is_found_in_the_frames_of_the_callers() -> None:
    found: list[Any] = []

    def work() -> None:
        asked = engine.current_request()
        found.append(
            (
                asked.urn,
                asked.timeout,
                engine.request_properties(asked, "old_inputs"),
                engine.request_properties(asked, "none"),
            )
        )

    with provider(work) as called:
        called.Update(provider_pb2.UpdateRequest(urn=URN, timeout=2, old_inputs=struct(workers="A", count=1)))
    assert found == [(URN, 2, {"workers": "A", "count": 1}, {})]


def test_without_a_request_there_is_none() -> None:
    assert engine.current_request() is None
    assert engine.request_properties(None, "inputs") == {}


def partial() -> PartialError:
    state = QualificationRosterState.load({"qualificationTypeId": NO_TYPE, "workers": WORKER, "count": 1})
    return PartialError("its id", state, ["one was refused", f"{WORKER} is not known"])


def fail() -> NoReturn:
    dynamic_adapter._raise(partial())


def metadata(error: grpc.RpcError) -> dict[str, Any]:
    return {item.key: item.value for item in error.trailing_metadata()}


PROPERTIES = struct(**{engine.PROVIDER_KEY: PROVIDER})


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("Create", provider_pb2.CreateRequest(urn=URN, properties=PROPERTIES)),
        ("Update", provider_pb2.UpdateRequest(urn=URN, news=PROPERTIES)),
    ],
)
def test_what_is_done_goes_to_the_engine_beside_the_error(method: str, request_: Any) -> None:
    with provider(fail) as called, pytest.raises(grpc.RpcError) as caught:
        getattr(called, method)(request_)
    sentence = "one was refused; (worker) is not known"
    assert caught.value.details() == f"mturk: {sentence}"
    status = Status.FromString(metadata(caught.value)["grpc-status-details-bin"])
    assert (status.code, status.message) == (grpc.StatusCode.UNKNOWN.value[0], sentence)
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(detail)
    assert detail.id == "its id"
    assert list(detail.reasons) == ["one was refused", "(worker) is not known"]
    assert MessageToDict(detail.properties) == partial().outputs | {engine.PROVIDER_KEY: PROVIDER}


def test_without_a_call_of_the_engine_the_error_goes_out_alone() -> None:
    with pytest.raises(dynamic_adapter.UserError, match=r"^one was refused; \(worker\) is not known$") as caught:
        fail()
    assert caught.value.__cause__ is None


def test_where_the_sdk_leaves_nothing_to_find_the_error_goes_out_alone() -> None:
    with provider(fail) as called, pytest.raises(grpc.RpcError) as caught:
        called.Read(provider_pb2.ReadRequest(urn=URN))
    assert "one was refused; (worker) is not known" in str(caught.value.details())
    assert "grpc-status-details-bin" not in metadata(caught.value)


class Telling(ResourceProvider):
    """Fails in each call, with what it knows of it: the URN, and whether the run is cancelled."""

    def configure(self, req: ConfigureRequest) -> None:
        dynamic_adapter._shell.configure({})
        engine.on_cancel(dynamic_adapter._shell.cancel)
        engine.exit_with_engine(dynamic_adapter._shell.cancel)

    def fail(self, *_: Any, **__: Any) -> Any:
        provider = dynamic_adapter._shell.instance
        assert provider is not None
        raise RuntimeError(f"<{engine.current_request().urn} cancelled={provider.cancelled.is_set()}>")

    check = diff = create = read = update = delete = fail


class Partly(ResourceProvider):
    """Fails with a part done."""

    def create(self, props: Any) -> CreateResult:
        fail()

    def update(self, _id: str, _olds: Any, _news: Any) -> UpdateResult:
        fail()


class Foreign(ResourceProvider):
    """Somebody else's, in the same process: fails, or takes its time and leaves a file."""

    def create(self, props: Any) -> CreateResult:
        if "file" not in props:
            raise LookupError("in words of its own")
        time.sleep(2.5 * engine.POLL_SECONDS)
        Path(props["file"]).write_text("done")
        return CreateResult("its id", {})


@pytest.fixture(scope="module")
def sdk() -> Iterator[Plugin]:
    with started() as running:
        yield running


TELLING, PARTLY, FOREIGN = pickled(Telling), pickled(Partly), pickled(Foreign)


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("Check", provider_pb2.CheckRequest(urn=URN, news=TELLING)),
        ("Diff", provider_pb2.DiffRequest(urn=URN, olds=TELLING, news=TELLING)),
        ("Create", provider_pb2.CreateRequest(urn=URN, properties=TELLING)),
        ("Read", provider_pb2.ReadRequest(urn=URN, id="its id", properties=TELLING)),
        ("Update", provider_pb2.UpdateRequest(urn=URN, olds=TELLING, news=TELLING)),
        ("Delete", provider_pb2.DeleteRequest(urn=URN, properties=TELLING)),
    ],
)
def test_in_every_call_of_the_sdk_the_engines_request_is_found(sdk: Plugin, method: str, request_: Any) -> None:
    assert f"<{URN} cancelled=False>" in str(sdk.error(method, request_).details())


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("Create", provider_pb2.CreateRequest(urn=URN, properties=PARTLY)),
        ("Update", provider_pb2.UpdateRequest(urn=URN, olds=PARTLY, news=PARTLY)),
    ],
)
def test_the_sdk_lets_through_what_is_done_beside_the_error(sdk: Plugin, method: str, request_: Any) -> None:
    error = sdk.error(method, request_)
    assert "one was refused; (worker) is not known" in str(error.details())
    detail = provider_pb2.ErrorResourceInitFailed()
    assert Status.FromString(metadata(error)["grpc-status-details-bin"]).details[0].Unpack(detail)
    assert detail.id == "its id"
    assert MessageToDict(detail.properties) == partial().outputs | MessageToDict(PARTLY)


def test_ctrl_c_which_the_sdk_forgets_is_heard_and_the_process_ends_with_its_engine() -> None:
    request_ = provider_pb2.CreateRequest(urn=URN, properties=TELLING)
    with started() as running:
        assert "cancelled=False" in str(running.error("Create", request_).details())
        running.called.Cancel(Empty(), timeout=60)
        assert "cancelled=True" in str(running.error("Create", request_).details())
        assert running.process.poll() is None
        running.engine.stop(None).wait()
        assert running.process.wait(timeout=30) == 1


def test_ours_ends_in_a_sentence_and_anothers_as_the_sdk_has_it(sdk: Plugin) -> None:
    sdk.error("Create", provider_pb2.CreateRequest(urn=URN, properties=TELLING))  # ours has been here
    ours = str(sdk.error("Create", provider_pb2.CreateRequest(urn=URN, properties=PARTLY)).details())
    assert ours == "mturk: one was refused; (worker) is not known"
    theirs = str(sdk.error("Create", provider_pb2.CreateRequest(urn=URN, properties=FOREIGN)).details())
    with started() as without_ours:
        request_ = provider_pb2.CreateRequest(urn=URN, properties=FOREIGN)
        # A whole traceback in today's SDK, one sentence of gRPC's in older ones.
        assert theirs == str(without_ours.error("Create", request_).details())
    assert "in words of its own" in theirs


def test_what_another_provider_has_under_way_comes_to_its_end_without_the_engine(tmp_path: Path) -> None:
    file = tmp_path / "left.txt"
    slow = struct(**dict(FOREIGN), file=str(file))
    with started() as running, ThreadPoolExecutor(1) as pool:
        running.error("Create", provider_pb2.CreateRequest(urn=URN, properties=TELLING))
        made = pool.submit(running.called.Create, provider_pb2.CreateRequest(urn=URN, properties=slow), timeout=60)
        time.sleep(0.5)
        running.engine.stop(None).wait()
        assert made.result().id == "its id"
        assert running.process.wait(timeout=30) == 1
    assert file.read_text() == "done"
