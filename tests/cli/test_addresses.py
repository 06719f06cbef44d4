"""An address where a file is needed is refused, and not shown: it may hold a password."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from typer.models import ArgumentInfo, OptionInfo

from pulumi_mturk.cli import app, main
from pulumi_mturk.cli.common import file_path
from pulumi_mturk.cli.marketplace_account import rename
from pulumi_mturk.marketplace import Marketplace, MarketplaceError
from pulumi_mturk.marketplace.backup import back_up, restore
from pulumi_mturk.marketplace.storage.database import refuse_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import typer

REFUSAL = "ddress is given where a file is needed"
BEGINNINGS = [
    *("postgresql://", "postgres://", "POSTGRESQL://", "postgresql+psycopg://", "mysql:/", "postgresql:"),
    *(" postgresql://", '"postgresql://', "'postgres:/", "PULUMI_MTURK_MARKETPLACE_DATABASE=postgresql://"),
    *("host=127.0.0.1 password=", "host=127.0.0.1 PASSWORD = '", "sslpassword="),
]
COMMANDS = [
    "marketplace backup --database panel.db ADDRESS",
    "marketplace restore --check ADDRESS",
    "marketplace restore --database other.db ADDRESS",
    "marketplace restore --database ADDRESS panel.backup.db",
    "marketplace payouts --database panel.db ADDRESS",
    "marketplace payouts --database panel.db --mark-paid --reference x ADDRESS",
    "marketplace statement --database panel.db --consent ADDRESS",
    "layout create --database panel.db ADDRESS",
    "run --database ADDRESS true",
    "crowd --make-up ADDRESS",
    "find --local-database ADDRESS Name",
    "sweep --local-database ADDRESS",
    "adopt --local-database ADDRESS",
]
TAKES_A_SERVER = [
    "marketplace --database ADDRESS",
    "marketplace --proxy --database ADDRESS",
    "marketplace account list --database ADDRESS",
    "marketplace backup --database ADDRESS made.db",
    "marketplace payouts --database ADDRESS -",
    "marketplace finish-restore --database ADDRESS",
    "marketplace finish-restore --database postgresql:///panel --replaces ADDRESS",
    "crowd --database ADDRESS",
    "crowd --keep --database ADDRESS",
]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Marketplace.open(tmp_path / "panel.db").close()
    back_up(tmp_path / "panel.db", tmp_path / "panel.backup.db")


def said(command: str, beginning: str, capsys: pytest.CaptureFixture[str]) -> str:
    status = main([word.replace("ADDRESS", f"{beginning}lab:hidden@127.0.0.1:1/panel") for word in command.split()])
    text = "".join(capsys.readouterr())
    assert "hidden" not in text
    assert status == 2
    return text


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_password_is_shown_where_a_file_is_needed(
    command: str, beginning: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert REFUSAL in said(command, beginning, capsys)


@pytest.mark.parametrize("beginning", [each for each in BEGINNINGS if each not in ("postgresql://", "postgres://")])
@pytest.mark.parametrize("command", TAKES_A_SERVER)
def test_no_password_is_shown_where_an_address_is_not_one_of_a_server(
    command: str, beginning: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(command, beginning, capsys)
    assert REFUSAL in text or "give --database a file" in text or "Name databases on a PostgreSQL server" in text


def taken_by(command: Callable[..., Any]) -> Iterator[OptionInfo | ArgumentInfo]:
    """The options and arguments of a command, or of what comes before its commands."""
    for hint in get_type_hints(command, include_extras=True).values():
        yield from (each for each in getattr(hint, "__metadata__", ()) if isinstance(each, OptionInfo | ArgumentInfo))


def functions(of: typer.Typer) -> Iterator[Callable[..., Any]]:
    """What runs the commands."""
    before = of.registered_callback.callback if of.registered_callback else None
    yield from filter(None, (before, *(each.callback for each in of.registered_commands)))
    for group in of.registered_groups:
        yield from functions(group.typer_instance) if group.typer_instance else ()


def test_each_option_that_takes_a_file_refuses_an_address() -> None:
    takes_a_file = re.compile("FILE|FOLDER|PLAN|TEST|FROM|TO$")
    by_the_storage = {"--database", "--local-database"}
    found = 0
    for function in functions(app):
        for each in taken_by(function):
            # within Annotated typer has the first name of an option as its default
            if takes_a_file.match(str(each.metavar)) and each.default not in by_the_storage:
                assert each.parser is file_path or function is rename, (function, each.default, each.metavar)
                found += 1
    assert found > 15


def test_what_is_asked_in_python_is_refused_too(tmp_path: Path) -> None:
    backup = tmp_path / "panel.backup.db"
    address = type(backup)("postgresql://lab:hidden@127.0.0.1:1/panel")
    for refused in (
        lambda: restore(backup, address),
        lambda: restore(address, tmp_path / "other.db"),
        lambda: back_up(backup, address),
        lambda: back_up(address, backup),
        lambda: Marketplace.open(address),
    ):
        with pytest.raises(MarketplaceError, match=REFUSAL) as caught:
            refused()
        assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    "path",
    [
        *("panel.db", "C:/panel.db", "C:\\panel.db", "./postgresql.db", "a/b:c/d.db", "postgres"),
        *("a=b.db", "passwords/panel.db", "/mnt/c:/panel.db", "panel 12:30.db", "my postgres:panel.db", " panel.db"),
    ],
)
def test_a_path_is_a_path(path: str) -> None:
    refuse_address(path)
