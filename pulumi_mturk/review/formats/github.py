"""Text in GitHub's markdown that stays text: no input can make markup, a mention, a link or another cell of a table."""

import re

from pulumi_mturk.review.formats.phrases import QUOTED, plain

# A character that nobody sees, between two that GitHub would make something of together. Escaping alone doesn't help:
# mentions, references and emoji are looked for in the text that comes out.
_APART = "&#8203;"

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_SPECIAL = re.compile(
    rf"""
      (?P<code>{QUOTED})
    | (?P<html>[&<>])
    | (?P<mention>@(?=\w))
    | (?P<reference>\#(?=\d) | \b(?i:GH-)(?=\d))
    | (?P<address>\b(?i:www\.))
    | (?P<colon>:(?=[\w+/-])(?!(?<=\d:)\d\d\b))
    | (?P<dollar>\$(?!\d))
    | (?P<markup>[\\`*_\[\]|~\#])
""",
    re.VERBOSE,
)
# What makes a list or a heading of a line that begins so.
_START = re.compile(r"[-+=](?=[-+=\s]|$)|\d+[.)](?=\s|$)")


def text(value: str) -> str:
    """Free text, for a cell or the middle of a line."""
    return _SPECIAL.sub(_harmless, plain(value))


def line(value: str) -> str:
    """Free text that a line begins with."""
    written = text(value)
    found = _START.match(written)
    return f"{written[: found.end() - 1]}\\{written[found.end() - 1 :]}" if found else written


def _harmless(found: re.Match[str]) -> str:
    kind, piece = found.lastgroup, found[0]
    if kind == "code":
        return piece
    if kind == "html":
        return _HTML[piece]
    if kind == "reference":
        return f"\\#{_APART}" if piece == "#" else f"{piece}{_APART}"
    if kind in ("mention", "address", "colon"):
        return f"{piece}{_APART}"
    return "<span>$</span>" if kind == "dollar" else f"\\{piece}"  # GitHub's own way to say that it is no formula


def code(value: str) -> str:
    """A name in letters of one width. Within them GitHub looks for nothing but the end of a cell."""
    name = plain(value) or " "
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", name)), default=0))
    blank = " " if name[0] in "` " or name[-1] in "` " else ""
    return f"{fence}{blank}{name}{blank}{fence}".replace("|", "\\|")


def clipped(value: str, most: int) -> str:
    """A plain text of at most so many bytes as `text` writes it, cut between words; a number is never cut in two."""
    value = plain(value[: 2 * most + 2])  # a longer one is cut all the same
    if size(text(value)) <= most:
        return value
    low, high = 0, min(len(value), most)
    while low < high:  # how many characters there is room for
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text(value[:middle])) + 3 <= most else (low, middle - 1)
    cut = value[:low]
    between_words = cut.rpartition(" ")[0] if not value[low].isspace() else cut
    if not between_words and low and value[low - 1].isdigit() and value[low].isdigit():
        between_words = cut.rstrip("0123456789")
    return f"{(between_words or cut).rstrip()}…"


def size(value: str) -> int:
    """The bytes of a text in UTF-8, which are never fewer than its characters however these are counted."""
    return len(value.encode())


def row(cells: list[str]) -> str:
    """A row of a table, of cells that are markdown already."""
    return f"| {' | '.join(cells)} |"


def table(headings: list[str], rows: list[list[str]]) -> str:
    """A table of such cells."""
    return "\n".join(map(row, [headings, ["---"] * len(headings), *rows]))


def details(summary: str, content: str) -> str:
    """What is folded away. The summary is HTML, in which markdown counts for nothing."""
    return f"<details><summary>{summary}</summary>\n\n{content}\n\n</details>"


def html(value: str) -> str:
    """Free text within an HTML element on a line of its own."""
    escaped = re.sub(r'[&<>"]', lambda found: _HTML[found[0]], plain(value))
    return re.sub(r"(@(?=\w)|#(?=\d)|:(?=[\w+/-])|\b(?i:www\.|GH-))", rf"\1{_APART}", escaped)
