"""What a test costs that runs with `mock_mturk`, beside one of the same kind that runs with moto's `mock_aws`.

Run it with `make bench`, or alone with `python -m benchmarks.mock`. Each test begins a mock, makes a client as programs
do, and two calls: one that creates and one that lists. moto's service is SQS, one of its lightest, which keeps a queue
in memory; ours keeps a qualification type in SQLite, in memory too. The two take turns, so that a machine whose speed
drifts treats both alike; ratios are taken turn by turn. What is imported, and what each reads once, is not measured.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence

import boto3
from moto import mock_aws

from benchmarks.common import Bar, finish
from pulumi_mturk.testing import mock_mturk

MOST_MILLISECONDS = 50.0
MOST_OF_MOTO = 1.0
TESTS = 10
TURNS = 15


def ours() -> None:
    """A test of a program that calls Mechanical Turk."""
    with mock_mturk():
        client = boto3.client("mturk")
        client.create_qualification_type(Name="Scores", Description="Scores.", QualificationTypeStatus="Active")
        found = client.list_qualification_types(MustBeRequestable=False, MustBeOwnedByCaller=True)
        if len(found["QualificationTypes"]) != 1:
            raise SystemExit("the marketplace of a mock was not fresh: nothing is measured")


def rival() -> None:
    """A test of a program that calls SQS."""
    with mock_aws():
        client = boto3.client("sqs", region_name="us-east-1")
        client.create_queue(QueueName="scores")
        if len(client.list_queues()["QueueUrls"]) != 1:
            raise SystemExit("moto's queues were not fresh: nothing is measured")


def milliseconds(test: Callable[[], None]) -> float:
    """The processor's time of one test, of several in a row: it waits for nothing, and the machine may be busy."""
    start = time.process_time()
    for _ in range(TESTS):
        test()
    return (time.process_time() - start) * 1000 / TESTS


def run(arguments: Sequence[str] | None = None) -> list[Bar]:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mock", description=__doc__)
    parser.add_argument("--turns", type=int, default=TURNS, help=f"how many turns (default {TURNS})")
    turns = parser.parse_args(arguments).turns
    ours()
    rival()
    taken = [(milliseconds(ours), milliseconds(rival)) for _ in range(turns)]
    mock, moto = (statistics.median(column) for column in zip(*taken, strict=True))
    ratio = statistics.median(first / second for first, second in taken)
    print(f"milliseconds a test, median of the turns: mock_mturk {mock:.1f}, moto's mock_aws {moto:.1f}")
    print(json.dumps({"mock_mturk_ms": round(mock, 1), "mock_aws_ms": round(moto, 1), "ratio": round(ratio, 2)}))
    return [
        Bar("a test with mock_mturk, in milliseconds", mock, most=MOST_MILLISECONDS),
        Bar("a test with mock_mturk against one with moto's mock_aws", ratio, most=MOST_OF_MOTO),
    ]


if __name__ == "__main__":
    sys.exit(finish(run()))
