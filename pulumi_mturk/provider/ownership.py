"""Which resource of a program owns which grant or block, so that moving one between resources takes it from nobody.

On a rename Pulumi creates the resource under its new name first, and deletes the old one afterwards. Without this, the
delete would take away what the create has just granted.
"""

import threading
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

# What can be owned: the grants of one qualification type, or the blocks of the account, whose members are worker ids;
# the names that the program gives to qualification types; the types that exist already, by the names that they have;
# and HIT types, each by its values.
Group: TypeAlias = tuple[str, ...]

BLOCKS: Group = ("blocks",)
TYPE_NAMES: Group = ("names of qualification types",)
LIVE_TYPES: Group = ("qualification types that exist",)
HIT_TYPES: Group = ("HIT types",)


def grants_of(qualification_type_id: str) -> Group:
    """The grants of a qualification type: a worker holds one of them at most, whichever resource grants it."""
    return ("grants", qualification_type_id)


@dataclass(frozen=True)
class Conflict:
    """Another resource that claims members of the same group.

    `shared` members are claimed by both; 0 if none is, and one of the two claims the whole group (`exclusive`).
    """

    name: str
    shared: int


class Ownership:
    """The claims of one run. Safe to share between threads.

    While the call that removes a member is under way, a resource that claims it waits (`wait_for_releases`), so that
    neither call overtakes the other.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        # Per group: member -> URN of its owner; URN -> the members it claims; URNs that claim the whole group.
        self._owners: dict[Group, dict[str, str]] = {}
        self._claims: dict[Group, dict[str, AbstractSet[str]]] = {}
        self._exclusive: dict[Group, set[str]] = {}
        self._releasing: set[tuple[Group, str]] = set()
        # Per group: member -> the score that was removed in this run.
        self._released: dict[Group, dict[str, int]] = {}
        self._lost: set[str] = set()

    def claim(self, urn: str, group: Group, members: AbstractSet[str], *, exclusive: bool = False) -> list[Conflict]:
        """Record what a resource of the program declares, in place of its earlier claim: the conflicting claims."""
        with self._changed:
            owners, claims = self._owners.setdefault(group, {}), self._claims.setdefault(group, {})
            for member in claims.get(urn, ()):
                if owners.get(member) == urn:
                    del owners[member]
            claims[urn] = members
            if self._is_releasing(group, members) or not self._released.get(group, {}).keys().isdisjoint(members):
                self._lost.add(urn)
            shared = Counter(owner for member in members if (owner := owners.setdefault(member, urn)) != urn)
            exclusive_urns = self._exclusive.setdefault(group, set())
            (exclusive_urns.add if exclusive else exclusive_urns.discard)(urn)
            excluded = (claims.keys() if exclusive else exclusive_urns) - {urn} - shared.keys()
            return [Conflict(_name(other), shared[other]) for other in [*shared, *sorted(excluded)]]

    def wait_for_releases(self, group: Group, members: AbstractSet[str]) -> None:
        """Wait until no call that removes one of these members is under way."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_releasing(group, members))

    def unclaimed(self, group: Group, members: Iterable[str]) -> list[str]:
        """The members among these that no resource of the program claims."""
        with self._changed:
            return [member for member in members if member not in self._owners.get(group, {})]

    def owner(self, group: Group, member: str) -> str | None:
        """The name of a resource of the program that claims a member, if one does."""
        with self._changed:
            claims = self._claims.get(group, {})
            return next((_name(urn) for urn, members in claims.items() if member in members), None)

    def begin_release(self, group: Group, member: str) -> str | None:
        """Announce that a member is about to be removed; the name of the resource that claims it, if one does.

        If one does, the member must stay. It can be the same resource: on a replacement its old object is deleted
        before or after the new one is created.
        """
        with self._changed:
            if (owner := self._owners.get(group, {}).get(member)) is not None:
                return _name(owner)
            self._releasing.add((group, member))
            return None

    def end_release(self, group: Group, member: str, score: int | None = None) -> None:
        """The call that removes a member has ended, with any result; `score` is the one that the worker had."""
        with self._changed:
            self._releasing.discard((group, member))
            if score is not None:
                self._released.setdefault(group, {})[member] = score
            self._changed.notify_all()

    def lost_members(self, urn: str) -> bool:
        """Whether a member was removed in this run before the resource that declares it could claim it."""
        with self._changed:
            return urn in self._lost

    def restored(self, urn: str) -> None:
        """A resource has made all that it claims: what was removed before in this run no longer matters to it."""
        with self._changed:
            self._lost.discard(urn)
            for group, released in self._released.items():
                for member in self._claims.get(group, {}).get(urn, ()):
                    released.pop(member, None)

    def released_score(self, group: Group, member: str) -> int | None:
        """The score that a worker had when the grant was removed in this run."""
        with self._changed:
            return self._released.get(group, {}).get(member)

    def _is_releasing(self, group: Group, members: AbstractSet[str]) -> bool:
        return any(group == releasing and member in members for releasing, member in self._releasing)


def _name(urn: str) -> str:
    return urn.rpartition("::")[2]
