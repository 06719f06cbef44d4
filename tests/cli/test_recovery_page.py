"""docs/recovery.md: what it says to type does what it says, after real accidents."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.support.cli_rosters import FIRST, GRANT, SECOND, THIRD, TYPE, grant, holders, roster, type_of
from tests.support.kills import killed
from tests.support.pulumi_cli import ROOT, Stack, messages

PAGE = (ROOT / "docs" / "recovery.md").read_text(encoding="utf-8")
EVERYTHING = (
    TYPE
    + roster([FIRST, SECOND, THIRD], name="team")
    + 'mturk.WorkerBlock("out", worker_id="A9EXAMPLEWORKER", reason="Asked for it.")\n'
    + 'mturk.HITType("task", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60)\n'
)


def lines(heading: str) -> Iterator[str]:
    """What a section says to type, line by line."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL):
        yield from block.splitlines()


def commands(heading: str) -> Iterator[list[str]]:
    """What a section says to type: the arguments of `pulumi`, with nobody to answer its questions."""
    for line in lines(heading):
        program, *arguments = shlex.split(line, comments=True)
        assert program == "pulumi"
        asks = arguments[0] in ("up", "refresh") and "--yes" not in arguments
        yield [*arguments, "--yes"] if asks else arguments


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_after_a_killed_cli(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(EVERYTHING)
    killed(stack, marketplace, "cli", "after", "CreateQualificationType")
    assert "the stack is currently locked by 1 lock(s)" in stack.up().refused().text

    cancel, up, refresh = commands("What to type")
    stack.run(*cancel).ok()
    recovered = stack.run(*up).ok()
    assert re.search(r"Attempting to deploy or update resources with \d pending operations", recovered.text), (
        recovered.text
    )
    stack.run(*refresh).ok()
    assert "pending operations" not in stack.up("--expect-no-changes").ok().text
    assert [item.id for item in marketplace.summary().qualification_types] == [type_of(stack)]
    assert holders(marketplace, type_of(stack)).keys() == {FIRST, SECOND, THIRD}

    (attributes,) = (stack.folder / "state").glob(".pulumi/stacks/**/test.json.attrs")
    attributes.write_text("")
    assert "failed to load checkpoint: EOF" in stack.preview().refused().text
    (delete,) = lines("A file of the backend that was cut")
    subprocess.run(delete, shell=True, cwd=stack.folder / "state", check=True)  # noqa: S602 - the page's own command
    stack.preview("--expect-no-changes").ok()


@pytest.mark.slow
def test_after_credentials_that_ended_and_a_state_that_was_lost(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(EVERYTHING)
    marketplace.inject(Fault("access_denied", GRANT, skip=1, times=None))
    refused = stack.up("--continue-on-error").refused()
    assert "[AccessDeniedException]" in refused.text
    # Who was granted it is in the state.
    assert {"tier", "team"} <= stack.resources().keys()
    marketplace.clear_faults()
    stack.up().ok()
    assert holders(marketplace, type_of(stack)).keys() == {FIRST, SECOND, THIRD}

    stack.run("stack", "export", "--file", "backup.json").ok()
    # Since then somebody else has changed something.
    grant(marketplace, type_of(stack), {"A4EXAMPLEWORKER": 1})
    shutil.rmtree(stack.folder / "state" / ".pulumi" / "stacks")
    stack.run("stack", "init", "test").ok()
    for arguments in commands("A state that is lost"):
        stack.run(*arguments).ok()
    stack.unchanged()

    # Without a backup: adopt= takes the type, and all else is found as it is.
    before = marketplace.summary(), holders(marketplace, type_of(stack))
    tier = type_of(stack)
    shutil.rmtree(stack.folder / "state" / ".pulumi" / "stacks")
    stack.run("stack", "init", "test").ok()
    adopting = EVERYTHING.replace(TYPE, TYPE.replace('"tier",', f'"tier", adopt="{tier}",', 1), 1)
    assert adopting != EVERYTHING
    adopted = stack.program(adopting).up().ok()
    assert any("MT363" in line or tier in line for line in messages(adopted)["tier"])
    assert (marketplace.summary(), holders(marketplace, tier)) == before
    stack.unchanged()
