"""QuestionForm and AnswerKey as a test's file and its key's, and whether nothing is lost by it.

What the format can't say stays as XML, a question at a time. Each document is read back: `notes` has what is written in
other words than before, and what is left out.
"""

import copy
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pulumi_mturk.common.errors import InvalidInputError, refuse
from pulumi_mturk.common.text import shortened
from pulumi_mturk.questionnaires import xml_reading
from pulumi_mturk.questionnaires.questionnaire import read_text
from pulumi_mturk.questionnaires.yaml_writing import Bare, written
from pulumi_mturk.questions.grammar import QUESTION_FORM, whole_number
from pulumi_mturk.questions.validation import check_answer_key, check_test
from pulumi_mturk.questions.xml import equal_xml, name, namespace, parse, text
from pulumi_mturk.rules import test_files as rules

if TYPE_CHECKING:
    from lxml import etree

_COUNTS = ("MinSelectionCount", "MaxSelectionCount")
# Where the number of choices is left out, these are taken for any number by some, and for one by the reference.
_OF_SEVERAL = ("checkbox", "multichooser")
_NUMBERS = (
    *_COUNTS,
    "NumberOfLinesSuggestion",
    "AnswerScore",
    "DefaultScore",
    "MaximumSummedScore",
    "InclusiveLowerBound",
    "InclusiveUpperBound",
    "QualificationValue",
    "OutOfRangeQualificationValue",
)
_BOUNDS = ("minValue", "maxValue", "minLength", "maxLength")
_SPACES = dict.fromkeys(QUESTION_FORM.namespaces, QUESTION_FORM.namespaces[0])


@dataclass(frozen=True)
class Converted:
    """A test's file and its key's, and what is not as it was."""

    test: str
    key: str | None = field(repr=False)
    notes: tuple[str, ...]


def to_yaml(test: str, answer_key: str | None = None) -> Converted:
    """The files that say what the documents do. Raises `InvalidInputError` if there is an error in them."""
    refuse([*check_test(test), *(check_answer_key(answer_key, test) if answer_key is not None else ())])
    root = parse(test)
    notes = [*_left_out(test, root), *_of_the_namespace(root)]
    parts = [_part(element, notes) for element in root]
    first, parts = xml_reading.introduction(parts)
    values: dict[str, Any] = {"version": Bare("1"), **first, "questions": parts}
    key: str | None = None
    if answer_key is not None:
        key_root = parse(answer_key)
        values["value"] = xml_reading.value_of(key_root)
        key = written(xml_reading.answers_of(key_root))
        notes += [f"answer key: {note}" for note in _left_out(answer_key, key_root)]
    found = Converted(written(values), key, tuple(notes))
    return _proved(found, test, answer_key)


def _proved(found: Converted, test: str, answer_key: str | None) -> Converted:
    """The same, once it has been read back and compared."""
    read = read_text(found.test, "the test")
    same = _equal(read.test, test)
    if found.key is not None and answer_key is not None:
        again = read.with_key(found.key, "the key").answer_key or ""
        same = same and _equal(again, answer_key)
        if not equal_xml(again, answer_key):
            found = replace(found, notes=(*found.notes, "answer key: says the same; numbers are written out"))
    if not same:  # nothing is known that comes here
        said = "can't be written so that it says the same; keep the XML"
        raise InvalidInputError(rules.NOT_YAML.at("the test", said))
    return found


def _part(element: "etree._Element", notes: list[str]) -> dict[str, Any]:
    """An overview or a question in the format, or as XML where that does not say the same."""
    kind = name(element)
    place = kind if kind == "Overview" else f"question {shortened(text(element.find('{*}QuestionIdentifier')))}"
    reason = "it has what the format can't say"
    if _has_no_number(element):
        reason = "its checkboxes have no MaxSelectionCount, which some take for one and some for any number"
    else:
        said = xml_reading.overview(element) if kind == "Overview" else xml_reading.question(element)
        if said is not None and (again := _read_back(said)) is not None:
            if equal_xml(again, _alone(element)):
                return said
            if _equal(again, _alone(element)):
                notes.append(f"{place}: says the same; counts that were left out, and numbers, are written out")
                return said
    notes.append(f"{place}: stays as XML: {reason}")
    return {"xml": xml_reading.as_xml(element)}


def _has_no_number(element: "etree._Element") -> bool:
    return any(
        text(answer.find("{*}StyleSuggestion")) in _OF_SEVERAL and answer.find("{*}MaxSelectionCount") is None
        for answer in element.iter("{*}SelectionAnswer")
    )


def _read_back(said: dict[str, Any]) -> str | None:
    """The form of one part; None if it is none that may be written so."""
    question = {"id": "q", "text": "q", "free_text": {}}
    parts = [said, question] if "overview" in said else [said]
    try:
        form = read_text(written({"version": Bare("1"), "questions": parts}), "the question").test
    except InvalidInputError:
        return None
    root = parse(form)
    return _alone(root[0])


def _alone(element: "etree._Element") -> str:
    """A part as a document of its own, in the newest namespace."""
    from lxml import etree

    space = QUESTION_FORM.namespaces[0]
    root = parse(f'<QuestionForm xmlns="{space}"/>')
    root.append(copy.deepcopy(element))
    for one in root.iter("*"):
        one.tag = f"{{{space}}}{name(one)}"
    return etree.tostring(root, encoding="unicode")


def _equal(one: str, other: str) -> bool:
    """Whether two documents say the same once what is left out, and numbers, are written out."""
    return equal_xml(_written_out(one), _written_out(other))


def _written_out(document: str) -> str:
    from lxml import etree

    root = parse(document)
    for answer in root.iter("{*}SelectionAnswer"):
        if not _has_no_number(answer):
            _write_counts(answer)
    for element in root.iter("*"):
        kind, space = name(element), namespace(element)
        element.tag = f"{{{_SPACES.get(space, space)}}}{kind}"
        if kind in _NUMBERS:
            element.text = str(whole_number(text(element)))
        elif kind == "SummedScoreMultiplier":
            element.text = text(element).strip()
        elif kind == "IsRequired":
            element.text = xml_reading.truth_value(element)
        for attribute, value in element.items():
            if str(attribute).startswith("{"):
                del element.attrib[attribute]
            elif attribute in _BOUNDS:
                element.set(attribute, str(whole_number(str(value))))
    return etree.tostring(root, encoding="unicode")


def _write_counts(answer: "etree._Element") -> None:
    from lxml import etree

    for place, count in enumerate(_COUNTS):
        if answer.find(f"{{*}}{count}") is None:
            missing = etree.Element(f"{{{namespace(answer)}}}{count}")
            missing.text = "1"
            answer.insert(place, missing)


def _left_out(document: str, root: "etree._Element") -> Iterable[str]:
    if parse(document, comments=True).getroottree().xpath("//comment()"):
        yield "comments are left out"
    if any(str(attribute).startswith("{") for element in root.iter("*") for attribute in element.attrib):
        yield "attributes that say where the schema is are left out"


def _of_the_namespace(root: "etree._Element") -> Iterable[str]:
    space = namespace(root)
    if space != QUESTION_FORM.namespaces[0]:
        yield f"the namespace becomes that of {QUESTION_FORM.namespaces[0].rsplit('/', 2)[1]}, with the same elements"
