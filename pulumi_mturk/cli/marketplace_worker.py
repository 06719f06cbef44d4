"""`pulumi-mturk marketplace worker`: a copy of all that is kept of one, and its erasure."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from pulumi_mturk.cli.common import ExistingDatabase, Status, argument, examples
from pulumi_mturk.marketplace.text import count

app: Final = typer.Typer(
    help="What whoever hosts a marketplace owes its workers.",
    epilog=examples(
        ("all that is kept of a worker", "pulumi-mturk marketplace worker export --database panel.db A1EXAMPLEWORKER"),
        ("", "pulumi-mturk marketplace worker erase --database panel.db A1EXAMPLEWORKER"),
    ),
)
_Worker = Annotated[str, argument(metavar="ID", help="The worker's id.")]


@app.command()
def export(database: ExistingDatabase, worker: _Worker) -> int:
    """Print what the database holds about a worker, as JSON, by its tables, and what the audit log says of one.

    What is left out: hashes and keys by which a worker signs in, attempts that failed, which are counted by names, and
    the journal of calls, where the switch record_calls is on for a test.
    """
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import erasure

    with Marketplace.open(database, create=False, durable=True) as marketplace, marketplace.writing() as ctx:
        found = erasure.export(ctx, worker)
    print(json.dumps(found, indent=2))
    return Status.DONE


@app.command()
def erase(
    database: ExistingDatabase,
    worker: _Worker,
    keep_answers: Annotated[
        bool, typer.Option("--keep-answers", help="Leave the answers to the requesters, under a random id.")
    ] = False,
) -> int:
    """Erase a worker: profile, sign-in, consents, qualifications, requests, blocks and messages.

    Assignments and payments stay under a random id, the assignments without answers unless those are kept. What is
    under way is returned. There is no way back.
    """
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import erasure
    from pulumi_mturk.marketplace.storage.backup_files import empty_log
    from pulumi_mturk.marketplace.storage.database import is_server

    with (
        Marketplace.open(database, create=False, durable=True) as marketplace,
        marketplace.writing_in_pieces() as (ctx, pause),
    ):
        waiting = erasure.erase(ctx, worker, keep_answers=keep_answers, pause=pause)
    if not is_server(database) and not empty_log(Path(database)):
        print(
            f"{database}-wal still holds what was erased, for others read the database all the time: stop them and its "
            "server for a moment."
        )
    print("Erased. This is outside of the database, and yours to look after:")
    for each in erasure.outside(on_server=is_server(database)):
        print(f"- {each}")
    if waiting:
        print(f"{count(waiting, 'assignment')} of the worker wait for a decision: nobody can be paid for them now.")
    return Status.DONE
