"""What a recorded file has of a hosted marketplace: a second account, sign-in, a passkey, audit, erasures, payouts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.domain import (
    accounts,
    erasure,
    invitations,
    passphrases,
    payouts,
    sessions,
    sign_in,
    statements,
)
from pulumi_mturk.marketplace.domain.workers import WorkerProfile
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import audit, keyed_hashes, passkeys, request_counts
from pulumi_mturk.marketplace.storage import sessions as stored_sessions
from pulumi_mturk.marketplace.storage import sign_in as stored_sign_in
from pulumi_mturk.marketplace.storage import statements as stored_statements
from tests.support.marketplace.api_calls import HIT_TYPE, InProcessClient
from tests.support.marketplace.fenced import PASSPHRASE, PAYMENT
from tests.support.marketplace.populated import LIFE, WORKERS

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace
    from tests.support.marketplace.populated import Population

INVITED, NAME = "A13EXAMPLE", "Recorded Reader"
TRIED = "recorded target"
TOKEN = "the token of a recorded session"  # noqa: S105 - made up
SECOND = 2
"""The number of the second account."""
TYPE = "Type of the second account"


def live(made: Population) -> None:
    """Host the marketplace for a while."""
    marketplace = made.marketplace
    marketplace.accounts.rename("recorded", "First Lab")
    marketplace.accounts.add("Second Lab")
    marketplace.accounts.new_operator_key()
    revoked = marketplace.accounts.add_key("Second Lab")
    marketplace.accounts.add_key("Second Lab")
    marketplace.accounts.revoke_key(revoked.key_id)
    second = InProcessClient(marketplace, SECOND)
    type_id = second.new_type(TYPE)
    for operation, members in (
        ("CreateHIT", {**HIT_TYPE, **LIFE, "Title": "Of the second account", "UniqueRequestToken": "token"}),
        ("CreateWorkerBlock", {"WorkerId": WORKERS[4], "Reason": "A block of the second account"}),
        ("AssociateQualificationWithWorker", {"QualificationTypeId": type_id, "WorkerId": WORKERS[0]}),
    ):
        status, answer = second.call(operation, **members)
        assert status == 200, answer
    hashed = passphrases.hash_of(PASSPHRASE)
    with marketplace.writing() as ctx:
        statements.replace(ctx, "Payment", PAYMENT)
        statements.replace(ctx, "Consent", "What is kept of you.")
        link = invitations.add(ctx, label="two readers", uses=2)
        invitations.add(ctx, worker_id=WORKERS[0])
        invitations.add(ctx, label="taken back")
        invitations.revoke(ctx, 3)
        invitations.join(ctx, link, WorkerProfile(INVITED, "US", "CA", adult=True), NAME, hashed)
        stored_sessions.insert(ctx.db, keyed_hashes.of_token(TOKEN), INVITED, ctx.now)
        passkeys.insert(ctx.db, "a-credential", INVITED, "its-public-key", 1, name="of the phone", now=ctx.now)
        sign_in.set_credentials(ctx, WORKERS[0], TRIED, hashed)
        for _ in range(5):
            sign_in.note_refusal(ctx, sign_in.attempt(ctx, TRIED))
        owed = payouts.owed(ctx)
        payouts.mark_paid(ctx, owed[:1], "transfer 1")
        erasure.erase(ctx, WORKERS[11], keep_answers=True)
        erasure.erase(ctx, WORKERS[10])
        request_counts.add(ctx.db, "GET", "/projects", "", 200, 3, requests=2, seconds=0.05)


def readings_at_once(marketplace: Marketplace) -> dict[str, Any]:
    """What is read while the session lasts, and the worker whose name somebody has tried is locked out."""
    if not marketplace.accounts.are_configured():
        return {}
    with marketplace.reading() as ctx:
        session = sessions.find(ctx, TOKEN)
        found: dict[str, Any] = {
            "session": session and asdict(session),
            "sessions": [asdict(each) for each in sessions.of_worker(ctx, INVITED)],
        }
    with marketplace.writing() as ctx:
        try:
            sign_in.attempt(ctx, TRIED)
        except WorkerRefusedError as error:
            found["locked out"] = str(error)
    return found


def readings(marketplace: Marketplace) -> dict[str, Any]:
    """What the second requester, a worker and the operator read."""
    if not marketplace.accounts.are_configured():
        return {}
    second = InProcessClient(marketplace, SECOND)
    found: dict[str, Any] = {}
    for operation, members in (
        ("ListHITs", {}),
        ("ListQualificationTypes", {"MustBeRequestable": False, "MustBeOwnedByCaller": True}),
        ("ListWorkerBlocks", {}),
        ("GetAccountBalance", {}),
    ):
        status, found[f"{operation} of the second account"] = second.call(operation, **members)
        assert status == 200
    with marketplace.reading() as ctx:
        every = accounts.every(ctx.db, "recorded")
        found["accounts"] = [asdict(account) for account in every]
        found["access keys"] = [asdict(key) for account in every for key in accounts.keys(ctx.db, account)]
        found["invitations"] = [asdict(each) for each in invitations.invitations_after(ctx)]
        found["statements"] = [asdict(each) for each in statements.before_joining(ctx)]
        found["agreed"] = [row["time"] for row in stored_statements.consents_of(ctx.db, INVITED)][-1]
        found["erasures"] = [asdict(entry) for entry in erasure.ledger(ctx)]
        found["owed"] = [{**asdict(row), "amount": str(row.amount)} for row in payouts.owed(ctx)]
        found["audit"] = [
            [row[name] for name in ("time", "actor", "action", "subject")] for row in audit.after(ctx.db, 0)
        ]
        found["requests"] = [list(row) for row in request_counts.all_of(ctx.db)]
        worker = stored_sign_in.worker_named(ctx.db, sign_in.folded(NAME))
        stored = worker and stored_sign_in.passphrase_of(ctx.db, worker)
    found["signs in"] = {"worker": worker, "passphrase": passphrases.matches(stored, PASSPHRASE)}
    with marketplace.writing() as ctx:
        found["exports"] = [erasure.export(ctx, worker) for worker in (INVITED, WORKERS[0])]
    return found
