"""Whether the numbers that the marketplace keeps are those that counting gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.storage.consistency import wrong_numbers

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection


def check_kept_numbers(db: Connection) -> None:
    """Fail unless each number that is kept is the one that counting gives."""
    assert wrong_numbers(db) == []
