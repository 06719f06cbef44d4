"""Runs of the CLI that are killed at a chosen call: the provider's process, the CLI's, or both."""

import os
import signal
import time
from pathlib import Path
from typing import Literal

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.support.pulumi_cli import Output, Running, Stack

Victim = Literal["provider", "cli", "both"]
Moment = Literal["before", "after"]


def killed(
    stack: Stack, marketplace: Marketplace, victim: Victim, moment: Moment, operation: str, call: int = 1
) -> Output:
    """`pulumi up`, killed at a call of an operation ("*": of any), before its commit or after it.

    The marketplace is the stack's embedded one, so that the process which handles the call is the provider's. When this
    returns, no process of the run is left.
    """
    with stack.running("up", "--yes", "--skip-preview") as up:
        # None is the process that handles the call; the CLI goes first, or it would see the other one go.
        cli = up.process.pid
        processes: dict[Victim, list[int | None]] = {"provider": [None], "cli": [cli], "both": [cli, None]}
        for process in processes[victim]:
            kind: Literal["kill_before", "kill_after"] = "kill_before" if moment == "before" else "kill_after"
            marketplace.inject(Fault(kind, operation, skip=call - 1, process_id=process))
        started = _wait(up, stack.timeout)
    assert marketplace.faults() == [], "the run came to its end before that call"
    _end(started)
    return Output(up.process.returncode, up.log)


def recover(stack: Stack) -> bool:
    """What to type after a killed run, as the page about it says; whether the CLI had cut a file of its own backend."""
    output = stack.up()
    if cut := "failed to load checkpoint" in output.text:
        for attributes in (stack.folder / "state").glob(".pulumi/stacks/**/*.attrs"):
            attributes.unlink()
        output = stack.up()
    if "currently locked" in output.text:
        stack.run("cancel", "--yes").ok()
        output = stack.up()
    output.ok()
    return cut


def children(process: int) -> list[int]:
    """The processes that a process has started, on Linux."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text().split()]


def command_of(process: int) -> str:
    """What runs there; empty when it is over."""
    try:
        return Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def _wait(up: Running, seconds: float) -> set[int]:
    """Wait for the end of the CLI; the processes that it had started."""
    started: set[int] = set()
    end = time.monotonic() + seconds
    while up.process.poll() is None:
        assert time.monotonic() < end, up.log
        try:
            started.update(children(up.process.pid))
        except (FileNotFoundError, ProcessLookupError):
            break
        time.sleep(0.02)
    up.process.wait(timeout=60)
    return started


def _end(started: set[int]) -> None:
    """The provider ends by itself when the CLI has; Pulumi's own language host would live on for minutes."""
    end = time.monotonic() + 20
    while any("pulumi.dynamic" in command_of(process) for process in started):
        assert time.monotonic() < end, "it works on for nobody"
        time.sleep(0.05)
    for process in started:
        if "pulumi-language" in command_of(process):
            os.kill(process, signal.SIGKILL)
