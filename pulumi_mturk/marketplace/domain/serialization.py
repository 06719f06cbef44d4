"""Domain objects as JSON values, for the JSON API and the command line."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.domain import worker_statistics

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.domain.workers import WorkerProfile


def worker_document(ctx: Context, profile: WorkerProfile) -> dict[str, Any]:
    """A worker's profile and statistics."""
    statistics = worker_statistics.statistics_of(ctx, profile)
    rates = ("approved", "rejected", "submitted", "returned", "abandoned")
    return {
        **asdict(profile),
        "standing": {
            "history": asdict(statistics.history),
            "hits_approved": statistics.hits_approved,
            **{f"percent_{rate}": getattr(statistics, f"percent_{rate}") for rate in rates},
        },
    }


def to_json_values(value: Any) -> Any:
    """Replace each Decimal by text with two decimals, as the requester's API writes amounts."""
    if isinstance(value, dict):
        return {name: to_json_values(member) for name, member in value.items()}
    if isinstance(value, list):
        return [to_json_values(member) for member in value]
    return str(value.quantize(Decimal("0.01"))) if isinstance(value, Decimal) else value
