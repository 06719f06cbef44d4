"""A native provider on the SDK's generated stubs that does nothing: the least that one in Python can cost.

The engine starts it by the launcher that `write_launcher` makes, and reads its port from standard output.
"""

import shlex
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

PACKAGE = "bare"


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    """Whatever a program says is so."""

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Take secrets as such."""
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        """A version."""
        return plugin_pb2.PluginInfo(version="0.0.1")

    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        """There is nothing to configure."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        """There is nothing to configure."""
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        """There is nothing to configure."""
        return provider_pb2.ConfigureResponse(acceptSecrets=True)

    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        """All inputs are right."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Nothing has changed."""
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Outputs are the inputs."""
        return provider_pb2.CreateResponse(id="id", properties=request.properties)

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Empty:
        """The end of a run."""
        return Empty()


def write_launcher(folder: Path) -> None:
    """Write what the engine starts for `plugins.providers[].path`."""
    folder.mkdir(parents=True, exist_ok=True)
    launcher = folder / f"pulumi-resource-{PACKAGE}"
    launcher.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m benchmarks.bare_plugin "$@"\n')
    launcher.chmod(0o755)


def main() -> None:
    """Serve until the engine ends this process."""
    server = grpc.server(ThreadPoolExecutor(4))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(), server)
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    server.wait_for_termination()


if __name__ == "__main__":
    main()
