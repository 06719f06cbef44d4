"""`pulumi-mturk adopt`: an account that is there already, as a program and an import file."""

import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pulumi_mturk.cli.common import (
    AwsProfile,
    EndpointUrl,
    EnvironmentName,
    LocalDatabase,
    Status,
    argument,
    connected,
    examples,
    file_path,
    new_table,
    option,
    place_settings,
    print_error,
    print_table,
)
from pulumi_mturk.common.text import count, listed, shortened
from pulumi_mturk.common.worker_ids import redact

if TYPE_CHECKING:
    from pulumi_mturk.account.program import Program
    from pulumi_mturk.account.reading import Account, Found
    from pulumi_mturk.provider.configuration import Configuration

EPILOG: Final = examples(
    ("the account of the sandbox, as a project in a new folder", "pulumi-mturk adopt --environment sandbox account"),
    ("then, in that folder", "pulumi-mturk plugin install"),
    ("", "pulumi stack init sandbox"),
    ("", "pulumi import --file import.json --protect=false --generate-code=false"),
    ("which has to say that nothing changes", "pulumi preview"),
    ("one study of many", 'pulumi-mturk adopt --environment sandbox --match "receipts*" receipts'),
)


def adopt(
    folder: Annotated[
        Path | None,
        argument(metavar="FOLDER", help="Where to; made if it is not there (default: this one).", parser=file_path),
    ] = None,
    match: Annotated[
        str | None,
        option(
            "--match",
            metavar="PATTERN",
            help="Only types with such a name, and HIT types with such a title; * stands for any text, and upper and "
            "lower case are the same. Blocks have no names, and are left out.",
        ),
    ] = None,
    environment: EnvironmentName = None,
    endpoint: EndpointUrl = None,
    profile: AwsProfile = None,
    local_database: LocalDatabase = None,
) -> int:
    """Write a program and an import file for what an account has: nothing is asked, and nothing there is changed.

    Read are the account's own qualification types, who holds them, the HIT types of open HITs, and blocks. What is
    printed of people are numbers. A type whose holders get it by a test or by asking has no list: they come and go
    without the program.

    Written are __main__.py, import.json, tests in questions/, and in private/, readable by you alone and ignored by
    git, lists of workers, blocks and answer keys. In import.json a handle stands for a blocked worker; whom it means is
    in .mturk/handles.json. A Pulumi.yaml is written where there is none. No file is written over.

    Pulumi imports through the plugin: `pulumi-mturk plugin install` has it found. Then `pulumi import --file` takes all
    of it into the stack of your choice, and `pulumi preview` says that nothing changes. From then on the stack has it,
    and `pulumi destroy` would delete it.
    """
    # Only here: other commands need none of it.
    from pulumi_mturk.account import folder as files
    from pulumi_mturk.account.program import program_of
    from pulumi_mturk.account.reading import read

    target = folder or Path()
    settings = place_settings(environment, endpoint, profile, local_database)
    files.refuse_used(target)
    with connected(settings) as provider:
        account = read(provider, match, _report)
        configuration = provider.configuration
    _print_found(account)
    if not account.resources:
        print(f"There is nothing to adopt in environment {configuration.environment}.")
        return Status.ERROR if account.left_out else Status.DONE
    program = program_of(account)
    made_project = not files.has_project(target)
    given = _settings_there(settings, configuration, target) | {"plugin": "true"}
    try:
        files.write(target, account, program, given)
    except OSError as error:
        print_error(f"{error.filename or target} can not be written: {error.strerror}")
        return Status.ERROR
    _print_texts_with_workers(account)
    _print_next(target, account, program, {} if made_project else given)
    return Status.DONE


def _settings_there(settings: Mapping[str, str | None], configuration: "Configuration", folder: Path) -> dict[str, str]:
    """The settings by which a project in the folder is at the same place: a relative path starts there."""
    given = {key: value for key, value in settings.items() if value is not None}
    given.pop("localDatabase", None)
    if configuration.embedded:
        database, home = Path(configuration.local_database).expanduser().resolve(), folder.resolve()
        there = database if database.anchor != home.anchor else Path(os.path.relpath(database, home))
        if there != Path(type(configuration).model_fields["local_database"].default):
            given["localDatabase"] = there.as_posix()
    return given


def _report(text: str) -> None:
    print(text, file=sys.stderr)


def _print_found(account: "Account") -> None:
    from rich.text import Text

    if shown := [*account.types, *account.hit_types]:
        holders = {found.inputs["qualificationTypeId"]: _number(found) for found in account.rosters}
        table = new_table("type", "resource", "id", "name or title", numbers=("holders",))
        for found in shown:
            number = holders.get(found.id) or account.unlisted.get(found.id) or "-"
            cells = (found.thing.token, found.thing.name, found.id, redact(shortened(found.thing.called)))
            table.add_row(*map(Text, cells), number)
        print_table(table)
        print()
    if account.blocks:
        print(f"{count(len(account.blocks), 'worker is', 'workers are')} blocked.\n")
    for thing, why in account.left_out:
        print_error(f"{thing.token} {thing.name}: {why}", label="left out")


def _print_texts_with_workers(account: "Account") -> None:
    for found in account.resources:
        if texts := found.public_texts_with_workers:
            print_error(
                f"{found.thing.token} {found.thing.name}: a worker's id seems to stand in its {listed(texts)}. It is "
                "written as it is, for others to read: look at it before you commit the program",
                label="warning",
            )


def _number(roster: "Found") -> str:
    from pulumi_mturk.rosters.encoding import decode

    return f"{len(decode(roster.inputs['workers']).scores):,}"


def _print_next(folder: Path, account: "Account", program: "Program", to_set: Mapping[str, str]) -> None:
    resources = count(len(account.resources), "resource")
    private = count(len(program.private_files), "file")
    print(f"Wrote a program of {resources} to {folder}, with {private} in private/ for you alone. Next, there:")
    for command in _commands(to_set):
        print(f"  {command}")


def _commands(to_set: Mapping[str, str]) -> Iterator[str]:
    yield "pulumi-mturk plugin install    # once in each virtual environment"
    yield "pulumi stack init NAME"
    for key, value in to_set.items():
        yield f"pulumi config set mturk:{key} {shlex.quote(value)}"
    yield "pulumi import --file import.json --protect=false --generate-code=false"
    yield "pulumi preview    # says that nothing changes"
