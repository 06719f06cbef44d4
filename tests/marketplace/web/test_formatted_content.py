"""FormattedContent on the worker's page: the documented subset of XHTML, and nothing that could do harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace.web import formatted_content

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PIECES = """<script>
</script>
<scr<script>ipt>
<style>
</style>
<iframe src='https://example.com/'>
</iframe>
<svg onload='x()'>
<math>
<object data='x'>
<embed src='x'>
<template>
<noscript>
<textarea>
</textarea>
<select>
<title>
<base href='https://example.com/'>
<link rel='stylesheet' href='x'>
<meta http-equiv='refresh' content='0'>
<form action='/worker/leave'>
<button>
<input autofocus onfocus='x()'>
<a href='javascript:x()'>
<a href='java\tscript:x()'>
<a href=' &#1;javascript:x()'>
<a href='vbscript:x'>
<a href='/worker/leave'>
<a href='https://example.com/'>
<img src=x onerror=y>
<img src='data:x,y'>
<b onclick='x()'>
<b/onload=x>
<p style='position: fixed'>
<p id='main' class='problem'>
<h1>
<table>
<td>
</div>
</main>
<xmp>
<plaintext>
<!--
-->
<![CDATA[
]]>
<?x
?>
</
<
>
'
"
&
&lt;script&gt;
&#60;script&#62;
&amp;lt;
\x00
\ufeff""".splitlines()


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("<script>alert(1)</script><b>kept</b>", "<b>kept</b>"),
        ('<p onclick="x()" style="x" id="main" title="t">kept</p>', '<p title="t">kept</p>'),
        ('<a href="javascript:x()">kept</a>', '<a target="_blank" rel="noopener noreferrer">kept</a>'),
        ('<a href=" JaVaScRiPt:x()">kept</a>', '<a target="_blank" rel="noopener noreferrer">kept</a>'),
        ('<img src="data:image/svg+xml,x" onerror="x()">', '<img alt="">'),
        ('<img src="https://example.com/a.png" alt="A">', '<img src="https://example.com/a.png" alt="A">'),
        ("<h1>Large</h1>", "<h3>Large</h3>"),
        ("<iframe src='https://example.com/'></iframe><div>kept</div>", "kept"),
        ("<form action='/x'><button>kept</button></form>", "kept"),
        ("<!-- no -->kept<?no no?>", "kept"),
        ("1 &lt; 2 &amp; 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("<b>kept</b>&lt;script&gt;<i>&lt;b&gt;</i>", "<b>kept</b>&lt;script&gt;<i>&lt;b&gt;</i>"),
        ("a<b/>c<P title='t' />d<br/>e", 'a<b></b>c<p title="t"></p>d<br>e'),
        ('<h2 title="<h1>">x</h2><img alt="<img>">', '<h4 title="&lt;h1&gt;">x</h4><img alt="&lt;img&gt;">'),
        (
            '<p title="a"><a href="/worker/leave">kept</a>',
            '<p title="a"><a target="_blank" rel="noopener noreferrer">kept</a></p>',
        ),
        ("<style>p {}</style><svg><script>x</script></svg>", ""),
    ],
)
def test_formatted_content_is_the_safe_subset(content: str, shown: str) -> None:
    assert formatted_content.sanitize(content) == shown


@settings(max_examples=settings().max_examples * 10)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
@example("<BR/")
def test_no_content_does_harm(content: str) -> None:
    """Read again, as a part of a page, all of it is known elements with harmless attributes."""
    shown = formatted_content.sanitize(content)
    root: HtmlElement = lxml.html.document_fromstring(f"<main><div>{shown}</div><p>after</p></main>")
    assert root.xpath("string(//main/p[last()])") == "after"
    inside = root.xpath("//main/div//*")
    # Those of the pieces, and what a few characters can spell.
    spelled = {"br", "dd", "dl", "dt", "em", "hr", "i", "li", "ol", "q", "s", "th", "u", "ul"}
    assert {each.tag for each in inside} <= {"a", "b", "p", "h3", "img", "table", "tbody", "tr", "td"} | spelled
    for each in inside:
        assert set(each.keys()) <= {"href", "alt", "rel", "target"}
        assert each.get("href", "https://example.com/") == "https://example.com/"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_words_stay_as_they_are(words: str) -> None:
    content = words.replace("&", "&amp;").replace("<", "&lt;")
    root: HtmlElement = lxml.html.document_fromstring(f"<p>{formatted_content.sanitize(content)}</p>")
    assert root.text_content().split() == words.split()
