"""What the faults drawn for a call do: before it is executed, after it was, and to its answer."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import time
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.errors import ConnectionDropped, access_denied, service_fault, throttled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_mturk.marketplace.response import Response
    from pulumi_mturk.marketplace.testing.faults import Fault

_PAGE: Final = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to this network.</body></html>"
_PORTAL: Final = "http://portal.example/sign-in"
_GARBAGE: Final = b"\x8f\x00\xffnot JSON\xfe\x01"


def before(drawn: Iterable[Fault], operation: str, record: Callable[[], None]) -> None:
    """What happens before the call is executed; `record` is called first where this process is killed.

    Raises:
        WireError: the call is refused.
        ConnectionDropped: the connection is to be closed.

    """
    for fault in drawn:
        match fault.kind:
            case "delay":
                time.sleep(fault.seconds)
            case "throttle":
                raise throttled(fault.retry_after)
            case "service_fault":
                raise service_fault(fault.retry_after)
            case "access_denied":
                raise access_denied(operation)
            case "drop_before":
                raise ConnectionDropped(f"Injected: the connection was lost before {operation} happened.")
            case "stop_before" | "kill_before":
                _send_signal(fault, record)


def after(drawn: Iterable[Fault], operation: str, record: Callable[[], None]) -> None:
    """What happens after the call was executed; as `before`."""
    for fault in drawn:
        match fault.kind:
            case "delay_after":
                time.sleep(fault.seconds)
            case "service_fault_after":
                raise service_fault(fault.retry_after)
            case "drop_after":
                raise ConnectionDropped(f"Injected: the connection was lost after {operation} happened.")
            case "stop_after" | "kill_after":
                _send_signal(fault, record)


def replaces_call(drawn: Iterable[Fault]) -> bool:
    """Whether a bad answer comes in the place of the call, which is not executed."""
    return any(_damage_of(fault) is not None and fault.kind.endswith("_before") for fault in drawn)


def damaged(drawn: Iterable[Fault], answer: Response) -> Response:
    """The answer as a fault in its body leaves it."""
    for fault in drawn:
        if fault.kind == "trickle":
            return dataclasses.replace(answer, pause=fault.seconds)
        if (damage := _damage_of(fault)) is not None:
            return damage(answer)
    return answer


def _html(answer: Response) -> Response:
    return dataclasses.replace(answer, headers=_page_headers(), body=_PAGE)


def _redirect(answer: Response) -> Response:
    return dataclasses.replace(answer, status=302, headers=_page_headers() | {"Location": _PORTAL}, body=_PAGE)


def _page_headers() -> dict[str, str]:
    """Somebody else's: with no request id."""
    return {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(_PAGE))}


def _garbage(answer: Response) -> Response:
    return _with_body(answer, _GARBAGE)


def _empty(answer: Response) -> Response:
    return _with_body(answer, b"")


def _empty_object(answer: Response) -> Response:
    return _with_body(answer, b"{}")


def _with_body(answer: Response, body: bytes) -> Response:
    return dataclasses.replace(answer, headers=answer.headers | {"Content-Length": str(len(body))}, body=body)


def _cut_length(answer: Response) -> Response:
    return dataclasses.replace(answer, body=answer.body[: len(answer.body) // 2], complete=False)


def _cut_chunks(answer: Response) -> Response:
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    body = b"%x\r\n%b\r\n" % (len(answer.body), answer.body)  # and not the chunk of length 0 that ends them
    return dataclasses.replace(answer, headers=headers | {"Transfer-Encoding": "chunked"}, body=body, complete=False)


_DAMAGE: Final[dict[str, Callable[[Response], Response]]] = {
    "html": _html,
    "redirect": _redirect,
    "garbage": _garbage,
    "empty": _empty,
    "empty_object": _empty_object,
    "cut_length": _cut_length,
    "cut_chunks": _cut_chunks,
}


def _damage_of(fault: Fault) -> Callable[[Response], Response] | None:
    return _DAMAGE.get(fault.kind.removesuffix("_before").removesuffix("_after"))


def _send_signal(fault: Fault, record: Callable[[], None]) -> None:
    kills = fault.kind.startswith("kill_")
    # Windows has neither; there SIGTERM ends a process at once, and a fault that stops one can't be made.
    number = getattr(signal, "SIGKILL", signal.SIGTERM) if kills else signal.SIGSTOP
    process_id = os.getpid() if fault.process_id is None else fault.process_id
    if kills and process_id == os.getpid():
        record()
    with contextlib.suppress(OSError):
        os.kill(process_id, number)
