"""A provider's core joined to a marketplace of its own, as `mturk:environment: local` joins them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pulumi_mturk import lifecycle
from pulumi_mturk.client import Client
from pulumi_mturk.embedded import Embedded
from pulumi_mturk.lifecycle import AnyResource, Checked, Context, Difference, Found, Session
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.retry import Retry
from pulumi_mturk.settings import Settings


@dataclass
class Clock:
    """Time that passes only while somebody sleeps."""

    now: float = 1000.0
    pauses: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


class Place:
    """One configuration, the process's session with it, and the marketplace behind."""

    def __init__(self, marketplace: Marketplace, session: Session, client: Client, clock: Clock) -> None:
        self.marketplace = marketplace
        self.session = session
        self.client = client
        self.clock = clock
        self.warnings: list[str] = []

    @property
    def settings(self) -> Settings:
        return self.session.settings

    def context(self, name: str = "example", seed: bytes = b"") -> Context:
        return Context(self.session, f"urn:pulumi:test::test::mturk::{name}", name, seed, self.warnings.append)

    def calls(self) -> list[str]:
        """The operations that were called, and forget them."""
        names = [call.operation for call in self.marketplace.calls()]
        self.marketplace.clear_calls()
        return names

    def sent(self, operation: str) -> dict[str, Any]:
        """What the last call of an operation said."""
        return [call.parameters for call in self.marketplace.calls() if call.operation == operation][-1] or {}

    def check(self, token: str, news: dict[str, Any], olds: dict[str, Any] | None = None, seed: bytes = b"") -> Checked:
        return lifecycle.check(REGISTRY[token], self.context(seed=seed), olds or {}, news)

    def made(self, token: str, news: dict[str, Any]) -> "Made":
        """A resource of these inputs."""
        checked = self.check(token, news)
        assert checked.failures == []
        return Made(self, REGISTRY[token], checked.inputs, *self.create(token, checked.inputs))

    def create(self, token: str, inputs: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return lifecycle.create(REGISTRY[token], self.context(), inputs)


@dataclass
class Made:
    """A resource that exists, with its inputs and outputs as a state holds them."""

    place: Place
    resource: AnyResource
    inputs: dict[str, Any]
    id: str
    outputs: dict[str, Any]

    def check(self, news: dict[str, Any]) -> Checked:
        return self.place.check(self.resource.token, news, self.inputs)

    def diff(self, inputs: dict[str, Any]) -> Difference:
        return lifecycle.diff(self.resource, self.outputs, inputs)

    def read(self) -> Found | None:
        return lifecycle.read(self.resource, self.place.context(), self.id, self.outputs, self.inputs)

    def update(self, inputs: dict[str, Any]) -> None:
        self.outputs = lifecycle.update(self.resource, self.place.context(), self.id, self.outputs, inputs)
        self.inputs = inputs

    def delete(self) -> None:
        lifecycle.delete(self.resource, self.place.context(), self.id, self.outputs, self.inputs)


@contextmanager
def opened(folder: Path, **configuration: Any) -> Iterator[Place]:
    """A place that is all there: only its clock does not tick."""
    path = folder / "market.db"
    settings = Settings(local_database=str(path), **configuration)
    clock = Clock()
    embedded = Embedded(settings.local_database)
    retry = Retry(settings.operation_timeout_seconds, clock=clock, sleep=clock.sleep)
    client = Client(settings, embedded.attach, retry)
    session = Session(settings, lambda: client, embedded.database_id if settings.embedded else None)
    with Marketplace.open(path) as marketplace:
        marketplace.set_switches(record_calls="parameters")
        yield Place(marketplace, session, client, clock)
