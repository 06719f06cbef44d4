"""A stack in a temporary folder: the real Pulumi CLI, a `file://` backend, and a marketplace behind it."""

import filecmp
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pulumi_mturk.marketplace import Marketplace

ROOT = Path(__file__).parents[2]
# With it set, as some machines of developers have it, each process of each run compiles all modules anew.
_COMPILED = "PYTHONDONTWRITEBYTECODE"
NO_CHANGES = "--expect-no-changes"
# The calls of a run that makes one qualification type: a look for its name, and one for marks that are there already.
CREATED = Counter({"ListQualificationTypes": 2, "CreateQualificationType": 1})
# The same where there are others already: that listing has a last, empty page.
CREATED_BESIDE = CREATED + Counter({"ListQualificationTypes": 1})


@dataclass(frozen=True)
class Output:
    """What a command printed, and how it ended."""

    code: int
    text: str

    def ok(self) -> "Output":
        """The same, if the command succeeded."""
        assert self.code == 0, self.text
        return self

    def refused(self) -> "Output":
        """The same, if the command failed, and in words: no traceback."""
        assert self.code != 0, self.text
        assert "Traceback" not in self.text, self.text
        return self


def run(
    command: Sequence[str | Path],
    folder: Path,
    env: Mapping[str, str],
    *,
    stdin: str | None = None,
    timeout: float = 120,
) -> Output:
    """Run a command with nobody to answer its questions; what it says, errors among the rest, in order."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=env,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=timeout,
    )
    return Output(done.returncode, done.stdout)


class Running:
    """A command under way, in a process group of its own as a shell starts it."""

    def __init__(self, command: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
        self._log = folder / "output.txt"
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd=folder,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        """What it has printed so far."""
        return self._log.read_text()

    def wait_until(self, reached: Callable[[], bool]) -> "Running":
        """Wait for something that the command does."""
        end = time.monotonic() + 60
        while not reached():
            assert self.process.poll() is None, self._log.read_text()
            assert time.monotonic() < end, self._log.read_text()
            time.sleep(0.02)
        return self

    def interrupt(self) -> "Running":
        """Ctrl-C, as a terminal sends it."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self

    def kill(self) -> None:
        """`kill -9` of the CLI alone."""
        self.process.kill()
        self.process.wait()

    @property
    def text(self) -> str:
        """What it has printed so far."""
        return self._log.read_text()

    def ended(self) -> Output:
        """What it printed, once it has come to its end."""
        return Output(self.process.wait(timeout=60), self._log.read_text())


class Stack:
    """One stack of one project."""

    def __init__(self, folder: Path, home: Path, config: Mapping[str, str]) -> None:
        self.folder = folder
        # Seconds after which a command is given up.
        self.timeout = 120.0
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "state").mkdir()
        if not (folder / "Pulumi.yaml").exists():
            (folder / "Pulumi.yaml").write_text("name: study\nruntime: python\n")
        bin_folder = Path(sys.executable).parent
        self.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "PULUMI_", _COMPILED))},
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "PULUMI_HOME": str(home),
            "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "test",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
            "PULUMI_STACK": "test",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "tests" / "support" / "empty_pip"), str(ROOT))),
        }
        self._init(home / "empty-stack")
        self.configure(**config)

    def _init(self, empty: Path) -> None:
        """The first stack of a project's name is made by the CLI, the others are copies of it."""
        if (empty / "Pulumi.yaml").exists() and filecmp.cmp(empty / "Pulumi.yaml", self.folder / "Pulumi.yaml"):
            shutil.copy(empty / "Pulumi.test.yaml", self.folder)
            shutil.copytree(empty / "state", self.folder / "state", dirs_exist_ok=True)
            return
        self.run("stack", "init", "test").ok()
        if not empty.exists():
            empty.mkdir(parents=True)
            shutil.copy(self.folder / "Pulumi.yaml", empty)
            shutil.copy(self.folder / "Pulumi.test.yaml", empty)
            shutil.copytree(self.folder / "state", empty / "state")

    @property
    def database(self) -> Path:
        """The embedded marketplace's database, where the configuration says nothing of it."""
        return self.folder / ".mturk" / "local.db"

    def run(self, *arguments: str, stdin: str | None = None) -> Output:
        """Run `pulumi` in the project."""
        command = ["pulumi", *arguments, "--non-interactive", "--color", "never"]
        return run(command, self.folder, self.env, stdin=stdin, timeout=self.timeout)

    @contextmanager
    def running(self, *arguments: str) -> Iterator[Running]:
        """A `pulumi` that is under way, and is killed if it still is at the end."""
        command = ["pulumi", *arguments, "--non-interactive", "--color", "never"]
        running = Running(command, self.folder, self.env)
        try:
            yield running
        finally:
            running.kill()

    def configure(self, **values: str | None) -> None:
        """Set `mturk:` configuration values; None removes one."""
        settings = {f"mturk:{key}": value for key, value in values.items()}
        file = self.folder / "Pulumi.test.yaml"
        lines = file.read_text().splitlines() if file.exists() else []
        kept = [
            line
            for line in lines
            if not re.match(r"  (mturk:\w+):", line) or line.split(": ")[0].strip() not in settings
        ]
        if "config:" not in kept:
            kept.append("config:")
        at = kept.index("config:") + 1
        kept[at:at] = [f"  {key}: {json.dumps(value)}" for key, value in settings.items() if value is not None]
        file.write_text("\n".join(kept) + "\n")

    def program(self, text: str) -> "Stack":
        """Write the program, without its imports."""
        header = "import pulumi\nimport pulumi_mturk as mturk\nfrom pulumi_mturk import eligibility as e\n\n"
        (self.folder / "__main__.py").write_text(header + textwrap.dedent(text))
        return self

    def up(self, *arguments: str) -> Output:
        return self.run("up", "--yes", "--skip-preview", *arguments)

    def preview(self, *arguments: str) -> Output:
        return self.run("preview", *arguments)

    def refresh(self, *arguments: str) -> Output:
        return self.run("refresh", "--yes", "--skip-preview", *arguments)

    def destroy(self, *arguments: str) -> Output:
        return self.run("destroy", "--yes", "--skip-preview", *arguments)

    def unchanged(self) -> None:
        """A plan of the program as it stands is empty."""
        output = self.preview(NO_CHANGES)
        assert output.code == 0, output.text

    def outputs(self, *, secrets: bool = False) -> dict[str, Any]:
        text = self.run("stack", "output", "--json", *(["--show-secrets"] if secrets else [])).ok().text
        found: dict[str, Any] = json.loads(text)
        return found

    def state(self) -> str:
        """The state as it is stored, secrets encrypted."""
        (file,) = (self.folder / "state").glob(".pulumi/stacks/*/test.json")
        return file.read_text()

    def resources(self, *, secrets: bool = False) -> dict[str, dict[str, Any]]:
        """Our resources of the state, by name, without the providers that serve them."""
        if secrets:
            stored = json.loads(self.run("stack", "export", "--show-secrets").ok().text)["deployment"]
        else:
            stored = json.loads(self.state())["checkpoint"]["latest"]
        found = stored.get("resources", [])
        return {item["urn"].rpartition("::")[2]: item for item in found if re.search(r"mturk[:/]", item["type"])}

    def steps(self, *arguments: str) -> list[tuple[str, str]]:
        """What a preview would do: (operation, resource name), without what stays the same."""
        done = subprocess.run(
            ["pulumi", "preview", "--json", "--non-interactive", *arguments],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return [
            (step["op"], step["urn"].rpartition("::")[2])
            for step in json.loads(done.stdout)["steps"]
            if step["op"] != "same" and "mturk" in step["urn"]
        ]


def counted(marketplace: Marketplace) -> Counter[str]:
    """The calls that were made since the last time, by operation."""
    calls = Counter(call.operation for call in marketplace.calls())
    marketplace.clear_calls()
    return calls


def parameters(marketplace: Marketplace, operation: str) -> list[dict[str, Any]]:
    """What the calls of an operation sent since the last time that calls were counted."""
    return [call.parameters or {} for call in marketplace.calls() if call.operation == operation]


def behind_our_back(marketplace: Marketplace, operation: str, **members: Any) -> dict[str, Any]:
    """What somebody else with the same account does: one call, which is not counted, and its answer."""
    recorded = marketplace.switches.record_calls
    marketplace.set_switches(record_calls="off")
    headers = {"X-Amz-Target": f"MTurkRequesterServiceV20170117.{operation}"}
    answer = marketplace.handle("POST", "/", headers, json.dumps(members).encode())
    marketplace.set_switches(record_calls=recorded)
    assert answer.status == 200, answer.body
    found: dict[str, Any] = json.loads(answer.body)
    return found


def new_type(marketplace: Marketplace, name: str, **members: Any) -> str:
    """The id of a qualification type that somebody else with the same account makes."""
    answer = behind_our_back(
        marketplace,
        "CreateQualificationType",
        **{"Name": name, "Description": "Took part.", "QualificationTypeStatus": "Active", **members},
    )
    return str(answer["QualificationType"]["QualificationTypeId"])


def messages(output: Output) -> dict[str, list[str]]:
    """What a command's Diagnostics section says, without the rules' codes, by the resource on whose row it stands."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in output.text.partition("Diagnostics:\n")[2].splitlines():
        if line and not line.startswith(" "):
            break
        if header := re.fullmatch(r"  \S+ \((.+)\):", line):
            name = header.group(1)
        elif line.strip():
            found.setdefault(name, []).append(re.sub(r" \[MT\d{3}\]$", "", line.strip()))
    return found


def assert_absent(secrets: Iterable[str], *texts: str) -> None:
    """None of the secrets stands in any of the texts."""
    for text in texts:
        for secret in secrets:
            assert secret not in text, f"a secret is shown: …{text[max(0, text.index(secret) - 80) :][:120]}…"
