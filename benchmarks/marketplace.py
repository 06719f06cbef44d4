"""How many grants a second the marketplace takes, beside moto's server with a write of the same kind.

Run it with `make bench`. What is measured against the marketplace is worth something only where the marketplace is
not what limits it: this tells how much it can take. The contestants take turns, so that a machine whose speed drifts
treats all alike; ratios are taken turn by turn.

- `embedded, handle` is the marketplace alone: the bytes of a request in, the bytes of an answer out.
- `embedded, boto3` is boto3 answered in the same process, as in a stack with `mturk:environment: local`.
- `HTTP` is boto3 in this process and the server in one of its own. Most of the time is boto3's. The bar is on these.

The rival's write is DynamoDB's PutItem, a worker's score under the worker's id: an upsert in the same JSON protocol,
and the lightest of those tried. IAM's AddUserToGroup and TagUser took a tenth longer, and SQS's SendMessage takes the
longer the more messages there are. moto keeps all in memory; the marketplace has each grant in its file before it
answers.
"""

import argparse
import itertools
import json
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

from benchmarks.common import Bar, finish, marketplace_server, running, target
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.provider.embedded import Embedded

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

BAR = 1.0
CALLS = 500
THREADS = 8
START_SECONDS = 60.0
HOST = "127.0.0.1"
TARGET = target("AssociateQualificationWithWorker")
TABLE = "scores"


@dataclass(frozen=True)
class Contestant:
    """What makes one write, and by how many threads at once."""

    write: Callable[[str], object]
    threads: int = 1

    def rate(self, workers: Sequence[str]) -> float:
        """Writes a second, one for each worker."""
        start = time.perf_counter()
        if self.threads == 1:
            for worker in workers:
                self.write(worker)
        else:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(self.write, workers))
        return len(workers) / (time.perf_counter() - start)


@contextmanager
def moto_server() -> Iterator[str]:
    """The address of moto's server."""
    with socket.create_server((HOST, 0)) as free:
        port: int = free.getsockname()[1]
    with running("moto.server", "-H", HOST, "-p", str(port), stdout=subprocess.DEVNULL) as process:
        end = time.monotonic() + START_SECONDS
        while not answers(port):
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit("moto's server did not start (`make bench` installs it): nothing is measured")
            time.sleep(0.05)
        yield f"http://{HOST}:{port}"


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection((HOST, port), 1).close()
    except OSError:
        return False
    return True


def client_of(service: str, address: str) -> Any:
    """boto3 as it is after `pip install`, but with a connection for each thread and no second try."""
    return boto3.client(
        service,  # type: ignore[call-overload]  # the types of these two services are not installed together
        region_name="us-east-1",
        endpoint_url=address,
        aws_access_key_id="example",
        aws_secret_access_key="example",  # noqa: S106 - nobody looks at signatures
        config=Config(retries={"total_max_attempts": 1}, max_pool_connections=THREADS),
    )


def new_type(client: "MTurkClient") -> str:
    """A qualification type to grant."""
    made = client.create_qualification_type(Name="Scores", Description="Scores.", QualificationTypeStatus="Active")
    return made["QualificationType"]["QualificationTypeId"]


def handled(marketplace: Marketplace, type_id: str) -> Callable[[str], object]:
    """A grant as the bytes that boto3 would send."""

    def grant(worker: str) -> None:
        answer = marketplace.handle("POST", "/", TARGET, json.dumps(members(type_id, worker)).encode())
        if answer.status != 200:
            raise SystemExit(f"the marketplace answered {answer.status}: nothing is measured")

    return grant


def granted(client: "MTurkClient", type_id: str) -> Callable[[str], object]:
    """A grant through boto3, as the provider makes it."""
    return lambda worker: client.associate_qualification_with_worker(**members(type_id, worker))


def members(type_id: str, worker: str) -> Any:
    """What is said of one worker."""
    return {"QualificationTypeId": type_id, "WorkerId": worker, "IntegerValue": 1, "SendNotification": False}


def put(client: Any) -> Callable[[str], object]:
    """One row for each worker in a table of moto's."""
    client.create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "WorkerId", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "WorkerId", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return lambda worker: client.put_item(TableName=TABLE, Item={"WorkerId": {"S": worker}, "Score": {"N": "1"}})


def measure(contestants: dict[str, Contestant], turns: int) -> dict[str, list[float]]:
    """Writes a second of each, turn by turn."""
    numbers = itertools.count()
    measured: dict[str, list[float]] = {name: [] for name in contestants}
    for turn in range(-1, turns):  # the first turn opens connections and warms caches
        print(f"\r  turn {turn + 1} of {turns}", end="", file=sys.stderr, flush=True)
        for name, contestant in contestants.items():
            rate = contestant.rate([f"A1EXAMPLE{next(numbers):07d}" for _ in range(CALLS)])
            if turn >= 0:
                measured[name].append(rate)
    print(file=sys.stderr)
    return measured


def report(measured: dict[str, list[float]]) -> dict[str, float]:
    """Print the table; the ratios to moto."""
    ratios = {}
    print(f"{'writes a second, median of the turns':38}{'marketplace':>12}{'moto':>8}{'ratio':>8}")
    for name, rates in measured.items():
        if name.startswith("moto"):
            continue
        row = f"{name:38}{statistics.median(rates):12,.0f}"
        if rival := measured.get(f"moto {name}"):
            ratios[name] = round(statistics.median(map(float.__truediv__, rates, rival)), 2)
            row += f"{statistics.median(rival):8,.0f}{ratios[name]:8.2f}"
        print(row)
    return ratios


def run(arguments: Sequence[str] | None = None) -> list[Bar]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.marketplace", description=__doc__)
    parser.add_argument("--turns", type=int, default=9, help="how many turns (default 9)")
    turns = parser.parse_args(arguments).turns
    with tempfile.TemporaryDirectory() as name:
        inside, served = Path(name) / "inside.db", Path(name) / "served.db"
        with (
            Marketplace.open(inside) as marketplace,
            Embedded(str(inside)) as door,
            marketplace_server(served) as ours,
            moto_server() as theirs,
        ):
            embedded, http = client_of("mturk", "http://embedded.invalid"), client_of("mturk", ours)
            door.attach(embedded)
            type_id = new_type(embedded)
            over_http, rival = granted(http, new_type(http)), put(client_of("dynamodb", theirs))
            measured = measure(
                {
                    "embedded, handle": Contestant(handled(marketplace, type_id)),
                    "embedded, boto3": Contestant(granted(embedded, type_id)),
                    "HTTP, 1 thread": Contestant(over_http),
                    "moto HTTP, 1 thread": Contestant(rival),
                    f"HTTP, {THREADS} threads": Contestant(over_http, THREADS),
                    f"moto HTTP, {THREADS} threads": Contestant(rival, THREADS),
                },
                turns,
            )
        wrong = {file.name: holders(file) - 2 * (turns + 1) * CALLS for file in (inside, served)}
    ratios = report(measured)
    rates = {name: round(statistics.median(rates)) for name, rates in measured.items()}
    print(json.dumps({"rates": rates, "ratios": ratios, "calls": CALLS, "turns": turns}))
    return [
        Bar("the marketplace over HTTP against moto's server", min(ratios.values()), least=BAR),
        *(Bar.exact(f"grants too many or too few in {name}", number, 0) for name, number in wrong.items()),
    ]


def holders(database: Path) -> int:
    """How many workers hold the one qualification type."""
    with Marketplace.open(database, create=False) as marketplace:
        (found,) = marketplace.summary().qualification_types
    return found.holders


if __name__ == "__main__":
    sys.exit(finish(run()))
