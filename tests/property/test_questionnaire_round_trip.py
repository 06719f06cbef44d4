"""From XML to YAML and back: nothing is lost, or it is told; whatever the texts are."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.questionnaires import markup, read_text, to_yaml
from pulumi_mturk.questions import check_test, equal_xml
from tests.support.form_strategies import OLD, TEXTS, Documents, documents


def back(found: Any) -> tuple[str, str | None]:
    read = read_text(found.test, "test.yaml")
    if found.key is not None:
        read = read.with_key(found.key, "test.key.yaml")
    return read.test, read.answer_key


@given(documents())
def test_what_comes_back_is_what_it_was_or_is_told(drawn: Documents) -> None:
    errors = [one for one in check_test(drawn.test) if one.severity == "error"]
    assert errors == []
    converted = to_yaml(drawn.test, drawn.key)
    test, key = back(converted)
    told = [note for note in converted.notes if "stays as XML" not in note]
    if not told:
        assert equal_xml(test, drawn.test)
    elif OLD in drawn.test:
        assert any("namespace" in note for note in told)
    if drawn.key is not None and not any("answer key" in note for note in told):
        assert equal_xml(key or "", drawn.key)
    # Once more there is nothing that is not said already but what stays as XML.
    again = to_yaml(test, key)
    assert again.test == converted.test
    assert again.key == converted.key
    assert [note for note in again.notes if "stays as XML" not in note] == []
    assert equal_xml(back(again)[0], test)
    assert back(again)[1] == key


@given(TEXTS)
def test_a_text_is_what_it_was_once_it_is_escaped(text: str) -> None:
    assert markup.as_plain(markup.escaped(text)) == text
    assert markup.block_text(markup.as_block(text)) == text


CANARY = "CANARY"
KEY = f"""sense:
  - when: [{CANARY}]
    points: 10
  - otherwise: -1
"""
TEST = f"""version: 1
questions:
  - id: sense
    text: Which?
    choose: one
    choices: {{{CANARY}: a, money: b}}
"""


@given(st.data())
def test_no_message_about_a_key_quotes_it(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(KEY)))
    end = data.draw(st.integers(at, min(at + 12, len(KEY))))
    put = data.draw(
        st.sampled_from(("", CANARY, f"{CANARY}: ", f"&{CANARY} ", f"*{CANARY} ", "[", "{", "\n", ": ", "- ", '"', "'"))
    )
    found = ""
    try:
        read_text(TEST, "test.yaml").with_key(KEY[:at] + put + KEY[end:], "test.key.yaml")
    except InvalidInputError as error:
        found = str(error)
    # The id of a question is public; what else stands in the key is not.
    assert CANARY not in re.sub("question [^:]*:", "", found)


@pytest.mark.parametrize("size", [1_000, 200_000])
@pytest.mark.parametrize("junk", ["[", "{a: ", "? ", "- ", "a: ", "'", '"', "*a ", "&a ", "**a", "\n- |\n", "x\n "])
def test_junk_of_any_size_is_refused(junk: str, size: int) -> None:
    with pytest.raises(InvalidInputError):
        read_text(junk * (size // len(junk)), "test.yaml")
