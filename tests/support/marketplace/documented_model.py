"""A small model of what the documentation says: what is there, what is refused, and what time brings about.

Plain objects, and a number for the clock. A method gives the last part of the TurkErrorCode where the call is refused,
and None where it is done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

DAY = 86_400
DEPOSIT = 60_00
FINISHED = ("Submitted", "Approved", "Rejected")


def dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


@dataclass
class Type:
    """A qualification type."""

    name: str
    active: bool
    auto_granted: bool
    retry_delay: int | None
    deleted: bool = False
    scores: dict[str, int | None] = field(default_factory=dict)
    """What each worker was granted; None: it was revoked."""
    asked: dict[str, float] = field(default_factory=dict)
    """When each worker last asked for it."""
    pending: dict[str, str] = field(default_factory=dict)
    """The worker of each request that waits."""
    answered: set[str] = field(default_factory=set)
    """Requests that were accepted or rejected."""


@dataclass(frozen=True)
class Kind:
    """What makes a HIT type."""

    title: str
    reward: int
    duration: int
    approval_delay: int
    required: str | None
    """The qualification type whose holders alone may accept."""

    @property
    def members(self) -> dict[str, Any]:
        """As CreateHITType takes it."""
        rules = [{"QualificationTypeId": self.required, "Comparator": "Exists"}] if self.required else []
        return {
            "Title": self.title,
            "Description": "Words.",
            "Reward": dollars(self.reward),
            "AssignmentDurationInSeconds": self.duration,
            "AutoApprovalDelayInSeconds": self.approval_delay,
            "QualificationRequirements": rules,
        }


@dataclass
class Work:
    """An assignment."""

    worker: str
    accepted: float
    deadline: float
    status: str = "Accepted"
    submitted: float = 0.0
    approved_at: float = 0.0
    """When it is, if nobody says otherwise."""


@dataclass
class Hit:
    """A HIT."""

    type_id: str
    kind: Kind
    most: int
    expires: float
    deleted: bool = False
    reviewing: bool = False
    work: dict[str, Work] = field(default_factory=dict)

    def count(self, *statuses: str) -> int:
        return sum(work.status in statuses for work in self.work.values())

    def fee(self, most: int) -> int:
        """20 %, 40 % from ten assignments on, half a cent rounded up, at least a cent; of one assignment."""
        return max(1, (self.kind.reward * (40 if most >= 10 else 20) + 50) // 100)

    @property
    def price(self) -> int:
        return self.kind.reward + self.fee(self.most)


class Documented:
    """The marketplace as the documents have it: prepaid, with everything else as it is by default."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.types: dict[str, Type] = {}
        self.hit_types: dict[str, Kind] = {}
        self.dead: set[str] = set()
        self.hits: dict[str, Hit] = {}
        self.blocked: set[str] = set()
        self.paid = 0
        self.bonuses: dict[str, list[int]] = {}

    # qualification types

    def state(self, type_id: str) -> str:
        found = self.types.get(type_id)
        if found is None:
            return "Gone"
        if found.deleted:
            waits = any(hit.kind.required == type_id and not hit.deleted for hit in self.hits.values())
            return "Disposing" if waits else "Gone"
        return "Active" if found.active else "Inactive"

    def owned(self, type_id: str) -> str | None:
        return "QualificationTypeDoesNotExist" if self.state(type_id) == "Gone" else None

    def live(self, type_id: str) -> str | None:
        return "InvalidQualificationTypeState" if self.state(type_id) == "Disposing" else self.owned(type_id)

    def create_type(self, name: str) -> str | None:
        taken = any(found.name == name and self.state(type_id) != "Gone" for type_id, found in self.types.items())
        return "QualificationTypeAlreadyExists" if taken else None

    def update_type(self, type_id: str, *, active: bool) -> str | None:
        if refused := self.live(type_id):
            return refused
        self.types[type_id].active = active
        return None

    def delete_type(self, type_id: str) -> str | None:
        if refused := self.live(type_id):
            return refused
        found = self.types[type_id]
        found.deleted = True
        found.answered |= found.pending.keys()
        found.pending.clear()
        self.dead |= {identity for identity, kind in self.hit_types.items() if kind.required == type_id}
        return None

    def grant(self, type_id: str, worker: str, score: int) -> str | None:
        if refused := self.live(type_id):
            return refused
        self.types[type_id].scores[worker] = score
        return None

    def score(self, type_id: str, worker: str) -> str | None:
        if refused := self.owned(type_id):
            return refused
        scores = self.types[type_id].scores
        if worker not in scores:
            return "QualificationDoesNotExist"
        return "InvalidQualificationState" if scores[worker] is None else None

    def revoke(self, type_id: str, worker: str) -> str | None:
        refused = self.score(type_id, worker)
        if refused is None:
            self.types[type_id].scores[worker] = None
        return refused

    def may_ask(self, type_id: str, worker: str) -> bool:
        """Without RetryDelayInSeconds a worker may ask once."""
        if self.state(type_id) != "Active":
            return False
        found = self.types[type_id]
        if worker in found.pending.values():
            return False
        if worker not in found.asked:
            return True
        return found.retry_delay is not None and self.now >= found.asked[worker] + found.retry_delay

    def request(self, request_id: str) -> tuple[Type | None, str | None]:
        """The type of a request that waits, or why there is none."""
        for found in self.types.values():
            if request_id in found.pending:
                return found, None
            if request_id in found.answered:
                return None, "InvalidQualificationRequestState"
        return None, "QualificationRequestDoesNotExist"

    def answer(self, request_id: str, score: int | None) -> str | None:
        """Accept a request with a score, or reject it."""
        found, refused = self.request(request_id)
        if found is not None:
            worker = found.pending.pop(request_id)
            found.answered.add(request_id)
            if score is not None:
                found.scores[worker] = score
        return refused

    # HITs

    def required(self, kind: Kind, *, for_hit: bool) -> str | None:
        """Whether the type that a HIT type requires can be required."""
        if kind.required is None:
            return None
        state = self.state(kind.required)
        if state in ("Gone", "Disposing"):
            return "QualificationTypeDoesNotExist"
        return "InvalidQualificationTypeState" if state == "Inactive" and for_hit else None

    def hit_type(self, kind: Kind) -> str | None:
        """The id that equal values gave before."""
        return next(
            (identity for identity, known in self.hit_types.items() if known == kind and identity not in self.dead),
            None,
        )

    def create_hit(self, hit: Hit) -> str | None:
        if hit.type_id in self.dead:
            return "HITTypeDoesNotExist"
        return self.required(hit.kind, for_hit=True) or self.afford(hit.price * hit.most)

    def left(self, hit: Hit) -> int:
        """Assignments that nobody has taken; of an expired HIT they stay in sight."""
        return hit.most - hit.count("Accepted", *FINISHED)

    def available(self, hit: Hit) -> int:
        """Assignments that can still be accepted."""
        return 0 if self.now >= hit.expires or hit.deleted else self.left(hit)

    def status(self, hit: Hit) -> str:
        if hit.deleted:
            return "Disposed"
        if self.available(hit):
            return "Assignable"
        if hit.count("Accepted"):
            return "Unassignable"
        return "Reviewing" if hit.reviewing else "Reviewable"

    def expire(self, hit: Hit, at: float) -> str | None:
        if hit.deleted:
            return "InvalidHITState"
        hit.expires = at
        self._settle(hit)
        return None

    def extend(self, hit: Hit, more: int) -> str | None:
        if hit.deleted:
            return "InvalidHITState"
        if hit.most < 10 <= hit.most + more:
            return "InvalidMaximumAssignmentsIncrease"
        each = hit.kind.reward + hit.fee(hit.most + more)
        if refused := self.afford(each * more):
            return refused
        hit.most += more
        self._settle(hit)
        return None

    def delete_hit(self, hit: Hit) -> str | None:
        if self.status(hit) not in ("Reviewable", "Reviewing") or hit.count("Submitted"):
            return "InvalidHITState"
        hit.deleted = True
        return None

    def review(self, hit: Hit, *, revert: bool) -> str | None:
        if self.status(hit) != ("Reviewing" if revert else "Reviewable"):
            return "InvalidHITState"
        hit.reviewing = not revert
        return None

    # assignments

    def may_accept(self, hit: Hit, worker: str) -> bool:
        if not self.available(hit) or worker in self.blocked:
            return False
        if any(work.worker == worker and work.status in ("Accepted", *FINISHED) for work in hit.work.values()):
            return False
        if hit.kind.required is None:
            return True
        return self.types[hit.kind.required].scores.get(worker) is not None

    def accept(self, hit: Hit, worker: str, assignment_id: str) -> None:
        hit.work[assignment_id] = Work(worker, self.now, self.now + hit.kind.duration)

    def find(self, assignment_id: str) -> tuple[Hit, Work] | None:
        """An assignment, in whatever state it is."""
        return next(((hit, hit.work[assignment_id]) for hit in self.hits.values() if assignment_id in hit.work), None)

    def submit(self, hit: Hit, work: Work) -> None:
        work.status, work.submitted = "Submitted", self.now
        work.approved_at = self.now + hit.kind.approval_delay
        self.pass_time(0)

    def approve(self, assignment_id: str, *, override: bool) -> str | None:
        if (found := self.find(assignment_id)) is None:
            return "AssignmentDoesNotExist"
        hit, work = found
        if work.status == "Rejected" and override and not hit.deleted and self.now < work.submitted + 30 * DAY:
            if refused := self.afford(hit.price):
                return refused
        elif work.status != "Submitted":
            return "InvalidAssignmentState"
        work.status = "Approved"
        self.paid += hit.price
        return None

    def read(self, assignment_id: str) -> str | None:
        """Whether the requester can look at an assignment: once it is handed in, until its HIT is deleted."""
        found = self.find(assignment_id)
        if found is None or found[0].deleted:
            return "AssignmentDoesNotExist"
        return None if found[1].status in FINISHED else "InvalidAssignmentState"

    def reject(self, assignment_id: str) -> str | None:
        if (found := self.find(assignment_id)) is None:
            return "AssignmentDoesNotExist"
        _, work = found
        if work.status != "Submitted":
            return "InvalidAssignmentState"
        work.status = "Rejected"
        return None

    # money and time

    @property
    def on_hold(self) -> int:
        """What HITs may still cost: assignments that can still be taken, are under way or wait for review."""
        return sum(
            hit.price * (self.available(hit) + hit.count("Accepted", "Submitted"))
            for hit in self.hits.values()
            if not hit.deleted
        )

    @property
    def balance(self) -> int:
        return max(0, DEPOSIT - self.paid - self.on_hold)

    def afford(self, amount: int) -> str | None:
        return "InsufficientFunds" if amount > DEPOSIT - self.paid - self.on_hold else None

    def bonus(self, assignment_id: str, worker: str, amount: int) -> str | None:
        if (found := self.find(assignment_id)) is None or found[1].status not in FINISHED:
            return "AssignmentDoesNotExist"
        if found[1].worker != worker:
            return "InvalidParameterValue"
        fee = max(1, (amount * 20 + 50) // 100)
        if refused := self.afford(amount + fee):
            return refused
        self.paid += amount + fee
        self.bonuses.setdefault(assignment_id, []).append(amount)
        return None

    def pass_time(self, seconds: int) -> None:
        self.now += seconds
        for hit in self.hits.values():
            for work in hit.work.values():
                if work.status == "Accepted" and self.now >= work.deadline:
                    work.status = "Abandoned"
                if work.status == "Submitted" and self.now >= work.approved_at:
                    work.status = "Approved"
                    self.paid += hit.price

    def _settle(self, hit: Hit) -> None:
        """A HIT that workers can take again is not being reviewed any more."""
        if self.available(hit):
            hit.reviewing = False
