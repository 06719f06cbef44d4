"""What makes a page usable without eyes, mouse or script, as far as its HTML tells."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LABELLED = "//input[not(@type='hidden')] | //select | //textarea"


def accessibility_errors(root: HtmlElement) -> list[str]:
    """Everything that is wrong with a page."""
    return [*_page(root), *_ids(root), *_fields(root), *_media(root), *_controls(root), *_tables(root)]


def _page(root: HtmlElement) -> list[str]:
    found = []
    if root.getroottree().getroot().get("lang") != "en":
        found.append("the page has no language")
    for what in ("h1", "main", "title"):
        elements = root.xpath(f"//{what}")
        if len(elements) != 1 or not elements[0].text_content().strip():
            found.append(f"there is not one {what} with words in it")
    levels = [int(heading.tag[1]) for heading in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    found += [f"h{after} after h{before}" for before, after in pairwise(levels) if after > before + 1]
    skip = root.xpath("//body/a[1]/@href")
    if root.xpath("//header") and skip != ["#main"]:
        found.append("the first thing is no link to the content")
    return found


def _ids(root: HtmlElement) -> list[str]:
    counted = Counter(root.xpath("//@id"))
    found = [f"{count} times the id {name}" for name, count in counted.items() if count > 1]
    targets = [*root.xpath("//@aria-labelledby"), *root.xpath("//@aria-describedby"), *root.xpath("//label/@for")]
    targets += [
        address[1:] for address in root.xpath("//a[not(ancestor::*[@class='formatted'])]/@href[starts-with(., '#')]")
    ]
    found += [f"nothing has the id {name}" for target in targets for name in target.split() if name not in counted]
    return found


def _fields(root: HtmlElement) -> list[str]:
    labelled = set(root.xpath("//label/@for"))
    found = [
        f"a field without a label: {field.get('name')}"
        for field in root.xpath(_LABELLED)
        if field.get("id") not in labelled and not field.get("aria-label")
    ]
    found += [f"a label without words: {label.get('for')}" for label in root.xpath("//label") if not _words(label)]
    choices = "//input[@type='radio' or @type='checkbox'][starts-with(@name, 'question-')]"
    found += [
        f"choices without a legend: {each.get('name')}" for each in root.xpath(f"{choices}[not(ancestor::fieldset)]")
    ]
    return found + ["a fieldset without a legend" for _ in root.xpath("//fieldset[not(legend)]")]


def _media(root: HtmlElement) -> list[str]:
    found = ["an image without alt" for _ in root.xpath("//img[not(@alt)]")]
    found += ["a sound or film without a name" for _ in root.xpath("(//audio|//video)[not(@aria-label)]")]
    return found + ["a frame without a title" for _ in root.xpath("//iframe[not(@title)]")]


def _controls(root: HtmlElement) -> list[str]:
    controls = root.xpath("//a[@href] | //button")
    found = [f"a {each.tag} without words" for each in controls if not _words(each)]
    # those of the site's own, which no page needs
    ours = "@src='/static/site.js' or @src='/static/passkeys.js'"
    scripts = root.xpath(f"//script[not(({ours}) and @defer and not(text()))]")
    found += ["a script that is not the site's" for _ in scripts]
    foreign = "//link[not(starts-with(@href, '/'))]/@href"
    return found + [f"a resource from elsewhere: {address}" for address in root.xpath(foreign)]


def _tables(root: HtmlElement) -> list[str]:
    ours = "//table[not(ancestor::*[@class='formatted'])]"
    return [
        f"a table of ours without {part}"
        for part in ("caption", "thead/tr/th[@scope='col']")
        for _ in root.xpath(f"{ours}[not({part})]")
    ]


def _words(element: HtmlElement) -> bool:
    shown = [element.text_content(), *element.xpath(".//img/@alt"), *element.xpath(".//@aria-label")]
    return any(words.strip() for words in shown)
