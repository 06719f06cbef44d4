"""Question forms on the worker's page: every part of them, and whatever stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.marketplace import Switches
from pulumi_mturk.marketplace.domain.question_forms import read_form
from pulumi_mturk.marketplace.web.form_input import FormInput, read_form_input
from tests.support.marketplace.questions import OTHER, UP_TO_TWO, free_text, question, question_form, selection

if TYPE_CHECKING:
    from tests.support.marketplace.form_renderer import Renderer


def answered(xml: str, values: dict[str, list[str]], **switches: Any) -> FormInput:
    return read_form_input(read_form(xml, Switches(**switches)), values)


def test_every_kind_of_content_is_shown(renderer: Renderer) -> None:
    content = (
        "<Title>Look</Title><Text>Read it.</Text><List><ListItem>One</ListItem><ListItem>Two</ListItem></List>"
        "<Binary><MimeType><Type>image</Type><SubType>png</SubType></MimeType><DataURL>https://example.com/a.png</DataURL>"
        "<AltText>A receipt</AltText></Binary>"
        "<Binary><MimeType><Type>audio</Type></MimeType><DataURL>https://example.com/a.mp3</DataURL>"
        "<AltText>A voice</AltText></Binary>"
        "<Binary><MimeType><Type>video</Type></MimeType><DataURL>https://example.com/a.mp4</DataURL>"
        "<AltText>A film</AltText></Binary>"
        "<EmbeddedBinary><EmbeddedMimeType><Type>application</Type><SubType>x-shockwave-flash</SubType></EmbeddedMimeType>"
        "<DataURL>https://example.com/a.swf</DataURL><AltText>A game</AltText><Width>30</Width><Height>20</Height>"
        "</EmbeddedBinary>"
        "<FormattedContent><![CDATA[<table><tr><td>X&nbsp;<b>O</b></td></tr></table>]]></FormattedContent>"
    )
    for xml in (
        question_form(f"<Overview>{content}</Overview>", question(free_text())),
        question_form(question(free_text(), content=content)),
    ):
        root = renderer.root(xml)
        assert root.xpath("//img/@alt") == ["A receipt"]
        assert root.xpath("//audio/@src") == ["https://example.com/a.mp3"]
        assert root.xpath("//video/@aria-label") == ["A film"]
        assert root.xpath("//a[@href='https://example.com/a.swf']/text()") == ["A game"]
        assert root.xpath("//li/text()")[-2:] == ["One", "Two"]
        assert root.xpath("//td/b/text()") == ["O"]


@pytest.mark.parametrize(
    ("style", "counts", "control"),
    [
        ("radiobutton", "", "input[@type='radio']"),
        ("checkbox", UP_TO_TWO, "input[@type='checkbox']"),
        ("checkbox", "", "input[@type='checkbox']"),
        ("checkbox", "<MaxSelectionCount>1</MaxSelectionCount>", "input[@type='radio']"),
        ("dropdown", "", "select[not(@multiple)]/option[@value!='']"),
        ("combobox", "", "select[not(@multiple)]/option[@value!='']"),
        ("list", "", "select[@size][not(@multiple)]/option"),
        ("list", UP_TO_TWO, "select[@size][@multiple]/option"),
        ("multichooser", UP_TO_TWO, "select[@multiple]/option"),
        ("multichooser", "", "select[@multiple]/option"),
        ("", "", "input[@type='radio']"),
        ("", UP_TO_TWO, "input[@type='checkbox']"),
    ],
)
def test_every_style_has_its_control(renderer: Renderer, style: str, counts: str, control: str) -> None:
    root = renderer.root(question_form(question(selection(style, counts, OTHER))))
    assert root.xpath(f"//main//{control}[@value!='']/@value") == ["cat", "dog", "cow"]
    assert root.xpath("//input[@name='question-1-other']")


@pytest.mark.parametrize("style", ["checkbox", "multichooser"])
def test_without_a_maximum_all_that_apply_are_chosen_or_one_as_the_switch_says(style: str) -> None:
    xml = question_form(question(selection(style, other=OTHER)))
    everything = {"question-1": ["cat", "dog", "cow"], "question-1-other": ["a fox"]}
    assert not answered(xml, everything).problems
    assert answered(xml, everything, selections_without_maximum="one").problems == {1: "At most 1 can be chosen."}


def test_a_lone_checkbox_is_a_checkbox(renderer: Renderer) -> None:
    seen = "<Selection><SelectionIdentifier>seen</SelectionIdentifier><Text>I have seen it.</Text></Selection>"
    root = renderer.root(question_form(question(selection("checkbox", options=seen))))
    assert root.xpath("//main//input[@type='checkbox']/@value") == ["seen"]


def test_options_that_are_no_plain_text_are_shown_beside_buttons(renderer: Renderer) -> None:
    picture = (
        "<Selection><SelectionIdentifier>p</SelectionIdentifier><Binary><MimeType><Type>image</Type></MimeType>"
        "<DataURL>https://example.com/p.png</DataURL><AltText>A pear</AltText></Binary></Selection>"
        "<Selection><SelectionIdentifier>f</SelectionIdentifier><FormattedContent><![CDATA[<b>Fig</b>]]>"
        "</FormattedContent></Selection>"
    )
    root = renderer.root(question_form(question(selection("dropdown", options=picture))))
    assert root.xpath("//input[@type='radio']/@value") == ["p", "f"]
    assert root.xpath("//label//img/@alt") == ["A pear"]
    assert root.xpath("//label//b/text()") == ["Fig"]


def test_constraints_of_free_text_are_told_and_left_to_the_browser_too(renderer: Renderer) -> None:
    inside = (
        "<Constraints><Length minLength='2' maxLength='8'/>"
        "<AnswerFormatRegex regex='^[a-z]+$' errorText='Letters alone.' flags='i'/></Constraints>"
        "<DefaultText>abc</DefaultText>"
    )
    root = renderer.root(question_form(question(free_text(inside), head="<IsRequired>true</IsRequired>")))
    (field,) = root.xpath("//input[@name='question-1']")
    assert (field.get("minlength"), field.get("maxlength"), field.get("value")) == ("2", "8", "abc")
    assert field.get("required") is not None
    assert re.fullmatch(field.get("pattern"), "AbC")
    assert not re.fullmatch(field.get("pattern"), "a1")
    assert "Letters alone." in root.text_content()
    assert "At least 2 and at most 8 characters." in root.text_content()
    root = renderer.root(question_form(question(free_text("<NumberOfLinesSuggestion>7</NumberOfLinesSuggestion>"))))
    assert root.xpath("//textarea/@rows") == ["7"]


@pytest.mark.parametrize(
    ("answer", "values", "answers", "problem"),
    [
        (free_text(), ["x\r\ny"], ["x\ny"], ""),
        (free_text(), [""], [], ""),
        (free_text("<Constraints><IsNumeric minValue='1' maxValue='9'/></Constraints>"), ["9.0"], ["9.0"], ""),
        (free_text("<Constraints><IsNumeric minValue='1' maxValue='9'/></Constraints>"), ["10"], ["10"], "number"),
        (free_text("<Constraints><IsNumeric/></Constraints>"), ["ten"], ["ten"], "number"),
        (free_text("<Constraints><Length minLength='2'/></Constraints>"), ["a"], ["a"], "at least 2"),
        (free_text("<Constraints><Length maxLength='2'/></Constraints>"), ["abc"], ["abc"], "at most 2"),
        (selection(), ["dog"], ["dog"], ""),
        (selection(), ["dog", "cat"], ["dog", "cat"], "At most 1"),
        (selection(), ["horse"], [], ""),
        (selection(counts=UP_TO_TWO), ["dog", "cat"], ["dog", "cat"], ""),
        (
            selection(counts="<MinSelectionCount>2</MinSelectionCount><MaxSelectionCount>3</MaxSelectionCount>"),
            ["dog"],
            ["dog"],
            "At least 2",
        ),
    ],
)
def test_answers_are_held_against_the_form(answer: str, values: list[str], answers: list[str], problem: str) -> None:
    given = answered(question_form(question(answer)), {"question-1": values})
    assert given.answers == [("q1", each) for each in answers]
    assert problem in given.problems.get(1, "")
    assert bool(problem) == (1 in given.problems)


def test_what_has_to_be_answered_and_other_answers() -> None:
    xml = question_form(
        question(selection(other=OTHER), head="<IsRequired>true</IsRequired>"), question(free_text(), "q2")
    )
    assert list(answered(xml, {}).problems) == [1]
    given = answered(xml, {"question-1": [""], "question-1-other": ["a horse"], "question-3": ["none"]})
    assert (given.answers, given.problems) == ([("q1", "a horse")], {})
    assert answered(question_form(question(selection())), {"question-1-other": ["a horse"]}).answers == []


def test_what_was_answered_is_shown_again(renderer: Renderer) -> None:
    xml = question_form(
        question(free_text("<NumberOfLinesSuggestion>3</NumberOfLinesSuggestion>")),
        question(selection("checkbox", UP_TO_TWO, OTHER), "q2"),
        question(selection("dropdown"), "q3", head="<IsRequired>true</IsRequired>"),
    )
    values = {"question-1": ["\nfirst"], "question-2": ["cat", "cow"], "question-2-other": ["ox"]}
    root = renderer.root(xml, values)
    assert root.xpath("//input[@checked]/@value") == ["cat", "cow"]
    assert root.xpath("//input[@name='question-2-other']/@value") == ["ox"]
    assert "This question has to be answered." in root.xpath("string(//*[@role='alert'])")
    assert "\n\nfirst</textarea>" in renderer.text(xml, values)  # a browser leaves the first line break out
