"""The rules of a test and of an answer key, with all that is wrong in one list.

The place in a message is the line of the document and the question. Identifiers of questions are public; what an
answer key has on them is not, so no message names a selection of a key, nor the points of one answer.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.text import shortened
from pulumi_mturk.questions import personal_data as personal
from pulumi_mturk.questions.parsing import (
    AnswerOption,
    Form,
    FormQuestion,
    Key,
    KeyQuestion,
    Percentage,
    Ranges,
    read_form,
    read_key,
)
from pulumi_mturk.rules import answer_keys, privacy
from pulumi_mturk.rules import questions as rules

_TEST = "test"
_KEY = "answerKey"
_MOST_NAMED = 5


def check_test(xml: str) -> list[Diagnostic]:
    """All that is wrong with a test (QuestionForm XML), of either namespace, before any call; warnings included.

    Structure, size and the refusal of files are documented; unique question identifiers are what an answer needs
    to say which question it belongs to.
    """
    return findings_of_form(read_form(xml))


def findings_of_form(form: Form) -> list[Diagnostic]:
    """The same of a form that is read already."""
    return [*_in(_TEST, (*form.problems, *form.doubts)), *_check_form(form)]


def check_answer_key(xml: str, test: str | None) -> list[Diagnostic]:
    """All that is wrong with an answer key (AnswerKey XML), alone and against its test; warnings included.

    Pass None for a test that is not known yet: the key's own rules are then checked. A test that is wrong itself is
    not compared with; `check_test` says what is wrong with it. What a key forbids in its test (free text) is found
    here, with the path "test".
    """
    return findings_of_key(read_key(xml), read_form(test) if test is not None else None)


def findings_of_key(key: Key, form: Form | None) -> list[Diagnostic]:
    """The same of a key and a form that are read already."""
    diagnostics = [*_in(_KEY, key.problems), *_check_key(key, form)]
    if form is not None and not form.problems:
        diagnostics += [*_check_machine_graded(form), *_check_key_against(form, key)]
    return diagnostics


def _in(path: str, problems: Iterable[Diagnostic]) -> Diagnostics:
    return (replace(problem, path=path) for problem in problems)


def _check_form(form: Form) -> Diagnostics:
    seen: set[str] = set()
    for question in form.questions:
        if question.identifier in seen:
            yield rules.QUESTION_TWICE.at(
                _TEST, f"{question.place}: an earlier question has this QuestionIdentifier: give it another"
            )
        seen.add(question.identifier)
        if not question.is_free_text:
            yield from _check_selections(question)
        for kind in personal.asked_for(question):
            yield privacy.TEST_ASKS_FOR_PERSONAL_DATA.at(
                _TEST, f"{question.place}: it seems to ask for {kind}, which MTurk's policy forbids to ask of workers"
            )


def _check_selections(question: FormQuestion) -> Diagnostics:
    place = question.place
    for identifier in _repeated(question.selections):
        yield rules.SELECTION_TWICE.at(
            _TEST,
            f"{place}: SelectionIdentifier {shortened(identifier)} is given to more than one selection: give each its"
            " own",
        )
    offered = len(question.selections) + question.has_other
    if question.least > question.most:
        yield rules.SELECTION_COUNTS.at(
            _TEST,
            f"{place}: MinSelectionCount {question.least} is above MaxSelectionCount {question.most}"
            " (each is 1 if it is left out): lower the one or raise the other",
        )
    if question.most > offered:
        yield rules.MORE_THAN_OFFERED.at(
            _TEST, f"{place}: MaxSelectionCount is {question.most}, but there are {offered} selections: lower it"
        )
    if question.style in {"radiobutton", "dropdown"} and question.most > 1:
        yield rules.STYLE_FOR_ONE.at(
            _TEST,
            f"{place}: StyleSuggestion {question.style} lets a worker choose one selection, and MaxSelectionCount is"
            f" {question.most}: write 1, or another style such as checkbox",
        )


def _check_key(key: Key, form: Form | None) -> Diagnostics:
    seen: set[str] = set()
    for question in key.questions:
        if question.identifier in seen:
            yield answer_keys.KEY_QUESTION_TWICE.at(
                _KEY, f"{question.place}: an earlier Question of the key has this identifier: merge the two"
            )
        seen.add(question.identifier)
        yield from _check_options(question)
    if isinstance(key.mapping, Ranges):
        yield from _check_ranges(key.mapping)
    if isinstance(key.mapping, Percentage) and not key.problems and key.highest != key.mapping.maximum:
        yield _of_another_sum(key, key.mapping.maximum, form)


def _of_another_sum(key: Key, maximum: int, form: Form | None) -> Diagnostic:
    """A percentage whose 100 is not the best answers' sum, with the questions that the key may have left out."""
    scored = {question.identifier for question in key.questions}
    asked = () if form is None or form.problems else form.questions
    unscored = [shortened(one.identifier) for one in asked if one.identifier not in scored and not one.is_free_text]
    effect, remedy = "more than 100 is", f"write {key.highest}"
    if key.highest < maximum:
        effect = "100 can't be"
        if unscored:
            left_out = ", ".join(unscored[:_MOST_NAMED]) + (", …" if len(unscored) > _MOST_NAMED else "")
            remedy = f"score also the questions that the key leaves out ({left_out}), or {remedy}"
    return answer_keys.PERCENTAGE_OF_ANOTHER_SUM.at(
        _KEY,
        f"MaximumSummedScore is {maximum}, but the best answers have {key.highest} points, so that {effect} reached:"
        f" {remedy}",
    )


def _check_options(question: KeyQuestion) -> Diagnostics:
    seen: set[frozenset[str]] = set()
    for nth, option in _numbered(question):
        chosen = frozenset(option.selections)
        if len(chosen) < len(option.selections):
            yield answer_keys.OPTION_NAMES_TWICE.at(
                _KEY, f"{option.place}: {nth} names a selection twice: name each once"
            )
        if chosen in seen:
            yield answer_keys.OPTION_TWICE.at(
                _KEY, f"{option.place}: {nth} is the same set of selections as an earlier one: keep one of the two"
            )
        seen.add(chosen)


def _check_ranges(mapping: Ranges) -> Diagnostics:
    for one in mapping.ranges:
        if one.lower > one.upper:
            yield answer_keys.RANGE_REVERSED.at(
                _KEY, f"{one.place}: InclusiveLowerBound is above InclusiveUpperBound: exchange the two"
            )
    ordered = sorted((one for one in mapping.ranges if one.lower <= one.upper), key=lambda one: one.lower)
    end = None
    for one in ordered:
        if end is not None and one.lower <= end.upper:
            yield answer_keys.RANGES_OVERLAP.at(
                _KEY,
                f"{one.place}: this SummedScoreRange overlaps with the one of {end.place}, and both bounds are"
                " inclusive: a sum must be in one range only",
            )
        if end is None or one.upper > end.upper:
            end = one


def _check_machine_graded(form: Form) -> Diagnostics:
    for question in form.questions:
        found = "FreeTextAnswer" if question.is_free_text else "OtherSelection" if question.has_other else None
        if found is not None:
            yield rules.FREE_TEXT_WITH_KEY.at(
                _TEST,
                f"{question.place}: a test with an answer key is graded by machine and may not have {found}:"
                " offer selections alone, or leave the answer key out and grade by hand",
            )


def _check_key_against(form: Form, key: Key) -> Diagnostics:
    asked = {question.identifier: question for question in form.questions}
    for scored in key.questions:
        if scored.identifier not in asked:
            yield answer_keys.NO_SUCH_QUESTION.at(
                _KEY,
                f"{scored.place}: the test has no question of this QuestionIdentifier: write it letter by letter as"
                " it is there",
            )
        elif not asked[scored.identifier].is_free_text:
            yield from _check_options_against(asked[scored.identifier], scored)


def _check_options_against(question: FormQuestion, scored: KeyQuestion) -> Diagnostics:
    for nth, option in _numbered(scored):
        chosen = set(option.selections)
        if not chosen <= set(question.selections):
            yield answer_keys.NO_SUCH_SELECTION.at(
                _KEY,
                f"{option.place}: {nth} names a selection that the test does not offer there: write each"
                " SelectionIdentifier letter by letter as it is in the test",
            )
        if question.style == "checkbox" and not question.most_is_given and len(chosen) > 1:
            # The reference says that the count is 1 where it is left out; forms that others published, and answers
            # to them, take checkboxes for any number.
            yield answer_keys.CHECKBOXES_WITHOUT_A_COUNT.at(
                _KEY,
                f"{option.place}: {nth} has more selections than one, and the test's question has checkboxes without"
                " MaxSelectionCount, by which a worker may choose one (documented): write MaxSelectionCount there",
            )
        elif not question.least <= len(chosen) <= question.most:
            limits = str(question.least) if question.least == question.most else f"{question.least} to {question.most}"
            yield answer_keys.NEVER_CHOSEN.at(
                _KEY,
                f"{option.place}: {nth} can never be chosen, because a worker chooses {limits} of this question's"
                " selections: an AnswerOption is the whole set that is chosen, so give each alternative its own",
            )


def _numbered(question: KeyQuestion) -> Iterator[tuple[str, AnswerOption]]:
    for number, option in enumerate(question.options, 1):
        teen = number % 100 in {11, 12, 13}
        suffix = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        yield f"its {number}{suffix} AnswerOption", option


def _repeated(identifiers: tuple[str, ...]) -> list[str]:
    return sorted(identifier for identifier, times in Counter(identifiers).items() if times > 1)
