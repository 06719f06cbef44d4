"""HITType: its layout means nothing, its values make its identity, and looking at it never fails a refresh."""

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.cli.conftest import NewStack
from tests.support.pulumi_cli import NO_CHANGES, Stack, behind_our_back, counted, messages, new_type, parameters

LOCALE, HITS_APPROVED, RATE = "00000000000000000071", "00000000000000000040", "000000000000000000L0"
MASTERS = "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH"

PLAIN = """
mturk.HITType("plain", title="Transcribe", description="Type what you hear.", reward="0.15",
    assignment_duration_in_seconds=600)
"""
ONE = """
study = mturk.HITType("study", title="Transcribe", description="Type what you hear.", reward="0.10",
    assignment_duration_in_seconds=600, keywords="speech, text", qualification_requirements=[
        e.country("US", "CA"),
        e.approval(at_least=95, hits=500),
        e.production_only(e.masters()),
    ])
pulumi.export("study", study.hit_type_id)
"""
# The same values, written differently.
OTHER_LAYOUT = """
import datetime
from decimal import Decimal

study = mturk.HITType("study", title="Transcribe", description="Type what you hear.", reward=Decimal("0.1"),
    assignment_duration_in_seconds=datetime.timedelta(minutes=10), auto_approval_delay_in_seconds=2592000,
    keywords=["speech ", "text"], qualification_requirements=[
        e.hits_approved(at_least=500),
        {"QualificationTypeId": "000000000000000000L0", "Comparator": "GreaterThanOrEqualTo", "IntegerValues": [95]},
        mturk.QualificationRequirement("Worker_Locale", "In", locale_values=[mturk.Locale("CA"), mturk.Locale("US")]),
        [e.production_only(e.masters())],
    ])
pulumi.export("study", study.hit_type_id)
"""


def needing(qualification_type_id: str) -> str:
    return f"""
mturk.HITType("needing", title="Transcribe", description="Type what you hear.", reward="0.15",
    assignment_duration_in_seconds=600, qualification_requirements=[e.holds({qualification_type_id!r})])
"""


@pytest.mark.both_shells
def test_a_lifecycle_makes_one_call_a_step_and_destroy_leaves_it_and_says_so(
    stack: Stack, marketplace: Marketplace
) -> None:
    # Two resources with equal values are one HIT type.
    twin = ONE.replace("study", "twin").replace('"speech, text"', '["speech", "text"]').replace('"0.10"', '"0.1"')
    stack.program(ONE + twin).up().ok()
    (sent, _) = parameters(marketplace, "CreateHITType")
    assert counted(marketplace) == {"CreateHITType": 2}
    assert sent["Reward"] == "0.10"
    assert sent["AutoApprovalDelayInSeconds"] == 2_592_000
    # The rule for production is told, and not sent here.
    rules = sent["QualificationRequirements"]
    assert {rule["QualificationTypeId"] for rule in rules} == {LOCALE, HITS_APPROVED, RATE}
    assert stack.resources()["study"]["inputs"]["eligibility"] == [
        "located in US or CA",
        "approval rate at least 95 %",
        "at least 500 HITs approved",
        "in production only, not sent here: holds Masters",
    ]
    outputs = stack.outputs()
    assert outputs["study"] == outputs["twin"]
    assert [item.id for item in marketplace.summary().hit_types] == [outputs["study"]]

    stack.refresh(NO_CHANGES).ok()
    assert counted(marketplace) == {"CreateHITType": 2}
    stack.up(NO_CHANGES).ok()
    assert counted(marketplace) == {}

    destroyed = stack.destroy().ok()
    assert counted(marketplace) == {"ListHITs": 1}
    for name in ("study", "twin"):
        (said,) = messages(destroyed)[name]
        assert f"warning: HIT type {outputs['study']} leaves the stack, but MTurk can't delete HIT types" in said
    assert stack.resources() == {}
    assert [item.id for item in marketplace.summary().hit_types] == [outputs["study"]]


@pytest.mark.slow
def test_another_layout_is_no_change_and_another_value_replaces(stack: Stack, marketplace: Marketplace) -> None:
    # A service that takes notation for identity must not see ours change either.
    marketplace.set_switches(hit_type_identity="verbatim")
    stack.program(ONE).up().ok()
    counted(marketplace)
    before = stack.resources()["study"]["id"]

    stack.program(OTHER_LAYOUT).up(NO_CHANGES).ok()
    assert counted(marketplace) == {}
    stack.refresh(NO_CHANGES).ok()

    assert counted(marketplace) == {"CreateHITType": 1}

    stack.program(OTHER_LAYOUT.replace('"CA"', '"GB"')).up().ok()
    assert counted(marketplace) == {"CreateHITType": 1}
    after = stack.resources()["study"]["id"]
    assert {before, after} == {item.id for item in marketplace.summary().hit_types}
    assert before != after


@pytest.mark.slow
def test_a_warning_stands_once_on_the_resources_row_and_stops_nothing(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(PLAIN.replace("0.15", "0.00") + ONE)

    preview = stack.preview().ok()

    told = messages(preview)
    (said,) = [line for line in told["plain"] if "reward" in line]
    assert said == "warning: reward: pays nothing; whether MTurk permits that is not documented"
    assert preview.text.partition("Diagnostics:")[2].count("pays nothing") == 1
    assert not [line for name, lines in told.items() if name != "plain" for line in lines if "pays nothing" in line]
    assert counted(marketplace) == {}


def test_a_dropped_hit_type_is_gone_and_comes_back(stack: Stack, marketplace: Marketplace) -> None:
    required = new_type(marketplace, "Past")
    stack.program(PLAIN + needing(required)).up().ok()
    before = {name: item["id"] for name, item in stack.resources().items()}
    counted(marketplace)

    # One goes with the qualification type that it requires. The other, unused for too long, is registered anew by
    # the call that looks for it, and has another id.
    behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=required)
    marketplace.set_switches(idle_removal_days=120)
    marketplace.advance(121 * 86_400)
    stack.refresh().ok()
    assert counted(marketplace) == {"CreateHITType": 2}
    assert stack.resources() == {}

    stack.program(PLAIN + needing(new_type(marketplace, "Past"))).up().ok()
    after = {name: item["id"] for name, item in stack.resources().items()}
    assert after.keys() == before.keys()
    assert not set(after.values()) & set(before.values())


@pytest.mark.slow
def test_a_refresh_that_could_not_ask_keeps_the_state_and_says_that_it_is_not_verified(new_stack: NewStack) -> None:
    stack = new_stack(operationTimeoutSeconds="1")
    with Marketplace.open(stack.database) as marketplace:
        stack.program(PLAIN).up().ok()
        before = stack.resources()["plain"]
        for fault, why in (
            (Fault("access_denied", "CreateHITType", times=None), "the credentials do not allow it"),
            (Fault("throttle", "CreateHITType", times=None), "gave up after"),
            (Fault("service_fault", "CreateHITType", times=None), "gave up after"),
        ):
            marketplace.clear_faults()
            marketplace.inject(fault)
            refreshed = stack.refresh(NO_CHANGES).ok()
            (said,) = messages(refreshed)["plain"]
            assert said.startswith("warning: not verified: ")
            assert why in said
            after = stack.resources()["plain"]
            assert [after[key] for key in ("id", "inputs", "outputs")] == [
                before[key] for key in ("id", "inputs", "outputs")
            ]


@pytest.mark.slow
def test_get_finds_a_hit_type_by_its_values(stack: Stack, marketplace: Marketplace) -> None:
    existing = behind_our_back(
        marketplace,
        "CreateHITType",
        Title="Transcribe",
        Description="Type what you hear.",
        Reward="0.10",
        AssignmentDurationInSeconds=600,
        QualificationRequirements=[{"QualificationTypeId": MASTERS, "Comparator": "Exists"}],
    )["HITTypeId"]
    stack.program("""
        found = mturk.HITType.get("found", title="Transcribe", description="Type what you hear.", reward="0.1",
            assignment_duration_in_seconds=600, qualification_requirements=[e.masters()])
        pulumi.export("id", found.hit_type_id)
    """)

    stack.up().ok()
    assert counted(marketplace) == {"CreateHITType": 1}
    assert stack.outputs() == {"id": existing}
    assert len(marketplace.summary().hit_types) == 1
    stack.unchanged()


@pytest.mark.slow
def test_get_of_one_that_cannot_be_is_an_error_in_a_sentence(stack: Stack, marketplace: Marketplace) -> None:
    stack.program("""
        mturk.HITType.get("found", title="Transcribe", description="Type what you hear.", reward="0.1",
            assignment_duration_in_seconds=600, qualification_requirements=[e.holds("LOCAL00000000000000000000EXAMPL")])
    """)

    assert "there is no such HITType in environment local" in stack.preview().refused().text
    assert counted(marketplace) == {"CreateHITType": 1}
