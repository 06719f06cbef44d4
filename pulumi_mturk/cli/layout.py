"""`pulumi-mturk layout`: HIT layouts, which requesters of the real service make on its web site."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from pulumi_mturk.cli.common import ExistingDatabase, Quiet, Status, argument, examples, file_path, option, print_error

app: Final = typer.Typer(
    help="HIT layouts, for programs that call CreateHIT with a HITLayoutId. On the real service they are made on the "
    "requester's web site; here by command.",
    epilog=examples(
        ("the id for HITLayoutId", "pulumi-mturk layout create --database study.db receipt.html"),
        ("of an account of a team", "pulumi-mturk layout create --database panel.db --account Lab receipt.html"),
        ("made by a program", "render.py | pulumi-mturk layout create --database study.db -"),
    ),
)


@app.command()
def create(
    database: ExistingDatabase,
    html: Annotated[
        Path,
        argument(metavar="FILE", help="HTML with ${name} for each parameter; - is standard input.", parser=file_path),
    ],
    account: Annotated[
        str | None, option("--account", metavar="NAME", help="Of this account, not of the database's own first one.")
    ] = None,
    quiet: Quiet = False,
) -> int:
    """Make a HIT layout and print its id. The database is made if it is not there.

    It is for HITs of its account. Its parameters, which CreateHIT has to give values for, are said on standard error.
    """
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain.layouts import placeholders
    from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT

    try:
        content = (sys.stdin.buffer.read() if str(html) == "-" else html.read_bytes()).decode()
    except OSError as error:
        print_error(f"{html} can not be read: {error.strerror}.")
        return Status.ERROR
    except UnicodeDecodeError:
        print_error(f"{html} is not text in UTF-8.")
        return Status.ERROR
    if not content.strip():
        print_error(f"{html} is empty.")
        return Status.ERROR
    with Marketplace.open(database) as marketplace:
        number = FIRST_ACCOUNT if account is None else marketplace.accounts.number(account)
        layout_id = marketplace.add_layout(content, account=number)
    print(layout_id)
    if not quiet:
        print(f"Its parameters: {', '.join(sorted(placeholders(content))) or 'none'}", file=sys.stderr)
    return Status.DONE
