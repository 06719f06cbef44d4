"""The handlers of botocore's events by which a mock answers requests. They are put there once, and rest without a mock.

botocore emits `before-send` with each request that is ready, and sends nothing where a handler returns a response; it
calls all handlers and takes the first response. So ours for Mechanical Turk comes before all others (moto answers each
of AWS's hosts, with 404 those that it does not know), and the one that refuses comes after them.
"""

from __future__ import annotations

import functools
import gc
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import botocore.client
import botocore.handlers
import botocore.session
from botocore import UNSIGNED

from pulumi_mturk.marketplace import in_process
from pulumi_mturk.testing.errors import RequestRefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.testing.mock_marketplace import MockMarketplace

_EMBEDDED: Final = "embedded.invalid"
"""The host of the provider's embedded marketplace, which answers its own client."""
_lock: Final = threading.Lock()
_installed = False
_target: _Target | None = None


@dataclass(frozen=True)
class _Target:
    """Who answers while a mock is active."""

    marketplace: MockMarketplace
    signed: bool


def answer_by(marketplace: MockMarketplace, *, signed: bool) -> None:
    """Have a marketplace answer from now on; unless `signed`, requests are not signed, and need no keys."""
    global _target
    _install()
    _target = _Target(marketplace, signed)


def rest() -> None:
    """Let all requests go where they go without a mock."""
    global _target
    _target = None


def new_session() -> botocore.session.Session:
    """A session for one mock. What botocore's own files say of services is read once: it takes as long as ten tests."""
    session = botocore.session.Session()
    session.register_component("data_loader", _loader())
    return session


@functools.cache
def _loader() -> Any:
    return botocore.session.Session().get_component("data_loader")


def _install() -> None:
    """Put the handlers into what makes botocore's sessions, and into the sessions and clients that are there already.

    Each session, and each client of it, has handlers of its own, copied when it is made.
    """
    global _installed
    with _lock:
        if _installed:
            return
        botocore.handlers.BUILTIN_HANDLERS += [
            ("before-send.mturk", _answer, botocore.handlers.REGISTER_FIRST),
            ("before-send", _refuse, botocore.handlers.REGISTER_LAST),
            ("choose-signer.mturk", _choose_signer, botocore.handlers.REGISTER_FIRST),
        ]
        for emitter in _emitters():
            emitter.register_first("before-send.mturk", _answer)
            emitter.register_last("before-send", _refuse)
            emitter.register_first("choose-signer.mturk", _choose_signer)
        _installed = True


def _emitters() -> Iterator[Any]:
    """The event emitters of all sessions and clients in this process; botocore keeps no list of them."""
    for found in gc.get_objects():
        # not isinstance, which asks the object: some stand for others, and act when they are asked
        if issubclass(type(found), botocore.session.Session):
            yield found.get_component("event_emitter")
        elif issubclass(type(found), botocore.client.BaseClient):
            yield found.meta.events


def _answer(request: Any, **_: object) -> Any:
    """The marketplace's answer to a request of Mechanical Turk, at whatever address."""
    target = _target
    if target is None or urlsplit(request.url).hostname == _EMBEDDED:
        return None
    return in_process.answer(target.marketplace.marketplace, request)


def _choose_signer(**_: object) -> Any:
    """Without a signature: neither keys are needed, nor a client's own, which may have to be fetched, touched."""
    target = _target
    return None if target is None or target.signed else UNSIGNED


def _refuse(request: Any, event_name: str, **_: object) -> Any:
    if _target is None:
        return None
    service, operation = event_name.split(".", 2)[1:]
    return _Refused(service, operation, urlsplit(request.url).hostname or "")


class _Refused:
    """In the place of a response: raises once botocore reads it, which it does if no other handler gave one."""

    def __init__(self, service: str, operation: str, host: str) -> None:
        self._message = (
            f"mock_mturk: the program calls {operation} of the service {service} ({host}), which nothing in this test "
            "answers. Nothing was sent. Answer for it as well, for example with moto: put @mock_aws beside @mock_mturk."
        )

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise RequestRefusedError(self._message)
