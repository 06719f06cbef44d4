"""The marketplace itself: one database, one requester's account, one handler for every door."""

from __future__ import annotations

import contextlib
import logging
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pulumi_mturk.marketplace import clockwork, faults, ledger, protocol, rate_limit, workers
from pulumi_mturk.marketplace.context import Context
from pulumi_mturk.marketplace.errors import (
    ConnectionDropped,
    MarketplaceError,
    WireError,
    service_fault,
)
from pulumi_mturk.marketplace.people import qualifying
from pulumi_mturk.marketplace.requester import layouts
from pulumi_mturk.marketplace.requester.operations import READS, WRITES
from pulumi_mturk.marketplace.storage import Database
from pulumi_mturk.marketplace.switches import Switches, from_json

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from botocore.model import OperationModel

    from pulumi_mturk.marketplace.faults import Fault

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Response:
    """An HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class _Settings:
    """What holds for one call, read once at its beginning."""

    clock_offset: float
    switches: Switches
    has_faults: bool

    def now(self) -> float:
        return time.time() + self.clock_offset

    def context(self, db: sqlite3.Connection) -> Context:
        return Context(db, self.now(), self.switches)

    def wait_since(self, start: float) -> None:
        """Wait until an answer that began at `start` of the monotonic clock has taken as long as the switch says."""
        if latency := self.switches.latency_milliseconds:
            time.sleep(max(0.0, start + latency / 1000 - time.monotonic()))


class Marketplace:
    """An MTurk-compatible service on one SQLite file; use it as a context manager, or `close` it.

    It may be used from several threads, and several processes may open the same file. All that is in one file belongs
    to one requester; signatures are not looked at, so whoever reaches the service is that requester.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._database_id = database.identity()

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Self:
        """Open a marketplace file, and make it (and its folder, with a .gitignore) if it is not there.

        Raises:
            MissingDatabaseError: it is not there, and `create` is false.
            NotAMarketplaceError: the file is something else.

        """
        return cls(Database(Path(path), create=create))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def database_id(self) -> str:
        """The database's own id, 32 hexadecimal digits, made with the file: another file is another place."""
        return self._database_id

    def handle(self, method: str, path: str, headers: Mapping[str, str | bytes], body: bytes) -> Response:
        """Answer one HTTP request. Whatever the bytes are, the answer is a well-formed one.

        Raises:
            ConnectionDropped: an injected fault; the caller's connection has to look lost.

        """
        start = time.monotonic()
        try:
            settings = self._settings()
            try:
                model = protocol.operation_of(method, path, headers)
            except WireError as error:
                self._record(settings, "", error.status, None)
                response = _refusal(settings, error)
            else:
                response = self._answer(settings, model, body)
            settings.wait_since(start)
        except ConnectionDropped:
            raise
        except Exception:
            # a fault of ours, or of the disk: not in the client's words, but in the log, and never its request
            _log.exception("The marketplace failed")
            return _refusal(_Settings(0.0, Switches(), has_faults=False), service_fault())
        else:
            return response

    def now(self) -> float:
        """The marketplace's time in epoch seconds: the machine's, plus what `advance` was told."""
        return self._settings().now()

    def advance(self, seconds: float) -> None:
        """Turn the marketplace's clock forward, for every process that has the file open."""
        with self._database.write() as db:
            db.execute("UPDATE meta SET value = CAST(value AS REAL) + ? WHERE key = 'clock_offset'", (seconds,))

    @property
    def switches(self) -> Switches:
        """The switches as they stand."""
        return self._settings().switches

    def set_switches(self, **values: str | int) -> Switches:
        """Set some switches, for every process that has the file open.

        Raises:
            SwitchError: a name or value does not exist; none is set then.

        """
        with self._database.write() as db:
            stored = db.execute("SELECT value FROM meta WHERE key = 'switches'").fetchone()[0]
            switches = from_json(stored).changed(values)
            db.execute("UPDATE meta SET value = ? WHERE key = 'switches'", (switches.to_json(),))
        return switches

    def inject(self, *injected: Fault) -> None:
        """Inject faults, for every process that has the file open.

        Raises:
            MarketplaceError: a fault names an operation that there is not.

        """
        known = (faults.ANY, *protocol.service_model().operation_names)
        if wrong := [fault.operation for fault in injected if fault.operation not in known]:
            raise MarketplaceError(f"The MTurk API has no operation {wrong[0]!r}.")
        with self._database.write() as db:
            for fault in injected:
                faults.add(db, fault)

    def faults(self) -> list[Fault]:
        """The faults that are not over."""
        with self._database.read() as db:
            return faults.pending(db)

    def clear_faults(self) -> None:
        """Take all faults away."""
        with self._database.write() as db:
            db.execute("DELETE FROM faults")

    def add_layout(self, html: str) -> str:
        """Make a HIT layout, as requesters do on their web site: the HITLayoutId, for HITs that fill its `${names}`."""
        with self.writing() as ctx:
            return layouts.add(ctx, html)

    def calls(self) -> list[ledger.Call]:
        """The calls that came in while the switch `record_calls` was on, oldest first."""
        with self._database.read() as db:
            return ledger.calls(db)

    def clear_calls(self) -> None:
        """Forget the calls."""
        with self._database.write() as db:
            db.execute("DELETE FROM calls")

    def notifications(self) -> list[ledger.Notification]:
        """What workers would have been told, oldest first."""
        with self._database.read() as db:
            return ledger.notifications(db)

    def events(self) -> list[ledger.Event]:
        """What the requester would have been told of HITs, as UpdateNotificationSettings asked for, oldest first."""
        with self.reading() as ctx:
            return ledger.events(ctx.db)

    def summary(self) -> ledger.Summary:
        """What the marketplace holds, without worker ids."""
        with self.reading() as ctx:
            return ledger.summary(ctx)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Context]:
        """All that is there at one moment, for rules that change nothing."""
        with self._reading(self._settings()) as ctx:
            yield ctx

    @contextlib.contextmanager
    def writing(self) -> Iterator[Context]:
        """A transaction for rules that change something; it is undone when the block raises."""
        with self._writing(self._settings()) as ctx:
            yield ctx

    def register_worker(self, *worker_ids: str) -> None:
        """Make workers known; needed only where the switch `unknown_workers` is `refuse`."""
        with self.writing() as ctx:
            for worker_id in worker_ids:
                workers.register_worker(ctx, worker_id)

    def request_qualification(
        self, worker_id: str, qualification_type_id: str, answer: str | None = None
    ) -> str | None:
        """Request a qualification as a worker does: the pending request's id, or None where it was granted at once.

        A short way for tests: `answer` is the QuestionFormAnswers document, and no test has to be begun. Without one a
        test waits for the requester.

        Raises:
            WorkerRefusedError: the type is not there, not active, or can't be asked for again now; or the worker is a
                stranger, and the switch `unknown_workers` is `refuse`.

        """
        with self.writing() as ctx:
            if ctx.switches.unknown_workers == "accept":
                workers.register_worker(ctx, worker_id)
            return qualifying.request_with_document(ctx, worker_id, qualification_type_id, answer).request_id

    def _answer(self, settings: _Settings, model: OperationModel, body: bytes) -> Response:
        parameters: dict[str, Any] | None = None
        status = 0
        try:
            self._count_in(settings)
            met = self._draw_faults(settings, model.name)
            faults.strike_before(met, model.name)
            parameters = protocol.decode(model, body)
            answer = _response(200, protocol.encode(model, self._perform(settings, model, parameters)))
            faults.strike_after(met, model.name)
            status = answer.status
        except WireError as error:
            status = error.status
            return _refusal(settings, error)
        else:
            return answer
        finally:
            self._record(settings, model.name, status, parameters)

    def _settings(self) -> _Settings:
        with self._database.read() as db:
            meta = dict(db.execute("SELECT key, value FROM meta").fetchall())
            has_faults = db.execute("SELECT EXISTS (SELECT 1 FROM faults)").fetchone()[0]
        return _Settings(float(meta["clock_offset"]), from_json(meta["switches"]), bool(has_faults))

    def _count_in(self, settings: _Settings) -> None:
        if not (per_second := settings.switches.requests_per_second):
            return
        with self._database.write() as db:
            rate_limit.take_token(db, settings.now(), per_second)

    def _draw_faults(self, settings: _Settings, operation: str) -> list[Fault]:
        if not settings.has_faults:
            return []
        with self._database.write() as db:
            return faults.draw(db, operation)

    @contextlib.contextmanager
    def _reading(self, settings: _Settings) -> Iterator[Context]:
        self._catch_up(settings)
        with self._database.read() as db:
            yield settings.context(db)

    @contextlib.contextmanager
    def _writing(self, settings: _Settings) -> Iterator[Context]:
        self._catch_up(settings)
        with self._database.write() as db:
            ctx = settings.context(db)
            # what became due while the transaction waited for another one happens first, too
            if clockwork.is_due(ctx):
                clockwork.run(ctx)
            yield ctx

    def _catch_up(self, settings: _Settings) -> None:
        """Have happened what time alone brings about, before anybody looks."""
        with self._database.read() as db:
            if not clockwork.is_due(settings.context(db)):
                return
        with self._database.write() as db:
            clockwork.run(settings.context(db))

    def _perform(self, settings: _Settings, model: OperationModel, parameters: dict[str, Any]) -> dict[str, Any]:
        if rule := READS.get(model.name):
            with self._reading(settings) as ctx:
                return rule(ctx, parameters)
        with self._writing(settings) as ctx:
            return WRITES[model.name](ctx, parameters)

    def _record(self, settings: _Settings, operation: str, status: int, parameters: dict[str, Any] | None) -> None:
        wanted = settings.switches.record_calls
        if wanted == "off":
            return
        with self._database.write() as db:
            kept = parameters if wanted == "parameters" else None
            ledger.record(db, operation, status, settings.now(), kept)


def _refusal(settings: _Settings, error: WireError) -> Response:
    sandbox = settings.switches.environment == "sandbox"
    return _response(error.status, protocol.encode_error(error, settings.now(), sandbox=sandbox))


def _response(status: int, body: bytes) -> Response:
    headers = {
        "x-amzn-RequestId": str(uuid.uuid4()),
        "Content-Type": protocol.CONTENT_TYPE,
        "Content-Length": str(len(body)),
    }
    return Response(status, headers, body)
