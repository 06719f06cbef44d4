"""The one door for answers: those of HTTP, and those of the embedded marketplace."""

import datetime
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any


def served_at(answer: Mapping[str, Any]) -> datetime.datetime | None:
    """The server's time of an answer: its `Date` header, in whole seconds; None if it has none that can be read."""
    headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        time = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=datetime.UTC)
