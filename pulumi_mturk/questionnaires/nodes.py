"""YAML as it is written: each scalar is the text that stands there, and each part knows its line.

YAML 1.1 reads `yes`, `1.10`, `12:30` and `010` as True, 1.1, 750 and 8. Nothing is resolved here: what a text is taken
for is said by `file_format`. What hides or repeats content is refused: aliases, anchors, tags, a key given
twice, a second document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from pulumi_mturk.common.characters import xml_problem
from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.rules import form
from pulumi_mturk.rules import test_files as rules

_DEEPEST = 24  # levels; the format has ten
_CUT_OFF = re.compile(r"[ \t]+#[^\s#!]")
# PyYAML ends a text in {…} at a question mark, which YAML 1.2 and other readers of 1.1 don't. Written so while it is
# read, each is a part of its text; the noncharacter itself is refused. `? key` is no part of this format anyway.
_QUESTION_MARK = "\ufdd0"
_QUOTE = (
    'put a text in quotation marks if it has ": " or " #" in it, begins with a sign such as * & ! { [ @, or stands in '
    "{…} or […] and has a comma"
)


@dataclass
class Node:
    """A part of a file: a text, a list or a mapping, with the line that it begins in."""

    line: int
    value: "str | list[Node] | dict[str, Node]"
    plain: bool = False
    """Whether a text is written without quotation marks or a block."""
    is_block: bool = False
    """Whether a text is written as it is in the lines that follow `|`."""
    key_lines: dict[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of a scalar."""
        if not isinstance(self.value, str):
            raise TypeError("no text")
        return self.value

    @property
    def items(self) -> "list[Node]":
        """The items of a list."""
        if not isinstance(self.value, list):
            raise TypeError("no list")
        return self.value

    @property
    def members(self) -> "dict[str, Node]":
        """The members of a mapping, in their order."""
        if not isinstance(self.value, dict):
            raise TypeError("no mapping")
        return self.value

    def get(self, name: str) -> "Node | None":
        """A member of a mapping."""
        return self.members.get(name)

    @property
    def missing(self) -> bool:
        """Whether nothing is written here."""
        return self.value == "" and self.plain


Events: TypeAlias = Iterator[Any]


def read_nodes(text: str, name: str) -> tuple[Node, list[Diagnostic]]:
    """The outermost node of a file, and warnings. Raises `InvalidInputError`, which quotes nothing of the text."""
    return _Reading(text, name).read()


class _Reading:
    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self._found: list[Diagnostic] = []
        self._warnings: list[Diagnostic] = []

    def read(self) -> tuple[Node, list[Diagnostic]]:
        if (at := self._text.find(_QUESTION_MARK)) >= 0:
            raise self._unfit(at)
        root: Node | None = None
        events = self._events()
        for event in events:
            if isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                continue
            if not isinstance(event, yaml.DocumentStartEvent):
                raise TypeError(type(event))
            if root is not None:
                raise self._stop(event, "a second document begins here (---): write one test a file")
            root = self._node(next(events), events, 0)
        if root is None or root.missing:
            raise InvalidInputError(rules.NOT_YAML.at(self._name, "the file is empty"))
        if self._found:
            raise InvalidInputError(*self._found)
        return root, self._warnings

    def _events(self) -> Events:
        try:
            yield from yaml.parse(self._text.replace("?", _QUESTION_MARK), Loader=yaml.SafeLoader)
        except yaml.reader.ReaderError as error:
            raise self._unfit(error.position) from None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark is not None else ""
            said = f"{place}this is no YAML; begin the lines of one list or mapping in one column, and {_QUOTE}"
            raise InvalidInputError(rules.NOT_YAML.at(self._name, said)) from None

    def _node(self, event: Any, events: Events, depth: int) -> Node:
        if depth > _DEEPEST:
            raise self._stop(event, "lists and mappings are nested deeper here than in any test")
        if isinstance(event, yaml.AliasEvent):
            raise self._stop(event, f"a text that begins with * is an alias in YAML; {_QUOTE}")
        if event.anchor is not None or event.tag is not None:
            raise self._stop(event, f"a text that begins with & or ! is an anchor or a tag in YAML; {_QUOTE}")
        line = event.start_mark.line + 1
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._node(event, events, depth + 1))
            return Node(line, items)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(line, events, depth)
        return self._scalar(event, line)

    def _mapping(self, line: int, events: Events, depth: int) -> Node:
        members: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key.value, str):
                raise self._stop(event, "a list or a mapping is no name of a member; put a text in quotation marks")
            if key.value in members:
                self._found.append(
                    rules.KEY_TWICE.at(
                        self._name,
                        f"line {key.line}: the key of this line is there already, in line {lines[key.value]}; keep one",
                    )
                )
            members[key.value] = value
            lines[key.value] = key.line
        return Node(line, members, key_lines=lines)

    def _scalar(self, event: Any, line: int) -> Node:
        value: str = event.value.replace(_QUESTION_MARK, "?")
        if problem := xml_problem(value):
            self._found.append(form.CONTROL_CHARACTER.at(self._name, f"line {line}: {problem}"))
        if event.style is None and value and _CUT_OFF.match(self._text, event.end_mark.index):
            said = "the text ends before #, which begins a comment; put the text in quotation marks if # belongs to it"
            self._warnings.append(rules.CUT_OFF.at(self._name, f"line {event.end_mark.line + 1}: {said}"))
        return Node(line, value, plain=event.style is None, is_block=event.style == "|")

    def _unfit(self, at: int) -> InvalidInputError:
        line = self._text.count("\n", 0, at) + 1
        said = f"line {line}: has a character that no test can have (U+{ord(self._text[at]):04X}); leave it out"
        return InvalidInputError(rules.NOT_YAML.at(self._name, said))

    def _stop(self, event: Any, said: str) -> InvalidInputError:
        return InvalidInputError(rules.NOT_YAML.at(self._name, f"line {event.start_mark.line + 1}: {said}"))
