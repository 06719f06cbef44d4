"""`pulumi-mturk doctor`: what a report of a bug needs, and nothing that tells whose machine it is."""

import hashlib
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from pulumi_mturk import __version__, cli
from pulumi_mturk.cli import doctor
from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.provider.configuration import Configuration

CANARY = "canary7f3"
SECRETS = {
    "AWS_ACCESS_KEY_ID": f"AKIA{CANARY}",
    "AWS_SECRET_ACCESS_KEY": f"{CANARY}secret",
    "AWS_PROFILE": f"{CANARY}-profile",
    "HTTPS_PROXY": f"http://{CANARY}:{CANARY}@127.0.0.1:9",
    "PULUMI_ACCESS_TOKEN": f"pul-{CANARY}",
    "PULUMI_CONFIG_PASSPHRASE": CANARY,
    "USER": CANARY,
    "LOGNAME": CANARY,
}
Doctor = Callable[[], dict[str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a user whose every name is the canary, and who is in its folder."""
    home = tmp_path / CANARY
    folder = home / "studies" / CANARY
    folder.mkdir(parents=True)
    (folder / "Pulumi.yaml").write_text(f"name: {CANARY}\nruntime: python\ndescription: {CANARY}\n")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", str(home))
    for name in ("PULUMI_STACK", "PULUMI_HOME", "PULUMI_BACKEND_URL", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Doctor:
    """What the command says, by the names of its lines."""

    def run() -> dict[str, str]:
        assert cli.main(["doctor"]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        assert CANARY not in printed.out.lower()
        lines = [line for line in printed.out.splitlines() if line.startswith("  ")]
        return {found[1]: found[2] for line in lines if (found := re.fullmatch(r"  (\S.*?) {2,}(\S.*)", line))}

    return run


def configure(folder: Path, stack: str = f"{CANARY}-prod", **values: object) -> None:
    settings = {f"mturk:{key}": value for key, value in values.items()}
    (folder / f"Pulumi.{stack}.yaml").write_text(yaml.safe_dump({"config": settings}))


def test_versions_are_those_that_are_installed(project: Path, report: Doctor) -> None:
    found = report()
    assert found["pulumi-mturk"].startswith(f"{__version__}, ")
    assert found["Python"].startswith(f"{sys.version_info.major}.{sys.version_info.minor}.")
    assert {"system", "pulumi", "boto3", "pydantic"} <= found.keys()


def test_without_a_project_or_a_cli_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: Doctor) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = report()
    assert found["project"] == "none in this folder or above it"
    assert found["command"] == "not on PATH"


def test_nothing_that_tells_who_somebody_is_gets_into_it(
    project: Path, report: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    configure(
        project,
        environment="production",
        endpointUrl=f"http://{CANARY}.invalid:8443/{CANARY}",
        profile=f"{CANARY}-profile",
        localDatabase=f"/home/{CANARY}/local.db",
        formerEndpoints=[f"https://{CANARY}.example"],
        allowedAccountIds=["123456789012"],
        operationTimeoutSeconds=30,
        accept=[{"code": "MT204", "reason": f"{CANARY} said so", "resource": CANARY}],
        markTypes=False,
    )
    file = project / f"Pulumi.{CANARY}-prod.yaml"
    file.write_text(file.read_text() + f"  {CANARY}:token:\n    secure: v1:{CANARY}\n  {CANARY}:plain: {CANARY}\n")
    found = report()
    assert "123456789012" not in str(found)
    assert found["mturk:environment"] == "production"
    assert found["mturk:operationTimeoutSeconds"] == "30"
    assert found["mturk:accept"] == "1 (MT204)"
    assert found["mturk:allowedAccountIds"] == found["mturk:formerEndpoints"] == "1"
    assert found["mturk:markTypes"] == "false"
    assert {found[f"mturk:{key}"] for key in ("endpointUrl", "profile", "localDatabase")} == {"set"}
    assert found["endpoint"] == "another, by mturk:endpointUrl (production, http), not reached: its name is not known"
    assert found["AWS variables"].startswith("wrong: MT")
    assert "AWS_SECRET_ACCESS_KEY" in found["variables that are set"]


def test_a_wrong_configuration_is_told_by_its_codes(project: Path, report: Doctor) -> None:
    configure(project, environment=CANARY, endpointUrl=f"ftp://{CANARY}", **{f"{CANARY}Key": CANARY})
    found = report()
    assert found["configuration"].startswith("wrong: MT")
    assert "at mturk:environment" in found["configuration"]
    assert found["keys of no meaning"] == "1"
    assert found["mturk:environment"] == "set"
    assert "endpoint" not in found


def test_every_key_has_a_form_that_shows_no_text_of_the_user(project: Path) -> None:
    for name, info in Configuration.model_fields.items():
        for value in (CANARY, (CANARY,), [CANARY], {CANARY: CANARY}):
            if (name, value) != ("environment", CANARY) and (name, type(value)) != ("accept", tuple):
                assert CANARY not in doctor._shown(name, value), info


def test_an_encrypted_value_is_said_to_be_one(project: Path, report: Doctor) -> None:
    encrypted = {"secure": f"v1:{CANARY}"}
    configure(project, profile=encrypted, accept=[{"code": "MT204", "reason": encrypted}])
    found = report()
    assert found["mturk:profile"] == found["mturk:accept"] == "encrypted"
    assert found["endpoint"] == "not asked: an encrypted value may say where it is"


@pytest.mark.parametrize("text", ["- a list\n", "config: [1]\n", "", "{", "a: b: c\n"])
def test_a_file_of_another_form_is_no_traceback(project: Path, report: Doctor, text: str) -> None:
    (project / "Pulumi.dev.yaml").write_text(text)
    assert "project" in report()


def select(project: Path, workspace: object) -> None:
    """As `pulumi stack select` keeps it, in a file of this content."""
    place = hashlib.sha1(str(project / "Pulumi.yaml").encode()).hexdigest()  # noqa: S324 - Pulumi's
    workspaces = Path(os.environ["HOME"]) / ".pulumi" / "workspaces"
    workspaces.mkdir(parents=True, exist_ok=True)
    (workspaces / f"{CANARY}-{place}-workspace.json").write_text(json.dumps(workspace))


def test_the_configuration_is_that_of_the_selected_stack(
    project: Path, report: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(project, "dev", operationTimeoutSeconds=1)
    assert report()["selected stack"] == "by the only file; 1 with a file of configuration"
    configure(project, "prod", operationTimeoutSeconds=2)
    assert report()["selected stack"].startswith("none: ")
    select(project, {"stack": f"{CANARY}/study/prod"})
    assert report()["mturk:operationTimeoutSeconds"] == "2"
    monkeypatch.setenv("PULUMI_STACK", "dev")
    assert report()["mturk:operationTimeoutSeconds"] == "1"


FILE, S3 = "file://~", "s3://lab-state"


@pytest.mark.parametrize(
    ("workspace", "variable", "stack"),
    [
        ({"stack": "dev"}, None, "dev"),
        ({"stacks": {FILE: "organization/memory/dev"}}, None, "dev"),
        ({"stacks": {FILE: "organization/memory/dev"}}, FILE, "dev"),
        ({"stacks": {FILE: "organization/memory/dev"}, "stack": "prod"}, None, "dev"),
        ({"stacks": {FILE: "organization/memory/dev"}, "stack": "prod"}, S3, "prod"),
        ({"stacks": {FILE: "organization/memory/dev", S3: "organization/memory/prod"}}, S3, "prod"),
        ({"stacks": {FILE: "organization/memory/dev", S3: "organization/memory/dev"}}, None, "dev"),
        ({"stacks": {FILE: "organization/memory/dev", S3: "organization/memory/prod"}}, None, None),
        ({"stacks": {FILE: "organization/memory/dev"}}, S3, None),
        ({"stacks": ["dev"], "stack": None}, None, None),
        (["dev"], None, None),
    ],
)
def test_the_selected_stack_is_read_in_either_form_of_the_file(
    project: Path,
    report: Doctor,
    monkeypatch: pytest.MonkeyPatch,
    workspace: object,
    variable: str | None,
    stack: str | None,
) -> None:
    seconds = {"dev": "1", "prod": "2"}
    for name, value in seconds.items():
        configure(project, name, operationTimeoutSeconds=int(value))
    select(project, workspace)
    if variable is not None:
        monkeypatch.setenv("PULUMI_BACKEND_URL", variable)
    found = report()
    assert found.get("mturk:operationTimeoutSeconds") == (None if stack is None else seconds[stack])
    assert found["selected stack"].startswith("none: " if stack is None else "by pulumi stack select; ")


def test_a_backend_of_the_projects_own_says_which_selection_counts(project: Path, report: Doctor) -> None:
    with (project / "Pulumi.yaml").open("a") as file:
        file.write(f"backend: {{url: {S3!r}}}\n")
    configure(project, "dev", operationTimeoutSeconds=1)
    configure(project, "prod", operationTimeoutSeconds=2)
    select(project, {"stacks": {FILE: "organization/memory/dev", S3: "organization/memory/prod"}})
    assert report()["mturk:operationTimeoutSeconds"] == "2"


def test_the_projects_own_configuration_counts_below_the_stacks(project: Path, report: Doctor) -> None:
    with (project / "Pulumi.yaml").open("a") as file:
        file.write("config:\n  mturk:markTypes: true\n  mturk:operationTimeoutSeconds: {type: integer, default: 7}\n")
    configure(project, markTypes="false")
    found = report()
    assert (found["mturk:markTypes"], found["mturk:operationTimeoutSeconds"]) == ("false", "7")


def test_the_embedded_marketplace_is_looked_at_and_left_as_it_is(project: Path, report: Doctor) -> None:
    assert report()["endpoint"].endswith("it has no file yet, which the first preview makes")
    assert not (project / ".mturk").exists()
    database = project / ".mturk" / "local.db"
    with Marketplace.open(database):
        pass
    before = database.read_bytes()
    assert "its file has version" in report()["endpoint"]
    assert database.read_bytes() == before
    database.write_text("a text")
    assert report()["endpoint"].endswith("its file is no marketplace's database")


def test_a_server_is_reached_and_a_closed_port_is_not(project: Path, report: Doctor, tmp_path: Path) -> None:
    with Marketplace.open(tmp_path / "served.db") as marketplace:
        with Server(marketplace) as server:
            configure(project, endpointUrl=server.url)
            assert report()["endpoint"].startswith("another, by mturk:endpointUrl (local, http), reached: it answers ")
        assert report()["endpoint"].endswith("not reached: the connection is refused")


@pytest.mark.parametrize(
    ("place", "origin"),
    [
        (f"home/{CANARY}/.pulumi/bin", "Pulumi's installer"),
        (f"Users/{CANARY}/homebrew/bin", "Homebrew"),
        (f"work/{CANARY}/tools/pulumi/bin", "this project's tools"),
        (f"work/{CANARY}/bin", "another folder on PATH"),
    ],
)
def test_where_the_cli_is_from(
    project: Path, report: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, origin: str
) -> None:
    folder = tmp_path / place
    folder.mkdir(parents=True, exist_ok=True)
    fake = folder / "pulumi"
    fake.write_text(f"#!/bin/sh\necho v3.259.0-{CANARY}\n")
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))
    assert report()["command"] == f"3.259.0, from {origin}"


def test_it_is_a_command_with_help() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pulumi_mturk.cli", "doctor", "--help"], capture_output=True, text=True, check=True
    )
    assert "report of a bug" in done.stdout
