"""The values of a test's file and of its key's, out of XML that is sound. None stands for what the format can't say."""

import copy
from typing import TYPE_CHECKING, Any

from pulumi_mturk.questionnaires import markup
from pulumi_mturk.questionnaires.file_format import ONE, SUM
from pulumi_mturk.questionnaires.yaml_writing import Bare
from pulumi_mturk.questions.grammar import whole_number
from pulumi_mturk.questions.xml import name, text

if TYPE_CHECKING:
    from lxml import etree

Values = dict[str, Any]


def introduction(parts: list[Values]) -> tuple[Values, list[Values]]:
    """Title and introduction, if the form begins with an overview, and the parts after it."""
    first = parts[0].get("overview")
    if first is None:
        return {}, parts
    blocks = [{"text": first}] if isinstance(first, str) else first
    title = {"title": blocks[0]["title"]} if "title" in blocks[0] else {}
    rest = blocks[len(title) :]
    return title | ({"intro": _content(rest)} if rest else {}), parts[1:]


def overview(element: "etree._Element") -> Values | None:
    """An overview between the questions."""
    blocks = _blocks(element)
    return None if blocks is None else {"overview": _content(blocks)}


def question(element: "etree._Element") -> Values | None:
    """A question."""
    found: Values = {"id": text(element.find("{*}QuestionIdentifier"))}
    if (given := element.find("{*}DisplayName")) is not None:
        found["name"] = markup.as_block(text(given))
    if (given := element.find("{*}IsRequired")) is not None:
        found["required"] = Bare(truth_value(given))
    asked = element.find("{*}QuestionContent")
    blocks = _blocks(asked) if asked is not None else None
    if not blocks:
        return None
    content = _content(blocks)
    found["text" if isinstance(content, str) else "content"] = content
    answer = element.find("{*}AnswerSpecification/*")
    if answer is None:
        return None
    if name(answer) == "FreeTextAnswer":
        return found | {"free_text": _free_text(answer)}
    choices = _choices(answer)
    return None if choices is None else found | choices


def _choices(answer: "etree._Element") -> Values | None:
    least, most = (_number(answer.find(f"{{*}}{kind}"), "1") for kind in ("MinSelectionCount", "MaxSelectionCount"))
    found: Values = {"choose": ONE if (least, most) == ("1", "1") else {"min": Bare(least), "max": Bare(most)}}
    if (style := answer.find("{*}StyleSuggestion")) is not None:
        found["style"] = text(style)
    choices: Values = {}
    for selection in answer.iterfind("{*}Selections/{*}Selection"):
        blocks = _blocks(selection, but="SelectionIdentifier")
        if blocks is None:
            return None
        choices[text(selection.find("{*}SelectionIdentifier"))] = blocks[0].get("text", blocks[0])
    found["choices"] = choices
    if (other := answer.find("{*}Selections/{*}OtherSelection")) is not None:
        found["other"] = _free_text(other)
    return found


def _free_text(answer: "etree._Element") -> Values:
    found: Values = {}
    if (lines := answer.find("{*}NumberOfLinesSuggestion")) is not None:
        found["lines"] = Bare(_number(lines, "1"))
    for member, kind, suffix in (("length", "Length", "Length"), ("number", "IsNumeric", "Value")):
        if (bounds := answer.find(f"{{*}}Constraints/{{*}}{kind}")) is not None:
            given = ((bound, bounds.get(f"{bound}{suffix}")) for bound in ("min", "max"))
            found[member] = {bound: Bare(str(whole_number(value))) for bound, value in given if value is not None}
    formats = [
        {
            member: markup.as_block(str(element.get(attribute)))
            for member, attribute in (("regex", "regex"), ("message", "errorText"), ("flags", "flags"))
            if element.get(attribute) is not None
        }
        for element in answer.iterfind("{*}Constraints/{*}AnswerFormatRegex")
    ]
    if formats:
        found["formats"] = formats
    if (default := answer.find("{*}DefaultText")) is not None:
        found["default"] = markup.as_block(text(default))
    return found


def _blocks(element: "etree._Element", but: str = "") -> list[Values] | None:
    found = [_block(child) for child in element if name(child) != but]
    return None if None in found else [block for block in found if block is not None]


def _block(element: "etree._Element") -> Values | None:
    match name(element):
        case "Title":
            return {"title": markup.as_block(text(element))}
        case "Text":
            return {"text": markup.as_block(markup.escaped(text(element)))}
        case "List":
            return {"list": [markup.as_block(text(item)) for item in element]}
        case "FormattedContent":
            return {"formatted": markup.as_block(text(element))}
        case "Binary":
            return {"binary": _binary(element)}
        case _:
            return None


def _binary(element: "etree._Element") -> Values:
    found = {"type": text(element.find("{*}MimeType/{*}Type"))}
    if (subtype := element.find("{*}MimeType/{*}SubType")) is not None:
        found["subtype"] = markup.as_block(text(subtype))
    return found | {
        "url": markup.as_block(text(element.find("{*}DataURL"))),
        "alt": markup.as_block(text(element.find("{*}AltText"))),
    }


def _content(blocks: list[Values]) -> Any:
    """A text alone is written as such."""
    return blocks[0]["text"] if len(blocks) == 1 and "text" in blocks[0] else blocks


def answers_of(root: "etree._Element") -> Values:
    """The answers of a key."""
    found: Values = {}
    for scored in root.iterfind("{*}Question"):
        entries: list[Values] = [
            {
                "when": [text(choice) for choice in option.iterfind("{*}SelectionIdentifier")],
                "points": Bare(_number(option.find("{*}AnswerScore"), "0")),
            }
            for option in scored.iterfind("{*}AnswerOption")
        ]
        if (default := scored.find("{*}DefaultScore")) is not None:
            entries.append({"otherwise": Bare(_number(default, "0"))})
        found[text(scored.find("{*}QuestionIdentifier"))] = entries
    return found


def value_of(root: "etree._Element") -> Any:
    """How the sum of points becomes the score."""
    mapping = root.find("{*}QualificationValueMapping/*")
    if mapping is None:
        return SUM
    match name(mapping):
        case "PercentageMapping":
            return {"percentage": {"of": Bare(_number(mapping[0], "0"))}}
        case "ScaleMapping":
            return {"scale": Bare(text(mapping[0]).strip())}
        case _:
            return {
                "ranges": [_range(one) for one in mapping.iterfind("{*}SummedScoreRange")],
                "otherwise": Bare(_number(mapping[-1], "0")),
            }


def _range(element: "etree._Element") -> Values:
    members = (("from", "InclusiveLowerBound"), ("to", "InclusiveUpperBound"), ("value", "QualificationValue"))
    return {member: Bare(_number(element.find(f"{{*}}{kind}"), "0")) for member, kind in members}


def _number(element: "etree._Element | None", default: str) -> str:
    return default if element is None else str(whole_number(text(element)))


def truth_value(element: "etree._Element") -> str:
    """`true` or `false`, whichever way XML has it."""
    return "true" if text(element).strip() in ("true", "1") else "false"


def as_xml(element: "etree._Element") -> str:
    """A question or an overview as XML without a namespace, an element a line."""
    from lxml import etree

    alone = copy.deepcopy(element)
    for one in list(alone.iter("*")):
        one.tag = name(one)
        if one.tag == "FormattedContent" and "]]>" not in text(one):
            one.text = etree.CDATA(text(one))
    etree.cleanup_namespaces(alone)
    etree.indent(alone, space="  ")
    alone.tail = None
    return f"{etree.tostring(alone, encoding='unicode')}\n"
