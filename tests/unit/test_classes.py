"""What the classes of a program refuse before anything is registered, so that the traceback ends at the user's line."""

from pathlib import Path
from typing import Any

import pulumi
import pytest

import pulumi_mturk as mturk
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.eligibility import holds, masters, requirement, score, without
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.sdk.program_checks import refuse_contradictions

TASK: dict[str, Any] = {"title": "A task", "description": "A task.", "assignment_duration_in_seconds": 600}


def test_a_wrong_requirement_is_told_with_its_place_in_the_list() -> None:
    rules = [[mturk.eligibility.masters()], {"QualificationTypeId": "3EXAMPLE", "Comparator": "Equals"}]
    with pytest.raises(InvalidInputError, match=r"^qualificationRequirements\[1\]\.comparator: .*EqualTo.* \[MT112\]$"):
        mturk.HITType("task", **TASK, reward="0.10", qualification_requirements=rules)


class OfAType:
    """What stands for a qualification type whose id is not known yet."""

    def __init__(self) -> None:
        self.qualification_type_id: Any = pulumi.Output.from_input("3EXAMPLE")
        self.pulumi_resource_name = "tier"


def test_requirements_on_one_resource_that_nobody_can_meet_are_told_before_any_id_is_known() -> None:
    tier, other = OfAType(), OfAType()
    rules = [holds(tier), masters(), [score(tier, at_least=90), score(other, below=50)], score(tier, below=50)]
    with pytest.raises(InvalidInputError) as refused:
        mturk.HITType("task", **TASK, reward="0.10", qualification_requirements=rules)
    (found,) = refused.value.diagnostics
    assert (found.code, found.path) == ("MT206", "qualificationRequirements[4]")
    assert """ "score of 'tier' at least 90" ([2]) """ in found.message


@pytest.mark.parametrize(
    "rules",
    [
        [holds(OfAType()), without(OfAType())],
        [holds("3EXAMPLE"), without("3EXAMPLE")],  # the plan tells it
        [pulumi.Output.from_input({}), without(OfAType()), {"QualificationTypeId": "3X", "Comparator": "Exists"}],
    ],
)
def test_what_may_be_of_different_types_is_left_to_the_plan(rules: list[Any]) -> None:
    refuse_contradictions([rule if isinstance(rule, pulumi.Output) else requirement(rule) for rule in rules])


def test_a_doubtful_contradiction_stops_no_program() -> None:
    tier = OfAType()
    refuse_contradictions([without(tier), mturk.QualificationRequirement(tier, "NotIn", [1])])


def test_a_float_is_no_reward() -> None:
    with pytest.raises(TypeError, match=r'^reward: a float has no exact cents; write .* such as "0.40" \[MT210\]$'):
        mturk.HITType("task", **TASK, reward=0.4)  # type: ignore[arg-type]


@pytest.mark.parametrize("argument", ["test", "answer_key"])
@pytest.mark.parametrize("document", [Path("test.xml"), b"<QuestionForm/>"])
def test_a_document_is_given_as_text(argument: str, document: Any) -> None:
    with pytest.raises(TypeError, match=rf"^{argument}: give the XML itself"):
        mturk.QualificationType("kind", description="A type.", **{argument: document})


@pytest.mark.parametrize("token", REGISTRY)
def test_a_class_keeps_secret_what_its_model_marks(token: str) -> None:
    """The class names them again, so that a program need not import the models."""
    assert getattr(mturk, token)._secrets == REGISTRY[token].state.marked(Mark.SECRET)


def test_the_package_lists_what_it_exports() -> None:
    assert dir(mturk) == sorted(mturk.__all__)
