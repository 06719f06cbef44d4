"""A test and its key as YAML: what they become, and what is found in them, by code and line."""

import re
from pathlib import Path

import pytest

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.questionnaires import Questionnaire, markup, read_file, read_text
from pulumi_mturk.questionnaires.file_format import STYLES
from pulumi_mturk.questions import check_answer_key, check_test, equal_xml, score_range
from tests.support.form_strategies import KEY as KEY_SPACE
from tests.support.form_strategies import NEW

TEST = """version: 1
title: Reading instructions
intro: |
  Read each sentence **twice**.
minutes: 20
retry_after: 7 days
pass_mark: 75
questions:
  - {id: sense, text: Which sense has it?, choose: one, style: radiobutton, choices: {river: Side of it, money: A firm}}
  - id: verbs
    name: 2
    required: true
    text: Mark the verbs.
    choose: {min: 1, max: 2}
    style: checkbox
    choices: {run: run, tree: tree, no: no}
value: {percentage: {of: 20}}
"""
KEY = """sense:
  - {when: [river], points: 10}
verbs:
  - {when: [run], points: 5}
  - {when: [run, no], points: 10}
  - {otherwise: -5}
"""


def question(*lines: str) -> str:
    """A test of one question of these lines, of which the last but one are the fourth and so on."""
    return "version: 1\nquestions:\n  - id: q\n" + "".join(f"    {line}\n" for line in lines)


def found(test: str, key: str | None = None) -> list[Diagnostic]:
    """All findings, errors and others."""
    try:
        read = read_text(test, "test.yaml")
        return list((read if key is None else read.with_key(key, "test.key.yaml")).findings)
    except InvalidInputError as error:
        return list(error.diagnostics)


def said(findings: list[Diagnostic]) -> list[tuple[str, str, int]]:
    """Code, file and line of each."""
    lines = [re.match(r"line (\d+)", one.message) for one in findings]
    return [(one.code, one.path, int(line[1]) if line else 0) for one, line in zip(findings, lines, strict=True)]


def element(inner: str) -> str:
    """A form of one question q of this answer specification."""
    return (
        f'<QuestionForm xmlns="{NEW}"><Question><QuestionIdentifier>q</QuestionIdentifier>'
        f"<QuestionContent><Text>Q?</Text></QuestionContent><AnswerSpecification>{inner}</AnswerSpecification>"
        "</Question></QuestionForm>"
    )


def test_a_test_and_its_key_become_the_two_documents() -> None:
    read = read_text(TEST, "test.yaml").with_key(KEY, "test.key.yaml")
    test = f"""<QuestionForm xmlns="{NEW}"><Overview><Title>Reading instructions</Title>
<FormattedContent><![CDATA[<p>Read each sentence <strong>twice</strong>.</p>]]></FormattedContent></Overview>
<Question><QuestionIdentifier>sense</QuestionIdentifier>
<QuestionContent><Text>Which sense has it?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><MinSelectionCount>1</MinSelectionCount><MaxSelectionCount>1</MaxSelectionCount>
<StyleSuggestion>radiobutton</StyleSuggestion><Selections>
<Selection><SelectionIdentifier>river</SelectionIdentifier><Text>Side of it</Text></Selection>
<Selection><SelectionIdentifier>money</SelectionIdentifier><Text>A firm</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question>
<Question><QuestionIdentifier>verbs</QuestionIdentifier><DisplayName>2</DisplayName><IsRequired>true</IsRequired>
<QuestionContent><Text>Mark the verbs.</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><MinSelectionCount>1</MinSelectionCount><MaxSelectionCount>2</MaxSelectionCount>
<StyleSuggestion>checkbox</StyleSuggestion><Selections>
<Selection><SelectionIdentifier>run</SelectionIdentifier><Text>run</Text></Selection>
<Selection><SelectionIdentifier>tree</SelectionIdentifier><Text>tree</Text></Selection>
<Selection><SelectionIdentifier>no</SelectionIdentifier><Text>no</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question></QuestionForm>"""
    key = f"""<AnswerKey xmlns="{KEY_SPACE}"><Question><QuestionIdentifier>sense</QuestionIdentifier>
<AnswerOption><SelectionIdentifier>river</SelectionIdentifier><AnswerScore>10</AnswerScore></AnswerOption></Question>
<Question><QuestionIdentifier>verbs</QuestionIdentifier>
<AnswerOption><SelectionIdentifier>run</SelectionIdentifier><AnswerScore>5</AnswerScore></AnswerOption>
<AnswerOption><SelectionIdentifier>run</SelectionIdentifier><SelectionIdentifier>no</SelectionIdentifier>
<AnswerScore>10</AnswerScore></AnswerOption><DefaultScore>-5</DefaultScore></Question>
<QualificationValueMapping><PercentageMapping><MaximumSummedScore>20</MaximumSummedScore></PercentageMapping>
</QualificationValueMapping></AnswerKey>"""
    assert equal_xml(read.test, test)
    assert equal_xml(read.answer_key or "", key)
    assert (read.test_duration_in_seconds, read.retry_delay_in_seconds, read.pass_mark) == (1_200, 604_800, 75)
    assert check_test(read.test) == []
    assert check_answer_key(read.answer_key or "", read.test) == []
    assert read.findings == ()


def test_nothing_shows_the_key() -> None:
    assert "AnswerOption" not in repr(read_text(TEST, "test.yaml").with_key(KEY, "test.key.yaml"))


@pytest.mark.parametrize(
    "text", ["yes", "NO", "on", "null", "~", "1.10", "010", "12:30", "0x1F", "1_000", "2026-11-26", "=", ".inf"]
)
def test_a_text_is_what_is_written(text: str) -> None:
    read = read_text(question("text: Q?", "choose: one", f"choices: {{{text}: {text}}}"), "test.yaml")
    assert f"<SelectionIdentifier>{text}</SelectionIdentifier>\n      <Text>{text}</Text>" in read.test


@pytest.mark.parametrize("style", STYLES)
def test_each_style_is_taken(style: str) -> None:
    read = read_text(question("text: Q?", "choose: one", f"style: {style}", "choices: {a: A, b: B}"), "test.yaml")
    assert f"<StyleSuggestion>{style}</StyleSuggestion>" in read.test


def test_a_free_text_has_all_its_members() -> None:
    rules = (
        "{lines: 3, length: {min: 2, max: 9}, number: {min: -1, max: 100}, default: d, "
        "formats: [{regex: '^[0-9]+$', message: Digits alone., flags: i}, {regex: x}]}"
    )
    inner = (
        '<Constraints><IsNumeric minValue="-1" maxValue="100"/><Length minLength="2" maxLength="9"/>'
        '<AnswerFormatRegex regex="^[0-9]+$" errorText="Digits alone." flags="i"/><AnswerFormatRegex regex="x"/>'
        "</Constraints><DefaultText>d</DefaultText><NumberOfLinesSuggestion>3</NumberOfLinesSuggestion>"
    )
    free = read_text(question("text: Q?", f"free_text: {rules}"), "test.yaml")
    assert equal_xml(free.test, element(f"<FreeTextAnswer>{inner}</FreeTextAnswer>"))
    other = read_text(question("text: Q?", "choose: one", "choices: {a: A}", f"other: {rules}"), "test.yaml")
    assert equal_xml(
        other.test,
        element(
            "<SelectionAnswer><MinSelectionCount>1</MinSelectionCount><MaxSelectionCount>1</MaxSelectionCount><Selections>"
            "<Selection><SelectionIdentifier>a</SelectionIdentifier><Text>A</Text></Selection>"
            f"<OtherSelection>{inner}</OtherSelection></Selections></SelectionAnswer>"
        ),
    )
    bare = read_text(question("text: Q?", "free_text: {number: {}}"), "test.yaml")
    assert equal_xml(bare.test, element("<FreeTextAnswer><Constraints><IsNumeric/></Constraints></FreeTextAnswer>"))


def test_overviews_blocks_and_xml_stand_where_they_are_written() -> None:
    test = """version: 1
questions:
  - id: a
    content:
      - title: T
      - text: One *word*.
      - list: [x, y]
      - binary: {type: image, subtype: png, url: "https://example.org/a.png", alt: A dog}
      - formatted: <p>F</p>
    choose: one
    choices:
      p: {binary: {type: audio, url: "https://example.org/a.mp3", alt: A bark}}
      q: {formatted: <b>q</b>}
      r: A *word*
  - overview: Between.
  - xml: |
      <Question>
        <QuestionIdentifier>x</QuestionIdentifier>
        <QuestionContent><Text>Q?</Text></QuestionContent>
        <AnswerSpecification><FreeTextAnswer/></AnswerSpecification>
      </Question>
  - overview: [title: Last]
  - {id: b, text: B?, free_text: {}}
"""
    read = read_text(test, "test.yaml")
    assert re.findall(r"<(Overview|QuestionIdentifier)>(\w?)", read.test) == [
        *(("QuestionIdentifier", "a"), ("Overview", ""), ("QuestionIdentifier", "x")),
        *(("Overview", ""), ("QuestionIdentifier", "b")),
    ]
    kinds = re.findall("<(Title|Text|List|Binary|FormattedContent)>", read.test)
    first = [
        "Title",
        "FormattedContent",
        "List",
        "Binary",
        "FormattedContent",
        "Binary",
        "FormattedContent",
        "FormattedContent",
    ]
    assert kinds == [*first, "Text", "Text", "Title", "Text"]
    assert check_test(read.test) == []


@pytest.mark.parametrize(
    ("text", "xhtml"),
    [
        ("*a*", "<p><em>a</em></p>"),
        ("a **b c** d", "<p>a <strong>b c</strong> d</p>"),
        ("a < *b* & c", "<p>a &lt; <em>b</em> &amp; c</p>"),
        ("*a*\n\nb\nc", "<p><em>a</em></p>\n<p>b<br/>c</p>"),
        ("*a* \\*b\\*", "<p><em>a</em> *b*</p>"),
    ],
)
def test_marks_become_xhtml(text: str, xhtml: str) -> None:
    assert markup.as_plain(text) is None
    assert markup.as_xhtml(text, inline=False) == xhtml


@pytest.mark.parametrize(
    ("text", "plain"), [("2 * 3 * 4", "2 * 3 * 4"), ("\\*a\\*", "*a*"), ("a * b*", "a * b*"), ("***", "***")]
)
def test_what_is_no_mark_stays_a_text(text: str, plain: str) -> None:
    assert markup.as_plain(text) == plain


CHOICES = ("choose: one", "choices: {a: A, b: B}")


@pytest.mark.parametrize(
    ("test", "code", "line"),
    [
        ("", "MT351", 0),
        ("- a\n", "MT353", 1),
        ("version: 2\nquestions: [{id: q, text: Q, free_text: {}}]\n", "MT354", 1),
        ("version: 1\nquestions:\n", "MT353", 2),
        ("version: 1\nversion: 1\n", "MT352", 2),
        ("version: 1\n---\nversion: 1\n", "MT351", 2),
        (question("text: *bank*", *CHOICES), "MT351", 4),
        (question("text: &a b", *CHOICES), "MT351", 4),
        (question("text: !a b", *CHOICES), "MT351", 4),
        (question("text: a: b", *CHOICES), "MT351", 4),
        (question('text: "a\\x01b"', *CHOICES), "MT020", 4),
        (question('text: "\\ud800"', *CHOICES), "MT020", 4),
        (question("text: Is it #1?", *CHOICES), "MT355", 4),
        (question("text: Q?", "colour: red", *CHOICES), "MT353", 5),
        (question("text: Q?"), "MT353", 3),
        (question("text: Q?", "content: [text: Q]", *CHOICES), "MT353", 3),
        (question("text: Q?", "choices: {a: A}"), "MT353", 3),
        (question("text: Q?", "free_text: {}", "style: list"), "MT353", 3),
        (question("text:", *CHOICES), "MT353", 4),
        (question("text: [a]", *CHOICES), "MT353", 4),
        (question("text: Q?", "choose: one", "choices: {a: A, B}"), "MT353", 6),
        (question("text: Q?", "choose: two", "choices: {a: A}"), "MT354", 5),
        (question("text: Q?", "choose: {min: 01, max: 1}", "choices: {a: A}"), "MT354", 5),
        (question("text: Q?", "choose: {min: '1', max: 1}", "choices: {a: A}"), "MT354", 5),
        (question("text: Q?", "choose: {min: 1.0, max: 1}", "choices: {a: A}"), "MT354", 5),
        (question("text: Q?", "choose: {min: 1, max: 3}", "choices: {a: A, b: B}"), "MT333", 3),
        (question("text: Q?", "choose: {min: 2, max: 1}", "choices: {a: A, b: B}"), "MT332", 3),
        (question("text: Q?", "style: radio", *CHOICES), "MT354", 5),
        (question("text: Q?", "required: yes", *CHOICES), "MT354", 5),
        (question("text: Q?", "choose: one", "choices: {'': A}"), "MT354", 6),
        (question("text: Q?", "choose: one", "choices: {}"), "MT353", 6),
        (question("content:", "  - formatted: <br>", *CHOICES), "MT325", 5),
        (question("content:", "  - formatted: <div>a</div>", *CHOICES), "MT327", 5),
        (question("content:", "  - binary: {type: image, url: 'http://example.org', alt: a}", *CHOICES), "MT354", 5),
        (question("content:", "  - binary: {type: image, url: 'https://example.org'}", *CHOICES), "MT353", 5),
        (question("text: Your e-mail address?", "free_text: {}"), "MT704", 3),
        (question("text: Q?", *CHOICES) + "  - xml: <Question>\n", "MT320", 7),
        (question("text: Q?", *CHOICES) + "  - xml: <QuestionForm/>\n", "MT353", 7),
        (question("text: Q?", *CHOICES) + "  - xml: |\n      <Question>\n      <Foo/></Question>\n", "MT322", 9),
        (question("text: Q?", *CHOICES) + "minutes: 0\n", "MT354", 7),
        (question("text: Q?", *CHOICES) + "retry_after: a week\n", "MT354", 7),
        (question("text: Q?", *CHOICES) + "value: {scale: 2.5, ranges: []}\n", "MT353", 7),
        (question("text: Q?", *CHOICES) + "value: {scale: 1e999}\n", "MT354", 7),
        (question("text: Q?", *CHOICES) + "value: {ranges: [{from: 0, to: 1, value: 1}]}\n", "MT353", 7),
        (question("text: Q?", *CHOICES) + "key: test.key.yaml\n", "MT354", 7),
        (question(f"text: {'x' * 65_535}", *CHOICES), "MT321", 0),
    ],
)
def test_what_is_wrong_with_a_test_is_found_in_its_line(test: str, code: str, line: int) -> None:
    assert (code, "test.yaml", line) in said(found(test))


ONE = question("text: Q?", *CHOICES)
SCORED = "q: [{when: [a], points: 4}]\n"


def ranges(*bounds: tuple[int, int]) -> str:
    """A mapping whose first range is in line 9."""
    lines = "".join(f"    - {{from: {low}, to: {high}, value: 1}}\n" for low, high in bounds)
    return f"value:\n  ranges:\n{lines}  otherwise: 0\n"


@pytest.mark.parametrize(
    ("more", "key", "code", "place"),
    [
        ("", "", "MT351", ("test.key.yaml", 0)),
        ("", "q: {a: 4}\n", "MT353", ("test.key.yaml", 1)),
        ("", "q:\n  - {when: a, points: 4}\n", "MT353", ("test.key.yaml", 2)),
        ("", "q:\n  - {when: [a], points: four}\n", "MT354", ("test.key.yaml", 2)),
        ("", "q:\n  - {when: [a]}\n", "MT353", ("test.key.yaml", 2)),
        ("", "q:\n  - {otherwise: 1}\n", "MT322", ("test.key.yaml", 1)),
        ("", f"{SCORED}q: []\n", "MT352", ("test.key.yaml", 2)),
        ("", "q:\n  - {when: [a], points: 4}\n  - {otherwise: 1}\n  - {otherwise: 2}\n", "MT322", ("test.key.yaml", 1)),
        ("", "q:\n  - {when: [a], points: 4}\n  - {when: [a], points: 4}\n", "MT342", ("test.key.yaml", 3)),
        ("", "q:\n  - {when: [a, a], points: 4}\n", "MT341", ("test.key.yaml", 2)),
        ("", "q:\n  - {when: [a, b], points: 4}\n", "MT348", ("test.key.yaml", 2)),
        ("", "q:\n  - {when: [c], points: 4}\n", "MT347", ("test.key.yaml", 2)),
        ("", "\nr: [{when: [a], points: 4}]\n", "MT346", ("test.key.yaml", 2)),
        ("pass_mark: 5\n", SCORED, "MT358", ("test.yaml", 7)),
        ("pass_mark: 0\n", SCORED, "MT337", ("test.yaml", 7)),
        ("value: {percentage: {of: 5}}\n", SCORED, "MT345", ("test.yaml", 7)),
        ("value: {percentage: {of: 32}}\npass_mark: 13\n", SCORED, "MT338", ("test.yaml", 8)),
        ("value: {scale: 0.3}\npass_mark: 2\n", SCORED, "MT338", ("test.yaml", 8)),
        (ranges((5, 4)), SCORED, "MT343", ("test.yaml", 9)),
        (ranges((0, 4), (4, 5)), SCORED, "MT344", ("test.yaml", 10)),
        (ranges((0, 1), (4, 5)), SCORED, "MT336", ("test.yaml", 10)),
    ],
)
def test_what_is_wrong_with_a_key_is_found_in_the_line_of_its_file(
    more: str, key: str, code: str, place: tuple[str, int]
) -> None:
    assert (code, *place) in said(found(ONE + more, key))


@pytest.mark.parametrize("bar", [12, 38, 75, 100])
def test_a_pass_mark_beside_half_a_per_cent_is_no_doubt(bar: int) -> None:
    """Half: 12.5 and 37.5; a bar of 12 is reached by either rounding, one of 13 is not."""
    key = "q: [{when: [a], points: 1}, {when: [b], points: 8}]\n"
    assert found(f"{ONE}value: {{percentage: {{of: 8}}}}\npass_mark: {bar}\n", key) == []


def test_free_text_is_not_scored_by_a_key() -> None:
    assert [code for code, _, _ in said(found(question("text: Q?", "free_text: {}"), SCORED))] == ["MT335"]


def test_words_of_a_finding_are_those_of_the_file() -> None:
    (one,) = found(question("text: Q?", "choose: {min: 1, max: 3}", "style: list", "choices: {a: A, b: B}"))
    assert "choose.max" in one.message
    assert "SelectionCount" not in one.message


@pytest.mark.parametrize(
    ("key", "mapping", "bounds"),
    [
        ("q: [{when: [a], points: 4}, {otherwise: -1}]\n", "sum", (-1, 4)),
        (SCORED, "{scale: 2.6}", (0, 11)),
        (SCORED, "{percentage: {of: 4}}", (0, 100)),
        (SCORED, "{ranges: [{from: 0, to: 3, value: -7}], otherwise: 9}", (-7, 9)),
    ],
)
def test_the_sum_becomes_the_score_by_each_mapping(key: str, mapping: str, bounds: tuple[int, int]) -> None:
    read = read_text(f"{ONE}value: {mapping}\n", "test.yaml").with_key(key, "test.key.yaml")
    assert score_range(read.test, read.answer_key) == bounds


def files(folder: Path, test: str, key: str | None = None) -> Questionnaire:
    (folder / "test.yaml").write_text(test, encoding="utf-8")
    if key is not None:
        (folder / "test.key.yaml").write_text(key, encoding="utf-8")
    return read_file(folder / "test.yaml", folder / "test.key.yaml" if key is not None else None)


INLINE = f"{ONE}key: inline\nanswers: {{q: [{{when: [a], points: 4}}]}}\npass_mark: 4\n"


def test_a_key_in_the_tests_own_file_is_a_warning(tmp_path: Path) -> None:
    read = files(tmp_path, INLINE)
    assert read.answer_key is not None
    assert said(list(read.findings)) == [("MT356", "test.yaml", 7)]


@pytest.mark.parametrize("more", ["pass_mark: 4\n", "value: sum\n"])
def test_what_has_no_meaning_without_a_key_is_not_taken_without_one(tmp_path: Path, more: str) -> None:
    with pytest.raises(InvalidInputError, match="MT357"):
        files(tmp_path, ONE + more)
    assert files(tmp_path, ONE).answer_key is None


def test_a_key_is_in_one_place_alone(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="MT357"):
        files(tmp_path, INLINE, SCORED)


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"version: 1 # \xe9")
    (tmp_path / "long.yaml").write_text("#" * 300_000)
    (tmp_path / "bom.yaml").write_text(f"\ufeff{ONE}")
    for name in ("none.yaml", "", "latin.yaml", "long.yaml"):
        with pytest.raises(InvalidInputError, match="MT350"):
            read_file(tmp_path / name)
    assert read_file(tmp_path / "bom.yaml").form.questions


def test_lines_are_those_of_the_file_whatever_its_line_ends() -> None:
    test = question("text: |", "  a", "", "  b", "choose: two", "choices: {a: A}").replace("\n", "\r\n")
    assert said(found(test)) == [("MT354", "test.yaml", 8)]
