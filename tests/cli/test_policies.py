"""The policy pack of examples/policies beside a program (docs/policies.md): what it refuses, and what it lets pass.

The language host of Python that can be had as a Go module is older than the way in which the engine asks one to run a
pack. So the pack here names a runtime that has no host, and the engine takes the older way: a program of a fixed name
on PATH. What is in it, how it is configured and what the engine makes of it is the same.
"""

import json
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.common.versions import package_version
from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.plugin import installation
from tests.cli.conftest import NewStack
from tests.support.pages import commands, held_by, shown
from tests.support.pulumi_cli import ROOT, Stack

PACK = ROOT / "examples" / "policies"
VENV = Path(f"{sys.prefix}-policies")
RUNTIME = "python-without-a-host"
LAUNCHER = """\
#!/bin/sh
# $1 is the engine's address, $2 the folder of the pack, which is the working directory.
exec venv/bin/python -u -m pulumi.policy "$1" "$2"
"""
COMMAND, OUTPUT = held_by(__file__, "policies.md")
ARGUMENTS = shlex.split(commands(COMMAND)[0])[2:]
POLICIES = {
    "production-needs-a-reviewer",
    "minimum-hourly-pay",
    "no-accept-only-exclusion",
    "no-worker-ids-in-names",
}

PROGRAM = """
past = mturk.WorkerExclusion("past", workers=["A1EXAMPLEWORKER"])
task = mturk.HITType("summaries", title="A task", description="A task.", reward="0.40",
    assignment_duration_in_seconds=600, qualification_requirements=[past.requirement])
pulumi.ComponentResource("lab:index:Archive", "archive")
"""
WRONG = (
    PROGRAM.replace('"0.40"', '"0.39"')
    .replace("[past.requirement]", '[mturk.QualificationRequirement(past.qualification_type_id, "DoesNotExist")]')
    .replace('"archive"', '"A1EXAMPLEWORKER"')
)


@pytest.fixture
def marketplace(tmp_path: Path) -> Iterator[Marketplace]:
    with Marketplace.open(tmp_path / "panel.db") as opened:
        opened.set_switches(record_calls="parameters")
        yield opened


@pytest.fixture
def stack(tmp_path: Path, new_stack: NewStack, marketplace: Marketplace) -> Iterator[Stack]:
    """A stack in production, at a marketplace of its own, with the pack in its folder as the page says."""
    assert (VENV / "bin" / "python").exists(), "These tests need pulumi-policy: tools/policies installs it."
    launcher = tmp_path / "bin" / f"pulumi-analyzer-policy-{RUNTIME}"
    launcher.parent.mkdir()
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)
    with Server(marketplace) as server:
        stack = new_stack(environment="production", endpointUrl=server.url)
        pack = stack.folder / "policies"
        shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("__pycache__"))
        about = (pack / "PulumiPolicy.yaml").read_text()
        assert "name: python\n" in about
        (pack / "PulumiPolicy.yaml").write_text(about.replace("name: python\n", f"name: {RUNTIME}\n"))
        (pack / "venv").symlink_to(VENV)
        stack.env["PATH"] = f"{launcher.parent}:{stack.env['PATH']}"
        yield stack


def beside(stack: Stack, **changes: object) -> list[str]:
    """The arguments that run the pack, as the page has them, by its configuration with changes."""
    config = json.loads((PACK / "config.json").read_text()) | {key.replace("_", "-"): to for key, to in changes.items()}
    (stack.folder / "policies" / "config.json").write_text(json.dumps(config))
    return ARGUMENTS


def violated(text: str) -> set[str]:
    """The policies that a run names as violated."""
    return {line.split()[2] for line in text.splitlines() if line.strip().startswith("- [mandatory]")}


@pytest.mark.slow
@pytest.mark.one_shell  # it goes by both
def test_each_policy_refuses_what_it_is_for_and_lets_the_rest_pass(stack: Stack, marketplace: Marketplace) -> None:
    unreviewed = beside(stack, production_needs_a_reviewer={"author": "lee", "reviewer": "Lee"})
    stack.program(WRONG)
    plan = stack.preview(*unreviewed).refused()
    assert violated(plan.text) == POLICIES
    assert shown(OUTPUT.text).search(plan.text), plan.text
    # The same resources behind the plugin, whose type tokens are others.
    home = stack.folder / "home"  # the others' has no plugin
    installation.install(home / "plugins" / f"resource-mturk-v{package_version()}")
    stack.env["PULUMI_HOME"] = str(home)
    stack.configure(plugin="true")
    plan = stack.preview(*unreviewed).refused()
    assert violated(plan.text) == POLICIES
    assert "mturk:index:HITType: summaries" in plan.text
    stack.configure(plugin=None)

    assert violated(stack.program(PROGRAM).up(*beside(stack)).ok().text) == set()
    assert len([call for call in marketplace.calls() if call.operation == "CreateHITType"]) == 1
    # Also where nothing of a stack changes, it has to keep the policies.
    more = {"minimumHourlyPay": "12.01", "minutes": {"summaries": 2}}
    assert violated(stack.preview(*beside(stack, minimum_hourly_pay=more)).refused().text) == {"minimum-hourly-pay"}


@pytest.mark.slow
def test_thresholds_that_are_missing_or_wrong_are_refused_and_a_policy_can_be_switched_off(
    stack: Stack, marketplace: Marketplace
) -> None:
    stack.program(PROGRAM)
    # Without any configuration: no minimum, and no reviewer.
    assert violated(stack.preview(*ARGUMENTS[:2]).refused().text) == {
        "minimum-hourly-pay",
        "production-needs-a-reviewer",
    }
    for wrong in ({"minimumHourlyPay": 12}, {"minimumHourlyPay": "12,00"}, {"minutes": {"summaries": 0}}):
        pay = {"minimumHourlyPay": "12.00", "minutes": {"summaries": 2}} | wrong
        assert "validating policy config" in stack.preview(*beside(stack, minimum_hourly_pay=pay)).refused().text
    stack.program(WRONG)
    assert violated(stack.up(*beside(stack)).refused().text) & POLICIES
    assert not [call for call in marketplace.calls() if call.operation.startswith("Create")]
    off = {"minimum_hourly_pay": "disabled", "no_accept_only_exclusion": "advisory"}
    said = stack.preview(*beside(stack, **off)).refused().text
    assert violated(said) == {"no-worker-ids-in-names"}, said
    assert "[advisory]  no-accept-only-exclusion" in said
