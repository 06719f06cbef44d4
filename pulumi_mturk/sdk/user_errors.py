"""Mistakes of the user's in what a program calls, told as Pulumi tells them."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

import pulumi

from pulumi_mturk.common.errors import FoundError

Call = TypeVar("Call", bound=Callable[..., Any])


def without_a_traceback(call: Call) -> Call:
    """The same function, with Pulumi's own error for a mistake of the user's, of which it shows the message alone."""

    @functools.wraps(call)
    def calling(*args: Any, **kwargs: Any) -> Any:
        try:
            return call(*args, **kwargs)
        except FoundError as error:
            raise pulumi.RunError(str(error)) from None

    return cast("Call", calling)
