"""WorkerExclusion: a list that keeps people out of HIT types, in words that judge nobody."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.cli.conftest import NewStack
from tests.support.cli_rosters import FIRST, GRANT, LIST, REVOKE, SECOND, THIRD, WORKERS, grant, holders, revoke
from tests.support.csv_files import result, results
from tests.support.pulumi_cli import (
    CREATED,
    NO_CHANGES,
    Stack,
    assert_absent,
    behind_our_back,
    counted,
    messages,
    new_type,
    parameters,
)
from tests.support.recorded_programs import Place, place

CREATE, CREATE_HIT_TYPE, DELETE = "CreateQualificationType", "CreateHITType", "DeleteQualificationType"
QUESTION = (
    '<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/'
    'HTMLQuestion.xsd"><HTMLContent><![CDATA[<p>Hello</p>]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>'
)


def task(requirement: str = "past.requirement") -> str:
    """A HIT type that has the requirement."""
    return f"""
mturk.HITType("task", title="Transcribe", description="Type what you hear.", reward="0.15",
    assignment_duration_in_seconds=600, qualification_requirements=[{requirement}])
"""


def study(workers: Any, arguments: str = "", name: str = "past") -> str:
    """An exclusion, and a HIT type that keeps out who is on its list."""
    return (
        f"past = mturk.WorkerExclusion({name!r}, workers={workers!r}, {arguments})\n"
        'pulumi.export("excluded", past.qualification_type_id)\n'
        'pulumi.export("count", past.count)\n'
        f"{task()}"
    )


def excluded(stack: Stack) -> str:
    """The id of the exclusion's type."""
    return str(stack.outputs()["excluded"])


def held(stack: Stack, name: str = "task") -> list[Any]:
    item = stack.resources()[name]
    return [item[key] for key in ("id", "inputs", "outputs")]


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as opened:
        yield opened


def test_a_lifecycle_touches_the_list_alone_and_leaves_nothing(stack: Stack, marketplace: Marketplace) -> None:
    marketplace.set_switches(page_tokens="when_more")
    up = stack.program(study([SECOND, FIRST])).up().ok()
    # The HIT type comes last, when everybody is kept out of it.
    assert [call.operation for call in marketplace.calls()] == [
        *CREATED.elements(),
        LIST,
        GRANT,
        GRANT,
        CREATE_HIT_TYPE,
    ]
    counted(marketplace)
    outputs = stack.outputs()
    past = outputs["excluded"]
    assert outputs["count"] == 2
    assert holders(marketplace, past) == {FIRST: 1, SECOND: 1}
    assert marketplace.notifications() == []
    stack.refresh(NO_CHANGES).ok()
    assert counted(marketplace) == {"GetQualificationType": 1, LIST: 1, CREATE_HIT_TYPE: 1}
    stack.program(study([FIRST, SECOND, FIRST])).unchanged()
    assert counted(marketplace) == {}

    task_before = held(stack)
    changed = stack.program(study([FIRST, THIRD])).up().ok()
    assert counted(marketplace) == {LIST: 1, GRANT: 1, REVOKE: 1}
    assert held(stack) == task_before
    assert holders(marketplace, past) == {FIRST: 1, THIRD: 1}

    destroyed = stack.destroy().ok()
    assert counted(marketplace) == {DELETE: 1, "ListHITs": 1}
    assert stack.resources() == {}
    assert marketplace.summary().qualification_types == []
    assert marketplace.notifications() == []
    assert_absent(WORKERS, *(output.text for output in (up, changed, destroyed)), stack.state())


@pytest.mark.slow
def test_drift_is_what_happened_to_those_who_are_listed(stack: Stack, marketplace: Marketplace) -> None:
    up = stack.program(study([FIRST, THIRD])).up().ok()
    past = excluded(stack)
    stack.unchanged()

    revoke(marketplace, past, [FIRST])
    grant(marketplace, past, {SECOND: 1})
    refreshed = stack.refresh().ok()
    counted(marketplace)
    stack.up().ok()
    assert counted(marketplace)[GRANT] == 1
    # Whom a script keeps out while work comes in is no drift.
    assert holders(marketplace, past) == {FIRST: 1, SECOND: 1, THIRD: 1}
    stack.refresh(NO_CHANGES).ok()
    assert_absent(WORKERS, up.text, refreshed.text, stack.state())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "guarded", "words"),
    [
        ("", "DiscoverPreviewAndAccept", "does not hold 'past' (excluded; hidden from holders)"),
        ('actions_guarded="Accept"', "Accept", "does not hold 'past' (excluded)"),
    ],
)
def test_the_requirement_keeps_holders_out_and_the_plan_names_the_exclusion(
    stack: Stack, marketplace: Marketplace, arguments: str, guarded: str, words: str
) -> None:
    preview = stack.program(study([FIRST], arguments)).preview("--diff").ok()
    assert f'eligibility                : [\n            [0]: "{words}"' in preview.text
    assert counted(marketplace) == {}

    stack.up().ok()

    (sent,) = parameters(marketplace, CREATE_HIT_TYPE)
    assert sent["QualificationRequirements"] == [
        {"QualificationTypeId": excluded(stack), "Comparator": "DoesNotExist", "ActionsGuarded": guarded}
    ]


@pytest.mark.slow
def test_what_workers_read_never_comes_from_the_resources_name(stack: Stack, marketplace: Marketplace) -> None:
    up = stack.program(study([FIRST], name="spammers-of-spring")).up().ok()

    (sent,) = parameters(marketplace, CREATE)
    assert re.fullmatch(r"Earlier participation [0-9a-f]{7}", sent["Name"])
    assert sent["Description"] == (
        "Marks people who took part in an earlier task. Nothing to do, and no judgement of your work."
    )
    assert sent.get("AutoGranted", False) is False
    assert "spammers" not in str([call.parameters for call in marketplace.calls()])
    assert "warning" not in up.text


@pytest.mark.slow
def test_a_name_and_a_description_of_ones_own(stack: Stack, marketplace: Marketplace) -> None:
    own = 'name="Reading study 2025", description="Took part in our reading study."'
    stack.program(study([FIRST], own)).up().ok()
    (sent,) = parameters(marketplace, CREATE)
    assert (sent["Name"], sent["Description"]) == ("Reading study 2025", "Took part in our reading study.")
    past, task_before = excluded(stack), held(stack)

    stack.program(study([FIRST], own.replace("our reading", "an earlier")))
    assert stack.steps() == [("update", "past")]
    stack.up().ok()
    assert held(stack) == task_before

    # Another name is another type: everybody holds it before the HIT type that asks for it is there.
    counted(marketplace)
    stack.program(study([FIRST], own.replace("2025", "2026"))).up().ok()
    calls = [call.operation for call in marketplace.calls()]
    assert [call for call in calls if call in (CREATE, GRANT, CREATE_HIT_TYPE, DELETE)] == [
        *(CREATE, GRANT, CREATE_HIT_TYPE, DELETE)
    ]
    assert excluded(stack) != past
    assert holders(marketplace, excluded(stack)) == {FIRST: 1}


@pytest.mark.slow
def test_no_hit_type_is_registered_before_its_list_is_in_force(stack: Stack, marketplace: Marketplace) -> None:
    marketplace.set_switches(unknown_workers="refuse", page_tokens="when_more")
    marketplace.register_worker(FIRST, THIRD)

    failed = stack.program(study([FIRST, SECOND])).up().refused()
    assert CREATE_HIT_TYPE not in counted(marketplace)
    assert "task" not in stack.resources()
    assert "1 of 2 is not known in environment local, at position 2 of the list" in failed.text

    stack.program(study([FIRST, THIRD])).up().ok()
    assert counted(marketplace) == {LIST: 1, GRANT: 1, CREATE_HIT_TYPE: 1}
    assert holders(marketplace, excluded(stack)) == {FIRST: 1, THIRD: 1}
    stack.unchanged()

    skipping = stack.program(study([FIRST, SECOND, THIRD], 'unknown_workers="skip"')).up().ok()
    assert "They were skipped" in skipping.text
    stack.unchanged()
    assert_absent(WORKERS, failed.text, skipping.text)


@pytest.mark.slow
def test_a_list_that_is_kept_elsewhere_is_used_and_never_touched(stack: Stack, marketplace: Marketplace) -> None:
    theirs = new_type(marketplace, "Took part in spring")
    grant(marketplace, theirs, {FIRST: 1})
    by_id = "past = mturk.WorkerExclusion.from_existing({!r}{})\n" + task()
    looked_up = (
        f'spring = mturk.QualificationType.get("spring", {theirs!r})\n'
        "past = mturk.WorkerExclusion.from_existing(spring)\n"
        'pulumi.export("excluded", past.qualification_type_id)\n' + task()
    )

    stack.program(by_id.format(theirs, "")).up().ok()
    (sent,) = parameters(marketplace, CREATE_HIT_TYPE)
    assert counted(marketplace) == {CREATE_HIT_TYPE: 1}
    rule = {"QualificationTypeId": theirs, "Comparator": "DoesNotExist", "ActionsGuarded": "DiscoverPreviewAndAccept"}
    assert sent["QualificationRequirements"] == [rule]

    # The same rule: only the plan has a name for it now.
    stack.program(looked_up)
    assert [step for step in stack.steps() if step[1] == "task"] == []
    stack.up().ok()
    assert excluded(stack) == theirs

    stack.program(by_id.format(theirs, ', actions_guarded="Accept"')).up().ok()
    assert parameters(marketplace, CREATE_HIT_TYPE)[-1]["QualificationRequirements"] == [
        rule | {"ActionsGuarded": "Accept"}
    ]
    stack.destroy().ok()
    assert not counted(marketplace).keys() & {GRANT, REVOKE, DELETE}
    assert holders(marketplace, theirs) == {FIRST: 1}


@pytest.mark.slow
def test_options_of_the_exclusion_are_options_of_its_parts(stack: Stack, marketplace: Marketplace) -> None:
    def optioned(options: str) -> str:
        return study([FIRST], f"opts=pulumi.ResourceOptions({options})")

    stack.program(optioned("protect=True")).up().ok()
    counted(marketplace)
    stack.destroy().refused()
    stack.program("").up().refused()
    assert not counted(marketplace).keys() & {REVOKE, DELETE}
    stack.program(optioned("protect=False")).up().ok()

    # A new parent or name is the same exclusion where the program says so.
    stack.program(
        'parent = pulumi.ComponentResource("team:index:Study", "spring")\n'
        + study(
            [FIRST],
            "opts=pulumi.ResourceOptions(parent=parent, aliases=[pulumi.Alias(name='past', parent=None)])",
            name="earlier",
        )
    )
    past = excluded(stack)
    counted(marketplace)
    stack.up().ok()
    assert not counted(marketplace).keys() & {CREATE, GRANT, REVOKE, DELETE}
    assert excluded(stack) == past
    for part in ("QualificationType", "QualificationRoster"):
        urn = f"team:index:Study$mturk:index:WorkerExclusion$pulumi-python:dynamic/mturk:{part}::earlier"
        assert urn in stack.state()

    stack.program(study([FIRST], "opts=pulumi.ResourceOptions(retain_on_delete=True)")).up().ok()
    retained = excluded(stack)
    counted(marketplace)
    stack.destroy().ok()
    assert not counted(marketplace).keys() & {REVOKE, DELETE}
    assert holders(marketplace, retained) == {FIRST: 1}


@pytest.mark.slow
def test_a_custom_timeout_bounds_the_granting(stack: Stack, marketplace: Marketplace) -> None:
    slow = 'opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="4s"))'
    marketplace.set_switches(latency_milliseconds=2500)

    text = stack.program(study([FIRST, SECOND, THIRD], slow)).up().refused().text

    assert "the custom timeout of 4 s is over" in text
    assert CREATE_HIT_TYPE not in counted(marketplace)


@pytest.mark.slow
def test_an_exclusion_that_a_hit_type_still_names_is_deleted_with_a_warning(
    stack: Stack, marketplace: Marketplace
) -> None:
    stack.program(study([FIRST])).up().ok()

    up = stack.program(task(f"e.without({excluded(stack)!r})")).up().ok()

    (danger,) = [line for line in messages(up)["past"] if "take part" in line]
    assert danger.startswith("warning: this qualification type keeps people out (DoesNotExist in a HIT type)")


@pytest.mark.slow
def test_in_production_it_goes_only_when_no_hit_needs_it_and_takes_every_grant_back(
    there: Place, new_stack: NewStack
) -> None:
    marketplace = there.marketplace
    stack = new_stack(environment="production", endpointUrl=there.url)
    stack.program(study([FIRST, SECOND])).up().ok()
    hit_type = stack.resources()["task"]["id"]
    behind_our_back(marketplace, "CreateHITWithHITType", HITTypeId=hit_type, LifetimeInSeconds=3600, Question=QUESTION)
    past = excluded(stack)
    counted(marketplace)

    # Refused before anybody is let in, not after.
    (sentence,) = [line for line in messages(stack.destroy().refused())["past"] if "is not removed" in line]
    assert "1 HIT keeps out who holds the qualification, and 2 workers would be let in" in sentence
    assert "put the resource back with force_destroy=True" in sentence
    assert counted(marketplace)[REVOKE] == 0
    assert holders(marketplace, past) == {FIRST: 1, SECOND: 1}
    stack.program("").up().refused()
    assert holders(marketplace, past) == {FIRST: 1, SECOND: 1}

    stack.program(study([FIRST, SECOND], "force_destroy=True")).up().ok()
    counted(marketplace)
    stack.destroy().ok()
    calls = counted(marketplace)
    assert (calls[REVOKE], calls[DELETE]) == (2, 1)
    assert stack.resources() == {}
    assert marketplace.notifications() == []


@pytest.mark.slow
def test_max_removals_is_the_rosters(there: Place, new_stack: NewStack) -> None:
    stack = new_stack(environment="production", endpointUrl=there.url)
    workers = [f"A{number}EXAMPLEWORKER" for number in range(12)]
    stack.program(study(workers)).up().ok()

    assert "set max_removals=12" in stack.program(study([])).preview().refused().text
    stack.program(study([], "max_removals=12")).up().ok()
    assert holders(there.marketplace, excluded(stack)) == {}


@pytest.mark.slow
def test_workers_come_from_the_results_of_a_batch(stack: Stack, marketplace: Marketplace) -> None:
    marketplace.set_switches(unknown_workers="refuse")
    marketplace.register_worker(FIRST, SECOND)
    results(
        stack.folder / "spring.csv", result(FIRST), result(SECOND, "Rejected"), result(FIRST), result(THIRD, "Approved")
    )
    program = study([]).replace("workers=[]", 'workers=mturk.workers_from_csv("spring.csv")')

    failed = stack.program(program).up().refused()
    assert "1 of 3 is not known in environment local, at line 5 of spring.csv" in failed.text
    marketplace.register_worker(THIRD)
    stack.up().ok()
    assert holders(marketplace, excluded(stack)) == {FIRST: 1, SECOND: 1, THIRD: 1}

    approved = program.replace('csv")', 'csv", statuses=["Approved"])')
    stack.program(approved).up().ok()
    assert stack.outputs()["count"] == 2
    stack.unchanged()
    assert_absent(WORKERS, failed.text, stack.state())
