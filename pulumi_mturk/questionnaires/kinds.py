"""Kinds of values that a format is made of. Reading a file and the schema for editors both go by them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Text:
    """A text; `filled` if there has to be something to see in it."""

    filled: bool = False
    pattern: str = ""
    """What the whole text has to match, as a regular expression that JSON schema knows too."""
    wanted: str = ""
    """The pattern in words, for a message."""


@dataclass(frozen=True)
class Number:
    """A number; a whole one within bounds unless it may have a fraction."""

    least: int = -(2**31)
    most: int = 2**31 - 1
    fraction: bool = False


@dataclass(frozen=True)
class Flag:
    """`true` or `false`, written so."""


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """A list of one or more."""

    item: "Kind"


@dataclass(frozen=True)
class Entries:
    """A mapping of names that the author chooses."""

    value: "Kind"
    names: str
    """What a name is, in words."""


@dataclass(frozen=True)
class Member:
    """A member of a mapping: what it holds, and what it is for."""

    kind: "Kind"
    description: str
    required: bool = False


@dataclass(frozen=True)
class Members:
    """A mapping of names that the format knows."""

    members: Mapping[str, Member]
    either: tuple[tuple[str, ...], ...] = ()
    """Groups of names of which exactly one is written."""
    only_with: Mapping[str, str] = field(default_factory=dict)
    """Name -> another that has to be there, too."""


@dataclass(frozen=True)
class Either:
    """Kinds of which each is told from the others by its form: a text, a list or a mapping."""

    scalar: "Text | OneOf | None" = None
    items: Items | None = None
    members: "Members | None" = None


@dataclass(frozen=True)
class AnyOf:
    """Mappings that are told apart by a name that one has and the others have not; the last is the rest."""

    marked: Mapping[str, Members]
    rest: Members


Kind: TypeAlias = Text | Number | Flag | OneOf | Items | Entries | Members | Either | AnyOf
