"""`pulumi-mturk marketplace invite` and `statement`: how workers come to sign in on a marketplace with accounts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from pulumi_mturk.cli.common import (
    ExistingDatabase,
    Status,
    argument,
    examples,
    file_path,
    new_table,
    option,
    print_error,
    print_table,
    whole_number,
)

app: Final = typer.Typer(
    help="Links by which people become workers of a marketplace with accounts, and by which a worker sets a new "
    "passphrase or passkey. Whoever has a link can use it: send it to its person alone. It is shown once, and has no "
    "worker's id in it.",
    epilog=examples(
        (
            "who pays comes first: no link is made without it",
            'pulumi-mturk marketplace statement --database panel.db --payment "The lab pays, by bank transfer."',
        ),
        (
            "thirty people of a class",
            "pulumi-mturk marketplace invite add --database panel.db --url https://panel.example.org --uses 30",
        ),
        (
            "one worker who has lost the passphrase or passkey; the worker's sessions end",
            "pulumi-mturk marketplace invite add --database panel.db --url https://panel.example.org "
            "--worker A1EXAMPLEWORKER",
        ),
    ),
)


@app.command()
def add(
    database: ExistingDatabase,
    worker: Annotated[
        str | None,
        option(
            "--worker", metavar="ID", help="For this worker, who is registered (default: each use makes a new one)."
        ),
    ] = None,
    uses: Annotated[
        int, option("--uses", metavar="N", help="How many people may use it (default: 1).", parser=whole_number)
    ] = 1,
    expires: Annotated[
        int, option("--expires", metavar="DAYS", help="Days until it expires (default: 7).", parser=whole_number)
    ] = 7,
    label: Annotated[str, option("--label", metavar="TEXT", help="What the list shows beside it.")] = "",
    url: Annotated[
        str,
        option(
            "--url", metavar="URL", help="The marketplace's address, as workers reach it (default: the path alone)."
        ),
    ] = "",
) -> int:
    """Make an invitation, and print its link."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import invitations

    if url and not url.startswith(("https://", "http://")):
        print_error(f"--url is an address with https:// or http://, such as https://panel.example.org, not {url}.")
        return Status.ERROR
    with Marketplace.open(database, create=False) as marketplace, marketplace.writing() as ctx:
        token = invitations.add(ctx, worker_id=worker, label=label, uses=uses, days=expires)
    print(f"{url.rstrip('/')}/join/{token}")
    return Status.DONE


@app.command("list")
def list_invitations(database: ExistingDatabase) -> int:
    """List the invitations; their links are not kept."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import invitations

    table = new_table("NUMBER", "STATUS", "FOR", "LABEL", "EXPIRES", numbers=("LEFT", "OF"))
    with Marketplace.open(database, create=False) as marketplace, marketplace.reading() as ctx:
        for each in invitations.invitations_after(ctx):
            table.add_row(
                str(each.number),
                each.status(ctx.now),
                each.worker_id or "new workers",
                each.label,
                datetime.fromtimestamp(each.expires, UTC).strftime("%Y-%m-%d %H:%M"),
                str(each.uses_left),
                str(each.uses),
            )
    print_table(table)
    return Status.DONE


@app.command()
def revoke(
    database: ExistingDatabase,
    number: Annotated[int, argument(metavar="NUMBER", help="Its number in the list.", parser=whole_number)],
) -> int:
    """Revoke an invitation: its link can't be used any more. Who has joined by it stays."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import invitations

    with Marketplace.open(database, create=False) as marketplace, marketplace.writing() as ctx:
        invitations.revoke(ctx, number)
    print(f"Revoked invitation {number}.")
    return Status.DONE


def statement(
    database: ExistingDatabase,
    payment: Annotated[
        str | None,
        option("--payment", metavar="TEXT", help='Who pays, how and when; or such as "Practice: no money is paid."'),
    ] = None,
    consent: Annotated[
        Path | None,
        option("--consent", metavar="FILE", help="A text file with what workers agree to.", parser=file_path),
    ] = None,
) -> int:
    """Say who pays the workers, and what they agree to; without an option, show what holds now.

    Both stand on the page of an invitation, which can't be made before it is said who pays; that stands on every page
    of a worker, too. Another text is another version: who has agreed to an earlier one is asked again on the next page.
    Which ones a worker agreed to is kept.
    """
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import statements

    try:
        agreed = None if consent is None else consent.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print_error(f"{consent} can not be read: {getattr(error, 'strerror', None) or 'it is no UTF-8'}.")
        return Status.ERROR
    with Marketplace.open(database, create=False) as marketplace, marketplace.writing() as ctx:
        if payment is not None:
            statements.replace(ctx, "Payment", payment)
        if agreed is not None:
            statements.replace(ctx, "Consent", agreed)
        found = statements.before_joining(ctx)
    for heading, each in zip(("Who pays", "What workers agree to"), found, strict=True):
        version = f"version {each.version}" if each.version else "the package's own text"
        print(f"{heading} ({version}):\n{each.text}\n")
    return Status.DONE
