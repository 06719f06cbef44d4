"""FormattedContent: the subset of XHTML that a question form may hold (documented), made safe for our pages.

What is not in the subset is left out and its text kept; of scripts and styles nothing stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml import html as lxml_html
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVERYWHERE: Final = frozenset({"title", "lang", "dir"})
_CELL: Final = frozenset({"align", "valign", "colspan", "rowspan", "width", "height", "bgcolor", "abbr"})
_ROW: Final = frozenset({"align", "valign", "bgcolor"})
_PLAIN: Final = (
    *("b", "big", "blockquote", "caption", "center", "cite", "code", "dd", "del", "dl", "dt", "em", "i", "ins", "li"),
    *("pre", "q", "s", "small", "strike", "strong", "sub", "sup", "tbody", "tfoot", "thead", "u"),
)
# h1 and h2 are the page's own
_HEADINGS: Final = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}
_TAGS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(_PLAIN, frozenset[str]()),
    **dict.fromkeys(_HEADINGS, frozenset({"align"})),
    "a": frozenset({"href"}),
    "br": frozenset(),
    "hr": frozenset({"align", "size", "width", "noshade"}),
    "p": frozenset({"align"}),
    "ul": frozenset({"type"}),
    "ol": frozenset({"type", "start"}),
    "font": frozenset({"color", "size", "face"}),
    "img": frozenset({"src", "alt", "width", "height", "align", "border"}),
    "table": frozenset({"align", "bgcolor", "border", "cellpadding", "cellspacing", "summary", "width"}),
    "colgroup": frozenset({"span", "width", "align", "valign"}),
    "col": frozenset({"span", "width", "align", "valign"}),
    "tr": _ROW,
    "td": _CELL,
    "th": _CELL | {"scope"},
}
_EMPTY: Final = frozenset({"br", "hr", "img", "col"})
_DROPPED: Final = frozenset({"script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math"})
_LINK: Final = re.compile(r"(https?|ftp|mailto):", re.IGNORECASE)
_MEDIA: Final = re.compile(r"https?://", re.IGNORECASE)


def safe(text: str) -> Markup:
    """The content as HTML that can do no harm."""
    root = _parse(text)
    return Markup() if root is None else Markup("").join(_inside(root))


def is_link(address: str) -> bool:
    """Whether an address may stand in a link."""
    return _LINK.match(address.strip()) is not None


def is_media(address: str) -> bool:
    """Whether an address may be that of an image, a sound or a film."""
    return _MEDIA.match(address.strip()) is not None


def _parse(text: str) -> etree._Element | None:
    # read as browsers do: content that is no XHTML is shown as far as it goes
    kept = "".join(character for character in text if character >= " " or character in "\t\n\r")
    if not kept.strip():
        return None
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        document = etree.fromstring(f"<div>{kept}</div>".encode("utf-8", "replace"), parser)
    except etree.ParserError:
        return None
    return document


def _inside(element: etree._Element) -> Iterator[Markup]:
    yield escape(element.text or "")
    for child in element:
        yield from _whole(child)
        yield escape(child.tail or "")


def _whole(element: etree._Element) -> Iterator[Markup]:
    tag = str(element.tag).lower()
    if tag in _DROPPED:
        return
    if tag not in _TAGS:
        yield from _inside(element)
        return
    name = _HEADINGS.get(tag, tag)
    yield Markup("<{}{}>").format(name, Markup("").join(_attributes(element, tag)))
    if tag not in _EMPTY:
        yield from _inside(element)
        yield Markup("</{}>").format(name)


def _attributes(element: etree._Element, tag: str) -> Iterator[Markup]:
    for key, value in element.items():
        name = str(key).lower()
        if name not in _TAGS[tag] | _EVERYWHERE:
            continue
        if (name == "href" and not is_link(str(value))) or (name == "src" and not is_media(str(value))):
            continue
        yield Markup(' {}="{}"').format(name, str(value))
    if tag == "img" and element.get("alt") is None:
        yield Markup(' alt=""')
    if tag == "a":
        yield Markup(' rel="noopener noreferrer" target="_blank"')
