"""What a roster does when it is applied: read who holds the type, then one call for each worker who differs."""

from collections.abc import Callable, Collection, Mapping

from pulumi_mturk.claims import grants_of
from pulumi_mturk.errors import MturkError, StoppedError, UnavailableError, UnknownWorkerError
from pulumi_mturk.lifecycle import Context
from pulumi_mturk.parallel import run
from pulumi_mturk.progress import EVERY_SECONDS, Progress

# After so many workers, and none of them known, the list is meant for another place.
SUSPICIOUS = 100


class Work:
    """The holders of one type, and the changes made to them in one operation of a resource.

    `holders` is kept up to date with each call, so that it can be said at any moment what is done. The first failure
    that is not a worker's own ends the work: what is under way is finished, and nothing more begun.
    """

    def __init__(self, context: Context, qualification_type_id: str) -> None:
        self._context = context
        self._client = context.client
        self._group = grants_of(qualification_type_id)
        self._type_id = qualification_type_id
        self.holders: dict[str, int] = {}
        self.unknown: set[str] = set()
        self.kept: dict[str, str] = {}
        """Workers who would have lost it, and the resource of this program that wants them to have it."""
        self.failure: MturkError | None = None
        self.planned = 0
        self._done = 0
        self._known = False

    def look(self) -> bool:
        """Read who holds the type; false if it is gone. One that is stopped meanwhile has changed nothing."""
        clock = self._context.clock
        told = clock()

        def seen(count: int) -> None:
            nonlocal told
            if clock() - told >= EVERY_SECONDS:
                told = clock()
                self._context.progress(f"reading who holds it: {count:,} so far")

        try:
            found = self._client.holders(self._type_id, seen)
        except StoppedError:
            raise MturkError(f"{self._context.stopped()}; nothing was changed yet") from None
        self.holders = found or {}
        return found is not None

    def settle(self, workers: Collection[str]) -> None:
        """Wait for other resources of this run that are giving these workers up."""
        self._context.session.claims.settle(self._group, frozenset(workers))

    def unwanted(self, workers: Collection[str]) -> list[str]:
        """Those of ours whom no resource of the program wants to hold it."""
        return self._context.session.claims.unwanted(self._group, workers)

    def grant(self, scores: Mapping[str, int | None], default: int, *, known: bool, send_notification: bool) -> None:
        """Grant it, or change scores. Without a score: the one a worker has just lost elsewhere, or the default.

        `known` says that some of the list hold it already, so that this is the right place for it.
        """

        def one(worker: str) -> None:
            score = scores[worker]
            if score is None:
                before = self._context.session.claims.score_before(self._group, worker)
                score = default if before is None else before
            try:
                self._client.grant(self._type_id, worker, score, send_notification=send_notification)
            except UnavailableError:
                # It may have taken effect: whoever holds it by this is ours, and is not to be forgotten.
                self.holders.setdefault(worker, score)
                raise
            self.holders[worker] = score

        self._known = known
        self._each("granting", scores, one)
        if self._suspicious():
            raise MturkError(
                f"workers: the first {len(self.unknown)} are all unknown in environment "
                f"{self._context.settings.environment}: these ids seem to belong to another environment. Nothing was "
                "changed; correct the list, or mturk:environment"
            )

    def revoke(self, workers: Collection[str], reason: str | None) -> None:
        """Take it back from those whom no resource of this program wants to hold it."""
        claims = self._context.session.claims

        def one(worker: str) -> None:
            if (other := claims.release(self._group, worker)) is not None:
                self.kept[worker] = other
                return
            try:
                self._client.revoke(self._type_id, worker, reason)
            finally:
                claims.released(self._group, worker, self.holders.get(worker))
            self.holders.pop(worker, None)

        self._each("taking back", workers, one)
        if self.kept:
            names = ", ".join(sorted({repr(name) for name in self.kept.values()}))
            count = f"{len(self.kept):,} workers keep" if len(self.kept) > 1 else "1 worker keeps"
            self._context.info(f"{count} it: the program grants it to them by {names}")

    def ended(self) -> str | None:
        """Why not all was done, if so. Workers whom the environment does not know are told apart."""
        left = self.planned - self._done - len(self.unknown)
        if not left:
            return None
        why = self._context.stopped() or self.failure
        return f"{why}; {self._done:,} of {self.planned:,} changes are done, and the next run makes the rest"

    def _each(self, what: str, workers: Collection[str], one: Callable[[str], None]) -> None:
        progress = Progress(what, len(workers), self._context.progress, self._context.clock)
        for worker, outcome in run(workers, one, threads=self._client.threads, stopped=self._ending):
            progress.step(failed=outcome is not None)
            if outcome is None:
                self._done += 1
                self._known = True
            elif isinstance(outcome, UnknownWorkerError):
                self.unknown.add(worker)
            else:
                self.failure = self.failure or outcome

    def _suspicious(self) -> bool:
        return len(self.unknown) >= SUSPICIOUS and not self._known and self.failure is None

    def _ending(self) -> bool:
        return self.failure is not None or self._suspicious() or self._context.stopped() is not None
