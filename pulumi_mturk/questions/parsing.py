"""The parts of a sound test and answer key, without their XML."""

import functools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.questions.grammar import ANSWER_KEY, QUESTION_FORM, Schema, check_element, check_root, whole_number
from pulumi_mturk.questions.xhtml import beyond_the_subset, parse_fragment
from pulumi_mturk.questions.xml import MAX_BYTES, UnreadableError, name, parse, text, utf8, where
from pulumi_mturk.rules import questions as rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_DOUBTS_TOLD = 8
_PROBLEMS_TOLD = 20
# Bytes of a document that is too long, but may have other mistakes that are worth telling.
_MOST_READ = 4 * MAX_BYTES


@dataclass(frozen=True)
class FormQuestion:
    """A question of a test."""

    identifier: str
    place: str
    selections: tuple[str, ...]  # identifiers; none in a free text question
    least: int
    most: int
    most_is_given: bool
    style: str
    has_other: bool
    wording: tuple[str, ...]

    @property
    def is_free_text(self) -> bool:
        """Whether the whole answer is a text that the worker writes."""
        return not self.selections


@dataclass(frozen=True)
class AnswerOption:
    """A set of selections, and the points for an answer that is exactly this set."""

    place: str
    selections: tuple[str, ...]
    score: int


@dataclass(frozen=True)
class KeyQuestion:
    """What an answer key has on one question."""

    identifier: str
    place: str
    options: tuple[AnswerOption, ...]
    default: int

    @property
    def points(self) -> frozenset[int]:
        """The points that an answer can be worth; one that is left out, or is no option, is worth the default."""
        return frozenset({self.default, *(option.score for option in self.options)})


@dataclass(frozen=True)
class Percentage:
    """Value = sum of points / maximum * 100, rounded."""

    maximum: int


@dataclass(frozen=True)
class Scale:
    """Value = sum of points * multiplier; how it is rounded is not documented."""

    multiplier: float


@dataclass(frozen=True)
class SummedScoreRange:
    """The value for a sum of points from lower to upper, both included."""

    place: str
    lower: int
    upper: int
    value: int


@dataclass(frozen=True)
class Ranges:
    """A value for each range of sums, and one for a sum in none of them."""

    ranges: tuple[SummedScoreRange, ...]
    otherwise: int


ValueMapping: TypeAlias = Percentage | Scale | Ranges | None


@dataclass(frozen=True)
class Form:
    """A test: its sound questions, and what is wrong with its XML."""

    questions: tuple[FormQuestion, ...]
    problems: tuple[Diagnostic, ...]
    doubts: tuple[Diagnostic, ...]
    """What is no error here and may be refused elsewhere."""


@dataclass(frozen=True)
class Key:
    """An answer key: its sound questions and mapping, and what is wrong with its XML."""

    questions: tuple[KeyQuestion, ...]
    mapping: ValueMapping
    problems: tuple[Diagnostic, ...]

    @property
    def lowest(self) -> int:
        """The smallest possible sum of points."""
        return sum(min(question.points) for question in self.questions)

    @property
    def highest(self) -> int:
        """The largest possible sum of points."""
        return sum(max(question.points) for question in self.questions)


# Each document is read several times in a check: for its rules, for those of its key, and for its summary.
@functools.lru_cache(maxsize=4)
def read_form(xml: str) -> Form:
    """A test, as far as it can be read."""
    return _form(*_read(xml, QUESTION_FORM, secret=False))


def form_of(root: "etree._Element") -> Form:
    """A test that is a tree already, whose elements know their lines."""
    return _form(*_judged(root, QUESTION_FORM, []))


def _form(root: "etree._Element | None", problems: tuple[Diagnostic, ...]) -> Form:
    questions = tuple(map(_question, _sound(root, QUESTION_FORM, "Question")))
    if not questions and not problems:
        problems = (rules.NO_QUESTION.at("", "there is no Question: a test needs at least one"),)
    return Form(questions, problems, tuple(_doubts(root)))


def _doubts(root: "etree._Element | None") -> Diagnostics:
    for element in root.iter("{*}FormattedContent") if root is not None else ():
        try:
            found = beyond_the_subset(parse_fragment(text(element)))
        except UnreadableError:
            continue  # told as a problem
        if found:
            more = f"; and {len(found) - _DOUBTS_TOLD} more" if len(found) > _DOUBTS_TOLD else ""
            yield rules.BEYOND_THE_XHTML_SUBSET.at(
                "",
                f"{where(element)}: this FormattedContent is more than the documented XHTML, and may be refused: "
                f"{'; '.join(found[:_DOUBTS_TOLD])}{more}",
            )


@functools.lru_cache(maxsize=4)
def read_key(xml: str) -> Key:
    """An answer key, as far as it can be read."""
    return _key(*_read(xml, ANSWER_KEY, secret=True))


def key_of(root: "etree._Element") -> Key:
    """An answer key that is a tree already, whose elements know their lines."""
    return _key(*_judged(root, ANSWER_KEY, []))


def _key(root: "etree._Element | None", problems: tuple[Diagnostic, ...]) -> Key:
    mappings = _sound(root, ANSWER_KEY, "QualificationValueMapping")
    return Key(
        tuple(map(_key_question, _sound(root, ANSWER_KEY, "Question"))),
        _mapping(mappings[0]) if mappings else None,
        problems,
    )


def length_problems(xml: str) -> Diagnostics:
    """What to say of a document that is longer than the API takes."""
    size = len(utf8(xml))
    if size > MAX_BYTES:
        yield rules.DOCUMENT_TOO_LONG.at(
            "", f"is {size} bytes long in UTF-8, and at most {MAX_BYTES} are allowed: shorten it"
        )


def _read(xml: str, schema: Schema, *, secret: bool) -> tuple["etree._Element | None", tuple[Diagnostic, ...]]:
    problems = list(length_problems(xml))
    if len(utf8(xml)) > _MOST_READ:
        return None, tuple(problems)
    try:
        root = parse(xml, secret=secret)
    except UnreadableError as error:
        return None, (*problems, rules.UNREADABLE.at("", str(error)))
    return _judged(root, schema, problems)


def _judged(
    root: "etree._Element", schema: Schema, problems: list[Diagnostic]
) -> tuple["etree._Element | None", tuple[Diagnostic, ...]]:
    """A tree with what is wrong with it; None if nothing of it can be read."""
    problems += check_root(root, schema)
    if name(root) != schema.root:
        return None, tuple(problems)
    problems += check_element(root, schema.grammar)
    if (more := len(problems) - _PROBLEMS_TOLD) > 0:
        last = problems[_PROBLEMS_TOLD - 1]
        problems[_PROBLEMS_TOLD - 1 :] = [replace(last, message=f"{last.message}; and {more} more")]
    return root, tuple(problems)


def _sound(root: "etree._Element | None", schema: Schema, kind: str) -> list["etree._Element"]:
    """The children of one kind that their own structure allows to be read."""
    found = [] if root is None else root.iterfind(f"{{*}}{kind}")
    return [element for element in found if not any(check_element(element, schema.grammar))]


def _question(element: "etree._Element") -> FormQuestion:
    answer = element.find("{*}AnswerSpecification/{*}SelectionAnswer")
    content = element.find("{*}QuestionContent")
    wording = [text(element.find("{*}DisplayName")), *_texts(content)]
    return FormQuestion(
        identifier=text(element.find("{*}QuestionIdentifier")),
        place=where(element),
        selections=_selections(element.iterfind(".//{*}SelectionIdentifier")),
        least=_count(answer, "MinSelectionCount"),
        most=_count(answer, "MaxSelectionCount"),
        most_is_given=answer is not None and answer.find("{*}MaxSelectionCount") is not None,
        style=text(answer.find("{*}StyleSuggestion")) if answer is not None else "",
        has_other=element.find(".//{*}OtherSelection") is not None,
        wording=tuple(filter(None, wording)),
    )


def _key_question(element: "etree._Element") -> KeyQuestion:
    default = text(element.find("{*}DefaultScore"))
    return KeyQuestion(
        identifier=text(element.find("{*}QuestionIdentifier")),
        place=where(element),
        options=tuple(
            AnswerOption(
                place=where(option),
                selections=_selections(option.iterfind("{*}SelectionIdentifier")),
                score=_int(option, "AnswerScore"),
            )
            for option in element.iterfind("{*}AnswerOption")
        ),
        default=whole_number(default) if default else 0,
    )


def _mapping(element: "etree._Element") -> ValueMapping:
    mapping = element[0]
    match name(mapping):
        case "PercentageMapping":
            return Percentage(_int(mapping, "MaximumSummedScore"))
        case "ScaleMapping":
            return Scale(float(text(mapping.find("{*}SummedScoreMultiplier"))))
        case _:
            return Ranges(
                tuple(
                    SummedScoreRange(
                        place=where(one),
                        lower=_int(one, "InclusiveLowerBound"),
                        upper=_int(one, "InclusiveUpperBound"),
                        value=_int(one, "QualificationValue"),
                    )
                    for one in mapping.iterfind("{*}SummedScoreRange")
                ),
                _int(mapping, "OutOfRangeQualificationValue"),
            )


def _int(element: "etree._Element", member: str) -> int:
    return whole_number(text(element.find(f"{{*}}{member}")))


def _count(answer: "etree._Element | None", member: str) -> int:
    written = text(answer.find(f"{{*}}{member}")) if answer is not None else ""
    return whole_number(written) if written else 1  # both counts default to 1


def _selections(elements: "Iterator[etree._Element]") -> tuple[str, ...]:
    return tuple(map(text, elements))


def _texts(content: "etree._Element | None") -> list[str]:
    parts = [text(part) for part in content.iter()] if content is not None else []
    # No "<" within a tag: looking for the end of each of many would take the square of their number.
    return [re.sub(r"<[^<>]*>", " ", part) for part in parts if part.strip()]
