"""The pages of the rules: a table of all, and a page for each hundred with a section for each rule."""

from collections.abc import Iterable, Iterator

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.catalogue import CATALOGUE, GROUPS, RETIRED
from tools.markdown import table

_INTRODUCTION = """\
# Rules

Generated from `pulumi_mturk/rules` by `make generate`. This is everything that a plan can find. The code stands at the
end of a message, as in `… [MT204]`, and `pulumi-mturk explain MT204` prints what its section says. A code is never used
for anything else.

- An **error** stops the plan, or the operation.
- A **warning** is shown and stops nothing.
- An **information** tells a fact.
- A **danger**, a **caution** or an information of MT5xx is a risk of a change. `pulumi-mturk review` names it when it
  reads a plan: people wrongly in or out, pay taken, or what can't be undone; what needs a decision; a fact.

A team can accept warnings and risks: see [Accept a warning](../accept-findings.md).

Each rule rests on a source, with a label: **documented** there, **observed** (in the service's answers, in clients or
files of its time), or **guessed**. A test runs each wrong example, which gives this code at the place that is named,
and each right one, which does not. The examples leave out `import pulumi`, `import pulumi_mturk as mturk`,
`from pulumi_mturk.eligibility import *`, `import datetime`, `from decimal import Decimal` and
`from pathlib import Path`.
"""
_FOUND_BY = {
    "check": "in the plan",
    "change": "in the plan, against the run before",
    "program": "by the program itself",
    "configuration": "in the stack's configuration",
    "review": "by `pulumi-mturk review` of a plan",
    "run": "when a resource is made, changed, read or removed",
}


def pages() -> dict[str, str]:
    """The text of each page, by its name below docs/rules/."""
    groups = {f"{group.lower()}xx": rules_of(group) for group in GROUPS}
    tables = (_group(f"{group}xx: {title}", groups[f"{group.lower()}xx"]) for group, title in GROUPS.items())
    contents = "\n```{toctree}\n:hidden:\n\n" + "\n".join(groups) + "\n```\n"
    retired = "\n## Retired codes\n\n" + table(("Code", "Why"), RETIRED.items()) if RETIRED else ""
    index = _INTRODUCTION + "\n" + "\n".join(tables) + retired + contents
    return {"index.md": index} | {f"{name}.md": _page(rules) for name, rules in groups.items()}


def link(rule: Rule) -> str:
    """The address of a rule's section, below docs/rules/."""
    return f"{rule.group.lower()}xx.md#{rule.code.lower()}-{rule.name}"


def rows(rules: Iterable[Rule], folder: str = "") -> Iterator[tuple[str, str, str]]:
    """A line for each rule: its code, which leads to its section; its severity; what it is."""
    return ((f"[{rule.code}]({folder}{link(rule)})", rule.grades, rule.summary) for rule in rules)


def rules_of(group: str) -> list[Rule]:
    """The rules of a hundred, such as "MT2"."""
    return [rule for rule in CATALOGUE.values() if rule.group == group]


def _group(title: str, rules: list[Rule]) -> str:
    return f"## {title}\n\n{table(('Code', 'Severity', 'What'), rows(rules))}"


def _page(rules: list[Rule]) -> str:
    group = rules[0].group
    return f"# {group}xx: {GROUPS[group]}\n\n" + "\n".join("\n".join(_section(rule)) for rule in rules)


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.code} {rule.name}\n"
    yield f"*{rule.grades.capitalize()}, found {_FOUND_BY[rule.found_by]}.* {rule.summary} {rule.explanation}\n"
    yield from _example("Wrong", rule.wrong, f", at `{rule.wrong.path}`" if rule.wrong.path else "")
    yield from _example("Right", rule.right)
    yield f"Source: {rule.source} (**{rule.label}**). Since {rule.since}.\n"


def _example(title: str, example: Example, where: str = "") -> Iterator[str]:
    for what, text in example.parts():
        fence = "python" if what in {"", "the run before", "then"} else "text"
        yield f"{title}{where}{f', {what}' if what else ''}:\n"
        yield f"```{fence}\n{text}\n```\n"
        where = ""
