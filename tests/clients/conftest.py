"""A server to call, and what other people's programs are run with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace import Marketplace, Server
from tests.support.marketplace.api_calls import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mypy_boto3_mturk import MTurkClient

BIN = Path(sys.prefix) / "bin"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "study.db"


@pytest.fixture
def marketplace(database: Path) -> Iterator[Marketplace]:
    with Marketplace.open(database) as opened:
        yield opened


@pytest.fixture
def server(marketplace: Marketplace) -> Iterator[Server]:
    with Server(marketplace) as listening:
        yield listening


@pytest.fixture
def mturk(server: Server) -> Iterator[MTurkClient]:
    client = client_of(server)
    yield client
    client.close()


class Shell:
    """A user who has nothing set: no keys, no region, no proxy, nothing at home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {"PATH": f"{BIN}:/usr/bin:/bin", "HOME": str(home)}

    def __call__(
        self, *command: str | Path, more: Mapping[str, str] | None = None, typed: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            list(map(str, command)),
            env=self.environment | dict(more or {}),
            cwd=self.home,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def run(
        self, *command: str | Path, options: tuple[str | Path, ...] = (), more: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """`pulumi-mturk run`."""
        return self(BIN / "pulumi-mturk", "run", *options, "--", *command, more=more)

    def said(self, *command: str | Path, options: tuple[str | Path, ...] = ()) -> str:
        """What a command under `pulumi-mturk run` says that has to succeed, and to tell of its files alone."""
        done = self.run(*command, options=options)
        files = ""
        if "--database" in options:
            kept = Path(options[options.index("--database") + 1])
            files = f"pulumi-mturk: production is {kept}, sandbox is {kept.with_suffix('.sandbox.db')}\n"
        assert (done.returncode, done.stderr) == (0, files)
        return done.stdout.strip()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    home = tmp_path / "home"
    home.mkdir()
    return Shell(home)
