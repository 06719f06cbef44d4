"""How simulated workers get qualifications: by the requester's lists, by tests, and by requests."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import qualification_requests
from pulumi_mturk.marketplace.domain.eligibility import actions_guarded
from pulumi_mturk.marketplace.domain.qualification_types import find_type, require_own
from pulumi_mturk.marketplace.domain.qualifications import grant
from pulumi_mturk.marketplace.domain.system_qualification_types import find_system_type
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.simulation.population import WORKER_ID_PREFIX, seeded_random
from pulumi_mturk.marketplace.simulation.simulated_answers import FormSimulator
from pulumi_mturk.marketplace.storage import blocks, grants
from pulumi_mturk.marketplace.storage import qualification_requests as stored_requests
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.requirements import Requirement
    from pulumi_mturk.marketplace.simulation.funnel import Reason
    from pulumi_mturk.marketplace.simulation.population import SimulatedWorker
    from pulumi_mturk.marketplace.storage.sql import Row

_HIDES: Final = "DiscoverPreviewAndAccept"


@dataclass
class RequiredType:
    """A requester's type that HIT types require, and how each worker got it or did not."""

    id: str
    name: str
    account: int
    """Whose type it is."""
    number: int
    """Its position among the required types, used in seeds, as ids differ between databases."""
    rules: list[Requirement] = field(default_factory=list)
    reasons: dict[str, Reason] = field(default_factory=dict)
    """By worker id, for holders and others."""
    scores: list[int] = field(default_factory=list)
    """The scores of those who took the test."""
    took: int = 0
    listed: int = 0
    """How many workers outside of the crowd hold it."""

    @property
    def median_score(self) -> float | None:
        """The median of the scores; None without any."""
        return statistics.median(self.scores) if self.scores else None


def required_types(ctx: Context, requirements: Iterable[Requirement]) -> dict[str, RequiredType]:
    """The requesters' types among those that requirements name, in their order."""
    found: dict[str, RequiredType] = {}
    for rule in requirements:
        identity = rule["QualificationTypeId"]
        if identity not in found:
            own = None if find_system_type(identity, ctx.switches) else find_type(ctx, identity)
            if own is None:
                continue
            found[identity] = RequiredType(identity, own[0]["name"], own[0]["account"], len(found))
        found[identity].rules.append(rule)
    return found


def apply_requester_lists(
    ctx: Context,
    workers: Sequence[SimulatedWorker],
    required: Iterable[RequiredType],
    accounts: Iterable[int],
    seed: int,
    population: int,
) -> None:
    """Grant types and blocks to the crowd at the rate at which the population has them on the requesters' lists."""
    for item in required:
        _apply_list(ctx, workers, item, seed, population)
    for account in accounts:
        listed = blocks.number_beside(ctx.db, account, WORKER_ID_PREFIX)
        for number, worker in enumerate(workers):
            if seeded_random(seed, *_draws_of_blocks(account), number).random() < listed / population:
                blocks.insert(ctx.db, account, worker.profile.worker_id, "")


def _draws_of_blocks(account: int) -> tuple[str | int, ...]:
    """The first account's are what they were when there was no other: a seed gives the crowd that it gave."""
    return ("blocked",) if account == FIRST_ACCOUNT else ("blocked", account)


def _apply_list(
    ctx: Context, workers: Sequence[SimulatedWorker], item: RequiredType, seed: int, population: int
) -> None:
    values = [row["value"] for row in grants.holders(ctx.db, item.id) if not _is_of_crowd(row)]
    if not values:
        return
    for number, worker in enumerate(workers):
        rng = seeded_random(seed, "list", item.number, number)
        if rng.random() < len(values) / population:
            grant(ctx, item.id, worker.profile.worker_id, rng.choice(values))


def acquire(
    ctx: Context,
    workers: Sequence[SimulatedWorker],
    item: RequiredType,
    seed: int,
    blocked: Collection[str],
    pause: Callable[[], None],
) -> None:
    """Simulate tests and requests for a type; fills `item.reasons` for all workers.

    `blocked`: whom its requester has blocked.
    """
    holders = grants.holders(ctx.db, item.id)
    item.listed = sum(not _is_of_crowd(row) for row in holders)
    holding = {row["worker_id"] for row in holders}
    earlier = {row["worker_id"]: row["status"] for row in stored_requests.of_type(ctx.db, item.id)}
    row, state = require_own(ctx, item.id)
    form = FormSimulator(ctx.switches, row["test"], row["answer_key"]) if row["test"] is not None else None
    closed = _reason_unavailable(item, row, state)
    for number, worker in enumerate(workers):
        worker_id = worker.profile.worker_id
        if worker_id in holding:
            item.reasons[worker_id] = _reason_of_holder(row, requested=worker_id in earlier)
        elif earlier.get(worker_id) == "Pending":
            item.reasons[worker_id] = "waits_for_requester"
        elif closed is not None:
            item.reasons[worker_id] = closed
        elif worker_id in blocked or seeded_random(seed, "takes", item.number, number).random() >= worker.takes:
            item.reasons[worker_id] = "did_not_ask" if form is None else "took_no_test"
        else:
            item.reasons[worker_id] = _attempt(ctx, worker, item, form, seed, number)
            pause()


def _reason_of_holder(row: Row, *, requested: bool) -> Reason:
    """How a worker of an earlier, kept crowd got the qualification."""
    if not requested:
        return "on_list"
    return "asked" if row["test"] is None else "passed_test"


def _reason_unavailable(item: RequiredType, row: Row, state: str) -> Reason | None:
    """Why no worker can get the type by a test or request, or needs it; None if some can."""
    wanted = [rule for rule in item.rules if rule["Comparator"] != "DoesNotExist"]
    if not wanted:
        return ""
    if state != "Active" or (row["test"] is None and not row["auto_granted"]):
        return "not_on_list"
    return "hidden" if all(actions_guarded(rule) == _HIDES for rule in wanted) else None


def _attempt(
    ctx: Context, worker: SimulatedWorker, item: RequiredType, form: FormSimulator | None, seed: int, number: int
) -> Reason:
    worker_id = worker.profile.worker_id
    try:
        if form is None:
            qualification_requests.request_qualification(ctx, worker_id, item.id, None)
            return "asked"
        qualification_requests.start_test(ctx, worker_id, item.id)
        answers = form.answers(seeded_random(seed, "answers", item.number, number), worker.skill)
        outcome = qualification_requests.request_qualification(ctx, worker_id, item.id, answers)
    except WorkerRefusedError:  # in a kept crowd: an earlier request was rejected, or the grant revoked
        return "not_on_list"
    item.took += 1
    if outcome.score is None:
        return "waits_for_requester"
    item.scores.append(outcome.score)
    return "passed_test"


def _is_of_crowd(row: Row) -> bool:
    return str(row["worker_id"]).startswith(WORKER_ID_PREFIX)
