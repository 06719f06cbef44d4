"""What Pulumi asks of a resource, once for all resources: check, diff, create, read, update and delete.

No Pulumi in here and no dict below: `dynamic` hands in plain dicts, the resources work with their models.

- `check` validates and canonicalises what the program says, adds what a reviewer needs, and pins the environment.
- `diff` is a pure comparison: it never calls, never raises, and works with its sides swapped, as a refresh does.
- The others verify the pin before any call, then leave the work to the resource.
"""

import abc
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from pulumi_mturk.errors import EnvironmentMismatchError, InvalidInputError, NotFoundError, holds_worker_id
from pulumi_mturk.model import Args, Finding, Findings, Later, Mark, is_known
from pulumi_mturk.settings import Settings, host_of

if TYPE_CHECKING:
    from pulumi_mturk.client import Client

A = TypeVar("A", bound=Args)
S = TypeVar("S", bound=Args)


class Session:
    """What the resources of one provider process share: the settings, the client, and what was seen so far."""

    def __init__(
        self, settings: Settings, client: "Callable[[], Client]", database_id: Callable[[bool], str] | None = None
    ) -> None:
        """`database_id(create)` gives the identity of the embedded marketplace's database, where that is the place."""
        self.settings = settings
        self._make_client = client
        self._database_id = database_id
        self._client: Client | None = None
        self._blocks: dict[str, str] | None = None
        self.lock = threading.Lock()
        # URN -> whether the program says force_destroy: the state has it only once the update is done.
        self.forced: dict[str, bool] = {}
        # What can be held once only -> the URN of the resource of this program that holds it.
        self._claims: dict[tuple[str, ...], str] = {}
        # Ids of the qualification types by which the program keeps people out.
        self.exclusions: set[str] = set()

    @property
    def client(self) -> "Client":
        """The API; made at the first call, so that a run without calls needs neither boto3 nor credentials."""
        with self.lock:
            if self._client is None:
                self._client = self._make_client()
            return self._client

    def place(self, *, create: bool) -> str:
        """What tells this place from others: a host, or the id of the embedded marketplace's database."""
        return self._database_id(create) if self._database_id is not None else self.settings.host

    def blocks(self) -> dict[str, str]:
        """All blocks of the account. MTurk can only list them: one listing serves every block of a refresh."""
        client = self.client
        with self.lock:
            if self._blocks is None:
                self._blocks = client.list_worker_blocks()
            return self._blocks

    def forget_blocks(self) -> None:
        """A block was made, changed or lifted: who reads one from now on needs another listing."""
        with self.lock:
            self._blocks = None

    def claim(self, urn: str, *key: str) -> str | None:
        """Take something that one resource alone can hold; the name of the one that has it already."""
        with self.lock:
            holder = self._claims.setdefault(key, urn)
        return None if holder == urn else holder.rpartition("::")[2]

    def verify(self, recorded: Args) -> None:
        """Refuse to touch a resource that was made in another place than the configuration names."""
        pinned = (recorded.environment, recorded.endpoint_host)
        environment = self.settings.environment
        try:
            place = self.place(create=False)
        except EnvironmentMismatchError as error:
            raise EnvironmentMismatchError(f"{error} {_WAYS_OUT_LOCAL}") from None
        if pinned == (environment, place):
            return
        former = {host_of(address) for address in self.settings.former_endpoints}
        if pinned[0] == environment and pinned[1] in former:
            return
        what = "database" if self._database_id is not None else "endpoint"
        ways_out = _WAYS_OUT_LOCAL if environment == "local" == pinned[0] else _WAYS_OUT
        raise EnvironmentMismatchError(
            f"this resource was made in environment {pinned[0]} (at {pinned[1]}), but the configuration now means "
            f"{environment} ({what} {place}). Nothing was called and nothing changed. {ways_out}"
        )


# Without the program Pulumi hands over the configuration of its last run, even one that was refused.
_THEN_UP = "and run `pulumi up` (refresh and destroy go by what its last run was given)"
_WAYS_OUT = (
    f"Set mturk:environment and mturk:endpointUrl back {_THEN_UP}, or use another stack for the other place; if it is "
    "the same place under a new address, put the old one into mturk:formerEndpoints."
)
_WAYS_OUT_LOCAL = (
    f"Point mturk:localDatabase to the file that the stack was made with {_THEN_UP}; if that file is lost, so is what "
    "was in it: remove the stack with `pulumi stack rm --force` and start anew."
)


@dataclass
class Context:
    """One call: the session, which resource it is about, and how to tell the user something on its row."""

    session: Session
    urn: str = ""
    name: str = ""
    seed: bytes = b""
    warn: Callable[[str], None] = field(default=lambda message: None)

    @property
    def settings(self) -> Settings:
        """The stack's configuration."""
        return self.session.settings

    @property
    def client(self) -> "Client":
        """The API at the place that the configuration names."""
        return self.session.client


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
        """Make it: its Pulumi id and its state. At most one call that changes anything, as the last that can fail."""

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


def _name_findings(context: Context, args: Args) -> Findings:
    """A resource's name is part of its URN, which is public: no worker id in it."""
    worker_id = getattr(args, "worker_id", None)
    if holds_worker_id(context.name) or (is_known(worker_id) and worker_id in context.name):
        yield Finding(
            "", "the resource's name holds a worker id, and names are shown everywhere; use a name that tells its role"
        )


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
