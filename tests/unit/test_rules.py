"""The catalogue of rules: each wrong example is found out, by its own code and at its place, and no right one is."""

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import pulumi_mturk
from pulumi_mturk.common.diagnostics import Rule
from pulumi_mturk.common.errors import FoundError, InvalidTypeError
from pulumi_mturk.rules import catalogue
from pulumi_mturk.rules.catalogue import CATALOGUE, GROUPS, RETIRED, near, with_prefix
from tests.support import rule_situations
from tests.support.findings import codes, places
from tests.support.rule_examples import SITUATIONS, findings
from tools import rules_page

RULES = list(CATALOGUE.values())
# A risk of a change is found in its plan: tests/review runs those examples.
FOUND_IN_A_RUN = [rule for rule in RULES if rule.found_by != "review"]
NAMES = [f"{rule.code}-{rule.name}" for rule in FOUND_IN_A_RUN]


def said_beside(rule: Rule) -> set[str]:
    """Facts that any run may tell."""
    return {code for code, other in CATALOGUE.items() if other.severity == "info" and other is not rule}


@pytest.mark.parametrize("rule", FOUND_IN_A_RUN, ids=NAMES)
def test_the_wrong_example_gives_this_code_alone(rule: Rule, tmp_path: Path) -> None:
    said = findings(rule.wrong, tmp_path)
    assert set(codes(said)) - said_beside(rule) - set(rule.wrong.along_with) == {rule.code}, said
    if rule.wrong.path:
        assert (rule.wrong.path, rule.code) in places(said), said


@pytest.mark.parametrize("rule", FOUND_IN_A_RUN, ids=NAMES)
def test_the_right_example_gives_none(rule: Rule, tmp_path: Path) -> None:
    said = findings(rule.right, tmp_path)
    assert set(codes(said)) - said_beside(rule) - set(rule.right.along_with) == set(), said


def test_every_note_is_made_so_or_is_the_readers_alone() -> None:
    told = {example.note for rule in FOUND_IN_A_RUN for example in (rule.wrong, rule.right)} - {""}
    assert rule_situations is not None
    assert told - SITUATIONS.keys() == {
        "properties as another language registers them",
        "the run before had another file",
        "the run before was local",
        "two ids are in the configuration",
    }
    assert SITUATIONS.keys() <= told


def test_a_code_has_the_form_and_the_group_of_its_hundred() -> None:
    for rule in RULES:
        assert re.fullmatch(r"MT\d{3}", rule.code)
        assert rule.group in GROUPS
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
        assert rule.summary.endswith(".")
        assert "\n" not in rule.summary
        assert rule.explanation
        assert rule.source
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert not RETIRED.keys() & CATALOGUE.keys()


def test_two_rules_with_one_code_are_no_catalogue() -> None:
    one, other = ModuleType("one"), ModuleType("other")
    one.RULE, other.RULE = RULES[0], dataclasses.replace(RULES[0], name="another")  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match=RULES[0].code):
        catalogue._catalogue([one, other])


PACKAGE = Path(pulumi_mturk.__path__[0])
SOURCES = [path for path in PACKAGE.rglob("*.py") if PACKAGE / "marketplace" not in path.parents]
# What a finding can be raised as; each takes diagnostics, which mypy checks.
_KINDS: tuple[type[FoundError], ...] = (FoundError, *FoundError.__subclasses__(), InvalidTypeError)
RAISED = {kind.__name__ for kind in _KINDS}
# Where a message may go out without a rule in its line: the one door that each process has, and the engine's log.
DOORS = {"provider/lifecycle.py", "provider/shell.py", "provider/engine.py", "sdk/findings.py"}
# pydantic's own: a validator raises `refusal(RULE, …)` there.
VALIDATED = ("resources/", "provider/configuration.py")


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_is_found_without_a_rule(path: Path) -> None:
    where = str(path.relative_to(PACKAGE))
    for name, call in calls(path):
        last = name.rpartition(".")[2]
        line = f"{where}:{call.lineno}: {ast.unparse(call)[:80]}"
        assert last != "Diagnostic" or where == "common/diagnostics.py", line
        assert not (last in {"warn", "warning", "info", "log_once"} and where not in DOORS), line
        if last in RAISED:
            # Texts and what is made of texts are no diagnostics.
            assert not [one for one in call.args if isinstance(one, ast.Constant | ast.JoinedStr | ast.BinOp)], line
        if where.startswith(VALIDATED):
            assert last not in {"ValueError", "TypeError", "AssertionError"}, line


def test_each_rule_is_named_where_it_is_found() -> None:
    used = {
        node.attr
        for path in SOURCES
        if path.parent != PACKAGE / "rules" or path.name == "acceptance.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    named = {name for module in catalogue._MODULES for name, value in vars(module).items() if isinstance(value, Rule)}
    assert named <= used


def test_a_mistyped_code_finds_those_that_are_near() -> None:
    assert near("MT2O4")[0] == "MT204"
    assert near("mt204") == ["MT204", *near("mt204")[1:]]
    assert near("what") == []


def test_a_prefix_is_a_group_and_a_code_is_itself() -> None:
    assert [rule.code for rule in with_prefix("mt7")] == [code for code in CATALOGUE if code.startswith("MT7")]
    assert [rule.code for rule in with_prefix("MT204")] == ["MT204"]
    assert with_prefix("") == RULES


def test_the_pages_have_each_rule() -> None:
    pages = rules_page.pages()
    for rule in RULES:
        assert rules_page.link(rule) in pages["index.md"]
        assert f"## {rule.code} {rule.name}\n" in pages[f"{rule.group.lower()}xx.md"]
