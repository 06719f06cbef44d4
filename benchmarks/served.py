"""A server on a large marketplace: a short call beside long pages, its memory, and a crowd that does many HITs.

Run it with `make bench` (or `python -m benchmarks.served`; `--size 10000 --workers 1000` takes seconds).

- A client asks for one HIT after the other, while another process asks for the page that takes longest, again and
  again. What counts is the slowest hundredth of the answers.
- Memory is that of the server's process after it has answered all of that.
- The crowd is `pulumi-mturk crowd`, on a thousand HITs of one type.
"""

import argparse
import contextlib
import http.client
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.common import Bar, finish, percentile, running, target
from benchmarks.growth.fill import BIG_GROUP, BUSY, WORKER, fill
from benchmarks.growth.subjects import NEW_HIT, NEW_TYPE
from benchmarks.hosting import resident
from pulumi_mturk.marketplace import Marketplace

SIZE, WORKERS, HITS = 1_000_000, 100_000, 1_000
CALLS = 2_000
MOST_MILLISECONDS, MOST_MEGABYTES, MOST_MINUTES = 25.0, 100.0, 10.0
_API = "/worker-api/v1"
PAGES = (
    *("/projects", f"/projects/{BIG_GROUP}/tasks", "/tasks", "/dashboard", "/messages"),
    *("/qualifications", "/qualifications?search=work", "/qualifications/assigned", "/qualifications/pending"),
    *(f"{_API}/{listing}" for listing in ("workers", "notifications", "events")),
    *(
        f"{_API}/workers/{worker_id}/{listing}"
        for worker_id in (WORKER, BUSY)
        for listing in ("groups", "assignments", "qualification-types", "qualifications")
    ),
)


class Client:
    """A client that keeps its connection."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)

    def seconds(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> float:
        """How long an answer takes."""
        start = time.perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{method} {path}: {answer.status} {said[:300]!r}")
        return time.perf_counter() - start

    def page(self, path: str) -> float:
        """How long a page takes."""
        return self.seconds("GET", path, b"", {"Cookie": f"worker={BUSY}; visit=browser"})

    def hit(self, number: int) -> float:
        """How long one HIT takes."""
        return self.seconds("POST", "/", json.dumps({"HITId": f"HIT{number}"}).encode(), target("GetHIT"))


def loop(address: str, path: str) -> None:
    """Ask for a page for ever."""
    client = Client(address)
    while True:
        client.page(path)


@contextlib.contextmanager
def looping(address: str, path: str) -> Iterator[None]:
    """Another process that does."""
    process = multiprocessing.get_context("spawn").Process(target=loop, args=(address, path), daemon=True)
    process.start()
    try:
        time.sleep(1)
        if not process.is_alive():
            raise SystemExit("the client beside has stopped: nothing is measured")
        yield
    finally:
        process.terminate()
        process.join()


def beside_long_pages(size: int, calls: int) -> list[Bar]:
    """The bars of a server."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "served.db"
        fill(database, size).close()
        with running("pulumi_mturk.marketplace", "--database", str(database), stdout=subprocess.PIPE) as process:
            line = process.stdout.readline() if process.stdout else ""
            if not line:
                raise SystemExit("the marketplace's server did not start: nothing is measured")
            address = line.split()[-1]
            client = Client(address)
            took = {path: min(client.page(path) for _ in range(5)) for path in PAGES}
            slowest = max(PAGES, key=took.__getitem__)
            print(f"the slowest of {len(PAGES)} pages: {slowest}, {1000 * took[slowest]:.1f} ms")
            numbers = [101 + 2 * (number * 7919 % (size // 2 - 100)) for number in range(calls)]
            alone = percentile([client.hit(number) for number in numbers])
            with looping(address, slowest):
                beside = percentile([client.hit(number) for number in numbers])
            print(f"GetHIT: {alone:.1f} ms alone, {beside:.1f} ms beside it, 99 of 100 calls")
            megabytes = resident(process.pid) * 2**20 / 1e6
    return [
        Bar(f"milliseconds of 99 of 100 GetHIT beside the slowest page, {size:,} HITs", beside, most=MOST_MILLISECONDS),
        Bar(f"megabytes of the server, {size:,} HITs", megabytes, most=MOST_MEGABYTES),
    ]


def crowd(workers: int) -> Bar:
    """The bar of a crowd."""
    members = json.dumps({**NEW_TYPE, **NEW_HIT, "MaxAssignments": 9}).encode()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "crowd.db"
        with Marketplace.open(database) as marketplace:
            for _ in range(HITS):
                answer = marketplace.handle("POST", "/", target("CreateHIT"), members)
                if answer.status != 200:
                    raise SystemExit(f"CreateHIT: {answer.status} {answer.body[:300]!r}")
        command = [sys.executable, "-m", "pulumi_mturk.cli", "crowd", "--database", str(database)]
        start = time.perf_counter()
        said = subprocess.run([*command, "--workers", str(workers), "--json"], check=True, stdout=subprocess.PIPE)
        minutes = (time.perf_counter() - start) / 60
    (hit_type,) = json.loads(said.stdout)["hit_types"]
    print(f"of the crowd {hit_type['work']['workers']:,} have submitted {hit_type['work']['submitted']:,} assignments")
    return Bar(f"minutes of a crowd of {workers:,} on {HITS:,} HITs", minutes, most=MOST_MINUTES)


def run(arguments: Sequence[str] | None = None) -> list[Bar]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.served", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help=f"HITs of the server's marketplace (default {SIZE})")
    parser.add_argument("--calls", type=int, default=CALLS, help=f"calls of GetHIT (default {CALLS})")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"people of the crowd (default {WORKERS})")
    given = parser.parse_args(arguments)
    return [*beside_long_pages(given.size, given.calls), crowd(given.workers)]


if __name__ == "__main__":
    sys.exit(finish(run()))
