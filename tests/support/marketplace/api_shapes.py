"""Values of every shape of the API, generated from botocore's model; requests written and answers read by botocore."""

from __future__ import annotations

import string
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.model import ListShape, OperationModel, Shape, StringShape, StructureShape
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from botocore.session import Session
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MODEL = Session().get_service_model("mturk")
OPERATIONS = sorted(MODEL.operation_names)
LISTINGS = [name for name in OPERATIONS if name.startswith("List")]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Where the clients' date types have room for a time zone; to the millisecond, which is what the service answers with.
_TIMES = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=st.just(UTC))
_WIDTH = {"integer": 2**31, "long": 2**63}
_SERIALIZER = create_serializer("json", include_validation=True)
_PARSER = create_parser("json")
# What the patterns of the model are: botocore writes and reads a string whatever is in it, so these are ours to know.
_PATTERNS: dict[str | None, st.SearchStrategy[str]] = {
    None: st.text(max_size=20),
    "^[A-Z0-9]+$": st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=64),
    "^A[A-Z0-9]+$": st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=63).map("A".__add__),
    "^[0-9]+(\\.)?[0-9]{0,2}$": st.from_regex(r"[0-9]{1,6}\.?[0-9]{0,2}", fullmatch=True),
}


def operation(name: str) -> OperationModel:
    return MODEL.operation_model(name)


def values(shape: Shape | None, known: Mapping[str, Sequence[Any]] | None = None) -> st.SearchStrategy[Any]:
    """What the model allows for a shape; members named in `known` are mostly one of those values."""
    if isinstance(shape, StructureShape):
        members = {name: _member(name, member, known or {}) for name, member in shape.members.items()}
        required = {name: members.pop(name) for name in shape.required_members}
        return st.fixed_dictionaries(required, optional=members)
    if isinstance(shape, ListShape):
        return st.lists(values(shape.member, known), max_size=3)
    if isinstance(shape, StringShape):
        return _strings(shape)
    if shape is None:
        return st.just({})
    if shape.type_name == "timestamp":
        return st.builds(lambda time, part: time.replace(microsecond=part * 1000), _TIMES, st.integers(0, 999))
    if shape.type_name == "boolean":
        return st.booleans()
    width = _WIDTH[shape.type_name]
    return st.integers(shape.metadata.get("min", -width), shape.metadata.get("max", width - 1))


def written(name: str, members: Mapping[str, Any]) -> Mapping[str, Any]:
    """The request that botocore makes of these members."""
    return _SERIALIZER.serialize_to_request(members, operation(name))  # type: ignore[no-any-return]


def read(name: str, status: int, body: bytes) -> dict[str, Any]:
    """What botocore makes of an answer's body."""
    response = {"status_code": status, "headers": {}, "body": body}
    shape = operation(name).output_shape
    assert shape is not None
    answer: dict[str, Any] = _PARSER.parse(response, shape)
    answer.pop("ResponseMetadata")
    return answer


def plain(value: Any) -> Any:
    """The same with times as epoch seconds."""
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return round((value - _EPOCH) / timedelta(seconds=1), 3) if isinstance(value, datetime) else value


def assert_modelled(shape: Shape | None, value: Any, path: str = "") -> None:
    """A JSON value has the members of a shape and no others, all of the right types and within their enums."""
    if isinstance(shape, StructureShape):
        assert isinstance(value, dict), path
        assert value.keys() <= shape.members.keys(), path
        assert value.keys() >= set(shape.required_members), path
        for name, item in value.items():
            assert_modelled(shape.members[name], item, f"{path}.{name}")
    elif isinstance(shape, ListShape):
        assert isinstance(value, list), path
        for item in value:
            assert_modelled(shape.member, item, path)
    elif isinstance(shape, StringShape):
        assert isinstance(value, str), path
        # a type in deletion has a status that the model does not know
        assert not shape.enum or value in [*shape.enum, "Disposing"], path
    elif shape is not None:
        numbers = (int, float) if shape.type_name == "timestamp" else int
        assert isinstance(value, numbers), path
        assert isinstance(value, bool) == (shape.type_name == "boolean"), path


def _member(name: str, shape: Shape, known: Mapping[str, Sequence[Any]]) -> st.SearchStrategy[Any]:
    anything = values(shape, known)
    if not known.get(name):
        return anything
    return st.one_of(st.sampled_from(known[name]), st.sampled_from(known[name]), anything)


def _strings(shape: StringShape) -> st.SearchStrategy[str]:
    if shape.enum:
        return st.sampled_from(shape.enum)
    pattern = shape.metadata.get("pattern")
    if pattern is not None:
        return _PATTERNS[pattern]
    return st.text(min_size=shape.metadata.get("min", 0), max_size=min(20, shape.metadata.get("max", 20)))
