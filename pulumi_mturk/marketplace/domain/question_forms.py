"""QuestionForm documents, parsed for display: content, questions and the allowed answers.

A form that breaks the schema is shown as far as it can be read: no form makes a page fail.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from lxml import etree

from pulumi_mturk.marketplace.domain.safe_xml import recover_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pulumi_mturk.marketplace.switches import Switches

Control = Literal["radio", "checkbox", "select", "multiselect"]
_MAX_LINES: Final = 60
_MEDIA_URL: Final = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True)
class ContentBlock:
    """A block of content: a heading, a paragraph, a list, XHTML, a medium, or a link to one."""

    kind: Literal["title", "text", "list", "html", "image", "audio", "video", "link"]
    text: str = ""
    """The text; of `html` the requester's unsanitized source; of a medium its description."""
    items: tuple[str, ...] = ()
    url: str = ""
    width: str = ""
    height: str = ""


@dataclass(frozen=True)
class FreeText:
    """A free-text answer and its constraints."""

    lines: int = 1
    default: str = ""
    numeric: bool = False
    min_value: str = ""
    max_value: str = ""
    min_length: int = 0
    max_length: int | None = None
    pattern: str = ""
    """The AnswerFormatRegex, which browsers check (documented), as HTML's attribute `pattern`."""
    pattern_text: str = ""

    @property
    def hints(self) -> list[str]:
        """The constraints as text."""
        hints = []
        if self.numeric:
            bounds = [f"{word} {value}" for word, value in (("from", self.min_value), ("to", self.max_value)) if value]
            hints.append(" ".join(["A number", *bounds]) + ".")
        if self.min_length or self.max_length is not None:
            minimum = f"at least {self.min_length}" if self.min_length else ""
            maximum = f"at most {self.max_length}" if self.max_length is not None else ""
            hints.append(f"{' and '.join(filter(None, (minimum, maximum))).capitalize()} characters.")
        if self.pattern_text:
            hints.append(self.pattern_text)
        return hints


@dataclass(frozen=True)
class Option:
    """One of the selections of a question."""

    identifier: str
    content: ContentBlock


@dataclass(frozen=True)
class Selection:
    """An answer by selections."""

    control: Control
    min_selections: int
    max_selections: int
    options: tuple[Option, ...]
    rows: int = 0
    other: FreeText | None = None

    @property
    def hint(self) -> str:
        """The allowed number of selections as text; empty for one."""
        if self.max_selections == 1:
            return ""
        if self.min_selections == self.max_selections:
            return f"Choose {self.max_selections}."
        return (
            f"Choose {self.min_selections} to {self.max_selections}."
            if self.min_selections > 0
            else f"Choose at most {self.max_selections}."
        )


@dataclass(frozen=True)
class Question:
    """A question and its allowed answer."""

    number: int
    identifier: str
    name: str
    required: bool
    content: tuple[ContentBlock, ...]
    answer: FreeText | Selection

    @property
    def field(self) -> str:
        """The name of the HTML form field; the identifier could hold any character."""
        return f"question-{self.number}"


@dataclass(frozen=True)
class Form:
    """A form's parts in order: overviews (only content) and questions."""

    parts: tuple[tuple[ContentBlock, ...] | Question, ...]

    @property
    def questions(self) -> list[Question]:
        """The questions, without overviews."""
        return [part for part in self.parts if isinstance(part, Question)]


def read_form(text: str, switches: Switches) -> Form:
    """Parse a form; unreadable parts are left out."""
    root = recover_xml(text)
    parts: list[tuple[ContentBlock, ...] | Question] = []
    number = 0
    for element in root.iterchildren("*") if root is not None else ():
        match _name(element):
            case "Overview":
                parts.append(tuple(_blocks(element)))
            case "Question":
                number += 1
                parts.append(_question(element, number, switches))
    return Form(tuple(parts))


def most_selections(answer: etree._Element, switches: Switches) -> int:
    """MaxSelectionCount, or one choice where it is left out (documented).

    Checkboxes and a multichooser take any number without it (guessed; a switch).
    """
    given = _whole_number(answer.find("{*}MaxSelectionCount"), 0)
    several = _text(answer.find("{*}StyleSuggestion")) in ("checkbox", "multichooser")
    if not given and several and switches.selections_without_maximum == "any":
        given = len(answer.findall("{*}Selections/{*}*"))
    return max(1, given)


def _question(element: etree._Element, number: int, switches: Switches) -> Question:
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
        answer=_free_text(free) if selection is None else _selection(selection, switches),
    )


def _selection(element: etree._Element, switches: Switches) -> Selection:
    options = tuple(map(_option, element.iterfind("{*}Selections/{*}Selection")))
    other = element.find("{*}Selections/{*}OtherSelection")
    maximum = most_selections(element, switches)
    return Selection(
        control=_control(_text(element.find("{*}StyleSuggestion")), options, maximum=maximum),
        min_selections=_whole_number(element.find("{*}MinSelectionCount"), 1),
        max_selections=maximum,
        options=options,
        rows=min(max(len(options), 2), 12) if _text(element.find("{*}StyleSuggestion")) == "list" else 0,
        other=None if other is None else _free_text(other),
    )


def _control(style: str, options: Sequence[Option], *, maximum: int) -> Control:
    """The suggested style if it can show the options (guessed: what the real site does otherwise is unknown)."""
    listed = style in ("dropdown", "combobox", "list", "multichooser")
    if listed and all(option.content.kind == "text" for option in options):
        return "select" if maximum == 1 else "multiselect"
    lone_checkbox = style == "checkbox" and len(options) == 1  # can be unticked, which a radio button can not
    return "radio" if maximum == 1 and not lone_checkbox else "checkbox"


def _option(element: etree._Element) -> Option:
    return Option(_text(element.find("{*}SelectionIdentifier")), next(_blocks(element), ContentBlock("text")))


def _free_text(element: etree._Element | None) -> FreeText:
    if element is None:
        return FreeText()
    numeric = element.find("{*}Constraints/{*}IsNumeric")
    length = element.find("{*}Constraints/{*}Length")
    formats = element.findall("{*}Constraints/{*}AnswerFormatRegex")
    maximum = length.get("maxLength") if length is not None else None
    return FreeText(
        lines=min(max(1, _whole_number(element.find("{*}NumberOfLinesSuggestion"), 1)), _MAX_LINES),
        default=_text(element.find("{*}DefaultText"), strip=False),
        numeric=numeric is not None,
        min_value=(numeric.get("minValue") or "").strip() if numeric is not None else "",
        max_value=(numeric.get("maxValue") or "").strip() if numeric is not None else "",
        min_length=_number((length.get("minLength") or "") if length is not None else "", 0),
        max_length=None if maximum is None else _number(maximum, 0) or None,
        pattern=_pattern(formats),
        pattern_text=" ".join(filter(None, ((each.get("errorText") or "").strip() for each in formats))),
    )


def _pattern(formats: Sequence[etree._Element]) -> str:
    """A pattern for the whole answer, as HTML wants it, that finds the regex anywhere, as JavaScript's `test` does."""
    looks = []
    for each in formats:
        expression = each.get("regex") or ""
        if expression and (each.get("flags") or "") == "i":
            expression = f"(?i:{expression})"
        looks.append(rf"(?=[\s\S]*(?:{expression}))" if expression else "")
    return "".join(looks) + r"[\s\S]*" if any(looks) else ""


def _blocks(element: etree._Element) -> Iterator[ContentBlock]:
    for child in element.iterchildren("*"):
        match _name(child):
            case "Title":
                yield ContentBlock("title", _text(child))
            case "Text":
                yield ContentBlock("text", _text(child))
            case "List":
                yield ContentBlock("list", items=tuple(map(_text, child.iterfind("{*}ListItem"))))
            case "FormattedContent":
                yield ContentBlock("html", _text(child))
            case "Binary" | "EmbeddedBinary":
                yield _medium(child)


def _medium(element: etree._Element) -> ContentBlock:
    url, words = _text(element.find("{*}DataURL")), _text(element.find("{*}AltText"))
    mime_type = element.find("{*}MimeType")
    if mime_type is None:
        mime_type = element.find("{*}EmbeddedMimeType")
    kind = _text(mime_type.find("{*}Type")) if mime_type is not None else ""
    if not is_media_url(url):
        return ContentBlock("text", words)
    match kind:
        case "image" | "audio" | "video":
            return ContentBlock(
                kind, words, url=url, width=_pixels(element, "Width"), height=_pixels(element, "Height")
            )
        case _:  # an applet: browsers do not run it any more
            return ContentBlock("link", words or url, url=url)


def is_media_url(url: str) -> bool:
    """Whether images, audio or video may be loaded from this URL: http or https only."""
    return _MEDIA_URL.match(url.strip()) is not None


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
