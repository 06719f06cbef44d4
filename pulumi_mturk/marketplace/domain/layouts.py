"""HIT layouts: HTML with placeholders, created on the requester's web site and filled when a HIT is created."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.context import Context, new_id
from pulumi_mturk.marketplace.errors import invalid_parameter, request_error
from pulumi_mturk.marketplace.storage import layouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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


def add_layout(ctx: Context, html: str) -> str:
    """Store a layout of the account that calls; returns its id."""
    layout_id = new_id(ctx)
    layouts.insert(ctx.db, layout_id, ctx.account, html)
    return layout_id


def placeholders(html: str) -> set[str]:
    """The names of a layout's parameters."""
    return set(_PLACEHOLDER.findall(html))


def fill_layout(ctx: Context, layout_id: str, parameters: Iterable[Mapping[str, str]]) -> str:
    """The HTMLQuestion of a layout of the caller's with its placeholders filled.

    The names must be those of the layout, and all of its placeholders must be filled (documented; the errors are
    guessed). A value may hold markup and placeholders: it is inserted verbatim (guessed).
    """
    row = layouts.find(ctx.db, layout_id)
    if row is None or not ctx.reaches(row["account"]):
        # the code is known from Amazon's own clients, the text is guessed
        raise request_error("HITLayoutDoesNotExist", f"HITLayout [{layout_id}] does not exist.")
    html = row["html"]
    values = {item["Name"]: item["Value"] for item in parameters}
    _check_names(values, placeholders(html))
    return _document(_PLACEHOLDER.sub(lambda found: values[found[1]], html))


def _check_names(given: Iterable[str], wanted: set[str]) -> None:
    for name in given:
        if name not in wanted:
            raise invalid_parameter("HITLayoutParameter", name, f"The HITLayout has no parameter {name}")
    if missing := sorted(wanted.difference(given)):
        detail = f"The HITLayout needs a value for the parameter {missing[0]}"
        raise invalid_parameter("HITLayoutParameter", "null", detail)


def _document(html: str) -> str:
    """The layout in a form with a submit button (observed), unless it has its own form (guessed)."""
    if not _FORM.search(html):
        html = f"{_HEAD}{html}{_TAIL}"
    content = html.replace("]]>", "]]]]><![CDATA[>")
    return (
        f'<?xml version="1.0"?>\n<HTMLQuestion xmlns="{_SCHEMA}">'
        f"<HTMLContent><![CDATA[{content}]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>"
    )
