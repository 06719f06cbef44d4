"""The catalogue of rules: each wrong example is found out, by its own code and at its place, and no right one is."""

from pathlib import Path

import pytest

from pulumi_mturk.common.diagnostics import Rule
from pulumi_mturk.rules import CATALOGUE
from tests.support.rule_examples import codes, findings, places
from tests.support.rule_situations import SITUATIONS

RULES = list(CATALOGUE.values())
NAMES = [f"{rule.code}-{rule.name}" for rule in RULES]


def said_beside(rule: Rule) -> set[str]:
    """Facts that any run may tell."""
    return {code for code, other in CATALOGUE.items() if other.severity == "info" and other is not rule}


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_wrong_example_gives_this_code_alone(rule: Rule, tmp_path: Path) -> None:
    said = findings(rule.wrong, tmp_path)
    assert codes(said) - said_beside(rule) - set(rule.wrong.along_with) == {rule.code}, said
    if rule.wrong.path:
        assert set(places(said, rule.code)) == {rule.wrong.path}, said


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_right_example_gives_none(rule: Rule, tmp_path: Path) -> None:
    said = findings(rule.right, tmp_path)
    assert codes(said) - said_beside(rule) - set(rule.right.along_with) == set(), said


def test_every_note_is_made_so_or_is_the_readers_alone() -> None:
    told = {example.note for rule in RULES for example in (rule.wrong, rule.right)} - {""}
    assert told - SITUATIONS.keys() == {
        "properties as another language registers them",
        "the run before had another file",
        "the run before was local",
        "two ids are in the configuration",
    }
    assert SITUATIONS.keys() <= told
