from __future__ import annotations

import random
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Switches
from pulumi_mturk.marketplace.domain.answer_keys import score
from pulumi_mturk.marketplace.domain.answer_validation import check_answers, read_questions
from pulumi_mturk.marketplace.domain.question_form_answers import from_question_form
from pulumi_mturk.marketplace.simulation.simulated_answers import FILLER, FormSimulator, answers_to_question
from pulumi_mturk.questionnaires import read_file
from tests.support.marketplace.api_calls import ANSWER_KEY, QUESTION, SCHEMAS, TEST

_STUDY = Path(__file__).parents[3] / "examples" / "transcription_study"
EXAMPLE = read_file(_STUDY / "test.yaml", _STUDY / "test.key.yaml")
FREE = f"""<QuestionForm xmlns="{SCHEMAS}/2017-11-06/QuestionForm.xsd">{{questions}}</QuestionForm>"""
WRITTEN = """<Question><QuestionIdentifier>{name}</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent>
<AnswerSpecification><FreeTextAnswer><Constraints>{constraints}</Constraints></FreeTextAnswer></AnswerSpecification>
</Question>"""


def rng(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


@pytest.mark.parametrize(
    ("form", "key"),
    [
        (TEST, ANSWER_KEY),
        (EXAMPLE.test, EXAMPLE.answer_key),
    ],
)
def test_who_knows_all_has_the_best_score_and_who_knows_nothing_less(form: str, key: str) -> None:
    simulator, questions = FormSimulator(Switches(), form, key), read_questions(form, Switches())
    assert questions is not None

    def scored(skill: float, seed: int) -> int:
        fields = simulator.answers(rng(seed), skill)
        check_answers(questions, fields)
        return score(key, from_question_form(questions, fields))

    best = scored(1.0, 1)
    assert best in (1, 100)
    assert all(scored(0.0, seed) < best for seed in range(20))
    assert sum(scored(0.5, seed) for seed in range(200)) / 200 == pytest.approx(best / 2, rel=0.3)


def test_free_texts_keep_to_the_form() -> None:
    questions = [
        WRITTEN.format(name="n", constraints='<IsNumeric minValue="5" maxValue="9"/>'),
        WRITTEN.format(name="long", constraints='<Length minLength="50"/>'),
        WRITTEN.format(name="short", constraints='<Length maxLength="3"/>'),
        WRITTEN.format(name="any", constraints=""),
    ]
    given = dict(answers_to_question(Switches(), FREE.format(questions="".join(questions)), rng()))
    assert given["n"] == "5"
    assert len(given["long"]) == 50
    assert given["short"] == FILLER[:3]
    assert given["any"] == FILLER


def test_a_page_of_html_gets_a_filler() -> None:
    assert answers_to_question(Switches(), QUESTION, rng()) == [("simulated", FILLER)]
