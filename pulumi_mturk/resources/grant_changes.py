"""Applying a roster: the holders of a type are read, then one call is made for each worker who differs."""

from collections.abc import Callable, Collection, Mapping

from pulumi_mturk.api.errors import StoppedError, UnavailableError, UnknownWorkerError
from pulumi_mturk.common.errors import InvalidInputError, MturkError
from pulumi_mturk.common.text import count
from pulumi_mturk.provider.lifecycle import Context
from pulumi_mturk.provider.ownership import grants_of
from pulumi_mturk.provider.progress import EVERY_SECONDS, Progress
from pulumi_mturk.rosters.roster import Roster
from pulumi_mturk.rules import grants, rosters

# If so many workers, and all so far, are unknown, the list belongs to another environment.
MAX_ALL_UNKNOWN = 100


class GrantChanges:
    """The holders of a type, and the changes made to them in one operation of a resource.

    `holders` is updated with each call, so that it is right whenever the operation ends. The first error that does not
    concern one worker alone ends it: calls under way are finished, and none is begun.
    """

    def __init__(self, context: Context, qualification_type_id: str) -> None:
        self._context = context
        self._client = context.client
        self._group = grants_of(qualification_type_id)
        self._type_id = qualification_type_id
        self.holders: dict[str, int] = {}
        self.unknown: set[str] = set()
        self.kept: dict[str, str] = {}
        """Workers who keep the qualification, and the resource of this program that grants it to them."""
        self.failure: MturkError | None = None
        self.planned = 0
        self._done = 0
        self._made: dict[str, int] = {}
        self._long = False
        self._known = False

    def read_holders(self, expected: Roster) -> bool:
        """Read who holds the type; False if it is gone.

        If nobody of those who are expected does, it is read once more: on one answer no list is emptied, nor granted
        and mailed anew.
        """
        found = self._read()
        known = expected.scores.keys() - expected.unknown
        if found is not None and known and known.isdisjoint(found):
            found = self._read()
        self.holders = found or {}
        return found is not None

    def _read(self) -> dict[str, int] | None:
        clock = self._context.clock
        told = clock()

        def seen(holders: int) -> None:
            nonlocal told
            if clock() - told >= EVERY_SECONDS:
                told = clock()
                self._context.progress(f"{count(holders, 'holder')} read so far")

        try:
            return self._client.holders(self._type_id, seen)
        except StoppedError:
            raise MturkError(f"{self._context.stopped()}; nothing was changed yet") from None

    def wait_for_releases(self, workers: Collection[str]) -> None:
        """Wait for calls of other resources of this run that take it from these workers."""
        self._context.provider.ownership.wait_for_releases(self._group, frozenset(workers))

    def unclaimed(self, workers: Collection[str]) -> list[str]:
        """Those of these workers to whom no resource of the program grants it."""
        return self._context.provider.ownership.unclaimed(self._group, workers)

    def grant(self, scores: Mapping[str, int | None], default: int, *, known: bool, send_notification: bool) -> None:
        """Grant it, or change scores. Without a score: the one a worker has just lost elsewhere, or the default.

        `known` says that some of the list hold it already, so that this is the right place for it.
        """

        def one(worker: str) -> None:
            score = scores[worker]
            if score is None:
                before = self._context.provider.ownership.released_score(self._group, worker)
                score = default if before is None else before
            try:
                self._client.grant(self._type_id, worker, score, send_notification=send_notification)
            except UnavailableError:
                # It may have taken effect: whoever holds it by this is ours, and is not to be forgotten.
                self.holders.setdefault(worker, score)
                raise
            self.holders[worker] = score

        self._known = known
        self._each("granted", scores, one)
        if self._all_unknown():
            raise InvalidInputError(
                rosters.LIST_OF_ANOTHER_PLACE.at(
                    "workers",
                    f"the first {len(self.unknown)} are all unknown in environment "
                    f"{self._context.configuration.environment}: these ids seem to belong to another environment. "
                    "Nothing was changed; correct the list, or mturk:environment",
                )
            )

    def revoke(self, workers: Collection[str], reason: str | None) -> None:
        """Take it back from those whom no resource of this program wants to hold it."""
        ownership = self._context.provider.ownership

        def one(worker: str) -> None:
            if (other := ownership.begin_release(self._group, worker)) is not None:
                self.kept[worker] = other
                return
            try:
                self._client.revoke(self._type_id, worker, reason)
            finally:
                ownership.end_release(self._group, worker, self.holders.get(worker))
            self.holders.pop(worker, None)

        self._each("taken back", workers, one)
        if self.kept:
            names = ", ".join(sorted({repr(name) for name in self.kept.values()}))
            who = count(len(self.kept), "worker keeps", "workers keep")
            self._context.tell(grants.STILL_WANTED.at("", f"{who} it: the program grants it to them by {names}"))

    def incomplete(self) -> str | None:
        """Why not all was done, if so. Workers whom the environment does not know are told apart.

        Where all was done and it took long enough for progress, the resource's row ends with what was done.
        """
        left = self.planned - self._done - len(self.unknown)
        if not left:
            if self._long:
                taken_back = self._made.get("taken back", 0) - len(self.kept)
                counts = {"granted": self._made.get("granted", 0), "taken back": taken_back}
                done = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
                self._context.tell(rosters.LIST_APPLIED.at("", done or "nobody's grant was changed"))
            return None
        why = self._context.stopped() or self.failure
        return f"{why}; {self._done:,} of {self.planned:,} changes are done, and the next run makes the rest"

    def _each(self, what: str, workers: Collection[str], one: Callable[[str], None]) -> None:
        from pulumi_mturk.api.concurrency import run_concurrently  # a plan changes nothing

        progress = Progress(what, len(workers), self._context.progress, self._context.clock)
        for worker, outcome in run_concurrently(workers, one, threads=self._client.threads, stopped=self._ending):
            progress.step(failed=outcome is not None)
            self._long = self._long or progress.reported
            if outcome is None:
                self._done += 1
                self._made[what] = self._made.get(what, 0) + 1
                self._known = True
            elif isinstance(outcome, UnknownWorkerError):
                self.unknown.add(worker)
            else:
                self.failure = self.failure or outcome

    def _all_unknown(self) -> bool:
        return len(self.unknown) >= MAX_ALL_UNKNOWN and not self._known and self.failure is None

    def _ending(self) -> bool:
        return self.failure is not None or self._all_unknown() or self._context.stopped() is not None
