"""The names that pages use are real: of the package, its configuration, its rules, its commands, and the API."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import botocore.loaders
import pytest
from pydantic.alias_generators import to_camel

import pulumi_mturk as mturk
from pulumi_mturk import eligibility
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.schema import package_schema
from pulumi_mturk.rules.catalogue import CATALOGUE, GROUPS, RETIRED
from tests.docs.test_blocks import parse
from tests.support.pages import DOCS, ROOT, RULES, pages, written
from tests.support.requirements import check_requirements
from tools import reference_tables

GENERATED = {DOCS / name for name in ("commands.md", "marketplace-behaviour.md", "reliability.md")}
PAGES = [page for page in pages() if RULES not in page.parents and page not in GENERATED]
# Words of Pulumi's, boto3's, PostgreSQL's and Python's own.
ELSEWHERE = {
    *("deleted_with", "retain_on_delete", "custom_timeouts", "depends_on", "set_mocks", "work_dir", "require_secret"),
    *(
        "delete_before_replace",
        "mock_aws",
        "setup_class",
        "setup_method",
        "pulumi_mturk",
        "to_dict",
        "pg_dump",
        "pg_restore",
        "max_connections",
    ),
    *("connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout"),
    *("AccessDeniedException", "ThrottlingException", "ServiceFault", "ConnectionClosedError", "QuestionForm"),
}


def spans(page: Path) -> set[str]:
    """What stands in a page's lines as code."""
    text = re.sub(r"^ *```.*?^ *```", "", written(page), flags=re.MULTILINE | re.DOTALL)
    return {" ".join(span.split()) for span in re.findall(r"`([^`]+)`", text)}


def of_pages(parametrized: Iterable[Path] = PAGES) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", parametrized, ids=lambda page: str(page.relative_to(ROOT)))


@of_pages()
def test_a_configuration_key_exists(page: Path) -> None:
    keys = set(re.findall(r"\bmturk:([a-z]\w+)", written(page)))
    assert keys <= {to_camel(name) for name in Configuration.model_fields} | {"index"}


@of_pages()
def test_a_code_is_one_of_the_catalogue(page: Path) -> None:
    assert set(re.findall(r"\bMT\d{3}\b", written(page))) <= CATALOGUE.keys() | RETIRED.keys()
    assert set(re.findall(r"\b(MT\d)(?:xx)?\b", written(page))) <= GROUPS.keys()


@of_pages()
def test_a_name_of_the_package_exists(page: Path) -> None:
    text = written(page)
    assert set(re.findall(r"\bmturk\.([A-Z]\w*)", text)) <= {*mturk.__all__, "Provider"}
    for names in re.findall(r"from pulumi_mturk\.eligibility import ([\w, ]+)", text):
        assert set(names.split(", ")) <= set(eligibility.__all__)


@cache
def defined() -> frozenset[str]:
    """The names of our files, of what they define (classes, arguments, fields, metrics), and of examples' outputs."""
    found: set[str] = set()
    for folder in ("pulumi_mturk", "tests", "tools", "examples"):
        for path in (ROOT / folder).rglob("*"):
            found.add(path.stem)
            if path.suffix == ".py":
                text = path.read_text(encoding="utf-8")
                found.update(re.findall(r"^ *(?:async )?(?:def |class |pulumi\.export\(\")(\w+)", text, re.MULTILINE))
                found.update(re.findall(r"(?:^ +|[(,] ?\*{0,2})(\w+): ", text, re.MULTILINE))
                found.update(re.findall(r"MetricFamily\(\s*\"(\w+)", text))
    return frozenset(found)


@of_pages()
def test_an_argument_exists(page: Path) -> None:
    found = {match[1] for span in spans(page) if (match := re.fullmatch(r"([a-z]+(?:_[a-z]+)+)(?:[=(].*)?", span))}
    assert found <= defined() | ELSEWHERE


@cache
def of_the_api() -> frozenset[str]:
    """Types of the schema; operations, members, and the values that some members have."""
    model = botocore.loaders.Loader().load_service_model("mturk", "service-2")
    shapes = model["shapes"].values()
    members = {name for shape in shapes for name in shape.get("members", ())}
    types = {name.rpartition(":")[2] for name in package_schema({})["types"]}
    return frozenset(
        {*types, *model["operations"], *members, *(value for shape in shapes for value in shape.get("enum", ()))}
    )


@of_pages()
def test_a_class_or_a_name_of_the_api_exists(page: Path) -> None:
    found = {span for span in spans(page) if re.fullmatch(r"(?:[A-Z]+[a-z]+){2,}", span)}
    assert found <= {*mturk.__all__, *eligibility.__all__, *of_the_api(), *defined(), *ELSEWHERE}


@of_pages()
def test_a_command_exists(page: Path) -> None:
    for span in spans(page):
        found = re.fullmatch(r"pulumi-mturk ([a-z]+)( --[a-z-]+)?.*", span)
        if found and "…" not in span:
            name, option = found.groups()
            parse([name, "--help"])
            assert option is None or option.strip() in written("commands.md") or option == " --help"


def test_the_table_of_rules_has_every_helper() -> None:
    assert {expression.split("(")[0] for expression in RULE_EXPRESSIONS} == reference_tables.helpers().keys()


RULE_EXPRESSIONS = [
    expression
    for row in re.findall(r"^\| (`\w+\(.*?\)`.*?) \|", written("eligibility.md"), re.MULTILINE)
    for expression in re.findall(r"`(\w+\([^`]*\))`", row)
]


@pytest.mark.parametrize("expression", RULE_EXPRESSIONS)
def test_a_rule_of_the_table_is_a_rule(expression: str) -> None:
    names = {name: getattr(eligibility, name) for name in eligibility.__all__}
    x, rule = "3EXAMPLEQUALIFICATIONTYPE00001", eligibility.masters()
    rules = eval(expression, names | {"x": x, "rule": rule})  # noqa: S307 - a text of our own
    assert check_requirements([rules], environment="local") is not None


def test_every_public_name_has_a_place_in_the_reference() -> None:
    reference = "".join(map(written, ["eligibility.md", "functions.md", "resources/index.md"]))
    assert [name for name in mturk.__all__ if name not in reference] == []


def test_every_resource_is_listed() -> None:
    index = written("resources/index.md")
    assert [
        page for page in map(reference_tables.page_of, reference_tables.DECLARED) if Path(page).name not in index
    ] == []
