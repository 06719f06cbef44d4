"""FormattedContent: the subset of XHTML that a question form may hold (documented), sanitized for our pages.

Tags outside of the subset are removed and their text is kept; scripts and styles are removed entirely.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree
from lxml import html as lxml_html
from markupsafe import Markup, escape

from pulumi_mturk.marketplace.domain.question_forms import is_media_url

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVERYWHERE: Final = frozenset({"title", "lang", "dir"})
_ON_BREAKS: Final = frozenset({"title"})
_ROW: Final = frozenset({"align", "valign", "char", "charoff"})
_COLUMN: Final = _ROW | {"span", "width"}
_CELL: Final = _ROW | {
    *("abbr", "axis", "bgcolor", "colspan", "headers", "height", "nowrap", "rowspan", "scope", "width"),
}
_EDIT: Final = frozenset({"cite", "datetime"})
_PLAIN: Final = (
    *("b", "big", "center", "cite", "code", "dd", "dt", "em", "i"),
    *("s", "small", "strike", "strong", "sub", "sup", "u"),
)
# h1 and h2 are used by the page itself
_HEADINGS: Final = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}
# The subset without image maps, and without what is for this page to decide: names, targets, keys, the kind of a link.
_TAGS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(_PLAIN, frozenset[str]()),
    **dict.fromkeys(_HEADINGS, frozenset({"align"})),
    "a": frozenset({"href", "hreflang"}),
    "blockquote": frozenset({"cite"}),
    "br": frozenset({"clear"}),
    "col": _COLUMN,
    "colgroup": _COLUMN,
    "del": _EDIT,
    "dl": frozenset({"compact"}),
    "font": frozenset({"color", "size", "face"}),
    "hr": frozenset({"align", "size", "width", "noshade"}),
    "img": frozenset({"src", "alt", "width", "height", "align", "border", "hspace", "vspace"}),
    "ins": _EDIT,
    "li": frozenset({"type", "value"}),
    "ol": frozenset({"compact", "type", "start"}),
    "p": frozenset({"align"}),
    "pre": frozenset({"width"}),
    "q": frozenset({"cite"}),
    "table": frozenset(
        {"align", "bgcolor", "border", "cellpadding", "cellspacing", "frame", "rules", "summary", "width"}
    ),
    "tbody": _ROW,
    "td": _CELL,
    "tfoot": _ROW,
    "th": _CELL,
    "thead": _ROW,
    "tr": _ROW | {"bgcolor"},
    "ul": frozenset({"compact", "type"}),
}
_EMPTY: Final = frozenset({"br", "hr", "img", "col"})
_DROPPED: Final = frozenset({"script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math"})
_LINK: Final = re.compile(r"(https?|ftp|mailto):", re.IGNORECASE)


def sanitize(text: str) -> Markup:
    """The content as safe HTML."""
    root = _parse(text)
    return Markup() if root is None else Markup("").join(_content(root))


def is_link_url(address: str) -> bool:
    """Whether a URL may be linked to."""
    return _LINK.match(address.strip()) is not None


def _parse(text: str) -> etree._Element | None:
    # parsed as HTML, as browsers do, so that malformed content is shown as far as possible
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


def _content(element: etree._Element) -> Iterator[Markup]:
    yield escape(element.text or "")
    for child in element:
        yield from _element(child)
        yield escape(child.tail or "")


def _element(element: etree._Element) -> Iterator[Markup]:
    tag = str(element.tag).lower()
    if tag in _DROPPED:
        return
    if tag not in _TAGS:
        yield from _content(element)
        return
    name = _HEADINGS.get(tag, tag)
    yield Markup("<{}{}>").format(name, Markup("").join(_attributes(element, tag)))
    if tag not in _EMPTY:
        yield from _content(element)
        yield Markup("</{}>").format(name)


def _attributes(element: etree._Element, tag: str) -> Iterator[Markup]:
    for key, value in element.items():
        name = str(key).lower()
        if name not in _TAGS[tag] | (_ON_BREAKS if tag == "br" else _EVERYWHERE):
            continue
        if (name == "href" and not is_link_url(str(value))) or (name == "src" and not is_media_url(str(value))):
            continue
        yield Markup(' {}="{}"').format(name, str(value))
    if tag == "img" and element.get("alt") is None:
        yield Markup(' alt=""')
    if tag == "a":
        yield Markup(' rel="noopener noreferrer" target="_blank"')
