"""A network that answers in the service's place, at the real CLI: nothing that isn't so is recorded, or forgotten."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.marketplace import Fault
from pulumi_mturk.marketplace.testing.faults import FaultKind
from tests.cli.conftest import NewStack
from tests.support.pulumi_cli import NO_CHANGES, Stack, messages, new_type
from tests.support.recorded_programs import Place, place


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        yield opened


def outputs(stack: Stack) -> dict[str, Any]:
    return {name: resource["outputs"] for name, resource in stack.resources(secrets=True).items()}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["html_before", "empty_object_before"])
def test_a_sign_in_page_makes_nothing_forgets_nothing_and_removes_nothing(
    there: Place, new_stack: NewStack, kind: FaultKind
) -> None:
    # A void operation answers `{}`: there nobody can tell. With a page all are told.
    tier = new_type(there.marketplace, "tier")
    stack = new_stack(environment="sandbox", endpointUrl=there.url, operationTimeoutSeconds="1")
    program = f"""
        mturk.QualificationType("reader", description="Took part.")
        mturk.QualificationRoster("team", qualification_type_id="{tier}", workers=["A1EXAMPLEWORKER"])
        mturk.WorkerBlock("blocked", worker_id="A2EXAMPLEWORKER", reason="for a test")
    """
    stack.program(program).up().ok()
    before = outputs(stack)

    operations = ("GetQualificationType", "ListWorkersWithQualificationType", "ListWorkerBlocks")
    on = operations if kind == "empty_object_before" else ("*",)
    there.marketplace.inject(*(Fault(kind, operation, times=None) for operation in on))
    said = messages(stack.refresh().refused())
    assert all("is not the service's" in said[name][-1] for name in ("reader", "team", "blocked")), said
    assert outputs(stack) == before

    if kind == "html_before":
        second = 'mturk.WorkerBlock("second", worker_id="A3EXAMPLEWORKER", reason="for a test")\n'
        stack.program(textwrap.dedent(program) + second)
        cut = stack.up().refused()
        assert "second" in messages(cut), cut.text
        assert "is not the service's" in messages(cut)["second"][-1]
        assert stack.resources().keys() == before.keys()
        assert not stack.destroy().refused().text.count("deleted (")
        assert stack.resources().keys() == before.keys()

    there.marketplace.clear_faults()
    stack.program(program)
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
