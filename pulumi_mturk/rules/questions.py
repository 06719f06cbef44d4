"""MT32x and MT33x: what is wrong with a document of a test, and with the test (QuestionForm)."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import (
    ANSWER_KEY,
    FORMATTED_CONTENT_PAGE,
    QUESTION_FORM,
    answer_key,
    choice,
    form,
    question,
    scored,
    with_test,
)

_ONE = question(choice("river", "money"))
_TEST = form(_ONE)
_KEY = answer_key(scored(("river", 10)))
_RIGHT = Example(with_test(_TEST, _KEY))


def _wrong(test: str, key: str = _KEY, path: str = "test") -> Example:
    return Example(with_test(test, key), path=path)


UNREADABLE = Rule(
    "MT320",
    "unreadable-document",
    "error",
    "The document is not well-formed XML, or has a document type.",
    "Close every tag, and write &amp; for & and &lt; for < in a text. Entities and document types are not accepted. A "
    "file is given by its text: Path('test.xml').read_text().",
    wrong=_wrong("<QuestionForm><Question></QuestionForm>"),
    right=_RIGHT,
    source=QUESTION_FORM,
    label="documented",
)
DOCUMENT_TOO_LONG = Rule(
    "MT321",
    "document-too-long",
    "error",
    "The document is longer than 65,535 bytes.",
    "The limit is documented for Test and for AnswerKey each; it is taken as bytes of UTF-8.",
    wrong=Example(
        with_test(_TEST, _KEY)
        .replace("</Text>", "' + 'x' * 65_535 + '''</Text>", 1)
        .replace("has it?' +", "has it?''' +"),
        path="test",
    ),
    right=_RIGHT,
    source=QUESTION_FORM,
    label="documented",
)
DOCUMENT_STRUCTURE = Rule(
    "MT322",
    "document-structure",
    "error",
    "An element is missing, in a wrong place, or not of the schema.",
    "The published schemas say which elements stand where, and in which order. The namespace is part of it.",
    wrong=_wrong(_TEST.replace("QuestionContent>", "Content>")),
    right=_RIGHT,
    source=QUESTION_FORM,
    label="documented",
)
DOCUMENT_VALUE = Rule(
    "MT323",
    "document-value",
    "error",
    "The text of an element or attribute is not what it must be.",
    "Counts are whole numbers, addresses begin with https:// or http://, and styles are those of the schema.",
    wrong=_wrong(form(question(choice("river", "money", before="<StyleSuggestion>radio</StyleSuggestion>")))),
    right=Example(
        with_test(
            form(question(choice("river", "money", before="<StyleSuggestion>radiobutton</StyleSuggestion>"))), _KEY
        )
    ),
    source=QUESTION_FORM,
    label="documented",
)
NOT_FOR_TESTS = Rule(
    "MT324",
    "not-for-tests",
    "error",
    "A qualification test can't take files, nor show applets.",
    "FileUploadAnswer is refused in tests, and Application (Flash, Java) is no longer shown.",
    wrong=_wrong(form(question("<FileUploadAnswer/>"))),
    right=_RIGHT,
    source=QUESTION_FORM,
    label="documented",
)
FORMATTED_CONTENT = Rule(
    "MT325",
    "formatted-content",
    "error",
    "FormattedContent is no XHTML in a CDATA section.",
    "Each tag is closed: <br/>, not <br>.",
    wrong=_wrong(_TEST.replace("<Text>Which", "<FormattedContent><![CDATA[<br>]]></FormattedContent><Text>Which")),
    right=Example(
        with_test(
            _TEST.replace("<Text>Which", "<FormattedContent><![CDATA[<br/>]]></FormattedContent><Text>Which"), _KEY
        )
    ),
    source=QUESTION_FORM,
    label="documented",
)
NO_QUESTION = Rule(
    "MT326",
    "no-question",
    "error",
    "The test has no question.",
    "There would be nothing to answer.",
    wrong=_wrong(form("<Overview><Text>Read this.</Text></Overview>")),
    right=Example(with_test(form("<Overview><Text>Read this.</Text></Overview>", _ONE), _KEY)),
    source=QUESTION_FORM,
    label="documented",
)
BEYOND_THE_XHTML_SUBSET = Rule(
    "MT327",
    "beyond-the-xhtml-subset",
    "warning",
    "FormattedContent holds more than the documented subset of XHTML.",
    "The reference has a table of tags and attributes, and says that anything else is refused when the type is made: "
    "no div or span, no class, style or id, no scripts, no comments, whole addresses only. Other services may show "
    "it, or leave it out.",
    wrong=_wrong(
        _TEST.replace(
            "<Text>Which", "<FormattedContent><![CDATA[<p class='wide'>Read.</p>]]></FormattedContent><Text>Which"
        )
    ),
    right=Example(
        with_test(
            _TEST.replace(
                "<Text>Which", "<FormattedContent><![CDATA[<p align='left'>Read.</p>]]></FormattedContent><Text>Which"
            ),
            _KEY,
        )
    ),
    source=FORMATTED_CONTENT_PAGE,
    label="documented",
)
ADDRESS = Rule(
    "MT328",
    "address-in-content",
    "error",
    "FormattedContent holds an address that is none of a page or a file on the web.",
    "A javascript: address runs a script in the browser of a worker, and a data: address hides what it holds. The "
    "reference allows addresses that begin with http://, https://, ftp://, news://, nntp://, mailto://, gopher:// or "
    "telnet://.",
    wrong=_wrong(
        _TEST.replace(
            "<Text>Which",
            "<FormattedContent><![CDATA[<a href='javascript:alert(1)'>More</a>]]></FormattedContent><Text>Which",
        )
    ),
    right=Example(
        with_test(
            _TEST.replace(
                "<Text>Which",
                "<FormattedContent><![CDATA[<a href='https://example.org/'>More</a>]]></FormattedContent><Text>Which",
            ),
            _KEY,
        )
    ),
    source=FORMATTED_CONTENT_PAGE,
    label="documented",
)
QUESTION_TWICE = Rule(
    "MT330",
    "question-twice",
    "error",
    "Two questions of a test have one identifier.",
    "An answer says by the identifier which question it belongs to.",
    wrong=_wrong(form(_ONE, _ONE)),
    right=Example(
        with_test(
            form(_ONE, question(choice("run", "tree"), "verb")),
            answer_key(scored(("river", 10)), scored(("run", 10), identifier="verb")),
        )
    ),
    source=QUESTION_FORM,
    label="documented",
)
SELECTION_TWICE = Rule(
    "MT331",
    "selection-twice",
    "error",
    "Two selections of a question have one identifier.",
    "An answer says by the identifier what was chosen.",
    wrong=_wrong(form(question(choice("river", "river")))),
    right=_RIGHT,
    source=QUESTION_FORM,
    label="documented",
)
SELECTION_COUNTS = Rule(
    "MT332",
    "selection-counts",
    "error",
    "The least number of selections is above the most.",
    "MinSelectionCount and MaxSelectionCount are 1 each if they are left out.",
    wrong=Example(
        with_test(form(question(choice("river", "money", before="<MinSelectionCount>2</MinSelectionCount>")))),
        path="test",
    ),
    right=Example(
        with_test(
            form(
                question(
                    choice(
                        "river",
                        "money",
                        before="<MinSelectionCount>1</MinSelectionCount><MaxSelectionCount>2</MaxSelectionCount>",
                    )
                )
            ),
            _KEY,
        )
    ),
    source=QUESTION_FORM,
    label="documented",
)
MORE_THAN_OFFERED = Rule(
    "MT333",
    "more-than-offered",
    "error",
    "A worker may choose more selections than there are.",
    "MaxSelectionCount is at most the number of selections, with the worker's own (OtherSelection) if there is one.",
    wrong=_wrong(form(question(choice("river", "money", before="<MaxSelectionCount>3</MaxSelectionCount>")))),
    right=Example(
        with_test(form(question(choice("river", "money", before="<MaxSelectionCount>2</MaxSelectionCount>"))), _KEY)
    ),
    source=QUESTION_FORM,
    label="documented",
)
STYLE_FOR_ONE = Rule(
    "MT334",
    "style-for-one",
    "error",
    "The style lets a worker choose one selection, and more are allowed.",
    "radiobutton and dropdown are for one choice; checkbox, list and multichooser for several.",
    wrong=_wrong(
        form(
            question(
                choice(
                    "river",
                    "money",
                    before="<MaxSelectionCount>2</MaxSelectionCount><StyleSuggestion>dropdown</StyleSuggestion>",
                )
            )
        )
    ),
    right=Example(
        with_test(
            form(
                question(
                    choice(
                        "river",
                        "money",
                        before="<MaxSelectionCount>2</MaxSelectionCount><StyleSuggestion>checkbox</StyleSuggestion>",
                    )
                )
            ),
            _KEY,
        )
    ),
    source=QUESTION_FORM,
    label="documented",
)
FREE_TEXT_WITH_KEY = Rule(
    "MT335",
    "free-text-with-key",
    "error",
    "A test with an answer key has an answer in the worker's own words.",
    "It is graded by machine, which can't read free text or a selection of the worker's own.",
    wrong=_wrong(form(_ONE, question("<FreeTextAnswer/>", "why"))),
    right=_RIGHT,
    source=ANSWER_KEY,
    label="documented",
)
