"""`pulumi-mturk doctor`: what a report of a bug needs of a machine, and nothing that tells whose it is."""

import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.cli.common import Status, examples
from pulumi_mturk.common.projects import runtime_of

if TYPE_CHECKING:
    from pulumi_mturk.cli.stack_files import StackFiles
    from pulumi_mturk.common.diagnostics import Diagnostic
    from pulumi_mturk.provider.configuration import Configuration

EPILOG: Final = examples(("in the folder of the project, for a report", "pulumi-mturk doctor"))
_DISTRIBUTIONS: Final = ("pulumi", "boto3", "botocore", "pydantic", "lxml", "flask", "grpcio", "protobuf")
# Told by their names where they are set, never by their values.
_VARIABLES: Final = (
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"),
    *("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"),
    *("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_MTURK", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    *("PULUMI_HOME", "PULUMI_STACK", "PULUMI_BACKEND_URL", "PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"),
    *("PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "VIRTUAL_ENV", "PYTHONPATH"),
)
# Part of a path -> where a program with it comes from. The first that fits is taken.
_ORIGINS: Final = (
    (".pulumi", "Pulumi's installer"),
    ("tools/pulumi", "this project's tools"),
    ("homebrew", "Homebrew"),
    ("cellar", "Homebrew"),
    ("linuxbrew", "Homebrew"),
    ("chocolatey", "Chocolatey"),
    ("scoop", "Scoop"),
    ("winget", "WinGet"),
    ("nix", "Nix"),
    ("mise", "mise"),
    ("asdf", "asdf"),
)
_SECONDS: Final = 20
_WIDTH: Final = 30  # of the longest key: mturk:operationTimeoutSeconds


def doctor() -> int:
    """Show what a report of a bug needs: versions, the configuration of the stack in this folder, and its endpoint.

    Of the configuration only what can't tell who you are is shown: names, paths, addresses, profiles and account ids
    are said to be set, without their values; encrypted values are not decrypted. The stack's state is not read. The
    endpoint is asked once, without credentials; the embedded marketplace's file is opened for reading.

    Nothing is changed. It works without the Pulumi CLI, and without a stack.
    """
    for title, lines in (
        ("Versions", _versions()),
        ("Pulumi CLI", _cli()),
        ("Stack", _stack()),
        ("Environment", _environment()),
    ):
        print(title)
        for name, value in lines:
            print(f"  {name:{_WIDTH}}  {value}")
    return Status.DONE


def _versions() -> Iterator[tuple[str, str]]:
    yield "pulumi-mturk", f"{importlib.metadata.version('pulumi-mturk')}, {_installation()}"
    inside = "in a virtual environment" if sys.prefix != sys.base_prefix else "not in a virtual environment"
    yield "Python", f"{platform.python_version()} ({platform.python_implementation()}), {inside}"
    yield "system", f"{platform.system()} {_version_of(platform.release())}, {platform.machine()}"
    for name in _DISTRIBUTIONS:
        try:
            yield name, importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield name, "not installed"


def _installation() -> str:
    """How the package was installed, by the record that pip keeps [PEP 610]."""
    written = importlib.metadata.distribution("pulumi-mturk").read_text("direct_url.json")
    if written is None:
        return "from a package index"
    origin: dict[str, Any] = json.loads(written)
    if origin.get("dir_info", {}).get("editable"):
        return "editable, from a folder"
    if "vcs_info" in origin:
        return "from version control"
    return "from a folder" if "dir_info" in origin else "from a file"


def _cli() -> Iterator[tuple[str, str]]:
    found = shutil.which("pulumi")
    if found is None:
        yield "command", "not on PATH"
    else:
        yield "command", f"{_version(found)}, from {_origin(Path(found))}"
        host = shutil.which("pulumi-language-python", path=str(Path(found).parent)) or shutil.which(
            "pulumi-language-python"
        )
        where = "not found" if host is None else "beside it" if Path(host).parent == Path(found).parent else "on PATH"
        yield "pulumi-language-python", where
    yield "pulumi-resource-mturk", _plugin()


def _version(command: str) -> str:
    environment = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        done = subprocess.run(  # noqa: S603 - the user's own CLI
            [command, "version"],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return f"gives no version within {_SECONDS} seconds"
    except OSError:
        return "can't be run"
    return _version_of(done.stdout) if done.returncode == 0 else "does not tell its version"


def _version_of(text: str) -> str:
    """The number at the start of a text: what may follow in a build of one's own is not shown."""
    found = re.match(r"\s*v?(\d+(?:\.\d+)+)", text)
    return found[1] if found else "unknown"


def _origin(path: Path) -> str:
    """Where a program comes from, without the path, which has the user's name."""
    try:
        places = [path.absolute().as_posix().lower(), path.resolve().as_posix().lower()]
    except OSError:
        places = [path.as_posix().lower()]
    for part, origin in _ORIGINS:
        if any(f"/{part}/" in place for place in places):
            return origin
    if path.parent.as_posix() in ("/usr/bin", "/usr/local/bin", "/opt/pulumi", "/pulumi/bin"):
        return path.parent.as_posix()
    return "another folder on PATH"


def _plugin() -> str:
    """Which plugin a program of this version gets, without its path."""
    import yaml

    from pulumi_mturk.cli.stack_files import read_stack_files
    from pulumi_mturk.plugin import installation

    try:
        files = read_stack_files()
    except (OSError, ValueError, yaml.YAMLError):
        files = None
    project = files.project if files else {}
    found = installation.look(files.folder if files else Path.cwd(), project)
    taken = installation.taken(found, project)
    if taken is None:
        others = ", ".join(f"{_version_of(one.version or '')} in the {one.place}" for one in found)
        return f"not found{f' for this version ({others})' if others else ''}; a Python program's resources need none"
    whose = "this environment's own" if not taken.problem else "another one's" if taken.usable else "can't be used"
    return f"by {taken.place}, {whose}"


def _stack() -> Iterator[tuple[str, str]]:
    import yaml

    from pulumi_mturk.cli.stack_files import read_stack_files

    try:
        files = read_stack_files()
    except (OSError, ValueError, yaml.YAMLError) as error:
        yield "project", f"its files can't be read ({type(error).__name__})"
        return
    if files is None:
        yield "project", "none in this folder or above it"
        return
    yield "project", f"there, {_runtime(files.project)}"
    none = "none: `pulumi stack select` and PULUMI_STACK choose one; of several backends PULUMI_BACKEND_URL says which"
    chosen = f"by {files.chosen_by}" if files.chosen_by else none
    yield "selected stack", f"{chosen}; {files.stacks} with a file of configuration"
    if files.from_environments:
        yield "configuration", "also from Pulumi ESC, which is not read here"
    yield from _configuration(files)


def _runtime(project: Mapping[str, Any]) -> str:
    runtime, name = project.get("runtime"), str(runtime_of(project))
    options = runtime.get("options") if isinstance(runtime, dict) else None
    shown = name if name in ("python", "yaml", "nodejs", "go", "dotnet", "java") else "another"
    has_virtualenv = isinstance(options, dict) and bool(options.get("virtualenv"))
    return f"runtime {shown}{', with the option virtualenv' if has_virtualenv else ''}"


def _configuration(files: "StackFiles") -> Iterator[tuple[str, str]]:
    from pulumi_mturk.common.errors import ConfigurationError
    from pulumi_mturk.common.names import to_camel
    from pulumi_mturk.provider.configuration import NAMESPACE, Configuration

    prefix = f"{NAMESPACE}:"
    given = {key.removeprefix(prefix): value for key, value in files.config.items() if key.startswith(prefix)}
    known = {to_camel(name): name for name in Configuration.model_fields}
    secret = {key for key, value in given.items() if _is_encrypted(value)}
    plain = {f"{prefix}{key}": _as_handed_over(value) for key, value in given.items() if key not in secret}
    try:
        configuration = Configuration.from_config(plain)
    except ConfigurationError as error:
        yield "configuration", f"wrong: {', '.join(_places(error.diagnostics, {prefix + key for key in known}))}"
        configuration = None
    for key, name in known.items():
        if key in secret:
            yield prefix + key, "encrypted"
        elif key in given:
            yield prefix + key, "set" if configuration is None else _shown(name, getattr(configuration, name))
    if unknown := given.keys() - known.keys():
        yield "keys of no meaning", str(len(unknown))
    if configuration is None:
        return
    if secret:
        yield "endpoint", "not asked: an encrypted value may say where it is"
        return
    yield "endpoint", _endpoint(configuration, files.folder)
    if configuration.environment != "local":
        from pulumi_mturk.api import aws_variables

        for place in _places(aws_variables.faults(configuration), set(_VARIABLES)):
            yield "AWS variables", f"wrong: {place}"


def _is_encrypted(value: Any) -> bool:
    """Whether a value, or a part of it, is encrypted."""
    from pulumi_mturk.cli.stack_files import SECRET

    if isinstance(value, dict):
        return SECRET in value or any(map(_is_encrypted, value.values()))
    return isinstance(value, list) and any(map(_is_encrypted, value))


def _as_handed_over(value: Any) -> str:
    """A value as Pulumi hands it to a provider: as text, and in JSON where it has parts."""
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _places(diagnostics: "tuple[Diagnostic, ...] | list[Diagnostic]", known: set[str]) -> list[str]:
    """Each finding by its code and, where it is a name of ours, its place; messages may hold values."""
    return [f"{found.code} at {found.path}" if found.path in known else found.code for found in diagnostics]


def _shown(name: str, value: Any) -> str:
    """What of a checked value of the configuration is shown; of texts that anybody may choose, that they are set."""
    match name, value:
        case ("environment", str()):
            return value
        case ("fee_schedule", str()):
            from pulumi_mturk.fees.configured import DEFAULT, NONE

            return value if value in (DEFAULT, NONE) else "a file"
        case ("accept", tuple()):
            return f"{len(value)} ({', '.join(sorted({one.code for one in value}))})"
        case (_, bool()):
            return str(value).lower()
        case (_, int() | float()):
            return f"{value:g}"
        case (_, tuple() | list() | dict()):
            return f"{len(value)}"
        case _:
            return "set"


def _endpoint(configuration: "Configuration", folder: Path) -> str:
    if configuration.embedded:
        return f"the embedded marketplace; {_database(folder / Path(configuration.local_database).expanduser())}"
    from pulumi_mturk.api.reachability import reach

    whose = "Amazon's" if configuration.at_aws else "another, by mturk:endpointUrl"
    scheme = configuration.url.partition(":")[0]
    found = reach(configuration.url, by_environment=configuration.environment != "local")
    return f"{whose} ({configuration.environment}, {scheme}), {found}"


def _database(path: Path) -> str:
    """What can be said of the embedded marketplace's file. Messages about it hold its path, and are not shown."""
    from pulumi_mturk.marketplace.errors import (
        DatabaseLockedError,
        MarketplaceError,
        MissingDatabaseError,
        NotAMarketplaceError,
    )
    from pulumi_mturk.marketplace.storage.migrations import SCHEMA_VERSION
    from pulumi_mturk.marketplace.storage.sqlite import version_of

    try:
        return f"its file has version {version_of(path)}, and this package reads up to {SCHEMA_VERSION}"
    except MissingDatabaseError:
        return "it has no file yet, which the first preview makes"
    except NotAMarketplaceError:
        return "its file is no marketplace's database"
    except DatabaseLockedError:
        return "its file is locked by another process"
    except MarketplaceError:
        return "its file can't be opened"


def _environment() -> Iterator[tuple[str, str]]:
    found = [name for name in _VARIABLES if os.environ.get(name)]
    yield "variables that are set", ", ".join(found) or "none of those that matter here"
