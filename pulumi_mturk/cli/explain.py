"""`pulumi-mturk explain`: what a code at the end of a message means."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

import typer

from pulumi_mturk.cli.common import Status, argument, examples, print_error
from pulumi_mturk.common.diagnostics import Example, Rule

EPILOG: Final = examples(
    ("the code that a message ends with", "pulumi-mturk explain MT204"),
    ("all that can be found in HIT types", "pulumi-mturk explain MT2"),
    ("everything, for a script", "pulumi-mturk explain --all --format json"),
)


def explain(
    code: Annotated[
        str | None, argument(metavar="CODE", help="A rule's code, such as MT204, or the beginning of several: MT2.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List all rules.")] = False,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="How to print.")] = "text",
) -> int:
    """Explain the code at the end of a message.

    One code: why it is said, a program in which it is found, and one in which it is not. The beginning of several, or
    --all: a list.
    """
    from pulumi_mturk.rules.catalogue import CATALOGUE, RETIRED, near, with_prefix

    if everything == (code is not None):
        print_error("give a code, such as MT204, or --all")
        return Status.ERROR
    written = (code or "").upper()
    if written in RETIRED:
        print_error(f"{written} is retired: {RETIRED[written]}")
        return Status.ERROR
    found = with_prefix(written)
    if not found:
        meant = near(written)
        hint = f"did you mean {' or '.join(meant)}?" if meant else "--all lists the codes"
        print_error(f"there is no rule {code!r}; {hint}")
        return Status.ERROR
    if form == "json":
        print(json.dumps([_plain(rule) for rule in found], indent=2, ensure_ascii=False))
    elif written in CATALOGUE:
        print("\n".join(_explained(found[0])))
    else:
        print("\n".join(_listed(found)))
    return Status.DONE


def _listed(found: list[Rule]) -> Iterator[str]:
    from pulumi_mturk.rules.catalogue import GROUPS

    group = None
    for rule in found:
        if rule.group != group:
            if group is not None:
                yield ""
            group = rule.group
            yield f"{group}xx  {GROUPS[group]}"
        yield f"{rule.code}  {rule.severity:7}  {rule.summary}"


def _explained(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name} ({rule.grades})"
    yield ""
    yield rule.summary
    yield rule.explanation
    yield ""
    yield from _shown("Wrong", rule.wrong)
    yield from _shown("Right", rule.right)
    yield f"Source: {rule.source} ({rule.label}). Since {rule.since}."
    if rule.acceptable:
        yield "A team can accept it in its configuration: mturk:accept."


def _shown(title: str, example: Example) -> Iterator[str]:
    for what, text in example.parts():
        yield f"{title}{f', {what}' if what else ''}:"
        yield from (f"    {line}" for line in text.splitlines())
        yield ""


def _plain(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "lesserSeverity": rule.lesser,
        "summary": rule.summary,
        "explanation": rule.explanation,
        "wrong": dict(rule.wrong.parts()),
        "right": dict(rule.right.parts()),
        "path": rule.wrong.path,
        "source": rule.source,
        "label": rule.label,
        "since": rule.since,
        "foundBy": rule.found_by,
        "acceptable": rule.acceptable,
    }
