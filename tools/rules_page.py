"""The page of the rules: a table, and a section for each."""

from collections.abc import Iterator

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules import CATALOGUE, GROUPS, RETIRED
from tools.markdown import table

_INTRODUCTION = """\
# What a plan can find

Generated from `pulumi_mturk/rules` by `make generate`; `pulumi-mturk explain CODE` prints a section of it. The code
stands at the end of a message: `… [MT204]`. A code is never used for anything else. A test runs each wrong example,
which gives this code at the place that is named, and each right one, which does not.

- An **error** stops the plan, or what was to be done.
- A **warning** is shown. A team can accept it by `mturk:accept` in the stack's configuration: `code`; `resource` by its
  name in the program, or left out for all; `reason`, which must be given; `until`, the last day, inclusive and in UTC.
  It is then shown as an information, with the reason. After its last day the warning comes back and says so. Errors and
  what concerns people's privacy can't be accepted.
- An **information** tells a fact.
- A **danger**, a **caution** or an information of MT5xx is a risk of a change, which `pulumi-mturk review` names in a
  plan: people wrongly in or out, pay taken, or what can't be undone; what needs a decision; a fact. A team accepts one
  in the same way.

```yaml
config:
  mturk:accept:
    - {code: MT204, resource: rate-sentences, reason: "pilot of 12, protocol 2026-14", until: 2026-12-31}
```

Each rule rests on a source, with a label: **documented** there, **observed** (in the service's answers, in clients or
files of its time), or **guessed**. The examples leave out `import pulumi`, `import pulumi_mturk as mturk`,
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


def page() -> str:
    """The whole page."""
    parts = [_INTRODUCTION]
    for group, title in GROUPS.items():
        rules = [rule for rule in CATALOGUE.values() if rule.group == group]
        rows = ((f"[{rule.code}](#{rule.code.lower()})", rule.grades, rule.summary) for rule in rules)
        parts.append(f"## {group}xx: {title}\n\n{table(('Code', 'Severity', 'What'), rows)}")
        parts += ["\n".join(_section(rule)) for rule in rules]
    if RETIRED:
        parts.append("## Retired codes\n\n" + table(("Code", "Why"), RETIRED.items()))
    return "\n".join(parts)


def _section(rule: Rule) -> Iterator[str]:
    yield f'### <a id="{rule.code.lower()}"></a>{rule.code} {rule.name}\n'
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
