"""A study as an SVG: for each HIT type one bar per rule, showing the remaining part of the crowd."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from lxml import etree

from pulumi_mturk.marketplace.simulation.report import CAVEAT

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.simulation.study import Study, TypeStudy

_SVG: Final = "http://www.w3.org/2000/svg"
_WIDTH, _MARGIN, _LABEL, _BAR = 960, 24, 380, 420
_ROW, _LINE = 34, 18
_LEFT, _LOST, _TEXT = "#1b6ca8", "#e3b23c", "#1a1a1a"
"""Distinguishable without colour: the remaining part is dark, the lost part light."""


def as_svg(study: Study) -> str:
    """The picture, with a text alternative."""
    root = etree.fromstring(f'<svg xmlns="{_SVG}"/>')
    title = f"Where a made-up crowd of {study.workers:,} workers is lost"
    etree.SubElement(root, etree.QName(_SVG, "title"), id="title").text = title
    description = etree.SubElement(root, etree.QName(_SVG, "desc"), id="desc")
    etree.SubElement(root, etree.QName(_SVG, "rect"), width="100%", height="100%", fill="#ffffff")
    y = _MARGIN + _LINE
    _words(root, _MARGIN, y, title, size=20, weight="bold")
    for line in textwrap.wrap(CAVEAT, 120):
        y += _LINE + 4
        _words(root, _MARGIN, y, line, size=13)
    y += _LINE + 4
    _words(root, _MARGIN, y, "Dark: who is left. Light: who is lost by this rule, of those before it.", size=13)
    descriptions = [CAVEAT]
    for item in study.hit_types:
        y = _hit_type(root, item, study.workers, y + 2 * _ROW)
        descriptions.append(_in_words(item, study.workers))
    description.text = " ".join(descriptions)
    height = y + _MARGIN
    root.attrib.update(
        {
            "viewBox": f"0 0 {_WIDTH} {height}",
            "width": str(_WIDTH),
            "height": str(height),
            "role": "img",
            "aria-labelledby": "title desc",
            "font-family": "sans-serif",
        }
    )
    return etree.tostring(root, pretty_print=True, encoding="unicode")


def _hit_type(root: etree._Element, item: TypeStudy, workers: int, y: int) -> int:
    _words(root, _MARGIN, y, textwrap.shorten(item.title, 100, placeholder=" …"), size=16, weight="bold")
    y += _ROW
    _bar(root, y, "all of the crowd", workers, workers, workers)
    before = workers
    for step in item.steps:
        y += _ROW
        _bar(root, y, step.rule, step.left, before, workers)
        before = step.left
    y += _ROW
    _bar(root, y, "would accept", item.want_to, before, workers)
    return y + _ROW


def _bar(root: etree._Element, y: int, rule: str, left: int, before: int, workers: int) -> None:
    """The remaining part, in front of what was left before this rule."""
    short = textwrap.shorten(rule, 52, placeholder=" …", break_on_hyphens=False)
    label = _words(root, _MARGIN + _LABEL - 12, y, short, size=14)
    label.set("text-anchor", "end")
    etree.SubElement(label, etree.QName(_SVG, "title")).text = _printable(rule)  # the full text as a tooltip
    start = _MARGIN + _LABEL
    for count, colour in ((before, _LOST), (left, _LEFT)):
        attributes = {"x": str(start), "y": str(y - 16), "height": "22", "fill": colour}
        etree.SubElement(root, etree.QName(_SVG, "rect"), attributes | {"width": f"{_BAR * count / workers:.1f}"})
    lost = f"  (-{before - left:,})" if before > left else ""
    _words(root, start + _BAR + 12, y, f"{left:,}{lost}", size=14)


def _words(root: etree._Element, x: int, y: int, text: str, *, size: int, weight: str = "normal") -> etree._Element:
    attributes = {"x": str(x), "y": str(y), "font-size": str(size), "font-weight": weight, "fill": _TEXT}
    element = etree.SubElement(root, etree.QName(_SVG, "text"), attributes)
    element.text = _printable(text)
    return element


def _in_words(item: TypeStudy, workers: int) -> str:
    rules = "; ".join(f"{step.rule}: {step.left:,} left" for step in item.steps)
    return _printable(f"{item.title}: of {workers:,}; {rules}; {item.want_to:,} would accept.")


def _printable(text: str) -> str:
    """Replace characters that XML can't hold, as titles and names are arbitrary."""
    return "".join(character if character.isprintable() else " " for character in text)
