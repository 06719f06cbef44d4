"""Requests that hang, and a run that is interrupted meanwhile: nobody waits, and nobody says what is not known."""

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.api import request_threads
from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import StoppedError, UnavailableError
from pulumi_mturk.api.lost_creates import Look
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.instance import ProviderInstance
from pulumi_mturk.provider.lifecycle import Context
from pulumi_mturk.provider.receipts import Receipts
from pulumi_mturk.resources import REGISTRY
from tests.support.canned_server import CannedServer, refused, said, wait_until
from tests.support.inputs import CALL_OF_HIT_TYPE, CALL_OF_TYPE, WORKER

# What a look before the call has seen.
NOBODY = Look(None, None)

TYPE_ID = "3EXAMPLEQUALIFICATIONTYPE00001"
# What an interrupted run may take.
SECONDS = 2.0

MUTATING: dict[str, Callable[[Client], object]] = {
    "CreateQualificationType": lambda client: client.create_qualification_type(
        NOBODY, unique_name=True, **CALL_OF_TYPE
    ),
    "DeleteQualificationType": lambda client: client.delete_qualification_type(TYPE_ID),
    "AssociateQualificationWithWorker": lambda client: client.grant(TYPE_ID, WORKER, 1, send_notification=True),
    "CreateHITType": lambda client: client.create_hit_type(**CALL_OF_HIT_TYPE),
    "CreateWorkerBlock": lambda client: client.create_worker_block(WORKER, "Words."),
}
READING: dict[str, Callable[[Client], object]] = {
    "GetQualificationType": lambda client: client.get_qualification_type(TYPE_ID),
    "ListWorkersWithQualificationType": lambda client: client.holders(TYPE_ID),
}


class Run:
    """A call in a thread of its own, as the engine makes it, and a switch to interrupt it."""

    def __init__(self, client: Client, call: Callable[[Client], object]) -> None:
        self.stop = threading.Event()
        self.outcome: Any = None
        stopped = client.until(lambda: "the run was interrupted" if self.stop.is_set() else None)
        self._thread = threading.Thread(target=self._run, args=(stopped, call))
        self._thread.start()

    def _run(self, client: Client, call: Callable[[Client], object]) -> None:
        try:
            self.outcome = call(client)
        except MturkError as error:
            self.outcome = error

    def interrupt(self) -> Any:
        """Interrupt it: how it ends, which must not take long."""
        began = time.monotonic()
        self.stop.set()
        self._thread.join(20)
        assert time.monotonic() - began < SECONDS
        return self.outcome


def client_of(server: CannedServer) -> Client:
    return Client(Configuration(endpoint_url=server.url))


@pytest.mark.parametrize("how", ["hang", "trickle"])
@pytest.mark.parametrize("operation", MUTATING)
def test_an_interrupted_call_that_changes_something_may_have_taken_effect(operation: str, how: str) -> None:
    with CannedServer({}) as server:
        server.answers["*"] = getattr(server, how)
        run = Run(client_of(server), MUTATING[operation])
        wait_until(lambda: operation in server.called)
        error = run.interrupt()
    assert isinstance(error, UnavailableError)
    assert str(error).startswith(f"{operation}: no answer so far (the run was interrupted)")
    assert "it may have taken effect" in str(error)


@pytest.mark.parametrize("how", ["hang", "trickle"])
@pytest.mark.parametrize("operation", READING)
def test_an_interrupted_call_that_reads_changed_nothing(operation: str, how: str) -> None:
    with CannedServer({}) as server:
        server.answers["*"] = getattr(server, how)
        run = Run(client_of(server), READING[operation])
        wait_until(lambda: operation in server.called)
        error = run.interrupt()
    assert isinstance(error, StoppedError)
    assert "the run was interrupted" in str(error)


def test_a_call_that_took_effect_is_found_though_its_answer_was_not_waited_for() -> None:
    with CannedServer(
        {"ListWorkerBlocks": said({"WorkerBlocks": [{"WorkerId": WORKER, "Reason": "Words."}]})}
    ) as server:
        server.answers["CreateWorkerBlock"] = server.hang
        run = Run(client_of(server), MUTATING["CreateWorkerBlock"])
        wait_until(lambda: bool(server.called))
        assert run.interrupt() is None


def test_a_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = threading.Event()
    over = threading.Event()

    def hanging(*_: Any, **__: Any) -> Any:
        # What libc does: nothing, for as long as its own timeouts last. No other resolver can be given to it here.
        asked.set()
        over.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    run = Run(Client(Configuration(endpoint_url="http://panel.example")), READING["GetQualificationType"])
    assert asked.wait(10)
    assert isinstance(run.interrupt(), StoppedError)
    over.set()


def test_a_server_that_does_not_accept_is_not_waited_for() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        # Its queue is full: further connections are left unanswered.
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        run = Run(Client(Configuration(endpoint_url=f"http://127.0.0.1:{port}")), READING["GetQualificationType"])
        time.sleep(0.3)
        assert isinstance(run.interrupt(), StoppedError)
        for one in waiting:
            one.close()


def test_what_comes_of_an_abandoned_request_is_not_read() -> None:
    stop = threading.Event()
    sent: list[str] = []
    threads: list[threading.Thread] = []

    def late() -> str:
        threads.append(threading.current_thread())
        stop.set()
        time.sleep(0.3)
        sent.append("an answer")
        return sent[0]

    with pytest.raises(request_threads.Abandoned):
        request_threads.answer_of(late, stop.is_set, lambda: 60.0)
    wait_until(lambda: bool(sent))
    assert request_threads.answer_of(lambda: "another", lambda: False, lambda: 60.0) == "another"
    wait_until(lambda: not threads[0].is_alive())


def test_threads_are_used_again_and_do_not_keep_the_process() -> None:
    seen = {request_threads.answer_of(threading.current_thread, lambda: False, lambda: 60.0) for _ in range(50)}
    assert len(seen) == 1
    assert all(thread.daemon for thread in seen)


def test_a_request_does_not_outlast_the_deadline_of_its_call() -> None:
    with CannedServer({}) as server:
        server.answers["*"] = server.trickle
        client = Client(Configuration(endpoint_url=server.url, operation_timeout_seconds=1))
        began = time.monotonic()
        with pytest.raises(UnavailableError, match="within 1 s; see mturk:operationTimeoutSeconds"):
            client.get_qualification_type(TYPE_ID)
        assert time.monotonic() - began < 3


# The resources

STATES: dict[str, dict[str, Any]] = {
    "QualificationType": {"description": "A type.", "name": "Example", "qualificationTypeStatus": "Active"},
    "QualificationGrant": {"qualificationTypeId": TYPE_ID, "workerId": WORKER, "integerValue": 1},
    "QualificationRoster": {"qualificationTypeId": TYPE_ID, "workers": WORKER},
    "WorkerBlock": {"workerId": WORKER, "reason": "Words."},
}


@pytest.mark.parametrize("action", ["create", "read", "delete"])
@pytest.mark.parametrize("kind", STATES)
def test_every_resource_can_be_interrupted(kind: str, action: str) -> None:
    with CannedServer({}) as server:
        server.answers["*"] = server.hang
        configuration = Configuration(endpoint_url=server.url)
        provider = ProviderInstance(configuration, lambda: Client(configuration))
        state = STATES[kind] | {"environment": "local", "endpointHost": configuration.host}

        def act(_: Client) -> object:
            context = Context(provider, "urn:pulumi:test::test::mturk::example", "example")
            if action == "create":
                return lifecycle.create(REGISTRY[kind], context, state)
            return getattr(lifecycle, action)(REGISTRY[kind], context, TYPE_ID, state, state)

        run = Run(provider.client, act)
        wait_until(lambda: bool(server.called))
        began = time.monotonic()
        provider.cancelled.set()
        error = run.interrupt()
        assert time.monotonic() - began < SECONDS
    assert isinstance(error, MturkError), error
    assert "interrupted" in str(error)


ANSWERS = {
    "ListQualificationTypes": said({"QualificationTypes": []}),
    "CreateQualificationType": said({"QualificationType": {"QualificationTypeId": TYPE_ID}}),
    "GetQualificationScore": refused("QualificationDoesNotExist"),
    "ListWorkersWithQualificationType": said({"Qualifications": []}),
    "AssociateQualificationWithWorker": said({}),
    "ListWorkerBlocks": said({"WorkerBlocks": []}),
    "CreateWorkerBlock": said({}),
}
CREATES = {
    "QualificationType": ["ListQualificationTypes", "ListQualificationTypes", "CreateQualificationType"],
    "QualificationGrant": ["GetQualificationScore", "AssociateQualificationWithWorker"],
    "QualificationRoster": ["ListWorkersWithQualificationType", "AssociateQualificationWithWorker"],
    "WorkerBlock": ["ListWorkerBlocks", "CreateWorkerBlock"],
}


@pytest.mark.parametrize(
    ("kind", "calls"), [(kind, calls[: last + 1]) for kind, calls in CREATES.items() for last in range(len(calls))]
)
def test_a_create_can_be_interrupted_at_each_of_its_calls(kind: str, calls: list[str], tmp_path: Path) -> None:
    with CannedServer({}) as server:

        def answer(connection: socket.socket) -> None:
            if len(server.called) < len(calls):
                connection.sendall(ANSWERS[server.called[-1]])
            else:
                server.hang(connection)

        server.answers["*"] = answer
        configuration = Configuration(endpoint_url=server.url)
        provider = ProviderInstance(configuration, lambda: Client(configuration), receipts=Receipts(tmp_path))
        state = STATES[kind] | {"environment": "local", "endpointHost": configuration.host}
        context = Context(provider, "urn:pulumi:test::test::mturk::example", "example")
        run = Run(provider.client, lambda _: lifecycle.create(REGISTRY[kind], context, state))
        wait_until(lambda: server.called == calls)
        # Another resource need not wait for what hangs, unless it needs the same.
        other = threading.Thread(target=lambda: context.client, daemon=True)
        other.start()
        other.join(SECONDS)
        assert not other.is_alive()
        provider.cancelled.set()
        error = run.interrupt()
    assert isinstance(error, MturkError), error
    assert "interrupted" in str(error)


def test_a_custom_timeout_ends_a_call_that_hangs() -> None:
    with CannedServer({}) as server:
        server.answers["*"] = server.hang
        configuration = Configuration(endpoint_url=server.url)
        provider = ProviderInstance(configuration, lambda: Client(configuration))
        context = Context(provider, "urn:pulumi:test::test::mturk::example", "example", timeout_seconds=0.5)
        state = STATES["WorkerBlock"] | {"environment": "local", "endpointHost": configuration.host}
        began = time.monotonic()
        with pytest.raises(UnavailableError, match=r"CreateWorkerBlock: .*custom timeout of 0.5 s is over.*may have"):
            REGISTRY["WorkerBlock"].update(
                context,
                "example",
                REGISTRY["WorkerBlock"].state.load(state),
                REGISTRY["WorkerBlock"].args.load(state | {"reason": "Other words."}),
            )
        assert time.monotonic() - began < 0.5 + SECONDS
