"""What is in a stack's state: a persisted format, small, without code; and one of version 0.1.0 that must stay good."""

import base64
import json
import pickletools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.cli.conftest import NewStack
from tests.cli.harness import Stack, counted
from tests.cli.places import BLOCKED, FOUR, HOLDER, NAMES, REASON, RECORDED_HOST, place
from tests.cli.record import POSITIONS

# The type tokens and the pickled providers of every stack that was ever made. Never change a line.
TOKENS = {
    "reader": "pulumi-python:dynamic/mturk:QualificationType",
    "task": "pulumi-python:dynamic/mturk:HITType",
    "holder": "pulumi-python:dynamic/mturk:QualificationGrant",
    "blocked": "pulumi-python:dynamic/mturk:WorkerBlock",
}
PROVIDERS = {
    "reader": "gASVOQAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwZUXVhbGlmaWNhdGlvblR5cGVQcm92aWRlcpSTlCmBlC4=",
    "task": "gASVLwAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwPSElUVHlwZVByb3ZpZGVylJOUKYGULg==",
    "holder": "gASVOgAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwaUXVhbGlmaWNhdGlvbkdyYW50UHJvdmlkZXKUk5QpgZQu",
    "blocked": "gASVMwAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwTV29ya2VyQmxvY2tQcm92aWRlcpSTlCmBlC4=",
}
CLASSES = {
    "reader": "QualificationTypeProvider",
    "task": "HITTypeProvider",
    "holder": "QualificationGrantProvider",
    "blocked": "WorkerBlockProvider",
}
RECORDED = Path(__file__).with_name("recorded") / "0.1.0.json"


@pytest.fixture(scope="module")
def resources(new_stack: NewStack) -> dict[str, dict[str, Any]]:
    """The state of a stack with all four resources, and of a HIT type with ten rules."""
    rules = ", ".join(
        (
            "e.without(reader)",
            'e.locale("US-CA", "US-NY", "GB", "IE", "AU", "NZ", "CA", "ZA")',
            "e.approval(at_least=95, hits=1000)",
            "e.score(reader, at_least=70, below=90)",
            *(f'e.holds("3XYZABCDEFGHIJKLMNOPQRSTUVWX0{number}")' for number in range(3)),
            "e.adult()",
        )
    )
    stack = new_stack()
    with Marketplace.open(stack.database) as marketplace:
        marketplace.set_switches(requirement_on_unknown_type="accept")
    ten = f"""
mturk.HITType(
    "ten", title="Transcribe a receipt (adult content)", description="Type what the receipt says. " * 10, reward="0.10",
    assignment_duration_in_seconds=600, keywords=["speech", "text", "receipt"], qualification_requirements=[{rules}])
"""
    stack.program(FOUR + ten).up().ok()
    return stack.resources()


def test_type_tokens_are_what_they_were(resources: dict[str, dict[str, Any]]) -> None:
    assert {name: resources[name]["type"] for name in TOKENS} == TOKENS


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_provider_in_state_is_the_name_of_our_class_and_nothing_else(
    resources: dict[str, dict[str, Any]], name: str
) -> None:
    pickled = resources[name]["inputs"]["__provider"]
    assert pickled == resources[name]["outputs"]["__provider"] == PROVIDERS[name]
    assert len(pickled) <= 150
    operations = [
        (operation.name, argument) for operation, argument, _ in pickletools.genops(base64.b64decode(pickled))
    ]
    assert [argument for _, argument in operations if isinstance(argument, str)] == [
        "pulumi_mturk.dynamic",
        CLASSES[name],
    ]
    # Find the class, make an object of it without arguments; no state is set and nothing else is called.
    assert {operation for operation, _ in operations} == {
        "PROTO",
        "FRAME",
        "SHORT_BINUNICODE",
        "MEMOIZE",
        "STACK_GLOBAL",
        "EMPTY_TUPLE",
        "NEWOBJ",
        "STOP",
    }


def test_a_hit_type_with_ten_rules_takes_less_than_seven_kilobytes(resources: dict[str, dict[str, Any]]) -> None:
    ten = {key: value for key, value in resources["ten"].items() if key not in POSITIONS}
    assert len(ten["outputs"]["qualificationRequirements"]) == 10
    assert len(json.dumps(ten)) < 7000, "as it is, without the blanks by which Pulumi lays it out"


@pytest.fixture
def recorded(new_stack: NewStack, tmp_path: Path) -> Iterator[tuple[Stack, Marketplace]]:
    """The recorded stack, with the marketplace that it was made in under another address (and empty)."""
    with place(tmp_path) as there:
        stack = new_stack(environment="sandbox", endpointUrl=there.url, formerEndpoints=RECORDED_HOST)
        stack.program(FOUR).run("stack", "import", "--file", str(RECORDED)).ok()
        yield stack, there.marketplace


def test_a_stack_of_version_0_1_0_is_unchanged_without_a_call_and_can_be_destroyed(
    recorded: tuple[Stack, Marketplace],
) -> None:
    stack, marketplace = recorded
    stack.unchanged()
    assert counted(marketplace) == {}
    held = stack.resources(secrets=True)
    assert {name: item["type"] for name, item in held.items()} == TOKENS
    shown = json.dumps(held)
    assert all(secret in shown for secret in (HOLDER, BLOCKED, REASON))

    # All of it is gone from the service, which is no obstacle.
    stack.destroy("--run-program").ok()
    assert not stack.resources()
    assert counted(marketplace) == {
        "DisassociateQualificationFromWorker": 1,
        "DeleteQualificationType": 1,
        "DeleteWorkerBlock": 1,
    }


def test_the_recorded_state_holds_no_secret_and_no_place_of_a_machine() -> None:
    text = RECORDED.read_text()
    for secret in (HOLDER, BLOCKED, REASON, "AnswerScore", "127.0.0.1"):
        assert secret not in text
    assert not re.search(r"sourcePosition|stackTrace|/work|/root|/tmp|/home", text)
