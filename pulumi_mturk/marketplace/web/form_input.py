"""The fields that a browser sends for a question form, as answers and validation errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.domain.question_forms import FreeText

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.domain.question_forms import Form, Selection


@dataclass
class FormInput:
    """Answers as (question identifier, value) pairs, and error texts by question number."""

    answers: list[tuple[str, str]] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)


def read_form_input(form: Form, values: dict[str, list[str]]) -> FormInput:
    """Read the fields of a form; unknown fields are ignored."""
    given = FormInput()
    for question in form.questions:
        sent = values.get(question.field, [])
        if isinstance(question.answer, FreeText):
            answer = sent[0].replace("\r\n", "\n") if sent else ""
            found, problem = ([answer] if answer else []), _free_text_problem(question.answer, answer)
        else:
            written = (values.get(f"{question.field}-other") or [""])[0].strip()
            known = {option.identifier for option in question.answer.options}
            found = list(dict.fromkeys(value for value in sent if value in known))
            if written and question.answer.other is not None:
                found.append(written)
            problem = _selection_problem(question.answer, len(found))
        if not found:
            problem = "This question has to be answered." if question.required else ""
        if problem:
            given.problems[question.number] = problem
        given.answers += [(question.identifier, value) for value in found]
    return given


def _free_text_problem(rule: FreeText, answer: str) -> str:
    if rule.numeric and not _in_bounds(rule, answer):
        return "The answer has to be a number within the bounds."
    if len(answer) < rule.min_length:
        return f"The answer has to have at least {rule.min_length} characters."
    if rule.max_length is not None and len(answer) > rule.max_length:
        return f"The answer has to have at most {rule.max_length} characters."
    return ""


def _in_bounds(rule: FreeText, answer: str) -> bool:
    try:
        value = float(answer)
        return (not rule.min_value or value >= float(rule.min_value)) and (
            not rule.max_value or value <= float(rule.max_value)
        )
    except ValueError:
        return False


def _selection_problem(rule: Selection, chosen: int) -> str:
    if chosen > rule.max_selections:
        return f"At most {rule.max_selections} can be chosen."
    return f"At least {rule.min_selections} have to be chosen." if chosen < rule.min_selections else ""
