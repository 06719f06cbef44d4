"""A study of a database's rules: a crowd is registered, takes tests, does HITs, and is counted rule by rule."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import hit_types
from pulumi_mturk.marketplace.domain.eligibility import is_met, verdicts
from pulumi_mturk.marketplace.domain.qualification_types import find_type
from pulumi_mturk.marketplace.domain.system_qualification_types import find_system_type
from pulumi_mturk.marketplace.domain.worker_attributes import attributes_of
from pulumi_mturk.marketplace.domain.workers import register
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.service import Marketplace
from pulumi_mturk.marketplace.simulation import funnel
from pulumi_mturk.marketplace.simulation.funnel import RuleOutcome, Step
from pulumi_mturk.marketplace.simulation.population import draw_workers, seeded_random
from pulumi_mturk.marketplace.simulation.qualification_acquisition import acquire, apply_requester_lists, required_types
from pulumi_mturk.marketplace.simulation.work_simulation import WorkResult, WorkSimulation
from pulumi_mturk.marketplace.storage import blocks, sqlite
from pulumi_mturk.marketplace.storage import hit_types as stored_hit_types
from pulumi_mturk.marketplace.storage.database import is_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.requirements import Requirement
    from pulumi_mturk.marketplace.domain.worker_attributes import WorkerAttributes
    from pulumi_mturk.marketplace.simulation.funnel import Reason
    from pulumi_mturk.marketplace.simulation.population_model import PopulationModel
    from pulumi_mturk.marketplace.simulation.qualification_acquisition import RequiredType
    from pulumi_mturk.marketplace.storage.sql import Row

NOT_BLOCKED: Final = "no block by you"


@dataclass(frozen=True)
class TypeStudy:
    """The results for one HIT type."""

    id: str
    title: str
    reward: str
    steps: list[Step]
    """Not being blocked, then the rules as ordered by `ordered_requirements`."""
    can_find: int
    """How many the rules that guard discovery admit."""
    can_preview: int
    may_accept: int
    """How many all rules admit."""
    want_to: int
    """How many of these would accept."""
    work: WorkResult | None
    """None if no HIT of the type is open."""


@dataclass(frozen=True)
class QualificationTypeStudy:
    """The results for a required qualification type."""

    id: str
    name: str
    listed: int
    """How many workers outside of the crowd hold it."""
    took: int
    """How many of the crowd took the test."""
    median_score: float | None


@dataclass(frozen=True)
class Study:
    """The results of a study."""

    workers: int
    seed: int
    kept: bool
    hit_types: list[TypeStudy]
    qualification_types: list[QualificationTypeStudy]


@dataclass(frozen=True)
class StudyPlan:
    """The parameters of a study."""

    model: PopulationModel
    workers: int
    seed: int
    hit_type_id: str | None = None
    """Restricts the results to one HIT type."""
    keep: bool = False
    """Whether to write into the database itself, not into a copy."""


def run_study(database: str | Path, plan: StudyPlan, report_progress: Callable[[str], None]) -> Study:
    """Study a database; `report_progress` is called with each step. Raises MarketplaceError."""
    with _open_database(database, keep=plan.keep) as marketplace:
        if plan.keep:  # others have it open
            with marketplace.writing_in_pieces() as (ctx, pause):
                return study(ctx, plan, report_progress, pause)
        with marketplace.writing() as ctx:
            return study(ctx, plan, report_progress)


def study(
    ctx: Context, plan: StudyPlan, report_progress: Callable[[str], None], pause: Callable[[], None] = lambda: None
) -> Study:
    """Run a study in a transaction; the crowd's actions are written in it. `pause` is called between them."""
    rows = [row for row in stored_hit_types.after(ctx.db, 0) if hit_types.is_alive(ctx, row)]
    if plan.hit_type_id is not None and plan.hit_type_id not in [row["id"] for row in rows]:
        raise MarketplaceError(
            f"There is no HIT type {plan.hit_type_id!r} in the database. Leave --hit-type out to see all there are."
        )
    report_progress(f"making up {plan.workers:,} workers")
    crowd = draw_workers(plan.model, plan.seed, plan.workers)
    for worker in crowd:
        register(ctx, worker.profile)
        pause()
    required = required_types(ctx, (rule for row in rows for rule in hit_types.requirements_of(row)))
    accounts = dict.fromkeys([row["account"] for row in rows] + [item.account for item in required.values()])
    if not plan.keep:
        apply_requester_lists(ctx, crowd, required.values(), accounts, plan.seed, plan.model.population)
    blocked = {account: blocks.worker_ids(ctx.db, account) for account in accounts}
    for item in required.values():
        report_progress(f"'{item.name}': tests and requests")
        acquire(ctx, crowd, item, plan.seed, blocked[item.account], pause)
    report_progress("counting")
    attributes = []
    for worker in crowd:
        attributes.append(attributes_of(ctx, worker.profile.worker_id))
        pause()
    work_simulation = WorkSimulation(ctx, plan.model, pause, advance_clock=not plan.keep)
    type_studies: list[TypeStudy] = []
    named: set[str] = set()
    for number, row in enumerate(rows):
        if plan.hit_type_id not in (None, row["id"]):
            continue
        requirements = ordered_requirements(ctx, row)
        named.update(requirement["QualificationTypeId"] for requirement in requirements)
        outcomes = [
            _outcomes(ctx, worker.profile.worker_id, of_worker, requirements, required, blocked[row["account"]])
            for worker, of_worker in zip(crowd, attributes, strict=True)
        ]
        rules = [
            (NOT_BLOCKED, "Accept"),
            *((each.needed, each.guards) for each in verdicts(ctx, attributes[0], requirements)),
        ]
        willing = [
            (position, worker)
            for position, (worker, found) in enumerate(zip(crowd, outcomes, strict=True))
            if all(outcome.admitted for outcome in found)
            and seeded_random(plan.seed, "wants", number, position).random() < worker.wants
        ]
        type_studies.append(
            _type_study(row, rules, outcomes, len(willing), work_simulation.plan(row, number, plan.seed, willing))
        )
    report_progress("doing HITs")
    work_simulation.run()
    types = [_qualification_type_study(item) for item in required.values() if item.id in named]
    return Study(plan.workers, plan.seed, plan.keep, type_studies, types)


def ordered_requirements(ctx: Context, hit_type: Row) -> list[Requirement]:
    """The requirements of a HIT type: system types first, types with a test last, equal kinds in their own order.

    All have to be met, so their own order has no meaning, and clients sort them as they like.
    """

    def position(requirement: Requirement) -> int:
        identity = requirement["QualificationTypeId"]
        of_system = find_system_type(identity, ctx.switches)
        if of_system is not None:
            kinds = ("locale", "integer", "percentage", "none")
            return kinds.index(of_system.value)
        own = find_type(ctx, identity)
        return 5 if own is not None and own[0]["test"] is not None else 4

    return sorted(hit_types.requirements_of(hit_type), key=position)


@contextlib.contextmanager
def _open_database(database: str | Path, *, keep: bool) -> Iterator[Marketplace]:
    """Open the database, or a temporary copy that only the owner can read, as it holds worker ids."""
    if keep:
        with Marketplace.open(database, create=False) as marketplace:
            yield marketplace
        return
    if is_server(database):
        raise MarketplaceError(
            "A server's database is not copied for a crowd: simulate the crowd in it (--keep), or on an SQLite file."
        )
    with tempfile.TemporaryDirectory(prefix="pulumi-mturk-crowd-") as folder:
        path = Path(folder) / "copy.db"
        sqlite.copy(Path(database), path)
        with Marketplace.open(path, create=False) as marketplace:
            yield marketplace


def _type_study(
    row: Row,
    rules: Sequence[tuple[str, str]],
    outcomes: list[list[RuleOutcome]],
    want_to: int,
    work: WorkResult | None,
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


def _qualification_type_study(item: RequiredType) -> QualificationTypeStudy:
    return QualificationTypeStudy(item.id, item.name, item.listed, item.took, item.median_score)


def _outcomes(
    ctx: Context,
    worker: str,
    attributes: WorkerAttributes,
    requirements: Sequence[Requirement],
    required: dict[str, RequiredType],
    blocked: frozenset[str],
) -> list[RuleOutcome]:
    """The outcome of each rule for one worker; the first is not being blocked."""
    found = [RuleOutcome(admitted=False, reason="blocked") if worker in blocked else RuleOutcome(admitted=True)]
    for requirement in requirements:
        admitted = is_met(requirement, attributes, ctx.switches)
        found.append(RuleOutcome(admitted, _reason(ctx, requirement, worker, required, admitted=admitted)))
    return found


def _reason(
    ctx: Context, requirement: Requirement, worker: str, required: dict[str, RequiredType], *, admitted: bool
) -> Reason:
    identity = requirement["QualificationTypeId"]
    if identity in required:
        if admitted and requirement["Comparator"] == "DoesNotExist":
            return ""
        reason = required[identity].reasons[worker]
        refused_score = reason == "passed_test" and not admitted and requirement["Comparator"] != "DoesNotExist"
        return "failed_test" if refused_score else reason
    of_system = find_system_type(identity, ctx.switches)
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
