"""Times and names as HTML: what templates' filters write."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from markupsafe import Markup, escape

from pulumi_mturk.marketplace import text

_SUFFIX: Final = re.compile(r"(?<=.)-[0-9a-f]{7}$", re.DOTALL)
"""What tools write behind a name so that no other has it."""
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC")


def time(seconds: float) -> Markup:
    """Epoch seconds as an element, beside whose UTC the browser's script writes the local time."""
    return Markup('<time datetime="{}">{}</time>').format(text.iso_date_time(seconds), text.date_time(seconds))


def with_times(sentence: str) -> Markup:
    """A sentence, with the times in it as elements."""
    pieces, end = [], 0
    for found in _TIME.finditer(sentence):
        try:
            seconds = datetime.strptime(found[0], "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC).timestamp()
        except ValueError:  # digits that are no time
            continue
        pieces += [escape(sentence[end : found.start()]), time(seconds)]
        end = found.end()
    return Markup("").join([*pieces, escape(sentence[end:])])


def without_suffix(name: str) -> str:
    """A qualification's name, without what a tool generated behind it."""
    return _SUFFIX.sub("", name)


def qualification_name(name: str) -> Markup:
    """A qualification's name, with what a tool generated behind it small."""
    shown = without_suffix(name)
    rest = name[len(shown) :]
    return Markup("{} <small>{}</small>").format(shown, rest[1:]) if rest else escape(shown)
