"""Long work on a roster that is cut off: Ctrl-C, a timeout, a killed CLI. What is done stays done, and in the state."""

import os
import signal
import time
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.support.cli_rosters import (
    GRANT,
    LIST,
    REVOKE,
    TYPE,
    grant,
    granted,
    holders,
    made,
    many,
    progress,
    recorded,
    roster,
    type_of,
)
from tests.support.kills import children, command_of
from tests.support.pulumi_cli import NO_CHANGES, Output, Stack, counted, messages, new_type

ALL = many(300)
# Long enough to be cut off, and for a word on how far it is: the first second of a roster has one request at a time.
SLOW = 200


def interrupted(stack: Stack, marketplace: Marketplace, **calls: int) -> Output:
    """`up`, and Ctrl-C once so many calls of each operation were made."""
    with stack.running("up", "--yes", "--skip-preview") as up:
        up.wait_until(lambda: all(made(marketplace, operation) >= number for operation, number in calls.items()))
        return up.interrupt().ended().refused()


@pytest.mark.slow
def test_ctrl_c_ends_a_create_and_an_update_soon_and_the_next_run_makes_exactly_the_rest(
    stack: Stack, marketplace: Marketplace
) -> None:
    stack.program(TYPE + roster(ALL))
    marketplace.set_switches(latency_milliseconds=SLOW)
    cut = interrupted(stack, marketplace, **{GRANT: 15})
    done = made(marketplace, GRANT)
    assert done < len(ALL) / 2, "the others are not begun any more"
    assert (
        messages(cut)["team"][-1]
        == f"* the run was interrupted; {done} of {len(ALL)} changes are done, and the next run makes the rest"
    )
    told, repeated = progress(cut, "granted")
    assert told
    assert not repeated
    tier = type_of(stack)
    assert recorded(stack).split() == sorted(holders(marketplace, tier))

    marketplace.set_switches(latency_milliseconds=0)
    stack.up().ok()
    assert made(marketplace, GRANT) == len(ALL)
    assert granted(marketplace) == dict.fromkeys(ALL, 1)

    kept, gone = ALL[:50], len(ALL) - 50
    stack.program(TYPE + roster(kept))
    marketplace.set_switches(latency_milliseconds=SLOW)
    cut = interrupted(stack, marketplace, **{REVOKE: 15})
    done = made(marketplace, REVOKE)
    assert done < gone / 2
    assert f"{done} of {gone} changes are done" in messages(cut)["team"][-1]
    assert progress(cut, "taken back")[0]
    assert recorded(stack).split() == sorted(holders(marketplace, tier))

    marketplace.set_switches(latency_milliseconds=0)
    stack.up().ok()
    assert made(marketplace, REVOKE) == gone
    assert made(marketplace, GRANT) == len(ALL)
    assert holders(marketplace, tier) == dict.fromkeys(kept, 1)
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()


def test_ctrl_c_ends_the_reading_of_a_list_and_calls_that_are_refused_for_ever(
    stack: Stack, marketplace: Marketplace
) -> None:
    tier = new_type(marketplace, "tier")
    grant(marketplace, tier, dict.fromkeys(ALL, 1))
    stack.program(
        roster([*ALL, "A1EXAMPLEWORKER"], type_id=repr(tier))
        + 'mturk.WorkerBlock("blocked", worker_id="A2EXAMPLEWORKER", reason="for a test")\n'
    )
    marketplace.inject(Fault("throttle", "CreateWorkerBlock", times=None))
    marketplace.set_switches(latency_milliseconds=1000)
    cut = interrupted(stack, marketplace, **{LIST: 1, "CreateWorkerBlock": 2})
    calls = counted(marketplace)
    assert calls[LIST] < 4
    assert calls[GRANT] == 0
    said = messages(cut)
    assert said["team"][-1].endswith(": the run was interrupted; nothing was changed yet")
    assert ": CreateWorkerBlock: " in said["blocked"][-1]
    assert said["blocked"][-1].endswith("(stopped before another attempt)")
    assert stack.resources() == {}

    marketplace.clear_faults()
    marketplace.set_switches(latency_milliseconds=0)
    stack.up().ok()
    calls = counted(marketplace)
    assert (calls[GRANT], calls["CreateWorkerBlock"]) == (1, 1)
    stack.unchanged()


@pytest.mark.slow
def test_custom_timeouts_bound_the_whole_and_the_next_run_goes_on(stack: Stack, marketplace: Marketplace) -> None:
    tier, workers = new_type(marketplace, "tier"), ALL[:60]
    stack.program(f"""
        bounded = pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="3s", update="3s"))
        mturk.QualificationRoster("team", qualification_type_id="{tier}", workers={workers}, opts=bounded)
    """)
    marketplace.set_switches(latency_milliseconds=2 * SLOW)
    before = 0
    for _ in ("create", "update"):
        sentence = messages(stack.up().refused())["team"][-1]
        done, of = made(marketplace, GRANT) - before, len(workers) - before
        assert 0 < done < of / 2
        assert (
            sentence
            == f"* the custom timeout of 3 s is over; {done} of {of} changes are done, and the next run makes the rest"
        )
        assert recorded(stack).split() == sorted(holders(marketplace, tier))
        before += done

    marketplace.set_switches(latency_milliseconds=0)
    stack.up().ok()
    assert granted(marketplace) == dict.fromkeys(workers, 1)


# What a provider process runs, by its shell.
MODULES = {"pulumi.dynamic", "pulumi_mturk.plugin"}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks at processes as Linux shows them")
def test_a_killed_cli_takes_its_plugin_along_and_the_next_run_converges(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(TYPE + roster(ALL))
    marketplace.set_switches(latency_milliseconds=SLOW)
    with stack.running("up", "--yes", "--skip-preview") as up:
        up.wait_until(lambda: made(marketplace, GRANT) >= 15)
        started = children(up.process.pid)
        (plugin,) = (
            child for child in started if {"pulumi.dynamic", "pulumi_mturk.plugin"} & {*command_of(child).split()}
        )
        up.kill()
    end = time.monotonic() + 20
    while command_of(plugin):
        assert time.monotonic() < end, "it works on for nobody"
        time.sleep(0.1)
    for left in set(started) - {plugin}:
        os.kill(left, signal.SIGKILL)  # Pulumi's own language host would live on for five minutes
    done = made(marketplace, GRANT)
    assert done < len(ALL)

    marketplace.set_switches(latency_milliseconds=0)
    assert "locked" in stack.up().refused().text
    stack.run("cancel", "--yes").ok()
    stack.refresh("--clear-pending-creates").ok()
    stack.up().ok()
    assert granted(marketplace) == dict.fromkeys(ALL, 1)
    assert recorded(stack).split() == ALL
    stack.unchanged()
