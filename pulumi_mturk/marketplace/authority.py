"""The certificate authority by which programs take the proxy for MTurk's own hosts.

It is made on first use and kept in the user's own state folder, its key readable by the owner alone. Nothing installs
it: a program trusts it because an environment variable says so. Its certificate is constrained to MTurk's two names, so
that even with its key nobody can pass for another host.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import os
import ssl
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS: Final = {
    "mturk-requester.us-east-1.amazonaws.com": "production",
    "mturk-requester-sandbox.us-east-1.amazonaws.com": "sandbox",
}
"""MTurk's two hosts, and the environment that each stands for (documented)."""
_YEAR: Final = datetime.timedelta(days=365)
_LIFETIME: Final = 2 * _YEAR
_LEAST_LEFT: Final = _YEAR
"""An authority with less to live is renewed: a proxy's own certificate, made at its start, ends with the authority."""
_KEY_FILE: Final = "authority.pem"
_CERTIFICATE_FILE: Final = "ca.pem"
_FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Authority:
    """An authority that is kept in a folder."""

    folder: Path
    key: bytes
    certificates: tuple[bytes, ...]
    """Its own, then those of its forerunners that have not expired: proxies that they signed may still run."""

    @property
    def trusted(self) -> bytes:
        """What a program has to trust, in PEM."""
        return b"".join(self.certificates)

    def context(self) -> ssl.SSLContext:
        """TLS for the two hosts, with a certificate made now."""
        expiry = x509.load_pem_x509_certificate(self.certificates[0]).not_valid_after_utc
        issuer = trustme.CA.from_pem(self.certificates[0], self.key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        issuer.issue_cert(*HOSTS, organization_name="pulumi-mturk", not_after=expiry).configure_cert(context)
        return context


def default_folder() -> Path:
    """Where a user's authority is kept unless the command line says otherwise."""
    state = os.environ.get("XDG_STATE_HOME", "")
    return (Path(state) if Path(state).is_absolute() else Path.home() / ".local" / "state") / "pulumi-mturk"


def open_authority(folder: Path) -> Authority:
    """The authority of a folder; made, with the folder, where there is none, and renewed where it can't be used.

    Raises:
        MarketplaceError: the folder can't be used.

    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(folder):
            kept = _read(folder)
            if kept is None or _left(kept.certificates[0]) < _LEAST_LEFT:
                key, certificate = make(datetime.datetime.now(datetime.UTC))
                forerunners = kept.certificates if kept is not None else ()
                alive = (former for former in forerunners if _left(former) > datetime.timedelta(0))
                kept = Authority(folder, key, (certificate, *alive))
                write(folder / _KEY_FILE, kept.key + kept.trusted)
            write(folder / _CERTIFICATE_FILE, kept.trusted)
    except OSError as error:
        raise MarketplaceError(f"The certificate authority can not be kept in {folder}: {error}.") from None
    return kept


def make(now: datetime.datetime) -> tuple[bytes, bytes]:
    """The key and the certificate of a new authority, in PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "pulumi-mturk, for this user alone")])
    usage = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))  # clocks differ
        .not_valid_after(now + _LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**usage, key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.NameConstraints([x509.DNSName(host) for host in HOSTS], None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        certificate.public_bytes(Encoding.PEM),
    )


def write(path: Path, content: bytes) -> None:
    """Put a file in place as a whole, readable by its owner alone."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)
    new.replace(path)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(folder: Path) -> Authority | None:
    """What is kept; None: there is nothing, it is broken, or others could have read the key."""
    path = folder / _KEY_FILE
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & _FOR_OTHERS:
                return None
            content = file.read()
    except FileNotFoundError:
        return None
    try:
        key = load_pem_private_key(content, password=None)
        certificates = x509.load_pem_x509_certificates(content)
    except ValueError:
        return None
    if key.public_key() != certificates[0].public_key():
        return None
    return Authority(
        folder,
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        tuple(certificate.public_bytes(Encoding.PEM) for certificate in certificates),
    )


def _left(certificate: bytes) -> datetime.timedelta:
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc - datetime.datetime.now(datetime.UTC)
