from __future__ import annotations

import random
from pathlib import Path

import pytest

from pulumi_mturk.marketplace.crowd.answers import FILLER, Paper, anything
from pulumi_mturk.marketplace.people.answers import of_form
from pulumi_mturk.marketplace.people.forms import check_fields, questions_of
from pulumi_mturk.marketplace.people.scoring import score
from tests.marketplace.helpers import ANSWER_KEY, QUESTION, SCHEMAS, TEST

EXAMPLE = Path(__file__).parents[3] / "examples" / "transcription_study"
FREE = f"""<QuestionForm xmlns="{SCHEMAS}/2017-11-06/QuestionForm.xsd">{{questions}}</QuestionForm>"""
WRITTEN = """<Question><QuestionIdentifier>{name}</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent>
<AnswerSpecification><FreeTextAnswer><Constraints>{constraints}</Constraints></FreeTextAnswer></AnswerSpecification>
</Question>"""


def die(seed: int = 1) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


@pytest.mark.parametrize(
    ("form", "key"),
    [
        (TEST, ANSWER_KEY),
        ((EXAMPLE / "test.xml").read_text(), (EXAMPLE / "answer_key.xml").read_text()),
    ],
)
def test_who_knows_all_has_the_best_score_and_who_knows_nothing_less(form: str, key: str) -> None:
    paper, questions = Paper(form, key), questions_of(form)
    assert questions is not None

    def scored(skill: float, seed: int) -> int:
        fields = paper.answered(die(seed), skill)
        check_fields(questions, fields)
        return score(key, of_form(questions, fields))

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
    given = dict(anything(FREE.format(questions="".join(questions)), die()))
    assert given["n"] == "5"
    assert len(given["long"]) == 50
    assert given["short"] == FILLER[:3]
    assert given["any"] == FILLER


def test_a_page_of_html_gets_a_filler() -> None:
    assert anything(QUESTION, die()) == [("simulated", FILLER)]
