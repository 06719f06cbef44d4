"""An MTurk-compatible service on one SQLite file: embedded in a process, or as an HTTP server.

It speaks the requester API of 2017-01-17 as AWS's documents and its users' reports describe it. Each behaviour is
labelled in the code: documented, observed on the real service by somebody, or guessed; what is doubtful is a switch.

The names are imported when they are first used: a plan that makes no call needs the identity of a database
(`storage.identify`), but neither the rules nor botocore's model of the service, which take a third of a second.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.errors import (
        ConnectionDropped,
        MarketplaceError,
        MissingDatabaseError,
        NotAMarketplaceError,
        SwitchError,
        WorkerRefusedError,
    )
    from pulumi_mturk.marketplace.faults import Fault
    from pulumi_mturk.marketplace.ledger import (
        Call,
        Event,
        HITSummary,
        HITTypeSummary,
        Notification,
        QualificationTypeSummary,
        Summary,
    )
    from pulumi_mturk.marketplace.server import Server, serve
    from pulumi_mturk.marketplace.service import Marketplace, Response
    from pulumi_mturk.marketplace.switches import SwitchDescription, Switches, describe

_HOMES = {
    "errors": (
        "ConnectionDropped",
        "MarketplaceError",
        "MissingDatabaseError",
        "NotAMarketplaceError",
        "SwitchError",
        "WorkerRefusedError",
    ),
    "faults": ("Fault",),
    "ledger": ("Call", "Event", "HITSummary", "HITTypeSummary", "Notification", "QualificationTypeSummary", "Summary"),
    "server": ("Server", "serve"),
    "service": ("Marketplace", "Response"),
    "switches": ("SwitchDescription", "Switches", "describe"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Call",
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
