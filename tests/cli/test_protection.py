"""What workers and HITs would lose: counted and refused in production, warned of elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.cli.conftest import NewStack
from tests.support.pulumi_cli import Stack, behind_our_back, counted, messages
from tests.support.recorded_programs import Place, place

COUNTING = {
    "ListWorkersWithQualificationType",
    "ListQualificationRequests",
    "ListHITsForQualificationType",
}


def program(stack: Stack, **arguments: object) -> None:
    """A type that keeps earlier participants out, and the HIT type that asks for it."""
    given = {"description": "Took part.", "keywords": "speech", **arguments}
    stack.program(f"""
        past = mturk.QualificationType("past", {", ".join(f"{name}={value!r}" for name, value in given.items())})
        mturk.HITType(
            "task", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60,
            qualification_requirements=[e.without(past)])
        pulumi.export("past", past.id)
    """)


def people(there: Place, stack: Stack) -> None:
    """What others did with the type: two hold it, one asks for it, and a HIT requires it."""
    past = stack.resources()["past"]["id"]
    for worker in ("A1EXAMPLEHOLDER", "A2EXAMPLEHOLDER"):
        behind_our_back(
            there.marketplace,
            "AssociateQualificationWithWorker",
            QualificationTypeId=past,
            WorkerId=worker,
            IntegerValue=1,
        )
    there.marketplace.request_qualification("A3EXAMPLEASKER", past)
    behind_our_back(
        there.marketplace,
        "CreateHITWithHITType",
        HITTypeId=stack.resources()["task"]["id"],
        LifetimeInSeconds=3600,
        Question=(
            '<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/'
            'HTMLQuestion.xsd"><HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight>'
            "</HTMLQuestion>"
        ),
    )


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        yield opened


@dataclass(frozen=True)
class InUse:
    """A stack in production whose type is in use."""

    stack: Stack
    there: Place


@pytest.fixture
def in_use(there: Place, new_stack: NewStack) -> InUse:
    stack = new_stack(environment="production", endpointUrl=there.url)
    program(stack)
    stack.up().ok()
    people(there, stack)
    counted(there.marketplace)
    return InUse(stack, there)


COUNTS = "2 workers hold it, 1 request is pending, 1 HIT requires it"


def test_a_replacement_in_production_is_refused_at_preview_with_counts_and_losses(in_use: InUse) -> None:
    stack, marketplace = in_use.stack, in_use.there.marketplace
    before = stack.resources()["past"]
    program(stack, keywords="speech, text")
    (sentence,) = messages(stack.preview().refused())["past"]
    assert f"is not replaced (keywords can't be changed): {COUNTS}" in sentence
    assert "MTurk does not take the qualification back from its holders, but no new HIT can ask for it" in sentence
    assert "nobody would hold a new one" in sentence
    assert "1 HIT keeps people out by it: without it they are let in until they are granted another one" in sentence
    assert "set force_destroy=True together with this change" in sentence
    calls = counted(marketplace)
    assert calls.keys() == {*COUNTING, "ListQualificationTypes"}

    stack.up().refused()
    assert counted(marketplace).keys() == calls.keys()
    assert stack.resources()["past"] == before


@pytest.mark.slow
def test_force_destroy_in_the_same_change_lets_the_replacement_through_and_deletes_the_old_type(in_use: InUse) -> None:
    stack, marketplace = in_use.stack, in_use.there.marketplace
    old = stack.resources()["past"]
    assert old["outputs"]["forceDestroy"] is False
    program(stack, keywords="speech, text", force_destroy=True)
    assert "Nobody holds the new one" in " ".join(messages(stack.up().ok())["past"])
    new = stack.resources()["past"]
    assert new["id"] != old["id"]
    assert new["outputs"]["name"] != old["outputs"]["name"]
    calls = counted(marketplace)
    assert calls == {
        "ListQualificationTypes": 1,
        "CreateQualificationType": 1,
        "CreateHITType": 1,
        "DeleteQualificationType": 1,
    }
    states = {item.id: item.status for item in marketplace.summary().qualification_types}
    assert states[new["id"]] == "Active"
    assert states.get(old["id"]) in (None, "Disposing")


@pytest.mark.slow
def test_a_delete_in_production_is_refused_by_up_and_destroy_and_the_state_keeps_the_type(in_use: InUse) -> None:
    stack, marketplace = in_use.stack, in_use.there.marketplace
    before = stack.resources()["past"]
    program(stack, description="Took part in spring.")
    stack.preview().ok()
    assert counted(marketplace) == {}, "an update loses nothing, so nothing is counted"

    stack.program("")
    for command in (stack.up, stack.destroy):
        (sentence,) = messages(command().refused())["past"]
        assert f"is not deleted (id {before['id']}): {COUNTS}" in sentence
        assert "put the resource back with force_destroy=True, run `pulumi up`, and remove it then" in sentence
        assert "1 HIT keeps people out by it" in sentence
        assert stack.resources().keys() == {"past"}
        # The HIT type that leaves first asks for its HITs.
        assert counted(marketplace).keys() - {"ListHITs"} == COUNTING

    program(stack, force_destroy=True)
    stack.up().ok()
    counted(marketplace)
    stack.destroy().ok()
    # The HIT stays, and is told of; its listing ends with an empty page.
    assert counted(marketplace) == {"DeleteQualificationType": 1, "ListHITs": 2}
    assert not stack.resources()


@pytest.mark.slow
def test_a_stacks_own_grants_do_not_keep_it_from_being_destroyed_in_production(
    there: Place, new_stack: NewStack
) -> None:
    stack = new_stack(environment="production", endpointUrl=there.url)
    stack.program("""
        past = mturk.QualificationType("past", description="Took part.")
        for index, worker in enumerate(["A1EXAMPLEHOLDER", "A2EXAMPLEHOLDER"]):
            mturk.QualificationGrant(f"holder-{index}", qualification_type_id=past, worker_id=worker)
    """)
    stack.up().ok()
    counted(there.marketplace)
    stack.destroy().ok()
    calls = counted(there.marketplace)
    assert calls.pop("DisassociateQualificationFromWorker") == 2
    assert calls.pop("DeleteQualificationType") == 1
    assert calls.pop("ListHITs") == 1
    assert calls.pop("GetQualificationScore") == 2
    assert calls.keys() == COUNTING
    assert there.marketplace.notifications() == []


@pytest.mark.slow
def test_elsewhere_a_replacement_and_a_delete_go_ahead_with_a_warning_and_nothing_is_counted(
    there: Place, new_stack: NewStack
) -> None:
    stack = new_stack(environment="sandbox", endpointUrl=there.url)
    program(stack)
    stack.up().ok()
    people(there, stack)
    counted(there.marketplace)

    program(stack, keywords="speech, text")
    said = messages(stack.preview().ok())
    assert counted(there.marketplace) == {}
    (loss,) = said["past"]
    assert loss.startswith("warning: this replaces the qualification type, because keywords can't be changed.")
    assert "If it is used as an exclusion, everybody is let in until the new one is granted" in loss
    another, danger = said["task"]
    assert (
        another
        == "warning: this makes another HIT type: HITs that are out keep the old one, and new ones need the new id"
    )
    old = stack.resources()["past"]["id"]
    assert danger.startswith(
        f"warning: qualificationRequirements: the exclusion by {old} (DoesNotExist) moves to another qualification type"
    )
    stack.up().ok()
    assert not COUNTING & counted(there.marketplace).keys()

    # The HIT type asks for the type by its id when that leaves the stack.
    current = stack.resources()["past"]["id"]
    stack.program(f"""
        mturk.HITType(
            "task", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60,
            qualification_requirements=[e.without("{current}")])
    """)
    (danger,) = messages(stack.up().ok())["past"]
    assert "without it everybody whom it kept out can take part, until they are granted another one" in danger
    assert counted(there.marketplace) == {"DeleteQualificationType": 1, "ListHITs": 2}
    assert stack.resources().keys() == {"task"}


@pytest.mark.slow
def test_a_type_that_nobody_has_is_replaced_in_production(there: Place, new_stack: NewStack) -> None:
    stack = new_stack(environment="production", endpointUrl=there.url)
    stack.program('mturk.QualificationType("past", description="Took part.", keywords="speech")').up().ok()
    old = stack.resources()["past"]["id"]
    stack.program('mturk.QualificationType("past", description="Took part.", keywords="text")').up().ok()
    assert stack.resources()["past"]["id"] != old
    assert [item.id for item in there.marketplace.summary().qualification_types] == [stack.resources()["past"]["id"]]


@pytest.mark.slow
def test_in_the_embedded_marketplace_a_type_is_destroyed_with_its_holders(
    stack: Stack, marketplace: Marketplace
) -> None:
    stack.program('mturk.QualificationType("past", description="Took part.")').up().ok()
    behind_our_back(
        marketplace,
        "AssociateQualificationWithWorker",
        QualificationTypeId=stack.resources()["past"]["id"],
        WorkerId="A1EXAMPLEHOLDER",
        IntegerValue=1,
    )
    counted(marketplace)
    stack.destroy().ok()
    assert counted(marketplace) == {"DeleteQualificationType": 1, "ListHITs": 1}
    assert not stack.resources()
