"""What breaks a rule of the lab (`mturk:require`) is refused: in a preview, and by what `pulumi up` carries out."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.invariants import read
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.lifecycle import REPORT_VARIABLE
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place, opened
from tests.support.inputs import CALL_OF_TYPE, WORKER

TASK = {"title": "A task", "description": "A task.", "reward": "1.60", "assignmentDurationInSeconds": 600}
US = {"qualificationTypeId": "Worker_Locale", "comparator": "EqualTo", "localeValues": [{"country": "US"}]}
LAB_RULE = "MT590"
Opened = Callable[..., Place]


@pytest.fixture
def with_rules(tmp_path: Path) -> Iterator[Opened]:
    """A place whose configuration has these rules."""
    open_places = []

    def make(*entries: dict[str, Any]) -> Place:
        found, problems = read(list(entries))
        assert problems == []
        manager = opened(tmp_path, require=tuple(found))
        open_places.append(manager)
        return manager.__enter__()

    yield make
    for manager in open_places:
        manager.__exit__(None, None, None)


def refused(
    place: Place, token: str, news: dict[str, Any], olds: dict[str, Any] | None = None, name: str = "it"
) -> int:
    """How many rules of the lab are said to be broken; nothing else is found."""
    failures = place.check(token, news, olds, name=name).failures
    assert all(LAB_RULE in failure for failure in failures), failures
    return len(failures)


def test_a_hit_type_that_lets_in_others_is_refused(with_rules: Opened) -> None:
    place = with_rules({"id": "where", "locale": ["US"], "except": {"pilot": "protocol 2026-14"}})
    assert refused(place, "HITType", TASK) == 1
    assert refused(place, "HITType", TASK | {"qualificationRequirements": [US]}) == 0
    assert refused(place, "HITType", TASK | {"qualificationRequirements": [US | {"productionOnly": True}]}) == 0
    assert refused(place, "HITType", TASK, name="pilot") == 0


def test_the_largest_reward_is_judged_by_the_shortest_task(with_rules: Opened) -> None:
    pay = {"id": "fair-pay", "minimumHourlyPay": "12.00", "minutes": {"it": "0.000001"}}
    place = with_rules(pay, {"id": "budget", "costPerAssignmentAtMost": "3.00"})
    assert refused(place, "HITType", TASK | {"reward": "999999999.99"}) == 1


def test_a_hit_type_needs_the_exclusion_also_while_its_id_is_not_known(with_rules: Opened) -> None:
    place = with_rules({"id": "no-repeaters", "without": "past"})
    past = {
        "qualificationTypeId": UNKNOWN,
        "comparator": "DoesNotExist",
        "actionsGuarded": "DiscoverPreviewAndAccept",
        "qualificationTypeName": "past",
        "qualificationTypeUrn": "urn:pulumi:dev::s::mturk:index:WorkerExclusion$pulumi-python:dynamic/mturk:"
        "QualificationType::past",
    }
    assert refused(place, "HITType", TASK | {"qualificationRequirements": [past]}) == 0
    assert refused(place, "HITType", TASK | {"qualificationRequirements": [past | {"comparator": "Exists"}]}) == 1
    assert refused(place, "HITType", TASK | {"qualificationRequirements": [US]}) == 1


def test_what_is_not_known_in_a_preview_is_judged_when_it_is(with_rules: Opened) -> None:
    place = with_rules(
        {"id": "where", "locale": ["US"]},
        {"id": "fair-pay", "minimumHourlyPay": "12.00", "minutes": {"it": 8}},
        {"id": "pay-soon", "autoApprovalAtMostDays": 30},
    )
    unknown = TASK | {"reward": UNKNOWN, "qualificationRequirements": [UNKNOWN], "autoApprovalDelayInSeconds": UNKNOWN}
    assert refused(place, "HITType", unknown) == 0
    assert refused(place, "HITType", TASK | {"qualificationRequirements": [US], "reward": "1.59"}) == 1


def test_without_minutes_a_wage_is_not_kept(with_rules: Opened) -> None:
    place = with_rules({"id": "fair-pay", "minimumHourlyPay": "12.00", "minutes": {"other": 8}})
    assert refused(place, "HITType", TASK) == 1


def test_mails_and_blocks_are_refused(with_rules: Opened) -> None:
    place = with_rules({"id": "quiet", "noMail": True, "noBlocks": True})
    type_id = place.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
    grant = {"qualificationTypeId": type_id, "workerId": "A1EXAMPLE"}
    roster = {"qualificationTypeId": type_id, "workers": "A2EXAMPLE"}
    assert refused(place, "QualificationGrant", grant) == 0
    assert refused(place, "QualificationGrant", grant | {"sendNotification": True}) == 1
    assert refused(place, "QualificationRoster", roster) == 0
    assert refused(place, "QualificationRoster", roster | {"revocationReason": "Thank you."}) == 1
    assert refused(place, "WorkerBlock", {"workerId": "A1EXAMPLE", "reason": "Why."}) == 1


def test_nobody_is_taken_off_an_exclusion(with_rules: Opened) -> None:
    place = with_rules({"id": "no-shrink", "exclusionsNeverShrink": True})
    type_id = place.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
    two = {"qualificationTypeId": type_id, "workers": "A1EXAMPLE A2EXAMPLE"}
    one = two | {"workers": "A1EXAMPLE"}
    three = two | {"workers": "A1EXAMPLE A2EXAMPLE A3EXAMPLE"}
    before = place.check("QualificationRoster", two).inputs

    def broken(news: dict[str, Any], urn: str) -> int:
        place.next_run()
        context = dataclasses.replace(place.context(), urn=urn)
        return len(lifecycle.check(REGISTRY["QualificationRoster"], context, before, news).failures)

    in_exclusion = (
        "urn:pulumi:dev::s::mturk:index:WorkerExclusion$pulumi-python:dynamic/mturk:QualificationRoster::example"
    )
    alone = "urn:pulumi:dev::s::pulumi-python:dynamic/mturk:QualificationRoster::example"
    assert [broken(news, in_exclusion) for news in (one, two, three)] == [1, 0, 0]
    assert [broken(news | {"excludes": False}, alone) for news in (one, two, three)] == [0, 0, 0]
    assert [broken(news | {"excludes": True}, alone) for news in (one, two, three)] == [1, 0, 0]
    # A program in YAML, or one that has the type's id alone, tells nothing: that counts as not kept.
    assert [broken(news, alone) for news in (one, two, three)] == [1, 0, 0]


def test_a_list_is_judged_by_the_hit_types_of_the_run_whatever_the_program_tells(with_rules: Opened) -> None:
    place = with_rules({"id": "no-shrink", "exclusionsNeverShrink": True})
    type_id = place.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
    two = {"qualificationTypeId": type_id, "workers": "A1EXAMPLE A2EXAMPLE", "excludes": False}
    made = place.made("QualificationRoster", two)
    place.next_run()
    one = place.check("QualificationRoster", two | {"workers": "A1EXAMPLE"}, made.inputs)
    assert not one.failures
    place.calls()
    # Checked after the list, before it is changed.
    excluding = {"qualificationTypeId": type_id, "comparator": "DoesNotExist"}
    assert refused(place, "HITType", TASK | {"qualificationRequirements": [excluding]}) == 0
    with pytest.raises(InvalidInputError, match=LAB_RULE):
        lifecycle.update(made.resource, made.context, made.id, made.outputs, one.inputs)
    assert place.calls() == []
    assert refused(place, "QualificationRoster", two | {"workers": "A1EXAMPLE"}, made.inputs, name="example") == 1


def test_what_can_not_be_told_says_what_frees_a_resource(with_rules: Opened) -> None:
    place = with_rules({"id": "no-shrink", "exclusionsNeverShrink": True, "except": {"team": "keeps nobody out"}})
    olds = place.check("QualificationRoster", {"qualificationTypeId": "3X", "workers": "A1EXAMPLE A2EXAMPLE"}).inputs
    news = olds | {"workers": "A1EXAMPLE"}
    (failure,) = place.check("QualificationRoster", news, olds).failures
    assert "`except`" in failure
    place.next_run()
    assert refused(place, "QualificationRoster", news, olds, name="team") == 0


def test_where_a_review_runs_the_preview_it_is_a_warning_and_up_refuses_still(
    with_rules: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = with_rules({"id": "where", "locale": ["US"]})
    monkeypatch.setenv(REPORT_VARIABLE, "report")
    assert refused(place, "HITType", TASK) == 0
    assert [LAB_RULE in warning for warning in place.warnings] == [True]
    with pytest.raises(InvalidInputError, match=LAB_RULE):
        place.create("HITType", place.check("HITType", TASK).inputs)
    assert place.calls() == []


def test_an_update_is_refused_before_any_call(with_rules: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    place = with_rules({"id": "quiet", "noMail": True})
    type_id = place.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
    made = place.made("QualificationGrant", {"qualificationTypeId": type_id, "workerId": "A1EXAMPLE"})
    place.calls()
    monkeypatch.setenv(REPORT_VARIABLE, "report")
    with pytest.raises(InvalidInputError, match=LAB_RULE):
        made.update(made.inputs | {"sendNotification": True, "integerValue": 5})
    assert place.calls() == []


def test_what_is_imported_is_judged_once_a_program_declares_it(with_rules: Opened) -> None:
    place = with_rules({"id": "no-blocks", "noBlocks": True})
    place.client.create_worker_block(WORKER, "Fraud.")
    imported = place.import_("WorkerBlock", WORKER)
    # `pulumi import` checks what it has found, as it was found.
    assert refused(place, "WorkerBlock", imported.inputs, imported.inputs) == 0
    assert refused(place, "WorkerBlock", {"workerId": WORKER, "reason": "Fraud."}, imported.inputs) == 1
