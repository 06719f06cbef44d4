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
from tests.support.pulumi_cli import ROOT, Stack, counted
from tests.support.record_state import POSITIONS, PROGRAMS, recorded
from tests.support.recorded_programs import BLOCKED, FOUR, HOLDER, LISTS, REASON, RECORDED_HOST, place

# The type tokens and the pickled providers of every stack that was ever made. Never change a line.
TOKENS = {
    "reader": "pulumi-python:dynamic/mturk:QualificationType",
    "task": "pulumi-python:dynamic/mturk:HITType",
    "holder": "pulumi-python:dynamic/mturk:QualificationGrant",
    "blocked": "pulumi-python:dynamic/mturk:WorkerBlock",
    "team": "pulumi-python:dynamic/mturk:QualificationRoster",
}
PROVIDERS = {
    "reader": "gASVOQAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwZUXVhbGlmaWNhdGlvblR5cGVQcm92aWRlcpSTlCmBlC4=",
    "task": "gASVLwAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwPSElUVHlwZVByb3ZpZGVylJOUKYGULg==",
    "holder": "gASVOgAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwaUXVhbGlmaWNhdGlvbkdyYW50UHJvdmlkZXKUk5QpgZQu",
    "blocked": "gASVMwAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwTV29ya2VyQmxvY2tQcm92aWRlcpSTlCmBlC4=",
    "team": "gASVOwAAAAAAAACMFHB1bHVtaV9tdHVyay5keW5hbWljlIwbUXVhbGlmaWNhdGlvblJvc3RlclByb3ZpZGVylJOUKYGULg==",
}
CLASSES = {
    "reader": "QualificationTypeProvider",
    "task": "HITTypeProvider",
    "holder": "QualificationGrantProvider",
    "blocked": "WorkerBlockProvider",
    "team": "QualificationRosterProvider",
}
RECORDED, RECORDED_LISTS = (recorded("0.1.0", suffix) for suffix in PROGRAMS)


@pytest.fixture(scope="module")
def resources(new_stack: NewStack) -> dict[str, dict[str, Any]]:
    """The state of a stack with all resources, and of a HIT type with ten rules."""
    rules = ", ".join(
        (
            "e.without(reader)",
            'e.locale("US-CA", "US-NY", "GB", "IE", "AU", "NZ", "CA", "ZA")',
            "e.approval(at_least=95, hits=1000)",
            'e.score("3XYZABCDEFGHIJKLMNOPQRSTUVWX09", at_least=70, below=90)',
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
    stack.program(FOUR + LISTS + ten).up().ok()
    return stack.resources()


@pytest.mark.one_shell
def test_type_tokens_are_what_they_were(resources: dict[str, dict[str, Any]]) -> None:
    assert {name: resources[name]["type"] for name in TOKENS} == TOKENS


@pytest.mark.one_shell
@pytest.mark.parametrize("name", sorted(PROVIDERS))
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
def place_anew(new_stack: NewStack, tmp_path: Path) -> Iterator[tuple[Stack, Marketplace]]:
    """A stack in the marketplace that the recorded ones were made in, under another address (and empty)."""
    with place(tmp_path) as there:
        stack = new_stack(environment="sandbox", endpointUrl=there.url, formerEndpoints=RECORDED_HOST)
        yield stack, there.marketplace


def test_a_stack_of_version_0_1_0_is_unchanged_without_a_call_and_can_be_destroyed(
    place_anew: tuple[Stack, Marketplace],
) -> None:
    stack, marketplace = place_anew
    stack.program(FOUR).run("stack", "import", "--file", str(RECORDED)).ok()
    stack.unchanged()
    assert counted(marketplace) == {}
    held = stack.resources(secrets=True)
    assert {name: item["type"] for name, item in held.items()} == {name: TOKENS[name] for name in held}
    shown = json.dumps(held)
    assert all(secret in shown for secret in (HOLDER, BLOCKED, REASON))

    # All of it is gone from the service, which is no obstacle. The grant goes with its type, as the program has it now.
    stack.destroy("--run-program").ok()
    assert not stack.resources()
    assert counted(marketplace) == {"DeleteQualificationType": 1, "DeleteWorkerBlock": 1} | {
        "ListHITs": 1,
        "ListWorkerBlocks": 1,
    }


def test_lists_of_version_0_1_0_are_unchanged_without_a_call_and_can_be_destroyed(
    place_anew: tuple[Stack, Marketplace],
) -> None:
    stack, marketplace = place_anew
    stack.program(LISTS).run("stack", "import", "--file", str(RECORDED_LISTS)).ok()
    stack.unchanged()
    assert counted(marketplace) == {}
    shown = json.dumps(stack.resources(secrets=True)["team"])
    assert f"{HOLDER}=85" in shown
    assert f"{BLOCKED}=70" in shown

    stack.destroy("--run-program").ok()
    assert not stack.resources()
    # Those who hold a type go with it.
    assert counted(marketplace) == {"DeleteQualificationType": 2, "ListHITs": 1}


def test_the_page_on_security_has_the_providers_to_compare_with() -> None:
    rows = re.findall(r"^  \| `(\w+)` \| `(\S+)` \|$", (ROOT / "docs" / "security.md").read_text(), re.MULTILINE)
    assert dict(rows) == {TOKENS[name].rpartition(":")[2]: text for name, text in PROVIDERS.items()}


@pytest.mark.parametrize("file", [RECORDED, RECORDED_LISTS], ids=lambda file: file.stem)
def test_a_recorded_state_holds_no_secret_and_no_place_of_a_machine(file: Path) -> None:
    text = file.read_text()
    for secret in (HOLDER, BLOCKED, REASON, "AnswerScore", "127.0.0.1"):
        assert secret not in text
    assert not re.search(r"sourcePosition|stackTrace|/work|/root|/tmp|/home", text)
