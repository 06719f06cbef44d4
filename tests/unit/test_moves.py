"""Renames and moves: Pulumi makes the new and deletes the old, and nobody loses anything by it."""

import threading
from collections.abc import Iterator, Mapping

import pytest

from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place
from tests.support.findings import code, places, words
from tests.support.inputs import CALL_OF_TYPE
from tests.support.memory_stack import GRANT, LIST, REVOKE, Declared, Stack, block, grant, many, roster

FIRST, SECOND, THIRD, FOURTH = many(4)
BLOCK, UNBLOCK = "CreateWorkerBlock", "DeleteWorkerBlock"
both_orders = pytest.mark.parametrize("together", [False, True], ids=["one by one", "together"])


@pytest.fixture(autouse=True)
def _nobody_is_told_of_a_move(place: Place) -> Iterator[None]:
    yield
    assert [item.kind for item in place.marketplace.notifications() if item.kind != "Block"] == []


def blocked(place: Place) -> set[str]:
    found = set(place.client.list_worker_blocks())
    place.counted()
    return found


# Two that want the same


@pytest.mark.parametrize(
    ("program", "place_and_code"),
    [
        (
            {"a": ("r", [FIRST, SECOND, THIRD], {}), "b": ("r", {SECOND: 5, FIRST: 1}, {})},
            ("workers", "MT403"),
        ),
        (
            {"a": ("g", FIRST, {}), "b": ("r", [FIRST, SECOND], {})},
            ("workers", "MT403"),
        ),
        (
            {"a": ("r", [FIRST, SECOND], {}), "b": ("g", SECOND, {})},
            ("workerId", "MT403"),
        ),
        (
            {"a": ("g", FIRST, {}), "b": ("g", FIRST, {})},
            ("workerId", "MT403"),
        ),
        (
            {"a": ("r", [FIRST], {"exclusive": True}), "b": ("r", [SECOND], {})},
            ("workers", "MT404"),
        ),
        (
            {"a": ("r", [FIRST], {}), "b": ("r", [SECOND], {"exclusive": True})},
            ("exclusive", "MT405"),
        ),
        (
            {"a": ("r", [FIRST], {"exclusive": True}), "b": ("g", SECOND, {})},
            ("workerId", "MT404"),
        ),
        (
            {"a": ("g", FIRST, {}), "b": ("r", [SECOND], {"exclusive": True})},
            ("exclusive", "MT405"),
        ),
    ],
)
def test_two_that_want_the_same_are_refused_in_the_plan(
    place: Place,
    stack: Stack,
    tier: str,
    program: Mapping[str, tuple[str, object, dict[str, object]]],
    place_and_code: tuple[str, str],
) -> None:
    declared = {
        name: grant(tier, str(who), **members) if kind == "g" else roster(tier, who, **members)
        for name, (kind, who, members) in program.items()
    }
    assert not stack.up(declared, together=True)
    assert places(stack.errors) == [place_and_code]
    assert "'a'" in stack.errors[0]
    assert place.counted() == {}


def test_the_same_workers_of_another_type_are_no_matter(place: Place, stack: Stack, tier: str) -> None:
    other = place.client.create_qualification_type(**CALL_OF_TYPE | {"name": "Other"}).qualification_type_id
    program = {
        "a": roster(tier, [FIRST], exclusive=True),
        "b": roster(other, [FIRST, SECOND], exclusive=True),
        "c": block(FIRST),
    }
    assert stack.up(program)
    assert not stack.changes(program)


# Moves


def held(place: Place, type_id: str) -> dict[str, int]:
    return place.client.holders(type_id) or {}


MOVES: dict[str, tuple[dict[str, tuple[str, object]], dict[str, tuple[str, object]]]] = {
    "a roster is renamed": ({"old": ("r", [FIRST, SECOND])}, {"new": ("r", [FIRST, SECOND])}),
    "a mapping is renamed": ({"old": ("r", {FIRST: 7, SECOND: 8})}, {"new": ("r", {FIRST: 7, SECOND: 8})}),
    "a grant is renamed": ({"old": ("g", (FIRST, 7))}, {"new": ("g", (FIRST, 7))}),
    "from a grant to a roster": ({"one": ("g", (FIRST, 7)), "team": ("r", [SECOND])}, {"team": ("r", [FIRST, SECOND])}),
    "from a roster to a grant": (
        {"team": ("r", [FIRST, SECOND])},
        {"team": ("r", [SECOND]), "one": ("g", (FIRST, 7))},
    ),
    "from a roster to the next": (
        {"a": ("r", [FIRST, SECOND]), "b": ("r", [THIRD])},
        {"a": ("r", [SECOND]), "b": ("r", [FIRST, THIRD])},
    ),
    "from a roster to the one before": (
        {"a": ("r", [THIRD]), "b": ("r", [FIRST, SECOND])},
        {"a": ("r", [FIRST, THIRD]), "b": ("r", [SECOND])},
    ),
    "two swap": (
        {"a": ("r", [FIRST, SECOND]), "b": ("r", [THIRD, FOURTH])},
        {"a": ("r", [THIRD, SECOND]), "b": ("r", [FIRST, FOURTH])},
    ),
    "two rosters become one": ({"a": ("r", [FIRST]), "b": ("r", [SECOND])}, {"c": ("r", [FIRST, SECOND])}),
    "one roster becomes two": ({"c": ("r", [FIRST, SECOND])}, {"a": ("r", [FIRST]), "b": ("r", [SECOND])}),
    "one becomes a roster and grants": (
        {"c": ("r", [FIRST, SECOND, THIRD])},
        {"c": ("r", [SECOND]), "one": ("g", (FIRST, 7)), "two": ("g", (THIRD, 9))},
    ),
}
SCORES = {FIRST: 7, SECOND: 8, THIRD: 9, FOURTH: 10}


def declared(type_id: str, program: Mapping[str, tuple[str, object]]) -> dict[str, Declared]:
    found: dict[str, Declared] = {}
    for name, (kind, who) in program.items():
        if kind == "g" and isinstance(who, tuple):
            found[name] = grant(type_id, who[0], integerValue=who[1])
        else:
            found[name] = roster(type_id, who)
    return found


@both_orders
@pytest.mark.parametrize("move", MOVES)
def test_who_moves_keeps_it_and_the_score(place: Place, stack: Stack, tier: str, move: str, together: bool) -> None:
    before, after = (declared(tier, program) for program in MOVES[move])
    assert stack.up(before)
    scores = {worker: SCORES[worker] for worker in held(place, tier)}
    place.grant_elsewhere(tier, scores)
    stack.refresh()

    assert stack.up(after, together=together)
    if together:
        assert place.counted()[REVOKE] == 0
    assert held(place, tier) == scores
    assert stack.resources.keys() == after.keys()
    assert stack.refresh() == set()
    assert not stack.changes(after)
    assert stack.destroy()
    assert held(place, tier) == {}


def test_a_delete_of_what_is_still_wanted_calls_nothing_and_says_so(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"old": roster(tier, [FIRST, SECOND]), "one": grant(tier, THIRD), "out": block(FOURTH)})
    place.counted()
    assert stack.up({"new": roster(tier, [FIRST, SECOND]), "two": grant(tier, THIRD), "away": block(FOURTH)})
    # What is made is made; what is deleted is not even looked at.
    assert place.counted() == {LIST: 1, "GetQualificationScore": 1, "ListWorkerBlocks": 1, BLOCK: 1}
    assert list(map(words, place.remarks[-3:])) == [
        "the worker stays blocked: the resource 'away' of this program wants it; nothing was called",
        "the worker keeps it, as the resource 'two' of this program grants it",
        "2 workers keep it: the program grants it to them by 'new'",
    ]
    assert place.warnings == []


def test_a_delete_of_what_is_partly_wanted_takes_the_rest(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"old": roster(tier, [FIRST, SECOND, THIRD, FOURTH], scoresEarned=True)})
    place.counted()
    assert stack.up({"a": roster(tier, [SECOND]), "b": roster(tier, [FIRST])})
    assert place.counted() == {LIST: 3, REVOKE: 2}
    assert held(place, tier) == {FIRST: 1, SECOND: 1}
    assert words(place.remarks[-1]) == "2 workers keep it: the program grants it to them by 'a', 'b'"
    # Who keeps it loses no score.
    assert place.warnings[-1].startswith("2 workers lose it")
    assert code(place.warnings[-1]) == "MT418"


def test_an_update_leaves_whom_another_resource_wants(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"a": roster(tier, [FIRST, SECOND]), "b": roster(tier, [])})
    place.counted()
    assert stack.up({"b": roster(tier, [FIRST]), "a": roster(tier, [SECOND])})
    assert place.counted() == {LIST: 2}
    assert words(place.remarks[-1]) == "1 worker keeps it: the program grants it to them by 'b'"
    assert (stack.held("a"), stack.held("b")) == ({SECOND: None}, {FIRST: None})


def test_who_was_taken_back_first_gets_the_old_score_again(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"a": roster(tier, [FIRST, SECOND]), "b": roster(tier, [])})
    place.grant_elsewhere(tier, {FIRST: 85})
    assert stack.up({"a": roster(tier, [SECOND]), "b": roster(tier, [FIRST], integerValue=3)})
    assert place.counted() == {LIST: 2, REVOKE: 1, GRANT: 1}
    assert held(place, tier) == {FIRST: 85, SECOND: 1}
    # A run that knows nothing of it gives what it is told to.
    assert stack.up({"a": roster(tier, [SECOND]), "b": roster(tier, [])})
    assert stack.up({"a": roster(tier, [SECOND]), "b": roster(tier, [FIRST], integerValue=3)})
    assert held(place, tier) == {FIRST: 3, SECOND: 1}


def test_a_mapping_says_the_score_itself(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"a": roster(tier, [FIRST, SECOND]), "b": roster(tier, [])})
    place.grant_elsewhere(tier, {FIRST: 85})
    assert stack.up({"a": roster(tier, [SECOND]), "b": roster(tier, {FIRST: 3})})
    assert held(place, tier) == {FIRST: 3, SECOND: 1}


def test_a_delete_in_a_later_run_calls(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"old": roster(tier, [FIRST]), "one": grant(tier, SECOND), "out": block(THIRD)})
    assert stack.up({"new": roster(tier, [FIRST]), "two": grant(tier, SECOND), "away": block(THIRD)})
    place.counted()
    assert stack.destroy()
    looks = {LIST: 1, "GetQualificationScore": 1, "ListWorkerBlocks": 1}
    assert place.counted() == {REVOKE: 2, UNBLOCK: 1} | looks
    assert held(place, tier) == {}
    assert blocked(place) == set()


def test_what_the_new_one_could_not_get_the_old_one_keeps(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"old": roster(tier, [FIRST])})
    place.marketplace.inject(Fault("access_denied", LIST))
    assert not stack.up({"new": roster(tier, [FIRST])})
    assert stack.resources.keys() == {"old"}
    assert held(place, tier) == {FIRST: 1}
    assert stack.up({"new": roster(tier, [FIRST])})
    assert held(place, tier) == {FIRST: 1}


def test_an_exclusive_roster_is_renamed_too(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"old": roster(tier, [FIRST, SECOND], exclusive=True)})
    assert stack.up({"new": roster(tier, [SECOND, THIRD], exclusive=True)})
    assert held(place, tier) == {SECOND: 1, THIRD: 1}


def test_a_renamed_grant_mails_nobody(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {FIRST: 7})
    mailed = {"integerValue": 7, "sendNotification": True}
    assert stack.up({"old": grant(tier, FIRST, **mailed)})
    place.counted()
    assert stack.up({"new": grant(tier, FIRST, **mailed)})
    assert place.counted() == {"GetQualificationScore": 1}
    assert held(place, tier) == {FIRST: 7}


def test_a_block_that_was_lifted_before_it_was_wanted_again_is_put_back(place: Place, stack: Stack) -> None:
    assert stack.up({"a": block(FIRST), "b": block(SECOND)})
    place.next_run()
    given_up, kept = stack.resources["a"], stack.resources["b"]
    lifecycle.delete(given_up.resource, given_up.context, given_up.id, given_up.outputs, given_up.inputs)
    inputs = place.check(*block(FIRST, "Asked again."), kept.inputs, name="b").inputs
    state = lifecycle.update(kept.resource, kept.context, kept.id, kept.outputs | {"workerId": FIRST}, inputs)
    assert state["reason"] == "Asked again."
    assert blocked(place) == {FIRST, SECOND}


# A replacement under the same name


@pytest.mark.parametrize("token", ["QualificationRoster", "QualificationGrant", "WorkerBlock"])
@pytest.mark.parametrize("delete_first", [False, True])
def test_a_replacement_that_somebody_asks_for_ends_with_what_it_had(
    place: Place, stack: Stack, tier: str, token: str, delete_first: bool
) -> None:
    kinds: dict[str, Declared] = {
        "QualificationRoster": roster(tier, [FIRST]),
        "QualificationGrant": grant(tier, FIRST),
        "WorkerBlock": block(FIRST),
    }
    assert stack.up({"it": kinds[token]})
    old = stack.resources["it"]
    place.next_run()
    place.counted()
    place.check(*kinds[token], old.inputs, name="it")
    inputs = place.check(*kinds[token], name="it").inputs
    if delete_first:
        lifecycle.delete(REGISTRY[token], old.context, old.id, old.outputs, old.inputs)
    place.create(token, inputs, "it")
    if not delete_first:
        lifecycle.delete(REGISTRY[token], old.context, old.id, old.outputs, old.inputs)
    calls = place.counted()
    assert (calls[REVOKE], calls[UNBLOCK]) == (0, 0)
    assert held(place, tier).keys() | blocked(place) == {FIRST}


def test_another_worker_replaces_a_grant_and_a_block(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"one": grant(tier, FIRST), "out": block(FIRST)})
    place.counted()
    assert stack.up({"one": grant(tier, SECOND), "out": block(SECOND)})
    # The new one and the old one are looked at; one listing serves both blocks.
    looks = {"GetQualificationScore": 2, "ListWorkerBlocks": 1}
    assert place.counted() == {GRANT: 1, REVOKE: 1, BLOCK: 1, UNBLOCK: 1} | looks
    assert held(place, tier) == {SECOND: 1}
    assert blocked(place) == {SECOND}


@both_orders
def test_two_grants_and_two_blocks_swap_their_workers(place: Place, stack: Stack, tier: str, together: bool) -> None:
    assert stack.up({"one": grant(tier, FIRST), "two": grant(tier, SECOND), "a": block(THIRD), "b": block(FOURTH)})
    place.counted()
    swapped = {"one": grant(tier, SECOND), "two": grant(tier, FIRST), "a": block(FOURTH), "b": block(THIRD)}
    assert stack.up(swapped, together=together)
    calls = place.counted()
    assert (calls[REVOKE], calls[UNBLOCK]) == (0, 0)
    assert held(place, tier) == {FIRST: 1, SECOND: 1}
    assert blocked(place) == {THIRD, FOURTH}
    assert not stack.changes(swapped)


# Side by side


def test_who_takes_a_worker_over_waits_for_the_call_that_takes_them_from_the_other(
    place: Place, stack: Stack, tier: str
) -> None:
    assert stack.up({"a": roster(tier, [FIRST, SECOND]), "b": roster(tier, [THIRD])})
    place.grant_elsewhere(tier, {FIRST: 85})
    place.next_run()
    losing, gaining = stack.resources["a"], stack.resources["b"]
    place.marketplace.inject(Fault("delay", REVOKE, seconds=0.5))
    lost = place.check(*roster(tier, [SECOND]), losing.inputs, name="a").inputs
    revoking = threading.Thread(
        target=lambda: lifecycle.update(losing.resource, losing.context, losing.id, losing.outputs, lost)
    )
    revoking.start()
    while place.marketplace.faults():  # until the call is under way
        threading.Event().wait(0.01)
    # Registered only now: nobody could know that the worker is wanted.
    gained = place.check(*roster(tier, [FIRST, THIRD]), gaining.inputs, name="b").inputs
    assert revoking.is_alive()
    lifecycle.update(gaining.resource, gaining.context, gaining.id, gaining.outputs, gained)
    revoking.join()
    calls = [call for call in place.calls() if call in (GRANT, REVOKE)]
    assert calls == [REVOKE, GRANT]
    assert held(place, tier) == {FIRST: 85, SECOND: 1, THIRD: 1}


def test_rosters_that_exchange_all_their_workers_at_once_lose_nobody(place: Place, stack: Stack, tier: str) -> None:
    names = ("a", "b", "c", "d")
    lists = {name: many(50, first=100 * index) for index, name in enumerate(names)}
    assert stack.up({name: roster(tier, lists[name]) for name in names})
    scores = {worker: index for members in lists.values() for index, worker in enumerate(members)}
    place.grant_elsewhere(tier, scores)
    place.next_run()

    def move(name: str, to: str) -> None:
        made = stack.resources[name]
        inputs = place.check(*roster(tier, lists[to]), made.inputs, name=name).inputs
        lifecycle.update(made.resource, made.context, made.id, made.outputs, inputs)

    threads = [
        threading.Thread(target=move, args=(name, to)) for name, to in zip(names, (*names[1:], "a"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert held(place, tier) == scores
