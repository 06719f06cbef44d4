"""A roster of which not all can be done: what is done stays done, and the next run makes just the rest."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.cli.conftest import NewStack
from tests.support.cli_rosters import (
    GRANT,
    LIST,
    MINUS,
    REVOKE,
    TYPE,
    Code,
    granted,
    holders,
    made,
    many,
    progress,
    recorded,
    roster,
    type_of,
)
from tests.support.csv_files import result, results
from tests.support.pulumi_cli import NO_CHANGES, Stack, assert_absent, behind_our_back, counted, messages, parameters
from tests.support.recorded_programs import Place, place


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        yield opened


def in_the_middle(operation: str) -> Fault:
    """One call that is refused for good, after about thirty were not."""
    return Fault("access_denied", operation, probability=0.03, seed=2)


@pytest.mark.both_shells
def test_after_a_failed_create_the_next_run_makes_exactly_the_rest(stack: Stack, marketplace: Marketplace) -> None:
    everybody = many(150)
    stack.program(TYPE + roster(everybody))
    marketplace.inject(in_the_middle(GRANT))
    failed = stack.up().refused()
    done = granted(marketplace)
    assert 0 < len(done) < len(everybody)
    sentence = messages(failed)["team"][-1]
    assert sentence.startswith("* AssociateQualificationWithWorker: ")
    assert "[AccessDeniedException]; " in sentence
    assert sentence.endswith(f"; {len(done)} of 150 changes are done, and the next run makes the rest")
    assert_absent(everybody, failed.text)
    assert recorded(stack).split() == sorted(done)

    stack.refresh().ok()
    stack.up().ok()
    assert granted(marketplace) == dict.fromkeys(everybody, 1)
    assert counted(marketplace)[GRANT] == len(everybody) + 1, "once each, and the one that was refused"
    stack.unchanged()


@pytest.mark.slow
def test_after_a_failed_update_the_next_run_makes_exactly_the_rest(stack: Stack, marketplace: Marketplace) -> None:
    everybody = many(150)
    stack.program(TYPE + roster(everybody)).up().ok()
    tier = type_of(stack)

    # Everybody new is granted it, and some of the old ones have lost it already.
    stack.program(TYPE + roster(many(150, 100)))
    marketplace.inject(in_the_middle(REVOKE))
    sentence = messages(stack.up().refused())["team"][-1]
    lost = 150 + 100 - len(holders(marketplace, tier))
    assert 0 < lost < 100
    assert sentence.startswith("* DisassociateQualificationFromWorker: ")
    assert f"; {100 + lost} of 200 changes are done" in sentence
    assert recorded(stack).split() == sorted(holders(marketplace, tier))

    # The program takes it back: so does the next run.
    counted(marketplace)
    stack.program(TYPE + roster(everybody)).up().ok()
    calls = counted(marketplace)
    assert (calls[GRANT], calls[REVOKE]) == (lost, 100)
    assert holders(marketplace, tier) == dict.fromkeys(everybody, 1)
    stack.unchanged()


@pytest.mark.slow
def test_a_type_that_is_deleted_meanwhile_is_told_and_made_anew_after_a_refresh(
    stack: Stack, marketplace: Marketplace
) -> None:
    stack.program(TYPE + roster(many(100)))
    marketplace.set_switches(latency_milliseconds=100)
    with stack.running("up", "--yes", "--skip-preview") as up:
        up.wait_until(lambda: made(marketplace, GRANT) >= 5)
        behind_our_back(marketplace, "DeleteQualificationType", QualificationTypeId=type_of(stack))
        failed = up.ended().refused()
    sentence = messages(failed)["team"][-1]
    assert "does not exist" in sentence
    assert "of 100 changes are done, and the next run makes the rest" in sentence

    marketplace.set_switches(latency_milliseconds=0)
    stack.refresh().ok()
    assert stack.resources() == {}
    stack.up().ok()
    assert holders(marketplace, type_of(stack)) == dict.fromkeys(many(100), 1)


@pytest.mark.slow
@pytest.mark.parametrize("environment", ["sandbox", "production"])
def test_a_destroy_after_a_failed_create_leaves_no_grant_behind(
    there: Place, new_stack: NewStack, environment: str
) -> None:
    stack, marketplace = new_stack(environment=environment, endpointUrl=there.url), there.marketplace
    marketplace.inject(in_the_middle(GRANT))
    stack.program(TYPE + roster(many(100))).up().refused()
    done = granted(marketplace)
    assert 0 < len(done) < 100
    counted(marketplace)
    stack.destroy().ok()
    revoked = {call["WorkerId"] for call in parameters(marketplace, REVOKE)}
    assert revoked == (done.keys() if environment == "production" else set()), "elsewhere they go with the type"
    assert not stack.resources()
    assert not marketplace.summary().qualification_types


@pytest.mark.slow
def test_in_production_a_list_that_loses_most_of_its_workers_is_refused_until_it_is_allowed(
    there: Place, new_stack: NewStack
) -> None:
    stack, marketplace = new_stack(environment="production", endpointUrl=there.url), there.marketplace
    wave = stack.folder / "wave.csv"
    workers = many(24)
    results(wave, *map(result, workers))
    filed = Code('mturk.workers_from_csv("wave.csv")')
    stack.program(TYPE + roster(filed)).up().ok()
    counted(marketplace)

    results(wave)
    numbers, sentence = messages(stack.preview().refused())["team"]
    assert numbers == f"workers: +0 {MINUS}24 ~0, 0 in all"
    assert sentence.endswith(
        "workers: 24 of 24 workers would lose the qualification in one change, and 12 may; if that is what you want, "
        "set max_removals=24"
    )
    assert counted(marketplace) == {}
    results(wave, *map(result, workers[:4]))
    stack.program(TYPE + roster(filed, max_removals=20)).up().ok()
    assert counted(marketplace) == {LIST: 2, REVOKE: 20}

    marketplace.inject(Fault("access_denied", REVOKE))
    (sentence,) = messages(stack.destroy().refused())["team"]
    assert "of 4 changes are done, and the next run makes the rest" in sentence
    stack.destroy().ok()
    assert counted(marketplace)[REVOKE] == 5
    assert not stack.resources()


@pytest.mark.slow
def test_workers_who_are_not_known_here_fail_with_their_places_once_all_others_are_done(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.set_switches(unknown_workers="refuse")
    known, unknown = many(6), many(3, 100)
    marketplace.register_worker(*known)
    wave = results(stack.folder / "wave.csv", *map(result, [*known[:2], unknown[0], known[2], unknown[1]]))
    filed = Code('mturk.workers_from_csv("wave.csv")')
    stack.program(TYPE + roster(filed, "filed") + roster([*known[3:], unknown[2]], "listed"))
    why = "Worker ids differ between sandbox, production and a team's own panel: correct the list, or set"
    how = 'unknown_workers="skip". All others are done, and `pulumi up` tries just these'
    for calls in (len(known) + len(unknown), len(unknown)):
        failed = stack.up().refused()
        said = messages(failed)
        assert said["filed"][-1] == (
            f"* workers: 2 of 5 are not known in environment local, at lines 4, 6 of wave.csv. {why} {how}"
        )
        assert said["listed"][-1] == (
            f"* workers: 1 of 4 is not known in environment local, at position 4 of the list. {why} {how}"
        )
        assert_absent([*known, *unknown], failed.text)
        assert counted(marketplace)[GRANT] == calls
        assert holders(marketplace, type_of(stack)) == dict.fromkeys(known, 1)

    results(wave, *map(result, known[:3]))
    marketplace.register_worker(unknown[2])
    stack.up().ok()
    assert counted(marketplace)[GRANT] == 1
    stack.unchanged()


@pytest.mark.slow
def test_workers_who_are_not_known_here_are_skipped_where_that_is_asked(stack: Stack, marketplace: Marketplace) -> None:
    marketplace.set_switches(unknown_workers="refuse", latency_milliseconds=500)
    workers = many(61)
    marketplace.register_worker(*(worker for at, worker in enumerate(workers) if at % 3))
    program = TYPE + "team = {}" + 'pulumi.export("count", team.count)\npulumi.export("unknown", team.unknown_count)\n'
    up = stack.program(program.format(roster(workers[:60], unknown_workers="skip"))).up().ok()
    (warning,) = (line for line in messages(up)["team"] if "not known" in line)
    assert warning.startswith("warning: workers: 20 of 60 are not known in environment local, at positions 1, 4, 7, ")
    assert warning.endswith("They were skipped")
    assert stack.outputs() == {"count": 60, "unknown": 20}
    told, repeated = progress(up, "granted")
    assert " failed, " in told[-1]
    assert not repeated
    assert_absent(workers, up.text, stack.state())

    marketplace.set_switches(latency_milliseconds=0)
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    marketplace.register_worker(workers[60])
    counted(marketplace)
    again = stack.program(program.format(roster(workers, unknown_workers="skip"))).up().ok()
    assert counted(marketplace)[GRANT] == 1
    assert messages(again)["team"] == [f"workers: +1 {MINUS}0 ~0, 61 in all"]


@pytest.mark.slow
def test_a_list_of_which_the_first_hundred_are_not_known_is_meant_for_another_place(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.set_switches(unknown_workers="refuse")
    (*_, sentence) = messages(stack.program(TYPE + roster(many(300))).up().refused())["team"]
    calls = counted(marketplace)[GRANT]
    assert 100 <= calls <= 132
    assert sentence.endswith(
        f": workers: the first {calls} are all unknown in environment local: these ids seem to belong to "
        "another environment. Nothing was changed; correct the list, or mturk:environment"
    )
    assert stack.resources().keys() == {"tier"}


@pytest.mark.slow
def test_ids_come_from_the_stacks_configuration_and_stay_secret(stack: Stack, marketplace: Marketplace) -> None:
    workers = many(6)
    listed = json.dumps(workers[:3])
    text = f"{workers[3]}, {workers[4]}=85\n{workers[5]}"
    stack.run("config", "set-all", "--secret", f"listed={listed}", "--secret", f"text={text}").ok()
    up = stack.program(
        TYPE
        + "config = pulumi.Config()\n"
        + roster(Code('config.require_secret_object("listed")'), "listed")
        + roster(Code('config.require_secret("text")'), "text")
    ).up()
    assert holders(marketplace, type_of(stack)) == dict.fromkeys(workers, 1) | {workers[4]: 85}
    assert "a second" not in up.ok().text, "short work is not worth a word on how far it is"
    assert "128 KiB" not in up.text
    stack.unchanged()
    assert_absent(workers, up.text, stack.state(), (stack.folder / "Pulumi.test.yaml").read_text())


@pytest.mark.slow
def test_five_thousand_ids_fit_into_the_configuration_with_a_warning_of_its_limit(stack: Stack) -> None:
    stack.run("config", "set", "--secret", "ids", stdin=json.dumps(many(5200))).ok()
    stack.program(TYPE + "config = pulumi.Config()\n" + roster(Code('config.require_secret_object("ids")'), "team"))
    plan, warning = sorted(messages(stack.preview().ok())["team"], reverse=True)
    assert plan == f"workers: +5,200 {MINUS}0 ~0, 5,200 in all"
    assert warning.startswith("warning: the stack's configuration is close to the 128 KiB that Pulumi can hand to")


@pytest.mark.slow
def test_where_requests_are_throttled_nothing_fails_and_nobody_is_granted_it_twice(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.set_switches(requests_per_second=80)
    stack.program(TYPE + roster(many(200))).up().ok()
    assert granted(marketplace) == dict.fromkeys(many(200), 1)
    assert made(marketplace, GRANT) > 200, "some were refused, and made again"
