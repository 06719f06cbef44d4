#!/usr/bin/env python3
"""Have the Pulumi CLI: `get.py find` or `get.py setup` prints the folder that holds it.

`find` looks and changes nothing. `setup` takes, in this order,

1. the `pulumi` that is on PATH, if its version is accepted (see `OLDEST` and `TOO_NEW`);
2. Pulumi's own installer;
3. a build from Go modules, pinned in `cli/`, `language-host/` and `yaml-host/`.

What 2 or 3 make lies in `tools/pulumi/bin` (or in `$PULUMI_BIN`) and is used again until the pinned version
changes. Only the folder goes to stdout, the rest to stderr; a failure is one sentence and the exit code 1.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent

# A dynamic provider's `read` may return inputs, and a refresh then keeps them, from 3.216 on.
OLDEST = (3, 216)
TOO_NEW = (4, 0)
ACCEPTED = "3.216 or newer, below 4"

SDK = "github.com/pulumi/pulumi/sdk/v3"
YAML = "github.com/pulumi/pulumi-yaml"

# Program: the folder of its go.mod, its module, its package, and the variable that holds its version. The Python host's
# module is an older one, the last that the Go module proxy has it in.
PROGRAMS = {
    "pulumi": ("cli", "github.com/pulumi/pulumi/pkg/v3", "cmd/pulumi", f"{SDK}/go/common/version.Version"),
    "pulumi-language-python": (
        "language-host",
        SDK,
        "python/cmd/pulumi-language-python",
        f"{SDK}/go/common/version.Version",
    ),
    "pulumi-language-yaml": ("yaml-host", YAML, "cmd/pulumi-language-yaml", f"{YAML}/pkg/version.Version"),
}
SCRIPTS = ("pulumi-language-python-exec", "pulumi-resource-pulumi-python")

# What is built together, by the file that says from what. An update of one set leaves the other as it is.
CLI, YAML_HOST = ".made-by", ".yaml-host-made-by"
SETS = {CLI: ("pulumi", "pulumi-language-python"), YAML_HOST: ("pulumi-language-yaml",)}
INSTALLER_SECONDS = 300


class SetupError(Exception):
    """What stands in the way, and what to do about it."""


def say(message: str) -> None:
    """Tell the person at the screen; stdout is for the folder."""
    print(message, file=sys.stderr, flush=True)


def pinned(folder: str, pattern: str) -> str:
    """A version from a go.mod, the one place where versions are recorded."""
    found = re.search(pattern, (HERE / folder / "go.mod").read_text(), re.MULTILINE)
    if found is None:
        raise SetupError(f"tools/pulumi/{folder}/go.mod has no line {pattern!r}: restore the file from git.")
    return found[1]


def pinned_version(program: str) -> str:
    """The version of a program that is installed or built, like `3.259.0`."""
    folder, module, *_ = PROGRAMS[program]
    return pinned(folder, rf"^\s*{re.escape(module)} v(\S+)")


def release(text: str) -> tuple[int, int] | None:
    """The first two numbers of a version, if the text has any."""
    found = re.search(r"(\d+)\.(\d+)", text)
    return (int(found[1]), int(found[2])) if found else None


def run(command: list[str], cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of ours to its end, with its output as text."""
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def on_path(own: Path) -> Path | None:
    """The folder of the `pulumi` on PATH, other than ours; an unusable one is refused, not passed over."""
    folders = [f for f in os.environ.get("PATH", "").split(os.pathsep) if f and Path(f).resolve() != own]
    path = os.pathsep.join(folders)
    program = shutil.which("pulumi", path=path)
    if program is None:
        return None
    way_out = f"install {ACCEPTED}, or take it off PATH and `make setup` gets one for this project alone."
    told = run([program, "version"], PULUMI_SKIP_UPDATE_CHECK="true").stdout.strip()
    version = release(told)
    if version is None:
        raise SetupError(f"The Pulumi CLI on PATH, {program}, does not tell its version: {way_out}")
    if not OLDEST <= version < TOO_NEW:
        age = "old" if version < OLDEST else "new"
        raise SetupError(f"The Pulumi CLI on PATH, {program}, is {told}, which is too {age}: {way_out}")
    if shutil.which("pulumi-language-python", path=path) is None:
        raise SetupError(
            f"The Pulumi CLI on PATH, {program}, has no pulumi-language-python beside it: "
            f"install Pulumi as a whole, or take it off PATH and `make setup` gets one for this project alone."
        )
    return Path(program).absolute().parent


def fingerprint(stamp: str) -> str:
    """What the pinned build of a set is made from, as a short digest."""
    digest = hashlib.sha256()
    for folder, *_ in map(PROGRAMS.__getitem__, SETS[stamp]):
        digest.update((HERE / folder / "go.mod").read_bytes())
        digest.update((HERE / folder / "go.sum").read_bytes())
    return digest.hexdigest()[:16]


def made_by(own: Path) -> str | None:
    """`installer` or `build` if our folder holds the CLI that is pinned now, else None."""
    if not all((own / name).is_file() for name in (*SETS[CLI], *SCRIPTS)):
        return None
    way, version = stamped(own, CLI)
    return way if version == {"installer": pinned_version("pulumi"), "build": fingerprint(CLI)}.get(way) else None


def stamped(own: Path, stamp: str) -> tuple[str, str]:
    """How a set in our folder was made, and from what."""
    text = (own / stamp).read_text().strip() if (own / stamp).is_file() else ""
    way, _, version = text.partition(" ")
    return way, version


def move_in(stage: Path, own: Path, stamp: str, way: str, version: str) -> None:
    """Put finished files in place one by one; the stamp comes last, so that a torn set is made anew."""
    (own / stamp).unlink(missing_ok=True)
    for file in stage.iterdir():
        file.replace(own / file.name)
    (stage / stamp).write_text(f"{way} {version}\n")
    (stage / stamp).replace(own / stamp)


def place_scripts(own: Path) -> None:
    """Our two scripts beside a language host that we built, renewed when they changed."""
    for name in SCRIPTS:
        source, target = HERE / name, own / name
        if not target.is_file() or target.read_bytes() != source.read_bytes():
            shutil.copyfile(source, target.with_suffix(".new"))
            target.with_suffix(".new").chmod(0o755)
            target.with_suffix(".new").replace(target)


def install(own: Path, stage: Path) -> bool:
    """Run Pulumi's own installer; False where it can't be reached or doesn't succeed."""
    version = pinned_version("pulumi")
    say(f"Installing the Pulumi CLI {version} with Pulumi's installer into {own} …")
    command = [sys.executable, str(HERE / "installer.py"), str(stage / "root"), version]
    # To a file: what the installer leaves running when its time is up could hold a pipe open.
    with (stage / "log").open("w+") as log:
        try:
            code = subprocess.run(
                command,
                env={**os.environ, "TMPDIR": str(stage)},
                stdout=log,
                stderr=log,
                timeout=INSTALLER_SECONDS,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            code = -1
        log.seek(0)
        last = (log.read().strip().splitlines() or ["no answer"])[-1]
    if code == 0 and (stage / "root" / "bin" / "pulumi").is_file():
        move_in(stage / "root" / "bin", own, CLI, "installer", version)
        return True
    say(f"Pulumi's installer can't be used from here ({last}).")
    return False


def usable_go() -> str:
    """The `go` on PATH, if it is new enough for the pinned modules."""
    needed = pinned("cli", r"^go (\S+)")
    advice = (
        f"install Pulumi {ACCEPTED}, so that `pulumi` is on PATH, or Go {needed} or newer, "
        f"from which `make setup` builds it."
    )
    go = shutil.which("go")
    if go is None:
        raise SetupError(f"There is no Pulumi CLI on PATH, and no Go to build it with: {advice}")
    # Else a Go that is too old fetches a newer one, from wherever it is told to.
    told = run([go, "env", "GOVERSION"], HERE, GOTOOLCHAIN="local").stdout.strip()
    version, least = release(told), release(needed)
    if version is None or least is None or version < least:
        told = told or "of an unknown version"
        raise SetupError(f"There is no Pulumi CLI on PATH, and {go} is {told}, too old to build it: {advice}")
    return go


def build(own: Path, stage: Path, stamp: str) -> None:
    """Build the programs of a set from the pinned Go modules."""
    go = usable_go()
    what = {CLI: "the Pulumi CLI", YAML_HOST: "Pulumi's language host for YAML"}[stamp]
    takes = {CLI: "three to five minutes", YAML_HOST: "a minute"}[stamp]
    say(f"Building {what} {pinned_version(SETS[stamp][0])} from Go modules into {own}: {takes}, once …")
    for name in SETS[stamp]:
        folder, module, package, variable = PROGRAMS[name]
        # Without a version the CLI prints an empty line for `pulumi version`.
        flags = f"-s -w -X {variable}=v{pinned_version(name)}"
        output = str(stage / name)
        # Trimmed: the YAML host writes the paths of its sources into states.
        command = [go, "build", "-mod=readonly", "-trimpath", "-ldflags", flags, "-o", output, f"{module}/{package}"]
        done = run(command, HERE / folder, GOWORK="off")
        if done.returncode != 0:
            end = "\n".join(done.stderr.strip().splitlines()[-8:])
            raise SetupError(
                f"{name} could not be built from Go modules: see Go's message below, "
                f"or install Pulumi {ACCEPTED}, so that `pulumi` is on PATH.\n{end}"
            )
    move_in(stage, own, stamp, "build", fingerprint(stamp))


@contextlib.contextmanager
def alone(own: Path) -> Iterator[None]:
    """One set-up at a time in a folder; a second one waits and finds the work done."""
    own.mkdir(parents=True, exist_ok=True)
    with (own / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def find(own: Path) -> Path:
    """The folder of the CLI to use, of what is there already."""
    folder = on_path(own)
    if folder is None:
        if made_by(own) is None:
            raise SetupError("There is no Pulumi CLI yet: run `make setup`.")
        folder = own
    return folder


def set_up(own: Path) -> Path:
    """The folder of the CLI to use, made if need be."""
    folder = on_path(own)
    if folder is not None:
        return folder
    with alone(own):
        if made_by(own) is None:
            # Beside the target, so that a rename suffices; whatever happens, nothing half-made stays.
            with tempfile.TemporaryDirectory(dir=own, prefix=".new-") as installed:
                done = install(own, Path(installed))
            if not done:
                build_set(own, CLI)
                place_scripts(own)
        if made_by(own) == "build":
            place_scripts(own)
            # Pulumi's installer brings its own.
            is_there = (own / SETS[YAML_HOST][0]).is_file()
            if not is_there or stamped(own, YAML_HOST) != ("build", fingerprint(YAML_HOST)):
                build_set(own, YAML_HOST)
    return own


def build_set(own: Path, stamp: str) -> None:
    """Build a set beside the target; whatever happens, nothing half-made stays."""
    with tempfile.TemporaryDirectory(dir=own, prefix=".new-") as stage:
        build(own, Path(stage), stamp)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Print the folder that holds the Pulumi CLI.")
    parser.add_argument("what", choices=["find", "setup"])
    arguments = parser.parse_args()
    own = Path(os.environ.get("PULUMI_BIN") or HERE / "bin").resolve()
    try:
        print(find(own) if arguments.what == "find" else set_up(own))
    except SetupError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
