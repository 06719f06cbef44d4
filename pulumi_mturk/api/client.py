"""One typed method for each operation of the API that the provider uses.

Names are the API's in PascalCase here and nowhere else. Every failure comes out as one of `pulumi_mturk.common.errors`.
"""

import copy
import datetime
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi_mturk.api.connection import Attach, Connection, Endpoint
from pulumi_mturk.api.echoes import secrets_of
from pulumi_mturk.api.errors import (
    AlreadyExistsError,
    ApiError,
    InvalidStateError,
    NotFoundError,
    StoppedError,
    UnavailableError,
    UnknownWorkerError,
)
from pulumi_mturk.api.limiter import RequestLimiter
from pulumi_mturk.api.request_threads import Abandoned, answer_of
from pulumi_mturk.api.retry import Repeat, Retry, Stopped, because, never
from pulumi_mturk.api.translation import translated

if TYPE_CHECKING:
    from boto3.session import Session

T = TypeVar("T")

PAGE_SIZE = 100
# How long a call whose reply was lost is looked up once the run is stopped.
MOMENT_SECONDS = 1.0
# New types are listed after a while; up to a minute was seen [observed by others].
LISTING_LAG_SECONDS = 60.0
# The score may be missing in an answer (the model requires no member).
NO_SCORE = 0
# Deleted types may stay listed for a while with a status that the model does not name [observed by others].
DISPOSING = "Disposing"


@dataclass(frozen=True)
class QualificationTypeInfo:
    """A qualification type as the service describes it."""

    qualification_type_id: str
    name: str
    description: str
    status: str
    keywords: str | None
    retry_delay_in_seconds: int | None
    test: str | None
    test_duration_in_seconds: int | None
    answer_key: str | None
    auto_granted: bool
    auto_granted_value: int | None
    is_requestable: bool
    creation_time: str


@dataclass(frozen=True)
class GrantInfo:
    """A qualification that a worker holds."""

    integer_value: int
    grant_time: str | None


@dataclass(frozen=True)
class Usage:
    """What depends on a qualification type. If `at_least` is set, counting stopped at a limit."""

    holders: int
    requests: int
    hits: int
    excluding_hits: int  # of `hits`, those that keep holders out with DoesNotExist
    at_least: bool

    def __bool__(self) -> bool:
        return bool(self.holders or self.requests or self.hits)


class Client:
    """The MTurk requester API at one endpoint. Safe to share between threads."""

    # Counting stops after so many pages: the refusal that needs the counts then says "at least".
    COUNTED_PAGES = 20

    def __init__(
        self,
        endpoint: Endpoint,
        attach: Attach | None = None,
        retry: Retry | None = None,
        limit: RequestLimiter | None = None,
        session: "Session | None" = None,
    ) -> None:
        """Clients of one boto3 `session` share what it has read of AWS's services, which takes a tenth of a second."""
        self._retry = retry or Retry(deadline_seconds=endpoint.operation_timeout_seconds)
        self._limit = limit or RequestLimiter(per_second=endpoint.requests_per_second)
        self._connection = Connection(endpoint, attach, self._limit.most, session)
        # What answers within the process can't hang, and a thread would cost it a third of its speed.
        self._answer_of = answer_of if attach is None else _directly
        self._stopped: Stopped = never

    def until(self, stopped: Stopped) -> "Client":
        """A client of the same connection and limiter that begins and repeats no call once `stopped` is true.

        Nor does it wait for an answer then. It raises StoppedError, or UnavailableError where a call that was sent may
        have taken effect; whether it did is looked up if that takes no longer than a moment.
        """
        return self._copy(self._retry.until(stopped), stopped)

    def threads(self) -> int:
        """How many threads of calls are useful at the moment."""
        return self._limit.useful_threads()

    def _unstoppable(self) -> "Client":
        """A client that is stopped a moment later only, to look up whether a call took effect."""
        return self._copy(self._retry, _a_moment_after(self._stopped))

    def _copy(self, retry: Retry, stopped: Stopped) -> "Client":
        other = copy.copy(self)
        other._retry, other._stopped = retry, stopped  # noqa: SLF001 - an instance of this class
        return other

    # Qualification types

    def create_qualification_type(self, **values: Any) -> QualificationTypeInfo:
        """Create a type. If the reply is lost, the type is looked up by its name."""

        def look() -> QualificationTypeInfo | None:
            return self._unstoppable().find_qualification_type(values["name"])

        def look_up(error: ApiError) -> QualificationTypeInfo | None:
            # The name is taken after a reply was lost: most likely by that call, whose type may not be listed yet.
            echo = isinstance(error, AlreadyExistsError)
            found = self._retry.wait_for(look, LISTING_LAG_SECONDS) if echo else look()
            # Compared by what can't be changed later; test and answer key may be echoed in another layout.
            same = found is not None and (found.keywords, found.description) == (
                values.get("keywords"),
                values["description"],
            )
            return found if same else None

        answer = self._call("create_qualification_type", values, Repeat.LOOK_UP, look_up=look_up)
        return answer if isinstance(answer, QualificationTypeInfo) else _type_info(answer["QualificationType"])

    def get_qualification_type(self, qualification_type_id: str) -> QualificationTypeInfo | None:
        """Read a type; None if it is deleted or being deleted."""
        values = {"qualification_type_id": qualification_type_id}
        try:
            found = _type_info(self._call("get_qualification_type", values)["QualificationType"])
        except (NotFoundError, InvalidStateError):
            return None
        return None if found.status == DISPOSING else found

    def update_qualification_type(self, qualification_type_id: str, **values: Any) -> QualificationTypeInfo:
        """Change the given members of a type; those that are left out stay as they are."""
        answer = self._call("update_qualification_type", {"qualification_type_id": qualification_type_id, **values})
        return _type_info(answer["QualificationType"])

    def delete_qualification_type(self, qualification_type_id: str) -> None:
        """Delete a type; success if it is already deleted or being deleted."""
        try:
            self._call("delete_qualification_type", {"qualification_type_id": qualification_type_id})
        except (NotFoundError, InvalidStateError):
            return

    def find_qualification_type(self, name: str) -> QualificationTypeInfo | None:
        """The account's type of exactly this name. The service's search is fuzzy, lags, and lists deleted types."""
        values = {"query": name, "must_be_requestable": False, "must_be_owned_by_caller": True}
        for item in self._items("list_qualification_types", "QualificationTypes", values):
            if item.get("Name") == name and item.get("QualificationTypeStatus") != DISPOSING:
                return _type_info(item)
        return None

    def usage_of_qualification_type(self, qualification_type_id: str) -> Usage:
        """Count holders, pending requests and HITs of a type; all 0 if it does not exist."""
        values = {"qualification_type_id": qualification_type_id}
        limit = self.COUNTED_PAGES * PAGE_SIZE
        try:
            listed = [
                _take(self._items(operation, member, {**values, **extra}), limit)
                for operation, member, extra in (
                    ("list_workers_with_qualification_type", "Qualifications", {"status": "Granted"}),
                    ("list_qualification_requests", "QualificationRequests", {}),
                    ("list_hits_for_qualification_type", "HITs", {}),
                )
            ]
        except (NotFoundError, InvalidStateError):
            listed = [[], [], []]
        holders, requests, hits = map(len, listed)
        excluding = _excluding(listed[2], qualification_type_id)
        return Usage(holders, requests, hits, excluding, at_least=limit in (holders, requests, hits))

    def hits_excluding_by(self, qualification_type_id: str) -> int:
        """How many HITs exclude the holders of a type (DoesNotExist), counted up to the limit."""
        values = {"qualification_type_id": qualification_type_id}
        hits = self._items("list_hits_for_qualification_type", "HITs", values)
        return _excluding(_take(hits, self.COUNTED_PAGES * PAGE_SIZE), qualification_type_id)

    # Grants

    def grant(self, qualification_type_id: str, worker_id: str, integer_value: int, *, send_notification: bool) -> None:
        """Grant a qualification, or change the score of one that is held."""

        def look_up(_: ApiError) -> Mapping[str, Any] | None:
            held = self._unstoppable().get_grant(qualification_type_id, worker_id)
            return {} if held is not None and held.integer_value == integer_value else None

        self._call(
            "associate_qualification_with_worker",
            {
                "qualification_type_id": qualification_type_id,
                "worker_id": worker_id,
                "integer_value": integer_value,
                "send_notification": send_notification,
            },
            # A repeat would mail the worker a second time.
            Repeat.LOOK_UP if send_notification else Repeat.SAFE,
            look_up=look_up if send_notification else None,
        )

    def revoke(self, qualification_type_id: str, worker_id: str, reason: str | None) -> None:
        """Revoke a qualification; success if it isn't held. The worker is notified only if a reason is given."""
        values = {"qualification_type_id": qualification_type_id, "worker_id": worker_id, "reason": reason}
        try:
            self._call("disassociate_qualification_from_worker", values)
        except (NotFoundError, InvalidStateError, UnknownWorkerError):
            return

    def get_grant(self, qualification_type_id: str, worker_id: str) -> GrantInfo | None:
        """Read a grant; None if there is none, it is revoked, or the type does not exist."""
        values = {"qualification_type_id": qualification_type_id, "worker_id": worker_id}
        try:
            found = self._call("get_qualification_score", values)["Qualification"]
        except (NotFoundError, InvalidStateError):
            return None
        if found.get("Status") == "Revoked":
            return None
        return GrantInfo(found.get("IntegerValue", NO_SCORE), _time(found.get("GrantTime")))

    def holders(
        self, qualification_type_id: str, seen: Callable[[int], None] = lambda _: None
    ) -> dict[str, int] | None:
        """All holders of a type: worker id -> score; None if the type is deleted or being deleted.

        `seen` is called after each page with the number read so far.
        """
        values = {"qualification_type_id": qualification_type_id, "status": "Granted"}
        held: dict[str, int] = {}
        try:
            for page in self._pages("list_workers_with_qualification_type", "Qualifications", values):
                held.update((item["WorkerId"], item.get("IntegerValue", NO_SCORE)) for item in page)
                seen(len(held))
        except (NotFoundError, InvalidStateError):
            return None
        return held

    # HIT types

    def create_hit_type(self, **values: Any) -> str:
        """Register a HIT type, or find the one with equal values: its id."""
        return str(self._call("create_hit_type", values)["HITTypeId"])

    # Worker blocks

    def create_worker_block(self, worker_id: str, reason: str) -> None:
        """Block a worker from all HITs of the account, or send a new reason for a blocked one."""

        def look_up(_: ApiError) -> Mapping[str, Any] | None:
            return {} if self._unstoppable().list_worker_blocks().get(worker_id) == reason else None

        values = {"worker_id": worker_id, "reason": reason}
        self._call("create_worker_block", values, Repeat.LOOK_UP, look_up=look_up)

    def delete_worker_block(self, worker_id: str) -> None:
        """Lift a block; success when there is none."""
        self._call("delete_worker_block", {"worker_id": worker_id})

    def list_worker_blocks(self) -> dict[str, str]:
        """All blocks of the account: worker id -> reason."""
        return {
            item["WorkerId"]: item.get("Reason", "") for item in self._items("list_worker_blocks", "WorkerBlocks", {})
        }

    # All calls go through here

    def _items(self, operation: str, member: str, values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        return chain.from_iterable(self._pages(operation, member, values))

    def _pages(self, operation: str, member: str, values: Mapping[str, Any]) -> Iterator[Sequence[Mapping[str, Any]]]:
        token = None
        while True:
            answer = self._call(operation, {**values, "max_results": PAGE_SIZE, "next_token": token})
            yield answer.get(member, ())
            token = answer.get("NextToken")
            if not token:
                return

    def _call(
        self,
        operation: str,
        values: Mapping[str, Any],
        repeat: Repeat = Repeat.SAFE,
        look_up: Callable[[ApiError], Any] | None = None,
    ) -> Any:
        """One operation with its retries. Members that are None are left out."""
        request = {_pascal(key): _wire(value) for key, value in values.items() if value is not None}
        secrets = secrets_of(values)
        if operation.startswith(("get_", "list_")):
            repeat = Repeat.READ

        def send() -> Mapping[str, Any]:
            with translated(_pascal(operation), secrets):
                answer: Mapping[str, Any] = getattr(self._connection.open(), operation)(**request)
                return answer

        def attempt() -> Mapping[str, Any]:
            try:
                # A pause between two attempts occupies no slot of the limiter.
                with self._limit.slot(self._stopped):
                    return self._answer_of(send, self._stopped, self._retry.seconds_left)
            except StoppedError as error:
                raise StoppedError(f"{_pascal(operation)}: {error}; run again", operation=_pascal(operation)) from None
            except Abandoned:
                raise self._left(_pascal(operation), repeat) from None

        return self._retry.call(attempt, repeat, look_up)

    def _left(self, operation: str, repeat: Repeat) -> ApiError:
        """The error of a request whose answer was not waited for any longer."""
        if repeat is Repeat.READ and self._stopped():
            return StoppedError(
                f"{operation}: stopped before the answer came{because(self._stopped)}; run again", operation=operation
            )
        return UnavailableError(f"{operation}: no answer so far{because(self._stopped)}", operation=operation)


def _directly(request: Callable[[], T], stopped: Stopped, seconds_left: Callable[[], float]) -> T:
    return request()


def _a_moment_after(stopped: Stopped) -> Stopped:
    since: float | None = None

    def over() -> str | bool | None:
        nonlocal since
        if not (why := stopped()):
            return False
        since = time.monotonic() if since is None else since
        return why if time.monotonic() - since >= MOMENT_SECONDS else False

    return over


def _type_info(item: Mapping[str, Any]) -> QualificationTypeInfo:
    return QualificationTypeInfo(
        qualification_type_id=item["QualificationTypeId"],
        name=item.get("Name", ""),
        description=item.get("Description", ""),
        status=item.get("QualificationTypeStatus", ""),
        keywords=item.get("Keywords") or None,
        retry_delay_in_seconds=item.get("RetryDelayInSeconds"),
        test=item.get("Test"),
        test_duration_in_seconds=item.get("TestDurationInSeconds"),
        answer_key=item.get("AnswerKey"),
        auto_granted=bool(item.get("AutoGranted")),
        auto_granted_value=item.get("AutoGrantedValue"),
        is_requestable=bool(item.get("IsRequestable")),
        creation_time=_time(item.get("CreationTime")) or "",
    )


def _time(value: datetime.datetime | None) -> str | None:
    return value.astimezone(datetime.UTC).isoformat(timespec="seconds") if value is not None else None


def _excluding(hits: Iterable[Mapping[str, Any]], qualification_type_id: str) -> int:
    return sum(
        rule["QualificationTypeId"] == qualification_type_id and rule["Comparator"] == "DoesNotExist"
        for hit in hits
        for rule in hit.get("QualificationRequirements", ())
    )


def _take(items: Iterator[T], limit: int) -> list[T]:
    return [item for item, _ in zip(items, range(limit), strict=False)]


def _pascal(name: str) -> str:
    """snake_case or camelCase to the wire's PascalCase, in which HIT is an acronym."""
    words = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    return re.sub(r"Hit(?=s?(?:[A-Z]|$))", "HIT", words)


def _wire(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_pascal(key): _wire(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_wire(item) for item in value]
    return value
