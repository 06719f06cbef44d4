from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pulumi_mturk.marketplace.domain.answer_validation import FormQuestion
from pulumi_mturk.marketplace.domain.question_form_answers import (
    Answer,
    InvalidAnswersError,
    from_html_form,
    from_question_form,
    parse_answers,
    to_xml,
)
from tests.support.marketplace.api_calls import SCHEMAS

# Line ends are normalised by every reader of XML, unless they are written as references: these are.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r"))
ANSWERS = st.one_of(
    st.builds(Answer, TEXTS, free_text=TEXTS),
    st.builds(Answer, TEXTS, selections=st.lists(TEXTS, max_size=3).map(tuple), other=st.none() | TEXTS),
)


@given(st.lists(ANSWERS, max_size=5))
def test_what_is_written_can_be_read(answers: list[Answer]) -> None:
    assert parse_answers(to_xml(answers)) == answers


@given(st.text(), st.text())
def test_whatever_comes_in_the_document_is_ascii_and_well_formed(name: str, value: str) -> None:
    document = to_xml(from_html_form([(name, value)]))
    assert document.isascii()
    root = etree.fromstring(document.encode())
    assert root.tag == f"{{{SCHEMAS}/2005-10-01/QuestionFormAnswers.xsd}}QuestionFormAnswers"


def test_the_order_of_a_form_is_kept_and_values_of_one_name_are_joined() -> None:
    fields = [("b", "1"), ("a", "x"), ("b", "2"), ("b", "")]
    assert from_html_form(fields) == [Answer("b", free_text="1|2|"), Answer("a", free_text="x")]


def test_a_selection_is_made_once() -> None:
    question = FormQuestion("q", required=False, selections=("a", "b"), max_selections=2)
    assert from_question_form([question], [("q", "b"), ("q", "b"), ("q", "a")]) == [Answer("q", selections=("b", "a"))]


@pytest.mark.parametrize("document", ["", "<answers", "<answers/>", "&", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_what_is_no_document_of_answers_is_told(document: str) -> None:
    with pytest.raises(InvalidAnswersError):
        parse_answers(document)
