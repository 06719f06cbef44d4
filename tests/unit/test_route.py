"""Through which provider a resource goes, asked of Pulumi's own runtime: in each way in which one can be given."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest
from pulumi.resource import DependencyProviderResource, DependencyResource
from pulumi.runtime import MockCallArgs, MockResourceArgs, Mocks
from pulumi.runtime.resource import collapse_alias_to_urn

import pulumi_mturk as mturk
from pulumi_mturk.common.errors import ConfigurationError, InvalidInputError
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.rules import form
from pulumi_mturk.sdk.base import MturkResource
from pulumi_mturk.sdk.route import in_plugin, is_moved_to_plugin

Options = pulumi.ResourceOptions
DYNAMIC, PLUGIN = "pulumi-python:dynamic/mturk:", "mturk:index:"


class Engine(Mocks):
    """Makes every resource, and notes which type it was registered as, and with which provider."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, str]] = {}

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        provider = (args.provider or "").split("::")
        self.found[args.name] = (args.typ, provider[-2] if len(provider) > 1 else "")
        return args.resource_id or f"{args.name}-id", args.inputs

    def call(self, args: MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        return {}, None


def run(program: Callable[[], object], **configuration: str) -> dict[str, tuple[str, str]]:
    """What a program registers: by each name the type and the provider's name."""
    engine = Engine()
    pulumi.runtime.set_mocks(engine)
    pulumi.runtime.set_all_config({f"mturk:{key}": value for key, value in configuration.items()})
    execute: Callable[[], object] = pulumi.runtime.test(program)  # type: ignore[no-untyped-call]
    try:
        execute()
    finally:
        pulumi.runtime.set_all_config({})
    return engine.found


class Component(pulumi.ComponentResource):
    def __init__(self, name: str, opts: Options | None = None) -> None:
        super().__init__("lab:index:Component", name, None, opts)


def a_type(opts: Options | None = None) -> mturk.QualificationType:
    return mturk.QualificationType("tier", description="Took part.", opts=opts)


def ours() -> mturk.Provider:
    return mturk.Provider("ours", environment="sandbox")


def foreign(package: str = "aws") -> pulumi.ProviderResource:
    return pulumi.ProviderResource(package, "theirs", {})


GIVEN: dict[str, Callable[[mturk.Provider], Options]] = {
    "provider": lambda one: Options(provider=one),
    "list": lambda one: Options(providers=[one]),
    "mapping": lambda one: Options(providers={"mturk": one}),
    "beside a foreign one": lambda one: Options(provider=one, providers=[foreign()]),
    "parent's provider": lambda one: Options(parent=Component("outer", Options(provider=one))),
    "parent's list": lambda one: Options(parent=Component("outer", Options(providers=[foreign(), one]))),
    "parent's mapping": lambda one: Options(parent=Component("outer", Options(providers={"mturk": one}))),
    "nested": lambda one: Options(
        parent=Component("inner", Options(parent=Component("outer", Options(providers=[one]))))
    ),
    "nearer than a foreign one": lambda one: Options(
        parent=Component("inner", Options(providers=[foreign()], parent=Component("outer", Options(provider=one))))
    ),
    "nearer than another one": lambda one: Options(
        provider=one, parent=Component("outer", Options(providers=[mturk.Provider("farther")]))
    ),
    "parent of ours": lambda one: Options(
        parent=mturk.QualificationType("outer", description="Took part.", opts=Options(provider=one))
    ),
}
CLASSES: dict[str, Callable[[str, Options], MturkResource]] = {
    "QualificationType": lambda name, opts: mturk.QualificationType(name, description="Took part.", opts=opts),
    "HITType": lambda name, opts: mturk.HITType(
        name, title="A task", description="A task.", reward="0.10", assignment_duration_in_seconds=60, opts=opts
    ),
    "QualificationGrant": lambda name, opts: mturk.QualificationGrant(
        name, qualification_type_id="3EXAMPLE", worker_id="A1EXAMPLE", opts=opts
    ),
    "QualificationRoster": lambda name, opts: mturk.QualificationRoster(
        name, qualification_type_id="3EXAMPLE", workers=["A1EXAMPLE"], opts=opts
    ),
    "WorkerBlock": lambda name, opts: mturk.WorkerBlock(name, worker_id="A1EXAMPLE", reason="Spam.", opts=opts),
}


@pytest.mark.parametrize("way", GIVEN)
def test_a_provider_is_what_pulumi_resolves(way: str) -> None:
    """The SDK's own resolution registers it: of a type whose package is ours it sends the same provider."""

    def program() -> None:
        a_type(GIVEN[way](ours()))

    assert run(program)["tier"] == (f"{PLUGIN}QualificationType", "ours")


@pytest.mark.parametrize("token", REGISTRY)
def test_each_class_goes_through_the_plugin_with_one_and_without_it_does_not(token: str) -> None:
    def program() -> None:
        CLASSES[token]("explicit", Options(provider=ours()))
        CLASSES[token]("dynamic", Options())

    found = run(program)
    assert found["explicit"] == (f"{PLUGIN}{token}", "ours")
    assert found["dynamic"] == (f"{DYNAMIC}{token}", "")


def test_what_is_looked_up_goes_the_same_way() -> None:
    def program() -> None:
        mturk.QualificationType.get("explicit", "3EXAMPLE", opts=Options(provider=ours()))
        mturk.QualificationType.get("dynamic", "3EXAMPLE")

    found = run(program)
    assert found["explicit"] == (f"{PLUGIN}QualificationType", "ours")
    assert found["dynamic"] == (f"{DYNAMIC}QualificationType", "")


@pytest.mark.parametrize("opts", [lambda one: Options(provider=one), lambda one: Options(providers=[foreign(), one])])
def test_an_exclusion_hands_its_provider_to_its_type_and_its_list(opts: Callable[[mturk.Provider], Options]) -> None:
    registered: list[MturkResource] = []

    def program() -> None:
        past = mturk.WorkerExclusion("past", workers=["A1EXAMPLE"], opts=opts(ours()))
        registered.extend(child for child in past._childResources if isinstance(child, MturkResource))
        assert past.route.plugin

    run(program)
    assert {type(child).__name__ for child in registered} == {"QualificationType", "QualificationRoster"}
    assert all(child.route.provider is not None for child in registered)


def test_a_provider_of_another_package_in_a_component_is_no_concern() -> None:
    def program() -> None:
        a_type(Options(parent=Component("outer", Options(providers=[foreign()]))))
        mturk.WorkerExclusion("past", workers=["A1EXAMPLE"], opts=Options(providers={"aws": foreign("aws")}))

    found = run(program)
    assert found["tier"] == (f"{DYNAMIC}QualificationType", "")
    assert found["past"] == (f"{DYNAMIC}QualificationRoster", "")


def test_a_plain_provider_of_the_package_is_taken_too() -> None:
    def program() -> None:
        a_type(Options(provider=pulumi.ProviderResource("mturk", "ours", {"environment": "sandbox"})))

    assert run(program)["tier"] == (f"{PLUGIN}QualificationType", "ours")


@pytest.mark.parametrize("by", ["provider", "list", "parent's list"])
def test_the_rules_of_a_lab_reach_every_provider_or_it_is_refused(by: str) -> None:
    rules = '[{"id": "quiet", "noBlocks": true}]'

    def plain() -> None:
        a_type(GIVEN[by](pulumi.ProviderResource("mturk", "plain", {"require": rules})))  # type: ignore[arg-type]

    with pytest.raises(InvalidInputError, match=form.PROVIDER_WITHOUT_LAB_RULES.code):
        run(plain, require=rules)
    assert run(plain)["tier"][1] == "plain"
    assert run(lambda: a_type(GIVEN[by](ours())), require=rules)["tier"][1] == "ours"


@pytest.mark.parametrize(
    ("opts", "path"),
    [
        (lambda: Options(provider=foreign()), "opts.provider"),
        (lambda: Options(provider=foreign("pulumi-python")), "opts.provider"),
        (lambda: Options(provider=mturk.Provider), "opts.provider"),  # type: ignore[arg-type]
        (lambda: Options(provider="ours"), "opts.provider"),  # type: ignore[arg-type]
        (lambda: Options(providers=[ours(), mturk.Provider("other")]), "opts.providers"),
        (lambda: Options(providers={"aws": ours()}), "opts.providers"),
        (lambda: Options(providers={"mturk": foreign()}), "opts.providers"),
        (lambda: Options(providers=[foreign("pulumi-python")]), "opts.providers"),
        (lambda: Options(provider=ours(), providers=[mturk.Provider("other")]), "opts.providers"),
        (
            lambda: Options(parent=Component("outer", Options(providers=[foreign("pulumi-python")]))),
            "the provider of opts.parent",
        ),
    ],
)
@pytest.mark.parametrize("make", [a_type, lambda opts: mturk.WorkerExclusion("past", workers=[], opts=opts)])
def test_a_provider_that_pulumi_would_ignore_is_refused(
    make: Callable[[Options], object], opts: Callable[[], Options], path: str
) -> None:
    refused: list[InvalidInputError] = []

    def program() -> None:
        given = opts()
        with pytest.raises(InvalidInputError) as error:
            make(given)
        refused.append(error.value)

    found = run(program)
    assert "tier" not in found
    assert "past" not in found
    (diagnostic,) = refused[0].diagnostics
    assert (diagnostic.code, diagnostic.path) == ("MT010", path)


def late(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult:
    opts = Options.merge(args.opts, Options(provider=mturk.Provider("late")))
    return pulumi.ResourceTransformationResult(args.props, opts)


@pytest.mark.parametrize("plugin", ["true", "false"])
@pytest.mark.parametrize(
    "opts",
    [
        lambda: Options(transformations=[late]),
        lambda: Options(parent=Component("outer", Options(transformations=[_of_tier]))),
        lambda: Options(transformations=[late], provider=ours()),
    ],
)
def test_a_provider_that_comes_by_a_transformation_is_refused(opts: Callable[[], Options], plugin: str) -> None:
    refused: list[str] = []

    def program() -> None:
        with pytest.raises(InvalidInputError) as error:
            a_type(opts())
        refused.extend(found.code for found in error.value.diagnostics)

    found = run(program, plugin=plugin)
    assert refused == ["MT010"]
    assert "tier" not in found


def _of_tier(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
    return late(args) if args.name == "tier" else None


def test_a_transformation_of_a_component_is_in_time() -> None:
    def of_component(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        return late(args) if args.type_ == "lab:index:Component" else None

    def program() -> None:
        a_type(Options(parent=Component("outer", Options(transformations=[of_component]))))

    assert run(program)["tier"] == (f"{PLUGIN}QualificationType", "late")


def test_the_configuration_moves_a_whole_stack() -> None:
    def program() -> None:
        a_type()
        mturk.WorkerBlock("spam", worker_id="A1EXAMPLE", reason="Spam.", opts=Options(provider=ours()))

    found = run(program, plugin="true")
    assert found["tier"] == (f"{PLUGIN}QualificationType", "")
    assert found["spam"] == (f"{PLUGIN}WorkerBlock", "ours")


@pytest.mark.parametrize("plugin", ["true", "false"])
@pytest.mark.parametrize("in_component", [False, True])
def test_a_resource_is_known_by_the_urn_that_the_other_shell_gives_it(in_component: bool, plugin: str) -> None:
    other = f"{DYNAMIC if plugin == 'true' else PLUGIN}QualificationType"
    found: list[list[str]] = []

    def program() -> object:
        parent = Component("lab") if in_component else None
        kind = a_type(Options(parent=parent))
        by_pulumi = collapse_alias_to_urn(pulumi.Alias(type_=other), "tier", kind.pulumi_resource_type, parent)
        return pulumi.Output.all(by_pulumi, *kind._aliases).apply(found.append)

    run(program, plugin=plugin)
    ((expected, alias),) = found
    assert alias == expected
    assert alias.endswith(f"{other}::tier")


@pytest.mark.parametrize(
    "text",
    ["true", "True", " TRUE ", "1", "yes", "on", "t", "y", "false", "0", "no", "off", "f", "n", "", "maybe", "2"],
)
def test_a_program_reads_the_key_as_the_provider_does(text: str) -> None:
    seen: list[bool] = []
    run(lambda: seen.append(is_moved_to_plugin()), plugin=text)
    try:
        expected = Configuration.from_config({"mturk:plugin": text}).plugin
    except ConfigurationError:
        expected = False  # told by the provider
    assert seen == [expected]


def test_what_the_plugin_puts_together_is_its_own() -> None:
    def program() -> None:
        with in_plugin({}):
            a_type()
        mturk.WorkerBlock("spam", worker_id="A1EXAMPLE", reason="Spam.")

    found = run(program)
    assert found["tier"][0] == f"{PLUGIN}QualificationType"
    assert found["spam"][0] == f"{DYNAMIC}WorkerBlock"


def test_providers_and_parents_from_outside_of_a_component_have_no_names() -> None:
    """So the SDK hands them to a component that the plugin puts together."""

    def program() -> None:
        pulumi.runtime.set_all_config({"mturk:require": '[{"id": "no-mail", "noMail": true}]'})
        provider = DependencyProviderResource("urn:pulumi:test::test::pulumi:providers:mturk::ours::id")
        parent = DependencyResource("urn:pulumi:test::test::lab:index:Outer::outer")
        outside = Options(provider=provider, parent=parent, protect=False)
        with in_plugin({"environment": "sandbox"}):
            past = mturk.WorkerExclusion("past", workers=["A1EXAMPLE"], opts=outside)
            mturk.WorkerBlock("spam", worker_id="A1EXAMPLE", reason="Spam.", opts=outside)
            # What the plugin knows of its provider decides whether grants go with their type.
            assert past.route.setting("environment") == "sandbox"
            assert isinstance(past.route.setting("profile"), Unknown)

    assert run(program)["past"] == (f"{PLUGIN}QualificationRoster", "ours")


@pytest.mark.parametrize(
    "make",
    [*CLASSES.values(), lambda name, opts: mturk.WorkerExclusion(name, workers=["A1EXAMPLE"], opts=opts)],
    ids=[*CLASSES, "WorkerExclusion"],
)
def test_an_import_needs_the_plugin(make: Callable[[str, Options], object]) -> None:
    with pytest.raises(InvalidInputError, match=r"plugin|component") as refused:
        make("old", Options(import_="3EXAMPLE"))
    (found,) = refused.value.diagnostics
    assert (found.code, found.path) == ("MT009", "opts.import_")


def test_with_the_plugin_an_import_is_let_through() -> None:
    assert run(lambda: a_type(Options(import_="3EXAMPLE")), plugin="true")["tier"][0] == f"{PLUGIN}QualificationType"
