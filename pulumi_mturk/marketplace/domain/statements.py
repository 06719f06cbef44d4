"""What whoever hosts a marketplace tells its workers before they join: who pays, and what is kept of them.

Another text is another version. A worker who has agreed to an earlier one is asked again before anything new begins.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pulumi_mturk.marketplace.domain import audit
from pulumi_mturk.marketplace.errors import MarketplaceError, WorkerRefusedError
from pulumi_mturk.marketplace.storage import statements

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.sql import Row

Kind = Literal["Payment", "Consent"]
_CONSENT: Final = """\
You work here for requesters, who publish the tasks. You are free to take a task or leave it, and to stop at any time.

This is kept of you: your sign-in name, your worker id, the address you give (country and state), your answers, what
requesters decided about them, and what you earned. Requesters see your worker id and your answers, never your sign-in
name. Your network address is not kept.

Ask the host for a copy of all that is kept of you, or to have it erased."""
_LONGEST: Final = 20_000


@dataclass(frozen=True)
class Statement:
    """One version of a text."""

    version: int
    text: str
    time: float


def latest(ctx: Context, kind: Kind) -> Statement | None:
    """The version that holds now; None: there is none yet."""
    row = statements.latest(ctx.db, kind)
    return None if row is None else _statement(row)


def replace(ctx: Context, kind: Kind, text: str) -> Statement:
    """Make this text the next version, unless it is the latest.

    Raises:
        MarketplaceError: it is empty, or longer than 20,000 characters.

    """
    text = text.strip().replace("\r\n", "\n")
    if not 0 < len(text) <= _LONGEST:
        raise MarketplaceError(f"A statement has 1 to {_LONGEST} characters; this one has {len(text)}.")
    before = latest(ctx, kind)
    if before is not None and before.text == text:
        return before
    version = 1 if before is None else before.version + 1
    statements.insert(ctx.db, kind, version, text, ctx.now)
    audit.by_operator(ctx, "statement set", f"{kind} {version}")
    return Statement(version, text, ctx.now)


def before_joining(ctx: Context) -> tuple[Statement, Statement]:
    """The statements on payment and on consent that a worker agrees to.

    Raises:
        MarketplaceError: the host has not said who pays.

    """
    payment = latest(ctx, "Payment")
    if payment is None:
        raise MarketplaceError(
            "Say first who pays the workers, how and when, or that it is practice and nobody does: "
            'pulumi-mturk marketplace statement --database FILE --payment "…"'
        )
    return payment, latest(ctx, "Consent") or Statement(0, _CONSENT, 0.0)


@dataclass(frozen=True)
class Agreement:
    """What a worker has agreed to, and when."""

    payment: Statement
    consent: Statement
    time: float


def agreed(ctx: Context, worker_id: str) -> Agreement | None:
    """What a worker agreed to last."""
    row = statements.latest_consent(ctx.db, worker_id)
    return None if row is None else _agreement(ctx, row)


def agreements(ctx: Context, worker_id: str) -> list[Agreement]:
    """All that a worker has ever agreed to, oldest first."""
    return [_agreement(ctx, row) for row in statements.consents_of(ctx.db, worker_id)]


def holds(ctx: Context, worker_id: str, payment: Statement | None) -> bool:
    """Whether a worker has agreed to what the host says now; `payment`: the latest on the pay."""
    row = statements.latest_consent(ctx.db, worker_id)
    now = [0 if each is None else each.version for each in (payment, latest(ctx, "Consent"))]
    return row is not None and now == [row["payment_version"], row["consent_version"]]


def agree(ctx: Context, worker_id: str) -> None:
    """Store that a worker agrees to what holds now. The text that the package brings is stored the first time."""
    payment, consent = before_joining(ctx)
    if consent.version == 0:
        consent = replace(ctx, "Consent", consent.text)
    statements.insert_consent(ctx.db, worker_id, consent.version, payment.version, ctx.now)


def agree_again(ctx: Context, worker_id: str, shown: str) -> None:
    """As `agree`, for a worker who has joined before. Raises as `check_shown`."""
    check_shown(ctx, shown)
    agree(ctx, worker_id)
    audit.by_worker(ctx, "agreed", worker_id)


def check_shown(ctx: Context, shown: str) -> None:
    """Check that a worker has read what holds now: `shown` is the `mark` of the texts on the page.

    Raises:
        WorkerRefusedError: the host has changed a text since.

    """
    if shown != mark(ctx):
        raise WorkerRefusedError("The texts were changed while you read them. Read them again.", field="terms")


def mark(ctx: Context) -> str:
    """A mark of the texts that hold now, which a page sends back."""
    return hashlib.sha256("\0".join(each.text for each in before_joining(ctx)).encode()).hexdigest()


def _agreement(ctx: Context, row: Row) -> Agreement:
    return Agreement(
        _statement(statements.version(ctx.db, "Payment", row["payment_version"])),
        _statement(statements.version(ctx.db, "Consent", row["consent_version"])),
        row["time"],
    )


def _statement(row: Row | None) -> Statement:
    if row is None:
        raise LookupError("A worker agreed to a text that is gone.")
    return Statement(row["version"], row["text"], row["time"])
