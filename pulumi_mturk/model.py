"""The base of every resource's inputs and outputs: field marks, and values that are not known yet.

At a preview any value, at any depth, may be one that another resource has yet to produce. Such a value is `Later`:
it passes through validation untouched while everything around it is checked.
"""

import abc
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal, Self, TypeAlias, TypeGuard, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationError, WrapValidator, field_validator
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from pulumi_mturk import wording

T = TypeVar("T")


class Later(abc.ABC):  # noqa: B024 - it has no methods: only `register` and isinstance are used
    """A value that is not known yet.

    Pulumi's own types are registered as such where Pulumi is known (`Later.register(pulumi.Output)`), so that no
    module below needs to import it.
    """


class Unknown(Later):
    """The plain unknown value, for code and tests without Pulumi."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()


def is_known(value: T | None) -> TypeGuard[T]:
    """Whether a value is there to be looked at: set, and not `Later`."""
    return value is not None and not isinstance(value, Later)


def _pass_later(value: Any, handler: Callable[[Any], Any]) -> Any:
    return value if isinstance(value, Later) else handler(value)


PassLater = WrapValidator(_pass_later)

# An element of a list, or a nested model, that may be unknown on its own: `list[Maybe[int]]`.
Maybe: TypeAlias = Annotated[T, PassLater]


@dataclass(frozen=True)
class Finding:
    """One thing to say about an input: where it is, what is wrong, and what to write instead."""

    path: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def under(self, parent: str) -> "Finding":
        """The same finding, seen from one level further up."""
        joined = f"{parent}{self.path}" if self.path.startswith("[") else f"{parent}.{self.path}"
        return Finding(joined if self.path else parent, self.message, self.severity)


Findings: TypeAlias = Iterator[Finding]


class Mark(Enum):
    """What a field means for a change. A resource has no code of its own for these: the marks are all."""

    REPLACES = "a different value needs a new object"
    REPLACES_WHEN_REMOVED = "can be set and changed in place, but not taken away again"
    SECRET = "encrypted in state, masked in plans and logs"  # noqa: S105 - a mark, no password
    DIRECTIVE = "says how a change is made, not what is: changing it alone is no difference"
    UNSENT = "never sent: a change of it alone makes no call"
    DERIVED = "added by check for the reader of a plan: never compared, never sent"
    PIN = "says where the resource lives: compared by check alone, which refuses a difference"


@dataclass(frozen=True)
class SchemaOf:
    """Says in the schema what a value is, of which the field itself accepts any: other code checks it.

    `list[Annotated[Any, SchemaOf(Rule)]]` is a list of rules to whoever reads the schema.
    """

    model: type[BaseModel]

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Pydantic's hook for the JSON schema of what is annotated."""
        return handler(self.model.__pydantic_core_schema__)


class Model(BaseModel):
    """A pydantic model whose fields are snake_case here and camelCase in state, schema and configuration."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        defer_build=True,  # a program declares resources, and never validates one: that happens in the provider
    )

    @classmethod
    @functools.cache
    def marked(cls, mark: Mark) -> frozenset[str]:
        """The names of the fields that carry a mark."""
        return frozenset(name for name, field in cls.model_fields.items() if mark in field.metadata)

    def to_dict(self) -> dict[str, Any]:
        """Members that are set, in camelCase, `Later` values as they are (pydantic's own dump refuses those)."""
        return {
            field.alias or name: _plain(value)
            for name, field in type(self).model_fields.items()
            if (value := getattr(self, name)) is not None
        }


class Args(Model):
    """The inputs of a resource. Every value may be `Later`; the types say what it is once it is known."""

    environment: Annotated[str | None, Mark.PIN] = Field(
        default=None, description="The environment in which the resource was made."
    )
    endpoint_host: Annotated[str | None, Mark.PIN, Mark.UNSENT] = Field(
        default=None,
        description="The host of the endpoint at which the resource was made; for the embedded marketplace, the id of "
        "its database.",
    )

    @field_validator("*", mode="wrap")
    @classmethod
    def _later_passes(cls, value: Any, handler: Callable[[Any], Any]) -> Any:
        return value if isinstance(value, Later) else handler(value)

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self | list[Finding]:
        """The model, or all that is wrong with the form of its fields."""
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            return list(_findings(error))

    @classmethod
    def load(cls, recorded: Mapping[str, Any]) -> Self:
        """The model from recorded values, which are never refused.

        What is in a state may come from an older version with other rules, or a newer one with more fields.
        """
        names = {field.alias or name: name for name, field in cls.model_fields.items()}
        known = {key: value for key, value in recorded.items() if key in names}
        try:
            return cls.model_validate(known)
        except ValidationError:
            missing = {name: None for name, field in cls.model_fields.items() if field.is_required()}
            values = {names[key]: value for key, value in known.items()}
            return cast("Self", cls.model_construct(**missing | values))

    def replace(self, **values: Any) -> Self:
        """A copy with some fields set, unchecked."""
        return self.model_copy(update=values)


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.to_dict()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _findings(error: ValidationError) -> Findings:
    for detail in error.errors(include_input=False, include_url=False):
        path = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"]).lstrip(".")
        yield Finding(path, wording.sentence(detail))
