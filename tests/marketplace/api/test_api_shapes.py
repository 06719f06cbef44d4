"""Every shape of botocore's model goes over the wire and comes back the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace.api import protocol
from tests.support.marketplace.api_shapes import OPERATIONS, operation, plain, read, values, written

# For each of 39 operations.
some = settings(max_examples=settings().max_examples // 3)


@pytest.mark.parametrize("name", OPERATIONS)
@some
@given(data=st.data())
def test_what_botocore_writes_is_decoded_to_the_same(name: str, data: st.DataObject) -> None:
    members = data.draw(values(operation(name).input_shape))
    request = written(name, members)
    model = protocol.operation_of(request["method"], request["url_path"], request["headers"])
    assert model.name == name
    assert protocol.decode(model, request["body"]) == plain(members)


@pytest.mark.parametrize("name", OPERATIONS)
@some
@given(data=st.data())
def test_what_is_encoded_is_read_by_botocore_as_the_same(name: str, data: st.DataObject) -> None:
    shape = operation(name).output_shape
    result = plain(data.draw(values(shape)))
    # a member that is None is not there
    absent = dict.fromkeys(shape.members, None) if shape is not None else {}
    body = protocol.encode(protocol.service_model().operation_model(name), absent | result)
    assert plain(read(name, 200, body)) == result
