"""The rules of a test and an answer key: a good pair, and one small change for each rule that it breaks."""

import subprocess
import sys

import pytest

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.questions import check_answer_key, check_test, equal_xml, summarise

SCHEMAS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"
NEW = f"{SCHEMAS}/2017-11-06/QuestionForm.xsd"
OLD = f"{SCHEMAS}/2005-10-01/QuestionForm.xsd"

TEST = f"""<QuestionForm xmlns="{NEW}">
  <Overview>
    <Title>Transcribing receipts</Title>
    <FormattedContent><![CDATA[<p>Read <b>each</b>&nbsp;question.<br/></p>]]></FormattedContent>
  </Overview>
  <Question>
    <QuestionIdentifier>total</QuestionIdentifier>
    <DisplayName>1</DisplayName>
    <IsRequired>true</IsRequired>
    <QuestionContent><Text>Which line is the total?</Text></QuestionContent>
    <AnswerSpecification>
      <SelectionAnswer>
        <StyleSuggestion>radiobutton</StyleSuggestion>
        <Selections>
          <Selection><SelectionIdentifier>TOP</SelectionIdentifier><Text>The first</Text></Selection>
          <Selection><SelectionIdentifier>END</SelectionIdentifier><Text>The last</Text></Selection>
        </Selections>
      </SelectionAnswer>
    </AnswerSpecification>
  </Question>
  <Question>
    <QuestionIdentifier>skip</QuestionIdentifier>
    <QuestionContent><Text>What is left out?</Text></QuestionContent>
    <AnswerSpecification>
      <SelectionAnswer>
        <MinSelectionCount>0</MinSelectionCount>
        <MaxSelectionCount>2</MaxSelectionCount>
        <StyleSuggestion>checkbox</StyleSuggestion>
        <Selections>
          <Selection><SelectionIdentifier>ADS</SelectionIdentifier><Text>Advertisements</Text></Selection>
          <Selection><SelectionIdentifier>TAX</SelectionIdentifier><Text>Taxes</Text></Selection>
          <Selection><SelectionIdentifier>TIP</SelectionIdentifier><Text>Tips</Text></Selection>
        </Selections>
      </SelectionAnswer>
    </AnswerSpecification>
  </Question>
</QuestionForm>
"""
KEY = f"""<AnswerKey xmlns="{SCHEMAS}/2005-10-01/AnswerKey.xsd">
  <Question>
    <QuestionIdentifier>total</QuestionIdentifier>
    <AnswerOption><SelectionIdentifier>END</SelectionIdentifier><AnswerScore>6</AnswerScore></AnswerOption>
  </Question>
  <Question>
    <QuestionIdentifier>skip</QuestionIdentifier>
    <AnswerOption>
      <SelectionIdentifier>ADS</SelectionIdentifier>
      <SelectionIdentifier>TIP</SelectionIdentifier>
      <AnswerScore>4</AnswerScore>
    </AnswerOption>
    <AnswerOption><SelectionIdentifier>ADS</SelectionIdentifier><AnswerScore>1</AnswerScore></AnswerOption>
    <DefaultScore>-2</DefaultScore>
  </Question>
  <QualificationValueMapping>
    <PercentageMapping><MaximumSummedScore>10</MaximumSummedScore></PercentageMapping>
  </QualificationValueMapping>
</AnswerKey>
"""
PERCENTAGE = "<PercentageMapping><MaximumSummedScore>10</MaximumSummedScore></PercentageMapping>"
ANSWERS = ("TOP", "END", "ADS", "TAX", "TIP")


def changed(document: str, old: str, new: str) -> str:
    """The document with the first place of a text changed; the text must be there."""
    assert old in document
    return document.replace(old, new, 1)


def ranges(*bounds: tuple[int, int, int], otherwise: int = 0) -> str:
    inner = "".join(
        f"<SummedScoreRange><InclusiveLowerBound>{low}</InclusiveLowerBound><InclusiveUpperBound>{high}"
        f"</InclusiveUpperBound><QualificationValue>{value}</QualificationValue></SummedScoreRange>"
        for low, high, value in bounds
    )
    end = f"<OutOfRangeQualificationValue>{otherwise}</OutOfRangeQualificationValue>"
    return changed(KEY, PERCENTAGE, f"<RangeMapping>{inner}{end}</RangeMapping>")


def free_text(wording: str) -> str:
    """The test with its second question asking for a text."""
    head, _, tail = TEST.rpartition("<QuestionContent>")
    return (
        f"{head.rstrip()}<QuestionContent><Text>{wording}</Text>"
        "</QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification>"
        f"{tail.partition('</AnswerSpecification>')[2]}"
    )


def only(diagnostics: list[Diagnostic]) -> Diagnostic:
    assert len(diagnostics) == 1, [str(diagnostic) for diagnostic in diagnostics]
    return diagnostics[0]


def test_a_good_test_and_key_have_no_findings() -> None:
    assert check_test(TEST) == []
    assert check_answer_key(KEY, TEST) == []


def test_the_older_namespace_of_a_test_is_as_good() -> None:
    assert check_test(changed(TEST, NEW, OLD)) == []


def test_every_kind_of_content_and_constraint_is_accepted() -> None:
    content = (
        "<List><ListItem>one</ListItem><ListItem>two</ListItem></List>"
        "<Binary><MimeType><Type>image</Type><SubType>png</SubType></MimeType>"
        "<DataURL>https://example.com/a.png</DataURL><AltText>a receipt</AltText></Binary>"
        "<EmbeddedBinary><EmbeddedMimeType><Type>application</Type><SubType>pdf</SubType></EmbeddedMimeType>"
        "<DataURL>http://example.com/a.pdf</DataURL><AltText>a</AltText><Width>1</Width><Height>1</Height>"
        "<ApplicationParameter><Name>n</Name><Value>v</Value></ApplicationParameter></EmbeddedBinary>"
    )
    answer = (
        '<FreeTextAnswer><Constraints><IsNumeric minValue="-1" maxValue="9"/><Length minLength="0" maxLength="9"/>'
        '<AnswerFormatRegex regex="^a" errorText="no" flags="i"/></Constraints><DefaultText/>'
        "<NumberOfLinesSuggestion>3</NumberOfLinesSuggestion></FreeTextAnswer>"
    )
    test = changed(free_text("Say it."), "<Text>Say it.</Text>", content)

    assert check_test(changed(test, "<FreeTextAnswer/>", answer)) == []


def test_comments_prefixes_a_declaration_and_a_schema_location_are_no_findings() -> None:
    prefixed = TEST.replace("</", "</q:").replace("<", "<q:").replace("<q:/q:", "</q:").replace("<q:!", "<!")
    prefixed = prefixed.replace("<q:p>Read <q:b>each</q:b>&nbsp;question.<q:br/></q:p>", "<p>Hello</p>")
    prefixed = changed(prefixed, "xmlns=", "xmlns:q=")
    schema = f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{NEW} {NEW}" xmlns:q='
    with_location = changed(prefixed, "xmlns:q=", schema)
    document = f'<?xml version="1.0" encoding="ISO-8859-1"?><!-- é -->{with_location}'

    assert check_test(changed(document, "Which line is", "Which <!-- or -->line is")) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</Overview>", "", "line 37, column 16: not well-formed XML (Opening and ending tag mismatch: Overview"),
        ("<QuestionForm", '<!DOCTYPE QuestionForm SYSTEM "form.dtd"><QuestionForm', "document type"),
        (f' xmlns="{NEW}"', "", f'line 1: QuestionForm has no namespace: write <QuestionForm xmlns="{NEW}"> or'),
        ("2017-11-06", "2017-01-17", "line 1: QuestionForm has the namespace"),
        ("<Text>Which", '<Text xmlns="">Which', "line 10, question total: Text is in another namespace"),
        ("<Text>Which", '<Text class="big">Which', "line 10, question total: Text has the attribute class"),
        (
            "<DisplayName>1</DisplayName>\n    <IsRequired>true</IsRequired>",
            "<IsRequired>true</IsRequired>\n    <DisplayName>1</DisplayName>",
            "line 9, question total: DisplayName must stand before IsRequired",
        ),
        (
            "<DisplayName>1</DisplayName>",
            "<DisplayNam>1</DisplayNam>",
            "line 8, question total: DisplayNam is not allowed in Question: Question holds in this order:"
            " QuestionIdentifier, DisplayName (optional), IsRequired (optional), QuestionContent, AnswerSpecification",
        ),
        ("<DisplayName>1</DisplayName>", "<DisplayName/><DisplayName/>", "Question has 2 times DisplayName"),
        ("<QuestionIdentifier>total</QuestionIdentifier>", "", "line 6: Question has no QuestionIdentifier"),
        (">total<", ">  <", "line 7: QuestionIdentifier must be a text that is not empty"),
        (">true<", ">yes<", "line 9, question total: IsRequired must be true or false"),
        ("<Text>Which", "Really:<Text>Which", "line 10, question total: QuestionContent has text beside its elements"),
        ("line is the", "line <b>is</b> the", "line 10, question total: Text must hold plain text"),
        ("<![CDATA[<p>Read <b>each</b>&nbsp;question.<br/></p>]]>", "<p>Read</p>", "line 4: the XHTML in Form"),
        ("<br/>", "<br>", "line 4: FormattedContent must be XHTML, each tag closed"),
        (
            "<Text>Which line is the total?</Text>",
            "<Application><Flash/></Application>",
            "line 10, question total: Application is not allowed",
        ),
        ("radiobutton", "radio", "line 13, question total: StyleSuggestion must be one of radiobutton, checkbox"),
        (">0<", ">-1<", "line 26, question skip: MinSelectionCount must be a whole number, 0 or more"),
        (">0<", ">1.5<", "line 26, question skip: MinSelectionCount must be a whole number, 0 or more"),
        (">0<", ">9999999999<", "line 26, question skip: MinSelectionCount must be a whole number, 0 or more"),
        (">2<", ">0<", "line 27, question skip: MaxSelectionCount must be a whole number, 1 or more"),
        (">skip<", ">total<", "line 21, question total: an earlier question has this QuestionIdentifier"),
        (">TOP<", ">END<", "line 6, question total: SelectionIdentifier END is given to more than one selection"),
        (">0<", ">3<", "line 21, question skip: MinSelectionCount 3 is above MaxSelectionCount 2"),
        (">2<", ">4<", "line 21, question skip: MaxSelectionCount is 4, but there are 3 selections"),
        ("checkbox", "dropdown", "line 21, question skip: StyleSuggestion dropdown lets a worker choose one"),
    ],
)
def test_a_test_that_breaks_one_rule_has_one_finding(old: str, new: str, message: str) -> None:
    diagnostic = only(check_test(changed(TEST, old, new)))
    assert diagnostic.path == "test"
    assert diagnostic.severity == "error"
    assert message in diagnostic.message


def test_the_counts_of_selections_are_one_where_they_are_left_out() -> None:
    without_minimum = changed(TEST, "<MinSelectionCount>0</MinSelectionCount>", "")
    without_maximum = changed(TEST, "<MaxSelectionCount>2</MaxSelectionCount>", "")
    two_to_one = changed(without_maximum, ">0<", ">2<")

    assert check_test(without_minimum) == []
    assert check_test(without_maximum) == []
    assert "MinSelectionCount 2 is above MaxSelectionCount 1" in only(check_test(two_to_one)).message


def test_another_kind_of_question_is_refused_as_a_test() -> None:
    html = f'<HTMLQuestion xmlns="{SCHEMAS}/2011-11-11/HTMLQuestion.xsd"><HTMLContent/></HTMLQuestion>'

    assert "line 1: the outermost element is HTMLQuestion: it must be <QuestionForm" in only(check_test(html)).message


def test_a_test_of_an_overview_alone_is_refused() -> None:
    form = f'<QuestionForm xmlns="{NEW}"><Overview><Text>Hello</Text></Overview></QuestionForm>'

    assert "there is no Question" in only(check_test(form)).message


def test_a_file_upload_is_refused_in_a_test() -> None:
    test = changed(free_text("Send it."), "<FreeTextAnswer/>", "<FileUploadAnswer/>")

    assert "question skip: FileUploadAnswer is not allowed" in only(check_test(changed(test, NEW, OLD))).message


def test_all_errors_of_a_test_are_found_in_one_go() -> None:
    test = changed(changed(changed(TEST, ">true<", ">yes<"), "<br/>", "<br>"), ">2<", ">4<")

    assert [diagnostic.message.split(":")[0] for diagnostic in check_test(test)] == [
        "line 4",
        "line 9, question total",
        "line 21, question skip",
    ]


def test_the_size_of_a_test_is_counted_in_bytes_of_utf8() -> None:
    def test_of(size: int) -> str:
        room = size - len(TEST.encode())
        return changed(TEST, "Which line", "\u20ac" * (room // 3) + "x" * (room % 3) + "Which line")

    assert check_test(test_of(65535)) == []
    assert "65536 bytes long in UTF-8, and at most 65535" in only(check_test(test_of(65536))).message


@pytest.mark.parametrize("document", ["", "hello", "<a", "\ud800<a/>", "<a>\x00</a>", '\n<?xml version="1.0"?><a/>'])
def test_what_is_no_xml_is_one_finding(document: str) -> None:
    assert "not well-formed XML" in only(check_test(document)).message
    assert "not well-formed XML" in only(check_answer_key(document, TEST)).message


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "document",
    [
        changed(f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]>{TEST}', "Which line", "&l9;"),
        changed(f'<!DOCTYPE a [<!ENTITY l0 "lol">{LAUGHS}]>{TEST}', "<Text>", '<Text class="&l9;">'),
        changed(f'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>{TEST}', "Which line", "&f;"),
        f'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>{TEST}',
        f'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">{TEST}',
    ],
    ids=["entities in entities", "in an attribute", "a file", "a file as a parameter", "a schema from the network"],
)
def test_entities_and_document_types_are_refused_unread(document: str) -> None:
    diagnostic = only(check_test(document))

    assert "document type" in diagnostic.message or "not well-formed" in diagnostic.message
    assert "root:" not in diagnostic.message
    assert not equal_xml(document, TEST)
    assert summarise(document, None) == "a test that is not valid"


SKIP_OPTION = "<AnswerOption><SelectionIdentifier>ADS</SelectionIdentifier><AnswerScore>1</AnswerScore></AnswerOption>"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("</Question>", "", "column 13: not well-formed XML (tag name mismatch)"),
        ("<AnswerKey", "<!DOCTYPE AnswerKey><AnswerKey", "document type"),
        ("AnswerKey.xsd", "AnswerKeys.xsd", f'write <AnswerKey xmlns="{SCHEMAS}/2005-10-01/AnswerKey.xsd">'),
        ("<AnswerScore>6</AnswerScore>", "", "line 4, question total: AnswerOption has no AnswerScore"),
        (">6<", ">six<", "line 4, question total: AnswerScore must be a whole number between"),
        (">6<", ">2147483648<", "line 4, question total: AnswerScore must be a whole number between"),
        (">-2<", "><", "line 14, question skip: DefaultScore must be a whole number between"),
        (">10<", ">0<", "line 17: MaximumSummedScore must be a whole number above 0"),
        (PERCENTAGE, "", "line 16: QualificationValueMapping has no PercentageMapping or ScaleMapping or RangeMapping"),
        (
            PERCENTAGE,
            "<ScaleMapping><SummedScoreMultiplier>1e999</SummedScoreMultiplier></ScaleMapping>",
            "line 17: SummedScoreMultiplier must be a number",
        ),
        (">total<", ">sum<", "line 2, question sum: the test has no question of this QuestionIdentifier"),
        (">END<", ">LAST<", "line 4, question total: its 1st AnswerOption names a selection that the test does not"),
        (">END<", ">TAX<", "line 4, question total: its 1st AnswerOption names a selection that the test does not"),
        (
            "<SelectionIdentifier>END<",
            "<SelectionIdentifier>TOP</SelectionIdentifier><SelectionIdentifier>END<",
            "line 4, question total: its 1st AnswerOption can never be chosen, because a worker chooses 1 of",
        ),
        (">TIP<", ">ADS<", "line 8, question skip: its 1st AnswerOption names a selection twice"),
        (
            "<DefaultScore>",
            f"{SKIP_OPTION}<DefaultScore>",
            "line 14, question skip: its 3rd AnswerOption is the same set of selections as an earlier one",
        ),
    ],
)
def test_a_key_that_breaks_one_rule_says_so_and_names_no_answer(old: str, new: str, message: str) -> None:
    diagnostics = check_answer_key(changed(KEY, old, new), TEST)

    assert any(message in diagnostic.message for diagnostic in diagnostics), [
        str(diagnostic) for diagnostic in diagnostics
    ]
    assert {diagnostic.path for diagnostic in diagnostics} == {"answerKey"}
    assert not [
        diagnostic for diagnostic in diagnostics for answer in (*ANSWERS, "LAST", "six") if answer in diagnostic.message
    ]


def test_a_question_that_a_key_has_twice_is_refused() -> None:
    first = KEY.partition("  <Question>")[2].partition("</Question>")[0]
    again = changed(KEY, "  <QualificationValueMapping>", f"<Question>{first}</Question><QualificationValueMapping>")

    messages = [diagnostic.message for diagnostic in check_answer_key(again, TEST) if diagnostic.severity == "error"]
    assert messages == ["line 16, question total: an earlier Question of the key has this identifier: merge the two"]


def test_a_minimum_of_two_makes_an_option_of_one_impossible() -> None:
    diagnostic = only(check_answer_key(KEY, changed(TEST, ">0<", ">2<")))

    assert (
        "question skip: its 2nd AnswerOption can never be chosen, because a worker chooses 2 of" in diagnostic.message
    )


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ([(0, 4, 1), (9, 5, 2)], "line 17: InclusiveLowerBound is above InclusiveUpperBound"),
        ([(0, 4, 1), (4, 9, 2)], "line 17: this SummedScoreRange overlaps with the one of line 17"),
        ([(0, 9, 1), (10, 12, 2), (3, 3, 3)], "overlaps"),
        ([(0, 9, 1), (2, 3, 2)], "overlaps"),
    ],
)
def test_ranges_run_upwards_and_do_not_overlap(bounds: list[tuple[int, int, int]], message: str) -> None:
    assert message in only(check_answer_key(ranges(*bounds), TEST)).message


def test_ranges_may_touch_and_stand_in_any_order() -> None:
    assert check_answer_key(ranges((5, 9, 1), (-5, 4, 2), (10, 10, 3)), TEST) == []


def test_a_test_with_a_key_may_not_ask_for_a_text() -> None:
    diagnostic = only(check_answer_key(KEY, free_text("Say it.")))

    assert diagnostic.path == "test"
    assert (
        "question skip: a test with an answer key is graded by machine and may not have FreeTextAnswer"
        in diagnostic.message
    )


def test_a_test_with_a_key_may_not_offer_another_selection() -> None:
    test = changed(TEST, "</Selections>", "<OtherSelection/></Selections>")

    assert check_test(test) == []
    assert "may not have OtherSelection" in only(check_answer_key(KEY, test)).message


def test_a_key_alone_is_checked_by_itself_where_its_test_is_not_known() -> None:
    assert check_answer_key(changed(KEY, ">total<", ">sum<"), None) == []
    assert "AnswerScore must be" in check_answer_key(changed(KEY, ">6<", ">x<"), None)[0].message


def test_a_key_is_not_compared_with_a_broken_test() -> None:
    assert check_answer_key(KEY, "<QuestionForm") == []


@pytest.mark.parametrize(("maximum", "effect"), [(8, "more than 100 is reached"), (20, "100 can't be reached")])
def test_a_maximum_that_is_not_the_best_sum_is_a_warning(maximum: int, effect: str) -> None:
    diagnostic = only(check_answer_key(changed(KEY, ">10<", f">{maximum}<"), TEST))

    assert diagnostic.severity == "warning"
    assert effect in diagnostic.message


def test_lxml_is_not_loaded_before_a_document_is_read() -> None:
    code = "import sys, pulumi_mturk.questions as q; assert 'lxml' not in sys.modules; q.check_test('<a/>');"

    subprocess.run([sys.executable, "-c", f"{code} assert 'lxml' in sys.modules"], check=True)
