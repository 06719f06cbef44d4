"""`pulumi-mturk marketplace account`: the requesters of a marketplace that is served, and their access keys."""

import datetime
import shlex
import sys
from typing import Annotated, Final

import typer

from pulumi_mturk.cli.common import AnyDatabase, ExistingDatabase, Status, argument, examples, new_table, print_table
from pulumi_mturk.marketplace.aws_variables import REGION

app: Final = typer.Typer(
    help="The requesters who share a marketplace: each has an account with what it has made, and access keys of AWS's "
    "form by which its programs sign.\n\nAs soon as there is an account beside the database's own, or an access key, a "
    "server takes no call that is not signed. It need not be started again for any of this.",
    epilog=examples(
        (
            "a requester, and the access key to hand over",
            "pulumi-mturk marketplace account add --database panel.db Lab",
        ),
        ("", "pulumi-mturk marketplace account key add --database panel.db Lab"),
        ("the access key is replaced", "pulumi-mturk marketplace account key add --database panel.db Lab"),
        ("", "pulumi-mturk marketplace account key revoke --database panel.db MTMPEXAMPLEEXAMPLE00"),
    ),
)
keys: Final = typer.Typer(
    help="The access keys of an account, of which two at most are active. A secret is shown once, and kept encrypted: "
    "its key is in the file beside the database whose name ends in .key, or in the environment variable "
    "PULUMI_MTURK_MARKETPLACE_KEY. Keep it apart from the database's backups."
)
app.add_typer(keys, name="key", short_help="Make, list and revoke an account's access keys.")

Name = Annotated[str, argument(metavar="NAME", help="The account's name, 1 to 64 characters; workers read it.")]


@app.command()
def add(database: AnyDatabase, name: Name) -> int:
    """Add an account."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain.accounts import check_name
    from pulumi_mturk.marketplace.storage.database import without_password

    check_name(name)  # a refused one leaves no file
    with Marketplace.open(database, durable=True) as marketplace:
        marketplace.accounts.add(name)
    shown = without_password(database)
    command = shlex.join(("pulumi-mturk", "marketplace", "account", "key", "add", "--database", shown, name))
    print(f"Added {name}. An access key: {command}")
    return Status.DONE


@app.command("list")
def list_accounts(database: ExistingDatabase) -> int:
    """List the accounts; the first one is the database's own."""
    from rich.text import Text

    from pulumi_mturk.marketplace import Marketplace

    table = new_table("ACCOUNT", "CREATED", "ACCESS KEYS", "CLOSED")
    with Marketplace.open(database, create=False) as marketplace:
        for account in marketplace.accounts.every():
            found = [] if account.closed else marketplace.accounts.keys(account.name)
            active = sum(key.revoked is None for key in found)
            table.add_row(Text(account.name), _day(account.created), str(active), _day(account.closed))
    print_table(table)
    return Status.DONE


@app.command()
def rename(
    database: ExistingDatabase, name: Name, to: Annotated[str, argument(metavar="TO", help="Its new name.")]
) -> int:
    """Rename an account."""
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False, durable=True) as marketplace:
        marketplace.accounts.rename(name, to)
    print(f"{name} is {to} now.")
    return Status.DONE


@app.command()
def close(database: ExistingDatabase, name: Name) -> int:
    """Close an account for ever: its access keys are no longer taken.

    What it has published stays, and so does its name; expire its HITs first.
    """
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False, durable=True) as marketplace:
        marketplace.accounts.close(name)
    print(f"Closed {name}.")
    return Status.DONE


@app.command("operator-key")
def operator_key(database: ExistingDatabase) -> int:
    """Make the operator's key, for the routes of the clock, the outbox, the workers, and of --control.

    With accounts they ask for it, in the header Authorization: Bearer KEY. It is shown once, and takes the place of an
    earlier one.
    """
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False, durable=True) as marketplace:
        print(marketplace.accounts.new_operator_key())
    return Status.DONE


@keys.command("add")
def add_key(database: ExistingDatabase, name: Name) -> int:
    """Make an access key, and show it as lines of ~/.aws/credentials. The secret is shown this once."""
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False, durable=True) as marketplace:
        made = marketplace.accounts.add_key(name)
    print("# in ~/.aws/credentials")
    print("[marketplace]")
    print(f"aws_access_key_id = {made.key_id}")
    print(f"aws_secret_access_key = {made.secret}")
    print(f"region = {REGION}")
    print("# or in the environment")
    print(f"export AWS_ACCESS_KEY_ID={made.key_id}")
    print(f"export AWS_SECRET_ACCESS_KEY={made.secret}")
    print(f"export AWS_DEFAULT_REGION={REGION}")
    print("The secret is not shown again.", file=sys.stderr)
    return Status.DONE


@keys.command("list")
def list_keys(database: ExistingDatabase, name: Name) -> int:
    """List the access keys of an account: when each was made, used last (by the hour) and revoked."""
    from pulumi_mturk.marketplace import Marketplace

    table = new_table("ACCESS KEY", "CREATED", "LAST USED", "REVOKED")
    with Marketplace.open(database, create=False) as marketplace:
        for key in marketplace.accounts.keys(name):
            used = "never" if key.last_used is None else _time(key.last_used)
            table.add_row(key.key_id, _day(key.created), used, _day(key.revoked))
    print_table(table)
    return Status.DONE


@keys.command("revoke")
def revoke_key(
    database: ExistingDatabase,
    key_id: Annotated[str, argument(metavar="KEY", help="The access key's id, as `key list` shows it.")],
) -> int:
    """Revoke an access key for ever, from the next call on."""
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False, durable=True) as marketplace:
        marketplace.accounts.revoke_key(key_id)
    print(f"Revoked {key_id}.")
    return Status.DONE


def _day(seconds: float | None) -> str:
    return _time(seconds)[:10] if seconds else ""


def _time(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat(" ", "minutes").replace("+00:00", "Z")
