"""`pulumi-mturk marketplace backup`, `restore`, `finish-restore`, `payouts`: what a host does with a database."""

import csv
import datetime
import io
import os
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pulumi_mturk.cli.common import ExistingDatabase, Status, argument, examples, file_path, option, print_error
from pulumi_mturk.marketplace.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pulumi_mturk.marketplace.backup import Checked
    from pulumi_mturk.marketplace.domain.payouts import Owed
    from pulumi_mturk.marketplace.domain.restoration import TakenOver

_COLUMNS: Final = ("account", "worker_id", "amount_usd", "since", "through")
_NOT_READ: Final = "since"
_STREAM: Final = "-"
_NOTHING_TAKEN_OVER: Final = (
    "No database was there to take anything over from. What was done since the backup is to be done again: erasures, "
    "revoked access keys and invitations, closed accounts, the operator's new key, payouts marked as paid. Workers "
    "sign in as they did then."
)
BACKUP_EPILOG: Final = examples(
    ("every night, while it is served", "pulumi-mturk marketplace backup --database panel.db panel.backup.db"),
    ("and whether it could be restored", "pulumi-mturk marketplace restore --check panel.backup.db"),
)
RESTORE_EPILOG: Final = examples(
    ("its server is stopped", "pulumi-mturk marketplace restore --database panel.db panel.backup.db"),
)
FINISH_EPILOG: Final = examples(
    (
        "after pg_restore has filled the database `restored`, and before that is served",
        "pulumi-mturk marketplace finish-restore --database postgresql:///restored --replaces postgresql:///panel",
    ),
)
PAYOUTS_EPILOG: Final = examples(
    ("who is owed what", "pulumi-mturk marketplace payouts --database panel.db owed.csv"),
    (
        "once it is paid",
        "pulumi-mturk marketplace payouts --database panel.db --mark-paid --reference 2026-11 owed.csv",
    ),
)


def backup(
    database: ExistingDatabase,
    target: Annotated[
        Path, argument(metavar="FILE", help="The file to write, which must not exist.", parser=file_path)
    ],
) -> int:
    """Write a copy of a marketplace's database into a new file, also while it is served.

    The key to the secrets of access keys is not in it (the file beside the database whose name ends in .key, or the
    variable PULUMI_MTURK_MARKETPLACE_KEY): keep it, in another place than the backups.
    """
    from pulumi_mturk.marketplace.backup import back_up
    from pulumi_mturk.marketplace.errors import MarketplaceError
    from pulumi_mturk.marketplace.storage.database import is_server

    if is_server(database):
        raise MarketplaceError(
            "A server's database is saved with PostgreSQL's own pg_dump; `finish-restore` comes after pg_restore."
        )
    back_up(Path(database), target)
    print(f"Wrote {target}. The key to the secrets of access keys is not in it: keep that apart.")
    return Status.DONE


def restore(
    source: Annotated[Path, argument(metavar="FILE", help="The backup.", parser=file_path)],
    database: Annotated[
        Path | None, option("--database", metavar="FILE", help="The SQLite file that it becomes.", parser=file_path)
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; say what is in the backup, and whether it is whole.")
    ] = False,
) -> int:
    """Put a backup in the place of a database whose server is stopped; what was there is kept beside it.

    It is checked before: the file, what its rows refer to, and each number and sum of money that is kept against what
    is counted. One of an older version is brought to this one's, one of a newer is refused.

    From the database that is replaced it takes over what protects somebody: whoever was erased since the backup is
    erased again, access keys and invitations that were revoked and accounts that were closed stay so, used links stay
    used, workers and the operator sign in with what they have now, and the audit log goes on. All sessions end.

    The exit status of --check is 1 where something is wrong.
    """
    from pulumi_mturk.marketplace import backup

    if check:
        return _told(backup.check(source))
    if database is None:
        print_error("Missing option '--database'.")
        return Status.ERROR
    restored = backup.restore(source, database)
    _print_checked(restored.checked)
    if restored.replaced is None:
        print(_NOTHING_TAKEN_OVER)
    else:
        _print_taken_over(restored.taken_over)
        print(f"What was there before is in {restored.replaced}; delete it once you don't need it.")
    print(f"Restored {database}.")
    return Status.DONE


def finish_restore(
    database: Annotated[
        str,
        option(
            "--database", metavar="ADDRESS", help="What pg_restore has filled: postgresql://…; nothing serves it yet."
        ),
    ],
    replaces: Annotated[
        str | None,
        option("--replaces", metavar="ADDRESS", help="The database whose place it takes, if that is still there."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Take nothing over; say what is in it, and whether it is whole.")
    ] = False,
) -> int:
    """Finish the restoration of a database on a PostgreSQL server, as `restore` does it for a file.

    Have pg_restore fill a new database, beside the one that it is to replace. This looks for what pg_restore has not
    made, counts again each number and sum of money that is kept, brings the database to this version, and takes over
    from the other one what protects somebody: erasures, revoked access keys and invitations, closed accounts, and what
    workers and the operator sign in with. All sessions end.

    The exit status of --check is 1 where something is wrong.
    """
    from pulumi_mturk.marketplace import backup
    from pulumi_mturk.marketplace.errors import MarketplaceError
    from pulumi_mturk.marketplace.storage.database import is_server, without_password

    if not all(is_server(each) for each in (database, replaces) if each is not None):
        raise MarketplaceError("Name databases on a PostgreSQL server, by postgresql://…; `restore` is for files.")
    if check:
        return _told(backup.check_on_server(database))
    checked, taken = backup.finish_on_server(database, replaces)
    _print_checked(checked)
    if replaces is None:
        print(_NOTHING_TAKEN_OVER)
    else:
        _print_taken_over(taken)
    print(f"Restored {without_password(database)}.")
    return Status.DONE


def _told(found: "Checked") -> int:
    _print_checked(found)
    for problem in found.problems:
        print_error(problem, label="wrong")
    return Status.REFUSED if found.problems else Status.DONE


def _print_taken_over(taken: "TakenOver") -> None:
    for what, number in (
        ("Workers erased again, by the ledger of erasures", taken.erased),
        ("Access keys revoked again", taken.keys),
        ("Accounts closed again", taken.accounts),
        ("Invitations revoked, or used, as they were", taken.invitations),
        ("Workers who sign in with what they had last", taken.workers),
    ):
        if number:
            print(f"{what}: {number}")
    if taken.operator_key:
        print("The operator's key is the latest one.")
    if taken.payouts:
        print(
            f"Payouts since the backup that are not in it: {taken.payouts}. What they paid is owed again: mark their "
            "lists as paid before you write the next one. They are in the database that was replaced."
        )


def _print_checked(found: "Checked") -> None:
    print(f"Schema version: {found.schema_version}")
    for what, number in found.contents.items():
        print(f"{what[:1].upper()}{what[1:]}: {number}")


def payouts(
    database: ExistingDatabase,
    target: Annotated[
        Path,
        argument(
            metavar="FILE",
            help="The list, as CSV: written, or read with --mark-paid; - is stdout, or stdin.",
            parser=file_path,
        ),
    ],
    mark_paid: Annotated[
        bool, typer.Option("--mark-paid", help="What the list says has been paid. All of it is marked, or nothing.")
    ] = False,
    reference: Annotated[
        str | None, option("--reference", metavar="TEXT", help="With --mark-paid: by which it can be found again.")
    ] = None,
) -> int:
    """List what workers are owed: rewards and bonuses that no payout has brought them.

    The list names workers, so it is personal data: its owner alone may read the file. The column `through` is the last
    payment in an amount; what is earned after it stays owed when the list is marked as paid.
    """
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import payouts

    if mark_paid != (reference is not None):
        print_error("--mark-paid and --reference go together.")
        return Status.ERROR
    # durable: what was marked as paid is not paid again after a power cut
    with Marketplace.open(database, create=False, durable=True) as marketplace:
        numbers = {account.name: account.number for account in marketplace.accounts.every()}
        if reference is not None:
            paid = _read(target, numbers)
            with marketplace.writing() as ctx:
                payouts.mark_paid(ctx, paid, reference)
            print(f"Marked {count(len(paid), 'row')} as paid: ${sum((row.amount for row in paid), Decimal()):.2f}.")
            return Status.DONE
        with marketplace.reading() as ctx:
            text = _csv(payouts.owed(ctx), {number: name for name, number in numbers.items()})
    if str(target) == _STREAM:
        sys.stdout.write(text)
    else:
        _write(target, text)
    return Status.DONE


def _csv(rows: "Iterable[Owed]", names: dict[int, str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        since = datetime.datetime.fromtimestamp(row.since, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        writer.writerow((names[row.account], row.worker_id, f"{row.amount:.2f}", since, row.through))
    return text.getvalue()


def _write(target: Path, text: str) -> None:
    from pulumi_mturk.marketplace.errors import MarketplaceError

    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise MarketplaceError(f"{target} exists already: nothing is written over a list.") from None
    except OSError as error:
        raise MarketplaceError(f"{target} can not be written: {error.strerror}.") from None
    with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path has no descriptor
        file.write(text)


def _read(source: Path, numbers: dict[str, int]) -> "list[Owed]":
    from pulumi_mturk.marketplace.domain.payouts import Owed
    from pulumi_mturk.marketplace.domain.value_ranges import INT64
    from pulumi_mturk.marketplace.errors import MarketplaceError

    is_stream = str(source) == _STREAM
    shown = "Standard input" if is_stream else source
    try:
        content = sys.stdin.buffer.read() if is_stream else source.read_bytes()
        reader = csv.DictReader(content.decode("utf-8-sig").splitlines())
        rows, heading = [*reader], reader.fieldnames or ()
    except (OSError, ValueError, csv.Error):
        raise MarketplaceError(f"{shown} can not be read as a CSV file in UTF-8.") from None
    if missing := [name for name in _COLUMNS if name not in (*heading, _NOT_READ)]:
        raise MarketplaceError(
            f"{shown} is not a list that `payouts` has written: its first line has no {', '.join(missing)}."
        )
    paid = []
    for number, row in enumerate(rows, start=1):
        try:
            amount, through = Decimal(row["amount_usd"]), int(row["through"])
            if not amount.is_finite() or through not in INT64:
                raise ValueError
            paid.append(Owed(numbers[row["account"]], row["worker_id"], amount, 0.0, through))
        except (KeyError, TypeError, ValueError, InvalidOperation):
            raise MarketplaceError(
                f"{shown}: row {number} is not one of a list that `payouts` has written, with the columns "
                f"{', '.join(_COLUMNS)}."
            ) from None
    return paid
