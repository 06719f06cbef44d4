"""Workers and HITs for the tests of the worker's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import WorkerRefusedError
from pulumi_mturk.marketplace.domain import worker_assignments, workers
from pulumi_mturk.marketplace.domain.workers import WorkerProfile
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

WORKER, OTHER = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER"
ANSWERS_HEAD = (
    f'<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="{SCHEMAS}/2005-10-01/QuestionFormAnswers.xsd">'
)
FORM = f"""<QuestionForm xmlns="{SCHEMAS}/2017-11-06/QuestionForm.xsd">
<Question><QuestionIdentifier>shop</QuestionIdentifier><IsRequired>true</IsRequired>
<QuestionContent><Text>Which shop?</Text></QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification>
</Question>
<Question><QuestionIdentifier>goods</QuestionIdentifier><QuestionContent><Text>What?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><MinSelectionCount>0</MinSelectionCount><MaxSelectionCount>2</MaxSelectionCount>
<Selections><Selection><SelectionIdentifier>food</SelectionIdentifier><Text>Food</Text></Selection>
<Selection><SelectionIdentifier>tools</SelectionIdentifier><Text>Tools</Text></Selection>
<OtherSelection/></Selections></SelectionAnswer></AnswerSpecification></Question>
<Question><QuestionIdentifier>remarks</QuestionIdentifier><IsRequired>false</IsRequired>
<QuestionContent><Text>More?</Text></QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification>
</Question></QuestionForm>"""


def register(marketplace: Marketplace, worker_id: str = WORKER, **members: Any) -> None:
    with marketplace.writing() as ctx:
        workers.register(ctx, WorkerProfile(worker_id, **members))


def new_hit(mturk: MTurkClient, **members: Any) -> str:
    values: dict[str, Any] = {"Question": QUESTION, "LifetimeInSeconds": 3600, "MaxAssignments": 2}
    return mturk.create_hit(**(HIT_TYPE | values | members))["HIT"]["HITId"]


def accepted(marketplace: Marketplace, hit_id: str, worker_id: str = WORKER) -> str:
    with marketplace.writing() as ctx:
        return worker_assignments.accept(ctx, worker_id, hit_id)


def given_back(marketplace: Marketplace, assignment_id: str, worker_id: str = WORKER) -> None:
    with marketplace.writing() as ctx:
        worker_assignments.return_assignment(ctx, worker_id, assignment_id)


def handed_in(
    marketplace: Marketplace, assignment_id: str, *fields: tuple[str, str], worker_id: str = WORKER
) -> worker_assignments.WorkerAssignment:
    with marketplace.writing() as ctx:
        worker_assignments.submit(ctx, worker_id, assignment_id, fields)
        return worker_assignments.get_assignment(ctx, worker_id, assignment_id)


def refused(call: Callable[..., object], *values: Any, **members: Any) -> str:
    """Why a worker may not; nobody's id is in it."""
    with pytest.raises(WorkerRefusedError) as caught:
        call(*values, **members)
    assert WORKER not in str(caught.value)
    return str(caught.value)
