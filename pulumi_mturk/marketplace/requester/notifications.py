"""What requesters are told of their HITs, and what they tell workers."""

from __future__ import annotations

import datetime
import json
import re
import secrets
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.context import Context, Request, flag, notify
from pulumi_mturk.marketplace.errors import invalid_parameter, request_error
from pulumi_mturk.marketplace.requester import hit_types
from pulumi_mturk.marketplace.requester.text_rules import filled, not_longer

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSIONS: Final = ("2006-05-05", "2014-08-15")
DESTINATIONS: Final = {
    "Email": re.compile(r"[^@\s]+@[^@\s]+"),
    "SQS": re.compile(r"https?://\S+"),
    "SNS": re.compile(r"arn:[^:\s]+:sns:[^:\s]*:[^:\s]*:[^:\s]+"),
}
MAX_WORKERS: Final = 100
SUBJECT_LENGTH: Final = 200
TEXT_LENGTH: Final = 4096
_SAMPLE: Final = {
    "HITId": "12345678901234567890",
    "AssignmentId": "1234567890123456789012345678901234567890",
    "HITTypeId": "09876543210987654321",
}
"""The ids in a test event (observed)."""
_ACCOUNT: Final = "000000000000"


def update_notification_settings(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateNotificationSettings: a HIT type has one notification specification; a new one replaces it (documented).

    Notification or Active has to be there; Active alone turns the specification on or off, which has to be there
    then (documented). A new one without Active is on (guessed). Its Version may be 2006-05-05, as the model says, or
    2014-08-15, as the guide says; a switch decides (documented). So it is with the transport Email, which worked when
    somebody tried it (observed). The destination is an e-mail address, the URL of a queue or the ARN of a topic
    (documented). Whether it can be reached is not looked at here (guessed). Ping can not be subscribed to (documented).
    The codes and texts of all refusals here are not known (guessed).
    """
    hit_type = hit_types.find(ctx, request["HITTypeId"])
    if not {"Notification", "Active"} & request.keys():
        raise invalid_parameter("Notification", "null", "Either Notification or Active must be used")
    if "Notification" in request:
        _check_specification(ctx, request["Notification"])
        if "Ping" in request["Notification"]["EventTypes"]:
            raise invalid_parameter("EventType", "Ping", "Ping is only valid for SendTestEventNotification")
        ctx.db.execute(
            "INSERT OR REPLACE INTO notification_settings (hit_type_id, notification, active) VALUES (?, ?, ?)",
            (hit_type["id"], json.dumps(request["Notification"]), flag(request, "Active", default=True)),
        )
        return {}
    changed = ctx.db.execute(
        "UPDATE notification_settings SET active = ? WHERE hit_type_id = ?", (request["Active"], hit_type["id"])
    )
    if not changed.rowcount:
        raise invalid_parameter("Notification", "null", "The HITType has no notification specification yet")
    return {}


def send_test_event_notification(ctx: Context, request: Request) -> dict[str, Any]:
    """SendTestEventNotification: sends one event as the specification says, whether that names it or not (documented).

    Here alone the event may be Ping (documented). The ids in it are made-up ones, always the same (observed). With
    Ping they are there too (guessed).
    """
    specification = request["Notification"]
    _check_specification(ctx, specification)
    _send(ctx, specification, {"EventType": request["TestEventType"], **_SAMPLE})
    return {}


def notify_workers(ctx: Context, request: Request) -> dict[str, Any]:
    """NotifyWorkers: mails up to 100 workers, with at most 200 characters of subject and 4096 of text (documented).

    Only workers whose work was approved or rejected before are mailed (documented). The others are failures in the
    answer, which is a success (observed). That the failure is the same for ids that are nobody's, that an id given
    twice is mailed once, and the errors of an empty or too long member are not known (guessed).
    """
    filled(request, "Subject", "MessageText")
    not_longer(request, "Subject", SUBJECT_LENGTH)
    not_longer(request, "MessageText", TEXT_LENGTH)
    worker_ids = dict.fromkeys(request["WorkerIds"])
    if not worker_ids or len(request["WorkerIds"]) > MAX_WORKERS:
        detail = f"The number of WorkerIds must be between 1 and {MAX_WORKERS}"
        raise invalid_parameter("WorkerId", len(request["WorkerIds"]), detail)
    failures = []
    for worker_id in worker_ids:
        if _has_worked(ctx, worker_id):
            notify(ctx, "Message", worker_id, subject=request["Subject"], text=request["MessageText"])
        else:
            failures.append(
                {
                    "NotifyWorkersFailureCode": "HardFailure",
                    "NotifyWorkersFailureMessage": (
                        "Cannot send a notification to a worker who has not done any work for you"
                    ),
                    "WorkerId": worker_id,
                }
            )
    return {"NotifyWorkersFailureStatuses": failures}


def emit(ctx: Context, event_type: str, hit_id: str, assignment_id: str | None = None) -> None:
    """An event of a HIT is sent if the specification of the HIT's type asks for it and is on (documented)."""
    row = ctx.db.execute(
        """SELECT notification, hits.hit_type_id FROM hits
        JOIN notification_settings ON notification_settings.hit_type_id = hits.hit_type_id
        WHERE hits.id = ? AND active""",
        (hit_id,),
    ).fetchone()
    if row is None:
        return
    specification = json.loads(row["notification"])
    if event_type not in specification["EventTypes"]:
        return
    ids = {"HITId": hit_id, "HITTypeId": row["hit_type_id"]}
    if assignment_id is not None:
        ids["AssignmentId"] = assignment_id
    _send(ctx, specification, {"EventType": event_type, **ids})


def _send(ctx: Context, specification: Mapping[str, Any], event: Mapping[str, str]) -> None:
    """Put an event into the outbox. Its document has one event here, where the service may have several."""
    moment = datetime.datetime.fromtimestamp(ctx.now, datetime.UTC)
    document = {  # documented, but for SourceAccount, which is observed, as the id of 40 hexadecimal digits is
        "Events": [{"EventTimestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"), **event}],
        "EventDocId": secrets.token_hex(20),
        "SourceAccount": _ACCOUNT,
        "CustomerId": _requester_id(ctx),
        "EventDocVersion": specification["Version"],
    }
    ctx.db.execute(
        """INSERT INTO events (event_type, hit_type_id, hit_id, assignment_id, time, destination, transport, message,
            next_attempt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            event["EventType"],
            event["HITTypeId"],
            event["HITId"],
            event.get("AssignmentId"),
            ctx.now,
            specification["Destination"],
            specification["Transport"],
            json.dumps(document),
            ctx.now if ctx.switches.notification_url else None,
        ),
    )


def _check_specification(ctx: Context, specification: Mapping[str, Any]) -> None:
    version, transport = specification["Version"], specification["Transport"]
    allowed = VERSIONS if ctx.switches.notification_version == "both" else (ctx.switches.notification_version,)
    if version not in allowed:
        raise invalid_parameter("Version", version, f"Valid values: {', '.join(allowed)}")
    if transport == "Email" and ctx.switches.email_notifications == "refuse":
        raise invalid_parameter("Transport", transport, "Valid values: SQS, SNS")
    if not specification["EventTypes"]:
        raise invalid_parameter("EventType", "", "At least one EventType must be used")
    if not DESTINATIONS[transport].fullmatch(specification["Destination"]):
        # the code is known from Amazon's own clients, the text is guessed
        message = f"The destination is not valid for the transport {transport}."
        raise request_error("InvalidTransportEndpoint", message)


def _has_worked(ctx: Context, worker_id: str) -> bool:
    statement = "SELECT 1 FROM assignments WHERE worker_id = ? AND status IN ('Approved', 'Rejected') LIMIT 1"
    return ctx.db.execute(statement, (worker_id,)).fetchone() is not None


def _requester_id(ctx: Context) -> str:
    """The requester's own id: there is one in a database, so it is made of the database's (the form is documented)."""
    database_id = ctx.db.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()[0]
    return f"ALOCAL{database_id[:8].upper()}"
