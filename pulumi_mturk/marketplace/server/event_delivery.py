"""Delivery of HIT events to the URL of the switch `notification_url`, by one thread of the server's process.

No API call waits for a delivery or fails with it. A delivery that fails is retried: five attempts within two minutes.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.server.background import BackgroundThread
from pulumi_mturk.marketplace.storage import events

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.service import Marketplace
    from pulumi_mturk.marketplace.storage.sql import Row

ATTEMPTS: Final = 5
_FIRST_DELAY: Final = 2.0
"""Seconds by the marketplace's clock until the second attempt; each further delay is three times as long."""
_LONGEST_ANSWER: Final = 5.0
"""Seconds that the receiver has for its answer."""


class EventDelivery(BackgroundThread):
    """The delivering thread."""

    FAILURE = "Events could not be delivered"
    PAUSE = 0.2  # other processes may put events into the database too, so the thread has to poll

    def __init__(self, marketplace: Marketplace) -> None:
        self._marketplace = marketplace
        super().__init__()

    def work(self) -> None:
        """Deliver what is due."""
        with self._marketplace.reading() as ctx:  # which also does what has become due, so that no call has to
            url = ctx.switches.notification_url
        while url and not self.closing.is_set() and (event := self._claim()) is not None:
            self._record_attempt(event, _post(url, event))

    def _claim(self) -> Row | None:
        """The event that is due longest; its next attempt is set at once, so that no other process delivers it too."""
        with self._marketplace.reading() as ctx:
            if not events.is_due(ctx.db, ctx.now):
                return None
        with self._marketplace.writing() as ctx:
            event = events.due_longest(ctx.db, ctx.now)
            if event is not None:
                delay = _FIRST_DELAY * 3 ** event["attempts"]
                events.attempt(ctx.db, event["sequence"], ctx.now + _LONGEST_ANSWER + delay)
            return event

    def _record_attempt(self, event: Row, failure: str | None) -> None:
        with self._marketplace.writing() as ctx:
            if failure is None:
                events.posted(ctx.db, event["sequence"], ctx.now)
            else:
                events.failed(ctx.db, event["sequence"], failure, is_last=event["attempts"] + 1 >= ATTEMPTS)


def _post(url: str, event: Row) -> str | None:
    """Post an event; returns the reason for a failure, or None."""
    request = _request(url, event)
    try:
        with urllib.request.urlopen(request, timeout=_LONGEST_ANSWER):  # noqa: S310 - the switch takes http and https
            return None
    except urllib.error.HTTPError as error:
        error.close()
        return f"The answer was HTTP {error.code}."
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        return f"There was no answer: {reason or type(reason).__name__}."


def _request(url: str, event: Row) -> urllib.request.Request:
    """For SQS the event document itself, for SNS the envelope in which SNS posts to HTTP subscribers."""
    document = event["message"]
    headers = {"Content-Type": "application/json"}
    if event["transport"] == "SNS":
        message = json.loads(document)
        headers = {
            "Content-Type": "text/plain; charset=UTF-8",
            "x-amz-sns-message-type": "Notification",
            "x-amz-sns-topic-arn": event["destination"],
        }
        document = json.dumps(
            {
                "Type": "Notification",
                "MessageId": message["EventDocId"],
                "TopicArn": event["destination"],
                "Subject": str(int(event["time"] * 1000)),
                "Message": document,
                "Timestamp": message["Events"][0]["EventTimestamp"],
            }
        )
    return urllib.request.Request(url, document.encode(), headers)  # noqa: S310 - the switch takes http and https
