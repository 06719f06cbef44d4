"""Ctrl-C while a request hangs, at the real CLI: it ends at once, and says what may have taken effect."""

import time

import pytest

from tests.cli.conftest import NewStack
from tests.support.canned_server import CannedServer
from tests.support.pulumi_cli import messages


@pytest.mark.slow
def test_ctrl_c_does_not_wait_for_an_answer_that_trickles_in(new_stack: NewStack) -> None:
    with CannedServer({}) as server:
        server.answers["*"] = server.trickle
        stack = new_stack(endpointUrl=server.url)
        stack.program("""
            mturk.HITType("task", title="A task", description="A task.", reward="0.50",
                assignment_duration_in_seconds=600)
        """)
        with stack.running("up", "--yes", "--skip-preview") as up:
            up.wait_until(lambda: bool(server.called))
            began = time.monotonic()
            cut = up.interrupt().ended().refused()
        # Two seconds, and what the CLI itself takes on a busy machine; the request would hang for ten minutes.
        assert time.monotonic() - began < 10
    (sentence,) = messages(cut)["task"]
    assert sentence.replace("error: mturk: ", "error: ", 1).startswith(
        "error: CreateHITType: no answer so far (the run was interrupted)"
    )
    assert sentence.endswith("it may have taken effect, which the next run finds out")
    assert not stack.resources()
