"""The parser for all XML that requesters and workers send: no entities, no DTD, no network."""

from __future__ import annotations

from lxml import etree


def parse_xml(text: str, *, remove_comments: bool = False, huge: bool = False) -> etree._Element:
    """The root element. `huge` lifts libxml2's limits on the length of a text and on depth.

    Whatever encoding a declaration names: the text was decoded before, and is parsed as UTF-8.

    Raises:
        etree.XMLSyntaxError: it is not well-formed.

    """
    return etree.fromstring(text.encode(), _parser(remove_comments=remove_comments, huge_tree=huge))


def recover_xml(text: str) -> etree._Element | None:
    """The root element as far as the text can be read; None where nothing of it can be."""
    if not text.strip():
        return None
    # None if the parser recovers nothing, which lxml's stubs leave out
    root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True))
    return root


def _parser(*, remove_comments: bool = False, huge_tree: bool = False, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=remove_comments,
        huge_tree=huge_tree,
        recover=recover,
    )
