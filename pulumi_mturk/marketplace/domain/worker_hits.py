"""HITs as a worker sees them: found by group, previewed, and whether they can be accepted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.eligibility import Verdict, unmet, verdicts
from pulumi_mturk.marketplace.domain.hit_types import requirements_of
from pulumi_mturk.marketplace.domain.hits import assignment_counts, find_hit
from pulumi_mturk.marketplace.domain.requesters import name_of
from pulumi_mturk.marketplace.domain.value_ranges import LATEST_TIME
from pulumi_mturk.marketplace.domain.worker_attributes import attributes_of
from pulumi_mturk.marketplace.errors import WireError, WorkerRefusedError
from pulumi_mturk.marketplace.storage import assignments, blocks, hit_types

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row


NONE_LEFT: Final = "All assignments of this HIT are taken: none is left."
FIRST: Final = float(LATEST_TIME)
"""A time that no HIT was created after: groups come from the newest on."""


@dataclass(frozen=True)
class HITGroup:
    """A group: the HITs of one type, as a worker finds it."""

    hit_type_id: str
    group_id: str
    requester: str
    """The requester's name."""
    title: str
    description: str
    keywords: str
    reward: Decimal
    assignment_duration: int
    hits: int
    """How many of them the worker could accept."""
    newest: float
    """The creation time of the newest of them."""
    verdicts: list[Verdict]
    """On all requirements, met or not: unmet ones may still allow discovery."""


@dataclass(frozen=True)
class HITPreview:
    """A HIT as a worker sees it before accepting."""

    hit_id: str
    hit_type_id: str
    group_id: str
    requester: str
    """The requester's name."""
    title: str
    description: str
    keywords: str
    reward: Decimal
    assignment_duration: int
    expiration: float
    question: str
    """The XML: a QuestionForm, HTMLQuestion or ExternalQuestion."""
    verdicts: list[Verdict]
    obstacle: str | None
    """Why the worker can't accept it, as text; None if the worker can."""


def find_groups(ctx: Context, worker_id: str, search: str = "") -> list[HITGroup]:
    """The groups that the worker can find, the newest first; `search` is part of title, description or keywords.

    A group is found while it has a HIT that the worker could accept, unless a requirement that guards discovery is not
    met (documented).
    """
    return [group for _, group in groups_of_worker(ctx, worker_id, search)]


def groups_of_worker(
    ctx: Context, worker_id: str, search: str = "", before: tuple[float, int] = (FIRST, 0)
) -> Iterator[tuple[tuple[float, int], HITGroup]]:
    """As `find_groups`, one after the other, each with its position: behind that of `before`."""
    attributes = attributes_of(ctx, worker_id)
    with_many_places = hit_types.taken_with_many_places(ctx.db, worker_id)
    for row in hit_types.with_open_hits(ctx.db, worker_id, search, before):
        taken = (row["taken"] or 0) + with_many_places.get(row["id"], 0)
        left = row["open_hits"] - taken
        if not left:
            continue
        of_group = verdicts(ctx, attributes, requirements_of(row))
        if unmet(of_group, "Discover"):
            continue
        yield (
            (row["newest_open"], row["sequence"]),
            HITGroup(
                row["id"],
                row["group_id"],
                name_of(ctx, row["account"]),
                row["title"],
                row["description"],
                row["keywords"] or "",
                Decimal(row["reward"]),
                row["assignment_duration"],
                left,
                hit_types.newest_for(ctx.db, row["id"], worker_id) if taken else row["newest_open"],
                of_group,
            ),
        )


def finds(ctx: Context, worker_id: str, hit_id: str) -> bool:
    """Whether the worker finds this HIT among those of its group. As in `find_groups`, a block hides nothing.

    Raises:
        WorkerRefusedError: there is no such HIT, or no such worker.

    """
    hit = find_hit_of_worker(ctx, hit_id)
    attributes = attributes_of(ctx, worker_id)
    is_open = ctx.now < hit["expiration"] and assignment_counts(hit).available
    if not is_open or assignments.status_of_taken(ctx.db, hit["id"], worker_id) is not None:
        return False
    return not unmet(verdicts(ctx, attributes, requirements_of(hit)), "Discover")


def next_hit(ctx: Context, worker_id: str, hit_type_id: str) -> str | None:
    """A HIT of the type or group that the worker could accept; HITs that the worker returned come last (guessed).

    Requirements are not checked here, but by `preview` and `accept`.
    """
    hit_type = hit_types.by_either_id(ctx.db, hit_type_id)
    return None if hit_type is None else hit_types.next_hit(ctx.db, hit_type["id"], worker_id)


def preview(ctx: Context, worker_id: str, hit_id: str) -> HITPreview:
    """The HIT as the worker sees it before accepting; a blocked worker sees it too (documented).

    Raises:
        WorkerRefusedError: it does not exist (any more), or a requirement that guards the preview is not met.

    """
    hit = find_hit_of_worker(ctx, hit_id)
    found = verdicts(ctx, attributes_of(ctx, worker_id), requirements_of(hit))
    refuse_unmet(unmet(found, "Preview"))
    return HITPreview(
        hit["id"],
        hit["hit_type_id"],
        hit["group_id"],
        name_of(ctx, hit["account"]),
        hit["title"],
        hit["description"],
        hit["keywords"] or "",
        Decimal(hit["reward"]),
        hit["assignment_duration"],
        hit["expiration"],
        hit["question"],
        found,
        reason_against_accepting(ctx, worker_id, hit) or _unmet_text(unmet(found, "Accept")),
    )


def find_hit_of_worker(ctx: Context, hit_id: str) -> Row:
    """A HIT that is not deleted. Raises WorkerRefusedError."""
    try:
        hit = find_hit(ctx, hit_id)
    except WireError:
        raise WorkerRefusedError("There is no HIT with this id.") from None
    if hit["deleted"]:
        raise WorkerRefusedError("This HIT is not there any more: its requester deleted it.")
    return hit


def reason_against_accepting(ctx: Context, worker_id: str, hit: Row) -> str | None:
    """Why the worker can't accept the HIT, apart from its requirements; None if the worker can."""
    mine = assignments.status_of_taken(ctx.db, hit["id"], worker_id)
    if mine is not None:
        doing = mine == "Accepted"
        return "You are working on this HIT already." if doing else "You have done this HIT already, and may only once."
    if hit["expiration"] <= ctx.now:
        return "This HIT has expired: it can't be accepted any more."
    if blocks.is_blocked(ctx.db, hit["account"], worker_id):
        return "The requester of this HIT has blocked you: you can look at it, but not accept it."
    return None if assignment_counts(hit).available else NONE_LEFT


def reasons_against_accepting(ctx: Context, worker_id: str, hit_id: str) -> tuple[str, ...]:
    """Every reason for which `worker_assignments.accept` would refuse; empty if the worker can accept the HIT.

    Raises:
        WorkerRefusedError: there is no such HIT, or no such worker.

    """
    hit = find_hit_of_worker(ctx, hit_id)
    found = unmet(verdicts(ctx, attributes_of(ctx, worker_id), requirements_of(hit)), "Accept")
    obstacle = reason_against_accepting(ctx, worker_id, hit)
    return (*filter(None, [obstacle]), *(each.sentence() for each in found))


def _unmet_text(found: Sequence[Verdict]) -> str | None:
    return (
        " ".join(["You do not meet what this HIT requires.", *(each.sentence() for each in found)]) if found else None
    )


def refuse_unmet(found: Sequence[Verdict]) -> None:
    """Raise WorkerRefusedError if there are unmet requirements."""
    if unmet := _unmet_text(found):
        raise WorkerRefusedError(unmet)
