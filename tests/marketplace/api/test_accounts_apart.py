"""Two requesters in one marketplace: each reads what it would read alone, whatever the other does in between.

The other also calls with ids that are not its own. What is documented to cross accounts is left out: a requester who
requires another's type of workers depends on whether it is there.
"""

from __future__ import annotations

import json
import random
import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace import WorkerRefusedError
from pulumi_mturk.marketplace.domain import layouts
from pulumi_mturk.marketplace.settings import Sources
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, TEST, InProcessClient
from tests.support.marketplace.engine import brief_marketplace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ACCOUNTS: Final = (1, 2)
NOBODY: Final = 0
BEGIN: Final = 1_700_000_000.0
HELD: Final = 5
"""Seconds, which are steps, for which a deleted name stays taken."""
WORKERS: Final = ("A1EXAMPLE", "A2EXAMPLE")
_IDS: Final = re.compile(r"LOCAL[A-Z0-9]{25}")
Rows = list[Any]


@dataclass(frozen=True)
class Step:
    """What an account does, or what a worker does for it."""

    account: int
    deed: str
    which: int
    """Which one of what there is."""
    word: int
    """A name, a worker, a score or the length of pages."""
    foreign: bool = False
    """Whether it is done with what the other account has: without effect, and not part of what the account reads."""


class World:
    """A marketplace in which one step is a second, and what each account has made in it and read of it."""

    def __init__(self, numbers: dict[int, int]) -> None:
        """`numbers`: under which number the marketplace knows each account."""
        self.time = BEGIN
        ids = random.Random(len(numbers))  # noqa: S311 - nothing to guess
        self.stack = ExitStack()
        self.marketplace = self.stack.enter_context(brief_marketplace(Sources(lambda: self.time, ids)))
        self.marketplace.set_switches(name_held_seconds=HELD)
        self.numbers = numbers
        self.made: dict[int, dict[str, list[str]]] = {
            account: {"type": [], "request": [], "hit_type": [], "layout": []} for account in numbers
        }
        self.read: dict[int, Rows] = {account: [] for account in numbers}

    def run(self, steps: Iterable[Step]) -> dict[int, Rows]:
        """What each account has read, with ids by the order in which it met them."""
        with self.stack:
            for step in steps:
                self.time += 1
                if step.account in self.numbers:
                    found = DEEDS[step.deed](self, step)
                    self.read[step.account] += [] if step.foreign else [(step.deed, found)]
            for account in self.numbers:
                self.look(account)
            return {account: labelled(rows) for account, rows in self.read.items()}

    def look(self, account: int) -> None:
        """Read all that there is."""
        looks = ["get_type", "list_holders", "list_revoked", "list_requests_of", "list_hits_of"]
        for which in range(len(self.made[account]["type"])):
            self.read[account] += [DEEDS[deed](self, Step(account, deed, which, 3)) for deed in looks]
        self.read[account] += [DEEDS[deed](self, Step(account, deed, 0, 3)) for deed in ("list_types", "list_requests")]
        number = self.numbers[account]
        with self.marketplace.reading() as ctx:
            sent = ctx.db.execute(
                """SELECT kind, worker_id, qualification_type_id, text, time FROM notifications WHERE account = ?
                ORDER BY sequence""",
                (number,),
            )
            events = ctx.db.execute("SELECT message FROM events WHERE account = ? ORDER BY sequence", (number,))
            self.read[account] += [tuple(row) for row in sent]
            self.read[account] += [json.loads(row["message"])["Events"] for row in events]

    def an_id(self, step: Step, kind: str) -> str:
        """The id of something of the account's, or of the other's."""
        owner = (
            next((other for other in self.numbers if other != step.account), NOBODY) if step.foreign else step.account
        )
        made = self.made.get(owner, {}).get(kind)
        return made[step.which % len(made)] if made else "LOCALUNKNOWN"

    def call(self, step: Step, operation: str, /, **members: Any) -> dict[str, Any]:
        _, answer = InProcessClient(self.marketplace, self.numbers[step.account]).call(operation, **members)
        return answer

    def make(self, step: Step, kind: str, made: str | None) -> None:
        if made is not None and not step.foreign:
            self.made[step.account][kind].append(made)

    def pages(self, step: Step, operation: str, /, **members: Any) -> Rows:
        """All pages of a listing, without their tokens."""
        found = []
        while True:
            answer = self.call(step, operation, MaxResults=1 + step.word, **members)
            token = answer.pop("NextToken", None)
            found.append(answer)
            if token is None:
                return found
            members["NextToken"] = token


def labelled(rows: Rows) -> Rows:
    """The same with ids by the order in which they come."""
    labels: dict[str, str] = {}
    text = _IDS.sub(lambda found: labels.setdefault(found[0], f"#{len(labels)}"), json.dumps(rows))
    return json.loads(text)  # type: ignore[no-any-return]


def create_type(world: World, step: Step) -> Any:
    members: dict[str, Any] = {"Keywords": "word"} if step.which % 2 else {}
    if step.which % 3 == 0:
        members |= {"Test": TEST, "TestDurationInSeconds": 60}
    elif step.which % 3 == 1:
        members["AutoGranted"] = True
    name = {"Name": f"Type {step.word}", "Description": "Words.", "QualificationTypeStatus": "Active"}
    answer = world.call(step, "CreateQualificationType", **name, RetryDelayInSeconds=0, **members)
    world.make(step, "type", answer.get("QualificationType", {}).get("QualificationTypeId"))
    return answer


def of_type(operation: str, **members: Any) -> Callable[[World, Step], Any]:
    return lambda world, step: world.call(
        step, operation, QualificationTypeId=world.an_id(step, "type"), **{k: v(step) for k, v in members.items()}
    )


def pages_of_type(operation: str, **members: Any) -> Callable[[World, Step], Any]:
    return lambda world, step: world.pages(step, operation, QualificationTypeId=world.an_id(step, "type"), **members)


def of_request(operation: str) -> Callable[[World, Step], Any]:
    return lambda world, step: world.call(step, operation, QualificationRequestId=world.an_id(step, "request"))


def ask(world: World, step: Step) -> Any:
    """A worker asks for a qualification of the account's."""
    try:
        made = world.marketplace.request_qualification(
            WORKERS[step.word % 2], world.an_id(replace(step, foreign=False), "type")
        )
    except WorkerRefusedError as error:
        return str(error)
    world.make(step, "request", made)
    return made


def list_all_types(world: World, step: Step) -> Any:
    """Those of all requesters, of which the account's own are told."""
    found = world.pages(step, "ListQualificationTypes", MustBeRequestable=True, Query=f"type {step.which}")
    own = world.made[step.account]["type"]
    return [each for page in found for each in page["QualificationTypes"] if each["QualificationTypeId"] in own]


def create_hit_type(world: World, step: Step) -> Any:
    own = world.an_id(replace(step, foreign=False), "type")
    rules = [{"QualificationTypeId": own, "Comparator": "Exists"}] if step.which % 2 else []
    answer = world.call(
        step, "CreateHITType", **{**HIT_TYPE, "Title": f"Title {step.word}"}, QualificationRequirements=rules
    )
    world.make(step, "hit_type", answer.get("HITTypeId"))
    return answer


def add_layout(world: World, step: Step) -> Any:
    with world.marketplace.writing(account=world.numbers[step.account]) as ctx:
        world.make(step, "layout", layouts.add_layout(ctx, f"<p>{step.word}</p>"))


def publish(world: World, step: Step) -> Any:
    content = {"HITLayoutId": world.an_id(step, "layout")} if step.word % 2 else {"Question": QUESTION}
    own = step.foreign and step.word % 2  # another's layout for a type of one's own
    hit_type = world.an_id(replace(step, foreign=False) if own else step, "hit_type")
    return world.call(step, "CreateHITWithHITType", HITTypeId=hit_type, LifetimeInSeconds=3600, **content)


def notification(step: Step) -> dict[str, Any]:
    kinds = ["HITCreated", "HITExpired"][step.which % 2 :]
    destination = f"https://example.com/{step.word}"
    return {"Destination": destination, "Transport": "SQS", "Version": "2006-05-05", "EventTypes": kinds}


DEEDS: Final[dict[str, Callable[[World, Step], Any]]] = {
    "create_type": create_type,
    "update_type": of_type(
        "UpdateQualificationType",
        Description=lambda step: f"Words {step.word}.",
        QualificationTypeStatus=lambda step: ("Active", "Inactive")[step.word % 2],
    ),
    "delete_type": of_type("DeleteQualificationType"),
    "get_type": of_type("GetQualificationType"),
    "list_types": lambda world, step: world.pages(
        step, "ListQualificationTypes", MustBeRequestable=True, MustBeOwnedByCaller=True
    ),
    "find_types": lambda world, step: world.pages(
        step, "ListQualificationTypes", MustBeRequestable=True, MustBeOwnedByCaller=True, Query="WORD"
    ),
    "list_all_types": list_all_types,
    "grant": of_type(
        "AssociateQualificationWithWorker",
        WorkerId=lambda step: WORKERS[step.word % 2],
        IntegerValue=lambda step: step.word,
    ),
    "revoke": of_type(
        "DisassociateQualificationFromWorker", WorkerId=lambda step: WORKERS[step.word % 2], Reason=lambda _: "No."
    ),
    "get_score": of_type("GetQualificationScore", WorkerId=lambda step: WORKERS[step.word % 2]),
    "list_holders": pages_of_type("ListWorkersWithQualificationType"),
    "list_revoked": pages_of_type("ListWorkersWithQualificationType", Status="Revoked"),
    "ask": ask,
    "list_requests": lambda world, step: world.pages(step, "ListQualificationRequests"),
    "list_requests_of": pages_of_type("ListQualificationRequests"),
    "accept": of_request("AcceptQualificationRequest"),
    "reject": of_request("RejectQualificationRequest"),
    "create_hit_type": create_hit_type,
    "add_layout": add_layout,
    "publish": publish,
    "list_hits_of": pages_of_type("ListHITsForQualificationType"),
    "set_notification": lambda world, step: world.call(
        step,
        "UpdateNotificationSettings",
        HITTypeId=world.an_id(step, "hit_type"),
        Notification=notification(step),
        Active=step.word > 0,
    ),
    "send_test_event": lambda world, step: world.call(
        step, "SendTestEventNotification", Notification=notification(step), TestEventType="Ping"
    ),
}
NEVER_FOREIGN: Final = {"create_type", "ask", "create_hit_type", "add_layout", "send_test_event"}
"""What names nothing of the other's."""

steps = st.builds(
    Step,
    st.sampled_from(ACCOUNTS),
    st.sampled_from(sorted(DEEDS)),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 3).map(lambda number: number == 0),
).map(lambda step: replace(step, foreign=False) if step.deed in NEVER_FOREIGN else step)
BEGINNING: Final = [Step(account, deed, 2, 0) for account in ACCOUNTS for deed in ("create_type", "create_hit_type")]


@pytest.mark.usefixtures("engine")
@given(st.lists(steps, min_size=20, max_size=60))
def test_each_account_reads_what_it_would_read_alone(drawn: list[Step]) -> None:
    together = World({account: account for account in ACCOUNTS}).run(BEGINNING + drawn)
    for account in ACCOUNTS:
        alone = [replace(step, account=NOBODY) if step.foreign else step for step in BEGINNING + drawn]
        assert together[account] == World({account: 1}).run(alone)[account]
