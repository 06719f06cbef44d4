"""The limits of each input: taken at the bound, refused beyond, with the place in the message, before any call."""

from typing import Any

import pytest

from pulumi_mturk import lifecycle
from pulumi_mturk.resources import REGISTRY
from tests.inputs import ANSWER_KEY, EXAMPLES, TEST, TESTED, WORKER
from tests.places import Place

TYPE, HIT_TYPE, GRANT, BLOCK = "QualificationType", "HITType", "QualificationGrant", "WorkerBlock"
INT32, INT64 = 2**31 - 1, 2**63 - 1


def _test_of(size: int) -> dict[str, Any]:
    """A good test of so many bytes."""
    filled = TEST.replace("Two and two?", "x")
    return TESTED | {"test": filled.replace(">x<", f">{'x' * (size - len(filled) + 1)}<")}


# (resource, members that are taken)
TAKEN: list[tuple[str, dict[str, Any]]] = [
    (TYPE, {"description": "x"}),
    (TYPE, {"description": "x" * 2000}),
    (TYPE, {"description": "é" * 2000}),
    (TYPE, {"name": "x"}),
    (TYPE, {"name": "x" * 1000}),  # no limit is documented
    (TYPE, {"keywords": "k" * 1000}),
    (TYPE, {"keywords": ["k" * 498, "k" * 500]}),
    (TYPE, {"keywords": ""}),
    (TYPE, {"qualificationTypeStatus": "Inactive"}),
    (TYPE, {"retryDelayInSeconds": 0}),
    (TYPE, {"retryDelayInSeconds": INT64}),
    (TYPE, {"retryDelayInSeconds": 3600.0}),
    (TYPE, TESTED | {"testDurationInSeconds": 1}),
    (TYPE, TESTED | {"testDurationInSeconds": INT64}),
    (TYPE, _test_of(65_535)),
    (TYPE, {"test": TEST, "testDurationInSeconds": 60}),
    (TYPE, TESTED | {"autoGranted": False}),
    (TYPE, TESTED | {"test": "<p/>", "validateQuestions": False}),
    (TYPE, {"autoGranted": True, "autoGrantedValue": INT32}),
    (TYPE, {"autoGranted": True, "autoGrantedValue": -(2**31)}),
    (HIT_TYPE, {"title": "x" * 128}),
    (HIT_TYPE, {"description": "x" * 2000}),
    (HIT_TYPE, {"keywords": "k" * 1000}),
    *[(HIT_TYPE, {"reward": reward}) for reward in ("0", "5", "5.", "0.1", "0.10", "00.10", " 0.10 ", 5)],
    (HIT_TYPE, {"assignmentDurationInSeconds": 30}),
    (HIT_TYPE, {"assignmentDurationInSeconds": 31_536_000}),
    (HIT_TYPE, {"autoApprovalDelayInSeconds": 0}),
    (HIT_TYPE, {"autoApprovalDelayInSeconds": 2_592_000}),
    (HIT_TYPE, {"qualificationRequirements": []}),
    (GRANT, {"workerId": "A1"}),
    (GRANT, {"workerId": "A" * 64}),
    (GRANT, {"qualificationTypeId": "3"}),
    (GRANT, {"qualificationTypeId": "3" * 64}),
    (GRANT, {"integerValue": INT32}),
    (GRANT, {"integerValue": -(2**31)}),
    (GRANT, {"revocationReason": ""}),
    (BLOCK, {"workerId": "A" * 64}),
    (BLOCK, {"reason": "x"}),
    (BLOCK, {"reason": "x" * 5000}),  # no limit is documented
]

# (resource, members, path of what is refused, words)
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    (TYPE, {"description": ""}, "description", "at least 1 character"),
    (TYPE, {"description": "x" * 2001}, "description", "at most 2000 characters"),
    (TYPE, {"name": ""}, "name", "at least 1 character"),
    (TYPE, {"namePrefix": ""}, "namePrefix", "at least 1 character"),
    (TYPE, {"keywords": "k" * 1001}, "keywords", "at most 1000 characters with commas and spaces; these are 1001"),
    (TYPE, {"keywords": ["k" * 499, "k" * 500]}, "keywords", "these are 1001"),
    (TYPE, {"keywords": {"k": 1}}, "keywords", "write a list of words"),
    (TYPE, {"keywords": [1]}, "keywords", "write a list of words"),
    (TYPE, {"qualificationTypeStatus": "active"}, "qualificationTypeStatus", "'Active' or 'Inactive'"),
    (TYPE, {"qualificationTypeStatus": "Disposing"}, "qualificationTypeStatus", "'Active' or 'Inactive'"),
    (TYPE, {"retryDelayInSeconds": -1}, "retryDelayInSeconds", "greater than or equal to 0"),
    (TYPE, {"retryDelayInSeconds": INT64 + 1}, "retryDelayInSeconds", "less than or equal to"),
    (TYPE, {"retryDelayInSeconds": 1.5}, "retryDelayInSeconds", "fractional part"),
    (TYPE, TESTED | {"testDurationInSeconds": 0}, "testDurationInSeconds", "greater than 0"),
    (TYPE, {"test": TEST}, "testDurationInSeconds", "is needed with a test"),
    (TYPE, _test_of(65_536), "test", "65536 bytes"),
    (TYPE, {"answerKey": ANSWER_KEY}, "answerKey", "there is none"),
    (TYPE, TESTED | {"autoGranted": True}, "autoGranted", "can't be true with a test"),
    (TYPE, TESTED | {"test": "<p/>"}, "test", "QuestionForm"),
    (TYPE, TESTED | {"answerKey": ANSWER_KEY.replace("q1", "q2")}, "answerKey", "no question of this"),
    (TYPE, {"autoGranted": True, "autoGrantedValue": INT32 + 1}, "autoGrantedValue", "less than or equal to"),
    (TYPE, {"autoGranted": True, "autoGrantedValue": -(2**31) - 1}, "autoGrantedValue", "greater than or equal to"),
    (HIT_TYPE, {"title": ""}, "title", "at least 1 character"),
    (HIT_TYPE, {"title": "x" * 129}, "title", "at most 128 characters"),
    (HIT_TYPE, {"description": ""}, "description", "at least 1 character"),
    (HIT_TYPE, {"description": "x" * 2001}, "description", "at most 2000 characters"),
    (HIT_TYPE, {"keywords": "k" * 1001}, "keywords", "at most 1000 characters"),
    *[
        (HIT_TYPE, {"reward": reward}, "reward", "US dollars with at most two decimals")
        for reward in ("", ".20", "0.105", "1,000", "-1", "+1", "$1", "1e3", "1.2.3", "٣", "abc")
    ],
    (HIT_TYPE, {"reward": 0.15}, "reward", "a float has no exact cents"),
    (HIT_TYPE, {"assignmentDurationInSeconds": 29}, "assignmentDurationInSeconds", "greater than or equal to 30"),
    (HIT_TYPE, {"assignmentDurationInSeconds": 31_536_001}, "assignmentDurationInSeconds", "less than or equal to"),
    (HIT_TYPE, {"autoApprovalDelayInSeconds": -1}, "autoApprovalDelayInSeconds", "greater than or equal to 0"),
    (HIT_TYPE, {"autoApprovalDelayInSeconds": 2_592_001}, "autoApprovalDelayInSeconds", "less than or equal to"),
    (
        HIT_TYPE,
        {"qualificationRequirements": [{"qualificationTypeId": "Masters", "comparator": "Equals"}]},
        "qualificationRequirements[0].comparator",
        "'EqualTo'",
    ),
    *[
        (token, {"workerId": worker}, "workerId", "a capital A followed by capital letters and digits")
        for token in (GRANT, BLOCK)
        for worker in ("", "A", "a1example", "B1EXAMPLE", "A1-EXAMPLE", "A1EXAMPLE ", "A1EXAMPLE\n", "A" * 65)
    ],
    *[
        (GRANT, {"qualificationTypeId": identifier}, "qualificationTypeId", "capital letters and digits alone, 1 to 64")
        for identifier in ("", "abc", "3A-B", "3AB ", "3AB\n", "3" * 65)
    ],
    (GRANT, {"integerValue": INT32 + 1}, "integerValue", "less than or equal to"),
    (GRANT, {"integerValue": -(2**31) - 1}, "integerValue", "greater than or equal to"),
    (GRANT, {"integerValue": 2.5}, "integerValue", "fractional part"),
    (GRANT, {"revocationReason": f"Thank you, {WORKER}."}, "revocationReason", "holds the worker's id"),
    (BLOCK, {"reason": ""}, "reason", "at least 1 character"),
]


def _named(case: Any) -> str | None:
    return str(case)[:50] if isinstance(case, dict) else None


@pytest.mark.parametrize(("token", "members"), TAKEN, ids=_named)
def test_what_is_within_the_limits_is_taken(place: Place, token: str, members: dict[str, Any]) -> None:
    assert place.check(token, EXAMPLES[token] | members).failures == []
    assert place.calls() == []


@pytest.mark.parametrize(("token", "members", "path", "words"), REFUSED, ids=_named)
def test_what_is_beyond_a_limit_is_refused_where_it_is(
    place: Place, token: str, members: dict[str, Any], path: str, words: str
) -> None:
    (sentence,) = place.check(token, EXAMPLES[token] | members).failures
    assert sentence.startswith(f"{path}: ")
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
        (BLOCK, "workerId"),
        (BLOCK, "reason"),
    ],
)
def test_what_is_required_is_missed(place: Place, token: str, name: str) -> None:
    inputs = {key: value for key, value in EXAMPLES[token].items() if key != name}
    assert place.check(token, inputs).failures == [f"{name}: this property is required"]


@pytest.mark.parametrize("token", sorted(REGISTRY))
def test_a_property_that_is_not_there_is_refused(place: Place, token: str) -> None:
    assert place.check(token, EXAMPLES[token] | {"colour": "red"}).failures == ["colour: there is no such property"]


@pytest.mark.parametrize("token", [GRANT, BLOCK])
@pytest.mark.parametrize("worker", ["A1EXAMPLE-WORKER", "a1exampleworker", 7, ["A1EXAMPLEWORKER"]])
def test_a_refused_worker_id_is_not_repeated(place: Place, token: str, worker: Any) -> None:
    (sentence,) = place.check(token, EXAMPLES[token] | {"workerId": worker}).failures
    assert "EXAMPLE" not in sentence.upper()


@pytest.mark.parametrize("token", [GRANT, BLOCK])
def test_a_resource_is_not_named_after_a_worker(place: Place, token: str) -> None:
    (sentence,) = _check_named(place, token, f"grant-{WORKER}")
    assert "the resource's name holds a worker id" in sentence
    assert WORKER not in sentence


def test_not_even_after_a_short_id(place: Place) -> None:
    (sentence,) = _check_named(place, BLOCK, "block-AB", {"workerId": "AB"})
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
        (GRANT, {}, "integerValue", 1),
        (GRANT, {}, "sendNotification", False),
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
    ],
)
def test_what_is_doubtful_is_a_warning(place: Place, token: str, members: dict[str, Any], words: str) -> None:
    assert place.check(token, EXAMPLES[token] | members).failures == []
    assert any(warning.startswith(words) for warning in place.warnings)


def test_warnings_keep_quiet_beside_errors(place: Place) -> None:
    assert place.check(TYPE, {"description": "People who failed.", "answerKey": ANSWER_KEY}).failures
    assert place.warnings == []
