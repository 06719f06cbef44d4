"""Question forms as a page needs them: what is shown, what can be answered, and what a worker's answers are.

A form that the schema would not allow is shown as far as it can be read: what a requester made is never a reason for
a page to fail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from lxml import etree
from markupsafe import Markup

from pulumi_mturk.marketplace.site import xhtml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Control = Literal["radio", "checkbox", "select", "multiselect"]
_MOST_LINES: Final = 60
_NO_HTML: Final = Markup()


@dataclass(frozen=True)
class Block:
    """A piece of content: a heading, a paragraph, a list, XHTML, a medium, or a link to one."""

    kind: Literal["title", "text", "list", "html", "image", "audio", "video", "link"]
    text: str = ""
    """The words; of a medium its description."""
    items: tuple[str, ...] = ()
    html: Markup = _NO_HTML
    url: str = ""
    width: str = ""
    height: str = ""


@dataclass(frozen=True)
class FreeText:
    """An answer that the worker writes."""

    lines: int = 1
    default: str = ""
    numeric: bool = False
    least_value: str = ""
    most_value: str = ""
    least_length: int = 0
    most_length: int | None = None
    pattern: str = ""
    """What JavaScript checks in the browser (documented), as HTML's attribute `pattern`."""
    pattern_text: str = ""

    @property
    def hints(self) -> list[str]:
        """What is asked of the answer, in words."""
        hints = []
        if self.numeric:
            bounds = [
                f"{word} {value}" for word, value in (("from", self.least_value), ("to", self.most_value)) if value
            ]
            hints.append(" ".join(["A number", *bounds]) + ".")
        if self.least_length or self.most_length is not None:
            least = f"at least {self.least_length}" if self.least_length else ""
            most = f"at most {self.most_length}" if self.most_length is not None else ""
            hints.append(f"{' and '.join(filter(None, (least, most))).capitalize()} characters.")
        if self.pattern_text:
            hints.append(self.pattern_text)
        return hints


@dataclass(frozen=True)
class Option:
    """One of the selections of a question."""

    identifier: str
    content: Block


@dataclass(frozen=True)
class Selection:
    """An answer that the worker chooses."""

    control: Control
    least: int
    most: int
    options: tuple[Option, ...]
    rows: int = 0
    other: FreeText | None = None

    @property
    def hint(self) -> str:
        """How many may be chosen, in words; empty where it is one."""
        if self.most == 1:
            return ""
        if self.least == self.most:
            return f"Choose {self.most}."
        return f"Choose {self.least} to {self.most}." if self.least > 0 else f"Choose at most {self.most}."


@dataclass(frozen=True)
class Question:
    """A question and what can be answered."""

    number: int
    identifier: str
    name: str
    required: bool
    content: tuple[Block, ...]
    answer: FreeText | Selection

    @property
    def field(self) -> str:
        """The form field's name: not the identifier, which may be anything."""
        return f"question-{self.number}"


@dataclass(frozen=True)
class Form:
    """A form's parts in their order: overviews (content alone) and questions."""

    parts: tuple[tuple[Block, ...] | Question, ...]

    @property
    def questions(self) -> list[Question]:
        """The questions alone."""
        return [part for part in self.parts if isinstance(part, Question)]


@dataclass
class Given:
    """What a worker sent: answers as (question, value) pairs, and by question what is wrong with them."""

    answers: list[tuple[str, str]] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)


def read_form(text: str) -> Form:
    """The form that an XML text describes; what can not be read is left out."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    parts: list[tuple[Block, ...] | Question] = []
    number = 0
    for element in root.iterchildren("*") if root is not None else ():
        match _name(element):
            case "Overview":
                parts.append(tuple(_blocks(element)))
            case "Question":
                number += 1
                parts.append(_question(element, number))
    return Form(tuple(parts))


def read_answers(form: Form, values: dict[str, list[str]]) -> Given:
    """The answers in the fields that a browser sent; fields that the form does not have are left out."""
    given = Given()
    for question in form.questions:
        sent = values.get(question.field, [])
        if isinstance(question.answer, FreeText):
            answer = sent[0].replace("\r\n", "\n") if sent else ""
            found, problem = ([answer] if answer else []), _free_text_problem(question.answer, answer)
        else:
            written = (values.get(f"{question.field}-other") or [""])[0].strip()
            known = {option.identifier for option in question.answer.options}
            found = list(dict.fromkeys(value for value in sent if value in known))
            if written and question.answer.other is not None:
                found.append(written)
            problem = _selection_problem(question.answer, len(found))
        if not found:
            problem = "This question has to be answered." if question.required else ""
        if problem:
            given.problems[question.number] = problem
        given.answers += [(question.identifier, value) for value in found]
    return given


def _free_text_problem(rule: FreeText, answer: str) -> str:
    if rule.numeric and not _in_bounds(rule, answer):
        return "The answer has to be a number within the bounds."
    if len(answer) < rule.least_length:
        return f"The answer has to have at least {rule.least_length} characters."
    if rule.most_length is not None and len(answer) > rule.most_length:
        return f"The answer has to have at most {rule.most_length} characters."
    return ""


def _in_bounds(rule: FreeText, answer: str) -> bool:
    try:
        value = float(answer)
        return (not rule.least_value or value >= float(rule.least_value)) and (
            not rule.most_value or value <= float(rule.most_value)
        )
    except ValueError:
        return False


def _selection_problem(rule: Selection, chosen: int) -> str:
    if chosen > rule.most:
        return f"At most {rule.most} can be chosen."
    return f"At least {rule.least} have to be chosen." if chosen < rule.least else ""


def _question(element: etree._Element, number: int) -> Question:
    content = element.find("{*}QuestionContent")
    specification = element.find("{*}AnswerSpecification")
    selection = specification.find("{*}SelectionAnswer") if specification is not None else None
    free = specification.find("{*}FreeTextAnswer") if specification is not None else None
    return Question(
        number=number,
        identifier=_text(element.find("{*}QuestionIdentifier")),
        name=_text(element.find("{*}DisplayName")) or f"Question {number}",
        required=_text(element.find("{*}IsRequired")) in ("true", "1"),
        content=tuple(_blocks(content)) if content is not None else (),
        answer=_free_text(free) if selection is None else _selection(selection),
    )


def _selection(element: etree._Element) -> Selection:
    options = tuple(map(_option, element.iterfind("{*}Selections/{*}Selection")))
    other = element.find("{*}Selections/{*}OtherSelection")
    most = max(1, _whole_number(element.find("{*}MaxSelectionCount"), 1))
    return Selection(
        control=_control(_text(element.find("{*}StyleSuggestion")), options, most=most),
        least=_whole_number(element.find("{*}MinSelectionCount"), 1),
        most=most,
        options=options,
        rows=min(max(len(options), 2), 12) if _text(element.find("{*}StyleSuggestion")) == "list" else 0,
        other=None if other is None else _free_text(other),
    )


def _control(style: str, options: Sequence[Option], *, most: int) -> Control:
    """What the style suggests, where it can hold the options (guessed: what the site did with others is unknown)."""
    listed = style in ("dropdown", "combobox", "list", "multichooser")
    if listed and all(option.content.kind == "text" for option in options):
        return "select" if most == 1 else "multiselect"
    return "radio" if most == 1 else "checkbox"


def _option(element: etree._Element) -> Option:
    return Option(_text(element.find("{*}SelectionIdentifier")), next(_blocks(element), Block("text")))


def _free_text(element: etree._Element | None) -> FreeText:
    if element is None:
        return FreeText()
    numeric = element.find("{*}Constraints/{*}IsNumeric")
    length = element.find("{*}Constraints/{*}Length")
    formats = element.findall("{*}Constraints/{*}AnswerFormatRegex")
    most = length.get("maxLength") if length is not None else None
    return FreeText(
        lines=min(max(1, _whole_number(element.find("{*}NumberOfLinesSuggestion"), 1)), _MOST_LINES),
        default=_text(element.find("{*}DefaultText"), strip=False),
        numeric=numeric is not None,
        least_value=(numeric.get("minValue") or "").strip() if numeric is not None else "",
        most_value=(numeric.get("maxValue") or "").strip() if numeric is not None else "",
        least_length=_number((length.get("minLength") or "") if length is not None else "", 0),
        most_length=None if most is None else _number(most, 0) or None,
        pattern=_pattern(formats),
        pattern_text=" ".join(filter(None, ((each.get("errorText") or "").strip() for each in formats))),
    )


def _pattern(formats: Sequence[etree._Element]) -> str:
    """A match anywhere in the answer, as JavaScript's `test` finds it; HTML's attribute matches the whole."""
    looks = []
    for each in formats:
        expression = each.get("regex") or ""
        if expression and (each.get("flags") or "") == "i":
            expression = f"(?i:{expression})"
        looks.append(rf"(?=[\s\S]*(?:{expression}))" if expression else "")
    return "".join(looks) + r"[\s\S]*" if any(looks) else ""


def _blocks(element: etree._Element) -> Iterator[Block]:
    for child in element.iterchildren("*"):
        match _name(child):
            case "Title":
                yield Block("title", _text(child))
            case "Text":
                yield Block("text", _text(child))
            case "List":
                yield Block("list", items=tuple(map(_text, child.iterfind("{*}ListItem"))))
            case "FormattedContent":
                yield Block("html", _text(child), html=xhtml.safe(_text(child)))
            case "Binary" | "EmbeddedBinary":
                yield _medium(child)


def _medium(element: etree._Element) -> Block:
    url, words = _text(element.find("{*}DataURL")), _text(element.find("{*}AltText"))
    mime_type = element.find("{*}MimeType")
    if mime_type is None:
        mime_type = element.find("{*}EmbeddedMimeType")
    kind = _text(mime_type.find("{*}Type")) if mime_type is not None else ""
    if not xhtml.is_media(url):
        return Block("text", words)
    match kind:
        case "image" | "audio" | "video":
            return Block(kind, words, url=url, width=_pixels(element, "Width"), height=_pixels(element, "Height"))
        case _:  # an applet: no browser runs it any more
            return Block("link", words or url, url=url)


def _pixels(element: etree._Element, name: str) -> str:
    return str(_whole_number(element.find(f"{{*}}{name}"), 0) or "")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _text(element: etree._Element | None, *, strip: bool = True) -> str:
    if element is None:
        return ""
    text = "".join(map(str, element.itertext(with_tail=False)))
    return text.strip() if strip else text


def _whole_number(element: etree._Element | None, default: int) -> int:
    return _number(_text(element), default)


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"\s*\+?[0-9]{1,9}\s*", text, re.ASCII) else default
