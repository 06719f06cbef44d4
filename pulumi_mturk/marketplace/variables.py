"""The environment variables by which a program's calls of MTurk come to the proxy."""

from __future__ import annotations

import os
import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Final

import botocore.httpsession
import botocore.session
from botocore.exceptions import BotoCoreError

from pulumi_mturk.marketplace.authority import HOSTS, write
from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.authority import Authority

# Who reads which: botocore and the AWS CLI; OpenSSL, and so Python's own `ssl`; requests; curl; Node.js.
_TRUST: Final = ("AWS_CA_BUNDLE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
_PROXY: Final = ("HTTPS_PROXY", "https_proxy")  # some programs read one of the two alone
_NO_PROXY: Final = ("NO_PROXY", "no_proxy")
_ENDPOINTS: Final = ("AWS_ENDPOINT_URL_MTURK", "AWS_ENDPOINT_URL")
_KEYS: Final = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
_REGION: Final = "us-east-1"


def variables(proxy_url: str, bundle: Path) -> dict[str, str]:
    """What to set beside what this process has, for a proxy whose certificate is trusted by `bundle`."""
    values = dict.fromkeys(_PROXY, proxy_url) | dict.fromkeys(_TRUST, str(bundle))
    for name in _NO_PROXY:
        given = os.environ.get(name, "")
        kept = ",".join(entry for entry in given.split(",") if not _leads_past(entry.strip()))
        if kept != given:
            values[name] = kept
    if any(os.environ.get(name) for name in _ENDPOINTS) and not _is_ours(os.environ.get(_ENDPOINTS[0], "")):
        values[_ENDPOINTS[0]] = f"https://{next(iter(HOSTS))}"
    profile = _profile()
    # Keys that would have to be fetched are none: they would be fetched at AWS.
    if not all(os.environ.get(name) for name in _KEYS) and "aws_access_key_id" not in profile:
        values |= dict.fromkeys(_KEYS, "example")
    if not (os.environ.get("AWS_DEFAULT_REGION") or profile.get("region")):
        values |= {"AWS_DEFAULT_REGION": _REGION, "AWS_REGION": _REGION}
    return values


def write_bundle(bundle: Path, authority: Authority) -> None:
    """Write what to trust: the authority, and all that is trusted already, as the variables replace a program's list.

    Raises:
        MarketplaceError: it can't be written, or what is trusted already can't be read.

    """
    try:
        write(bundle, b"\n".join((authority.trusted, *(path.read_bytes() for path in _trusted_files(bundle)))))
    except OSError as error:
        raise MarketplaceError(f"The certificates to trust can not be put into {bundle}: {error}.") from None


def _trusted_files(bundle: Path) -> list[Path]:
    named = dict.fromkeys(Path(os.environ[name]) for name in _TRUST if os.environ.get(name))
    # without what an earlier proxy had set: its bundle would grow with each start
    if files := [path for path in named if path.is_file() and path != bundle]:
        return files
    system = Path(ssl.get_default_verify_paths().openssl_cafile)
    return [system if system.is_file() else Path(botocore.httpsession.DEFAULT_CA_BUNDLE)]


def _leads_past(entry: str) -> bool:
    """Whether an entry of NO_PROXY has one of the two hosts called directly."""
    name = entry.partition(":")[0].lower().lstrip("*").removeprefix(".")
    return any(entry == "*" or host == name or (name and host.endswith(f".{name}")) for host in HOSTS)


def _is_ours(url: str) -> bool:
    return any(url.rstrip("/") == f"https://{host}" for host in HOSTS)


def _profile() -> dict[str, object]:
    """What the user's own files say of the profile in use."""
    session = botocore.session.Session()
    try:
        found: dict[str, object] = session.full_config["profiles"].get(session.profile or "default", {})
    except BotoCoreError:  # a file that can't be read says nothing
        return {}
    return found
