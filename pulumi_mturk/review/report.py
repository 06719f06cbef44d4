"""What a review says of a plan. `judge` makes it, and each format writes the same one."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["info", "caution", "danger"]
"""A fact; what needs a decision; people wrongly in or out, pay taken, or what can't be undone."""

Answer: TypeAlias = Literal["yes", "no", "unknown"]
Verdict: TypeAlias = Literal["same", "tightened", "loosened", "both", "unknown", "new"]
"""What a change of rules does to the people whom they admit. A new HIT type has no rules to compare with."""


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """That a team accepts a risk, and why."""

    reason: str
    until: str | None = None
    """The last day, inclusive, in UTC."""


@dataclass(frozen=True, kw_only=True)
class Risk:
    """Something that a reviewer has to know of a plan, by a rule of the catalogue (MT5xx)."""

    code: str
    severity: Severity
    resource: str
    """The name in the program; empty for what concerns the whole stack."""
    urn: str
    message: str
    """One or two sentences whose verbs are about people. No worker's id, no answer of a test."""
    accepted: Acceptance | None = None


@dataclass(frozen=True, kw_only=True)
class Movement:
    """Whether anybody comes in, or goes out, by a change of rules."""

    answer: Answer
    words: tuple[str, ...] = ()
    """Who, such as "approval rates of 95 to 97 %" and "Canada"."""
    witnesses: tuple[str, ...] = ()
    """Made-up workers who prove it: "Canada, 99 %, 1,200 approved"."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a comparison. A side that is not there is None."""

    subject: str
    before: str | None
    after: str | None

    @property
    def changed(self) -> bool:
        """Whether the two sides differ."""
        return self.before != self.after


@dataclass(frozen=True, kw_only=True)
class EligibilityChange:
    """What a change does to the people whom a HIT type's rules admit. The verdict is that of Accept."""

    verdict: Verdict
    enters: Movement
    leaves: Movement
    rows: tuple[Row, ...] = ()
    """The rules in words, a line for each qualification type; of a new HIT type with no side before."""
    visibility: tuple[str, ...] = ()
    """What changes in previewing and finding the HITs alone."""
    assumptions: tuple[str, ...] = ()
    """What is not documented and the verdict rests on."""
    implied: tuple[str, ...] = ()
    """Rules that others imply."""
    judged_as: Literal["here", "in production"] = "here"
    """Which of the two is told: rules for production alone are judged in both, and the worse decides."""


@dataclass(frozen=True, kw_only=True)
class People:
    """How many workers come in and go out by lists, at once, also for published HITs; None where it can't be told."""

    enter: int | None = 0
    leave: int | None = 0
    unknown: int | None = 0
    """Whose score changes in a way of which numbers alone don't tell what it does."""


@dataclass(frozen=True, kw_only=True)
class Pay:
    """What an approved assignment of a HIT type pays, and costs."""

    reward: Decimal
    minutes: Decimal | None = None
    """The working time that the requester states."""
    hourly: Decimal | None = None
    cost_up_to_nine: Decimal | None = None
    """Reward and Amazon's fee with up to nine assignments; None where no fees are reckoned."""
    cost_from_ten: Decimal | None = None
    schedule: str = ""
    """Whose fees: "Amazon's fee (2015)"."""


@dataclass(frozen=True, kw_only=True)
class PayChange:
    """Pay and cost, before and after. A side that is not there, or not known, is None."""

    before: Pay | None
    after: Pay | None
    remarks: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the two sides differ."""
        return self.before != self.after


@dataclass(frozen=True, kw_only=True)
class Change:
    """A resource of ours in the plan. One that only others change (by a list) has the operation `same`."""

    urn: str
    name: str
    type: str
    """The resource's class: HITType, QualificationRoster …"""
    operation: str
    """Pulumi's word: create, update, replace, delete, read, import, same …, also one that is not known here."""
    new_id: bool = False
    """Whether what it makes gets another id."""
    eligibility: EligibilityChange | None = None
    people: People | None = None
    pay: PayChange | None = None
    details: tuple[Row, ...] = ()
    """Other inputs that differ, in words; questions and points side by side. Never an answer or a worker's id."""
    notes: tuple[str, ...] = ()
    """Sentences for whoever reads on, such as the call that moves published HITs."""
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Other:
    """A resource of another provider that changes."""

    urn: str
    name: str
    type: str
    operation: str


@dataclass(frozen=True, kw_only=True)
class Invariant:
    """A rule of the lab (`mturk:require`), and whether the plan keeps it."""

    id: str
    text: str
    holds: Answer
    broken_by: tuple[str, ...] = ()
    """The resources that break it, or of which it can't be told."""
    excepted: tuple[tuple[str, str], ...] = ()
    """Resources that need not keep it, each with the reason."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the stack's resources are."""

    environment: str | None = None
    endpoint_host: str | None = None
    account: str | None = None
    """The last four digits of the AWS account, where it is known."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a review says of a plan."""

    project: str
    stack: str
    place: Place
    complete: bool
    """Whether the plan is known to be whole. If not, nothing may be concluded from what is missing."""
    incomplete_because: tuple[str, ...] = ()
    exit_code: int | None = None
    """That of the preview; None if it was not seen."""
    digest: str = ""
    """Hexadecimal SHA-256 of what the plan does, for the comparison with a later plan."""
    commit: str | None = None
    headline: str = ""
    """The verdict on one line."""
    risks: tuple[Risk, ...] = ()
    """All of them, worst first, those of the changes too."""
    changes: tuple[Change, ...] = ()
    """In the order in which a reviewer needs them."""
    others: tuple[Other, ...] = ()
    unchanged: int | None = None
    total: int | None = None
    invariants: tuple[Invariant, ...] = ()
    policy_from: str | None = None
    """The file that `require` and `accept` were taken from, where it is not the stack's own configuration."""
    asked_at: str | None = None
    """When the endpoint was asked for numbers, in UTC; None if it was not."""
    not_judged: tuple[str, ...] = field(default=())
    """What the review can't know, in whole phrases."""
