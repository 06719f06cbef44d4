"""Who wants what in one run: a move takes nothing away, and neither of two calls overtakes the other."""

import threading

from pulumi_mturk.claims import BLOCKS, Claims, Rival, grants_of

TYPE = grants_of("3EXAMPLE")
FIRST, SECOND = "A1EXAMPLE", "A2EXAMPLE"
OLD, NEW = "urn:pulumi:test::study::mturk::old", "urn:pulumi:test::study::mturk::new"


def test_what_nobody_wants_is_given_up() -> None:
    claims = Claims()
    assert claims.release(TYPE, FIRST) is None


def test_what_another_resource_wants_stays() -> None:
    claims = Claims()
    claims.claim(NEW, TYPE, {FIRST})
    assert claims.release(TYPE, FIRST) == "new"
    assert claims.release(TYPE, SECOND) is None
    assert claims.release(BLOCKS, FIRST) is None
    assert claims.release(grants_of("3OTHER"), FIRST) is None


def test_a_resource_keeps_for_itself_what_its_new_object_wants() -> None:
    claims = Claims()
    claims.claim(NEW, TYPE, {FIRST})
    assert claims.release(TYPE, FIRST) == "new"
    claims.claim(NEW, TYPE, {SECOND})
    assert claims.release(TYPE, FIRST) is None


def test_claims_are_told_of_each_other_and_a_later_one_replaces_ones_own() -> None:
    claims = Claims()
    assert claims.claim(OLD, TYPE, {FIRST}) == []
    assert claims.claim(NEW, TYPE, {FIRST, SECOND}) == [Rival("old", 1)]
    assert claims.claim(OLD, TYPE, {SECOND}) == [Rival("new", 1)]
    assert claims.claim(NEW, TYPE, {FIRST}) == []
    assert claims.claim(OLD, TYPE, {SECOND}) == []


def test_who_wants_all_is_a_rival_of_whoever_wants_any() -> None:
    claims = Claims()
    assert claims.claim(OLD, TYPE, {FIRST}, whole=True) == []
    assert claims.claim(NEW, TYPE, {SECOND}) == [Rival("old", 0)]
    assert claims.claim(OLD, TYPE, {FIRST}, whole=True) == [Rival("new", 0)]
    assert claims.claim(OLD, TYPE, {FIRST}) == []
    assert claims.claim(NEW, TYPE, {SECOND}) == []


def test_many_claims_are_no_more_work_each() -> None:
    claims = Claims()
    for number in range(5_000):
        assert claims.claim(f"{OLD}{number}", TYPE, {f"A{number}"}) == []
    assert claims.release(TYPE, "A17") == "old17"


def test_the_score_of_who_was_given_up_is_remembered() -> None:
    claims = Claims()
    claims.release(TYPE, FIRST)
    claims.released(TYPE, FIRST, 85)
    assert claims.score_before(TYPE, FIRST) == 85
    assert claims.score_before(TYPE, SECOND) is None


def test_who_takes_a_member_over_waits_for_the_call_that_gives_it_up() -> None:
    claims = Claims()
    assert claims.release(TYPE, FIRST) is None
    settled = threading.Event()

    def take() -> None:
        claims.claim(NEW, TYPE, {FIRST, SECOND})
        claims.settle(TYPE, {FIRST, SECOND})
        settled.set()

    thread = threading.Thread(target=take)
    thread.start()
    assert not settled.wait(0.05)
    claims.released(TYPE, FIRST)
    assert settled.wait(10)
    thread.join()


def test_a_member_of_another_group_is_not_waited_for() -> None:
    claims = Claims()
    claims.release(TYPE, FIRST)
    claims.settle(grants_of("3OTHER"), {FIRST})
    claims.settle(TYPE, {SECOND})


def test_who_speaks_up_after_a_member_was_given_up_is_bereft_of_it() -> None:
    claims = Claims()
    claims.release(TYPE, FIRST)
    claims.claim(NEW, TYPE, {SECOND})
    assert not claims.bereft(NEW)
    claims.claim(NEW, TYPE, {FIRST})
    assert claims.bereft(NEW)

    claims = Claims()
    claims.release(TYPE, FIRST)
    claims.released(TYPE, FIRST, 85)
    claims.claim("another", grants_of("3OTHER"), {FIRST})
    claims.claim(NEW, TYPE, {FIRST, SECOND})
    assert (claims.bereft("another"), claims.bereft(NEW)) == (False, True)
