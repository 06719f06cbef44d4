"""What exists is taken into a stack: it equals what the stack would have made, and nothing of it is changed.

The table is read over the registry: a resource without its line here fails.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.api.errors import AccessDeniedError, NotFoundError
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.handles import PREFIX, Handles
from pulumi_mturk.provider.lifecycle import Difference
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.resources.hit_removal import AT_ONCE
from tests.support.core import Made, Place, publish_of
from tests.support.findings import codes
from tests.support.imports import import_id_of
from tests.support.inputs import CALL_OF_HIT_TYPE, CALL_OF_TYPE, NO_TYPE, OTHER_WORKER, TEST, TESTED, WORKER, owning
from tests.support.memory_stack import LIST, from_engine, many

TYPE, BLOCKED, HELD = "QualificationType", "WorkerBlock", "QualificationGrant"


@dataclass(frozen=True)
class Case:
    """What is told of one resource's import."""

    inputs: dict[str, Any]
    """Every field that leaves a trace at the service."""
    reads: list[str]
    no_ids: tuple[str, ...]
    """Ids of another form."""
    nobody: str
    """An id of the right form, of what is not there."""
    only_made: frozenset[str] = frozenset()
    """Members of inputs or outputs that tell how it was made."""
    names_worker: bool = False
    take_away: Callable[[Made], None] = lambda made: made.delete()
    only_found: frozenset[str] = field(default=frozenset())
    """Outputs that a create does not tell."""


def _delete_hit(made: Made) -> None:
    (hit,) = made.place.client.list_hits()
    made.place.client.update_expiration_for_hit(hit.hit_id, AT_ONCE)
    assert made.place.client.delete_hit(hit.hit_id)


CASES: dict[str, Case] = {
    "QualificationType": Case(
        inputs={
            "name": "Receipts",
            "description": "Can transcribe receipts.",
            "keywords": "receipts, typing",
            "qualificationTypeStatus": "Inactive",
            **TESTED,
        },
        reads=["GetQualificationType", "ListQualificationTypes"],
        no_ids=("", "careful-reader", "name=", "name= ", "3" * 65, "Name=Receipts", "3AB\n"),
        nobody=NO_TYPE,
    ),
    "HITType": Case(
        inputs={
            "title": "Transcribe a receipt",
            "description": "Type what the receipt says.",
            "reward": "0.15",
            "assignmentDurationInSeconds": 600,
            "autoApprovalDelayInSeconds": 3600,
            "keywords": "receipts, typing",
            "qualificationRequirements": [
                {"qualificationTypeId": NO_TYPE, "comparator": "GreaterThan", "integerValues": [80]},
                {
                    "qualificationTypeId": "Worker_Locale",
                    "comparator": "In",
                    "localeValues": [{"country": "DE"}, {"country": "US", "subdivision": "CA"}],
                    "actionsGuarded": "DiscoverPreviewAndAccept",
                },
            ],
        },
        reads=["GetHIT"],
        no_ids=("", NO_TYPE, "hit:", f"HIT:{NO_TYPE}", f"hit:{NO_TYPE.lower()}"),
        nobody=f"hit:{NO_TYPE}",
        only_found=frozenset({"importedHitId"}),
        take_away=_delete_hit,
    ),
    "QualificationGrant": Case(
        inputs={"qualificationTypeId": NO_TYPE, "workerId": WORKER, "integerValue": 7},
        reads=["GetQualificationScore"],
        no_ids=("", NO_TYPE, WORKER, f"{NO_TYPE}/", f"/{WORKER}", f"{NO_TYPE}/{WORKER}/", f"{NO_TYPE}/a1example"),
        nobody=f"{NO_TYPE}/{WORKER}",
        names_worker=True,
        only_found=frozenset({"grantTime"}),
    ),
    "QualificationRoster": Case(
        inputs={"qualificationTypeId": NO_TYPE, "workers": f"{WORKER}=1 {OTHER_WORKER}=2"},
        reads=["GetQualificationType", LIST, LIST],
        no_ids=("", "careful-reader", f"{NO_TYPE}/{WORKER}", "name=Receipts"),
        nobody=NO_TYPE,
        only_made=frozenset({"change", "scoresEarned"}),
        take_away=lambda made: made.place.client.delete_qualification_type(made.inputs["qualificationTypeId"]),
    ),
    "WorkerBlock": Case(
        inputs={"workerId": WORKER, "reason": "Asked to be left alone."},
        reads=["ListWorkerBlocks"] * 2,
        no_ids=("", WORKER.lower(), f"{WORKER} ", "B1EXAMPLE"),
        nobody=OTHER_WORKER,
        names_worker=True,
    ),
}
each = pytest.mark.parametrize("token", sorted(REGISTRY))


@pytest.fixture
def own_type(place: Place) -> str:
    found = place.made("QualificationType", {"description": "Took part."}, "own").id
    place.next_run()
    return found


@pytest.fixture
def made(place: Place, own_type: str, token: str) -> Made:
    return place.made(token, owning(CASES[token].inputs, own_type))


def test_the_table_has_every_resource() -> None:
    assert set(CASES) == set(REGISTRY)


@each
def test_an_imported_resource_equals_the_created_one(place: Place, made: Made, token: str) -> None:
    import_id, case = import_id_of(made), CASES[token]
    place.next_run()
    place.calls()
    imported = place.import_(token, import_id)
    assert place.calls() == case.reads
    assert {key: value for key, value in imported.inputs.items() if key not in case.only_made} == {
        key: value for key, value in made.inputs.items() if key not in case.only_made
    }
    without = case.only_made | case.only_found
    assert {key: value for key, value in imported.outputs.items() if key not in without} == {
        key: value for key, value in made.outputs.items() if key not in without
    }
    assert codes(place.warnings) == (["MT707"] if case.names_worker else [])


@each
def test_the_program_is_no_difference_and_says_nothing_new(place: Place, made: Made, own_type: str, token: str) -> None:
    import_id = import_id_of(made)
    place.next_run()
    imported = place.import_(token, import_id)
    place.calls()
    place.warnings.clear()
    place.remarks.clear()
    checked = place.check(token, owning(CASES[token].inputs, own_type), imported.inputs)
    assert (checked.failures, checked.inputs) == ([], imported.inputs)
    assert lifecycle.diff(REGISTRY[token], imported.outputs, checked.inputs) == Difference()
    assert (place.calls(), place.warnings, place.remarks) == ([], [], [])


@each
def test_what_was_imported_is_refreshed_updated_and_removed_like_any_other(
    place: Place, made: Made, own_type: str, token: str
) -> None:
    imported = place.import_(token, import_id_of(made))
    there = Made(place, made.resource, imported.inputs, imported.id, imported.outputs)
    found = there.read()
    assert found is not None
    assert (found.inputs, found.outputs) == (imported.inputs, imported.outputs)
    there.update(imported.inputs)
    assert there.outputs == imported.outputs
    there.delete()
    assert place.client.list_worker_blocks() == {}
    assert place.client.holders(own_type) == {}
    if token == TYPE:
        assert place.client.get_qualification_type(made.id) is None


@each
def test_the_id_in_the_state_names_nobody(place: Place, made: Made, token: str) -> None:
    imported = place.import_(token, import_id_of(made))
    assert "A1EXAMPLE" not in imported.id
    if token in ("QualificationType", "HITType"):
        assert imported.id == made.id


@each
def test_what_is_not_there_is_an_error_that_names_nobody(place: Place, made: Made, token: str) -> None:
    import_id = import_id_of(made)
    CASES[token].take_away(made)
    for missing in (import_id, CASES[token].nobody):
        place.next_run()
        with pytest.raises(NotFoundError) as caught:
            place.import_(token, missing)
        assert codes([str(caught.value)]) == ["MT643"]
        assert f"environment {place.configuration.environment}" in str(caught.value)
        assert "EXAMPLE" not in str(caught.value)


def test_a_worker_whom_the_environment_does_not_know_holds_nothing(place: Place, own_type: str) -> None:
    place.marketplace.set_switches(unknown_workers="refuse")
    with pytest.raises(NotFoundError, match="MT643"):
        place.import_(HELD, f"{own_type}/{WORKER}")


@pytest.mark.parametrize(("token", "no_id"), [(token, no_id) for token, case in CASES.items() for no_id in case.no_ids])
def test_an_id_of_another_form_is_refused_without_a_call(place: Place, token: str, no_id: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        place.import_(token, no_id)
    assert codes([str(caught.value)]) == ["MT642"]
    assert REGISTRY[token].import_id in str(caught.value)
    assert "EXAMPLE" not in str(caught.value)
    assert place.calls() == []


@each
def test_an_import_that_the_service_refuses_is_an_error(place: Place, made: Made, token: str) -> None:
    import_id = import_id_of(made)
    place.next_run()
    place.marketplace.inject(Fault("access_denied"))
    with pytest.raises(AccessDeniedError):
        place.import_(token, import_id)


@each
def test_a_name_that_holds_a_worker_id_is_refused_as_elsewhere(place: Place, made: Made, token: str) -> None:
    import_id = import_id_of(made)
    place.calls()
    with pytest.raises(InvalidInputError, match="MT701"):
        place.import_(token, import_id, f"one-{WORKER}")
    assert place.calls() == []


# Qualification types


def test_a_type_is_imported_by_its_exact_name(place: Place) -> None:
    other, wanted = (
        place.client.create_qualification_type(**CALL_OF_TYPE | {"name": name}) for name in ("a=b c", "a=b")
    )
    assert place.import_("QualificationType", "name=a=b").id == wanted.qualification_type_id
    assert place.import_("QualificationType", "name=a=b c").id == other.qualification_type_id
    with pytest.raises(NotFoundError, match="MT643"):
        place.import_("QualificationType", "name=A=b")


def test_a_system_type_is_nobodys(place: Place) -> None:
    with pytest.raises(NotFoundError, match="MT643"):
        place.import_("QualificationType", "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH")


@pytest.mark.parametrize(
    "given", [{}, {"namePrefix": "tier "}, {"namePrefix": "example-"}], ids=["none", "prefix", "same"]
)
def test_a_generated_name_is_kept(place: Place, given: dict[str, Any]) -> None:
    inputs = {"description": "Took part.", **given}
    made = place.made("QualificationType", inputs)
    place.next_run()
    imported = place.import_("QualificationType", made.id)
    assert imported.inputs["name"] == made.inputs["name"]
    assert imported.inputs.get("nameGenerated", False) == (given.get("namePrefix") != "tier ")
    checked = place.check("QualificationType", inputs, imported.inputs)
    assert checked.inputs["name"] == made.inputs["name"]
    assert lifecycle.diff(REGISTRY["QualificationType"], imported.outputs, checked.inputs).replaces == ()


def test_another_prefix_still_means_another_name(place: Place) -> None:
    made = place.made("QualificationType", {"description": "Took part.", "namePrefix": "tier-"})
    imported = place.import_("QualificationType", made.id)
    for prefix in ("tie", "team-", "tier-0"):
        checked = place.check("QualificationType", {"description": "Took part.", "namePrefix": prefix}, imported.inputs)
        assert checked.inputs["name"].startswith(prefix)
        assert checked.inputs["name"] != made.inputs["name"]


def test_a_mark_is_no_keyword(place: Place) -> None:
    made = place.made("QualificationType", {"description": "Took part.", "keywords": "one, two"})
    imported = place.import_("QualificationType", made.id)
    assert imported.inputs["keywords"] == "one, two"
    assert imported.outputs["mark"] == made.outputs["mark"]


# HIT types


@pytest.mark.parametrize("identity", ["normalised", "verbatim"])
def test_a_hit_type_in_another_notation_is_the_same_after_a_refresh(place: Place, own_type: str, identity: str) -> None:
    place.marketplace.set_switches(hit_type_identity=identity)
    rules = [
        {"qualificationTypeId": own_type, "comparator": "In", "integerValues": [9, 3]},
        {"qualificationTypeId": "00000000000000000071", "comparator": "EqualTo", "localeValues": [{"country": "US"}]},
    ]
    values = CALL_OF_HIT_TYPE | {"keywords": "b,a ,  c", "reward": "0.1", "qualification_requirements": rules}
    hit_type_id = place.client.create_hit_type(**values)
    hit_id = publish_of(place.client, hit_type_id)
    imported = place.import_("HITType", f"hit:{hit_id}")
    assert imported.id == hit_type_id
    assert (imported.inputs["keywords"], imported.inputs["reward"]) == ("b, a, c", "0.10")
    there = Made(place, REGISTRY["HITType"], imported.inputs, imported.id, from_engine(imported.outputs))
    for _ in range(2):
        found = there.read()
        assert found is not None
        assert found.outputs == imported.outputs
        there.update(there.inputs)
    assert place.warnings == []
    # What no HIT shows any more is not known to be gone, unless a type that it requires is.
    place.client.update_expiration_for_hit(hit_id, AT_ONCE)
    assert place.client.delete_hit(hit_id)
    assert there.read() is not None
    assert codes(place.warnings) == (["MT216"] if identity == "verbatim" else [])
    place.client.delete_qualification_type(own_type)
    assert there.read() is None


def test_a_hit_type_of_a_deleted_hit_is_not_there(place: Place) -> None:
    hit_id = publish_of(place.client, place.client.create_hit_type(**CALL_OF_HIT_TYPE))
    place.client.update_expiration_for_hit(hit_id, AT_ONCE)
    assert place.import_("HITType", f"hit:{hit_id}").inputs["title"] == CALL_OF_HIT_TYPE["title"]
    assert place.client.delete_hit(hit_id)
    with pytest.raises(NotFoundError, match="MT643"):
        place.import_("HITType", f"hit:{hit_id}")


# Rosters


def test_a_roster_has_scores_if_anybody_has_another_than_one(place: Place, own_type: str) -> None:
    place.grant_elsewhere(own_type, dict.fromkeys(many(250), 1))
    imported = place.import_("QualificationRoster", own_type)
    assert imported.inputs["workers"] == " ".join(many(250))
    assert (imported.inputs["count"], imported.inputs["change"]) == (250, "+0 \N{MINUS SIGN}0 ~0")
    assert "lowestScore" not in imported.inputs
    place.grant_elsewhere(own_type, {many(1)[0]: 2})
    imported = place.import_("QualificationRoster", own_type)
    assert imported.inputs["workers"].split()[:2] == [f"{many(1)[0]}=2", f"{many(2)[1]}=1"]
    assert (imported.inputs["lowestScore"], imported.inputs["highestScore"]) == (1, 2)


def test_a_roster_knows_whether_scores_are_earned(place: Place) -> None:
    made = place.made(TYPE, {"description": "Took part.", **TESTED}, "tested")
    assert place.import_("QualificationRoster", made.id).inputs["scoresEarned"] is True


def test_a_roster_of_nobody_is_a_roster(place: Place, own_type: str) -> None:
    assert place.import_("QualificationRoster", own_type).inputs["workers"] == ""


def test_a_shorter_list_beside_the_import_counts_as_removals(production: Place) -> None:
    type_id = production.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
    production.grant_elsewhere(type_id, dict.fromkeys(many(30), 1))
    imported = production.import_("QualificationRoster", type_id)
    shorter = {"qualificationTypeId": type_id, "workers": " ".join(many(5))}
    assert codes(production.check("QualificationRoster", shorter, imported.inputs).failures) == ["MT416"]
    allowed = production.check("QualificationRoster", {**shorter, "maxRemovals": 25}, imported.inputs)
    assert (allowed.failures, allowed.inputs["change"]) == ([], "+0 \N{MINUS SIGN}25 ~0")


# Handles


@pytest.mark.parametrize("token", [token for token, case in CASES.items() if case.names_worker])
def test_a_handle_stands_for_an_id_that_names_a_worker(place: Place, made: Made, token: str) -> None:
    import_id = import_id_of(made)
    handle = place.provider.handles.keep([import_id])[import_id]
    assert "EXAMPLE" not in handle
    assert place.import_(token, handle).inputs["workerId"] == WORKER
    assert place.warnings == []


def test_a_handle_of_ones_own_may_have_capital_digits(place: Place) -> None:
    place.client.create_worker_block(WORKER, "Fraud.")
    path, handle = place.provider.handles.path, f"{PREFIX}0123456789ABCDEF"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({handle: WORKER}))
    assert place.import_(BLOCKED, handle).inputs["workerId"] == WORKER


def test_a_handle_is_random_kept_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "made" / "handles.json"
    first = Handles(path).keep([WORKER, OTHER_WORKER, WORKER])
    assert first.keys() == {WORKER, OTHER_WORKER}
    assert len(set(first.values())) == 2
    assert Handles(path).keep([OTHER_WORKER, "A3EXAMPLE"])[OTHER_WORKER] == first[OTHER_WORKER]
    assert Handles(path).resolve(first[WORKER]) == WORKER
    assert path.stat().st_mode & 0o777 == 0o600
    assert (path.parent / ".gitignore").read_text() == "*\n"
    assert sorted(file.name for file in path.parent.iterdir()) == [".gitignore", "handles.json"]
    assert Handles(tmp_path / "other.json").keep([WORKER])[WORKER] != first[WORKER]


@pytest.mark.parametrize("text", [None, "", "[]", '{"handle:0123456789abcdef": 7}', "{}", '{"handle:": "A1EXAMPLE"}'])
def test_a_handle_that_is_not_known_is_refused_without_a_call(place: Place, text: str | None) -> None:
    if text is not None:
        place.provider.handles.keep([WORKER])
        place.provider.handles.path.write_text(text)
    for handle in (f"{PREFIX}0123456789abcdef", PREFIX, f"{PREFIX}{WORKER}"):
        with pytest.raises(InvalidInputError) as caught:
            place.import_(BLOCKED, handle)
        assert codes([str(caught.value)]) == ["MT644"]
        assert "EXAMPLE" not in str(caught.value)
    assert place.calls() == []


def test_a_test_is_told_of_as_in_a_create(place: Place) -> None:
    made = place.made("QualificationType", {"description": "Took part.", **TESTED})
    imported = place.import_("QualificationType", made.id)
    assert imported.inputs["test"] == TEST
    assert imported.inputs["testSummary"] == made.inputs["testSummary"]


@pytest.mark.parametrize(
    ("other", "replaced", "stays"), [("second", False, True), ("second", True, False), ("first", False, True)]
)
def test_a_type_that_another_entry_of_the_state_has_too_is_not_deleted(
    place: Place, other: str, replaced: bool, stays: bool
) -> None:
    inputs = {"name": "Careful reader", "description": "Took part."}
    made = place.made(TYPE, inputs, "first")
    place.next_run()
    assert place.check(TYPE, inputs, made.inputs, name=other).failures == []
    place.provider.compare(place.context(other).urn, made.id, replaced=replaced)
    place.calls()
    lifecycle.delete(REGISTRY[TYPE], place.context("first"), made.id, made.outputs, made.inputs)
    assert ("DeleteQualificationType" in place.calls()) == (not stays)
