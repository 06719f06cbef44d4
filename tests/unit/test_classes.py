"""What the classes of a program refuse before anything is registered, so that the traceback ends at the user's line."""

from pathlib import Path
from typing import Any

import pytest

import pulumi_mturk as mturk
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.resources import REGISTRY

TASK: dict[str, Any] = {"title": "A task", "description": "A task.", "assignment_duration_in_seconds": 600}


def test_a_wrong_requirement_is_told_with_its_place_in_the_list() -> None:
    rules = [[mturk.eligibility.masters()], {"QualificationTypeId": "3EXAMPLE", "Comparator": "Equals"}]
    with pytest.raises(InvalidInputError, match=r"^qualificationRequirements\[1\]\.comparator: .*EqualTo.* \[MT112\]$"):
        mturk.HITType("task", **TASK, reward="0.10", qualification_requirements=rules)


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
