"""Characters that nobody can see: what a text for people may not hold, or not alone."""

import re
import unicodedata

# Control characters but tab and line ends; halves of surrogate pairs and noncharacters, which no XML can hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Those that XML 1.0 can't hold, not even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile(r"[\t\n\r]")
# Letters, signs and marks by their category, that are shown as nothing: fillers, a blank of Braille, selectors.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def control_problem(text: str) -> str | None:
    """What to say of the first control character of a text; None if there is none."""
    return _first(_CONTROL, text, "is the control character {}; leave it out")


def xml_problem(text: str) -> str | None:
    """What to say of the first character of a text that no XML can hold; None if there is none."""
    return _first(_NOT_IN_XML, text, "is {}, which XML can't hold; leave it out")


def line_break_problem(text: str) -> str | None:
    """What to say of the first tab or line end of a text that is shown on one line; None if there is none."""
    return _first(_LINE_BREAK, text, "is a tab or a line end ({}); write it on one line")


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text: no character, or only blanks, format and control characters."""
    return all(map(_is_invisible, text))


def _first(wanted: re.Pattern[str], text: str, problem: str) -> str | None:
    found = wanted.search(text)
    return found and f"character {found.start() + 1} {problem.format(f'U+{ord(found[0]):04X}')}"


def _is_invisible(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
        or character in _BLANK
        or any(ord(character) in selectors for selectors in _SELECTORS)
    )
