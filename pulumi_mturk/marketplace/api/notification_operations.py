"""Operations on notifications: settings for events of HITs, test events, and messages to workers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.api.parameters import Request, check_length, check_not_empty, flag
from pulumi_mturk.marketplace.domain import hit_types
from pulumi_mturk.marketplace.domain.hit_events import enqueue
from pulumi_mturk.marketplace.domain.worker_notifications import notify
from pulumi_mturk.marketplace.errors import invalid_parameter, request_error
from pulumi_mturk.marketplace.storage import assignments, notification_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_mturk.marketplace.domain.context import Context

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


def update_notification_settings(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateNotificationSettings: a HIT type has one notification specification; a new one replaces it (documented).

    Notification or Active is required; Active alone turns an existing specification on or off (documented). A new one
    without Active is on (guessed). Its Version may be 2006-05-05, as the model says, or 2014-08-15, as the guide says;
    a switch decides (documented). Another switch decides on the transport Email, which worked when it was tried
    (observed). The destination is an e-mail address, the URL of a queue or the ARN of a topic (documented). It need not
    be reachable here (guessed). Ping can not be subscribed to (documented). The codes and texts of these errors are not
    known (guessed).
    """
    hit_type = hit_types.find(ctx, request["HITTypeId"])
    if not {"Notification", "Active"} & request.keys():
        raise invalid_parameter("Notification", "null", "Either Notification or Active must be used")
    if "Notification" in request:
        _check_specification(ctx, request["Notification"])
        if "Ping" in request["Notification"]["EventTypes"]:
            raise invalid_parameter("EventType", "Ping", "Ping is only valid for SendTestEventNotification")
        active = flag(request, "Active", default=True)
        notification_settings.replace(ctx.db, hit_type["id"], json.dumps(request["Notification"]), active=active)
        return {}
    if not notification_settings.set_active(ctx.db, hit_type["id"], active=request["Active"]):
        raise invalid_parameter("Notification", "null", "The HITType has no notification specification yet")
    return {}


def send_test_event_notification(ctx: Context, request: Request) -> dict[str, Any]:
    """SendTestEventNotification: sends one event to the destination, subscribed or not (documented).

    Only here the event may be Ping (documented). Its ids are fixed sample values (observed). Ping has them, too
    (guessed).
    """
    specification = request["Notification"]
    _check_specification(ctx, specification)
    enqueue(ctx, ctx.account, specification, {"EventType": request["TestEventType"], **_SAMPLE})
    return {}


def notify_workers(ctx: Context, request: Request) -> dict[str, Any]:
    """NotifyWorkers: mails up to 100 workers, with at most 200 characters of subject and 4096 of text (documented).

    Only workers with approved or rejected assignments of the caller's HITs are mailed (documented). The others are
    failures in the successful response (observed). That unknown ids give the same failure, that an id given twice is
    mailed once, and the errors of an empty or too long member are not known (guessed).
    """
    check_not_empty(request, "Subject", "MessageText")
    check_length(request, "Subject", SUBJECT_LENGTH)
    check_length(request, "MessageText", TEXT_LENGTH)
    worker_ids = dict.fromkeys(request["WorkerIds"])
    if not worker_ids or len(request["WorkerIds"]) > MAX_WORKERS:
        detail = f"The number of WorkerIds must be between 1 and {MAX_WORKERS}"
        raise invalid_parameter("WorkerId", len(request["WorkerIds"]), detail)
    failures = []
    for worker_id in worker_ids:
        if assignments.has_worked(ctx.db, ctx.account, worker_id):
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
