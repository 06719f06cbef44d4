"""Two stacks of one account that grant a type to the same worker and block them: each takes away its own."""

from pathlib import Path

import pytest

from tests.cli.conftest import NewStack
from tests.support.cli_rosters import holders
from tests.support.pulumi_cli import Stack, assert_absent, messages, new_type
from tests.support.recorded_programs import place

FIRST, SECOND, THIRD = WORKERS = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A3EXAMPLEWORKER"
OURS, THEIRS = "Copied one answer everywhere.", "Asked for payment by e-mail."


def program(tier: str, score: int, reason: str, options: str = "") -> str:
    return f"""
    mturk.QualificationGrant("grant", qualification_type_id="{tier}", worker_id="{FIRST}", integer_value={score})
    mturk.QualificationRoster("list", qualification_type_id="{tier}", workers={{"{SECOND}": {score}}})
    mturk.WorkerBlock("block", worker_id="{THIRD}", reason="{reason}"{options})
    """


@pytest.mark.slow
def test_a_destroy_leaves_what_another_stack_has_taken_over(new_stack: NewStack, tmp_path: Path) -> None:
    with place(tmp_path) as there:
        marketplace = there.marketplace
        first: Stack = new_stack(environment="sandbox", endpointUrl=there.url)
        second: Stack = new_stack(environment="sandbox", endpointUrl=there.url)
        tier = new_type(marketplace, "Shared")
        first.program(program(tier, 70, OURS)).up().ok()
        kept = ", opts=pulumi.ResourceOptions(retain_on_delete=True)"
        second.program(program(tier, 85, THEIRS, kept)).up().ok()

        destroyed = first.destroy().ok()
        assert first.resources() == {}
        assert holders(marketplace, tier) == {FIRST: 85, SECOND: 85}
        assert marketplace.summary().blocks == 1
        said = messages(destroyed)
        assert "the worker keeps it: its score is 85" in said["grant"][0]
        assert "1 worker keeps it" in said["list"][0]
        assert "the worker stays blocked" in said["block"][0]
        assert_absent([*WORKERS, OURS, THEIRS], destroyed.text)

        second.destroy().ok()
        assert holders(marketplace, tier) == {}
        # What is retained outlives its stack, whoever's it is.
        assert marketplace.summary().blocks == 1
