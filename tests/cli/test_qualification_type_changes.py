"""QualificationType: what each edit of a program sends, seen on one stack that edits many types at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.cli.conftest import NewStack
from tests.support.pulumi_cli import Output, assert_absent, behind_our_back, counted, messages, parameters
from tests.support.question_documents import KEY_CANARY, answer_key, question_form

pytestmark = pytest.mark.xdist_group("qualification type changes")

Arguments = dict[str, Any]

RETRY = {"retry_delay_in_seconds": 3600}
TESTED: Arguments = {
    "test": question_form(),
    "answer_key": answer_key(),
    "test_duration_in_seconds": 600,
    **RETRY,
}
THREE = {"Test", "AnswerKey", "TestDurationInSeconds"}

# Resource name -> its arguments before and after the edit.
EDITS: dict[str, tuple[Arguments, Arguments]] = {
    "untouched": ({}, {}),
    "description": ({}, {"description": "Took part in spring."}),
    "status": ({}, {"qualification_type_status": "Inactive"}),
    "keywords": ({"keywords": "speech"}, {"keywords": "speech, text"}),
    "keywords-layout": ({"keywords": "speech,text"}, {"keywords": ["speech", "text "]}),
    # With a word that is warned of, whatever the plan.
    "name": ({"name": "Speech, no spam"}, {"name": "Text, no spam"}),
    "prefix": ({"name_prefix": "Wave one "}, {"name_prefix": "Wave two "}),
    "retry-added": ({}, RETRY),
    "retry-changed": (RETRY, {"retry_delay_in_seconds": 60}),
    "retry-removed": (RETRY, {}),
    "test-added": (RETRY, TESTED),
    "test-added-to-auto": ({"auto_granted": True, **RETRY}, TESTED),
    "test-changed": (TESTED, {**TESTED, "test": question_form("3 + 1?")}),
    "test-layout": (TESTED, {**TESTED, "test": question_form().replace("><", ">\n  <")}),
    "test-removed": (TESTED, RETRY),
    "key-changed": (TESTED, {**TESTED, "answer_key": answer_key(50)}),
    "key-removed": (TESTED, {name: value for name, value in TESTED.items() if name != "answer_key"}),
    "duration-changed": (TESTED, {**TESTED, "test_duration_in_seconds": 900}),
    "auto-value-removed": ({"auto_granted": True, "auto_granted_value": 50}, {"auto_granted": True}),
    "auto-off": ({"auto_granted": True}, {}),
    "force-destroy": ({}, {"force_destroy": True}),
    "validate-questions": ({}, {"validate_questions": False}),
}
IN_PLACE = {
    "description",
    "status",
    "retry-added",
    "retry-changed",
    "test-added",
    "test-added-to-auto",
    "test-changed",
    "key-changed",
    "key-removed",
    "duration-changed",
    "auto-value-removed",
    "auto-off",
}
REPLACED = {"keywords", "name", "prefix", "retry-removed", "test-removed"}
WITHOUT_A_CALL = {"force-destroy", "validate-questions"}


@dataclass
class Edited:
    """What was seen of the edit."""

    before: dict[str, dict[str, Any]]
    after: dict[str, dict[str, Any]]
    steps: list[tuple[str, str]]
    up: Output
    preview_calls: Counter[str]
    calls: Counter[str]
    updates: list[dict[str, Any]]
    live: dict[str, dict[str, Any]]
    created: Counter[str]

    def sent(self, name: str) -> dict[str, Any]:
        """What UpdateQualificationType got for a type, which must have been one call."""
        identifier = self.before[name]["id"]
        (found,) = [update for update in self.updates if update["QualificationTypeId"] == identifier]
        return {member: value for member, value in found.items() if member != "QualificationTypeId"}

    def operations(self, names: Iterable[str]) -> dict[str, set[str]]:
        return {name: {operation for operation, about in self.steps if about == name} for name in names}


def _program(side: int) -> str:
    return "".join(
        f"mturk.QualificationType({name!r}, **{ ({'description': 'Took part.'} | arguments[side])!r})\n"
        for name, arguments in EDITS.items()
    )


@pytest.fixture(scope="module")
def edited(new_stack: NewStack) -> Edited:
    stack = new_stack()
    with Marketplace.open(stack.database) as marketplace:
        marketplace.set_switches(record_calls="parameters")
        stack.program(_program(0)).up().ok()
        created = counted(marketplace)
        before = stack.resources()
        stack.program(_program(1))
        steps = stack.steps()
        preview_calls = counted(marketplace)
        up = stack.up().ok()
        updates = parameters(marketplace, "UpdateQualificationType")
        calls = counted(marketplace)
        after = stack.resources()
        live = {
            name: behind_our_back(marketplace, "GetQualificationType", QualificationTypeId=resource["id"])
            for name, resource in after.items()
        }
        stack.unchanged()
    types = {name: answer["QualificationType"] for name, answer in live.items()}
    return Edited(before, after, steps, up, preview_calls, calls, updates, types, created)


def test_each_type_costs_one_call_and_its_preview_none(edited: Edited) -> None:
    assert edited.created == {"CreateQualificationType": len(EDITS), "ListQualificationTypes": len(EDITS) + 1}
    assert edited.preview_calls == {}
    assert edited.calls == {
        "UpdateQualificationType": len(IN_PLACE),
        "CreateQualificationType": len(REPLACED),
        "ListQualificationTypes": len(REPLACED) + 2,
        "DeleteQualificationType": len(REPLACED),
    }


def test_what_can_be_changed_in_place_keeps_its_id(edited: Edited) -> None:
    planned = edited.operations(IN_PLACE | WITHOUT_A_CALL)

    assert planned == {name: {"update"} for name in planned}
    assert {name for name in EDITS if edited.before[name]["id"] != edited.after[name]["id"]} == REPLACED


def test_layout_is_no_change(edited: Edited) -> None:
    planned = edited.operations(["untouched", "keywords-layout", "test-layout"])

    assert not any(planned.values())


def test_a_generated_name_stays_and_a_replacement_gets_a_new_one(edited: Edited) -> None:
    names = {name: (edited.before[name]["outputs"]["name"], edited.live[name]["Name"]) for name in EDITS}

    assert {name for name, (old, new) in names.items() if old != new} == REPLACED
    assert names["untouched"][1].startswith("untouched-")
    assert names["prefix"][0].startswith("Wave one ")
    assert names["prefix"][1].startswith("Wave two ")
    assert len({new for _, new in names.values()}) == len(EDITS)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("keywords", "keywords can't be changed"),
        ("name", "a type can't be renamed"),
        ("prefix", "a type can't be renamed"),
        ("retry-removed", "retries can't be switched off once they were allowed"),
        ("test-removed", "a test can't be removed"),
    ],
)
def test_a_replacement_is_planned_and_its_reason_shown_once_on_the_row(edited: Edited, name: str, reason: str) -> None:
    assert "replace" in edited.operations([name])[name]
    (message,) = [line for line in messages(edited.up)[name] if reason in line]
    assert message.startswith("warning: this replaces the qualification type, because ")
    assert "Nobody holds the new one" in message


def test_a_standing_warning_is_shown_once_though_a_replacement_is_checked_twice(edited: Edited) -> None:
    told = messages(edited.up)

    assert len([line for line in told["name"] if "reads as a judgement" in line]) == 1
    assert {name for name, lines in told.items() if len(set(lines)) != len(lines)} == set()


def test_a_changed_description_is_sent_alone(edited: Edited) -> None:
    assert edited.sent("description") == {"Description": "Took part in spring."}
    assert edited.sent("status") == {"QualificationTypeStatus": "Inactive"}


def test_a_retry_delay_is_added_and_changed_in_place(edited: Edited) -> None:
    assert edited.sent("retry-added") == {"RetryDelayInSeconds": 3600}
    assert edited.sent("retry-changed") == {"RetryDelayInSeconds": 60}


def test_a_test_is_added_in_place_with_key_and_duration(edited: Edited) -> None:
    assert edited.sent("test-added").keys() == THREE
    assert edited.live["test-added"]["Test"] == question_form()
    assert edited.live["test-added"]["AnswerKey"] == answer_key()


def test_a_test_added_to_an_auto_granted_type_switches_that_off(edited: Edited) -> None:
    sent = edited.sent("test-added-to-auto")

    assert sent.keys() == THREE | {"AutoGranted"}
    assert sent["AutoGranted"] is False
    assert edited.live["test-added-to-auto"]["AutoGranted"] is False


@pytest.mark.parametrize("name", ["test-changed", "key-changed", "duration-changed"])
def test_a_change_of_test_key_or_duration_sends_all_three(edited: Edited, name: str) -> None:
    arguments = EDITS[name][1]

    assert edited.sent(name) == {
        "Test": arguments["test"],
        "AnswerKey": arguments["answer_key"],
        "TestDurationInSeconds": arguments["test_duration_in_seconds"],
    }
    assert edited.live[name]["AnswerKey"] == arguments["answer_key"]


def test_removing_only_the_key_sends_test_and_duration_and_drops_it(edited: Edited) -> None:
    assert edited.sent("key-removed") == {"Test": question_form(), "TestDurationInSeconds": 600}
    assert "AnswerKey" not in edited.live["key-removed"]


def test_a_test_that_was_removed_is_gone_from_the_new_type(edited: Edited) -> None:
    assert not THREE & edited.live["test-removed"].keys()


def test_removing_the_automatic_value_sends_the_default(edited: Edited) -> None:
    assert edited.sent("auto-value-removed") == {"AutoGrantedValue": 1}
    assert edited.live["auto-value-removed"]["AutoGrantedValue"] == 1


def test_switching_automatic_granting_off_sends_no_value(edited: Edited) -> None:
    assert edited.sent("auto-off") == {"AutoGranted": False}


@pytest.mark.parametrize("name", sorted(WITHOUT_A_CALL))
def test_a_change_of_what_is_never_sent_is_an_update_without_a_call(edited: Edited, name: str) -> None:
    assert edited.operations([name]) == {name: {"update"}}
    assert edited.before[name]["id"] not in [update["QualificationTypeId"] for update in edited.updates]


def test_the_state_records_the_edit_and_no_key_in_the_clear(edited: Edited) -> None:
    assert edited.after["force-destroy"]["outputs"]["forceDestroy"] is True
    assert "answerKey" not in edited.after["key-removed"]["outputs"]
    assert_absent([KEY_CANARY], repr(edited.before), repr(edited.after), edited.up.text)
