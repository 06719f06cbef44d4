"""Tests of programs that call Amazon Mechanical Turk: boto3 goes to a fresh marketplace in the test's own process.

    from pulumi_mturk.testing import mock_mturk

    @mock_mturk
    def test_the_study(marketplace):
        hit = publish(boto3.client("mturk"))
        assert marketplace.worker(country="US").may_accept(hit)

The fixtures of pytest (`mturk_marketplace`, `mturk_worker`, `mturk_client`, `mturk_stack`) are in `pytest_plugin`.

The names are imported on first use: pytest loads the plugin in each run, also where no test asks for a marketplace.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.worker_notifications import Notification
    from pulumi_mturk.marketplace.errors import WorkerRefusedError
    from pulumi_mturk.marketplace.testing.call_recording import Call
    from pulumi_mturk.testing.errors import MockUsageError, RequestRefusedError
    from pulumi_mturk.testing.mock import MTurkMock, mock_mturk
    from pulumi_mturk.testing.mock_marketplace import MockMarketplace
    from pulumi_mturk.testing.workers import Assignment, Permission, Worker

_HOME_OF = {
    "Assignment": "testing.workers",
    "Call": "marketplace.testing.call_recording",
    "MTurkMock": "testing.mock",
    "MockMarketplace": "testing.mock_marketplace",
    "MockUsageError": "testing.errors",
    "Notification": "marketplace.domain.worker_notifications",
    "Permission": "testing.workers",
    "RequestRefusedError": "testing.errors",
    "Worker": "testing.workers",
    "WorkerRefusedError": "marketplace.errors",
    "mock_mturk": "testing.mock",
}

__all__ = [
    "Assignment",
    "Call",
    "MTurkMock",
    "MockMarketplace",
    "MockUsageError",
    "Notification",
    "Permission",
    "RequestRefusedError",
    "Worker",
    "WorkerRefusedError",
    "mock_mturk",
]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"pulumi_mturk.{_HOME_OF[name]}"), name)
