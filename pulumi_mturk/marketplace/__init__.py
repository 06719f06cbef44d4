"""An MTurk-compatible service on one SQLite file: embedded in a process, or as an HTTP server.

It speaks the requester API of 2017-01-17 as AWS's documents and its users' reports describe it. Each behaviour is
labelled in the code: documented, observed on the real service and published, or guessed; doubtful ones are switches.

The names are imported on first use: a plan without API calls needs only the id of a database
(`storage.database.identify`), and the rest with botocore's service model takes a third of a second.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.hit_events import Event
    from pulumi_mturk.marketplace.domain.summary import HITSummary, HITTypeSummary, QualificationTypeSummary, Summary
    from pulumi_mturk.marketplace.domain.worker_notifications import Notification
    from pulumi_mturk.marketplace.errors import (
        ClockError,
        ConnectionDropped,
        MarketplaceError,
        MissingDatabaseError,
        NotAMarketplaceError,
        SwitchError,
        WorkerRefusedError,
    )
    from pulumi_mturk.marketplace.response import Response
    from pulumi_mturk.marketplace.server.http_server import Server, serve
    from pulumi_mturk.marketplace.service import Marketplace
    from pulumi_mturk.marketplace.switches import SwitchDescription, Switches, describe
    from pulumi_mturk.marketplace.testing.call_recording import Call
    from pulumi_mturk.marketplace.testing.faults import Fault

_HOMES = {
    "errors": (
        "ClockError",
        "ConnectionDropped",
        "MarketplaceError",
        "MissingDatabaseError",
        "NotAMarketplaceError",
        "SwitchError",
        "WorkerRefusedError",
    ),
    "domain.hit_events": ("Event",),
    "domain.summary": ("HITSummary", "HITTypeSummary", "QualificationTypeSummary", "Summary"),
    "domain.worker_notifications": ("Notification",),
    "server.http_server": ("Server", "serve"),
    "response": ("Response",),
    "service": ("Marketplace",),
    "switches": ("SwitchDescription", "Switches", "describe"),
    "testing.call_recording": ("Call",),
    "testing.faults": ("Fault",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Call",
    "ClockError",
    "ConnectionDropped",
    "Event",
    "Fault",
    "HITSummary",
    "HITTypeSummary",
    "Marketplace",
    "MarketplaceError",
    "MissingDatabaseError",
    "NotAMarketplaceError",
    "Notification",
    "QualificationTypeSummary",
    "Response",
    "Server",
    "Summary",
    "SwitchDescription",
    "SwitchError",
    "Switches",
    "WorkerRefusedError",
    "describe",
    "serve",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
