"""What Pulumi asks of a resource, once for all resources: check, diff, create, read, update and delete.

No Pulumi in here and no dict below: `dynamic` hands in plain dicts, the resources work with their models.

- `check` validates and canonicalises what the program says, adds what a reviewer needs, and pins the environment.
- `diff` is a pure comparison: it never calls, never raises, and works with its sides swapped, as a refresh does.
- The others verify the pin before any call, then leave the work to the resource.
"""

import abc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pulumi_mturk.errors import InvalidInputError, MturkError, NotFoundError, holds_worker_id
from pulumi_mturk.model import Args, Finding, Findings, Later, Mark, is_known
from pulumi_mturk.session import Session
from pulumi_mturk.settings import Settings

if TYPE_CHECKING:
    from pulumi_mturk.client import Client

A = TypeVar("A", bound=Args)
S = TypeVar("S", bound=Args)


def _unheard(_message: str) -> None:
    """Where nobody listens."""


@dataclass
class Context:
    """One call: the session, which resource it is about, how to tell the user something on its row, when to end.

    `warn` and `info` are said once in a run; `progress` is shown while it lasts and never repeated.
    """

    session: Session
    urn: str = ""
    name: str = ""
    seed: bytes = b""
    warn: Callable[[str], None] = _unheard
    info: Callable[[str], None] = _unheard
    progress: Callable[[str], None] = _unheard
    timeout_seconds: float | None = None
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._end = None if self.timeout_seconds is None else self.clock() + self.timeout_seconds

    @property
    def settings(self) -> Settings:
        """The stack's configuration."""
        return self.session.settings

    @property
    def client(self) -> "Client":
        """The API at the place that the configuration names; it repeats no call after this one is to end."""
        return self.session.client.until(lambda: self.stopped() is not None)

    def stopped(self) -> str | None:
        """Why nothing more is to be begun, if so: Ctrl-C, or the resource's custom timeout."""
        if self.session.cancelled.is_set():
            return "the run was interrupted"
        if self._end is not None and self.clock() >= self._end:
            return f"the custom timeout of {self.timeout_seconds:g} s is over"
        return None


class PartialError(MturkError):
    """Something was done, and not all: the state says how far it came, so that nothing is forgotten.

    The engine keeps this state, shows the reasons, and plans an update the next time.
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
    """A kind of resource: its two models, and five short methods."""

    token: ClassVar[str]
    summary: ClassVar[str]
    args: type[A]
    state: type[S]

    def prepare(self, context: Context, args: A, old: A | None) -> A:
        """Canonicalise inputs and fill what is ours to choose."""
        return args

    def findings(self, context: Context, args: A) -> Findings:
        """What is wrong, or worth a warning, in the inputs as they stand."""
        yield from ()

    def review(self, context: Context, args: A, old: A, difference: Difference) -> Findings:
        """What is wrong, or worth a warning, in a change."""
        yield from ()

    def same(self, name: str, old: A, new: A) -> bool:
        """Whether a field means the same on both sides."""
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
    args = resource.args.parse(news)
    if isinstance(args, list):
        return Checked(dict(news), [str(finding) for finding in args])
    old = resource.args.load(olds) if olds else None
    if old is not None:
        context.session.verify(old)
    findings = [*_name_findings(context, args), *resource.findings(context, args)]
    if any(finding.severity == "error" for finding in findings):
        return Checked(dict(news), _errors(findings))
    args = resource.prepare(context, args, old).replace(
        environment=context.settings.environment, endpoint_host=context.session.place(create=old is None)
    )
    if old is not None:
        difference = compare(resource, old, args)
        if not difference.changed:
            # Words that a newer version would choose differently are no reason to show a change.
            args = args.replace(**{name: getattr(old, name) for name in args.marked(Mark.DERIVED)})
        findings += resource.review(context, args, old, difference)
    failures = _errors(findings)
    if not failures:
        for finding in findings:
            context.warn(str(finding))
    return Checked(args.to_dict(), failures)


def _errors(findings: Iterable[Finding]) -> list[str]:
    return [str(finding) for finding in findings if finding.severity == "error"]


NAMED_AFTER_A_WORKER = Finding(
    "", "the resource's name holds a worker id, and names are shown everywhere; use a name that tells its role"
)


def _name_findings(context: Context, args: Args) -> Findings:
    """A resource's name is part of its URN, which is public: no worker id in it."""
    worker_id = getattr(args, "worker_id", None)
    if holds_worker_id(context.name) or (is_known(worker_id) and worker_id in context.name):
        yield NAMED_AFTER_A_WORKER


def compare(resource: AnyResource, old: Args, new: Args) -> Difference:
    """Which fields differ, by the marks alone."""
    args = resource.args
    ignored = args.marked(Mark.DIRECTIVE) | args.marked(Mark.DERIVED) | args.marked(Mark.PIN)
    always, removed = args.marked(Mark.REPLACES), args.marked(Mark.REPLACES_WHEN_REMOVED)
    changed, replaces = [], []
    for name in args.model_fields:
        if name in ignored or resource.same(name, old, new):
            continue
        changed.append(name)
        if name in always or (name in removed and getattr(new, name) is None):
            replaces.append(name)
    return Difference(tuple(changed), tuple(replaces))


def diff(resource: AnyResource, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Difference:
    """Compare recorded outputs with checked inputs, or, in a refresh, the other way round."""
    return compare(resource, resource.args.load(olds), resource.args.load(news))


def create(resource: AnyResource, context: Context, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Make the resource: its id and outputs, in which every input is repeated."""
    args = _checked(resource, inputs)
    context.session.verify(args)
    resource_id, state = resource.create(context, args)
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
    if not lookup:
        context.session.verify(state)
    found = resource.read(context, resource_id, state)
    if found is None:
        if lookup:
            raise NotFoundError(
                f"there is no such {resource.token} in environment {context.settings.environment}; "
                "look up one that exists, or declare it"
            )
        return None
    found = found.replace(environment=context.settings.environment, endpoint_host=context.session.place(create=False))
    outputs = found.to_dict()
    names = {info.alias for info in resource.args.model_fields.values()}
    return Found(outputs, {key: value for key, value in outputs.items() if key in names})


def update(
    resource: AnyResource, context: Context, resource_id: str, olds: Mapping[str, Any], news: Mapping[str, Any]
) -> dict[str, Any]:
    """Change the resource in place: its new outputs."""
    state = resource.state.load(olds)
    context.session.verify(state)
    outputs: dict[str, Any] = resource.update(context, resource_id, state, _checked(resource, news)).to_dict()
    return outputs


def delete(
    resource: AnyResource, context: Context, resource_id: str, recorded: Mapping[str, Any], inputs: Mapping[str, Any]
) -> None:
    """Remove the resource."""
    state = _recorded(resource, recorded, inputs)
    context.session.verify(state)
    resource.delete(context, resource_id, state)


def _recorded(resource: AnyResource, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Args:
    """The state, with directives as the program last gave them: a change of these alone renews the inputs only."""
    aliases = {resource.args.model_fields[name].alias for name in resource.args.marked(Mark.DIRECTIVE)}
    kept = {key: value for key, value in outputs.items() if key not in aliases}
    state: Args = resource.state.load({**kept, **{key: inputs[key] for key in aliases & inputs.keys()}})
    return state


def _checked(resource: AnyResource, inputs: Mapping[str, Any]) -> Args:
    args: Args | list[Finding] = resource.args.parse(inputs)
    if isinstance(args, list):
        raise InvalidInputError("; ".join(str(finding) for finding in args))
    if any(isinstance(value, Later) for value in inputs.values()):
        raise InvalidInputError("a value is still unknown when the resource is to be made")
    return args
