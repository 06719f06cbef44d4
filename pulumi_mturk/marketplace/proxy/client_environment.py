"""The environment variables that direct a client program's MTurk calls to the proxy."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Final

import botocore.httpsession
import botocore.session
from botocore.exceptions import BotoCoreError

from pulumi_mturk.marketplace.aws_variables import CREDENTIALS, KEYS, NO_INSTANCE_CREDENTIALS, REGION
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS, write_private_file

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.proxy.certificate_authority import CertificateAuthority

# Read by, in this order: botocore and the AWS CLI; OpenSSL (and Python's `ssl`); requests; curl; Node.js.
_TRUST: Final = ("AWS_CA_BUNDLE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
_PROXY: Final = ("HTTPS_PROXY", "https_proxy")  # some programs read only one of the two
_NO_PROXY: Final = ("NO_PROXY", "no_proxy")
_ENDPOINTS: Final = ("AWS_ENDPOINT_URL_MTURK", "AWS_ENDPOINT_URL")
_PLACEHOLDER: Final = "example"
_NO_FILES: Final = {
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_CONFIG_FILE": os.devnull,
    "BOTO_CONFIG": os.devnull,
    **NO_INSTANCE_CREDENTIALS,
}
"""Beside the variables: files of credentials, and the service on a machine of AWS that hands some out."""


def keys_in_sight() -> str | None:
    """Where a program of this environment finds AWS keys, in words; None where there are none but our placeholders."""
    if key := os.environ.get(KEYS[0]):
        return None if key == _PLACEHOLDER else f"the variable {KEYS[0]}"
    return "the AWS profile" if "aws_access_key_id" in _profile() else None


def child_environment(
    proxy_url: str, bundle: Path, *, sandbox_only: bool, set_keys: bool, without_credentials: bool
) -> dict[str, str]:
    """The environment of a program: this process's with the variables of `environment_variables`.

    `without_credentials` takes the user's AWS credentials out of it, and hides the files that have some.
    """
    if not without_credentials:
        return os.environ | environment_variables(proxy_url, bundle, sandbox_only=sandbox_only, set_keys=set_keys)
    kept = {name: value for name, value in os.environ.items() if name not in CREDENTIALS} | _NO_FILES
    values = environment_variables(proxy_url, bundle, sandbox_only=sandbox_only, set_keys=False)
    keys = dict.fromkeys(KEYS, _PLACEHOLDER) if set_keys else {}
    region = {"AWS_DEFAULT_REGION": REGION} | ({"AWS_REGION": REGION} if "AWS_DEFAULT_REGION" not in kept else {})
    return region | kept | values | keys


def environment_variables(
    proxy_url: str, bundle: Path, *, sandbox_only: bool = False, set_keys: bool = True
) -> dict[str, str]:
    """The variables to add to this process's environment; `bundle` holds the certificates to trust.

    With `sandbox_only` programs that name no address are led to the sandbox. With `set_keys` there are keys where the
    environment has none.
    """
    values = dict.fromkeys(_PROXY, proxy_url) | dict.fromkeys(_TRUST, str(bundle))
    for name in _NO_PROXY:
        given = os.environ.get(name, "")
        kept = ",".join(entry for entry in given.split(",") if not _bypasses_proxy(entry.strip()))
        if kept != given:
            values[name] = kept
    hosts = [host for host, environment in HOSTS.items() if environment == "sandbox" or not sandbox_only]
    elsewhere = sandbox_only or any(os.environ.get(name) for name in _ENDPOINTS)
    if elsewhere and os.environ.get(_ENDPOINTS[0], "").rstrip("/") not in {f"https://{host}" for host in hosts}:
        values[_ENDPOINTS[0]] = f"https://{hosts[0]}"
    profile = _profile()
    # Providers that fetch credentials (SSO, instance roles) would contact AWS, so only static keys count.
    has_keys = all(os.environ.get(name) for name in KEYS) or "aws_access_key_id" in profile
    if set_keys and not has_keys:
        values |= dict.fromkeys(KEYS, _PLACEHOLDER)
    if not (os.environ.get("AWS_DEFAULT_REGION") or profile.get("region")):
        values |= {"AWS_DEFAULT_REGION": REGION, "AWS_REGION": REGION}
    return values


def write_trust_bundle(bundle: Path, authority: CertificateAuthority) -> None:
    """Write a CA bundle: the authority and what is trusted already, as the variables replace a program's own bundle.

    Raises:
        MarketplaceError: the bundle can't be written, or an existing one can't be read.

    """
    try:
        write_private_file(
            bundle, b"\n".join((authority.certificates_pem, *(path.read_bytes() for path in _trusted_files(bundle))))
        )
    except OSError as error:
        raise MarketplaceError(f"The certificates to trust can not be put into {bundle}: {error}.") from None


def _trusted_files(bundle: Path) -> list[Path]:
    named = dict.fromkeys(Path(os.environ[name]) for name in _TRUST if os.environ.get(name))
    # skip the bundle of an earlier start, else it would grow with each start
    if files := [path for path in named if path.is_file() and path != bundle]:
        return files
    system = Path(ssl.get_default_verify_paths().openssl_cafile)
    return [system if system.is_file() else Path(botocore.httpsession.DEFAULT_CA_BUNDLE)]


def _bypasses_proxy(entry: str) -> bool:
    """Whether an entry of NO_PROXY matches one of the two hosts."""
    name = entry.partition(":")[0].lower().lstrip("*").removeprefix(".")
    return any(entry == "*" or host == name or (name and host.endswith(f".{name}")) for host in HOSTS)


def _profile() -> dict[str, object]:
    """The profile in use, from the user's AWS configuration files."""
    session = botocore.session.Session()
    try:
        found: dict[str, object] = session.full_config["profiles"].get(session.profile or "default", {})
    except BotoCoreError:  # an unreadable file counts as empty
        return {}
    return found
