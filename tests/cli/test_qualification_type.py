"""QualificationType from up to destroy: plans that stay empty, what others change, names, and `get`."""

from typing import Any

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.pulumi_cli import (
    CREATED_BESIDE,
    NO_CHANGES,
    Stack,
    assert_absent,
    behind_our_back,
    counted,
    new_type,
)
from tests.support.question_documents import KEY_CANARY, answer_key, question_form

UNSCORED = f"test={question_form()!r}, test_duration_in_seconds=600, retry_delay_in_seconds=3600"
TESTED = f"{UNSCORED}, answer_key={answer_key()!r}"


def live(marketplace: Marketplace, identifier: str) -> dict[str, Any]:
    found: dict[str, Any] = behind_our_back(marketplace, "GetQualificationType", QualificationTypeId=identifier)[
        "QualificationType"
    ]
    return found


@pytest.mark.both_shells
def test_a_lifecycle_makes_one_call_a_step_and_leaves_nothing(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(f"""
        plain = mturk.QualificationType("plain", description="Took part.", keywords=["speech", "text"])
        tested = mturk.QualificationType("tested", description="Can add.", {TESTED})
        auto = mturk.QualificationType("auto", description="Asked.", auto_granted=True, name="Anybody who asks")
        pulumi.export("types", [plain.id, tested.qualification_type_id, auto.id])
        pulumi.export("name", plain.name)
        pulumi.export("tested", tested.id)
        pulumi.export("created", tested.creation_time)
        pulumi.export("requestable", tested.is_requestable)
        pulumi.export("summary", tested.test_summary)
    """)
    # The documents come back in another layout, which is no drift.
    marketplace.set_switches(xml_echo="normalised")
    up = stack.up().ok()
    assert counted(marketplace) == {"CreateQualificationType": 3, "ListQualificationTypes": 4}

    stack.refresh(NO_CHANGES).ok()
    assert counted(marketplace) == {"GetQualificationType": 3}
    stack.up(NO_CHANGES).ok()
    assert counted(marketplace) == {}

    outputs = stack.outputs()
    assert live(marketplace, outputs["tested"])["Test"] != question_form()
    summary = marketplace.summary()
    assert set(outputs["types"]) == {item.id for item in summary.qualification_types}
    assert outputs["name"].startswith("plain-")
    assert outputs["created"].endswith("+00:00")
    assert outputs["requestable"] is True
    assert "1 question" in outputs["summary"]
    assert_absent([KEY_CANARY], up.text, stack.state())

    stack.destroy().ok()
    assert counted(marketplace) == {"DeleteQualificationType": 3, "ListHITs": 1}
    assert marketplace.summary().qualification_types == []
    assert stack.resources() == {}


def test_what_others_changed_is_shown_by_a_refresh_and_mended_by_up(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(f"""
        mturk.QualificationType("words", description="Took part.")
        mturk.QualificationType("tested", description="Can add.", {TESTED})
        mturk.QualificationType("unscored", description="Can add.", {UNSCORED})
        mturk.QualificationType("deleted", description="Took part.")
    """)
    stack.up().ok()
    before = stack.resources()
    ids = {name: resource["id"] for name, resource in before.items()}
    behind_our_back(
        marketplace, "UpdateQualificationType", QualificationTypeId=ids["words"], Description="Another's words."
    )
    for name, key in (("tested", answer_key(1)), ("unscored", answer_key(2))):
        behind_our_back(
            marketplace,
            "UpdateQualificationType",
            QualificationTypeId=ids[name],
            Test=question_form(),
            AnswerKey=key,
            TestDurationInSeconds=600,
        )
    # A type that is going keeps its name, and counts as gone.
    marketplace.set_switches(name_held_seconds=172_800)
    behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=ids["deleted"])
    assert live(marketplace, ids["deleted"])["QualificationTypeStatus"] == "Disposing"

    refreshed = stack.refresh("--diff").ok()
    assert '"Another\'s words."' in refreshed.text
    state = stack.resources(secrets=True)
    assert state["words"]["outputs"]["description"] == "Another's words."
    assert "deleted" not in state
    assert_absent([KEY_CANARY], refreshed.text, stack.state())

    counted(marketplace)
    stack.up().ok()
    assert counted(marketplace) == {"UpdateQualificationType": 3, **CREATED_BESIDE}
    assert live(marketplace, ids["words"])["Description"] == "Took part."
    assert live(marketplace, ids["tested"])["AnswerKey"] == answer_key()
    assert "AnswerKey" not in live(marketplace, ids["unscored"])
    after = stack.resources()
    assert after["deleted"]["outputs"]["name"] != before["deleted"]["outputs"]["name"]

    # Deleted meanwhile: a destroy finds it done.
    for resource in after.values():
        behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=resource["id"])
    stack.destroy().ok()
    assert stack.resources() == {}


@pytest.mark.slow
def test_whatever_the_service_answers_for_a_type_that_is_going_it_counts_as_gone(
    stack: Stack, marketplace: Marketplace
) -> None:
    stack.program('mturk.QualificationType("study", description="Took part.")\n').up().ok()
    marketplace.set_switches(name_held_seconds=172_800)
    behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=stack.resources()["study"]["id"])

    for answer in ("does_not_exist", "invalid_state", "shown"):
        marketplace.set_switches(get_disposing_type=answer)
        assert "- 1 to delete" in stack.run("refresh", "--preview-only").ok().text


@pytest.mark.slow
def test_an_explicit_name_is_not_reused_for_a_replacement_which_is_refused_at_preview(
    stack: Stack, marketplace: Marketplace
) -> None:
    program = 'mturk.QualificationType("study", description="Took part.", name="Speech study", keywords={!r})\n'
    stack.program(program.format("speech")).up().ok()
    counted(marketplace)

    refused = stack.program(program.format("speech, text")).preview().refused()

    assert "keywords can't be changed" in refused.text
    assert "48 hours" in refused.text
    assert "give the new type another name, or leave name out" in refused.text
    assert counted(marketplace) == {}


@pytest.mark.slow
def test_a_name_that_is_taken_is_refused_with_the_id_that_has_it(stack: Stack, marketplace: Marketplace) -> None:
    taken = new_type(marketplace, "Speech study")
    stack.program('mturk.QualificationType("study", description="Took part.", name="Speech study")\n')

    refused = stack.up().refused()
    assert f"the type {taken} has it" in refused.text
    assert stack.resources() == {}

    marketplace.set_switches(name_held_seconds=172_800)
    behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=taken)
    held = stack.up().refused().text
    assert "[MT314]" in held
    assert "for up to 48 hours" in held

    marketplace.advance(172_800)
    stack.up().ok()


@pytest.mark.slow
def test_get_reads_an_existing_type_and_never_changes_it(stack: Stack, marketplace: Marketplace) -> None:
    members = {"Test": question_form(), "AnswerKey": answer_key(), "TestDurationInSeconds": 600}
    existing = new_type(marketplace, "Speech study", **members)
    stack.program(f"""
        found = mturk.QualificationType.get("found", {existing!r})
        pulumi.export("name", found.name)
        pulumi.export("id", found.qualification_type_id)
        pulumi.export("key", found.answer_key)
    """)

    up = stack.up().ok()
    assert counted(marketplace) == {"GetQualificationType": 1}
    assert stack.outputs(secrets=True) == {"name": "Speech study", "id": existing, "key": answer_key()}
    assert_absent([KEY_CANARY], up.text, stack.state())
    stack.unchanged()
    stack.destroy().ok()
    assert live(marketplace, existing)["QualificationTypeStatus"] == "Active"


@pytest.mark.slow
def test_get_of_a_missing_type_is_an_error_in_a_sentence(stack: Stack, marketplace: Marketplace) -> None:
    stack.program('mturk.QualificationType.get("found", "LOCAL00000000000000000000EXAMPL")\n')

    refused = stack.preview().refused()

    assert "there is no such QualificationType in environment local" in refused.text
    assert counted(marketplace) == {"GetQualificationType": 1}
