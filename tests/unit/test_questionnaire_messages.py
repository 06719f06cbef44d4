"""What the messages on a test's file and its key's say: one for each mistake, the way out, and nothing secret."""

import re

import pytest

from tests.unit.test_questionnaires import ONE, TEST, found, question


@pytest.mark.parametrize(
    ("of", "told"), [(20, r"leaves out \(verbs\), or write 10$"), (5, "more than 100 is reached: write 10$")]
)
def test_a_percentage_of_another_sum_names_the_questions_that_have_no_points(of: int, told: str) -> None:
    key = "sense:\n  - {when: [river], points: 10}\n"
    (one,) = found(TEST.replace("of: 20", f"of: {of}").replace("pass_mark: 75\n", ""), key)
    assert one.rule.code == "MT345"
    assert re.search(told, one.message)


def test_a_place_in_a_key_has_the_id_of_a_question_of_the_test_and_no_other_name() -> None:
    wrong = "[{when: [a], points: four}]\n"
    (known,) = found(ONE, f"q: {wrong}")
    (unknown,) = found(ONE, f"confidential: {wrong}")
    assert known.message.startswith("line 1, q[0].points: ")
    assert unknown.message.startswith("line 1, [0][0].points: ")
    (inline,) = found(f"{ONE}key: inline\nanswers:\n  q: {wrong}")
    assert "answers.q[0].points: " in inline.message
    (inline,) = found(f"{ONE}key: inline\nanswers:\n  confidential: {wrong}")
    assert "answers[0][0].points: " in inline.message


@pytest.mark.parametrize(
    ("test", "told"),
    [
        (question("text: Q?", "choise: one", "choices: {a: A}"), "choise is no member"),
        (question("text: Q?", "choose: one", "choises: {a: A}"), "choises is no member"),
        (question("txet: Q?", "choose: one", "choices: {a: A}"), "txet is no member"),
    ],
)
def test_a_misspelt_member_is_one_finding(test: str, told: str) -> None:
    (one,) = found(test)
    assert told in one.message
