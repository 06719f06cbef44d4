"""Whom a served marketplace answers: requesters by their access keys, and the operator by a key of its own."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.api import signatures
from pulumi_mturk.marketplace.api.key_rates import KeyRates
from pulumi_mturk.marketplace.domain import accounts
from pulumi_mturk.marketplace.errors import DatabaseLockedError, unrecognized_client
from pulumi_mturk.marketplace.storage import accounts as stored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pulumi_mturk.marketplace.domain.accounts import AccessKey, Account, NewAccessKey
    from pulumi_mturk.marketplace.settings import Sources
    from pulumi_mturk.marketplace.storage.database import Database

_NOBODYS: Final = "a secret that nobody has, of forty letters"


class Accounts:
    """The accounts of one database. As soon as one is added, or an access key is, calls over a network are verified."""

    def __init__(self, database: Database, sources: Sources) -> None:
        self._database = database
        self._sources = sources
        self._cipher = database.cipher
        self._rates: KeyRates | None = None

    def are_configured(self) -> bool:
        """Whether calls over a network are verified."""
        with self._database.read() as db:
            return stored.are_configured(db)

    def check_key(self) -> None:
        """Raises EncryptionKeyError: the key by which secrets are encrypted is missing, or another one."""
        with self._database.read() as db:
            encrypted = stored.any_secret(db)
        if encrypted is not None:
            self._cipher.decrypt(encrypted)

    def every(self) -> list[Account]:
        """All accounts; the first one is the database's own."""
        with self._database.read() as db:
            return accounts.every(db, self._first_name)

    def number(self, name: str) -> int:
        """The number of an account. Raises MarketplaceError: there is none, or it is closed."""
        with self._database.read() as db:
            return accounts.find(db, name, self._first_name).number

    def add(self, name: str) -> None:
        """Make an account. Raises MarketplaceError: the name is taken, or is none."""
        with self._database.write() as db:
            accounts.add(db, name, self._first_name, self._sources.clock())

    def rename(self, name: str, to: str) -> None:
        """Rename an account. Raises MarketplaceError: there is none, or as `add`."""
        with self._database.write() as db:
            found = accounts.find(db, name, self._first_name)
            accounts.rename(db, found, to, self._first_name, self._sources.clock())

    def close(self, name: str) -> None:
        """Close an account. Raises MarketplaceError: there is none."""
        with self._database.write() as db:
            accounts.close(db, accounts.find(db, name, self._first_name), self._sources.clock())

    def keys(self, name: str) -> list[AccessKey]:
        """The access keys of an account. Raises MarketplaceError: there is none."""
        with self._database.read() as db:
            return accounts.keys(db, accounts.find(db, name, self._first_name))

    def add_key(self, name: str) -> NewAccessKey:
        """Make an access key of an account. Raises MarketplaceError: there is none, or it has two that are active."""
        with self._database.write() as db:
            found = accounts.find(db, name, self._first_name)
            return accounts.add_key(db, self._cipher, found, self._sources.clock())

    def revoke_key(self, key_id: str) -> None:
        """Revoke an access key for ever. Raises MarketplaceError: there is none."""
        with self._database.write() as db:
            accounts.revoke_key(db, key_id, self._sources.clock())

    def new_operator_key(self) -> str:
        """Make the operator's key; an earlier one is no longer taken."""
        with self._database.write() as db:
            return accounts.new_operator_key(db, self._sources.clock())

    def is_operator(self, key: str | None) -> bool:
        """Whether somebody with this key is the operator; without accounts everybody is."""
        with self._database.read() as db:
            if not stored.are_configured(db) and stored.operator_key(db) is None:
                return True
            return key is not None and accounts.is_operator_key(db, key)

    def limit(self, requests_per_second: int) -> None:
        """Limit the calls of each access key, in this process."""
        self._rates = KeyRates(requests_per_second)

    def caller(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> int:
        """The account that has signed a call; `headers` by their names in lower case.

        Raises:
            WireError: nobody has, or more often than they may.
            EncryptionKeyError: the key by which the secrets of access keys are encrypted is missing, or another one.

        """
        now = self._sources.clock()
        signed = signatures.read(method, target, headers, body, now)
        with self._database.read() as db:
            key = stored.key(db, signed.key_id)
        is_active = key is not None and bool(key["active"])
        # An id that is not known takes the same work.
        secret = self._cipher.decrypt(key["secret"]) if key is not None and is_active else _NOBODYS
        matches = signed.matches(secret)
        if key is None or not is_active:
            raise unrecognized_client()
        if not matches:
            raise signatures.mismatch()
        if self._rates is not None:
            self._rates.take(signed.key_id)
        if not accounts.is_noted(key["last_used"], now):
            # Others may write for long; the next call notes it.
            with contextlib.suppress(DatabaseLockedError), self._database.write() as db:
                accounts.note_use(db, signed.key_id, now)
        return int(key["account"])

    @property
    def _first_name(self) -> str:
        return self._database.name


def bearer(authorization: str) -> str | None:
    """What a header Authorization of the scheme Bearer brings: the operator's key, or a session's token."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
