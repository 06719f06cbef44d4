"""Two accounts in one program: each resource is made where its provider says, and nowhere else.

The page explicit-providers.md is typed and run.
"""

import json
import re
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.provider.instance import TEST_VARIABLE
from pulumi_mturk.testing.stack import _environment
from tests.cli.conftest import NewStack
from tests.support.cli_rosters import holders as holders_of
from tests.support.pages import Block, commands, held_by
from tests.support.plugin import with_plugin
from tests.support.pulumi_cli import NO_CHANGES, Stack, assert_absent, messages, run

pytestmark = pytest.mark.one_shell
FIRST, SECOND, THIRD = "A1EXAMPLEFIRST", "A2EXAMPLESECOND", "A3EXAMPLETHIRD"

# The program's own place, and those of two providers: three databases.
PROGRAM = f"""
Options = pulumi.ResourceOptions
one = mturk.Provider("one", environment="local", local_database="one.db")
two = mturk.Provider("two", environment="local", local_database="two.db", mark_types=False)

class Study(pulumi.ComponentResource):
    def __init__(self, name, opts):
        super().__init__("lab:index:Study", name, None, opts)
        inside = Options(parent=self)
        self.tier = mturk.QualificationType(f"{{name}}-tier", description="Took part.", opts=inside)
        mturk.QualificationRoster(
            f"{{name}}-team", qualification_type_id=self.tier, workers={{"{FIRST}": 85}}, opts=inside)
        past = mturk.WorkerExclusion(f"{{name}}-past", workers=["{SECOND}"], opts=inside)
        mturk.HITType(
            f"{{name}}-task", title="Transcribe", description="Type what you hear.", reward="0.10",
            assignment_duration_in_seconds=600, qualification_requirements=[past.requirement, e.holds(self.tier)],
            opts=inside)

study = Study("study", Options(providers=[one]))
Study("here", Options())
pilot = mturk.QualificationType("pilot", description="Took part.", name="Pilot", opts=Options(provider=two))
mturk.QualificationGrant("ann", qualification_type_id=pilot, worker_id="{THIRD}", opts=Options(parent=pilot))
mturk.QualificationType("beside", description="Took part.", name="Pilot", opts=Options(providers={{"mturk": one}}))
looked_up = mturk.QualificationType.get("looked-up", pilot.id, opts=Options(provider=two))
pulumi.export("name", looked_up.name)
"""


@pytest.fixture
def stack(new_stack: NewStack) -> Stack:
    return with_plugin(new_stack())


def by_package(stack: Stack) -> dict[str, set[str]]:
    """The names of a stack's resources, without components and providers, by the package that serves them."""
    found: dict[str, set[str]] = {}
    for item in json.loads(stack.state())["checkpoint"]["latest"]["resources"]:
        if item["custom"] and "mturk" in item["type"] and not item["type"].startswith("pulumi:"):
            found.setdefault(item["type"].partition(":")[0], set()).add(item["urn"].rpartition("::")[2])
    return found


def names(database: Path) -> list[str]:
    """The qualification types of a marketplace, by their names."""
    with Marketplace.open(database) as marketplace:
        return sorted(item.name for item in marketplace.summary().qualification_types)


def holders(database: Path) -> set[str]:
    """Who holds any of them."""
    with Marketplace.open(database) as marketplace:
        kinds = [item.id for item in marketplace.summary().qualification_types]
        return {worker for kind in kinds for worker in holders_of(marketplace, kind)}


def test_two_accounts_in_one_program(stack: Stack) -> None:
    stack.program(PROGRAM)
    up = stack.up().ok()
    assert by_package(stack) == {
        "mturk": {"study-tier", "study-team", "study-past", "study-task", "pilot", "ann", "beside", "looked-up"},
        "pulumi-python": {"here-tier", "here-team", "here-past", "here-task"},
    }
    places = [stack.folder / "one.db", stack.folder / "two.db", stack.database]
    assert [len(names(place)) for place in places] == [3, 1, 2]
    assert names(places[1]) == ["Pilot"]
    assert "Pilot" in names(places[0])
    assert [holders(place) for place in places] == [{FIRST, SECOND}, {THIRD}, {FIRST, SECOND}]
    assert stack.outputs() == {"name": "Pilot"}
    refreshed = stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    assert_absent((FIRST, SECOND, THIRD), up.text, refreshed.text, stack.state())
    told = run(["pulumi-mturk", "teardown"], stack.folder, stack.env).ok()
    assert told.text.count("of the stack are in environment local") == 1
    assert told.text.count("of the stack is in environment local") == 1
    assert told.text.count(" --local-database ") == 2
    stack.destroy().ok()
    assert stack.resources() == {}


# What the engine alone can tell, after the program has declared it.
MISSPELT = 'pulumi.ProviderResource("mturk", "lab", {"enviroment": "sandbox"})\n'
LATE = """
lab = mturk.Provider("lab", local_database="lab.db")
pulumi.runtime.register_resource_transform(
    lambda args: pulumi.ResourceTransformResult(
        args.props, pulumi.ResourceOptions.merge(args.opts, pulumi.ResourceOptions(provider=lab)))
    if "QualificationType" in args.type_ else None)
mturk.QualificationType("tier", description="Took part.")
"""
# Two providers of one place; the list is known when the program has run to its end.
TWICE = f"""
lab = pulumi.ResourceOptions(provider=mturk.Provider("lab", local_database="one.db"))
again = pulumi.ResourceOptions(provider=mturk.Provider("again", local_database="one.db"))
tier = mturk.QualificationType("tier", description="Took part.", name="Tier", opts=lab)
mturk.QualificationGrant("ann", qualification_type_id=tier, worker_id="{FIRST}", opts=lab)
mturk.QualificationRoster(
    "team", qualification_type_id=tier, workers=pulumi.Output.secret(["{FIRST}"]), opts=again)
"""
ONE = """
lab = mturk.Provider("lab", local_database="one.db")
mturk.QualificationType("tier", description="Took part.", opts=pulumi.ResourceOptions(provider=lab))
"""


@pytest.mark.slow
def test_what_would_go_elsewhere_than_it_was_meant_is_refused(stack: Stack, tmp_path: Path) -> None:
    # What `mturk_stack` sets for the programs that it runs.
    stack.env[TEST_VARIABLE] = _environment(tmp_path)[TEST_VARIABLE]
    sandbox = ONE.replace('local_database="one.db"', 'environment="sandbox"')
    assert "[MT615]" in stack.program(sandbox).preview().refused().text

    refused = stack.program(MISSPELT).preview().refused()
    (said,) = (text for name, texts in messages(refused).items() for text in texts if name == "lab")
    assert "mturk:enviroment" in said
    assert "did you mean mturk:environment?" in said

    late = stack.program(LATE).up().refused()
    assert "[MT010]" in late.text
    assert not (stack.folder / "lab.db").exists()
    assert not stack.database.exists()

    twice = stack.program(TWICE).preview().refused()
    assert "[MT403]" in twice.text
    assert_absent((FIRST,), twice.text)

    stack.program(ONE).up().ok()
    moved = stack.program(ONE.partition("\n")[2].replace(", opts=pulumi.ResourceOptions(provider=lab)", "")).up()
    assert "[MT620]" in moved.refused().text or "[MT621]" in moved.text
    assert "give the resource the provider= that it was made with" in moved.text
    assert names(stack.folder / "one.db") != []


@pytest.mark.slow
def test_the_page_is_right(new_stack: NewStack, tmp_path: Path) -> None:
    stack = new_stack()
    stack.env["PULUMI_HOME"] = str(tmp_path)
    install, program, there, back = held_by(__file__, "explicit-providers.md")

    def typed(block: Block) -> None:
        for line in commands(block):
            command, *arguments = line.split()
            up = ["--yes", "--skip-preview"] if arguments == ["up"] else []
            plain = ["--non-interactive"] if command == "pulumi" else []
            run([command, *arguments, *up, *plain], stack.folder, stack.env).ok()

    typed(install)
    local = re.sub(r'environment="sandbox", profile="([a-z-]+)"', r'local_database="\1.db"', program.text)
    assert local != program.text
    (stack.folder / "__main__.py").write_text(local)
    stack.up().ok()
    stack.unchanged()
    assert [len(names(stack.folder / f"{lab}-lab.db")) for lab in ("language", "vision")] == [1, 1]
    assert not stack.database.exists()
    told = run(["pulumi-mturk", "teardown"], stack.folder, stack.env).ok()
    (other,) = re.findall(r"`(pulumi-mturk teardown .* --local-database .*)`", told.text)
    assert "No HIT" in run(other.split(), stack.folder, stack.env).ok().text
    assert not stack.database.exists()
    stack.destroy().ok()

    stack.program('mturk.QualificationType("tier", description="Took part.")').up().ok()
    typed(there)
    assert by_package(stack) == {"mturk": {"tier"}}
    typed(back)
    assert by_package(stack) == {"pulumi-python": {"tier"}}
