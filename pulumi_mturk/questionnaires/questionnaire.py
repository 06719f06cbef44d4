"""A test's file and its key's, read and checked: the documents to send, and what else the file says."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics, Rule
from pulumi_mturk.common.errors import InvalidInputError, refuse
from pulumi_mturk.common.text import shortened
from pulumi_mturk.common.worker_ids import redact
from pulumi_mturk.questionnaires import documents, file_format, reading
from pulumi_mturk.questionnaires.nodes import Node, read_nodes
from pulumi_mturk.questions.parsing import Form, Key, Ranges, form_of, key_of, length_problems
from pulumi_mturk.questions.scoring import bounds_of, passing_sums
from pulumi_mturk.questions.validation import findings_of_form, findings_of_key
from pulumi_mturk.questions.xml import MAX_BYTES
from pulumi_mturk.rules import answer_keys
from pulumi_mturk.rules import test_files as rules

_LARGEST_FILE = 4 * MAX_BYTES
_NAME_TOLD = 200
# The API's names, as the file has them. Findings on the documents are told in the file's words.
_IN_THE_FILE = {
    "AnswerKey": "key",
    "AnswerOption": "entry",
    "AnswerScore": "points",
    "DefaultScore": "otherwise",
    "FreeTextAnswer": "free_text",
    "InclusiveLowerBound": "from",
    "InclusiveUpperBound": "to",
    "MaxSelectionCount": "choose.max",
    "MaximumSummedScore": "value.percentage.of",
    "MinSelectionCount": "choose.min",
    "OtherSelection": "other",
    "QuestionForm": "test",
    "QuestionIdentifier": "id",
    "SelectionIdentifier": "id of a choice",
    "StyleSuggestion": "style",
    "SummedScoreRange": "range",
}
_API_NAME = re.compile(rf"\b({'|'.join(_IN_THE_FILE)})\b")
# What is found in the document of the key, and stands in the file of the test.
_OF_THE_VALUE = (answer_keys.RANGE_REVERSED, answer_keys.RANGES_OVERLAP, answer_keys.PERCENTAGE_OF_ANOTHER_SUM)


@dataclass(frozen=True)
class Questionnaire:
    """A sound test, and its key if it has one."""

    name: str
    test: str
    """The QuestionForm."""
    form: Form = field(repr=False)
    minutes: int | None
    retry_after: str | None
    pass_mark: int | None
    findings: tuple[Diagnostic, ...]
    """What is no error, in both files."""
    value: Node | None = field(repr=False)
    lines: Mapping[str, int] = field(repr=False)
    """Where the members of the test's file are."""
    marked: tuple[int, ...] = field(repr=False)
    """The lines of its texts with emphasis, which are XHTML in the form."""
    answer_key: str | None = field(default=None, repr=False)
    """The AnswerKey. Secret."""
    key: Key | None = field(default=None, repr=False)

    @property
    def test_duration_in_seconds(self) -> int | None:
        """How long a worker has for the test."""
        return None if self.minutes is None else 60 * self.minutes

    @property
    def retry_delay_in_seconds(self) -> int | None:
        """After how long a worker may try again; None for never, or where the file does not say."""
        if self.retry_after is None or self.retry_after == file_format.NEVER:
            return None
        return documents.seconds(self.retry_after)

    @property
    def needs_key(self) -> bool:
        """Whether the test's file says something that has no meaning without a key."""
        return self.answer_key is None and (self.value is not None or self.pass_mark is not None)

    @property
    def own_findings(self) -> tuple[Diagnostic, ...]:
        """Those on the files alone, which nobody could see in the documents that are sent."""
        own = {value for value in vars(rules).values() if isinstance(value, Rule)}
        return tuple(found for found in self.findings if found.rule in own)

    def with_key(self, text: str, name: str) -> "Questionnaire":
        """The same with a key. Raises `InvalidInputError`; no message quotes of the key more than ids of questions."""
        if self.answer_key is not None:
            said = "the key is in this file already (key: inline); leave one of the two out"
            raise InvalidInputError(rules.KEY_PLACE.at(self.name, said))
        answers, warnings = read_nodes(text, name)
        public = {question.identifier for question in self.form.questions}
        refuse(reading.check(answers, file_format.ANSWERS, name, secret=True, public=public))
        return _scored(self, answers, name, warnings)


def read_file(path: Path, key: Path | None = None) -> Questionnaire:
    """The test of a file, with the key of another. Raises `InvalidInputError` with all that is wrong in one of them."""
    found = read_text_of(path)
    if key is not None:
        return found.with_key(content_of(key), _name_of(key))
    if found.needs_key:
        said = "has a value or a pass_mark, which mean nothing without an answer key; give the key's file, or leave "
        raise InvalidInputError(rules.KEY_PLACE.at(found.name, f"{said}them out"))
    return found


def read_text_of(path: Path) -> Questionnaire:
    """The test of a file, whose key is looked at by itself. Raises `InvalidInputError`."""
    return read_text(content_of(path), _name_of(path))


def read_text(text: str, name: str) -> Questionnaire:
    """The test of a file's text. Raises `InvalidInputError`."""
    node, warnings = read_nodes(text, name)
    refuse(reading.check(node, file_format.TEST, name, secret=False, public=_question_ids(node)))
    writer = documents.FormWriter(name)
    root = writer.write(node)
    xml = documents.document_text(root)
    form = form_of(root)
    found = [*writer.problems, *_told([*length_problems(xml), *findings_of_form(form)], name, name)]
    refuse(found)
    questionnaire = Questionnaire(
        name=name,
        test=xml,
        form=form,
        minutes=_int(node.get("minutes")),
        retry_after=_text(node.get("retry_after")),
        pass_mark=_int(node.get("pass_mark")),
        findings=(*warnings, *found),
        value=node.get("value"),
        lines=node.key_lines,
        marked=tuple(dict.fromkeys(writer.marked)),
    )
    answers = node.get("answers")
    if answers is None:
        return questionnaire
    said = f"line {node.key_lines['key']}: the answers are in the test's own file, which more people see than should; "
    inline = rules.KEY_INLINE.at(
        name, f"{said}keep them in a file of their own, out of git, or in a secret of Pulumi's"
    )
    return _scored(questionnaire, answers, name, [inline])


def _question_ids(node: Node) -> set[str]:
    """The ids of a test's questions, before it is known to be a test."""
    questions = node.get("questions") if isinstance(node.value, dict) else None
    items = questions.value if questions is not None and isinstance(questions.value, list) else []
    ids = (item.value.get("id") for item in items if isinstance(item.value, dict))
    return {one.value for one in ids if one is not None and isinstance(one.value, str)}


def _scored(test: Questionnaire, answers: Node, name: str, findings: Iterable[Diagnostic]) -> Questionnaire:
    root = documents.answer_key(answers, test.value)
    text = documents.document_text(root)
    key = key_of(root)
    told = [*length_problems(text), *findings_of_key(key, test.form)]
    found = [
        *_told(told, test.name, name, test.lines.get("value", 0)),
        *_gaps(key, test.name, test.value),
    ]
    if not any(one.severity == "error" for one in found) and test.pass_mark is not None:
        found += _judged_bar(key, test.pass_mark, test.name, test.lines["pass_mark"])
    refuse(found)
    return replace(test, answer_key=text, key=key, findings=(*test.findings, *findings, *found))


def content_of(path: Path) -> str:
    """The text of a file. Raises `InvalidInputError`."""
    name = _name_of(path)
    try:
        with path.open("rb") as opened:
            content = opened.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        folder = redact(shortened(str(path.absolute().parent), _NAME_TOLD))
        raise InvalidInputError(rules.UNREADABLE.at(name, f"there is no such file in {folder}")) from None
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        said = error.strerror if isinstance(error, OSError) else "its name is none"
        raise InvalidInputError(rules.UNREADABLE.at(name, f"can't be read: {said}")) from None
    if len(content) > _LARGEST_FILE:
        said = f"has more than {_LARGEST_FILE:,} bytes, and a test has {MAX_BYTES:,} at most"
        raise InvalidInputError(rules.UNREADABLE.at(name, said))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError(rules.UNREADABLE.at(name, "is no text in UTF-8")) from None


def _name_of(path: Path) -> str:
    return redact(shortened(path.name or str(path), _NAME_TOLD))


def _told(findings: Iterable[Diagnostic], test: str, key: str, value_line: int = 0) -> Iterator[Diagnostic]:
    """Findings on the documents, at the file and in its words."""
    for found in findings:
        name = key if found.path == "answerKey" and found.rule not in _OF_THE_VALUE else test
        # The only one of a part of a document that has no line there.
        place = f"line {value_line}: " if found.rule is answer_keys.PERCENTAGE_OF_ANOTHER_SUM else ""
        message = _API_NAME.sub(lambda api: _IN_THE_FILE[api[1]], found.message)
        yield replace(found, path=name, message=f"{place}{message}")


def _gaps(key: Key, name: str, value: Node | None) -> Diagnostics:
    """The sums between two ranges that are in none. The ranges stand in the test's file, so they are no secret."""
    if not isinstance(key.mapping, Ranges) or value is None:
        return
    ordered = sorted(key.mapping.ranges, key=lambda one: one.lower)
    for before, after in pairwise(ordered):
        if after.lower > before.upper + 1:
            low, high = before.upper + 1, after.lower - 1
            sums = f"a sum of {low} is" if low == high else f"sums from {low} to {high} are"
            yield rules.GAP.at(name, f"{after.place}, value: {sums} in no range, and otherwise is what they give")


def _judged_bar(key: Key, bar: int, name: str, line: int) -> Diagnostics:
    place = f"line {line}, pass_mark"
    bounds = bounds_of(key)
    if bounds is None:
        return
    if bar > bounds[1]:
        said = f"{bar} is more than the key can give, which is {bounds[1]} at most; nobody would pass"
        yield rules.PASS_MARK_OUT_OF_REACH.at(name, f"{place}: {said}")
    elif bar <= bounds[0]:
        said = f"{bar} is what the key gives for any answers, {bounds[0]} at least; everybody would pass"
        yield rules.PASS_MARK_OF_ALL.at(name, f"{place}: {said}")
    elif (passing := passing_sums(key, bar)) is not None and passing[1]:
        sums = ", ".join(map(str, sorted(passing[1])[:5]))
        said = f"whether {sums} points reach {bar} depends on the rounding, which is not documented; choose another"
        yield rules.PASS_MARK_BY_ROUNDING.at(name, f"{place}: {said}")


def _int(node: Node | None) -> int | None:
    return None if node is None else int(node.text)


def _text(node: Node | None) -> str | None:
    return None if node is None else node.text
