"""Answers of workers: the fields of a form, and the QuestionFormAnswers document that a requester gets.

The documents of the real service begin as these do, with the encoding ASCII and all in one line (observed).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pulumi_mturk.marketplace.people.forms import FormQuestion

_NAMESPACE: Final = (
    "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"
)
_AS_DEFAULT: Final[Any] = {None: _NAMESPACE}  # the stubs know no default namespace
_HEAD: Final = '<?xml version="1.0" encoding="ASCII"?>'
_BETWEEN_VALUES: Final = "|"
_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class UnreadableAnswersError(ValueError):
    """A document is no QuestionFormAnswers."""


@dataclass(frozen=True)
class Answer:
    """What was answered to one question: a text, or selections and possibly a text beside them."""

    question: str
    free_text: str | None = None
    """None where the question is answered by selections."""
    selections: tuple[str, ...] = ()
    other: str | None = None
    """What was written in place of a selection."""


def of_fields(fields: Iterable[tuple[str, str]]) -> list[Answer]:
    """The answers of an HTML form: each field is a free text (observed), in the order of the form (guessed).

    The values of several fields of one name are joined by `|` (observed).
    """
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    return [Answer(name, free_text=_BETWEEN_VALUES.join(found)) for name, found in values.items()]


def of_form(questions: Sequence[FormQuestion], fields: Iterable[tuple[str, str]]) -> list[Answer]:
    """The answers to the questions of a QuestionForm, in the form's order (guessed).

    A free-text question that was not answered has no answer, and one of selections an answer without any (documented).
    What is none of a question's selections is the text beside them.
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


def build(answers: Iterable[Answer]) -> str:
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


def read(document: str) -> list[Answer]:
    """The answers of a document. Raises UnreadableAnswersError."""
    # huge: a long answer that was taken must stay readable
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(document.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableAnswersError(f"The answers are no XML: {error}.") from None
    if etree.QName(root).localname != "QuestionFormAnswers":
        raise UnreadableAnswersError("The outermost element of answers is QuestionFormAnswers.")
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
