"""A stack moves from the dynamic providers to the plugin and back; nothing happens to what workers have."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.provider.engine import PROVIDER_KEY
from tests.cli.conftest import NewStack
from tests.cli.test_state import RECORDED, RECORDED_LISTS, TOKENS
from tests.support.plugin import with_plugin
from tests.support.pulumi_cli import NO_CHANGES, Stack, assert_absent, counted
from tests.support.recorded_programs import BLOCKED, FOUR, HOLDER, LISTS, REASON, RECORDED_HOST, Place, place

# Parents of their own, and a name that the stack had before.
NESTED = f"""
class Study(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("lab:index:Study", name)
        inside = pulumi.ResourceOptions(parent=self)
        kind = mturk.QualificationType("inner", description="Took part.", opts=inside)
        mturk.QualificationGrant(
            "under", qualification_type_id=kind, worker_id="{HOLDER}", opts=pulumi.ResourceOptions(parent=kind))
        mturk.WorkerExclusion("kept-out", workers=["{BLOCKED}"], opts=inside)

Study("study")
mturk.QualificationRoster.get("seen", qualification_type_id=tier)
pulumi.export("team", team.workers)
"""
LOOKED_UP = Counter({"ListWorkersWithQualificationType": 1})
pytestmark = pytest.mark.one_shell
SECRETS = (HOLDER, BLOCKED, REASON)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        opened.marketplace.set_switches(page_tokens="when_more")
        yield opened


@pytest.fixture
def stack(new_stack: NewStack, there: Place) -> Stack:
    return with_plugin(new_stack(environment="sandbox", endpointUrl=there.url, formerEndpoints=RECORDED_HOST))


def with_providers(stack: Stack) -> Counter[tuple[str, bool]]:
    """How many resources of a state are of which package, and whether a dynamic provider is named in them."""
    items = json.loads(stack.state())["checkpoint"]["latest"]["resources"]
    ours = [item for item in items if item["custom"] and "mturk" in item["type"] and "providers" not in item["type"]]
    made = [item for item in ours if not item.get("external")]
    return Counter((item["type"].partition(":")[0], PROVIDER_KEY in item["outputs"]) for item in made)


@pytest.mark.slow
def test_a_stack_born_in_the_plugin_moves_to_the_dynamic_providers(stack: Stack, there: Place) -> None:
    stack.configure(plugin="true")
    born = stack.program(FOUR + LISTS + NESTED).up().ok()
    assert with_providers(stack) == {("mturk", False): 13}
    team = stack.outputs(secrets=True)
    counted(there.marketplace)

    stack.configure(plugin=None)
    # What is only looked up is looked up anew.
    assert Counter(operation for operation, _ in stack.steps()) == {"update": 13, "read": 1, "discard": 1}
    moved = stack.up().ok()
    assert counted(there.marketplace) == LOOKED_UP + LOOKED_UP  # by a preview, too
    assert with_providers(stack) == {("pulumi-python", True): 13}
    assert stack.outputs(secrets=True) == team == {"team": {HOLDER: 85, BLOCKED: 70}}
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    assert_absent(SECRETS, born.text, moved.text, stack.state())

    stack.destroy().ok()
    assert stack.resources() == {}
    assert there.marketplace.summary().qualification_types == []


def test_a_stack_moves_to_the_plugin_without_a_change(stack: Stack, there: Place) -> None:
    stack.program(FOUR + LISTS + NESTED).up().ok()
    ids = {item["id"] for item in stack.resources().values() if "id" in item}
    counted(there.marketplace)

    stack.configure(plugin="true")
    moved = stack.up(NO_CHANGES).ok()
    assert counted(there.marketplace) == LOOKED_UP
    assert {item["id"] for item in stack.resources().values() if item["type"].startswith("mturk:index:")} >= ids
    # What the move has left as it was, the first refresh writes anew.
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    assert_absent(SECRETS, moved.text, stack.state())
    counted(there.marketplace)

    stack.program(FOUR + LISTS.replace(": 85", ": 90") + NESTED).up().ok()
    assert counted(there.marketplace)["AssociateQualificationWithWorker"] == 1
    stack.destroy().ok()
    assert stack.resources() == {}


@pytest.mark.parametrize(
    ("file", "program"), [(RECORDED, FOUR), pytest.param(RECORDED_LISTS, LISTS, marks=pytest.mark.slow)]
)
def test_a_stack_of_version_0_1_0_moves_to_the_plugin_and_back(
    stack: Stack, there: Place, file: Path, program: str
) -> None:
    stack.program(program).run("stack", "import", "--file", str(file)).ok()
    stack.configure(plugin="true")
    stack.up(NO_CHANGES).ok()
    stack.configure(plugin="false")
    # It still has the names of the dynamic providers.
    stack.up(NO_CHANGES).ok()
    assert counted(there.marketplace) == {}
    assert {item["type"] for item in stack.resources().values()} & {*TOKENS.values()}
    # All of it is gone from the service, which is no obstacle.
    stack.destroy("--run-program").ok()
    assert not stack.resources()


@pytest.mark.slow
def test_what_changes_at_the_move_is_changed_and_nothing_else(stack: Stack, there: Place) -> None:
    stack.configure(plugin="true")
    stack.program(LISTS).up().ok()
    counted(there.marketplace)

    stack.configure(plugin=None)
    stack.program(LISTS.replace(": 85", ": 90")).up().ok()
    assert counted(there.marketplace) == {"ListWorkersWithQualificationType": 1, "AssociateQualificationWithWorker": 1}
    assert with_providers(stack) == {("pulumi-python", True): 5}
    stack.unchanged()
    stack.refresh(NO_CHANGES).ok()
    stack.destroy().ok()
    assert stack.resources() == {}


@pytest.mark.slow
def test_a_resource_that_is_gone_or_renamed_at_the_move(stack: Stack, there: Place) -> None:
    """What the program has no more is deleted by who has made it; an alias of the program holds in both shells."""
    stack.configure(plugin="true")
    stack.program(FOUR + LISTS).up().ok()
    ids = {item["id"] for item in stack.resources().values() if item["type"].endswith(":QualificationType")}
    counted(there.marketplace)

    stack.configure(plugin=None)
    alias = ', opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name="tier")]))'
    renamed = LISTS.replace(
        '"tier", description="May take the long tasks.")', f'"level", description="May take the long tasks."{alias}'
    )
    assert alias in renamed
    stack.program(renamed).up().ok()
    calls = counted(there.marketplace)
    assert (calls["DeleteQualificationType"], calls["CreateQualificationType"], calls["DeleteWorkerBlock"]) == (1, 0, 1)
    left = stack.resources()
    assert left["level"]["id"] in ids
    assert left.keys() == {"level", "team", "earlier", "later"}
    stack.unchanged()
    stack.destroy().ok()
