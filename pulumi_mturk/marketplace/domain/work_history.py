"""How many assignments a worker accepted, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Row


@dataclass(frozen=True)
class WorkHistory:
    """How many assignments a worker accepted, and how many of them reached each status."""

    accepted: int = 0
    submitted: int = 0
    abandoned: int = 0
    """Not submitted in time."""
    returned: int = 0
    approved: int = 0
    rejected: int = 0

    def __add__(self, other: WorkHistory) -> WorkHistory:
        """The sum."""
        return WorkHistory(
            self.accepted + other.accepted,
            self.submitted + other.submitted,
            self.abandoned + other.abandoned,
            self.returned + other.returned,
            self.approved + other.approved,
            self.rejected + other.rejected,
        )


def history_of(row: Row) -> WorkHistory:
    """The numbers in the columns of the same names."""
    return WorkHistory(*(row[field.name] for field in fields(WorkHistory)))
