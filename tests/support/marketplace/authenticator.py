"""A device with passkeys and the browser before it, in software: all that they say can be made wrong."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import html

from tests.support.marketplace.fenced import invite, joining
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace, Server
    from tests.support.marketplace.web_client import Page

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
Options = dict[str, Any]
NOTHING = "This passkey opens nothing here"
LATE = "That took too long, or was sent twice"
OTHERS_KEY = ec.generate_private_key(ec.SECP256R1())
WRONG: dict[str, dict[str, Any]] = {
    "another site": {"origin": "https://panel.example.org"},
    "another port": {"origin": "http://localhost:1"},
    "a host below": {"origin": "http://evil.localhost"},
    "no origin": {"origin": ""},
    "another relying party": {"rp_id": "panel.example.org"},
    "a frame of another site": {"cross_origin": True},
    "made and not signed": {"type": "webauthn.create"},
    "nobody was there": {"flags": VERIFIED},
    "whoever was there": {"flags": PRESENT},
    "another key": {"key": OTHERS_KEY},
    "another worker's handle": {"handle": bytes(32)},
    "no handle": {"handle": b""},
}
"""What an authenticator or a browser could say otherwise than it should."""


@dataclass
class Passkey:
    """A key, and what the device keeps with it."""

    handle: bytes
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    counter: int = 0


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "==")


def cbor(value: Any) -> bytes:
    """A value as CBOR: whole numbers, bytes, text and maps."""
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    return _head(5, len(value)) + b"".join(cbor(each) for pair in value.items() for each in pair)


def cose(key: ec.EllipticCurvePrivateKey, **changes: Any) -> dict[int, Any]:
    """The public half of a key, as an authenticator tells it."""
    numbers = key.public_key().public_numbers()
    found = {"kty": 2, "alg": -7, "crv": 1, "x": numbers.x.to_bytes(32, "big"), "y": numbers.y.to_bytes(32, "big")}
    return dict(zip((1, 3, -1, -2, -3), (found | changes).values(), strict=True))


def registration(passkey: Passkey, options: Options, origin: str, **wrong: Any) -> dict[str, Any]:
    """What a browser sends of a passkey that was made."""
    key = wrong.get("public_key") or cbor(cose(passkey.key))
    attested = bytes(16) + struct.pack(">H", len(passkey.credential_id)) + passkey.credential_id + key
    data = _data(passkey, options["rp"]["id"], ATTESTED, wrong) + attested
    answer = {
        "clientDataJSON": encoded(_client_data("webauthn.create", options, origin, wrong)),
        "attestationObject": encoded(cbor({"fmt": "none", "attStmt": {}, "authData": data})),
    }
    return _credential(passkey, answer)


def assertion(passkey: Passkey, options: Options, origin: str, **wrong: Any) -> dict[str, Any]:
    """What a browser sends to sign in."""
    client_data = _client_data("webauthn.get", options, origin, wrong)
    data = _data(passkey, options["rpId"], 0, wrong)
    key: ec.EllipticCurvePrivateKey = wrong.get("key", passkey.key)
    signature = key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
    answer = {
        "clientDataJSON": encoded(client_data),
        "authenticatorData": encoded(data),
        "signature": encoded(signature),
        "userHandle": encoded(wrong.get("handle", passkey.handle)),
    }
    return _credential(passkey, answer)


def rows(marketplace: Marketplace, table: str) -> list[dict[str, Any]]:
    with marketplace.reading() as ctx:
        return [dict(row) for row in ctx.db.execute(f"SELECT * FROM {table}")]  # noqa: S608 - ours


def actions(marketplace: Marketplace) -> list[str]:
    """What the audit log has, in its order."""
    return [row["action"] for row in sorted(rows(marketplace, "audit"), key=lambda row: row["sequence"])]


def options_for(visitor: WebClient, path: str, **fields: Any) -> Options:
    """What the site asks a browser for."""
    page = visitor.open(f"{path}/options", fields)
    assert page.status == 200, page.text
    found: Options = json.loads(html.tostring(page.root, method="text", encoding="unicode"))["publicKey"]
    return found


def joined_by_passkey(
    marketplace: Marketplace, server: Server, name: str = "reader", worker_id: str | None = None
) -> tuple[WebClient, Passkey]:
    """Somebody who has joined by an invitation and a passkey."""
    visitor = WebClient(server, host="localhost")
    link = invite(marketplace, worker_id)
    visitor.open(link)
    form = {**joining(marketplace, name), "country": "US"}
    options = options_for(visitor, f"{link}/passkey", **form)
    made = Passkey(decoded(options["user"]["id"]))
    page = visitor.open(link, {**form, "passkey": json.dumps(registration(made, options, visitor.origin))})
    assert page.path == "/projects", page.text
    return visitor, made


def sign_in(visitor: WebClient, passkey: Passkey, **wrong: Any) -> Page:
    """Sign in with a passkey, in a way that can be wrong."""
    visitor.open("/sign-in")
    options = options_for(visitor, "/sign-in/passkey")
    origin = wrong.pop("origin", visitor.origin)
    return send(visitor, assertion(passkey, options, origin, **wrong))


def send(visitor: WebClient, answer: dict[str, Any]) -> Page:
    """Send what the browser would."""
    return visitor.open("/sign-in/passkey", {"passkey": json.dumps(answer), "next": "/dashboard"})


def _client_data(kind: str, options: Options, origin: str, wrong: dict[str, Any]) -> bytes:
    members = {
        "type": wrong.get("type", kind),
        "challenge": wrong.get("challenge", options["challenge"]),
        "origin": origin,
        "crossOrigin": wrong.get("cross_origin", False),
    }
    return json.dumps(members).encode()


def _data(passkey: Passkey, rp_id: str, flags: int, wrong: dict[str, Any]) -> bytes:
    flags |= wrong.get("flags", PRESENT | VERIFIED)
    rp_hash = hashlib.sha256(wrong.get("rp_id", rp_id).encode()).digest()
    return rp_hash + struct.pack(">BI", flags, passkey.counter)


def _credential(passkey: Passkey, answer: dict[str, str]) -> dict[str, Any]:
    known_by = encoded(passkey.credential_id)
    return {"id": known_by, "rawId": known_by, "type": "public-key", "response": answer}


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    if number < 256:
        return bytes([major << 5 | 24, number])
    return bytes([major << 5 | 25]) + struct.pack(">H", number)
