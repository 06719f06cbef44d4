"""Reading a plan: its three forms, what is not whole, and what a plan does not show."""

import json
from typing import Any

import pytest

from pulumi_mturk.review.document import write
from pulumi_mturk.review.judge import review
from pulumi_mturk.review.plan import UNKNOWN_TEXT, Hidden, Plan, PlanError
from pulumi_mturk.review.plan_forms import COMMAND, read_plan
from tests.review.hand_made import (
    DYNAMIC,
    PLUGIN,
    SEEN,
    TIER,
    TODAY,
    codes,
    document,
    hit_type,
    judged,
    plan,
    qualification_type,
    rule,
    step,
    urn,
)

CHANGED = step("update", "QualificationType", "tier", qualification_type(), qualification_type(description="New."))


@pytest.mark.parametrize("package", [DYNAMIC, PLUGIN])
def test_both_type_tokens_are_read(package: str) -> None:
    (found,) = plan(step("create", "HITType", "task", None, hit_type(), package=package)).steps
    assert (found.kind, found.name, found.new_id) == ("HITType", "task", True)


def test_what_is_not_ours_is_listed_apart() -> None:
    report = judged(step("create", "aws:s3/bucket:Bucket", "files", None, {"bucket": "files"}))
    assert [(one.type, one.name, one.operation) for one in report.others] == [
        ("aws:s3/bucket:Bucket", "files", "create")
    ]
    assert report.changes == ()
    assert any("aws" in one for one in report.not_judged)


def test_secrets_and_unknown_values_are_hidden_and_equal_nothing() -> None:
    inputs = {"description": "[secret]", "name": UNKNOWN_TEXT, "keywords": UNKNOWN_TEXT}
    (found,) = plan(step("create", "QualificationType", "tier", None, inputs)).steps
    assert found.after is not None
    values = [found.after.inputs[name] for name in inputs]
    assert [value.why for value in values if isinstance(value, Hidden)] == ["secret", "unknown", "unknown"]
    assert values[1] != values[2]
    assert "__provider" not in found.after.inputs


WHOLE = document(CHANGED)


@pytest.mark.parametrize(
    ("change", "exit_code", "ending"),
    [
        ({}, 0, "whole"),
        ({}, 7, "whole"),  # --expect-no-changes
        ({}, None, "unseen"),
        ({}, 1, "failed"),
        ({}, 255, "failed"),
        ({"changeSummary": None}, 0, "failed"),
        ({"maybeCorrupt": True}, 0, "failed"),
        ({"diagnostics": [{"message": "error: no", "severity": "error"}]}, 0, "failed"),
        ({"diagnostics": [{"message": "warning: no", "severity": "warning"}]}, 0, "whole"),
    ],
)
def test_a_plan_is_whole_only_with_a_summary_no_error_and_a_good_exit(
    change: dict[str, Any], exit_code: int | None, ending: str
) -> None:
    found = read_plan(
        json.dumps({key: value for key, value in (WHOLE | change).items() if value is not None}), exit_code
    )
    assert found.ending == ending
    assert found.complete is (ending == "whole")
    assert bool(found.because) is (ending != "whole")
    report = review(found, today=TODAY)
    assert ("MT580" in codes(report)) is (ending == "failed")
    assert report.complete is found.complete
    if ending != "whole":
        assert report.headline.startswith("No danger found") is (ending == "unseen")
        assert "not" in report.headline


def test_a_preview_that_a_rule_of_the_lab_refuses_names_the_way_to_judge_the_rest() -> None:
    said = [{"message": "error: Breaks lab rule `cheap` [MT590]", "severity": "error"}]
    assert "--stack" in plan(CHANGED, diagnostics=said, exit_code=1).because[1]


@pytest.mark.parametrize("length", [0, 1, 10, 200, len(json.dumps(WHOLE)) - 1])
def test_a_plan_that_is_cut_off_is_said_to_be(length: int) -> None:
    found = read_plan(json.dumps(WHOLE)[:length], None)
    assert found.ending == "failed"
    assert codes(review(found, today=TODAY)) == ["MT580"]


@pytest.mark.parametrize("text", ["[1]", "Previewing update (prod)", "null", '{"a": 1}', '{"deployment": {}}', "{}"])
def test_what_is_no_plan_is_refused_with_the_command_to_type(text: str) -> None:
    with pytest.raises(PlanError) as caught:
        read_plan(text)
    assert COMMAND in str(caught.value)


def events(*steps: dict[str, Any], result: str | None = "succeeded") -> str:
    found: list[dict[str, Any]] = [{"preludeEvent": {"config": {"mturk:environment": "production"}}}]
    for one in steps:
        metadata = {"op": one["op"], "urn": one["urn"], "old": one.get("oldState"), "new": one.get("newState")}
        found.append({"resourcePreEvent": {"metadata": metadata, "planning": True}})
        found.append({"resOutputsEvent": {"metadata": metadata, "planning": True}})
    if result:
        found.append({"summaryEvent": {"resourceChanges": {"update": 1, "same": 1}, "result": result}})
    return "\n".join(json.dumps({"sequence": at, "timestamp": 1, **one}) for at, one in enumerate(found))


def test_streaming_lines_are_read_and_tell_their_result() -> None:
    found = read_plan(events(CHANGED))
    assert [(one.name, one.operation) for one in found.steps] == [("tier", "update")]
    assert (found.ending, found.config, found.unchanged) == ("whole", {"mturk:environment": "production"}, 1)


@pytest.mark.parametrize("result", ["failed", "canceled", None])
def test_streaming_lines_that_did_not_end_well_are_said_to_be_so(result: str | None) -> None:
    assert read_plan(events(CHANGED, result=result), 0).ending == "failed"


def test_streaming_lines_that_are_cut_off_are_said_to_be() -> None:
    found = read_plan(events(CHANGED)[:-20])
    assert found.ending == "failed"
    assert len(found.steps) == 1


def test_secrets_of_streaming_lines_are_hidden() -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "[secret]"}
    (found,) = read_plan(events(step("create", "WorkerBlock", "b", None, {"workerId": secret}))).steps
    assert found.after is not None
    assert isinstance(found.after.inputs["workerId"], Hidden)


def test_the_form_without_values_is_not_judged() -> None:
    resources = [{"op": "replace", "urn": urn("HITType", "task"), "type": f"{DYNAMIC}HITType", "name": "task"}]
    found = read_plan(
        json.dumps({"result": "succeeded", "duration": 1, "summary": {"replace": 1}, "resources": resources})
    )
    assert found.ending == "failed"
    assert "MT580" in codes(review(found, today=TODAY))


def drift(op: str, after: dict[str, Any] | None) -> dict[str, Any]:
    return step(op, "QualificationType", "tier", qualification_type(), after, id_=TIER)


ROOT = {"op": "refresh", "urn": urn("pulumi:pulumi:Stack", "sense-ratings-prod"), "newState": {"custom": False}}


@pytest.mark.parametrize(
    ("steps", "operation", "changes", "drifted"),
    [
        ([drift("refresh", qualification_type())], "refresh", False, False),
        # Found changed, and left so: the program says the same.
        ([drift("update", qualification_type(description="Found."))], "refresh", False, True),
        ([drift("refresh", qualification_type()), CHANGED], "update", True, False),
        # Found gone, and made anew.
        (
            [drift("delete", None), step("create", "QualificationType", "tier", None, qualification_type())],
            "create",
            True,
            True,
        ),
    ],
)
def test_of_two_steps_with_refresh_the_second_is_the_change(
    steps: list[dict[str, Any]], operation: str, changes: bool, drifted: bool
) -> None:
    for ordered in ([ROOT, *steps], [*reversed(steps), ROOT]):
        (found,) = [one for one in plan(*ordered).steps if one.kind]
        assert (found.operation, found.changes, found.drifted) == (operation, changes, drifted)


def test_the_parts_of_a_replacement_are_one_change() -> None:
    before, after = hit_type(), hit_type(reward="0.50")
    parts = [
        step("create-replacement", "HITType", "task", before, after),
        step("replace", "HITType", "task", before, after),
        step("delete-replaced", "HITType", "task", before),
    ]
    (found,) = plan(*parts).steps
    assert (found.operation, found.new_id) == ("replace", True)
    assert judged(*parts).digest == judged(parts[1]).digest


def test_an_operation_that_is_not_known_counts_as_a_change() -> None:
    report = judged(step("transmogrify", "HITType", "task", hit_type(), hit_type()))
    assert [(one.name, one.operation) for one in report.changes] == [("task", "transmogrify")]
    assert any("transmogrify" in one for one in report.not_judged)


def test_members_that_are_not_known_are_told() -> None:
    assert any("newThing" in one for one in judged(CHANGED, newThing=1).not_judged)


def test_unchanged_resources_are_a_number() -> None:
    report = judged(ROOT | {"op": "same"}, CHANGED, same=7)
    assert (report.unchanged, report.total) == (7, 8)


def test_a_name_may_hold_the_marks_of_a_urn() -> None:
    (found,) = plan(step("create", "HITType", "a::b", None, hit_type())).steps
    assert found.name == "a::b"
    assert isinstance(plan(), Plan)


def test_a_refresh_of_one_resource_hides_no_change_of_another() -> None:
    """A provider can ask that its resources are read before each update, and a plan then shows that of these alone."""
    looked_at = {"op": "refresh", "urn": urn("aws:s3/bucket:Bucket", "b"), "newState": {"custom": True, "inputs": {}}}
    (found,) = [one for one in plan(looked_at, CHANGED).steps if one.kind]
    assert (found.operation, found.changes, found.drifted) == ("update", True, False)


@pytest.mark.parametrize("summary", [{"update": 1, "delete": 2}, {"transmogrify": 3}, {"replace": 4}])
def test_a_plan_that_lacks_what_its_summary_counts_is_not_whole(summary: dict[str, int]) -> None:
    report = judged(CHANGED, changeSummary=summary)
    assert not report.complete
    assert "MT580" in [risk.code for risk in report.risks]


@pytest.mark.parametrize(
    "members",
    [
        {"steps": {"0": CHANGED}},
        {"steps": [CHANGED, None]},
        {"steps": [CHANGED | {"op": None}]},
        {"steps": [{"op": "delete"}]},
        {"diagnostics": "none"},
        {"diagnostics": [{"level": "error"}]},
    ],
)
def test_a_plan_of_another_form_is_not_whole(members: dict[str, Any]) -> None:
    report = judged(**members)
    assert not report.complete
    assert report.headline.startswith("1 danger: the plan is not judged")


def test_half_a_character_ends_no_review() -> None:
    report = judged(step("create", "HITType", "a\ud800", None, hit_type(title="b\ud800")))
    assert report.digest
    write(report).encode()


def test_what_an_archive_holds_is_part_of_the_digest() -> None:
    def of_another(digest: str) -> dict[str, Any]:
        archive = {"4dabf18193072939515e22adb298388d": "0def7320c3a5731c473e5ecbe6d01bc7", "hash": digest}
        return step("update", "aws:lambda/function:Function", "f", {}, {"code": archive})

    assert judged(of_another("a1")).digest != judged(of_another("b2")).digest


@pytest.mark.parametrize("code", [0, 1])
def test_of_a_plan_that_failed_nothing_is_said_of_what_it_may_not_show(code: int) -> None:
    """A preview ends at its first error, and HIT types that use a list may come after it."""
    assert plan(CHANGED, exit_code=code).shows_unchanged is (code == 0)


def test_a_type_that_the_plan_leaves_out_is_known_by_the_rules_of_before() -> None:
    """Without --show-sames: a lab rule that holds is not said to be broken, nor one that is new to hold."""
    said = {"qualificationTypeUrn": urn("QualificationType", "seen")}
    kept_out = rule(SEEN, "DoesNotExist", name="seen") | said
    config = {"mturk:require": json.dumps([{"id": "once", "without": "seen"}])}
    both = hit_type(kept_out), hit_type(kept_out, title="Rate pairs")
    report = judged(step("replace", "HITType", "task", *both, id_="3HIT"), same=3, config=config)
    assert [one.holds for one in report.invariants] == ["yes"]
    another = step("replace", "HITType", "task", both[0], hit_type(kept_out | {"qualificationTypeId": "3OTHER"}))
    assert [one.holds for one in judged(another, same=3, config=config).invariants] == ["unknown"]
    gate = rule("3OTHER", "Exists", name="tier") | {"qualificationTypeUrn": urn("QualificationType", "tier")}
    asks = step("replace", "HITType", "task", hit_type(), hit_type(gate), id_="3HIT")
    assert ("MT534" in codes(judged(asks, same=3)), "MT534" in codes(judged(asks))) == (False, True)
