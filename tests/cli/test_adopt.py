"""`pulumi-mturk adopt`, then `pulumi import --file`, then `pulumi preview`: an account is a stack, unchanged."""

import shlex
import sys
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.cli.conftest import NewStack
from tests.support.core import opened
from tests.support.imports import CANARIES, seeded
from tests.support.plugin import with_plugin
from tests.support.pulumi_cli import ROOT, Stack, assert_absent, counted, run

PAGE = (ROOT / "docs" / "import-and-adopt.md").read_text()


def commands() -> list[list[str]]:
    """What the page says to type for a whole account."""
    block = PAGE.partition("## A whole account\n")[2].partition("```sh\n")[2].partition("```")[0]
    return [shlex.split(line) for line in block.splitlines()]


@pytest.fixture
def elsewhere(new_stack: NewStack) -> Stack:
    """Another stack, for the environment in which commands are run."""
    return new_stack()


@pytest.mark.slow
@pytest.mark.parametrize("holders", [3, 10_000])
def test_an_account_becomes_a_stack_that_changes_nothing(tmp_path: Path, elsewhere: Stack, holders: int) -> None:
    with opened(tmp_path) as place:
        seeded(place.client, holders)
    adopt, go_there, _, import_, preview = commands()
    folder = tmp_path / go_there[1]
    there = ["--environment", "local", "--local-database", "market.db"]
    command = [sys.executable, "-m", "pulumi_mturk.cli", *adopt[1:], *there]
    adopted = run(command, tmp_path, elsewhere.env).ok()
    stack = with_plugin(Stack(folder, Path(elsewhere.env["PULUMI_HOME"]), {}))
    with Marketplace.open(tmp_path / "market.db") as marketplace:
        marketplace.set_switches(record_calls="on")
        imported = stack.run(*import_[1:], "--yes", "--skip-preview").ok()
        assert "14 imported" in imported.text
        assert "MT6" not in imported.text.replace("MT611", "")
        counted(marketplace)
        previewed = stack.run(*preview[1:], "--expect-no-changes").ok()
        assert counted(marketplace) == {}
        refreshed = stack.refresh("--expect-no-changes").ok()
        changed = [call for call in counted(marketplace) if not call.startswith(("Get", "List"))]
        assert changed == ["CreateHITType"]  # the one way to look at one: the same values are the same
    history = [file.read_text() for file in (folder / "state").rglob("*.json*")]
    assert_absent(CANARIES, adopted.text, imported.text, previewed.text, refreshed.text, *history)
    if holders == 3:
        stack.destroy().ok()
        with Marketplace.open(tmp_path / "market.db") as marketplace:
            # Those that open HITs require are deleted with these.
            assert {item.status for item in marketplace.summary().qualification_types} == {"Disposing"}
