"""The README holds what it says: its program is one that tests run, and its names are real."""

import re
from pathlib import Path

import pytest
import yaml
from pydantic.alias_generators import to_camel

from pulumi_mturk import eligibility, fees, invariants
from pulumi_mturk.provider.configuration import Configuration
from tests.support.requirements import check_requirements

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
RULES = [
    expression
    for row in re.findall(r"^\| (`\w+\(.*?\)`.*?) \|", README, re.MULTILINE)
    for expression in re.findall(r"`(\w+\([^`]*\))`", row)
    if "…" not in expression
]


def test_the_program_is_the_example_that_tests_run() -> None:
    path, program = re.search(r"<!-- example: (\S+) -->\n```python\n(.*?)```", README, re.DOTALL).groups()  # type: ignore[union-attr]
    assert program == (ROOT / path).read_text()


@pytest.mark.parametrize("expression", RULES)
def test_a_rule_of_the_table_is_a_rule(expression: str) -> None:
    names = {name: getattr(eligibility, name) for name in eligibility.__all__}
    x, rule = "3EXAMPLEQUALIFICATIONTYPE00001", eligibility.masters()
    rules = eval(expression, names | {"x": x, "rule": rule})  # noqa: S307 - a text of our own
    assert check_requirements([rules], environment="local") is not None


def test_the_table_of_rules_has_every_helper() -> None:
    helpers = {name for name in eligibility.__all__ if name[0].islower()} - {
        *("check_requirements", "describe", "flatten", "parse_requirements", "plain", "requirement", "resolve", "sent"),
        *("admits", "compare", "contradictions", "implied", "in_words", "rule_rows", "subset"),
    }
    assert helpers == {expression.split("(")[0] for expression in RULES}


def test_the_rules_of_a_lab_are_rules() -> None:
    found = re.search(r"<!-- lab rules -->\n```yaml\n(.*?)```", README, re.DOTALL)
    assert found
    rules, problems = invariants.read(yaml.safe_load(found[1])["config"]["mturk:require"])
    assert (len(rules), problems) == (8, [])


def test_the_fee_schedule_is_one(tmp_path: Path) -> None:
    found = re.search(r"<!-- fee schedule -->\n```yaml\n(.*?)```", README, re.DOTALL)
    assert found
    (tmp_path / "panel.yaml").write_text(found[1])
    assert fees.schedule("panel.yaml", tmp_path)


def test_every_configuration_key_exists() -> None:
    keys = set(re.findall(r"mturk:([a-z]\w+)", README))
    assert keys <= {to_camel(name) for name in Configuration.model_fields}


def test_every_link_into_the_repository_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z-]+)", README, re.MULTILINE)) <= targets
