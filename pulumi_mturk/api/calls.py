"""How an operation is called: by its name and members, with retries, limits and an end.

Names are the API's in PascalCase here and nowhere else.
"""

import copy
import math
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pulumi_mturk.api.connection import Attach, Connection, Endpoint
from pulumi_mturk.api.echoes import secrets_of
from pulumi_mturk.api.errors import ApiError, StoppedError, UnavailableError
from pulumi_mturk.api.limiter import RequestLimiter
from pulumi_mturk.api.request_threads import Abandoned, answer_of
from pulumi_mturk.api.retry import Repeat, Retry, Stopped, because, never
from pulumi_mturk.api.translation import translated

if TYPE_CHECKING:
    from boto3.session import Session
    from mypy_boto3_mturk.client import MTurkClient

T = TypeVar("T")

PAGE_SIZE = 100
# How long a call whose reply was lost is looked up once the run is stopped.
MOMENT_SECONDS = 1.0


class Calls:
    """Calls of operations at one endpoint. Safe to share between threads."""

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

    def until(self, stopped: Stopped) -> Self:
        """A client of the same connection and limiter that begins and repeats no call once `stopped` is true.

        Nor does it wait for an answer then. It raises StoppedError, or UnavailableError where a call that was sent may
        have taken effect; whether it did is looked up if that takes no longer than a moment.
        """
        return self._copy(self._retry.until(stopped), stopped)

    def threads(self) -> int:
        """How many threads of calls are useful at the moment."""
        return self._limit.useful_threads()

    def _unstoppable(self) -> Self:
        """A client that is stopped a moment later only, to look up whether a call took effect."""
        return self._copy(self._retry, _a_moment_after(self._stopped))

    def _copy(self, retry: Retry, stopped: Stopped) -> Self:
        other = copy.copy(self)
        other._retry, other._stopped = retry, stopped  # noqa: SLF001 - an instance of this class
        return other

    def _items(self, operation: str, member: str, values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        return chain.from_iterable(self._pages(operation, member, values))

    def _pages(self, operation: str, member: str, values: Mapping[str, Any]) -> Iterator[Sequence[Mapping[str, Any]]]:
        return (answer.get(member, ()) for answer in self._answers(operation, values))

    def _answers(self, operation: str, values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        token = None
        seen: set[str] = set()
        while True:
            answer = self._call(operation, {**values, "max_results": PAGE_SIZE, "next_token": token})
            yield answer
            token = answer.get("NextToken")
            if not token:
                return
            if token in seen:
                name = _pascal(operation)
                raise ApiError(
                    f"{name}: the listing goes round in a circle, and was given up; run again", operation=name
                )
            seen.add(token)

    def _call(
        self,
        operation: str,
        values: Mapping[str, Any],
        repeat: Repeat = Repeat.SAFE,
        look_up: Callable[[ApiError], Any] | None = None,
    ) -> Any:
        """One operation with its retries. Members that are None are left out."""
        name = _pascal(operation)
        request = {_pascal(key): _wire(value) for key, value in values.items() if value is not None}
        secrets = secrets_of(values)
        if operation.startswith(("get_", "list_")):
            repeat = Repeat.READ

        boto = self._connected(name)

        def send() -> Mapping[str, Any]:
            with translated(name, secrets):
                answer: Mapping[str, Any] = getattr(boto, operation)(**request)
                return answer

        def attempt() -> Mapping[str, Any]:
            try:
                # A pause between two attempts occupies no slot of the limiter.
                with self._limit.slot(self._stopped):
                    return self._answer_of(send, self._stopped, self._retry.seconds_left)
            except StoppedError as error:
                raise StoppedError(f"{name}: {error}; run again", operation=name) from None
            except Abandoned:
                raise self._left(name, repeat) from None

        return self._retry.call(attempt, repeat, look_up)

    def _connected(self, operation: str) -> "MTurkClient":
        """The boto3 client; to make it boto3 may ask others for credentials."""
        if (boto := self._connection.opened) is not None:
            return boto
        try:
            return self._answer_of(self._connection.open, self._stopped, lambda: math.inf)
        except Abandoned:
            raise StoppedError(
                f"{operation}: stopped before the request was sent{because(self._stopped)}; run again",
                operation=operation,
            ) from None

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
