"""Whether the answers to a QuestionForm are complete and among its selections."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from pulumi_mturk.marketplace.domain.question_forms import most_selections
from pulumi_mturk.marketplace.domain.safe_xml import parse_xml
from pulumi_mturk.marketplace.errors import WorkerRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pulumi_mturk.marketplace.switches import Switches

_TRUE: Final = frozenset({"true", "1"})


@dataclass(frozen=True)
class FormQuestion:
    """A question of a QuestionForm."""

    identifier: str
    required: bool
    selections: tuple[str, ...] | None
    """The identifiers of its selections; None for a free text."""
    max_selections: int = 1
    """The maximum number of selections in an answer."""
    other: bool = False
    """Whether it has an OtherSelection, so that a text can replace a selection."""


@functools.lru_cache(maxsize=64)
def read_questions(document: str, switches: Switches) -> tuple[FormQuestion, ...] | None:
    """The questions of a QuestionForm; None if the document is an HTMLQuestion or ExternalQuestion."""
    root = parse_xml(document)
    if etree.QName(root).localname != "QuestionForm":
        return None
    return tuple(_question(element, switches) for element in root.iterfind("{*}Question"))


def check_answers(questions: Sequence[FormQuestion], fields: Sequence[tuple[str, str]]) -> None:
    """Required questions have to be answered, by selections of the form (guessed: the service promises less).

    Raises:
        WorkerRefusedError: the first broken rule.

    """
    known = {question.identifier for question in questions}
    if unknown := [name for name, _ in fields if name not in known]:
        raise WorkerRefusedError(f"There is no question {unknown[0]!r} in this form.")
    for question in questions:
        given = {value for name, value in fields if name == question.identifier and value}
        if question.required and not given:
            raise WorkerRefusedError(f"The question {question.identifier!r} has to be answered.")
        if question.selections is None:
            continue
        written = given.difference(question.selections)
        if written and (not question.other or len(written) > 1):
            raise WorkerRefusedError(f"One of the answers to {question.identifier!r} is none of its selections.")
        if len(given) > question.max_selections:
            raise WorkerRefusedError(f"At most {question.max_selections} of {question.identifier!r} can be chosen.")


def _question(element: etree._Element, switches: Switches) -> FormQuestion:
    identifier = element.findtext("{*}QuestionIdentifier", "").strip()
    required = element.findtext("{*}IsRequired", "").strip() in _TRUE
    answer = element.find("{*}AnswerSpecification/{*}SelectionAnswer")
    if answer is None:
        return FormQuestion(identifier, required, None)
    selections = tuple(
        found.findtext("{*}SelectionIdentifier", "").strip() for found in answer.iterfind("{*}Selections/{*}Selection")
    )
    other = answer.find("{*}Selections/{*}OtherSelection") is not None
    return FormQuestion(identifier, required, selections, most_selections(answer, switches), other)
