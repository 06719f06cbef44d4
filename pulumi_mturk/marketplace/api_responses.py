"""A call's result, or why it was refused, as the HTTP response that MTurk would give."""

from __future__ import annotations

import email.utils
import functools
import uuid
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.api import protocol
from pulumi_mturk.marketplace.response import Response

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.errors import WireError
    from pulumi_mturk.marketplace.settings import Settings


def success(settings: Settings, body: bytes) -> Response:
    """The response of a call that was carried out."""
    return _response(200, body, settings.date())


def refusal(settings: Settings, error: WireError) -> Response:
    """The response of a call that was refused."""
    sandbox = settings.switches.environment == "sandbox"
    response = _response(error.status, protocol.encode_error(error, settings.now(), sandbox=sandbox), settings.date())
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def code_of(error: WireError) -> str:
    """The code of a refusal, as a recorded call has it."""
    return error.members.get("TurkErrorCode", error.kind)


@functools.lru_cache(maxsize=4)
def _date(second: int) -> str:
    return email.utils.formatdate(second, usegmt=True)


def _response(status: int, body: bytes, date: float) -> Response:
    headers = {
        "x-amzn-RequestId": str(uuid.uuid4()),
        "Content-Type": protocol.CONTENT_TYPE,
        "Content-Length": str(len(body)),
        "Date": _date(int(date)),
    }
    return Response(status, headers, body)
