"""Question forms on the worker's page: every part of them, and whatever stands in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.site import xhtml
from pulumi_mturk.marketplace.site.app import create_app
from pulumi_mturk.marketplace.site.question_forms import Given, read_answers, read_form
from tests.marketplace.site.accessibility import faults
from tests.marketplace.site.studies import free_text, question, question_form, selection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

OTHER = "<OtherSelection/>"
UP_TO_TWO = "<MinSelectionCount>0</MinSelectionCount><MaxSelectionCount>2</MaxSelectionCount>"
SHOWN = """{% extends "base.html" %}{% import "content.html" as content %}{% block title %}A form{% endblock %}
{% block content %}<h2>Your task</h2><form>{{ content.form(form, values, problems) }}</form>{% endblock %}"""


class Renderer:
    """Renders forms with the site's own templates."""

    def __init__(self, marketplace: Marketplace) -> None:
        self._app = create_app(marketplace)

    def text(self, xml: str, values: dict[str, list[str]] | None = None) -> str:
        form = read_form(xml)
        problems = read_answers(form, values).problems if values is not None else {}
        with self._app.test_request_context():
            template = self._app.jinja_env.from_string(SHOWN)
            return template.render(form=form, values=values or {}, problems=problems, me=None)

    def root(self, xml: str, values: dict[str, list[str]] | None = None) -> HtmlElement:
        root = lxml.html.document_fromstring(self.text(xml, values))
        assert faults(root) == []
        return root


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renderer]:
    with Marketplace.open(tmp_path_factory.mktemp("forms") / "local.db") as marketplace:
        yield Renderer(marketplace)


def answered(xml: str, values: dict[str, list[str]]) -> Given:
    return read_answers(read_form(xml), values)


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
        ("dropdown", "", "select[not(@multiple)]/option[@value!='']"),
        ("combobox", "", "select[not(@multiple)]/option[@value!='']"),
        ("list", "", "select[@size][not(@multiple)]/option"),
        ("list", UP_TO_TWO, "select[@size][@multiple]/option"),
        ("multichooser", UP_TO_TWO, "select[@multiple]/option"),
        ("", "", "input[@type='radio']"),
        ("", UP_TO_TWO, "input[@type='checkbox']"),
    ],
)
def test_every_style_has_its_control(renderer: Renderer, style: str, counts: str, control: str) -> None:
    root = renderer.root(question_form(question(selection(style, counts, OTHER))))
    assert root.xpath(f"//main//{control}[@value!='']/@value") == ["cat", "dog", "cow"]
    assert root.xpath("//input[@name='question-1-other']")


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


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<script>alert(1)</script><b>kept</b>", "<b>kept</b>"),
        ('<p onclick="x()" style="x" id="main" title="t">kept</p>', '<p title="t">kept</p>'),
        ('<a href="javascript:x()">kept</a>', '<a rel="noopener noreferrer" target="_blank">kept</a>'),
        ('<a href=" JaVaScRiPt:x()">kept</a>', '<a rel="noopener noreferrer" target="_blank">kept</a>'),
        ('<img src="data:image/svg+xml,x" onerror="x()">', '<img alt="">'),
        ('<img src="https://example.com/a.png" alt="A">', '<img src="https://example.com/a.png" alt="A">'),
        ("<h1>Large</h1>", "<h3>Large</h3>"),
        ("<iframe src='https://example.com/'></iframe><div>kept</div>", "kept"),
        ("<form action='/x'><button>kept</button></form>", "kept"),
        ("<!-- no -->kept<?no no?>", "kept"),
        ("1 &lt; 2 &amp; 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<style>p {}</style><svg><script>x</script></svg>", ""),
    ],
)
def test_formatted_content_is_the_safe_subset(content: str, shown: str) -> None:
    assert xhtml.safe(content) == shown


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
        f"<Selection><SelectionIdentifier>s{number}</SelectionIdentifier>{content}</Selection>"
        for number, content in enumerate(draw(st.lists(CONTENTS, min_size=1, max_size=4)))
    )
    other = draw(st.sampled_from(["", OTHER]))
    answer = draw(
        st.sampled_from(
            [
                free_text(f"<DefaultText>{escape(words)}</DefaultText>"),
                selection(draw(STYLES), draw(st.sampled_from(["", UP_TO_TWO])), other, options),
            ]
        )
    )
    return question(answer, escape(words) or "q", draw(CONTENTS), f"<DisplayName>{escape(words)}</DisplayName>")


@given(st.lists(ANYTHING, max_size=4))
def test_no_form_fails_to_be_shown_and_nothing_in_it_becomes_markup(renderer: Renderer, parts: list[str]) -> None:
    """Whatever stands in a form, however far from the schema: a page comes out, and no script, handler or form in it."""
    text = renderer.text(question_form(*parts), {"question-1": ["x"]})
    root = lxml.html.document_fromstring(text)
    assert root.xpath("//main//script | //main//form//form | //main//iframe | //main//style") == []
    assert root.xpath("//@*[starts-with(name(), 'on')]") == []
    assert not [
        each for each in root.xpath("//main//@href | //main//@src") if not xhtml.is_link(each) and each[0] not in "/#"
    ]
    assert len(root.xpath("//h1")) == len(root.xpath("//main")) == 1


@given(st.lists(sound_questions(), min_size=1, max_size=3))
def test_sound_forms_are_usable_and_say_their_words(renderer: Renderer, parts: list[str]) -> None:
    xml = question_form(*parts)
    root = lxml.html.document_fromstring(renderer.text(xml))
    wordless = ("a label without words", "a h3 without words")  # an option may be an empty text
    assert [fault for fault in faults(root) if not fault.startswith(wordless)] == []
    shown = root.text_content()
    for each in read_form(xml).questions:
        for block in each.content:
            if block.kind in ("text", "title"):
                assert block.text in shown
