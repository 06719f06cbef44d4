"""How the people of a crowd come to hold qualifications: by a requester's lists, by tests, and by asking."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.crowd.answers import Paper
from pulumi_mturk.marketplace.crowd.population import WORKER_IDS, dice
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.people import qualifying
from pulumi_mturk.marketplace.people.admission import guards_of
from pulumi_mturk.marketplace.requester.grants import grant
from pulumi_mturk.marketplace.system_types import system_type
from pulumi_mturk.marketplace.type_store import find_own, require_own

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from pulumi_mturk.marketplace.context import Context
    from pulumi_mturk.marketplace.crowd.funnel import Why
    from pulumi_mturk.marketplace.crowd.population import Person
    from pulumi_mturk.marketplace.requester.requirements import Requirement

_HIDES: Final = "DiscoverPreviewAndAccept"


@dataclass
class Asked:
    """One of the account's types that HIT types ask about, and how the crowd came by it or did not."""

    id: str
    name: str
    number: int
    """Its place among those asked about, which seeds what happens: ids differ from one database to the next."""
    rules: list[Requirement] = field(default_factory=list)
    ways: dict[str, Why] = field(default_factory=dict)
    """By worker, whether they hold it or not."""
    scores: list[int] = field(default_factory=list)
    """Of those who took the test and were scored."""
    took: int = 0
    listed: int = 0
    """How many the requester's own list holds, none of them of the crowd."""

    @property
    def median_score(self) -> float | None:
        """Half of those who were scored have no more, and half no less."""
        return statistics.median(self.scores) if self.scores else None


def asked_about(ctx: Context, requirements: Iterable[Requirement]) -> dict[str, Asked]:
    """The account's own types among those that rules name, in their order."""
    found: dict[str, Asked] = {}
    for rule in requirements:
        identity = rule["QualificationTypeId"]
        if identity not in found:
            own = None if system_type(identity, ctx.switches) else find_own(ctx, identity)
            if own is None:
                continue
            found[identity] = Asked(identity, own[0]["name"], len(found))
        found[identity].rules.append(rule)
    return found


def stand_in(ctx: Context, people: Sequence[Person], asked: Iterable[Asked], seed: int, population: int) -> None:
    """Put as many of the crowd on the requester's lists as the whole population would have there."""
    for item in asked:
        _spread(ctx, people, item, seed, population)
    blocked = ctx.db.execute("SELECT count(*) FROM blocks WHERE worker_id NOT GLOB ?", (WORKER_IDS,)).fetchone()[0]
    for number, person in enumerate(people):
        if dice(seed, "blocked", number).random() < blocked / population:
            ctx.db.execute(
                "INSERT OR IGNORE INTO blocks (worker_id, reason) VALUES (?, '')", (person.profile.worker_id,)
            )


def _spread(ctx: Context, people: Sequence[Person], item: Asked, seed: int, population: int) -> None:
    values = [row["value"] for row in _holders(ctx, item.id) if not row["of_crowd"]]
    if not values:
        return
    for number, person in enumerate(people):
        die = dice(seed, "list", item.number, number)
        if die.random() < len(values) / population:
            grant(ctx, item.id, person.profile.worker_id, die.choice(values))


def come_by(ctx: Context, people: Sequence[Person], item: Asked, seed: int, blocked: frozenset[str]) -> None:
    """Have whoever can and cares take the test, or ask; all ways are in `item.ways` then."""
    holders = _holders(ctx, item.id)
    item.listed = sum(not row["of_crowd"] for row in holders)
    holding = {row["worker_id"] for row in holders}
    earlier = {
        row["worker_id"]: row["status"]
        for row in ctx.db.execute(
            "SELECT worker_id, status FROM qualification_requests WHERE qualification_type_id = ? ORDER BY sequence",
            (item.id,),
        )
    }
    row, state = require_own(ctx, item.id)
    paper = Paper(row["test"], row["answer_key"]) if row["test"] is not None else None
    closed = _closed(item, row, state)
    for number, person in enumerate(people):
        worker = person.profile.worker_id
        if worker in holding:
            item.ways[worker] = _way_before(row, requested=worker in earlier)
        elif earlier.get(worker) == "Pending":
            item.ways[worker] = "waits_for_requester"
        elif closed is not None:
            item.ways[worker] = closed
        elif worker in blocked or dice(seed, "takes", item.number, number).random() >= person.takes:
            item.ways[worker] = "did_not_ask" if paper is None else "took_no_test"
        else:
            item.ways[worker] = _tried(ctx, person, item, paper, seed, number)


def _way_before(row: sqlite3.Row, *, requested: bool) -> Why:
    """How a worker of a crowd that was kept came by what they hold."""
    if not requested:
        return "on_list"
    return "asked" if row["test"] is None else "passed_test"


def _closed(item: Asked, row: sqlite3.Row, state: str) -> Why | None:
    """Why nobody can come by it by themselves, or cares to."""
    wanted = [rule for rule in item.rules if rule["Comparator"] != "DoesNotExist"]
    if not wanted:
        return ""
    if state != "Active" or (row["test"] is None and not row["auto_granted"]):
        return "not_on_list"
    return "hidden" if all(guards_of(rule) == _HIDES for rule in wanted) else None


def _tried(ctx: Context, person: Person, item: Asked, paper: Paper | None, seed: int, number: int) -> Why:
    worker = person.profile.worker_id
    try:
        if paper is None:
            qualifying.request(ctx, worker, item.id, None)
            return "asked"
        qualifying.begin(ctx, worker, item.id)
        answers = paper.answered(dice(seed, "answers", item.number, number), person.skill)
        outcome = qualifying.request(ctx, worker, item.id, answers)
    except WorkerRefusedError:  # of a crowd that was kept: asked before, and turned down, or it was revoked
        return "not_on_list"
    item.took += 1
    if outcome.score is None:
        return "waits_for_requester"
    item.scores.append(outcome.score)
    return "passed_test"


def _holders(ctx: Context, qualification_type_id: str) -> list[sqlite3.Row]:
    return ctx.db.execute(
        """SELECT worker_id, value, worker_id GLOB ? AS of_crowd FROM grants
        WHERE qualification_type_id = ? AND status = 'Granted' ORDER BY sequence""",
        (WORKER_IDS, qualification_type_id),
    ).fetchall()
