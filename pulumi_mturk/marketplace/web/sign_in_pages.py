"""The pages of a fenced server on which a worker joins by an invitation, signs in and out, and sees the sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, redirect, request, url_for

from pulumi_mturk.marketplace.domain import (
    audit,
    invitations,
    passkeys,
    passphrases,
    sessions,
    statements,
    webauthn,
    workers,
)
from pulumi_mturk.marketplace.domain import sign_in as signing_in
from pulumi_mturk.marketplace.domain.workers import WorkerProfile
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.web import consent_pages, forgery, session, site

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.context import Context

blueprint: Final = Blueprint("sign_in_pages", __name__)


@blueprint.get("/sign-in")
def sign_in() -> str:
    """Show the form."""
    return session.render("sign_in.html", next=_next(request.args.get("next")), given={}, site=site.known())


@blueprint.post("/sign-in")
def enter() -> Any:
    """Sign in."""
    form = request.form
    try:
        token = new_session(form.get("name", ""), form.get("passphrase", ""))
    except WorkerRefusedError as error:
        return sign_in_again(error, "name")
    return signed_in(token)


@blueprint.get("/join/<token>")
def invitation(token: str) -> str:
    """Show an invitation: what the host says, and the form."""
    with session.marketplace().reading() as ctx:
        return _invitation_page(ctx, token)


@blueprint.post("/join/<token>")
def join(token: str) -> Any:
    """Use an invitation."""
    form = request.form
    try:
        profile = checked_profile(token)
        way_in = (
            webauthn.read_registration(site.require(), form["passkey"])
            if form.get("passkey")
            else passphrases.hash_of(form.get("passphrase", ""))
        )
        with session.marketplace().writing() as ctx:
            statements.check_shown(ctx, form.get("terms", ""))
            begun = invitations.join(ctx, token, profile, form.get("name", ""), way_in, forgery.token())
    except WorkerRefusedError as error:
        if error.field is None:
            raise
        with session.marketplace().reading() as ctx:
            return _invitation_page(ctx, token, error), 422
    return session.sign_in(redirect(url_for("hit_pages.projects"), 303), begun)


@blueprint.get("/account")
def account() -> str:
    """What the worker signs in with, and the sessions."""
    worker_id = session.require_worker()
    with session.marketplace().reading() as ctx:
        name = signing_in.name_of(ctx, worker_id)
        found = sessions.of_worker(ctx, worker_id)
        agreed = statements.agreed(ctx, worker_id)
        own, only = passkeys.of_worker(ctx, worker_id), passkeys.is_only_way_in(ctx, worker_id)
        this = session.identity().session
        fresh = this is not None and this.is_fresh(ctx.now)
    return session.render(
        "account.html",
        name=name,
        sessions=found,
        agreed=agreed,
        passkeys=own,
        only_way_in=only,
        fresh=fresh,
        site=site.known(),
    )


@blueprint.post("/sign-out")
def sign_out() -> Any:
    """End this session."""
    end_session()
    return session.sign_out(redirect(url_for("sign_in_pages.sign_in"), 303))


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> Any:
    """End all of the worker's sessions."""
    worker_id = session.require_worker()
    with session.marketplace().writing() as ctx:
        sessions.end_all(ctx, worker_id)
        audit.by_worker(ctx, "signed out everywhere", worker_id)
    return session.sign_out(redirect(url_for("sign_in_pages.sign_in"), 303))


def checked_profile(token: str) -> WorkerProfile:
    """The profile of the form by which somebody joins, as a new worker's.

    Raises:
        WorkerRefusedError: the invitation is not valid, or something in the form but for what one signs in with.

    """
    form = request.form
    with session.marketplace().reading() as ctx:
        found = invitations.find(ctx, token)
        signing_in.check_name(ctx, form.get("name", ""), found.worker_id)
        statements.check_shown(ctx, form.get("terms", ""))
    consent_pages.check(form)
    profile = WorkerProfile(
        worker_id=workers.new_worker_id(),
        country=form.get("country", "").strip().upper() or None,
        subdivision=form.get("subdivision", "").strip().upper() or None,
        adult="adult" in form,
    )
    workers.check(profile)
    return profile


def new_session(name: str, passphrase: str) -> str:
    """Sign in: the token of a new session, in the place of the visitor's own.

    The passphrase is looked at between two transactions, as that takes long on purpose.

    Raises:
        WorkerRefusedError: the name or the passphrase is not right, or too many attempts have failed.

    """
    with session.marketplace().writing() as ctx:
        tried = signing_in.attempt(ctx, name)
    try:
        matched = passphrases.matches(tried.stored, passphrase)
    except passphrases.TooManyAttemptsError:
        with session.marketplace().writing() as ctx:
            signing_in.take_back(ctx, tried)
        raise
    with session.marketplace().writing() as ctx:
        if not matched:
            signing_in.note_refusal(ctx, tried)
        else:
            token = signing_in.finish(ctx, tried)
            end_before(ctx)
            return token
    raise WorkerRefusedError(signing_in.WRONG)


def end_before(ctx: Context) -> None:
    """End the visitor's session, as another takes its place."""
    if (before := session.identity().session) is not None:
        sessions.end(ctx, before)


def sign_in_again(error: WorkerRefusedError, faulty: str) -> Any:
    """Show the form once more, with what was wrong at a field of it."""
    status = 429 if isinstance(error, passphrases.TooManyAttemptsError) else 422
    values = {"next": _next(request.form.get("next")), "given": request.form, "problem": str(error), "faulty": faulty}
    return session.render("sign_in.html", **values, site=site.known()), status


def signed_in(token: str) -> Any:
    """Lead to where the visitor wanted to go, with the cookie of the new session."""
    return session.sign_in(redirect(_next(request.form.get("next")), 303), token)


def end_session() -> None:
    """End the visitor's session."""
    if (found := session.identity().session) is not None:
        with session.marketplace().writing() as ctx:
            sessions.end(ctx, found)
            audit.by_worker(ctx, "signed out", found.worker_id)


def _invitation_page(ctx: Context, token: str, error: WorkerRefusedError | None = None) -> str:
    found = invitations.find(ctx, token)
    payment, consent = statements.before_joining(ctx)
    given = dict(request.form)
    if found.worker_id is not None:
        given.setdefault("name", signing_in.name_of(ctx, found.worker_id) or "")
    return session.render(
        "join.html",
        token=token,
        invitation=found,
        payment=payment,
        consent=consent,
        shown=statements.mark(ctx),
        given=given,
        shortest=passphrases.SHORTEST,
        problem=str(error) if error else "",
        faulty=error.field if error else None,
        site=site.known(),
    )


def _next(address: str | None) -> str:
    return session.local_address(address, url_for("hit_pages.projects"))
