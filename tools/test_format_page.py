"""The tables of docs/qualification-tests.md: each member of a test's file, by the format itself."""

from collections.abc import Iterator

from pulumi_mturk.questionnaires import file_format
from pulumi_mturk.questionnaires.kinds import AnyOf, Either, Entries, Flag, Items, Kind, Members, Number, OneOf, Text
from tools.markdown import table

_SECTIONS = {
    "test": (file_format.TEST,),
    "question": (file_format.QUESTION,),
    "block": (file_format.BLOCKS,),
    "binary": (file_format.BINARY,),
    "free text": (file_format.FREE_TEXT,),
    "value": (file_format.VALUE.members, file_format.RANGE),
    "answer": (file_format.SCORED, file_format.OTHERWISE),
}
# Kinds that have a section of their own.
_NAMED = (
    (file_format.CONTENT, "text, or blocks"),
    (file_format.FREE_TEXT, "free text"),
    (file_format.ANSWERS, "answers"),
)


def blocks() -> Iterator[tuple[str, str]]:
    """Each table, with the name of its place in the page."""
    for name, kinds in _SECTIONS.items():
        rows = [row for kind in kinds if kind is not None for row in _rows(kind)]
        yield f"members of a {name}", table(("Member", "Holds", "Meaning"), rows)


def _rows(kind: Members) -> Iterator[tuple[str, str, str]]:
    for name, member in kind.members.items():
        required = ", required" if member.required else ""
        yield f"`{name}`", f"{_holds(member.kind)}{required}", member.description


def _holds(kind: Kind) -> str:
    for named, words in _NAMED:
        if kind is named:
            return words
    match kind:
        case Items():
            return "list"
        case Entries(_, names):
            return f"mapping from {names}"
        case Members(members):
            return f"{{{', '.join(members)}}}"
        case Either(scalar, _, members):
            return " or ".join(_holds(one) for one in (scalar, members) if one is not None)
        case AnyOf():
            return "mapping"
        case _:
            return _scalar(kind)


def _scalar(kind: Text | Number | Flag | OneOf) -> str:
    match kind:
        case Text():
            return kind.wanted or "text"
        case Number(fraction=True):
            return "number"
        case Number(least, _):
            return f"whole number, {least} or more" if least >= 0 else "whole number"
        case Flag():
            return "`true` or `false`"
        case OneOf(words):
            return ", ".join(f"`{word}`" for word in words)
