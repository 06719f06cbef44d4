"""Who wants what in one run: a move takes nothing away, and neither of two calls overtakes the other."""

import threading

from pulumi_mturk.provider.ownership import BLOCKS, Conflict, Ownership, grants_of

TYPE = grants_of("3EXAMPLE")
FIRST, SECOND = "A1EXAMPLE", "A2EXAMPLE"
OLD, NEW = "urn:pulumi:test::study::mturk::old", "urn:pulumi:test::study::mturk::new"


def test_what_nobody_wants_is_given_up() -> None:
    ownership = Ownership()
    assert ownership.begin_release(TYPE, FIRST) is None


def test_what_another_resource_wants_stays() -> None:
    ownership = Ownership()
    ownership.claim(NEW, TYPE, {FIRST})
    assert ownership.begin_release(TYPE, FIRST) == "new"
    assert ownership.begin_release(TYPE, SECOND) is None
    assert ownership.begin_release(BLOCKS, FIRST) is None
    assert ownership.begin_release(grants_of("3OTHER"), FIRST) is None


def test_a_resource_keeps_for_itself_what_its_new_object_wants() -> None:
    ownership = Ownership()
    ownership.claim(NEW, TYPE, {FIRST})
    assert ownership.begin_release(TYPE, FIRST) == "new"
    ownership.claim(NEW, TYPE, {SECOND})
    assert ownership.begin_release(TYPE, FIRST) is None


def test_claims_are_told_of_each_other_and_a_later_one_replaces_ones_own() -> None:
    ownership = Ownership()
    assert ownership.claim(OLD, TYPE, {FIRST}) == []
    assert ownership.claim(NEW, TYPE, {FIRST, SECOND}) == [Conflict("old", 1)]
    assert ownership.claim(OLD, TYPE, {SECOND}) == [Conflict("new", 1)]
    assert ownership.claim(NEW, TYPE, {FIRST}) == []
    assert ownership.claim(OLD, TYPE, {SECOND}) == []


def test_who_wants_all_is_a_rival_of_whoever_wants_any() -> None:
    ownership = Ownership()
    assert ownership.claim(OLD, TYPE, {FIRST}, exclusive=True) == []
    assert ownership.claim(NEW, TYPE, {SECOND}) == [Conflict("old", 0)]
    assert ownership.claim(OLD, TYPE, {FIRST}, exclusive=True) == [Conflict("new", 0)]
    assert ownership.claim(OLD, TYPE, {FIRST}) == []
    assert ownership.claim(NEW, TYPE, {SECOND}) == []


def test_many_claims_are_no_more_work_each() -> None:
    ownership = Ownership()
    for number in range(5_000):
        assert ownership.claim(f"{OLD}{number}", TYPE, {f"A{number}"}) == []
    assert ownership.begin_release(TYPE, "A17") == "old17"


def test_the_score_of_who_was_given_up_is_remembered() -> None:
    ownership = Ownership()
    ownership.begin_release(TYPE, FIRST)
    ownership.end_release(TYPE, FIRST, 85)
    assert ownership.released_score(TYPE, FIRST) == 85
    assert ownership.released_score(TYPE, SECOND) is None


def test_who_takes_a_member_over_waits_for_the_call_that_gives_it_up() -> None:
    ownership = Ownership()
    assert ownership.begin_release(TYPE, FIRST) is None
    settled = threading.Event()

    def take() -> None:
        ownership.claim(NEW, TYPE, {FIRST, SECOND})
        ownership.wait_for_releases(TYPE, {FIRST, SECOND})
        settled.set()

    thread = threading.Thread(target=take)
    thread.start()
    assert not settled.wait(0.05)
    ownership.end_release(TYPE, FIRST)
    assert settled.wait(10)
    thread.join()


def test_a_member_of_another_group_is_not_waited_for() -> None:
    ownership = Ownership()
    ownership.begin_release(TYPE, FIRST)
    ownership.wait_for_releases(grants_of("3OTHER"), {FIRST})
    ownership.wait_for_releases(TYPE, {SECOND})


def test_who_speaks_up_after_a_member_was_given_up_is_bereft_of_it() -> None:
    ownership = Ownership()
    ownership.begin_release(TYPE, FIRST)
    ownership.claim(NEW, TYPE, {SECOND})
    assert not ownership.lost_members(NEW)
    ownership.claim(NEW, TYPE, {FIRST})
    assert ownership.lost_members(NEW)

    ownership = Ownership()
    ownership.begin_release(TYPE, FIRST)
    ownership.end_release(TYPE, FIRST, 85)
    ownership.claim("another", grants_of("3OTHER"), {FIRST})
    ownership.claim(NEW, TYPE, {FIRST, SECOND})
    assert (ownership.lost_members("another"), ownership.lost_members(NEW)) == (False, True)
