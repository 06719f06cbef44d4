"""A worker of a test, who finds HITs, takes tests and hands in work by the marketplace's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import qualification_requests, worker_assignments, worker_hits
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import hits, workers
from pulumi_mturk.testing.errors import MockUsageError

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.testing.mock_marketplace import MockMarketplace

Reference = str | Mapping[str, object]
"""An id, or what boto3 answered: the answer itself, or the HIT or the qualification type in it."""
Answers = Mapping[str, str | int | Sequence[str | int]]
"""By the name of the form's field or the question's identifier; of several choices a list. A number is sent as text."""


@dataclass(frozen=True)
class Permission:
    """Whether a worker may; true or false as a condition."""

    reasons: tuple[str, ...]
    """Why not, in sentences as the worker reads them; empty if the worker may."""

    def __bool__(self) -> bool:
        return not self.reasons


@dataclass(frozen=True)
class Assignment:
    """A HIT that a worker has accepted."""

    id: str
    worker: Worker

    def submit(self, answers: Answers) -> Assignment:
        """Hand it in.

        Raises:
            WorkerRefusedError: the time is over, it is handed in already, or an answer is missing or wrong.

        """
        with self.worker.market.marketplace.writing() as ctx:
            worker_assignments.submit(ctx, self.worker.id, self.id, _pairs(answers))
        return self


@dataclass(frozen=True)
class Worker:
    """A worker of a mock's marketplace."""

    id: str
    market: MockMarketplace = field(repr=False, compare=False)

    def take_test(self, type_id: Reference, answers: Answers) -> int | None:
        """Take a qualification's test: the score, or None where the requester has to decide.

        Raises:
            WorkerRefusedError: the type has no test or can not be requested now, or an answer is missing or wrong.

        """
        identity = _id_of(type_id, "QualificationType")
        with self.market.marketplace.writing() as ctx:
            qualification_requests.start_test(ctx, self.id, identity)
            return qualification_requests.request_qualification(ctx, self.id, identity, _pairs(answers)).score

    def request_qualification(self, type_id: Reference) -> int | None:
        """Ask for a qualification without a test: its value, or None where the requester has to decide.

        Raises:
            WorkerRefusedError: the type has a test, or can not be requested now.

        """
        identity = _id_of(type_id, "QualificationType")
        with self.market.marketplace.writing() as ctx:
            return qualification_requests.request_qualification(ctx, self.id, identity).score

    def sees(self, hit: Reference) -> bool:
        """Whether the worker finds the HIT in the listing. A deleted one is not there.

        Raises:
            MockUsageError: there never was such a HIT.

        """
        try:
            with self.market.marketplace.reading() as ctx:
                return worker_hits.finds(ctx, self.id, self._known(ctx, hit))
        except WorkerRefusedError:
            return False

    def previews(self, hit: Reference) -> bool:
        """Whether the worker can look at the HIT before accepting it. Raises as `sees`."""
        try:
            with self.market.marketplace.reading() as ctx:
                worker_hits.preview(ctx, self.id, self._known(ctx, hit))
        except WorkerRefusedError:
            return False
        return True

    def may_accept(self, hit: Reference) -> Permission:
        """Whether the worker can accept the HIT, and why not. Raises as `sees`."""
        try:
            with self.market.marketplace.reading() as ctx:
                return Permission(worker_hits.reasons_against_accepting(ctx, self.id, self._known(ctx, hit)))
        except WorkerRefusedError as refusal:
            return Permission((str(refusal),))

    def accept(self, hit: Reference) -> Assignment:
        """Accept the HIT.

        Raises:
            WorkerRefusedError: the worker may not, for the reasons that `may_accept` gives.
            MockUsageError: there never was such a HIT.

        """
        with self.market.marketplace.writing() as ctx:
            return Assignment(worker_assignments.accept(ctx, self.id, self._known(ctx, hit)), self)

    def _known(self, ctx: Context, hit: Reference) -> str:
        """The id of a HIT that is or was there: a wrong id must not pass for a HIT that is kept from the worker."""
        identity = _id_of(hit, "HIT")
        if hits.find(ctx.db, identity) is None:
            raise MockUsageError(f"There is no HIT with the id {identity!r} in this marketplace.")
        if workers.find(ctx.db, self.id) is None:
            raise MockUsageError("This worker is gone with what the marketplace had before its reset.")
        return identity


def _id_of(reference: Reference, kind: str) -> str:
    """The id in a reference to a HIT or a qualification type."""
    if isinstance(reference, str):
        return reference
    found: object = reference.get(kind, reference)
    identity = found.get(f"{kind}Id") if isinstance(found, Mapping) else None
    if not isinstance(identity, str):
        raise MockUsageError(f"Name the {kind} by its id, or by what boto3 answered: nothing here has a {kind}Id.")
    return identity


def _pairs(answers: Answers) -> list[tuple[str, str]]:
    """The fields of a form, in order; several choices are several fields of one name."""
    pairs = []
    for name, value in answers.items():
        values = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        if not all(type(each) in (str, int) for each in values):  # not a bool, which is an int for Python
            raise MockUsageError(f"The answer to {name!r} is a text, a number, or a list of the choices' identifiers.")
        pairs += [(name, str(each)) for each in values]
    return pairs
