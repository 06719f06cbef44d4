"""Whatever stands in a question form: a page comes out, it is usable, and what was written is words in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Switches
from pulumi_mturk.marketplace.domain.question_forms import Selection, read_form
from pulumi_mturk.marketplace.web import formatted_content
from pulumi_mturk.marketplace.web.form_input import read_form_input
from tests.support.marketplace.accessibility import accessibility_errors
from tests.support.marketplace.questions import OTHER, UP_TO_TWO, free_text, question, question_form, selection

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from tests.support.marketplace.form_renderer import Renderer

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12) | (
    st.sampled_from(
        ["<script>x</script>", '"><img src=x onerror=y>', "</textarea>", "' onclick='x", "{{ 7 * 7 }}", "&amp;"]
    )
)
XML_TEXTS = TEXTS.map(lambda text: re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd]", "", text))
ELEMENTS = st.sampled_from(
    [
        *(
            "Overview",
            "Question",
            "QuestionIdentifier",
            "DisplayName",
            "IsRequired",
            "QuestionContent",
            "Title",
            "Text",
        ),
        *("AnswerSpecification", "FreeTextAnswer", "SelectionAnswer", "Selections", "Selection", "OtherSelection"),
        *("SelectionIdentifier", "MinSelectionCount", "MaxSelectionCount", "StyleSuggestion", "List", "ListItem"),
        *("Binary", "EmbeddedBinary", "MimeType", "Type", "DataURL", "AltText", "FormattedContent", "Constraints"),
        *("IsNumeric", "Length", "AnswerFormatRegex", "DefaultText", "NumberOfLinesSuggestion", "Unknown"),
    ]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["minValue", "maxValue", "minLength", "maxLength", "regex", "errorText", "flags"]),
    XML_TEXTS,
    max_size=2,
)


def element(name: str, attributes: dict[str, str], inside: list[Any]) -> str:
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


ANYTHING = st.recursive(
    XML_TEXTS.map(escape),
    lambda inside: st.builds(element, ELEMENTS, ATTRIBUTES, st.lists(inside, max_size=4)),
    max_leaves=25,
)
CONTENTS = st.one_of(
    XML_TEXTS.map(lambda text: f"<Text>{escape(text)}</Text>"),
    XML_TEXTS.map(lambda text: f"<Title>{escape(text)}</Title>"),
    XML_TEXTS.map(lambda text: f"<FormattedContent>{escape(text)}</FormattedContent>"),
    st.lists(XML_TEXTS, max_size=3).map(
        lambda texts: f"<List>{''.join(f'<ListItem>{escape(text)}</ListItem>' for text in texts)}</List>"
    ),
)
STYLES = st.sampled_from(["", "radiobutton", "checkbox", "list", "dropdown", "combobox", "multichooser"])


@st.composite
def sound_questions(draw: st.DrawFn) -> str:
    words = draw(XML_TEXTS)
    options = "".join(
        f"<Selection><SelectionIdentifier>{number}{escape(words)}</SelectionIdentifier>{content}</Selection>"
        for number, content in enumerate(draw(st.lists(CONTENTS, min_size=1, max_size=4)))
    )
    other = draw(st.sampled_from(["", OTHER]))
    answer = draw(
        st.sampled_from(
            [
                free_text(f"<DefaultText>{escape(words)}</DefaultText>"),
                free_text(
                    f"<DefaultText>{escape(words)}</DefaultText><NumberOfLinesSuggestion>3</NumberOfLinesSuggestion>"
                ),
                selection(draw(STYLES), draw(st.sampled_from(["", UP_TO_TWO])), other, options),
            ]
        )
    )
    return question(answer, escape(words) or "q", draw(CONTENTS), f"<DisplayName>{escape(words)}</DisplayName>")


def assert_harmless(root: HtmlElement) -> None:
    """What requesters and workers wrote is words: no script, handler, form, frame or address for one."""
    assert root.xpath("//main//script | //main//form//form | //main//iframe | //main//style") == []
    assert root.xpath("//@*[starts-with(name(), 'on')]") == []
    addresses = root.xpath("//main//@href | //main//@src")
    assert [each for each in addresses if not formatted_content.is_link_url(each) and each[0] not in "/#"] == []
    assert len(root.xpath("//h1")) == len(root.xpath("//main")) == 1


@given(st.lists(ANYTHING, max_size=4))
def test_no_form_fails_to_be_shown(renderer: Renderer, parts: list[str]) -> None:
    """However far from the schema it is: a page comes out."""
    text = renderer.text(question_form(*parts), {"question-1": ["x"]})
    assert_harmless(lxml.html.document_fromstring(text))


@given(st.lists(sound_questions(), min_size=1, max_size=3), st.none() | XML_TEXTS)
def test_sound_forms_are_usable_harmless_and_say_their_words(
    renderer: Renderer, parts: list[str], answer: str | None
) -> None:
    xml = question_form(*parts)
    fields = [f"question-{number}{end}" for number in (1, 2, 3) for end in ("", "-other")]
    text = renderer.text(xml, None if answer is None else {field: [answer] for field in fields})
    root: HtmlElement = lxml.html.document_fromstring(text)
    assert_harmless(root)
    wordless = ("a label without words", "a h3 without words")  # an option may be an empty text
    assert [fault for fault in accessibility_errors(root) if not fault.startswith(wordless)] == []
    shown = root.text_content()
    for each in read_form(xml, Switches()).questions:
        for block in each.content:
            if block.kind in ("text", "title"):
                assert block.text in shown
            assert all(item in shown for item in block.items)
        for option in each.answer.options if isinstance(each.answer, Selection) else ():
            if option.content.kind == "text":
                assert option.content.text in shown


@given(st.lists(sound_questions(), min_size=1, max_size=3), st.data())
def test_what_is_filled_in_comes_back_as_answers(renderer: Renderer, parts: list[str], data: st.DataObject) -> None:
    """The page shows the answers that are in it, and what a browser sends of them are these answers."""
    xml = question_form(*parts)
    form = read_form(xml, Switches())
    chosen: dict[str, list[str]] = {}
    for each in form.questions:
        if isinstance(each.answer, Selection):
            options = [option.identifier for option in each.answer.options]
            picked = data.draw(st.sets(st.sampled_from(options), min_size=1, max_size=each.answer.max_selections))
            chosen[each.field] = sorted(picked)
        else:
            chosen[each.field] = [re.sub(r"\s", " ", data.draw(XML_TEXTS))]
    root: HtmlElement = lxml.html.document_fromstring(renderer.text(xml, chosen))
    sent: dict[str, list[str]] = {}
    for name, value in root.forms[0].form_values():
        sent.setdefault(name, []).append(value.removeprefix("\n"))  # as a browser reads a text area
    given = read_form_input(form, sent)
    assert given.answers == [
        (each.identifier, value) for each in form.questions for value in chosen[each.field] if value
    ]
    assert given.problems == {}
