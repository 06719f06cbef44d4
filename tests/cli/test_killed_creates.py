"""A run that is killed, or whose state can't be written: the next in the same folder finds or makes the type, once."""

import sys
import textwrap
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from pulumi_mturk.provider.receipts import FOLDER
from tests.cli.conftest import NewStack, first_is_enough
from tests.support.kills import Moment, Victim, killed, recover
from tests.support.pulumi_cli import Stack, messages, run

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/cmdline").exists(), reason="looks at processes as Linux shows them"
)
CREATE = "CreateQualificationType"
PROGRAM = """
    mturk.QualificationType("reader", description="Took part.", keywords="speech")
"""
NAMED = PROGRAM.replace('"reader", ', '"reader", name="Careful reader", ')


def types(marketplace: Marketplace) -> list[str]:
    return [found.id for found in marketplace.summary().qualification_types]


@pytest.mark.parametrize(
    ("victim", "moment", "program"),
    first_is_enough(
        [("provider", "after", PROGRAM), ("cli", "before", PROGRAM), ("both", "after", NAMED), ("cli", "after", NAMED)]
    ),
)
def test_the_next_run_converges_on_one_type(
    stack: Stack, marketplace: Marketplace, victim: Victim, moment: Moment, program: str
) -> None:
    stack.program(program)
    assert killed(stack, marketplace, victim, moment, CREATE).code != 0
    lost = types(marketplace)
    assert len(lost) == (victim == "cli" or moment == "after"), "a provider that lives ends its call"
    assert stack.resources() == {}

    recover(stack)
    (made,) = types(marketplace)
    assert lost in ([], [made])
    assert stack.resources()["reader"]["id"] == made
    stack.unchanged()
    assert list((stack.folder / FOLDER).glob("*.json")) == []


@pytest.mark.slow
def test_in_a_fresh_folder_what_was_lost_is_told(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(PROGRAM)
    killed(stack, marketplace, "provider", "after", CREATE)
    (lost,) = types(marketplace)
    for receipt in (stack.folder / FOLDER).glob("*.json"):
        receipt.unlink()
    (line,) = (line for line in messages(stack.up().ok())["reader"] if lost in line)
    assert f'adopt="{lost}"' in line
    assert len(types(marketplace)) == 2


@pytest.mark.slow
def test_the_receipt_is_in_the_folder_of_the_project_file_wherever_the_program_is(stack: Stack) -> None:
    (stack.folder / "Pulumi.yaml").write_text("name: study\nruntime: python\nmain: infra/program/\n")
    stack.program(PROGRAM)
    folder = stack.folder / "infra" / "program"
    folder.mkdir(parents=True)
    (stack.folder / "__main__.py").rename(folder / "__main__.py")
    stack.up().ok()
    assert len(list((stack.folder / FOLDER).glob("*.json"))) == 1
    stack.unchanged()
    assert [path.name for path in (stack.folder / FOLDER).iterdir()] == [".gitignore"], "the state has the type"
    assert not (folder / ".mturk").exists()


@pytest.mark.slow
@pytest.mark.parametrize("program", [PROGRAM, NAMED])
def test_a_state_that_can_not_be_written_makes_no_second_type(new_stack: NewStack, program: str) -> None:
    stack = new_stack(markTypes="false")
    stack.program("mturk.QualificationType('other', description='Took part.')").up().ok()
    stack.program("mturk.QualificationType('other', description='Took part.')\n" + textwrap.dedent(program))
    states = stack.folder / "state" / ".pulumi" / "stacks"
    with Marketplace.open(stack.database) as marketplace, stack.running("up", "--yes", "--skip-preview") as up:
        marketplace.inject(Fault("delay_after", CREATE, seconds=3))
        up.wait_until(lambda: len(types(marketplace)) == 2)
        states.rename(states.with_suffix(".away"))
        states.write_text("no folder")
        assert up.process.wait(stack.timeout) != 0
        assert "failed to save snapshot" in up.log
        states.unlink()
        states.with_suffix(".away").rename(states)
        made = types(marketplace)
        assert stack.resources().keys() == {"other"}
        recover(stack)
        assert types(marketplace) == made
        assert {resource["id"] for resource in stack.resources().values()} == set(made)


@pytest.mark.slow
def test_a_replacement_straight_after_the_create_is_made_when_it_is_asked_for_again(
    stack: Stack, marketplace: Marketplace
) -> None:
    """The engine checks what `--replace` names as if the state had nothing, and the receipt is still there."""
    stack.program(PROGRAM).up().ok()
    reader = stack.resources()["reader"]
    said = stack.up("--replace", reader["urn"]).ok().text
    assert "[MT360]" in said
    assert types(marketplace) == [reader["id"]]
    stack.up("--replace", reader["urn"]).ok()
    (made,) = types(marketplace)
    assert made != reader["id"]
    assert stack.resources()["reader"]["id"] == made
    stack.unchanged()


@pytest.mark.slow
def test_a_replacement_that_deletes_first_is_refused_straight_after_the_create(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.set_switches(name_held_seconds=172_800)
    stack.program(PROGRAM.replace("keywords=", "opts=pulumi.ResourceOptions(delete_before_replace=True), keywords="))
    stack.up().ok()
    reader = stack.resources()["reader"]
    assert "[MT309]" in stack.up("--replace", reader["urn"]).refused().text
    assert types(marketplace) == [reader["id"]]
    stack.refresh().ok()
    stack.up("--replace", reader["urn"]).ok()
    assert stack.resources()["reader"]["id"] != reader["id"]
    stack.unchanged()


HELD = """
    reader = mturk.QualificationType("reader", description="Took part.", keywords="speech")
    mturk.QualificationGrant("grant", qualification_type_id=reader.id, worker_id="A1EXAMPLE0001")
    mturk.WorkerBlock(
        "block", worker_id="A1EXAMPLE0002", reason="spam", opts=pulumi.ResourceOptions(depends_on=[reader])
    )
"""


@pytest.mark.slow
@pytest.mark.parametrize("refreshed", [False, True])
def test_the_run_after_a_replacement_that_failed_deletes_nothing_that_the_state_still_has(
    new_stack: NewStack, refreshed: bool
) -> None:
    """The replacement found the type, so that the state has its id twice: once to keep, and once to be deleted."""
    stack = new_stack(operationTimeoutSeconds="2")
    stack.program(HELD)
    with Marketplace.open(stack.database) as marketplace:
        marketplace.inject(Fault("service_fault", "CreateWorkerBlock", times=None))
        assert stack.up().code != 0
        reader = stack.resources()["reader"]
        assert stack.up("--replace", reader["urn"]).code != 0
        marketplace.clear_faults()
        if refreshed:
            stack.refresh().ok()
        stack.up().ok()
        (live,) = marketplace.summary().qualification_types
        assert (live.id, live.holders) == (reader["id"], 1)
        assert stack.resources()["reader"]["id"] == reader["id"]
        stack.unchanged()
        stack.run("destroy", "--yes").ok()
        assert types(marketplace) == []


INLINE = """
    from pulumi import automation

    import pulumi_mturk as mturk

    def program():
        mturk.QualificationType("reader", description="Took part.")

    stack = automation.create_or_select_stack("inline", "study", program)
    stack.up()
"""


@pytest.mark.slow
def test_an_inline_program_of_the_automation_api_has_it_in_the_folder_that_it_runs_in(
    stack: Stack, tmp_path: Path
) -> None:
    script, folder = tmp_path / "inline.py", tmp_path / "work"
    script.write_text(textwrap.dedent(INLINE))
    folder.mkdir()
    run([sys.executable, script], folder, stack.env).ok()
    assert len(list((folder / FOLDER).glob("*.json"))) == 1
    assert (folder / ".mturk" / "local.db").is_file()
