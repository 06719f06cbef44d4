"""The pages of the documentation, and the code blocks in them. docs/adding.md has the kinds of blocks."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

from pulumi_mturk.provider.configuration import Configuration

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# What the generated pages hold is held by what generates it: each rule's examples are run by tests/unit/test_rules.py.
RULES = DOCS / "rules"
_KIND = re.compile(r"<!-- (?P<kind>[a-z]+(?: by)?)(?:: (?P<argument>.+))? -->\n?")
# Sphinx's own: lists of pages, notes.
_DIRECTIVE = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    kind: str
    """Of the comment above it; empty where there is none."""
    argument: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> list[Path]:
    """All pages, the README and CONTRIBUTING among them."""
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def written(page: Path | str) -> str:
    """The text of a page; a name is that of a page below docs/."""
    return (DOCS / page if isinstance(page, str) else page).read_text(encoding="utf-8")


def blocks(page: Path | str) -> list[Block]:
    """The code blocks of a page, in order."""
    return list(_blocks(DOCS / page if isinstance(page, str) else page))


def _blocks(page: Path) -> Iterator[Block]:
    comment: re.Match[str] | None = None
    for token in MarkdownIt("commonmark").parse(written(page)):
        if token.type == "html_block":
            comment = _KIND.fullmatch(token.content)
        elif token.type in {"fence", "code_block"}:
            if not _DIRECTIVE.match(token.info):
                kind, argument = (comment["kind"], comment["argument"] or "") if comment else ("", "")
                yield Block(page, token.map[0] + 1 if token.map else 0, token.info, kind, argument, token.content)
            comment = None
        elif token.type == "inline":
            comment = None


def held_by(test: str, page: Path | str) -> list[Block]:
    """The blocks of a page that a test runs, and the outputs below them."""
    found: list[Block] = []
    mine = False
    for block in blocks(page):
        below, mine = mine, block.kind == "held by" and (ROOT / block.argument).samefile(test)
        if mine or (below and block.kind == "output"):
            found.append(block)
    return found


def commands(block: Block) -> list[str]:
    """What a block says to type, a line each, without comments and the words around."""
    joined = block.text.replace("\\\n", " ")
    lines = (re.sub(r"(^|\s)#.*", "", line).strip() for line in joined.splitlines())
    return [line for line in lines if line]


def settings(file: str) -> Configuration:
    """What a stack's file says of `mturk`: its values are handed over as Pulumi does, as texts."""
    config = yaml.safe_load(file)["config"]
    return Configuration.from_config(
        {key: value if isinstance(value, str) else json.dumps(value, default=str) for key, value in config.items()}
    )


def shown(text: str) -> re.Pattern[str]:
    """What a printed text has to be to be what a page shows: `…` stands for any text, alone on a line for any lines."""
    lines = []
    for line in text.splitlines(keepends=True):
        any_lines = line.strip() == "…"
        lines.append(r"(?:.*\n)*?" if any_lines else re.escape(line).replace("…", ".*?"))
    return re.compile("".join(lines))
