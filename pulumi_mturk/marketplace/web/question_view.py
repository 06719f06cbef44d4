"""A HIT's question as the worker's page shows it: our form, or a frame with the requester's page."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlencode, urlsplit, urlunsplit

from lxml import etree

from pulumi_mturk.marketplace.domain.question_forms import Form, read_form
from pulumi_mturk.marketplace.domain.safe_xml import recover_xml
from pulumi_mturk.marketplace.errors import WorkerRefusedError

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.switches import Switches

NOT_ACCEPTED: Final = "ASSIGNMENT_ID_NOT_AVAILABLE"
"""The assignmentId in previews (documented)."""
_HEIGHT: Final = 600
_TALLEST: Final = 10_000
_SANDBOX: Final = (
    "allow-downloads allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-scripts "
    "allow-top-navigation-by-user-activation"
)
_SUBMIT_ADDRESS: Final = re.compile(
    r"""(?:https?://(?:www|workersandbox|worker)\.mturk\.com|(?<=["']))(?=/+mturk/externalSubmit\b)"""
)
_SCRIPT_ADDRESS: Final = re.compile(
    r"(?:https?:)?//(?:s3\.amazonaws\.com/mturk-public|mturk-public\.s3\.amazonaws\.com)/externalHIT_v1\.js"
)


@dataclass(frozen=True)
class QuestionView:
    """A question: one of `form`, `html` and `url` is set."""

    form: Form | None = None
    html: str | None = None
    url: str | None = None
    height: int = _HEIGHT


@dataclass(frozen=True)
class Frame:
    """An iframe of the worker's page."""

    url: str
    sandbox: str
    height: int


def read_question(text: str, switches: Switches) -> QuestionView:
    """Parse the question of a HIT."""
    root = recover_xml(text)
    if root is None:
        return QuestionView(form=Form(()))
    height = _height(root.findtext("{*}FrameHeight"))
    match etree.QName(root).localname:
        case "HTMLQuestion":
            return QuestionView(html=root.findtext("{*}HTMLContent") or "", height=height)
        case "ExternalQuestion":
            return QuestionView(url=(root.findtext("{*}ExternalURL") or "").strip(), height=height)
        case _:
            return QuestionView(form=read_form(text, switches))


def frame_for(
    question: QuestionView, site: str, address: str, *, hit_id: str, assignment_id: str | None, worker_id: str
) -> Frame:
    """The frame for an HTMLQuestion or ExternalQuestion; `address` is what the frame's own addresses begin with.

    In a preview the URL has only hitId and the placeholder for assignmentId (observed).

    Raises:
        WorkerRefusedError: the URL of an ExternalQuestion is none of the web.

    """
    parameters = {"assignmentId": assignment_id or NOT_ACCEPTED, "hitId": hit_id}
    if assignment_id is not None:
        parameters |= {"workerId": worker_id, "turkSubmitTo": address}
    if question.url is None:
        return Frame(f"{address}/dynamic/hit?{urlencode(parameters)}", _SANDBOX, question.height)
    parts = _web_address(question.url)
    query = "&".join(filter(None, (parts.query, urlencode(parameters))))
    # other hosts keep their origin, so their storage and cookies; a page of our host must not reach ours
    own = "" if parts.netloc.rpartition("@")[2].lower() == urlsplit(site).netloc.lower() else " allow-same-origin"
    return Frame(urlunsplit(parts._replace(query=query)), _SANDBOX + own, question.height)


def rewrite_addresses(html: str, site: str, submit_address: str) -> str:
    """Replace AWS's URLs for submission, and for the helper script, by ours."""
    return _SCRIPT_ADDRESS.sub(f"{site}/mturk/externalHIT_v1.js", _SUBMIT_ADDRESS.sub(submit_address, html))


def sandbox_policy() -> str:
    """The CSP that keeps a requester's HTML from our cookies, also if it is opened outside of the frame."""
    return f"sandbox {_SANDBOX}"


def _web_address(url: str) -> SplitResult:
    """The parts of an address that may stand in a frame; one of `javascript:` would be a script of our own page."""
    with contextlib.suppress(ValueError):  # such as of "https://["
        if (parts := urlsplit(url)).scheme in ("http", "https") and parts.netloc:
            return parts
    raise WorkerRefusedError("The requester has given no address of a page for this HIT, so it can't be shown.")


def _height(text: str | None) -> int:
    """FrameHeight in pixels; with 0 the site chooses (documented)."""
    found = re.fullmatch(r"\s*([0-9]{1,9})\s*", text or "", re.ASCII)
    return min(int(found[1]), _TALLEST) or _HEIGHT if found else _HEIGHT
