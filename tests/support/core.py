"""A provider's core joined to a marketplace of its own, over the transport that `pytest --transport` names.

`embedded`, as `mturk:environment: local` joins them, is the default; `http` goes to the address of a server, `proxy` to
one of AWS's addresses, for which the marketplace's proxy answers. The tests are the same.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from boto3.session import Session

from pulumi_mturk.api.client import Client
from pulumi_mturk.api.connection import REGION, Attach
from pulumi_mturk.api.limiter import RequestLimiter
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS, open_certificate_authority
from pulumi_mturk.marketplace.proxy.client_environment import environment_variables
from pulumi_mturk.marketplace.proxy.https_proxy import Proxy
from pulumi_mturk.provider import importing, lifecycle
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.embedded import Embedded
from pulumi_mturk.provider.handles import FILE, Handles
from pulumi_mturk.provider.importing import Imported
from pulumi_mturk.provider.instance import ProviderInstance
from pulumi_mturk.provider.lifecycle import AnyResource, Checked, Context, Difference, Found
from pulumi_mturk.provider.receipts import FOLDER, Receipts
from pulumi_mturk.resources import REGISTRY
from tests.support.marketplace.new_database import new_database


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


@dataclass
class Ticking:
    """Time of which a second passes each time that somebody asks."""

    seconds: Iterator[int] = field(default_factory=count)

    def __call__(self) -> float:
        return float(next(self.seconds))


class Place:
    """One configuration, the process's session with it, and the marketplace behind."""

    def __init__(
        self,
        marketplace: Marketplace,
        new_provider: Callable[[], ProviderInstance],
        client: Client,
        clock: Clock,
        attach: Attach | None,
    ) -> None:
        self.marketplace = marketplace
        # What joins another client to it.
        self.attach = attach
        self._new_provider = new_provider
        self.provider = new_provider()
        self.client = client
        self.clock = clock
        # What the resources' own time is told by.
        self.watch: Callable[[], float] = time.monotonic
        self.warnings: list[str] = []
        self.remarks: list[str] = []
        self.progress: list[str] = []

    @property
    def configuration(self) -> Configuration:
        return self.provider.configuration

    @property
    def address(self) -> str:
        """What resources made here have to be pinned to."""
        return self.configuration.host if self.attach is None else f"local:{self.marketplace.database_id}"

    def context(self, name: str = "example", seed: bytes = b"") -> Context:
        return Context(
            self.provider,
            f"urn:pulumi:test::test::mturk::{name}",
            name,
            seed,
            warn=self.warnings.append,
            info=self.remarks.append,
            progress=self.progress.append,
            clock=self.watch,
        )

    def next_run(self) -> None:
        """Forget what this run of the program has said and done."""
        self.provider = self._new_provider()

    def calls(self) -> list[str]:
        """The operations that were called, and forget them."""
        names = [call.operation for call in self.marketplace.calls()]
        self.marketplace.clear_calls()
        return names

    def counted(self) -> Counter[str]:
        """How many calls of each operation were made, and forget them."""
        return Counter(self.calls())

    def grant_elsewhere(self, type_id: str, scores: Mapping[str, int]) -> None:
        """What a script at run time does: grants of its own, which are not counted."""
        for worker, score in scores.items():
            self.client.grant(type_id, worker, score, send_notification=False)
        self.marketplace.clear_calls()

    def publish(self, rule: Mapping[str, Any]) -> None:
        """A HIT with a requirement, as a script beside the stack publishes it; it is not counted."""
        publish(self.client, rule)
        self.marketplace.clear_calls()

    def sent(self, operation: str) -> dict[str, Any]:
        """What the last call of an operation said."""
        return [call.parameters for call in self.marketplace.calls() if call.operation == operation][-1] or {}

    def check(
        self,
        token: str,
        news: dict[str, Any],
        olds: dict[str, Any] | None = None,
        seed: bytes = b"",
        name: str = "example",
    ) -> Checked:
        return lifecycle.check(REGISTRY[token], self.context(name, seed), olds or {}, news)

    def made(self, token: str, news: dict[str, Any], name: str = "example") -> "Made":
        """A resource of these inputs."""
        checked = self.check(token, news, name=name)
        assert checked.failures == []
        return Made(self, REGISTRY[token], checked.inputs, *self.create(token, checked.inputs, name), name)

    def import_(self, token: str, import_id: str, name: str = "example") -> Imported:
        return importing.import_(REGISTRY[token], self.context(name), import_id)

    def create(self, token: str, inputs: dict[str, Any], name: str = "example") -> tuple[str, dict[str, Any]]:
        return lifecycle.create(REGISTRY[token], self.context(name), inputs)


QUESTION = (
    '<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/'
    'HTMLQuestion.xsd"><HTMLContent><![CDATA[<p>x</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>'
)


def publish(client: Client, rule: Mapping[str, Any]) -> None:
    """A HIT with a requirement."""
    client._connection.open().create_hit(
        Title="Transcribe",
        Description="Words.",
        Reward="0.05",
        AssignmentDurationInSeconds=60,
        LifetimeInSeconds=3600,
        Question=QUESTION,
        QualificationRequirements=[rule],  # type: ignore[list-item]
    )


def publish_of(client: Client, hit_type_id: str, *, assignments: int = 1) -> str:
    """A HIT of a HIT type: its id."""
    answer = client._connection.open().create_hit_with_hit_type(
        HITTypeId=hit_type_id, LifetimeInSeconds=3600, MaxAssignments=assignments, Question=QUESTION
    )
    return answer["HIT"]["HITId"]


@dataclass
class Made:
    """A resource that exists, with its inputs and outputs as a state holds them."""

    place: Place
    resource: AnyResource
    inputs: dict[str, Any]
    id: str
    outputs: dict[str, Any]
    name: str = "example"

    @property
    def context(self) -> Context:
        return self.place.context(self.name)

    def check(self, news: dict[str, Any]) -> Checked:
        return self.place.check(self.resource.token, news, self.inputs, name=self.name)

    def diff(self, inputs: dict[str, Any]) -> Difference:
        return lifecycle.diff(self.resource, self.outputs, inputs)

    def read(self) -> Found | None:
        return lifecycle.read(self.resource, self.context, self.id, self.outputs, self.inputs)

    def update(self, inputs: dict[str, Any]) -> None:
        # The run that made it wants what it made.
        self.place.next_run()
        self.outputs = lifecycle.update(self.resource, self.context, self.id, self.outputs, inputs)
        self.inputs = inputs

    def delete(self) -> None:
        # What a run has made it does not remove again: a delete comes in a later one.
        self.place.next_run()
        lifecycle.delete(self.resource, self.context, self.id, self.outputs, self.inputs)


class TickingClock(Clock):
    """A clock that the marketplace goes by, too."""

    def __init__(self, marketplace: Marketplace) -> None:
        super().__init__()
        self.marketplace = marketplace

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.marketplace.advance(seconds)


def ticking(place: Place) -> Client:
    """A client that waits in the marketplace's own time."""
    clock = TickingClock(place.marketplace)
    return Client(place.configuration, place.attach, Retry(clock=clock, sleep=clock.sleep))


@contextmanager
def _embedded(_: Marketplace, configuration: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield {}


@contextmanager
def _http(marketplace: Marketplace, configuration: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    with Server(marketplace) as server:
        yield {"endpoint_url": server.url}


@contextmanager
def _proxy(marketplace: Marketplace, configuration: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as environment:
        authority = open_certificate_authority(Path(folder))
        with Proxy(dict.fromkeys(HOSTS.values(), marketplace), authority) as proxy:
            for name, value in environment_variables(proxy.url, authority.folder / "ca.pem").items():
                environment.setenv(name, value)
            # `local` has no address of AWS's own, and goes by no proxy.
            yield {} if "environment" in configuration else {"environment": "sandbox"}


# What each transport adds to the configuration.
TRANSPORTS: dict[str, Callable[[Marketplace, Mapping[str, Any]], AbstractContextManager[dict[str, Any]]]] = {
    "embedded": _embedded,
    "http": _http,
    "proxy": _proxy,
}
transport = "embedded"


@cache
def _session() -> Session:
    """One for all: what a new one has to read about AWS's services takes longer than most tests."""
    return Session(region_name=REGION)


@contextmanager
def opened(folder: Path, **keys: Any) -> Iterator[Place]:
    """A place that is all there: only its clock does not tick."""
    path = new_database(folder / "market.db")
    # An address of the test's own is one that nobody looks up.
    connect = TRANSPORTS["embedded" if "endpoint_url" in keys else transport]
    with (
        Marketplace.open(path) as marketplace,
        connect(marketplace, keys) as added,
        Embedded(str(path)) as embedded,
    ):
        configuration = Configuration(local_database=str(path), **keys, **added)
        attach = embedded.attach if connect is _embedded else None
        clock = Clock()
        retry = Retry(configuration.operation_timeout_seconds, clock=clock, sleep=clock.sleep)
        limit = RequestLimiter(per_second=configuration.requests_per_second, clock=clock, sleep=clock.sleep)
        # A session keeps the credentials that it has found: what is not signed needs none, and with the proxy they are
        # always the same.
        shared = configuration.environment == "local" or "environment" in added
        session = _session() if shared and not configuration.profile else None
        client = Client(configuration, attach, retry, limit, session)

        def provider() -> ProviderInstance:
            database_id = embedded.database_id if configuration.embedded else None
            handles = Handles(folder / FILE)
            return ProviderInstance(configuration, lambda: client, database_id, Receipts(folder / FOLDER), handles)

        marketplace.set_switches(record_calls="parameters")
        yield Place(marketplace, provider, client, clock, attach)
