"""Property bags as the engine's protocol has them (`google.protobuf.Struct`), read and written.

Source: Pulumi's documents "Property values" and "Wire format"; `sdk/go/common/resource/sig` in its repository.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.struct_pb2 import ListValue, Struct, Value

from pulumi_mturk.common.unknown import UNKNOWN, Unknown
from pulumi_mturk.provider.configuration import NAMESPACE
from pulumi_mturk.resources import COMPONENTS

# An object with this key is no object of the program's: the key's value says what it stands for.
SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - says that a value is one
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e"

# What stands for an unknown value, by the type that it will have; engines send the first.
COMPUTED = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_UNKNOWN = {
    COMPUTED,
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
}
_COMPONENTS = {f"{NAMESPACE}:index:{token}" for token in COMPONENTS}
# Keys that begin so belong to the SDKs and the engine: `__provider` of a dynamic resource, `__internal`, `__defaults`.
_INTERNAL = "__"


@dataclass(frozen=True)
class Properties:
    """The members of a bag, without those that are null, and the names of those that hold a secret at any depth."""

    values: Mapping[str, Any]
    secrets: frozenset[str]


def read(bag: Struct) -> Properties:
    """Plain values; what is not known yet is `Unknown`, and a resource in place of its id is that id."""
    values, secrets = {}, set()
    for name, value in bag.fields.items():
        if not name.startswith(_INTERNAL):
            values[name], is_secret = _read(value)
            if is_secret:
                secrets.add(name)
    return Properties({name: value for name, value in values.items() if value is not None}, frozenset(secrets))


def write(values: Mapping[str, Any], secrets: Iterable[str]) -> Struct:
    """A bag in which the members of these names are secret."""
    hidden = frozenset(secrets)
    return Struct(fields={name: _secret(value) if name in hidden else _write(value) for name, value in values.items()})


def _read(value: Value) -> tuple[Any, bool]:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        text = value.string_value
        return (UNKNOWN if text in _UNKNOWN else text), False
    if kind == "list_value":
        read_items = [_read(item) for item in value.list_value.values]
        return [item for item, _ in read_items], any(is_secret for _, is_secret in read_items)
    if kind == "struct_value":
        return _read_object(value.struct_value)
    return (None if kind is None or kind == "null_value" else getattr(value, kind)), False


def _read_object(bag: Struct) -> tuple[Any, bool]:
    fields = bag.fields
    signature = fields[SIGNATURE].string_value if SIGNATURE in fields else None
    if signature in (SECRET, OUTPUT):
        # An output without a value is one that is not known yet.
        value, is_secret = _read(fields["value"]) if "value" in fields else (UNKNOWN, False)
        return value, is_secret or signature == SECRET or ("secret" in fields and fields["secret"].bool_value)
    if signature == RESOURCE:
        return _read_resource(fields), False
    members = {name: _read(value) for name, value in fields.items() if not name.startswith(_INTERNAL)}
    return {name: value for name, (value, _) in members.items()}, any(is_secret for _, is_secret in members.values())


def _read_resource(fields: Mapping[str, Value]) -> Any:
    """The id of a resource; the URN of a component, which has no id, so that the rules for ids refuse it.

    Measured with pulumi-yaml 1.25.0: a resource that is yet to be made has an empty id, and a component always.
    """
    found = fields["id"].string_value if "id" in fields else ""
    urn = fields["urn"].string_value if "urn" in fields else ""
    if found in _UNKNOWN or not (found or urn):
        return UNKNOWN
    kind = urn.split("::")[2].rpartition("$")[2] if urn.count("::") > 2 else ""
    return found or (urn if kind in _COMPONENTS else UNKNOWN)


def _write(value: Any) -> Value:
    if isinstance(value, str):
        return Value(string_value=value)
    if isinstance(value, bool):
        return Value(bool_value=value)
    if isinstance(value, int | float):
        return Value(number_value=value)
    if isinstance(value, list | tuple):
        return Value(list_value=ListValue(values=[_write(item) for item in value]))
    if isinstance(value, Mapping):
        return Value(struct_value=Struct(fields={name: _write(item) for name, item in value.items()}))
    if isinstance(value, Unknown):
        return Value(string_value=COMPUTED)
    if value is None:
        return Value(null_value=0)  # type: ignore[arg-type]  # the only member of an enum
    raise TypeError(f"a {type(value).__name__} can't be sent")


def _secret(value: Any) -> Value:
    marked = {SIGNATURE: Value(string_value=SECRET), "value": _write(value)}
    return Value(struct_value=Struct(fields=marked))
