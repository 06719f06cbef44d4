"""`kill -9` in the middle of a create: the next run in the same folder finds or makes the type, once."""

from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.provider.receipts import FOLDER
from tests.support.kills import Moment, Victim, killed, recover
from tests.support.pulumi_cli import Stack, messages

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
    [("provider", "after", PROGRAM), ("cli", "before", PROGRAM), ("both", "after", NAMED), ("cli", "after", NAMED)],
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


def test_in_a_fresh_folder_what_was_lost_is_told(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(PROGRAM)
    killed(stack, marketplace, "provider", "after", CREATE)
    (lost,) = types(marketplace)
    for receipt in (stack.folder / FOLDER).glob("*.json"):
        receipt.unlink()
    (line,) = (line for line in messages(stack.up().ok())["reader"] if lost in line)
    assert f'adopt="{lost}"' in line
    assert len(types(marketplace)) == 2
