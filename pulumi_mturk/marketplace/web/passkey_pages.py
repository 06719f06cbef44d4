"""Passkeys on a fenced server: what a browser's script asks for and sends. Without a script there is the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, redirect, request, url_for

from pulumi_mturk.marketplace.domain import invitations, passkey_sign_in, passkeys, webauthn
from pulumi_mturk.marketplace.domain import sign_in as signing_in
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.web import forgery, session, sign_in_pages, site

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.webauthn import Site

blueprint: Final = Blueprint("passkey_pages", __name__)
_ADDING: Final = "add a passkey"


@blueprint.post("/sign-in/passkey/options")
def sign_in_options() -> Any:
    """What the browser signs in by."""
    known = site.require()
    with session.marketplace().reading() as ctx:
        challenge = passkeys.challenge(ctx, passkey_sign_in.PURPOSE, forgery.token())
    return webauthn.request_options(known, challenge)


@blueprint.post("/sign-in/passkey")
def enter() -> Any:
    """Sign in."""
    known = site.require()
    try:
        token = _new_session(known, request.form.get("passkey", ""))
    except WorkerRefusedError as error:
        return sign_in_pages.sign_in_again(error, "passkey")
    return sign_in_pages.signed_in(token)


@blueprint.post("/join/<token>/passkey/options")
def join_options(token: str) -> Any:
    """What the browser makes a passkey by, if all else in the form is right."""
    known = site.require()
    sign_in_pages.checked_profile(token)
    with session.marketplace().reading() as ctx:
        challenge, handle = invitations.passkey_challenge(ctx, invitations.find(ctx, token), forgery.token())
    return webauthn.creation_options(known, challenge, handle, request.form["name"].strip(), [])


@blueprint.post("/account/passkeys/options")
def add_options() -> Any:
    """What the browser makes another passkey by."""
    known, worker_id = site.require(), _require_fresh()
    with session.marketplace().reading() as ctx:
        return webauthn.creation_options(
            known,
            passkeys.challenge(ctx, _ADDING, forgery.token()),
            passkeys.user_handle(ctx, worker_id),
            signing_in.name_of(ctx, worker_id) or "",
            [each.credential_id for each in passkeys.of_worker(ctx, worker_id)],
        )


@blueprint.post("/account/passkeys")
def add() -> Any:
    """Add a passkey."""
    known = site.require()
    _require_fresh()
    made = webauthn.read_registration(known, request.form.get("passkey", ""))
    with session.marketplace().writing() as ctx:
        worker_id = session.require_session(ctx)  # which a link by the host, or an erasure, may have ended meanwhile
        passkeys.redeem(ctx, made.challenge, _ADDING, forgery.token())
        passkeys.add(ctx, worker_id, request.form.get("passkey_name", ""), made)
    return _account()


@blueprint.post("/account/passkeys/name")
def rename() -> Any:
    """Give one another name."""
    with session.marketplace().writing() as ctx:
        passkeys.rename(
            ctx, session.require_worker(), request.form.get("credential_id", ""), request.form.get("passkey_name", "")
        )
    return _account()


@blueprint.post("/account/passkeys/remove")
def remove() -> Any:
    """Remove one."""
    with session.marketplace().writing() as ctx:
        passkeys.remove(ctx, session.require_worker(), request.form.get("credential_id", ""))
    return _account()


def _new_session(known: Site, text: str) -> str:
    """Sign in: the token of a new session, in the place of the visitor's own.

    Raises:
        WorkerRefusedError: the passkey is not right, or too many attempts have failed.

    """
    assertion = webauthn.read_assertion(text)
    if assertion is None:
        raise WorkerRefusedError(passkey_sign_in.WRONG)
    with session.marketplace().writing() as ctx:
        tried = passkey_sign_in.attempt(ctx, assertion, forgery.token())
    signed = tried.public_key is not None and webauthn.is_signed(known, assertion, tried.public_key)
    with session.marketplace().writing() as ctx:
        token = passkey_sign_in.finish(ctx, tried) if signed else None
        if token is not None:
            sign_in_pages.end_before(ctx)
            return token
        passkey_sign_in.note_refusal(ctx, tried)
    raise WorkerRefusedError(passkey_sign_in.WRONG)


def _require_fresh() -> str:
    """The id of the worker, who has just signed in."""
    worker_id, found = session.require_worker(), session.identity().session
    if found is None or not found.is_fresh(session.marketplace().now()):
        raise WorkerRefusedError("To add a passkey, sign in once more.")
    return worker_id


def _account() -> Any:
    return redirect(url_for("sign_in_pages.account"), 303)
