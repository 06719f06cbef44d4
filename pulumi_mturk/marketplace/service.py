"""The class `Marketplace`: one database, one requester's account, and one request handler for every transport."""

from __future__ import annotations

import dataclasses
import logging
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from pulumi_mturk.marketplace import text
from pulumi_mturk.marketplace.accounts import Accounts
from pulumi_mturk.marketplace.api import protocol, signatures
from pulumi_mturk.marketplace.api.operations import READS, WRITES
from pulumi_mturk.marketplace.api_responses import code_of, refusal, success
from pulumi_mturk.marketplace.domain import (
    clock,
    hit_events,
    layouts,
    qualification_requests,
    summary,
    worker_notifications,
    workers,
)
from pulumi_mturk.marketplace.domain.value_ranges import LATEST_CLOCK
from pulumi_mturk.marketplace.errors import (
    ClockError,
    ConnectionDropped,
    DatabaseFailedError,
    EncryptionKeyError,
    MarketplaceError,
    WireError,
    service_fault,
)
from pulumi_mturk.marketplace.settings import Settings, Sources
from pulumi_mturk.marketplace.storage import calls as stored_calls
from pulumi_mturk.marketplace.storage import faults as stored_faults
from pulumi_mturk.marketplace.storage import meta
from pulumi_mturk.marketplace.storage.database import LOCK_TIMEOUT
from pulumi_mturk.marketplace.storage.engines import open_database
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT, NOBODY
from pulumi_mturk.marketplace.storage.sqlite import SQLiteDatabase
from pulumi_mturk.marketplace.switches import Switches, from_json
from pulumi_mturk.marketplace.testing import call_recording, fault_effects, fault_plan, faults, rate_limit
from pulumi_mturk.marketplace.transactions import Transactions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

    from botocore.model import OperationModel

    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.response import Response
    from pulumi_mturk.marketplace.storage.database import Database
    from pulumi_mturk.marketplace.testing.faults import Fault

_log = logging.getLogger(__name__)


class Marketplace:
    """An MTurk-compatible service on one SQLite file; use it as a context manager, or `close` it.

    It may be used from several threads, and several processes may open the same file. Who calls within the process is
    the first requester. Over a network (`handle`) everybody is, too, until `accounts` are configured: then a call has
    to be signed, and is of the account whose access key has signed it.
    """

    def __init__(self, database: Database, sources: Sources | None = None) -> None:
        self._database = database
        self._database_id = database.identity()
        self.secret: Final = database.secret()
        """What keyed hashes of this database are made with."""
        self._sources = sources or Sources()
        self._transactions = Transactions(database, self._sources, self.requester_name)
        self.accounts: Final = Accounts(database, self._sources)
        """The requesters' accounts and access keys."""

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = True, lock_timeout: float = LOCK_TIMEOUT, durable: bool = False
    ) -> Self:
        """Open a marketplace file; create it (and its folder, with a .gitignore) if it does not exist.

        A transaction waits for `lock_timeout` seconds for those of other processes. `durable`, for money that
        is owed to others: what was answered survives a power cut, too, and what changes something waits for the disk.

        Raises:
            MissingDatabaseError: it does not exist, and `create` is false.
            NotAMarketplaceError: the file is something else.

        """
        return cls(open_database(path, create=create, lock_timeout=lock_timeout, durable=durable))

    @classmethod
    def in_memory(cls, name: str, sources: Sources | None = None) -> Self:
        """A new marketplace of this process alone, gone once it is closed. Workers read `name` as the requester's."""
        return cls(SQLiteDatabase(Path(name), create=True, memory=True), sources)

    def save(self, path: Path) -> None:
        """Write everything to a new file, which can be opened then; not the sources. Raises MarketplaceError."""
        self._database.save(path)

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
        """The id that was generated with the file: 32 hexadecimal digits."""
        return self._database_id

    @property
    def requester_name(self) -> str:
        """What workers read as the name of a requester who was given none: the file's, or the database's."""
        return self._database.name

    def handle(
        self, method: str, path: str, headers: Mapping[str, str | bytes], body: bytes, *, account: int | None = None
    ) -> Response:
        """Answer one HTTP request of a requester's account; the response is well-formed whatever the bytes are.

        None: that of the access key which has signed it; until accounts are configured, whoever calls is the first one.

        Raises:
            ConnectionDropped: an injected fault; the caller has to close the connection without a response.

        """
        try:
            return self.answer(method, path, headers, body, account=account)
        except ConnectionDropped:
            raise
        except (DatabaseFailedError, EncryptionKeyError) as error:
            _log.error("%s", error)
        except Exception as error:  # a bug
            _log.error("The marketplace failed: %s", text.failure(error))
        return refusal(Settings(0.0, Switches(), has_faults=False, sources=self._sources), service_fault())

    def answer(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str | bytes],
        body: bytes,
        *,
        account: int | None = FIRST_ACCOUNT,
    ) -> Response:
        """As `handle`, for somebody of this process who can tell the user what is wrong with the file.

        Raises:
            ConnectionDropped: an injected fault; the caller has to close the connection without a response.
            DatabaseFailedError: the file could not be read or written; nothing was changed.

        """
        start = time.monotonic()
        settings = self._transactions.settings()
        if account is None and not settings.has_accounts:
            account = FIRST_ACCOUNT

        def caller() -> int:
            if account is None:
                return self.accounts.caller(method, path, signatures.combined(headers.items()), body)
            protocol.check_access_key(headers, settings.switches.access_keys)
            return account

        try:
            model = protocol.operation_of(method, path, headers)
        except WireError as error:
            code, whose = code_of(error), account or NOBODY
            self._record(settings, call_recording.Call("", error.status, settings.now(), None, code, account=whose))
            response = refusal(settings, error)
        else:
            response = self._handle_operation(settings, model, body, caller)
        settings.wait_since(start)
        return response

    def now(self) -> float:
        """The marketplace's time in epoch seconds: the machine's, plus all seconds given to `advance` since a reset."""
        return self._transactions.settings().now()

    def advance(self, seconds: float) -> None:
        """Advance the marketplace's clock, for every process that has the file open.

        Raises:
            ClockError: below 0 (`reset_clock` leads back), not a number, or beyond the beginning of year 9000.

        """
        if not 0 <= seconds < math.inf:
            raise ClockError("The clock is advanced by seconds, from 0 on: it does not go back, but can be reset.")
        with self._database.write() as db:
            offset, _, _ = meta.of_each_call(db)
            if seconds > LATEST_CLOCK - self._sources.clock() - offset:
                raise ClockError("The clock ends with the year 8999: it can not be advanced so far, but can be reset.")
            meta.put(db, "clock_offset", str(offset + seconds))

    def reset_clock(self) -> None:
        """Set the marketplace's clock to the machine's. What has happened stays, with times that may lie ahead now.

        A HIT whose expiration lies ahead again can be accepted again. Sessions and invitations end as they would have.
        """
        without = dataclasses.replace(self._transactions.settings(), clock_offset=0.0)
        with self._database.write() as db:
            offset, _, _ = meta.of_each_call(db)
            meta.put(db, "clock_offset", "0")
            clock.set_back(without.context(db), offset)

    @property
    def switches(self) -> Switches:
        """The current switches."""
        return self._transactions.settings().switches

    def set_switches(self, /, **values: str | int) -> Switches:
        """Set some switches, for every process that has the file open.

        Raises:
            SwitchError: an unknown name or value; no switch is changed then.

        """
        with self._database.write() as db:
            _, stored, _ = meta.of_each_call(db)
            switches = from_json(stored).changed(values)
            meta.put(db, "switches", switches.to_json())
        return switches

    def inject(self, *injected: Fault) -> None:
        """Inject faults, for every process that has the file open.

        Raises:
            MarketplaceError: a fault names an unknown operation.

        """
        known = (faults.ANY, *protocol.service_model().operation_names)
        if wrong := [fault.operation for fault in injected if fault.operation not in known]:
            raise MarketplaceError(f"The MTurk API has no operation {wrong[0]!r}.")
        with self._database.write() as db:
            for fault in injected:
                fault_plan.add(db, fault)

    def replace_faults(self, injected: Sequence[Fault]) -> None:
        """Inject faults in the place of those that still act; without any, leave them. As `inject`."""
        if injected:
            self.clear_faults()
            self.inject(*injected)

    def faults(self) -> list[Fault]:
        """The faults that still act."""
        with self._database.read() as db:
            return fault_plan.pending(db)

    def clear_faults(self) -> None:
        """Remove all faults."""
        with self._database.write() as db:
            stored_faults.delete_all(db)

    def add_layout(self, html: str, *, account: int = FIRST_ACCOUNT) -> str:
        """Create a HIT layout with `${name}` placeholders, as on the requester's web site; returns its HITLayoutId."""
        with self.writing(account=account) as ctx:
            return layouts.add_layout(ctx, html)

    def calls(self) -> list[call_recording.Call]:
        """The calls recorded while the switch `record_calls` was on, in the order in which they ended."""
        with self._database.read() as db:
            return call_recording.recorded_calls(db)

    def clear_calls(self) -> None:
        """Delete the recorded calls."""
        with self._database.write() as db:
            stored_calls.delete_all(db)

    def notifications(self) -> list[worker_notifications.Notification]:
        """Notifications to workers, oldest first; none is mailed."""
        with self.reading() as ctx:
            return worker_notifications.list_notifications(ctx)

    def events(self) -> list[hit_events.Event]:
        """Events of HITs that UpdateNotificationSettings asked for, oldest first."""
        with self.reading() as ctx:
            return hit_events.list_events(ctx.db)

    def summary(self) -> summary.Summary:
        """A summary of the database, without worker ids."""
        with self.reading() as ctx:
            return summary.summary(ctx)

    def reading(self, *, account: int | None = None) -> AbstractContextManager[Context]:
        """A read-only transaction, after all due events; of a requester's account, or of nobody's."""
        return self._transactions.reading(account)

    def writing(self, *, account: int | None = None) -> AbstractContextManager[Context]:
        """A writing transaction, after all due events, as `reading`; rolled back if the block raises."""
        return self._transactions.writing(account)

    def snapshot(self) -> AbstractContextManager[Context]:
        """A read-only transaction of things as they are: what has become due is left."""
        return self._transactions.snapshot()

    def upkeep(self) -> AbstractContextManager[Context]:
        """A short writing transaction, as `snapshot`: for what is no part of the service, such as deleting the old."""
        return self._transactions.upkeep()

    def writing_in_pieces(self) -> AbstractContextManager[tuple[Context, Callable[[], None]]]:
        """As `writing`, for work that lasts: the second value is called between steps, so that others write, too."""
        return self._transactions.writing_in_pieces()

    def register_worker(self, *worker_ids: str) -> None:
        """Register worker ids; needed only where the switch `unknown_workers` is `refuse`."""
        with self.writing() as ctx:
            for worker_id in worker_ids:
                workers.register_id(ctx, worker_id)

    def request_qualification(
        self, worker_id: str, qualification_type_id: str, answer: str | None = None
    ) -> str | None:
        """Request a qualification as a worker; returns the pending request's id, or None if granted at once.

        A shortcut for tests: `answer` is the QuestionFormAnswers document, and the test need not be started. Without an
        answer the request to a type with a test waits for the requester.

        Raises:
            WorkerRefusedError: the type does not exist, is not active, or can't be requested again now; or the worker
                is not registered, and the switch `unknown_workers` is `refuse`.

        """
        with self.writing() as ctx:
            if ctx.switches.unknown_workers == "accept":
                workers.register_id(ctx, worker_id)
            return qualification_requests.request_with_document(
                ctx, worker_id, qualification_type_id, answer
            ).request_id

    def _handle_operation(
        self, settings: Settings, model: OperationModel, body: bytes, find_caller: Callable[[], int]
    ) -> Response:
        drawn: list[Fault] = []
        parameters: dict[str, Any] | None = None
        account, status, code, executed = NOBODY, 0, "", False

        def record() -> None:
            kinds = "+".join(fault.kind for fault in drawn)
            call = call_recording.Call(model.name, status, settings.now(), parameters, code, kinds, executed, account)
            self._record(settings, call)

        try:
            account = find_caller()
            self._take_rate_token(settings)
            drawn = self._draw_faults(settings, model.name)
            fault_effects.before(drawn, model.name, record)
            content = b"{}"
            if not fault_effects.replaces_call(drawn):
                parameters = protocol.decode(model, body)
                content = protocol.encode(model, self._perform(settings, account, model, parameters))
                executed = True
            fault_effects.after(drawn, model.name, record)
            answer = fault_effects.damaged(drawn, success(settings, content))
            status = answer.status
        except WireError as error:
            status, code = error.status, code_of(error)
            return refusal(settings, error)
        else:
            return answer
        finally:
            record()

    def _take_rate_token(self, settings: Settings) -> None:
        if not (per_second := settings.switches.requests_per_second):
            return
        with self._database.write() as db:
            rate_limit.take_token(db, settings.now(), per_second)

    def _draw_faults(self, settings: Settings, operation: str) -> list[Fault]:
        if not settings.has_faults:
            return []
        with self._database.write() as db:
            return fault_plan.draw(db, operation, settings.now())

    def _perform(
        self, settings: Settings, account: int, model: OperationModel, parameters: dict[str, Any]
    ) -> dict[str, Any]:
        if operation := READS.get(model.name):
            with self._transactions.reading(account, settings) as ctx:
                return operation(ctx, parameters)
        with self._transactions.writing(account, settings) as ctx:
            return WRITES[model.name](ctx, parameters)

    def _record(self, settings: Settings, call: call_recording.Call) -> None:
        if (kept := settings.switches.record_calls) == "off":
            return
        if kept == "on":
            call = dataclasses.replace(call, parameters=None)
        call_recording.record_call(self._database, call)
