"""What tests may look at from outside: the calls that came in, the messages to workers, and what the database holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.requester import hit_types
from pulumi_mturk.marketplace.requester.hits import counts_of, status_of
from pulumi_mturk.marketplace.type_store import state_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from pulumi_mturk.marketplace.context import Context


@dataclass(frozen=True)
class Call:
    """One request, kept while the switch `record_calls` is on."""

    operation: str
    """The operation's name, empty where the request named none."""
    status: int
    """HTTP status of the answer, 0 where an injected fault lost it."""
    time: float
    """Epoch seconds by the marketplace's clock."""
    parameters: dict[str, Any] | None
    """The members, where `record_calls` is `parameters` and they could be read."""


@dataclass(frozen=True)
class Notification:
    """What the real service would have told a worker."""

    kind: str
    """`Grant`, `Revocation`, `Block`, `Bonus` or `Message`."""
    worker_id: str
    qualification_type_id: str | None
    text: str | None
    time: float
    subject: str | None
    """Of a `Message`."""


@dataclass(frozen=True)
class Event:
    """What the real service would have told a requester who asked to be told of events of a HIT type."""

    event_type: str
    hit_type_id: str
    hit_id: str
    assignment_id: str | None
    time: float
    """Epoch seconds by the marketplace's clock."""
    transport: str
    """`SQS`, `SNS` or `Email`."""
    destination: str
    message: dict[str, Any]
    """The document that the queue, topic or address would get."""
    posted: float | None
    """When it was posted to the address of the switch `notification_url`; none where it was not."""
    failure: str | None
    """Why the latest attempt to post it failed."""


@dataclass(frozen=True)
class QualificationTypeSummary:
    """A qualification type that is not gone."""

    id: str
    name: str
    status: str
    """`Active`, `Inactive` or `Disposing`."""
    holders: int
    """How many workers hold it now."""


@dataclass(frozen=True)
class HITTypeSummary:
    """A HIT type that HITs can be made with."""

    id: str
    title: str
    reward: str
    requirements: int


@dataclass(frozen=True)
class HITSummary:
    """A HIT that was not deleted."""

    id: str
    title: str
    status: str
    assignments: int
    """How many it can have."""
    handed_in: int
    """How many of them were submitted, whatever became of them."""


@dataclass(frozen=True)
class Summary:
    """What a marketplace holds; no worker's id is in it."""

    qualification_types: list[QualificationTypeSummary]
    hit_types: list[HITTypeSummary]
    hits: list[HITSummary]
    blocks: int
    pending_requests: int


def record(
    db: sqlite3.Connection, operation: str, status: int, now: float, parameters: Mapping[str, Any] | None
) -> None:
    """Keep a call."""
    text = None if parameters is None else json.dumps(parameters)
    db.execute(
        "INSERT INTO calls (operation, status, parameters, time) VALUES (?, ?, ?, ?)",
        (operation, status, text, now),
    )


def calls(db: sqlite3.Connection) -> list[Call]:
    """The calls kept, oldest first."""
    return [
        Call(
            row["operation"],
            row["status"],
            row["time"],
            None if row["parameters"] is None else json.loads(row["parameters"]),
        )
        for row in db.execute("SELECT * FROM calls ORDER BY sequence")
    ]


def notifications(db: sqlite3.Connection) -> list[Notification]:
    """The outbox, oldest first."""
    return [
        Notification(
            row["kind"], row["worker_id"], row["qualification_type_id"], row["text"], row["time"], row["subject"]
        )
        for row in db.execute("SELECT * FROM notifications ORDER BY sequence")
    ]


def events(db: sqlite3.Connection) -> list[Event]:
    """The events that requesters were told of, oldest first."""
    return [
        Event(
            row["event_type"],
            row["hit_type_id"],
            row["hit_id"],
            row["assignment_id"],
            row["time"],
            row["transport"],
            row["destination"],
            json.loads(row["message"]),
            row["posted"],
            row["failure"],
        )
        for row in db.execute("SELECT * FROM events ORDER BY sequence")
    ]


def summary(ctx: Context) -> Summary:
    """What the database holds at this moment."""
    db = ctx.db
    holders = dict(
        db.execute(
            "SELECT qualification_type_id, count(*) FROM grants WHERE status = 'Granted' GROUP BY qualification_type_id"
        ).fetchall()
    )
    types = [
        QualificationTypeSummary(row["id"], row["name"], state, holders.get(row["id"], 0))
        for row in db.execute("SELECT * FROM qualification_types ORDER BY sequence")
        if (state := state_of(ctx, row)) != "Gone"
    ]
    alive = [
        HITTypeSummary(row["id"], row["title"], row["reward"], len(hit_types.requirements_of(row)))
        for row in db.execute("SELECT * FROM hit_types ORDER BY sequence")
        if hit_types.is_alive(ctx, row)
    ]
    hits = [
        _hit(ctx, row)
        for row in db.execute(
            """SELECT hits.*, title FROM hits JOIN hit_types ON hit_types.id = hits.hit_type_id
            WHERE NOT hits.deleted ORDER BY hits.sequence"""
        )
    ]
    blocks, pending = db.execute(
        """SELECT (SELECT count(*) FROM blocks),
            (SELECT count(*) FROM qualification_requests WHERE status = 'Pending')"""
    ).fetchone()
    return Summary(types, alive, hits, blocks, pending)


def _hit(ctx: Context, row: sqlite3.Row) -> HITSummary:
    counts = counts_of(ctx, row)
    handed_in = counts.submitted + counts.completed
    return HITSummary(row["id"], row["title"], status_of(ctx, row), row["max_assignments"], handed_in)
