"""`python -m pulumi_mturk.plugin ENGINE_ADDRESS`: what the launcher in Pulumi's plugin folder runs.

The engine reads the port of the service from the first line of standard output. Without an engine's address, as where
somebody debugs it, the process waits for an engine to attach (`PULUMI_DEBUG_PROVIDERS=mturk:PORT`).
"""

from pulumi_mturk.common.loading import without_collections

with without_collections():
    import os

    # All code of this process is ours. To look for plugins of pydantic, it reads what each installed package says of
    # itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    import threading
    from concurrent.futures import ThreadPoolExecutor

    import grpc
    from pulumi.runtime.proto import provider_pb2_grpc

    from pulumi_mturk.plugin.servicer import Servicer
    from pulumi_mturk.provider import engine
    from pulumi_mturk.provider.shell import Shell

# More than the engine makes calls side by side by default on most machines; an operation waits in its thread.
_THREADS = 64
# The engine's own bound on a message, 400 MiB: a roster of 100,000 workers is one.
_LONGEST_MESSAGE = 400 * 1024 * 1024
# The engine kills a process that is not gone five seconds after SIGINT.
_GRACE_SECONDS = 3.0


def main() -> None:
    """Serve until the engine is gone."""
    shell = Shell()
    server = grpc.server(
        ThreadPoolExecutor(_THREADS),
        options=[("grpc.max_receive_message_length", _LONGEST_MESSAGE)],
    )
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Servicer(shell), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    if engine.address():
        engine.exit_with_engine(shell.cancel, shell.operating)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        shell.cancel()
        server.stop(_GRACE_SECONDS).wait()
        # The interpreter's own end would wait for each thread, and the engine calls a process broken that is not gone
        # soon. What the marketplace has committed is on disk.
        os._exit(0)


if __name__ == "__main__":
    main()
