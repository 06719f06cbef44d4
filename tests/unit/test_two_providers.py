"""What two providers of one program do to each other: of one place, where they are two processes, and of two places."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks

import pulumi_mturk as mturk
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.eligibility import holds, without
from pulumi_mturk.sdk.provider_places import place_of
from pulumi_mturk.sdk.route import Route

Options = pulumi.ResourceOptions
Given = dict[str, Any]
LATER = object()
"""An Output, where a program is not running yet."""
FIRST, SECOND = "A1EXAMPLEFIRST", "A2EXAMPLESECOND"


class Engine(Mocks):
    """Makes every resource; a value that is to come is known at once."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        return args.resource_id or "3EXAMPLE", args.inputs

    def call(self, args: MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        return {}, None


def codes(program: Callable[[], object], **configuration: str) -> list[str]:
    """The codes by which a program is refused, at once or when its Outputs are known."""
    pulumi.runtime.set_mocks(Engine())
    pulumi.runtime.set_all_config({f"mturk:{key}": value for key, value in configuration.items()})
    execute: Callable[[], object] = pulumi.runtime.test(program)  # type: ignore[no-untyped-call]
    try:
        execute()
    except InvalidInputError as error:
        return [found.code for found in error.diagnostics]
    except pulumi.RunError as error:
        return [part.rpartition("[")[2].rstrip("]") for part in str(error).split("; ") if "[MT" in part]
    finally:
        pulumi.runtime.set_all_config({})
    return []


def later(value: Any) -> pulumi.Output[Any]:
    return pulumi.Output.secret(value)


def by(provider: mturk.Provider | None) -> Options:
    return Options(provider=provider)


def two(*settings: Given) -> tuple[mturk.Provider, ...]:
    found: list[Given] = [
        {key: later("lab") if value is LATER else value for key, value in given.items()} for given in settings
    ]
    return tuple(mturk.Provider(f"number {number}", **given) for number, given in enumerate(found))


HERE: Given = {"environment": "sandbox", "profile": "lab"}


def grants(first: Options, second: Options) -> None:
    mturk.QualificationGrant("ann", qualification_type_id="3EXAMPLE", worker_id=FIRST, opts=first)
    mturk.QualificationGrant("her", qualification_type_id="3EXAMPLE", worker_id=FIRST, opts=second)


def grant_and_roster(first: Options, second: Options) -> None:
    tier = mturk.QualificationType("tier", description="Took part.", opts=first)
    mturk.QualificationGrant("ann", qualification_type_id=tier, worker_id=later(FIRST), opts=first)
    mturk.QualificationRoster("team", qualification_type_id=tier.id, workers=[FIRST, SECOND], opts=second)


def rosters_of_later_lists(first: Options, second: Options) -> None:
    tier = mturk.QualificationType("tier", description="Took part.", opts=first)
    mturk.QualificationRoster("team", qualification_type_id=tier, workers={FIRST: 1}, opts=first)
    mturk.QualificationRoster("other", qualification_type_id=tier, workers=later([SECOND, FIRST]), opts=second)


def before_an_exclusive_roster(first: Options, second: Options) -> None:
    mturk.QualificationGrant("ann", qualification_type_id="3EXAMPLE", worker_id=FIRST, opts=first)
    mturk.QualificationRoster("team", qualification_type_id="3EXAMPLE", workers=[SECOND], exclusive=True, opts=second)


def after_an_exclusive_roster(first: Options, second: Options) -> None:
    mturk.QualificationRoster("team", qualification_type_id="3EXAMPLE", workers=[SECOND], exclusive=True, opts=first)
    mturk.QualificationGrant("ann", qualification_type_id="3EXAMPLE", worker_id=FIRST, opts=second)


def blocks(first: Options, second: Options) -> None:
    mturk.WorkerBlock("spam", worker_id=FIRST, reason="Spam.", opts=first)
    mturk.WorkerBlock("again", worker_id=later(FIRST), reason="Spam.", opts=second)


def names(first: Options, second: Options) -> None:
    mturk.QualificationType("tier", description="Took part.", name="Tier", opts=first)
    mturk.QualificationType("other", description="Took part.", name="Tier", opts=second)


CONFLICTS: dict[Callable[[Options, Options], None], str] = {
    grants: "MT403",
    grant_and_roster: "MT403",
    rosters_of_later_lists: "MT403",
    before_an_exclusive_roster: "MT405",
    after_an_exclusive_roster: "MT404",
    blocks: "MT406",
    names: "MT315",
}


@pytest.mark.parametrize("program", CONFLICTS)
def test_two_providers_of_one_place_are_compared_in_the_program(program: Callable[[Options, Options], None]) -> None:
    def run() -> None:
        one, other = two(HERE, HERE)
        program(by(one), by(other))

    assert codes(run) == [CONFLICTS[program]]


@pytest.mark.parametrize("program", CONFLICTS)
def test_the_stacks_own_place_is_one_of_them(program: Callable[[Options, Options], None]) -> None:
    def run() -> None:
        program(Options(), by(mturk.Provider("lab", **HERE)))

    assert codes(run, environment="sandbox", profile="lab") == [CONFLICTS[program]]


@pytest.mark.parametrize("program", CONFLICTS)
def test_one_provider_is_left_to_itself(program: Callable[[Options, Options], None]) -> None:
    """It compares what it serves, in the plan."""

    def run() -> None:
        one = mturk.Provider("lab", **HERE)
        program(by(one), by(one))

    assert codes(run) == []


@pytest.mark.parametrize("program", [grants, blocks, names])
@pytest.mark.parametrize(
    "there",
    [
        {"environment": "production", "profile": "lab"},
        {"environment": "sandbox", "profile": "pilot"},
        {"environment": "sandbox", "profile": "lab", "endpoint_url": "https://panel.example.org"},
        {"environment": "sandbox", "profile": LATER},
    ],
)
def test_two_accounts_have_nothing_in_common(program: Callable[[Options, Options], None], there: Given) -> None:
    def run() -> None:
        one, other = two(HERE, there)
        program(by(one), by(other))

    assert codes(run) == []


def test_what_differs_is_no_conflict() -> None:
    def run() -> None:
        one, other = two(HERE, HERE)
        tier = mturk.QualificationType("tier", description="Took part.", opts=by(one))
        mturk.QualificationType("unnamed", description="Took part.", opts=by(other))
        mturk.QualificationType("named", description="Took part.", name="Tier", opts=by(other))
        mturk.QualificationGrant("ann", qualification_type_id=tier, worker_id=FIRST, opts=by(one))
        mturk.QualificationRoster("team", qualification_type_id=tier, workers=[SECOND], opts=by(other))
        mturk.QualificationRoster("other", qualification_type_id="3OTHER", workers=[FIRST], opts=by(other))
        mturk.WorkerBlock("spam", worker_id=FIRST, reason="Spam.", opts=by(one))
        mturk.WorkerBlock("again", worker_id=SECOND, reason="Spam.", opts=by(other))

    assert codes(run) == []


def test_a_program_that_runs_again_does_not_meet_itself() -> None:
    """As in several unit tests of one program."""

    def run() -> None:
        one, other = two(HERE, HERE)
        mturk.WorkerBlock("spam", worker_id=FIRST, reason="Spam.", opts=by(one))
        mturk.WorkerBlock("again", worker_id=SECOND, reason="Spam.", opts=by(other))

    pulumi.runtime.set_mocks(Engine())
    execute: Callable[[], object] = pulumi.runtime.test(run)  # type: ignore[no-untyped-call]
    execute()
    execute()


def refers(kind: str, tier: Any, opts: Options) -> None:
    if kind == "grant":
        mturk.QualificationGrant("ann", qualification_type_id=tier, worker_id=FIRST, opts=opts)
    elif kind == "roster":
        mturk.QualificationRoster("team", qualification_type_id=tier, workers=[FIRST], opts=opts)
    elif kind == "grant that is looked up":
        mturk.QualificationGrant.get("ann", qualification_type_id=tier, worker_id=FIRST, opts=opts)
    elif kind == "roster that is looked up":
        mturk.QualificationRoster.get("team", qualification_type_id=tier, opts=opts)
    else:
        task: Given = {"title": "A task", "description": "A task.", "reward": "0.10"}
        make = mturk.HITType.get if kind == "HIT type that is looked up" else mturk.HITType
        rules = iter([[without(tier)]])
        make("task", **task, assignment_duration_in_seconds=60, qualification_requirements=rules, opts=opts)


KINDS = (
    *("grant", "roster", "HIT type"),
    *("grant that is looked up", "roster that is looked up", "HIT type that is looked up"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_type_of_another_place_is_refused(kind: str) -> None:
    def run() -> None:
        one, other = two({"local_database": "one.db"}, {"local_database": "two.db"})
        tier = mturk.QualificationType("tier", description="Took part.", opts=by(one))
        refers(kind, tier, by(other))

    assert codes(run) == ["MT623"]


@pytest.mark.parametrize("kind", KINDS)
def test_so_is_one_of_a_provider_that_the_resource_was_not_given(kind: str) -> None:
    def run() -> None:
        tier = mturk.QualificationType.get("tier", "3EXAMPLE", opts=by(mturk.Provider("lab", environment="production")))
        refers(kind, tier, Options())

    assert codes(run, environment="sandbox") == ["MT623"]


def test_an_exclusion_and_a_roster_stand_for_their_type() -> None:
    for make in (
        lambda opts: mturk.WorkerExclusion("past", workers=[FIRST], opts=opts),
        lambda opts: mturk.QualificationRoster("team", qualification_type_id="3EXAMPLE", workers=[FIRST], opts=opts),
    ):

        def run(make: Callable[[Options], Any] = make) -> None:
            stands_for = make(by(mturk.Provider("lab", environment="production")))
            refers("HIT type", stands_for, Options())

        assert codes(run, environment="sandbox") == ["MT623"]


@pytest.mark.parametrize(
    "there",
    [
        HERE,
        {**HERE, "profile": LATER},
        {"environment": LATER},
        {"environment": "sandbox", "endpoint_url": "https://new.example.org", "former_endpoints": ["old.example.org"]},
    ],
)
def test_of_the_same_place_or_one_that_is_not_known_nothing_is_said(there: Given) -> None:
    def run() -> None:
        one, other = two(HERE, there)
        refers("HIT type", mturk.QualificationType("tier", description="Took part.", opts=by(one)), by(other))
        refers("grant", pulumi.Output.from_input("3EXAMPLE"), by(other))
        refers("roster", "3EXAMPLE", by(other))

    assert codes(run) == []


def test_a_provider_of_the_package_that_is_no_class_of_ours_is_of_an_unknown_place() -> None:
    def run() -> None:
        plain = pulumi.ProviderResource("mturk", "plain", {"environment": "production"})
        assert place_of(Route(plain, plugin=True)) is None
        refers("HIT type", mturk.QualificationType("tier", description="Took part."), Options(provider=plain))

    assert codes(run) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {"environment": "local"}, True),
        ({}, {"local_database": ".mturk/local.db"}, True),
        ({"local_database": "./x/../one.db"}, {"local_database": "one.db"}, True),
        ({"endpoint_url": "http://127.0.0.1:8080/"}, {"endpoint_url": "http://127.0.0.1:8080"}, True),
        ({"environment": "sandbox", "local_database": "one.db"}, {"environment": "sandbox"}, True),
        ({}, {"environment": "sandbox"}, False),
        ({}, {"endpoint_url": "http://127.0.0.1:8080"}, False),
        ({}, {"local_database": "other.db"}, False),
    ],
)
def test_a_place_is_environment_endpoint_and_profile(one: Given, other: Given, same: bool) -> None:
    def run() -> None:
        first, second = (Route(provider, plugin=True) for provider in two(one, other))
        assert (place_of(first) == place_of(second)) is same

    assert codes(run) == []


def test_grants_stay_with_production_when_the_provider_is_there_and_where_that_is_not_known() -> None:
    seen: dict[str, Any] = {}

    def run() -> None:
        environments: tuple[Any, ...] = ("sandbox", "production", pulumi.Output.from_input("sandbox"))
        for environment in environments:
            provider = mturk.Provider(f"lab {len(seen)}", environment=environment)
            tier = mturk.QualificationType(f"tier {len(seen)}", description="Took part.", opts=by(provider))

            def note(
                args: pulumi.ResourceTransformationArgs, key: str = str(environment)
            ) -> pulumi.ResourceTransformationResult | None:
                seen[key[:10]] = args.opts.deleted_with is not None
                return None

            mturk.QualificationGrant(
                f"ann {len(seen)}",
                qualification_type_id=tier,
                worker_id=FIRST,
                opts=Options(provider=provider, transformations=[note]),
            )

    assert codes(run, environment="production") == []
    assert list(seen.values()) == [True, False, False]


def test_a_HIT_type_is_reckoned_by_its_own_provider() -> None:  # noqa: N802
    fees: dict[int, Any] = {}

    def run() -> pulumi.Output[None]:
        later_on = pulumi.Output.from_input
        settings: tuple[Any, ...] = (
            ("production", "none"),
            (later_on("sandbox"), later_on("none")),
            ("production", "amazon-2015"),
        )
        for number, (environment, schedule) in enumerate(settings):
            provider = mturk.Provider(f"panel {number}", environment=environment, fee_schedule=schedule)
            task = mturk.HITType(
                f"task {number}",
                title="A task",
                description="A task.",
                reward="1.00",
                assignment_duration_in_seconds=60,
                qualification_requirements=[holds("3EXAMPLE")],
                opts=by(provider),
            )
            both = (task.fee_per_assignment(), mturk.estimate_cost(task, hits=1, assignments=1))
            all_of: pulumi.Output[Any] = pulumi.Output.all(number, *both)
            all_of.apply(lambda known: fees.setdefault(int(known[0]), (str(known[1]), bool(known[2].remarks))))
        return pulumi.Output.from_input(None)

    assert codes(run, feeSchedule="none") == []
    # In a sandbox nothing is charged, which is remarked upon.
    assert fees == {0: ("0.00", False), 1: ("0.00", True), 2: ("0.20", False)}
