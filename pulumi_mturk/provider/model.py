"""The base of every resource's inputs and outputs: pydantic models whose fields carry marks.

A value that is not known yet (`Unknown`) passes through validation untouched while everything around it is checked.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, ClassVar, Self, TypeAlias, TypeVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    TypeAdapter,
    ValidationError,
    WrapValidator,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.names import to_camel
from pulumi_mturk.common.output_text import MESSAGE, output_texts
from pulumi_mturk.common.unknown import Malformed, Unknown, has_value
from pulumi_mturk.provider import form_errors
from pulumi_mturk.rules import form

T = TypeVar("T")


def _pass_unknown(value: Any, handler: Callable[[Any], Any]) -> Any:
    return value if isinstance(value, Unknown) else handler(value)


PassUnknown = WrapValidator(_pass_unknown)

# An element that may be unknown while the rest of its list or model is known: `list[Maybe[int]]`.
Maybe: TypeAlias = Annotated[T, PassUnknown]


class Mark(Enum):
    """What a field means for a change: read by lifecycle, schema and documentation."""

    REPLACES = "a different value needs a new object"
    REPLACES_WHEN_REMOVED = "can be set and changed in place, but not taken away again"
    SECRET = "encrypted in state, masked in plans and logs"  # noqa: S105 - a mark, no password
    DIRECTIVE = "says how a change is made, not what is: changing it alone is no difference"
    KEPT = "left out, it stays what it is: no value equals any, and a refresh gives a program none"
    UNSENT = "never sent: a change of it alone makes no call"
    DERIVED = "added by check for the reader of a plan: never compared, never sent"
    TRIGGER = "chosen by check alone: a new value makes an update necessary"
    STABLE = "an output that no update changes"
    PIN = "says where the resource lives: compared by check alone, which refuses a difference"


@dataclass(frozen=True)
class SchemaOf:
    """The type that stands in the schema for a field whose values are checked by other code than pydantic.

    `list[Annotated[Any, SchemaOf(Rule)]]` is a list of rules to whoever reads the schema.
    """

    type: Any

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Pydantic's hook for the JSON schema of what is annotated."""
        return handler(TypeAdapter(self.type).core_schema)


@dataclass(frozen=True)
class Parsed:
    """Marks a field whose value is parsed once, where inputs or a state are read: `parse` makes its typed form.

    `recorded` is the type of what inputs and state hold; `plain` gives it back, as the dynamic providers' state has it,
    and `published` as the package schema and the plugin's state have it, where that is another form. `parse` takes
    both, and never raises: it keeps what is wrong for `validate` to tell.
    """

    recorded: Any
    parse: Callable[[Any], Any]
    plain: Callable[[Any], Any]
    published: Callable[[Any], Any] | None = None

    def __get_pydantic_core_schema__(self, _source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Pydantic's hook: validate the recorded type, then parse."""
        return core_schema.no_info_after_validator_function(self.parse, handler.generate_schema(self.recorded))

    def read(self, recorded: Any) -> Any:
        """The typed form of a recorded value of any type."""
        if recorded is None or isinstance(recorded, Unknown):
            return recorded
        try:
            return self.parse(self._adapter.validate_python(recorded))
        except ValidationError:
            return Malformed(recorded)

    @functools.cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.recorded)


class Model(BaseModel):
    """A pydantic model whose fields are snake_case here and camelCase in state, schema and configuration."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        defer_build=True,  # built at the first validation: a run uses few of the models
    )

    @classmethod
    @functools.cache
    def marked(cls, mark: Mark) -> frozenset[str]:
        """The names of the fields that carry a mark."""
        return frozenset(name for name, field in cls.model_fields.items() if mark in field.metadata)

    @classmethod
    @functools.cache
    def keys(cls) -> frozenset[str]:
        """The fields as inputs, state and schema name them, in camelCase."""
        return frozenset(str(field.alias) for field in cls.model_fields.values())

    @classmethod
    @functools.cache
    def keys_marked(cls, mark: Mark) -> frozenset[str]:
        """The fields that carry a mark, as inputs, state and schema name them."""
        return frozenset(str(cls.model_fields[name].alias) for name in cls.marked(mark))

    @classmethod
    @functools.cache
    def parsed(cls) -> Mapping[str, Parsed]:
        """The fields that are parsed, and how."""
        fields = cls.model_fields.items()
        return {name: mark for name, field in fields for mark in field.metadata if isinstance(mark, Parsed)}

    @classmethod
    def as_published(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """Inputs or outputs as the package schema has them, from either form; what is wrong in them stays."""
        published = dict(values)
        for name, how in cls.parsed().items():
            key = cls.model_fields[name].alias or name
            if how.published is not None and has_value(typed := how.read(values.get(key))):
                published[key] = how.published(typed)
        return published

    def to_dict(self) -> dict[str, Any]:
        """Members that are set, in camelCase and in plain form.

        `Unknown` values stay as they are; pydantic's own dump refuses those.
        """
        return {
            field.alias or name: self._plain(name, value)
            for name, field in type(self).model_fields.items()
            if (value := getattr(self, name)) is not None
        }

    def _plain(self, name: str, value: Any) -> Any:
        if isinstance(value, Malformed):
            return value.value
        how = self.parsed().get(name)
        return value if how is None or isinstance(value, Unknown) else how.plain(value)


class Args(Model):
    """The inputs of a resource. Every value may be `Unknown`; the types say what it is once it is known."""

    told_of: ClassVar[Mapping[str, str]] = {}
    """What `check` adds for the reader of a plan, by the input of which it tells: it is secret where that is."""

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
    def _unknown_passes(cls, value: Any, handler: Callable[[Any], Any]) -> Any:
        return value if isinstance(value, Unknown) else handler(value)

    @classmethod
    def parse(cls, values: Mapping[str, Any]) -> Self | list[Diagnostic]:
        """The model, or all that is wrong with the form of its fields."""
        if paths := list(output_texts(values)):
            # Nothing else that could be said of such a text is of use.
            return [form.OUTPUT_IN_TEXT.at(path, MESSAGE) for path in paths]
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            return list(form_errors.diagnostics(error))

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
            values |= {name: how.read(values[name]) for name, how in cls.parsed().items() if name in values}
            return cast("Self", cls.model_construct(**missing | values))

    @classmethod
    def extend(cls, args: "Args", **values: Any) -> Self:
        """A model that has all fields of another one, with their values, and more: the state of some inputs."""
        values = {name: getattr(args, name) for name in type(args).model_fields} | values
        return cast("Self", cls.model_construct(**values))

    def replace(self, **values: Any) -> Self:
        """A copy with some fields set, unchecked."""
        return self.model_copy(update=values)
