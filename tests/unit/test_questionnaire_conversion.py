"""Existing XML as YAML: the forms that these tests and the examples hold, what stays as XML, and what is told."""

import ast
from pathlib import Path

import pytest

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.questionnaires import read_text, to_yaml
from pulumi_mturk.questions import check_answer_key, check_test, equal_xml
from pulumi_mturk.rules.catalogue import CATALOGUE
from tests.support.marketplace import api_calls, workers
from tests.support.marketplace.questions import free_text, question, question_form, selection
from tests.support.question_documents import answer_key
from tests.support.question_documents import question_form as small_form
from tests.unit.test_questions import KEY, TEST

EXAMPLES = Path(__file__).parents[2] / "examples"


def texts_of(program: str) -> list[str]:
    """The texts in a program of the catalogue."""
    return [
        node.value
        for node in ast.walk(ast.parse(program))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def of_the_catalogue() -> set[tuple[str, str | None]]:
    """The tests of the rules' examples, each with its key."""
    found: set[tuple[str, str | None]] = set()
    for rule in CATALOGUE.values():
        for example in (rule.wrong, rule.right):
            texts = texts_of(example.program)
            tests = [text for text in texts if text.startswith("<QuestionForm")]
            keys = [text for text in texts if text.startswith("<AnswerKey")]
            if tests:
                found.add((tests[0], keys[0] if keys else None))
    return found


def is_sound(test: str, key: str | None) -> bool:
    findings = [*check_test(test), *(check_answer_key(key, test) if key is not None else ())]
    return all(one.severity != "error" for one in findings)


FORMS: list[tuple[str, str | None]] = [
    (TEST, KEY),
    (small_form(), answer_key()),
    (api_calls.TEST, api_calls.ANSWER_KEY),
    (workers.FORM, None),
    ((EXAMPLES / "publish_hits" / "question.xml").read_text(encoding="utf-8"), None),
    *sorted(of_the_catalogue(), key=str),
]
SOUND = [form for form in FORMS if is_sound(*form)]


def test_there_are_forms_of_every_kind() -> None:
    assert len(SOUND) > 20
    everything = "".join(test + (key or "") for test, key in SOUND)
    kinds = (
        "FormattedContent",
        "checkbox",
        "FreeTextAnswer",
        "PercentageMapping",
        "RangeMapping",
        "2005-10-01/QuestionForm",
    )
    assert [kind for kind in kinds if kind not in everything] == ["2005-10-01/QuestionForm"]


@pytest.mark.parametrize(("test", "key"), SOUND)
def test_a_form_comes_back(test: str, key: str | None) -> None:
    converted = to_yaml(test, key)
    read = read_text(converted.test, "test.yaml")
    if converted.key is not None:
        read = read.with_key(converted.key, "test.key.yaml")
        assert key is not None
        assert equal_xml(read.answer_key or "", key)
    written_out = any("written out" in note for note in converted.notes)
    assert equal_xml(read.test, test) != written_out
    assert to_yaml(read.test, read.answer_key).test == converted.test


@pytest.mark.parametrize("form", [form for form in FORMS if form not in SOUND])
def test_what_has_an_error_is_not_converted(form: tuple[str, str | None]) -> None:
    with pytest.raises(InvalidInputError):
        to_yaml(*form)


COUNTS = "<MinSelectionCount>1</MinSelectionCount><MaxSelectionCount>2</MaxSelectionCount>"


@pytest.mark.parametrize(
    ("part", "notes"),
    [
        (question(selection("checkbox", COUNTS)), []),
        (question(free_text("<NumberOfLinesSuggestion>3</NumberOfLinesSuggestion>")), []),
        (question(selection("dropdown")), ["q1: says the same"]),
        (question(free_text("<NumberOfLinesSuggestion> 03 </NumberOfLinesSuggestion>")), ["q1: says the same"]),
        (question(selection("checkbox")), ["q1: stays as XML: its checkboxes"]),
        (question(selection("multichooser")), ["q1: stays as XML: its checkboxes"]),
        (
            question(free_text(f"<NumberOfLinesSuggestion>{'0' * 5_000}3</NumberOfLinesSuggestion>")),
            ["q1: says the same"],
        ),
        (question(free_text("<Constraints/>")), ["q1: stays as XML"]),
        (
            question(
                free_text(),
                content="<Binary><MimeType><Type>image</Type></MimeType><DataURL>http://example.org/a</DataURL>"
                "<AltText>a</AltText></Binary>",
            ),
            ["q1: stays as XML"],
        ),
        (
            question(
                free_text(),
                content="<EmbeddedBinary><EmbeddedMimeType><Type>image</Type><SubType>png</SubType></EmbeddedMimeType>"
                "<DataURL>https://example.org/a</DataURL><AltText>a</AltText><Width>1</Width><Height>1</Height>"
                "</EmbeddedBinary>",
            ),
            ["q1: stays as XML"],
        ),
        (f"<!-- a --> {question(free_text())}", ["comments are left out"]),
    ],
)
def test_what_is_not_as_it_was_is_told(part: str, notes: list[str]) -> None:
    test = question_form(part)
    converted = to_yaml(test)
    assert len(converted.notes) == len(notes)
    assert all(wanted in note for wanted, note in zip(notes, converted.notes, strict=True))
    assert equal_xml(read_text(converted.test, "test.yaml").test, test) or "says the same" in converted.notes[0]


def test_comments_before_the_document_and_the_older_namespace_are_told() -> None:
    older = TEST.replace("2017-11-06", "2005-10-01")
    notes = to_yaml(f"<!-- a -->{older}", f"<?xml version='1.0'?><!-- b -->{KEY}").notes
    assert [note for note in notes if "comments" in note] == [
        "comments are left out",
        "answer key: comments are left out",
    ]
    assert any("namespace becomes that of 2017-11-06" in note for note in notes)


def test_a_text_of_several_lines_is_a_block_that_people_can_read() -> None:
    xhtml = "<p>One</p>\n<p>Two</p>"
    form = question_form(question(free_text(), content=f"<FormattedContent><![CDATA[{xhtml}]]></FormattedContent>"))
    assert "formatted: |\n          <p>One</p>\n          <p>Two</p>\n" in to_yaml(form).test
