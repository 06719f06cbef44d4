"""Whether a mock is active in this process, and what it changes there: the environment, and boto3's default session."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.aws_variables import CREDENTIALS, KEYS, NO_INSTANCE_CREDENTIALS, REGION
from pulumi_mturk.testing.errors import MockUsageError
from pulumi_mturk.testing.options import KEY

if TYPE_CHECKING:
    from pulumi_mturk.testing.mock_marketplace import MockMarketplace
    from pulumi_mturk.testing.options import Options

_VARIABLES: Final = (
    dict.fromkeys(CREDENTIALS)
    | dict.fromkeys(KEYS, KEY)
    | NO_INSTANCE_CREDENTIALS
    | dict.fromkeys(("AWS_DEFAULT_REGION", "AWS_REGION"), REGION)
)
"""What each variable is while a mock is active; None: not set."""


@dataclass
class _Active:
    """The outermost use, and what it has to put back."""

    options: Options
    marketplace: MockMarketplace
    environment: dict[str, str | None]
    session: Any
    uses: int = 1


_lock: Final = threading.RLock()
_active: _Active | None = None


def enter(options: Options) -> MockMarketplace:
    """Begin a use; only the outermost one makes a marketplace and changes the process.

    Raises:
        MockUsageError: the outermost use has other options.

    """
    global _active
    with _lock:
        if _active is not None:
            options.check_shares(_active.options)
            _active.uses += 1
            return _active.marketplace
        import boto3

        from pulumi_mturk.testing import botocore_handlers
        from pulumi_mturk.testing.mock_marketplace import MockMarketplace

        marketplace = MockMarketplace(options)
        before = {name: os.environ.get(name) for name in _VARIABLES}
        begun = _Active(options, marketplace, before, boto3.DEFAULT_SESSION)
        _set(_VARIABLES)
        try:
            botocore_handlers.answer_by(marketplace, signed=options.strict_keys)
            # A session keeps the credentials that it finds: neither the user's may come in here, nor ours stay.
            boto3.DEFAULT_SESSION = boto3.Session(botocore_session=botocore_handlers.new_session())
        except BaseException:  # such as a broken file of AWS's configuration
            _put_back(begun)
            raise
        _active = begun
        return marketplace


def leave() -> None:
    """End a use; with the outermost one all is put back.

    Raises:
        MockUsageError: there is none.

    """
    global _active
    with _lock:
        if _active is None:
            raise MockUsageError("mock_mturk is not active.")
        _active.uses -= 1
        if _active.uses:
            return
        ended, _active = _active, None
        _put_back(ended)


def active_marketplace() -> MockMarketplace:
    """The marketplace of the outermost use.

    Raises:
        MockUsageError: no mock is active.

    """
    if (active := _active) is None:
        raise MockUsageError("mock_mturk is not active.")
    return active.marketplace


def _put_back(ended: _Active) -> None:
    import boto3

    from pulumi_mturk.testing import botocore_handlers

    botocore_handlers.rest()
    _set(ended.environment)
    boto3.DEFAULT_SESSION = ended.session
    ended.marketplace.close()


def _set(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
