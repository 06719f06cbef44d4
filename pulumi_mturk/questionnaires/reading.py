"""Whether a file's nodes are what the format says, with all that is wrong in one list.

A message tells the line and the path within the file. Of what is secret it quotes nothing.
"""

import difflib
import math
import re
from collections.abc import Collection, Iterator

from pulumi_mturk.common.characters import is_blank
from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics, Rule
from pulumi_mturk.common.text import shortened
from pulumi_mturk.questionnaires.kinds import (
    AnyOf,
    Either,
    Entries,
    Flag,
    Items,
    Kind,
    Members,
    Number,
    OneOf,
    Text,
)
from pulumi_mturk.questionnaires.nodes import Node
from pulumi_mturk.rules import test_files as rules

_INTEGER = re.compile(r"[+-]?[0-9]{1,10}", re.ASCII)
_LEADING_ZERO = re.compile(r"[+-]?0[0-9_]+", re.ASCII)
_FRACTION = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
_LONGEST_NAME = 30  # of a member, misspelt
_SECRET_MEMBER = "answers"  # noqa: S105 - a member's name


def check(node: Node, kind: Kind, name: str, *, secret: bool, public: Collection[str] = ()) -> Iterator[Diagnostic]:
    """All that is wrong with a file called `name`. `public`: names that are told although the file is secret."""
    return _Check(name, public).of(node, kind, "", secret=secret)


class _Check:
    def __init__(self, name: str, public: Collection[str]) -> None:
        self._name = name
        self._public = public

    def of(self, node: Node, kind: Kind, path: str, *, secret: bool) -> Diagnostics:
        match kind:
            case Members():
                yield from self._members(node, kind, path, secret=secret)
            case AnyOf():
                marked = node.members if isinstance(node.value, dict) else {}
                found = next((kind.marked[name] for name in kind.marked if name in marked), kind.rest)
                yield from self._members(node, found, path, secret=secret)
            case Either():
                yield from self._either(node, kind, path, secret=secret)
            case Items():
                if not isinstance(node.value, list):
                    yield self._at(rules.STRUCTURE, node, path, f"is {_form(node)}; write a list, with a - before each")
                elif not node.items:
                    yield self._at(rules.STRUCTURE, node, path, "is an empty list; write one item or more")
                else:
                    for index, item in enumerate(node.items):
                        yield from self.of(item, kind.item, f"{path}[{index}]", secret=secret)
            case Entries():
                yield from self._entries(node, kind, path, secret=secret)
            case _:
                yield from self._scalar(node, kind, path)

    def _members(self, node: Node, kind: Members, path: str, *, secret: bool) -> Diagnostics:
        if not isinstance(node.value, dict):
            known = ", ".join(kind.members)
            yield self._at(rules.STRUCTURE, node, path, f"is {_form(node)}; write a mapping with members of {known}")
            return
        for name, value in node.members.items():
            member = kind.members.get(name)
            if member is None:
                said = "has a member that is none" if secret else f"{shortened(name)} is no member"
                # Within braces, an unquoted text goes on after a comma as a name without a value.
                comma = ", or the end of a text with a comma that needs quotation marks" if value.missing else ""
                wanted = ", ".join(kind.members)
                line = Node(node.key_lines[name], "")
                yield self._at(rules.STRUCTURE, line, path, f"{said}; there are {wanted}{comma}")
            else:
                yield from self.of(value, member.kind, _below(path, name), secret=secret or name == _SECRET_MEMBER)
        # A misspelt member is told above, and is not missing besides.
        there = node.members.keys() | _misspelt(node, kind)
        for name, member in kind.members.items():
            if member.required and name not in there:
                yield self._at(rules.STRUCTURE, node, path, f"{name} is missing")
        for group in kind.either:
            if len(given := [name for name in group if name in there]) != 1:
                yield self._at(rules.STRUCTURE, node, path, _one_of(group, given))
        for name, other in kind.only_with.items():
            if name in node.members and other not in there:
                yield self._at(rules.STRUCTURE, node, path, f"{name} is there without {other}; write both or neither")

    def _entries(self, node: Node, kind: Entries, path: str, *, secret: bool) -> Diagnostics:
        if not isinstance(node.value, dict):
            yield self._at(rules.STRUCTURE, node, path, f"is {_form(node)}; write a mapping from {kind.names}")
            return
        if not node.members:
            yield self._at(rules.STRUCTURE, node, path, "is empty; write one entry or more")
        for index, (name, value) in enumerate(node.members.items()):
            if is_blank(name):
                line = Node(node.key_lines[name], "")
                yield self._at(rules.VALUE, line, path, f"{kind.names} is empty; write one")
            hidden = secret and name not in self._public
            shown = f"{path}[{index}]" if hidden else _below(path, shortened(name))
            yield from self.of(value, kind.value, shown, secret=secret)

    def _either(self, node: Node, kind: Either, path: str, *, secret: bool) -> Diagnostics:
        chosen: Kind | None
        match node.value:
            case str():
                chosen = kind.scalar
            case list():
                chosen = kind.items
            case _:
                chosen = kind.members
        if chosen is not None:
            yield from self.of(node, chosen, path, secret=secret)
            return
        forms = [
            words
            for words, possible in (
                (_words(kind.scalar), kind.scalar),
                ("a list", kind.items),
                ("a mapping", kind.members),
            )
            if possible is not None
        ]
        yield self._at(rules.STRUCTURE, node, path, f"is {_form(node)}; write {' or '.join(forms)}")

    def _scalar(self, node: Node, kind: Text | Number | Flag | OneOf, path: str) -> Diagnostics:
        wanted = _words(kind)
        if not isinstance(node.value, str):
            yield self._at(rules.STRUCTURE, node, path, f"is {_form(node)}; write {wanted}")
        elif node.missing:
            yield self._at(rules.STRUCTURE, node, path, f"is empty; write {wanted}")
        elif not _fits(node, kind):
            number = isinstance(kind, Number)
            quoted = " without quotation marks" if number and not node.plain else ""
            zero = " without a zero before it" if number and _LEADING_ZERO.fullmatch(node.value) else ""
            yield self._at(rules.VALUE, node, path, f"must be {wanted}{quoted}{zero}")

    def _at(self, rule: Rule, node: Node, path: str, said: str) -> Diagnostic:
        place = f"line {node.line}, {path}" if path else f"line {node.line}"
        return rule.at(self._name, f"{place}: {said}")


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _misspelt(node: Node, kind: Members) -> set[str]:
    """Members that are not there, and are what a name that is none seems to mean."""
    absent = [name for name in kind.members if name not in node.members]
    wrong = [name for name in node.members if name not in kind.members and len(name) <= _LONGEST_NAME]
    return {meant for name in wrong for meant in difflib.get_close_matches(name, absent, n=1, cutoff=0.75)}


def _one_of(group: tuple[str, ...], given: list[str]) -> str:
    if given:
        return f"{' and '.join(given)} are there together; keep one of the two"
    return f"one of {', '.join(group)} is missing"


def _form(node: Node) -> str:
    if isinstance(node.value, str):
        return "empty" if node.missing else "a text"
    return "a list" if isinstance(node.value, list) else "a mapping"


def _words(kind: Text | Number | Flag | OneOf | None) -> str:
    match kind:
        case Text():
            return kind.wanted or ("a text with something to see in it" if kind.filled else "a text")
        case Number(fraction=True):
            return "a number such as 2.5"
        case Number():
            return f"a whole number from {kind.least} to {kind.most}"
        case OneOf():
            return f"one of {', '.join(kind.words)}" if len(kind.words) > 1 else kind.words[0]
        case _:
            return "true or false"


def _fits(node: Node, kind: Text | Number | Flag | OneOf) -> bool:
    text = node.text
    match kind:
        case Text():
            if kind.filled and is_blank(text):
                return False
            return not kind.pattern or re.fullmatch(kind.pattern, text) is not None
        case Number(fraction=True):
            return node.plain and _FRACTION.fullmatch(text) is not None and math.isfinite(float(text))
        case Number():
            if not node.plain or _LEADING_ZERO.fullmatch(text) or not _INTEGER.fullmatch(text):
                return False
            return kind.least <= int(text) <= kind.most
        case OneOf():
            return text in kind.words
        case Flag():
            return node.plain and text in ("true", "false")
