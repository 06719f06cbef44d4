"""Taking a stack down: what destroy says of HITs, and does to them if asked; `pulumi-mturk teardown` for the rest."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import worker_assignments
from tests.cli.conftest import NewStack
from tests.support.core import QUESTION
from tests.support.marketplace.assignments import WORKER, assignment_of, review
from tests.support.pulumi_cli import NO_CHANGES, Output, Stack, behind_our_back, counted, messages, run
from tests.support.recorded_programs import Place, place

EXPIRE, DELETE = "UpdateExpirationForHIT", "DeleteHIT"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        opened.marketplace.set_switches(page_tokens="when_more", name_held_seconds=0)
        yield opened


def study(title: str = "Transcribe", expire: str = "", alias: str = "", workers: int = 300) -> str:
    return f"""
    tier = mturk.QualificationType("tier", description="Took part."{expire})
    team = [f"A{{n:04}}EXAMPLE" for n in range({workers})]
    mturk.QualificationRoster("team", qualification_type_id=tier, workers=team)
    for n in range(3):
        mturk.QualificationGrant(f"grant-{{n}}", qualification_type_id=tier, worker_id=f"A{{n:04}}EXAMPLEGRANT")
    mturk.HITType("{"again" if alias else "task"}", title="{title}", description="Words.", reward="0.25",
        assignment_duration_in_seconds=600, qualification_requirements=[e.without(tier)]{expire}{alias})
    """


def publish(marketplace: Marketplace, hit_type: str, assignments: int = 2) -> str:
    answer = behind_our_back(
        marketplace,
        "CreateHITWithHITType",
        HITTypeId=hit_type,
        LifetimeInSeconds=86_400,
        MaxAssignments=assignments,
        Question=QUESTION,
    )
    return str(answer["HIT"]["HITId"])


def hits(marketplace: Marketplace) -> dict[str, str]:
    return {hit.id: hit.status for hit in marketplace.summary().hits}


def teardown(stack: Stack, *arguments: str) -> Output:
    return run(["pulumi-mturk", "teardown", *arguments], stack.folder, stack.env)


EXPIRES = ", expire_hits=True"
RENAMED = ", opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name='task')])"


@pytest.mark.slow
def test_hits_outlive_replacements_and_are_ended_with_what_they_belong_to(there: Place, new_stack: NewStack) -> None:
    stack, marketplace = new_stack(environment="sandbox", endpointUrl=there.url), there.marketplace
    stack.program(study()).up().ok()
    old = stack.resources()["task"]["id"]
    first = publish(marketplace, old)
    counted(marketplace)

    # To ask for it is no difference, and it counts from then on.
    stack.program(study(expire=EXPIRES)).up(NO_CHANGES).ok()
    assert counted(marketplace) == {}

    # In no replacement is a HIT touched: under another title, or under another name as well.
    stack.program(study("Transcribe more", EXPIRES)).up().ok()
    stack.program(study("Transcribe again", EXPIRES, RENAMED)).up().ok()
    deleted_first = RENAMED.replace("aliases", "delete_before_replace=True, aliases")
    stack.program(study("Transcribe at last", EXPIRES, deleted_first)).up().ok()
    assert counted(marketplace) == {"CreateHITType": 3}
    assert hits(marketplace) == {first: "Assignable"}

    current = stack.resources()["again"]["id"]
    working, done, _ = (publish(marketplace, current, 1) for _ in range(3))
    accepted = assignment_of(marketplace, working, status="Accepted")
    assignment_of(marketplace, done, status="Approved")
    counted(marketplace)
    destroyed = stack.destroy().ok()
    # The type expires the first one, too: it requires the type; not again what is expired already.
    # 303 grants go without a call.
    assert counted(marketplace) == {
        "ListHITs": 1,
        "ListHITsForQualificationType": 1,
        EXPIRE: 3,
        DELETE: 3,
        "DeleteQualificationType": 1,
    }
    assert hits(marketplace) == {working: "Unassignable"}
    assert stack.resources() == {}
    said = messages(destroyed)
    assert "expireHits: 2 HITs were expired and 2 HITs were deleted" in " ".join(said["again"])
    command = f"pulumi-mturk teardown {current} --environment sandbox --endpoint {there.url}"
    assert (
        f"1 HIT is left: 1 under way, not submitted yet. What they may still cost, and what ends them: `{command}`"
        in (" ".join(said["again"]))
    )
    assert "until they are deleted the type stays listed as Disposing" in " ".join(said["tier"])

    # The work is submitted and approved: what is left then is taken away by the command that was printed.
    shown = teardown(stack, *command.split()[2:])
    assert shown.code == 0, shown.text
    assert re.search(rf"{working} +Transcribe at last +Unassignable +0 +1 +0 +expired +\$0\.25", shown.text), shown.text
    assert "At most $0.25 of rewards may still be paid" in shown.text
    with marketplace.writing() as ctx:
        worker_assignments.submit(ctx, WORKER, accepted, [])
    refused = teardown(stack, *command.split()[2:], "--yes")
    assert "to be approved or rejected" in refused.text
    assert hits(marketplace) == {working: "Reviewable"}
    review(marketplace, accepted, "Approved")
    ended = teardown(stack, *command.split()[2:], "--yes")
    assert ended.text == "0 HITs were expired, 1 HIT was deleted.\n"
    # Nothing of the stack remains.
    assert hits(marketplace) == {}
    assert marketplace.summary().qualification_types == []


def test_before_a_destroy_the_command_knows_the_stacks_types(there: Place, new_stack: NewStack) -> None:
    stack, marketplace = new_stack(environment="production", endpointUrl=there.url), there.marketplace
    stack.program(study(workers=3)).up().ok()
    ours = publish(marketplace, stack.resources()["task"]["id"], 9)
    other = behind_our_back(
        marketplace, "CreateHITType", Title="Theirs", Description="D", Reward="1.00", AssignmentDurationInSeconds=60
    )
    theirs = publish(marketplace, other["HITTypeId"])
    assignment_of(marketplace, ours, status="Accepted")
    assignment_of(marketplace, ours, "A2EXAMPLEWORKER", "Submitted")
    counted(marketplace)

    shown = teardown(stack)
    assert shown.code == 0, shown.text
    assert counted(marketplace) == {"ListHITs": 1}
    assert theirs not in shown.text
    assert re.search(rf"{ours} +Transcribe +Assignable +7 +1 +1 +20\d\d-\d\d-\d\d \d\d:\d\d +\$2\.25", shown.text)
    assert "At most $2.25 of rewards may still be paid" in shown.text
    assert "in production none is deleted" in shown.text
    assert "EXAMPLEWORKER" not in shown.text

    ended = teardown(stack, "--yes")
    assert ended.code == 0, ended.text
    assert counted(marketplace) == {"ListHITs": 1, EXPIRE: 1}
    assert hits(marketplace) == {ours: "Unassignable", theirs: "Assignable"}
    assert "1 HIT was expired, 0 HITs were deleted." in ended.text
    assert "for which at most $0.50 may still be paid" in ended.text

    # The stack was made there, and nowhere else is looked at.
    elsewhere = teardown(stack, "--environment", "sandbox").refused()
    assert elsewhere.code == 2
    assert "Nothing was called" in elsewhere.text
    gone = teardown(stack, "--stack", "nowhere").refused()
    assert "the stack could not be read" in gone.text
