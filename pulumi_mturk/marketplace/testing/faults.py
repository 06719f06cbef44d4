"""Fault injection for tests: what a fault is.

Faults are kept in the database, so they act in every process that has it open, embedded or behind a server.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import itertools
import math
import re
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_type_hints

from pulumi_mturk.marketplace.domain.value_ranges import INT64
from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    from collections.abc import Mapping

FaultKind = Literal[
    "throttle",
    "service_fault",
    "service_fault_after",
    "access_denied",
    "drop_before",
    "drop_after",
    "delay",
    "delay_after",
    "trickle",
    "html_before",
    "html_after",
    "garbage_before",
    "garbage_after",
    "empty_before",
    "empty_after",
    "empty_object_before",
    "empty_object_after",
    "cut_length_before",
    "cut_length_after",
    "cut_chunks_before",
    "cut_chunks_after",
    "redirect_before",
    "redirect_after",
    "stop_before",
    "stop_after",
    "kill_before",
    "kill_after",
]
ANY: Final = "*"
GO_ON: Final = ("delay", "delay_after", "stop_before", "stop_after", "kill_before", "kill_after")
"""Kinds that go with others in one call: they change no answer."""
_USED_BY: Final = {
    "retry_after": ("throttle", "service_fault", "service_fault_after"),
    "process_id": ("stop_before", "stop_after", "kill_before", "kill_after"),
}
"""Which kinds a member of a fault is for; `seconds`, which is older, was always taken with each."""
_LONGEST: Final = 10_000_000.0
"""Seconds that a fault's times can have: four months."""
_SPEC: Final = re.compile(r"(?P<kind>\w+)(?::(?P<operation>\w+|\*))?(?P<members>(?:,\w+=[^,]*)*)")


@dataclass(frozen=True)
class Fault:
    """A fault in calls of an operation.

    The ending of a kind says whether the call was executed: `…_before` is a fault in its place, `…_after` one that
    comes after its transaction was committed.

    - `throttle`, `service_fault`, `access_denied`: the call is refused. `service_fault_after`: 500 after it was
      executed.
    - `drop_…`: the connection is closed without an answer.
    - `delay`, `delay_after`: the call, or its answer, waits `seconds`. `trickle`: the answer's body comes byte by byte,
      `seconds` apart.
    - `html_…`, `garbage_…`, `empty_…`, `empty_object_…`: a 200 whose body is a web page (with no request id), bytes
      that are neither UTF-8 nor JSON, nothing, or `{}`. `cut_length_…`: half of the body, under the length of all of
      it. `cut_chunks_…`: chunks without the last one. `redirect_…`: a 302 to another host's page. A call that the
      marketplace refuses keeps its refusal.
    - `stop_…`, `kill_…`: SIGSTOP or SIGKILL to the process `process_id`; the call goes on. A process that is gone, or
      of another user, is no error. Windows has no `stop_…`.

    A call meets the faults in the order in which they were injected: any delays and signals, and at most one of the
    others.
    """

    kind: FaultKind
    operation: str = ANY
    """The operation's name, or "*" for each call."""
    times: int | None = 1
    """Number of calls that it affects; None: no limit."""
    probability: float = 1.0
    """Probability for each call."""
    seed: int = 0
    """Makes the draws of `probability` repeatable."""
    seconds: float = 0.0
    """Length of a delay; of `trickle` between two bytes."""
    skip: int = 0
    """Calls that pass before it begins: 2 for the third call. Calls that an earlier fault ends are not counted."""
    retry_after: int | None = None
    """Seconds in the header Retry-After of a `throttle` or service fault; None: no such header."""
    burst_seconds: float | None = None
    """It acts only so long, by the marketplace's clock, from the first call that it meets; None: always."""
    burst_every: float | None = None
    """Seconds from the beginning of a burst to that of the next; None: one burst. `times` counts over all of them."""
    process_id: int | None = None
    """The process to stop or kill; None: the one that handles the call (embedded: the provider's)."""

    def __post_init__(self) -> None:
        if self.kind not in get_args(FaultKind):
            raise MarketplaceError(f"There is no fault {self.kind!r}; there are: {', '.join(get_args(FaultKind))}.")
        if self.kind.startswith("stop_") and not hasattr(signal, "SIGSTOP"):
            raise MarketplaceError("This system can't stop a process and let it go on.")
        if not 0 <= self.probability <= 1 or not 0 <= self.seconds <= _LONGEST or not _counts(self.times, 1):
            raise MarketplaceError("A fault has a probability from 0 to 1, seconds from 0 and times from 1.")
        if not _counts(self.skip, 0) or not _counts(self.retry_after, 0) or self.seed not in INT64:
            raise MarketplaceError("A fault's skip, retry_after and seed are whole numbers, the first two from 0.")
        if self.process_id is not None and not 1 < self.process_id < 2**31:
            raise MarketplaceError("A fault's process_id is that of one process, from 2.")
        burst, every = self.burst_seconds, self.burst_every
        if burst is None and every is not None:
            raise MarketplaceError("A fault's burst_every needs burst_seconds: how long a burst is.")
        if burst is not None and not (0 < burst <= _LONGEST and (every is None or burst <= every <= _LONGEST)):
            raise MarketplaceError("A fault's burst_seconds is above 0, and burst_every not below it.")
        for member, kinds in _USED_BY.items():
            if getattr(self, member) is not None and self.kind not in kinds:
                raise MarketplaceError(f"{member} is for {', '.join(kinds)}; {self.kind} has none.")


def fault_of(members: Mapping[str, object]) -> Fault:
    """The fault with these members, as they come in JSON.

    Raises:
        MarketplaceError: an unknown member, or a value that it can not have.

    """
    hints = get_type_hints(Fault)
    for name, value in members.items():
        if name not in hints:
            raise MarketplaceError(f"A fault has no member {name[:100]!r}; it has: {', '.join(hints)}.")
        if not _has_type(value, _types(hints[name])):
            raise MarketplaceError(f"A fault's {name} can not be {str(value)[:100]!r}.")
    if "kind" not in members:
        raise MarketplaceError(f"A fault needs a kind: {', '.join(get_args(FaultKind))}.")
    values: dict[str, Any] = dict(members)
    return Fault(**values)


def parse_fault(text: str) -> Fault:
    """The fault of `KIND[:OPERATION][,NAME=VALUE]…`; a value `none` is None: `throttle,times=none,probability=0.3`.

    Raises:
        MarketplaceError: it is not of this form, or no fault has such a value.

    """
    found = _SPEC.fullmatch(text)
    if found is None:
        raise MarketplaceError(f"Write a fault as KIND:OPERATION,NAME=VALUE, not {text[:200]!r}.")
    members: dict[str, object] = {"kind": found["kind"], "operation": found["operation"] or ANY}
    for part in found["members"].split(",")[1:]:
        name, _, value = part.partition("=")
        members[name] = _value(value)
    return fault_of(members)


def members_of(fault: Fault) -> dict[str, Any]:
    """The members that differ from their defaults: `fault_of` makes the fault of them again."""
    fields = dataclasses.fields(fault)
    return {field.name: value for field in fields if (value := getattr(fault, field.name)) != field.default}


def spec_of(fault: Fault) -> str:
    """The inverse of `parse_fault`."""
    members = members_of(fault)
    kind, operation = members.pop("kind"), members.pop("operation", ANY)
    values = (f"{name}={'none' if value is None else value}" for name, value in members.items())
    return ",".join((f"{kind}:{operation}", *values))


def meanings() -> dict[str, str]:
    """What is said of each member of a fault but its kind, in the order of the class."""
    (class_,) = ast.parse(inspect.getsource(Fault)).body
    found: dict[str, str] = {}
    for member, said in itertools.pairwise(ast.iter_child_nodes(class_)):
        match member, said:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found[name] = " ".join(text.split())
    return found


def _value(text: str) -> object:
    if text == "none":
        return None
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _types(hint: Any) -> set[type]:
    """The types that a member's values can have."""
    if hint is FaultKind:
        return {str}
    found = set(get_args(hint) or (hint,))
    return found | {int} if float in found else found


def _has_type(value: object, types: set[type]) -> bool:
    # not isinstance: a bool is an int for Python
    return type(value) in types and not (isinstance(value, float) and not math.isfinite(value))


def _counts(number: int | None, minimum: int) -> bool:
    return number is None or minimum <= number < 2**31
