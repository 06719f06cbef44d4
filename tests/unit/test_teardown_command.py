"""`pulumi-mturk teardown` without a stack: types by their ids, in an embedded marketplace."""

import dataclasses
import re
from pathlib import Path

import pytest

from pulumi_mturk import cli
from pulumi_mturk.cli import teardown
from pulumi_mturk.marketplace import Fault
from tests.support.canned_server import CannedServer, said
from tests.support.core import Place, publish_of
from tests.support.inputs import HIT_TYPE, TYPE
from tests.support.marketplace.assignments import assignment_of

STATUSES = ("Accepted", "Submitted", "Approved")


@pytest.fixture
def hits(place: Place) -> dict[str, str]:
    """A HIT with nothing done, and one whose only assignment is in each status; the last is of another HIT type."""
    task = place.made("HITType", HIT_TYPE, "task").id
    found = {status: publish_of(place.client, task) for status in STATUSES}
    for status, hit in found.items():
        assignment_of(place.marketplace, hit, status=status)
    found["fresh"] = publish_of(place.client, task, assignments=3)
    found["other"] = publish_of(place.client, place.made("HITType", HIT_TYPE | {"title": "Another"}, "other").id)
    found["task"] = task
    place.calls()
    return found


def run(place: Place, *arguments: str) -> int:
    return cli.main(["teardown", "--local-database", place.configuration.local_database, *arguments])


def status_of(place: Place) -> dict[str, str]:
    return {hit.id: hit.status for hit in place.marketplace.summary().hits}


def test_it_shows_and_changes_nothing(place: Place, hits: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    before = status_of(place)
    assert run(place, hits["task"]) == 0
    assert set(place.calls()) == {"ListHITs"}
    shown = capsys.readouterr().out
    # Three to take, one accepted, one submitted; what is approved costs nothing more.
    assert "At most $0.75 of rewards may still be paid" in shown
    assert "With --yes 2 of them are expired" in shown
    for status in (*STATUSES, "fresh"):
        assert hits[status] in shown
    assert hits["other"] not in shown
    assert "EXAMPLEWORKER" not in shown
    assert status_of(place) == before


def test_a_reward_that_is_no_amount_makes_no_total(place: Place, hits: dict[str, str]) -> None:
    told = [hit for hit in place.client.list_hits() if hit.hit_type_id == hits["task"]]
    assert teardown._total(told) == "at most $0.75"
    for reward in ("much", "1e400", "NaN"):
        assert teardown._total([*told, dataclasses.replace(told[0], reward=reward)]) == "an unknown amount"


@pytest.mark.parametrize("reward", ["much", "1e400", "NaN"])
@pytest.mark.parametrize("more", [[], ["--yes"]])
def test_a_reward_that_is_no_amount_is_shown_as_unknown(
    reward: str, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What answers need not be MTurk."""
    hit = {"HITId": "3EXAMPLEHIT", "HITTypeId": "3EXAMPLETYPE", "Title": "A", "HITStatus": "Assignable"}
    listed = {"HITs": [hit | {"Reward": reward, "NumberOfAssignmentsAvailable": 1, "NumberOfAssignmentsPending": 1}]}
    with CannedServer({"ListHITs": said(listed), "UpdateExpirationForHIT": said({})}) as server:
        assert cli.main(["teardown", "--endpoint", server.url, "3EXAMPLETYPE", *more]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"3EXAMPLEHIT .* unknown", shown), shown
    assert "an unknown amount" in shown.lower()


def test_with_yes_it_ends_what_can_be_ended(
    place: Place, hits: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, hits["task"], "--yes") == 0
    calls = set(place.calls())
    assert calls == {"ListHITs", "UpdateExpirationForHIT", "DeleteHIT"}
    shown = capsys.readouterr().out
    assert "2 HITs were expired, 2 HITs were deleted." in shown
    assert "2 HITs are left, for which at most $0.30 may still be paid" in shown
    assert "accepted: may still be submitted" in shown
    assert "to be approved or rejected" in shown
    left = {hits["Accepted"]: "Unassignable", hits["Submitted"]: "Reviewable", hits["other"]: "Assignable"}
    assert status_of(place) == left


def test_what_is_expired_already_is_not_expired_again(
    place: Place, hits: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place, hits["task"], "--yes") == 0
    place.calls()
    capsys.readouterr()
    assert run(place, hits["task"]) == 0
    assert "With --yes 0 of them are expired" in capsys.readouterr().out
    assert run(place, hits["task"], "--yes") == 0
    assert set(place.calls()) == {"ListHITs"}
    shown = capsys.readouterr().out
    assert "0 HITs were expired, 0 HITs were deleted." in shown
    assert "accepted: may still be submitted" in shown


@pytest.mark.parametrize("yes", [[], ["--yes"]])
def test_an_id_that_no_hit_names_is_told_from_a_type_without_hits(
    place: Place, hits: dict[str, str], capsys: pytest.CaptureFixture[str], yes: list[str]
) -> None:
    tier = place.made("QualificationType", TYPE, "tier").id
    place.calls()
    assert run(place, "3EXAMPLEOFNOTHING", tier, *yes) == 0
    assert place.counted()["GetQualificationType"] == 2
    unknown, unused = capsys.readouterr().out.splitlines()
    assert "3EXAMPLEOFNOTHING: check the id" in unknown
    assert f"No HIT requires the qualification type {tier}." in unused
    place.marketplace.inject(Fault("access_denied", "GetQualificationType", times=None))
    # Beside one that has HITs, too.
    assert run(place, "3EXAMPLEOFNOTHING", hits["task"], *yes) == 0
    shown = capsys.readouterr().out
    assert hits["Accepted"] in shown
    assert "3EXAMPLEOFNOTHING: check the id" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nosuch"], "capital letters and digits alone"),
        (["3EXAMPLE", "3-EXAMPLE"], "'3-EXAMPLE' is no id"),
        (["X" * 65], "1 to 64"),
        (["3EXAMPLE", "--yes", "--dry-run"], "not allowed with --yes"),
        (["3EXAMPLE", "--dry-run", "--yes"], "not allowed with --yes"),
        (["3EXAMPLE", "--stack", "test"], "not allowed with ids"),
        (["3EXAMPLE", "--local-database", "nowhere.db"], "nowhere.db"),
        (["3EXAMPLE", "--environment", "prod"], "must be 'local', 'sandbox' or 'production'"),
        (["3EXAMPLE", "--endpoint", "panel.example.org"], "write the whole address"),
    ],
)
def test_what_can_not_be_done_is_an_error_in_words(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["teardown", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_the_pulumi_cli_it_asks_for_ids(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cli.main(["teardown"]) == 2
    assert "there is no Pulumi CLI on PATH" in capsys.readouterr().err
