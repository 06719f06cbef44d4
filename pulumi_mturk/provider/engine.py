"""What the SDK of dynamic providers does not hand on between the provider process and Pulumi's engine.

The engine's request is found in the callers' frames; messages are sent to the engine's own address; the partial state
of a failed operation is attached to the gRPC call; Ctrl-C arrives in a method of the SDK that does nothing; a killed
engine is noticed by polling its address. Each of these is one function here. The plugin, which is handed requests and
calls as they are, shares the messages, the form of a partial state and the watch on the engine.
"""

import asyncio
import contextlib
import functools
import inspect
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pulumi

from pulumi_mturk.common.worker_ids import redact
from pulumi_mturk.provider.lifecycle import PartialError

if TYPE_CHECKING:
    import types

    from google.protobuf.struct_pb2 import Struct

PROVIDER_KEY = "__provider"
_DIRECTLY = (("grpc.enable_http_proxy", 0),)  # the engine is on this machine, whatever http_proxy says
_UNKNOWN = 2  # gRPC's code for what has no other; the SDK gives it to every error
# No operation waits longer to have a message shown.
_LOG_SECONDS = 10.0
# How often the engine's address is polled.
POLL_SECONDS = 1.0

_logging = threading.Lock()
_logged: set[tuple[str, str]] = set()
_on_cancel: Callable[[], object] = bool


def current_request() -> Any:
    """The engine's request, with the URN, the random seed, the timeout and the old inputs; None outside of a call."""
    return next((local for local in _locals("request") if hasattr(local, "urn")), None)


def _locals(name: str) -> Iterator[Any]:
    """The values of local variables of this name in the callers' frames, innermost first."""
    frame: types.FrameType | None = sys._getframe(1)  # noqa: SLF001
    while frame is not None:
        if name in frame.f_locals:
            yield frame.f_locals[name]
        frame = frame.f_back


def request_properties(request: Any, name: str) -> dict[str, Any]:
    """A property bag of a request, such as `old_inputs`; empty if the request has none."""
    found = getattr(request, name, None)
    return pulumi.runtime.rpc.deserialize_properties(found) if found is not None else {}


def log_once(message: str, urn: str = "", *, info: bool = False) -> None:
    """Show a message on a resource's row (without a URN: on the stack's), once per run.

    Standard error of this process is no substitute: it appears on the stack's row, and each line again at the end.
    """
    with _logging:
        if (urn, message) in _logged:
            return
        _logged.add((urn, message))
    _log(message, urn, info=info, ephemeral=False)


def log_status(urn: str, message: str) -> None:
    """Show the progress of a long operation on the resource's row, as long as the operation lasts."""
    _log(message, urn, info=True, ephemeral=True)


def address() -> str:
    """Where the engine listens; empty in a process that no engine has started."""
    return sys.argv[1] if len(sys.argv) > 1 else ""


def attach(address: str) -> None:
    """Take an engine's address that is not among the arguments of this process, which somebody debugs."""
    sys.argv[1:] = [address]


def _log(message: str, urn: str, *, info: bool, ephemeral: bool) -> None:
    if not address():
        return
    import grpc
    from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

    severity = engine_pb2.INFO if info else engine_pb2.WARNING
    said = engine_pb2.LogRequest(severity=severity, message=message, urn=urn, ephemeral=ephemeral)
    # An engine that has gone is no reason to fail.
    with contextlib.suppress(grpc.RpcError), grpc.insecure_channel(address(), _DIRECTLY) as channel:
        engine_pb2_grpc.EngineStub(channel).Log(said, timeout=_LOG_SECONDS)


def on_cancel(callback: Callable[[], None]) -> None:
    """Call back when the engine sends `Cancel`: at Ctrl-C, and at the end of every run.

    The SDK's method for it does nothing, and its server holds a reference to it: only its code can be exchanged.
    """
    global _on_cancel
    _on_cancel = callback

    def cancel(self: Any, request: Any, context: Any) -> Any:
        # Runs with the global names of the SDK's module.
        from google.protobuf.empty_pb2 import Empty

        from pulumi_mturk.provider import engine

        engine.cancelled()
        return Empty()

    servicer: Any = getattr(sys.modules["__main__"], "DynamicResourceProviderServicer", None)
    if hasattr(servicer, "Cancel"):
        # The SDK wraps some of its methods. One whose code can't be exchanged is left alone: Ctrl-C then waits for the
        # operations under way.
        with contextlib.suppress(ValueError):
            inspect.unwrap(servicer.Cancel).__code__ = cancel.__code__


def cancelled() -> None:
    """The engine has sent `Cancel`."""
    _on_cancel()


@functools.cache
def exit_with_engine(cancel: Callable[[], object], operating: Callable[[], bool] | None = None) -> None:
    """End this process soon after the engine has ended: `kill -9` of the CLI leaves its provider processes running.

    `cancel` has operations of ours end at their next call. `operating` tells whether any is under way. By default that
    is asked of the SDK's server, so that other dynamic providers in this process are waited for: they would have come
    to their end without us, too.
    """
    operating = operating or _operating
    host, _, port = address().rpartition(":")

    def watch() -> None:
        while True:
            time.sleep(POLL_SECONDS)
            try:
                socket.create_connection((host, int(port)), POLL_SECONDS).close()
            except ConnectionRefusedError:
                break
            except OSError:
                continue  # slow or suspended, not gone
        cancel()
        while operating():
            time.sleep(POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _operating() -> bool:
    """Whether an operation of any provider is under way in this process."""
    servicer = getattr(sys.modules["__main__"], "DynamicResourceProviderServicer", None)
    methods = (getattr(servicer, name, None) for name in ("Create", "Read", "Update", "Delete"))
    codes = {method.__code__ for method in methods if inspect.isfunction(method)}
    for innermost in sys._current_frames().values():  # noqa: SLF001
        frame: types.FrameType | None = innermost
        while frame is not None:
            if frame.f_code in codes:
                return True
            frame = frame.f_back
    return False


def end_call(message: str) -> None:
    """End the engine's call with an error of these words; return if there is no such call.

    The SDK ends it with the traceback of whatever is raised. So this one call's way to end is exchanged; a limit to
    tracebacks would be one for all providers in the process.
    """
    import grpc

    if (call := _call()) is None:
        return
    end = call.abort
    call.abort = lambda *_: end(grpc.StatusCode.UNKNOWN, message)
    call.abort()


def _call() -> Any:
    """The gRPC context of the engine's call, in the callers' frames; None outside of one."""
    return next((local for local in _locals("context") if hasattr(local, "set_trailing_metadata")), None)


def report_partial(error: PartialError) -> None:
    """Attach the state of a half-done operation to the error that follows: the engine saves it.

    A native provider does so by the status detail `ErrorResourceInitFailed`; the SDK's dynamic provider has no way for
    it, so the trailing metadata of the call is set here. Where the call can't be found the error goes out alone, and
    the next run finds out what exists.
    """
    call = _call()
    asked = current_request()
    given = getattr(asked, "news", None) or getattr(asked, "properties", None)
    if call is None or given is None:
        return
    loop = asyncio.new_event_loop()
    try:
        provider = given.fields[PROVIDER_KEY].string_value
        outputs = loop.run_until_complete(
            pulumi.runtime.rpc.serialize_properties({**error.outputs, PROVIDER_KEY: provider}, {})
        )
    finally:
        loop.close()
    call.set_trailing_metadata(partial_metadata(error, outputs))


def partial_metadata(error: PartialError, outputs: "Struct") -> tuple[tuple[str, bytes], ...]:
    """The trailing metadata by which the engine takes `outputs` for the state of an operation that failed half-done."""
    from google.protobuf.any_pb2 import Any as Packed
    from pulumi.runtime.proto import provider_pb2
    from pulumi.runtime.proto.status_pb2 import Status

    detail = Packed()
    detail.Pack(
        provider_pb2.ErrorResourceInitFailed(
            id=error.resource_id, properties=outputs, reasons=[redact(reason) for reason in error.reasons]
        )
    )
    status = Status(code=_UNKNOWN, message=redact(str(error)), details=[detail])
    return (("grpc-status-details-bin", status.SerializeToString()),)
