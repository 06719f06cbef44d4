"""Two readings of one documentation, compared: what the provider's check says of an input, and what the service says.

Whatever the check accepts, the marketplace takes, as the provider sends it. Whatever the check refuses, the
marketplace refuses too when it is sent as it is, but for the differences that are named here, each with its reason.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.api.errors import ApiError
from pulumi_mturk.eligibility.system_types import system_id
from pulumi_mturk.provider.lifecycle import delete
from pulumi_mturk.resources import REGISTRY
from tests.support import requirement_strategies
from tests.support.core import Place
from tests.support.inputs import (
    BLOCK,
    EXAMPLES,
    GRANT,
    HIT_TYPE,
    NO_TYPE,
    OTHER_WORKER,
    ROSTER,
    TEST,
    TESTED,
    TYPE,
    VALID,
    WORKER,
    one_change,
    one_change_of_a_requirement,
    owning,
    rough,
    valid_owning,
)
from tests.support.limits import REFUSED, TAKEN

TOKENS = sorted(REGISTRY)
CREATES = {
    "QualificationType": "CreateQualificationType",
    "HITType": "CreateHITType",
    "QualificationGrant": "AssociateQualificationWithWorker",
    "QualificationRoster": "AssociateQualificationWithWorker",
    "WorkerBlock": "CreateWorkerBlock",
}
TYPES, BLOCKS, ROSTERS = "QualificationType", "WorkerBlock", "QualificationRoster"
# Members that say something to the provider alone.
OURS = {
    *("namePrefix", "forceDestroy", "validateQuestions", "revocationReason", "productionOnly"),
    *("exclusive", "unknownWorkers", "maxRemovals"),
}


@dataclass(frozen=True)
class Difference:
    """Something that the provider refuses and the marketplace takes, on purpose."""

    token: str
    reason: str
    example: dict[str, Any]
    covers: Callable[[str, dict[str, Any]], bool]
    """Whether this is what a sentence of the check is about."""


def _rules(**members: Any) -> dict[str, Any]:
    return HIT_TYPE | {"qualificationRequirements": [members]}


def _about_content(sentence: str, _: dict[str, Any]) -> bool:
    form = ("not well-formed", "outermost element", "has the namespace")
    return sentence.startswith(("test: line ", "answerKey: line ")) and not any(words in sentence for words in form)


def _longer_as_sent(sentence: str, inputs: dict[str, Any]) -> bool:
    return sentence.startswith("keywords: at most") and len(inputs["keywords"]) <= 1000


def _all_have_scores(inputs: dict[str, Any]) -> bool:
    return all("=" in entry for entry in str(inputs.get("workers", "")).split())


_COUNTED_AS_SENT = "keywords are counted as they are sent, with a comma and a space between them"


def _is(*codes: str) -> Callable[[str, dict[str, Any]], bool]:
    return lambda sentence, _: sentence.endswith(tuple(f" [{code}]" for code in codes))


_UNREADABLE = "whether the service takes what nobody can read is not known; it is of no use to anybody"
_UNLIMITED = "no limit is documented, and what nobody would read to its end is a mistake"

KNOWN = [
    *[
        Difference(token, _UNREADABLE, EXAMPLES[token] | {member: text}, _is("MT020", "MT021"))
        for token, member in (("QualificationType", "name"), ("HITType", "title"), ("WorkerBlock", "reason"))
        for text in (" \u200b", "x\x00")
    ],
    *[
        Difference(
            token,
            _UNLIMITED,
            EXAMPLES[token] | {member: "x" * (most + 1)},
            lambda sentence, inputs, member=member, most=most: (  # type: ignore[misc]
                sentence.startswith(f"{member}: must have at most") and len(inputs[member]) > most
            ),
        )
        for token, member, most in (("QualificationType", "name", 1_000), ("WorkerBlock", "reason", 10_000))
    ],
    Difference(
        "QualificationType",
        "the marketplace looks at no more of a document than its form, root, namespace and size: what the schemas "
        "and the guides say of its content is checked by the provider alone",
        TYPE | TESTED | {"test": TEST.replace("QuestionIdentifier", "Identifier")},
        _about_content,
    ),
    Difference("QualificationType", _COUNTED_AS_SENT, TYPE | {"keywords": ",".join(["k"] * 500)}, _longer_as_sent),
    Difference("HITType", _COUNTED_AS_SENT, HIT_TYPE | {"keywords": ",".join(["k"] * 500)}, _longer_as_sent),
    Difference(
        "HITType",
        "productionOnly is no member of the API",
        _rules(
            qualificationTypeId="Worker_NumberHITsApproved", comparator="EqualTo", integerValues=[5], productionOnly="x"
        ),
        lambda sentence, _: ".productionOnly: " in sentence,
    ),
    Difference(
        "HITType",
        "the service takes a HIT type that nobody can do; no program can mean it",
        HIT_TYPE
        | {
            "qualificationRequirements": [
                {"qualificationTypeId": "Masters", "comparator": "Exists"},
                {"qualificationTypeId": "Worker_Locale", "comparator": "EqualTo", "localeValues": [{"country": "US"}]},
                {"qualificationTypeId": "Worker_Locale", "comparator": "EqualTo", "localeValues": [{"country": "GB"}]},
            ]
        },
        _is("MT206"),
    ),
    Difference(
        "QualificationType",
        "namePrefix is no member of the API",
        TYPE | {"namePrefix": ""},
        lambda sentence, _: sentence.startswith("namePrefix: "),
    ),
    Difference(
        "QualificationGrant",
        "revocationReason is sent when the grant is taken back, and a worker's id in it would be shown before",
        GRANT | {"revocationReason": f"Thank you, {WORKER}."},
        lambda sentence, _: sentence.startswith("revocationReason: "),
    ),
    *[
        Difference(
            "QualificationRoster",
            f"{name} is no member of the API",
            ROSTER | {name: value},
            lambda sentence, _, name=name: sentence.startswith(f"{name}: "),  # type: ignore[misc]
        )
        for name, value in (("exclusive", "maybe"), ("unknownWorkers", "ignore"), ("maxRemovals", -1))
    ],
    Difference(
        "QualificationRoster",
        "integerValue is sent for those who have no score of their own in the list, and is none whoever is listed",
        ROSTER | {"integerValue": 2**31},
        lambda sentence, inputs: sentence.startswith("integerValue: ") and _all_have_scores(inputs),
    ),
    Difference(
        "QualificationRoster",
        "one of two scores of the same worker would win, and nobody could say which",
        ROSTER | {"workers": f"{WORKER}=1 {OTHER_WORKER}=2 {WORKER}=3"},
        lambda sentence, _: "the same worker has two scores" in sentence,
    ),
    Difference(
        "QualificationRoster",
        "revocationReason is sent when grants are taken back, and a worker's id in it would be shown before",
        ROSTER | {"revocationReason": f"Thank you, {WORKER}."},
        lambda sentence, _: sentence.startswith("revocationReason: "),
    ),
    Difference(
        "WorkerBlock",
        "whether the service takes an empty reason is not known; for one's own records it is of no use",
        BLOCK | {"reason": ""},
        lambda sentence, _: sentence.startswith("reason: must not be empty"),
    ),
]


def raw(token: str, inputs: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The calls that say just this: the API's spelling and ids in place of names, and nothing mended."""
    request = {name: value for name, value in inputs.items() if name not in OURS}
    if token == TYPES:
        request = {"name": "Of the example", "qualificationTypeStatus": "Active"} | request
    requests = [(CREATES[token], request)]
    if token == ROSTERS:
        workers = request.pop("workers", None)
        about = {name: value for name, value in request.items() if name == "qualificationTypeId"}
        requests = [("ListWorkersWithQualificationType", about)]
        requests += [(CREATES[token], request | entry) for entry in _entries(workers)]
    return [(operation, _pascal(request)) for operation, request in requests]


def _entries(workers: Any) -> list[dict[str, Any]]:
    """What a list says of each worker; nothing of anybody where it is no list."""
    if not isinstance(workers, str):
        return [{"workerId": workers}]
    entries = [entry.partition("@")[0].partition("=") for entry in workers.split() if not entry.startswith(">")]
    return [{"workerId": worker} | ({"integerValue": _number(score)} if score else {}) for worker, _, score in entries]


def _number(score: str) -> Any:
    try:
        return int(score)
    except ValueError:
        return score


def _pascal(value: Any) -> Any:
    if isinstance(value, dict):
        return {_member(key): _pascal(_id(key, item)) for key, item in value.items() if key not in OURS}
    return [_pascal(item) for item in value] if isinstance(value, list) else value


def _member(name: str) -> str:
    return name[:1].upper() + name[1:]


def _id(name: str, value: Any) -> Any:
    return system_id(value, "local") if name == "qualificationTypeId" and isinstance(value, str) else value


def service_says(place: Place, token: str, inputs: dict[str, Any]) -> str:
    """The service's refusal of a raw request; empty if it takes all. What it made is taken away again."""
    answers = [
        place.marketplace.handle(
            "POST",
            "/",
            {"X-Amz-Target": f"MTurkRequesterServiceV20170117.{operation}"},
            json.dumps(request).encode(),
        )
        for operation, request in raw(token, inputs)
    ]
    if refused := [answer for answer in answers if answer.status != 200]:
        return refused[0].body.decode()
    if token == TYPES:
        (answer,) = answers
        place.client.delete_qualification_type(json.loads(answer.body)["QualificationType"]["QualificationTypeId"])
    elif token == BLOCKS:
        place.client.delete_worker_block(inputs["workerId"])
    return ""


def agree(place: Place, token: str, inputs: dict[str, Any]) -> None:
    checked = place.check(token, inputs)
    if checked.failures:
        unexplained = [
            sentence
            for sentence in checked.failures
            if not any(known.token == token and known.covers(sentence, inputs) for known in KNOWN)
        ]
        if unexplained:
            assert service_says(place, token, inputs), f"refused by the provider alone, for {unexplained}: {inputs}"
        return
    try:
        made = place.create(token, checked.inputs)
    except ApiError as error:
        pytest.fail(f"refused by the service alone, for {error}: {inputs}")
    place.next_run()
    delete(REGISTRY[token], place.context(), *made, checked.inputs)


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_what_is_right_is_taken_by_both(place: Place, own_type: str, token: str, data: st.DataObject) -> None:
    inputs = valid_owning(data.draw(VALID[token]), own_type)
    assert place.check(token, inputs).failures == []
    agree(place, token, inputs)


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_what_is_wrong_in_one_place_is_refused_by_both(
    place: Place, own_type: str, token: str, data: st.DataObject
) -> None:
    agree(place, token, owning(data.draw(one_change(token)), own_type))


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_what_is_wrong_in_several_places_is_refused_by_both(
    place: Place, own_type: str, token: str, data: st.DataObject
) -> None:
    agree(place, token, owning(data.draw(rough(token)), own_type))


@given(st.data())
def test_a_requirement_that_is_wrong_in_one_place_is_refused_by_both(
    place: Place, own_type: str, data: st.DataObject
) -> None:
    rule = data.draw(one_change_of_a_requirement())
    agree(place, "HITType", owning(_rules(**rule), own_type))


@given(st.data())
def test_a_rough_requirement_is_judged_alike(place: Place, own_type: str, data: st.DataObject) -> None:
    agree(place, "HITType", owning(_rules(**data.draw(requirement_strategies.rough_requirements())), own_type))


# What is right in form and can still be refused: see `test_what_the_service_alone_can_refuse`.
_ONLY_IN_FORM = {"qualificationTypeId", "validateQuestions"}


@pytest.mark.parametrize(("token", "members"), [case for case in TAKEN if not _ONLY_IN_FORM & case[1].keys()])
def test_what_is_within_the_limits_is_taken_by_both(
    place: Place, own_type: str, token: str, members: dict[str, Any]
) -> None:
    agree(place, token, owning(EXAMPLES[token] | members, own_type))


@pytest.mark.parametrize(("token", "members"), [(token, members) for token, members, *_ in REFUSED])
def test_what_is_beyond_a_limit_is_refused_by_both(
    place: Place, own_type: str, token: str, members: dict[str, Any]
) -> None:
    agree(place, token, owning(EXAMPLES[token] | members, own_type))


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.reason[:40])
def test_a_known_difference_is_one(place: Place, own_type: str, known: Difference) -> None:
    example = owning(known.example, own_type)
    failures = place.check(known.token, example).failures
    assert failures
    assert all(known.covers(sentence, example) for sentence in failures)
    assert service_says(place, known.token, example) == ""


@pytest.mark.parametrize(
    ("token", "inputs", "words"),
    [
        # Whether a type exists is asked of nobody at plan time.
        ("HITType", _rules(qualificationTypeId=NO_TYPE, comparator="Exists"), "does not exist"),
        ("QualificationGrant", GRANT, "does not exist"),
        ("QualificationRoster", ROSTER, "there is no such type here"),
        # The escape hatch hands a document on as it is.
        ("QualificationType", TYPE | TESTED | {"test": "<p/>", "validateQuestions": False}, "parsing the XML"),
    ],
)
def test_what_the_service_alone_can_refuse(place: Place, token: str, inputs: dict[str, Any], words: str) -> None:
    checked = place.check(token, inputs)
    assert checked.failures == []
    with pytest.raises(ApiError, match=words):
        place.create(token, checked.inputs)
