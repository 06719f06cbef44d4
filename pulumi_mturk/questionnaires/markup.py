r"""The marks that a text may have: `*emphasis*`, `**strong emphasis**`, and `\*` for an asterisk.

As in Markdown, of which it is a part, marks stand at the text itself, without a blank between: `2 * 3 * 4` has none. A
text with marks becomes XHTML; one without stays a text.
"""

import re
from xml.sax.saxutils import escape

_MARKED = re.compile(r"(?<!\*)(\*\*?)(?![\s*])([^*]+?)(?<!\s)\1(?!\*)")
_ESCAPED = r"\*"
_PLACE = "\ufdd0"  # a noncharacter, which stands for an escaped asterisk while the marks are read
_TAGS = {"*": "em", "**": "strong"}


def block_text(text: str) -> str:
    """A text as it is meant: a block's own line end, the last, is none of it."""
    return text.removesuffix("\n")


def as_plain(text: str) -> str | None:
    """The text without its escapes; None if it has marks."""
    hidden = text.replace(_ESCAPED, _PLACE)
    return None if _MARKED.search(hidden) else hidden.replace(_PLACE, "*")


def as_xhtml(text: str, *, inline: bool) -> str:
    """The text as XHTML: paragraphs, a blank line between two, or `inline`, as within a choice."""
    hidden = escape(text.replace(_ESCAPED, _PLACE))
    marked = _MARKED.sub(lambda found: f"<{_TAGS[found[1]]}>{found[2]}</{_TAGS[found[1]]}>", hidden)
    marked = marked.replace(_PLACE, "*")
    if inline:
        return marked.replace("\n", "<br/>")
    paragraphs = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", marked))
    return "\n".join(f"<p>{part}</p>".replace("\n", "<br/>") for part in paragraphs if part)


def escaped(text: str) -> str:
    """A text without marks as this format writes it: `as_plain` gives it back."""
    return text if as_plain(text) == text else text.replace("*", _ESCAPED)


def as_block(text: str) -> str:
    """A text as it is written: `block_text` gives it back. One of several lines gets the line end of a block."""
    return f"{text}\n" if "\n" in text else text
