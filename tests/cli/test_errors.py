"""What is wrong in a program is said in a sentence with its place: no traceback of ours, no call."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.cli.conftest import NewStack, first_is_enough
from tests.support.pulumi_cli import CREATED, Stack, counted, messages

TASK = 'title="T", description="D", reward="0.10", assignment_duration_in_seconds=60'

# What a program says of one resource, and the sentences that it gets: one a mistake, each with its place.
MISTAKES = {
    "QualificationType": (
        'mturk.QualificationType("x", description="", name="", qualification_type_status="Retired", '
        'retry_delay_in_seconds=-1, auto_granted_value=3_000_000_000, keywords="a" * 1001)',
        [
            "description: must not be empty",
            "name: must not be empty",
            "keywords: at most 1000 characters",
            "qualificationTypeStatus: must be 'Active' or 'Inactive'",
            "retryDelayInSeconds: must be 0 or more",
            "autoGrantedValue: must be 2147483647 or less",
        ],
    ),
    "its test": (
        'mturk.QualificationType("x", description="Can add.", auto_granted=True, answer_key="<AnswerKey/>", '
        'test="<QuestionForm>")',
        [
            "autoGranted: can't be true with a test; leave out one of the two",
            "testDurationInSeconds: is needed with a test",
            "test: line 1, column 15: not well-formed XML",
            "answerKey: line 1: AnswerKey has no namespace: write",
            "answerKey: line 1: AnswerKey has no Question",
        ],
    ),
    "HITType": (
        'mturk.HITType("x", title="t" * 129, description="d" * 2001, reward="0.125", '
        "assignment_duration_in_seconds=29, auto_approval_delay_in_seconds=2592001)",
        [
            "title: must have at most 128 characters",
            "description: must have at most 2000 characters",
            "reward: write US dollars with at most two decimals and nothing else",
            "assignmentDurationInSeconds: must be 30 or more",
            "autoApprovalDelayInSeconds: must be 2592000 or less",
        ],
    ),
    "its requirements": (
        f'mturk.HITType("x", {TASK}, qualification_requirements=['
        'mturk.QualificationRequirement("2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", "Exists"), '
        '*[e.holds(f"3XYZ{number}") for number in range(10)]])',
        ["qualificationRequirements: 11 requirements are sent, at most 10 are allowed; leave some out"],
    ),
    "QualificationGrant": (
        'mturk.QualificationGrant("x", qualification_type_id="past study", worker_id="worker 7", integer_value=2**31)',
        [
            "qualificationTypeId: an id of a qualification type has capital letters and digits alone",
            "workerId: a worker id is a capital A followed by capital letters and digits, 2 to 64 characters in all",
            "integerValue: must be 2147483647 or less",
        ],
    ),
    "WorkerBlock": (
        'mturk.WorkerBlock("x", worker_id="A", reason="")',
        [
            "workerId: a worker id is a capital A followed by capital letters and digits",
            "reason: must not be empty",
        ],
    ),
}


@dataclass(frozen=True)
class Local:
    """A stack in the embedded marketplace, in which nothing is ever made."""

    stack: Stack
    marketplace: Marketplace


@pytest.fixture(scope="module")
def local(new_stack: NewStack) -> Iterator[Local]:
    stack = new_stack()
    with Marketplace.open(stack.database) as marketplace:
        marketplace.set_switches(record_calls="on")
        yield Local(stack, marketplace)


@pytest.mark.parametrize("kind", first_is_enough(MISTAKES))
def test_each_mistake_is_one_sentence_with_its_place(local: Local, kind: str) -> None:
    program, sentences = MISTAKES[kind]
    found = [line for line in messages(local.stack.program(program).preview().refused())["x"] if "error:" in line]
    assert len(found) == len(sentences), found
    for line, sentence in zip(found, sentences, strict=True):
        assert f"resource 'x' has a problem: {sentence}" in line
    assert counted(local.marketplace) == {}


@pytest.mark.parametrize(
    ("line", "sentence"),
    first_is_enough(
        [
            (
                'mturk.QualificationRequirement("Worker_Locale", "GreaterThan")',
                "comparator: GreaterThan does not go with a location; write EqualTo, NotEqualTo, In or NotIn",
            ),
            (
                'mturk.HITType("x", title="T", description="D", reward=0.1, assignment_duration_in_seconds=60)',
                'reward: a float has no exact cents; write a string or a Decimal, such as "0.10"',
            ),
            (
                "class Mine(mturk.WorkerBlock): pass",
                "Mine is a subclass of a pulumi-mturk resource, and Pulumi would take it for another type of resource",
            ),
        ]
    ),
)
def test_what_is_wrong_before_anything_is_registered_names_the_line_of_the_program(
    local: Local, line: str, sentence: str
) -> None:
    number = (local.stack.program(line).folder / "__main__.py").read_text().splitlines().index(line) + 1
    output = local.stack.preview()
    assert output.code != 0
    told = messages(output)["study-test"]
    at = next(index for index, text in enumerate(told) if f'__main__.py", line {number}, in <module>' in text)
    assert told[at + 1] == line
    assert sentence in told[-1]
    assert counted(local.marketplace) == {}


@pytest.mark.slow
def test_a_wrong_value_that_is_unknown_at_preview_is_refused_by_up_before_its_call(
    stack: Stack, marketplace: Marketplace
) -> None:
    stack.program("""
        past = mturk.QualificationType("past", description="Took part.")
        mturk.HITType(
            "task", title="T", description="D", reward=past.id.apply(lambda _: "0.125"),
            assignment_duration_in_seconds=60,
            qualification_requirements=[
                e.country("US"),
                {"qualification_type_id": past, "comparator": past.id.apply(lambda _: "Equals"), "integer_values": [1]},
            ])
    """)
    stack.preview().ok()
    assert counted(marketplace) == {}
    found = messages(stack.up().refused())["task"]
    assert "reward: write US dollars with at most two decimals and nothing else" in found[0]
    assert counted(marketplace) == CREATED

    stack.program("""
        past = mturk.QualificationType("past", description="Took part.")
        mturk.HITType(
            "task", title="T", description="D", reward="0.12", assignment_duration_in_seconds=60,
            qualification_requirements=[
                e.country("US"),
                {"qualification_type_id": past, "comparator": past.id.apply(lambda _: "Equals"), "integer_values": [1]},
            ])
    """)
    (sentence,) = messages(stack.up().refused())["task"]
    assert "qualificationRequirements[1].comparator" in sentence
    assert counted(marketplace) == {}


@pytest.mark.parametrize(
    ("line", "sentence"),
    first_is_enough(
        [
            (
                'mturk.QualificationRoster("x", qualification_type_id="3TYPE", workers=later(7))',
                "workers: give a list of worker ids, a mapping of worker id to score, or workers_from_csv(…), not int",
            ),
            (
                'mturk.HITType("x", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60, '
                "qualification_requirements=later([7]))",
                "qualificationRequirements[0]: is a number, not a requirement",
            ),
            (
                'mturk.HITType("x", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60, '
                'keywords={later(["a"])})',
                "keywords[0]: is a list; write a word",
            ),
            (
                'there = mturk.Provider("there", environment="local", fee_schedule=later("amazon"))\n'
                'mturk.HITType("x", title="T", description="D", reward="0.10", assignment_duration_in_seconds=60, '
                "opts=pulumi.ResourceOptions(provider=there)).cost_per_assignment()",
                "mturk:feeSchedule: 'amazon' is no fee schedule",
            ),
        ]
    ),
)
def test_what_an_output_turns_out_to_be_is_refused_without_a_traceback(local: Local, line: str, sentence: str) -> None:
    """No line of the program is to blame, and those of the SDK say nothing to anybody."""
    output = local.stack.program(f"later = pulumi.Output.from_input\n{line}").preview().refused()
    assert f"error: {sentence}" in output.text
