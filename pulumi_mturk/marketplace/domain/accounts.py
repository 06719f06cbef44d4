"""Requesters' accounts and their access keys, and the operator's key.

Access keys have AWS's form: an id, which may be seen, and a secret, which is shown once. At most two of an account are
active (documented for AWS's), so that one can be replaced while the other is in use. All times are the machine's, not
the marketplace's, whose clock may be advanced.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain import audit
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.storage import accounts as stored
from pulumi_mturk.marketplace.storage.schema_accounts import FIRST_ACCOUNT

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context
    from pulumi_mturk.marketplace.storage.encryption import Cipher
    from pulumi_mturk.marketplace.storage.sql import Connection, Row

LONGEST_NAME: Final = 64
MOST_KEYS: Final = 2
"""Active access keys of an account."""
KEY_ID_PREFIX: Final = "MTMP"
"""The ids of Amazon's begin with A, such as AKIA and ASIA (documented)."""
_KEY_ID_LENGTH: Final = 20
_SECRET_LENGTH: Final = 40
_ID_CHARACTERS: Final = string.ascii_uppercase + string.digits
_SECRET_CHARACTERS: Final = string.ascii_letters + string.digits + "+/"
_HOUR: Final = 3600


@dataclass(frozen=True)
class Account:
    """A requester."""

    number: int
    name: str
    created: float
    """Epoch seconds; 0 where it came with the database."""
    closed: float | None


@dataclass(frozen=True)
class AccessKey:
    """An access key, without its secret."""

    key_id: str
    created: float
    last_used: float | None
    """The beginning of that hour."""
    revoked: float | None


@dataclass(frozen=True)
class NewAccessKey:
    """An access key that was just made."""

    key_id: str
    secret: str


def is_fenced(ctx: Context) -> bool:
    """Whether workers sign in here; else everybody chooses who they are."""
    return stored.are_configured(ctx.db)


def every(db: Connection, first_name: str) -> list[Account]:
    """All accounts; the first one has the name `first_name` until it is given one."""
    return [_account(row, first_name) for row in stored.every(db)]


def find(db: Connection, name: str, first_name: str) -> Account:
    """The account of a name. Raises MarketplaceError: there is none, or it is closed."""
    row = stored.by_name(db, name)
    if row is None and name == first_name:
        first = stored.by_number(db, FIRST_ACCOUNT)
        row = None if first["name"] else first
    if row is None or not name:
        raise MarketplaceError(f"There is no account {name!r}.")
    if row["closed"] is not None:
        raise MarketplaceError(f"The account {name!r} is closed.")
    return _account(row, first_name)


def add(db: Connection, name: str, first_name: str, now: float) -> Account:
    """Make an account. Raises MarketplaceError: the name is taken, also by one that is closed, or is none."""
    _check_new_name(db, name, first_name)
    made = Account(stored.insert(db, name, now), name, now, None)
    audit.of_account(db, "account added", made.number, now)
    return made


def rename(db: Connection, account: Account, name: str, first_name: str, now: float) -> None:
    """Rename an account. Raises as `add`."""
    if name != account.name:
        _check_new_name(db, name, first_name)
    stored.set_name(db, account.number, name)
    audit.of_account(db, "account renamed", account.number, now)


def close(db: Connection, account: Account, now: float) -> None:
    """Close an account: its access keys are no longer taken, what it has published stays as it is."""
    stored.close(db, account.number, now)
    audit.of_account(db, "account closed", account.number, now)


def check_name(name: str) -> None:
    """Raise MarketplaceError: it is no name of an account."""
    if not 1 <= len(name) <= LONGEST_NAME or name != name.strip() or not name.isprintable():
        raise MarketplaceError(
            f"{name[: 2 * LONGEST_NAME]!r} is no name of an account: that has 1 to {LONGEST_NAME} characters that can "
            "be printed, and no space at its ends."
        )


def keys(db: Connection, account: Account) -> list[AccessKey]:
    """The access keys of an account, oldest first, revoked ones included."""
    return [
        AccessKey(row["id"], row["created"], row["last_used"], row["revoked"])
        for row in stored.keys_of(db, account.number)
    ]


def add_key(db: Connection, cipher: Cipher, account: Account, now: float) -> NewAccessKey:
    """Make an access key. Raises MarketplaceError: two are active, or the key that encrypts secrets is not there."""
    if sum(key.revoked is None for key in keys(db, account)) >= MOST_KEYS:
        raise MarketplaceError(
            f"The account {account.name!r} has {MOST_KEYS} active access keys: revoke one to make another."
        )
    encrypted_before = stored.any_secret(db)
    if encrypted_before is not None:
        cipher.decrypt(encrypted_before)
    made = NewAccessKey(
        KEY_ID_PREFIX + _drawn(_ID_CHARACTERS, _KEY_ID_LENGTH - len(KEY_ID_PREFIX)),
        _drawn(_SECRET_CHARACTERS, _SECRET_LENGTH),
    )
    secret = cipher.encrypt(made.secret, first=encrypted_before is None)
    stored.insert_key(db, made.key_id, account.number, secret, now)
    audit.of_account(db, "access key made", account.number, now, f"key:{made.key_id}")
    return made


def revoke_key(db: Connection, key_id: str, now: float) -> None:
    """Revoke an access key for ever. Raises MarketplaceError: there is none, or it is revoked."""
    row = stored.key(db, key_id)
    if row is None:
        raise MarketplaceError("There is no such access key.")
    if row["revoked"] is not None:
        raise MarketplaceError(f"The access key {key_id} is revoked already.")
    stored.revoke_key(db, key_id, now)
    audit.of_account(db, "access key revoked", row["account"], now, f"key:{key_id}")


def note_use(db: Connection, key_id: str, now: float) -> None:
    """Note that an access key was used in this hour."""
    stored.set_used(db, key_id, now - now % _HOUR)


def is_noted(last_used: float | None, now: float) -> bool:
    """Whether `note_use` has been called in this hour."""
    return last_used is not None and last_used == now - now % _HOUR


def new_operator_key(db: Connection, now: float) -> str:
    """Make the operator's key; an earlier one is no longer taken. Its hash alone is stored."""
    made = secrets.token_urlsafe(32)
    stored.set_operator_key(db, _digest(made))
    audit.of_account(db, "operator key made", None, now)
    return made


def is_operator_key(db: Connection, given: str) -> bool:
    """Whether this is the operator's key."""
    digest = stored.operator_key(db)
    return digest is not None and hmac.compare_digest(_digest(given), digest)


def _account(row: Row, first_name: str) -> Account:
    return Account(row["sequence"], row["name"] or first_name, row["created"], row["closed"])


def _check_new_name(db: Connection, name: str, first_name: str) -> None:
    check_name(name)
    first = stored.by_number(db, FIRST_ACCOUNT)["name"] or first_name
    if name == first or stored.by_name(db, name) is not None:
        raise MarketplaceError(f"There is an account {name!r} already; closed ones keep their names, too.")


def _drawn(characters: str, length: int) -> str:
    return "".join(secrets.choice(characters) for _ in range(length))


def _digest(key: str) -> str:
    # A hash is enough: a key of 256 random bits can't be found by trying, as a passphrase could.
    return hashlib.sha256(key.encode()).hexdigest()
