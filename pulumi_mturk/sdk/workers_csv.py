"""`workers_from_csv`, as a program calls it."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

import pulumi

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.rosters import csv_files

Read = TypeVar("Read", bound=Callable[..., Any])


def _without_a_traceback(read: Read) -> Read:
    @functools.wraps(read)
    def reading(*args: Any, **kwargs: Any) -> Any:
        try:
            return read(*args, **kwargs)
        except InvalidInputError as error:
            # Pulumi's own error for a mistake of the user's: it shows the message alone.
            raise pulumi.RunError(str(error)) from None

    return cast("Read", reading)


workers_from_csv = _without_a_traceback(csv_files.workers_from_csv)
