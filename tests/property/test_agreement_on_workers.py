"""Two readings of one documentation, compared: what the provider says of who may work, and whom the marketplace admits.

The provider's sentences on newcomers and its bounds of a test's score come true on the worker's side, whatever the
rules and the tests are.
"""

from typing import Any

from hypothesis import assume, example, given
from hypothesis import strategies as st

from pulumi_mturk.eligibility import system_types
from pulumi_mturk.marketplace import Switches
from pulumi_mturk.marketplace.domain import answer_keys, question_form_answers
from pulumi_mturk.marketplace.domain.answer_validation import read_questions
from pulumi_mturk.marketplace.domain.eligibility import is_met
from pulumi_mturk.marketplace.domain.work_history import WorkHistory
from pulumi_mturk.marketplace.domain.worker_attributes import WorkerAttributes
from pulumi_mturk.marketplace.domain.worker_statistics import WorkerStatistics
from pulumi_mturk.questions import score_range
from tests.support import requirement_strategies
from tests.support.requirements import check_requirements, wire_form
from tests.unit.test_questions_scoring import STUDIES, Study

SWITCHES = Switches()
NEWCOMER = WorkerAttributes(
    lambda _: None, "US", None, masters=False, adult=False, statistics=WorkerStatistics(WorkHistory())
)
RATES = requirement_strategies._numeric(st.just(system_types.APPROVAL_RATE), st.integers(0, 100))
COUNTS = requirement_strategies._numeric(st.just(system_types.HITS_APPROVED), st.integers(95, 105))


def meets(rule: dict[str, Any], declaration: WorkerAttributes) -> bool:
    return is_met(wire_form(rule), declaration, SWITCHES)


def on_newcomers(rules: list[dict[str, Any]]) -> set[str]:
    diagnostics = check_requirements(rules, environment="production")
    return {diagnostic.path for diagnostic in diagnostics if "every newcomer" in diagnostic.message}


@st.composite
def workers(draw: st.DrawFn) -> WorkerAttributes:
    accepted, submitted, approved = sorted(draw(st.lists(st.integers(0, 300), min_size=3, max_size=3)), reverse=True)
    country = draw(st.sampled_from((*requirement_strategies.COUNTRIES, None)))
    return WorkerAttributes(
        draw(st.dictionaries(requirement_strategies.own_type_ids, requirement_strategies.scores, max_size=3)).get,
        country,
        draw(st.none() | st.sampled_from(requirement_strategies.STATES)) if country == "US" else None,
        masters=draw(st.booleans()),
        adult=draw(st.booleans()),
        statistics=WorkerStatistics(WorkHistory(accepted, submitted, approved=approved)),
    )


@given(requirement_strategies.requirement_dicts(), workers())
def test_whatever_the_check_accepts_is_decided_for_every_worker(rule: dict[str, Any], worker: WorkerAttributes) -> None:
    assume(
        not [
            found
            for found in check_requirements([rule], environment="production")
            if found.severity == "error" and found.code != "MT206"
        ]
    )
    assert meets(rule, worker) in (True, False)


@given(RATES)
@example(rule={"qualificationTypeId": system_types.APPROVAL_RATE, "comparator": "EqualTo", "integerValues": [100]})
@example(rule={"qualificationTypeId": system_types.APPROVAL_RATE, "comparator": "GreaterThan", "integerValues": [100]})
def test_a_rate_that_is_said_to_admit_newcomers_does(rule: dict[str, Any]) -> None:
    if on_newcomers([rule]):
        assert meets(rule, NEWCOMER)


@given(RATES, COUNTS)
def test_a_count_that_quietens_the_warning_keeps_newcomers_out(rate: dict[str, Any], count: dict[str, Any]) -> None:
    if on_newcomers([rate]) and not on_newcomers([rate, count]):
        assert not meets(count, NEWCOMER)


@given(STUDIES, st.data())
def test_every_score_is_within_the_bounds_that_the_provider_tells(study: Study, data: st.DataObject) -> None:
    fields = [
        (f"q{number}", selection)
        for number, question in enumerate(study.questions, 1)
        for selection in sorted(data.draw(st.sampled_from(question.sheets())))
    ]
    document = question_form_answers.to_xml(
        question_form_answers.from_question_form(read_questions(study.test, Switches()) or (), fields)
    )
    score = answer_keys.score(study.key, question_form_answers.parse_answers(document))
    bounds = score_range(study.test, study.key)
    assert bounds is not None
    assert bounds[0] <= score <= bounds[1]
    assert score in study.values()
