"""What serves the marketplace to a team: gunicorn and granian beside the built-in server, by turns on one machine.

Run it with `make bench` (or `python -m benchmarks.hosting`). Each server has one process on a file of its own, and is
asked for an account's balance by a few clients that keep their connections: alone, while many connections are idle, and
while others send their requests byte by byte. What counts are the ratios to the built-in server in the same turn, and
the slowest hundredth of the answers.
"""

import argparse
import contextlib
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.common import Bar, finish, percentile, target

HOST = "127.0.0.1"
CALLS = 400
CLIENTS = 8
THREADS = 32
"""Requests that a server handles at once."""
IDLE = 200
SLOW = 48
"""More than there are threads: each would hold one, where the server itself waits for it."""
START_SECONDS = 60.0
LONGEST = 3.0
"""Seconds after which a call counts as lost."""
TARGET = target("GetAccountBalance")
APPLICATION = "pulumi_mturk.marketplace.wsgi:application"
BUILT_IN = "built-in"
SITUATIONS = ("alone", f"{IDLE} idle", f"{SLOW} slow")


def commands(port: int, database: Path) -> dict[str, list[str]]:
    """The modules and their arguments."""
    return {
        BUILT_IN: ["pulumi_mturk.marketplace", "--database", str(database), "--port", str(port)],
        "gunicorn": [
            "gunicorn",
            APPLICATION,
            "--bind",
            f"{HOST}:{port}",
            "--threads",
            str(THREADS),
            "--keep-alive",
            "75",
        ],
        "granian": [
            *("granian", APPLICATION, "--interface", "wsgi", "--host", HOST, "--port", str(port)),
            *("--blocking-threads", str(THREADS), "--no-log"),
        ],
    }


@dataclass
class Measured:
    """Of one server in one situation, turn by turn."""

    rates: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lost: int = 0

    @property
    def p99(self) -> float:
        """Milliseconds of the slowest hundredth."""
        return percentile(self.seconds)


@contextlib.contextmanager
def served(name: str, folder: Path) -> Iterator[tuple[int, int]]:
    """A server's port and process, once it answers."""
    with socket.create_server((HOST, 0)) as free:
        port: int = free.getsockname()[1]
    database = folder / f"{name}.db"
    env = os.environ | {"PULUMI_MTURK_MARKETPLACE_DATABASE": str(database), "PULUMI_MTURK_MARKETPLACE_OPEN": "1"}
    command = [sys.executable, "-m", *commands(port, database)[name]]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            end = time.monotonic() + START_SECONDS
            while not is_healthy(port):
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"{name} did not start (`make bench` installs it): nothing is measured")
                time.sleep(0.05)
            yield port, process.pid
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def is_healthy(port: int) -> bool:
    """Whether it answers."""
    connection = http.client.HTTPConnection(HOST, port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def load(port: int, measured: Measured, calls: int) -> None:
    """All clients at once, each with its share of the calls."""
    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for seconds, lost in pool.map(lambda _: client(port, calls // CLIENTS), range(CLIENTS)):
            measured.seconds += seconds
            measured.lost += lost
    measured.rates.append(calls / (time.perf_counter() - start))


def client(port: int, calls: int) -> tuple[list[float], int]:
    """One client's calls: how long each took, and how many had no answer."""
    seconds, lost = [], 0
    connection = http.client.HTTPConnection(HOST, port, timeout=LONGEST)
    for _ in range(calls):
        start = time.perf_counter()
        try:
            connection.request("POST", "/", b"{}", TARGET)
            good = connection.getresponse().read().startswith(b'{"AvailableBalance"')
        except (OSError, http.client.HTTPException):
            connection.close()
            good = False
        lost += not good
        seconds.append(time.perf_counter() - start)
        if lost:  # this server answers nobody: the others are not to wait for that
            break
    connection.close()
    return seconds, lost


@contextlib.contextmanager
def beside(situation: str, port: int) -> Iterator[None]:
    """What goes on beside the load."""
    if situation == "alone":
        yield
        return
    idle = situation.endswith("idle")
    connections = [socket.create_connection((HOST, port), 5) for _ in range(IDLE if idle else SLOW)]
    done = threading.Event()
    thread = threading.Thread(target=trickle, args=(connections, done))
    if not idle:
        thread.start()
    time.sleep(0.5)
    try:
        yield
    finally:
        done.set()
        if not idle:
            thread.join()
        for connection in connections:
            connection.close()


def trickle(connections: Sequence[socket.socket], done: threading.Event) -> None:
    """Send requests byte by byte, 5 bytes a second on each connection."""
    text = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Padding: " + b"x" * 10_000
    for number in range(len(text)):
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.send(text[number : number + 1])
        if done.wait(0.2):
            return


def resident(process: int) -> int:
    """MiB of a process and those that it has started."""
    said = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,rss="], check=True, capture_output=True, text=True)
    rows = [tuple(map(int, line.split())) for line in said.stdout.splitlines()]
    tree = {process}
    while more := {pid for pid, parent, _ in rows if parent in tree} - tree:
        tree |= more
    return sum(rss for pid, _, rss in rows if pid in tree) // 1024


def run(arguments: Sequence[str] | None = None) -> list[Bar]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hosting", description=__doc__)
    parser.add_argument("--turns", type=int, default=5, help="how many turns (default 5)")
    parser.add_argument("--calls", type=int, default=CALLS, help=f"calls of a turn (default {CALLS})")
    options = parser.parse_args(arguments)
    names = list(commands(0, Path()))
    measured = {(name, situation): Measured() for name in names for situation in SITUATIONS}
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        servers = {name: stack.enter_context(served(name, Path(folder))) for name in names}
        for turn in range(-1, options.turns):  # the first turn warms up
            print(f"\r  turn {turn + 1} of {options.turns}", end="", file=sys.stderr, flush=True)
            for situation in SITUATIONS:
                for name, (port, _) in servers.items():
                    with beside(situation, port):
                        load(port, measured[name, situation] if turn >= 0 else Measured(), options.calls)
        print(file=sys.stderr)
        memory = {name: resident(process) for name, (_, process) in servers.items()}
    return report(names, measured, memory)


def report(names: Sequence[str], measured: dict[tuple[str, str], Measured], memory: dict[str, int]) -> list[Bar]:
    """Print the tables; the bars."""
    print(f"{'':10}{'MiB':>6}" + "".join(f"{situation:>33}" for situation in SITUATIONS))
    print(f"{'':16}" + f"{'calls/s':>13}{'ratio':>7}{'p99 ms':>8}{'lost':>5}" * len(SITUATIONS))
    ratios = {}
    for name in names:
        row = f"{name:10}{memory[name]:6}"
        for situation in SITUATIONS:
            one, own = measured[name, situation], measured[BUILT_IN, situation]
            ratios[name, situation] = statistics.median(map(float.__truediv__, one.rates, own.rates))
            rate = statistics.median(one.rates)
            row += f"{rate:13,.0f}{ratios[name, situation]:7.2f}{one.p99:8.1f}{one.lost:5}"
        print(row)
    print(json.dumps({f"{name}, {situation}": round(ratio, 2) for (name, situation), ratio in ratios.items()} | memory))
    return [
        Bar.exact(f"{DOCUMENTED}, {situation}: calls without an answer", measured[DOCUMENTED, situation].lost, 0)
        for situation in SITUATIONS
    ]


DOCUMENTED = "granian"
"""What docs/hosting.md says to take."""


if __name__ == "__main__":
    sys.exit(finish(run()))
