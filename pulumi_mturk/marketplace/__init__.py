"""An MTurk-compatible service on one SQLite file: embedded in a process, or as an HTTP server.

It speaks the requester API of 2017-01-17 as AWS's documents and its users' reports describe it. Each behaviour is
labelled in the code: documented, observed on the real service by somebody, or guessed; what is doubtful is a switch.
"""

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
    HITSummary,
    HITTypeSummary,
    Notification,
    QualificationTypeSummary,
    Summary,
)
from pulumi_mturk.marketplace.server import Server, serve
from pulumi_mturk.marketplace.service import Marketplace, Response
from pulumi_mturk.marketplace.switches import SwitchDescription, Switches, describe

__all__ = [
    "Call",
    "ConnectionDropped",
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
