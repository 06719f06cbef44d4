"""`pulumi-mturk adopt`: an account becomes a program that changes nothing of it, in memory; tests/cli runs it."""

import math
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk import cli
from pulumi_mturk.account import reading
from pulumi_mturk.account.names import Names, variable
from pulumi_mturk.eligibility.system_types import MASTERS_IN_PRODUCTION, MASTERS_IN_SANDBOX
from pulumi_mturk.marketplace import Fault, Marketplace, Server
from tests.support import pulumi_cli
from tests.support.adopted import imports, is_unchanged
from tests.support.core import Place, publish_of
from tests.support.imports import CANARIES, seeded
from tests.support.inputs import TEST, WORKER

Run = Callable[..., tuple[int, str, str]]
READING = {"Get", "List"}


@pytest.fixture
def command(place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    # on a busy machine any reading takes long enough to be told of
    monkeypatch.setattr("pulumi_mturk.provider.progress.EVERY_SECONDS", math.inf)

    def run(*arguments: str) -> tuple[int, str, str]:
        status = cli.main(["adopt", *arguments, "--local-database", place.configuration.local_database])
        return status, *capsys.readouterr()

    return run


def test_an_account_becomes_a_program_that_changes_nothing(place: Place, command: Run, tmp_path: Path) -> None:
    ids = seeded(place.client)
    place.calls()
    folder = tmp_path / "account"
    status, out, told = command(str(folder))
    assert (status, told) == (0, "")
    assert {call[: len("Get")] if call.startswith("Get") else call[: len("List")] for call in place.calls()} == READING
    is_unchanged(place, folder)
    found = [(one["type"].rpartition(":")[2], one["name"]) for one in imports(folder)]
    assert [token for token, _ in found] == [
        *["QualificationType"] * 7,
        *["QualificationRoster"] * 2,
        *["HITType"] * 3,
        *["WorkerBlock"] * 2,
    ]
    assert {name for _, name in found} == {
        *("careful-reader", "took-part", "lambda", "only-a-test", "on-request", "2-on-request", "nobody"),
        *("careful-reader-holders", "took-part-holders"),
        *("transcribe-a-receipt", "transcribe-a-receipt-2", "transcribe"),
        *("block-1", "block-2"),
    }
    assert all(type_id in out for type_id in ids.values())


def test_what_is_easily_read_as_something_else_changes_nothing_either(
    place: Place, command: Run, tmp_path: Path
) -> None:
    for number, reason in enumerate(("Fraud.\rTwice.", '\r\n"', " ,\n", "=1+1")):
        place.client.create_worker_block(f"A1EXAMPLE{number}", reason)
    rules: list[dict[str, Any]] = [
        {"qualification_type_id": type_id, "comparator": "Exists"}
        for type_id in (MASTERS_IN_SANDBOX, MASTERS_IN_PRODUCTION)
    ]
    plain: dict[str, Any] = {"description": "Type.", "reward": "0.1", "assignment_duration_in_seconds": 60}
    publish_of(place.client, place.client.create_hit_type(title="Read", **plain, qualification_requirements=rules))
    assert command(str(tmp_path / "account"))[0] == 0
    is_unchanged(place, tmp_path / "account")
    assert len(imports(tmp_path / "account")) == 5


def test_a_workers_id_in_a_text_for_all_is_warned_of_and_not_repeated(
    place: Place, command: Run, tmp_path: Path
) -> None:
    kinds = {"named": "Of A1EXAMPLENAMED.", "plain": "Of nobody."}
    for name, description in kinds.items():
        place.client.create_qualification_type(name=name, description=description, qualification_type_status="Active")
    place.client.create_worker_block("A1EXAMPLEBLOCKED", "A1EXAMPLEBLOCKED asked for it.")
    status, out, told = command(str(tmp_path / "account"))
    assert status == 0
    assert "A1EXAMPLE" not in out + told
    assert re.findall(r"warning: QualificationType (\S+): .* its (\S+)\.", told) == [("named", "description")]
    program = (tmp_path / "account" / "__main__.py").read_text(encoding="utf-8")
    assert re.findall(r"seems to stand in (.*?):", program) == ["description"]


def test_people_are_numbers_and_their_files_are_for_their_owner_alone(
    place: Place, command: Run, tmp_path: Path
) -> None:
    seeded(place.client)
    _, out, told = command(str(tmp_path / "account"))
    assert not [worker for worker in CANARIES if worker in out + told]
    private = {
        "private/blocks.csv",
        "private/careful-reader-holders.csv",
        "private/lambda.key.xml",
        "private/took-part-holders.csv",
    }
    files = {
        str(file.relative_to(tmp_path / "account")): file
        for file in (tmp_path / "account").rglob("*")
        if file.is_file()
    }
    assert {name for name, file in files.items() if file.stat().st_mode & 0o077 == 0} == {
        *private,
        ".mturk/handles.json",
    }
    for name, file in files.items():
        if name not in private | {".mturk/handles.json"}:
            assert not [worker for worker in CANARIES if worker in file.read_text()], name
    for folder in ("private", ".mturk"):
        assert (tmp_path / "account" / folder / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("name", ["__main__.py", "import.json", "private", "questions"])
def test_nothing_is_written_over(place: Place, command: Run, tmp_path: Path, name: str) -> None:
    seeded(place.client)
    place.calls()
    (tmp_path / "account" / name).mkdir(parents=True)
    status, out, told = command(str(tmp_path / "account"))
    assert (status, out, place.calls()) == (2, "", [])
    assert told == f"error: {tmp_path / 'account' / name} is there already; give another folder, or move it away\n"
    assert [file.name for file in (tmp_path / "account").iterdir()] == [name]


def test_a_folder_that_can_not_be_written_is_an_error(place: Place, command: Run, tmp_path: Path) -> None:
    seeded(place.client)
    (tmp_path / "file").write_text("no folder")
    place.calls()
    assert command(str(tmp_path / "file")) == (2, "", f"error: {tmp_path / 'file'} is no folder; give another one\n")
    assert place.calls() == []
    status, _, told = command(str(tmp_path / "file" / "account"))
    assert status == 2
    assert "account can not be written" in told


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        ("runtime: yaml", 2),
        ("runtime: {name: nodejs}", 2),
        ("runtime: python\nmain: infra/", 2),
        ("runtime: [", 2),
        ("runtime: python", 0),
        ("runtime: {name: python, options: {}}\nmain: .", 0),
    ],
)
def test_a_program_is_written_only_where_pulumi_runs_it(
    place: Place, command: Run, tmp_path: Path, project: str, expected: int
) -> None:
    seeded(place.client)
    (tmp_path / "Pulumi.yaml").write_text(f"name: study\n{project}\n")
    assert command(str(tmp_path), "--match", "nobody")[0] == expected
    assert (tmp_path / "__main__.py").exists() == (expected == 0)


def test_a_pattern_chooses_by_names_and_titles(place: Place, command: Run, tmp_path: Path) -> None:
    seeded(place.client)
    folder = tmp_path / "account"
    assert command(str(folder), "--match", "*RE*")[0] == 0
    assert {one["name"] for one in imports(folder)} == {
        "careful-reader",
        "careful-reader-holders",
        "on-request",
        "2-on-request",
        "transcribe-a-receipt",
        "transcribe-a-receipt-2",
    }
    # A type that is not among them is named by its id.
    is_unchanged(place, folder)
    status, out, _ = command(str(tmp_path / "other"), "--match", "[nothing")
    assert (status, "There is nothing to adopt" in out) == (0, True)
    assert not (tmp_path / "other").exists()


def test_the_project_file_means_the_same_place(place: Place, command: Run, tmp_path: Path) -> None:
    new_type(place, "Careful reader")
    command(str(tmp_path / "deep" / "account"))
    text = (tmp_path / "deep" / "account" / "Pulumi.yaml").read_text()
    assert text == (
        'name: "account"\nruntime: python\nconfig:\n  mturk:localDatabase:\n    value: "../../market.db"\n'
        '  mturk:plugin:\n    value: "true"\n'
    )
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "Pulumi.yaml").write_text("name: mine\nruntime: python\n")
    _, out, _ = command(str(tmp_path / "mine"))
    assert (tmp_path / "mine" / "Pulumi.yaml").read_text() == "name: mine\nruntime: python\n"
    assert "  pulumi config set mturk:localDatabase ../market.db\n" in out
    assert "  pulumi config set mturk:plugin true\n" in out
    steps = [shlex.split(line, comments=True) for line in out.partition("Next, there:\n")[2].splitlines()]
    assert steps[0] == ["pulumi-mturk", "plugin", "install"]
    assert steps[-1] == ["pulumi", "preview"]


def test_each_step_that_is_printed_can_be_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "my market's" / "market.db"
    with Marketplace.open(database) as marketplace:
        pulumi_cli.new_type(marketplace, "Careful reader")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "Pulumi.yaml").write_text("name: mine\nruntime: python\n")
    assert cli.main(["adopt", str(tmp_path / "mine"), "--local-database", str(database)]) == 0
    steps = map(shlex.split, capsys.readouterr().out.partition("Next, there:\n")[2].splitlines())
    assert ["pulumi", "config", "set", "mturk:localDatabase", "../my market's/market.db"] in list(steps)


def test_the_project_file_has_the_address_of_a_server(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    new_type(place, "Careful reader")
    with Server(place.marketplace) as server:
        status = cli.main(["adopt", str(tmp_path / "account"), "--environment", "sandbox", "--endpoint", server.url])
        assert (status, capsys.readouterr().err) == (0, "")
        text = (tmp_path / "account" / "Pulumi.yaml").read_text()
    assert text.splitlines()[2:] == [
        "config:",
        "  mturk:environment:",
        '    value: "sandbox"',
        "  mturk:endpointUrl:",
        f'    value: "{server.url}"',
        "  mturk:plugin:",
        '    value: "true"',
    ]


def test_what_a_program_can_not_have_is_left_out_with_the_reason(place: Place, command: Run, tmp_path: Path) -> None:
    new_type(place, "Careful reader")
    place.client.create_worker_block(WORKER, " ")  # a reason that can't be seen
    folder = tmp_path / "account"
    status, _, told = command(str(folder))
    assert status == 0
    assert re.fullmatch(r"left out: WorkerBlock block-1: reason: .*\[MT\d{3}\]\n", told)
    assert [one["name"] for one in imports(folder)] == ["careful-reader"]


def test_a_test_that_our_checks_refuse_is_not_checked_by_the_program(
    place: Place, command: Run, tmp_path: Path
) -> None:
    broken = TEST.replace("<Text>Four</Text>", "<Text></Text>").replace(">b<", ">a<")
    new_type(place, "Odd", test=broken, test_duration_in_seconds=60)
    folder = tmp_path / "account"
    assert command(str(folder))[0] == 0
    assert "validate_questions=False" in (folder / "__main__.py").read_text()
    is_unchanged(place, folder)


def test_a_type_that_a_stack_has_made_is_told(place: Place, command: Run, tmp_path: Path) -> None:
    place.made("QualificationType", {"description": "Took part."}, "mine")
    command(str(tmp_path / "account"))
    assert "# A stack has made it." in (tmp_path / "account" / "__main__.py").read_text()
    is_unchanged(place, tmp_path / "account")


def test_a_listing_that_fails_writes_nothing(place: Place, command: Run, tmp_path: Path) -> None:
    seeded(place.client)
    place.marketplace.inject(Fault("access_denied", operation="ListHITs"))
    status, out, told = command(str(tmp_path / "account"))
    assert (status, out) == (2, "")
    assert told.startswith("error: ListHITs: ")
    assert not (tmp_path / "account").exists()


def test_what_takes_long_is_told_while_it_lasts(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pulumi_mturk.provider.progress.EVERY_SECONDS", 0.0)
    seeded(place.client)
    told: list[str] = []
    reading.read(place.provider, None, told.append)
    for what in ("types read", "lists read", "HIT types read", "blocks read"):
        assert any(re.match(rf"\d+ of \d+ {what}", line) for line in told), what


def new_type(place: Place, name: str, **values: Any) -> str:
    return place.client.create_qualification_type(
        **{"name": name, "description": "Took part.", "qualification_type_status": "Active"} | values
    ).qualification_type_id


# Names


def test_names_differ_and_hold_no_worker() -> None:
    names = Names()
    texts = [
        "Careful reader",
        "careful  READER!",
        "\u65e5\u672c",
        "Straße Été",
        f"For {WORKER}",
        "x" * 60,
        "-",
        "careful reader 2",
    ]
    found = [names.new(text, "type") for text in texts]
    assert found == [
        "careful-reader",
        "careful-reader-2",
        "type",
        "strae-ete",
        "for-worker",
        "x" * 40,
        "type-2",
        "careful-reader-2-2",
    ]


@pytest.mark.parametrize(
    ("name", "expected"), [("lambda", "lambda_"), ("2-a", "_2_a"), ("csv", "csv_"), ("a-b", "a_b")]
)
def test_a_variable_is_a_name_of_pythons(name: str, expected: str) -> None:
    assert variable(name) == expected
    assert expected.isidentifier()
