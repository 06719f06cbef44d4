"""Words found within texts by an index: of each text the pieces of three characters are kept, and which text has them.

A text that has the words has each piece of the words. So the rarest of these leads to few texts, which are looked at;
where even that one is in many texts, they are gone through in the order of the list, until a page is full. The last
pieces of a text have two characters and one: words that are shorter than a piece are the beginning of some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.storage.sql import Connection

FEW: Final = 200
"""So many texts are looked at, and sorted, at once."""
_LENGTH: Final = 3
_MOST: Final = 16
"""Pieces that are compared."""
_LAST: Final = "\U0010ffff"
Texts = Literal["names", "types", "groups"]
"""Names and keywords of qualification types; these with the descriptions; title, description and keywords of groups."""
_PIECES: Final[dict[Texts, str]] = {
    "names": "type_trigrams WHERE part = 0 AND trigram",
    "types": "type_trigrams WHERE part IN (0, 1) AND trigram",
    "groups": "hit_type_trigrams WHERE trigram",
}


class Piece(NamedTuple):
    """The rarest piece of some words: those from `first` to `last`, which are the same unless the words are short."""

    first: str
    last: str
    is_few: bool
    """Whether it is in no more than `FEW` texts."""


def folded(text: str) -> str:
    """A text as it is compared: in one case, without the character 0, at which SQLite would end it."""
    return text.casefold().replace("\0", "\ufffd")


def rarest(db: Connection, texts: Texts, words: str) -> Piece:
    """The rarest piece of words, which are folded and not empty; where many have each, the one furthest apart."""
    pieces = _pieces(words)
    found = f"SELECT sequence FROM {_PIECES[texts]} BETWEEN ? AND ? LIMIT {FEW + 1}"  # noqa: S608 - ours, as below
    statement = " UNION ALL ".join(
        f"SELECT {number}, count(*), -coalesce(max(sequence), 0) FROM ({found}) AS found"  # noqa: S608
        for number in range(len(pieces))
    )
    counted = db.execute(statement, [end for piece in pieces for end in piece]).fetchall()
    count, _, number = min((row[1], row[2], row[0]) for row in counted)
    first, last = pieces[number]
    return Piece(first, last, is_few=count <= FEW)


def with_piece(texts: Texts) -> str:
    """The numbers of the texts that have a piece from `:first` to `:last`, as a SELECT."""
    return f"SELECT sequence FROM {_PIECES[texts]} BETWEEN :first AND :last"  # noqa: S608 - ours


def _pieces(words: str) -> list[tuple[str, str]]:
    """The pieces of words as ranges; some of them where they are many."""
    if len(words) < _LENGTH:
        return [(words, words + _LAST * (_LENGTH - 1))]
    every = [*dict.fromkeys(words[start : start + _LENGTH] for start in range(len(words) - _LENGTH + 1))]
    chosen = every if len(every) <= _MOST else [every[number * len(every) // _MOST] for number in range(_MOST)]
    return [(piece, piece) for piece in chosen]
