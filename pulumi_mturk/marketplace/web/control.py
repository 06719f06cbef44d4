"""The control path, for tests alone: faults, the journal of calls, and switches, over HTTP.

A server has it only where it was asked for (`Server(…, control=True)`, `--control`): whoever reaches the port can then
stop a process of the server's user. With accounts that takes the operator's key. All bodies are JSON:

- `GET /control/v1/faults`: the faults that still act. `POST`: inject `{"faults": [{"kind": …}, …]}`, with the members
  of `Fault`. `DELETE`: remove all.
- `GET /control/v1/calls`: the journal, kept while the switch `record_calls` is on. `DELETE`: empty it.
- `PATCH /control/v1/switches`: set switches, `{"listing_lag_seconds": 70}`.
"""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint
from werkzeug.exceptions import BadRequest

from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.testing.faults import fault_of, members_of
from pulumi_mturk.marketplace.web import session
from pulumi_mturk.marketplace.web.json_api import check_source, json_object

PREFIX: Final = "/control"
blueprint: Final = Blueprint("control", __name__, url_prefix=f"{PREFIX}/v1")
blueprint.before_request(check_source)


@blueprint.get("/faults")
def list_faults() -> Any:
    """The faults that still act, with the members that are not their defaults."""
    return [members_of(fault) for fault in session.marketplace().faults()]


@blueprint.post("/faults")
def inject_faults() -> Any:
    """Inject faults, all or none of them."""
    body = json_object()
    given = body.get("faults")
    if set(body) != {"faults"} or not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise BadRequest('Send {"faults": [{"kind": "throttle", …}, …]}.')
    try:
        session.marketplace().inject(*(fault_of(members) for members in given))
    except MarketplaceError as error:
        raise BadRequest(str(error)) from None
    return list_faults(), 201


@blueprint.delete("/faults")
def clear_faults() -> Any:
    """Remove all faults."""
    session.marketplace().clear_faults()
    return {}


@blueprint.get("/calls")
def list_calls() -> Any:
    """The journal of calls, without their parameters."""
    return [call.public() for call in session.marketplace().calls()]


@blueprint.delete("/calls")
def clear_calls() -> Any:
    """Empty the journal."""
    session.marketplace().clear_calls()
    return {}


@blueprint.patch("/switches")
def set_switches() -> Any:
    """Set some switches."""
    try:
        session.marketplace().set_switches(**json_object())
    except MarketplaceError as error:
        raise BadRequest(str(error)) from None
    return {}
