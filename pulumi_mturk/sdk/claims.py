"""What two resources of a program may not both have, if two providers make them.

Each provider is a process of its own, and compares the resources that it serves. Those of different providers meet in
the program alone. Looked at are providers whose settings are of the same place (`places`): two accounts have nothing in
common.
"""

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import pulumi
from pulumi.runtime.settings import get_monitor

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.rules import form, qualification_types
from pulumi_mturk.rules import grants as rules
from pulumi_mturk.sdk.arguments import type_id
from pulumi_mturk.sdk.provider_places import place_of
from pulumi_mturk.sdk.route import Route


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a resource wants for itself. Values may be Outputs."""

    kind: "Kind"
    path: str
    value: Any
    """The name of a type, a worker's id, or the text of a roster."""
    type: Any = ""
    """Of a grant and a roster: the id of the qualification type, or the resource that it is."""
    exclusive: Any = False


@dataclass(frozen=True)
class Owned:
    """A claim, and whose it is."""

    claim: Claim
    route: Route
    name: str

    @property
    def words(self) -> str:
        """Which resource it is, for a message."""
        return f"the resource {self.name!r}, which goes by {self.route.name},"


Kind: TypeAlias = Callable[[Claim, Owned, list[Any]], Diagnostics]
"""What is claimed, as the function that compares a claim with an earlier one, given the values of both once known."""

Identity: TypeAlias = tuple[str, str, str]
"""What tells a resource from the others of its program: class, name, and the name of the parent."""


class Claims:
    """The claims of one run of a program. A resource that is declared again, as by several unit tests, has one."""

    def __init__(self) -> None:
        self._by_provider: dict[Kind, dict[str, dict[Identity, Owned]]] = {}
        self._by_plugin: dict[Identity, bool] = {}

    def add_name(self, identity: Identity, route: Route) -> None:
        """Raise `InvalidInputError` if a resource that goes the other way has the same class, name and parent."""
        if self._by_plugin.setdefault(identity, route.plugin) is not route.plugin:
            kind, name, _ = identity
            other = "the dynamic providers" if route.plugin else "the plugin"
            said = (
                f"another {kind} of this program has the name {name!r}, and goes through {other}; Pulumi would take "
                "the two for one resource that has moved; give one of them another name"
            )
            raise InvalidInputError(form.NAME_IN_BOTH_SHELLS.at("", said))

    def add(self, identity: Identity, route: Route, claim: Claim) -> None:
        """Raise `InvalidInputError` if a resource of another provider has it; for Outputs the run fails later."""
        claims = self._by_provider.setdefault(claim.kind, {})
        claims.setdefault(route.name, {})[identity] = Owned(claim, route, identity[1])
        if len(claims) == 1:
            return  # as in most programs
        here = place_of(route)
        for provider, others in claims.items():
            if provider != route.name and here is not None and place_of(next(iter(others.values())).route) == here:
                for other in others.values():
                    _compare(claim, other)


# One process can run several programs, one after the other (Automation API, unit tests); each has its own monitor.
_of_runs: weakref.WeakKeyDictionary[Any, Claims] = weakref.WeakKeyDictionary()


def of_this_run() -> Claims:
    """The claims of the run that is under way."""
    monitor = get_monitor()
    return Claims() if monitor is None else _of_runs.setdefault(monitor, Claims())


def _compare(claim: Claim, other: Owned) -> None:
    theirs = other.claim
    values = [claim.value, theirs.value, claim.exclusive, theirs.exclusive]
    if claim.type is not theirs.type:
        values += [type_id(claim.type), type_id(theirs.type)]
    if any(isinstance(value, Unknown) for value in values):
        pulumi.Output.all(*values).apply(lambda known: _refuse_later(list(claim.kind(claim, other, known))))
    elif found := list(claim.kind(claim, other, values)):
        raise InvalidInputError(*found)


def _refuse_later(found: list[Diagnostic]) -> None:
    """Raise Pulumi's own error, of which it shows the message alone: no line of the program is to blame."""
    if found:
        raise pulumi.RunError("; ".join(map(str, found)))


def type_name(claim: Claim, other: Owned, values: list[Any]) -> Diagnostics:
    """The name of a qualification type."""
    if values[0] is not None and values[0] == values[1]:
        yield qualification_types.NAME_TWICE.at(
            claim.path,
            f"{other.words} makes a qualification type of the same name, and a name is unique in an account; use that "
            "type here, or give one of the two another name",
        )


def grants(claim: Claim, other: Owned, values: list[Any]) -> Diagnostics:
    """Grants of a qualification type to workers."""
    from pulumi_mturk.rosters.encoding import decode  # few programs need it

    ours, theirs, exclusive, other_exclusive, *types = values
    if len(set(types)) > 1:
        return
    mine, their = decode(ours or "").scores.keys(), decode(theirs or "").scores.keys()
    if shared := len(mine & their):
        yield rules.GRANTED_TWICE.at(
            claim.path, f"{other.words} grants the same type to {shared:,} of the same workers; list each worker once"
        )
    elif other_exclusive is True:
        yield rules.NOT_ON_THE_EXCLUSIVE_LIST.at(
            claim.path, f"{other.words} is an exclusive roster of this type, and does not list all of them"
        )
    elif exclusive is True:
        yield rules.EXCLUSIVE_IS_NOT_ALONE.at(
            "exclusive",
            f"{other.words} grants the same type to workers who are not listed here; an exclusive roster must be the "
            "only one",
        )


def block(claim: Claim, other: Owned, values: list[Any]) -> Diagnostics:
    """The block of a worker."""
    if values[0] == values[1]:
        yield rules.BLOCKED_TWICE.at(claim.path, f"{other.words} blocks the same worker; leave one of the two out")
