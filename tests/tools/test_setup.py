"""How the Pulumi CLI is found or made, with stand-ins for every program on PATH."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

GET = Path(__file__).parents[2] / "tools" / "pulumi" / "get.py"


class Machine:
    """A PATH of our own, and a folder for the CLI: nothing of the real machine shows."""

    def __init__(self, root: Path) -> None:
        self.path = root / "on-path"
        self.path.mkdir()
        self.bin = root / "bin"

    def program(self, name: str, script: str, folder: Path | None = None) -> None:
        """A program on PATH that runs a shell script."""
        file = (folder or self.path) / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)

    def pulumi(self, version: str, *, language_host: bool = True) -> None:
        """A Pulumi CLI on PATH."""
        self.program("pulumi", f"echo '{version}'")
        if language_host:
            self.program("pulumi-language-python", "exit 0")

    def go(self, version: str) -> None:
        """A Go on PATH that notes its builds and builds programs that do nothing."""
        self.program(
            "go",
            f"""
            if [ "$1" = env ]; then echo {version}; exit; fi
            pwd >> {self.path}/builds
            while [ "$1" != -o ]; do shift; done
            echo '#!/bin/sh' > "$2"
            """,
        )

    def builds(self) -> int:
        """How many programs Go has built."""
        notes = self.path / "builds"
        return len(notes.read_text().splitlines()) if notes.exists() else 0

    def get(self, what: str) -> subprocess.CompletedProcess[str]:
        """Run get.py here, with an installer that can't be reached."""
        nowhere = "http://127.0.0.1:9"
        return subprocess.run(
            [sys.executable, str(GET), what],
            env={"PATH": str(self.path), "PULUMI_BIN": str(self.bin), "https_proxy": nowhere, "HOME": str(self.path)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("version", ["v3.216.0", "3.259.0", "v3.300.1-alpha.5"])
def test_an_accepted_cli_on_path_is_used_and_nothing_is_made(machine: Machine, version: str) -> None:
    machine.pulumi(version)

    result = machine.get("setup")

    assert (result.returncode, result.stdout.strip(), result.stderr) == (0, str(machine.path), "")
    assert not machine.bin.exists()


@pytest.mark.parametrize(
    ("version", "verdict"),
    [
        ("v3.215.9", "too old"),
        ("v2.300.0", "too old"),
        ("v4.0.0", "too new"),
        ("", "does not tell its version"),
    ],
)
@pytest.mark.parametrize("what", ["find", "setup"])
def test_an_unacceptable_cli_on_path_is_refused_in_one_sentence(
    machine: Machine, version: str, verdict: str, what: str
) -> None:
    machine.pulumi(version)
    machine.go("go1.26.0")

    result = machine.get(what)

    assert (result.returncode, result.stdout) == (1, "")
    assert str(machine.path / "pulumi") in result.stderr
    assert verdict in result.stderr
    assert "install 3.216 or newer, below 4" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert machine.builds() == 0


def test_a_cli_without_its_python_language_host_is_refused(machine: Machine) -> None:
    machine.pulumi("v3.259.0", language_host=False)

    result = machine.get("setup")

    assert result.returncode == 1
    assert "has no pulumi-language-python beside it" in result.stderr


def test_without_a_cli_and_without_go_the_last_line_says_what_to_install_within_seconds(machine: Machine) -> None:
    begin = time.monotonic()

    result = machine.get("setup")

    assert result.returncode == 1
    assert time.monotonic() - begin < 30
    assert "no Go to build it with: install Pulumi 3.216 or newer" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.stderr


def test_a_go_that_is_too_old_is_named_with_the_version_that_is_needed(machine: Machine) -> None:
    machine.go("go1.19.8")

    result = machine.get("setup")

    assert result.returncode == 1
    assert "go1.19.8, too old to build it" in result.stderr
    assert "Go 1.26 or newer" in result.stderr
    assert machine.builds() == 0


def test_a_build_is_made_once_and_found_from_then_on(machine: Machine) -> None:
    machine.go("go1.26.1")

    first, second, found = machine.get("setup"), machine.get("setup"), machine.get("find")

    assert [first.returncode, second.returncode, found.returncode] == [0, 0, 0], first.stderr
    assert {first.stdout, second.stdout, found.stdout} == {f"{machine.bin}\n"}
    assert second.stderr == ""
    assert machine.builds() == 3
    programs = {file.name for file in machine.bin.iterdir() if not file.name.startswith(".")}
    built = {"pulumi", "pulumi-language-python", "pulumi-language-yaml"}
    assert programs == {
        *built,
        "pulumi-language-python-exec",
        "pulumi-resource-pulumi-python",
    }
    assert all(os.access(machine.bin / name, os.X_OK) for name in programs - built)


def test_our_scripts_beside_a_build_are_renewed_without_building_again(machine: Machine) -> None:
    machine.go("go1.26.1")
    machine.get("setup")
    script = machine.bin / "pulumi-language-python-exec"
    script.write_text("an older one")

    machine.get("setup")

    assert script.read_bytes() == (GET.parent / script.name).read_bytes()
    assert machine.builds() == 3


def test_a_build_from_other_versions_is_not_used(machine: Machine) -> None:
    machine.go("go1.26.1")
    machine.get("setup")
    (machine.bin / ".made-by").write_text("build 0123456789abcdef\n")

    found, again = machine.get("find"), machine.get("setup")

    assert "run `make setup`" in found.stderr
    assert again.returncode == 0
    assert machine.builds() == 3 + 2  # what is pinned elsewhere stays


@pytest.mark.parametrize("lost", ["pulumi-language-yaml", ".yaml-host-made-by"])
def test_a_lost_language_host_for_yaml_is_built_alone_and_missed_by_nobody_else(machine: Machine, lost: str) -> None:
    machine.go("go1.26.1")
    machine.get("setup")
    (machine.bin / lost).unlink()

    found, again = machine.get("find"), machine.get("setup")

    assert (found.returncode, again.returncode) == (0, 0)
    assert machine.builds() == 3 + 1
    assert (machine.bin / lost).exists()


def test_a_failed_build_shows_the_end_of_gos_message_and_leaves_nothing_that_is_taken_for_a_cli(
    machine: Machine,
) -> None:
    machine.program("go", '[ "$1" != env ] || { echo go1.26.0; exit; }\necho module not found >&2\nexit 1')

    result = machine.get("setup")

    assert result.returncode == 1
    assert "could not be built from Go modules" in result.stderr
    assert "module not found" in result.stderr
    assert machine.get("find").returncode == 1
    assert {file.name for file in machine.bin.iterdir()} == {".lock"}


def test_our_own_folder_on_path_is_not_taken_for_somebody_elses_cli(machine: Machine) -> None:
    machine.program("pulumi", "echo v3.1.0", folder=machine.bin)
    machine.path = machine.bin

    result = machine.get("find")

    assert "There is no Pulumi CLI yet" in result.stderr
