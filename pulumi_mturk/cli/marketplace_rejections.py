"""`pulumi-mturk marketplace rejections`: what requesters have rejected, and its reversal by the host."""

import json
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
    from pulumi_mturk.marketplace.domain.rejections import Rejection

EPILOG: Final = examples(
    ("of the last days", "pulumi-mturk marketplace rejections --database panel.db --since 2026-11-24"),
    (
        "one was wrong: the worker is paid, by the requester's account",
        'pulumi-mturk marketplace rejections --database panel.db --reverse ASSIGNMENT --reason "The answer is right."',
    ),
)
_TIME: Final = len("2026-11-26T18:30:00Z")
_ID: Final = 30


def rejections(
    database: ExistingDatabase,
    account: Annotated[
        str | None, option("--account", metavar="NAME", help="Those of this requester's account.")
    ] = None,
    since: Since = None,
    until: Until = None,
    json_output: Annotated[
        bool, typer.Option("--json", help="Print a JSON object a line, with what the requester wrote.")
    ] = False,
    reverse: Annotated[
        str | None, option("--reverse", metavar="ASSIGNMENT", help="Approve this assignment, which is rejected.")
    ] = None,
    reason: Annotated[
        str | None,
        option("--reason", metavar="TEXT", help="With --reverse: why. The worker and the requester read it."),
    ] = None,
) -> int:
    """List the work that requesters have rejected, by when it was accepted, or reverse a rejection.

    The list names workers, so it is personal data. Below it stands how much of each account's decisions it is.

    --reverse does what the requester could by ApproveAssignment with OverrideRejection: for 30 days after the work was
    handed in, while its HIT is there, the account pays the reward and the fee, and the worker's approval rate counts an
    approval. The worker is written to, the requester's HIT events tell it, and it is noted in the audit log.
    """
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import rejections

    if (reverse is None) != (reason is None):
        print_error("--reverse and --reason go together.")
        return Status.ERROR
    if reverse is not None and (account is not None or since is not None or until is not None or json_output):
        print_error("--reverse is for one assignment: it goes with --reason alone.")
        return Status.ERROR
    # durable: money is owed from then on
    with Marketplace.open(database, create=False, durable=True) as marketplace:
        if reverse is not None and reason is not None:
            with marketplace.writing() as ctx:
                paid = rejections.reverse(ctx, reverse, reason)
            print(f"Approved: the worker is owed ${paid:.2f}. It can't be rejected again.")
            return Status.DONE
        names = {each.number: each.name for each in marketplace.accounts.every()}
        if account is not None and account not in names.values():
            print_error(f"There is no account {account!r}.")
            return Status.ERROR
        if not json_output:
            print(_line("REJECTED", "REVERSIBLE UNTIL", "REWARD", "ASSIGNMENT", "WORKER", "ACCOUNT"))
        for found in pages(marketplace, rejections.rejections_after):
            if is_within(found.time, since, until) and (account is None or names.get(found.account, "") == account):
                print(json.dumps(_document(found, names)) if json_output else _shown(found, names))
        with marketplace.reading() as ctx:
            numbers = {name: rejections.numbers(ctx, number) for number, name in names.items()}
    for name, (rejected, approved) in numbers.items():
        if not json_output and rejected and account in (None, name):
            print(f"{name}: {rejected} of {rejected + approved} decisions are rejections.")
    return Status.DONE


def _document(found: "Rejection", names: dict[int, str]) -> dict[str, Any]:
    return {
        "account": names.get(found.account, ""),
        "assignment_id": found.assignment_id,
        "hit_id": found.hit_id,
        "title": found.title,
        "worker_id": found.worker_id,
        "reward": f"{found.reward:.2f}",
        "rejected": utc(found.time),
        "reversible_until": None if found.reversible_until is None else utc(found.reversible_until),
        "feedback": found.feedback,
    }


def _shown(found: "Rejection", names: dict[int, str]) -> str:
    until = "its HIT is deleted" if found.reversible_until is None else utc(found.reversible_until)
    reward = f"${found.reward:.2f}"
    return _line(utc(found.time), until, reward, found.assignment_id, found.worker_id, names.get(found.account, ""))


def _line(time: str, until: str, reward: str, assignment: str, worker: str, account: str) -> str:
    return f"{time:<{_TIME}}  {until:<{_TIME}}  {reward:>7}  {assignment:<{_ID}}  {worker:<20}  {account}"
