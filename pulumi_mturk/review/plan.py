"""A plan, as `pulumi preview --json` tells it: what would become of each resource. `plan_forms` reads one.

Secrets and values that are not known yet are `Hidden`: they are told apart from others, and nothing is computed of
them. Members that begin with `__` are Pulumi's own, and left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.unknown import Unknown

SECRET_TEXT = "[secret]"  # noqa: S105 - what the CLI writes in place of one
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
# The mark of a special value in Pulumi's protocol, and what stands there for a secret and for an output.
_SPECIAL_KEY = "4dabf18193072939515e22adb298388d"
_SECRETS = frozenset({"1b47061264138c4ac30d75fd1eb44270", "d0e6a833031e9bbcd3f4e8bde6ca49a4"})

# Inputs of ours that are secret. A plan that was made with `--show-secrets` has them in the clear.
_PRIVATE = frozenset({"answerKey", "earlierReasons", "reason", "workerId", "workers"})

# The two tokens of each of our resources: of the classes that a program uses, and of the plugin.
_PACKAGES = ("pulumi-python:dynamic/mturk:", "mturk:index:")

_REPLACING = frozenset(
    {
        "replace",
        "create-replacement",
        "delete-replaced",
        "import-replacement",
        "read-replacement",
        "discard-replaced",
        "remove-pending-replace",
    }
)
LOOKING = frozenset({"same", "read", "refresh", "discard"})
KNOWN_OPERATIONS = _REPLACING | LOOKING | {"create", "update", "delete", "import", "diff", "extend-parameterize"}


class PlanError(MturkError):
    """What was given is no plan that can be read."""


@dataclass(frozen=True, eq=False)
class Hidden(Unknown):
    """A value that the plan does not show. Each is equal to itself alone, even if the plan writes them alike."""

    why: Literal["secret", "unknown"]

    def __str__(self) -> str:
        return "(secret)" if self.why == "secret" else "(not known yet)"

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True, kw_only=True)
class Side:
    """A resource before or after the change."""

    inputs: Mapping[str, Any] = field(default_factory=dict)
    id: str | None = None
    dependencies: tuple[str, ...] = ()
    """URNs of all that its inputs come from."""
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The same for each input; the streaming form of a plan has none."""
    provider: str = ""
    """The URN of the provider that serves it."""
    import_id: str | None = None
    """What `opts.import_` of the program names; the streaming form of a plan does not tell."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """What would become of one resource."""

    urn: str
    type: str
    operations: tuple[str, ...]
    """All of them, sorted: several for an import with an update, or where a plan shows the parts of a replacement."""
    before: Side | None = None
    after: Side | None = None
    replace_reasons: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    """The inputs that differ, also secret ones, whose values the plan does not show."""
    custom: bool = True
    replaces_by_import_id: bool = False
    """Whether a part of it replaces what the state has by the id that `opts.import_` still names."""
    drifted: bool = False
    """Whether a refresh found it changed, or gone, outside of the stack."""

    @property
    def name(self) -> str:
        """Its name in the program."""
        return self.urn.split("::", 3)[-1]

    @property
    def kind(self) -> str:
        """The class of one of our resources; empty for those of others."""
        return kind_of_token(self.type)

    @property
    def operation(self) -> str:
        """Pulumi's word for all of it."""
        if not _REPLACING.isdisjoint(self.operations):
            only_removed = self.after is None and "replace" not in self.operations
            return next(iter(self.operations)) if only_removed else "replace"
        for operation in ("import", "create", "delete", "update"):
            if operation in self.operations:
                return operation
        strange = [one for one in self.operations if one not in LOOKING]
        return strange[0] if strange else self.operations[0]

    @property
    def changes(self) -> bool:
        """Whether anything would be done. An operation that is not known here counts as a change."""
        return any(one not in LOOKING for one in self.operations)

    @property
    def replaces_import(self) -> bool:
        """Whether it is imported, now or in an earlier run by an option that still stands, and is to be replaced then.

        An import that takes the place of what the state has under another id is none: `pulumi up` carries that out.
        """
        operations = set(self.operations)
        return (
            self.replaces_by_import_id
            or {"import-replacement", "create-replacement"} <= operations
            or ("import" in operations and self.operation == "replace")
        )

    @property
    def adopted(self) -> str | None:
        """The id of what exists and the program takes over (`adopt=`), which Pulumi shows as a create."""
        given = self.after.inputs.get("adopt") if self.after is not None and self.operation == "create" else None
        return given if isinstance(given, str) and given else None

    @property
    def new_id(self) -> bool:
        """Whether it gets an id that it did not have."""
        return self.operation in {"create", "replace"}


def kind_of_token(token: str) -> str:
    """The class that a type token of ours stands for; empty for another's."""
    for package in _PACKAGES:
        if token.startswith(package):
            return token.removeprefix(package)
    return ""


Ending: TypeAlias = Literal["whole", "unseen", "failed"]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that a preview has told."""

    project: str = ""
    stack: str = ""
    steps: tuple[Step, ...] = ()
    """Sorted by URN, whatever order the preview had."""
    config: Mapping[str, str] = field(default_factory=dict)
    """The stack's configuration, without secrets."""
    ending: Ending = "whole"
    """Whether it is whole, its end was not seen, or it failed, was canceled or cut short."""
    because: tuple[str, ...] = ()
    """Why it is not known to be whole."""
    exit_code: int | None = None
    shows_unchanged: bool = False
    """Whether resources that stay as they are are among the steps."""
    unchanged: int | None = None
    not_understood: tuple[str, ...] = ()
    """What in it this version does not know."""

    @property
    def complete(self) -> bool:
        """Whether it is known to be whole."""
        return self.ending == "whole"

    @property
    def names(self) -> frozenset[str] | None:
        """Those of all that the stack has after the change, if the plan shows it."""
        if not self.shows_unchanged or self.ending == "failed":
            return None
        return frozenset(step.name for step in self.steps if step.operation != "delete")


def plain(value: Any) -> Any:
    """A value of a plan's JSON, with `Hidden` for what it does not show."""
    if isinstance(value, dict):
        if value.get(_SPECIAL_KEY) in _SECRETS:
            return Hidden("secret")
        return {key: plain(item) for key, item in value.items() if not key.startswith("__")}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str):
        if value == SECRET_TEXT:
            return Hidden("secret")
        if value == UNKNOWN_TEXT:
            return Hidden("unknown")
    # One engine writes 10, another 10.0.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def public_inputs(value: Any, *, ours: bool) -> Mapping[str, Any]:
    """The inputs of a state; of a resource of ours without what is secret, whatever the plan shows."""
    inputs = plain(value)
    if not isinstance(inputs, dict):
        return {}
    return {name: Hidden("secret") if ours and name in _PRIVATE else item for name, item in inputs.items()}


def is_known(value: Any) -> bool:
    """Whether a value is set and all of it can be looked at."""
    if isinstance(value, Mapping):
        return all(map(is_known, value.values()))
    if isinstance(value, list | tuple):
        return all(map(is_known, value))
    return value is not None and not isinstance(value, Unknown)
