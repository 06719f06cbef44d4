"""Losing many at once: refused in production, warned of where a score was earned, and told to workers if asked."""

from typing import Any

import pytest

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider import lifecycle
from tests.support.core import Place
from tests.support.findings import codes, places, words
from tests.support.inputs import CALL_OF_TYPE, EXAMPLES, TESTED, TYPE
from tests.support.memory_stack import GRANT, LIST, REVOKE, Stack, many, roster

FIRST, SECOND, THIRD = many(3)


@pytest.fixture
def guarded(production: Place) -> Stack:
    production.marketplace.set_switches(page_tokens="when_more")
    return Stack(production)


@pytest.fixture
def type_id(production: Place) -> str:
    found = production.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
    production.calls()
    return found


# So many at once


@pytest.mark.parametrize(
    ("before", "removed", "allowed"),
    [
        (10, 10, True),  # ten may always
        (11, 10, True),
        (11, 11, False),
        (20, 10, True),
        (21, 11, False),  # more than half, and more than ten
        (22, 11, True),  # half
        (23, 12, False),
        (40, 20, True),
        (40, 21, False),
        (40, 40, False),  # a file that has its header alone
    ],
)
def test_production_refuses_the_loss_of_more_than_half_and_more_than_ten(
    guarded: Stack, type_id: str, before: int, removed: int, allowed: bool
) -> None:
    assert guarded.up({"team": roster(type_id, many(before))})
    guarded.place.counted()
    assert guarded.up({"team": roster(type_id, many(before)[removed:])}) == allowed
    if allowed:
        assert guarded.place.counted()[REVOKE] == removed
    else:
        most = max(10, before // 2)
        assert list(map(words, guarded.errors)) == [
            f"workers: {removed} of {before} workers would lose the qualification in one change, and {most} may; if "
            f"that is what you want, set max_removals={removed}"
        ]
        assert guarded.place.counted() == {}


def test_so_many_as_are_allowed_may(guarded: Stack, type_id: str) -> None:
    assert guarded.up({"team": roster(type_id, many(30))})
    assert not guarded.up({"team": roster(type_id, many(1), maxRemovals=28)})
    assert "29 of 30 workers would lose the qualification in one change, and 28 may" in guarded.errors[0]
    assert guarded.up({"team": roster(type_id, many(1), maxRemovals=29)})
    assert guarded.place.client.holders(type_id) == dict.fromkeys(many(1), 1)


@pytest.mark.parametrize(("most", "allowed"), [(0, False), (1, True), (None, True)])
def test_a_number_that_is_given_holds_everywhere(stack: Stack, tier: str, most: int | None, allowed: bool) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})
    limit = {} if most is None else {"maxRemovals": most}
    assert stack.up({"team": roster(tier, [FIRST], **limit)}) == allowed


def test_outside_production_any_number_may(stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, many(40))})
    assert stack.up({"team": roster(tier, [])})
    assert stack.place.client.holders(tier) == {}


def test_an_unknown_limit_waits_for_the_run_itself(guarded: Stack, type_id: str) -> None:
    assert guarded.up({"team": roster(type_id, many(40))})
    made = guarded.resources["team"]
    token, news = roster(type_id, [])
    assert guarded.place.check(token, news | {"maxRemovals": UNKNOWN}, made.inputs, name="team").failures == []


def test_an_exclusive_roster_counts_those_whom_it_finds(guarded: Stack, type_id: str) -> None:
    place = guarded.place
    place.grant_elsewhere(type_id, dict.fromkeys(many(30, first=100), 5))
    assert not guarded.up({"team": roster(type_id, [FIRST], exclusive=True)})
    assert list(map(words, guarded.errors)) == [
        "workers: 30 of 30 workers would lose the qualification in one change, and 15 may; if that is what you want, "
        "set max_removals=30"
    ]
    assert place.counted() == {LIST: 1}
    assert guarded.resources == {}
    assert guarded.up({"team": roster(type_id, [FIRST], exclusive=True, maxRemovals=30)})
    assert place.client.holders(type_id) == {FIRST: 1}

    # Nor where it becomes exclusive later, and the program takes nobody off its list.
    assert guarded.up({"team": roster(type_id, [FIRST])})
    place.grant_elsewhere(type_id, dict.fromkeys(many(30, first=100), 5))
    assert not guarded.up({"team": roster(type_id, [FIRST], exclusive=True)})
    assert "30 of 31 workers would lose" in guarded.errors[0]
    assert len(place.client.holders(type_id) or ()) == 31


def test_only_those_who_still_hold_it_can_lose_it(guarded: Stack, type_id: str) -> None:
    assert guarded.up({"team": roster(type_id, many(20))})
    for worker in many(15):
        guarded.place.client.revoke(type_id, worker, None)
    guarded.refresh()
    assert guarded.up({"team": roster(type_id, [])})


def test_a_replacement_and_a_destroy_may(guarded: Stack, type_id: str) -> None:
    place = guarded.place
    other = place.client.create_qualification_type(**CALL_OF_TYPE | {"name": "Other"}).qualification_type_id
    assert guarded.up({"team": roster(type_id, many(30))})
    assert guarded.up({"team": roster(other, [FIRST])})
    assert (place.client.holders(type_id), place.client.holders(other)) == ({}, {FIRST: 1})
    assert guarded.up({"team": roster(other, many(30))})
    assert guarded.destroy()
    assert place.client.holders(other) == {}


# Lists by which HITs keep people out


@pytest.fixture
def keeping_out(guarded: Stack, type_id: str) -> Stack:
    """A roster of two workers, whom a HIT keeps out."""
    assert guarded.up({"team": roster(type_id, [FIRST, SECOND])})
    guarded.place.publish({"QualificationTypeId": type_id, "Comparator": "DoesNotExist"})
    return guarded


def test_production_keeps_a_list_by_which_hits_keep_people_out(keeping_out: Stack, type_id: str) -> None:
    assert not keeping_out.destroy()
    assert list(map(words, keeping_out.errors)) == [
        "the roster is not removed: 1 HIT keeps out who holds the qualification, and 2 workers would be let in. "
        "Nothing was taken back. Let the HITs expire, or put the resource back with force_destroy=True, run "
        "`pulumi up`, and remove it then"
    ]
    assert keeping_out.place.counted() == {LIST: 1, "ListHITsForQualificationType": 1}
    assert keeping_out.held() == {FIRST: None, SECOND: None}
    assert keeping_out.up({"team": roster(type_id, [FIRST], forceDestroy=True)})
    assert keeping_out.destroy()
    assert keeping_out.place.client.holders(type_id) == {}


def test_a_hit_that_lets_people_in_protects_no_list(guarded: Stack, type_id: str) -> None:
    assert guarded.up({"team": roster(type_id, [FIRST])})
    guarded.place.publish({"QualificationTypeId": type_id, "Comparator": "Exists"})
    assert guarded.destroy()


def test_a_list_that_lets_nobody_in_by_going_may_go(keeping_out: Stack, type_id: str) -> None:
    assert keeping_out.up({"renamed": roster(type_id, [FIRST, SECOND])})
    assert keeping_out.place.client.holders(type_id) == {FIRST: 1, SECOND: 1}
    for worker in (FIRST, SECOND):
        keeping_out.place.client.revoke(type_id, worker, None)
    assert keeping_out.destroy()


def test_outside_production_any_list_may_go(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST])})
    place.publish({"QualificationTypeId": tier, "Comparator": "DoesNotExist"})
    assert stack.destroy()
    assert place.client.holders(tier) == {}


# Scores that were earned


def test_a_removal_says_what_is_lost_with_it(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND, THIRD], scoresEarned=True)})
    assert place.warnings == []
    assert stack.up({"team": roster(tier, [FIRST], scoresEarned=True)})
    assert places(place.warnings) == [("workers", "MT418")]
    place.warnings.clear()
    assert stack.destroy()
    assert codes(place.warnings) == ["MT418"]
    assert place.warnings[0].startswith("1 worker loses it, ")


def test_without_a_test_nothing_is_lost_with_it(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND])})
    assert stack.up({"team": roster(tier, [FIRST])})
    assert stack.destroy()
    assert place.warnings == []


def test_a_delete_speaks_of_those_who_hold_it(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST, SECOND, THIRD], scoresEarned=True)})
    place.client.revoke(tier, FIRST, None)
    assert stack.destroy()
    assert codes(place.warnings) == ["MT418"]
    assert place.warnings[0].startswith("2 workers lose it, ")


def test_a_delete_after_which_nobody_lost_anything_says_nothing(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST], scoresEarned=True)})
    place.client.revoke(tier, FIRST, None)
    assert stack.destroy()
    assert place.warnings == []


@pytest.mark.parametrize(("tested", "found"), [(TESTED, ["MT414", "MT418"]), ({}, [])])
@pytest.mark.parametrize("how", ["made", "declared", "looked up"])
def test_what_the_program_does_not_tell_is_seen_of_the_type(
    place: Place, how: str, tested: dict[str, Any], found: list[str]
) -> None:
    """As of a program in YAML, which knows of the type no more than its id."""
    tier = place.made("QualificationType", EXAMPLES["QualificationType"] | tested, name="tier")
    team = {"qualificationTypeId": tier.id, "workers": f"{FIRST} {SECOND}", "exclusive": True}
    olds = place.check("QualificationRoster", team).inputs
    if how != "made":
        place.next_run()
    if how == "declared":
        tier.check(tier.inputs)
        place.provider.compare(tier.context.urn, tier.id)
    if how == "looked up":
        lifecycle.read(tier.resource, place.context("theirs"), tier.id, {}, {})
    place.warnings.clear()
    checked = place.check("QualificationRoster", team | {"workers": FIRST}, olds)
    assert [code for code in codes(place.warnings) if code in {"MT414", "MT418"}] == found
    assert checked.inputs["scoresEarned"] is bool(tested)


BEGINS = ("exclusive", "MT415")


def test_an_exclusive_roster_says_what_others_lose(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [FIRST], exclusive=True, scoresEarned=True)})
    assert places(place.warnings) == [BEGINS, ("exclusive", "MT414")]


def test_where_a_roster_becomes_exclusive_that_is_said_once_and_counted(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {SECOND: 1, THIRD: 2})
    assert stack.up({"team": roster(tier, [FIRST])})
    assert place.warnings == []
    assert stack.up({"team": roster(tier, [FIRST], exclusive=True)})
    assert places(place.warnings) == [BEGINS]
    assert words(place.remarks[-1]) == "exclusive: not listed, and taken back from: 2"
    assert stack.up({"team": roster(tier, [FIRST], exclusive=True)})
    assert places(place.warnings) == [BEGINS]


def test_of_a_type_that_this_run_has_made_that_is_not_said(place: Place) -> None:
    made = place.made("QualificationType", TYPE)
    assert place.check(*roster(made.id, [FIRST], exclusive=True)).failures == []
    assert place.warnings == []
    place.next_run()
    place.check(*roster(made.id, [FIRST], exclusive=True))
    assert places(place.warnings) == [BEGINS]


def test_an_emptied_list_is_warned_of(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, [])})
    assert places(place.warnings) == [("workers", "MT430")]
    assert stack.up({"team": roster(tier, [FIRST])})
    assert places(place.warnings) == [("workers", "MT430")]
    assert stack.up({"team": roster(tier, [])})
    assert places(place.warnings) == [("workers", "MT430"), ("workers", "MT417")]


# What workers are told


def told(place: Place) -> list[tuple[str, str, str | None]]:
    return [(item.kind, item.worker_id, item.text) for item in place.marketplace.notifications()]


def test_nobody_is_told_anything(place: Place, stack: Stack, tier: str) -> None:
    assert stack.up({"team": roster(tier, {FIRST: 1, SECOND: 2})})
    assert stack.up({"team": roster(tier, {FIRST: 9, THIRD: 3})})
    assert stack.destroy()
    assert place.marketplace.notifications() == []


def test_mails_are_sent_on_request_to_those_who_change(place: Place, stack: Stack, tier: str) -> None:
    place.grant_elsewhere(tier, {FIRST: 1})
    mailing: dict[str, Any] = {"sendNotification": True}
    assert stack.up({"team": roster(tier, {FIRST: 1, SECOND: 2}, **mailing)})
    assert told(place) == [("Grant", SECOND, None)]
    assert stack.up({"team": roster(tier, {FIRST: 5, SECOND: 2}, **mailing)})
    assert told(place)[1:] == [("Grant", FIRST, None)]
    assert stack.up({"team": roster(tier, {FIRST: 5}, **mailing)})
    assert told(place)[2:] == []


def test_a_reason_is_told_to_those_who_lose_it(place: Place, stack: Stack, tier: str) -> None:
    program = {"team": roster(tier, [FIRST, SECOND], revocationReason="The study is over.")}
    assert stack.up(program)
    assert stack.up({"team": roster(tier, [FIRST], revocationReason="You asked for it.")})
    assert told(place) == [("Revocation", SECOND, "You asked for it.")]
    # A reason is no difference, and the program's last one counts all the same.
    assert not stack.changes({"team": roster(tier, [FIRST], revocationReason="Thank you.")})
    assert stack.up({"team": roster(tier, [FIRST], revocationReason="Thank you.")})
    assert stack.destroy()
    assert told(place)[1:] == [("Revocation", FIRST, "Thank you.")]


def test_who_is_granted_in_spite_of_a_lost_reply_is_mailed_once(place: Place, stack: Stack, tier: str) -> None:
    place.marketplace.inject(Fault("service_fault_after", GRANT, times=2))
    assert stack.up({"team": roster(tier, [FIRST, SECOND, THIRD], sendNotification=True)})
    assert sorted(told(place)) == [("Grant", worker, None) for worker in (FIRST, SECOND, THIRD)]
