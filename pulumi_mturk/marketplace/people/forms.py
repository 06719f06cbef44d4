"""Question forms, as far as the rules need them: what is asked, and whether answers will do."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from pulumi_mturk.marketplace.errors import WorkerRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRUE: Final = frozenset({"true", "1"})


@dataclass(frozen=True)
class FormQuestion:
    """A question of a QuestionForm."""

    identifier: str
    required: bool
    selections: tuple[str, ...] | None
    """What can be chosen; None for a free text."""
    most: int = 1
    """How many can be chosen."""
    other: bool = False
    """Whether a text may be written in place of a selection."""


@functools.lru_cache(maxsize=64)
def questions_of(document: str) -> tuple[FormQuestion, ...] | None:
    """The questions of a QuestionForm; None where the document is another kind of question."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(document.encode(), parser)
    if etree.QName(root).localname != "QuestionForm":
        return None
    return tuple(_question(element) for element in root.iterfind("{*}Question"))


def check_fields(questions: Sequence[FormQuestion], fields: Sequence[tuple[str, str]]) -> None:
    """All that has to be answered is, and by what the form offers (guessed: the service promises less).

    Raises:
        WorkerRefusedError: the first that is not right.

    """
    known = {question.identifier for question in questions}
    if strangers := [name for name, _ in fields if name not in known]:
        raise WorkerRefusedError(f"There is no question {strangers[0]!r} in this form.")
    for question in questions:
        given = {value for name, value in fields if name == question.identifier and value}
        if question.required and not given:
            raise WorkerRefusedError(f"The question {question.identifier!r} has to be answered.")
        if question.selections is None:
            continue
        written = given.difference(question.selections)
        if written and (not question.other or len(written) > 1):
            raise WorkerRefusedError(f"One of the answers to {question.identifier!r} is none of its selections.")
        if len(given) > question.most:
            raise WorkerRefusedError(f"At most {question.most} of {question.identifier!r} can be chosen.")


def _question(element: etree._Element) -> FormQuestion:
    identifier = element.findtext("{*}QuestionIdentifier", "").strip()
    required = element.findtext("{*}IsRequired", "").strip() in _TRUE
    answer = element.find("{*}AnswerSpecification/{*}SelectionAnswer")
    if answer is None:
        return FormQuestion(identifier, required, None)
    selections = tuple(
        found.findtext("{*}SelectionIdentifier", "").strip() for found in answer.iterfind("{*}Selections/{*}Selection")
    )
    try:
        most = int(answer.findtext("{*}MaxSelectionCount", "1"))
    except ValueError:  # no schema was checked when the form came in
        most = len(selections)
    other = answer.find("{*}Selections/{*}OtherSelection") is not None
    return FormQuestion(identifier, required, selections, max(1, most), other)
