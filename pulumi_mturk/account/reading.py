"""What an account has: its own qualification types, their holders, the HIT types of open HITs, and blocks.

Each is looked at as an import does, and checked as the program that declares it will be: what no program could have
for unchanged is left out, with the reason. Nothing is changed.
"""

import fnmatch
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pulumi_mturk.account.names import Names
from pulumi_mturk.api.concurrency import run_concurrently
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.text import listed
from pulumi_mturk.common.worker_ids import contains_worker_id, redact
from pulumi_mturk.provider import importing, lifecycle
from pulumi_mturk.provider.lifecycle import AnyResource, Context
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.provider.progress import Progress
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.resources.hit_removal import standing

if TYPE_CHECKING:
    from pulumi_mturk.provider.instance import ProviderInstance

TYPE, HIT_TYPE, ROSTER, BLOCK = "QualificationType", "HITType", "QualificationRoster", "WorkerBlock"
# Inputs that `check` adds: a program says nothing of them.
_ADDED = (Mark.PIN, Mark.DERIVED, Mark.TRIGGER)


@dataclass(frozen=True)
class Thing:
    """Something in the account that is to be a resource."""

    token: str
    name: str
    """Of the resource to be."""
    import_id: str = field(repr=False)
    called: str = ""
    """What people call it: the name of a type, the title of a HIT type."""


@dataclass(frozen=True)
class Found:
    """A resource of the program to be, and its inputs there: what is not the default."""

    thing: Thing
    inputs: Mapping[str, Any] = field(repr=False)
    id: str
    has_mark: bool = False
    """Of a type: whether a stack has made it."""

    @property
    def public_texts_with_workers(self) -> list[str]:
        """The inputs that a program shows to whoever reads it, and in which a worker's id seems to stand."""
        # An id of a type may begin with an A, and names nobody.
        others = REGISTRY[self.thing.token].args.keys_marked(Mark.SECRET) | {"qualificationTypeId"}
        texts = {name: value for name, value in self.inputs.items() if isinstance(value, str) and name not in others}
        return [name for name, text in texts.items() if contains_worker_id(text)]


@dataclass
class Account:
    """What was found, and what of it the program can't have, with the reason."""

    environment: Environment
    types: list[Found] = field(default_factory=list)
    hit_types: list[Found] = field(default_factory=list)
    rosters: list[Found] = field(default_factory=list)
    blocks: list[Found] = field(default_factory=list)
    left_out: list[tuple[Thing, str]] = field(default_factory=list)
    unlisted: dict[str, str] = field(default_factory=dict)
    """Ids of types whose holders come by themselves, and how many these are, in words: there is no list of them."""

    @property
    def resources(self) -> list[Found]:
        """All that the program has, in its order."""
        return [*self.types, *self.rosters, *self.hit_types, *self.blocks]


class _UnwritableError(MturkError):
    """No program could have it for unchanged."""


def read(provider: "ProviderInstance", match: str | None, report: Callable[[str], None]) -> Account:
    """Look at the account. With `match`, at types of such names and HIT types of such titles, and at no block.

    Raises MturkError where a listing fails. `report` is told how far it is, about once a second.
    """
    client, account = provider.client, Account(provider.configuration.environment)

    def wanted(text: str) -> bool:
        return match is None or fnmatch.fnmatchcase(text.casefold(), match.casefold())

    def look(things: Iterable[Thing], what: str) -> list[Found]:
        return _look(provider, list(things), what, account, report)

    names = Names()
    types = [live for live in client.list_own_qualification_types() if wanted(live.name)]
    types.sort(key=lambda live: (live.creation_time, live.name))
    account.types = look(
        (Thing(TYPE, names.new(live.name, "type"), live.qualification_type_id, live.name) for live in types),
        "types read",
    )
    lists = look(_lists(provider, account), "lists read")
    account.rosters = [found for found in lists if found.inputs["workers"]]
    hits = {hit.hit_type_id: hit for hit in client.list_hits() if standing(hit) in ("open", "under way")}
    names = Names()
    account.hit_types = look(
        (
            Thing(HIT_TYPE, names.new(hit.title, "task"), f"hit:{hit.hit_id}", hit.title)
            for hit in hits.values()
            if wanted(hit.title)
        ),
        "HIT types read",
    )
    if match is None:
        blocked = client.list_worker_blocks()
        account.blocks = look(
            (Thing(BLOCK, f"block-{number}", worker) for number, worker in enumerate(blocked, 1)), "blocks read"
        )
    return account


def _lists(provider: "ProviderInstance", account: Account) -> Iterable[Thing]:
    """The lists of those who hold a type, where nobody gets it but by a grant."""
    for found in account.types:
        if "test" not in found.inputs and not found.inputs.get("autoGranted"):
            yield Thing(ROSTER, f"{found.thing.name}-holders", found.id, found.thing.called)
            continue
        number, more = provider.client.count_holders(found.id)
        if number:
            account.unlisted[found.id] = f"{number:,}{' or more' if more else ''}"


def _look(
    provider: "ProviderInstance", things: list[Thing], what: str, account: Account, report: Callable[[str], None]
) -> list[Found]:
    progress = Progress(what, len(things), report)
    found: dict[Thing, Found] = {}

    def one(thing: Thing) -> Found:
        return _as_written(provider, thing, report)

    for thing, outcome in run_concurrently(things, one, threads=provider.client.threads):
        progress.step(failed=isinstance(outcome, MturkError))
        if isinstance(outcome, MturkError):
            account.left_out.append((thing, redact(str(outcome))))
        else:
            found[thing] = outcome
    return [found[thing] for thing in things if thing in found]


def _as_written(provider: "ProviderInstance", thing: Thing, report: Callable[[str], None]) -> Found:
    """Import it in thought, and check what a program would say of it. Raises MturkError."""
    resource = REGISTRY[thing.token]
    urn = f"urn:pulumi:adopt::adopt::mturk:index:{thing.token}::{thing.name}"
    context = Context(provider, urn, thing.name, progress=report)
    imported = importing.import_(resource, context, thing.import_id)
    inputs = _inputs(resource, imported.inputs)
    checked = lifecycle.check(resource, context, imported.inputs, inputs)
    if checked.failures:
        raise _UnwritableError("; ".join(checked.failures))
    if changed := lifecycle.diff(resource, imported.outputs, checked.inputs).changed:
        raise _UnwritableError(f"a program would change its {listed(changed)}")
    return Found(thing, inputs, imported.id, has_mark="mark" in imported.outputs)


def _inputs(resource: AnyResource, imported: Mapping[str, Any]) -> dict[str, Any]:
    """What a program says: the imported inputs without those that are added, and without defaults."""
    fields, parsed = resource.args.model_fields, resource.args.parsed()
    added = frozenset[str]().union(*(resource.args.marked(mark) for mark in _ADDED))
    inputs = {}
    for name, info in fields.items():
        value = imported.get(str(info.alias))
        default = parsed[name].plain(info.default) if name in parsed and not info.is_required() else info.default
        if name not in added and value is not None and value != default:
            inputs[str(info.alias)] = value
    return inputs
