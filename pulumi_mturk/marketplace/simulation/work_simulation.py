"""Simulated work: workers arrive, accept a HIT, submit or return it, and accept the next."""

from __future__ import annotations

import dataclasses
import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import due_events, worker_assignments, worker_hits
from pulumi_mturk.marketplace.domain.hits import find_hit
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.simulation.population import seeded_random
from pulumi_mturk.marketplace.simulation.simulated_answers import answers_to_question
from pulumi_mturk.marketplace.storage import hits

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.simulation.population import SimulatedWorker
    from pulumi_mturk.marketplace.simulation.population_model import PopulationModel
    from pulumi_mturk.marketplace.storage.sql import Row


@dataclass
class WorkResult:
    """The results for the HITs of one type."""

    hits: int
    assignments: int
    """The sum of their MaxAssignments."""
    open: int
    """Those available before the crowd arrived."""
    submitted: int = 0
    given_back: int = 0
    workers: int = 0
    """How many workers submitted at least one."""
    hours: float | None = None
    """Time until the last submission; None if the clock did not advance."""


@dataclass
class _WorkerSession:
    """One worker's session on the HITs of one type."""

    worker: SimulatedWorker
    hit_type_id: str
    work: WorkResult
    rng: random.Random
    max_seconds: int
    left: int
    assignment_id: str | None = None
    question: str = ""
    submitted: int = 0


class WorkSimulation:
    """A discrete-event simulation of all work, in the order of time.

    In a copy of the database each event has its own time; in the database itself the clock must not be advanced, so all
    events happen now.
    """

    def __init__(self, ctx: Context, model: PopulationModel, pause: Callable[[], None], *, advance_clock: bool) -> None:
        self._ctx = ctx
        self._pause = pause
        self._model = model
        self._advance_clock = advance_clock
        self._events: list[tuple[float, int, _WorkerSession]] = []
        self._count = 0

    def plan(
        self, hit_type: Row, number: int, seed: int, workers: Sequence[tuple[int, SimulatedWorker]]
    ) -> WorkResult | None:
        """Schedule workers (with their positions in the crowd) for a type; None if it has no open HIT."""
        found = open_work(self._ctx, hit_type["id"])
        if found is None:
            return None
        for position, worker in workers:
            rng = seeded_random(seed, "work", number, position)
            session = _WorkerSession(
                worker, hit_type["id"], found, rng, hit_type["assignment_duration"], worker.assignments
            )
            self._add(worker.arrives_after, session)
        return found

    def run(self) -> None:
        """Process all events."""
        while self._events:
            after, _, session = heapq.heappop(self._events)
            ctx = self._ctx
            if self._advance_clock:
                ctx = dataclasses.replace(ctx, now=ctx.now + after)
                due_events.run(ctx)
            if (assignment_id := session.assignment_id) is not None:
                self._finish(ctx, session, assignment_id, after)
            if session.left > 0:
                self._begin(ctx, session, after)
            self._pause()

    def _begin(self, ctx: Context, session: _WorkerSession, after: float) -> None:
        worker = session.worker.profile.worker_id
        hit_id = worker_hits.next_hit(ctx, worker, session.hit_type_id)
        if hit_id is None:
            return
        try:
            session.assignment_id = worker_assignments.accept(ctx, worker, hit_id)
        except WorkerRefusedError:
            return
        session.question = str(find_hit(ctx, hit_id)["question"])
        seconds = min(self._model.seconds.draw(session.rng), session.max_seconds - 1)
        self._add(after + seconds, session)

    def _finish(self, ctx: Context, session: _WorkerSession, assignment_id: str, after: float) -> None:
        worker = session.worker.profile.worker_id
        session.assignment_id = None
        session.left -= 1
        try:
            if session.rng.random() >= self._model.gives_back:
                worker_assignments.submit(
                    ctx, worker, assignment_id, answers_to_question(ctx.switches, session.question, session.rng)
                )
                self._count_submission(session, after)
                return
        except WorkerRefusedError:  # the form wants answers that can't be made up
            pass
        worker_assignments.return_assignment(ctx, worker, assignment_id)
        session.work.given_back += 1

    def _count_submission(self, session: _WorkerSession, after: float) -> None:
        session.submitted += 1
        session.work.submitted += 1
        session.work.workers += session.submitted == 1
        if self._advance_clock:
            session.work.hours = after / 3600

    def _add(self, after: float, session: _WorkerSession) -> None:
        self._count += 1
        heapq.heappush(self._events, (after, self._count, session))


def open_work(ctx: Context, hit_type_id: str) -> WorkResult | None:
    """Count the open HITs of a type and their available assignments; None if there is none."""
    rows = hits.alive(ctx.db, hit_type_id, ctx.now)
    if not rows:
        return None
    wanted = sum(row["max_assignments"] for row in rows)
    return WorkResult(len(rows), wanted, sum(max(row["max_assignments"] - row["taken"], 0) for row in rows))
