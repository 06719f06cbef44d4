"""A study with one worker in every place where a worker can stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import qualification_requests, worker_assignments, workers
from tests.support.marketplace.questions import (
    external_question,
    free_text,
    html_question,
    publish,
    question,
    question_form,
    type_with_test,
)

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace


@dataclass(frozen=True)
class Study:
    """The ids of its things; its words are in the texts that only those who may see them are shown."""

    worker_id: str
    group_id: str
    hit_id: str
    """Of a question form, which the worker has accepted."""
    assignment_id: str
    """Of that."""
    framed_hit_id: str
    """Of an HTMLQuestion, which the worker has accepted."""
    framed_assignment_id: str
    submitted_id: str
    """An assignment that was approved."""
    type_id: str
    """A type with a test that the worker has begun."""


TITLE, QUESTION, MESSAGE, ANSWER = "Quokka receipts", "Wombat question", "Numbat message", "Bilby answer"


def study(marketplace: Marketplace, mturk: MTurkClient, worker_id: str) -> Study:
    """Make it, as long as no accounts are configured, or with a client that signs."""
    marketplace.set_switches(record_calls="parameters")
    with marketplace.writing() as ctx:
        workers.register(ctx, workers.WorkerProfile(worker_id, "US", "CA"))
    form = question_form(question(free_text(), "total", f"<Text>{QUESTION}</Text>"))
    accepted = publish(mturk, form, Title=TITLE, MaxAssignments=3)
    framed = publish(mturk, html_question(f"<p>{QUESTION}</p>"), Title=f"{TITLE} in a frame", MaxAssignments=3)
    done, waiting = (publish(mturk, form, Title=f"{TITLE} {each}", MaxAssignments=3) for each in ("done", "waiting"))
    publish(mturk, external_question("https://example.com/study"), Title=f"{TITLE} elsewhere", MaxAssignments=3)
    test = type_with_test(mturk)
    friends, pending = (
        mturk.create_qualification_type(Name=name, Description="Known.", QualificationTypeStatus="Active")[
            "QualificationType"
        ]["QualificationTypeId"]
        for name in ("Friends", "Asked for")
    )
    mturk.associate_qualification_with_worker(QualificationTypeId=friends, WorkerId=worker_id, IntegerValue=7)
    with marketplace.writing() as ctx:
        qualification_requests.start_test(ctx, worker_id, test)
        qualification_requests.request_qualification(ctx, worker_id, pending, None)
        first, second, third, fourth = (
            worker_assignments.accept(ctx, worker_id, hit["HITId"]) for hit in (accepted, framed, done, waiting)
        )
        for each in (third, fourth):
            worker_assignments.submit(ctx, worker_id, each, [("total", f"{ANSWER} of {worker_id}")])
    mturk.approve_assignment(AssignmentId=third, RequesterFeedback=f"{MESSAGE} for {worker_id}")
    mturk.send_bonus(WorkerId=worker_id, BonusAmount="0.25", AssignmentId=third, Reason=f"{MESSAGE} for {worker_id}")
    mturk.notify_workers(Subject=MESSAGE, MessageText=MESSAGE, WorkerIds=[worker_id])
    return Study(
        worker_id,
        accepted["HITTypeId"],
        accepted["HITId"],
        first,
        framed["HITId"],
        second,
        third,
        test,
    )
