"""The Python program of an account, and the files beside it that it reads."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pulumi_mturk.account.names import variable
from pulumi_mturk.account.reading import BLOCK, TYPE, Account, Found
from pulumi_mturk.common.names import to_snake
from pulumi_mturk.common.text import listed
from pulumi_mturk.eligibility.system_types import system_id, system_name
from pulumi_mturk.rosters.encoding import decode

PRIVATE, QUESTIONS = "private", "questions"
BLOCKS_FILE = f"{PRIVATE}/blocks.csv"
_WIDTH = 120
_INDENT = "    "


@dataclass
class Program:
    """The text of the program, and the texts of the files beside it by their names."""

    text: str = ""
    files: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def private_files(self) -> list[str]:
        """Those that name people, or hold the key to a test."""
        return [name for name in self.files if name.startswith(f"{PRIVATE}/")]


def program_of(account: Account) -> Program:
    """The program that declares all that was found."""
    written = _Writer(account)
    return Program(written.text(), written.files)


class _Writer:
    def __init__(self, account: Account) -> None:
        self._account = account
        self.files: dict[str, str] = {}
        own = {found.id: found for found in account.types}
        named = {found.inputs["qualificationTypeId"] for found in account.rosters}
        named |= {rule["qualificationTypeId"] for found in account.hit_types for rule in _rules(found)}
        # Types that other resources of the program name, and so by their variables.
        self._variables = {id_: variable(own[id_].thing.name) for id_ in named & own.keys()}

    def text(self) -> str:
        blocks = list(self._blocks())
        head = [
            '"""A Mechanical Turk account, as `pulumi-mturk adopt` found it."""\n',
            *(["import csv"] if blocks else []),
            "from pathlib import Path\n",
            "import pulumi_mturk as mturk\n",
            "HERE = Path(__file__).parent\n",
        ]
        parts = [self._declared(found) for found in self._account.resources if found.thing.token != BLOCK]
        return "\n".join([*head, *parts, *blocks])

    def _declared(self, found: Found) -> str:
        lines = [f"{_INDENT}{_literal(found.thing.name)},"]
        for name, value in found.inputs.items():
            lines.append(f"{_INDENT}{to_snake(name)}={self._argument(found, name, value)},")
        assigned = self._variables.get(found.id) if found.thing.token == TYPE else None
        call = f"mturk.{found.thing.token}(\n" + "\n".join(lines) + "\n)\n"
        return "".join([*map("# {}\n".format, self._remarks(found)), f"{assigned} = {call}" if assigned else call])

    def _remarks(self, found: Found) -> Iterator[str]:
        if number := self._account.unlisted.get(found.id):
            yield f"Workers who hold it by its test, or by asking, stay as they are ({number})."
        if found.has_mark:
            yield "A stack has made it. If that stack is alive, it and this one would both change and delete it."
        if texts := found.public_texts_with_workers:
            yield f"A worker's id seems to stand in {listed(map(to_snake, texts))}: personal data, for all to read."

    def _argument(self, found: Found, name: str, value: Any) -> str:
        own = found.thing.name
        match name:
            case "test":
                return self._document(f"{QUESTIONS}/{own}.xml", value)
            case "answerKey":
                return self._document(f"{PRIVATE}/{own}.key.xml", value)
            case "workers":
                return self._list(f"{PRIVATE}/{own}.csv", value)
            case "qualificationTypeId":
                return self._type(value)
            case "qualificationRequirements":
                rules = "".join(f"{_INDENT * 2}{self._rule(rule)},\n" for rule in value)
                return f"[\n{rules}{_INDENT}]"
            case _:
                return _literal(value, indent=len(to_snake(name)) + 5)

    def _document(self, file: str, text: str) -> str:
        self.files[file] = text
        return f'(HERE / "{file}").read_text(encoding="utf-8")'

    def _list(self, file: str, workers: str) -> str:
        roster = decode(workers)
        if roster.scored:
            self.files[file] = _csv(("WorkerId", "Score"), roster.scores.items())
            return f'mturk.workers_from_csv(HERE / "{file}", score="Score")'
        self.files[file] = _csv(("WorkerId",), ((worker,) for worker in roster.scores))
        return f'mturk.workers_from_csv(HERE / "{file}")'

    def _type(self, type_id: str) -> str:
        name = system_name(type_id)
        # Masters has one id in production and another in the sandbox; the name stands for that of the environment.
        stands_for_it = name is not None and system_id(name, self._account.environment) == type_id
        return self._variables.get(type_id) or _literal(name if stands_for_it else type_id)

    def _rule(self, rule: Mapping[str, Any]) -> str:
        arguments = [self._type(rule["qualificationTypeId"]), _literal(rule["comparator"])]
        if integers := rule.get("integerValues"):
            arguments.append(f"integer_values={integers}")
        if locales := rule.get("localeValues"):
            arguments.append(f"locale_values=[{', '.join(map(_locale, locales))}]")
        if (guarded := rule.get("actionsGuarded", "Accept")) != "Accept":
            arguments.append(f"actions_guarded={_literal(guarded)}")
        line = f"mturk.QualificationRequirement({', '.join(arguments)})"
        if len(line) + 2 * len(_INDENT) < _WIDTH:
            return line
        return (
            "mturk.QualificationRequirement(\n"
            + "".join(f"{_INDENT * 3}{one},\n" for one in arguments)
            + f"{_INDENT * 2})"
        )

    def _blocks(self) -> Iterator[str]:
        if not self._account.blocks:
            return
        rows = [(one.thing.name, one.inputs["workerId"], one.inputs["reason"]) for one in self._account.blocks]
        # Left to itself Python 3.11 puts no quotes round a carriage return, and reads it as the end of the row.
        self.files[BLOCKS_FILE] = _csv(("Name", "WorkerId", "Reason"), rows, csv.QUOTE_ALL)
        yield f'with (HERE / "{BLOCKS_FILE}").open(encoding="utf-8", newline="") as file:'
        yield f"{_INDENT}for block in csv.DictReader(file):"
        yield f'{_INDENT * 2}mturk.WorkerBlock(block["Name"], worker_id=block["WorkerId"], reason=block["Reason"])'
        yield ""


def _rules(found: Found) -> list[Mapping[str, Any]]:
    return list(found.inputs.get("qualificationRequirements", ()))


def _locale(locale: Mapping[str, str]) -> str:
    return f"mturk.Locale({', '.join(map(_literal, filter(None, (locale['country'], locale.get('subdivision')))))})"


def _csv(header: Iterable[str], rows: Iterable[Iterable[Any]], quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=quoting)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _literal(value: Any, indent: int = 0) -> str:
    """A value as Python writes it; a text that is too long for its line, in parts."""
    if not isinstance(value, str):
        return repr(value)
    whole = _text(value)
    if indent + len(whole) < _WIDTH:
        return whole
    room = _WIDTH - 2 * len(_INDENT) - 20  # for what has to be escaped
    parts = re.findall(rf"(?s).{{1,{room}}}(?:\s|\Z)|.{{1,{room}}}", value)
    return "(\n" + "\n".join(f"{_INDENT * 2}{_text(part)}" for part in parts) + f"\n{_INDENT})"


def _text(value: str) -> str:
    """A text in quotation marks; what can't be seen is escaped."""
    return f'"{"".join(map(_character, value))}"'


def _character(character: str) -> str:
    if character in ('"', "\\"):
        return f"\\{character}"
    return character if character.isprintable() else character.encode("unicode_escape").decode()
