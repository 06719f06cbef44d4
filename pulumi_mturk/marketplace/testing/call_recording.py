"""The journal of API calls, for tests."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.errors import DatabaseLockedError
from pulumi_mturk.marketplace.storage import calls
from pulumi_mturk.marketplace.storage.database import LOCK_TIMEOUT
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.database import Database
    from pulumi_mturk.marketplace.storage.sql import Connection


_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """One request, recorded while the switch `record_calls` is on."""

    operation: str
    """The operation's name, empty where the request named none."""
    status: int
    """HTTP status of the answer, 0 where none was sent."""
    time: float
    """Epoch seconds by the marketplace's clock."""
    parameters: dict[str, Any] | None
    """The members, where `record_calls` is `parameters` and they could be read."""
    error: str = ""
    """The refusal's TurkErrorCode, or `__type` where it has none; empty where there was none."""
    fault: str = ""
    """The kinds of the injected faults that it met, with `+` between."""
    executed: bool = False
    """Whether its transaction was committed, whatever became of the answer."""
    account: int = FIRST_ACCOUNT
    """Whose call it was."""

    def public(self) -> dict[str, Any]:
        """All but the parameters, which hold worker ids and keys to tests."""
        return {
            "operation": self.operation,
            "status": self.status,
            "time": self.time,
            "error": self.error,
            "fault": self.fault,
            "executed": self.executed,
            "account": self.account,
        }


def record_call(database: Database, call: Call) -> None:
    """Store a call; where the database stays locked, say so and go on.

    No error is raised then: what was executed would be repeated as if nothing had happened.
    """
    parameters = None if call.parameters is None else json.dumps(call.parameters)
    deadline = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            with database.write() as db:
                calls.insert(db, **{**vars(call), "parameters": parameters})
        except DatabaseLockedError:
            if time.monotonic() > deadline:
                _log.warning("A call of %s was not recorded: the database is locked.", call.operation)
                return
        else:
            return


def recorded_calls(db: Connection) -> list[Call]:
    """The recorded calls, in the order in which they ended."""
    return [
        Call(
            row["operation"],
            row["status"],
            row["time"],
            None if row["parameters"] is None else json.loads(row["parameters"]),
            row["error"],
            row["fault"],
            bool(row["executed"]),
            row["account"],
        )
        for row in calls.all_of_them(db)
    ]
