"""Events of HITs: sent to the destination that the requester named for the HIT type."""

from __future__ import annotations

import datetime
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.storage import events, meta, notification_settings
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Connection, Row


@dataclass(frozen=True)
class Event:
    """An event of a HIT, which the real service would send to the destination of the notification settings."""

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
    """The document for the queue, topic or address."""
    posted: float | None
    """When it was delivered to the URL of the switch `notification_url`; None if it was not."""
    failure: str | None
    """Why the latest delivery attempt failed."""


def list_events(db: Connection) -> list[Event]:
    """The events of all accounts, oldest first."""
    return [event for _, event in events_after(db)]


def events_after(db: Connection, after: int = 0) -> Iterator[tuple[int, Event]]:
    """As `list_events`, one after the other, each with its position: after that of `after`."""
    for row in events.after(db, after):
        yield row["sequence"], _event(row)


def _event(row: Row) -> Event:
    return Event(
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


_ACCOUNT: Final = "000000000000"


def emit(ctx: Context, event_type: str, hit_id: str, assignment_id: str | None = None) -> None:
    """An event of a HIT is sent if the specification of the HIT's type asks for it and is on (documented)."""
    row = notification_settings.of_hit(ctx.db, hit_id)
    if row is None:
        return
    specification = json.loads(row["notification"])
    if event_type not in specification["EventTypes"]:
        return
    ids = {"HITId": hit_id, "HITTypeId": row["hit_type_id"]}
    if assignment_id is not None:
        ids["AssignmentId"] = assignment_id
    enqueue(ctx, row["account"], specification, {"EventType": event_type, **ids})


def enqueue(ctx: Context, account: int, specification: Mapping[str, Any], event: Mapping[str, str]) -> None:
    """Store an account's event for delivery. Its document has one event here; the service may put several into one."""
    moment = datetime.datetime.fromtimestamp(ctx.now, datetime.UTC)
    document = {  # documented, but for SourceAccount, which is observed, as the id of 40 hexadecimal digits is
        "Events": [{"EventTimestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), **event}],
        "EventDocId": secrets.token_hex(20),
        "SourceAccount": _ACCOUNT,
        "CustomerId": _requester_id(ctx, account),
        "EventDocVersion": specification["Version"],
    }
    events.insert(
        ctx.db,
        account=account,
        event_type=event["EventType"],
        hit_type_id=event["HITTypeId"],
        hit_id=event["HITId"],
        assignment_id=event.get("AssignmentId"),
        time=ctx.now,
        destination=specification["Destination"],
        transport=specification["Transport"],
        message=json.dumps(document),
        next_attempt=ctx.now if ctx.switches.notification_url else None,
    )


def _requester_id(ctx: Context, account: int) -> str:
    """The requester's id, derived from the database's and the account's number (the form is documented)."""
    number = "" if account == FIRST_ACCOUNT else str(account)  # the first one's is as it was before there were others
    return f"ALOCAL{str(meta.get(ctx.db, 'id'))[:8].upper()}{number}"
