"""The page of the command line: what `--help` says of each command, from the same declarations."""

import re
from collections.abc import Iterator
from typing import Any

import typer

from pulumi_mturk.cli import app
from pulumi_mturk.common.versions import DISTRIBUTION
from tools.markdown import table

_INTRODUCTION = """\
# Commands

Generated from the commands by `make generate`; `pulumi-mturk COMMAND --help` says the same. Stacks are run by `pulumi`
itself. `pulumi-mturk --install-completion` has your shell complete commands and options.

The exit status is 0 when all went well, 1 where the marketplace's rules refuse a worker, 2 when the command line is
wrong or the command can't be carried out. What stands here of a command's own statuses goes before that.
"""
_MARKUP = re.compile(r"\[/?(?:bold|dim|cyan)?\]")


def page() -> str:
    """The whole page."""
    root = typer.main.get_command(app)
    return _INTRODUCTION + "".join(_sections(root, DISTRIBUTION))


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """All commands below one that can be typed, with their full names."""
    below = getattr(command, "commands", None)
    if below is None:
        yield name, command
        return
    if command.invoke_without_command:
        yield name, command
    for sub, item in below.items():
        yield from commands(item, f"{name} {sub}")


def _sections(root: Any, name: str) -> Iterator[str]:
    for full, command in commands(root, name):
        context = command.make_context(full, [], resilient_parsing=True)
        parts = [f"\n## {full}\n", f"{_plain(command.help or '')}\n"]
        usage = " ".join([full, *command.collect_usage_pieces(context)])
        parts.append(f"<!-- usage -->\n```text\n{usage}\n```\n")
        rows = [row for item in command.params if (row := _row(item, context))]
        if rows:
            parts.append(table(("Argument or option", "Meaning"), rows))
        parts += _examples(command.epilog or "")
        yield "\n".join(parts)


def _row(parameter: Any, context: Any) -> tuple[str, str] | None:
    record = parameter.get_help_record(context)
    if record is None or parameter.name == "help":
        return None
    written, meaning = record
    return f"`{re.sub(' <.*', '', _plain(written))}`", " ".join(_plain(meaning).split())


def _examples(epilog: str) -> Iterator[str]:
    """The commands at the end of a help page, and what is said below them."""
    _, found, below = _plain(epilog).partition("Examples\n")
    if found:
        shown, _, rest = below.partition("\n\n")
        yield f"<!-- examples -->\n```sh\n{shown.strip()}\n```\n"
        if rest.strip():
            yield f"{rest.strip()}\n"


def _plain(text: str) -> str:
    """A text without rich's markup."""
    return _MARKUP.sub("", text).replace(r"\[", "[").strip()
