"""What can be found: a rule of the catalogue, and a finding of it in a program or its configuration."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "danger", "caution", "info"]
"""An error stops the plan; a warning is shown and may be accepted in the configuration; an info tells a fact.

A review grades its risks: a danger (people wrongly in or out, pay taken, or what can't be undone), a caution (needs a
decision), an info.
"""

Label: TypeAlias = Literal["documented", "observed", "guessed"]

FoundBy: TypeAlias = Literal["check", "change", "program", "configuration", "run", "review"]
"""Where a rule is looked at: when the provider checks a resource's inputs, alone or against those of the run before;
while the program runs; when the configuration is read; when a resource is made, changed, read or removed; or when
`pulumi-mturk review` reads a plan."""


@dataclass(frozen=True, eq=False)
class Example:
    """A small program, as documentation shows it and a test runs it.

    `import pulumi`, `import pulumi_mturk as mturk`, `from pulumi_mturk.eligibility import *`, `import datetime`,
    `from decimal import Decimal` and `from pathlib import Path` are taken as read.
    """

    program: str
    path: str = ""
    """Where the finding is, for a wrong example."""
    before: str | None = None
    """The program of the run before, for what is found in a change."""
    configuration: Mapping[str, str] = field(default_factory=dict)
    """Keys of `mturk:` besides the defaults."""
    earlier: Mapping[str, str] | None = None
    """The configuration of the run before, or of the base branch of a review, if it was another one."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Text files beside the program."""
    note: str = ""
    """What has to be so at the service."""
    refresh: bool = False
    """Whether it is found by the refresh after the program has run."""
    along_with: tuple[str, ...] = ()
    """Codes of what can't but be found too."""

    def parts(self) -> Iterator[tuple[str, str]]:
        """What there is to show, each with what it is; the program itself has no word where it stands alone."""
        for name, text in self.files.items():
            yield f"the file {name}", text.rstrip("\n")
        if self.earlier:
            yield "the configuration before", _settings(self.earlier)
        if self.earlier is None and self.configuration:
            yield "the configuration", _settings(self.configuration)
        if self.before is not None:
            yield "the run before", self.before
        if self.earlier is not None and self.configuration:
            yield "the configuration now", _settings(self.configuration)
        if self.note:
            yield "where", self.note
        yield "then" if self.before is not None else "", self.program or "# the resource is gone from the program"


@dataclass(frozen=True, eq=False)
class Rule:
    """A kind of finding; each is itself alone. Its code is for ever: it stands in configurations and scripts."""

    code: str
    name: str
    severity: Severity
    summary: str
    explanation: str
    wrong: Example
    right: Example
    source: str
    label: Label
    since: str = "0.1.0"
    found_by: FoundBy = "check"
    lesser: Severity | None = None
    """What it is graded where the case is a lighter one, as the explanation says."""
    never_accepted: bool = False
    """Of a risk: whether no entry of `mturk:accept` takes it out."""

    @property
    def group(self) -> str:
        """The hundred that its code is in: "MT2"."""
        return self.code[:3]

    @property
    def acceptable(self) -> bool:
        """Whether `mturk:accept` may take it out: a warning that is not about people's privacy, and most risks."""
        if self.found_by == "review":
            return not self.never_accepted
        return self.severity == "warning" and self.group != PRIVACY

    @property
    def grades(self) -> str:
        """Its severities in words: "danger", or "danger or caution"."""
        return f"{self.severity} or {self.lesser}" if self.lesser else self.severity

    def __repr__(self) -> str:
        return f"{self.code} {self.name}"

    def at(self, path: str, message: str) -> "Diagnostic":
        """A finding: where it is, and what to say of it."""
        return Diagnostic(self, path, message)


def _settings(configuration: Mapping[str, str]) -> str:
    return "\n".join(f"mturk:{key}: {value}" for key, value in configuration.items())


PRIVACY = "MT7"


@dataclass(frozen=True)
class Diagnostic:
    """One finding: where it is, what is wrong and what to write instead, and by which rule."""

    rule: Rule
    path: str
    message: str

    @property
    def severity(self) -> Severity:
        """The rule's."""
        return self.rule.severity

    @property
    def code(self) -> str:
        """The rule's."""
        return self.rule.code

    @property
    def text(self) -> str:
        """Place and message, without the code."""
        return f"{self.path}: {self.message}" if self.path else self.message

    def __str__(self) -> str:
        return f"{self.text} [{self.code}]"

    def under(self, parent: str) -> "Diagnostic":
        """The same diagnostic, seen from one level further up."""
        joined = f"{parent}{self.path}" if self.path.startswith("[") else f"{parent}.{self.path}"
        return replace(self, path=joined if self.path else parent)


Diagnostics: TypeAlias = Iterator[Diagnostic]
