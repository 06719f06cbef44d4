"""What the two processes of a run import: each import is paid at every preview, of a program and of its provider."""

import gc
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, alias_generators

from pulumi_mturk.common import names
from pulumi_mturk.common.loading import without_collections
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.resources import COMPONENTS, REGISTRY
from pulumi_mturk.resources.structures import Locale, QualificationRequirement
from tests.support.inputs import ANSWER_KEY, TEST

if TYPE_CHECKING:
    from pulumi_mturk.provider.schema import Declared

# What takes long to import, and is needed only in a few moments.
HEAVY = ("boto3", "botocore", "deepdiff", "flask", "jinja2", "lxml", "pycountry", "sqlalchemy", "typer", "rich")
# All rules, of which a run finds a few.
CATALOGUE = "pulumi_mturk.rules.catalogue"
# What of ours only the provider needs, or who has found something.
PROVIDERS = ("pulumi_mturk.eligibility.list_validation", "pulumi_mturk.rules.acceptance")
# What of ours only a program needs, or who makes, changes, imports or removes something.
CHANGES = (
    "pulumi_mturk.api.concurrency",
    "pulumi_mturk.api.lost_creates",
    "pulumi_mturk.api.retry",
    "pulumi_mturk.eligibility.helpers",
    "pulumi_mturk.provider.importing",
    "pulumi_mturk.resources.hit_removal",
)

PROGRAM = f"""
import gc, sys
import pulumi
from pulumi.runtime import Mocks, set_mocks

class Engine(Mocks):
    def new_resource(self, args):
        return f"{{args.name}}-id", args.inputs

    def call(self, args):
        return {{}}

set_mocks(Engine(), preview=False)

import pulumi_mturk as mturk
from pulumi_mturk import eligibility

@pulumi.runtime.test
def declare():
    kind = mturk.QualificationType("kind", description="A type.", keywords=["a", "b"], test={TEST!r},
        answer_key={ANSWER_KEY!r}, test_duration_in_seconds=60, retry_delay_in_seconds=60)
    past = mturk.WorkerExclusion("past", workers=["A1EXAMPLE", "A2EXAMPLE"])
    mturk.QualificationGrant("grant", qualification_type_id=kind, worker_id="A3EXAMPLE")
    mturk.QualificationRoster("team", qualification_type_id=kind, workers={{"A1EXAMPLE": 5}})
    mturk.WorkerBlock("block", worker_id="A4EXAMPLE", reason="Asked to be left alone.")
    lab = mturk.Provider("lab", environment="sandbox", requests_per_second=2, allowed_account_ids=["111122223333"])
    mturk.WorkerBlock("in-the-lab", worker_id="A4EXAMPLE", reason="Asked to be left alone.",
        opts=pulumi.ResourceOptions(provider=lab))
    task = mturk.HITType("task", title="A task", description="A task.", reward="0.50",
        assignment_duration_in_seconds=600, qualification_requirements=[
            past.requirement, eligibility.holds(kind), eligibility.approval(at_least=95, hits=500),
            eligibility.production_only(eligibility.masters()), eligibility.locale("US-CA", "GB"),
            {{"QualificationTypeId": kind.id, "Comparator": "EqualTo", "IntegerValues": [1]}},
        ])
    return pulumi.Output.all(task.id, task.qualification_requirements).apply(print)

declare()
print(*[name for name in {(*HEAVY, *PROVIDERS, "pydantic", "pydantic_core", CATALOGUE)} if name in sys.modules])
print(sorted(name for name in sys.modules if name.startswith(("pulumi_mturk.provider", "pulumi_mturk.resources"))))
print(gc.isenabled(), gc.get_freeze_count() > 0)
"""

# Each resource is checked and compared, as at the second preview of a program that has not changed since.
PLAN = """
import json, sys
import pulumi_mturk.provider.dynamic_adapter
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.embedded import Embedded
from pulumi_mturk.provider.instance import ProviderInstance
from pulumi_mturk.resources import REGISTRY

folder, environment, programs = json.loads(sys.stdin.read())
configuration = Configuration(environment=environment, local_database=folder + "/market.db")
embedded = Embedded(configuration.local_database)
provider = ProviderInstance(configuration, lambda: None, embedded.database_id if configuration.embedded else None)
for token, news in programs.items():
    context = lifecycle.Context(provider, f"urn:pulumi:test::test::mturk::{token}", token.lower(), b"seed")
    made = lifecycle.check(REGISTRY[token], context, {}, news)
    again = lifecycle.check(REGISTRY[token], context, made.inputs, news)
    difference = lifecycle.diff(REGISTRY[token], made.inputs, again.inputs)
    print(token, made.failures + again.failures, difference.changed)
beside = ("pulumi_mturk.marketplace.", "pulumi_mturk.rules.catalogue", *%r)
print(*[name for name in sys.modules if name.split(".")[0] in %r or name.startswith(beside)])
print(*sorted(name.rpartition(".")[2] for name in sys.modules if name in %r))
"""

PLUGIN = """
import gc, sys
read = []
sys.addaudithook(
    lambda event, args: read.append(args[0]) if event == "open" and str(args[0]).endswith("entry_points.txt") else None
)
import pulumi_mturk.plugin.__main__
print(*[name for name in %r if name in sys.modules])
print(*[name for name in %r if name in sys.modules])
print(gc.isenabled(), gc.get_freeze_count() > 0)
print(read)
"""

# The modules of the kinds of resources.
KINDS = tuple(type(resource).__module__ for resource in REGISTRY.values())
TYPE_ID = "3EXAMPLEQUALIFICATIONTYPE00001"
PROGRAMS: dict[str, dict[str, Any]] = {
    "QualificationType": {"description": "A type.", "keywords": "a,b"},
    "HITType": {
        "title": "A task",
        "description": "A task.",
        "reward": "0.50",
        "assignmentDurationInSeconds": 600.0,
        "qualificationRequirements": [
            {"qualificationTypeId": TYPE_ID, "comparator": "In", "integerValues": [2.0, 1.0]},
            {"qualificationTypeId": "Worker_Locale", "comparator": "EqualTo", "localeValues": [{"country": "US"}]},
            {"qualificationTypeId": "Masters", "comparator": "Exists", "productionOnly": True},
        ],
    },
    "QualificationGrant": {"qualificationTypeId": TYPE_ID, "workerId": "A1EXAMPLE"},
    "QualificationRoster": {"qualificationTypeId": TYPE_ID, "workers": ">team.csv A2EXAMPLE@2 A3EXAMPLE=5@3"},
    "WorkerBlock": {"workerId": "A4EXAMPLE", "reason": "Asked to be left alone."},
}


def plan() -> str:
    return PLAN % (CHANGES, HEAVY, KINDS)


def run(program: str, *arguments: str, stdin: str = "") -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_program_imports_nothing_that_only_its_provider_needs() -> None:
    task, heavy, provider, _ = run(PROGRAM)
    assert task.startswith("['task-id', [{")
    assert heavy == ""
    assert provider == "[]"


@pytest.mark.parametrize("environment", ["local", "sandbox"])
def test_a_plan_without_changes_imports_no_more_than_the_rules(environment: str, tmp_path: Any) -> None:
    assert set(PROGRAMS) == set(REGISTRY)
    *plans, heavy, _ = run(plan(), stdin=json.dumps([str(tmp_path), environment, PROGRAMS]))
    assert plans == [f"{token} [] ()" for token in PROGRAMS]
    # The id of the embedded marketplace's database is read without the rest of the marketplace.
    storage = tuple(f"pulumi_mturk.marketplace.{name}" for name in ("storage", "errors", "text"))
    assert [name for name in heavy.split() if environment != "local" or not name.startswith(storage)] == []


def test_a_plan_imports_the_kinds_of_its_resources_alone(tmp_path: Any) -> None:
    one = {"WorkerBlock": PROGRAMS["WorkerBlock"]}
    *_, kinds = run(plan(), stdin=json.dumps([str(tmp_path), "local", one]))
    assert kinds == "worker_block"


def test_a_program_leaves_its_modules_out_of_collections() -> None:
    *_, settings = run(PROGRAM, "pulumi-language-python-exec")
    assert settings == "True True"


def test_a_process_that_goes_on_after_a_program_has_its_garbage_collected() -> None:
    *_, settings = run(PROGRAM)
    assert settings == "True False"


def test_nothing_is_collected_while_the_modules_are_loaded() -> None:
    try:
        with without_collections():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_the_plugin_starts_with_no_kind_of_resource_and_leaves_its_modules_out_of_collections() -> None:
    heavy, kinds, settings, read = run(PLUGIN % ((*HEAVY, *CHANGES), KINDS))
    assert (heavy, kinds, settings) == ("", "", "True True")
    assert read == "[]"  # pydantic would look for its plugins in each package


def property_names() -> list[str]:
    declared: list[Declared] = [*REGISTRY.values(), *COMPONENTS.values()]
    models: list[type[BaseModel]] = [
        *(model for resource in declared for model in (resource.args, resource.state)),
        *(Configuration, Locale, QualificationRequirement),
    ]
    return sorted({name for model in models for name in model.model_fields})


@pytest.mark.parametrize("name", property_names())
def test_names_are_spelt_as_by_pydantic(name: str) -> None:
    camel, pascal = alias_generators.to_camel(name), alias_generators.to_pascal(name)
    assert names.to_camel(name) == camel == names.to_camel(camel)
    assert names.to_pascal(name) == pascal
    assert names.to_snake(camel) == names.to_snake(pascal) == names.to_snake(name) == name
