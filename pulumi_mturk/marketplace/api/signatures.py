"""Signature Version 4 of AWS, as a server verifies it.

Everything that a call goes by is covered: method, path, host, operation, time and body. What AWS's own services do is
documented for the signing side alone; the codes and texts of refusals are observed on its services where nothing else
is said, but that AWS's repeat what they were given (a header, the canonical request), and ours never do.

Canonical form: that of AWS's documents, for a request to `/` without a query, which all calls of MTurk are. botocore's
own is not used: it takes a body's hash from the client, and folds more kinds of space than a space. Presigned queries,
session tokens and unsigned payloads are not taken: nobody here gives them out.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.errors import WireError, missing_authentication, unrecognized_client

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALGORITHM: Final = "AWS4-HMAC-SHA256"
REGION: Final = "us-east-1"
"""MTurk has no other (documented), and what a client of the real service is set to is right here, too."""
SERVICE: Final = "mturk-requester"
TOLERANCE: Final = timedelta(minutes=5)
"""How old a signature may be, or how far ahead of this machine's clock (observed)."""
_TERMINATOR: Final = "aws4_request"
_PARTS: Final = ("Credential", "SignedHeaders", "Signature")
_AUTHORIZATION: Final = re.compile(r"AWS4-HMAC-SHA256 +([\x21-\x7e][\x20-\x7e]*)")
_KEY_ID: Final = re.compile(r"\w{1,128}", re.ASCII)
_HEADER_NAMES: Final = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+(?:;[!#$%&'*+.^_`|~0-9a-z-]+)*")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{64}")
_TIME: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z")
_FORM: Final = "%Y%m%dT%H%M%SZ"


def combined(headers: Iterable[tuple[str, str | bytes]]) -> dict[str, str]:
    """Headers by their names in lower case; values of one name are one, with commas between, as in canonical form.

    So what a call goes by is what was signed, however often a header was sent.
    """
    found: dict[str, str] = {}
    for name, sent in headers:
        lower = name.lower()
        value = sent.decode("latin-1") if isinstance(sent, bytes) else sent
        found[lower] = f"{found[lower]},{value}" if lower in found else value
    return found


@dataclass(frozen=True)
class Signed:
    """What a request claims: who has signed it, and what."""

    key_id: str
    scope: tuple[str, str, str, str]
    """Date, region, service and terminator."""
    time: str
    signature: str
    canonical_request: bytes

    def matches(self, secret: str) -> bool:
        """Whether it was signed with this secret; takes as long for any."""
        key = f"AWS4{secret}".encode()
        for part in self.scope:
            key = _hmac(key, part.encode())
        digest = hashlib.sha256(self.canonical_request).hexdigest()
        text = "\n".join((ALGORITHM, self.time, "/".join(self.scope), digest))
        return hmac.compare_digest(_hmac(key, text.encode()).hex(), self.signature)


def read(
    method: str, target: str, headers: Mapping[str, str], body: bytes, now: float, *, service: str = SERVICE
) -> Signed:
    """What a request claims; `headers` are those of `combined`, and `now` is the machine's time, in epoch seconds.

    Raises:
        WireError: it claims nothing, nothing that could be verified, or something that can't hold whoever signed it.

    """
    credential, signed_headers, signature = _authorization(headers)
    key_id, *scope = _credential(credential)
    time, signed_at = _time(headers)
    names = _signed_headers(signed_headers, headers)
    _check_scope(scope, time, service)
    _check_age(time, signed_at, now)
    if "x-amz-security-token" in headers:
        raise unrecognized_client()
    digest = hashlib.sha256(body).hexdigest()
    if headers.get("x-amz-content-sha256", digest) != digest or target != "/":
        raise mismatch()
    lines = [method, target, "", *(f"{name}:{_trimmed(headers[name])}" for name in names), "", signed_headers, digest]
    date, region, found, terminator = scope
    canonical = "\n".join(lines).encode("latin-1", "replace")  # what was received, byte for byte
    return Signed(key_id, (date, region, found, terminator), time, signature, canonical)


def incomplete(detail: str) -> WireError:
    """A signature that can't be read: 400 `IncompleteSignatureException` (documented; most texts observed)."""
    return WireError(400, "IncompleteSignatureException", detail, timestamped=False)


def invalid(detail: str) -> WireError:
    """A signature that does not hold: 400 `InvalidSignatureException`."""
    return WireError(400, "InvalidSignatureException", detail, timestamped=False)


def mismatch() -> WireError:
    """Another secret, or another request than the one that was signed."""
    return invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        "Key and signing method. Consult the service documentation for details."
    )


def _authorization(headers: Mapping[str, str]) -> list[str]:
    """The three parts of the header Authorization, in any order; each one once, and nothing else."""
    given = headers.get("authorization", "").strip(" ")
    if not given:
        raise missing_authentication()
    if (found := _AUTHORIZATION.fullmatch(given)) is None:
        raise incomplete(f"The header Authorization is not of the form of {ALGORITHM}.")  # (guessed)
    pairs = [part.strip(" ").partition("=")[::2] for part in found[1].split(",")]
    parts = dict(pairs)
    if missing := [name for name in _PARTS if not parts.get(name)]:
        raise incomplete(" ".join(f"Authorization header requires '{name}' parameter." for name in missing))
    if len(pairs) != len(_PARTS):
        raise incomplete("The header Authorization has more parts than it may.")  # (guessed)
    if not _SIGNATURE.fullmatch(parts["Signature"]):
        raise mismatch()
    return [parts[name] for name in _PARTS]


def _credential(text: str) -> list[str]:
    parts = text.split("/")
    if len(parts) != 5 or not all(parts):
        raise incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term."
        )
    if not _KEY_ID.fullmatch(parts[0]):
        raise unrecognized_client()
    return parts


def _time(headers: Mapping[str, str]) -> tuple[str, datetime]:
    given = headers.get("x-amz-date")
    if given is None:
        raise incomplete("Authorization header requires existence of a 'X-Amz-Date' header.")
    try:
        if found := _TIME.fullmatch(given):
            year, month, day, hour, minute, second = map(int, found.groups())
            return given, datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        pass  # such as a month 13
    raise incomplete("Date must be in ISO-8601 'basic format', such as 20260131T235959Z.")


def _signed_headers(text: str, headers: Mapping[str, str]) -> list[str]:
    """The names that are signed: in order, of headers that are there, and all of those that a call goes by."""
    names = text.split(";")
    if not _HEADER_NAMES.fullmatch(text) or names != sorted(set(names)):
        raise incomplete("SignedHeaders are names in lower case, in their order, with semicolons between.")  # (guessed)
    if "host" not in names:
        raise invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
    # documented: a client signs them all
    if unsigned := sorted(name for name in headers if name.startswith("x-amz-") and name not in names):
        raise invalid(f"There were headers present in the request which were not signed: {', '.join(unsigned)}.")
    if any(name not in headers for name in names):
        raise mismatch()
    return names


def _check_scope(scope: list[str], time: str, service: str) -> None:
    date, region, given, terminator = scope
    if date != time[:8]:
        raise invalid(f"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date: {time}.")
    if region != REGION:
        raise invalid(f"Credential should be scoped to a valid region: '{REGION}'.")  # AWS's name the wrong one
    if given != service:
        raise invalid(f"Credential should be scoped to correct service: '{service}'.")
    if terminator != _TERMINATOR:
        raise invalid(f"Credential should be scoped with a valid terminator: '{_TERMINATOR}'.")


def _check_age(time: str, signed: datetime, now: float) -> None:
    here = datetime.fromtimestamp(now, UTC).replace(microsecond=0)
    earliest, latest = here - TOLERANCE, here + TOLERANCE
    if signed < earliest:
        raise invalid(f"Signature expired: {time} is now earlier than {earliest:{_FORM}} ({here:{_FORM}} - 5 min.)")
    if signed > latest:
        raise invalid(
            f"Signature not yet current: {time} is still later than {latest:{_FORM}} ({here:{_FORM}} + 5 min.)"
        )


def _trimmed(value: str) -> str:
    """A header's value with each run of spaces as one, and none at its ends."""
    return re.sub(" +", " ", value.strip(" "))


def _hmac(key: bytes, text: bytes) -> bytes:
    return hmac.digest(key, text, "sha256")
