"""The limits of each input: taken at the bound, refused beyond, with the place in the message, before any call."""

from typing import Any

import pytest

from pulumi_mturk.provider import lifecycle
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place
from tests.support.findings import places
from tests.support.inputs import ANSWER_KEY, EXAMPLES, OTHER_WORKER, TEST, TESTED, WORKER
from tests.support.limits import BLOCK, GRANT, HIT_TYPE, REFUSED, ROSTER, TAKEN, TYPE


def _named(case: Any) -> str | None:
    return str(case)[:50] if isinstance(case, dict) else None


@pytest.mark.parametrize(("token", "members"), TAKEN, ids=_named)
def test_what_is_within_the_limits_is_taken(place: Place, token: str, members: dict[str, Any]) -> None:
    assert place.check(token, EXAMPLES[token] | members).failures == []
    assert place.calls() == []


@pytest.mark.parametrize(("token", "members", "path", "code", "words"), REFUSED, ids=_named)
def test_what_is_beyond_a_limit_is_refused_where_it_is(
    place: Place, token: str, members: dict[str, Any], path: str, code: str, words: str
) -> None:
    (sentence,) = place.check(token, EXAMPLES[token] | members).failures
    assert places([sentence]) == [(path, code)]
    assert words in sentence
    assert place.calls() == []


@pytest.mark.parametrize(
    ("token", "name"),
    [
        (TYPE, "description"),
        (HIT_TYPE, "title"),
        (HIT_TYPE, "description"),
        (HIT_TYPE, "reward"),
        (HIT_TYPE, "assignmentDurationInSeconds"),
        (GRANT, "qualificationTypeId"),
        (GRANT, "workerId"),
        (ROSTER, "qualificationTypeId"),
        (ROSTER, "workers"),
        (BLOCK, "workerId"),
        (BLOCK, "reason"),
    ],
)
def test_what_is_required_is_missed(place: Place, token: str, name: str) -> None:
    inputs = {key: value for key, value in EXAMPLES[token].items() if key != name}
    assert place.check(token, inputs).failures == [f"{name}: this property is required [MT001]"]


@pytest.mark.parametrize("token", sorted(REGISTRY))
def test_a_property_that_is_not_there_is_refused(place: Place, token: str) -> None:
    assert place.check(token, EXAMPLES[token] | {"colour": "red"}).failures == [
        "colour: there is no such property [MT002]"
    ]


@pytest.mark.parametrize("token", [GRANT, BLOCK])
@pytest.mark.parametrize("worker", ["A1EXAMPLE-WORKER", "a1exampleworker", 7, ["A1EXAMPLEWORKER"]])
def test_a_refused_worker_id_is_not_repeated(place: Place, token: str, worker: Any) -> None:
    (sentence,) = place.check(token, EXAMPLES[token] | {"workerId": worker}).failures
    assert "EXAMPLE" not in sentence.upper()


@pytest.mark.parametrize("worker", ["A1EXAMPLE-WORKER", "a1exampleworker", "A2EXAMPLEWORKER=A1EXAMPLEWORKER"])
def test_a_refused_entry_of_a_roster_is_not_repeated(place: Place, worker: str) -> None:
    (sentence,) = place.check(ROSTER, EXAMPLES[ROSTER] | {"workers": worker}).failures
    assert "EXAMPLE" not in sentence.upper()


@pytest.mark.parametrize("token", [GRANT, ROSTER, BLOCK])
def test_a_resource_is_not_named_after_a_worker(place: Place, token: str) -> None:
    (sentence,) = _check_named(place, token, f"grant-{WORKER}")
    assert "the resource's name holds a worker id" in sentence
    assert WORKER not in sentence


@pytest.mark.parametrize(("token", "members"), [(BLOCK, {"workerId": "AB"}), (ROSTER, {"workers": "A1 AB"})])
def test_not_even_after_a_short_id(place: Place, token: str, members: dict[str, Any]) -> None:
    (sentence,) = _check_named(place, token, "about-AB", members)
    assert "the resource's name holds a worker id" in sentence


def _check_named(place: Place, token: str, name: str, members: dict[str, Any] | None = None) -> list[str]:
    return lifecycle.check(REGISTRY[token], place.context(name), {}, EXAMPLES[token] | (members or {})).failures


@pytest.mark.parametrize(
    ("token", "members", "name", "canonical"),
    [
        (HIT_TYPE, {"reward": "5."}, "reward", "5.00"),
        (HIT_TYPE, {"reward": "00.1"}, "reward", "0.10"),
        (HIT_TYPE, {"reward": 5}, "reward", "5.00"),
        (HIT_TYPE, {"keywords": "a,b ,  c  d,,"}, "keywords", "a, b, c d"),
        (HIT_TYPE, {"keywords": ["a", " b "]}, "keywords", "a, b"),
        (HIT_TYPE, {"keywords": " , "}, "keywords", None),
        (HIT_TYPE, {}, "autoApprovalDelayInSeconds", 2_592_000),
        (HIT_TYPE, {"assignmentDurationInSeconds": 600.0}, "assignmentDurationInSeconds", 600),
        (TYPE, {}, "qualificationTypeStatus", "Active"),
        (TYPE, {}, "autoGranted", False),
        (TYPE, {"name": "Transcription"}, "name", "Transcription"),
        (TYPE, {"name": "Transcription"}, "nameGenerated", False),
        (TYPE, {}, "nameGenerated", True),
        (TYPE, TESTED, "test", TEST),
        (GRANT, {}, "integerValue", None),
        (GRANT, {}, "sendNotification", False),
        (ROSTER, {"workers": f">pilot.csv {OTHER_WORKER}@9\n{WORKER}@7"}, "workers", f"{WORKER} {OTHER_WORKER}"),
        (ROSTER, {"workers": f"{OTHER_WORKER}=5 {WORKER}=6"}, "workers", f"{WORKER}=6 {OTHER_WORKER}=5"),
        (ROSTER, {"workers": f"{WORKER} {WORKER}"}, "workers", WORKER),
        (ROSTER, {}, "count", 2),
        (ROSTER, {}, "change", "+2 −0 ~0"),  # noqa: RUF001
        (ROSTER, {"workers": ""}, "change", "+0 −0 ~0"),  # noqa: RUF001
        (ROSTER, {}, "exclusive", False),
        (ROSTER, {}, "unknownWorkers", "fail"),
        (ROSTER, {}, "maxRemovals", None),
        (ROSTER, {}, "sendNotification", False),
        (ROSTER, {}, "scoresEarned", None),
    ],
)
def test_inputs_have_one_form(place: Place, token: str, members: dict[str, Any], name: str, canonical: Any) -> None:
    assert place.check(token, EXAMPLES[token] | members).inputs.get(name) == canonical


def test_a_generated_name_begins_with_the_resources(place: Place) -> None:
    name = place.check(TYPE, EXAMPLES[TYPE]).inputs["name"]
    assert name.startswith("example-")
    assert len(name) == len("example-") + 7


def test_a_generated_name_begins_with_its_prefix(place: Place) -> None:
    assert place.check(TYPE, EXAMPLES[TYPE] | {"namePrefix": "Study 3: "}).inputs["name"].startswith("Study 3: ")


def test_a_generated_name_follows_the_engines_seed(place: Place) -> None:
    one, same, other = (place.check(TYPE, EXAMPLES[TYPE], seed=seed).inputs["name"] for seed in (b"1", b"1", b"2"))
    assert one == same != other


@pytest.mark.parametrize(
    ("token", "members", "words"),
    [
        (TYPE, {"name": "Bad workers"}, "name: workers read this, and 'Bad' reads as a judgement"),
        (TYPE, {"description": "People who failed."}, "description: workers read this, and 'failed'"),
        (TYPE, {"test": TEST, "testDurationInSeconds": 60}, "answerKey: is missing"),
        (TYPE, {"test": TEST, "testDurationInSeconds": 60}, "retryDelayInSeconds: is missing"),
        (TYPE, {"testDurationInSeconds": 60}, "testDurationInSeconds: has no effect without a test"),
        (TYPE, {"autoGrantedValue": 5}, "autoGrantedValue: has no effect unless autoGranted"),
        (HIT_TYPE, {"title": "Write your full name"}, "title: asks workers for a full name"),
        (HIT_TYPE, {"reward": "0"}, "reward: pays nothing"),
        (ROSTER, {"integerValue": 5}, "integerValue: has no effect: each worker in the list has a score"),
        (ROSTER, {"exclusive": True, "scoresEarned": True}, "exclusive: workers who are not listed lose the score"),
    ],
)
def test_what_is_doubtful_is_a_warning(place: Place, token: str, members: dict[str, Any], words: str) -> None:
    assert place.check(token, EXAMPLES[token] | members).failures == []
    assert any(warning.startswith(words) for warning in place.warnings)


def test_warnings_keep_quiet_beside_errors(place: Place) -> None:
    assert place.check(TYPE, {"description": "People who failed.", "answerKey": ANSWER_KEY}).failures
    assert place.warnings == []
