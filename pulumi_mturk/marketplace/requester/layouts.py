"""HIT layouts: HTML with placeholders that the requester made on the web site, used to make HITs by the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.context import Context, Request, new_id
from pulumi_mturk.marketplace.errors import invalid_parameter, request_error

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLACEHOLDER: Final = re.compile(r"\$\{([^${}]+)\}")
_FORM: Final = re.compile(r"<(?:crowd-)?form\b", re.IGNORECASE)
_SCHEMA: Final = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd"
_HEAD: Final = (
    '<!DOCTYPE html><html><head><title>HIT</title><meta charset="utf-8">'
    '<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script></head><body>'
    '<form name="mturk_form" id="mturk_form" method="post" action="https://www.mturk.com/mturk/externalSubmit">'
    '<input type="hidden" name="assignmentId" id="assignmentId" value="">'
)
_TAIL: Final = (
    '<p><input type="submit" id="submitButton" value="Submit"></p></form>'
    "<script>turkSetAssignmentID();</script></body></html>"
)


def add(ctx: Context, html: str) -> str:
    """Keep a layout: its id."""
    layout_id = new_id()
    ctx.db.execute("INSERT INTO layouts (id, html) VALUES (?, ?)", (layout_id, html))
    return layout_id


def question_of(ctx: Context, request: Request) -> str:
    """The HTMLQuestion that the layout of a request and its parameters make.

    The names must be those of the layout, and all of its placeholders must be filled (documented; the errors are
    guessed). A value may hold markup and placeholders: it goes in as it is, and is not looked at again (guessed).
    """
    layout_id = request["HITLayoutId"]
    row = ctx.db.execute("SELECT html FROM layouts WHERE id = ?", (layout_id,)).fetchone()
    if row is None:  # the code is known from Amazon's own clients, the text is guessed
        raise request_error("HITLayoutDoesNotExist", f"HITLayout [{layout_id}] does not exist.")
    html = row["html"]
    values = {item["Name"]: item["Value"] for item in request.get("HITLayoutParameters", [])}
    _check_names(values, set(_PLACEHOLDER.findall(html)))
    return _document(_PLACEHOLDER.sub(lambda found: values[found[1]], html))


def _check_names(given: Iterable[str], wanted: set[str]) -> None:
    for name in given:
        if name not in wanted:
            raise invalid_parameter("HITLayoutParameter", name, f"The HITLayout has no parameter {name}")
    if missing := sorted(wanted.difference(given)):
        detail = f"The HITLayout needs a value for the parameter {missing[0]}"
        raise invalid_parameter("HITLayoutParameter", "null", detail)


def _document(html: str) -> str:
    """As the service makes it: in a form with a button (observed), unless the layout has its own form (guessed)."""
    if not _FORM.search(html):
        html = f"{_HEAD}{html}{_TAIL}"
    content = html.replace("]]>", "]]]]><![CDATA[>")
    return (
        f'<?xml version="1.0"?>\n<HTMLQuestion xmlns="{_SCHEMA}">'
        f"<HTMLContent><![CDATA[{content}]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>"
    )
