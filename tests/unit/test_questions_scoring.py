"""The summary and the score range of a test, and the equality of documents, on drawn tests and keys."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain, combinations, product
from math import ceil, floor
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pulumi_mturk.questions import check_answer_key, check_test, equal_xml, score_range, summarise
from pulumi_mturk.questions.grammar import ANSWER_KEY, QUESTION_FORM


@dataclass(frozen=True)
class Question:
    least: int
    most: int
    selections: tuple[str, ...]
    scores: dict[frozenset[str], int]  # of the sets of selections that are an AnswerOption
    default: int | None = None

    def sheets(self) -> list[frozenset[str]]:
        """Every answer that the form takes, and none at all."""
        sizes = range(self.least, self.most + 1)
        return [frozenset(), *map(frozenset, chain.from_iterable(combinations(self.selections, n) for n in sizes))]


@dataclass(frozen=True)
class Percentage:
    maximum: int


@dataclass(frozen=True)
class Scale:
    multiplier: Decimal


@dataclass(frozen=True)
class Ranges:
    ranges: tuple[tuple[int, int, int], ...]
    otherwise: int


Mapping = Percentage | Scale | Ranges | None


@dataclass(frozen=True)
class Study:
    questions: tuple[Question, ...]
    mapping: Mapping = None

    @property
    def test(self) -> str:
        return element(f'QuestionForm xmlns="{QUESTION_FORM.namespaces[0]}"', *map(_form_question, _numbered(self)))

    @property
    def key(self) -> str:
        parts = [*map(_key_question, _numbered(self)), *_mapping(self.mapping)]
        return element(f'AnswerKey xmlns="{ANSWER_KEY.namespaces[0]}"', *parts)

    def values(self) -> set[int]:
        """The value of every possible answer sheet, rounded either way where the way is not documented."""
        sheets = product(*(question.sheets() for question in self.questions))
        sums = {sum(map(_points, self.questions, sheet)) for sheet in sheets}
        return set().union(*(_values(total, self.mapping) for total in sums))


def element(name: str, *parts: str) -> str:
    return f"<{name}>{''.join(parts)}</{name.split()[0]}>"


def leaf(name: str, text: object) -> str:
    return element(name, escape(str(text)))


def _numbered(study: Study) -> list[tuple[str, Question]]:
    return [(f"q{number}", question) for number, question in enumerate(study.questions, 1)]


def _form_question(numbered: tuple[str, Question]) -> str:
    identifier, question = numbered
    answer = element(
        "SelectionAnswer",
        leaf("MinSelectionCount", question.least),
        leaf("MaxSelectionCount", question.most),
        leaf("StyleSuggestion", "radiobutton" if question.most == 1 else "checkbox"),
        element(
            "Selections",
            *(element("Selection", leaf("SelectionIdentifier", s), leaf("Text", "This")) for s in question.selections),
        ),
    )
    return element(
        "Question",
        leaf("QuestionIdentifier", identifier),
        element("QuestionContent", leaf("Text", "Which one?")),
        element("AnswerSpecification", answer),
    )


def _key_question(numbered: tuple[str, Question]) -> str:
    identifier, question = numbered
    options = [
        element("AnswerOption", *(leaf("SelectionIdentifier", s) for s in chosen), leaf("AnswerScore", score))
        for chosen, score in question.scores.items()
    ]
    default = [] if question.default is None else [leaf("DefaultScore", question.default)]
    return element("Question", leaf("QuestionIdentifier", identifier), *options, *default)


def _mapping(mapping: Mapping) -> list[str]:
    inner = ""
    match mapping:
        case None:
            return []
        case Percentage(maximum):
            inner = element("PercentageMapping", leaf("MaximumSummedScore", maximum))
        case Scale(multiplier):
            inner = element("ScaleMapping", leaf("SummedScoreMultiplier", multiplier))
        case Ranges(ranges, otherwise):
            names = ("InclusiveLowerBound", "InclusiveUpperBound", "QualificationValue")
            parts = [element("SummedScoreRange", *map(leaf, names, one)) for one in ranges]
            inner = element("RangeMapping", *parts, leaf("OutOfRangeQualificationValue", otherwise))
    return [element("QualificationValueMapping", inner)]


def _points(question: Question, answer: frozenset[str]) -> int:
    return question.scores.get(answer, question.default or 0)


def _values(total: int, mapping: Mapping) -> set[int]:
    match mapping:
        case None:
            return {total}
        case Percentage(maximum):
            exact = Fraction(100 * total, maximum)
            return {floor(exact + Fraction(1, 2)), ceil(exact - Fraction(1, 2))}
        case Scale(multiplier):
            return {floor(multiplier * total), ceil(multiplier * total)}
        case Ranges(ranges, otherwise):
            return {next((value for low, high, value in ranges if low <= total <= high), otherwise)}


# No letter and no sign of these is in a summary.
IDENTIFIERS = st.text("XYZ&<\u00c9", min_size=3, max_size=6)


@st.composite
def drawn_questions(draw: st.DrawFn) -> Question:
    selections = tuple(draw(st.lists(IDENTIFIERS, min_size=1, max_size=4, unique=True)))
    most = draw(st.integers(1, len(selections)))
    question = Question(draw(st.integers(0, most)), most, selections, {}, draw(st.none() | st.integers(-5, 5)))
    answers = st.sampled_from([answer for answer in question.sheets() if answer])
    question.scores.update(draw(st.dictionaries(answers, st.integers(-5, 20), min_size=1, max_size=5)))
    return question


@st.composite
def drawn_ranges(draw: st.DrawFn) -> Ranges:
    bounds = sorted(draw(st.lists(st.integers(-20, 60), min_size=2, max_size=8, unique=True)))
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    ranges = draw(st.permutations([(low, high, draw(st.integers(-50, 150))) for low, high in pairs]))
    return Ranges(tuple(ranges), draw(st.integers(-50, 150)))


MAPPINGS = st.one_of(
    st.none(),
    st.builds(Percentage, st.integers(1, 60)),
    st.builds(Scale, st.decimals(-20, 20, places=2)),
    drawn_ranges(),
)
STUDIES = st.builds(Study, st.lists(drawn_questions(), min_size=1, max_size=3).map(tuple), MAPPINGS)


@settings(max_examples=settings().max_examples * 5 // 2)
@given(STUDIES)
def test_every_valid_test_and_key_pass_without_an_error(study: Study) -> None:
    diagnostics = [*check_test(study.test), *check_answer_key(study.key, study.test)]

    assert [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"] == []


@settings(max_examples=settings().max_examples * 5 // 2)
@given(STUDIES)
def test_the_score_range_is_that_of_all_answer_sheets(study: Study) -> None:
    values = study.values()

    assert score_range(study.test, study.key) == (min(values), max(values))


@settings(max_examples=settings().max_examples * 5 // 3)
@given(STUDIES)
def test_no_summary_or_finding_on_a_key_names_a_selection(study: Study) -> None:
    other = Study((study.questions[0],))  # a test without the other questions
    said = summarise(study.test, study.key) + "".join(map(str, check_answer_key(study.key, other.test)))

    assert not [s for question in study.questions for s in question.selections if s in said]


@settings(max_examples=settings().max_examples * 5 // 3)
@given(STUDIES)
def test_layout_changes_nothing_that_a_document_says(study: Study) -> None:
    for document in (study.test, study.key):
        root = etree.fromstring(document)
        etree.indent(root, "\t")
        laid_out = etree.tostring(root, encoding="unicode")
        assert equal_xml(document, document)
        assert equal_xml(document, f"<!-- laid out -->{laid_out}")
        assert summarise(study.test, laid_out) == summarise(study.test, document)


@settings(max_examples=settings().max_examples * 5 // 6)
@given(STUDIES, STUDIES)
def test_documents_are_the_same_only_if_what_they_say_is(one: Study, other: Study) -> None:
    assert equal_xml(one.test, other.test) == (one.test == other.test)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<a b='1' c='2'/>", '<a c="2" b="1"></a>'),
        ("<a>x &lt; y</a>", "<a><![CDATA[x < y]]></a>"),
        ('<a xmlns="urn:x"><b/></a>', '<p:a xmlns:p="urn:x"><p:b/></p:a>'),
        ('<?xml version="1.0" encoding="UTF-8"?>\r\n<a>1\r\n2</a>', "<a>1\n2</a>"),
        ("<a><b>1</b><!-- c --></a>", "<a>\n  <b>1</b>\n</a>"),
        ("not xml", "not xml"),
    ],
)
def test_documents_that_say_the_same_are_the_same(one: str, other: str) -> None:
    assert equal_xml(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<a>x</a>", "<a> x</a>"),
        ("<a> </a>", "<a/>"),
        ("<a>x<b/></a>", "<a>x <b/></a>"),
        ("<a><![CDATA[<p>x</p>]]></a>", "<a><![CDATA[<p> x</p>]]></a>"),
        ("<a><b/><c/></a>", "<a><c/><b/></a>"),
        ("<a/>", '<a xmlns="urn:x"/>'),
        ("<a/>", "<a"),
        ("not xml", "not  xml"),
    ],
)
def test_documents_that_differ_in_a_text_or_an_element_are_not_the_same(one: str, other: str) -> None:
    assert not equal_xml(one, other)


SINGLE = Question(1, 1, ("X", "Y"), {frozenset("X"): 6})
MULTIPLE = Question(0, 2, ("X", "Y", "Z"), {frozenset("XZ"): 4, frozenset("X"): 1}, default=-2)


@pytest.mark.parametrize(
    ("study", "summary"),
    [
        (
            Study((SINGLE, MULTIPLE), Percentage(10)),
            "2 questions (1 single choice, 1 multiple choice); scored by key: -20 to 100, percentage of 10 points",
        ),
        (Study((SINGLE,)), "1 question (1 single choice); scored by key: 0 to 6, the sum of points"),
        (
            Study((SINGLE, SINGLE), Scale(Decimal("2.5"))),
            "2 questions (2 single choice); scored by key: 0 to 30, the sum of points times 2.5",
        ),
        (
            Study((MULTIPLE,), Ranges(((0, 3, 10), (4, 9, 90)), otherwise=5)),
            "1 question (1 multiple choice); scored by key: 5 to 90, by 2 ranges of points",
        ),
    ],
)
def test_a_summary_tells_questions_values_and_mapping(study: Study, summary: str) -> None:
    assert summarise(study.test, study.key) == summary


def test_a_summary_tells_that_a_person_grades() -> None:
    assert summarise(Study((SINGLE,)).test, None) == "1 question (1 single choice); graded by hand"


def test_a_summary_tells_how_many_questions_a_key_leaves_out() -> None:
    summary = summarise(Study((SINGLE, MULTIPLE)).test, Study((SINGLE,)).key)

    assert summary.endswith("; 1 of them scored by key: 0 to 6, the sum of points")


def test_a_summary_counts_free_text() -> None:
    test = Study((SINGLE,)).test.partition("<SelectionAnswer>")[0] + "<FreeTextAnswer/></AnswerSpecification>"

    assert summarise(f"{test}</Question></QuestionForm>", None) == "1 question (1 free text); graded by hand"


def test_a_summary_of_what_is_not_valid_says_only_that() -> None:
    study = Study((SINGLE,))

    assert summarise("<QuestionForm", study.key) == "a test that is not valid"
    assert summarise(study.test, "<AnswerKey") == "1 question (1 single choice); an answer key that is not valid"


def test_there_is_no_score_range_without_a_valid_test_and_key() -> None:
    study = Study((SINGLE,))

    assert score_range(study.test, None) is None
    assert score_range("<QuestionForm", study.key) is None
    assert score_range(study.test, Study((SINGLE, SINGLE)).key) is None


def test_a_scale_beyond_all_numbers_has_no_score_range() -> None:
    study = Study((SINGLE,), Scale(Decimal("1.7E+308")))

    assert score_range(study.test, study.key) is None
    assert summarise(study.test, study.key).endswith("scored by key: the sum of points times 1.7e+308")


def test_a_key_with_millions_of_sums_may_reach_each_of_its_values() -> None:
    names = frozenset("X"), frozenset("Y"), frozenset("Z")
    questions = tuple(
        Question(1, 1, ("X", "Y", "Z"), dict(zip(names, (n, 2 * n, 3 * n), strict=True)), default=0)
        for n in (4**power for power in range(10))
    )
    study = Study(questions, Ranges(((0, 4**10, 7), (4**11, 4**12, 90)), otherwise=3))

    assert score_range(study.test, study.key) == (3, 90)
