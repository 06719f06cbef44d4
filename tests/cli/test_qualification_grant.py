"""QualificationGrant: one worker's qualification, changed in place, taken back, and nobody mailed by accident."""

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.pulumi_cli import (
    CREATED,
    NO_CHANGES,
    Stack,
    assert_absent,
    behind_our_back,
    counted,
    new_type,
    parameters,
)

FIRST, SECOND, THIRD = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A3EXAMPLEWORKER"
WORKERS = (FIRST, SECOND, THIRD)

TYPE = 'past = mturk.QualificationType("past", description="Took part.")\n'


def grant(name: str, worker_id: str, more: str = "", of: str = "past") -> str:
    return f"mturk.QualificationGrant({name!r}, qualification_type_id={of}, worker_id={worker_id!r}{more})\n"


def scores(marketplace: Marketplace, qualification_type_id: str) -> dict[str, int]:
    listed = behind_our_back(
        marketplace,
        "ListWorkersWithQualificationType",
        QualificationTypeId=qualification_type_id,
        Status="Granted",
    )["Qualifications"]
    return {item["WorkerId"]: item["IntegerValue"] for item in listed}


@pytest.mark.both_shells
def test_a_lifecycle_makes_one_call_a_step_mails_nobody_and_leaves_nothing(
    stack: Stack, marketplace: Marketplace
) -> None:
    program = TYPE + grant("first", FIRST) + grant("second", SECOND, ", integer_value=70")
    up = stack.program(program).up().ok()
    assert counted(marketplace) == {**CREATED, "AssociateQualificationWithWorker": 2}
    past = stack.resources()["past"]["id"]
    assert scores(marketplace, past) == {FIRST: 1, SECOND: 70}

    # The grant's time is known from now on, which is no change.
    refreshed = stack.refresh(NO_CHANGES).ok()
    assert counted(marketplace) == {"GetQualificationType": 1, "GetQualificationScore": 2}
    assert stack.resources()["first"]["outputs"]["grantTime"].endswith("+00:00")

    edited = stack.program(program.replace("70", "80"))
    assert stack.steps() == [("update", "second")]
    assert counted(marketplace) == {}
    updated = edited.up("--diff").ok()
    assert parameters(marketplace, "AssociateQualificationWithWorker") == [
        {"QualificationTypeId": past, "WorkerId": SECOND, "IntegerValue": 80, "SendNotification": False}
    ]
    assert counted(marketplace) == {"AssociateQualificationWithWorker": 1}
    state = stack.state()

    destroyed = stack.destroy().ok()
    # Outside production the grants go with their type, and cost no call.
    assert counted(marketplace) == {"DeleteQualificationType": 1, "ListHITs": 1}
    assert marketplace.notifications() == []
    assert marketplace.summary().qualification_types == []
    assert_absent(WORKERS, state, *(output.text for output in (up, refreshed, updated, destroyed)))


@pytest.mark.slow
def test_another_worker_or_type_replaces(stack: Stack, marketplace: Marketplace) -> None:
    other = 'other = mturk.QualificationType("other", description="Took part.")\n'
    stack.program(TYPE + other + grant("worker", FIRST) + grant("type", SECOND)).up().ok()
    ids = {name: resource["id"] for name, resource in stack.resources().items()}
    counted(marketplace)

    stack.program(TYPE + other + grant("worker", THIRD) + grant("type", SECOND, of="other"))
    stack.up().ok()

    changes = {"AssociateQualificationWithWorker": 2, "DisassociateQualificationFromWorker": 2}
    # Who is granted it is looked at, and who loses it.
    assert counted(marketplace) == {"GetQualificationScore": 4} | changes
    assert scores(marketplace, ids["past"]) == {THIRD: 1}
    assert scores(marketplace, ids["other"]) == {SECOND: 1}
    assert not {stack.resources()[name]["id"] for name in ("worker", "type")} & set(ids.values())
    assert marketplace.notifications() == []


@pytest.mark.slow
def test_the_way_of_a_change_is_no_difference_but_is_what_a_later_one_uses(
    stack: Stack, marketplace: Marketplace
) -> None:
    told = ", send_notification=True, revocation_reason={!r}"
    quiet = grant("first", FIRST) + grant("second", SECOND, told.format("The study was cancelled."))
    stack.program(TYPE + quiet).up().ok()
    counted(marketplace)
    assert [(item.kind, item.worker_id) for item in marketplace.notifications()] == [("Grant", SECOND)]

    loud = grant("first", FIRST, told.format("The study is over.")) + grant("second", SECOND)
    stack.program(TYPE + loud).up(NO_CHANGES).ok()
    assert counted(marketplace) == {}

    stack.destroy().ok()
    sent = parameters(marketplace, "DisassociateQualificationFromWorker")
    # Who is not to be told goes with the type.
    assert {item["WorkerId"]: item.get("Reason") for item in sent} == {FIRST: "The study is over."}
    assert [(item.kind, item.worker_id, item.text) for item in marketplace.notifications()][1:] == [
        ("Revocation", FIRST, "The study is over.")
    ]


def test_what_others_changed_is_shown_by_a_refresh_and_mended_by_up(stack: Stack, marketplace: Marketplace) -> None:
    kept, deleted = new_type(marketplace, "Kept"), new_type(marketplace, "Deleted")
    program = "".join(
        (
            grant("changed", FIRST, ", integer_value=70", of=repr(kept)),
            grant("revoked", SECOND, of=repr(kept)),
            grant("without-type", THIRD, of=repr(deleted)),
        )
    )
    stack.program(program).up().ok()
    behind_our_back(
        marketplace,
        "AssociateQualificationWithWorker",
        QualificationTypeId=kept,
        WorkerId=FIRST,
        IntegerValue=10,
        SendNotification=False,
    )
    behind_our_back(marketplace, "DisassociateQualificationFromWorker", QualificationTypeId=kept, WorkerId=SECOND)
    behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=deleted)
    counted(marketplace)

    refreshed = stack.refresh("--diff").ok()
    assert counted(marketplace) == {"GetQualificationScore": 3}
    assert stack.resources().keys() == {"changed"}
    assert stack.resources()["changed"]["outputs"]["integerValue"] == 10

    # The type that is gone can't be granted; the others are mended all the same.
    refused = stack.up("--continue-on-error").refused()
    assert counted(marketplace) == {"GetQualificationScore": 2, "AssociateQualificationWithWorker": 3}
    assert "QualificationTypeDoesNotExist" in refused.text
    assert scores(marketplace, kept) == {FIRST: 70, SECOND: 1}
    assert_absent(WORKERS, refreshed.text, refused.text, stack.state())

    # Revoked meanwhile: a destroy finds it done.
    for worker_id in (FIRST, SECOND):
        behind_our_back(
            marketplace, "DisassociateQualificationFromWorker", QualificationTypeId=kept, WorkerId=worker_id
        )
    stack.destroy().ok()
    assert stack.resources() == {}
    assert marketplace.notifications() == []


@pytest.mark.slow
def test_get_reads_an_existing_grant_and_never_changes_it(stack: Stack, marketplace: Marketplace) -> None:
    past = new_type(marketplace, "Past")
    behind_our_back(
        marketplace,
        "AssociateQualificationWithWorker",
        QualificationTypeId=past,
        WorkerId=FIRST,
        IntegerValue=70,
        SendNotification=False,
    )
    program = """
        found = mturk.QualificationGrant.get("found", qualification_type_id={!r}, worker_id={!r})
        pulumi.export("score", found.integer_value)
        pulumi.export("worker", found.worker_id)
        pulumi.export("granted", found.grant_time)
    """

    up = stack.program(program.format(past, FIRST)).up().ok()
    assert counted(marketplace) == {"GetQualificationScore": 1}
    outputs = stack.outputs(secrets=True)
    assert (outputs["score"], outputs["worker"]) == (70, FIRST)
    assert outputs["granted"].endswith("+00:00")
    assert_absent([FIRST], up.text, stack.state())
    stack.destroy().ok()
    assert scores(marketplace, past) == {FIRST: 70}

    # Never granted reads as gone, and a `get` of what is gone is an error.
    missing = stack.program(program.format(past, SECOND)).preview().refused()
    assert "there is no such QualificationGrant in environment local" in missing.text
    assert_absent([SECOND], missing.text)


@pytest.mark.slow
def test_a_score_that_is_there_is_kept_or_its_change_is_said(stack: Stack, marketplace: Marketplace) -> None:
    past = new_type(marketplace, "Past")
    for worker_id in (FIRST, SECOND):
        behind_our_back(
            marketplace,
            "AssociateQualificationWithWorker",
            QualificationTypeId=past,
            WorkerId=worker_id,
            IntegerValue=90,
            SendNotification=False,
        )
    counted(marketplace)
    program = grant("kept", FIRST, of=repr(past)) + grant("lowered", SECOND, ", integer_value=1", of=repr(past))
    up = stack.program(program).up().ok()
    assert up.text.count("with score 90, which becomes 1") >= 1
    assert scores(marketplace, past) == {FIRST: 90, SECOND: 1}
    assert stack.resources()["kept"]["outputs"]["integerValue"] == 90
    stack.unchanged()
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    assert_absent(WORKERS, up.text, stack.state())
