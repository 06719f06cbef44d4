"""What the commands share: exit statuses, options, errors and output."""

import codecs
import contextlib
import datetime
import inspect
import io
import itertools
import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

import typer
from rich.markup import escape
from typer.core import TyperGroup

if TYPE_CHECKING:
    from rich.table import Table

    from pulumi_mturk.marketplace import Fault, Marketplace
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.provider.instance import ProviderInstance

Item = TypeVar("Item")
Listing = Callable[["Context", int], Generator[tuple[int, Item]]]
"""A list of a marketplace, each item with its position, after the one of a position."""
_PAGE: Final = 500
_WIDER_THAN_ANY = 100_000  # so that no cell is cut off or wrapped: a table takes what its columns need


class Status(IntEnum):
    """Exit statuses. Those above 125 are the shells' conventions."""

    DONE = 0
    REFUSED = 1
    """The marketplace's rules say no to a worker, or there is an error in a test's file."""
    ERROR = 2
    """The command line is wrong, or the command can't be carried out."""
    FOUND = 3
    """A review has found what it was told to fail on."""
    NOT_EXECUTABLE = 126
    NOT_FOUND = 127
    BROKEN_PIPE = 141
    """Whoever read the output has closed it: 128 + SIGPIPE."""


class Commands(TyperGroup):
    """The program. Output that nobody reads any more, as in `pulumi-mturk … | head -1`, ends it quietly."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command, and write all its output."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Python writes what is left once more at its end, and would complain
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return Status.BROKEN_PIPE
        return status


def option(*names: str, metavar: str, help: str, parser: Callable[[str], Any] = str) -> Any:
    """An option with a value. Without a `parser` the text is taken as it is, also with bytes that are no UTF-8."""
    return typer.Option(*names, metavar=metavar, help=escape(help), parser=parser)


def argument(*, metavar: str, help: str, parser: Callable[[str], Any] = str) -> Any:
    """An argument; as `option`."""
    return typer.Argument(metavar=metavar, help=escape(help), parser=parser)


def file_path(text: str | Path) -> Path:
    """A path; that of `./-` is absolute, for `-` alone is a stream.

    Raises:
        MarketplaceError: it is an address, which may hold a password and is not repeated.

    """
    from pulumi_mturk.marketplace.storage.database import refuse_address

    refuse_address(text)
    path = Path(text)
    return path.absolute() if str(path) == "-" != str(text) else path


def whole_number(text: str | int) -> int:
    """A whole number, of any size."""
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a whole number") from None


def moment(text: str | float) -> float:
    """A time as epoch seconds: a date, or a date and a time, as ISO 8601 has them; UTC where no zone is named."""
    if not isinstance(text, str):
        return text
    try:
        read = datetime.datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=datetime.UTC)).timestamp()
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{text!r} is no time such as 2026-11-26 or 2026-11-26T18:30") from None


def is_within(seconds: float, since: float | None, until: float | None) -> bool:
    """Whether a time is in the period of `Since` and `Until`."""
    return (since is None or since <= seconds) and (until is None or seconds < until)


def utc(seconds: float) -> str:
    """A time in ISO 8601, by the second."""
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def pages(marketplace: "Marketplace", listing: "Listing[Item]") -> Iterator[Item]:
    """All of a list, some a transaction: a database of years is as large as it is, and others write meanwhile."""
    after = 0
    while True:
        with marketplace.reading() as ctx, contextlib.closing(listing(ctx, after)) as items:
            found = list(itertools.islice(items, _PAGE))
        yield from (item for _, item in found)
        if len(found) < _PAGE:
            return
        after = found[-1][0]


ExistingDatabase = Annotated[
    str,
    option(
        "--database",
        metavar="FILE",
        help="The marketplace's SQLite file, such as .mturk/local.db, or its database on a server: postgresql://…",
    ),
]
AnyDatabase = Annotated[
    str,
    option(
        "--database",
        metavar="FILE",
        help="The SQLite file; it is made if it is not there. Or a database on a PostgreSQL server: postgresql://…",
    ),
]
Since = Annotated[
    float | None, option("--since", metavar="TIME", help="From this time on, such as 2026-11-26.", parser=moment)
]
Until = Annotated[float | None, option("--until", metavar="TIME", help="Before this time.", parser=moment)]
AuthorityFolder = Annotated[
    Path | None,
    option(
        "--authority",
        metavar="FOLDER",
        help="Where the proxy's certificate authority is kept; made on first use "
        "(default: $XDG_STATE_HOME/pulumi-mturk, or ~/.local/state/pulumi-mturk).",
        parser=file_path,
    ),
]
SwitchTexts = Annotated[
    list[str] | None,
    option(
        "--switch",
        metavar="NAME=VALUE",
        help="Set a switch of the marketplace; may be repeated. `pulumi-mturk marketplace --help` lists them.",
    ),
]
FaultTexts = Annotated[
    list[str] | None,
    option(
        "--fault",
        metavar="FAULT",
        help="Inject a fault, for tests: KIND:OPERATION,NAME=VALUE, such as drop_after:CreateHIT or "
        "throttle,times=none,probability=0.3; may be repeated. `pulumi-mturk faults --help` lists kinds and names.",
    ),
]
Control = Annotated[
    bool,
    typer.Option(
        "--control",
        help="For tests alone: faults, the journal of calls and switches over HTTP, at /control/v1. Who reaches the "
        "port can then stop processes of yours.",
    ),
]

EnvironmentName = Annotated[
    str | None,
    option("--environment", metavar="NAME", help="local (the default), sandbox or production, as mturk:environment."),
]
EndpointUrl = Annotated[
    str | None, option("--endpoint", metavar="URL", help="Another endpoint with the MTurk API, as mturk:endpointUrl.")
]
AwsProfile = Annotated[str | None, option("--profile", metavar="NAME", help="The AWS profile, as mturk:profile.")]
LocalDatabase = Annotated[
    str | None,
    option(
        "--local-database",
        metavar="FILE",
        help="The embedded marketplace's file (default: .mturk/local.db), as mturk:localDatabase.",
    ),
]


PLACE_KEYS = ("environment", "endpointUrl", "profile", "localDatabase")


def place_settings(
    environment: str | None, endpoint: str | None, profile: str | None, local_database: str | None
) -> dict[str, str | None]:
    """The keys of `mturk:` that the four options set, which say where a command goes."""
    return dict(zip(PLACE_KEYS, (environment, endpoint, profile, local_database), strict=True))


@contextlib.contextmanager
def connected(settings: "dict[str, str | None]") -> "Iterator[ProviderInstance]":
    """The provider at a place, by the keys of `mturk:` that are set. Raises MturkError."""
    # Only here: most commands need neither.
    from pulumi_mturk.api.client import Client
    from pulumi_mturk.provider.configuration import NAMESPACE, Configuration
    from pulumi_mturk.provider.embedded import Embedded
    from pulumi_mturk.provider.instance import ProviderInstance

    given = {f"{NAMESPACE}:{key}": value for key, value in settings.items() if value is not None}
    configuration = Configuration.from_config(given)
    if not configuration.embedded:
        yield ProviderInstance(configuration, lambda: Client(configuration))
        return
    with Embedded(configuration.local_database) as embedded:
        yield ProviderInstance(configuration, lambda: Client(configuration, embedded.attach), embedded.database_id)


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print ids alone, one a line.")]


def switches_of(texts: Iterable[str] | None) -> dict[str, str | int]:
    """The switches of `--switch`. Raises MarketplaceError."""
    from pulumi_mturk.marketplace.switches import parse_switch

    return dict(parse_switch(text) for text in texts or ())


def faults_of(texts: Iterable[str] | None) -> list["Fault"]:
    """The faults of `--fault`. Raises MarketplaceError."""
    from pulumi_mturk.marketplace.testing.faults import parse_fault

    return [parse_fault(text) for text in texts or ()]


def examples(*pairs: tuple[str, str]) -> str:
    """Commands, each with what it is for as a comment above it (or none), for the end of a help page."""
    lines = ["[bold]Examples[/]"]
    for comment, command in pairs:
        lines += [f"[dim]# {escape(comment)}[/]"] if comment else []
        lines.append(escape(command))
    return "\n".join(lines)


def help_of(command: Callable[..., int]) -> str:
    """The help of a command, from its docstring: a paragraph is a line, which the terminal wraps."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    return "\n\n".join(escape(" ".join(paragraph.split())) for paragraph in paragraphs)


def escape_what_stdout_lacks() -> None:
    """Write characters that the encoding of stdout lacks as escapes, as stderr does: a pipe of Windows has few."""
    if isinstance(sys.stdout, io.TextIOWrapper) and codecs.lookup(sys.stdout.encoding).name != "utf-8":
        sys.stdout.reconfigure(errors="backslashreplace")


def print_error(message: str, *, label: str = "error") -> None:
    """Say on stderr what is wrong: one line, however long."""
    print(f"{label}: {message}", file=sys.stderr)


def print_usage_error(error: typer.TyperException) -> None:
    """Say what is wrong with the command line, and how the command is used."""
    if (context := getattr(error, "ctx", None)) is not None:
        print(context.get_usage(), file=sys.stderr)
        print(f"Try '{context.command_path} --help' for help.\n", file=sys.stderr)
    print_error(error.format_message())


def terminal_width() -> int | None:
    """The width of the terminal that stdout is; None where it is none, and nothing is to be wrapped to fit."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def new_table(*headings: str, numbers: Iterable[str] = (), gap: int = 2) -> "Table":
    """An empty table in the commands' look: columns with these headings, then columns of numbers."""
    from rich.table import Table

    table = Table(*headings, box=None, padding=(0, gap, 0, 0), pad_edge=False, header_style="bold")
    for heading in numbers:
        table.add_column(heading, justify="right")
    return table


def print_table(table: "Table", *, indent: int = 0) -> None:
    """Print a table: styled on a terminal, plain in a pipe or a file whatever FORCE_COLOR says; no cell is cut off."""
    from rich.console import Console

    console = Console(force_terminal=sys.stdout.isatty(), width=_WIDER_THAN_ANY, highlight=False)
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        print(f"{' ' * indent}{line}".rstrip())
