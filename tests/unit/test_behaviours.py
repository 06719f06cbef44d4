"""The page of the marketplace's behaviours: every operation has labels, and no statement of a rule lacks one."""

import inspect
import re

import pytest

from pulumi_mturk.marketplace.api.operations import READS, WRITES
from pulumi_mturk.marketplace.api.protocol import service_model
from pulumi_mturk.marketplace.switches import describe
from tools.behaviours import Statement, page, statements, unlabelled

RULES = {**WRITES, **READS}


@pytest.mark.parametrize("operation", service_model().operation_names)
def test_every_operation_says_what_it_does_and_how_sure_that_is(operation: str) -> None:
    docstring = inspect.getdoc(RULES[operation]) or ""
    assert docstring.startswith(f"{operation}: ")
    assert statements(docstring)
    assert unlabelled(docstring) == []


def test_a_statement_is_a_sentence_that_ends_with_a_label() -> None:
    docstring = """GetThing: gives the thing (documented). It has a name, in
        any case (observed, in the old API). Once (or twice) it had none (guessed).

        Raises:
            WireError: never (documented).

        """
    assert statements(docstring) == [
        Statement("GetThing: gives the thing", "documented"),
        Statement("It has a name, in any case", "observed, in the old API"),
        Statement("Once (or twice) it had none", "guessed"),
    ]
    assert unlabelled(docstring) == []


@pytest.mark.parametrize(
    ("docstring", "missing"),
    [
        ("GetThing: gives the thing.", ["GetThing: gives the thing."]),
        ("Gives it (documented). It is red.", ["It is red."]),
        ("Gives it. It is red (documented). It is round (guessed).", ["Gives it."]),
        ("Gives it (documented); it is red.", ["Gives it (documented); it is red."]),
        ("That it is red is guessed.", ["That it is red is guessed."]),
    ],
)
def test_a_sentence_without_a_label_is_found(docstring: str, missing: list[str]) -> None:
    assert unlabelled(docstring) == missing


def test_a_sentence_without_a_label_is_not_told_with_the_next_ones() -> None:
    assert statements("Gives it. It is red (documented).") == [Statement("It is red", "documented")]


@pytest.mark.parametrize(
    ("label", "sureness"),
    [
        ("documented", "documented"),
        ("observed beyond 100", "observed"),
        ("observed for names, documented for keywords", "observed"),
        ("type observed, text guessed from AWS", "guessed"),
    ],
)
def test_a_statement_counts_as_its_least_sure_label(label: str, sureness: str) -> None:
    assert Statement("It is red", label).sureness() == sureness


def test_the_page_has_every_operation_and_every_switch() -> None:
    text = page()
    assert sorted(re.findall(r"^#### (\w+)$", text, re.MULTILINE)) == sorted(RULES)
    rows = [line for line in text.partition("## Switches")[2].splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == [switch.name for switch in describe()]


def test_the_counts_are_those_of_the_tables() -> None:
    text = page()
    counts = {label: int(count) for label, count in re.findall(r"^\| (\w+ed) \| ([0-9]+) \|$", text, re.MULTILINE)}
    assert set(counts) == {"documented", "observed", "guessed"}
    # each table has a head and the line below it
    tables = re.findall(r"(?:^\| .* \|\n)+", text.partition("## The operations")[2], re.MULTILINE)
    assert sum(counts.values()) == sum(table.count("\n") - 2 for table in tables)
