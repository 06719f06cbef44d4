"""Writes what is generated: the schemas, tables in README.md, pages in docs, and the codes of ISO 3166.

`--check` changes nothing, and fails if one of them is stale.
"""

import argparse
import inspect
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from pulumi_mturk.common.names import to_camel, to_snake
from pulumi_mturk.provider.configuration import NAMESPACE
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.provider.schema import Declared, inputs_of, package_schema, token
from pulumi_mturk.questionnaires import json_schema
from pulumi_mturk.resources import COMPONENTS, REGISTRY
from tools import behaviours, iso3166_codes, reliability_page, review_schema, rules_page, test_format_page
from tools.markdown import table

ROOT = Path(__file__).parents[1]


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Write the files below `root`, or check that they are fresh. 0 is success."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a file is stale")
    check = parser.parse_args(arguments).check
    try:
        stale = {file: text for file, text in _generated(root).items() if not _holds(file, text)}
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if not check:
        for file, text in stale.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return 0
    if stale:
        names = ", ".join(str(file.relative_to(root)) for file in stale)
        sys.stderr.write(f"Not what the models say now: {names}. Run `make generate`.\n")
    return 1 if stale else 0


def _holds(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


def _generated(root: Path) -> dict[Path, str]:
    schema = package_schema()
    readme, tests_page = root / "README.md", root / "docs" / "qualification-tests.md"
    text, tests = _written_by_hand(readme), _written_by_hand(tests_page)
    for name, block in test_format_page.blocks():
        tests = _replace_block(tests, name, block, tests_page)
    text = _replace_block(text, "configuration", _configuration(schema), readme)
    declared: list[Declared] = [*REGISTRY.values(), *COMPONENTS]
    text = _replace_block(text, "resources", "\n".join(_resource(item, schema) for item in declared), readme)
    return {
        root / "schema.json": _json(schema),
        tests_page: tests,
        root / "docs" / "test.schema.json": _json(json_schema.schema_of_tests()),
        root / "docs" / "test.key.schema.json": _json(json_schema.schema_of_keys()),
        readme: text,
        root / "docs" / "marketplace-behaviour.md": behaviours.page(),
        root / "docs" / "rules.md": rules_page.page(),
        root / "docs" / "review.schema.json": review_schema.schema(),
        root / "docs" / "reliability.md": reliability_page.page(),
        root / "pulumi_mturk" / "eligibility" / "iso3166_codes.py": iso3166_codes.module(),
    }


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _written_by_hand(file: Path) -> str:
    if not file.exists():
        raise ValueError(f"There is no {file.name} to put the generated tables into; write it first.")
    return file.read_text(encoding="utf-8")


def _replace_block(text: str, name: str, content: str, file: Path) -> str:
    begin, end = f"<!-- generated: {name} -->", "<!-- /generated -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{file.name} has no place for the generated {name}: put {begin} and {end} on lines there.")
    return f"{before}{begin}\n\n{content}\n{end}{after}"


def _configuration(schema: dict[str, Any]) -> str:
    rows = (
        (f"`{NAMESPACE}:{name}`", _type(spec, schema), _default(spec), spec["description"])
        for name, spec in schema["config"]["variables"].items()
    )
    return table(("Key", "Type", "Default", "Meaning"), rows)


def _resource(resource: Declared, schema: dict[str, Any]) -> str:
    specs = schema["resources"][token(resource.token)]["inputProperties"]
    rows = (
        (
            f"`{name}`",
            _type(specs[to_camel(name)], schema) + (", secret" if Mark.SECRET in field.metadata else ""),
            "yes" if field.is_required() else "",
            _default(specs[to_camel(name)]),
            _on_change(field),
            _in_python(field.description or ""),
        )
        for name, field in inputs_of(resource.args).items()
    )
    inputs = table(("Input", "Type", "Required", "Default", "A change", "Meaning"), rows)
    return f"### {resource.token}\n\n{resource.summary}\n\nAPI: {inspect.getdoc(type(resource))}\n\n{inputs}"


def _on_change(field: FieldInfo) -> str:
    if Mark.REPLACES in field.metadata:
        return "replaces"
    if Mark.REPLACES_WHEN_REMOVED in field.metadata:
        return "updates; replaces when removed"
    return "no call" if {Mark.DIRECTIVE, Mark.UNSENT} & set(field.metadata) else "updates"


def _type(spec: dict[str, Any], schema: dict[str, Any]) -> str:
    if "$ref" in spec:
        name = spec["$ref"].removeprefix("#/types/")
        values = schema["types"][name].get("enum")
        return ", ".join(f"`{item['value']}`" for item in values) if values else f"`{name.rpartition(':')[2]}`"
    return f"list of {_type(spec['items'], schema)}" if spec["type"] == "array" else str(spec["type"])


def _default(spec: dict[str, Any]) -> str:
    return f"`{spec['default']}`" if "default" in spec else ""


def _in_python(text: str) -> str:
    """Properties that a text names, written as a program writes them."""
    return re.sub(r"`[a-z]+(?:[A-Z][a-z]+)+`", lambda found: to_snake(found[0]), text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
