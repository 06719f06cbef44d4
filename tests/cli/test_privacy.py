"""Worker ids, reasons of blocks and answer keys: in no output, no plan and no file in the clear."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Fault
from tests.cli.conftest import NewStack
from tests.support.inputs import ANSWER_KEY, TEST
from tests.support.pulumi_cli import NO_CHANGES, Output, Stack, assert_absent
from tests.support.question_documents import KEY_CANARY
from tests.support.recorded_programs import BLOCKED, FOUR, HOLDER, NAMES, REASON, Place, place

SECRETS = (HOLDER, BLOCKED, REASON, KEY_CANARY)
ANOTHER_REASON = "sent the same line ninety-nine times"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        yield opened


def files_of(stack: Stack) -> dict[str, str]:
    """All that Pulumi wrote: state, its backups, history, and saved plans; not the program, which has the secrets."""
    return {
        str(file.relative_to(stack.folder)): file.read_text(errors="replace")
        for file in stack.folder.rglob("*")
        if file.is_file() and file.name != "__main__.py" and "__pycache__" not in file.parts
    }


def assert_private(stack: Stack, *outputs: Output) -> None:
    assert_absent((*SECRETS, ANOTHER_REASON), *(output.text for output in outputs), *files_of(stack).values())


def test_secrets_are_in_no_output_and_no_file_from_preview_to_destroy(there: Place, new_stack: NewStack) -> None:
    stack = new_stack(environment="sandbox", endpointUrl=there.url)
    program = FOUR + (
        'pulumi.export("holder", holder.worker_id)\npulumi.export("reason", blocked.reason)\n'
        'pulumi.export("key", reader.answer_key)\npulumi.export("all", [holder.worker_id, blocked.worker_id])\n'
    )
    stack.program(program)
    plan = stack.preview("--diff", "--save-plan", "plan.json").ok()
    assert (stack.folder / "plan.json").exists()
    assert "secret" in plan.text
    assert_private(stack, plan, stack.up("--diff", "--debug").ok())
    made = stack.resources()
    assert made.keys() == NAMES
    assert [uuid.UUID(made[name]["id"]).version for name in ("holder", "blocked")] == [4, 4], (
        "random, not made of an id"
    )

    edits = {
        REASON: ANOTHER_REASON,
        f'worker_id="{HOLDER}"': f'worker_id="{HOLDER}", integer_value=7',
        "<AnswerScore>100<": "<AnswerScore>90<",
    }
    changed = program
    for old, new in edits.items():
        assert changed.count(old) == 1
        changed = changed.replace(old, new)
    stack.program(changed)
    preview = stack.preview("--json").ok()
    steps = {step["urn"].rpartition("::")[2]: step["op"] for step in json.loads(preview.text)["steps"]}
    assert {name for name, op in steps.items() if op == "update"} == {"reader", "holder", "blocked"}
    assert_private(stack, preview, stack.up("--diff").ok(), stack.run("stack", "output"))
    hidden = "[secret]"
    assert stack.outputs() == {"holder": hidden, "reason": hidden, "key": hidden, "all": [hidden, hidden]}
    assert stack.outputs(secrets=True)["all"] == [HOLDER, BLOCKED]

    assert_private(stack, stack.refresh("--diff").ok(), stack.destroy("--diff", "--debug").ok())
    assert not stack.resources()


@pytest.mark.slow
def test_secrets_are_in_no_refusal_and_no_traceback_of_the_debug_switch(there: Place, new_stack: NewStack) -> None:
    """The service repeats the ids that it refuses."""
    there.marketplace.set_switches(unknown_workers="refuse")
    stack = new_stack(environment="sandbox", endpointUrl=there.url).program(FOUR)
    refused = stack.up("--debug").refused()
    assert "the worker is not known here" in refused.text
    stack.env["PULUMI_MTURK_DEBUG"] = "1"
    traced = stack.up()
    assert traced.code != 0
    assert "Traceback" in traced.text
    assert "the worker is not known here" in traced.text
    assert_private(stack, refused, traced)

    del stack.env["PULUMI_MTURK_DEBUG"]
    there.marketplace.set_switches(unknown_workers="accept")
    there.marketplace.inject(Fault("access_denied", "AssociateQualificationWithWorker", times=None))
    there.marketplace.inject(Fault("access_denied", "CreateWorkerBlock", times=None))
    assert_private(stack, stack.up().refused())


def test_what_tells_of_a_secret_is_secret(stack: Stack) -> None:
    """The words for the reviewer repeat requirements, and what a test asks."""
    program = f"""
        secret = pulumi.Output.secret
        tested = mturk.QualificationType(
            "tested", description="Passed.", test=secret({TEST.replace("q1", "q-of-mine")!r}),
            answer_key={ANSWER_KEY.replace("q1", "q-of-mine")!r},
            test_duration_in_seconds=600, retry_delay_in_seconds=3600)
        task = mturk.HITType(
            "task", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60,
            qualification_requirements=[e.score(tested, at_least=1), e.approval(at_least=secret(83), hits=9127)])
        pulumi.export("told", [tested.test_summary, tested.test_questions, task.eligibility])
    """
    told = ("approval rate at least", "9127 HITs", "1 question", "q-of-mine")
    outputs = [run.ok() for run in (stack.program(program).preview("--diff"), stack.up("--diff"), stack.refresh())]
    stack.unchanged()
    outputs.append(stack.program(program.replace("secret(83)", "secret(84)")).up("--diff").ok())
    stack.unchanged()
    # The marketplace's own database has what a test asks.
    files = [text for name, text in files_of(stack).items() if not name.startswith(".mturk")]
    assert_absent(told, *(output.text for output in outputs), *files)
    assert all(words in str(stack.outputs(secrets=True)) for words in told)


@pytest.mark.slow
def test_what_a_state_tells_in_the_clear_becomes_secret_without_a_change(stack: Stack) -> None:
    """A state of the time before the words of a secret were secret, too, looks like one of values that were none."""
    program = f"""
        public, secret = pulumi.Output.from_input, pulumi.Output.secret
        mturk.QualificationType(
            "tested", description="Passed.", test=public({TEST.replace("q1", "q-of-mine")!r}),
            answer_key={ANSWER_KEY.replace("q1", "q-of-mine")!r},
            test_duration_in_seconds=600, retry_delay_in_seconds=3600)
        mturk.HITType(
            "task", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60,
            qualification_requirements=[e.approval(at_least=public(83), hits=9127)])
    """
    told = ("approval rate at least", "9127 HITs", "1 question", "q-of-mine")
    stack.program(program).up().ok()
    assert all(words in stack.state() for words in told)
    stack.program(program.replace("=public(", "=secret(")).unchanged()
    stack.up(NO_CHANGES).ok()
    assert_absent(told, stack.state())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("worker", "resource"),
    [
        (HOLDER, 'mturk.QualificationType("for-{worker}", description="Took part.")'),
        (BLOCKED, 'mturk.WorkerBlock("block-of-{worker}", worker_id="{worker}", reason="for a test")'),
    ],
)
def test_a_resource_name_that_holds_a_worker_id_is_refused(stack: Stack, worker: str, resource: str) -> None:
    stack.program(resource.format(worker=worker))
    assert "the resource's name holds a worker id" in stack.preview().refused().text
