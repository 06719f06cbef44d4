"""FormattedContent: what is beyond the documented XHTML is a warning that names it; the marketplace reads the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.marketplace.web import formatted_content as pages
from pulumi_mturk.questions import check_answer_key, check_test
from pulumi_mturk.questions.xhtml import EVERYWHERE, TAGS
from tests.unit.test_questions import KEY, TEST, changed, only

CONTENT = "<p>Read <b>each</b>&nbsp;question.<br/></p>"
ADDRESS = "https://example.com/a.png"
# Which attributes a tag must have, and one that is an address.
NEEDED = {"img": f' src="{ADDRESS}" alt="a"', "area": ' alt="a"', "map": ' name="a"'}


def found(content: str) -> list[Diagnostic]:
    return check_test(changed(TEST, CONTENT, content))


def of(tag: str, attribute: str = "") -> str:
    """An element of this tag with this attribute."""
    value = ADDRESS if attribute in ("href", "src") else "1"
    written = "" if not attribute or f" {attribute}=" in NEEDED.get(tag, "") else f' {attribute}="{value}"'
    return f"<{tag}{NEEDED.get(tag, '')}{written}></{tag}>"


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("<div><p>x</p></div>", ["the tag div"]),
        ("<p>x<span>y</span></p>", ["the tag span"]),
        (f'<iframe src="{ADDRESS}"></iframe>', ["the tag iframe"]),
        ("<script>x()</script>", ["the tag script"]),
        ("<P>x</P>", ["the tag P", "write p"]),
        ('<p class="wide">x</p>', ["the attribute class of p"]),
        ('<p style="color: red" id="x">x</p>', ["the attribute style of p", "the attribute id of p"]),
        ('<b onclick="x()">x</b>', ["the attribute onclick of b", "no scripts"]),
        (f'<img src="{ADDRESS}" alt="a" onerror="x()"/>', ["the attribute onerror of img"]),
        (f'<img src="{ADDRESS}"/>', ["img needs the attribute alt"]),
        ('<img alt="a"/>', ["img needs the attribute src"]),
        ('<p ALIGN="left">x</p>', ["the attribute ALIGN of p", "write align"]),
        ('<a href="page.html">x</a>', ["the attribute href of a"]),
        ('<img src="//example.org/x.png" alt="a"/>', ["the attribute src of img"]),
        ('<br lang="en"/>', ["the attribute lang of br"]),
        ("<p>x]]&gt;y</p>", ["an escaped ]]>"]),
        ('<p title="]]&gt;">y</p>', ["an escaped ]]>"]),
        ("<p>x</p><!-- why -->", ["comments"]),
        ("<table><caption>x</caption><tr><td>y</td></tr></table>", ["the tag caption"]),
    ],
)
def test_what_is_beyond_the_subset_is_a_warning_that_names_it(content: str, names: list[str]) -> None:
    diagnostic = only(found(content))
    assert (diagnostic.path, diagnostic.severity, diagnostic.code) == ("test", "warning", "MT327")
    for each in ["line 4: ", *names]:
        assert each in diagnostic.message
    # Nothing of the test's words is repeated.
    assert "x()" not in diagnostic.message


def test_each_thing_is_told_once_and_many_are_counted() -> None:
    many = "".join(f"<x{number}></x{number}>" for number in range(12)) + "<div></div>" * 5
    message = only(found(many)).message
    assert message.count("is not allowed") == 8
    assert message.endswith("; and 5 more")


def test_the_content_of_a_selection_is_looked_at_too() -> None:
    selection = "<FormattedContent><![CDATA[<u onclick='x()'>The last</u>]]></FormattedContent>"
    message = only(check_test(changed(TEST, "<Text>The last</Text>", selection))).message
    assert "question total" in message
    assert "the attribute onclick of u" in message


@given(st.data())
def test_no_tag_or_attribute_passes_in_silence_unless_it_is_documented(data: st.DataObject) -> None:
    names = st.from_regex("[a-z]{1,8}[0-9]?", fullmatch=True)
    tag = data.draw(st.sampled_from(sorted(TAGS)) | names)
    attribute = data.draw(st.sampled_from(sorted({*EVERYWHERE, *frozenset().union(*TAGS.values())})) | names)
    if attribute == "xml:space":
        return
    diagnostics = found(of(tag, attribute))
    allowed = tag in TAGS and attribute in TAGS[tag] | EVERYWHERE and (tag != "br" or attribute not in ("lang", "dir"))
    assert [diagnostic.severity for diagnostic in diagnostics] == ([] if allowed else ["warning"])
    if not allowed:
        assert (attribute if tag in TAGS else tag) in diagnostics[0].message


# What the worker's page leaves out of the documented subset: image maps, and what is for the page to decide.
NOT_ON_OUR_PAGES = {
    *((tag, attribute) for tag in ("map", "area") for attribute in ("", *TAGS[tag], *EVERYWHERE)),
    *(("a", attribute) for attribute in TAGS["a"] - {"href", "hreflang", "rel", "target"}),
    *(("img", attribute) for attribute in ("ismap", "longdesc", "name", "usemap")),
    ("pre", "xml:space"),
}


@pytest.mark.parametrize("tag", sorted({*TAGS, *pages._TAGS}))
def test_the_marketplace_reads_the_same_table(tag: str) -> None:
    """Two independent readings of one page of the reference: where they disagree, one of them is wrong."""
    attributes = {"", *EVERYWHERE, *TAGS.get(tag, ()), *pages._TAGS.get(tag, ()), "class", "id", "onclick", "style"}
    ours = {one for one in attributes if not found(of(tag, one))}
    theirs = {one for one in attributes if _shown(tag, one)}
    left_out = {attribute for each, attribute in NOT_ON_OUR_PAGES if each == tag}
    assert ours - left_out == theirs
    assert not left_out & theirs


# Where browsers take a part of a table at all.
PLACES = {
    **dict.fromkeys(("col", "colgroup", "tbody", "tfoot", "thead", "tr"), "<table>{}</table>"),
    **dict.fromkeys(("td", "th"), "<table><tr>{}</tr></table>"),
}


def _shown(tag: str, attribute: str) -> bool:
    shown = str(pages.sanitize(PLACES.get(tag, "{}").format(of(tag, attribute))))
    element = re.search(rf"<{pages._HEADINGS.get(tag, tag)}( [^>]*)?>", shown)
    return element is not None and (not attribute or f" {attribute}=" in element[0])


TWO = "<MaxSelectionCount>2</MaxSelectionCount>"


def test_checkboxes_without_a_largest_number_are_a_warning_where_the_key_wants_two() -> None:
    test = changed(TEST, TWO, "")
    assert check_test(test) == []
    diagnostic = only(check_answer_key(KEY, test))
    assert (diagnostic.path, diagnostic.severity, diagnostic.code) == ("answerKey", "warning", "MT349")
    assert "MaxSelectionCount" in diagnostic.message
    assert not any(answer in diagnostic.message for answer in ("ADS", "TIP"))


@pytest.mark.parametrize(
    "test",
    [
        changed(TEST, TWO, TWO.replace("2", "1")),
        changed(changed(TEST, TWO, ""), "checkbox", "list"),
        changed(changed(TEST, TWO, ""), "<StyleSuggestion>checkbox</StyleSuggestion>", ""),
    ],
)
def test_otherwise_two_that_can_never_be_chosen_are_an_error(test: str) -> None:
    assert only(check_answer_key(KEY, test)).code == "MT348"


@pytest.mark.parametrize(
    "content",
    [
        '<a href="javascript:x()">x</a>',
        '<a href=" JaVaScRiPt:x()">x</a>',
        '<a href="java&#9;script:x()">x</a>',
        '<a href="javascript&colon;x()">x</a>',
        '<a href="&#106;avascript:x()">x</a>',
        '<a href="vbscript:x()">x</a>',
        '<img src="data:image/png,x" alt="a"/>',
        '<img src="blob:https://example.com/x" alt="a"/>',
        '<img src="file:///etc/passwd" alt="a"/>',
        '<area alt="a" href="javascript:x()"/>',
        '<blockquote cite="javascript:x()">x</blockquote>',
        '<form action="javascript:x()"><p>x</p></form>',
        '<form action="java\nscript:x()"><p>x</p></form>',
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="javascript:x()">x</a></svg>',
    ],
)
def test_an_address_of_a_script_or_of_data_is_an_error(content: str) -> None:
    assert [one.code for one in found(content) if one.severity == "error"] == ["MT328"]


@pytest.mark.parametrize(
    "content",
    [
        '<a href="HTTPS://example.com/">x</a>',
        '<a href="http://example.com/?next=javascript:x()">x</a>',
        '<a href="mailto://ann@example.com">x</a>',
        '<a href="https://example.com/" title="data: what there is">x</a>',
        "<p>javascript:alert(1) is an address of a script.</p>",
    ],
)
def test_an_address_of_the_web_is_none(content: str) -> None:
    assert found(content) == []
