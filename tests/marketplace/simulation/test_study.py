from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import MarketplaceError
from pulumi_mturk.marketplace.domain import worker_assignments, worker_hits
from pulumi_mturk.marketplace.domain.workers import WorkerProfile, register
from tests.marketplace.simulation.conftest import LISTED, Stack
from tests.support.marketplace.api_calls import ANSWER_KEY, HIT_TYPE, MASTERS, TEST, InProcessClient
from tests.support.marketplace.contents import contents
from tests.support.marketplace.simulations import DEFAULT, always, certain, step, studied

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_mturk.marketplace import Marketplace


def test_the_same_seed_gives_the_same_and_another_one_something_else(stack: Stack, path: Path) -> None:
    stack.publish(stack.hit_type, 20)
    first = studied(path)
    assert studied(path) == first
    assert replace(studied(path, seed=8), seed=7) != first
    assert first.hit_types[0].may_accept > 0


def test_people_are_lost_where_the_rules_say(stack: Stack, path: Path) -> None:
    found = studied(path, replace(DEFAULT, population=8), workers=400)
    place, score = step(found, "an address in the United States"), step(found, "a score of 1")
    assert set(place.lost) == {"other_place"}
    assert set(step(found, "approval rate").lost) == {"not_yet"}
    assert set(score.lost) == {"took_no_test", "failed_test"}
    assert score.kept == {"passed_test": score.left}
    exclusion = step(found, "not the qualification")
    assert set(exclusion.lost) == {"on_list"}
    assert abs(exclusion.refused / 400 - LISTED / 8) < 0.1
    assert found.hit_types[0].can_find == 400 - exclusion.refused
    assert found.hit_types[0].may_accept == score.left
    by_name = {item.name: item for item in found.qualification_types}
    assert (by_name["Earlier participation"].listed, by_name["Earlier participation"].took) == (LISTED, 0)
    assert 0 < by_name["Sums"].took < 400


def test_rules_are_told_from_what_nobody_can_change_to_what_a_test_can(stack: Stack, path: Path) -> None:
    rules = [item.rule for item in studied(path).hit_types[0].steps]
    assert [words.split("'")[0] for words in rules] == [
        "no block by you",
        "an address in the United States",
        "an approval rate above 97 %",
        "not the qualification ",
        "a score of 1 in ",
    ]


def test_of_people_without_fault_all_are_let_in(stack: Stack, path: Path) -> None:
    found = studied(path, certain())
    assert found.hit_types[0].may_accept == found.hit_types[0].want_to == 200
    assert [item.refused for item in found.hit_types[0].steps] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("changes", "words", "reason"),
    [
        ({"countries": {"DE": 1.0}}, "an address", "other_place"),
        ({"approved": always(0.5)}, "approval rate", "not_yet"),
        ({"takes": always(0.0)}, "a score", "took_no_test"),
        ({"skill": always(0.0)}, "a score", "failed_test"),
        ({"population": 1}, "not the qualification", "on_list"),
    ],
)
def test_one_fault_is_lost_to_one_rule(
    stack: Stack, path: Path, changes: dict[str, object], words: str, reason: str
) -> None:
    found = studied(path, certain(**changes))
    lost = step(found, words)
    assert lost.lost == {reason: 200}
    assert lost.alone == lost.refused == 200
    assert found.hit_types[0].may_accept == 0


def test_blocked_workers_are_shown_as_blocked(stack: Stack, path: Path) -> None:
    stack.made("CreateWorkerBlock", WorkerId="A1EXAMPLE", Reason="r")
    found = studied(path, certain(population=2))
    blocks = step(found, "no block by you")
    assert blocks.lost == {"blocked": 200 - blocks.left}
    assert 60 < blocks.left < 140


def test_each_requester_s_blocks_are_for_their_own_hits(stack: Stack, path: Path, marketplace: Marketplace) -> None:
    stack.made("CreateWorkerBlock", WorkerId="A1EXAMPLE", Reason="r")
    other = InProcessClient(marketplace, account=2)
    other.call("CreateHITType", **HIT_TYPE)
    left = [found.steps[0].left for found in studied(path, certain(population=2)).hit_types]
    assert 60 < left[0] < 140
    assert left[1] == 200
    for number in range(2):
        other.call("CreateWorkerBlock", WorkerId=f"A{number}EXAMPLE", Reason="r")
    again = [found.steps[0].left for found in studied(path, certain(population=4)).hit_types]
    assert 120 < again[0] < 180
    assert 60 < again[1] < 140


def test_a_test_that_its_own_rule_hides_is_taken_by_nobody(stack: Stack, path: Path) -> None:
    rule = {"QualificationTypeId": stack.test, "Comparator": "EqualTo", "IntegerValues": [1]}
    test = stack.made(
        "CreateQualificationType",
        Name="Hidden",
        Description="d",
        QualificationTypeStatus="Active",
        Test=TEST,
        AnswerKey=ANSWER_KEY,
        TestDurationInSeconds=600,
    )["QualificationType"]["QualificationTypeId"]
    hides: dict[str, Any] = {"QualificationTypeId": test, "ActionsGuarded": "DiscoverPreviewAndAccept"}
    identity = stack.ruled(rule | hides)
    found = studied(path, certain(), hit_type_id=identity)
    assert step(found, "a score").lost == {"hidden": 200}
    assert found.hit_types[0].can_find == 0
    stack.ruled(rule | {"QualificationTypeId": test}, title="Another that shows it")
    assert studied(path, certain(), hit_type_id=identity).hit_types[0].may_accept == 200


def test_other_ways_to_a_qualification(stack: Stack, path: Path) -> None:
    new = {"Description": "d", "QualificationTypeStatus": "Active"}
    named: dict[str, dict[str, Any]] = {
        "asked": {"Name": "Free", "AutoGranted": True},
        "waits_for_requester": {"Name": "Read by you", "Test": TEST, "TestDurationInSeconds": 600},
        "not_on_list": {"Name": "Yours to give"},
    }
    for reason, members in named.items():
        identity = stack.made("CreateQualificationType", **new, **members)["QualificationType"]["QualificationTypeId"]
        hit_type = stack.ruled({"QualificationTypeId": identity, "Comparator": "Exists"}, title=reason)
        held = step(studied(path, certain(), hit_type_id=hit_type), "the qualification")
        assert (held.kept if reason == "asked" else held.lost) == {reason: 200}
    assert not stack.direct.call("ListQualificationRequests")[1]["QualificationRequests"]


def test_masters_are_chosen_by_amazon(stack: Stack, path: Path) -> None:
    identity = stack.ruled({"QualificationTypeId": MASTERS, "Comparator": "Exists"})
    found = studied(path, certain(masters_share=0.5), hit_type_id=identity)
    assert set(step(found, "Masters").lost) == {"not_chosen"}
    assert 60 < found.hit_types[0].may_accept < 140


def test_hits_are_done_until_all_are_taken(stack: Stack, path: Path) -> None:
    stack.publish(stack.hit_type, 30)
    stack.publish(stack.hit_type, 20, TEST)
    done = studied(path, certain(assignments=always(9))).hit_types[0].work
    assert done is not None
    assert (done.hits, done.assignments, done.open) == (2, 50, 50)
    assert (done.submitted, done.given_back) == (50, 0)
    assert 30 <= done.workers <= 50
    assert done.hours is not None
    assert 0 < done.hours < 240


def test_who_gives_back_leaves_it_to_others(stack: Stack, path: Path) -> None:
    stack.publish(stack.hit_type, 10)
    done = studied(path, certain(gives_back=0.5)).hit_types[0].work
    assert done is not None
    assert done.submitted == 10
    assert done.given_back > 0


def test_what_somebody_lets_run_out_is_free_for_the_crowd(stack: Stack, path: Path, marketplace: Marketplace) -> None:
    hit_type = stack.ruled()
    stack.publish(hit_type, 1)
    with marketplace.writing() as ctx:
        register(ctx, WorkerProfile("A1EXAMPLE"))
        hit_id = worker_hits.next_hit(ctx, "A1EXAMPLE", hit_type)
        assert hit_id is not None
        worker_assignments.accept(ctx, "A1EXAMPLE", hit_id)
    for hours, submitted in ((0.1, 0), (0.2, 1)):  # ten minutes are allowed
        done = studied(path, certain(arrives_after_hours=always(hours)), hit_type_id=hit_type).hit_types[0].work
        assert done is not None
        assert (done.open, done.submitted) == (0, submitted)


def test_expired_hits_are_done_by_nobody(stack: Stack, path: Path) -> None:
    stack.publish(stack.hit_type, 10)
    late = studied(path, certain(arrives_after_hours=always(241))).hit_types[0].work
    assert late is not None
    assert (late.submitted, late.hours) == (0, None)
    stack.direct.marketplace.advance(864_001)
    assert studied(path, certain()).hit_types[0].work is None


def test_nothing_is_changed_in_the_database(stack: Stack, path: Path, marketplace: Marketplace) -> None:
    stack.publish(stack.hit_type, 10)
    with marketplace.reading() as ctx:
        before = contents(ctx.db)
    files = {file.name for file in path.parent.iterdir()}
    studied(path, certain())
    with marketplace.reading() as ctx:
        assert contents(ctx.db) == before
    assert {file.name for file in path.parent.iterdir()} == files


def test_a_crowd_that_is_kept_stays_with_its_work(stack: Stack, kept_in: str | Path, marketplace: Marketplace) -> None:
    stack.publish(stack.hit_type, 10)
    now = marketplace.now()
    found = studied(kept_in, certain(population=1), workers=50, keep=True)
    assert found.kept
    assert abs(marketplace.now() - now) < 60
    held = stack.made("ListWorkersWithQualificationType", QualificationTypeId=stack.test, MaxResults=100)
    assert {item["WorkerId"][:9] for item in held["Qualifications"]} == {"A0CROWD7N"}
    assert held["NumResults"] == 50
    kept_out = stack.made("ListWorkersWithQualificationType", QualificationTypeId=stack.exclusion)
    assert kept_out["NumResults"] == LISTED  # the requester's own list stays as it is
    with marketplace.reading() as ctx:
        done = ctx.db.execute("SELECT count(*) FROM assignments WHERE status = 'Submitted'").fetchone()[0]
    assert done == 10

    again = studied(kept_in, certain(population=1), workers=50, keep=True).hit_types[0]
    assert again.may_accept == 50
    assert again.steps[-1].kept == {"passed_test": 50}
    assert again.work is not None
    assert (again.work.open, again.work.submitted) == (0, 0)


def test_a_hit_type_that_is_not_there(stack: Stack, path: Path) -> None:
    with pytest.raises(MarketplaceError, match=r"There is no HIT type 'NOSUCH' in the database\."):
        studied(path, hit_type_id="NOSUCH")
