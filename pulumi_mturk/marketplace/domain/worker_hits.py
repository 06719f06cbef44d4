"""HITs as a worker sees them: found by group, previewed, and whether they can be accepted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.eligibility import Verdict, unmet, verdicts
from pulumi_mturk.marketplace.domain.hit_types import requirements_of
from pulumi_mturk.marketplace.domain.hits import find_hit
from pulumi_mturk.marketplace.domain.worker_attributes import attributes_of
from pulumi_mturk.marketplace.errors import WireError, WorkerRefusedError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from pulumi_mturk.marketplace.domain.context import Context

_TAKEN: Final = "status NOT IN ('Returned', 'Abandoned')"
_OPEN: Final = f"""
    NOT hits.deleted AND hits.expiration > :now
    AND max_assignments > (SELECT count(*) FROM assignments WHERE hit_id = hits.id AND {_TAKEN})
    AND NOT EXISTS (SELECT 1 FROM assignments WHERE hit_id = hits.id AND worker_id = :worker AND {_TAKEN})
"""  # noqa: S608 - no input in the SQL, here and below
"""Conditions for HITs that the worker could accept, apart from qualification requirements and blocks."""


@dataclass(frozen=True)
class HITGroup:
    """A group: the HITs of one type, as a worker finds it."""

    hit_type_id: str
    group_id: str
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
    attributes = attributes_of(ctx, worker_id)
    rows = ctx.db.execute(
        f"""SELECT hit_types.*, count(*) AS open, max(hits.creation_time) AS newest
        FROM hits JOIN hit_types ON hit_types.id = hit_type_id
        WHERE {_OPEN} AND instr(casefold(title || '\n' || description || '\n' || coalesce(keywords, '')), :search)
        GROUP BY hit_types.id ORDER BY newest DESC, hit_types.sequence DESC""",  # noqa: S608
        {"now": ctx.now, "worker": worker_id, "search": search.casefold()},
    )
    found = [(row, verdicts(ctx, attributes, requirements_of(row))) for row in rows.fetchall()]
    return [
        HITGroup(
            row["id"],
            row["group_id"],
            row["title"],
            row["description"],
            row["keywords"] or "",
            Decimal(row["reward"]),
            row["assignment_duration"],
            row["open"],
            row["newest"],
            of_group,
        )
        for row, of_group in found
        if not unmet(of_group, "Discover")
    ]


def finds(ctx: Context, worker_id: str, hit_id: str) -> bool:
    """Whether the worker finds this HIT among those of its group. As in `find_groups`, a block hides nothing.

    Raises:
        WorkerRefusedError: there is no such HIT, or no such worker.

    """
    hit = find_hit_of_worker(ctx, hit_id)
    attributes = attributes_of(ctx, worker_id)
    is_open = ctx.db.execute(
        f"SELECT 1 FROM hits WHERE id = :hit AND {_OPEN}",  # noqa: S608
        {"now": ctx.now, "worker": worker_id, "hit": hit_id},
    ).fetchone()
    return is_open is not None and not unmet(verdicts(ctx, attributes, requirements_of(hit)), "Discover")


def next_hit(ctx: Context, worker_id: str, hit_type_id: str) -> str | None:
    """A HIT of the type or group that the worker could accept; HITs that the worker returned come last (guessed).

    Requirements are not checked here, but by `preview` and `accept`.
    """
    row = ctx.db.execute(
        f"""SELECT hits.id FROM hits JOIN hit_types ON hit_types.id = hit_type_id
        WHERE :type IN (hit_types.id, group_id) AND {_OPEN}
        ORDER BY EXISTS (SELECT 1 FROM assignments WHERE hit_id = hits.id AND worker_id = :worker), hits.sequence
        LIMIT 1""",  # noqa: S608
        {"now": ctx.now, "worker": worker_id, "type": hit_type_id},
    ).fetchone()
    return None if row is None else str(row["id"])


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


def find_hit_of_worker(ctx: Context, hit_id: str) -> sqlite3.Row:
    """A HIT that is not deleted. Raises WorkerRefusedError."""
    try:
        hit = find_hit(ctx, hit_id)
    except WireError:
        raise WorkerRefusedError("There is no HIT with this id.") from None
    if hit["deleted"]:
        raise WorkerRefusedError("This HIT is not there any more: its requester deleted it.")
    return hit


def reason_against_accepting(ctx: Context, worker_id: str, hit: sqlite3.Row) -> str | None:
    """Why the worker can't accept the HIT, apart from its requirements; None if the worker can."""
    db = ctx.db
    mine = db.execute(
        f"SELECT status FROM assignments WHERE hit_id = ? AND worker_id = ? AND {_TAKEN}",  # noqa: S608
        (hit["id"], worker_id),
    ).fetchone()
    if mine is not None:
        doing = mine["status"] == "Accepted"
        return "You are working on this HIT already." if doing else "You have done this HIT already, and may only once."
    if hit["expiration"] <= ctx.now:
        return "This HIT has expired: it can't be accepted any more."
    if db.execute("SELECT 1 FROM blocks WHERE worker_id = ?", (worker_id,)).fetchone():
        return "The requester of this HIT has blocked you: you can look at it, but not accept it."
    taken = db.execute(
        f"SELECT count(*) AS count FROM assignments WHERE hit_id = ? AND {_TAKEN}",  # noqa: S608
        (hit["id"],),
    ).fetchone()
    return None if taken["count"] < hit["max_assignments"] else "All assignments of this HIT are taken: none is left."


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
