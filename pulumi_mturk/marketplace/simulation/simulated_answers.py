"""Answers of simulated workers: with a key right with the probability of their skill, else any allowed ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.domain.question_forms import FreeText, Selection, read_form
from pulumi_mturk.marketplace.domain.safe_xml import recover_xml

if TYPE_CHECKING:
    import random

    from lxml import etree

    from pulumi_mturk.marketplace.domain.question_forms import Form
    from pulumi_mturk.marketplace.switches import Switches

Answers = list[tuple[str, str]]

FILLER: Final = "Simulated answer of a made-up worker"
"""Stands for free texts."""
_TRIES: Final = 20
"""Attempts to draw other selections than the right ones, which may be the only possible ones."""


class FormSimulator:
    """Simulates answers to a question form; form and key are parsed once for all workers."""

    def __init__(self, switches: Switches, form: str, key: str | None = None) -> None:
        self._form: Form = read_form(form, switches)
        self._right = {} if key is None else _best_selections(key)

    def answers(self, rng: random.Random, skill: float) -> Answers:
        """The answers of one worker."""
        answers: Answers = []
        for question in self._form.questions:
            if isinstance(question.answer, FreeText):
                answers.append((question.identifier, _free_text(question.answer)))
                continue
            right = self._right.get(question.identifier)
            knows = rng.random() < skill
            chosen = sorted(right) if right is not None and knows else _random_selections(rng, question.answer, right)
            answers += [(question.identifier, selection) for selection in chosen]
        return answers


def answers_to_question(switches: Switches, question: str, rng: random.Random) -> Answers:
    """Answers to the question of a HIT; the fields of HTML and external questions are unknown."""
    if "QuestionForm.xsd" in question[:1000]:
        return FormSimulator(switches, question).answers(rng, 0.0)
    return [("simulated", FILLER)]


def _best_selections(key: str) -> dict[str, frozenset[str]]:
    """The selections with the highest score, by question."""
    root = recover_xml(key)
    right: dict[str, frozenset[str]] = {}
    if root is None:
        return right
    for question in root.iterfind("{*}Question"):
        scores = {
            frozenset((each.text or "").strip() for each in option.iterfind("{*}SelectionIdentifier")): _points(option)
            for option in question.iterfind("{*}AnswerOption")
        }
        if scores:
            right[question.findtext("{*}QuestionIdentifier", "").strip()] = max(scores, key=scores.__getitem__)
    return right


def _points(option: etree._Element) -> int:
    text = option.findtext("{*}AnswerScore", "").strip()
    return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else 0


def _random_selections(rng: random.Random, rule: Selection, right: frozenset[str] | None) -> list[str]:
    """Random selections, as many as the form allows, and wrong ones if possible."""
    identifiers = [option.identifier for option in rule.options]
    fewest = min(max(rule.min_selections, 1), len(identifiers))
    most = max(min(rule.max_selections, len(identifiers)), fewest)
    chosen = rng.sample(identifiers, rng.randint(fewest, most))
    for _ in range(_TRIES):
        if frozenset(chosen) != right:
            break
        chosen = rng.sample(identifiers, rng.randint(fewest, most))
    return chosen


def _free_text(rule: FreeText) -> str:
    """A text within the form's bounds and lengths; patterns are only checked by browsers."""
    if rule.numeric:
        return rule.min_value or rule.max_value or "1"
    return FILLER.ljust(rule.min_length, ".")[: rule.max_length]
