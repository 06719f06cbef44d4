"""R2 and R12: the marketplace against the model of its documents, and against hostile bytes."""

import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from pulumi_mturk.marketplace import Marketplace
from tests.marketplace.test_stateful import Faithful
from tests.reliability.figure import Figure, Measured
from tests.support.marketplace import hostile_requests
from tests.support.marketplace.populated import populate
from tests.support.memory import resident

MEGABYTE = 2**20
STEPS = 100


def _as_its_model(runs: int, seed: int) -> Measured:
    """R2."""
    found = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(hypothesis.seed(seed)(Faithful), settings=found)
    except AssertionError as difference:
        return Measured(runs, f"a difference: {str(difference)[:200]}", reached=False)
    return Measured(runs, f"0 differences in {runs:,} runs of up to {STEPS} steps", reached=True)


def _hostile_bytes(runs: int, seed: int) -> Measured:
    """R12."""
    draw = random.Random(seed)  # noqa: S311
    start = time.monotonic()
    with TemporaryDirectory() as folder:
        database = Path(folder) / "market.db"
        with Marketplace.open(database) as marketplace:
            visits = hostile_requests.visits(marketplace, populate(marketplace).known)
        requests = (*hostile_requests.CALLS, *visits)
        command = [sys.executable, "-m", "pulumi_mturk.marketplace", "--database", str(database)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            url = server.stdout.readline().split()[-1]
            sizes = []
            wrong = 0
            for number in range(runs):
                request = hostile_requests.damaged(draw.choice(requests), draw)
                try:
                    hostile_requests.assert_http(hostile_requests.exchange(url, request))
                except (AssertionError, OSError):
                    wrong += 1
                if number % (runs // 10 or 1) == 0:
                    sizes.append(resident(server.pid))
            alive = server.poll() is None
            server.terminate()
    warm = sizes[len(sizes) // 4]
    grown = (max(sizes) - warm) / warm
    seconds = time.monotonic() - start
    result = (
        f"{wrong} malformed answers, process {'alive' if alive else 'DEAD'}, memory {warm // MEGABYTE} MB "
        f"{grown:+.0%}, in {seconds / 60:.0f} min"
    )
    return Measured(runs, result, reached=not wrong and alive and grown <= 0.1)


FIGURES = [
    Figure(
        "R2",
        "The marketplace does what a small model of the documents says",
        "a state machine of requesters and workers, every answer compared with the model's",
        "0 differences in 2,000 runs of 100 steps",
        _as_its_model,
        short=5,
        long=2_000,
    ),
    Figure(
        "R12",
        "Whatever bytes arrive, the marketplace's server answers in HTTP, lives on, and grows no memory",
        "damaged calls of the API and of the workers' pages, over a socket to a process of its own",
        "0 malformed answers in 50,000 requests, memory within 10 %",
        _hostile_bytes,
        short=300,
        long=50_000,
    ),
]
