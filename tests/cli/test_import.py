"""`pulumi import` and `opts.import_` through the plugin: what is there becomes the stack's, and equals its own."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.provider.handles import FILE, Handles
from tests.cli.conftest import NewStack
from tests.support.cli_rosters import holders
from tests.support.core import QUESTION
from tests.support.inputs import ANSWER_KEY, TEST
from tests.support.plugin import with_plugin
from tests.support.pulumi_cli import Stack, assert_absent, behind_our_back, counted

ANN, BOB, EVE = "A1EXAMPLEANN", "A2EXAMPLEBOB", "A3EXAMPLEEVE"
PEOPLE = (ANN, BOB, EVE)
IMPORT = ("import", "--protect=false", "--generate-code=false", "--yes", "--skip-preview")

FOUR = f"""
from pathlib import Path
Options = pulumi.ResourceOptions
ids = pulumi.Config().get_object("ids") or {{}}

def opts(name):
    return Options(import_=ids.get(name))

reader = mturk.QualificationType(
    "reader", description="Reads carefully.", keywords=["reading", "care"], test=Path("test.xml").read_text(),
    answer_key=Path("key.xml").read_text(), test_duration_in_seconds=600, retry_delay_in_seconds=60,
    opts=opts("reader"))
tier = mturk.QualificationType("tier", name="Tier", description="Worked well.", opts=opts("tier"))
mturk.QualificationGrant("ann", qualification_type_id=reader, worker_id="{ANN}", integer_value=7, opts=opts("ann"))
mturk.QualificationRoster(
    "team", qualification_type_id=tier, workers={{"{ANN}": 2, "{BOB}": 3}}, max_removals=0, opts=opts("team"))
mturk.WorkerBlock("spam", worker_id="{EVE}", reason="Fraud.", opts=opts("spam"))
task = mturk.HITType(
    "task", title="Transcribe", description="Type what you hear.", reward="0.10", keywords="audio, typing",
    assignment_duration_in_seconds=600, auto_approval_delay_in_seconds=3600,
    qualification_requirements=[e.country("US"), e.score(tier, at_least=2), e.without(reader)], opts=opts("task"))
pulumi.export("task", task.hit_type_id)
"""
# What an account does not tell: how a resource was made, how it is to be changed, and what a program tells of its other
# resources. Ids of grants, lists and blocks are random.
UNTOLD = {"change", "grantTime", "importedHitId", "maxRemovals", "granted", "excludes", "eligibility"}
UNTOLD_OF_RULES = {"qualificationTypeName", "qualificationTypeUrn"}


@pytest.fixture
def made(new_stack: NewStack) -> Stack:
    """What there is: another stack has made it, in the same marketplace as `stack`."""
    made = _stack(new_stack, localDatabase="../market.db")
    made.program(FOUR).up().ok()
    return made


@pytest.fixture
def stack(made: Stack, new_stack: NewStack) -> Stack:
    """A stack that knows nothing of what there is."""
    return _stack(new_stack, localDatabase=str((made.folder / "../market.db").resolve())).program(FOUR)


def _stack(new_stack: NewStack, **config: str) -> Stack:
    stack = with_plugin(new_stack(plugin="true", **config))
    (stack.folder / "test.xml").write_text(TEST)
    (stack.folder / "key.xml").write_text(ANSWER_KEY)
    return stack


@pytest.fixture
def market(made: Stack) -> Iterator[Marketplace]:
    with Marketplace.open(made.folder / "../market.db") as opened:
        opened.set_switches(record_calls="on")
        yield opened


def import_ids(made: Stack, market: Marketplace) -> dict[str, str]:
    """By what each resource is imported."""
    hit = {"HITTypeId": made.outputs()["task"], "LifetimeInSeconds": 3600, "Question": QUESTION}
    hit_id = behind_our_back(market, "CreateHITWithHITType", **hit)["HIT"]["HITId"]
    there = made.resources()
    reader, tier = there["reader"]["id"], there["tier"]["id"]
    return {
        "reader": reader,
        "tier": "name=Tier",
        "ann": f"{reader}/{ANN}",
        "team": tier,
        "spam": EVE,
        "task": f"hit:{hit_id}",
    }


def with_handles(stack: Stack, ids: dict[str, str]) -> dict[str, str]:
    handles = Handles(stack.folder / FILE).keep([ids["ann"], ids["spam"]])
    return {name: handles.get(import_id, import_id) for name, import_id in ids.items()}


def write_imports(stack: Stack, made: Stack, ids: dict[str, str]) -> None:
    types = {name: item["type"] for name, item in made.resources().items()}
    entries = [{"type": types[name], "name": name, "id": import_id} for name, import_id in ids.items()]
    (stack.folder / "import.json").write_text(json.dumps({"resources": entries}))


def compared(stack: Stack) -> dict[str, dict[str, Any]]:
    """What a state holds of each resource that an account tells of."""
    return {
        name: {"type": item["type"], "inputs": _told(item["inputs"]), "outputs": _told(item["outputs"])}
        for name, item in stack.resources(secrets=True).items()
    }


def _told(values: dict[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in values.items() if key not in UNTOLD}
    if rules := found.get("qualificationRequirements"):
        plain = [{key: value for key, value in rule.items() if key not in UNTOLD_OF_RULES} for rule in rules]
        found["qualificationRequirements"] = sorted(plain, key=json.dumps)
    return found


def ids_of(stack: Stack) -> dict[str, str]:
    return {name: item["id"] for name, item in stack.resources().items()}


def history(stack: Stack) -> list[str]:
    return [file.read_text() for file in (stack.folder / "state").rglob("*.json*")]


def configure_ids(stack: Stack, ids: dict[str, str]) -> None:
    """Have the program import by these ids."""
    file = stack.folder / "Pulumi.test.yaml"
    lines = "".join(f"    {name}: {json.dumps(import_id)}\n" for name, import_id in ids.items())
    file.write_text(file.read_text().replace("config:\n", f"config:\n  study:ids:\n{lines}"))


def test_pulumi_import_takes_what_is_there_as_if_the_stack_had_made_it(
    stack: Stack, made: Stack, market: Marketplace
) -> None:
    ids = import_ids(made, market)
    write_imports(stack, made, with_handles(stack, ids))
    counted(market)
    imported = stack.run(*IMPORT, "--file", "import.json").ok()
    assert not [call for call in counted(market) if not call.startswith(("Get", "List"))]
    assert "MT707" not in imported.text
    assert compared(stack) == compared(made)
    stack.unchanged()
    assert counted(market) == {}
    stack.refresh("--expect-no-changes").ok()
    same = {"reader", "tier", "task"}
    assert {name for name, id_ in ids_of(stack).items() if id_ == ids_of(made)[name]} == same
    assert_absent(PEOPLE, imported.text, *history(stack))


@pytest.mark.slow
def test_what_is_not_there_what_a_plain_id_tells_and_what_is_imported_twice(
    stack: Stack, made: Stack, market: Marketplace
) -> None:
    ids = import_ids(made, market)
    # What is not there, and an id of another form, are errors, and leave no ghost.
    gone = {
        "reader": "3EXAMPLEGONE",
        "task": "hit:3EXAMPLEGONE",
        "spam": with_handles(stack, {"ann": "", "spam": BOB})["spam"],
    }
    wrong = {"tier": "name=", "team": f"{ids['team']}/", "ann": ids["reader"]}
    write_imports(stack, made, gone | wrong)
    failed = stack.run(*IMPORT, "--file", "import.json").refused()
    assert failed.text.count("[MT643]") >= 3
    assert failed.text.count("[MT642]") >= 3
    assert ids_of(stack) == {}
    assert_absent(PEOPLE, failed.text, *history(stack))

    write_imports(stack, made, with_handles(stack, ids))
    stack.run(*IMPORT, "--file", "import.json").ok()

    # A plain id does as well, and says what becomes of it: the backend's copy of an earlier state has it for a while.
    stack.run("state", "delete", stack.resources()["spam"]["urn"], "--yes").ok()
    again = stack.run(*IMPORT, "mturk:index:WorkerBlock", "spam", EVE).ok()
    assert "[MT707]" in again.text
    assert compared(stack) == compared(made)
    assert_absent(PEOPLE, again.text, stack.state())

    # What was imported twice stays when one of the two goes: neither the program nor the account has it twice.
    for kind, name in (("QualificationType", "tier"), ("QualificationRoster", "team")):
        stack.run(*IMPORT, f"mturk:index:{kind}", f"{name}-again", ids[name]).ok()
    counted(market)
    up = stack.up().ok()
    assert "[MT369]" in up.text
    assert "[MT426]" in up.text
    assert not [call for call in counted(market) if not call.startswith(("Get", "List"))]
    stack.unchanged()
    assert compared(stack) == compared(made)


@pytest.mark.slow
def test_a_program_imports_and_a_shorter_list_counts_as_removals(
    stack: Stack, made: Stack, market: Marketplace
) -> None:
    ids = with_handles(stack, import_ids(made, market))
    configure_ids(stack, ids)
    shorter = FOUR.replace(f', "{BOB}": 3', "")
    changing = shorter.replace("max_removals=0", "max_removals=1")
    steps = sorted(stack.program(changing).steps())
    assert steps == sorted([*(("import", name) for name in ids), ("update", "team")])
    previewed = stack.program(shorter).preview().refused()
    assert "1 of 2 workers would lose the qualification in one change, and 0 may" in previewed.text
    assert "[MT416]" in previewed.text

    counted(market)
    up = stack.program(FOUR).up().ok()
    assert not [call for call in counted(market) if not call.startswith(("Get", "List"))]
    stack.unchanged()
    assert compared(stack) == compared(made)
    assert_absent(PEOPLE, previewed.text, up.text, *history(stack))

    # The options still stand: what was imported is a resource like any other.
    assert "[MT416]" in stack.program(shorter).up().refused().text
    assert holders(market, ids["team"]) == {ANN: 2, BOB: 3}
    stack.program(changing).up().ok()
    assert holders(market, ids["team"]) == {ANN: 2}
