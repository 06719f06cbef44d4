"""Creates of qualification types that were cut off: found by their receipt, made again, or told; never taken else."""

import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from pulumi_mturk.api.errors import AccessDeniedError, AlreadyExistsError, ApiError, UnavailableError
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider.receipts import FOLDER, Receipt, Receipts
from pulumi_mturk.provider.shell import Shell
from tests.support.core import Made, Place, opened
from tests.support.findings import codes
from tests.support.inputs import ANSWER_KEY, TESTED

TOKEN = "QualificationType"  # noqa: S105 - a type token
CREATE, LIST = "CreateQualificationType", "ListQualificationTypes"
WORDS = {"description": "Can transcribe receipts.", "keywords": "receipts"}
NAMED = WORDS | {"name": "Transcription"}
PROGRAMS: dict[str, dict[str, Any]] = {"generated": WORDS, "named": NAMED, "tested": {**WORDS, **TESTED}}
each = pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)


@pytest.fixture(autouse=True)
def _time_passes(place: Place) -> None:
    """The marketplace's time goes by the client's, so that whoever waits for it does not wait in vain."""
    sleep = place.clock.sleep

    def both(seconds: float) -> None:
        sleep(seconds)
        place.marketplace.advance(seconds)

    place.client._retry.sleep = both


def files(place: Place) -> list[Path]:
    return list((Path(place.configuration.local_database).parent / FOLDER).glob("*.json"))


def up(place: Place, program: Mapping[str, Any], name: str = "example") -> Made:
    """A run that makes it, and is over then; the state is what is given back."""
    place.next_run()
    place.warnings.clear()
    place.remarks.clear()
    made = place.made(TOKEN, dict(program), name)
    place.next_run()
    return made


def cut_off(place: Place, program: Mapping[str, Any]) -> str:
    """A run that is killed after its call took effect: the id of what no state has."""
    return up(place, program).id


def types(place: Place) -> set[str]:
    return {found.id for found in place.marketplace.summary().qualification_types}


@each
def test_what_a_killed_run_has_made_is_found_and_not_made_again(place: Place, program: dict[str, Any]) -> None:
    lost = cut_off(place, program)
    place.calls()
    made = up(place, program)
    assert (made.id, types(place)) == (lost, {lost})
    assert CREATE not in place.calls()
    assert codes(place.remarks) == ["MT360"]
    assert place.warnings == []
    assert made.read() is not None
    assert files(place) == []


@each
def test_what_a_killed_run_has_not_made_is_made_under_the_name_it_had_chosen(
    place: Place, program: dict[str, Any]
) -> None:
    place.marketplace.inject(Fault("drop_before", CREATE, times=None))
    with pytest.raises(UnavailableError):
        up(place, program)
    proposed = place.check(TOKEN, program).inputs["name"]
    place.marketplace.clear_faults()
    made = up(place, program)
    assert types(place) == {made.id}
    assert made.outputs["name"] == proposed
    assert place.remarks == place.warnings == []


def test_the_state_settles_the_receipt_at_the_next_run(place: Place) -> None:
    made = up(place, WORDS)
    (file,) = files(place)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (file.parent / ".gitignore").read_text() == "*\n"
    assert made.check(WORDS).inputs["name"] == made.outputs["name"]
    assert files(place) == []


@pytest.mark.parametrize("operation", ["read", "delete"])
def test_whatever_shows_that_the_state_has_it_settles_the_receipt(place: Place, operation: str) -> None:
    made = up(place, WORDS)
    getattr(made, operation)()
    assert files(place) == []


def test_a_resource_that_gets_another_name_takes_its_receipt_along(place: Place) -> None:
    made = up(place, WORDS)
    # An alias: the state of before, under the new name.
    place.check(TOKEN, WORDS, made.inputs, name="renamed")
    assert files(place) == []
    assert up(place, WORDS).id != made.id


@each
def test_what_is_in_no_state_though_its_run_came_to_its_end_is_found_again(
    place: Place, program: dict[str, Any]
) -> None:
    """The engine sends Cancel at the end of a run whose state it could not write, too."""
    shell = Shell()
    shell.instance = place.provider
    with shell.operation():
        lost = place.made(TOKEN, dict(program)).id
    shell.cancel()
    assert up(place, program).id == lost
    assert types(place) == {lost}


def test_a_shell_hands_on_which_resource_keeps_an_id(place: Place) -> None:
    made = up(place, WORDS)
    difference = made.diff(made.check(WORDS).inputs)
    request = provider_pb2.DiffRequest(urn=made.context.urn, id="3EXAMPLESAMETYPE")
    shell = Shell()
    shell.compare(request, difference)
    assert place.provider.keeper("3EXAMPLESAMETYPE") is None, "not configured, it has nobody to tell"
    shell.instance = place.provider
    shell.compare(request, difference)
    assert place.provider.keeper("3EXAMPLESAMETYPE") == made.name


def test_a_plan_notes_nothing(place: Place) -> None:
    place.check(TOKEN, WORDS)
    assert files(place) == []


def test_a_replacement_gets_a_name_of_its_own_though_the_receipt_is_still_there(place: Place) -> None:
    made = up(place, WORDS)
    other = WORDS | {"keywords": "other"}
    assert made.diff(made.check(other).inputs).replaces == ("keywords",)
    again = place.check(TOKEN, other)
    assert again.inputs["name"] != made.outputs["name"]
    replaced, _ = place.create(TOKEN, again.inputs)
    assert types(place) == {made.id, replaced}
    assert "MT361" not in codes(place.warnings), "the state has the old one"


def test_a_replacement_that_was_killed_is_found_too(place: Place) -> None:
    made = up(place, WORDS)
    other = WORDS | {"keywords": "other"}
    made.check(other)
    lost, _ = place.create(TOKEN, place.check(TOKEN, other).inputs)
    place.next_run()
    made.check(other)
    found, _ = place.create(TOKEN, place.check(TOKEN, other).inputs)
    assert found == lost
    assert types(place) == {made.id, lost}


def test_a_program_that_has_changed_since_makes_another_and_tells_of_the_first(place: Place) -> None:
    lost = cut_off(place, WORDS)
    made = up(place, WORDS | {"description": "Can type."})
    assert types(place) == {lost, made.id}
    assert codes(place.warnings) == ["MT361"]
    assert f'adopt="{lost}"' in place.warnings[0]


def test_a_program_that_has_changed_since_nothing_was_made_has_nothing_to_tell(place: Place) -> None:
    place.marketplace.inject(Fault("drop_before", CREATE, times=None))
    with pytest.raises(UnavailableError):
        up(place, WORDS)
    place.marketplace.clear_faults()
    made = up(place, WORDS | {"description": "Can type."})
    assert types(place) == {made.id}
    assert place.remarks == place.warnings == []


def test_a_name_of_the_programs_own_is_not_taken_with_other_values(place: Place) -> None:
    lost = cut_off(place, NAMED)
    with pytest.raises(AlreadyExistsError, match=f'adopt="{lost}"') as refused:
        up(place, NAMED | {"description": "Can type."})
    assert "it may be what an earlier run" in str(refused.value)
    assert up(place, NAMED).id == lost, "the program is what it was"


def test_a_key_that_has_changed_is_seen_in_what_is_there(place: Place) -> None:
    program = PROGRAMS["tested"]
    lost = cut_off(place, program)
    changed = program | {"answerKey": ANSWER_KEY.replace("<AnswerScore>1", "<AnswerScore>2")}
    with pytest.raises(AlreadyExistsError, match=f'adopt="{lost}"'):
        up(place, changed)
    made = up(place, changed)
    assert types(place) == {lost, made.id}
    assert codes(place.warnings) == ["MT361"]


@each
def test_one_that_is_not_listed_yet_is_waited_for(place: Place, program: dict[str, Any]) -> None:
    place.marketplace.set_switches(listing_lag_seconds=70)
    lost = cut_off(place, program)
    assert up(place, program).id == lost
    assert types(place) == {lost}


def test_a_name_that_is_held_for_nothing_does_not_stop_the_run_after_the_next(place: Place) -> None:
    place.marketplace.set_switches(name_held_seconds=172_800)
    lost = cut_off(place, WORDS)
    place.client.delete_qualification_type(lost)
    with pytest.raises(AlreadyExistsError, match="run again, which generates another name"):
        up(place, WORDS)
    made = up(place, WORDS)
    assert types(place) - {lost} == {made.id}


def test_a_name_that_a_type_keeps_while_it_is_deleted_is_refused_with_its_id(place: Place) -> None:
    gone = up(place, NAMED).id
    place.publish({"QualificationTypeId": gone, "Comparator": "Exists"})
    place.client.delete_qualification_type(gone)
    files(place)[0].unlink()
    with pytest.raises(AlreadyExistsError, match="MT314") as refused:
        up(place, NAMED)
    assert f"`pulumi-mturk teardown {gone}`" in str(refused.value)


REFUSALS: dict[str, tuple[Fault, type[ApiError], bool]] = {
    "refused": (Fault("access_denied", CREATE), AccessDeniedError, False),
    "throttled": (Fault("throttle", CREATE, times=None), ApiError, False),
    "no answer": (Fault("service_fault", CREATE, times=None), UnavailableError, True),
}


@pytest.mark.parametrize(("fault", "error", "kept"), REFUSALS.values(), ids=REFUSALS)
def test_a_receipt_goes_only_if_nothing_can_have_been_made(
    place: Place, fault: Fault, error: type[ApiError], kept: bool
) -> None:
    place.marketplace.inject(fault)
    with pytest.raises(error):
        up(place, WORDS)
    assert bool(files(place)) == kept


def test_a_refusal_does_not_take_the_receipt_of_an_earlier_run(place: Place) -> None:
    place.marketplace.set_switches(listing_lag_seconds=70)
    lost = cut_off(place, WORDS)
    place.marketplace.inject(Fault("access_denied", CREATE))
    with pytest.raises(AccessDeniedError):
        up(place, WORDS)
    place.marketplace.advance(100)
    assert up(place, WORDS).id == lost


def test_another_resource_has_another_receipt(place: Place) -> None:
    lost = cut_off(place, WORDS)
    other = up(place, WORDS, name="another")
    assert types(place) == {lost, other.id}


def test_without_a_receipt_nothing_is_taken(place: Place) -> None:
    lost = cut_off(place, NAMED)
    files(place)[0].unlink()
    with pytest.raises(AlreadyExistsError, match=f'adopt="{lost}"') as refused:
        up(place, NAMED)
    assert "an earlier run" not in str(refused.value)
    assert files(place) == []


def test_a_name_of_a_type_that_is_not_listed_yet_is_refused_without_its_id(place: Place) -> None:
    place.marketplace.set_switches(listing_lag_seconds=70)
    cut_off(place, NAMED)
    files(place)[0].unlink()
    with pytest.raises(AlreadyExistsError, match=r"no type of this name is listed; .* choose another name"):
        up(place, NAMED)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": "Transcription"}', '{"name": 1, "arguments": 2, "time": 3}'])
def test_a_receipt_that_is_not_whole_counts_as_none(place: Place, text: str) -> None:
    cut_off(place, NAMED)
    (file,) = files(place)
    file.write_text(text)
    with pytest.raises(AlreadyExistsError):
        up(place, NAMED)
    assert up(place, WORDS).outputs["name"] != NAMED["name"]


def test_a_receipt_that_can_not_be_removed_counts_no_more_in_this_run(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, while a virus scanner reads it."""
    made = up(place, WORDS)

    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refused)
    made.check(WORDS)
    assert len(files(place)) == 1
    assert place.check(TOKEN, WORDS).inputs["name"] != made.outputs["name"], "that of a replacement"


def test_two_runs_that_make_the_same_at_once_are_one_too_many(tmp_path: Path) -> None:
    mine, theirs = Receipts(tmp_path / FOLDER), Receipts(tmp_path / FOLDER)
    assert mine.find("urn", "place") is None
    assert theirs.find("urn", "place") is None
    earlier, later = Receipt("place", "a", "", ""), Receipt("place", "b", "", "")
    theirs.write("urn", later)
    with pytest.raises(ConfigurationError, match="MT362"):
        mine.write("urn", earlier)
    assert mine.find("urn", "place") == later
    assert mine.find("urn", "elsewhere") is mine.find("other", "place") is None


def test_where_no_receipt_can_be_kept_nothing_is_made(place: Place, tmp_path: Path) -> None:
    (tmp_path / ".mturk").mkdir(exist_ok=True)
    (tmp_path / FOLDER).write_text("no folder")
    with pytest.raises(ConfigurationError, match="MT362"):
        up(place, WORDS)
    assert CREATE not in place.calls()


# Marks


def test_what_a_run_in_another_folder_has_lost_is_told_and_not_taken(place: Place) -> None:
    lost = cut_off(place, WORDS)
    files(place)[0].unlink()
    made = up(place, WORDS)
    assert types(place) == {lost, made.id}
    assert codes(place.warnings) == ["MT361"]
    assert f'adopt="{lost}"' in place.warnings[0]
    up(place, WORDS, name="another")
    assert place.warnings == []


def test_the_mark_is_sent_and_kept_and_makes_no_difference(place: Place) -> None:
    made = up(place, WORDS)
    mark = made.outputs["mark"]
    assert place.sent(CREATE)["Keywords"] == f"receipts, {mark}"
    assert made.outputs["keywords"] == "receipts"
    found = made.read()
    assert found is not None
    assert (found.inputs, found.outputs) == (made.inputs, made.outputs)
    place.next_run()
    updated = made.check(WORDS | {"description": "Can type."})
    assert made.diff(updated.inputs).replaces == ()
    made.update(updated.inputs)
    assert made.outputs["mark"] == mark


def test_a_type_without_keywords_has_the_mark_alone(place: Place) -> None:
    made = up(place, {"description": "Can transcribe receipts."})
    assert place.sent(CREATE)["Keywords"] == made.outputs["mark"]
    found = made.read()
    assert found is not None
    assert "keywords" not in found.inputs


@pytest.mark.parametrize(("length", "marked"), [(978, True), (979, False)])
def test_a_mark_that_does_not_fit_is_left_out(place: Place, length: int, marked: bool) -> None:
    made = up(place, WORDS | {"keywords": "x" * length})
    assert ("mark" in made.outputs) == marked
    assert made.read() is not None


def test_a_state_of_before_has_no_mark_and_gets_none(place: Place) -> None:
    made = up(place, WORDS)
    del made.outputs["mark"]
    place.client.update_qualification_type(made.id, description=WORDS["description"])
    found = made.read()
    assert found is not None
    assert "mark" not in found.outputs
    assert found.inputs == made.inputs


def test_production_has_no_marks_unless_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    for marks in (None, True, False):
        (tmp_path / str(marks)).mkdir()
        with opened(tmp_path / str(marks), environment="production", mark_types=marks) as production:
            assert ("mark" in production.made(TOKEN, WORDS).outputs) == (marks is True)
