"""The door of every route: who may pass, and that a browser was not made to ask by another site's page.

What is not named here is for a worker who has signed in, or on an open server was chosen; so is every new route.
"""

from __future__ import annotations

from typing import Final

from flask import request
from werkzeug.exceptions import NotFound

from pulumi_mturk.marketplace.web import forgery, operator, session

FOR_EVERYBODY: Final = frozenset(
    {
        "static",
        "json_api.openapi",
        "json_api.sign_in",
        "question_frames.helper_script",
        "sign_in_pages.sign_in",
        "sign_in_pages.enter",
        "sign_in_pages.invitation",
        "sign_in_pages.join",
        "passkey_pages.sign_in_options",
        "passkey_pages.enter",
        "passkey_pages.join_options",
    }
)
"""They tell nothing of a worker."""
BY_FRAME: Final = frozenset({"question_frames.html_question", "question_frames.external_submit"})
"""Requesters' pages have no cookie: the address has what lets them in."""
OF_OPERATOR: Final = frozenset(
    {
        *(
            f"json_api.{name}"
            for name in (
                "list_workers",
                "register_worker",
                "put_worker",
                "list_notifications",
                "list_events",
                "get_clock",
                "advance_clock",
                "reset_clock",
            )
        ),
        *(
            f"control.{name}"
            for name in ("list_faults", "inject_faults", "clear_faults", "list_calls", "clear_calls", "set_switches")
        ),
    }
)
"""Here the operator's key is asked for."""
OPEN_ALONE: Final = frozenset({"hit_pages.choose", "hit_pages.register", "hit_pages.leave"})
"""Choosing a worker."""
FENCED_ALONE: Final = frozenset(
    {"json_api.sign_in", "json_api.who", "json_api.sign_out", "consent_pages.terms", "consent_pages.agree"}
)
"""With the sign-in pages: where nobody signs in, they are not there."""
BEFORE_AGREEING: Final = frozenset(
    {
        "consent_pages.terms",
        "consent_pages.agree",
        "sign_in_pages.account",
        "sign_in_pages.sign_out",
        "sign_in_pages.sign_out_everywhere",
        "passkey_pages.add_options",
        "passkey_pages.add",
        "passkey_pages.rename",
        "passkey_pages.remove",
        "json_api.who",
        "json_api.sign_out",
        "hit_pages.tasks",
        "hit_pages.one_task",
        "hit_pages.submit",
        "hit_pages.return_assignment",
        "json_api.list_assignments",
        "json_api.submit",
        "json_api.give_back",
    }
)
"""For who has yet to agree to what the host has changed: what was accepted before can be handed in, nothing begun."""
_SIGN_IN: Final = ("sign_in_pages.", "passkey_pages.")
_JSON: Final = ("json_api.", "control.")


def check() -> None:
    """Let a request pass, or raise what is answered instead."""
    endpoint = request.endpoint
    if endpoint == "static":
        return
    session.identify()
    if endpoint is None:  # an address that is not there
        return
    who = session.identity()
    if endpoint in (OPEN_ALONE if who.fenced else FENCED_ALONE) or (not who.fenced and endpoint.startswith(_SIGN_IN)):
        raise NotFound
    if endpoint in BY_FRAME:
        return
    forgery.refuse_cross_site()
    waits = False
    if endpoint in OF_OPERATOR:
        operator.check()
    elif who.fenced and endpoint not in FOR_EVERYBODY and not _is_operators(endpoint):
        own = session.require_worker()
        if (request.view_args or {}).get("worker_id", own) != own:
            raise NotFound("There is no such worker.")
        waits = not who.agreed and endpoint not in BEFORE_AGREEING
    if forgery.changes():
        _check_token(endpoint)
    if waits:
        raise session.NotAgreedError("The host has changed what workers agree to. Read it, and agree, on /consent.")


def _is_operators(endpoint: str) -> bool:
    """Whether the operator acts for a worker."""
    return endpoint.startswith(_JSON) and session.bearer() is not None and operator.is_asking()


def _check_token(endpoint: str) -> None:
    if not endpoint.startswith(_JSON):
        forgery.refuse_without_token(request.form.get(forgery.FIELD, ""))
    elif (who := session.identity()).session is not None and not who.by_bearer:
        # without a session there is nothing that a browser would send by itself
        forgery.refuse_without_token(request.headers.get(forgery.HEADER, ""))
