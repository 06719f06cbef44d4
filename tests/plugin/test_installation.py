"""`pulumi-mturk plugin`: the launcher, and which plugin a project gets."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pulumi_mturk import cli
from pulumi_mturk.common.versions import package_version, semver
from pulumi_mturk.plugin import installation
from pulumi_mturk.plugin.installation import PLUGIN
from tests.support.pages import held_by


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, with a home of Pulumi's and a PATH of its own."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: study\nruntime: python\n")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PULUMI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("PULUMI_IGNORE_AMBIENT_PLUGINS", raising=False)
    return folder


def status(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    code = cli.main(["plugin", "status"])
    said = capsys.readouterr()
    return code, said.out + said.err


def launcher(folder: Path, python: str) -> Path:
    """A launcher of another environment."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / PLUGIN
    file.write_text(f'#!/bin/sh\nexec {python} -P -m {installation.MODULE} "$@"\n')
    file.chmod(0o755)
    return file


def other_python(folder: Path, version: str) -> Path:
    """An interpreter that has the package in some version."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "python"
    file.write_text(f"#!/bin/sh\necho {version}\n")
    file.chmod(0o755)
    return file


def test_what_is_installed_is_taken_and_starts_this_environment(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = status(capsys)
    assert code == 2
    assert "plugin install" in said
    assert cli.main(["plugin", "install"]) == 0
    written = Path(capsys.readouterr().out.strip())
    assert written == tmp_path / "home" / "plugins" / f"resource-mturk-v{package_version()}" / PLUGIN
    assert os.access(written, os.X_OK)
    assert status(capsys)[0] == 0
    # Again, over the one that is there, and nothing else is left beside it.
    assert cli.main(["plugin", "install"]) == 0
    assert [file.name for file in written.parent.iterdir()] == [PLUGIN]


def test_a_launcher_starts_the_plugin_and_not_what_lies_in_the_programs_folder(project: Path) -> None:
    (project / "json.py").write_text("raise SystemExit('shadowed')")
    (project / "pulumi_mturk").mkdir()
    (project / "pulumi_mturk" / "__init__.py").write_text("raise SystemExit('shadowed')")
    started = subprocess.Popen([installation.install()], stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout is not None
        assert started.stdout.readline().strip().isdigit()
    finally:
        started.kill()
        started.communicate()


def test_a_folder_of_the_project_stands_before_all_others(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (project / "Pulumi.yaml").write_text(
        json.dumps({"name": "study", "plugins": {"providers": [{"name": "mturk", "path": "./plugin"}]}})
    )
    cli.main(["plugin", "install"])
    code, said = status(capsys)
    assert code == 2
    assert "* Pulumi.yaml" in said
    assert "--folder" in said
    assert cli.main(["plugin", "install", "--folder", "plugin"]) == 0
    assert status(capsys)[0] == 0


def test_another_version_is_passed_over_and_another_environment_is_told(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins = tmp_path / "home" / "plugins"
    launcher(plugins / "resource-mturk-v9.9.9", str(other_python(tmp_path / "newer", "9.9.9")))
    code, said = status(capsys)
    assert code == 2
    assert "  plugin folder, version 9.9.9" in said
    launcher(plugins / f"resource-mturk-v{package_version()}", str(other_python(tmp_path / "other", "0.0.1")))
    code, said = status(capsys)
    assert code == 2
    assert f"* plugin folder, version {package_version()}" in said
    assert "0.0.1" in said
    launcher(plugins / f"resource-mturk-v{package_version()}", str(tmp_path / "gone" / "python"))
    code, said = status(capsys)
    assert code == 2
    assert "is gone" in said
    launcher(tmp_path / "bin", sys.executable)
    code, said = status(capsys)
    assert code == 0
    assert "* PATH" in said
    monkeypatch.setenv("PULUMI_IGNORE_AMBIENT_PLUGINS", "true")
    assert "PATH:" not in status(capsys)[1]


@pytest.mark.parametrize("runtime", ["yaml", "{name: yaml}"])
def test_a_program_in_yaml_gets_the_newest(
    runtime: str, tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "Pulumi.yaml").write_text(f"name: study\nruntime: {runtime}\n")
    plugins = tmp_path / "home" / "plugins"
    code, said = status(capsys)
    assert code == 2
    assert "none for programs in YAML" in said
    cli.main(["plugin", "install"])
    for version in ("0.0.9", f"{package_version().partition('-')[0]}-alpha"):
        launcher(plugins / f"resource-mturk-v{version}", str(tmp_path / "gone" / "python"))
    assert status(capsys)[0] == 0
    for version in ("99.9.0", "99.10.0", "99.10.0-rc.1"):
        launcher(plugins / f"resource-mturk-v{version}", str(other_python(tmp_path / version, version)))
    code, said = status(capsys)
    assert code == 2
    assert "* plugin folder, version 99.10.0:" in said
    assert "pulumi plugin rm resource mturk 99.10.0" in said
    # What Pulumi passes over is not taken, and a pre-release only where there is nothing else.
    (plugins / "resource-mturk-v99.10.0.partial").touch()
    launcher(plugins / "resource-mturk-vnext", str(tmp_path / "gone" / "python"))
    assert "* plugin folder, version 99.9.0:" in status(capsys)[1]
    launcher(plugins / "resource-mturk-v99.9.0+build.7", str(tmp_path / "gone" / "python"))
    assert "* plugin folder, version 99.9.0:" in status(capsys)[1]
    for folder in plugins.iterdir():
        if "-v" in folder.name and "-rc." not in folder.name:
            folder.with_name(f"{folder.name}.partial").touch()
    assert "* plugin folder, version 99.10.0-rc.1:" in status(capsys)[1]
    launcher(tmp_path / "bin", sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert status(capsys)[0] == 0


def test_what_can_not_be_used_is_told(tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "home" / "plugins" / f"resource-mturk-v{package_version()}"
    folder.mkdir(parents=True)
    assert "there is no" in status(capsys)[1]
    (folder / PLUGIN).write_bytes(b"\x7fELF\xff")
    assert "no launcher" in status(capsys)[1]
    launcher(folder, sys.executable).chmod(0o644)
    assert "executed" in status(capsys)[1]
    folder.with_name(f"{folder.name}.partial").touch()
    assert "broken off" in status(capsys)[1]
    cli.main(["plugin", "install"])
    assert status(capsys)[0] == 0
    (project / "Pulumi.yaml").write_text("name: [")
    assert status(capsys)[0] == 2


def test_the_commands_of_the_page_do_what_it_says(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    everywhere, beside, entry = [block.text for block in held_by(__file__, "plugin.md")]
    for command in (*everywhere.splitlines(), *beside.splitlines()):
        program, *arguments = shlex.split(command)
        assert program == "pulumi-mturk"
        assert cli.main(arguments) == 0
    with (project / "Pulumi.yaml").open("a") as file:
        file.write(entry)
    code, said = status(capsys)
    assert code == 0
    assert "* Pulumi.yaml" in said


def test_a_folder_that_can_not_be_written_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "home").write_text("a file")
    assert cli.main(["plugin", "install"]) == 2
    assert "can not be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("version", "semantic"),
    [
        ("0.1.0", "0.1.0"),
        ("0.2", "0.2.0"),
        ("1", "1.0.0"),
        ("0.2.0rc1", "0.2.0-rc1"),
        ("0.2.0.dev3+g12", "0.2.0-dev3.g12"),
    ],
)
def test_a_version_is_one_that_pulumi_takes(version: str, semantic: str) -> None:
    assert semver(version) == semantic
