"""QuestionForms and AnswerKeys of every kind that the schemas allow, for hypothesis. None has an error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from lxml import etree

SCHEMAS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"
NEW, OLD = f"{SCHEMAS}/2017-11-06/QuestionForm.xsd", f"{SCHEMAS}/2005-10-01/QuestionForm.xsd"
KEY = f"{SCHEMAS}/2005-10-01/AnswerKey.xsd"
STYLES = ("radiobutton", "checkbox", "list", "dropdown", "combobox", "multichooser")

# What YAML and the marks of emphasis may stumble over, and any other character that XML can hold.
_PIECES = st.sampled_from(
    (
        *(
            "yes",
            "no",
            "null",
            "~",
            "1.10",
            "010",
            "12:30",
            "0x1F",
            "1e3",
            "=",
            "<<",
            "---",
            "...",
            "- a",
            "? b",
            "a: b",
        ),
        *("a #b", "# c", "*x*", "**y**", "\\*", "\\", "* *", "&a", "!t", "{", "}", "[", ",", "|", ">", "%", "@", "`"),
        *(
            '"',
            "'",
            "\n",
            "\n\n",
            "\r",
            "\t",
            " ",
            "\x85",
            "\u2028",
            "\ufeff",
            "\x7f",
            "é",
            "日本",
            "🎉",
            "]]>",
            "&amp;",
            "<b>",
        ),
    )
)
_CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cn"), exclude_characters="".join(map(chr, (*range(9), 11, 12, *range(14, 32))))
)
TEXTS = st.lists(st.one_of(_PIECES, st.text(_CHARACTERS, max_size=8)), max_size=5).map("".join)
IDENTIFIERS = st.one_of(
    st.sampled_from(("yes", "no", "1", "a b", " c ", "otherwise", "id")), st.text("abcXY01-_ ", min_size=1)
).filter(lambda text: text.strip() != "")
_XHTML = st.sampled_from(("<p>a</p>", "<p>a<br/>\n b &amp; c</p>", "<b>x</b> y", "a ]]&gt; b", "\t<p>t</p>\n"))
_NUMBERS = st.sampled_from(("0", "1", "2", "+3", "007", " 4 "))
_POSITIVE = st.sampled_from(("1", "2", "+3", "007", " 4 "))
_INTEGERS = st.integers(-(2**31), 2**31 - 1).map(str)

Built = Callable[[Any], Any]


@dataclass(frozen=True)
class Element:
    """An element to be: its name, its text or children, and its attributes."""

    name: str
    inside: Any = ""
    attributes: Any = None

    def below(self, parent: Any, space: str) -> None:
        element = etree.SubElement(parent, f"{{{space}}}{self.name}", self.attributes or {})
        self.fill(element, space)

    def fill(self, element: Any, space: str) -> None:
        if isinstance(self.inside, str):
            element.text = self.inside or None
            return
        for child in self.inside:
            child.below(element, space)

    def document(self, space: str, attributes: Any = None) -> str:
        root = etree.fromstring(f'<{self.name} xmlns="{space}"/>')
        for name, value in (attributes or {}).items():
            root.set(name, value)
        self.fill(root, space)
        return etree.tostring(root, encoding="unicode")


Elements = st.SearchStrategy[Element]


def _of(name: str, *children: Any) -> Elements:
    """An element of children, of which each gives one, None or several."""

    def built(found: tuple[Any, ...]) -> Element:
        inside = [one for part in found if part is not None for one in (part if isinstance(part, list) else [part])]
        return Element(name, inside)

    return st.tuples(*children).map(built)


def _text(name: str, texts: st.SearchStrategy[str] = TEXTS) -> Elements:
    return texts.map(lambda text: Element(name, text))


def _maybe(element: Elements) -> st.SearchStrategy[Element | None]:
    return st.none() | element


def _binary(name: str, kind: str, *more: Any, subtype: bool = False) -> Elements:
    second = _text("SubType")
    address = st.sampled_from(("https://example.org/a.png", "HTTPS://example.org/?a=1&b=2", "http://example.org/a b"))
    return _of(
        name,
        _of(kind, _text("Type", st.sampled_from(("image", "audio", "video"))), second if subtype else _maybe(second)),
        _text("DataURL", address),
        _text("AltText"),
        *more,
    )


_TEXT, _FORMATTED = _text("Text"), _text("FormattedContent", _XHTML)
_BINARY = _binary("Binary", "MimeType")
_EMBEDDED = _binary("EmbeddedBinary", "EmbeddedMimeType", _text("Width"), _text("Height"), subtype=True)
_LIST = _of("List", st.lists(_text("ListItem"), min_size=1, max_size=3))
_BLOCKS = st.lists(
    st.one_of(_TEXT, _TEXT, _text("Title"), _LIST, _BINARY, _EMBEDDED, _FORMATTED), min_size=1, max_size=3
)
_OVERVIEW = _of("Overview", _BLOCKS)


def _attributes(name: str, **values: st.SearchStrategy[str]) -> Elements:
    given = st.fixed_dictionaries({}, optional=values)
    return given.map(lambda found: Element(name, [], found))


_CONSTRAINTS = _of(
    "Constraints",
    _maybe(_attributes("IsNumeric", minValue=_INTEGERS, maxValue=_INTEGERS)),
    _maybe(_attributes("Length", minLength=_NUMBERS, maxLength=_POSITIVE)),
    st.lists(
        st.tuples(TEXTS, st.fixed_dictionaries({}, optional={"errorText": TEXTS, "flags": st.just("i")})).map(
            lambda found: Element("AnswerFormatRegex", [], {"regex": found[0], **found[1]})
        ),
        max_size=2,
    ),
)


def _free(name: str) -> Elements:
    lines = _text("NumberOfLinesSuggestion", _POSITIVE)
    return _of(name, _maybe(_CONSTRAINTS), _maybe(_text("DefaultText")), _maybe(lines))


@st.composite
def _selection_answer(draw: Any, identifiers: list[str], other: bool) -> tuple[Element, list[list[str]]]:
    """A question's selections, and what may be chosen of them."""
    offered = len(identifiers) + other
    style = draw(st.none() | st.sampled_from(STYLES))
    most = draw(st.none() | st.just(1) if style in ("radiobutton", "dropdown") else st.none() | st.integers(1, offered))
    least = draw(st.none() | st.integers(0, most or 1)) if most is not None else draw(st.sampled_from((None, 0, 1)))
    counts = [("MinSelectionCount", least), ("MaxSelectionCount", most)]
    zeros = draw(st.sampled_from(("", "0", "+")))
    children = [Element(name, f"{zeros}{number}") for name, number in counts if number is not None]
    children += [] if style is None else [Element("StyleSuggestion", style)]
    selections = [
        Element("Selection", [Element("SelectionIdentifier", one), draw(st.one_of(_TEXT, _BINARY, _FORMATTED))])
        for one in identifiers
    ]
    selections += [draw(_free("OtherSelection"))] if other else []
    sets = [identifiers[at : at + size] for size in (1, 2) for at in range(len(identifiers) - size + 1)]
    allowed = [one for one in sets if (1 if least is None else least) <= len(one) <= (most or 1)]
    return Element("SelectionAnswer", [*children, Element("Selections", selections)]), allowed


@dataclass(frozen=True)
class Documents:
    """A test and, for a test of selections alone, its key."""

    test: str
    key: str | None


@st.composite
def documents(draw: Any) -> Documents:
    """A form in either namespace, with a key if it may have one."""
    graded = draw(st.booleans())
    names = draw(st.lists(IDENTIFIERS, min_size=1, max_size=4, unique=True))
    parts = [draw(_OVERVIEW)] if draw(st.booleans()) else []
    choices: dict[str, list[list[str]]] = {}
    for name in names:
        offered = draw(st.lists(IDENTIFIERS, min_size=1, max_size=3, unique=True))
        if not graded and draw(st.booleans()):
            answer = draw(_free("FreeTextAnswer"))
        else:
            answer, choices[name] = draw(_selection_answer(offered, not graded and draw(st.booleans())))
        required = draw(_maybe(_text("IsRequired", st.sampled_from(("true", "false", "1", " 0 ")))))
        head = [Element("QuestionIdentifier", name), draw(_maybe(_text("DisplayName"))), required]
        content = [Element("QuestionContent", draw(_BLOCKS)), Element("AnswerSpecification", [answer])]
        parts.append(Element("Question", [one for one in (*head, *content) if one is not None]))
        parts += [draw(_OVERVIEW)] if draw(st.booleans()) else []
    located = {"{http://www.w3.org/2001/XMLSchema-instance}schemaLocation": "a b"}
    test = Element("QuestionForm", parts).document(
        draw(st.sampled_from((NEW, OLD))), draw(st.none() | st.just(located))
    )
    scored = {name: sets for name, sets in choices.items() if sets}
    return Documents(test, draw(answer_keys(scored)) if graded and scored else None)


@st.composite
def answer_keys(draw: Any, choices: dict[str, list[list[str]]]) -> str:
    """A key of these questions, with points for some of the sets that may be chosen."""
    questions = []
    for name, sets in choices.items():
        options = [
            Element(
                "AnswerOption", [*(Element("SelectionIdentifier", one) for one in chosen), _points(draw, "AnswerScore")]
            )
            for chosen in draw(st.lists(st.sampled_from(sets), min_size=1, unique_by=tuple))
        ]
        default = [_points(draw, "DefaultScore")] if draw(st.booleans()) else []
        questions.append(Element("Question", [Element("QuestionIdentifier", name), *options, *default]))
    mapping = draw(_MAPPINGS)
    more = [] if mapping is None else [Element("QualificationValueMapping", [mapping])]
    return Element("AnswerKey", [*questions, *more]).document(KEY)


def _points(draw: Any, name: str) -> Element:
    return Element(name, draw(st.sampled_from(("1", "-2", "+3", "010", " 4 "))))


def _range(low: int, high: int) -> Element:
    members = (("InclusiveLowerBound", low), ("InclusiveUpperBound", high), ("QualificationValue", 5 - low))
    return Element("SummedScoreRange", [Element(name, str(number)) for name, number in members])


_OTHERWISE = Element("OutOfRangeQualificationValue", "-1")
_MAPPINGS = st.one_of(
    st.none(),
    _of("PercentageMapping", _text("MaximumSummedScore", _POSITIVE)),
    _of("ScaleMapping", _text("SummedScoreMultiplier", st.sampled_from(("2.5", "-1", ".5", "3.", "1e2", " 7 ")))),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=3).map(
        lambda steps: Element("RangeMapping", [*_ranges(steps), _OTHERWISE])
    ),
)


def _ranges(steps: list[tuple[int, int]]) -> list[Element]:
    found, low = [], -3
    for gap, length in steps:
        found.append(_range(low + gap, low + gap + length))
        low += gap + length + 1
    return found
