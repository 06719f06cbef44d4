"""Requests on threads of their own, so that whoever waits for an answer can leave.

A request that hangs (at a name server, while connecting, on an answer that trickles in) can't be ended from outside:
a socket that is closed leaves it hanging, and one that is shut down makes botocore take the cut body for an answer
[measured]. So it is left alone on its thread: whatever comes of it is never read, and the process does not wait for it
to end.
"""

import threading
from collections.abc import Callable
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, NoReturn, TypeVar

from pulumi_mturk.api.retry import Stopped

T = TypeVar("T")

# How often whoever waits asks whether to leave.
STEP_SECONDS = 0.05

_idle: list["_Thread"] = []


class Abandoned(Exception):  # noqa: N818 - nothing went wrong
    """The request was left alone: its outcome is not known."""


def answer_of(request: Callable[[], T], stopped: Stopped, seconds_left: Callable[[], float]) -> T:
    """Run a request on another thread: its result, or what it raised.

    Raises:
        Abandoned: `stopped` turned true, or no time was left, before it had ended.

    """
    try:
        thread = _idle.pop()
    except IndexError:
        thread = _Thread()
        thread.start()
    reply: SimpleQueue[Callable[[], T]] = SimpleQueue()
    thread.orders.put((request, reply))
    try:
        outcome = _wait(reply, stopped, seconds_left)
    except BaseException:
        thread.orders.put(None)
        raise
    _idle.append(thread)
    return outcome()


def _wait(reply: "SimpleQueue[T]", stopped: Stopped, seconds_left: Callable[[], float]) -> T:
    while True:
        try:
            return reply.get(timeout=STEP_SECONDS)
        except Empty:
            if stopped() or seconds_left() <= 0:
                raise Abandoned from None


class _Thread(threading.Thread):
    """Makes one request after another. A daemon: a process ends without those that hang."""

    def __init__(self) -> None:
        super().__init__(name="mturk-request", daemon=True)
        self.orders: SimpleQueue[tuple[Callable[[], Any], SimpleQueue[Any]] | None] = SimpleQueue()

    def run(self) -> None:
        """Until the request under way is abandoned."""
        while (order := self.orders.get()) is not None:
            request, reply = order
            try:
                outcome = partial(_returned, request())
            except BaseException as error:
                outcome = partial(_raised, error)
            reply.put(outcome)
            del order, request, reply, outcome


def _returned(result: T) -> T:
    return result


def _raised(error: BaseException) -> NoReturn:
    raise error
