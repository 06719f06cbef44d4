"""Passkeys as browsers bring them (WebAuthn, level 2): what a browser is asked for, and whether its answer is right.

A passkey stands for a passphrase, so the authenticator has to verify its user, by a PIN, a finger or a face: a key that
was found opens nothing. It has to be discoverable, for nobody types a name. Attestations are not asked for: which make
of authenticator somebody has is no business of a host.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from fido2 import cbor
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pulumi_mturk.marketplace.errors import WorkerRefusedError

LONGEST: Final = 16_384
"""Characters of a browser's answer: one without an attestation has less than 3,000, and reading is quadratic in it."""
_LONGEST_ID: Final = 1_023
"""Bytes of a credential's id (documented)."""
_LONGEST_KEY: Final = 1_024
"""Bytes of a public key: one of RSA with 4,096 bits has 530."""
_ALGORITHMS: Final = (ES256, EdDSA, RS256)
"""Authenticators have one of these (documented: what a site should ask for)."""
_VERIFIED: Final = UserVerificationRequirement.REQUIRED

logging.getLogger("fido2").setLevel(logging.WARNING)  # it writes the ids of credentials into the log


@dataclass(frozen=True)
class Site:
    """The site that passkeys are for, as the browser sees it."""

    origin: str
    """Scheme, host and port, such as `https://panel.example.org`."""
    host: str
    """The host's name, which is the relying party's id."""


@dataclass(frozen=True)
class Registration:
    """A passkey that a browser has made, and that may be stored."""

    challenge: str
    credential_id: str
    """In Base64url, as all here."""
    public_key: str
    """A COSE key."""
    sign_count: int


@dataclass(frozen=True)
class Assertion:
    """What a browser signed in with, read and not verified yet."""

    challenge: str
    credential_id: str
    user_handle: str
    sign_count: int
    answer: AuthenticationResponse


def creation_options(
    site: Site, challenge: str, user_handle: str, name: str, existing: list[str]
) -> dict[str, dict[str, Any]]:
    """What a browser makes a passkey by, as JSON; `existing` are the ids of the worker's others."""
    server = _server(site)
    options, _ = server.register_begin(
        PublicKeyCredentialUserEntity(id=websafe_decode(user_handle), name=name, display_name=name),
        [_descriptor(each) for each in existing],
        ResidentKeyRequirement.REQUIRED,
        _VERIFIED,
        challenge=websafe_decode(challenge),
    )
    return _as_json(options)


def request_options(site: Site, challenge: str) -> dict[str, dict[str, Any]]:
    """What a browser signs in by, as JSON."""
    options, _ = _server(site).authenticate_begin(None, _VERIFIED, websafe_decode(challenge))
    return _as_json(options)


def read_registration(site: Site, text: str) -> Registration:
    """The passkey that a browser has made, if it is one of this site; whose challenge it has is for others to look at.

    Raises:
        WorkerRefusedError: it is not.

    """
    try:
        answer = RegistrationResponse.from_dict(_document(text))
        challenge = websafe_encode(answer.response.client_data.challenge)
        made = _server(site).register_complete(_state(challenge), answer)
        credential = made.credential_data
        if credential is None or credential.credential_id != answer.raw_id or answer.response.client_data.cross_origin:
            raise ValueError
        key = cbor.encode(credential.public_key)
        if len(credential.credential_id) > _LONGEST_ID or len(key) > _LONGEST_KEY:
            raise ValueError
        if type(credential.public_key) not in _ALGORITHMS:
            raise ValueError
        _check_key(credential.public_key)
    except Exception:  # whatever the library meets in bytes of a stranger's
        raise WorkerRefusedError("This passkey can't be used here. Try again.", field="passkey") from None
    return Registration(challenge, websafe_encode(credential.credential_id), websafe_encode(key), made.counter)


def read_assertion(text: str) -> Assertion | None:
    """What a browser signed in with, or None: it is not that."""
    try:
        answer = AuthenticationResponse.from_dict(_document(text))
        response = answer.response
        return Assertion(
            websafe_encode(response.client_data.challenge),
            websafe_encode(answer.raw_id),
            websafe_encode(response.user_handle or b""),
            response.authenticator_data.counter,
            answer,
        )
    except Exception:  # as above
        return None


def is_signed(site: Site, assertion: Assertion, public_key: str) -> bool:
    """Whether the passkey with this public key has signed it, for this site."""
    try:
        key = CoseKey.parse(_mapping(cbor.decode(websafe_decode(public_key))))
        credential = AttestedCredentialData.create(Aaguid.NONE, websafe_decode(assertion.credential_id), key)
        _server(site).authenticate_complete(_state(assertion.challenge), [credential], assertion.answer)
    except Exception:  # as above
        return False
    return not assertion.answer.response.client_data.cross_origin


def _server(site: Site) -> Fido2Server:
    server = Fido2Server(
        PublicKeyCredentialRpEntity(id=site.host, name=site.host),
        AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == site.origin,
    )
    server.allowed_algorithms = [
        PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=each.ALGORITHM)
        for each in _ALGORITHMS
    ]
    return server


def _state(challenge: str) -> dict[str, Any]:
    return {"challenge": challenge, "user_verification": _VERIFIED}


def _descriptor(credential_id: str) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(credential_id))


def _as_json(options: Any) -> dict[str, dict[str, Any]]:
    document: dict[str, dict[str, Any]] = json.loads(json.dumps(dict(options)))
    return document


def _document(text: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise ValueError
    return _mapping(json.loads(text))


def _mapping(value: Any) -> dict[Any, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _check_key(key: CoseKey) -> None:
    """Raise whatever the library does if this is no key at all, such as a point that is not on its curve."""
    try:
        key.verify(b"", b"")
    except InvalidSignature:
        return
