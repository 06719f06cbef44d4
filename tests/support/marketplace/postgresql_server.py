"""A PostgreSQL server of the tests' own: an ordinary user's, in a temporary folder, on a socket in it.

It needs Debian's package `postgresql`, or its programs on PATH; no server of the machine is touched.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
import uuid
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import psycopg

from pulumi_mturk.marketplace import Marketplace

if TYPE_CHECKING:
    from types import TracebackType

HOW_TO_HAVE_IT: Final = "PostgreSQL is not installed (apt-get install postgresql): nothing was tested on it"
_ORDINARY: Final = ("postgres", "nobody")
"""Users that run it where root runs the tests: PostgreSQL refuses to be root's."""
_SECONDS: Final = 60
_ALWAYS: Final = "shared_preload_libraries=pg_stat_statements", "max_connections=200"
_FAST: Final = "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"


def programs() -> Path | None:
    """The folder with PostgreSQL's programs, the newest of several; None where it is not installed."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0), default=None)
    found = newest or shutil.which("initdb")
    return None if found is None else Path(found).resolve().parent


class PostgreSQLServer:
    """A server, while the block lasts; it ends with the tests' process, however that ends."""

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        """`folder`: of PostgreSQL's programs; `is_durable`: whether a commit waits for the disk."""
        self._settings = () if is_durable else _FAST
        self._programs = folder
        self._user = next((name for name in _ORDINARY if _exists(name)), None) if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._number = 0

    def __enter__(self) -> Self:
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        data = self._folder / "data"
        options = ["-U", "marketplace", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        made: list[str | Path] = [self._programs / "initdb", "-D", data, *options]
        subprocess.run(made, check=True, capture_output=True, user=self._user, cwd=self._folder)
        settings = ("listen_addresses=", f"unix_socket_directories={self._folder}", *_ALWAYS, *self._settings)
        given = [word for setting in settings for word in ("-c", setting)]
        # killed with the tests, too
        with_us = ["setpriv", "--pdeathsig", "INT", "--"] if shutil.which("setpriv") else []
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*with_us, self._programs / "postgres", "-D", data, *given],
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self._user,
                cwd=self._folder,
            )
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(_SECONDS)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def address(self, database: str) -> str:
        """What the marketplace is given for a database."""
        return f"postgresql://marketplace@/{database}?host={self._folder}"

    def empty_database(self) -> str:
        """The address of a new database, without a marketplace in it."""
        return self._made("template0")

    def new_database(self, name: str | None = None) -> str:
        """The address of a new marketplace's database, with an id of its own: a copy, as that is quicker."""
        address = self._made(self._template, name)
        with psycopg.connect(address) as connection:
            connection.execute("UPDATE meta SET value = %s WHERE key = 'id'", (uuid.uuid4().hex,))
        return address

    def drop(self, address: str) -> None:
        """Delete a database, also one that is in use."""
        self._run(f"DROP DATABASE {_name(address)} WITH (FORCE)")

    @cached_property
    def _template(self) -> str:
        address = self.empty_database()
        Marketplace.open(address).close()
        return _name(address)

    def _made(self, template: str, name: str | None = None) -> str:
        self._number += 1
        name = name or f"market{self._number}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.address(name)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _wait(self) -> None:
        deadline = time.monotonic() + _SECONDS
        while True:
            try:
                self._run("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise AssertionError((self._folder / "log").read_text(encoding="utf-8")) from None
                time.sleep(0.05)
            else:
                return


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _name(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]
