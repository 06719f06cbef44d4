"""Who meets which requirement: the truth table, cell by cell, written out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace, Switches
from pulumi_mturk.marketplace.domain import workers
from pulumi_mturk.marketplace.domain.eligibility import actions_guarded, is_met, unmet, unmet_requirements, verdicts
from pulumi_mturk.marketplace.domain.work_history import WorkHistory
from pulumi_mturk.marketplace.domain.worker_attributes import WorkerAttributes, attributes_of
from pulumi_mturk.marketplace.domain.worker_statistics import WorkerStatistics
from pulumi_mturk.marketplace.domain.workers import WorkerProfile
from tests.support.marketplace.api_calls import (
    ADULT,
    APPROVED,
    LOCALE,
    MASTERS,
    PERCENT_APPROVED,
    SANDBOX_MASTERS,
    InProcessClient,
)
from tests.support.marketplace.engine import brief_marketplace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_mturk import MTurkClient

OWN = "LOCALTYPE"
WORKER = "A1EXAMPLEWORKER"
NEWCOMER = WorkerStatistics(WorkHistory())
ALL = Switches()


def attributes(**values: Any) -> WorkerAttributes:
    known: dict[str, Any] = {"country": None, "subdivision": None, "masters": False, "adult": False}
    scores: dict[str, int] = values.pop("scores", {})
    return WorkerAttributes(score_of=scores.get, **(known | {"statistics": NEWCOMER} | values))


def rule(comparator: str, *integers: int, about: str = OWN) -> dict[str, Any]:
    values = {"IntegerValues": list(integers)} if integers else {}
    return {"QualificationTypeId": about, "Comparator": comparator, **values}


def located(comparator: str, *places: str) -> dict[str, Any]:
    locales = []
    for place in places:
        country, _, state = place.partition("-")
        locales.append({"Country": country, **({"Subdivision": state} if state else {})})
    return {"QualificationTypeId": LOCALE, "Comparator": comparator, "LocaleValues": locales}


def worked(submitted: int, approved: int) -> WorkerStatistics:
    return WorkerStatistics(WorkHistory(accepted=submitted, submitted=submitted, approved=approved))


# Requirement, the score held (None: not held), met.
CUSTOM = [
    (rule("Exists"), 0, True),
    (rule("Exists"), -5, True),
    (rule("Exists"), None, False),
    (rule("DoesNotExist"), 0, False),
    (rule("DoesNotExist"), 70, False),
    (rule("DoesNotExist"), None, True),
    (rule("EqualTo", 70), 70, True),
    (rule("EqualTo", 70), 71, False),
    (rule("EqualTo", 0), 0, True),
    (rule("EqualTo", 0), None, False),
    (rule("In", 1, 2, 3), 2, True),
    (rule("In", 1, 2, 3), 4, False),
    (rule("In", 0), None, False),
    (rule("NotEqualTo", 70), 71, True),
    (rule("NotEqualTo", 70), 70, False),
    (rule("NotEqualTo", 70), None, False),
    (rule("NotIn", 1, 2, 3), 4, True),
    (rule("NotIn", 1, 2, 3), 3, False),
    (rule("NotIn", 1, 2, 3), None, False),
    (rule("LessThan", 80), 79, True),
    (rule("LessThan", 80), 80, False),
    (rule("LessThan", 1), None, False),
    (rule("LessThanOrEqualTo", 80), 80, True),
    (rule("LessThanOrEqualTo", 80), 81, False),
    (rule("LessThanOrEqualTo", 80), None, False),
    (rule("GreaterThan", 80), 81, True),
    (rule("GreaterThan", 80), 80, False),
    (rule("GreaterThan", -1), None, False),
    (rule("GreaterThanOrEqualTo", 80), 80, True),
    (rule("GreaterThanOrEqualTo", 80), 79, False),
    (rule("GreaterThanOrEqualTo", -80), None, False),
]


@pytest.mark.parametrize(("requirement", "score", "met"), CUSTOM)
def test_a_qualification_that_requesters_grant(requirement: dict[str, Any], score: int | None, met: bool) -> None:
    held = attributes(scores={} if score is None else {OWN: score})
    assert is_met(requirement, held, ALL) is met


@pytest.mark.parametrize(
    ("comparator", "masters", "met"),
    [("Exists", True, True), ("Exists", False, False), ("DoesNotExist", True, False), ("DoesNotExist", False, True)],
)
@pytest.mark.parametrize("about", [MASTERS, SANDBOX_MASTERS])
def test_masters(about: str, comparator: str, masters: bool, met: bool) -> None:
    assert is_met(rule(comparator, about=about), attributes(masters=masters), ALL) is met


# Requirement, submitted, approved, met.
RATE = [
    # Below a hundred submitted the rate is 100, however much was approved.
    (rule("GreaterThanOrEqualTo", 95), 0, 0, True),
    (rule("GreaterThanOrEqualTo", 95), 99, 0, True),
    (rule("GreaterThanOrEqualTo", 95), 100, 0, False),
    (rule("LessThan", 100), 99, 0, False),
    (rule("EqualTo", 100), 99, 50, True),
    (rule("EqualTo", 90), 100, 90, True),
    (rule("EqualTo", 90), 100, 91, False),
    (rule("NotEqualTo", 90), 100, 91, True),
    (rule("NotEqualTo", 90), 100, 90, False),
    (rule("LessThan", 90), 100, 89, True),
    (rule("LessThan", 90), 100, 90, False),
    (rule("LessThanOrEqualTo", 90), 100, 90, True),
    (rule("LessThanOrEqualTo", 90), 100, 91, False),
    (rule("GreaterThan", 90), 100, 91, True),
    (rule("GreaterThan", 90), 100, 90, False),
    (rule("GreaterThanOrEqualTo", 90), 100, 90, True),
    (rule("GreaterThanOrEqualTo", 90), 1000, 899, False),
    # Unknown cells, by the assumption.
    (rule("In", 89, 90), 100, 90, True),
    (rule("In", 89, 90), 100, 91, False),
    (rule("NotIn", 89, 90), 100, 91, True),
    (rule("NotIn", 89, 90), 100, 90, False),
    (rule("Exists"), 0, 0, True),
    (rule("DoesNotExist"), 0, 0, False),
]


@pytest.mark.parametrize(("requirement", "submitted", "approved", "met"), RATE)
def test_the_approval_rate(requirement: dict[str, Any], submitted: int, approved: int, met: bool) -> None:
    asked = requirement | {"QualificationTypeId": PERCENT_APPROVED}
    assert is_met(asked, attributes(statistics=worked(submitted, approved)), ALL) is met


# Requirement, HITs approved, met.
COUNT = [
    (rule("EqualTo", 0), 0, True),
    (rule("EqualTo", 5), 0, False),
    (rule("NotEqualTo", 0), 0, False),
    (rule("NotEqualTo", 0), 1, True),
    (rule("LessThan", 50), 0, True),
    (rule("LessThan", 50), 50, False),
    (rule("LessThanOrEqualTo", 50), 50, True),
    (rule("LessThanOrEqualTo", 50), 51, False),
    (rule("GreaterThan", 50), 51, True),
    (rule("GreaterThan", 50), 50, False),
    (rule("GreaterThanOrEqualTo", 50), 50, True),
    (rule("GreaterThanOrEqualTo", 50), 49, False),
]


@pytest.mark.parametrize(("requirement", "approved", "met"), COUNT)
def test_the_number_of_hits_approved(requirement: dict[str, Any], approved: int, met: bool) -> None:
    asked = requirement | {"QualificationTypeId": APPROVED}
    assert is_met(asked, attributes(statistics=worked(approved, approved)), ALL) is met


@pytest.mark.parametrize(("adult", "met"), [(True, True), (False, False)])
def test_content_for_adults_is_for_who_consented(adult: bool, met: bool) -> None:
    assert is_met(rule("EqualTo", 1, about=ADULT), attributes(adult=adult), ALL) is met


# Requirement, country, state, met.
PLACES = [
    (located("EqualTo", "US"), "US", "CA", True),
    (located("EqualTo", "US"), "US", None, True),
    (located("EqualTo", "US"), "IT", None, False),
    (located("EqualTo", "US-CA"), "US", "CA", True),
    (located("EqualTo", "US-CA"), "US", "NY", False),
    (located("EqualTo", "US-CA"), "US", None, False),
    (located("EqualTo", "US-CA"), "CA", None, False),
    (located("EqualTo", "CA"), "US", "CA", False),
    (located("NotEqualTo", "US"), "US", "CA", False),
    (located("NotEqualTo", "US"), "IT", None, True),
    (located("NotEqualTo", "US-CA"), "US", "CA", False),
    (located("NotEqualTo", "US-CA"), "US", "NY", True),
    (located("NotEqualTo", "US-CA"), "US", None, True),
    (located("NotEqualTo", "US-CA"), "IT", None, True),
    (located("In", "US-CA", "IT"), "US", "CA", True),
    (located("In", "US-CA", "IT"), "IT", None, True),
    (located("In", "US-CA", "IT"), "US", "NY", False),
    (located("NotIn", "US-FL", "US-GA"), "US", "FL", False),
    (located("NotIn", "US-FL", "US-GA"), "US", "CA", True),
    (located("NotIn", "US-FL", "US-GA"), "US", None, True),
    (located("NotIn", "US", "IT"), "IT", None, False),
    (located("NotIn", "US", "IT"), "IN", None, True),
    # A territory is what its worker is registered as.
    (located("EqualTo", "US"), "PR", None, False),
    (located("EqualTo", "US"), "US", "PR", True),
    # An address that nobody knows matches nothing.
    (located("EqualTo", "US"), None, None, False),
    (located("NotEqualTo", "US"), None, None, True),
]


@pytest.mark.parametrize(("requirement", "country", "state", "met"), PLACES)
def test_where_a_worker_lives(requirement: dict[str, Any], country: str | None, state: str | None, met: bool) -> None:
    assert is_met(requirement, attributes(country=country, subdivision=state), ALL) is met


def test_retired_types_of_the_system_compare_what_they_are_named_after() -> None:
    history = WorkHistory(accepted=200, submitted=150, abandoned=30, returned=20, approved=90, rejected=45)
    statistics = attributes(statistics=WorkerStatistics(history))
    for about, percentage in (
        ("00000000000000000000", 75),
        ("00000000000000000070", 15),
        ("000000000000000000E0", 10),
        ("000000000000000000S0", 30),
        (PERCENT_APPROVED, 60),
    ):
        assert is_met(rule("EqualTo", percentage, about=about), statistics, ALL)


def test_what_the_system_does_not_have_here_is_a_type_that_nobody_holds() -> None:
    sandbox = Switches(environment="sandbox")
    assert not is_met(rule("Exists", about=MASTERS), attributes(masters=True), sandbox)
    assert is_met(rule("Exists", about=SANDBOX_MASTERS), attributes(masters=True), sandbox)


@pytest.mark.parametrize(
    ("members", "guards", "actions"),
    [
        ({}, "Accept", ["Accept"]),
        ({"ActionsGuarded": "Accept"}, "Accept", ["Accept"]),
        ({"ActionsGuarded": "PreviewAndAccept"}, "PreviewAndAccept", ["Preview", "Accept"]),
        (
            {"ActionsGuarded": "DiscoverPreviewAndAccept"},
            "DiscoverPreviewAndAccept",
            ["Discover", "Preview", "Accept"],
        ),
        ({"RequiredToPreview": True}, "PreviewAndAccept", ["Preview", "Accept"]),
        ({"RequiredToPreview": False}, "Accept", ["Accept"]),
        ({"RequiredToPreview": True, "ActionsGuarded": "Accept"}, "PreviewAndAccept", ["Preview", "Accept"]),
        (
            {"RequiredToPreview": False, "ActionsGuarded": "DiscoverPreviewAndAccept"},
            "DiscoverPreviewAndAccept",
            ["Discover", "Preview", "Accept"],
        ),
    ],
)
def test_what_is_guarded(marketplace: Marketplace, members: dict[str, Any], guards: str, actions: list[str]) -> None:
    requirement = rule("Exists") | members
    assert actions_guarded(requirement) == guards
    with marketplace.reading() as ctx:
        found = verdicts(ctx, attributes(), [requirement])
    assert [action for action in ("Discover", "Preview", "Accept") if unmet(found, action)] == actions


@pytest.fixture(scope="module")
def somewhere(engine: None) -> Iterator[Marketplace]:
    with brief_marketplace() as opened:
        yield opened


COMPARATORS = st.sampled_from(["LessThan", "LessThanOrEqualTo", "GreaterThan", "GreaterThanOrEqualTo", "EqualTo"])
SCORES = st.none() | st.integers(-3, 3)
SETS = st.lists(st.integers(-3, 3), min_size=1, max_size=5)


def score(value: int | None) -> WorkerAttributes:
    return attributes(scores={} if value is None else {OWN: value})


@given(SCORES, SETS)
def test_in_is_any_of_its_values_and_not_in_is_all_of_them(value: int | None, values: list[int]) -> None:
    single = [is_met(rule("EqualTo", each), score(value), ALL) for each in values]
    assert is_met(rule("In", *values), score(value), ALL) is any(single)
    apart = [is_met(rule("NotEqualTo", each), score(value), ALL) for each in values]
    assert is_met(rule("NotIn", *values), score(value), ALL) is all(apart)


@given(SCORES, st.integers(-3, 3))
def test_a_comparison_splits_those_who_hold_it_and_nobody_else(value: int | None, bound: int) -> None:
    held = is_met(rule("Exists"), score(value), ALL)
    assert held is (value is not None)
    assert is_met(rule("DoesNotExist"), score(value), ALL) is not held
    for one, other in (
        ("EqualTo", "NotEqualTo"),
        ("LessThan", "GreaterThanOrEqualTo"),
        ("GreaterThan", "LessThanOrEqualTo"),
    ):
        met = [is_met(rule(comparator, bound), score(value), ALL) for comparator in (one, other)]
        assert met.count(True) == int(held)


places = st.sampled_from(["US", "US-CA", "US-NY", "IT", "CA"])
addresses = st.sampled_from([("US", "CA"), ("US", "NY"), ("US", None), ("IT", None), ("CA", None), (None, None)])


@given(addresses, st.lists(places, min_size=1, max_size=4))
def test_places_are_in_a_set_or_not(address: tuple[str | None, str | None], named: list[str]) -> None:
    lives = attributes(country=address[0], subdivision=address[1])
    met = [is_met(located("EqualTo", place), lives, ALL) for place in named]
    assert is_met(located("In", *named), lives, ALL) is any(met)
    assert is_met(located("NotIn", *named), lives, ALL) is not any(met)
    assert [is_met(located("NotEqualTo", place), lives, ALL) for place in named] == [not each for each in met]


@given(st.lists(st.tuples(COMPARATORS, st.integers(-3, 3)), max_size=4), SCORES)
def test_all_requirements_have_to_be_met(
    somewhere: Marketplace, asked: list[tuple[str, int]], value: int | None
) -> None:
    requirements = [rule(*each) for each in asked]
    with somewhere.reading() as ctx:
        refused = unmet(verdicts(ctx, score(value), requirements), "Accept")
    assert [verdict.requirement for verdict in refused] == [
        requirement for requirement in requirements if not is_met(requirement, score(value), ALL)
    ]
    assert value is not None or len(refused) == len(requirements)


def test_revoked_and_pending_is_not_held(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    marketplace.register_worker(WORKER)

    def held() -> int | None:
        with marketplace.reading() as ctx:
            return attributes_of(ctx, WORKER).score_of(qualification_type_id)

    marketplace.request_qualification(WORKER, qualification_type_id)
    assert held() is None
    mturk.associate_qualification_with_worker(
        QualificationTypeId=qualification_type_id, WorkerId=WORKER, IntegerValue=70
    )
    assert held() == 70
    mturk.disassociate_qualification_from_worker(QualificationTypeId=qualification_type_id, WorkerId=WORKER)
    assert held() is None


def test_one_of_very_many_qualifications_is_held_as_one_of_few(direct: InProcessClient) -> None:
    """Where a worker holds many they are not all read."""
    direct.marketplace.register_worker(WORKER)
    types = [direct.new_type(f"Type {number}") for number in range(60)]
    for number, identity in enumerate(types):
        direct.call(
            "AssociateQualificationWithWorker", QualificationTypeId=identity, WorkerId=WORKER, IntegerValue=number
        )
        with direct.marketplace.reading() as ctx:
            score_of = attributes_of(ctx, WORKER).score_of
            assert [score_of(each) for each in types[: number + 2]] == [*range(number + 1), None][: len(types)]
    direct.call("DisassociateQualificationFromWorker", QualificationTypeId=types[0], WorkerId=WORKER)
    with direct.marketplace.reading() as ctx:
        assert attributes_of(ctx, WORKER).score_of(types[0]) is None


def test_the_reason_for_a_no_in_words(mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str) -> None:
    history = WorkHistory(accepted=120, submitted=110, approved=93)
    with marketplace.writing() as ctx:
        workers.register(ctx, WorkerProfile(WORKER, "US", "CA", history=history))
    mturk.associate_qualification_with_worker(
        QualificationTypeId=qualification_type_id, WorkerId=WORKER, IntegerValue=70
    )
    about = {"about": qualification_type_id}
    asked = [
        rule("GreaterThanOrEqualTo", 80, **about),
        rule("DoesNotExist", **about),
        rule("NotIn", 70, 71, 72, **about),
        rule("Exists", about="SOMEBODYELSES"),
        rule("GreaterThanOrEqualTo", 95, about=PERCENT_APPROVED),
        rule("GreaterThan", 100, about=APPROVED),
        rule("Exists", about=MASTERS),
        rule("EqualTo", 1, about=ADULT),
        located("In", "IN", "US-NY"),
        located("NotEqualTo", "US"),
    ]
    with marketplace.reading() as ctx:
        found = unmet_requirements(ctx, WORKER, asked, "Accept")
    assert [verdict.sentence() for verdict in found] == [
        "You need: a score of at least 80 in 'Transcription'. You have: 70.",
        "You need: not the qualification 'Transcription'. You have: this qualification.",
        "You need: a score other than 70, 71 or 72 in 'Transcription'. You have: 70.",
        "You need: the qualification SOMEBODYELSES, which nobody here can give. You have: not this qualification.",
        "You need: an approval rate of at least 95 %. You have: 84 %.",
        "You need: a number of approved HITs above 100. You have: 93.",
        "You need: the Masters qualification. You have: not this qualification.",
        "You need: consent to see content for adults. You have: not consented.",
        "You need: an address in India or New York, United States. You have: an address in California, United States.",
        "You need: an address outside the United States. You have: an address in California, United States.",
    ]
    assert [verdict.can_request for verdict in found] == [True, True, True, *[False] * 7]


def test_an_inactive_type_can_not_be_requested(
    mturk: MTurkClient, marketplace: Marketplace, qualification_type_id: str
) -> None:
    mturk.update_qualification_type(QualificationTypeId=qualification_type_id, QualificationTypeStatus="Inactive")
    with marketplace.reading() as ctx:
        (verdict,) = verdicts(ctx, attributes(), [rule("Exists", about=qualification_type_id)])
    assert not verdict.can_request
