"""What the people of a crowd answer: right as often as their skill says where there is a key, else anything allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from pulumi_mturk.marketplace.site.question_forms import FreeText, Selection, read_form

if TYPE_CHECKING:
    import random

    from pulumi_mturk.marketplace.site.question_forms import Form

Answers = list[tuple[str, str]]

FILLER: Final = "Simulated answer of a made-up worker"
"""Stands where nobody can know what a person would write."""
_TRIES: Final = 20
"""To choose something else than the right answer, which may be all that can be chosen."""


class Paper:
    """A question form, with its answer key if it has one, read once for all who answer it."""

    def __init__(self, form: str, key: str | None = None) -> None:
        self._form: Form = read_form(form)
        self._right = {} if key is None else _right_answers(key)

    def answered(self, die: random.Random, skill: float) -> Answers:
        """The answers of one worker."""
        answers: Answers = []
        for question in self._form.questions:
            if isinstance(question.answer, FreeText):
                answers.append((question.identifier, _written(question.answer)))
                continue
            right = self._right.get(question.identifier)
            knows = die.random() < skill
            chosen = sorted(right) if right is not None and knows else _chosen(die, question.answer, right)
            answers += [(question.identifier, selection) for selection in chosen]
        return answers


def anything(question: str, die: random.Random) -> Answers:
    """Answers to the question of a HIT; what an HTML form or a page elsewhere asks is not known."""
    if "QuestionForm.xsd" in question[:1000]:
        return Paper(question).answered(die, 0.0)
    return [("simulated", FILLER)]


def _right_answers(key: str) -> dict[str, frozenset[str]]:
    """For each question the selections that score most."""
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(key.encode(), parser)
    right: dict[str, frozenset[str]] = {}
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


def _chosen(die: random.Random, rule: Selection, right: frozenset[str] | None) -> list[str]:
    """Selections at random, as many as the form wants, and not the right ones where there are others to choose."""
    identifiers = [option.identifier for option in rule.options]
    fewest = min(max(rule.least, 1), len(identifiers))
    most = max(min(rule.most, len(identifiers)), fewest)
    chosen = die.sample(identifiers, die.randint(fewest, most))
    for _ in range(_TRIES):
        if frozenset(chosen) != right:
            break
        chosen = die.sample(identifiers, die.randint(fewest, most))
    return chosen


def _written(rule: FreeText) -> str:
    """A text that keeps the form's limits on numbers and lengths; patterns are checked in browsers alone."""
    if rule.numeric:
        return rule.least_value or rule.most_value or "1"
    return FILLER.ljust(rule.least_length, ".")[: rule.most_length]
