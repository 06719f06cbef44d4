"""What is published: an sdist that a packager can build from, and a wheel that works without this checkout."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import urllib.request
import venv
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path
from urllib.parse import urljoin

import boto3
import pytest
from botocore.config import Config

from tests.cli.test_state import CLASSES, PROVIDERS

ROOT = Path(__file__).parents[2]
WEB = Path("pulumi_mturk/marketplace/web")
CROWD = Path("pulumi_mturk/marketplace/simulation/crowd.toml")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

# What a work tree gathers, and no sdist may hold.
LITTER = (
    ".env",
    ".mturk/local.db",
    ".venv/bin/python",
    "build/lib/pulumi_mturk/__init__.py",
    "dist/pulumi_mturk-0.0.1.tar.gz",
    "examples/minimal/.mturk/local.db",
    "notes.txt",
    "pulumi_mturk.egg-info/PKG-INFO",
    "pulumi_mturk/__pycache__/errors.cpython-311.pyc",
    "tests/clients/js/node_modules/a/index.js",
    "tests/marketplace/web/js/node_modules/a/index.js",
    "tests/unit/.hypothesis/examples/0",
    "tools/pulumi/bin/pulumi",
)

IMPORTS = """
import base64, importlib, json, pickle, pkgutil, sys
import pulumi_mturk

for module in pkgutil.walk_packages(pulumi_mturk.__path__, "pulumi_mturk."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(json.dumps({
    "file": pulumi_mturk.__file__,
    "version": pulumi_mturk.__version__,
    "public": [name for name in pulumi_mturk.__all__ if getattr(pulumi_mturk, name) is not None],
    "pickled": [type(pickle.loads(base64.b64decode(provider))).__name__ for provider in sys.argv[1:]],
}))
"""

EMBEDDED = """
import sys
import boto3
from pulumi_mturk.provider.embedded import Embedded

place = Embedded(sys.argv[1])
place.database_id(create=True)
client = boto3.client("mturk", "us-east-1", aws_access_key_id="example", aws_secret_access_key="example")
place.attach(client)
made = client.create_qualification_type(Name="Careful", Description="Reads on.", QualificationTypeStatus="Active")
print(made["QualificationType"]["QualificationTypeId"])
"""


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command prints, with nothing of the caller's Python or AWS in its environment."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "PYTHON", "PULUMI_")) and name != "VIRTUAL_ENV"
    }
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(checkout: Path, into: Path, *what: str) -> None:
    run(sys.executable, "-m", "build", "--no-isolation", *what, "--outdir", into, checkout)


def fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - of our own server
        text: str = answer.read().decode()
    return text


def files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*")}


class Environment:
    """A new virtual environment, in which pip of ours installs. pip is not in it."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, symlinks=True)
        self.bin = folder / "bin"
        self.python = self.bin / "python"
        self.site_packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))

    def install(self, *what: str | Path) -> None:
        run(sys.executable, "-m", "pip", "--python", self.python, "install", "--quiet", *what)

    def borrow_locked(self) -> None:
        """Let it see the locked versions of all else: a line in a `.pth` file, and nothing editable comes with it."""
        (self.site_packages / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    build(ROOT, folder)
    return folder


@pytest.fixture(scope="session")
def sdist(dist: Path) -> Path:
    (found,) = dist.glob("*.tar.gz")
    return found


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture
def checkout(sdist: Path, tmp_path: Path) -> Path:
    """The sdist, unpacked."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / sdist.name.removesuffix(".tar.gz")


# The whole, with its dependencies from the index, takes a minute.
@pytest.fixture(scope="session", params=["over locked", pytest.param("whole", marks=pytest.mark.slow)])
def installed(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment with the wheel, and nothing of this checkout."""
    environment = Environment(tmp_path_factory.mktemp("installed") / "venv")
    if request.param == "whole":
        # With pip, as those of users: Pulumi asks it for the packages that bring plugins.
        environment.install("--constraint", ROOT / "constraints.txt", wheel, "pytest", "pip")
    else:
        environment.install("--no-deps", "--no-index", wheel)
        environment.borrow_locked()
    return environment


@pytest.fixture
def served(installed: Environment, tmp_path: Path) -> Iterator[str]:
    """The address of a marketplace that the installed command serves."""
    command = [str(installed.bin / "pulumi-mturk"), "marketplace", "--database", "served.db", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
        process.terminate()


def test_an_index_would_take_it(sdist: Path, wheel: Path) -> None:
    run(sys.executable, "-m", "twine", "check", "--strict", sdist, wheel)


def test_the_metadata_says_under_which_licence_it_comes_and_from_whom(installed: Environment) -> None:
    (folder,) = installed.site_packages.glob("pulumi_mturk-*.dist-info")
    about = message_from_string((folder / "METADATA").read_text())
    assert about["License-Expression"] == "Apache-2.0"
    assert (folder / "licenses" / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert about["Author"] == PROJECT["authors"][0]["name"]
    assert {"Homepage", "Source", "Changelog", "Issues"} == {
        url.partition(",")[0] for url in about.get_all("Project-URL", [])
    }


def test_the_schema_is_in_the_package(installed: Environment, tmp_path: Path) -> None:
    code = "from pulumi_mturk.common.shipped import shipped; print(shipped('schema.json'))"
    found = Path(run(installed.bin / "python", "-P", "-c", code, cwd=tmp_path).strip())
    assert installed.site_packages in found.parents
    assert found.read_bytes() == (ROOT / "schema.json").read_bytes()


def test_the_sdist_holds_all_that_is_in_the_repository(checkout: Path) -> None:
    kept = {name for name in files(checkout) if (checkout / name).is_file()}
    if (ROOT / ".git").exists():
        listed = run("git", "ls-files", "--cached", cwd=ROOT).splitlines()
        assert {name for name in listed if (ROOT / name).is_file()} <= kept
    assert {"LICENSE", "CHANGELOG.md", "Makefile", "constraints.txt", "tools/venv", "schema.json"} <= kept
    assert {"docs", "examples", "tests", "tools"} <= {name.partition("/")[0] for name in kept}
    assert os.access(checkout / "tools" / "venv", os.X_OK)


def test_the_sdist_holds_nothing_that_a_work_tree_gathers(checkout: Path, sdist: Path, tmp_path: Path) -> None:
    for name in LITTER:
        file = checkout / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    build(checkout, tmp_path / "again", "--sdist")
    with tarfile.open(sdist) as clean, tarfile.open(tmp_path / "again" / sdist.name) as littered:
        assert sorted(littered.getnames()) == sorted(clean.getnames())


@pytest.mark.parametrize("how", [(), pytest.param(("--editable",), marks=pytest.mark.slow)])
def test_an_installation_leaves_the_tree_as_it_was(checkout: Path, tmp_path: Path, how: tuple[str, ...]) -> None:
    environment = Environment(tmp_path / "venv")
    environment.borrow_locked()  # the build backend
    before = files(checkout)
    environment.install("--no-deps", "--no-index", "--no-build-isolation", *how, checkout)
    assert files(checkout) == before
    assert list(environment.site_packages.glob("pulumi_mturk-*.dist-info"))


def test_all_modules_are_there_and_old_stacks_find_their_classes(installed: Environment, tmp_path: Path) -> None:
    found = json.loads(run(installed.python, "-c", IMPORTS, *PROVIDERS.values(), cwd=tmp_path))
    assert Path(found["file"]).is_relative_to(installed.site_packages)
    assert found["version"] == PROJECT["version"]
    assert {"QualificationType", "HITType", "WorkerExclusion", "eligibility"} <= set(found["public"])
    assert found["pickled"] == list(CLASSES.values())


def test_what_is_no_code_is_there_too(installed: Environment) -> None:
    package = "pulumi_mturk"
    data = {
        name
        for name in files(ROOT / package)
        if (ROOT / package / name).is_file() and not name.endswith((".py", ".pyc"))
    }
    assert {"py.typed", "pulumi-plugin.json"} <= data
    assert {Path(name).suffix for name in data} >= {".html", ".css", ".toml"}
    for name in data:
        assert (installed.site_packages / package / name).read_bytes() == (ROOT / package / name).read_bytes()


def test_the_embedded_marketplace_answers_boto3(installed: Environment, tmp_path: Path) -> None:
    assert run(installed.python, "-c", EMBEDDED, tmp_path / "local.db", cwd=tmp_path).startswith("LOCAL")


def test_pytest_finds_the_fixtures(installed: Environment, tmp_path: Path) -> None:
    (tmp_path / "test_study.py").write_text("def test(mturk_client, mturk_worker):\n    mturk_client.list_hits()\n")
    assert "1 passed" in run(installed.python, "-m", "pytest", "-q", "-W", "error", cwd=tmp_path)


def test_the_command_says_what_it_can_do(installed: Environment) -> None:
    shown = run(installed.bin / "pulumi-mturk", "--help")
    assert shown.strip().startswith("Usage: pulumi-mturk")
    assert "marketplace" in shown
    assert f"{PROJECT['version']}, from a file" in run(installed.bin / "pulumi-mturk", "doctor")
    assert run(installed.bin / "pulumi-mturk", "crowd", "--show-make-up").strip() == (ROOT / CROWD).read_text().strip()


def test_the_command_makes_a_project_of_a_template(installed: Environment, tmp_path: Path) -> None:
    run(installed.bin / "pulumi-mturk", "new", "study", "memory", cwd=tmp_path)
    template = ROOT / "templates" / "study"
    assert (template / ".github" / "workflows" / "stack.yaml").is_file()
    for name in files(template) - {"Pulumi.yaml"}:
        if (template / name).is_file() and "__pycache__" not in name:
            assert (tmp_path / "memory" / name).read_bytes() == (template / name).read_bytes(), name


@pytest.mark.slow
@pytest.mark.cli
def test_a_run_asks_for_the_plugin_only_where_it_is_to_go_through_it(installed: Environment, tmp_path: Path) -> None:
    """Pulumi looks through the packages of a program for plugins, and would try to download what it lacks."""
    cli = run(sys.executable, ROOT / "tools" / "pulumi" / "get.py", "find").strip()
    (tmp_path / "state").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: study\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(
        "import pulumi_mturk as mturk\nmturk.QualificationType('a', name='a', description='b')\n"
    )
    settings = {
        "PATH": os.pathsep.join((str(installed.bin), cli, os.environ["PATH"])),
        "PULUMI_HOME": str(tmp_path / "home"),
        "PULUMI_BACKEND_URL": f"file://{tmp_path / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }
    assigned = [f"{name}={value}" for name, value in settings.items()]

    def pulumi(*arguments: str) -> str:
        return run(
            "env", *assigned, "sh", "-c", 'pulumi "$@" 2>&1', "sh", *arguments, "--non-interactive", cwd=tmp_path
        )

    pulumi("stack", "init", "test")
    alone = pulumi("preview", "--diff")
    assert "pulumi-python:dynamic" in alone
    assert "plugin" not in alone.lower()
    run("env", *assigned, installed.bin / "pulumi-mturk", "plugin", "install")
    assert pulumi("preview", "--diff") == alone
    pulumi("config", "set", "mturk:plugin", "true")
    through_it = pulumi("preview", "--diff")
    assert "mturk:index:QualificationType" in through_it
    assert "warning" not in through_it.lower()


def test_the_command_serves_the_api_and_the_workers_pages(served: str) -> None:
    client = boto3.client(
        "mturk",
        "us-east-1",
        endpoint_url=served,
        aws_access_key_id="example",
        aws_secret_access_key="example",  # noqa: S106 - a marketplace takes any
        config=Config(retries={"total_max_attempts": 1}),
    )
    assert client.get_account_balance()["AvailableBalance"]
    client.close()
    page = fetched(served + "/worker")
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', page)
    assert fetched(urljoin(served, style)) == (ROOT / WEB / "static" / "site.css").read_text()


def test_the_package_itself_is_light() -> None:
    """The plugin process unpickles a class of it, and `__version__` is read by who asks for it."""
    heavy = ("pulumi", "pydantic", "boto3", "lxml", "importlib.metadata")
    program = f"import sys, pulumi_mturk; print(*[name for name in {heavy} if name in sys.modules])"
    assert run(sys.executable, "-I", "-c", program).split() == []
