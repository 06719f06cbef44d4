"""Workers' answers: from form fields to the QuestionFormAnswers document for the requester, and back.

The documents of the real service begin as these do, with the encoding ASCII and all in one line (observed).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from pulumi_mturk.marketplace.domain.safe_xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pulumi_mturk.marketplace.domain.answer_validation import FormQuestion

_NAMESPACE: Final = (
    "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"
)
_AS_DEFAULT: Final[Any] = {None: _NAMESPACE}  # lxml's stubs do not allow a default namespace
_HEAD: Final = '<?xml version="1.0" encoding="ASCII"?>'
_BETWEEN_VALUES: Final = "|"
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class InvalidAnswersError(ValueError):
    """Not a QuestionFormAnswers document."""


@dataclass(frozen=True)
class Answer:
    """The answer to one question: a free text, or selections and possibly an OtherSelectionText."""

    question: str
    free_text: str | None = None
    """None if the question is answered by selections."""
    selections: tuple[str, ...] = ()
    other: str | None = None
    """OtherSelectionText."""


def from_html_form(fields: Iterable[tuple[str, str]]) -> list[Answer]:
    """The answers of an HTML form: each field is a free text (observed), in the order of the form (guessed).

    The values of several fields of one name are joined by `|` (observed).
    """
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    return [Answer(name, free_text=_BETWEEN_VALUES.join(found)) for name, found in values.items()]


def from_question_form(questions: Sequence[FormQuestion], fields: Iterable[tuple[str, str]]) -> list[Answer]:
    """The answers to the questions of a QuestionForm, in the form's order (guessed).

    A free-text question that was not answered has no answer, and one of selections an answer without any (documented).
    A value that is none of a question's selections is its OtherSelectionText.
    """
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    answers = []
    for question in questions:
        given = [value for value in values.get(question.identifier, []) if value]
        if question.selections is not None:
            chosen = tuple(dict.fromkeys(value for value in given if value in question.selections))
            written = [value for value in given if value not in question.selections]
            answers.append(Answer(question.identifier, selections=chosen, other=written[0] if written else None))
        elif given:
            answers.append(Answer(question.identifier, free_text=given[0]))
    return answers


def to_xml(answers: Iterable[Answer]) -> str:
    """The QuestionFormAnswers document; characters that XML can't hold are left out (guessed)."""
    root = etree.Element(f"{{{_NAMESPACE}}}QuestionFormAnswers", nsmap=_AS_DEFAULT)
    for answer in answers:
        element = etree.SubElement(root, f"{{{_NAMESPACE}}}Answer")
        _add(element, "QuestionIdentifier", answer.question)
        if answer.free_text is not None:
            _add(element, "FreeText", answer.free_text)
        for selection in answer.selections:
            _add(element, "SelectionIdentifier", selection)
        if answer.other is not None:
            _add(element, "OtherSelectionText", answer.other)
    return _HEAD + etree.tostring(root, encoding="ascii").decode("ascii")


def parse_answers(document: str) -> list[Answer]:
    """The answers of a document. Raises InvalidAnswersError."""
    try:
        root = parse_xml(document, huge=True)  # an accepted long answer must stay readable
    except etree.XMLSyntaxError as error:
        raise InvalidAnswersError(f"The answers are no XML: {error}.") from None
    if etree.QName(root).localname != "QuestionFormAnswers":
        raise InvalidAnswersError("The outermost element of answers is QuestionFormAnswers.")
    return [
        Answer(
            element.findtext("{*}QuestionIdentifier", ""),
            element.findtext("{*}FreeText"),
            tuple(found.text or "" for found in element.iterfind("{*}SelectionIdentifier")),
            element.findtext("{*}OtherSelectionText"),
        )
        for element in root.iterfind("{*}Answer")
    ]


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}").text = _NO_XML.sub("", text)
