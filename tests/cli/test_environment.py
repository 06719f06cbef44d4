"""Where a stack lives: no command touches another place than the one in which it was made; and the configuration."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Marketplace, Server
from tests.cli.conftest import NewStack, first_is_enough
from tests.support.broken_variables import BROKEN
from tests.support.pulumi_cli import NO_CHANGES, Output, Stack, counted, messages
from tests.support.recorded_programs import FOUR, NAMES, Held, Place, held, place

NOTHING_DONE = "Nothing was called and nothing changed."


def every_command(stack: Stack) -> dict[str, Output]:
    """What each says. A plain refresh or destroy goes by the configuration of the last `up`, so that comes before; it
    checks what a preview does."""
    return {"up": stack.up(), "refresh": stack.refresh(), "destroy": stack.destroy()}


@dataclass(frozen=True)
class Lived:
    """A live stack in a sandbox, and another marketplace."""

    stack: Stack
    before: Held
    here: Place
    elsewhere: Place


@pytest.fixture(scope="module")
def lived(new_stack: NewStack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    with place(tmp_path_factory.mktemp("here")) as here, place(tmp_path_factory.mktemp("elsewhere")) as elsewhere:
        stack = new_stack(environment="sandbox", endpointUrl=here.url).program(FOUR)
        stack.up().ok()
        counted(here.marketplace)
        yield Lived(stack, held(stack), here, elsewhere)


def nothing_was_lost(marketplace: Marketplace, stack: Stack, before: Held) -> None:
    """No call was made, and the next `up` has everything.

    The engine drops what goes with its type before it asks for the type's removal: of a refused `destroy` the grant is
    missing in the state until then.
    """
    assert counted(marketplace) == {}
    assert before.keys() == NAMES
    assert held(stack) == {name: values for name, values in before.items() if name != "holder"}
    stack.up().ok()
    # A grant's id is random.
    assert {name: (inputs, outputs) for name, (_, inputs, outputs) in held(stack).items()} == {
        name: (inputs, outputs) for name, (_, inputs, outputs) in before.items()
    }
    assert counted(marketplace) == {"GetQualificationScore": 1}, "the grant is there, and is taken up again"


@contextmanager
def flipped(stack: Stack, back: dict[str, str | None], **values: str | None) -> Iterator[None]:
    """Another configuration for a moment."""
    stack.configure(**values)
    try:
        yield
    finally:
        stack.configure(**back)


def test_another_environment_is_refused_by_every_command_and_nothing_is_lost(lived: Lived) -> None:
    with flipped(lived.stack, {"environment": "sandbox"}, environment="production"):
        for command, output in every_command(lived.stack).items():
            text = output.refused().text
            assert f"made in environment sandbox (at {lived.here.host})" in text, command
            assert f"the configuration now means production (endpoint {lived.here.host}). {NOTHING_DONE}" in text
            assert "Set mturk:environment and mturk:endpointUrl back and run `pulumi up`" in text
    nothing_was_lost(lived.here.marketplace, lived.stack, lived.before)


@pytest.mark.slow
def test_another_endpoint_is_refused_by_every_command_that_runs_the_program(lived: Lived) -> None:
    with flipped(lived.stack, {"endpointUrl": lived.here.url}, endpointUrl=lived.elsewhere.url):
        for arguments in (
            ("refresh", "--yes", "--skip-preview", "--run-program"),
            ("destroy", "--yes", "--skip-preview", "--run-program"),
            ("preview",),
            ("up", "--yes"),
        ):
            text = lived.stack.run(*arguments).refused().text
            assert f"the configuration now means sandbox (endpoint {lived.elsewhere.host}). {NOTHING_DONE}" in text
            assert "put the old one into mturk:formerEndpoints" in text
    assert counted(lived.elsewhere.marketplace) == {}
    nothing_was_lost(lived.here.marketplace, lived.stack, lived.before)


@pytest.mark.slow
def test_a_refresh_right_after_a_change_of_configuration_still_asks_where_the_stack_lives(lived: Lived) -> None:
    """Pulumi runs it with the configuration of the last `up`."""
    lived.stack.up(NO_CHANGES).ok()
    with flipped(lived.stack, {"endpointUrl": lived.here.url}, endpointUrl=lived.elsewhere.url):
        lived.stack.refresh(NO_CHANGES).ok()
    assert counted(lived.here.marketplace).keys() == {
        "GetQualificationType",
        "CreateHITType",
        "GetQualificationScore",
        "ListWorkerBlocks",
    }
    assert counted(lived.elsewhere.marketplace) == {}


@pytest.mark.slow
def test_the_same_place_under_a_new_address_goes_on_and_a_refresh_records_it(
    new_stack: NewStack, tmp_path: Path
) -> None:
    with ExitStack() as servers:
        marketplace = servers.enter_context(Marketplace.open(tmp_path / "place.db"))
        old, new = (servers.enter_context(Server(marketplace)) for _ in range(2))
        stack = new_stack(environment="production", endpointUrl=old.url).program(FOUR)
        stack.up().ok()
        old.close()
        marketplace.set_switches(record_calls="on")

        stack.configure(endpointUrl=new.url, formerEndpoints=f"https://panel.example.org,{old.url}")
        stack.up(NO_CHANGES).ok()
        assert counted(marketplace) == {}
        stack.refresh().ok()
        assert {item["outputs"]["endpointHost"] for item in stack.resources().values()} == {
            new.url.removeprefix("http://")
        }

        stack.configure(formerEndpoints=None)
        stack.up(NO_CHANGES).ok()
        stack.destroy().ok()
        assert not stack.resources()


@dataclass(frozen=True)
class Local:
    """A live stack in the embedded marketplace."""

    stack: Stack
    before: Held
    marketplace: Marketplace


@pytest.fixture(scope="module")
def local(new_stack: NewStack) -> Iterator[Local]:
    stack = new_stack().program(FOUR)
    with Marketplace.open(stack.database) as marketplace:
        marketplace.set_switches(record_calls="on")
        stack.up().ok()
        counted(marketplace)
        yield Local(stack, held(stack), marketplace)


@pytest.mark.slow
def test_a_stack_of_the_embedded_marketplace_is_refused_by_every_command_elsewhere(
    local: Local, tmp_path: Path
) -> None:
    with place(tmp_path) as elsewhere:
        back: dict[str, str | None] = {"environment": None, "endpointUrl": None}
        with flipped(local.stack, back, environment="sandbox", endpointUrl=elsewhere.url):
            for command, output in every_command(local.stack).items():
                text = output.refused().text
                assert f"made in environment local (at local:{local.marketplace.database_id})" in text, command
                assert f"means sandbox (endpoint {elsewhere.host}). {NOTHING_DONE}" in text
        assert counted(elsewhere.marketplace) == {}
    nothing_was_lost(local.marketplace, local.stack, local.before)


@pytest.mark.slow
def test_another_database_is_refused_by_every_command(local: Local, tmp_path: Path) -> None:
    with Marketplace.open(tmp_path / "other.db") as other:
        other.set_switches(record_calls="on")
        with flipped(local.stack, {"localDatabase": None}, localDatabase=str(tmp_path / "other.db")):
            for command, output in every_command(local.stack).items():
                text = output.refused().text
                assert f"now means local (database local:{other.database_id}). {NOTHING_DONE}" in text, command
                assert "Point mturk:localDatabase to the file that the stack was made with" in text
        assert counted(other) == {}
    nothing_was_lost(local.marketplace, local.stack, local.before)


@pytest.mark.slow
def test_what_is_left_of_a_stack_that_was_run_at_another_place_goes_with_the_program_back_in_place(
    new_stack: NewStack,
) -> None:
    """Pulumi hands a new configuration over by the resources of a program, and so by none of an empty one."""

    def a_type(name: str) -> str:
        return f'mturk.QualificationType({name!r}, description="Took part.")'

    stack = new_stack().program(a_type("old"))
    stack.up().ok()
    stack.configure(localDatabase="other.db")
    stack.program(a_type("new")).up().refused()
    stack.program("pass").up().refused()
    stack.configure(localDatabase=None)
    assert "put one into the program again" in stack.up().refused().text
    assert stack.resources().keys() == {"old"}
    stack.program(a_type("old")).up().ok()
    stack.program("pass").up().ok()
    assert stack.resources() == {}


@pytest.mark.slow
def test_a_missing_database_is_refused_by_every_command_and_not_made_anew(local: Local, tmp_path: Path) -> None:
    missing = tmp_path / "gone" / "local.db"
    with flipped(local.stack, {"localDatabase": None}, localDatabase=str(missing)):
        for command, output in every_command(local.stack).items():
            assert f"mturk:localDatabase: There is no marketplace database at {missing}" in output.refused().text, (
                command
            )
    assert not missing.parent.exists()
    nothing_was_lost(local.marketplace, local.stack, local.before)


@pytest.mark.slow
def test_a_moved_database_goes_on_where_the_configuration_follows_it(new_stack: NewStack, tmp_path: Path) -> None:
    stack = new_stack().program(FOUR)
    stack.up().ok()
    moved = tmp_path / "moved"
    shutil.move(stack.database.parent, moved)
    stack.configure(localDatabase=str(moved / "local.db"))
    with Marketplace.open(moved / "local.db") as marketplace:
        marketplace.set_switches(record_calls="on")
        stack.up(NO_CHANGES).ok()
        assert counted(marketplace) == {}
        stack.refresh(NO_CHANGES).ok()
        assert counted(marketplace)["GetQualificationType"] == 1
    assert not stack.database.parent.exists()


RESOURCES = {
    "type": 'mturk.QualificationType("x", description="Took part.")',
    "HIT type": 'mturk.HITType("x", title="T", description="D", reward="1", assignment_duration_in_seconds=60)',
    "grant": 'mturk.QualificationGrant("x", qualification_type_id="3XYZ", worker_id="A1EXAMPLEHOLDER")',
    "block": 'mturk.WorkerBlock("x", worker_id="A1EXAMPLEHOLDER", reason="for a test")',
    "looked up": 'mturk.WorkerBlock.get("x", worker_id="A1EXAMPLEHOLDER")',
}


@pytest.fixture(scope="module")
def misconfigured(new_stack: NewStack) -> Stack:
    return new_stack(
        environment="staging", endpontUrl="https://panel.example.org", colour="blue", requestsPerSecond="0"
    )


@pytest.mark.parametrize("kind", first_is_enough(RESOURCES))
def test_a_wrong_key_or_value_is_refused_at_plan_time_by_every_resource(misconfigured: Stack, kind: str) -> None:
    text = misconfigured.program(RESOURCES[kind]).preview().refused().text
    assert "mturk:endpontUrl: there is no such configuration key; did you mean mturk:endpointUrl? [MT601]" in text
    assert (
        "mturk:colour: there is no such configuration key; the keys are environment, endpointUrl, formerEndpoints,"
        in text
    )
    assert "mturk:environment: must be 'local', 'sandbox' or 'production'" in text
    assert "mturk:requestsPerSecond: must be more than 0" in text
    assert not misconfigured.database.exists()


@pytest.mark.slow
def test_an_endpoint_in_the_shells_environment_is_not_used_and_that_is_said_once(
    stack: Stack, marketplace: Marketplace, tmp_path: Path
) -> None:
    with place(tmp_path) as elsewhere:
        stack.env["AWS_ENDPOINT_URL_MTURK"] = elsewhere.url
        said = messages(stack.program(FOUR).up().ok())["study-test"]
        assert counted(elsewhere.marketplace) == {}
    assert counted(marketplace)["CreateQualificationType"] == 1
    assert [line for line in said if "AWS_ENDPOINT_URL_MTURK" in line] == [
        "warning: AWS_ENDPOINT_URL_MTURK: is set and not used: mturk:environment and mturk:endpointUrl say where "
        "requests go"
    ]
    assert len([line for line in said if "no worker sees it" in line]) == 1


@pytest.mark.slow
@pytest.mark.parametrize("key", [None, "data/market.db"])
def test_the_local_database_is_beside_the_project_file(stack: Stack, key: str | None) -> None:
    """Wherever the program is: the engine starts the provider in the folder that `main` names."""
    if key is not None:
        stack.configure(localDatabase=key)
    (stack.folder / "Pulumi.yaml").write_text("name: study\nruntime: python\nmain: infra/program/\n")
    stack.program('mturk.QualificationType("kind", description="A type.")')
    infra = stack.folder / "infra" / "program"
    infra.mkdir(parents=True)
    (stack.folder / "__main__.py").rename(infra / "__main__.py")

    stack.up().ok()
    stack.unchanged()
    stack.refresh().ok()
    database = stack.folder / (key or ".mturk/local.db")
    assert list(stack.folder.rglob("*.db")) == [database]

    # Earlier versions had it beside the program, and such a stack goes on.
    earlier = infra / (key or ".mturk/local.db")
    earlier.parent.mkdir(exist_ok=True)
    database.rename(earlier)
    stack.unchanged()

    (infra / "__main__.py").unlink()
    stack.destroy().ok()
    with Marketplace.open(earlier) as marketplace:
        assert marketplace.summary().qualification_types == []


@pytest.mark.slow
def test_local_needs_nothing_of_aws(new_stack: NewStack) -> None:
    stack = new_stack()
    stack.env = {key: value for key, value in stack.env.items() if not key.startswith("AWS_")} | BROKEN
    up = stack.program(FOUR).up().ok()
    assert "AWS_" not in up.text.replace("AWS_ENDPOINT_URL_MTURK: is set", "")
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    stack.destroy().ok()


@pytest.mark.slow
def test_elsewhere_a_preview_names_the_variable_that_is_at_fault(new_stack: NewStack, tmp_path: Path) -> None:
    with place(tmp_path) as there:
        stack = new_stack(environment="sandbox", endpointUrl=there.url).program(FOUR)
        stack.env |= {"AWS_PROFILE": "nobody", "AWS_CONFIG_FILE": "/nowhere/at/all"}
        told = stack.preview().ok().text
        assert "AWS_PROFILE: the profile nobody" in told
        assert "AWS_CONFIG_FILE: names a file that is not there" in told
        refused = stack.up().refused().text
        assert "AWS_PROFILE: the profile nobody" in refused
        assert "[MT607]" in refused
        assert counted(there.marketplace) == {}
