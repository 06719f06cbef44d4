"""What the plugin exchanges with Pulumi's engine beside calls and results: the SDK hands none of it on.

The engine's request is found in the callers' frames; messages go to the engine's own address; a partial result is put
beside an error by hand; Ctrl-C arrives in a method of the SDK that does nothing; and nobody tells of a killed engine.
"""

import asyncio
import contextlib
import functools
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pulumi

from pulumi_mturk.errors import redact
from pulumi_mturk.lifecycle import PartialError

if TYPE_CHECKING:
    import types

PROVIDER_KEY = "__provider"
_UNKNOWN = 2  # gRPC's code for what has no other; the SDK gives it to every error
# How often it is looked whether the engine is still there.
LOOK_SECONDS = 1.0

_saying = threading.Lock()
_said: set[tuple[str, str]] = set()


def request() -> Any:
    """The engine's request, which the SDK does not hand on: it has the URN, the seed, and the old inputs."""
    return next((local for local in _locals("request") if hasattr(local, "urn")), None)


def _locals(name: str) -> Iterator[Any]:
    """What is called so in the callers' frames, the nearest first."""
    frame: types.FrameType | None = sys._getframe(1)  # noqa: SLF001
    while frame is not None:
        if name in frame.f_locals:
            yield frame.f_locals[name]
        frame = frame.f_back


def struct(request: Any, name: str) -> dict[str, Any]:
    """Properties that a request has beside those which the SDK hands on."""
    found = getattr(request, name, None)
    return pulumi.runtime.rpc.deserialize_properties(found) if found is not None else {}


def say(message: str, urn: str = "", *, info: bool = False) -> None:
    """Show a message on a resource's row (without a URN: on the stack's), once in a run.

    The plugin's standard error would be shown on the stack's row, and each line again at the end.
    """
    with _saying:
        if (urn, message) in _said:
            return
        _said.add((urn, message))
    _log(message, urn, info=info, ephemeral=False)


def show(urn: str, message: str) -> None:
    """Show how far long work is, on the resource's row while it lasts."""
    _log(message, urn, info=True, ephemeral=True)


def _log(message: str, urn: str, *, info: bool, ephemeral: bool) -> None:
    if len(sys.argv) < 2:
        return  # not started by an engine
    import grpc
    from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

    severity = engine_pb2.INFO if info else engine_pb2.WARNING
    said = engine_pb2.LogRequest(severity=severity, message=message, urn=urn, ephemeral=ephemeral)
    # An engine that is not there to hear it is no reason to fail.
    with contextlib.suppress(grpc.RpcError), grpc.insecure_channel(sys.argv[1]) as channel:
        engine_pb2_grpc.EngineStub(channel).Log(said)


def hear_cancel() -> None:
    """Ctrl-C reaches a plugin as the call `Cancel`, which the SDK answers and forgets. It also ends every run."""

    def cancel(self: Any, request: Any, context: Any) -> Any:
        # Runs with the names of the SDK's module.
        from google.protobuf.empty_pb2 import Empty

        from pulumi_mturk import plugin

        plugin.cancel()
        return Empty()

    servicer: Any = getattr(sys.modules["__main__"], "DynamicResourceProviderServicer", None)
    if hasattr(servicer, "Cancel"):
        servicer.Cancel.__code__ = cancel.__code__


@functools.cache
def end_with_engine() -> None:
    """End this process soon after the engine: `kill -9` of the CLI leaves its plugins alive, at work for nobody."""
    host, _, port = sys.argv[1].rpartition(":")

    def watch() -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                socket.create_connection((host, int(port)), LOOK_SECONDS).close()
            except ConnectionRefusedError:
                os._exit(1)
            except OSError:
                continue  # slow, or halted: no reason to give it up

    threading.Thread(target=watch, daemon=True).start()


def report_partial(error: PartialError) -> None:
    """Tell the engine what there is already, which it keeps, beside the error that follows.

    The SDK has no way for this, but what a native provider sends can be put beside the error by hand. Where that is
    not possible the error alone goes out, and the next run finds by itself what is there.
    """
    from google.protobuf.any_pb2 import Any as Packed
    from pulumi.runtime.proto import provider_pb2
    from pulumi.runtime.proto.status_pb2 import Status

    call = next((local for local in _locals("context") if hasattr(local, "set_trailing_metadata")), None)
    asked = request()
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
    detail = Packed()
    detail.Pack(
        provider_pb2.ErrorResourceInitFailed(
            id=error.resource_id, properties=outputs, reasons=[redact(reason) for reason in error.reasons]
        )
    )
    status = Status(code=_UNKNOWN, message=redact(str(error)), details=[detail])
    call.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
