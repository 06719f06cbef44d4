"""A HIT's question as the worker's page shows it: a form of ours, or a frame with the requester's own page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from lxml import etree

from pulumi_mturk.marketplace.site.question_forms import Form, read_form

NOT_ACCEPTED: Final = "ASSIGNMENT_ID_NOT_AVAILABLE"
"""Stands for the assignment's id while a worker only looks (documented)."""
_HEIGHT: Final = 600
_TALLEST: Final = 10_000
_SANDBOX: Final = (
    "allow-downloads allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-scripts "
    "allow-top-navigation-by-user-activation"
)
_SUBMIT_ADDRESS: Final = re.compile(r"https?://(?:www|workersandbox|worker)\.mturk\.com(?=/+mturk/externalSubmit\b)")
_SCRIPT_ADDRESS: Final = re.compile(
    r"(?:https?:)?//(?:s3\.amazonaws\.com/mturk-public|mturk-public\.s3\.amazonaws\.com)/externalHIT_v1\.js"
)


@dataclass(frozen=True)
class TaskQuestion:
    """What a HIT asks, in one of three ways."""

    form: Form | None = None
    html: str | None = None
    url: str | None = None
    height: int = _HEIGHT


@dataclass(frozen=True)
class Frame:
    """A frame of the worker's page."""

    url: str
    sandbox: str
    height: int


def read_question(text: str) -> TaskQuestion:
    """The question of a HIT."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        return TaskQuestion(form=Form(()))
    height = _height(root.findtext("{*}FrameHeight"))
    match etree.QName(root).localname:
        case "HTMLQuestion":
            return TaskQuestion(html=root.findtext("{*}HTMLContent") or "", height=height)
        case "ExternalQuestion":
            return TaskQuestion(url=(root.findtext("{*}ExternalURL") or "").strip(), height=height)
        case _:
            return TaskQuestion(form=read_form(text))


def frame_of(question: TaskQuestion, site: str, *, hit_id: str, assignment_id: str | None, worker_id: str) -> Frame:
    """The frame for a question that is the requester's own page.

    While a worker only looks, the address has the HIT's id and the word for the missing assignment alone (observed).
    """
    parameters = {"assignmentId": assignment_id or NOT_ACCEPTED, "hitId": hit_id}
    if assignment_id is not None:
        parameters |= {"workerId": worker_id, "turkSubmitTo": site}
    if question.url is None:
        return Frame(f"{site}/dynamic/hit?{urlencode(parameters)}", _SANDBOX, question.height)
    parts = urlsplit(question.url)
    query = "&".join(filter(None, (parts.query, urlencode(parameters))))
    # a page elsewhere keeps its own origin, with its storage and cookies; one of our address would get at the site's
    own = "" if parts.netloc.lower() == urlsplit(site).netloc.lower() else " allow-same-origin"
    return Frame(urlunsplit(parts._replace(query=query)), _SANDBOX + own, question.height)


def served_html(html: str, site: str) -> str:
    """A requester's HTML with AWS's addresses for submitting, and for the script that helps with it, made ours."""
    return _SCRIPT_ADDRESS.sub(f"{site}/mturk/externalHIT_v1.js", _SUBMIT_ADDRESS.sub(site, html))


def sandbox_policy() -> str:
    """The policy that keeps a requester's HTML from the site's own cookies, also where it is opened by itself."""
    return f"sandbox {_SANDBOX}"


def _height(text: str | None) -> int:
    """Pixels; 0 is for the site to choose (documented)."""
    found = re.fullmatch(r"\s*([0-9]{1,9})\s*", text or "", re.ASCII)
    return min(int(found[1]), _TALLEST) or _HEIGHT if found else _HEIGHT
