"""Questions, tests and answer keys: what the marketplace checks of their XML.

Well-formed, the right root element in a namespace that the service knows, and 65535 bytes at most (documented).
Whether the content follows the schema is not checked here yet.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

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


def checked_document(parameter: str, text: str, echo: str) -> str:
    """The XML of `parameter` as the service will give it back; raises WireError for what it would refuse."""
    data = text.encode()
    if not data:
        # the old API's words (observed); the 2017 one's are unknown
        raise invalid_parameter(parameter, "", f"Your request parameter {parameter} has a minimum length of 1")
    if len(data) > MAX_BYTES:
        raise invalid_parameter(parameter, text, f"{parameter} must not be longer than {MAX_BYTES} bytes")
    root = _parse(data)
    if root.tag not in _ROOTS[parameter]:
        raise unparsable_xml(f"cvc-elt.1: Cannot find the declaration of element '{etree.QName(root).localname}'.")
    if echo == "normalised":
        try:
            return etree.tostring(root, method="c14n").decode()
        except etree.C14NError as error:  # relative namespaces have no canonical form
            raise unparsable_xml(str(error)) from None
    return text


def _parse(data: bytes) -> etree._Element:
    # no entities, no DTD, no network: the text is somebody else's
    # whatever encoding the declaration names: the text came in JSON, and is decoded already (guessed)
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise unparsable_xml(str(error)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise unparsable_xml("DOCTYPE is disallowed.")
    return root
