"""Property bags read and written, held against the reading of Pulumi's own SDK."""

import asyncio
from typing import Any

import pulumi
import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime import rpc

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.plugin import wire
from tests.support.inputs import texts

URN = "urn:pulumi:dev::study::mturk:index"

names = texts.filter(lambda name: not name.startswith("__"))
leaves = st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | texts | st.just(UNKNOWN)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
)
bags = st.dictionaries(names, values, max_size=4)


def signed(signature: str, **members: Any) -> dict[str, Any]:
    return {wire.SIGNATURE: signature, **members}


def bag(**members: Any) -> Struct:
    found = Struct()
    found.update(members)
    return found


@given(bags, st.data())
def test_what_is_written_is_read_again_with_its_secrets(plain: dict[str, Any], data: st.DataObject) -> None:
    secrets = data.draw(st.sets(st.sampled_from(sorted(plain)))) if plain else set()
    found = wire.read(wire.write(plain, secrets))
    assert found.values == plain
    assert found.secrets == secrets


def without_unknown(value: Any) -> Any:
    """The value as the SDK has it: its text for what is unknown."""
    if value is UNKNOWN:
        return rpc.UNKNOWN
    if isinstance(value, dict):
        return {key: without_unknown(item) for key, item in value.items()}
    return [without_unknown(item) for item in value] if isinstance(value, list) else value


def with_ours(value: Any) -> Any:
    """The SDK's value with our unknown ones."""
    if isinstance(value, dict):
        return {key: with_ours(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_ours(item) for item in value]
    return UNKNOWN if isinstance(value, pulumi.output.Unknown) else value


@given(bags)
def test_the_sdk_writes_what_is_read_here(plain: dict[str, Any]) -> None:
    as_the_sdk_has_it = {name: without_unknown(value) for name, value in plain.items()}
    written = asyncio.run(rpc.serialize_properties(as_the_sdk_has_it, {}))
    assert wire.read(written).values == plain


@given(bags)
def test_the_sdk_reads_what_is_written_here(plain: dict[str, Any]) -> None:
    read = rpc.deserialize_properties(wire.write(plain, ()), keep_unknowns=True)
    assert {name: with_ours(value) for name, value in read.items()} == plain


@given(bags)
def test_the_sdk_takes_for_secret_what_is_written_as_such(plain: dict[str, Any]) -> None:
    read = rpc.deserialize_properties(wire.write(plain, plain.keys()), keep_unknowns=True)
    assert all(map(rpc.is_rpc_secret, read.values()))


def test_the_signatures_are_the_sdks() -> None:
    assert rpc._special_sig_key == wire.SIGNATURE
    assert rpc._special_secret_sig == wire.SECRET
    assert rpc._special_output_value_sig == wire.OUTPUT
    assert rpc._special_resource_sig == wire.RESOURCE
    assert rpc.UNKNOWN == wire.COMPUTED


@pytest.mark.parametrize(
    ("given", "value", "is_secret"),
    [
        (signed(wire.SECRET, value="key"), "key", True),
        (["plain", signed(wire.SECRET, value="key")], ["plain", "key"], True),
        ({"deep": [signed(wire.SECRET, value={"key": 1})]}, {"deep": [{"key": 1}]}, True),
        (signed(wire.OUTPUT, value="known", dependencies=["urn"]), "known", False),
        (signed(wire.OUTPUT, value="known", secret=True), "known", True),
        (signed(wire.OUTPUT, value=signed(wire.SECRET, value="known")), "known", True),
        (signed(wire.OUTPUT), UNKNOWN, False),
        (signed(wire.OUTPUT, secret=True), UNKNOWN, True),
        (signed(wire.RESOURCE, urn="urn", id="3XTYPE"), "3XTYPE", False),
        (signed(wire.RESOURCE, urn="urn", id=wire.COMPUTED), UNKNOWN, False),
        (signed(wire.RESOURCE, urn=f"{URN}:HITType::task", id=""), UNKNOWN, False),
        (signed(wire.RESOURCE, urn=f"{URN}:WorkerExclusion::past", id=""), f"{URN}:WorkerExclusion::past", False),
        (signed(wire.RESOURCE, urn=f"{URN}:WorkerExclusion::past"), f"{URN}:WorkerExclusion::past", False),
        (signed(wire.RESOURCE, urn="urn"), UNKNOWN, False),
        (signed(wire.RESOURCE), UNKNOWN, False),
        ([wire.COMPUTED, {"deep": wire.COMPUTED}], [UNKNOWN, {"deep": UNKNOWN}], False),
        ({"__defaults": [], "kept": 1}, {"kept": 1}, False),
        ([None], [None], False),
    ],
)
def test_what_stands_for_something_is_read_as_that(given: Any, value: Any, is_secret: bool) -> None:
    found = wire.read(bag(member=given))
    assert found.values == {"member": value}
    assert found.secrets == ({"member"} if is_secret else set())


def test_null_and_what_belongs_to_the_sdk_are_left_out() -> None:
    assert wire.read(bag(member=None, __provider="pickled", __internal={})).values == {}


def test_what_no_bag_can_hold_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        wire.write({"member": object()}, ())
