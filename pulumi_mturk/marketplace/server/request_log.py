"""The log as JSON: a line for each request and each message. No id, cookie, address or query is in any of them."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import TYPE_CHECKING, Final, Literal, get_args

from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.server.traffic import Handled

LogFormat = Literal["text", "json"]
"""`text`: what fails, on stderr, as Python writes it; `json`: that and each request, a JSON object a line."""
_requests = logging.getLogger("pulumi_mturk.marketplace.requests")
_FIELDS: Final = "fields"


def use_format(name: str) -> None:
    """Have this process log so. Raises MarketplaceError."""
    if name not in get_args(LogFormat):
        raise MarketplaceError(f"There is no log format {name!r}: write {' or '.join(get_args(LogFormat))}.")
    if name == "text":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONFormatter())
    logger = logging.getLogger("pulumi_mturk")
    logger.handlers = [handler]
    logger.propagate = False
    logger.setLevel(logging.INFO)


def log_request(handled: Handled, seconds: float) -> None:
    """Log a request."""
    if _requests.isEnabledFor(logging.INFO):
        fields = {**handled._asdict(), "milliseconds": round(seconds * 1000, 3)}
        _requests.info("request", extra={_FIELDS: fields})


class JSONFormatter(logging.Formatter):
    """A record as a line of JSON, without the words of an exception, which may hold an id."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line = {
            "time": f"{moment}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        return json.dumps(line)
