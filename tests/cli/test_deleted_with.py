"""Outside production grants go with their type, at no call a worker; where the type stays, they are taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from tests.cli.conftest import NewStack
from tests.support.cli_rosters import FIRST, GRANT, LIST, REVOKE, SECOND, THIRD, TYPE, grant, holders, roster, type_of
from tests.support.pulumi_cli import CREATED, NO_CHANGES, Stack, counted, messages
from tests.support.recorded_programs import Place, place

REMOVE = "DeleteQualificationType"

# Each worker holds one type alone, so that no two resources grant the same.
FUNCTIONS = """
Options = pulumi.ResourceOptions

class Team(pulumi.ComponentResource):
    def __init__(self, name, **options):
        super().__init__("study:index:Team", name, None, Options(**options))

def a_type(name, **options):
    return mturk.QualificationType(name, description="Took part.", opts=Options(**options))

def a_grant(name, of, **options):
    worker_id = f"A{name.upper()}"
    mturk.QualificationGrant(name, qualification_type_id=of, worker_id=worker_id, opts=Options(**options))

def a_roster(name, of, **options):
    mturk.QualificationRoster(name, qualification_type_id=of, workers=[f"A{name.upper()}"], opts=Options(**options))

"""


def going_with(stack: Stack) -> dict[str, str]:
    """Which resource of the state goes with which other."""
    found = stack.resources().items()
    return {name: item["deletedWith"].rpartition("::")[2] for name, item in found if "deletedWith" in item}


def left_in(marketplace: Marketplace) -> list[set[str]]:
    """Who holds each of the types that are left."""
    return [set(holders(marketplace, item.id)) for item in marketplace.summary().qualification_types]


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        yield opened


def test_grants_go_with_their_type_and_are_taken_back_where_it_stays(stack: Stack, marketplace: Marketplace) -> None:
    stack.program(
        FUNCTIONS
        + """
tier, other = a_type("tier"), a_type("other")
a_grant("one", tier)
a_roster("many", tier)
a_grant("byid", tier.id)
a_roster("manybyid", tier.id)
a_grant("own", tier, deleted_with=other)
protected = a_type("protected", protect=True)
a_grant("guarded", protected)
a_roster("manyguarded", protected)
retained = a_type("retained", retain_on_delete=True)
a_grant("kept", retained)
a_roster("manykept", retained)
"""
    ).up().ok()
    assert going_with(stack) == {"one": "tier", "many": "tier", "own": "other"}
    counted(marketplace)
    assert "because it is protected" in stack.destroy().refused().text
    calls = counted(marketplace)
    # Two whose type is but an id of theirs, and those of the types that stay.
    assert (calls[REVOKE], calls[REMOVE]) == (2 + 4, 2)
    assert stack.resources().keys() == {"protected"}
    assert left_in(marketplace) == [set(), set()]


@pytest.mark.slow
def test_what_a_type_inherits_from_its_parent_counts(stack: Stack, marketplace: Marketplace) -> None:
    """The engine hands `retain_on_delete` down to children, and the program can't see it."""
    stack.program(
        FUNCTIONS
        + """
team = Team("team", parent=Team("lab", retain_on_delete=True))
kept = a_type("kept", parent=team)
a_grant("beside", kept, parent=team)
a_grant("below", kept, parent=kept)
a_grant("apart", kept)
a_roster("stubborn", kept, parent=team, retain_on_delete=False)
loose = a_type("loose", parent=team, retain_on_delete=False)
a_grant("withit", loose)
mturk.WorkerExclusion("earlier", workers=["AEARLIER"], opts=Options(parent=team))
mturk.WorkerExclusion("pilots", workers=["APILOT"])
guarded = a_type("guarded", parent=Team("guards", protect=True))
a_grant("watched", guarded)
"""
    ).up().ok()
    resources = stack.resources()
    retained = {name for name, item in resources.items() if item.get("retainOnDelete")}
    assert retained == {"kept", "beside", "below", "earlier"}
    gone_with = going_with(stack)
    assert gone_with.keys().isdisjoint({"apart", "stubborn", "watched"})
    assert (gone_with["withit"], gone_with["pilots"]) == ("loose", "pilots")
    counted(marketplace)

    stack.run("state", "unprotect", "--all", "--yes").ok()
    stack.destroy().ok()
    calls = counted(marketplace)
    assert (calls[REVOKE], calls[REMOVE]) == (3, 3)
    # Whoever was to keep it has kept it, and nobody else.
    assert sorted(map(sorted, left_in(marketplace))) == [["ABELOW", "ABESIDE"], ["AEARLIER"]]


@pytest.mark.slow
def test_in_production_each_grant_is_taken_back(there: Place, new_stack: NewStack) -> None:
    stack = new_stack(environment="production", endpointUrl=there.url)
    stack.program(
        FUNCTIONS
        + """
tier = a_type("tier")
a_grant("one", tier)
a_roster("many", tier)
mturk.WorkerExclusion("pilots", workers=["APILOT"])
"""
    ).up().ok()
    assert going_with(stack) == {}
    counted(there.marketplace)
    stack.destroy().ok()
    calls = counted(there.marketplace)
    assert (calls[REVOKE], calls[REMOVE]) == (3, 2)


@pytest.mark.slow
def test_grants_that_left_the_state_before_their_type_was_refused_are_put_back(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.set_switches(page_tokens="when_more")
    program = (
        TYPE
        + f'mturk.QualificationGrant("one", qualification_type_id=tier, worker_id="{FIRST}", integer_value=70)\n'
        + roster([SECOND], name="listed")
        + roster({THIRD: 9}, name="scored")
    )
    stack.program(program).up().ok()
    tier = type_of(stack)
    grant(marketplace, tier, {SECOND: 85})
    held = {FIRST: 70, SECOND: 85, THIRD: 9}
    marketplace.inject(Fault("access_denied", REMOVE))
    counted(marketplace)

    refused = stack.destroy().refused()
    assert "AccessDeniedException" in messages(refused)["tier"][0]
    calls = counted(marketplace)
    assert (calls[REVOKE], calls[REMOVE]) == (0, 1)
    assert stack.resources().keys() == {"tier"}
    assert holders(marketplace, tier) == held

    stack.up().ok()
    # All look first, and find that nothing is lacking.
    assert counted(marketplace) == {"GetQualificationScore": 1, LIST: 2}
    assert stack.resources().keys() == {"tier", "one", "listed", "scored"}
    assert holders(marketplace, tier) == held
    assert marketplace.notifications() == []
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()

    counted(marketplace)
    stack.destroy().ok()
    assert counted(marketplace) == {REMOVE: 1, "ListHITs": 1}
    assert marketplace.summary().qualification_types == []


@pytest.mark.slow
def test_a_replaced_type_ends_with_all_its_holders_granted_anew_and_the_preview_shows_it(
    stack: Stack, marketplace: Marketplace
) -> None:
    marketplace.set_switches(page_tokens="when_more")

    def program(keywords: str) -> str:
        return (
            f'tier = mturk.QualificationType("tier", description="Took part.", keywords="{keywords}")\n'
            f'mturk.QualificationGrant("one", qualification_type_id=tier, worker_id="{FIRST}", integer_value=70)\n'
            + roster([SECOND], name="listed")
            + roster({THIRD: 9}, name="scored")
        )

    stack.program(program("a")).up().ok()
    before = type_of(stack)
    counted(marketplace)

    stack.program(program("b"))
    assert set(stack.steps()) == {("replace", name) for name in stack.resources()}
    assert counted(marketplace) == {}
    plain = messages(stack.preview().ok())
    for name in ("listed", "scored"):
        assert plain[name] == ["workers: +1 −0 ~0, 1 in all"]  # noqa: RUF001

    stack.up().ok()
    assert counted(marketplace) == {**CREATED, GRANT: 3, LIST: 2, REMOVE: 1}
    after = type_of(stack)
    assert after != before
    assert holders(marketplace, after) == {FIRST: 70, SECOND: 1, THIRD: 9}
    assert [item.id for item in marketplace.summary().qualification_types] == [after]
    stack.refresh(NO_CHANGES).ok()
    stack.unchanged()


@pytest.mark.slow
def test_grants_are_taken_back_where_a_transformation_retains_their_type(
    stack: Stack, marketplace: Marketplace
) -> None:
    stack.program(
        FUNCTIONS
        + """
def keep(args):
    if args.type_.endswith("QualificationType"):
        args.opts.retain_on_delete = True
        return pulumi.ResourceTransformationResult(args.props, args.opts)

pulumi.runtime.register_stack_transformation(keep)
tier = a_type("tier")
a_grant("one", tier)
a_roster("many", tier)
"""
    ).up().ok()
    assert going_with(stack) == {}
    stack.destroy().ok()
    assert left_in(marketplace) == [set()]
