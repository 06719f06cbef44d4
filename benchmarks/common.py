"""What the benchmarks share: bars, commands of the CLI with what they cost, and a server in a process of its own."""

import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.pulumi_cli import ROOT, Stack


@dataclass(frozen=True)
class Bar:
    """A figure that has to be `least` at least, `most` at most, or both: exactly that."""

    what: str
    figure: float
    least: float = -math.inf
    most: float = math.inf

    @classmethod
    def exact(cls, what: str, figure: int, asked: int) -> "Bar":
        """A number that has to be this one."""
        return cls(what, figure, asked, asked)

    @property
    def kept(self) -> bool:
        """Whether it is."""
        return self.least <= self.figure <= self.most

    def __str__(self) -> str:
        if self.least == self.most:
            bar = f"{self.most:,g}"
        else:
            bar = f"at least {self.least:,g}" if self.most == math.inf else f"at most {self.most:,g}"
        figure = f"{self.figure:,.0f}" if self.least == self.most else f"{self.figure:,.3f}"
        return f"{self.what}: {figure} (bar: {bar}){'' if self.kept else '  MISSED'}"


def finish(bars: Sequence[Bar]) -> int:
    """Print how the figures stand against their bars; the exit status, 1 if one was missed."""
    print()
    print(*bars, sep="\n")
    return 0 if all(bar.kept for bar in bars) else 1


@dataclass(frozen=True)
class Run:
    """One command: seconds of the clock and of the processors, and the largest process."""

    wall: float
    cpu: float
    peak_mib: float


def percentile(seconds: Sequence[float]) -> float:
    """Milliseconds below which 99 of 100 are."""
    return 1000 * statistics.quantiles(seconds, n=100)[-1]


def target(operation: str) -> dict[str, str]:
    """The header by which a request of the MTurk API names its operation."""
    return {"X-Amz-Target": f"MTurkRequesterServiceV20170117.{operation}"}


def timed(stack: Stack, *arguments: str) -> Run:
    """Run `pulumi`, with all the processes that it starts; it has to succeed."""
    # As a user has it: in tests the language host's `pip list` is cut short, and some machines of developers have
    # modules compiled anew in each process, which those of an installed package are not.
    env = {**stack.env, "PYTHONPATH": str(ROOT)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    with subprocess.Popen(
        ["pulumi", *arguments, "--non-interactive", "--color", "never"],
        cwd=stack.folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        text = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{text}\n`pulumi {arguments[0]}` failed: nothing is measured")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@contextmanager
def running(*module: str, stdout: int) -> Iterator["subprocess.Popen[str]"]:
    """A server in a process of its own, ended with the block."""
    command = [sys.executable, "-m", *module]
    with subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def at_rest(*module: str) -> float:
    """MiB of memory of a server that says its address or port, and has answered nothing yet."""
    with running(*module, stdout=subprocess.PIPE) as process:
        if process.stdout is None or not process.stdout.readline():
            raise SystemExit(f"{module[0]} did not start: nothing is measured")
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(process.pid)], check=True, capture_output=True, text=True)
    return int(said.stdout) / 1024


@contextmanager
def marketplace_server(database: Path) -> Iterator[str]:
    """The marketplace's address."""
    with running("pulumi_mturk.marketplace", "--database", str(database), stdout=subprocess.PIPE) as process:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise SystemExit("the marketplace's server did not start: nothing is measured")
        yield line.split()[-1]
