"""What Pulumi asks of a resource, once for all resources: check, diff, create, read, update and delete.

No Pulumi in here and no dict below: `dynamic` hands in plain dicts, the resources work with their models.

- `check` validates and canonicalises what the program says, adds what a reviewer needs, and pins the environment.
- `diff` is a pure comparison: it never calls, never raises, and works with its sides swapped, as a refresh does.
- The others verify the pin before any call, then leave the work to the resource.
"""

import abc
import datetime
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pulumi_mturk.api.errors import NotFoundError
from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.errors import InvalidInputError, MturkError, refuse
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.input_findings import errors, name_findings, unused_acceptances
from pulumi_mturk.provider.instance import ProviderInstance
from pulumi_mturk.provider.model import Args, Mark
from pulumi_mturk.rules import configuration, form
from pulumi_mturk.rules.acceptance import judge, today_utc

if TYPE_CHECKING:
    from pulumi_mturk.api.client import Client

A = TypeVar("A", bound=Args)
S = TypeVar("S", bound=Args)

_LOOKUP_NEEDS = (
    "is needed to look it up (in YAML write it under `state:`, beside the id), or is not known before what it names is "
    "made: make that first, or use `pulumi up --skip-preview`"
)


def _ignore(_message: str) -> None:
    """No message is shown."""


@dataclass
class Context:
    """One call of the engine: the provider, the resource, how to show messages on its row, and when to end.

    `warn` and `info` are shown once per run, by `tell` alone; `progress` is shown only while the operation lasts.
    """

    provider: ProviderInstance
    urn: str = ""
    name: str = ""
    seed: bytes = b""
    warn: Callable[[str], None] = _ignore
    info: Callable[[str], None] = _ignore
    progress: Callable[[str], None] = _ignore
    timeout_seconds: float | None = None
    clock: Callable[[], float] = time.monotonic
    today: Callable[[], datetime.date] = today_utc

    def __post_init__(self) -> None:
        self.told: set[str] = set()
        self._end = None if self.timeout_seconds is None else self.clock() + self.timeout_seconds

    @property
    def configuration(self) -> Configuration:
        """The stack's configuration."""
        return self.provider.configuration

    @property
    def client(self) -> "Client":
        """The API client; it begins and repeats no call once this one is to end."""
        return self.provider.client.until(self.stopped)

    def tell(self, diagnostic: Diagnostic) -> None:
        """Show a warning or an information on the resource's row; a warning that is accepted is an information."""
        self.told.add(diagnostic.code)
        verdict = judge(self.configuration.accept, diagnostic, self.name, self.today())
        show = self.info if verdict.accepted or diagnostic.severity == "info" else self.warn
        show(verdict.text)

    def stopped(self) -> str | None:
        """Why no further call is to be begun (Ctrl-C, or the resource's custom timeout), or None."""
        if self.provider.cancelled.is_set():
            return "the run was interrupted"
        if self._end is not None and self.clock() >= self._end:
            return f"the custom timeout of {self.timeout_seconds:g} s is over"
        return None


class PartialError(MturkError):
    """An operation was carried out in part; `state` is what exists now.

    The engine saves that state, shows the reasons, and plans an update at the next run.
    """

    def __init__(self, resource_id: str, state: Args, reasons: Iterable[str]) -> None:
        self.resource_id = resource_id
        self.outputs = state.to_dict()
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))


@dataclass(frozen=True)
class Difference:
    """The fields whose value differs, and those of them for which a new object is needed."""

    changed: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


class Resource(abc.ABC, Generic[A, S]):
    """A kind of resource: its two models, and six short methods."""

    token: ClassVar[str]
    summary: ClassVar[str]
    import_id: ClassVar[str]
    """What it is imported by, in words."""
    import_names_worker: ClassVar[bool] = False
    """Whether the id to import it by has a worker's in it, so that a handle is better."""
    args: type[A]
    state: type[S]
    looked_up_by: ClassVar[tuple[str, ...]] = ()
    """The inputs that must be told of an existing one, beside its id, to look it up."""

    def normalize(self, context: Context, args: A, old: A | None) -> A:
        """Bring inputs into their canonical form, and fill in what the provider chooses."""
        return args

    def validate(self, context: Context, args: A) -> Diagnostics:
        """Errors and warnings about the inputs."""
        yield from ()

    def validate_new(self, context: Context, args: A) -> Diagnostics:
        """Errors and warnings about the inputs of what is to be made, a replacement too."""
        yield from ()

    def validate_change(self, context: Context, args: A, old: A, difference: Difference) -> Diagnostics:
        """Errors and warnings about a change of the inputs."""
        yield from ()

    def unkept(self, context: Context, args: A, old: A | None) -> Diagnostics:
        """The rules of the lab (`mturk:require`) that it does not keep; asked only of a stack that has some."""
        yield from ()

    def equal(self, name: str, old: A, new: A) -> bool:
        """Whether two values of a field mean the same."""
        return bool(getattr(old, name) == getattr(new, name))

    @abc.abstractmethod
    def create(self, context: Context, args: A) -> tuple[str, S]:
        """Make it: its Pulumi id and its state.

        At most one call that changes anything, as the last that can fail; what needs more raises `PartialError`.
        """

    @abc.abstractmethod
    def read(self, context: Context, resource_id: str, state: S) -> S | None:
        """Look at it; None when it is gone. `state` holds only inputs when an existing resource is looked up."""

    @abc.abstractmethod
    def find(self, context: Context, import_id: str) -> tuple[str, S] | None:
        """What exists and is to be imported: its Pulumi id, which holds no worker's, and its state; None if none does.

        The state has what `check` would add, too. Raises InvalidInputError for an id of another form. It only reads.
        """

    @abc.abstractmethod
    def update(self, context: Context, resource_id: str, state: S, args: A) -> S:
        """Change it in place."""

    @abc.abstractmethod
    def delete(self, context: Context, resource_id: str, state: S) -> None:
        """Remove it; already gone is success."""


AnyResource = Resource[Any, Any]


@dataclass(frozen=True)
class Checked:
    """The inputs to use, and the sentences that stop the plan."""

    inputs: dict[str, Any]
    failures: list[str]


def check(resource: AnyResource, context: Context, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Checked:
    """Validate and canonicalise the program's inputs. `olds` are the old inputs, empty for a new resource."""
    context.provider.declare(context.urn, anew=not olds)
    args = resource.args.parse(news)
    if isinstance(args, list):
        return Checked(dict(news), errors(args))
    old = resource.args.load(olds) if olds else None
    if old is not None:
        context.provider.verify_pin(old)
    diagnostics = [*name_findings(context.name, getattr(args, "worker_id", None)), *resource.validate(context, args)]
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return Checked(dict(news), errors(diagnostics))
    args = resource.normalize(context, args, old).replace(
        environment=context.configuration.environment, endpoint_host=context.provider.endpoint_id(create=old is None)
    )
    if old is None:
        diagnostics += resource.validate_new(context, args)
    else:
        difference = compare(resource, old, args)
        if not difference.changed:
            # A newer version may word these differently: that alone is no change to show.
            args = args.replace(**{name: getattr(old, name) for name in args.marked(Mark.DERIVED)})
        diagnostics += resource.validate_change(context, args, old, difference)
        lost = context.provider.ownership.lost_members(context.urn)
        args = args.replace(
            **{name: secrets.token_hex(4) if lost else getattr(old, name) for name in args.marked(Mark.TRIGGER)}
        )
    # What `pulumi import` has found is checked as it was found, and there is no program yet that could keep the rules.
    broken = [] if olds and dict(news) == dict(olds) else _unkept(resource, context, args, old)
    if os.environ.get(REPORT_VARIABLE) == "report":
        diagnostics += broken
        broken = []
    failures = [*errors(diagnostics), *map(str, broken)]
    if not failures:
        for diagnostic in [*diagnostics, *_unused_acceptances(context, news, diagnostics, old)]:
            context.tell(diagnostic)
    return Checked(args.to_dict(), failures)


# A review judges the rules of the lab by itself, and sets this to "report" for the preview that it runs: a refusal
# would cost it the rest of the plan. What `pulumi up` carries out is refused all the same.
REPORT_VARIABLE = "PULUMI_MTURK_REQUIRE"


def _unused_acceptances(
    context: Context, inputs: Mapping[str, Any], found: Iterable[Diagnostic], old: Args | None
) -> Diagnostics:
    fired = context.told | {diagnostic.code for diagnostic in found}
    looked_at = {"check"} if old is None else {"check", "change"}
    return unused_acceptances(context.configuration.accept, context.name, inputs, fired, looked_at)


def _unkept(resource: AnyResource, context: Context, args: Args, old: Args | None) -> list[Diagnostic]:
    return list(resource.unkept(context, args, old)) if context.configuration.require else []


def _refuse_unkept(resource: AnyResource, context: Context, args: Args, old: Args | None = None) -> None:
    if broken := _unkept(resource, context, args, old):
        raise InvalidInputError(*broken)


def compare(resource: AnyResource, old: Args, new: Args) -> Difference:
    """Which fields differ, by the marks alone."""
    args = resource.args
    ignored = args.marked(Mark.DIRECTIVE) | args.marked(Mark.DERIVED) | args.marked(Mark.PIN)
    always, removed = args.marked(Mark.REPLACES), args.marked(Mark.REPLACES_WHEN_REMOVED)
    ignored |= {name for name in args.marked(Mark.KEPT) if getattr(old, name) is None or getattr(new, name) is None}
    changed, replaces = [], []
    for name in args.model_fields:
        if name in ignored or resource.equal(name, old, new):
            continue
        changed.append(name)
        if name in always or (name in removed and getattr(new, name) is None):
            replaces.append(name)
    return Difference(tuple(changed), tuple(replaces))


def diff(resource: AnyResource, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Difference:
    """Compare recorded outputs with checked inputs, or, in a refresh, the other way round."""
    keys = resource.args.keys()
    before, after = ({key: value for key, value in side.items() if key in keys} for side in (olds, news))
    if before == after:
        return Difference()  # as most are: what is written in one way need not be read to be the same
    return compare(resource, resource.args.load(olds), resource.args.load(news))


def create(resource: AnyResource, context: Context, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Make the resource: its id and outputs, in which every input is repeated."""
    args = _checked(resource, inputs)
    context.provider.verify_pin(args)
    _refuse_unkept(resource, context, args)
    resource_id, state = resource.create(context, args)
    context.provider.ownership.restored(context.urn)
    return resource_id, state.to_dict()


@dataclass(frozen=True)
class Found:
    """What a read saw: the outputs, and the inputs that a program would have to hold for no change."""

    outputs: dict[str, Any]
    inputs: dict[str, Any]


def read(
    resource: AnyResource, context: Context, resource_id: str, recorded: Mapping[str, Any], inputs: Mapping[str, Any]
) -> Found | None:
    """Look at the resource; None when it is gone. One that a program asks for by `get` must be there."""
    state = _recorded(resource, recorded, inputs)
    lookup = state.environment is None
    if lookup:
        _refuse_lookup(resource, recorded)
    else:
        context.provider.verify_pin(state)
    found = resource.read(context, resource_id, state)
    if found is None:
        if lookup:
            missing = configuration.NOTHING_TO_LOOK_UP.at(
                "",
                f"there is no such {resource.token} in environment {context.configuration.environment}; "
                "look up one that exists, or declare it",
            )
            raise NotFoundError(str(missing))
        return None
    outputs = pinned(context, found).to_dict()
    keys = resource.args.keys()
    if not lookup:
        keys -= resource.args.keys_marked(Mark.KEPT) - inputs.keys()
    return Found(outputs, {key: value for key, value in outputs.items() if key in keys})


def _refuse_lookup(resource: AnyResource, told: Mapping[str, Any]) -> None:
    """Raise InvalidInputError for what can't say which one is to be looked up: no `check` has seen it."""
    names = {str(resource.args.model_fields[name].alias) for name in resource.looked_up_by}
    given = {name: value for name, value in told.items() if name in names and value is not None}
    args: Args | list[Diagnostic] = resource.args.parse(given)
    wrong = args if isinstance(args, list) else []
    # A look-up has not all that is required to make one; of what is not known yet the engine hands on nothing.
    refuse(
        form.MISSING.at(found.path, _LOOKUP_NEEDS) if found.path in names - given.keys() else found
        for found in wrong
        if re.split(r"[.\[]", found.path)[0] in names
    )


def pinned(context: Context, state: A) -> A:
    """A state that was read where the configuration says."""
    return state.replace(
        environment=context.configuration.environment, endpoint_host=context.provider.endpoint_id(create=False)
    )


def update(
    resource: AnyResource, context: Context, resource_id: str, olds: Mapping[str, Any], news: Mapping[str, Any]
) -> dict[str, Any]:
    """Change the resource in place: its new outputs."""
    state = resource.state.load(olds)
    context.provider.verify_pin(state)
    args = _checked(resource, news)
    _refuse_unkept(resource, context, args, state)
    outputs: dict[str, Any] = resource.update(context, resource_id, state, args).to_dict()
    context.provider.ownership.restored(context.urn)
    return outputs


def rewrite(
    resource: AnyResource, context: Context, olds: Mapping[str, Any], news: Mapping[str, Any]
) -> dict[str, Any]:
    """The outputs of a resource that is as it should be, in the form that this version writes. It makes no call."""
    context.provider.verify_pin(resource.state.load(olds))
    state: Args = resource.state.load({**olds, **_checked(resource, news).to_dict()})
    return state.to_dict()


def delete(
    resource: AnyResource, context: Context, resource_id: str, recorded: Mapping[str, Any], inputs: Mapping[str, Any]
) -> None:
    """Remove the resource."""
    state = _recorded(resource, recorded, inputs)
    context.provider.verify_pin(state)
    resource.delete(context, resource_id, state)


def published(resource: AnyResource, values: Mapping[str, Any]) -> dict[str, Any]:
    """Checked inputs or outputs as the package schema has them, which is how the plugin's state holds them.

    The other functions take inputs and states in this form, and in that of the dynamic providers.
    """
    found: dict[str, Any] = resource.state.as_published(values)
    return found


def _recorded(resource: AnyResource, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Args:
    """The state, with directives as the program last gave them: a change of these alone renews the inputs only."""
    directives = resource.args.keys_marked(Mark.DIRECTIVE)
    kept = {key: value for key, value in outputs.items() if key not in directives}
    state: Args = resource.state.load({**kept, **{key: inputs[key] for key in directives & inputs.keys()}})
    return state


def _checked(resource: AnyResource, inputs: Mapping[str, Any]) -> Args:
    args: Args | list[Diagnostic] = resource.args.parse(inputs)
    if isinstance(args, list):
        raise InvalidInputError(*args)
    if any(isinstance(value, Unknown) for value in inputs.values()):
        raise InvalidInputError(
            configuration.STILL_UNKNOWN.at("", "a value is still unknown when the resource is to be made")
        )
    return args
