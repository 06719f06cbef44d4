"""Whatever requesters and workers do in whatever order: the marketplace does what a small model of the documents says.

The short form is part of `make test`; the long one is `make test-long`.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pulumi_mturk.marketplace import Marketplace, WorkerRefusedError
from pulumi_mturk.marketplace.domain import qualification_requests, worker_assignments
from pulumi_mturk.marketplace.errors import CODE_PREFIX
from tests.support.marketplace.api_calls import QUESTION, InProcessClient
from tests.support.marketplace.documented_model import (
    DAY,
    DEPOSIT,
    FINISHED,
    Documented,
    Hit,
    Kind,
    Type,
    Work,
    dollars,
)
from tests.support.marketplace.engine import kept_place
from tests.support.marketplace.kept_numbers import check_kept_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_mturk.marketplace.domain.context import Context

NOWHERE = "NOSUCHID"
WORKERS = [f"A{number}EXAMPLE" for number in range(4)]
LONGEST = 100 * DAY  # HITs are removed after 120 days, which is a test of its own
workers = st.sampled_from(WORKERS)
scores = st.integers(-1, 3)
titles = st.sampled_from(["Transcribe", "Translate"])
rewards = st.sampled_from([5, 100, 1000])
durations = st.sampled_from([600, DAY])
approval_delays = st.sampled_from([0, 3600, 3 * DAY])


def mostly(data: st.DataObject) -> bool:
    return data.draw(st.integers(0, 5)) > 0


class Faithful(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        place = self.stack.enter_context(kept_place())
        self.marketplace = self.stack.enter_context(Marketplace.open(place, create=False))
        self.marketplace.set_switches(funds="prepaid", account_balance=dollars(DEPOSIT))
        self.marketplace.register_worker(*WORKERS)
        self.direct = InProcessClient(self.marketplace)
        self.model = Documented(0.0)
        self.start = self.marketplace.now()

    def teardown(self) -> None:
        try:
            self.look(size=100)
            with self.marketplace.reading() as ctx:
                check_kept_numbers(ctx.db)
        finally:
            self.stack.close()

    @initialize()
    def begin(self) -> None:
        """Something to act on from the first step."""
        self.create_type("A", active=True, auto=False, delay=None)
        self.register(Kind("Anybody", 5, 600, 3 * DAY, None))
        self.register(Kind("Holders", 100, DAY, 3600, next(iter(self.model.types))))
        for type_id in self.model.hit_types:
            self.publish(type_id, most=2, lifetime=4 * DAY, plain=False)

    # How both are asked

    def call(self, refused: str | None, operation: str, /, **members: Any) -> dict[str, Any]:
        status, answer = self.direct.call(operation, **members)
        assert answer.get("TurkErrorCode") == (CODE_PREFIX + refused if refused else None), answer
        assert status == (400 if refused else 200), answer
        return answer

    def listed(self, operation: str, member: str, size: int, **members: Any) -> list[dict[str, Any]]:
        """All items, by pages."""
        found: list[dict[str, Any]] = []
        page = self.call(None, operation, MaxResults=size, **members)
        while page[member]:
            assert page["NumResults"] == len(page[member]) <= size
            found += page[member]
            page = self.call(None, operation, MaxResults=size, NextToken=page["NextToken"], **members)
        return found

    def as_worker(self, allowed: bool, act: Callable[[Context], Any]) -> Any:
        try:
            with self.marketplace.writing() as ctx:
                done = act(ctx)
        except WorkerRefusedError:
            assert not allowed
            return None
        assert allowed
        return done

    def one_of(self, data: st.DataObject, ids: Iterable[str]) -> str:
        known = list(ids)
        return data.draw(st.sampled_from(known)) if known and mostly(data) else NOWHERE

    def a_type(self, data: st.DataObject) -> str:
        return self.one_of(data, self.model.types)

    def hit_id(self, data: st.DataObject) -> str:
        alive = [identity for identity, hit in self.model.hits.items() if not hit.deleted]
        return data.draw(st.sampled_from(alive if alive and mostly(data) else list(self.model.hits)))

    def an_assignment(self, data: st.DataObject) -> str:
        return self.one_of(data, [identity for identity, _, _ in self.taken()])

    def taken(self, *statuses: str) -> list[tuple[str, Hit, Work]]:
        """Assignments of these statuses, or all."""
        return [
            (identity, hit, work)
            for hit in self.model.hits.values()
            for identity, work in hit.work.items()
            if work.status in statuses or not statuses
        ]

    # Qualification types, grants, requests

    @rule(name=st.sampled_from("ABC"), active=st.booleans(), auto=st.booleans(), delay=st.sampled_from([None, 0, 3600]))
    def create_type(self, name: str, active: bool, auto: bool, delay: int | None) -> None:
        refused = self.model.create_type(name)
        answer = self.call(
            refused,
            "CreateQualificationType",
            Name=name,
            Description="Words.",
            QualificationTypeStatus="Active" if active else "Inactive",
            AutoGranted=auto,
            RetryDelayInSeconds=delay,
        )
        if not refused:
            identity = answer["QualificationType"]["QualificationTypeId"]
            self.model.types[identity] = Type(name, active, auto, delay)

    @rule(data=st.data(), status=st.sampled_from(["Active", "Active", "Inactive", "deleted"]))
    def change_type(self, data: st.DataObject, status: str) -> None:
        identity = self.a_type(data)
        if status == "deleted":
            self.call(self.model.delete_type(identity), "DeleteQualificationType", QualificationTypeId=identity)
        else:
            refused = self.model.update_type(identity, active=status == "Active")
            self.call(refused, "UpdateQualificationType", QualificationTypeId=identity, QualificationTypeStatus=status)

    @rule(data=st.data(), worker=workers, score=scores | st.none())
    def grant_or_revoke(self, data: st.DataObject, worker: str, score: int | None) -> None:
        identity = self.a_type(data)
        members = {"QualificationTypeId": identity, "WorkerId": worker}
        if score is None:
            self.call(self.model.revoke(identity, worker), "DisassociateQualificationFromWorker", **members)
        else:
            refused = self.model.grant(identity, worker, score)
            self.call(refused, "AssociateQualificationWithWorker", **members, IntegerValue=score)

    @rule(data=st.data(), worker=workers)
    def look_at_a_score(self, data: st.DataObject, worker: str) -> None:
        identity = self.a_type(data)
        refused = self.model.score(identity, worker)
        answer = self.call(refused, "GetQualificationScore", QualificationTypeId=identity, WorkerId=worker)
        if not refused:
            assert answer["Qualification"]["IntegerValue"] == self.model.types[identity].scores[worker]

    @rule(data=st.data(), worker=workers)
    def ask(self, data: st.DataObject, worker: str) -> None:
        identity = self.a_type(data)
        outcome = self.as_worker(
            self.model.may_ask(identity, worker),
            lambda ctx: qualification_requests.request_qualification(ctx, worker, identity),
        )
        if outcome is not None:
            found = self.model.types[identity]
            found.asked[worker] = self.model.now
            if found.auto_granted:
                found.scores[worker] = 1
                assert outcome == qualification_requests.RequestOutcome(1, None)
            else:
                found.pending[outcome.request_id] = worker

    @precondition(lambda self: any(found.asked for found in self.model.types.values()))
    @rule(data=st.data(), score=st.none() | scores)
    def answer(self, data: st.DataObject, score: int | None) -> None:
        known = [identity for found in self.model.types.values() for identity in [*found.pending, *found.answered]]
        identity = self.one_of(data, known)
        refused = self.model.answer(identity, score)
        if score is None:
            self.call(refused, "RejectQualificationRequest", QualificationRequestId=identity)
        else:
            self.call(refused, "AcceptQualificationRequest", QualificationRequestId=identity, IntegerValue=score)

    def look_at_types(self, size: int) -> None:
        there = {identity: state for identity in self.model.types if (state := self.model.state(identity)) != "Gone"}
        listed = self.listed(
            "ListQualificationTypes", "QualificationTypes", size, MustBeRequestable=False, MustBeOwnedByCaller=True
        )
        assert {item["QualificationTypeId"]: item["QualificationTypeStatus"] for item in listed} == there
        for identity in self.model.types:
            found = self.model.types[identity]
            refused = self.model.owned(identity)
            self.call(refused, "GetQualificationType", QualificationTypeId=identity)
            if not refused:
                operation, of_type = "ListWorkersWithQualificationType", {"QualificationTypeId": identity}
                held = self.listed(operation, "Qualifications", size, **of_type)
                assert all(item["Status"] == "Granted" for item in held)
                held += self.listed(operation, "Qualifications", size, **of_type, Status="Revoked")
                assert {
                    item["WorkerId"]: item["IntegerValue"] if item["Status"] == "Granted" else None for item in held
                } == found.scores
        waiting = self.listed("ListQualificationRequests", "QualificationRequests", size)
        assert {item["QualificationRequestId"]: item["WorkerId"] for item in waiting} == {
            identity: worker for found in self.model.types.values() for identity, worker in found.pending.items()
        }

    # HIT types and HITs

    @rule(data=st.data(), title=titles, reward=rewards, duration=durations, delay=approval_delays)
    def create_hit_type(self, data: st.DataObject, title: str, reward: int, duration: int, delay: int) -> None:
        required = self.a_type(data) if data.draw(st.booleans()) else None
        self.register(Kind(title, reward, duration, delay, required))

    def register(self, kind: Kind) -> None:
        refused = self.model.required(kind, for_hit=False)
        answer = self.call(refused, "CreateHITType", **kind.members)
        if not refused:
            known = self.model.hit_type(kind)
            assert known in (None, answer["HITTypeId"])
            self.model.hit_types[answer["HITTypeId"]] = kind

    @precondition(lambda self: sum(not hit.deleted for hit in self.model.hits.values()) < 4)
    @rule(
        data=st.data(),
        most=st.sampled_from([1, 1, 2, 9, 10]),
        lifetime=st.sampled_from([3600, 4 * DAY]),
        plain=st.booleans(),
    )
    def create_hit(self, data: st.DataObject, most: int, lifetime: int, plain: bool) -> None:
        self.publish(data.draw(st.sampled_from(list(self.model.hit_types))), most, lifetime, plain)

    def publish(self, type_id: str, most: int, lifetime: int, plain: bool) -> None:
        hit = Hit(type_id, self.model.hit_types[type_id], most, self.model.now + lifetime)
        members = {"MaxAssignments": most, "LifetimeInSeconds": lifetime, "Question": QUESTION}
        if plain:
            # a HIT type that is dead is registered anew, if what it requires is there
            refused = self.model.required(hit.kind, for_hit=True) or self.model.afford(hit.price * most)
            answer = self.call(refused, "CreateHIT", **hit.kind.members, **members)
        else:
            refused = self.model.create_hit(hit)
            answer = self.call(refused, "CreateHITWithHITType", HITTypeId=type_id, **members)
        if not refused:
            assert answer["HIT"]["HITTypeId"] == type_id
            self.model.hits[answer["HIT"]["HITId"]] = hit

    @rule(data=st.data(), after=st.sampled_from([None, -600, 3600, 4 * DAY]), more=st.sampled_from([None, 1, 7, 9]))
    def expire_or_extend(self, data: st.DataObject, after: int | None, more: int | None) -> None:
        hit_id = self.hit_id(data)
        hit = self.model.hits[hit_id]
        if more is None:
            at = 0.0 if after is None else self.start + self.model.now + after
            refused = self.model.expire(hit, at - self.start)
            self.call(refused, "UpdateExpirationForHIT", HITId=hit_id, ExpireAt=at)
        else:
            operation = "CreateAdditionalAssignmentsForHIT"
            self.call(self.model.extend(hit, more), operation, HITId=hit_id, NumberOfAdditionalAssignments=more)

    @rule(data=st.data(), revert=st.sampled_from([False, True, None]))
    def review_or_delete(self, data: st.DataObject, revert: bool | None) -> None:
        hit_id = self.hit_id(data)
        hit = self.model.hits[hit_id]
        if revert is None:
            self.call(self.model.delete_hit(hit), "DeleteHIT", HITId=hit_id)
        else:
            refused = self.model.review(hit, revert=revert)
            self.call(refused, "UpdateHITReviewStatus", HITId=hit_id, Revert=revert)

    def look_at_hits(self, size: int) -> None:
        there = {identity: hit for identity, hit in self.model.hits.items() if not hit.deleted}
        listed = {item["HITId"]: item for item in self.listed("ListHITs", "HITs", size)}
        assert list(listed) == list(there)
        for identity, hit in there.items():
            found = listed[identity]
            assert found["HITStatus"] == self.model.status(hit)
            assert found["NumberOfAssignmentsAvailable"] == self.model.left(hit)
            assert found["NumberOfAssignmentsPending"] == hit.count("Accepted")
            assert found["NumberOfAssignmentsCompleted"] == hit.count("Approved", "Rejected")
            assert (found["MaxAssignments"], found["HITTypeId"]) == (hit.most, hit.type_id)
            self.look_at_assignments(identity, hit, size)
        for status in ("Reviewable", "Reviewing"):
            expected = {identity for identity, hit in there.items() if self.model.status(hit) == status}
            found_ids = [item["HITId"] for item in self.listed("ListReviewableHITs", "HITs", size, Status=status)]
            assert sorted(found_ids) == sorted(expected)

    def look_at_assignments(self, hit_id: str, hit: Hit, size: int) -> None:
        listed = self.listed("ListAssignmentsForHIT", "Assignments", size, HITId=hit_id)
        assert {item["AssignmentId"]: item["AssignmentStatus"] for item in listed} == {
            identity: work.status for identity, work in hit.work.items() if work.status in FINISHED
        }

    # Assignments

    @rule(data=st.data(), plan=st.lists(st.sampled_from([None, "submit", "submit", "return"]), min_size=1, max_size=5))
    def work(self, data: st.DataObject, plan: list[str | None]) -> None:
        """Workers accept HITs, mostly those that they may, and do with each as planned."""
        for finish in plan:
            pairs = [(worker, hit_id) for worker in WORKERS for hit_id in self.model.hits]
            fitting = [pair for pair in pairs if self.model.may_accept(self.model.hits[pair[1]], pair[0])]
            worker, hit_id = data.draw(st.sampled_from(fitting if fitting and mostly(data) else pairs))
            self.accept(worker, hit_id, finish)

    def accept(self, worker: str, hit_id: str, finish: str | None) -> None:
        hit = self.model.hits[hit_id]
        identity = self.as_worker(
            self.model.may_accept(hit, worker), lambda ctx: worker_assignments.accept(ctx, worker, hit_id)
        )
        if identity is not None:
            self.model.accept(hit, worker, identity)
            if finish is not None:
                self.hand_in(identity, hit, hit.work[identity], finish)

    @precondition(lambda self: self.taken())
    @rule(data=st.data(), finish=st.sampled_from(["submit", "return"]))
    def hand_in_or_give_back(self, data: st.DataObject, finish: str) -> None:
        under_way = self.taken("Accepted") if mostly(data) else []
        self.hand_in(*data.draw(st.sampled_from(under_way or self.taken())), finish)

    def hand_in(self, identity: str, hit: Hit, mine: Work, finish: str) -> None:
        under_way = mine.status == "Accepted"
        if finish == "submit":
            self.as_worker(under_way, lambda ctx: worker_assignments.submit(ctx, mine.worker, identity, [("q1", "a")]))
        else:
            self.as_worker(under_way, lambda ctx: worker_assignments.return_assignment(ctx, mine.worker, identity))
        if under_way and finish == "submit":
            self.model.submit(hit, mine)
        elif under_way:
            mine.status = "Returned"

    @precondition(lambda self: self.taken())
    @rule(data=st.data(), verdicts=st.lists(st.sampled_from(["approve", "override", "reject"]), min_size=1, max_size=3))
    def judge(self, data: st.DataObject, verdicts: list[str]) -> None:
        for verdict in verdicts:
            waiting = [identity for identity, _, _ in self.taken("Submitted")]
            identity = self.one_of(data, waiting) if mostly(data) else self.an_assignment(data)
            if verdict == "reject":
                refused = self.model.reject(identity)
                self.call(refused, "RejectAssignment", AssignmentId=identity, RequesterFeedback="No.")
            else:
                override = verdict == "override"
                refused = self.model.approve(identity, override=override)
                self.call(refused, "ApproveAssignment", AssignmentId=identity, OverrideRejection=override)

    @precondition(lambda self: self.taken())
    @rule(data=st.data())
    def look_at_an_assignment(self, data: st.DataObject) -> None:
        identity = self.an_assignment(data)
        refused = self.model.read(identity)
        answer = self.call(refused, "GetAssignment", AssignmentId=identity)
        if not refused and (found := self.model.find(identity)):
            read = answer["Assignment"]
            assert (read["WorkerId"], read["AssignmentStatus"]) == (found[1].worker, found[1].status)

    @precondition(lambda self: self.taken())
    @rule(data=st.data(), worker=workers, amount=st.sampled_from([1, 100, 3000]))
    def pay_bonus(self, data: st.DataObject, worker: str, amount: int) -> None:
        identity = self.an_assignment(data)
        if (found := self.model.find(identity)) and data.draw(st.booleans()):
            worker = found[1].worker
        refused = self.model.bonus(identity, worker, amount)
        members = {"AssignmentId": identity, "WorkerId": worker, "BonusAmount": dollars(amount), "Reason": "Thanks."}
        self.call(refused, "SendBonus", **members)

    def look_at_money(self, size: int) -> None:
        answer = self.call(None, "GetAccountBalance")
        assert answer["AvailableBalance"] == dollars(self.model.balance)
        assert answer["OnHoldBalance"] == dollars(self.model.on_hold)
        for identity, amounts in self.model.bonuses.items():
            paid = self.listed("ListBonusPayments", "BonusPayments", size, AssignmentId=identity)
            assert [item["BonusAmount"] for item in paid] == [dollars(amount) for amount in amounts]

    @rule(size=st.integers(1, 5))
    def look(self, size: int) -> None:
        """All that there is, by pages."""
        self.look_at_types(size)
        self.look_at_hits(size)
        self.look_at_money(size)
        blocks = self.listed("ListWorkerBlocks", "WorkerBlocks", size)
        assert sorted(item["WorkerId"] for item in blocks) == sorted(self.model.blocked)

    # Blocks, and time

    @rule(worker=workers, blocked=st.booleans())
    def block(self, worker: str, blocked: bool) -> None:
        (self.model.blocked.add if blocked else self.model.blocked.discard)(worker)
        self.call(None, "CreateWorkerBlock" if blocked else "DeleteWorkerBlock", WorkerId=worker, Reason="r")

    @precondition(lambda self: self.model.now < LONGEST)
    @rule(seconds=st.sampled_from([600, 3600, DAY, 3 * DAY]))
    def pass_time(self, seconds: int) -> None:
        self.marketplace.advance(seconds)
        self.model.pass_time(seconds)


TestFaithful = pytest.mark.usefixtures("engine")(Faithful.TestCase)
