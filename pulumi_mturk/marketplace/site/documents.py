"""What the JSON API and the command line tell, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.people import profiles

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.context import Context
    from pulumi_mturk.marketplace.people.profiles import Profile


def worker_document(ctx: Context, profile: Profile) -> dict[str, Any]:
    """A worker as registered, and what requirements can ask of what was done since."""
    standing = profiles.standing_of(ctx, profile)
    rates = ("approved", "rejected", "submitted", "returned", "abandoned")
    return {
        **asdict(profile),
        "standing": {
            "history": asdict(standing.history),
            "hits_approved": standing.hits_approved,
            **{f"percent_{rate}": getattr(standing, f"percent_{rate}") for rate in rates},
        },
    }


def plain(value: Any) -> Any:
    """Amounts as texts with two decimals, as the requester's API has them."""
    if isinstance(value, dict):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    return str(value.quantize(Decimal("0.01"))) if isinstance(value, Decimal) else value
