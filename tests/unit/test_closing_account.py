"""What becomes of HITs when a HIT type or qualification type leaves a stack, and what is said of them."""

from typing import Any

import pytest

from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider import hit_listing, lifecycle
from pulumi_mturk.resources import REGISTRY, closing_account
from tests.support.core import Place, publish_of
from tests.support.inputs import HIT_TYPE, TYPE
from tests.support.marketplace.assignments import assignment_of
from tests.support.memory_stack import Declared, Stack

EXPIRE, DELETE, LIST = "UpdateExpirationForHIT", "DeleteHIT", "ListHITs"
# How many assignments a HIT has, what became of those that were taken, its status once it is expired, and whether
# nothing is left to review then.
HITS: dict[str, tuple[int, tuple[str, ...], str, bool]] = {
    "fresh": (2, (), "Reviewable", True),
    "returned": (2, ("Returned",), "Reviewable", True),
    "partly approved": (2, ("Approved",), "Reviewable", True),
    "approved": (1, ("Approved",), "Reviewable", True),
    "rejected": (1, ("Rejected",), "Reviewable", True),
    "accepted": (1, ("Accepted",), "Unassignable", False),
    "partly accepted": (2, ("Accepted",), "Unassignable", False),
    "submitted": (1, ("Submitted",), "Reviewable", False),
    "partly submitted": (2, ("Submitted",), "Reviewable", False),
    "accepted and submitted": (2, ("Accepted", "Submitted"), "Unassignable", False),
}
REVIEWS = {"ApproveAssignment", "RejectAssignment", "SendBonus"}


def published(place: Place, hit_type_id: str) -> dict[str, str]:
    """A HIT of each kind: its id by the kind."""
    ids = {}
    for kind, (assignments, taken, _, _) in HITS.items():
        ids[kind] = publish_of(place.client, hit_type_id, assignments=assignments)
        for number, status in enumerate(taken):
            assignment_of(place.marketplace, ids[kind], f"A{number}EXAMPLEWORKER", status)
    place.calls()
    return ids


def statuses(place: Place) -> dict[str, str]:
    """The status of each HIT that is not deleted."""
    found = {hit.hit_id: hit.status for hit in place.client.list_hits()}
    place.calls()
    return found


def hit_type(**members: Any) -> Declared:
    return "HITType", HIT_TYPE | members


def requiring(type_id: str, **members: Any) -> Declared:
    rule = {"qualificationTypeId": type_id, "comparator": "DoesNotExist"}
    return hit_type(qualificationRequirements=[rule], **members)


def codes(messages: list[str]) -> list[str]:
    return [message[-6:-1] for message in messages]


def removed(stack: Stack) -> tuple[dict[str, int], list[str], list[str]]:
    """Destroy the stack: calls, warnings and remarks."""
    place = stack.place
    place.calls()
    place.warnings.clear()
    place.remarks.clear()
    assert stack.destroy(), stack.errors
    return place.counted(), place.warnings, place.remarks


def test_hits_are_left_as_they_are_and_told_of(stack: Stack) -> None:
    stack.up({"task": hit_type()})
    published(stack.place, stack.resources["task"].id)
    before = statuses(stack.place)

    calls, warnings, _ = removed(stack)

    assert calls == {LIST: 1}
    assert codes(warnings) == ["MT215", "MT218"]
    for words in ("10 HITs are left", "5 open, with 7 assignments to take", "2 under way", "1 waiting", "2 finished"):
        assert words in warnings[1]
    assert f"`pulumi-mturk teardown {next(iter(stack.place.client.list_hits())).hit_type_id}" in warnings[1]
    assert "EXAMPLEWORKER" not in warnings[1]
    assert statuses(stack.place) == before


def test_accepted_assignments_are_counted(stack: Stack) -> None:
    stack.up({"task": hit_type()})
    task = stack.resources["task"].id
    for assignments, accepted in ((4, 1), (5, 2), (2, 2)):
        hit = publish_of(stack.place.client, task, assignments=assignments)
        for number in range(accepted):
            assignment_of(stack.place.marketplace, hit, f"A{number}EXAMPLEWORKER", "Accepted")
    said = removed(stack)[1][1]
    assert "2 open, with 6 assignments to take and 3 accepted" in said
    assert "1 under way, not submitted yet (2 assignments)" in said


def test_hits_of_several_qualification_types_are_said_to_be_counted_for_each(stack: Stack) -> None:
    place = stack.place
    names = ("one", "two", "three")
    stack.up(dict.fromkeys(names, ("QualificationType", TYPE)))
    rules = [{"qualificationTypeId": stack.resources[name].id, "comparator": "DoesNotExist"} for name in names]
    theirs = place.made("HITType", HIT_TYPE | {"qualificationRequirements": rules}, "theirs").id
    for _ in range(3):
        publish_of(place.client, theirs)
    _, warnings, _ = removed(stack)
    assert codes(warnings) == ["MT218"] * 3
    for warning in warnings:
        assert "3 HITs are left that require it" in warning
        assert "one command takes all their ids" in warning


def test_without_hits_nothing_is_said_of_them(stack: Stack) -> None:
    stack.up({"tier": ("QualificationType", TYPE), "task": hit_type(), "other": hit_type(title="Another one")})
    calls, warnings, remarks = removed(stack)
    assert calls == {LIST: 1, "DeleteQualificationType": 1}
    assert codes(warnings) == ["MT215", "MT215"]
    assert remarks == []


def test_expire_hits_ends_what_can_be_ended_and_never_reviews(stack: Stack) -> None:
    stack.up({"task": hit_type(expireHits=True), "other": hit_type(title="Another one")})
    ids = published(stack.place, stack.resources["task"].id)
    untouched = publish_of(stack.place.client, stack.resources["other"].id)

    calls, warnings, remarks = removed(stack)

    left = {ids[kind]: status for kind, (_, _, status, finished) in HITS.items() if not finished}
    assert statuses(stack.place) == left | {untouched: "Assignable"}
    assert calls == {LIST: 1, EXPIRE: 7, DELETE: 5}
    assert not REVIEWS & calls.keys()
    assert codes(remarks) == ["MT219"]
    assert "7 HITs were expired and 5 HITs were deleted" in remarks[0]
    (said,) = (warning for warning in warnings if "5 HITs are left" in warning)
    assert "3 under way, not submitted yet, 2 waiting" in said
    # Only of the other one is it said that its HITs go on.
    assert sum("go on until they expire" in warning for warning in warnings) == 1


def test_in_production_hits_are_expired_only(production: Place) -> None:
    stack = Stack(production)
    production.marketplace.set_switches(page_tokens="when_more")
    stack.up({"task": hit_type(expireHits=True)})
    ids = published(production, stack.resources["task"].id)
    calls, warnings, _ = removed(stack)
    assert statuses(production) == {ids[kind]: status for kind, (_, _, status, _) in HITS.items()}
    assert calls == {LIST: 1, EXPIRE: 7}
    assert "3 under way" in warnings[1]
    assert "--environment production" in warnings[1]


def test_a_qualification_type_ends_the_hits_that_require_it(stack: Stack) -> None:
    place = stack.place
    stack.up({"tier": ("QualificationType", TYPE | {"expireHits": True})})
    tier = stack.resources["tier"].id
    theirs = place.made("HITType", requiring(tier)[1], "theirs").id
    ids = published(place, theirs)

    calls, warnings, remarks = removed(stack)

    assert statuses(place).keys() == {ids[kind] for kind, (_, _, _, finished) in HITS.items() if not finished}
    assert calls == {"ListHITsForQualificationType": 1, LIST: 1, EXPIRE: 7, DELETE: 5, "DeleteQualificationType": 1}
    assert codes(remarks) == ["MT219"]
    assert codes(warnings) == ["MT218"]
    assert "Disposing" in warnings[0]


def test_once_its_hits_are_gone_the_type_is(stack: Stack) -> None:
    place = stack.place
    place.marketplace.set_switches(name_held_seconds=0)
    stack.up({"tier": ("QualificationType", TYPE | {"expireHits": True})})
    tier = stack.resources["tier"].id
    publish_of(place.client, place.made("HITType", requiring(tier)[1], "theirs").id)
    _, warnings, _ = removed(stack)
    assert warnings == []
    assert place.marketplace.summary().qualification_types == []
    assert statuses(place) == {}


@pytest.mark.parametrize("together", [False, True])
def test_a_replacement_ends_no_hit_and_asks_for_none(stack: Stack, together: bool) -> None:
    place = stack.place
    tier = place.client.create_qualification_type(
        name="theirs", description="d", qualification_type_status="Active"
    ).qualification_type_id
    program = {
        "tier": ("QualificationType", TYPE | {"expireHits": True}),
        "task": requiring(tier, expireHits=True),
    }
    stack.up(program, together=together)
    ids = [publish_of(place.client, stack.resources["task"].id)]
    other = place.made("HITType", requiring(stack.resources["tier"].id)[1], "theirs").id
    ids.append(publish_of(place.client, other))
    place.calls()
    changed = {
        "tier": ("QualificationType", TYPE | {"expireHits": True, "namePrefix": "another "}),
        "task": requiring(tier, expireHits=True, title="Another title"),
    }
    assert stack.up(changed, together=together), stack.errors
    assert place.counted() == {
        "ListQualificationTypes": 2,
        "CreateQualificationType": 1,
        "CreateHITType": 1,
        "DeleteQualificationType": 1,
    }
    assert statuses(place) == dict.fromkeys(ids, "Assignable")


def test_the_other_urn_of_an_alias_is_no_removal(place: Place) -> None:
    """The engine deletes the old object under its old URN [measured], which nothing in the program has any more."""
    made = place.made("HITType", HIT_TYPE | {"expireHits": True}, "old")
    hit = publish_of(place.client, made.id)
    place.next_run()
    place.check("HITType", HIT_TYPE | {"expireHits": True, "title": "Another title"}, made.inputs, name="new")
    place.provider.compare(place.context("new").urn, made.id)
    lifecycle.delete(REGISTRY["HITType"], place.context("old"), made.id, made.outputs, made.inputs)
    assert statuses(place) == {hit: "Assignable"}


def test_a_refresh_before_the_program_makes_no_removal_a_replacement(place: Place) -> None:
    made = place.made("HITType", HIT_TYPE | {"expireHits": True}, "old")
    publish_of(place.client, made.id)
    place.next_run()
    place.provider.compare(made.context.urn, made.id)
    lifecycle.delete(REGISTRY["HITType"], place.context("old"), made.id, made.outputs, made.inputs)
    assert statuses(place) == {}


def test_equal_values_elsewhere_in_the_program_keep_their_hits(stack: Stack) -> None:
    stack.up({"old": hit_type(expireHits=True)})
    hit = publish_of(stack.place.client, stack.resources["old"].id)
    stack.place.calls()
    assert stack.up({"new": hit_type(expireHits=True)})
    assert stack.place.counted() == {"CreateHITType": 1}
    assert statuses(stack.place) == {hit: "Assignable"}


def test_setting_it_is_no_difference_and_counts_at_once(stack: Stack) -> None:
    programs = [
        {"task": hit_type(**members), "tier": ("QualificationType", TYPE | members)}
        for members in ({}, {"expireHits": True})
    ]
    stack.up(programs[0])
    publish_of(stack.place.client, stack.resources["task"].id)
    stack.place.calls()
    assert stack.changes(programs[1]) == set()
    stack.up(programs[1])
    assert stack.refresh() == set()
    assert "HITs" not in str(stack.place.calls())
    assert removed(stack)[0][EXPIRE] == 1
    assert statuses(stack.place) == {}


def test_an_interrupted_destroy_goes_on_where_it_was(stack: Stack) -> None:
    place = stack.place
    stack.up({"task": hit_type(expireHits=True)})
    for _ in range(3):
        publish_of(place.client, stack.resources["task"].id)
    place.marketplace.inject(Fault("access_denied", EXPIRE, times=1))
    assert not stack.destroy()
    assert stack.resources.keys() == {"task"}
    assert 0 < len(statuses(place)) <= 3
    place.marketplace.clear_faults()
    removed(stack)
    assert statuses(place) == {}
    assert stack.resources == {}


def test_a_listing_that_is_refused_stops_no_destroy_and_is_asked_for_once(stack: Stack) -> None:
    stack.up({"task": hit_type(), "other": hit_type(title="Another one")})
    stack.place.marketplace.inject(Fault("access_denied", LIST, times=None))
    calls, warnings, _ = removed(stack)
    assert calls == {LIST: 1}
    assert codes(warnings) == ["MT215", "MT218", "MT215", "MT218"]
    assert all("the credentials do not allow it" in warning for warning in warnings[1::2])


def test_with_expire_hits_it_stops_the_destroy(stack: Stack) -> None:
    stack.up({"task": hit_type(expireHits=True)})
    stack.place.marketplace.inject(Fault("access_denied", LIST, times=None))
    assert not stack.destroy()
    assert stack.resources.keys() == {"task"}


@pytest.fixture
def two_hits_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account with more HITs than the closing account looks at."""
    for module in (hit_listing, closing_account):
        monkeypatch.setattr(module, "MOST", 2)


@pytest.mark.usefixtures("two_hits_are_many")
@pytest.mark.parametrize(("published", "said"), [(1, "1 HIT is left: "), (3, "at least 2 HITs are left: ")])
def test_the_listing_is_bounded_and_says_so(stack: Stack, published: int, said: str) -> None:
    stack.up({"task": hit_type()})
    for _ in range(published):
        publish_of(stack.place.client, stack.resources["task"].id)
    _, warnings, _ = removed(stack)
    assert codes(warnings) == ["MT215", "MT218"]
    assert warnings[1].startswith(said)


@pytest.mark.usefixtures("two_hits_are_many")
def test_who_is_to_end_all_hits_looks_at_the_whole_account(stack: Stack) -> None:
    stack.up({"task": hit_type(), "ended": hit_type(title="Another one", expireHits=True)})
    for _ in range(3):
        publish_of(stack.place.client, stack.resources["task"].id)
    publish_of(stack.place.client, stack.resources["ended"].id)
    calls, _, _ = removed(stack)
    assert calls[DELETE] == 1


@pytest.mark.usefixtures("two_hits_are_many")
def test_that_the_hits_looked_at_are_of_other_types_is_said(stack: Stack) -> None:
    place = stack.place
    other = place.made("HITType", HIT_TYPE | {"title": "Another one"}, "other").id
    stack.up({"task": hit_type()})
    task = stack.resources["task"].id
    for each in (other, other, other, task):
        publish_of(place.client, each)
    _, warnings, _ = removed(stack)
    assert codes(warnings) == ["MT215", "MT218"]
    assert "the first 2 of the account are of other types" in warnings[1]
    assert f"`pulumi-mturk teardown {task}" in warnings[1]


@pytest.mark.usefixtures("two_hits_are_many")
@pytest.mark.parametrize("requiring_it", [0, 1])
def test_hits_that_require_a_type_are_listed_exactly_in_a_large_account(stack: Stack, requiring_it: int) -> None:
    place = stack.place
    stack.up({"tier": ("QualificationType", TYPE)})
    theirs = place.made("HITType", requiring(stack.resources["tier"].id)[1], "theirs").id
    other = place.made("HITType", HIT_TYPE | {"title": "Another one"}, "other").id
    for each in [other] * 3 + [theirs] * requiring_it:
        publish_of(place.client, each)
    calls, warnings, _ = removed(stack)
    assert calls["ListHITsForQualificationType"] == 1
    assert codes(warnings) == ["MT218"] * requiring_it
    for warning in warnings:
        assert warning.startswith("1 HIT is left that requires it: ")


def test_who_has_accepted_one_since_the_listing_keeps_it(stack: Stack) -> None:
    """The service refuses to delete what is taken meanwhile, and that is no failure."""
    place = stack.place
    stack.up({"task": hit_type(expireHits=True)})
    hit = publish_of(place.client, stack.resources["task"].id)
    place.next_run()
    list(place.provider.hits.find(place.client, lambda _: True, whole=True))
    assignment_of(place.marketplace, hit, status="Accepted")
    made = stack.resources["task"]
    lifecycle.delete(made.resource, made.context, made.id, made.outputs, made.inputs)
    assert statuses(place) == {hit: "Unassignable"}
