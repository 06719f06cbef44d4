"""R6 and R16: calls whose reply is lost, and calls side by side."""

import json
import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.marketplace import Fault, Marketplace
from tests.reliability.figure import Figure, Measured
from tests.support.core import Place, opened
from tests.support.random_programs import actual

if TYPE_CHECKING:
    from collections.abc import Callable

LOST = 0.2
THREADS = 16
MUTATING = (
    "CreateQualificationType",
    "AssociateQualificationWithWorker",
    "CreateWorkerBlock",
    "DisassociateQualificationFromWorker",
    "DeleteWorkerBlock",
    "DeleteQualificationType",
)


def _lost_replies(runs: int, seed: int) -> Measured:
    """R6: create and delete a type, a grant and a block, over and over, one reply in five being lost."""
    wrong: Counter[str] = Counter()
    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        place.marketplace.set_switches(record_calls="off")
        for number, operation in enumerate(MUTATING):
            place.marketplace.inject(Fault("drop_after", operation, times=None, probability=LOST, seed=seed + number))
        for round_ in range(max(1, runs // len(MUTATING))):
            worker = f"A{round_}EXAMPLE"
            made = place.made("QualificationType", {"description": "For a round."}, f"type{round_}")
            grant = place.made("QualificationGrant", {"qualificationTypeId": made.id, "workerId": worker}, "grant")
            block = place.made("WorkerBlock", {"workerId": worker, "reason": "For a round."}, "block")
            there = actual(place.marketplace)
            wrong["not made once"] += there["held"] != {made.id: {worker: 1}} or there["blocks"].keys() != {worker}
            for resource in (grant, block, made):
                resource.delete()
            wrong["left behind"] += any(actual(place.marketplace).values())
    bad = +wrong
    calls = max(1, runs // len(MUTATING)) * len(MUTATING)
    result = f"0 orphans, 0 doubles in {calls:,} changes"
    return Measured(calls, ", ".join(f"{what}: {count}" for what, count in bad.items()) or result, reached=not bad)


def _write(place: Place, type_id: str, runs: int, seed: int) -> int:
    """Grants, blocks and their removal by 16 threads of one client; how many failed."""

    def one(number: int) -> int:
        draw = random.Random(seed * 1_000_003 + number)  # noqa: S311
        worker = f"A{draw.randrange(8)}EXAMPLE"
        calls: list[Callable[[], object]] = [
            lambda: place.client.grant(type_id, worker, draw.randrange(100), send_notification=False),
            lambda: place.client.revoke(type_id, worker, None),
            lambda: place.client.create_worker_block(worker, f"Reason {draw.randrange(100)}."),
            lambda: place.client.delete_worker_block(worker),
            lambda: place.client.get_grant(type_id, worker),
            lambda: place.client.list_worker_blocks(),
        ]
        try:
            draw.choice(calls)()
        except MturkError:
            return 1
        return 0

    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(one, range(runs)))


def _last_written(marketplace: Marketplace) -> dict[str, dict[str, object]]:
    """What the calls, in the order in which the marketplace did them, must have left."""
    grants: dict[str, object] = {}
    blocks: dict[str, object] = {}
    for call in marketplace.calls():
        parameters = call.parameters or {}
        worker = str(parameters.get("WorkerId"))
        match call.operation:
            case "AssociateQualificationWithWorker":
                grants[worker] = parameters["IntegerValue"]
            case "DisassociateQualificationFromWorker":
                grants.pop(worker, None)
            case "CreateWorkerBlock":
                blocks[worker] = parameters["Reason"]
            case "DeleteWorkerBlock":
                blocks.pop(worker, None)
    return {"grants": grants, "blocks": blocks}


def _side_by_side(runs: int, seed: int) -> Measured:
    """R16: two processes with 16 threads each, on one embedded database; half of the calls each."""
    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        type_id = place.made("QualificationType", {"description": "For all."}).id
        place.marketplace.clear_calls()
        command = [sys.executable, "-m", "tests.reliability.calls", folder, type_id, str(runs // 2), str(seed + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
            failed = _write(place, type_id, runs // 2, seed)
            output, _ = other.communicate(timeout=600)
        failed += int(json.loads(output)) if other.returncode == 0 else runs // 2
        wanted = _last_written(place.marketplace)
        there = actual(place.marketplace)
        agree = wanted == {"grants": there["held"][type_id], "blocks": there["blocks"]}
        done = len(place.marketplace.calls())
    result = f"{failed} of {runs:,} failed; what is there {'is' if agree else 'is NOT'} what {done:,} calls wrote last"
    return Measured(runs, result, reached=agree and not failed)


FIGURES = [
    Figure(
        "R6",
        "A lost reply leaves no orphan and no double",
        "creates and deletes of types, grants and blocks; after 20 % of all calls the connection is dropped",
        "0 orphans, 0 doubles in 10,000",
        _lost_replies,
        short=120,
        long=10_000,
    ),
    Figure(
        "R16",
        "Calls side by side do what they would one after another",
        "two processes of 16 threads each write the same grants and blocks of one embedded database; the journal of "
        "calls says what must be there",
        "0 failed, 0 differences in 5,000 operations",
        _side_by_side,
        short=200,
        long=5_000,
    ),
]

if __name__ == "__main__":
    with opened(Path(sys.argv[1])) as shared:
        print(_write(shared, sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
