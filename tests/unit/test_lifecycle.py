"""Every resource through every method, in memory: found and not found, done and nothing to do, already gone.

The table is read over the registry: a resource without its line here fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_mturk.api.errors import AccessDeniedError, NotFoundError
from pulumi_mturk.common.errors import EnvironmentMismatchError, InvalidInputError
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.lifecycle import Difference
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Made, Place
from tests.support.inputs import EXAMPLES, NO_TYPE, OTHER_WORKER, TYPE, WORKER, owning
from tests.support.memory_stack import GRANT, LIST, REVOKE


@dataclass(frozen=True)
class Case:
    """What is told of one resource: members by which its example changes, and the calls of each method."""

    invalid: dict[str, Any]
    path: str
    """Where `invalid` is wrong."""
    changed: dict[str, Any]
    replaces: tuple[str, ...]
    """What of `changed` needs a new object."""
    update: dict[str, Any]
    """A change in place."""
    no_op: dict[str, Any]
    """A change for which there is no call."""
    creates: list[str]
    reads: list[str]
    updates: list[str]
    deletes: list[str]
    take_away: Callable[[Made], None]
    """Somebody else removes it."""
    lookup: tuple[str, ...]
    """What `get` gives of it, beside its id."""
    unread: bool = False
    """Whether a read that fails leaves the state as it is."""
    looks: tuple[str, ...] = ()
    """What it asks before it changes anything, even if there is nothing to change."""
    looks_in_vain: tuple[str, ...] | None = None
    """What it asks before it is deleted, where it is gone: by default the delete is tried."""
    accounts: tuple[str, ...] = ()
    """What it asks once it is deleted, to tell of the HITs that are left."""


def _kill_hit_type(made: Made) -> None:
    (rule,) = made.inputs["qualificationRequirements"]
    made.place.client.delete_qualification_type(rule["qualificationTypeId"])


CASES: dict[str, Case] = {
    "QualificationType": Case(
        invalid={"description": ""},
        path="description",
        changed={"name": "Another name", "description": "Other words."},
        replaces=("name",),
        update={"description": "Other words.", "retryDelayInSeconds": 60},
        no_op={"forceDestroy": True, "validateQuestions": False, "expireHits": True},
        creates=[*["ListQualificationTypes"] * 3, "CreateQualificationType"],  # a name, and two pages of all
        reads=["GetQualificationType"],
        updates=["UpdateQualificationType"],
        deletes=["DeleteQualificationType"],
        take_away=lambda made: made.place.client.delete_qualification_type(made.id),
        lookup=(),
        accounts=("ListHITs",),
    ),
    "HITType": Case(
        invalid={"reward": "1,000"},
        path="reward",
        changed={"reward": "0.20", "title": "Another title"},
        replaces=("title", "reward"),
        update={},
        no_op={"expireHits": True},
        creates=["CreateHITType"],
        reads=["CreateHITType"],
        updates=[],
        deletes=[],
        take_away=_kill_hit_type,
        lookup=("title", "description", "reward", "assignmentDurationInSeconds", "qualificationRequirements"),
        unread=True,
        accounts=("ListHITs",),
    ),
    "QualificationGrant": Case(
        invalid={"workerId": "nobody"},
        path="workerId",
        changed={"workerId": OTHER_WORKER, "integerValue": 5},
        replaces=("worker_id",),
        update={"integerValue": 5},
        no_op={"sendNotification": True, "revocationReason": "The study is over."},
        creates=["GetQualificationScore", GRANT],
        reads=["GetQualificationScore"],
        updates=[GRANT],
        deletes=["GetQualificationScore", REVOKE],
        looks_in_vain=("GetQualificationScore",),
        take_away=lambda made: made.place.client.revoke(made.inputs["qualificationTypeId"], WORKER, None),
        lookup=("qualificationTypeId", "workerId"),
    ),
    "QualificationRoster": Case(
        invalid={"qualificationTypeId": "3-4"},
        path="qualificationTypeId",
        changed={"qualificationTypeId": NO_TYPE, "workers": WORKER, "exclusive": True},
        replaces=("qualification_type_id",),
        update={"workers": f"{WORKER}=5 A3EXAMPLEWORKER=3", "lowestScore": 3, "highestScore": 5},
        no_op={"sendNotification": True, "integerValue": 7, "unknownWorkers": "skip", "maxRemovals": 1},
        # An empty page, and then a call a worker.
        creates=[LIST, GRANT, GRANT],
        reads=[LIST, LIST],
        updates=[LIST, LIST, GRANT, GRANT, REVOKE],
        deletes=[LIST, LIST, REVOKE, REVOKE],
        take_away=lambda made: made.place.client.delete_qualification_type(made.inputs["qualificationTypeId"]),
        lookup=("qualificationTypeId",),
        looks=(LIST, LIST),
        looks_in_vain=(LIST,),
    ),
    "WorkerBlock": Case(
        invalid={"reason": ""},
        path="reason",
        changed={"workerId": OTHER_WORKER, "reason": "Another reason."},
        replaces=("worker_id",),
        update={"reason": "Another reason."},
        no_op={},
        creates=["ListWorkerBlocks", "CreateWorkerBlock"],
        reads=["ListWorkerBlocks"] * 2,  # the marketplace ends a listing with an empty page
        updates=["CreateWorkerBlock"],
        deletes=["ListWorkerBlocks", "ListWorkerBlocks", "DeleteWorkerBlock"],
        looks_in_vain=("ListWorkerBlocks", "DeleteWorkerBlock"),
        take_away=lambda made: made.place.client.delete_worker_block(WORKER),
        lookup=("workerId",),
    ),
}
each = pytest.mark.parametrize("token", sorted(REGISTRY))


@pytest.fixture
def own_type(place: Place) -> str:
    found = place.made("QualificationType", TYPE, "own").id
    # Of a type that this very run has made it is known that nobody holds it.
    place.next_run()
    place.calls()
    return found


def example(token: str, own_type: str) -> dict[str, Any]:
    """A program's inputs; a HIT type has a rule that can go."""
    rules = {"qualificationRequirements": [{"qualificationTypeId": own_type, "comparator": "Exists"}]}
    inputs: dict[str, Any] = owning(EXAMPLES[token], own_type)
    return inputs | rules if "reward" in inputs else inputs


@pytest.fixture
def made(place: Place, own_type: str, token: str) -> Made:
    found = place.made(token, example(token, own_type))
    place.calls()
    return found


def test_the_table_has_every_resource() -> None:
    assert set(CASES) == set(REGISTRY)


def test_one_object_takes_one_call_that_changes_anything() -> None:
    of_one = {token: case for token, case in CASES.items() if token != "QualificationRoster"}  # noqa: S105
    changing = {
        token: [call for call in case.creates if not call.startswith(("Get", "List"))] for token, case in of_one.items()
    }
    assert {token: len(calls) for token, calls in changing.items()} == dict.fromkeys(of_one, 1)
    removing = [[call for call in case.deletes if call not in case.reads] for case in of_one.values()]
    assert all(len(case.updates) <= 1 for case in of_one.values())
    assert all(len(calls) <= 1 for calls in removing)
    assert all(not case.looks for case in of_one.values())


# Check


@each
def test_good_inputs_are_checked_without_a_call(place: Place, own_type: str, token: str) -> None:
    checked = place.check(token, example(token, own_type))
    assert checked.failures == []
    assert checked.inputs["environment"] == place.configuration.environment
    assert checked.inputs["endpointHost"] == place.address
    assert place.calls() == []


@each
def test_bad_inputs_are_refused_without_a_call(place: Place, own_type: str, token: str) -> None:
    news = example(token, own_type) | CASES[token].invalid
    checked = place.check(token, news)
    assert [sentence.partition(":")[0] for sentence in checked.failures] == [CASES[token].path]
    assert checked.inputs == news
    assert place.calls() == []


# Diff


@each
def test_the_same_program_is_no_difference(made: Made, own_type: str, token: str) -> None:
    again = made.check(example(token, own_type))
    assert again.failures == []
    assert made.diff(again.inputs) == Difference()


@each
def test_a_difference_is_found_with_what_it_replaces(made: Made, token: str) -> None:
    difference = made.diff(made.inputs | CASES[token].changed)
    aliases = {info.alias: name for name, info in made.resource.args.model_fields.items()}
    assert set(difference.changed) == {aliases[name] for name in CASES[token].changed}
    assert difference.replaces == CASES[token].replaces


@each
def test_what_replaces_is_marked(token: str) -> None:
    assert set(CASES[token].replaces) <= REGISTRY[token].args.marked(Mark.REPLACES)


@each
def test_what_is_told_to_the_reader_or_says_how_is_no_difference(made: Made, token: str) -> None:
    args = made.resource.args
    for name in args.marked(Mark.DERIVED) | args.marked(Mark.DIRECTIVE):
        assert made.diff(made.inputs | {str(args.model_fields[name].alias): "other words"}) == Difference()


@each
def test_an_unknown_value_of_what_replaces_replaces(made: Made, token: str) -> None:
    args = made.resource.args
    for name in args.marked(Mark.REPLACES):
        difference = made.diff(made.inputs | {str(args.model_fields[name].alias): UNKNOWN})
        assert name in difference.replaces


# Create


@each
def test_creating_repeats_the_inputs(place: Place, own_type: str, token: str) -> None:
    checked = place.check(token, example(token, own_type))
    resource_id, outputs = place.create(token, checked.inputs)
    assert place.calls() == CASES[token].creates
    assert resource_id
    assert WORKER not in resource_id
    assert checked.inputs.items() <= outputs.items()


@each
def test_creating_what_is_wrong_makes_no_call(place: Place, own_type: str, token: str) -> None:
    checked = place.check(token, example(token, own_type))
    with pytest.raises(InvalidInputError, match=f"^{CASES[token].path}: "):
        place.create(token, checked.inputs | CASES[token].invalid)
    assert place.calls() == []


@each
def test_creating_what_is_not_known_makes_no_call(place: Place, own_type: str, token: str) -> None:
    checked = place.check(token, example(token, own_type))
    with pytest.raises(InvalidInputError, match="still unknown"):
        place.create(token, checked.inputs | {CASES[token].path: UNKNOWN})
    assert place.calls() == []


@each
def test_a_create_that_the_service_refuses_is_an_error(place: Place, own_type: str, token: str) -> None:
    checked = place.check(token, example(token, own_type))
    place.marketplace.inject(Fault("access_denied"))
    with pytest.raises(AccessDeniedError, match=CASES[token].creates[0]):
        place.create(token, checked.inputs)


# Read


@each
def test_what_is_there_is_read(place: Place, made: Made, token: str) -> None:
    found = made.read()
    assert found is not None
    assert found.inputs == made.inputs
    assert place.calls() == CASES[token].reads


@each
def test_what_is_gone_is_read_as_gone(place: Place, made: Made, token: str) -> None:
    CASES[token].take_away(made)
    assert made.read() is None


@each
def test_a_read_that_the_service_refuses_loses_nothing(place: Place, made: Made, token: str) -> None:
    place.marketplace.inject(Fault("access_denied"))
    if CASES[token].unread:
        found = made.read()
        assert found is not None
        assert found.outputs == made.outputs
        assert any("not verified" in warning for warning in place.warnings)
    else:
        with pytest.raises(AccessDeniedError):
            made.read()


@each
def test_an_existing_one_is_looked_up(place: Place, made: Made, token: str) -> None:
    known = {name: made.inputs[name] for name in CASES[token].lookup}
    found = lifecycle.read(made.resource, place.context(), made.id, known, {})
    assert found is not None
    assert found.inputs["endpointHost"] == made.inputs["endpointHost"]
    optional = {"eligibility", "nameGenerated", "change", "integerValue"}
    assert {name: value for name, value in found.inputs.items() if name not in optional} == {
        name: value for name, value in made.inputs.items() if name not in optional
    }


@each
def test_looking_up_what_is_not_there_fails(place: Place, made: Made, token: str) -> None:
    CASES[token].take_away(made)
    known = {name: made.inputs[name] for name in CASES[token].lookup}
    environment = place.configuration.environment
    with pytest.raises(NotFoundError, match=f"there is no such {token} in environment {environment}"):
        lifecycle.read(made.resource, place.context(), made.id, known, {})


@each
def test_what_does_not_tell_which_one_is_not_looked_up(place: Place, token: str) -> None:
    """As a program in YAML may have it: the classes of Python ask for all of it."""
    resource = REGISTRY[token]
    required = {
        str(field.alias)
        for name, field in resource.args.model_fields.items()
        if name in resource.looked_up_by and field.is_required()
    }
    known = {name: EXAMPLES[token][name] for name in required}
    for missing in required:
        for told in (known | {missing: None}, {name: known[name] for name in required - {missing}}):
            with pytest.raises(InvalidInputError, match=f"^{missing}: .*`state:`.*make that first.*MT001") as caught:
                lifecycle.read(resource, place.context(), "theirs", told, {})
            assert len(caught.value.diagnostics) == 1
        with pytest.raises(InvalidInputError, match=rf"^{missing}: "):
            lifecycle.read(resource, place.context(), "theirs", known | {missing: ["nobody"]}, {})
    assert place.calls() == []


@pytest.mark.parametrize("type_id", ["", "Worker_Adult", "3AB\n", "3" * 65])
@pytest.mark.parametrize("token", ["QualificationType", "QualificationGrant", "QualificationRoster"])
def test_what_is_no_id_of_a_type_is_not_looked_up(place: Place, token: str, type_id: str) -> None:
    known = {} if token == "QualificationType" else {"qualificationTypeId": type_id, "workerId": "A1EXAMPLE"}  # noqa: S105 - a type token
    with pytest.raises(InvalidInputError, match="MT402"):
        lifecycle.read(REGISTRY[token], place.context(), type_id, known, {})
    assert place.calls() == []


# Update


@each
def test_a_change_in_place_is_made(place: Place, made: Made, token: str) -> None:
    made.update(made.inputs | CASES[token].update)
    assert place.calls() == CASES[token].updates
    assert made.inputs.items() <= made.outputs.items()
    found = made.read()
    assert found is not None
    assert found.inputs == made.inputs


@each
def test_a_change_that_says_nothing_to_the_service_changes_nothing_there(place: Place, made: Made, token: str) -> None:
    made.update(made.inputs | CASES[token].no_op)
    assert place.calls() == list(CASES[token].looks)


@pytest.mark.parametrize("token", [token for token, case in CASES.items() if case.updates])
def test_an_update_that_the_service_refuses_is_an_error(place: Place, made: Made, token: str) -> None:
    place.marketplace.inject(Fault("access_denied"))
    with pytest.raises(AccessDeniedError, match=CASES[token].updates[0]):
        made.update(made.inputs | CASES[token].update)


# Delete


@each
def test_deleting_takes_it_away(place: Place, made: Made, token: str) -> None:
    made.delete()
    assert place.calls() == [*CASES[token].accounts, *CASES[token].deletes]


@each
def test_deleting_what_is_gone_is_a_success(place: Place, made: Made, token: str) -> None:
    CASES[token].take_away(made)
    place.calls()
    made.delete()
    in_vain = CASES[token].looks_in_vain
    assert place.calls() == [*CASES[token].accounts, *(CASES[token].deletes if in_vain is None else in_vain)]


@pytest.mark.parametrize("token", [token for token, case in CASES.items() if case.deletes])
def test_a_delete_that_the_service_refuses_is_an_error(place: Place, made: Made, token: str) -> None:
    place.marketplace.inject(Fault("access_denied", CASES[token].deletes[0]))
    with pytest.raises(AccessDeniedError, match=CASES[token].deletes[0]):
        made.delete()


# Another place


@each
@pytest.mark.parametrize("pin", [{"environment": "production"}, {"endpointHost": "panel.example.org"}])
def test_a_resource_of_another_place_is_left_alone(place: Place, made: Made, token: str, pin: dict[str, str]) -> None:
    elsewhere = Made(place, made.resource, made.inputs | pin, made.id, made.outputs | pin)
    for act in (
        lambda: elsewhere.check(made.inputs),
        elsewhere.read,
        lambda: elsewhere.update(elsewhere.inputs),
        elsewhere.delete,
        lambda: place.create(token, elsewhere.inputs),
    ):
        with pytest.raises(EnvironmentMismatchError, match="Nothing was called and nothing changed"):
            act()
    assert place.calls() == []


@each
def test_a_difference_of_place_is_no_difference(made: Made, token: str) -> None:
    assert made.diff(made.inputs | {"environment": "production", "endpointHost": "x"}) == Difference()
