"""What the people of a crowd do with HITs: they come by, accept one, hand it in or give it back, and take the next."""

from __future__ import annotations

import dataclasses
import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace import clockwork
from pulumi_mturk.marketplace.crowd.answers import anything
from pulumi_mturk.marketplace.crowd.population import dice
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.people import work

if TYPE_CHECKING:
    import random
    import sqlite3
    from collections.abc import Sequence

    from pulumi_mturk.marketplace.context import Context
    from pulumi_mturk.marketplace.crowd.make_up import MakeUp
    from pulumi_mturk.marketplace.crowd.population import Person


@dataclass
class Work:
    """What became of the published HITs of one type."""

    hits: int
    assignments: int
    """Of those HITs, all that they ask for."""
    open: int
    """Those that nobody had taken before the crowd came."""
    submitted: int = 0
    given_back: int = 0
    workers: int = 0
    """How many of the crowd handed in at least one."""
    hours: float | None = None
    """From now until the last one was handed in; none where time stood still."""


@dataclass
class _Visit:
    """One worker's work on the HITs of one type."""

    person: Person
    hit_type_id: str
    work: Work
    die: random.Random
    longest: int
    left: int
    assignment_id: str | None = None
    question: str = ""
    submitted: int = 0


class Shift:
    """All work that a crowd does, event by event in the order of time.

    In a copy of the database the time of each event is the rule's time; in the database itself time stands still, as
    its clock is not the crowd's to turn.
    """

    def __init__(self, ctx: Context, make_up: MakeUp, *, turn_clock: bool) -> None:
        self._ctx = ctx
        self._make_up = make_up
        self._turn_clock = turn_clock
        self._events: list[tuple[float, int, _Visit]] = []
        self._count = 0

    def plan(self, hit_type: sqlite3.Row, number: int, seed: int, people: Sequence[tuple[int, Person]]) -> Work | None:
        """Have these people (and their numbers in the crowd) come for the HITs of a type; None: it has none to do."""
        found = open_work(self._ctx, hit_type["id"])
        if found is None:
            return None
        for place, person in people:
            die = dice(seed, "work", number, place)
            visit = _Visit(person, hit_type["id"], found, die, hit_type["assignment_duration"], person.assignments)
            self._add(person.arrives_after, visit)
        return found

    def run(self) -> None:
        """Let it all happen."""
        while self._events:
            after, _, visit = heapq.heappop(self._events)
            ctx = self._ctx
            if self._turn_clock:
                ctx = dataclasses.replace(ctx, now=ctx.now + after)
                clockwork.run(ctx)
            if (assignment_id := visit.assignment_id) is not None:
                self._finish(ctx, visit, assignment_id, after)
            if visit.left > 0:
                self._begin(ctx, visit, after)

    def _begin(self, ctx: Context, visit: _Visit, after: float) -> None:
        worker = visit.person.profile.worker_id
        hit_id = work.next_hit(ctx, worker, visit.hit_type_id)
        if hit_id is None:
            return
        try:
            visit.assignment_id = work.accept(ctx, worker, hit_id)
        except WorkerRefusedError:
            return
        visit.question = str(ctx.db.execute("SELECT question FROM hits WHERE id = ?", (hit_id,)).fetchone()[0])
        seconds = min(self._make_up.seconds.draw(visit.die), visit.longest - 1)
        self._add(after + seconds, visit)

    def _finish(self, ctx: Context, visit: _Visit, assignment_id: str, after: float) -> None:
        worker = visit.person.profile.worker_id
        visit.assignment_id = None
        visit.left -= 1
        try:
            if visit.die.random() >= self._make_up.gives_back:
                work.submit(ctx, worker, assignment_id, anything(visit.question, visit.die))
                self._count_in(visit, after)
                return
        except WorkerRefusedError:  # the form wants what nobody can make up
            pass
        work.give_back(ctx, worker, assignment_id)
        visit.work.given_back += 1

    def _count_in(self, visit: _Visit, after: float) -> None:
        visit.submitted += 1
        visit.work.submitted += 1
        visit.work.workers += visit.submitted == 1
        if self._turn_clock:
            visit.work.hours = after / 3600

    def _add(self, after: float, visit: _Visit) -> None:
        self._count += 1
        heapq.heappush(self._events, (after, self._count, visit))


def open_work(ctx: Context, hit_type_id: str) -> Work | None:
    """The HITs of a type that are not expired, and how much of them is to do; None where there are none."""
    rows = ctx.db.execute(
        """SELECT max_assignments, (SELECT count(*) FROM assignments WHERE hit_id = hits.id
            AND status NOT IN ('Returned', 'Abandoned')) AS taken
        FROM hits WHERE hit_type_id = ? AND NOT deleted AND expiration > ?""",
        (hit_type_id, ctx.now),
    ).fetchall()
    if not rows:
        return None
    wanted = sum(row["max_assignments"] for row in rows)
    return Work(len(rows), wanted, sum(max(row["max_assignments"] - row["taken"], 0) for row in rows))
