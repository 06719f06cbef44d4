"""What holds for any plan: the order of its steps means nothing, and nothing secret comes out."""

import json
import operator
from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.review import document
from pulumi_mturk.review.judge import review
from pulumi_mturk.review.lists import Constraint
from pulumi_mturk.review.plan import UNKNOWN_TEXT
from pulumi_mturk.review.plan_forms import read_plan
from pulumi_mturk.review.policy import Policy, policy_of
from tests.review.hand_made import (
    SEEN,
    TIER,
    TODAY,
    UNITED_STATES,
    hit_type,
    qualification_type,
    roster,
    rule,
    step,
    texts,
)
from tests.review.hand_made import document as plan_of

CANARY = "A1CANARYWORKER"
ANSWER = "canary-answer"
EXCLUDED = rule(SEEN, "DoesNotExist", guarded="DiscoverPreviewAndAccept", name="seen")
BARRED = rule(TIER, "GreaterThanOrEqualTo", 8, name="tier")
STEPS = [
    step("update", "QualificationType", "tier", qualification_type(), qualification_type(description="New."), id_=TIER),
    step("replace", "QualificationType", "seen", qualification_type(), qualification_type(), id_=SEEN),
    step("update", "QualificationRoster", "team", roster(TIER, 20, "+0 -0 ~0"), roster(TIER, 17, "+1 -4 ~2")),
    step("replace", "QualificationRoster", "seen", roster(SEEN, 9, "+0 -0 ~0"), roster(UNKNOWN_TEXT, 9, "+9 -0 ~0")),
    step("create", "QualificationGrant", "ann", None, {"qualificationTypeId": TIER, "workerId": "[secret]"}),
    step("delete", "WorkerBlock", "b", {"workerId": "[secret]", "reason": "[secret]"}),
    step("create", "WorkerBlock", "c", None, {"workerId": "[secret]", "reason": "[secret]"}),
    step("same", "HITType", "same", hit_type(EXCLUDED), hit_type(EXCLUDED)),
    step("replace", "HITType", "task", hit_type(UNITED_STATES, EXCLUDED), hit_type(BARRED, reward="1.00")),
    step("replace", "HITType", "two", hit_type(BARRED), hit_type(UNITED_STATES, title=UNKNOWN_TEXT)),
    step("transmogrify", "HITType", "odd", hit_type(), hit_type()),
    step("update", "aws:s3/bucket:Bucket", "files", {"a": 1}, {"a": 2}),
]


LAB = policy_of(
    {
        "mturk:require": [
            {"id": "fair-pay", "minimumHourlyPay": "12.00", "minutes": {"task": 8, "two": 3, "same": "0.000001"}},
            {"id": "budget", "costPerAssignmentAtMost": "3.00", "autoApprovalAtMostDays": 3},
            {"id": "where", "locale": ["US"], "approvalAtLeast": 95, "hitsAtLeast": 100, "without": "seen"},
            {"id": "quiet", "noMail": True, "noBlocks": True, "exclusionsNeverShrink": True},
        ]
    }
)


def written(steps: list[dict[str, Any]], exit_code: int | None = 0, policy: Policy | None = None) -> str:
    return document.write(review(read_plan(json.dumps(plan_of(*steps)), exit_code), today=TODAY, policy=policy))


@cache
def in_order() -> str:
    return written(STEPS)


@given(st.permutations(STEPS))
def test_the_order_of_the_steps_means_nothing(steps: list[dict[str, Any]]) -> None:
    assert written(steps) == in_order()


COMPARED = {
    "LessThan": operator.lt,
    "LessThanOrEqualTo": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanOrEqualTo": operator.ge,
    "EqualTo": operator.eq,
    "NotEqualTo": operator.ne,
}
SMALL = st.integers(-4, 4)


@given(st.sampled_from([*COMPARED, "In", "NotIn"]), st.lists(SMALL, min_size=1, max_size=4), SMALL, SMALL)
def test_whether_scores_meet_a_rule_is_told_as_each_of_them_says(
    comparator: str, values: list[int], one: int, other: int
) -> None:
    values = values if comparator in {"In", "NotIn"} else values[:1]
    lowest, highest = sorted((one, other))

    def meets(score: int) -> bool:
        if comparator in COMPARED:
            return bool(COMPARED[comparator](score, values[0]))
        return (score in values) is (comparator == "In")

    answers = {meets(score) for score in range(lowest, highest + 1)}
    expected = None if len(answers) == 2 else answers.pop()
    assert Constraint(comparator, tuple(values)).holds_for((lowest, highest)) is expected


def test_the_same_plan_with_another_generated_name_and_time_has_one_digest() -> None:
    def digest(name: str, created: str, **more: Any) -> str:
        after = qualification_type(name=name, **more)
        one = step("replace", "QualificationType", "tier", qualification_type(), after, created=created)
        found: str = json.loads(written([one]))["digest"]
        return found

    assert digest("tier-1", "2026-11-26T10:00:00Z") == digest("tier-2", "2026-11-26T10:00:01Z")
    assert digest("tier-1", "", nameGenerated=False) != digest("tier-2", "", nameGenerated=False)
    assert digest("tier-1", "") != digest("tier-1", "", description="New.")


PLACES = st.sampled_from([("inputs", "title"), ("inputs", "description"), ("inputs", "keywords"), ("name", "")])


@given(PLACES, st.sampled_from([step["op"] for step in STEPS]))
def test_no_worker_id_comes_out_even_of_texts_that_hold_one(place: tuple[str, str], op: str) -> None:
    text = f"Rate sentences with {CANARY}"
    name = CANARY if place[0] == "name" else "task"
    more = {place[1]: text} if place[1] else {}
    one = step(op, "HITType", name, hit_type(), hit_type(**more) if op != "delete" else None)
    assert not [found for found in texts(json.loads(written([one]))) if CANARY in found]


def test_what_is_secret_does_not_come_out_of_a_plan_that_shows_secrets() -> None:
    shown = {"workers": f"{CANARY}=5", "workerId": CANARY, "reason": ANSWER, "answerKey": ANSWER}
    hidden = dict.fromkeys(shown, "[secret]")
    kinds = ("HITType", "QualificationType", "QualificationRoster", "QualificationGrant", "WorkerBlock", "Unheard")

    def reviewed(before: dict[str, str], after: dict[str, str]) -> str:
        return written([step("update", kind, "one", before, after) for kind in kinds])

    found = reviewed(shown, {name: f"{value}2" for name, value in shown.items()})
    assert CANARY not in found
    assert ANSWER not in found
    # Nor does the digest tell who guesses that the guess is right.
    assert json.loads(found)["digest"] == json.loads(reviewed(hidden, hidden))["digest"]


def test_nothing_of_diagnostics_comes_out() -> None:
    said = [{"message": f"error: {CANARY} {ANSWER}", "severity": "error"}]
    plan = read_plan(json.dumps(plan_of(*STEPS, diagnostics=said)), 1)
    found = document.write(review(plan, today=TODAY))
    assert CANARY not in found
    assert ANSWER not in found


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
# Numbers beyond what can be meant, and what is read as a number and is none.
HOSTILE = st.sampled_from(
    ["1e400", "-1", "NaN", "sNaN", "Infinity", "", "\u0661\u0662", "9" * 40, 1e300, -1e300, 10**400, -5, 2**63]
)
INPUTS = sorted(
    {name for one in STEPS for side in ("oldState", "newState") for name in one.get(side, {}).get("inputs", {})}
)


@given(JUNK, st.sampled_from(["steps", "changeSummary", "config", "diagnostics"]))
def test_whatever_stands_in_a_plan_it_is_reviewed(value: Any, member: str) -> None:
    plan = read_plan(json.dumps(plan_of(*STEPS) | {member: value}), 0)
    assert document.write(review(plan, today=TODAY))


@given(JUNK, st.sampled_from(["inputs", "id", "custom", "dependencies", "propertyDependencies"]))
def test_whatever_stands_in_a_state_it_is_reviewed(value: Any, member: str) -> None:
    assert written([_with(one, lambda state: {**state, member: value}) for one in STEPS])


@given(
    JUNK | HOSTILE,
    st.sampled_from([*INPUTS, "integerValues", "testQuestions", "lowestScore", "retryDelayInSeconds", "test"]),
)
def test_whatever_stands_in_an_input_it_is_reviewed(value: Any, member: str) -> None:
    def changed(state: dict[str, Any]) -> dict[str, Any]:
        inputs = {**state["inputs"], member: value}
        if isinstance(rules := inputs.get("qualificationRequirements"), list):
            inputs["qualificationRequirements"] = [
                {**one, member: value} if isinstance(one, dict) else one for one in rules
            ]
        return {**state, "inputs": inputs}

    assert written([_with(one, changed) for one in STEPS], policy=LAB)


def _with(one: dict[str, Any], change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """A step with its second side changed, so that there is something to compare."""
    return {**one, "newState": change(one["newState"])} if "newState" in one else one
