"""The page of a review: whole in itself, read on a telephone and a desk, and by everybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from pulumi_mturk.review.formats import html
from pulumi_mturk.review.formats.phrases import plain
from tests.support.browser import SCREENS, Scheme, violations
from tests.support.golden_reports import GOLDEN
from tests.support.reports import BY_HAND, HARMFUL, INCOMPLETE, hostile, long

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from pulumi_mturk.review.report import Report

PIECES = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["<script>alert(1)</script>", '" onload="x', "</style><b>", "{{ 7 * 7 }}", "<!-- x", "&amp;", "x" * 300]
)
# Widths and heights are measured where they are shown: what is folded away is unfolded first.
FAULTS = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  const faults = [], wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) faults.push(`the page is ${wide} pixels wider than the screen`);
  for (const each of document.querySelectorAll("th, td, p, li, h1, h2, summary")) {
    const box = each.getBoundingClientRect();
    if (each.closest("thead")) continue;
    if (box.right > innerWidth + 0.5 || box.left < 0) faults.push(`out of view: ${each.textContent}`);
  }
  for (const each of document.querySelectorAll("summary"))
    if (each.getBoundingClientRect().height < 43.9) faults.push(`hard to hit: ${each.textContent}`);
  return faults;
}"""


def read(text: str) -> Any:
    return lxml_html.document_fromstring(text)


@pytest.mark.parametrize("name", BY_HAND)
def test_the_page_needs_nothing_else(name: str) -> None:
    page = read(html.write(BY_HAND[name]))
    assert page.xpath("//script | //link | //img | //iframe | //@href | //@src | //@style") == []
    assert "url(" not in page.findtext(".//style")
    assert "@import" not in page.findtext(".//style")


@pytest.mark.parametrize("name", BY_HAND)
def test_the_verdict_comes_first_and_nothing_is_called_safe(name: str) -> None:
    text = read(html.write(BY_HAND[name])).find("body").text_content()
    assert " ".join(text.split()).partition(BY_HAND[name].headline)[0].count(" ") < 10
    assert not re.search(r"\bsafe|✓|✔|✅|harmless", text, re.IGNORECASE)
    assert "Not judged" in text


@given(hostile(PIECES))
def test_whatever_stands_in_a_report_is_text(report: Report) -> None:
    page = read(html.write(report))
    elements = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not elements & {"script", "img", "iframe", "a", "form", "input"}
    assert set(page.xpath("//@*[name() != 'class']/..")) <= set(page.iter())
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    text = " ".join(page.find("body").text_content().split())
    for piece in (report.headline, *report.not_judged, *(change.name for change in report.changes if change.notes)):
        assert " ".join(plain(piece).split()) in text


def test_all_of_a_long_plan_is_there() -> None:
    text = html.write(long(2_000))
    assert all(f"<code>rate-sentences-of-batch-{at:04}</code>" in text for at in range(2_000))


def test_a_plan_that_is_not_whole_says_so() -> None:
    assert "The preview is not complete." in html.write(INCOMPLETE)
    assert "The preview is not complete." not in html.write(HARMFUL)


@SCREENS
def test_everybody_can_read_it(browser: Browser, tmp_path: Path, width: int, schemes: tuple[Scheme, ...]) -> None:
    faults = []
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
        page = context.new_page()
        for name, report in {**BY_HAND, "long": long(30)}.items():
            file = tmp_path / f"{name}.html"
            file.write_text(html.write(report), encoding="utf-8")
        for file in sorted((*tmp_path.glob("*.html"), *GOLDEN.glob("*.html"))):
            page.goto(file.as_uri())
            found = [*page.evaluate(FAULTS), *violations(page, schemes)]
            faults += [f"{file.name}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)
