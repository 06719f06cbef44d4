"""R6 and R16: calls whose reply is lost, and calls side by side."""

import json
import math
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.marketplace import Fault
from tests.reliability.figure import Figure, Measured, told
from tests.support.core import Place, opened
from tests.support.random_programs import actual

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
        rounds = math.ceil(runs / len(MUTATING))
        for round_ in range(rounds):
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
    calls = rounds * len(MUTATING)
    result = f"0 orphans, 0 doubles in {calls:,} changes"
    return Measured(calls, told(bad) or result, reached=not bad)


@dataclass(frozen=True)
class Write:
    """A call that writes: of what, what is there after it (None: nothing), and between which times it happened."""

    key: str
    value: int | str | None
    began: float
    ended: float
    failed: bool


def _write(place: Place, type_id: str, runs: int, seed: int) -> list[Write]:
    """Grants, blocks and their removal by 16 threads of one client, with reads between them."""

    def one(number: int) -> Write:
        draw = random.Random(seed * 1_000_003 + number)  # noqa: S311
        worker, score = f"A{draw.randrange(8)}EXAMPLE", draw.randrange(100)
        client, reason = place.client, f"Reason {score}."
        calls: list[tuple[str, int | str | None, Callable[[], object]]] = [
            (f"grant {worker}", score, lambda: client.grant(type_id, worker, score, send_notification=False)),
            (f"grant {worker}", None, lambda: client.revoke(type_id, worker, None)),
            (f"block {worker}", reason, lambda: client.create_worker_block(worker, reason)),
            (f"block {worker}", None, lambda: client.delete_worker_block(worker)),
            ("", None, lambda: client.get_grant(type_id, worker)),
            ("", None, client.list_worker_blocks),
        ]
        key, value, call = draw.choice(calls)
        began, failed = time.monotonic(), False
        try:
            call()
        except MturkError:
            failed = True
        return Write(key, value, began, time.monotonic(), failed)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(runs)))


def _possible(writes: Iterable[Write]) -> dict[str, set[int | str | None]]:
    """What may be there at the end, by key: what a write has left that no other one followed."""
    by_key: dict[str, list[Write]] = {}
    for write in writes:
        if write.key:
            by_key.setdefault(write.key, []).append(write)
    return {
        key: {one.value for one in found if not any(other.began > one.ended for other in found)}
        for key, found in by_key.items()
    }


def _side_by_side(runs: int, seed: int) -> Measured:
    """R16: two processes with 16 threads each, on one embedded database; half of the calls each."""
    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        type_id = place.made("QualificationType", {"description": "For all."}).id
        place.marketplace.set_switches(record_calls="off")
        command = [sys.executable, "-m", "tests.reliability.calls", folder, type_id, str(runs // 2), str(seed + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
            writes = _write(place, type_id, runs // 2, seed)
            output, _ = other.communicate(timeout=3600)
        writes += [Write(**one) for one in json.loads(output)]
        there = actual(place.marketplace)
    live: dict[str, int | str | None] = {f"grant {worker}": score for worker, score in there["held"][type_id].items()}
    live |= {f"block {worker}": reason for worker, reason in there["blocks"].items()}
    differences = sum(live.get(key) not in values for key, values in _possible(writes).items())
    failed = sum(write.failed for write in writes)
    return Measured(len(writes), f"{failed} failed, {differences} differences", reached=not failed and not differences)


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
        "two processes of 16 threads each write the same grants and blocks of one embedded database; at the end there "
        "must be what a last write has left",
        "0 failed, 0 differences in 5,000 operations",
        _side_by_side,
        short=200,
        long=5_000,
    ),
]

if __name__ == "__main__":
    with opened(Path(sys.argv[1])) as shared:
        shared.marketplace.set_switches(record_calls="off")
        print(json.dumps([asdict(one) for one in _write(shared, sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))]))
