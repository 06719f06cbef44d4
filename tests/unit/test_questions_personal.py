"""Questions that ask workers for what MTurk's policy forbids to ask, and questions that only look like it."""

import pytest

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.questions import check_test
from pulumi_mturk.questions.grammar import QUESTION_FORM

SELECTIONS = (
    "<SelectionAnswer><Selections><Selection><SelectionIdentifier>a</SelectionIdentifier><Text>I hang up</Text>"
    "</Selection></Selections></SelectionAnswer>"
)


def asking(wording: str, answer: str = "<FreeTextAnswer/>", *, display_name: str = "1") -> str:
    return (
        f'<QuestionForm xmlns="{QUESTION_FORM.namespaces[0]}"><Question><QuestionIdentifier>q1</QuestionIdentifier>'
        f"<DisplayName>{display_name}</DisplayName><QuestionContent><Text>{wording}</Text></QuestionContent>"
        f"<AnswerSpecification>{answer}</AnswerSpecification></Question></QuestionForm>"
    )


def only(diagnostics: list[Diagnostic]) -> Diagnostic:
    assert len(diagnostics) == 1, [str(diagnostic) for diagnostic in diagnostics]
    return diagnostics[0]


@pytest.mark.parametrize(
    ("wording", "kind"),
    [
        ("Please enter your full name.", "a full name"),
        ("What is your first and last name?", "a full name"),
        ("Full name:", "a full name"),
        ("We are curious. Leave your e-mail address!", "an e-mail address"),
        ("Your personal\n email, please", "an e-mail address"),
        ("E-mail", "an e-mail address"),
        ("What is your phone number?", "a telephone number"),
        ("Your mobile phone number", "a telephone number"),
    ],
)
def test_a_question_for_personal_data_is_a_warning(wording: str, kind: str) -> None:
    diagnostic = only(check_test(asking(wording)))

    assert diagnostic.severity == "warning"
    assert f"question q1: it seems to ask for {kind}" in diagnostic.message


@pytest.mark.parametrize(
    "wording",
    [
        "Do not write your e-mail address.",
        "What is your favourite name for a cat?",
        "Type the phone number that is on the receipt.",
        "Which e-mail address is well formed?",
        "Describe your phone plan and your email client.",
        "What is your job?",
        "Explain how a nickname differs from a full name.",
    ],
)
def test_a_question_about_something_else_is_no_warning(wording: str) -> None:
    assert check_test(asking(wording)) == []


def test_a_selection_can_hold_no_personal_data() -> None:
    assert check_test(asking("A caller wants your full name. And now?", SELECTIONS)) == []


def test_a_selection_of_ones_own_can_hold_personal_data() -> None:
    other = SELECTIONS.replace("</Selections>", "<OtherSelection/></Selections>")

    assert "an e-mail address" in only(check_test(asking("What is your e-mail address?", other))).message


def test_a_display_name_can_ask_for_personal_data_too() -> None:
    assert "a telephone number" in only(check_test(asking("Here:", display_name="Telephone number"))).message
