"""The subset of XHTML that FormattedContent may hold.

Documented: the table of tags and attributes is the API reference's page "Formatted Content: XHTML", with the few tags
that the published schema (FormattedContentXHTMLSubset.xsd of 2006-07-14) has beyond it. Documented too is that MTurk
refuses a document with anything else in it; other services with the API may show it, or leave it out, so that it is a
warning here.
"""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pulumi_mturk.common.text import shortened
from pulumi_mturk.questions.xml import name, parse

if TYPE_CHECKING:
    from lxml import etree

_ALIGNED = "align char charoff valign"
_CELL = f"{_ALIGNED} abbr axis bgcolor colspan headers height nowrap rowspan scope width"
_CHANGED = "cite datetime"
_PLAIN = "b big center cite code dd dt em i s small strike strong sub sup u"
# Tag -> its own attributes. The reference's table lacks dt, s, strike, br's clear, dl's compact, img's name and map's
# id, which the schema has; nothing is known to be refused that one of the two allows.
TAGS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN.split(), frozenset()),
    **{
        tag: frozenset(attributes.split())
        for tag, attributes in {
            "a": "accesskey charset coords href hreflang name rel rev shape tabindex target type",
            "area": "accesskey alt coords href nohref shape tabindex target",
            "blockquote": "cite",
            "br": "clear",
            "col": f"{_ALIGNED} span width",
            "colgroup": f"{_ALIGNED} span width",
            "del": _CHANGED,
            "dl": "compact",
            "font": "color face size",
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "p"), "align"),
            "hr": "align noshade size width",
            "img": "align alt border height hspace ismap longdesc name src usemap vspace width",
            "ins": _CHANGED,
            "li": "type value",
            "map": "id name",
            "ol": "compact start type",
            "pre": "width xml:space",
            "q": "cite",
            "table": "align bgcolor border cellpadding cellspacing frame rules summary width",
            **dict.fromkeys(("tbody", "tfoot", "thead"), _ALIGNED),
            **dict.fromkeys(("td", "th"), _CELL),
            "tr": f"{_ALIGNED} bgcolor",
            "ul": "compact type",
        }.items()
    },
}
# On every tag; `lang` and `dir` not on br.
EVERYWHERE = frozenset({"title", "lang", "dir"})
_NEEDED = {"img": ("alt", "src"), "area": ("alt",), "map": ("name",)}
_ADDRESSES = {"a": "href", "area": "href", "img": "src"}
# Wherever a browser may follow them, on whatever tag: what is shown beyond the subset may be followed too.
_FOLLOWING = (
    "action archive background cite classid codebase data dynsrc formaction href icon longdesc lowsrc manifest ping "
    "poster profile src usemap xlink:href"
)
_FOLLOWED = frozenset(_FOLLOWING.split())
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# A browser leaves tabs and line ends out of an address, wherever they stand, and blanks and control characters before
# it. XML makes blanks of the former within an attribute, which the page that workers see does not.
_LEFT_OUT = str.maketrans("", "", "\t\n\r ")
_LEFT_OFF = "".join(map(chr, range(33)))
_SCHEME_NAMES = ("http", "https", "ftp", "news", "nntp", "mailto", "gopher", "telnet")
_SCHEMES = tuple(f"{scheme}://" for scheme in _SCHEME_NAMES)
_IN_PLACE_OF = {
    "div": "write p",
    "span": "write b, i, font or the like",
    "script": "nothing runs in a form; for scripts, ask in a HIT",
    "style": "write font, align and the like",
    "iframe": "show an image, or link with a",
    "video": "use EmbeddedBinary or Binary",
    "audio": "use EmbeddedBinary or Binary",
}
# XHTML's own five, which XML has too; all other names are characters that XML would have to be told of.
_OF_XML = ("lt", "gt", "amp", "quot", "apos")
_XLINK = "{http://www.w3.org/1999/xlink}"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def parse_fragment(xhtml: str) -> "etree._Element":
    """The content as one element, with its comments; raises `UnreadableError`.

    XHTML's named entities are no matter of well-formedness (the reference's own example has &nbsp;).
    """
    plain = re.sub(r"&([A-Za-z]\w*);", _known_to_xml, xhtml)
    return parse(f"<FormattedContent>{plain}</FormattedContent>", comments=True)


def _known_to_xml(entity: re.Match[str]) -> str:
    """A named character as XML may hold it: itself, or a blank for a name that HTML has not."""
    return entity[0] if entity[1] in _OF_XML else escape(html5.get(f"{entity[1]};", " "))


def foreign_addresses(fragment: "etree._Element") -> Iterator[tuple[str, str]]:
    """Tag and attribute of each address with a scheme that is not documented: a script, or data in place of a file."""
    for element in fragment.iter("*"):
        for attribute, value in element.items():
            plain = str(attribute).lower().replace(_XLINK, "xlink:")
            if plain in _FOLLOWED and _is_foreign(str(value)):
                yield name(element), plain


def _is_foreign(address: str) -> bool:
    scheme = _SCHEME.match(address.translate(_LEFT_OUT).lstrip(_LEFT_OFF))
    return scheme is not None and scheme[1].lower() not in _SCHEME_NAMES


def beyond_the_subset(fragment: "etree._Element") -> list[str]:
    """What a fragment holds beyond the subset, each thing once, in words for a message."""
    return list(dict.fromkeys(_found(fragment)))


def _found(fragment: "etree._Element") -> Iterator[str]:
    from lxml import etree

    if next(fragment.iter(etree.Comment), None) is not None:
        yield "comments are not allowed: remove them"
    attributes = (str(value) for element in fragment.iter("*") for value in element.attrib.values())
    if any("]]>" in part for part in (*fragment.itertext(), *attributes)):
        yield "it has an escaped ]]>, the end of a CDATA section, and whether that is taken is not known: remove it"
    for element in fragment.iterdescendants("*"):
        yield from _found_in(element)


def _found_in(element: "etree._Element") -> Iterator[str]:
    tag = name(element)
    if tag not in TAGS:
        lower = tag.lower()
        advice = f"write {lower}" if lower != tag and lower in TAGS else _IN_PLACE_OF.get(lower, "use another, or Text")
        yield f"the tag {tag} is not allowed: {advice}"
        return
    for attribute, value in element.items():
        yield from _found_at(tag, shortened(str(attribute).replace(_XML, "xml:")), str(value))
    for needed in _NEEDED.get(tag, ()):
        if element.get(needed) is None:
            yield f"the tag {tag} needs the attribute {needed}"


def _found_at(tag: str, attribute: str, value: str) -> Iterator[str]:
    everywhere = EVERYWHERE - {"lang", "dir"} if tag == "br" else EVERYWHERE
    if attribute not in TAGS[tag] | everywhere:
        lower = attribute.lower()
        scripted = " (no scripts run in a form)" if lower.startswith("on") else ""
        advice = f"write {lower}" if lower != attribute and lower in TAGS[tag] else f"remove it{scripted}"
        yield f"the attribute {attribute} of {tag} is not allowed: {advice}"
    elif _is_foreign(value) and attribute in _FOLLOWED:
        return  # an error, told by itself
    elif attribute == _ADDRESSES.get(tag) and not value.strip().lower().startswith(_SCHEMES):
        yield f"the attribute {attribute} of {tag} must be a whole address that begins with https:// or http://"
