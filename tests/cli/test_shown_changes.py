"""What `pulumi preview --diff` shows of a change is the same by both shells."""

import json
import subprocess

import pytest

from tests.cli.conftest import NewStack
from tests.support.plugin import with_plugin
from tests.support.pulumi_cli import Stack

pytestmark = pytest.mark.one_shell
FIRST, SECOND, THIRD = "A1EXAMPLEFIRST", "A2EXAMPLESECOND", "A3EXAMPLETHIRD"


def program(other: str, *, mailed: bool = False, reason: str | None = None, approval: int = 95) -> str:
    """A list of two workers, and a HIT type for those who are on it."""
    return f"""
kind = mturk.QualificationType("kind", description="Took part.")
mturk.QualificationRoster("team", qualification_type_id=kind, workers=["{FIRST}", "{other}"],
    send_notification={mailed}, revocation_reason={reason!r})
mturk.HITType("task", title="Transcribe", description="Type what you hear.", reward="0.40",
    assignment_duration_in_seconds=600, qualification_requirements=[e.approval(at_least={approval}), e.holds(kind)])
"""


def shown(stack: Stack, text: str) -> dict[str, dict[str, str]]:
    """By resource and path: what a plan shows as added, changed or removed."""
    command = ["pulumi", "preview", "--json", "--non-interactive"]
    stack.program(text)
    done = subprocess.run(command, cwd=stack.folder, env=stack.env, capture_output=True, text=True, check=True)
    steps = [step for step in json.loads(done.stdout)["steps"] if step["op"] != "same" and "mturk" in step["urn"]]
    return {
        step["urn"].rpartition("::")[2]: {
            path: change["kind"].removesuffix("-replace") for path, change in step["detailedDiff"].items()
        }
        for step in steps
    }


def test_both_shells_show_mails_numbers_and_words_beside_a_change(new_stack: NewStack) -> None:
    plans = []
    for plugin in ("true", "false"):
        stack = with_plugin(new_stack())
        stack.configure(plugin=plugin)
        stack.program(program(SECOND)).up().ok()
        mailed = shown(stack, program(THIRD, mailed=True, reason="You were slow.", approval=97))
        # A change of the directives alone is none, and is not shown again beside a later one.
        stack.program(program(SECOND, mailed=True)).up().ok()
        plans.append([mailed, shown(stack, program(THIRD, mailed=True))])
    of_the_plugin, of_the_dynamic_providers = plans
    assert of_the_plugin == of_the_dynamic_providers
    mailed, later = of_the_plugin
    assert mailed == {
        "team": {"change": "update", "revocationReason": "add", "sendNotification": "update", "workers": "update"},
        "task": {"eligibility[0]": "update", "qualificationRequirements[0].integerValues[0]": "update"},
    }
    assert later == {"team": {"change": "update", "workers": "update"}}
