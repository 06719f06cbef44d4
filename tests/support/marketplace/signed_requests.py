"""Requests that are signed, by botocore: the second implementation of what a server verifies."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET: Final = "MTurkRequesterServiceV20170117."
FORM: Final = "%Y%m%dT%H%M%SZ"


def signed_headers(
    key_id: str,
    secret: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    when: float,
    region: str = "us-east-1",
    service: str = "mturk-requester",
    url: str = "http://127.0.0.1/",
) -> dict[str, str]:
    """The headers of a signed POST: those given, X-Amz-Date and Authorization; Host has to be among them."""
    request = AWSRequest("POST", url, headers=dict(headers), data=body)
    request.context["timestamp"] = datetime.fromtimestamp(when, UTC).strftime(FORM)
    request.headers["X-Amz-Date"] = request.context["timestamp"]
    signer = SigV4Auth(Credentials(key_id, secret), service, region)
    text = signer.string_to_sign(request, signer.canonical_request(request))
    names = signer.signed_headers(signer.headers_to_sign(request))
    parts = (
        f"Credential={signer.scope(request)}",
        f"SignedHeaders={names}",
        f"Signature={signer.signature(text, request)}",
    )
    return {**request.headers, "Authorization": f"AWS4-HMAC-SHA256 {', '.join(parts)}"}


def raw(headers: Mapping[str, str], body: bytes) -> bytes:
    """The bytes of a POST with these headers."""
    lines = ["POST / HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body
