"""What lets somebody into a marketplace, at the time of a backup and after what was done since to protect somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain import invitations, passkeys, sessions, sign_in, statements
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.storage import invitations as stored_invitations
from pulumi_mturk.marketplace.storage import passkeys as stored_passkeys
from pulumi_mturk.marketplace.storage import sign_in as stored_sign_in
from tests.support.marketplace.api_calls import OTHER, WORKER

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain.context import Context

LEAKED, KEPT = "scrypt$2$1$1$00$00", "scrypt$2$1$1$00$01"


def is_open(ctx: Context, link: str) -> bool:
    try:
        invitations.find(ctx, link)
    except WorkerRefusedError:
        return False
    return True


class Before:
    """A marketplace at the time of the backup; `protect` is what is done after it."""

    def __init__(self, marketplace: Marketplace) -> None:
        accounts = marketplace.accounts
        accounts.add("Lab")
        accounts.add("Closed")
        self.leaked_key = accounts.add_key("Lab").key_id
        self.good_key = accounts.add_key("Lab").key_id
        self.operator_key = accounts.new_operator_key()
        with marketplace.writing() as ctx:
            statements.replace(ctx, "Payment", "Practice: no money is paid.")
            self.revoked_link = invitations.add(ctx)
            self.used_link = invitations.add(ctx)
            self.open_link = invitations.add(ctx)
            for worker in (WORKER, OTHER):
                sign_in.set_credentials(ctx, worker, worker.lower(), LEAKED)
                for number in (1, 2):
                    stored_passkeys.insert(ctx.db, f"{worker}{number}", worker, "pQEC", 0, name="n", now=ctx.now)
            self.session = sessions.begin(ctx, WORKER)

    def protect(self, marketplace: Marketplace) -> str:
        """Returns the operator's new key."""
        accounts = marketplace.accounts
        accounts.revoke_key(self.leaked_key)
        accounts.close("Closed")
        made = accounts.new_operator_key()
        with marketplace.writing() as ctx:
            invitations.revoke(ctx, 1)
            assert stored_invitations.use(ctx.db, 2, ctx.now)
            stored_sign_in.set_passphrase(ctx.db, WORKER, KEPT, ctx.now)
            assert stored_passkeys.delete(ctx.db, WORKER, f"{WORKER}1")
            stored_passkeys.insert(ctx.db, f"{WORKER}3", WORKER, "pQEC", 0, name="n", now=ctx.now)
            sessions.end_all(ctx, WORKER)
        return made

    def still_let_in(self, marketplace: Marketplace) -> list[str]:
        """What was open at the time of the backup, and is."""
        accounts = marketplace.accounts
        keys = {key.key_id for key in accounts.keys("Lab") if key.revoked is None}
        with marketplace.writing() as ctx:
            found = {
                "leaked key": self.leaked_key in keys,
                "good key": self.good_key in keys,
                "closed account": not accounts.every()[2].closed,
                "operator key": accounts.is_operator(self.operator_key),
                "revoked link": is_open(ctx, self.revoked_link),
                "used link": is_open(ctx, self.used_link),
                "open link": is_open(ctx, self.open_link),
                "leaked passphrase": stored_sign_in.passphrase_of(ctx.db, WORKER) == LEAKED,
                "others passphrase": stored_sign_in.passphrase_of(ctx.db, OTHER) == LEAKED,
                "passkeys": sorted(key.credential_id for key in passkeys.of_worker(ctx, WORKER))
                == [f"{WORKER}1", f"{WORKER}2"],
                "others passkeys": len(passkeys.of_worker(ctx, OTHER)) == 2,
                "session": sessions.find(ctx, self.session) is not None,
            }
        return [what for what, is_open in found.items() if is_open]


OPEN = ["good key", "open link", "others passphrase", "others passkeys"]
