"""What is said of a type that is replaced: that nobody holds the new one is not true where the program grants it."""

from pathlib import Path

import pytest

from pulumi_mturk.api.client import Usage
from pulumi_mturk.common.diagnostics import Example
from pulumi_mturk.resources import removal_messages
from tests.support.rule_examples import findings

TYPE = 'tier = mturk.QualificationType("tier", description="Took part.", keywords="{}")\n'
ONE = 'mturk.QualificationGrant("ann", qualification_type_id=tier, worker_id="A1EXAMPLE")\n'
MANY = 'mturk.QualificationRoster("team", qualification_type_id=tier, workers=["A1EXAMPLE"])\n'
NOBODY = "nobody"


def said(folder: Path, more: str, code: str, **configuration: str) -> str:
    before, after = (TYPE.format(word) + more for word in ("speech", "text"))
    found = findings(Example(after, before=before, configuration=configuration), folder)
    (message,) = [text for text in found if f"[{code}]" in text]
    return message.lower()


@pytest.mark.parametrize("more", [ONE, MANY])
def test_a_type_that_the_program_grants_anew_is_not_said_to_have_no_holders(tmp_path: Path, more: str) -> None:
    message = said(tmp_path, more, "MT310")
    assert NOBODY not in message
    assert "only those to whom this program grants it" in message


def test_a_type_that_it_does_not_grant_is(tmp_path: Path) -> None:
    assert "nobody holds the new one" in said(tmp_path, "", "MT310")


@pytest.mark.parametrize(
    ("granted", "holders"),
    [(True, "only those to whom this program grants it"), (False, "nobody "), (None, "nobody but those to whom")],
)
def test_what_the_program_does_not_tell_is_not_denied(granted: bool | None, holders: str) -> None:
    usage = Usage(holders=1, requests=0, hits=0, excluding_hits=0, at_least=False)
    warned = removal_messages.replacement("a type can't be renamed", granted=granted)
    refused = removal_messages.refusal("replaced", "why", usage, "do this", granted=granted)
    assert f". {holders}" in warned.lower()
    assert f"; {holders}" in refused


def test_a_refusal_in_production_says_the_same(tmp_path: Path) -> None:
    message = said(tmp_path, ONE, "MT311", environment="production")
    assert NOBODY not in message
    assert "only those to whom this program grants it would hold a new one" in message
