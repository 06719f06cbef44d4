"""The certificate authority that signs the proxy's certificates for MTurk's hosts.

It is created on first use in the user's state folder; only the owner can read the key. It is not installed in any trust
store: programs trust it through environment variables. Its certificate has name constraints for MTurk's two hosts, so a
stolen key can not be used for other hosts.
"""

from __future__ import annotations

import contextlib
import datetime
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
from pulumi_mturk.marketplace.proxy.posix import require_posix

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS: Final = {
    "mturk-requester.us-east-1.amazonaws.com": "production",
    "mturk-requester-sandbox.us-east-1.amazonaws.com": "sandbox",
}
"""MTurk's two hosts, and the environment that each stands for (documented)."""
_YEAR: Final = datetime.timedelta(days=365)
_LIFETIME: Final = 2 * _YEAR
_RENEW_BELOW: Final = _YEAR
"""An authority that expires sooner is renewed: the certificates of a proxy expire with the authority."""
_KEY_FILE: Final = "authority.pem"
_CERTIFICATE_FILE: Final = "ca.pem"
_ACCESS_OF_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class CertificateAuthority:
    """A certificate authority and the folder that it is stored in."""

    folder: Path
    key: bytes
    certificates: tuple[bytes, ...]
    """PEM: its own, then unexpired ones of previous authorities, whose proxies may still run."""

    @property
    def certificates_pem(self) -> bytes:
        """The certificates that a client has to trust, in PEM."""
        return b"".join(self.certificates)

    def ssl_context(self) -> ssl.SSLContext:
        """A server-side TLS context with a new certificate for the two hosts."""
        expiry = x509.load_pem_x509_certificate(self.certificates[0]).not_valid_after_utc
        issuer = trustme.CA.from_pem(self.certificates[0], self.key)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        issuer.issue_cert(*HOSTS, organization_name="pulumi-mturk", not_after=expiry).configure_cert(context)
        return context


def default_folder() -> Path:
    """The folder that is used without `--authority`."""
    state = os.environ.get("XDG_STATE_HOME", "")
    return (Path(state) if Path(state).is_absolute() else Path.home() / ".local" / "state") / "pulumi-mturk"


def open_certificate_authority(folder: Path) -> CertificateAuthority:
    """Load the authority of a folder; create it (and the folder) if missing, renew it if broken or about to expire.

    Raises:
        MarketplaceError: the folder can't be used, or this is Windows.

    """
    require_posix()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(folder):
            kept = _read(folder)
            if kept is None or _remaining(kept.certificates[0]) < _RENEW_BELOW:
                key, certificate = make_certificate_authority(datetime.datetime.now(datetime.UTC))
                previous = kept.certificates if kept is not None else ()
                alive = (certificate for certificate in previous if _remaining(certificate) > datetime.timedelta(0))
                kept = CertificateAuthority(folder, key, (certificate, *alive))
                write_private_file(folder / _KEY_FILE, kept.key + kept.certificates_pem)
            write_private_file(folder / _CERTIFICATE_FILE, kept.certificates_pem)
    except OSError as error:
        raise MarketplaceError(f"The certificate authority can not be kept in {folder}: {error}.") from None
    return kept


def make_certificate_authority(now: datetime.datetime) -> tuple[bytes, bytes]:
    """Create an authority; returns its key and its certificate in PEM."""
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
        .not_valid_before(now - datetime.timedelta(days=1))  # clocks of machines differ
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


def write_private_file(path: Path, content: bytes) -> None:
    """Write a file atomically, with mode 0600."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)
    new.replace(path)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    import fcntl  # which Windows does not have

    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(folder: Path) -> CertificateAuthority | None:
    """The stored authority; None if missing, broken, or if others could read the key."""
    path = folder / _KEY_FILE
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & _ACCESS_OF_OTHERS:
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
    return CertificateAuthority(
        folder,
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        tuple(certificate.public_bytes(Encoding.PEM) for certificate in certificates),
    )


def _remaining(certificate: bytes) -> datetime.timedelta:
    return x509.load_pem_x509_certificate(certificate).not_valid_after_utc - datetime.datetime.now(datetime.UTC)
