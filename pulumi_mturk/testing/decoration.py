"""Functions and classes that run with a mock."""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Iterator

    from pulumi_mturk.testing.mock import MTurkMock
    from pulumi_mturk.testing.mock_marketplace import MockMarketplace

PARAMETER: Final = "marketplace"
"""The parameter by which a decorated function gets the marketplace."""
_STARTED: Final = "_mock_mturk_started"


def decorated_function(mock: MTurkMock, function: Any) -> Any:
    """The function, with the mock active while it runs: until a coroutine or a generator has ended.

    Raises:
        TypeError: its parameter `marketplace` can not be given by keyword.

    """
    if isinstance(function, staticmethod | classmethod):
        return type(function)(decorated_function(mock, function.__func__))
    signature = inspect.signature(function)
    parameter = signature.parameters.get(PARAMETER)
    if parameter is not None and parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
        raise TypeError(f"mock_mturk gives {PARAMETER!r} by keyword: make it an ordinary parameter of {function!r}.")

    def given(marketplace: MockMarketplace, arguments: dict[str, Any]) -> dict[str, Any]:
        return arguments if parameter is None else {PARAMETER: marketplace, **arguments}

    wrapper = functools.wraps(function)(_wrapper(mock, function, given))
    if parameter is not None:
        kept = [each for each in signature.parameters.values() if each.name != PARAMETER]
        wrapper.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]
        wrapper.__annotations__ = {name: hint for name, hint in wrapper.__annotations__.items() if name != PARAMETER}
    return wrapper


def _wrapper(
    mock: MTurkMock, function: Any, given: Callable[[MockMarketplace, dict[str, Any]], dict[str, Any]]
) -> Callable[..., Any]:
    """Of the same kind as the function, which who calls it goes by."""
    if inspect.iscoroutinefunction(function):

        async def coroutine(*args: Any, **kwargs: Any) -> Any:
            with mock as marketplace:
                return await function(*args, **given(marketplace, kwargs))

        return coroutine
    if inspect.isasyncgenfunction(function):

        async def async_generator(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            with mock as marketplace:
                async with contextlib.aclosing(function(*args, **given(marketplace, kwargs))) as items:
                    async for item in items:
                        yield item

        return async_generator
    if inspect.isgeneratorfunction(function):

        def generator(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            with mock as marketplace:
                return (yield from function(*args, **given(marketplace, kwargs)))

        return generator

    def plain(*args: Any, **kwargs: Any) -> Any:
        with mock as marketplace:
            return function(*args, **given(marketplace, kwargs))

    return plain


def decorated_class(mock: MTurkMock, cls: Any) -> Any:
    """The class, changed: each of its tests has a marketplace, which what sets it up and tears it down sees too."""
    functions = list(_public_functions(cls))
    unittest = sys.modules.get("unittest")
    if unittest is not None and issubclass(cls, unittest.TestCase):
        # All that belongs to one test: setUp, the test, tearDown and clean-ups.
        cls.run = decorated_function(mock, cls.run)
    else:
        _decorate_setup(mock, cls)
    for name, value in functions:
        if inspect.isclass(value):
            decorated_class(mock, value)
        else:
            setattr(cls, name, decorated_function(mock, value))
    return cls


def _public_functions(cls: type) -> Iterator[tuple[str, Any]]:
    """The functions of a class and its bases, and its own classes of tests; nothing of unittest's."""
    seen = {"setup_method", "teardown_method"}
    for base in cls.__mro__:
        if base is object or base.__module__.partition(".")[0] == "unittest":
            continue
        for name, value in vars(base).copy().items():
            of_tests = inspect.isclass(value) and name.startswith("Test") and base is cls
            if name not in seen and not name.startswith("_"):
                seen.add(name)
                if of_tests or inspect.isfunction(value) or isinstance(value, staticmethod):
                    yield name, value


def _decorate_setup(mock: MTurkMock, cls: Any) -> None:
    """The mock begins before pytest's `setup_method`, and ends behind `teardown_method`, for each test."""
    set_up, tear_down = (_of_one_test(mock, cls, name) for name in ("setup_method", "teardown_method"))

    def setup_method(self: Any, method: Any) -> None:
        mock.start()
        try:
            set_up(self, method)
        except BaseException:
            mock.stop()
            raise
        # Counted: of a class within another, pytest calls the method once for each of the two.
        self.__dict__[_STARTED] = self.__dict__.get(_STARTED, 0) + 1

    def teardown_method(self: Any, method: Any) -> None:
        try:
            tear_down(self, method)
        finally:
            # A class made of this one may have a setup_method that does not call ours.
            if self.__dict__.get(_STARTED, 0):
                self.__dict__[_STARTED] -= 1
                mock.stop()

    cls.setup_method, cls.teardown_method = setup_method, teardown_method


def _of_one_test(mock: MTurkMock, cls: Any, name: str) -> Callable[[Any, Any], Any]:
    """One of pytest's two methods around a test, which may leave out their parameter: the test's own method."""
    if not hasattr(cls, name):
        return lambda _, __: None
    function = decorated_function(mock, getattr(cls, name))
    return function if len(inspect.signature(function).parameters) > 1 else lambda self, _: function(self)
