"""AWS JSON 1.1: decoding, validation and encoding by botocore's model of the MTurk API.

The model gives operations, members, types, patterns, enums, lengths and bounds; nothing of it is repeated here. What it
lacks, and nothing was published on, is guessed from AWS's other JSON services. Unknown members are ignored, and a
member that is null counts as absent (guessed). A wrong JSON type is a `SerializationException` (guessed). A broken
constraint is a `ValidationException` (guessed, observed for malformed worker ids). A number with a fraction part is no
integer, not even 1.0 (guessed). Integers are 32 bits wide, longs 64 (guessed).
"""

from __future__ import annotations

import functools
import json
import math
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from botocore.loaders import Loader
from botocore.model import ListShape, OperationModel, ServiceModel, Shape, StringShape, StructureShape

from pulumi_mturk.marketplace.domain.value_ranges import EARLIEST_TIME, INT32, INT64, LATEST_TIME
from pulumi_mturk.marketplace.errors import (
    WireError,
    missing_authentication,
    serialization_error,
    unknown_operation,
    unrecognized_client,
    validation_error,
)
from pulumi_mturk.marketplace.text import can_be_encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPE: Final = "application/x-amz-json-1.1"
_CREDENTIAL: Final = re.compile(r"\bCredential=([^/\s]+)/")
_RANGES: Final = {"integer": INT32, "long": INT64}
_PYTHON_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "structure": (dict,),
    "list": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "timestamp": (int, float),
}
_JSON_NAMES: Final = {dict: "START_OBJECT", list: "START_ARRAY", str: "STRING_VALUE", bool: "BOOLEAN_VALUE"}


@functools.cache
def service_model() -> ServiceModel:
    """Botocore's model of the requester API of 2017-01-17, loaded once in a process."""
    return ServiceModel(Loader().load_service_model("mturk", "service-2", "2017-01-17"), "mturk")


def operation_of(method: str, path: str, headers: Mapping[str, str | bytes]) -> OperationModel:
    """The operation of a request.

    Raises:
        WireError: an unknown operation, or not a call of this API.

    """
    if method.upper() != "POST" or path.partition("?")[0] not in ("", "/"):
        raise unknown_operation("A call is a POST to / with a header X-Amz-Target.")
    name = known_operation(_header(headers, "x-amz-target"))
    if name is None:
        raise unknown_operation("The header X-Amz-Target names no operation of this service.")
    return service_model().operation_model(name)


def known_operation(target: str) -> str | None:
    """The name of the operation in a value of X-Amz-Target; None where it is none of this service."""
    prefix, _, name = target.partition(".")
    model = service_model()
    return name if prefix == model.metadata["targetPrefix"] and name in model.operation_names else None


def check_access_key(headers: Mapping[str, str | bytes], known: str) -> None:
    """Where the switch `access_keys` names any, only they may call; the signature itself is not verified.

    Raises:
        WireError: the request has no signature, or one of another key.

    """
    if not known:
        return
    credential = _CREDENTIAL.search(_header(headers, "authorization"))
    if credential is None:
        raise missing_authentication()
    if credential[1] not in known.split(","):
        raise unrecognized_client()


def decode(operation: OperationModel, body: bytes) -> dict[str, Any]:
    """Decode a request's members and validate them against the model.

    Raises:
        WireError: `SerializationException` or `ValidationException`.

    """
    document = _parse(body)
    problems: list[str] = []
    shape = operation.input_shape
    members: dict[str, Any] = _check(shape, document, "", problems) if shape is not None else {}
    if problems:
        raise validation_error(problems)
    return members


def encode(operation: OperationModel, result: Mapping[str, Any]) -> bytes:
    """The body of a response; members that are None are left out.

    An operation without output members answers `{}` (observed in 2017, and clients parse every answer; the documents of
    some say that the body is empty).
    """
    shape = operation.output_shape
    members = _output(shape, result) if shape is not None else {}
    return json.dumps(members, separators=(",", ":")).encode()


def encode_error(error: WireError, now: float, *, sandbox: bool) -> bytes:
    """The body of an error response.

    MTurk's own errors end with the time in milliseconds in brackets, in the sandbox followed by " s" (observed).
    They spell the member `Message` (observed), the AWS front end's `message` (guessed).
    """
    message = error.message
    if error.timestamped:
        message += f" ({int(now * 1000)}{' s' if sandbox else ''})"
    member = "Message" if error.timestamped else "message"
    return json.dumps({"__type": error.kind, member: message, **error.members}, separators=(",", ":")).encode()


def _header(headers: Mapping[str, str | bytes], wanted: str) -> str:
    value = next((value for name, value in headers.items() if name.lower() == wanted), "")
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _parse(body: bytes) -> Any:
    if not body.strip():
        return {}
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise serialization_error("The body is not JSON in UTF-8.") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are Python's additions to JSON


def _check(shape: Shape, value: Any, path: str, problems: list[str]) -> Any:
    """`value` without nulls and unknown members; violations of the model are appended to `problems`."""
    if not _has_type(shape, value):
        found = _JSON_NAMES.get(type(value), "NULL_VALUE" if value is None else "NUMBER_VALUE")
        raise serialization_error(f"{found} can not be converted to {shape.type_name}{_at(path)}.")
    if isinstance(shape, StructureShape):
        return _check_structure(shape, value, path, problems)
    if isinstance(shape, ListShape):
        return [
            _check(shape.member, item, f"{path}.{number}.member", problems)
            for number, item in enumerate(value, start=1)
        ]
    _check_scalar(shape, value, path, problems)
    return value


def _has_type(shape: Shape, value: object) -> bool:
    if isinstance(value, bool):  # a subclass of int
        return shape.type_name == "boolean"
    return isinstance(value, _PYTHON_TYPES[shape.type_name])


def _check_structure(shape: StructureShape, value: dict[str, Any], path: str, problems: list[str]) -> dict[str, Any]:
    present = {name: item for name, item in value.items() if item is not None and name in shape.members}
    problems += [
        f"Value null{_at(_join(path, name))} failed to satisfy constraint: Member must not be null"
        for name in shape.required_members
        if name not in present
    ]
    return {name: _check(shape.members[name], item, _join(path, name), problems) for name, item in present.items()}


def _check_scalar(shape: Shape, value: Any, path: str, problems: list[str]) -> None:
    broken: list[str] = []
    if isinstance(shape, StringShape):
        broken = _broken_string_rules(shape, value, path)
    elif shape.type_name in _RANGES:
        if value not in _RANGES[shape.type_name]:
            raise serialization_error(f"NUMBER_VALUE is out of the range of {shape.type_name}{_at(path)}.")
        broken = _broken_bounds(shape, value, "value")
    elif shape.type_name == "timestamp" and not (math.isfinite(value) and EARLIEST_TIME <= value <= LATEST_TIME):
        raise serialization_error(f"NUMBER_VALUE is out of the range of timestamp{_at(path)}.")
    problems += [f"Value '{value}'{_at(path)} failed to satisfy constraint: {rule}" for rule in broken]


def _broken_string_rules(shape: StringShape, value: str, path: str) -> list[str]:
    if not can_be_encoded(value):
        raise serialization_error(f"STRING_VALUE is not Unicode{_at(path)}.")
    broken = _broken_bounds(shape, len(value), "length")
    pattern = shape.metadata.get("pattern")
    if pattern is not None and not re.fullmatch(pattern, value):
        broken.append(f"Member must satisfy regular expression pattern: {pattern}")
    if shape.enum and value not in shape.enum:
        broken.append(f"Member must satisfy enum value set: [{', '.join(shape.enum)}]")
    return broken


def _broken_bounds(shape: Shape, size: int, noun: str) -> list[str]:
    minimum, maximum = shape.metadata.get("min"), shape.metadata.get("max")
    broken = []
    if minimum is not None and size < minimum:
        broken.append(f"Member must have {noun} greater than or equal to {minimum}")
    if maximum is not None and size > maximum:
        broken.append(f"Member must have {noun} less than or equal to {maximum}")
    return broken


def _output(shape: Shape, value: Any) -> Any:
    if isinstance(shape, StructureShape):
        return {name: _output(shape.members[name], item) for name, item in value.items() if item is not None}
    if isinstance(shape, ListShape):
        return [_output(shape.member, item) for item in value]
    if shape.type_name == "timestamp":
        return round(float(value), 3)  # epoch seconds: the default of JSON 1.1 (documented)
    return value


def _join(path: str, name: str) -> str:
    member = name[:1].lower() + name[1:]
    return f"{path}.{member}" if path else member


def _at(path: str) -> str:
    return f" at '{path}'" if path else ""
