"""What happens because time passes: work that was not handed in, approvals that were not given, HITs that expire.

Nothing runs in the background: before anybody looks, all that is due happens, in the order of its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.context import Context


def is_due(ctx: Context) -> bool:
    """Whether anything is; asked before each call, so it costs next to nothing."""
    return False


def run(ctx: Context) -> None:
    """Have all of it happen, oldest first."""
