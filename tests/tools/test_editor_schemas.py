"""The JSON schemas by which editors know a test's file: what is right fits, and what the reader refuses does not."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from pulumi_mturk.questionnaires import to_yaml
from pulumi_mturk.rules.test_files import KEY, TEST
from tests.support.form_strategies import Documents, documents

DOCS = Path(__file__).parents[2] / "docs"
SCHEMAS: list[dict[str, Any]] = [
    json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8")) for name in ("test", "test.key")
]
OF_TESTS, OF_KEYS = map(Draft202012Validator, SCHEMAS)


def problems(validator: Any, text: str) -> list[str]:
    """What an editor tells, which reads the file by YAML's own types."""
    return [error.message for error in validator.iter_errors(yaml.safe_load(text))]


@pytest.mark.parametrize("schema", SCHEMAS)
def test_they_are_schemas(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


@given(documents())
def test_what_is_written_fits(drawn: Documents) -> None:
    converted = to_yaml(drawn.test, drawn.key)
    assert problems(OF_TESTS, converted.test) == []
    assert converted.key is None or problems(OF_KEYS, converted.key) == []


def test_the_examples_of_the_rules_fit() -> None:
    assert problems(OF_TESTS, TEST) == problems(OF_KEYS, KEY) == []
    assert problems(OF_TESTS, TEST.replace("A firm", "1.10").replace("money:", "no:")) == []


@pytest.mark.parametrize("number", ["2.5", "-1", ".5", "3.", "1e2", "1.5E-3", "-.5e+2"])
def test_a_number_fits_however_it_is_written(number: str) -> None:
    assert problems(OF_TESTS, TEST.replace("minutes: 10", f"value: {{scale: {number}}}", 1)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("choices:", "options:"),
        ("choose: one", "choose: two"),
        ("choose: one", "choose: {min: 1}"),
        ("    choose: one\n", ""),
        ("choose: one", "free_text: {}"),
        ("text: Which", "content: Which"),
        ("minutes: 10", "minutes: '10'"),
        ("minutes: 10", "minutes: 0"),
        ("7 days", "a week"),
        ("version: 1", "version: 2"),
        ("version: 1\n", ""),
        ("- id: sense", "- overview: x\n    id: sense"),
        ("minutes: 10", "value: {ranges: [{from: 0, to: 1, value: 1}]}"),
        ("minutes: 10", "value: {scale: 2, percentage: {of: 4}}"),
        ("minutes: 10", "value: {scale: twice}"),
        ("minutes: 10", "key: inline"),
    ],
)
def test_what_is_wrong_does_not_fit(old: str, new: str) -> None:
    assert old in TEST
    assert problems(OF_TESTS, TEST.replace(old, new, 1)) != []


@pytest.mark.parametrize(
    ("old", "new"), [("[river]", "river"), ("points: 10", "points: ten"), ("when", "if"), ("[river]", "[]")]
)
def test_what_is_wrong_in_a_key_does_not_fit(old: str, new: str) -> None:
    assert old in KEY
    assert problems(OF_KEYS, KEY.replace(old, new, 1)) != []
