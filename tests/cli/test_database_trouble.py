"""Trouble with the file of the embedded marketplace, at the real CLI: a sentence with the file and the reason."""

import sqlite3
import time
from contextlib import closing

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.pulumi_cli import Stack, messages

PROGRAM = """
    mturk.QualificationType("reader", description="Took part.")
    mturk.WorkerBlock("blocked", worker_id="A1EXAMPLEWORKER", reason="for a test")
"""


def test_a_table_that_is_missing_ends_the_run_at_once(stack: Stack, marketplace: Marketplace) -> None:
    with closing(sqlite3.connect(stack.database)) as other:
        other.execute("ALTER TABLE qualification_types RENAME TO gone")
    start = time.monotonic()
    cut = stack.program(PROGRAM).up().refused()
    assert time.monotonic() - start < 60, "ten minutes were tried before"
    (sentence,) = messages(cut)["reader"]
    assert sentence.replace("error: mturk: ", "error: ", 1).startswith(
        f"error: mturk:localDatabase: The marketplace database {stack.database} failed: "
    )
    assert "no such table" in sentence
    assert "temporarily" not in cut.text
    assert "Traceback" not in cut.text


@pytest.mark.slow
def test_a_file_that_is_locked_is_waited_for_and_the_run_says_so(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(PROGRAM)
    # The journal of calls would wait for the file after each look, before the first call that changes anything.
    marketplace.set_switches(record_calls="off")
    with closing(sqlite3.connect(stack.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with stack.running("up", "--yes", "--skip-preview") as up:
            up.wait_until(lambda: "is locked by another process; waiting" in up.text)
            other.execute("ROLLBACK")
            up.ended().ok()
    assert stack.resources().keys() == {"reader", "blocked"}
