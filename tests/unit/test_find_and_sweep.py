"""`pulumi-mturk find` and `pulumi-mturk sweep`: a type by its name, and what lost stacks have left."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from pulumi_mturk import cli
from pulumi_mturk.api.calls import PAGE_SIZE
from pulumi_mturk.api.client import Client
from pulumi_mturk.marketplace import Fault, Server
from tests.support.core import Place, publish, publish_of
from tests.support.inputs import CALL_OF_TYPE, HIT_TYPE

TOKEN = "QualificationType"  # noqa: S105 - a type token
WORDS = {"description": "Can transcribe receipts."}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(place: Place, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = cli.main([*arguments, "--local-database", place.configuration.local_database])
        return status, *capsys.readouterr()

    return run


def new(place: Place, name: str, **values: Any) -> str:
    return place.client.create_qualification_type(**CALL_OF_TYPE | {"name": name, **values}).qualification_type_id


def living(place: Place) -> set[str]:
    return {live.qualification_type_id for live in place.client.list_own_qualification_types()}


# find


def test_the_one_of_exactly_this_name_is_found_on_any_page(place: Place, command: Run) -> None:
    for number in range(PAGE_SIZE + 1):
        new(place, f"Careful reader {number}")
    wanted = new(place, "Careful reader")
    assert command("find", "Careful reader") == (0, f"{wanted}\n", "")
    place.client.delete_qualification_type(wanted)
    for name in ("Careful reader", "careful reader 1", "Masters", "Careful"):
        status, out, told = command("find", name)
        assert (status, out) == (1, "")
        assert told.startswith("not found: ")
        assert name in told


def test_what_can_not_be_looked_for_is_an_error_of_its_own(place: Place, command: Run) -> None:
    place.marketplace.inject(Fault("access_denied"))
    status, out, told = command("find", "Careful reader")
    assert (status, out) == (2, "")
    assert told.startswith("error: ListQualificationTypes: ")
    status, _, told = command("find", "Careful reader", "--environment", "nowhere")
    assert status == 2
    assert "mturk:environment" in told


# sweep


@pytest.fixture
def left(place: Place) -> str:
    """What a stack has made whose state is lost."""
    return place.made(TOKEN, WORDS).id


NAMES = {
    "reader-1a2b3c4": True,
    "Careful reader 0000000": True,
    "Careful reader": False,
    "reader-defaced": False,
    "reader1a2b3c4": False,
    "1a2b3c4": False,
}


def test_what_has_a_mark_or_a_name_of_the_generated_form_is_shown_and_stays(
    place: Place, command: Run, left: str
) -> None:
    shown = {new(place, name, keywords=None) for name, generated in NAMES.items() if generated} | {left}
    hidden = {new(place, name, keywords=None) for name, generated in NAMES.items() if not generated}
    named = place.made(TOKEN, {**WORDS, "name": "Named reader"}, "named").id
    status, out, told = command("sweep")
    assert (status, told) == (0, "")
    assert {type_id for type_id in living(place) if type_id in out} == shown | {named}
    assert hidden | shown | {named} == living(place)
    assert "with --yes they are deleted" in out


def columns(out: str) -> dict[str, str]:
    """The only row of the table, by the headings."""
    headings, row = (re.split(" {2,}", line) for line in out.splitlines()[:2])
    return dict(zip(headings, row, strict=True))


def test_holders_and_the_time_are_shown_and_told_of_once_the_type_is_deleted(
    place: Place, command: Run, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (live,) = place.client.list_own_qualification_types()
    assert columns(command("sweep")[1])["holders"] == "0"
    for number in range(PAGE_SIZE + 1):
        place.client.grant(left, f"A{number}EXAMPLEWORKER", 1, send_notification=False)
    out = command("sweep")[1]
    shown = columns(out)
    assert (shown["created"], shown["holders"]) == (live.creation_time.replace("T", " "), f"{PAGE_SIZE + 1}")
    assert "EXAMPLEWORKER" not in out
    with monkeypatch.context() as patched:
        patched.setattr(Client, "COUNTED_PAGES", 1)
        assert columns(command("sweep")[1])["holders"] == f"{PAGE_SIZE}+"
    assert f"{left} had {PAGE_SIZE + 1} holders." in command("sweep", "--yes")[1]


def test_nothing_left_is_said(command: Run) -> None:
    status, out, _ = command("sweep", "--yes")
    assert status == 0
    assert "No type" in out


def test_with_yes_the_types_go_and_the_hits_that_require_them(place: Place, command: Run, left: str) -> None:
    other = new(place, "Careful reader")
    for type_id in (left, other):
        publish(place.client, {"QualificationTypeId": type_id, "Comparator": "Exists"})
    assert command("sweep")[1].splitlines()[1].endswith(" 1")
    status, out, told = command("sweep", "--yes")
    assert (status, told) == (0, "")
    assert "1 type was deleted; 1 HIT was expired, 1 HIT was deleted." in out
    assert living(place) == {other}
    assert len(list(place.client.list_hits())) == 1


def test_only_the_ids_that_are_given(place: Place, command: Run, left: str) -> None:
    other = place.made(TOKEN, WORDS, "another").id
    stranger = new(place, "Careful reader")
    for unknown in (stranger, "3EXAMPLEGONE"):
        status, _, told = command("sweep", other, unknown, "--yes")
        assert status == 2
        assert unknown in told
    assert living(place) == {left, other, stranger}
    assert command("sweep", other, "--yes")[0] == 0
    assert living(place) == {left, stranger}


def test_in_production_each_is_named_and_hits_are_only_expired(
    place: Place, command: Run, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    publish(place.client, {"QualificationTypeId": left, "Comparator": "Exists"})
    with Server(place.marketplace) as server:
        production = ("--environment", "production", "--endpoint", server.url)
        status, _, told = command("sweep", "--yes", *production)
        assert status == 2
        assert "give the id of each type" in told
        assert living(place) == {left}
        status, out, _ = command("sweep", left, "--yes", *production)
    assert status == 0
    assert "1 type was deleted; 1 HIT was expired, 0 HITs were deleted." in out
    assert "1 HIT is left, which no worker can take" in out
    assert living(place) == set()
    (hit,) = place.client.list_hits()
    assert hit.status == "Reviewable"


def test_what_fails_is_said_and_the_rest_is_done(place: Place, command: Run, left: str) -> None:
    other = place.made(TOKEN, WORDS, "another").id
    place.marketplace.inject(Fault("access_denied", "DeleteQualificationType"))
    status, out, told = command("sweep", "--yes")
    assert status == 2
    assert told.startswith("error: DeleteQualificationType: ")
    assert "1 type was deleted" in out
    assert len(living(place) & {left, other}) == 1


def test_a_type_stays_if_a_hit_that_requires_it_could_not_be_ended(place: Place, command: Run, left: str) -> None:
    other = place.made(TOKEN, WORDS, "another").id
    for type_id in (left, left, other):
        publish(place.client, {"QualificationTypeId": type_id, "Comparator": "Exists"})
    place.marketplace.inject(Fault("access_denied", "UpdateExpirationForHIT", times=1))
    status, out, told = command("sweep", "--yes")
    assert status == 2
    (stays,) = living(place)
    assert "1 type was deleted; 2 HITs were expired, 2 HITs were deleted." in out
    assert "left" not in out.partition("deleted;")[2], "nothing is known of the one that could not be ended"
    assert (
        f"error: {stays} was not deleted: 1 HIT that requires it could not be ended: UpdateExpirationForHIT: " in told
    )
    assert len(list(place.client.list_hits())) == 1
    assert command("sweep", "--yes")[0] == 0
    assert living(place) == set()
    assert list(place.client.list_hits()) == []


def test_a_hit_that_requires_several_types_is_counted_once(place: Place, command: Run, left: str) -> None:
    other = place.made(TOKEN, WORDS, "another").id
    rules = [{"qualificationTypeId": each, "comparator": "Exists"} for each in (left, other)]
    publish_of(place.client, place.made("HITType", HIT_TYPE | {"qualificationRequirements": rules}, "task").id)
    _, out, _ = command("sweep", "--yes")
    assert "2 types were deleted; 1 HIT was expired, 1 HIT was deleted." in out
