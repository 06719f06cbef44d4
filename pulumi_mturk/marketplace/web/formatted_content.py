"""FormattedContent: the subset of XHTML that a question form may hold (documented), cleaned by nh3 for our pages.

Tags outside of the subset are removed and their text is kept; scripts and styles are removed entirely. An HTMLQuestion
is never cleaned: it stands in a frame of its own, apart from the page.
"""

from __future__ import annotations

import re
from typing import Final

import nh3
from markupsafe import Markup

from pulumi_mturk.marketplace.domain.question_forms import is_media_url

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
_DROPPED: Final = frozenset({"script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math"})
_SCHEMES: Final = frozenset({"http", "https", "ftp", "mailto"})
_LINK: Final = re.compile(rf"({'|'.join(_SCHEMES)}):", re.IGNORECASE)
# An empty element of XHTML, such as <b/>, is one without an end in HTML; those that have none there are left.
_EMPTY: Final = re.compile(r"<((?!(?:br|hr|img|col)\b)[a-z]\w*)\b([^<>]*)/>", re.IGNORECASE)
# In what nh3 writes each `<` begins a tag and each `>` ends one: in texts and attributes they are escaped.
_HEADING: Final = re.compile(r"(?<=<)(/?)(h[1-6])(?=[ >])")
_WITHOUT_ALT: Final = re.compile(r"(?<=<img)(?![^>]* alt=)")


def sanitize(text: str) -> Markup:
    """The content as safe HTML."""
    kept = "".join(character for character in text if character >= " " or character in "\t\n\r")
    cleaned = _CLEANER.clean(_EMPTY.sub(r"<\1\2></\1>", kept))
    renamed = _HEADING.sub(lambda found: found[1] + _HEADINGS[found[2]], cleaned)
    return Markup(_WITHOUT_ALT.sub(' alt=""', renamed))  # noqa: S704 - it is clean


def is_link_url(address: str) -> bool:
    """Whether a URL may be linked to."""
    return _LINK.match(address.strip()) is not None


def _kept(tag: str, attribute: str, value: str) -> str | None:
    return None if (tag, attribute) == ("img", "src") and not is_media_url(value) else value


_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_DROPPED),
    attributes={
        "*": set(_ON_BREAKS),
        **{tag: {*attributes, *(_EVERYWHERE if tag != "br" else ())} for tag, attributes in _TAGS.items()},
    },
    attribute_filter=_kept,
    set_tag_attribute_values={"a": {"target": "_blank"}},
    url_schemes=set(_SCHEMES),
    url_relative="deny",
)
