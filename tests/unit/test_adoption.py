"""Taking over a qualification type that exists: told in the plan, done once, and never in a replacement."""

from typing import Any

import pytest

from pulumi_mturk.api.errors import NotFoundError
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Made, Place
from tests.support.findings import codes
from tests.support.inputs import ANSWER_KEY, CALL_OF_TYPE, OTHER_TEST, TEST, TESTED

TOKEN = "QualificationType"  # noqa: S105 - a type token
GET, UPDATE, CREATE, DELETE = (f"{verb}QualificationType" for verb in ("Get", "Update", "Create", "Delete"))
WORDS = {"description": "Can transcribe.", "keywords": "transcribe, receipts"}
TESTED_CALL = {"test": TEST, "answer_key": ANSWER_KEY, "test_duration_in_seconds": 600, "retry_delay_in_seconds": 3600}


@pytest.fixture
def there(place: Place) -> str:
    """A type that somebody has made."""
    found = place.client.create_qualification_type(**CALL_OF_TYPE).qualification_type_id
    place.calls()
    return found


@pytest.fixture
def tested(place: Place) -> str:
    found = place.client.create_qualification_type(**CALL_OF_TYPE | TESTED_CALL).qualification_type_id
    place.calls()
    return found


def adopted(place: Place, type_id: str, **values: Any) -> Made:
    place.next_run()
    made = place.made(TOKEN, {**WORDS, "adopt": type_id, **values})
    place.next_run()
    return made


def refused(place: Place, news: dict[str, Any], olds: dict[str, Any] | None = None) -> list[str]:
    return codes(place.check(TOKEN, news, olds).failures)


def test_one_that_is_as_it_should_be_is_taken_over_without_a_change(place: Place, there: str) -> None:
    made = adopted(place, there)
    assert place.calls() == [GET, "ListQualificationTypes", GET]
    assert made.id == made.outputs["qualificationTypeId"] == there
    assert made.outputs["name"] == CALL_OF_TYPE["name"]
    assert made.inputs["nameGenerated"] is True, "the program gives none"
    assert codes(place.warnings) == ["MT363"]
    assert place.warnings[0].startswith(f"adopt: takes over {there} ('Transcription')")
    assert made.diff(made.check(made.inputs).inputs).changed == ()
    found = made.read()
    assert found is not None
    assert (found.inputs, found.outputs) == (made.inputs, made.outputs)
    made.delete()
    assert place.client.get_qualification_type(there) is None


def test_what_changes_is_told_and_changed_by_one_call(place: Place, there: str) -> None:
    changed = {"description": "Can type.", "qualificationTypeStatus": "Inactive", **TESTED}
    place.check(TOKEN, {**WORDS, "adopt": there, **changed})
    assert place.calls() == [GET, "ListQualificationTypes"]
    (said, *_) = [text for text in place.warnings if "MT363" in text]
    for name in ("description", "qualificationTypeStatus", "test", "answerKey", "retryDelayInSeconds"):
        assert name in said
    assert ANSWER_KEY not in said
    made = adopted(place, there, **changed)
    assert place.calls() == [GET, "ListQualificationTypes", GET, UPDATE]
    live = place.client.get_qualification_type(there)
    assert live is not None
    assert (live.description, live.status, live.retry_delay_in_seconds) == ("Can type.", "Inactive", 3600)
    found = made.read()
    assert found is not None
    assert found.inputs == made.inputs


def test_doing_it_again_changes_nothing(place: Place, there: str) -> None:
    """A run that was killed before its state was written."""
    adopted(place, there, description="Can type.")
    place.calls()
    adopted(place, there, description="Can type.")
    assert UPDATE not in place.calls()


NOT_POSSIBLE: dict[str, dict[str, Any]] = {
    "name": {"name": "Another name", **TESTED},
    "keywords": {"keywords": "others", **TESTED},
    "no keywords": {"keywords": None, **TESTED},
    "test": {"retryDelayInSeconds": 60},
    "retry delay": {**TESTED, "retryDelayInSeconds": None},
}


@pytest.mark.parametrize("values", NOT_POSSIBLE.values(), ids=NOT_POSSIBLE)
def test_what_can_not_be_changed_in_place_is_refused(place: Place, tested: str, values: dict[str, Any]) -> None:
    news = {key: value for key, value in {**WORDS, "adopt": tested, **values}.items() if value is not None}
    assert refused(place, news) == ["MT365"]
    inputs = place.check(TOKEN, {**WORDS, **TESTED, "adopt": tested}).inputs
    with pytest.raises(InvalidInputError, match="MT365"):
        place.create(TOKEN, {key: value for key, value in inputs.items() if key not in {*TESTED, *WORDS}} | news)
    assert UPDATE not in place.calls()


def test_a_test_and_its_key_can_be_changed_and_a_key_dropped(place: Place, tested: str) -> None:
    adopted(place, tested, **TESTED | {"test": OTHER_TEST})
    adopted(place, tested, **{key: value for key, value in TESTED.items() if key != "answerKey"})
    live = place.client.get_qualification_type(tested)
    assert live is not None
    assert live.answer_key is None


def test_one_that_is_not_there_or_is_going_is_refused(place: Place, there: str) -> None:
    place.client.delete_qualification_type(there)
    assert refused(place, {**WORDS, "adopt": there}) == ["MT364"]
    assert refused(place, {**WORDS, "adopt": "3EXAMPLEGONE"}) == ["MT364"]
    assert refused(place, {**WORDS, "adopt": "00000000000000000071"}) == ["MT364"], "nobody's own"
    for malformed in ("no id", ""):
        (said,) = place.check(TOKEN, {**WORDS, "adopt": malformed}).failures
        assert codes([said]) == ["MT402"]
        assert "pulumi-mturk find" in str(said)


def test_one_that_goes_between_plan_and_run_is_refused(place: Place, there: str) -> None:
    inputs = place.check(TOKEN, {**WORDS, "adopt": there}).inputs
    place.client.delete_qualification_type(there)
    with pytest.raises(NotFoundError, match="MT364"):
        place.create(TOKEN, inputs)


def test_adding_keeping_and_removing_it_is_no_difference(place: Place, there: str) -> None:
    made = adopted(place, there)
    assert made.diff(made.check(WORDS).inputs).changed == ()
    place.calls()
    kept = made.check({**WORDS, "adopt": there})
    assert (kept.failures, made.diff(kept.inputs).changed, place.calls()) == ([], (), [])

    place.next_run()
    own = place.made(TOKEN, WORDS, "own")
    place.next_run()
    added = own.check({**WORDS, "adopt": own.id})
    assert (added.failures, own.diff(added.inputs).changed) == ([], ())
    assert codes(own.check({**WORDS, "adopt": there}).failures) == ["MT367"]
    assert codes(made.check({**WORDS, "adopt": own.id}).failures) == ["MT367"]


def test_the_way_from_the_one_that_was_made_to_the_one_that_was_left(place: Place, there: str) -> None:
    """What MT361 and MT367 advise: the resource goes, and comes back with adopt."""
    place.next_run()
    made = place.made(TOKEN, WORDS)
    place.next_run()
    assert codes(made.check({**WORDS, "adopt": there}).failures) == ["MT367"]
    made.delete()
    assert adopted(place, there).id == there
    assert place.client.get_qualification_type(made.id) is None


def test_a_change_beside_it_is_an_update_like_any_other(place: Place, there: str) -> None:
    made = adopted(place, there)
    news = made.check({**WORDS, "adopt": there, "description": "Can type."})
    assert news.failures == []
    assert made.diff(news.inputs).replaces == ()
    made.update(news.inputs)
    assert made.outputs["description"] == "Can type."


def test_a_change_that_replaces_is_refused(place: Place, there: str) -> None:
    made = adopted(place, there)
    assert codes(made.check({**WORDS, "adopt": there, "keywords": "others"}).failures) == ["MT366"]
    assert made.check({**WORDS, "keywords": "others"}).failures == []


def test_it_is_not_honoured_in_a_replacement_for_another_reason(place: Place, there: str) -> None:
    made = adopted(place, there)
    news = {**WORDS, "adopt": there}
    assert made.check(news).failures == []
    # `--replace`, `replace_on_changes`, a trigger: the engine checks once more, without a state.
    assert refused(place, news) == ["MT366"]


def test_an_unknown_value_is_no_reason_to_refuse(place: Place, there: str) -> None:
    made = adopted(place, there)
    assert made.check({**WORDS, "adopt": there, "keywords": UNKNOWN}).failures == []
    place.next_run()
    assert refused(place, {**WORDS, "adopt": there, "keywords": UNKNOWN}) == []
    checked = place.check(TOKEN, {**WORDS, "adopt": UNKNOWN})
    assert (checked.failures, checked.inputs["name"]) == ([], UNKNOWN)


@pytest.mark.parametrize("first", ["example", "another"])
def test_two_resources_are_not_one_type(place: Place, there: str, first: str) -> None:
    second = "another" if first == "example" else "example"
    place.next_run()
    assert place.check(TOKEN, {**WORDS, "adopt": there}, name=first).failures == []
    assert codes(place.check(TOKEN, {**WORDS, "adopt": there}, name=second).failures) == ["MT368"]
    made = adopted(place, there)
    both = {"example": lambda: made.check(WORDS), "another": lambda: _other(place, there)}
    assert both[first]().failures == []
    assert codes(both[second]().failures) == ["MT368"]


def test_an_id_that_is_known_only_in_the_run_is_not_taken_from_another_resource(place: Place, there: str) -> None:
    """As in `q("one", adopt=q("x").id)`: the first run makes what it would take over."""
    place.next_run()
    unknown = place.check(TOKEN, {**WORDS, "adopt": UNKNOWN}, name="one").inputs
    made = place.made(TOKEN, WORDS, "x")
    place.calls()
    with pytest.raises(InvalidInputError, match="MT368"):
        place.create(TOKEN, unknown | {"adopt": made.id, "name": made.outputs["name"]}, "one")
    assert UPDATE not in place.calls()
    # What another has taken over, and what a state has.
    known = unknown | {"adopt": there, "name": CALL_OF_TYPE["name"]}
    assert place.create(TOKEN, known, "one")[0] == there
    with pytest.raises(InvalidInputError, match="MT368"):
        place.create(TOKEN, known, "two")
    place.next_run()
    assert made.check(WORDS).failures == []
    with pytest.raises(InvalidInputError, match="MT368"):
        place.create(TOKEN, known | {"adopt": made.id, "name": made.outputs["name"]}, "one")


def _other(place: Place, type_id: str) -> lifecycle.Checked:
    return place.check(TOKEN, {**WORDS, "adopt": type_id}, name="another")


def test_a_resource_can_get_another_name_and_take_its_type_along(place: Place) -> None:
    made = place.made(TOKEN, WORDS)
    place.next_run()
    checked = place.check(TOKEN, {**WORDS, "adopt": made.id}, name="renamed")
    assert checked.failures == []
    assert place.create(TOKEN, checked.inputs, "renamed")[0] == made.id
    # In the same run, Pulumi deletes what the program no longer has.
    lifecycle.delete(REGISTRY[TOKEN], made.context, made.id, made.outputs, made.inputs)
    assert codes(place.remarks)[-1] == "MT369"
    assert DELETE not in place.calls()
    assert place.client.get_qualification_type(made.id) is not None


def test_a_replacement_that_deletes_first_is_refused_before_it_deletes(place: Place, there: str) -> None:
    made = adopted(place, there)
    # As `--replace` does of a resource with `delete_before_replace`.
    assert refused(place, {**WORDS, "adopt": there}) == []
    with pytest.raises(InvalidInputError, match="MT366"):
        lifecycle.delete(REGISTRY[TOKEN], made.context, made.id, made.outputs, made.inputs)
    assert place.client.get_qualification_type(there) is not None


def test_the_mark_of_another_resource_is_told_with_who_depends_on_the_type(place: Place) -> None:
    theirs = place.made(TOKEN, WORDS, "theirs")
    place.grant_elsewhere(theirs.id, {"A1EXAMPLE": 1, "A2EXAMPLE": 1})
    place.next_run()
    place.warnings.clear()
    assert place.check(TOKEN, {**WORDS, "adopt": theirs.id}, name="mine").failures == []
    assert codes(place.warnings) == ["MT363"]
    for part in (theirs.outputs["mark"], "pulumi state delete", "2 workers hold it", "0 HITs require it"):
        assert part in place.warnings[0]


def test_the_mark_of_the_resource_itself_is_nothing_to_tell(place: Place) -> None:
    lost = place.made(TOKEN, WORDS)
    place.next_run()
    place.warnings.clear()
    place.check(TOKEN, {**WORDS, "adopt": lost.id})
    assert codes(place.warnings) == ["MT363"]
    assert "pm1-" not in place.warnings[0]


def test_the_mark_of_an_earlier_stack_is_kept_out_of_the_keywords(place: Place) -> None:
    lost = place.made(TOKEN, WORDS)
    made = adopted(place, lost.id)
    assert made.outputs["mark"] == lost.outputs["mark"]
    found = made.read()
    assert found is not None
    assert found.inputs["keywords"] == WORDS["keywords"]
