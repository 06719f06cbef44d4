"""QuestionForm and AnswerKey out of a file's nodes that the format allows.

Each element knows the line of its node, so that whatever is found in the document is told with the line of the file.
Counts of choices are always written: where they are left out, some read 1 and some any number.
"""

import re
from typing import TYPE_CHECKING

from pulumi_mturk.questionnaires import file_format, markup
from pulumi_mturk.questionnaires.nodes import Node
from pulumi_mturk.questions.grammar import ANSWER_KEY, QUESTION_FORM
from pulumi_mturk.questions.xml import UnreadableError, line_of, parse
from pulumi_mturk.rules import questions as question_rules
from pulumi_mturk.rules import test_files as rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from pulumi_mturk.common.diagnostics import Diagnostic

_LAST_LINE = 65_535  # that an element can have
_PARTS = ("Question", "Overview")
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}


def seconds(duration: str) -> int:
    """The seconds of a duration in words, such as "7 days"."""
    found = re.fullmatch(file_format.DURATION, duration)
    if found is None:
        raise ValueError("no duration")
    return int(found[1]) * _SECONDS[found[2]]


def document_text(root: "etree._Element") -> str:
    """A document as it is sent: an element a line."""
    from lxml import etree

    etree.indent(root, space=" ")
    text = etree.tostring(root, encoding="unicode")
    return f"{text}\n"


class FormWriter:
    """The QuestionForm of a test's file.

    `problems` has what is wrong with the XML that it holds, `marked` the lines of the texts with marks, which are XHTML
    in the form.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._space = QUESTION_FORM.namespaces[0]
        self.problems: list[Diagnostic] = []
        self.marked: list[int] = []

    def write(self, test: Node) -> "etree._Element":
        """The form, from a file that is as the format says."""
        root = _root(self._space, QUESTION_FORM.root, test.line)
        title, intro = test.get("title"), test.get("intro")
        if (first := title or intro) is not None:
            overview = _add(root, "Overview", first.line)
            if title is not None:
                self._text(overview, "Title", title)
            if intro is not None:
                self._content(overview, intro)
        for part in test.members["questions"].items:
            if (overview_node := part.get("overview")) is not None:
                self._content(_add(root, "Overview", part.line), overview_node)
            elif (xml := part.get("xml")) is not None:
                root.extend(self._foreign(xml))
            else:
                self._question(root, part)
        return root

    def _question(self, root: "etree._Element", node: Node) -> None:
        question = _add(root, "Question", node.line)
        _add(question, "QuestionIdentifier", node.line).text = node.members["id"].text
        self._text(question, "DisplayName", node.get("name"))
        self._text(question, "IsRequired", node.get("required"))
        content = node.get("text") or node.members["content"]
        self._content(_add(question, "QuestionContent", content.line), content)
        answer = _add(question, "AnswerSpecification", node.line)
        if (free_text := node.get("free_text")) is not None:
            self._free_text(_add(answer, "FreeTextAnswer", free_text.line), free_text)
        else:
            self._selections(_add(answer, "SelectionAnswer", node.members["choices"].line), node)

    def _selections(self, answer: "etree._Element", node: Node) -> None:
        choose = node.members["choose"]
        for element, bound in (("MinSelectionCount", "min"), ("MaxSelectionCount", "max")):
            number = "1" if isinstance(choose.value, str) else choose.members[bound].text
            _add(answer, element, choose.line).text = str(int(number))
        self._text(answer, "StyleSuggestion", node.get("style"))
        selections = _add(answer, "Selections", node.members["choices"].line)
        for identifier, choice in node.members["choices"].members.items():
            selection = _add(selections, "Selection", choice.line)
            _add(selection, "SelectionIdentifier", choice.line).text = identifier
            if isinstance(choice.value, str):
                self._marked(selection, choice, inline=True)
            else:
                self._block(selection, choice, inline=True)
        if (other := node.get("other")) is not None:
            self._free_text(_add(selections, "OtherSelection", other.line), other)

    def _free_text(self, answer: "etree._Element", node: Node) -> None:
        numeric, length, formats = node.get("number"), node.get("length"), node.get("formats")
        if numeric is not None or length is not None or formats is not None:
            constraints = _add(answer, "Constraints", node.line)
            for kind, bounds, suffix in (("IsNumeric", numeric, "Value"), ("Length", length, "Length")):
                if bounds is not None:
                    element = _add(constraints, kind, bounds.line)
                    for bound, value in bounds.members.items():
                        element.set(f"{bound}{suffix}", str(int(value.text)))
            for one in formats.items if formats is not None else ():
                element = _add(constraints, "AnswerFormatRegex", one.line)
                for member, attribute in (("regex", "regex"), ("message", "errorText"), ("flags", "flags")):
                    if (found := one.get(member)) is not None:
                        element.set(attribute, markup.block_text(found.text))
        self._text(answer, "DefaultText", node.get("default"))
        if (lines := node.get("lines")) is not None:
            _add(answer, "NumberOfLinesSuggestion", lines.line).text = str(int(lines.text))

    def _content(self, parent: "etree._Element", node: Node) -> None:
        if isinstance(node.value, str):
            self._marked(parent, node, inline=False)
            return
        for block in node.items:
            self._block(parent, block, inline=False)

    def _block(self, parent: "etree._Element", block: Node, *, inline: bool) -> None:
        ((kind, node),) = block.members.items()
        match kind:
            case "title":
                self._text(parent, "Title", node)
            case "text":
                self._marked(parent, node, inline=inline)
            case "list":
                items = _add(parent, "List", node.line)
                for item in node.items:
                    self._text(items, "ListItem", item)
            case "formatted":
                self._xhtml(parent, markup.block_text(node.text), node)
            case _:
                self._binary(parent, node)

    def _marked(self, parent: "etree._Element", node: Node, *, inline: bool) -> None:
        text = markup.block_text(node.text)
        if (plain := markup.as_plain(text)) is not None:
            _add(parent, "Text", node.line).text = plain
        else:
            self.marked.append(node.line)
            self._xhtml(parent, markup.as_xhtml(text, inline=inline), node)

    def _xhtml(self, parent: "etree._Element", xhtml: str, node: Node) -> None:
        from lxml import etree

        content = _add(parent, "FormattedContent", node.line)
        content.text = xhtml if "]]>" in xhtml else etree.CDATA(xhtml)

    def _binary(self, parent: "etree._Element", node: Node) -> None:
        binary = _add(parent, "Binary", node.line)
        mime_type = _add(binary, "MimeType", node.line)
        self._text(mime_type, "Type", node.members["type"])
        self._text(mime_type, "SubType", node.get("subtype"))
        self._text(binary, "DataURL", node.members["url"])
        self._text(binary, "AltText", node.members["alt"])

    def _foreign(self, node: Node) -> "Iterator[etree._Element]":
        """The one Question or Overview of a text of XML."""
        first = node.line + node.is_block  # of the XML's own lines
        try:
            element = parse(node.text)
        except UnreadableError as error:
            self.problems.append(question_rules.UNREADABLE.at(self._name, f"line {node.line}, xml: {error}"))
            return
        for one in element.iter("*"):
            _put_at(one, first + line_of(one) - 1)
            space, _, local = str(one.tag).rpartition("}")
            if space.removeprefix("{") in ("", *QUESTION_FORM.namespaces):
                one.tag = f"{{{self._space}}}{local}"
        if element.tag not in [f"{{{self._space}}}{part}" for part in _PARTS]:
            said = f"line {node.line}, xml: the outermost element must be {' or '.join(_PARTS)}; write each in its own"
            self.problems.append(rules.STRUCTURE.at(self._name, said))
            return
        yield element

    def _text(self, parent: "etree._Element", kind: str, node: Node | None) -> None:
        if node is not None:
            _add(parent, kind, node.line).text = markup.block_text(node.text)


def answer_key(answers: Node, value: Node | None) -> "etree._Element":
    """The AnswerKey of the scored answers, and of how their sum becomes the score."""
    root = _root(ANSWER_KEY.namespaces[0], ANSWER_KEY.root, answers.line)
    for identifier, scored in answers.members.items():
        question = _add(root, "Question", answers.key_lines[identifier])
        _add(question, "QuestionIdentifier", answers.key_lines[identifier]).text = identifier
        for one in scored.items:
            if "otherwise" in one.members:
                continue
            option = _add(question, "AnswerOption", one.line)
            for choice in one.members["when"].items:
                _add(option, "SelectionIdentifier", choice.line).text = choice.text
            _number(option, "AnswerScore", one.members["points"])
        for one in scored.items:  # which come last in XML, wherever they stand here; more than one is found there
            if (otherwise := one.get("otherwise")) is not None:
                _number(question, "DefaultScore", otherwise)
    if value is not None and not isinstance(value.value, str):
        _mapping(_add(root, "QualificationValueMapping", value.line), value)
    return root


def _mapping(parent: "etree._Element", value: Node) -> None:
    if (percentage := value.get("percentage")) is not None:
        _number(_add(parent, "PercentageMapping", percentage.line), "MaximumSummedScore", percentage.members["of"])
    elif (scale := value.get("scale")) is not None:
        mapping = _add(parent, "ScaleMapping", scale.line)
        _add(mapping, "SummedScoreMultiplier", scale.line).text = scale.text
    else:
        mapping = _add(parent, "RangeMapping", value.members["ranges"].line)
        for one in value.members["ranges"].items:
            summed = _add(mapping, "SummedScoreRange", one.line)
            _number(summed, "InclusiveLowerBound", one.members["from"])
            _number(summed, "InclusiveUpperBound", one.members["to"])
            _number(summed, "QualificationValue", one.members["value"])
        _number(mapping, "OutOfRangeQualificationValue", value.members["otherwise"])


def _number(parent: "etree._Element", kind: str, node: Node) -> None:
    _add(parent, kind, node.line).text = str(int(node.text))


def _root(space: str, kind: str, line: int) -> "etree._Element":
    root = parse(f'<{kind} xmlns="{space}"/>')
    _put_at(root, line)
    return root


def _add(parent: "etree._Element", kind: str, line: int) -> "etree._Element":
    from lxml import etree

    space = str(parent.tag).rpartition("}")[0]
    child = etree.SubElement(parent, f"{space}}}{kind}")
    _put_at(child, line)
    return child


def _put_at(element: "etree._Element", line: int) -> None:
    element.sourceline = min(line, _LAST_LINE)  # type: ignore[assignment]  # which lxml-stubs take for no int
