"""Requirements with outputs in any place: unknown in the first preview, judged all the same, right at up."""

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.pulumi_cli import Stack

PROGRAM = """
kind = mturk.QualificationType("kind", description="A type.")
minimum = kind.creation_time.apply(lambda _: {minimum})
mturk.HITType(
    "task",
    title=pulumi.Output.concat("A task of ", kind.name),
    description="A task.",
    reward="0.50",
    assignment_duration_in_seconds=600,
    keywords=["one", kind.name],
    qualification_requirements=[
        e.approval(at_least=minimum, hits=500),
        kind.id.apply(lambda id: mturk.QualificationRequirement(id, "Exists")),
        mturk.QualificationRequirement(
            "Worker_Locale",
            "In",
            locale_values=kind.id.apply(lambda _: [mturk.Locale("US", "CA"), mturk.Locale("GB")]),
        ),
        {{"QualificationTypeId": kind.id, "Comparator": "LessThan", "IntegerValues": [minimum]}},
    ],
)
"""


@pytest.mark.slow
def test_outputs_may_stand_in_any_place_of_a_requirement(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(PROGRAM.format(minimum=95))
    stack.preview().ok()
    stack.up().ok()
    stack.unchanged()
    rules = stack.resources()["task"]["outputs"]["qualificationRequirements"]
    assert [rule["comparator"] for rule in rules] == [
        "GreaterThanOrEqualTo",
        "GreaterThanOrEqualTo",
        "Exists",
        "In",
        "LessThan",
    ]
    assert rules[3]["localeValues"] == [{"country": "US", "subdivision": "CA"}, {"country": "GB"}]
    assert marketplace.summary().hit_types[0].requirements == 5


@pytest.mark.slow
def test_a_value_that_turns_out_wrong_is_refused_at_up(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(PROGRAM.format(minimum=101))
    stack.preview().ok()
    text = stack.up().refused().text
    assert "qualificationRequirements[0].integerValues[0]" in text
    assert not marketplace.summary().hit_types
