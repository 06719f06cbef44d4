"""A whole study of a rule set: a crowd is registered, takes tests and does HITs, and is counted rule by rule."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace import storage
from pulumi_mturk.marketplace.crowd import funnel
from pulumi_mturk.marketplace.crowd.funnel import Outcome, Step
from pulumi_mturk.marketplace.crowd.population import dice, people
from pulumi_mturk.marketplace.crowd.qualifying import asked_about, come_by, stand_in
from pulumi_mturk.marketplace.crowd.working import Shift, Work
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.people.admission import admits, facts_of, verdicts
from pulumi_mturk.marketplace.people.profiles import register
from pulumi_mturk.marketplace.requester import hit_types
from pulumi_mturk.marketplace.service import Marketplace
from pulumi_mturk.marketplace.system_types import system_type
from pulumi_mturk.marketplace.type_store import find_own

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from pulumi_mturk.marketplace.context import Context
    from pulumi_mturk.marketplace.crowd.funnel import Why
    from pulumi_mturk.marketplace.crowd.make_up import MakeUp
    from pulumi_mturk.marketplace.crowd.qualifying import Asked
    from pulumi_mturk.marketplace.people.admission import Facts
    from pulumi_mturk.marketplace.requester.requirements import Requirement

NOT_BLOCKED: Final = "no block by you"


@dataclass(frozen=True)
class TypeStudy:
    """One HIT type, and what it does to the crowd."""

    id: str
    title: str
    reward: str
    steps: list[Step]
    """Not to be blocked, and then the rules as `in_order` has them."""
    can_find: int
    """Whom the rules that guard discovery admit."""
    can_preview: int
    may_accept: int
    """Whom all rules admit."""
    want_to: int
    """Who of these would."""
    work: Work | None
    """None where no HIT of the type is open."""


@dataclass(frozen=True)
class QualificationTypeStudy:
    """A qualification type that rules ask about: who came by it."""

    id: str
    name: str
    listed: int
    """How many of the requester's own workers hold it."""
    took: int
    """How many of the crowd took the test."""
    median_score: float | None


@dataclass(frozen=True)
class Study:
    """What came out."""

    workers: int
    seed: int
    kept: bool
    hit_types: list[TypeStudy]
    qualification_types: list[QualificationTypeStudy]


@dataclass(frozen=True)
class Plan:
    """What is asked of a study."""

    make_up: MakeUp
    workers: int
    seed: int
    hit_type_id: str | None = None
    """The one HIT type to tell of; else all that are alive."""
    keep: bool = False
    """Whether the crowd and its work stay in the database itself."""


def run(path: Path, plan: Plan, tell: Callable[[str], None]) -> Study:
    """Study the database in a file; `tell` is told what is going on. Raises MarketplaceError."""
    with _opened(path, keep=plan.keep) as marketplace, marketplace.writing() as ctx:
        return study(ctx, plan, tell)


def study(ctx: Context, plan: Plan, tell: Callable[[str], None]) -> Study:
    """Study what a transaction sees; what the crowd does is written into it."""
    rows = [row for row in ctx.db.execute("SELECT * FROM hit_types ORDER BY sequence") if hit_types.is_alive(ctx, row)]
    if plan.hit_type_id is not None and plan.hit_type_id not in [row["id"] for row in rows]:
        raise MarketplaceError(
            f"There is no HIT type {plan.hit_type_id!r} in the database. Leave --hit-type out to see all there are."
        )
    tell(f"making up {plan.workers:,} workers")
    crowd = people(plan.make_up, plan.seed, plan.workers)
    for person in crowd:
        register(ctx, person.profile)
    asked = asked_about(ctx, (rule for row in rows for rule in hit_types.requirements_of(row)))
    if not plan.keep:
        stand_in(ctx, crowd, asked.values(), plan.seed, plan.make_up.population)
    blocked = frozenset(row["worker_id"] for row in ctx.db.execute("SELECT worker_id FROM blocks"))
    for item in asked.values():
        tell(f"'{item.name}': tests and requests")
        come_by(ctx, crowd, item, plan.seed, blocked)
    tell("counting")
    facts = [facts_of(ctx, person.profile.worker_id) for person in crowd]
    shift = Shift(ctx, plan.make_up, turn_clock=not plan.keep)
    told: list[TypeStudy] = []
    named: set[str] = set()
    for number, row in enumerate(rows):
        if plan.hit_type_id not in (None, row["id"]):
            continue
        requirements = in_order(ctx, row)
        named.update(requirement["QualificationTypeId"] for requirement in requirements)
        outcomes = [
            _outcomes(ctx, person.profile.worker_id, seen, requirements, asked, blocked)
            for person, seen in zip(crowd, facts, strict=True)
        ]
        rules = [
            (NOT_BLOCKED, "Accept"),
            *((each.needed, each.guards) for each in verdicts(ctx, facts[0], requirements)),
        ]
        willing = [
            (place, person)
            for place, (person, found) in enumerate(zip(crowd, outcomes, strict=True))
            if all(outcome.admitted for outcome in found)
            and dice(plan.seed, "wants", number, place).random() < person.wants
        ]
        told.append(_told(row, rules, outcomes, len(willing), shift.plan(row, number, plan.seed, willing)))
    tell("doing HITs")
    shift.run()
    types = [_came_by(item) for item in asked.values() if item.id in named]
    return Study(plan.workers, plan.seed, plan.keep, told, types)


def in_order(ctx: Context, hit_type: sqlite3.Row) -> list[Requirement]:
    """The rules of a HIT type: first what nobody can change, last what a test can; those of a kind as they were made.

    All of them have to be met, so their own order means nothing, and clients sort them as they like.
    """

    def place(requirement: Requirement) -> int:
        identity = requirement["QualificationTypeId"]
        of_system = system_type(identity, ctx.switches)
        if of_system is not None:
            kinds = ("locale", "integer", "percentage", "none")
            return kinds.index(of_system.value)
        own = find_own(ctx, identity)
        return 5 if own is not None and own[0]["test"] is not None else 4

    return sorted(hit_types.requirements_of(hit_type), key=place)


@contextlib.contextmanager
def _opened(path: Path, *, keep: bool) -> Iterator[Marketplace]:
    """The database itself, or a copy that is gone afterwards; readable by its owner alone, as it holds worker ids."""
    with tempfile.TemporaryDirectory(prefix="pulumi-mturk-crowd-") as folder:
        if not keep:
            storage.copy(path, Path(folder) / "copy.db")
            path = Path(folder) / "copy.db"
        with Marketplace.open(path, create=False) as marketplace:
            yield marketplace


def _told(
    row: sqlite3.Row, rules: Sequence[tuple[str, str]], outcomes: list[list[Outcome]], want_to: int, work: Work | None
) -> TypeStudy:
    def admitted(*guards: str) -> int:
        at = [number for number, (_, guard) in enumerate(rules) if guard in guards]
        return sum(all(found[number].admitted for number in at) for found in outcomes)

    steps = funnel.steps(rules, outcomes)
    return TypeStudy(
        id=row["id"],
        title=row["title"],
        reward=row["reward"],
        steps=steps,
        can_find=admitted("DiscoverPreviewAndAccept"),
        can_preview=admitted("DiscoverPreviewAndAccept", "PreviewAndAccept"),
        may_accept=steps[-1].left,
        want_to=want_to,
        work=work,
    )


def _came_by(item: Asked) -> QualificationTypeStudy:
    return QualificationTypeStudy(item.id, item.name, item.listed, item.took, item.median_score)


def _outcomes(
    ctx: Context,
    worker: str,
    facts: Facts,
    requirements: Sequence[Requirement],
    asked: dict[str, Asked],
    blocked: frozenset[str],
) -> list[Outcome]:
    """What each rule says of one worker; not to be blocked is the first."""
    found = [Outcome(admitted=False, why="blocked") if worker in blocked else Outcome(admitted=True)]
    for requirement in requirements:
        admitted = admits(requirement, facts, ctx.switches)
        found.append(Outcome(admitted, _why(ctx, requirement, worker, asked, admitted=admitted)))
    return found


def _why(ctx: Context, requirement: Requirement, worker: str, asked: dict[str, Asked], *, admitted: bool) -> Why:
    identity = requirement["QualificationTypeId"]
    if identity in asked:
        if admitted and requirement["Comparator"] == "DoesNotExist":
            return ""
        way = asked[identity].ways[worker]
        refused_score = way == "passed_test" and not admitted and requirement["Comparator"] != "DoesNotExist"
        return "failed_test" if refused_score else way
    of_system = system_type(identity, ctx.switches)
    if of_system is None:
        return "unknown"
    if admitted:
        return ""
    match of_system.value:
        case "locale":
            return "other_place"
        case "none":
            return "not_chosen"
        case _:
            return "did_not_agree" if of_system.name == "Worker_Adult" else "not_yet"
