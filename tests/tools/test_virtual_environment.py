"""`tools/venv` on small checkouts, with real virtual environments and pip, and no index."""

import os
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TOOL = Path(__file__).parents[2] / "tools" / "venv"
PYPROJECT = """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "pulumi-mturk"
version = "1.0"

[project.optional-dependencies]
dev = []

[tool.hatch.build.targets.wheel]
packages = ["pulumi_mturk"]
dev-mode-dirs = ["."]
"""


@dataclass
class Checkout:
    """A checkout whose package is of one empty file."""

    folder: Path
    venv: Path

    def make(self) -> "Checkout":
        (self.folder / "tools").mkdir(parents=True)
        shutil.copy(TOOL, self.folder / "tools")
        (self.folder / "pulumi_mturk").mkdir()
        (self.folder / "pulumi_mturk" / "__init__.py").touch()
        (self.folder / "pyproject.toml").write_text(PYPROJECT)
        (self.folder / "constraints.txt").touch()
        return self

    def set_up(self, group: str = "dev") -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "VENV": str(self.venv),
            # pip takes the build backend from our own environment: `false` says that it is not to be isolated.
            "PIP_NO_BUILD_ISOLATION": "false",
            "PIP_NO_INDEX": "true",
            "PYTHONPATH": sysconfig.get_path("purelib"),
        }
        return subprocess.run(
            [self.folder / "tools" / "venv", group], env=environment, capture_output=True, text=True, check=False
        )

    def imported(self, venv: Path | None = None) -> Path:
        """The folder of the package that the environment's programs import."""
        python = (venv or self.venv) / "bin" / "python"
        program = "import pulumi_mturk; print(pulumi_mturk.__path__[0])"
        done = subprocess.run([python, "-I", "-c", program], capture_output=True, text=True, check=True)
        return Path(done.stdout.strip()).resolve().parent


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout with its environment, for all tests: a refusal leaves it as it is."""
    folder = tmp_path_factory.mktemp("mine") / "checkout"
    checkout = Checkout(folder, folder / ".venv").make()
    done = checkout.set_up()
    assert done.returncode == 0, done.stderr
    return checkout


def copied(venv: Path, to: Path, *, gone: Path | None = None, scripts: bool = False) -> Path:
    """A copy of an environment; `gone` is where its checkout, and with `scripts` itself, was before it was moved."""
    shutil.copytree(venv, to, symlinks=True)
    files = list(to.glob("lib/*/site-packages/pulumi_mturk-*/direct_url.json")) + scripts * list(to.glob("bin/pip*"))
    if gone:
        for file in files:
            assert str(venv.parent) in file.read_text()
            file.write_text(file.read_text().replace(str(venv.parent), str(gone)))
    return to


def test_an_environment_is_made_once(mine: Checkout) -> None:
    assert mine.imported() == mine.folder
    again = mine.set_up()
    assert (again.returncode, again.stderr) == (0, "")


@pytest.mark.parametrize("group", ["dev", "bench"])
def test_that_of_another_checkout_is_refused_and_left_as_it_is(mine: Checkout, tmp_path: Path, group: str) -> None:
    refused = Checkout(tmp_path / "an other's", mine.venv).make().set_up(group)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"{mine.venv} belongs to the checkout in {mine.folder}" in refused.stderr
    assert "set VENV to another folder" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert mine.imported() == mine.folder
    assert mine.set_up().stderr == ""


def test_that_of_another_checkout_is_refused_for_the_oldest_versions_too(mine: Checkout, tmp_path: Path) -> None:
    oldest = copied(mine.venv, tmp_path / "venv-oldest")
    refused = Checkout(tmp_path / "other", tmp_path / "venv").make().set_up("oldest")
    assert refused.returncode == 1
    assert f"{oldest} belongs to the checkout in {mine.folder}" in refused.stderr


def test_a_copied_environment_is_still_the_originals(mine: Checkout, tmp_path: Path) -> None:
    copy = Checkout(tmp_path / "copy", tmp_path / "copy" / ".venv").make()
    copied(mine.venv, copy.venv)
    refused = copy.set_up()
    assert refused.returncode == 1
    assert "delete this one" in refused.stderr


def test_a_checkout_by_another_name_is_the_same(mine: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "by another name"
    link.symlink_to(mine.folder)
    done = Checkout(link, mine.venv).set_up()
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("scripts", [False, True], ids=["the checkout alone", "the environment with it"])
def test_what_was_moved_is_set_up_where_it_is_now(mine: Checkout, tmp_path: Path, scripts: bool) -> None:
    now = Checkout(tmp_path / "now", tmp_path / "now" / ".venv").make()
    copied(mine.venv, now.venv, gone=tmp_path / "gone", scripts=scripts)
    done = now.set_up()
    assert done.returncode == 0, done.stderr
    assert now.imported() == now.folder
    subprocess.run([now.venv / "bin" / "pip", "--version"], capture_output=True, check=True)
