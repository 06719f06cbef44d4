"""`pulumi-mturk marketplace audit`: what the operator did on a marketplace, and who signed in."""

import json
import re
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pulumi_mturk.cli.common import (
    ExistingDatabase,
    Since,
    Status,
    Until,
    examples,
    is_within,
    option,
    pages,
    print_error,
    utc,
)

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.audit import Entry

EPILOG: Final = examples(
    ("of the last days", "pulumi-mturk marketplace audit --database panel.db --since 2026-11-24"),
    ("who has made or revoked a key", "pulumi-mturk marketplace audit --database panel.db --account Lab"),
    ("of one worker", "pulumi-mturk marketplace audit --database panel.db --worker A1EXAMPLEWORKER --json"),
)
_HASH: Final = re.compile(r"(?<=:)([0-9a-f]{12})[0-9a-f]{52}\b")
_ACTOR: Final = len("worker:") + 12
_TIME: Final = len("2026-11-26T18:30:00Z")


def audit(
    database: ExistingDatabase,
    since: Since = None,
    until: Until = None,
    action: Annotated[
        list[str] | None,
        option("--action", metavar="ACTION", help='What was done, such as "signed in"; may be repeated.'),
    ] = None,
    account: Annotated[
        str | None, option("--account", metavar="NAME", help="What was done to this requester's account.")
    ] = None,
    worker: Annotated[
        str | None, option("--worker", metavar="ID", help="What this worker did, and what was done to it.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Print a JSON object a line, with whole hashes.")] = False,
) -> int:
    """Show the audit log, oldest first: what the operator did, and who joined and signed in.

    Workers stand there as a keyed hash of their id, of which a table shows the beginning: whoever knows the id finds
    them by --worker. It has no answers and no sign-in names, and is kept for two years. Refused sign-ins are counted by
    the day, for sign-in names in 64 groups.
    """
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import audit

    if unknown := sorted({*(action or ())}.difference(audit.ACTIONS)):
        print_error(f"There is no action {unknown[0]!r} in the log; there are: {', '.join(audit.ACTIONS)}.")
        return Status.ERROR
    with Marketplace.open(database, create=False) as marketplace:
        names: dict[int | None, str] = {each.number: each.name for each in marketplace.accounts.every()}
        if account is not None and account not in names.values():
            print_error(f"There is no account {account!r}.")
            return Status.ERROR
        with marketplace.reading() as ctx:
            wanted = None if worker is None else audit.worker(ctx, worker)
        if not json_output:
            print(_line("TIME", "ACTOR", "ACTION", "SUBJECT"))
        for entry in pages(marketplace, audit.entries_after):
            if (
                is_within(entry.time, since, until)
                and (not action or entry.action in action)
                and (account is None or names.get(entry.account) == account)
                and (wanted is None or wanted in (entry.actor, *entry.subject.split()))
            ):
                name = names.get(entry.account)
                print(json.dumps(_document(entry, name)) if json_output else _shown(entry, name))
    return Status.DONE


def _document(entry: "Entry", account: str | None) -> dict[str, Any]:
    return {
        "time": utc(entry.time),
        "actor": entry.actor,
        "action": entry.action,
        "times": entry.times,
        "account": account,
        "subject": entry.subject or None,
    }


def _shown(entry: "Entry", account: str | None) -> str:
    times = f"{entry.times} times that day" if entry.times > 1 else ""
    subject = " ".join(filter(None, (account, entry.subject, times)))
    return _line(utc(entry.time), _HASH.sub(r"\1", entry.actor), entry.action, _HASH.sub(r"\1", subject))


def _line(time: str, actor: str, action: str, subject: str) -> str:
    from pulumi_mturk.marketplace.domain.audit import ACTIONS

    return f"{time:<{_TIME}}  {actor:<{_ACTOR}}  {action:<{max(map(len, ACTIONS))}}  {subject}".rstrip()
