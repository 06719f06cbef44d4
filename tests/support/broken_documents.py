"""Tests and answer keys with one thing wrong in them, each with the code of the rule that finds it."""

from typing import Any

from hypothesis import strategies as st

from tests.support.inputs import ANSWER_KEY, SCHEMAS, TEST

Documents = st.SearchStrategy[str]
_TEXT = "<Text>Two and two?</Text>"
_SELECTIONS = "<SelectionAnswer><Selections>"
_OPTION = "<AnswerOption>\n<SelectionIdentifier>a</SelectionIdentifier><AnswerScore>1</AnswerScore></AnswerOption>"
_QUESTION = TEST[TEST.index("<Question>") : TEST.rindex("</QuestionForm>")]
_KEY_QUESTION = ANSWER_KEY[ANSWER_KEY.index("<Question>") : ANSWER_KEY.rindex("</AnswerKey>")]


def _changed(document: str, old: str, new: Any) -> Documents:
    assert old in document
    values = new if isinstance(new, st.SearchStrategy) else st.just(new)
    return values.map(lambda text: document.replace(old, text, 1))


def _test(old: str, new: Any) -> Documents:
    return _changed(TEST, old, new)


def _key(old: str, new: Any) -> Documents:
    return _changed(ANSWER_KEY, old, new)


def _content(xhtml: Documents) -> Documents:
    return _test(_TEXT, xhtml.map(lambda text: f"<FormattedContent><![CDATA[{text}]]></FormattedContent>"))


def _mapping(inner: str) -> str:
    return f"</Question><QualificationValueMapping>{inner}</QualificationValueMapping>"


def _range(low: int, high: int) -> str:
    return (
        f"<SummedScoreRange><InclusiveLowerBound>{low}</InclusiveLowerBound><InclusiveUpperBound>{high}"
        "</InclusiveUpperBound><QualificationValue>1</QualificationValue></SummedScoreRange>"
    )


def _ranges(*bounds: tuple[int, int]) -> str:
    inner = "".join(_range(*one) for one in bounds)
    return _mapping(
        f"<RangeMapping>{inner}<OutOfRangeQualificationValue>0</OutOfRangeQualificationValue></RangeMapping>"
    )


# As browsers read an address, and as people hide one.
_SCHEME = st.sampled_from(
    (
        "javascript",
        "JavaScript",
        "vbscript",
        "data",
        "file",
        "blob",
        "java&#9;script",
        "&#106;avascript",
        "java\nscript",
    )
)
_COLON = st.sampled_from((":", "&colon;", "&#58;"))
_BEFORE = st.sampled_from(("", " ", "&#1;", "\n", "&Tab;"))
_ADDRESS = st.builds(lambda before, scheme, colon: f"{before}{scheme}{colon}alert(1)", _BEFORE, _SCHEME, _COLON)
_ELEMENTS = (
    "<a href='{}'>x</a>",
    "<img alt='x' src='{}'/>",
    "<area alt='x' href='{}'/>",
    "<q cite='{}'>x</q>",
    "<form action='{}'/>",
)
_no_count = st.sampled_from(("x", "-1", "1.5", "", "1e3", "99999999999", "\u0661")) | st.integers(10, 5000).map(
    "9".__mul__
)
_no_score = st.sampled_from(("x", "1.5", "", "2147483648", "-2147483649", "NaN", "1e999999")) | st.integers(
    11, 5000
).map("9".__mul__)

TEST_BREAKS: list[tuple[str, Documents]] = [
    ("MT320", _test("</QuestionForm>", "")),
    (
        "MT320",
        st.sampled_from(("", "hello", "<a", "\ud800<a/>", "<a>\x00</a>")) | st.integers(1, 60_000).map("<".__mul__),
    ),
    ("MT320", st.just(f"<!DOCTYPE QuestionForm [<!ENTITY a 'b'>]>{TEST}")),
    ("MT320", st.integers(257, 5000).map(lambda depth: TEST.replace(_TEXT, f"{'<b>' * depth}x{'</b>' * depth}"))),
    ("MT321", st.integers(65_536, 100_000).map(lambda size: TEST.replace("Two and two?", "x" * size))),
    ("MT322", st.just(ANSWER_KEY) | st.just("<p/>")),
    ("MT322", _test("2017-11-06", st.sampled_from(("2011-11-11", "2017-11-07", "x" * 1000)))),
    ("MT322", _test(_TEXT, st.sampled_from(("<Bad/>", "<Text>x</Text>stray", f"<{'b' * 9000}/>")))),
    ("MT322", _test("<QuestionIdentifier>q1</QuestionIdentifier>", "")),
    (
        "MT323",
        _test(
            _SELECTIONS,
            _no_count.map(lambda text: f"<SelectionAnswer><MaxSelectionCount>{text}</MaxSelectionCount><Selections>"),
        ),
    ),
    ("MT323", _test(_SELECTIONS, "<SelectionAnswer><StyleSuggestion>radio</StyleSuggestion><Selections>")),
    ("MT323", _test(">q1<", st.text(" \u200b\u3164", max_size=5).map(lambda text: f">{text}<"))),
    (
        "MT323",
        _test(
            _TEXT,
            _ADDRESS.filter(lambda text: "&colon" not in text and "&Tab" not in text and "&#1;" not in text).map(
                lambda text: (
                    "<Binary><MimeType><Type>image</Type></MimeType>"
                    f"<DataURL>{text}</DataURL><AltText>x</AltText></Binary>"
                )
            ),
        ),
    ),
    (
        "MT324",
        _test(TEST[TEST.index("<SelectionAnswer>") : TEST.index("</AnswerSpecification>")], "<FileUploadAnswer/>"),
    ),
    ("MT325", _test(_TEXT, st.sampled_from(("<FormattedContent><p>x</p></FormattedContent>",)))),
    ("MT325", _content(st.sampled_from(("<br>", "<p>x", "x & y", "<b><i>x</b></i>")))),
    ("MT326", st.just(TEST.replace(_QUESTION, "<Overview><Text>x</Text></Overview>"))),
    (
        "MT328",
        _content(
            st.builds(
                lambda element, address: element.format(address),
                st.sampled_from(_ELEMENTS),
                _ADDRESS.filter(lambda text: "&#1;" not in text),
            )
        ),
    ),
    ("MT330", _test("</QuestionForm>", f"{_QUESTION}</QuestionForm>")),
    ("MT331", _test(">b<", ">a<")),
    ("MT332", _test(_SELECTIONS, "<SelectionAnswer><MinSelectionCount>2</MinSelectionCount><Selections>").filter(bool)),
    (
        "MT333",
        _test(
            _SELECTIONS,
            st.integers(3, 10**9).map(
                lambda n: f"<SelectionAnswer><MaxSelectionCount>{n}</MaxSelectionCount><Selections>"
            ),
        ),
    ),
    (
        "MT334",
        _test(
            _SELECTIONS,
            "<SelectionAnswer><MaxSelectionCount>2</MaxSelectionCount><StyleSuggestion>radiobutton</StyleSuggestion><Selections>",
        ),
    ),
    ("MT335", _test("</Selections>", "<OtherSelection/></Selections>")),
]
KEY_BREAKS: list[tuple[str, Documents]] = [
    ("MT320", st.sampled_from((f"{ANSWER_KEY}<p/>", "", "key.xml")) | _key("</AnswerKey>", "")),
    (
        "MT321",
        st.integers(65_536, 90_000).map(
            lambda size: ANSWER_KEY.replace("</AnswerKey>", f"<!--{'x' * size}--></AnswerKey>")
        ),
    ),
    ("MT322", st.just(TEST) | _key("2005-10-01", "2017-11-06") | _key("<AnswerOption>", "<Bad/><AnswerOption>")),
    ("MT323", _key(">1<", _no_score.map(lambda text: f">{text}<"))),
    ("MT340", _key("</AnswerKey>", f"{_KEY_QUESTION}</AnswerKey>")),
    ("MT342", _key("</Question>", f"{_OPTION}</Question>")),
    ("MT343", _key("</Question>", st.integers(1, 99).map(lambda low: _ranges((low, low - 1))))),
    ("MT344", _key("</Question>", st.integers(0, 99).map(lambda low: _ranges((low, low + 5), (low + 5, low + 9))))),
    ("MT346", _key(">q1<", st.text("xyz", min_size=1, max_size=5).map(lambda text: f">{text}<"))),
    ("MT347", _key(">a<", st.text("xyz", min_size=1, max_size=5).map(lambda text: f">{text}<"))),
    ("MT348", _key("</SelectionIdentifier>", "</SelectionIdentifier><SelectionIdentifier>b</SelectionIdentifier>")),
]
assert SCHEMAS in TEST
