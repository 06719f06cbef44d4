"""Two requesters whose calls are mixed: each is answered what it would be in a marketplace of its own."""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace import WorkerRefusedError
from pulumi_mturk.marketplace.domain import worker_assignments
from pulumi_mturk.marketplace.settings import Sources
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, InProcessClient
from tests.support.marketplace.engine import brief_marketplace
from tests.support.marketplace.kept_numbers import check_kept_numbers
from tests.support.marketplace.populated import PLURALITY, SCORED

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi_mturk.marketplace.domain.context import Context

ACCOUNTS: Final = (1, 2)
WORKERS: Final = [f"A{number}EXAMPLE" for number in range(3)]
NOBODYS: Final = "LOCALNOBODYSNOBODYSNOBODYS0000"
START: Final = 1_800_000_000.0
DAY: Final = 86_400
_ID: Final = re.compile(r"LOCAL[A-Z0-9]{25}")
_MOMENT: Final = re.compile(r" \([0-9]{13}( s)?\)")

numbers = st.integers(0, 5)
names = st.sampled_from(["HITId", "AssignmentId"])
workers = st.sampled_from(WORKERS)
accounts = st.sampled_from(ACCOUNTS)
judgements = st.sampled_from(["ApproveAssignment", "RejectAssignment", "SendBonus"])
changes = st.sampled_from(
    ["UpdateExpirationForHIT", "CreateAdditionalAssignmentsForHIT", "UpdateHITReviewStatus", "DeleteHIT"]
)
# Whose id is called with: mostly one's own.
pairs = st.sampled_from([(1, 1), (2, 2), (1, 1), (2, 2), (1, 2), (2, 1)])
steps = st.one_of(
    st.tuples(st.just("publish"), accounts, st.integers(1, 3), st.booleans(), st.sampled_from([None, "t"])),
    st.tuples(st.just("change"), pairs, numbers, changes),
    st.tuples(st.just("retype"), pairs, numbers, numbers),
    st.tuples(st.just("judge"), pairs, numbers, judgements, st.none() | workers),
    st.tuples(st.just("block"), accounts, workers, st.booleans()),
    st.tuples(st.just("notify"), accounts),
    st.tuples(st.just("work"), accounts, numbers, workers, st.sampled_from(["submit", "submit", "return", "keep"])),
    st.tuples(st.just("wait"), st.sampled_from([60.0, 3700.0, 4 * DAY])),
    st.tuples(st.just("look"), accounts, st.integers(1, 4)),
)


class Place:
    """A marketplace, its requesters, and what each has: an id is the place of what it names among what they made."""

    def __init__(self, *present: int) -> None:
        self.now = START
        self.workers: dict[str, str] = {}
        """Of assignments."""
        self.stack = ExitStack()
        self.marketplace = self.stack.enter_context(brief_marketplace(Sources(clock=lambda: self.now)))
        self.marketplace.set_switches(funds="prepaid", account_balance="2.00", hit_removal_days=5)
        self.marketplace.register_worker(*WORKERS)
        self.clients = {account: InProcessClient(self.marketplace, account) for account in present}
        self.made: dict[int, dict[str, list[str]]] = {
            account: {"HITId": [], "HITTypeId": [], "HITGroupId": [], "AssignmentId": [], "ActionId": []}
            for account in ACCOUNTS
        }

    def id_of(self, account: int, name: str, number: int) -> str:
        """One of an account's ids; of one that is not present here nobody has any."""
        found = self.made[account][name]
        return found[number % len(found)] if found else NOBODYS

    def call(self, account: int, operation: str, **members: Any) -> Any:
        """What an account is answered, in the form in which two places can be compared."""
        return self.named(account, self.clients[account].call(operation, **members))

    def named(self, account: int, answer: Any) -> Any:
        """An answer without what differs between places: ids are named, moments and tokens left out."""
        if isinstance(answer, dict):
            for name, value in answer.items():
                found = self.made[account].get(name)
                if found is not None and value not in found and _ID.fullmatch(value):
                    found.append(value)
            return {name: name if name == "NextToken" else self.named(account, value) for name, value in answer.items()}
        if isinstance(answer, list | tuple):
            return [self.named(account, each) for each in answer]
        if isinstance(answer, str):
            return _ID.sub(lambda found: self._name(account, found[0]), _MOMENT.sub("", answer))
        return answer

    def _name(self, account: int, identity: str) -> str:
        for name, found in self.made[account].items():
            if identity in found:
                return f"{name} {found.index(identity)}"
        return "what is not mine"

    def pages(self, account: int, operation: str, member: str, size: int, **members: Any) -> list[Any]:
        """All pages of a list."""
        found = []
        token: dict[str, str] = {}
        while True:
            status, answer = self.clients[account].call(operation, MaxResults=size, **members, **token)
            found.append(self.named(account, answer))
            if status != 200 or not answer.get(member) or "NextToken" not in answer:
                return found
            token = {"NextToken": answer["NextToken"]}

    def as_worker(self, account: int, act: Callable[[Context], str | None]) -> Any:
        try:
            with self.marketplace.writing() as ctx:
                made = act(ctx)
        except WorkerRefusedError as refused:
            return str(refused)
        if made is not None:
            self.made[account]["AssignmentId"].append(made)
        return "done"


def _publish(place: Place, account: int, most: int, reviewed: bool, token: str | None) -> Any:
    policies = {"AssignmentReviewPolicy": SCORED, "HITReviewPolicy": PLURALITY} if reviewed else {}
    members = {**HIT_TYPE, **policies, "Question": QUESTION, "LifetimeInSeconds": 2 * DAY, "MaxAssignments": most}
    title = f"{HIT_TYPE['Title']} {most}"
    return place.call(
        account,
        "CreateHIT",
        **members | {"Title": title, "AutoApprovalDelayInSeconds": DAY, "UniqueRequestToken": token},
    )


def _change(place: Place, whose: tuple[int, int], number: int, operation: str) -> Any:
    account, of = whose
    more = {"ExpireAt": place.now, "NumberOfAdditionalAssignments": 1, "UniqueRequestToken": str(number)}
    return place.call(account, operation, HITId=place.id_of(of, "HITId", number), **more)


def _retype(place: Place, whose: tuple[int, int], number: int, of_type: int) -> Any:
    account, of = whose
    members = {"HITId": place.id_of(of, "HITId", number), "HITTypeId": place.id_of(account, "HITTypeId", of_type)}
    return place.call(account, "UpdateHITTypeOfHIT", **members)


def _judge(place: Place, whose: tuple[int, int], number: int, operation: str, worker_id: str | None) -> Any:
    account, of = whose
    assignment_id = place.id_of(of, "AssignmentId", number)
    worker_id = worker_id or place.workers.get(assignment_id, WORKERS[0])
    members = {"OverrideRejection": number % 2 == 0, "RequesterFeedback": "Well."}
    bonus = {"WorkerId": worker_id, "BonusAmount": "0.07", "Reason": "Thanks.", "UniqueRequestToken": str(number)}
    return place.call(account, operation, AssignmentId=assignment_id, **members, **bonus)


def _block(place: Place, account: int, worker_id: str, blocked: bool) -> Any:
    operation = "CreateWorkerBlock" if blocked else "DeleteWorkerBlock"
    return place.call(account, operation, WorkerId=worker_id, Reason=f"By {account}.")


def _notify(place: Place, account: int) -> Any:
    return place.call(account, "NotifyWorkers", Subject="s", MessageText="t", WorkerIds=WORKERS)


def _work(place: Place, of: int, number: int, worker_id: str, finish: str) -> Any:
    hit_id = place.id_of(of, "HITId", number)
    answers = [place.as_worker(of, lambda ctx: worker_assignments.accept(ctx, worker_id, hit_id))]
    if answers == ["done"] and finish != "keep":
        assignment_id = place.made[of]["AssignmentId"][-1]
        place.workers[assignment_id] = worker_id

        def end(ctx: Context) -> None:
            if finish == "submit":
                worker_assignments.submit(ctx, worker_id, assignment_id, [("q1", "ab"[number % 2])])
            else:
                worker_assignments.return_assignment(ctx, worker_id, assignment_id)

        answers.append(place.as_worker(of, end))
    return answers


def _look(place: Place, account: int, size: int) -> Any:
    """All that an account can read of its work; and of another's, as far as its ids lead."""
    found = [
        place.call(account, "GetAccountBalance"),
        place.pages(account, "ListHITs", "HITs", size),
        place.pages(account, "ListReviewableHITs", "HITs", size),
        place.pages(account, "ListReviewableHITs", "HITs", size, Status="Reviewing"),
        place.pages(account, "ListWorkerBlocks", "WorkerBlocks", size),
    ]
    for of in ACCOUNTS:
        for number in range(8 if of == account else 2):
            hit, work = place.id_of(of, "HITId", number), place.id_of(of, "AssignmentId", number)
            found += [
                place.call(account, "GetHIT", HITId=hit),
                place.pages(account, "ListAssignmentsForHIT", "Assignments", size, HITId=hit),
                place.pages(account, "ListBonusPayments", "BonusPayments", size, HITId=hit),
                place.call(account, "ListReviewPolicyResultsForHIT", HITId=hit),
                place.call(account, "GetAssignment", AssignmentId=work),
                place.pages(account, "ListBonusPayments", "BonusPayments", size, AssignmentId=work),
            ]
    return found


BEGINNING: Final = [
    *(("publish", account, most, reviewed, None) for account in ACCOUNTS for most, reviewed in ((1, False), (3, True))),
    *(
        ("work", account, number, worker, "submit")
        for account in ACCOUNTS
        for number in (0, 1)
        for worker in WORKERS[:2]
    ),
]
"""Something to act on from the first step."""
_STEPS: Final[dict[str, Callable[..., Any]]] = {
    "publish": _publish,
    "change": _change,
    "retype": _retype,
    "judge": _judge,
    "block": _block,
    "notify": _notify,
    "work": _work,
    "look": _look,
}


@pytest.mark.usefixtures("engine")
@given(plan=st.lists(steps, min_size=10, max_size=40))
def test_each_is_answered_as_if_alone(plan: list[tuple[Any, ...]]) -> None:
    both, alone = Place(*ACCOUNTS), {account: Place(account) for account in ACCOUNTS}
    places = [both, *alone.values()]
    try:
        for kind, whose, *values in [*BEGINNING, *plan, *(("look", account, 2) for account in ACCOUNTS)]:
            if kind == "wait":
                for place in places:
                    place.now += whose
            else:
                of_caller = alone[whose if isinstance(whose, int) else whose[0]]
                assert _STEPS[kind](both, whose, *values) == _STEPS[kind](of_caller, whose, *values)
        with both.marketplace.reading() as ctx:
            check_kept_numbers(ctx.db)
    finally:
        for place in places:
            place.stack.close()
