"""Checks on the XML of questions, tests and answer keys.

Well-formed, the right root element in a namespace that the service knows, and 65535 bytes at most (documented).
The content is not validated against the schema yet.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from pulumi_mturk.marketplace.domain.safe_xml import parse_xml
from pulumi_mturk.marketplace.errors import invalid_parameter, unparsable_xml

MAX_BYTES: Final = 65_535
_SCHEMAS: Final = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"
_QUESTION_FORMS: Final = frozenset(
    f"{{{_SCHEMAS}/{version}/QuestionForm.xsd}}QuestionForm" for version in ("2005-10-01", "2017-11-06")
)
_ROOTS: Final = {
    "Test": _QUESTION_FORMS,
    "AnswerKey": frozenset({f"{{{_SCHEMAS}/2005-10-01/AnswerKey.xsd}}AnswerKey"}),
    "Question": _QUESTION_FORMS
    | {
        f"{{{_SCHEMAS}/2006-07-14/ExternalQuestion.xsd}}ExternalQuestion",
        f"{{{_SCHEMAS}/2011-11-11/HTMLQuestion.xsd}}HTMLQuestion",
    },
}


def check_question_xml(parameter: str, text: str, echo: str) -> str:
    """Check the XML of `parameter`, and return it as responses will have it; raises WireError."""
    data = text.encode()
    if not data:
        # the text of the old API (observed); that of the 2017 API is unknown
        raise invalid_parameter(parameter, "", f"Your request parameter {parameter} has a minimum length of 1")
    if len(data) > MAX_BYTES:
        raise invalid_parameter(parameter, text, f"{parameter} must not be longer than {MAX_BYTES} bytes")
    root = _parse(text)
    if root.tag not in _ROOTS[parameter]:
        raise unparsable_xml(f"cvc-elt.1: Cannot find the declaration of element '{etree.QName(root).localname}'.")
    if echo == "normalised":
        try:
            return etree.tostring(root, method="c14n").decode()
        except etree.C14NError as error:  # relative namespaces have no canonical form
            raise unparsable_xml(str(error)) from None
    return text


def _parse(text: str) -> etree._Element:
    try:
        root = parse_xml(text)  # also where a declaration names another encoding than UTF-8 (guessed)
    except etree.XMLSyntaxError as error:
        raise unparsable_xml(str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise unparsable_xml("DOCTYPE is disallowed.")
    return root
