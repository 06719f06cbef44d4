"""The key by which the secrets of access keys are encrypted: outside of the database and its backups.

It is a file beside the database, or, where that has no place for one, the value of an environment variable.
"""

from __future__ import annotations

import os
import stat
import tempfile
import threading
from pathlib import Path
from typing import Final

from pulumi_mturk.marketplace.errors import EncryptionKeyError

VARIABLE: Final = "PULUMI_MTURK_MARKETPLACE_KEY"
"""Its value goes before a file."""
_HOW: Final = "32 bytes in URL-safe Base64, as `openssl rand -base64 32 | tr '+/' '-_'` prints them"
_LOST: Final = "Where it is lost, revoke all access keys, and add new ones."


class Cipher:
    """Encrypts and decrypts by the key of one database; the key is read once, and each secret decrypted once."""

    def __init__(self, database: Path | None, *, kept: bool = True) -> None:
        """Without a path there is the environment variable alone; of a database that is not kept, nor is the key."""
        self._database = database
        self._kept = kept
        self._lock = threading.Lock()
        self._key: bytes | None = None
        self._decrypted: dict[str, str] = {}

    def encrypt(self, secret: str, *, first: bool) -> str:
        """Encrypt; the `first` time a key is made where there is none. Raises as `decrypt`."""
        from cryptography.fernet import Fernet

        return Fernet(self._found(create=first)).encrypt(secret.encode()).decode()

    def decrypt(self, encrypted: str) -> str:
        """Decrypt. Raises EncryptionKeyError: the key is missing, or is another one."""
        if (known := self._decrypted.get(encrypted)) is not None:
            return known
        from cryptography.fernet import Fernet, InvalidToken

        try:
            secret = Fernet(self._found(create=False)).decrypt(encrypted.encode()).decode()
        except InvalidToken:
            raise EncryptionKeyError(
                f"{self._where()} is not the key of {self._database or 'this database'}: its access keys can not be "
                f"read. Put the right one there. {_LOST}"
            ) from None
        self._decrypted[encrypted] = secret  # as many as there are access keys
        return secret

    def _found(self, *, create: bool) -> bytes:
        with self._lock:
            if self._key is None:
                self._key = self._checked(self._read(create=create))
            return self._key

    def _read(self, *, create: bool) -> bytes:
        if given := os.environ.get(VARIABLE):
            return os.fsencode(given)
        if not self._kept:
            return _new()
        if self._database is None:
            raise EncryptionKeyError(f"Access keys need the environment variable {VARIABLE}, with a key: {_HOW}.")
        path = _file_of(self._database)
        try:
            if create and not path.exists():
                _write(path)
            content = path.read_bytes()
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                path.chmod(0o600)
        except FileNotFoundError:
            raise EncryptionKeyError(
                f"The key to the access keys of {self._database} is missing: it was in {path}, or in the environment "
                f"variable {VARIABLE}. Put it back; it is in no backup of the database. {_LOST}"
            ) from None
        except OSError as error:
            raise EncryptionKeyError(
                f"The key to the access keys in {path} can not be read or made: {error.strerror}."
            ) from None
        return content.strip()

    def _checked(self, key: bytes) -> bytes:
        from cryptography.fernet import Fernet

        try:
            Fernet(key)
        except ValueError:
            raise EncryptionKeyError(f"{self._where()} holds no key: that is {_HOW}.") from None
        return key

    def _where(self) -> str:
        if os.environ.get(VARIABLE) or self._database is None:
            return f"The environment variable {VARIABLE}"
        return str(_file_of(self._database))


def _file_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.key")


def _new() -> bytes:
    from cryptography.fernet import Fernet

    return Fernet.generate_key()


def _write(path: Path) -> None:
    """Make the file with mode 0600, whole or not at all; the database's write lock is held, so nobody else does."""
    descriptor, made = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_new() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink()
        raise
