"""Renames and moves in a program: Pulumi makes the new and deletes the old, and nobody loses anything by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Fault
from tests.cli.conftest import NewStack
from tests.support.cli_rosters import (
    FIRST,
    GRANT,
    LIST,
    REVOKE,
    SECOND,
    THIRD,
    TYPE,
    WORKERS,
    grant,
    holders,
    recorded,
    roster,
    type_of,
)
from tests.support.pulumi_cli import NO_CHANGES, Stack, assert_absent, behind_our_back, counted, messages, parameters
from tests.support.recorded_programs import Place, place

LOOK, UNBLOCK = "GetQualificationScore", "DeleteWorkerBlock"
TOLD = "revocation_reason='The study is over.'"


def single(name: str, worker: str, score: int = 70, more: str = "") -> str:
    """A grant's line in a program, which knows it by its name."""
    return (
        f"{name} = mturk.QualificationGrant({name!r}, qualification_type_id=tier, worker_id={worker!r}, "
        f"integer_value={score}, {TOLD}{more})\n"
    )


def block(name: str, worker: str, more: str = "") -> str:
    return f"{name} = mturk.WorkerBlock({name!r}, worker_id={worker!r}, reason='Asked for payment by e-mail.'{more})\n"


def listed(name: str, workers: object, more: str = "") -> str:
    return (
        f"{name} = mturk.QualificationRoster({name!r}, qualification_type_id=tier, workers={workers!r}, {TOLD}{more})\n"
    )


def after(name: str) -> str:
    return f", opts=pulumi.ResourceOptions(depends_on=[{name}])"


def of(option: str, *names: str) -> list[str]:
    """An option of the CLI that takes URNs, for resources by their names."""
    return [word for name in names for word in (option, f"**::{name}")]


def blocked(there: Place) -> set[str]:
    listed = behind_our_back(there.marketplace, "ListWorkerBlocks", MaxResults=100)["WorkerBlocks"]
    return {item["WorkerId"] for item in listed}


# What it takes to make a grant, a block and a roster again that are there already.
MADE_ANEW = {"GetQualificationScore": 1, "ListWorkerBlocks": 1, "CreateWorkerBlock": 1, LIST: 1}


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        opened.marketplace.set_switches(page_tokens="when_more")
        yield opened


@pytest.fixture
def stack(there: Place, new_stack: NewStack) -> Stack:
    """In production, where a destroy takes each grant back."""
    return new_stack(environment="production", endpointUrl=there.url)


@pytest.mark.slow
def test_renamed_resources_take_nothing_from_anybody_and_say_so(there: Place, stack: Stack) -> None:
    def program(suffix: str) -> str:
        return (
            TYPE
            + single(f"lead_{suffix}", FIRST)
            + block(f"kept_out_{suffix}", FIRST)
            + listed(f"team_{suffix}", {SECOND: 5, THIRD: 6})
        )

    stack.program(program("old")).up().ok()
    tier, told = type_of(stack), there.marketplace.notifications()
    counted(there.marketplace)

    renamed = stack.program(program("new")).up().ok()
    # Blocking anew changes nothing; the grant and the roster see that all is as it should be.
    assert counted(there.marketplace) == MADE_ANEW
    assert there.marketplace.notifications() == told
    assert holders(there.marketplace, tier) == {FIRST: 70, SECOND: 5, THIRD: 6}
    assert blocked(there) == {FIRST}
    said = messages(renamed)
    assert said["lead_old"] == ["the worker keeps it, as the resource 'lead_new' of this program grants it"]
    assert said["kept_out_old"] == [
        "the worker stays blocked: the resource 'kept_out_new' of this program wants it; nothing was called"
    ]
    assert said["team_old"] == ["2 workers keep it: the program grants it to them by 'team_new'"]
    assert stack.resources().keys() == {"tier", "lead_new", "kept_out_new", "team_new"}
    stack.unchanged()
    stack.refresh(NO_CHANGES).ok()
    counted(there.marketplace)

    destroyed = stack.destroy().ok()
    calls = counted(there.marketplace)
    assert (calls[REVOKE], calls[UNBLOCK], calls["DeleteQualificationType"]) == (3, 1, 1)
    assert stack.resources() == {}
    assert blocked(there) == set()
    assert_absent(WORKERS, renamed.text, destroyed.text)


@pytest.mark.slow
def test_a_resource_with_its_old_name_as_an_alias_makes_no_call_at_all(there: Place, stack: Stack) -> None:
    stack.program(TYPE + single("lead", FIRST) + block("kept_out", FIRST) + listed("team", [SECOND])).up().ok()
    ids = {resource["id"] for resource in stack.resources().values()}
    counted(there.marketplace)

    def alias(name: str) -> str:
        return f", opts=pulumi.ResourceOptions(aliases=[pulumi.Alias(name={name!r})])"

    stack.program(
        TYPE
        + single("leader", FIRST, more=alias("lead"))
        + block("shut_out", FIRST, more=alias("kept_out"))
        + listed("staff", [SECOND], more=alias("team"))
    ).up().ok()
    assert counted(there.marketplace) == {}
    assert stack.resources().keys() == {"tier", "leader", "shut_out", "staff"}
    assert {resource["id"] for resource in stack.resources().values()} == ids
    stack.unchanged()


@pytest.mark.slow
@pytest.mark.parametrize("exclusive", [False, True])
def test_a_renamed_roster_with_another_list_revokes_only_who_left_it(
    there: Place, stack: Stack, exclusive: bool
) -> None:
    stack.program(TYPE + roster([FIRST, SECOND], name="old", exclusive=exclusive)).up().ok()
    counted(there.marketplace)
    stack.program(TYPE + roster([SECOND, THIRD], name="new", exclusive=exclusive)).up().ok()
    assert [item["WorkerId"] for item in parameters(there.marketplace, REVOKE)] == [FIRST]
    assert counted(there.marketplace)[GRANT] == 1
    assert holders(there.marketplace, type_of(stack)) == {SECOND: 1, THIRD: 1}
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()


@pytest.mark.slow
def test_a_replacement_that_somebody_asks_for_takes_nothing_in_whatever_order(there: Place, stack: Stack) -> None:
    def program(more: str = "") -> str:
        return TYPE + single("lead", FIRST, more=more) + block("kept_out", FIRST, more) + listed("team", [SECOND], more)

    stack.program(program()).up().ok()
    tier = type_of(stack)
    grant(there.marketplace, tier, {SECOND: 85})
    asked_for = of("--replace", "lead", "kept_out", "team")
    expected = {FIRST: 70, SECOND: 85}
    counted(there.marketplace)

    replaced = stack.up(*asked_for).ok()
    assert counted(there.marketplace) == MADE_ANEW
    assert messages(replaced)["lead"] == ["the worker keeps it, as the resource 'lead' of this program grants it"]
    assert holders(there.marketplace, tier) == expected
    stack.unchanged()

    stack.program(program(", opts=pulumi.ResourceOptions(delete_before_replace=True)")).up(*asked_for).ok()
    assert counted(there.marketplace) == MADE_ANEW
    assert holders(there.marketplace, tier) == expected
    assert blocked(there) == {FIRST}
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    counted(there.marketplace)

    stack.destroy("--run-program").ok()
    calls = counted(there.marketplace)
    assert (calls[REVOKE], calls[UNBLOCK]) == (2, 1)
    assert stack.resources() == {}


@pytest.mark.slow
@pytest.mark.parametrize("first", ["gaining", "losing", "either"])
def test_a_worker_who_moves_to_another_list_keeps_the_score(there: Place, stack: Stack, first: str) -> None:
    def program(losing: list[str], gaining: list[str]) -> str:
        if first == "gaining":
            return TYPE + listed("gaining", gaining) + listed("losing", losing, after("gaining"))
        return TYPE + listed("losing", losing) + listed("gaining", gaining, after("losing") * (first == "losing"))

    stack.program(program([FIRST, SECOND], [THIRD])).up().ok()
    tier = type_of(stack)
    grant(there.marketplace, tier, {FIRST: 85})
    counted(there.marketplace)

    moved = stack.program(program([SECOND], [FIRST, THIRD])).up().ok()
    calls = counted(there.marketplace)
    if first == "gaining":
        assert calls == {LIST: 2}
        assert "1 worker keeps it: the program grants it to them by 'gaining'" in messages(moved)["losing"]
    elif first == "losing":
        # Taken back before the provider could know who else wants them, and given back at once.
        assert (calls[REVOKE], calls[GRANT]) == (1, 1)
    assert holders(there.marketplace, tier) == {FIRST: 85, SECOND: 1, THIRD: 1}
    assert (recorded(stack, "losing"), recorded(stack, "gaining")) == (SECOND, f"{FIRST} {THIRD}")
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    assert_absent(WORKERS, moved.text)


@pytest.mark.slow
def test_a_worker_moves_from_a_grant_to_a_roster_and_back(there: Place, stack: Stack) -> None:
    stack.program(TYPE + single("lead", FIRST) + listed("team", [SECOND])).up().ok()
    tier = type_of(stack)
    counted(there.marketplace)

    stack.program(TYPE + listed("team", [FIRST, SECOND])).up().ok()
    assert counted(there.marketplace) == {LIST: 1}
    assert holders(there.marketplace, tier) == {FIRST: 70, SECOND: 1}
    stack.unchanged()

    stack.program(TYPE + single("lead", FIRST, 80) + listed("team", [SECOND])).up().ok()
    assert holders(there.marketplace, tier) == {FIRST: 80, SECOND: 1}
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()
    counted(there.marketplace)
    stack.destroy().ok()
    assert counted(there.marketplace)[REVOKE] == 2


@pytest.mark.slow
def test_what_the_new_resource_could_not_get_the_old_one_keeps(there: Place, stack: Stack) -> None:
    stack.program(TYPE + single("old", FIRST)).up().ok()
    there.marketplace.inject(Fault("access_denied", LOOK))
    counted(there.marketplace)
    stack.program(TYPE + single("new", FIRST)).up().refused()
    assert counted(there.marketplace) == {LOOK: 1}
    assert stack.resources().keys() == {"tier", "old"}

    # It holds it already: there is nothing to grant.
    stack.up().ok()
    assert counted(there.marketplace) == {LOOK: 1}
    assert stack.resources().keys() == {"tier", "new"}
    assert holders(there.marketplace, type_of(stack)) == {FIRST: 70}


@pytest.mark.slow
def test_a_run_with_a_target_knows_of_nothing_else_and_the_next_full_run_mends_it(there: Place, stack: Stack) -> None:
    """The engine asks the provider nothing about resources outside the target, so they can't speak up."""
    stack.program(TYPE + single("old", FIRST)).up().ok()
    tier = type_of(stack)
    stack.program(TYPE + single("new", FIRST))
    counted(there.marketplace)

    stack.up(*of("--target", "old")).ok()
    assert counted(there.marketplace) == {LOOK: 1, REVOKE: 1}
    stack.up().ok()
    assert counted(there.marketplace) == {LOOK: 1, GRANT: 1}
    assert holders(there.marketplace, tier) == {FIRST: 70}

    stack.program(TYPE + single("old", FIRST)).up(*of("--target", "old")).ok()
    assert stack.resources().keys() == {"tier", "old", "new"}
    counted(there.marketplace)
    up = stack.up().ok()
    assert counted(there.marketplace) == {}
    assert messages(up)["new"] == ["the worker keeps it, as the resource 'old' of this program grants it"]
    assert holders(there.marketplace, tier) == {FIRST: 70}
    assert stack.resources().keys() == {"tier", "old"}


@pytest.mark.slow
def test_what_a_second_run_with_a_target_takes_back_is_found_missing_by_a_refresh(there: Place, stack: Stack) -> None:
    """The state of both has the worker, and the second run asks nothing about the one that wants them still."""
    stack.program(TYPE + single("old", FIRST)).up().ok()
    tier = type_of(stack)
    stack.program(TYPE + single("new", FIRST)).up(*of("--target", "new")).ok()
    counted(there.marketplace)
    stack.up(*of("--target", "old")).ok()
    assert counted(there.marketplace) == {LOOK: 1, REVOKE: 1}

    stack.up(NO_CHANGES).ok()
    assert holders(there.marketplace, tier) == {}, "by the state nothing is missing"
    stack.up("--refresh").ok()
    assert holders(there.marketplace, tier) == {FIRST: 70}


@pytest.mark.slow
def test_who_was_taken_before_an_unchanged_resource_could_speak_up_is_given_back(there: Place, stack: Stack) -> None:
    """The state of both has the worker: the second has got them in a run with a target."""

    def program(team: list[str], more: str) -> str:
        return TYPE + listed("team", team) + more

    stack.program(program([*WORKERS], "")).up().ok()
    tier = type_of(stack)
    grant(there.marketplace, tier, {FIRST: 85})
    taken_over = listed("other", [FIRST], after("team")) + single("lead", SECOND, more=after("team"))
    stack.program(program([THIRD], taken_over)).up(*of("--target", "other", "lead")).ok()
    assert stack.resources().keys() == {"tier", "team", "other", "lead"}
    counted(there.marketplace)

    stack.up().ok()
    calls = counted(there.marketplace)
    assert (calls[REVOKE], calls[GRANT]) == (2, 2)
    assert holders(there.marketplace, tier) == {FIRST: 85, SECOND: 70, THIRD: 1}
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()


@pytest.mark.slow
def test_two_resources_that_want_the_same_worker_are_refused_in_the_plan(there: Place, stack: Stack) -> None:
    stack.program(TYPE).up().ok()
    counted(there.marketplace)
    only = ", exclusive=True"
    for program, sentence in (
        (
            listed("team", [FIRST, SECOND]) + listed("other", {FIRST: 3, SECOND: 2}, after("team")),
            "workers: the resource 'team' grants the same type to 2 of them; list each worker once",
        ),
        (
            single("lead", FIRST) + listed("team", [FIRST, SECOND], after("lead")),
            "workers: the resource 'lead' grants the same type to 1 of them; list each worker once",
        ),
        (
            listed("team", [SECOND], only) + single("lead", FIRST, more=after("team")),
            "workerId: the roster 'team' of this type is exclusive and does not list the worker",
        ),
        (
            listed("team", [SECOND]) + listed("other", [FIRST], only + after("team")),
            "exclusive: the resource 'team' grants the same type to workers who are not listed here; an exclusive "
            "roster must be the only one",
        ),
        (
            block("kept_out", FIRST) + block("shut_out", FIRST, after("kept_out")),
            "workerId: the resource 'kept_out' blocks the same worker; leave one of the two out",
        ),
    ):
        refused = stack.program(TYPE + program).preview().refused()
        assert sentence in refused.text
        assert_absent(WORKERS, refused.text)
    assert counted(there.marketplace) == {}
