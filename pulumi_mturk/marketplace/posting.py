"""Posts events of HITs to the address of the switch `notification_url`, from one thread of the server's process.

No call waits for it or fails with it. What could not be posted is tried again, five times in all, within two minutes.
"""

from __future__ import annotations

import http.client
import json
import logging
import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

    from pulumi_mturk.marketplace.service import Marketplace

_log = logging.getLogger(__name__)
ATTEMPTS: Final = 5
_FIRST_DELAY: Final = 2.0
"""Seconds by the marketplace's clock until the second attempt; each further delay is three times as long."""
_LONGEST_ANSWER: Final = 5.0
"""Seconds that the receiver has for its answer."""
_POLL_SECONDS: Final = 0.2  # other processes may put events into the file too, so nobody can wake the thread


class Poster:
    """The thread that posts; it ends with `close`."""

    def __init__(self, marketplace: Marketplace) -> None:
        self._marketplace = marketplace
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Have the thread end; an attempt under way ends first."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(_POLL_SECONDS):
            try:
                self._post_what_waits()
            except Exception:  # a fault of ours, or of the disk: the next round may do better
                _log.exception("Events could not be posted")

    def _post_what_waits(self) -> None:
        url = self._marketplace.switches.notification_url
        while url and not self._closing.is_set() and (event := self._claim()) is not None:
            self._settle(event, _failure_of_post(url, event))

    def _claim(self) -> sqlite3.Row | None:
        """The event that waits longest; it is put off at once, so that no other server posts it too."""
        with self._marketplace.reading() as ctx:
            waiting = ctx.db.execute("SELECT 1 FROM events WHERE next_attempt <= ? LIMIT 1", (ctx.now,)).fetchone()
        if waiting is None:
            return None
        with self._marketplace.writing() as ctx:
            event = ctx.db.execute(
                "SELECT * FROM events WHERE next_attempt <= ? ORDER BY next_attempt, sequence LIMIT 1", (ctx.now,)
            ).fetchone()
            if event is not None:
                delay = _FIRST_DELAY * 3 ** event["attempts"]
                ctx.db.execute(
                    "UPDATE events SET attempts = attempts + 1, next_attempt = ? WHERE sequence = ?",
                    (ctx.now + _LONGEST_ANSWER + delay, event["sequence"]),
                )
            return event  # type: ignore[no-any-return]

    def _settle(self, event: sqlite3.Row, failure: str | None) -> None:
        with self._marketplace.writing() as ctx:
            if failure is None:
                ctx.db.execute(
                    "UPDATE events SET posted = ?, failure = NULL, next_attempt = NULL WHERE sequence = ?",
                    (ctx.now, event["sequence"]),
                )
                return
            is_last = event["attempts"] + 1 >= ATTEMPTS
            ctx.db.execute(
                "UPDATE events SET failure = ?, next_attempt = iif(?, NULL, next_attempt) WHERE sequence = ?",
                (failure, is_last, event["sequence"]),
            )


def _failure_of_post(url: str, event: sqlite3.Row) -> str | None:
    """Post an event; why that failed, or None."""
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


def _request(url: str, event: sqlite3.Row) -> urllib.request.Request:
    """The document itself, as in a queue; for a topic in the envelope in which SNS posts to its subscribers."""
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
