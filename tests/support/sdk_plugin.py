"""Pulumi's plugin process for dynamic providers, called as the engine calls it, and an engine that it can talk to."""

import base64
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.dynamic import ResourceProvider
from pulumi.runtime.proto import engine_pb2_grpc, provider_pb2_grpc

from pulumi_mturk.provider import engine

ROOT = Path(__file__).parents[2]


@contextmanager
def served(add: Callable[[Any, grpc.Server], None], servicer: object) -> Iterator[str]:
    """The address of a service."""
    server = grpc.server(ThreadPoolExecutor(2))
    add(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        server.stop(None).wait()


class Engine(engine_pb2_grpc.EngineServicer):
    """An engine that listens."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, str, str, bool]] = []

    def Log(self, request: Any, context: Any) -> Empty:  # noqa: N802 - the name in the protocol
        self.heard.append((request.severity, request.urn, request.message, request.ephemeral))
        return Empty()


def struct(**values: Any) -> Struct:
    """Values in the form of Pulumi's messages."""
    made = Struct()
    made.update(values)
    return made


def pickled(provider: type[ResourceProvider], **properties: Any) -> Struct:
    """Properties of a resource, with what the SDK puts beside them."""
    return struct(**{engine.PROVIDER_KEY: base64.b64encode(pickle.dumps(provider())).decode()}, **properties)


@dataclass
class Plugin:
    """The SDK's plugin process, as the engine starts it, and what the engine calls."""

    process: subprocess.Popen[str]
    called: provider_pb2_grpc.ResourceProviderStub
    engine: grpc.Server

    def error(self, method: str, request_: Any) -> grpc.RpcError:
        with pytest.raises(grpc.RpcError) as caught:
            getattr(self.called, method)(request_, timeout=60)
        return caught.value


@contextmanager
def started(folder: Path = ROOT) -> Iterator[Plugin]:
    """The process, in the folder of a project."""
    listening = grpc.server(ThreadPoolExecutor(2))
    engine_pb2_grpc.add_EngineServicer_to_server(Engine(), listening)
    address = f"127.0.0.1:{listening.add_insecure_port('127.0.0.1:0')}"
    listening.start()
    command = [sys.executable, "-m", "pulumi.dynamic", address]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with grpc.insecure_channel(f"127.0.0.1:{process.stdout.readline().strip()}") as channel:
            yield Plugin(process, provider_pb2_grpc.ResourceProviderStub(channel), listening)
        process.kill()
    listening.stop(None)
