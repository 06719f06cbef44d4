"""`mock_mturk`: a decorator and a context manager, as moto's `mock_aws` is for AWS's other services."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, TypeVar, overload

from pulumi_mturk.testing import activation, decoration
from pulumi_mturk.testing.errors import MockUsageError
from pulumi_mturk.testing.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from decimal import Decimal

    from pulumi_mturk.testing.mock_marketplace import MockMarketplace
    from pulumi_mturk.testing.options import Environment

Class = TypeVar("Class", bound=type)
Result = TypeVar("Result")


@overload
def mock_mturk(func: Class) -> Class: ...
@overload
def mock_mturk(func: Callable[..., Result]) -> Callable[..., Result]: ...
@overload
def mock_mturk(
    func: None = None,
    *,
    environment: Environment = "sandbox",
    now: datetime | None = None,
    seed: int = 0,
    balance: str | Decimal = "10000.00",
    strict_keys: bool = False,
) -> MTurkMock: ...


def mock_mturk(
    func: Any = None,
    *,
    environment: Environment = "sandbox",
    now: datetime | None = None,
    seed: int = 0,
    balance: str | Decimal = "10000.00",
    strict_keys: bool = False,
) -> Any:
    """Send all of this process's calls of Mechanical Turk to a fresh marketplace in its memory.

    Use it as a decorator of functions, coroutine functions, generator functions (fixtures) and classes, with or without
    arguments; in a `with` statement; or by `start` and `stop`. A function with a parameter `marketplace` gets the
    `MockMarketplace`; the parameter is hidden from its signature, so that pytest looks for no such fixture.

    It holds for the process: every thread and every client, also those that were made before. A use within another
    shares the outermost one's marketplace. A request of another service that nothing else answers, such as moto's
    `mock_aws`, is refused: nothing is sent. Keys and a region are in the environment meanwhile; afterwards it is as it
    was.

    Args:
        func: What is decorated; nothing else is taken by position.
        environment: Whose rules hold: Masters' id, and whether HITs use the balance up (in production).
        now: The marketplace's clock stands still there until it is advanced. None: it is the machine's, and goes on.
        seed: What the ids are drawn from: the same calls get the same ids again.
        balance: The account's balance in US dollars; no HIT may cost more.
        strict_keys: Refuse calls that are not signed with the mock's own key (or moto's): they come from a program
            that brings keys of its own. Without it nobody looks at keys, and none are needed.

    Raises:
        ValueError: an argument has a value that it can not have.

    """
    options = Options(environment=environment, now=now, seed=seed, balance=balance, strict_keys=strict_keys)
    mock = MTurkMock(options)
    return mock if func is None else mock(func)


class MTurkMock:
    """What `mock_mturk()` gives: it can be used several times, one after the other or nested."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._started = 0

    def start(self) -> MockMarketplace:
        """Begin; each start needs a `stop`.

        Raises:
            MockUsageError: another use is active, with other arguments.

        """
        marketplace = activation.enter(self._options)
        self._started += 1
        return marketplace

    def stop(self) -> None:
        """End; the marketplace is gone once the outermost use has ended.

        Raises:
            MockUsageError: it was not started.

        """
        if not self._started:
            raise MockUsageError("mock_mturk: stop() without start(): this mock is not active.")
        self._started -= 1
        activation.leave()

    def reset(self) -> None:
        """Empty the marketplace: all is as at the start, and ids come from the seed again.

        Raises:
            MockUsageError: it was not started.

        """
        if not self._started:
            raise MockUsageError("mock_mturk: reset() without start(): this mock is not active.")
        activation.active_marketplace().reset()

    def __enter__(self) -> MockMarketplace:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @overload
    def __call__(self, func: Class) -> Class: ...
    @overload
    def __call__(self, func: Callable[..., Result]) -> Callable[..., Result]: ...

    def __call__(self, func: Any) -> Any:
        """Decorate a function or a class.

        Raises:
            TypeError: it is something else.

        """
        if inspect.isclass(func):
            return decoration.decorated_class(self, func)
        if not callable(func) and not isinstance(func, staticmethod | classmethod):
            raise TypeError(
                f"mock_mturk decorates functions and classes, not {func!r}; its arguments are given by keyword: "
                "mock_mturk(environment='production')."
            )
        return decoration.decorated_function(self, func)
