"""How the plugin is had: the launcher that Pulumi starts, and where Pulumi looks for it.

The launcher runs the Python of the virtual environment by which it was written: a plugin needs nothing but the package.
It is no console script of the package, for Pulumi warns of a plugin on PATH in each run, also where none is used.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from semver import Version

from pulumi_mturk.common.projects import pulumi_home, runtime_of
from pulumi_mturk.common.versions import DISTRIBUTION, package_version, semver

PLUGIN = "pulumi-resource-mturk"
MODULE = "pulumi_mturk.plugin"
Place: TypeAlias = Literal["Pulumi.yaml", "PATH", "plugin folder"]

_IS_WINDOWS = os.name == "nt"
_FILE = f"{PLUGIN}.cmd" if _IS_WINDOWS else PLUGIN
_PREFIX = "resource-mturk-v"
_TRUE = {"1", "true"}  # as the CLI reads its own variables
_SECONDS = 20
# The interpreter in a launcher of ours.
_STARTED = re.compile(rf"^(?:exec )?(.+?) -P -m {re.escape(MODULE)} ", re.MULTILINE)


def plugin_folder() -> Path:
    """Where the CLI keeps plugins."""
    return pulumi_home() / "plugins"


def install(folder: Path | None = None) -> Path:
    """Write the launcher for this environment into Pulumi's plugin folder, or into another one; returns its path.

    Raises OSError. One that is there is replaced at once: a run that starts meanwhile gets the one or the other.
    """
    target = (folder or plugin_folder() / f"{_PREFIX}{package_version()}") / _FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    written = target.with_name(f"{target.name}.{os.getpid()}")
    written.write_bytes(_launcher(sys.executable).encode())
    written.chmod(0o755)
    written.replace(target)
    if folder is None:
        # Left by an installation of the CLI's own that was broken off: the CLI passes the folder over for it.
        target.parent.with_name(f"{target.parent.name}.partial").unlink(missing_ok=True)
    return target


def _launcher(python: str) -> str:
    """`-P`: the program's folder, in which the plugin is started, must not stand before the libraries."""
    if _IS_WINDOWS:
        return f'@echo off\r\n"{python}" -P -m {MODULE} %*\r\n'
    return (
        "#!/bin/sh\n"
        "# Written by `pulumi-mturk plugin install`: the plugin of one virtual environment.\n"
        f'exec {shlex.quote(python)} -P -m {MODULE} "$@"\n'
    )


@dataclass(frozen=True)
class Found:
    """A plugin in one of the places where Pulumi looks."""

    place: Place
    path: Path
    version: str | None
    """By the folder's name or the project file; None where neither says one."""
    problem: str = ""
    """Why it can't be used, or is another one than this environment's; empty if neither."""
    usable: bool = True
    passed_over: bool = False
    """Whether Pulumi looks on, as if it were not there."""


def look(folder: Path, project: Mapping[str, Any]) -> list[Found]:
    """The plugins for a project in the order in which Pulumi looks; it takes the first of a fitting version.

    [`getPluginInfoAndPath` of the CLI 3.259]
    """
    return [*_of_project(folder, project), *_on_path(), *_kept()]


def taken(found: list[Found], project: Mapping[str, Any]) -> Found | None:
    """Which of these the project's program gets: in YAML the first, else that of this environment's version."""
    any_version = runtime_of(project) == "yaml"
    there = (one for one in found if not one.passed_over)
    return next((one for one in there if any_version or one.version in (None, package_version())), None)


def _of_project(folder: Path, project: Mapping[str, Any]) -> Iterator[Found]:
    plugins = project.get("plugins")
    entries = plugins.get("providers") if isinstance(plugins, Mapping) else None
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, Mapping) and entry.get("name") == "mturk":
            version = entry.get("version")
            path = folder / str(entry.get("path", "")) / _FILE
            yield _judged("Pulumi.yaml", path, None if version is None else str(version))


def _on_path() -> Iterator[Found]:
    ignored = os.environ.get("PULUMI_IGNORE_AMBIENT_PLUGINS", "").lower() in _TRUE
    path = None if ignored else shutil.which(PLUGIN)
    if path is not None:
        yield _judged("PATH", Path(path), None)


def _kept() -> Iterator[Found]:
    folders = {folder.name.removeprefix(_PREFIX): folder for folder in plugin_folder().glob(f"{_PREFIX}*/")}
    for version in sorted(filter(Version.is_valid, folders), key=_preference, reverse=True):
        folder = folders[version]
        if folder.with_name(f"{folder.name}.partial").exists():
            said = "its installation was broken off, and Pulumi passes it over"
            yield Found("plugin folder", folder / _FILE, version, said, usable=False, passed_over=True)
        else:
            yield _judged("plugin folder", folder / _FILE, version)


def _preference(version: str) -> tuple[bool, Version, bool]:
    """Of two versions Pulumi takes the greater by this, where a program names none [measured with the CLI 3.259].

    Any pre-release is less than any other version, and a build makes none newer.
    """
    parsed = Version.parse(version)
    return parsed.prerelease is None, parsed, parsed.build is None


def _judged(place: Place, path: Path, version: str | None) -> Found:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Found(place, path, version, f"there is no {path.name} in that folder", usable=False)
    except (OSError, UnicodeDecodeError):
        return Found(place, path, version, "it is no launcher of `pulumi-mturk plugin install`")
    if not os.access(path, os.X_OK):
        return Found(place, path, version, "it may not be executed", usable=False)
    started = _STARTED.search(text)
    if started is None:
        return Found(place, path, version, "it is no launcher of `pulumi-mturk plugin install`")
    python = Path(started[1].strip('"') if _IS_WINDOWS else shlex.split(started[1])[0])
    if python == Path(sys.executable):
        return Found(place, path, version)
    runs = _version_of(python)
    if runs is None:
        said = f"the Python that it starts, {python}, is gone or has no {DISTRIBUTION}"
        return Found(place, path, version, said, usable=False)
    return Found(place, path, version, f"it starts another environment, {python}, with {DISTRIBUTION} {runs}")


def _version_of(python: Path) -> str | None:
    """The version of the package that an interpreter has."""
    code = f"import importlib.metadata as m; print(m.version({DISTRIBUTION!r}))"
    try:
        done = subprocess.run(  # noqa: S603 - an interpreter that Pulumi would start
            [python, "-P", "-c", code],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return semver(done.stdout.strip())
