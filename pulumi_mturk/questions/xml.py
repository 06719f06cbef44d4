"""XML in and out of trees: a parser that is safe with any input, and equality of two documents."""

from typing import TYPE_CHECKING, Any

from pulumi_mturk.common.text import shortened

if TYPE_CHECKING:
    from lxml import etree

_REASON_SHOWN = 200

# The documented limit of Test and of AnswerKey, each; taken as bytes of UTF-8.
MAX_BYTES = 65535


class UnreadableError(ValueError):
    """A text that is not well-formed XML, or has a document type."""


def utf8(xml: str) -> bytes:
    """The document's bytes; half a surrogate pair is left for the parser to refuse."""
    return xml.encode("utf-8", "surrogatepass")


def parse(xml: str, *, secret: bool = False, comments: bool = False) -> "etree._Element":
    """The root of a document, without processing instructions, and with comments only if `comments` says so.

    Nothing is loaded and no entity is expanded. Raises `UnreadableError`, whose text quotes nothing of the document
    if it is `secret`.
    """
    from lxml import etree

    if "<" not in xml:
        raise UnreadableError(
            "not well-formed XML: there is no element in it; give the document itself, not the name of its file"
        )
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever the declaration says: the text has been decoded already
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=not comments,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(utf8(xml), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise UnreadableError(
            f"line {line}, column {column}: not well-formed XML ({_reason(parser, secret=secret)}); close every tag,"
            " and write &amp; for & and &lt; for < in a text"
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("a document type (<!DOCTYPE …>) and entities are not accepted: remove them")
    return root


def _reason(parser: "etree.XMLParser", *, secret: bool) -> str:
    entry = parser.error_log[0]
    if secret:  # libxml2's text may quote names and values, its error type does not
        return str(entry.type_name).removeprefix("ERR_").replace("_", " ").lower()
    return shortened(str(entry.message).strip(), _REASON_SHOWN)


def name(element: "etree._Element") -> str:
    """An element's name without its namespace, cut where it is longer than any that is known."""
    return shortened(str(element.tag).rpartition("}")[2])


def namespace(element: "etree._Element") -> str:
    """The namespace that an element is in, or ""."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def text(element: "etree._Element | None") -> str:
    """An element's text, as it is."""
    return "" if element is None else element.text or ""


def line_of(element: "etree._Element") -> int:
    """The line in which an element begins."""
    line: Any = element.sourceline
    return int(line or 1)


def where(element: "etree._Element") -> str:
    """Where an element is, for a message: its line, and its question if it is in one."""
    place = f"line {line_of(element)}"
    question = element if name(element) == "Question" else next(element.iterancestors("{*}Question"), None)
    if question is None:
        return place
    identifier = text(question.find("{*}QuestionIdentifier")).strip()
    return f"{place}, question {shortened(identifier)}" if identifier else place


def equal_xml(a: str, b: str) -> bool:
    """Whether two documents say the same.

    Declarations, comments, prefixes, the order of attributes, CDATA or escapes, and white space between elements
    do not count; every character of a text does. Whether MTurk echoes a document byte for byte is not known. What
    can't be read is compared as it is.
    """
    if a == b:
        return True
    try:
        return _content(parse(a)) == _content(parse(b))
    except UnreadableError:
        return False


def _content(element: "etree._Element") -> tuple[Any, ...]:
    texts = [element.text or "", *(child.tail or "" for child in element)]
    if len(element):  # white space beside elements is layout; alone in an element it is its text
        texts = [part if part.strip() else "" for part in texts]
    return element.tag, sorted(element.items()), texts, [_content(child) for child in element]
