"""A marketplace of one's own for each test, and boto3 as its client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.marketplace.storage import sqlite as storage
from pulumi_mturk.marketplace.storage.encryption import VARIABLE
from tests.support.marketplace import engine
from tests.support.marketplace.api_calls import InProcessClient, client_of
from tests.support.marketplace.new_database import new_database
from tests.support.marketplace.query_plans import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

    from tests.support.marketplace.postgresql_server import PostgreSQLServer


@pytest.fixture(autouse=True)
def plans(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No statement scans a table that grows, whatever is tested."""
    monkeypatch.setattr(storage, "Connection", Watched)
    Watched.findings.clear()
    yield
    assert not Watched.findings, "\n".join(Watched.findings)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "market" / "local.db"


@pytest.fixture(scope="session", name="engine")
def _engine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Has `tests.support.marketplace.engine` make databases of the engine that is tested."""
    if request.config.getoption("--engine") == "sqlite":
        yield
        return
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(VARIABLE, Fernet.generate_key().decode())  # a server's database has no place for a file
        environment.setattr(engine, "server", request.getfixturevalue("postgresql"))
        yield


@pytest.fixture
def kept_in(request: pytest.FixtureRequest, engine: None) -> str | Path:
    """An empty marketplace's database of the engine that is tested: a file, or an address."""
    if request.config.getoption("--engine") == "sqlite":
        return new_database(request.getfixturevalue("database"))
    address: str = request.getfixturevalue("on_server")
    return address


@pytest.fixture
def unmade(request: pytest.FixtureRequest, engine: None) -> Iterator[str | Path]:
    """Where there is no marketplace yet, but the test's own if it has one: no file, or an empty database."""
    if request.config.getoption("--engine") == "sqlite":
        yield request.getfixturevalue("database")
        return
    if "kept_in" in request.fixturenames:
        yield request.getfixturevalue("kept_in")
        return
    server: PostgreSQLServer = request.getfixturevalue("postgresql")
    address = server.empty_database("local")
    yield address
    server.drop(address)


@pytest.fixture
def marketplace(kept_in: str | Path) -> Iterator[Marketplace]:
    with Marketplace.open(kept_in) as opened:
        yield opened


@pytest.fixture
def direct(marketplace: Marketplace) -> InProcessClient:
    """The handler itself, without HTTP."""
    return InProcessClient(marketplace)


@pytest.fixture
def server(marketplace: Marketplace) -> Iterator[Server]:
    with Server(marketplace) as listening:
        yield listening


@pytest.fixture
def mturk(server: Server) -> Iterator[MTurkClient]:
    client = client_of(server)
    yield client
    client.close()


@pytest.fixture
def qualification_type_id(mturk: MTurkClient) -> str:
    answer = mturk.create_qualification_type(
        Name="Transcription", Description="Can transcribe.", QualificationTypeStatus="Active"
    )
    return answer["QualificationType"]["QualificationTypeId"]
