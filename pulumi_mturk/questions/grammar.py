"""The order and content of a document's elements, as the published schemas have it.

Written as a table and not as XSD files: a schema validator stops at the first element of a wrong sequence and
words it for programmers ("expected is one of …"), and no schema of 2017-11-06 is to be had.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pulumi_mturk.common.characters import is_blank
from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.integers import INT32_MAX, INT32_MIN
from pulumi_mturk.common.text import shortened
from pulumi_mturk.questions.xhtml import foreign_addresses, parse_fragment
from pulumi_mturk.questions.xml import UnreadableError, name, namespace, text, where
from pulumi_mturk.rules import questions as rules

if TYPE_CHECKING:
    from lxml import etree

_SCHEMAS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

Grammar = Mapping[str, str]


@dataclass(frozen=True)
class Schema:
    """What a kind of document is made of."""

    root: str
    namespaces: tuple[str, ...]
    grammar: Grammar


# Element -> its children in order; "A|B" is a choice, "?" optional, "*" any number, "+" one or more. An element that
# has no line holds text. Application and FileUploadAnswer, which only the older schema has, are left out: see REFUSED.
_CONTENT = "Title|Text|List|Binary|EmbeddedBinary|FormattedContent+"
_FREE_TEXT = "Constraints? DefaultText? NumberOfLinesSuggestion?"
QUESTION_FORM = Schema(
    root="QuestionForm",
    namespaces=(f"{_SCHEMAS}/2017-11-06/QuestionForm.xsd", f"{_SCHEMAS}/2005-10-01/QuestionForm.xsd"),
    grammar={
        "QuestionForm": "Overview|Question+",
        "Overview": _CONTENT,
        "Question": "QuestionIdentifier DisplayName? IsRequired? QuestionContent AnswerSpecification",
        "QuestionContent": _CONTENT,
        "List": "ListItem+",
        "Binary": "MimeType DataURL AltText",
        "MimeType": "Type SubType?",
        "EmbeddedBinary": "EmbeddedMimeType DataURL AltText Width Height ApplicationParameter*",
        "EmbeddedMimeType": "Type SubType",
        "ApplicationParameter": "Name Value",
        "AnswerSpecification": "FreeTextAnswer|SelectionAnswer",
        "FreeTextAnswer": _FREE_TEXT,
        "Constraints": "IsNumeric? Length? AnswerFormatRegex*",
        "IsNumeric": "",
        "Length": "",
        "AnswerFormatRegex": "",
        "SelectionAnswer": "MinSelectionCount? MaxSelectionCount? StyleSuggestion? Selections",
        "Selections": "Selection+ OtherSelection?",
        "Selection": "SelectionIdentifier Text|Binary|FormattedContent",
        "OtherSelection": _FREE_TEXT,
    },
)
ANSWER_KEY = Schema(
    root="AnswerKey",
    namespaces=(f"{_SCHEMAS}/2005-10-01/AnswerKey.xsd",),
    grammar={
        "AnswerKey": "Question+ QualificationValueMapping?",
        "Question": "QuestionIdentifier AnswerOption+ DefaultScore?",
        "AnswerOption": "SelectionIdentifier+ AnswerScore",
        "QualificationValueMapping": "PercentageMapping|ScaleMapping|RangeMapping",
        "PercentageMapping": "MaximumSummedScore",
        "ScaleMapping": "SummedScoreMultiplier",
        "RangeMapping": "SummedScoreRange+ OutOfRangeQualificationValue",
        "SummedScoreRange": "InclusiveLowerBound InclusiveUpperBound QualificationValue",
    },
)
REFUSED = {
    "FileUploadAnswer": "a qualification test can't take files: use SelectionAnswer or FreeTextAnswer",
    "Application": "Flash and Java applets are no longer shown: use FormattedContent or EmbeddedBinary",
}
_ATTRIBUTES = {
    "IsNumeric": "minValue? maxValue?",
    "Length": "minLength? maxLength?",
    "AnswerFormatRegex": "regex errorText? flags?",
}


def whole_number(value: str) -> int:
    """The number that a text holds which was checked, with as many noughts before it as there may be."""
    sign, digits = _INTEGER.fullmatch(value).groups()  # type: ignore[union-attr]
    return int(f"{sign}{digits}")


_INTEGER = re.compile(r"\s*([+-]?)0*([0-9]{1,10})\s*", re.ASCII)


def _integer(low: int, high: int = INT32_MAX) -> Callable[[str], bool]:
    return lambda value: _INTEGER.fullmatch(value) is not None and low <= whole_number(value) <= high


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda value: re.fullmatch(pattern, value, re.ASCII | re.DOTALL) is not None


def _number(value: str) -> bool:
    form = r"\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*"
    return re.fullmatch(form, value) is not None and math.isfinite(float(value))


_INT = (_integer(INT32_MIN), "a whole number between -2147483648 and 2147483647")
_COUNT = (_integer(0), "a whole number, 0 or more")
_POSITIVE = (_integer(1), "a whole number, 1 or more")
_FILLED = (lambda value: not is_blank(value), "a text that is not empty")
_STYLES = "radiobutton|checkbox|list|dropdown|combobox|multichooser"
# Element or attribute -> what its text must be, and that in words.
_VALUES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "QuestionIdentifier": _FILLED,
    "SelectionIdentifier": _FILLED,
    "IsRequired": (_matches(r"\s*(true|false|1|0)\s*"), "true or false"),
    "DataURL": (_matches(r"\s*(?i:https?)://[^\s/?#].*"), "an address that begins with https:// or http://"),
    "MimeType/Type": (_matches("image|audio|video"), "image, audio or video"),
    "StyleSuggestion": (_matches(_STYLES), f"one of {_STYLES.replace('|', ', ')}, without spaces"),
    "MinSelectionCount": _COUNT,
    "MaxSelectionCount": _POSITIVE,
    "NumberOfLinesSuggestion": _POSITIVE,
    "minValue": _INT,
    "maxValue": _INT,
    "minLength": _COUNT,
    "maxLength": _POSITIVE,
    "AnswerScore": _INT,
    "DefaultScore": _INT,
    "MaximumSummedScore": (_integer(1), "a whole number above 0: the sum of points that is worth 100"),
    "SummedScoreMultiplier": (_number, "a number, such as 2.5"),
    "InclusiveLowerBound": _INT,
    "InclusiveUpperBound": _INT,
    "QualificationValue": _INT,
    "OutOfRangeQualificationValue": _INT,
}


@dataclass(frozen=True)
class Part:
    """An item of a sequence: which elements it allows, and how often."""

    names: tuple[str, ...]
    least: int
    most: int | None

    def __str__(self) -> str:
        words = " or ".join(self.names)
        return words + {(0, 1): " (optional)", (0, None): " (any number)", (1, None): " (one or more)"}.get(
            (self.least, self.most), ""
        )


@cache
def _parts(rule: str) -> tuple[Part, ...]:
    marks = {"?": (0, 1), "*": (0, None), "+": (1, None)}
    return tuple(Part(tuple(token.rstrip("?*+").split("|")), *marks.get(token[-1], (1, 1))) for token in rule.split())


def check_root(root: "etree._Element", schema: Schema) -> Diagnostics:
    """What is wrong with the outermost element."""
    example = " or ".join(f'<{schema.root} xmlns="{space}">' for space in schema.namespaces)
    if name(root) != schema.root:
        yield rules.DOCUMENT_STRUCTURE.at(
            "", f"{where(root)}: the outermost element is {name(root)}: it must be {example}"
        )
    elif namespace(root) not in schema.namespaces:
        found = f"the namespace {shortened(namespace(root), 200)}" if namespace(root) else "no namespace"
        yield rules.DOCUMENT_STRUCTURE.at("", f"{where(root)}: {schema.root} has {found}: write {example}")


def check_element(element: "etree._Element", grammar: Grammar) -> Diagnostics:
    """What is wrong with the order and content of an element and all that is in it; no text is quoted."""
    yield from _check_attributes(element)
    rule = grammar.get(name(element))
    if rule is None:
        yield from _check_text(element)
        return
    if any(part and part.strip() for part in (element.text, *(child.tail for child in element))):
        yield rules.DOCUMENT_STRUCTURE.at(
            "", f"{where(element)}: {name(element)} has text beside its elements: {_holds(element, rule)}"
        )
    yield from _check_children(element, rule)
    known = {known for part in _parts(rule) for known in part.names}
    for child in element:
        if _belongs(child, element) and name(child) in known:
            yield from check_element(child, grammar)


def _check_children(element: "etree._Element", rule: str) -> Diagnostics:
    parts = _parts(rule)
    position = {known: index for index, part in enumerate(parts) for known in part.names}
    counts = [0] * len(parts)
    complete = True
    last: etree._Element | None = None
    for child in element:
        if not _belongs(child, element):
            complete = False
            yield rules.DOCUMENT_STRUCTURE.at(
                "", f"{where(child)}: {name(child)} is in another namespace than {name(element)}: remove its xmlns"
            )
        elif name(child) in REFUSED:
            complete = False
            yield rules.NOT_FOR_TESTS.at("", f"{where(child)}: {name(child)} is not allowed: {REFUSED[name(child)]}")
        elif name(child) not in position:
            complete = False
            yield rules.DOCUMENT_STRUCTURE.at(
                "", f"{where(child)}: {name(child)} is not allowed in {name(element)}: {_holds(element, rule)}"
            )
        else:
            counts[position[name(child)]] += 1
            if last is not None and position[name(child)] < position[name(last)]:
                yield rules.DOCUMENT_STRUCTURE.at("", f"{where(child)}: {name(child)} must stand before {name(last)}")
            else:
                last = child
    for part, count in zip(parts, counts, strict=True):
        if part.most is not None and count > part.most:
            yield rules.DOCUMENT_STRUCTURE.at(
                "", f"{where(element)}: {name(element)} has {count} times {' or '.join(part.names)}: one is allowed"
            )
        elif count < part.least and complete:  # an element of a wrong name is likely the one that is missing
            yield rules.DOCUMENT_STRUCTURE.at(
                "", f"{where(element)}: {name(element)} has no {' or '.join(part.names)}: {_holds(element, rule)}"
            )


def _check_text(element: "etree._Element") -> Diagnostics:
    kind = name(element)
    if kind == "FormattedContent":
        yield from _check_formatted(element)
    elif len(element):
        yield rules.DOCUMENT_VALUE.at("", f"{where(element)}: {kind} must hold plain text, with no elements in it")
    else:
        parent = element.getparent()
        nested = f"{name(parent)}/{kind}" if parent is not None else kind
        yield from _check_value(element, nested if nested in _VALUES else kind, text(element), kind)


def _check_value(element: "etree._Element", rule: str, value: str, label: str) -> Diagnostics:
    fits, wanted = _VALUES.get(rule, (None, ""))
    if fits is not None and not fits(value):
        yield rules.DOCUMENT_VALUE.at("", f"{where(element)}: {label} must be {wanted}")


def _check_formatted(element: "etree._Element") -> Diagnostics:
    if len(element):
        yield rules.FORMATTED_CONTENT.at(
            "",
            f"{where(element)}: the XHTML in FormattedContent must stand in a CDATA section:"
            " <FormattedContent><![CDATA[<p>…</p>]]></FormattedContent>",
        )
        return
    try:
        fragment = parse_fragment(text(element))
    except UnreadableError as error:
        yield rules.FORMATTED_CONTENT.at(
            "",
            f"{where(element)}: FormattedContent must be XHTML, each tag closed (<br/>, not <br>); inside it, {error}",
        )
        return
    for tag, attribute in foreign_addresses(fragment):
        yield rules.ADDRESS.at(
            "",
            f"{where(element)}: in FormattedContent the {attribute} of {tag} is no address of the web: write one that "
            "begins with https:// or http://",
        )


def _check_attributes(element: "etree._Element") -> Diagnostics:
    parts = _parts(_ATTRIBUTES.get(name(element), ""))
    allowed = {known for part in parts for known in part.names}
    for attribute, value in ((shortened(str(key)), str(value)) for key, value in element.items()):
        if attribute.startswith(f"{{{_XSI}}}"):
            continue
        if attribute not in allowed:
            yield rules.DOCUMENT_STRUCTURE.at(
                "", f"{where(element)}: {name(element)} has the attribute {attribute}, which is not allowed: remove it"
            )
            continue
        yield from _check_value(element, attribute, value, f"{name(element)}'s {attribute}")
    for part in parts:
        if part.least and element.get(part.names[0]) is None:
            yield rules.DOCUMENT_STRUCTURE.at(
                "", f"{where(element)}: {name(element)} needs the attribute {part.names[0]}"
            )


def _belongs(child: "etree._Element", parent: "etree._Element") -> bool:
    return namespace(child) == namespace(parent)


def _holds(element: "etree._Element", rule: str) -> str:
    parts = ", ".join(map(str, _parts(rule)))
    return f"{name(element)} holds {'in this order: ' if ' ' in rule else ''}{parts or 'nothing'}"
