"""`adopt=`: the engine shows a create, and the type is the one that was there."""

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.pulumi_cli import NO_CHANGES, Stack, counted, messages, new_type


def program(resource: str, **arguments: str) -> str:
    given = "".join(f", {name}={value!r}" for name, value in arguments.items())
    return f'mturk.QualificationType("{resource}", description="Reads carefully."{given})'


@pytest.mark.slow
def test_a_type_is_taken_over_and_never_replaced_by_itself(stack: Stack, marketplace: Marketplace) -> None:
    there = new_type(marketplace, "Careful reader")
    stack.program(program("reader", adopt=there))
    assert stack.steps() == [("create", "reader")]
    (line,) = messages(stack.preview().ok())["reader"]
    assert there in line
    assert "description" in line
    stack.up().ok()
    calls = counted(marketplace)
    assert (calls["UpdateQualificationType"], calls["CreateQualificationType"]) == (1, 0)
    (reader,) = stack.resources().values()
    assert (reader["id"], reader["outputs"]["name"]) == (there, "Careful reader")
    stack.unchanged()
    stack.refresh(NO_CHANGES).ok()

    # The engine checks once, as if it were new, creates, and deletes the old one.
    stack.up("--replace", reader["urn"]).ok()
    assert stack.resources()["reader"]["id"] == there
    stack.program(program("reader", adopt=there, keywords="speech"))
    assert "MT366" in stack.preview().refused().text
    assert [found.id for found in marketplace.summary().qualification_types] == [there]

    # Another name in the program: Pulumi creates the one and deletes the other.
    stack.program(program("careful", adopt=there))
    stack.up().ok()
    assert stack.resources()["careful"]["id"] == there
    assert [found.id for found in marketplace.summary().qualification_types] == [there]
    stack.program(program("careful")).unchanged()
    stack.destroy().ok()
    assert marketplace.summary().qualification_types == []
