"""What the resources of a running program want to hold, so that a move or a rename takes nothing from anybody.

Pulumi makes the resource under its new name first and deletes the old one afterwards: without this, renaming a grant
would end with a worker who holds nothing.
"""

import threading
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

Group: TypeAlias = tuple[str, ...]

BLOCKS: Group = ("blocks",)


def grants_of(qualification_type_id: str) -> Group:
    """The group of all who hold a type: a worker is in it once, whichever resource grants it."""
    return ("grants", qualification_type_id)


@dataclass(frozen=True)
class Rival:
    """Another resource that wants the same: so many members, or none where one of the two would have all for itself."""

    name: str
    common: int


class Claims:
    """The claims of one run. Safe to share between threads.

    A member that a resource gives up is `being released` from the decision until the call for it is done: whoever
    wants it waits that long (`settle`), so that neither call overtakes the other.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        # Who wants a member; what a resource wants; and those that want all for themselves (`whole`).
        self._wanted: dict[Group, dict[str, str]] = {}
        self._claims: dict[Group, dict[str, AbstractSet[str]]] = {}
        self._whole: dict[Group, set[str]] = {}
        self._releasing: set[tuple[Group, str]] = set()
        self._released: dict[Group, dict[str, int]] = {}
        self._bereft: set[str] = set()

    def claim(self, urn: str, group: Group, members: AbstractSet[str], *, whole: bool = False) -> list[Rival]:
        """Say what a resource of the program wants; the others that want it, too."""
        with self._changed:
            wanted, claims = self._wanted.setdefault(group, {}), self._claims.setdefault(group, {})
            for member in claims.get(urn, ()):
                if wanted.get(member) == urn:
                    del wanted[member]
            claims[urn] = members
            if self._under_way(group, members) or not self._released.get(group, {}).keys().isdisjoint(members):
                self._bereft.add(urn)
            common = Counter(holder for member in members if (holder := wanted.setdefault(member, urn)) != urn)
            alone = self._whole.setdefault(group, set())
            (alone.add if whole else alone.discard)(urn)
            shut_out = (claims.keys() if whole else alone) - {urn} - common.keys()
            return [Rival(_name(other), common[other]) for other in [*common, *sorted(shut_out)]]

    def settle(self, group: Group, members: AbstractSet[str]) -> None:
        """Wait until no resource is giving up one of these."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way(group, members))

    def unwanted(self, group: Group, members: Iterable[str]) -> list[str]:
        """Those of these members whom no resource of the program wants, and who would go with the one that has them."""
        with self._changed:
            return [member for member in members if member not in self._wanted.get(group, {})]

    def release(self, group: Group, member: str) -> str | None:
        """Begin to give a member up, or be told the name of the resource that wants it: then it stays.

        That can be the same resource, whose old object goes before or after its new one is made: nobody has to lose
        anything in between.
        """
        with self._changed:
            if (holder := self._wanted.get(group, {}).get(member)) is not None:
                return _name(holder)
            self._releasing.add((group, member))
            return None

    def released(self, group: Group, member: str, score: int | None = None) -> None:
        """The call is done, however it ended; `score` is what a worker lost by it."""
        with self._changed:
            self._releasing.discard((group, member))
            if score is not None:
                self._released.setdefault(group, {})[member] = score
            self._changed.notify_all()

    def bereft(self, urn: str) -> bool:
        """Whether another resource gave a member up before this one could say that it wants it: then it has lost it."""
        with self._changed:
            return urn in self._bereft

    def score_before(self, group: Group, member: str) -> int | None:
        """The score of a worker whom another resource of this run has just given up, for whoever takes them over."""
        with self._changed:
            return self._released.get(group, {}).get(member)

    def _under_way(self, group: Group, members: AbstractSet[str]) -> bool:
        return any(group == there and member in members for there, member in self._releasing)


def _name(urn: str) -> str:
    return urn.rpartition("::")[2]
