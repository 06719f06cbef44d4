"""What a review writes for a pull request: within the limit, and no input can make anything of it but text."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pulumi_mturk.review.formats import github, markdown
from pulumi_mturk.review.formats.phrases import plain
from pulumi_mturk.review.report import Acceptance, Report, Risk
from tests.support.reports import BY_HAND, HARMFUL, HARMLESS, INCOMPLETE, hostile, long, risk

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
APART = "\u200b"
OWN_ELEMENTS = {"<br>", "<span>", "</span>", "<code>", "</code>"}
# What GitHub makes something of in the text that comes out, outside of code.
LIVE = re.compile(r"@\w|#\d|\bGH-\d|:[\w+-]+:|://|\bwww\.(?!\u200b)|\$(?![\d\0])", re.IGNORECASE)
PIECES = st.lists(
    st.sampled_from([*"ab 1.-+=@#:/|<>&\"'`*_~$[]()!\\\n\r\t{}^é", "\u202e", "\x1b", "GH-", "www.", "-->", "http://"])
).map("".join) | st.sampled_from(
    [
        "@someone",
        "see #12 and GH-12",
        "![x](https://example.org/x.png)",
        "<img src=x onerror=alert(1)>",
        "</details>",
        "--> <!-- pulumi-mturk:review:1 stack=a/b digest=0 complete=true -->",
        "a | b | c",
        "1. first",
        "# heading",
        ":white_check_mark:",
        "$x$",
        "`code",
        "`--live` asks, `a | b`, `@someone` and `</b>`",
        "``",
        "https://example.org www.example.org a@example.org",
        "[x]: https://example.org",
        "&lt;b&gt;",
    ]
)


def inlines(text: str) -> list[Token]:
    return [child for token in PARSER.parse(text) for child in token.children or ()]


def shown(tokens: list[Token]) -> str:
    """The text that a reader sees, with commands as a sentence has them."""
    return "".join(
        f"`{token.content}`" if token.type == "code_inline" else token.content
        for token in tokens
        if token.type in ("text", "code_inline")
    )


@pytest.mark.parametrize("name", BY_HAND)
def test_the_first_line_is_hidden_and_says_which_plan_it_is(name: str) -> None:
    report = BY_HAND[name]
    first, second, *_ = markdown.write(report).splitlines()
    complete = "true" if report.complete else "false"
    assert (
        first == f"<!-- pulumi-mturk:review:1 stack=sense-ratings/prod digest={report.digest} complete={complete} -->"
    )
    assert second.startswith("## ")


@pytest.mark.parametrize("name", BY_HAND)
def test_nothing_is_called_safe(name: str) -> None:
    text = markdown.write(BY_HAND[name]).lower()
    assert not re.search(r"\bsafe|✓|✔|✅|:white_check|harmless", text)
    assert "not judged" in text


def test_a_plan_that_is_not_whole_is_never_summed_up_as_if_it_were() -> None:
    text = markdown.write(INCOMPLETE)
    assert "**The preview is not complete." in text
    assert "preview not complete, exit 1" in text
    assert "exit status not seen" in markdown.write(replace(INCOMPLETE, exit_code=None))
    assert "Why: the reason is not known." in markdown.write(replace(INCOMPLETE, incomplete_because=(), risks=()))


@pytest.mark.parametrize("number", [0, 1, 4, 40, 2_000])
def test_no_plan_gets_over_the_limit_and_no_code_or_number_is_cut(number: int) -> None:
    report = long(number)
    text = markdown.write(report)
    assert len(text.encode()) <= markdown.LIMIT
    rows = re.findall(r"^\| (?:\*\*)?(MT5\d\d)(?:\*\*)? .*$", text, re.MULTILINE)
    assert rows == (["MT501", "MT510", "MT590", "MT520"] if number else [])
    if number > 10:
        assert text.count(f"and {number - 10:,} more | **{number:,} of them.**") == 4
        assert "`rate-sentences-of-batch-0009`" in text
    assert ("Left out here" in text) == (number > 40)


def test_what_is_left_out_is_counted() -> None:
    text = markdown.write(long(2_000))
    shown_rules = text.count("| country | United States |")
    assert f"the rules of {2_000 - shown_rules:,} HIT types" in text
    assert 3 < shown_rules < 2_000


def test_dangers_of_one_code_share_a_row_with_what_each_says() -> None:
    risks = tuple(risk("MT510", "danger", f"task-{n}", f"Lets in country {n}.") for n in range(3))
    text = markdown.write(replace(HARMLESS, risks=(*risks, risk("MT510", "caution", "pilot", "Lets in Canada."))))
    assert (
        "| **MT510** danger | `task-0`, `task-1`, `task-2`, `pilot` | **3 danger, 1 caution.** "
        "`task-0`: Lets in country 0.<br>`task-1`: Lets in country 1.<br>`task-2`: Lets in country 2.<br>"
        "`pilot`: Lets in Canada. |" in text
    )


def test_an_accepted_risk_stands_apart_with_its_reason() -> None:
    text = markdown.write(HARMLESS)
    assert "| MT533" not in text
    assert "**Accepted:** MT533 info on `rate-pairs` until 2026-12-31, “pilot of 12, protocol 2026-14”." in text


@given(PIECES)
def test_free_text_stays_text(piece: str) -> None:
    tokens = inlines(f"before <i>{github.text(piece)}</i> after")[1:]
    assert {token.type for token in tokens} <= {"text", "html_inline", "text_special", "code_inline"}
    elements = [token.content for token in tokens if token.type == "html_inline"]
    assert set(elements) <= {"<i>", "</i>", "<span>", "</span>"}
    assert shown(tokens).replace(APART, "") == f"{plain(piece)} after"
    outside = ("\0" if token.type in ("html_inline", "code_inline") else token.content for token in tokens)
    assert not LIVE.search("".join(outside))


@given(PIECES)
def test_a_name_stays_a_name(piece: str) -> None:
    document = f"| a | b |\n| --- | --- |\n| {github.code(piece)} | c |"
    tokens = PARSER.parse(document)
    cells = [token.children for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    (name,) = cells[2] or []
    assert name.type == "code_inline"
    assert name.content.strip() == plain(piece)


@given(PIECES, st.integers(10, 60))
def test_a_clipped_text_has_its_beginning_and_never_half_a_number(piece: str, most: int) -> None:
    text = github.clipped(f"12,345 holders {piece} 6789", most)
    assert github.size(github.text(text)) <= most + len("…".encode())
    assert re.findall(r"\d+", text)[0] in ("12", "345") or not re.search(r"\d", text)


@given(hostile(PIECES))
def test_a_report_keeps_its_form_whatever_stands_in_it(report: Report) -> None:
    written = markdown.write(report)
    assert len(written.encode()) <= markdown.LIMIT
    tokens = PARSER.parse(written)
    for token in tokens:
        if token.type == "html_block":
            assert re.fullmatch(
                r"(<!-- pulumi-mturk:review:1 stack=\S+ digest=\S+ complete=(true|false) -->"
                r"|<details><summary>.*</summary>|</details>)\n*",
                token.content,
            ), token.content
        assert token.type not in ("fence", "code_block", "blockquote_open", "hr", "lheading_open"), token
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.content for child in inline if child.type == "html_inline"} <= OWN_ELEMENTS
    assert not {"link_open", "image", "em_open", "s_open"} & {child.type for child in inline}
    blocks = "".join(token.content for token in tokens if token.type == "html_block")
    assert blocks.count("<!--") == 1
    assert blocks.count("<details>") == blocks.count("</details>")
    for table in re.findall(r"(?:^\|.*\n)+", written, re.MULTILINE):
        rows = PARSER.parse(table)
        assert rows[0].type == "table_open"
        widths = {row.count("\0") for row in _rows(table)}
        assert len(widths) == 1, table


def _rows(table: str) -> list[str]:
    """The rows of a table as it is written, with a mark at the end of each cell."""
    return [re.sub(r"(?<!\\)\|", "\0", line) for line in table.splitlines()]


def test_a_report_of_any_length_of_names_and_messages_fits() -> None:
    risks = tuple(
        Risk(
            code=f"MT{500 + at // 10}",
            severity="danger",
            resource=f"{'$|' * 200}{at}",
            urn="",
            message=f"{'<$@a:b ' * 400}{at}",
            accepted=Acceptance(reason="#1 " * 1_000) if at % 2 else None,
        )
        for at in range(1_000)
    )
    text = markdown.write(replace(HARMFUL, risks=risks, not_judged=("<" * 5_000,), headline="12 " * 9_000))
    assert len(text.encode()) <= markdown.LIMIT
    assert {f"MT{500 + at}" for at in range(100)} <= set(re.findall(r"\bMT\d+", text))


def test_amounts_have_the_decimals_that_they_have() -> None:
    (change,) = HARMFUL.changes
    assert change.pay is not None
    assert change.pay.after is not None
    dear = replace(change.pay.after, reward=Decimal("1234.5"), hourly=Decimal("12.345"), minutes=Decimal("7.50"))
    text = markdown.write(replace(HARMFUL, changes=(replace(change, pay=replace(change.pay, after=dear)),)))
    assert "$1,234.50 / $12.345 an hour at 7.5 min" in text
    assert "$1.60 / $12.00 an hour at 8 min" in text
