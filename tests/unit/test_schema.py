"""schema.json and the generated tables: fresh, complete, and in agreement with the classes that programs use."""

import inspect
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pulumi
import pytest
from pulumi._types import resource_types
from pydantic.alias_generators import to_camel

import pulumi_mturk
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.eligibility.system_types import ActionsGuarded, Comparator
from pulumi_mturk.provider.schema import outputs_of
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.sdk.base import MturkResource
from tools.generate import ROOT, main, schema
from tools.reference_tables import blocks, page_of

SCHEMA = schema(ROOT)
CLASSES: dict[str, type[MturkResource]] = {
    "QualificationType": pulumi_mturk.QualificationType,
    "HITType": pulumi_mturk.HITType,
    "QualificationGrant": pulumi_mturk.QualificationGrant,
    "QualificationRoster": pulumi_mturk.QualificationRoster,
    "WorkerBlock": pulumi_mturk.WorkerBlock,
}
COMPONENTS: dict[str, type[pulumi.ComponentResource]] = {"WorkerExclusion": pulumi_mturk.WorkerExclusion}
DECLARED: dict[str, type[pulumi.Resource]] = {**CLASSES, **COMPONENTS}


def resource(name: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["resources"][f"mturk:index:{name}"]
    return found


def arguments(name: str) -> dict[str, inspect.Parameter]:
    """A constructor's arguments that are properties, by their names in the schema."""
    parameters = inspect.signature(DECLARED[name].__init__).parameters
    return {
        to_camel(argument): parameter
        for argument, parameter in parameters.items()
        if argument not in ("self", "resource_name", "opts")
    }


def attributes(name: str) -> set[str]:
    """The outputs that a class declares, by their names in the schema."""
    of_all = {attribute for attribute, hint in inspect.get_annotations(MturkResource).items() if is_output(hint)}
    of_its_own = {
        attribute
        for attribute, value in vars(CLASSES[name]).items()
        if isinstance(value, property) and value.fget and is_output(inspect.get_annotations(value.fget)["return"])
    }
    return {to_camel(attribute) for attribute in of_all | of_its_own}


def is_output(hint: Any) -> bool:
    return get_origin(hint) is pulumi.Output


def enum(name: str) -> list[str]:
    return [item["value"] for item in SCHEMA["types"][f"mturk:index:{name}"]["enum"]]


def objects() -> Iterator[tuple[str, dict[str, Any], list[str]]]:
    """Each set of properties in the schema, with the names that it says are required."""
    yield "config", SCHEMA["config"]["variables"], []
    for token, spec in SCHEMA["types"].items():
        if spec["type"] == "object":
            yield token, spec["properties"], spec["required"]
    for token, spec in SCHEMA["resources"].items():
        yield f"{token} inputs", spec["inputProperties"], spec["requiredInputs"]
        yield f"{token} outputs", spec["properties"], spec["required"]


def properties() -> Iterator[tuple[str, dict[str, Any]]]:
    for where, specs, _ in objects():
        for name, spec in specs.items():
            yield f"{where}: {name}", spec


def marked(name: str, side: str, mark: str) -> set[str]:
    return {prop for prop, spec in resource(name)[side].items() if spec.get(mark)}


def test_schema_json_is_what_the_models_say() -> None:
    assert json.loads((ROOT / "schema.json").read_text(encoding="utf-8")) == SCHEMA


def test_every_resource_class_is_in_the_schema() -> None:
    assert set(SCHEMA["resources"]) == {f"mturk:index:{name}" for name in DECLARED}
    assert {name for name in DECLARED if resource(name).get("isComponent")} == set(COMPONENTS)


@pytest.mark.parametrize("name", COMPONENTS)
def test_outputs_of_a_component_are_its_attributes_and_never_missing(name: str) -> None:
    assert set(resource(name)["properties"]) == set(map(to_camel, inspect.get_annotations(COMPONENTS[name])))
    assert set(resource(name)["required"]) == set(resource(name)["properties"])


@pytest.mark.parametrize("name", DECLARED)
def test_inputs_are_the_arguments_of_the_constructor(name: str) -> None:
    assert set(resource(name)["inputProperties"]) == set(arguments(name))


@pytest.mark.parametrize("name", DECLARED)
def test_required_inputs_are_the_arguments_without_a_default(name: str) -> None:
    without = {argument for argument, parameter in arguments(name).items() if parameter.default is parameter.empty}
    assert set(resource(name)["requiredInputs"]) == without


@pytest.mark.parametrize("name", CLASSES)
def test_outputs_are_the_attributes_of_the_class(name: str) -> None:
    assert set(map(to_camel, outputs_of(REGISTRY[name].state))) == attributes(name)


@pytest.mark.parametrize("name", CLASSES)
def test_the_sdk_makes_integers_of_what_is_declared_as_such_and_evaluates_a_class_once(name: str) -> None:
    whole = {key for key, described in resource(name)["properties"].items() if described.get("type") == "integer"}
    types = resource_types(CLASSES[name])
    assert {key for key, declared in types.items() if declared is int} == whole & attributes(name)
    assert not inspect.get_annotations(CLASSES[name])


@pytest.mark.parametrize("name", CLASSES)
def test_whatever_the_state_holds_is_described(name: str) -> None:
    held = {str(field.alias) for field in REGISTRY[name].state.model_fields.values()}
    assert set(resource(name)["properties"]) == held
    assert {"endpointHost"} | set(resource(name)["inputProperties"]) <= held


@pytest.mark.parametrize("name", CLASSES)
def test_what_must_be_told_of_an_existing_one_are_the_arguments_of_get(name: str) -> None:
    parameters = inspect.signature(CLASSES[name].get).parameters  # type: ignore[attr-defined]
    told = {to_camel(argument) for argument in parameters if argument not in ("resource_name", "id", "opts")}
    state_inputs = resource(name).get("stateInputs", {"properties": {}, "required": []})
    assert set(state_inputs["properties"]) == told
    optional = {argument for argument, parameter in parameters.items() if parameter.default is not parameter.empty}
    assert told - set(map(to_camel, optional)) == set(state_inputs["required"])


@pytest.mark.parametrize("name", CLASSES)
def test_a_stack_of_dynamic_resources_goes_on_with_the_plugin(name: str) -> None:
    assert resource(name)["aliases"] == [{"type": f"pulumi-python:{CLASSES[name]._resource_type_name}"}]


@pytest.mark.parametrize("name", ["QualificationRoster", "WorkerExclusion"])
def test_workers_are_a_list_of_ids_or_objects_and_no_map(name: str) -> None:
    workers = resource(name)["inputProperties"]["workers"]
    assert (workers["type"], workers["secret"]) == ("array", True)
    assert workers["items"] == {"oneOf": [{"type": "string"}, {"$ref": "#/types/mturk:index:ListedWorker"}]}


def test_a_provider_takes_the_keys_of_the_configuration_that_are_of_a_place() -> None:
    given = inspect.signature(pulumi_mturk.Provider.__init__).parameters
    keys = {to_camel(argument) for argument in given if argument not in ("self", "resource_name", "opts")}
    assert set(SCHEMA["provider"]["inputProperties"]) == set(SCHEMA["provider"]["properties"]) == keys
    variables = SCHEMA["config"]["variables"]
    assert SCHEMA["provider"]["inputProperties"] == {name: variables[name] for name in variables if name in keys}


@pytest.mark.parametrize("name", DECLARED)
def test_a_resource_has_its_pages_examples(name: str) -> None:
    description = resource(name)["description"]
    programs = re.findall(r"^```(\w+)\n(.*?)^```$", description, re.MULTILINE | re.DOTALL)
    assert [language for language, _ in programs] == ["python", "yaml"]
    page = (ROOT / "docs" / page_of(name)).read_text(encoding="utf-8")
    assert [program for _, program in programs if program not in page] == []
    assert all(name in program for _, program in programs)


@pytest.mark.parametrize("name", DECLARED)
def test_a_default_in_the_constructor_is_that_of_the_schema(name: str) -> None:
    for argument, parameter in arguments(name).items():
        spec = resource(name)["inputProperties"][argument]
        if parameter.default is parameter.empty or spec.get("type") == "array":
            assert parameter.default in (parameter.empty, ())
        elif parameter.default is None:
            continue  # left out: whatever the schema says holds
        else:
            assert parameter.default == spec.get("default"), argument


def test_defaults_are_in_the_schema() -> None:
    inputs = resource("QualificationType")["inputProperties"]
    assert {name: spec["default"] for name, spec in inputs.items() if "default" in spec} == {
        "qualificationTypeStatus": "Active",
        "autoGranted": False,
        "forceDestroy": False,
        "validateQuestions": True,
        "expireHits": False,
    }
    assert resource("HITType")["inputProperties"]["autoApprovalDelayInSeconds"]["default"] == 2_592_000


@pytest.mark.parametrize("side", ["inputProperties", "properties"])
def test_answer_keys_worker_ids_and_reasons_for_blocks_are_secret(side: str) -> None:
    secrets = {name: marked(name, side, "secret") for name in DECLARED}
    earlier = {"earlierReasons"} if side == "properties" else set()
    assert secrets == {
        "QualificationType": {"answerKey"},
        "HITType": set(),
        "QualificationGrant": {"workerId"},
        "QualificationRoster": {"workers"},
        "WorkerBlock": {"workerId", "reason"} | earlier,
        "WorkerExclusion": {"workers"} if side == "inputProperties" else set(),
    }


def test_what_replaces_is_marked() -> None:
    replaces = {name: marked(name, "inputProperties", "willReplaceOnChanges") for name in DECLARED}
    assert replaces == {
        "QualificationType": {"name", "keywords"},
        "HITType": set(resource("HITType")["inputProperties"]) - {"expireHits"},
        "QualificationGrant": {"qualificationTypeId", "workerId"},
        "QualificationRoster": {"qualificationTypeId"},
        "WorkerBlock": {"workerId"},
        "WorkerExclusion": {"name"},
    }


@pytest.mark.parametrize("name", ["test", "retryDelayInSeconds"])
def test_what_replaces_when_it_is_taken_away_says_so(name: str) -> None:
    described = resource("QualificationType")["inputProperties"][name]["description"]
    assert described.endswith("Taking it away replaces the resource.")


@pytest.mark.parametrize("name", CLASSES)
def test_what_the_provider_adds_is_an_output_only(name: str) -> None:
    added = {"environment", "endpointHost", "nameGenerated", "testSummary", "eligibility"}
    assert not added & set(resource(name)["inputProperties"])


def test_enums_have_the_values_that_the_rules_know() -> None:
    assert {name: tuple(enum(name)) for name in ("Comparator", "ActionsGuarded", "Environment")} == {
        "Comparator": get_args(Comparator),
        "ActionsGuarded": get_args(ActionsGuarded),
        "Environment": get_args(Environment),
    }
    assert enum("QualificationTypeStatus") == ["Active", "Inactive"]


def test_the_rules_of_a_hit_type_are_qualification_requirements() -> None:
    rules = resource("HITType")["inputProperties"]["qualificationRequirements"]
    assert rules["items"] == {"$ref": "#/types/mturk:index:QualificationRequirement"}


@pytest.mark.parametrize("name", ["QualificationRequirement", "Locale"])
def test_members_of_structures_are_the_arguments_of_their_classes(name: str) -> None:
    parameters = inspect.signature(getattr(pulumi_mturk, name).__init__).parameters
    members = SCHEMA["types"][f"mturk:index:{name}"]["properties"]
    assert set(members) == {to_camel(argument) for argument in parameters if argument != "self"}


def test_everything_is_described() -> None:
    described = [*SCHEMA["resources"].items(), *SCHEMA["types"].items(), *properties()]
    assert [where for where, spec in described if not spec.get("description")] == []


def test_no_property_is_called_id_or_urn() -> None:
    # Pulumi keeps both for itself, in resources; a rule of a configuration may have an id.
    named = [where for where, _ in properties() if where.rpartition(" ")[2] in ("id", "urn")]
    assert named == ["mturk:index:Require: id"]


def test_every_reference_leads_to_a_type_and_every_type_is_used() -> None:
    used = {reference.removeprefix("#/types/") for reference in references(SCHEMA)}
    assert used == set(SCHEMA["types"])


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "$ref")
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from references(item)


def test_what_is_required_is_there() -> None:
    assert [where for where, specs, required in objects() if set(required) - set(specs)] == []


@pytest.mark.cli
def test_the_real_cli_accepts_the_schema(tmp_path: Path) -> None:
    pulumi_cli = shutil.which("pulumi")
    assert pulumi_cli, "there is no Pulumi CLI on PATH: run the tests by `make test` or `tools/run pytest`"
    checked = subprocess.run(
        [pulumi_cli, "schema", "check", str(ROOT / "schema.json")],
        env=os.environ | {"PULUMI_HOME": str(tmp_path), "PULUMI_SKIP_UPDATE_CHECK": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder whose generated files are fresh."""
    for page, names in blocks().items():
        (tmp_path / "docs" / page).parent.mkdir(parents=True, exist_ok=True)
        places = "".join(f"Before {name}.\n\n<!-- generated: {name} -->\n<!-- /generated -->\n\n" for name in names)
        (tmp_path / "docs" / page).write_text(f"# Title\n\n{places}After.\n", encoding="utf-8")
    assert main([], tmp_path) == 0
    return tmp_path


def test_the_generated_files_of_this_repository_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["--check"]), capsys.readouterr().err) == (0, "")


def test_generating_again_changes_nothing(project: Path) -> None:
    before = {file: file.read_bytes() for file in project.rglob("*.*") if file.is_file()}
    assert main([], project) == 0
    assert {file: file.read_bytes() for file in project.rglob("*.*") if file.is_file()} == before


def test_generated_tables_leave_the_text_around_them(project: Path) -> None:
    text = (project / "docs" / "resources" / "worker-block.md").read_text(encoding="utf-8")
    places = [text.index(part) for part in ("Before inputs.", "`worker_id`", "Before outputs.", "After.")]
    assert places == sorted(places)


@pytest.mark.parametrize("name", DECLARED)
def test_a_resources_page_names_every_argument(project: Path, name: str) -> None:
    text = (project / "docs" / page_of(name)).read_text(encoding="utf-8")
    table = text.partition("<!-- generated: inputs -->")[2].partition("<!-- /generated -->")[0]
    listed = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert [to_camel(argument) for argument in listed] == list(resource(name)["inputProperties"])


FILES = ["schema.json", "docs/configuration.md", "docs/resources/worker-block.md", "docs/marketplace-behaviour.md"]


@pytest.mark.parametrize("file", FILES)
def test_check_names_a_stale_file_and_leaves_it(project: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    stale = (project / file).read_text(encoding="utf-8").replace("marketplace", "market").replace("worker", "employee")
    (project / file).write_text(stale, encoding="utf-8")
    assert main(["--check"], project) == 1
    assert capsys.readouterr().err == f"Not what the models say now: {file}. Run `make generate`.\n"
    assert (project / file).read_text(encoding="utf-8") == stale


def test_a_missing_schema_is_stale(project: Path) -> None:
    (project / "schema.json").unlink()
    assert main(["--check"], project) == 1


def test_a_missing_page_is_an_error_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tmp_path) == 1
    assert "There is no docs/configuration.md" in capsys.readouterr().err


def test_a_page_without_a_place_for_a_table_is_an_error_in_a_sentence(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "docs" / "configuration.md").write_text("# Title\n", encoding="utf-8")
    (project / "schema.json").unlink()
    assert main([], project) == 1
    assert "put <!-- generated: keys --> and <!-- /generated --> on lines there" in capsys.readouterr().err
    assert not (project / "schema.json").exists()
