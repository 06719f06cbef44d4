"""Writes what is generated: the schemas, pages and tables of the documentation, and the codes of ISO 3166.

`--check` changes nothing, and fails if one of them is stale.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pulumi_mturk.provider.schema import package_schema
from pulumi_mturk.questionnaires import json_schema
from tools import (
    behaviours,
    commands_page,
    iso3166_codes,
    marketplace_schema,
    reference_tables,
    reliability_page,
    review_schema,
    rules_page,
    worker_api,
)

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
    docs = root / "docs"
    return {
        docs / "test.schema.json": _json(json_schema.schema_of_tests()),
        docs / "test.key.schema.json": _json(json_schema.schema_of_keys()),
        **{docs / page: text for page, text in reference_tables.all_of(_reader(docs))},
        root / "schema.json": _json(schema(root)),
        docs / "commands.md": commands_page.page(),
        docs / "marketplace-behaviour.md": behaviours.page(),
        **{docs / "rules" / page: text for page, text in rules_page.pages().items()},
        docs / "reliability.md": reliability_page.page(),
        docs / "review.schema.json": _json(review_schema.schema()),
        root / "pulumi_mturk" / "eligibility" / "iso3166_codes.py": iso3166_codes.module(),
        root / "pulumi_mturk" / "marketplace" / "storage" / "current.sql": marketplace_schema.script(),
        root / "pulumi_mturk" / "marketplace" / "web" / "static" / "openapi.json": _json(worker_api.description()),
    }


def schema(root: Path) -> dict[str, Any]:
    """The package schema, with the examples of the pages below `root`."""
    return package_schema(reference_tables.examples(_reader(root / "docs")))


def _reader(docs: Path) -> Callable[[str], str]:
    def read(page: str) -> str:
        if not (docs / page).exists():
            raise ValueError(f"There is no docs/{page} to put the generated tables into; write it first.")
        return (docs / page).read_text(encoding="utf-8")

    return read


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
