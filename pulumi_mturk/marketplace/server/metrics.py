"""`/metrics` for Prometheus: requests, durations, and what waits in the database, asked of it at each scrape.

Read from the machine itself, and not through a proxy, or with the operator's key. No label holds an id.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pulumi_mturk.marketplace.accounts import bearer
from pulumi_mturk.marketplace.domain import due_events
from pulumi_mturk.marketplace.response import Response, plain_text
from pulumi_mturk.marketplace.server.exposure import is_forwarded
from pulumi_mturk.marketplace.server.hosts import is_loopback
from pulumi_mturk.marketplace.server.traffic import BOUNDS
from pulumi_mturk.marketplace.storage import request_counts, waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace.server.request import Request
    from pulumi_mturk.marketplace.server.traffic import Traffic
    from pulumi_mturk.marketplace.service import Marketplace

PATH: Final = "/metrics"
_BOUNDS: Final = (*map(str, BOUNDS), "+Inf")


def answer(marketplace: Marketplace, traffic: Traffic, request: Request) -> Response:
    """The metrics, for whoever may read them."""
    if not (_is_local(request) or _is_operator(marketplace, request)):
        said = "Metrics are read from the machine itself, not through a proxy, or with the operator's key."
        return plain_text(403, said, PATH)
    try:
        from prometheus_client import CollectorRegistry
        from prometheus_client.exposition import choose_encoder
    except ImportError:
        return plain_text(501, "Metrics need prometheus-client: pip install 'pulumi-mturk[hosting]'", PATH)
    with marketplace.upkeep() as ctx:
        traffic.flush(ctx.db)
    registry = CollectorRegistry()
    registry.register(_Collector(marketplace))
    encode, content_type = choose_encoder(", ".join(request.all("accept")))
    body = encode(registry)
    return Response(200, {"Content-Type": content_type, "Content-Length": str(len(body))}, body, route=PATH)


def _is_local(request: Request) -> bool:
    """Whether it comes from this machine: by its address, under a name of this machine, and without a proxy's marks."""
    hosts = request.all("host")
    if is_forwarded(request) or request.all("via") or len(hosts) != 1:
        return False
    return is_loopback(request.client) and is_loopback(urlsplit(f"//{hosts[0]}").hostname or "")


def _is_operator(marketplace: Marketplace, request: Request) -> bool:
    key = bearer("".join(request.all("authorization")))
    return key is not None and marketplace.accounts.is_operator(key)


class _Collector:
    """Reads the database at each scrape."""

    def __init__(self, marketplace: Marketplace) -> None:
        self._marketplace = marketplace

    def collect(self) -> Iterator[Any]:
        """The families."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        with self._marketplace.snapshot() as ctx:
            counts = [*request_counts.all_of(ctx.db)]
            due = due_events.numbers(ctx)
            deliveries = waiting.deliveries(ctx.db)
        totals: Counter[tuple[str, ...]] = Counter()
        buckets: dict[tuple[str, ...], list[int]] = {}
        seconds: dict[tuple[str, ...], float] = {}
        for row in counts:
            totals[row["method"], row["route"], row["operation"], str(row["status"])] += row["requests"]
            kind = row["route"], row["operation"]
            buckets.setdefault(kind, [0] * len(_BOUNDS))[row["bucket"]] += row["requests"]
            seconds[kind] = seconds.get(kind, 0.0) + row["seconds"]
        requests = CounterMetricFamily(
            "marketplace_requests", "Requests answered.", labels=("method", "route", "operation", "status")
        )
        for labels, number in totals.items():
            requests.add_metric(labels, number)
        yield requests
        durations = HistogramMetricFamily(
            "marketplace_request_duration_seconds", "Time to answer a request.", labels=("route", "operation")
        )
        for labels, numbers in buckets.items():
            cumulative = [sum(numbers[: index + 1]) for index in range(len(numbers))]
            durations.add_metric(labels, [*zip(_BOUNDS, cumulative, strict=True)], seconds[labels])
        yield durations
        events = GaugeMetricFamily("marketplace_due_events", "Events that are due and not processed.", labels=("kind",))
        for name, number in due.items():
            events.add_metric((name,), number)
        yield events
        yield GaugeMetricFamily("marketplace_deliveries_waiting", "HIT events not delivered yet.", deliveries)
