"""The mock inside, around and beside moto's `mock_aws`, each in its own service; and beside the provider's client."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from pulumi_mturk.api.client import Client
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.embedded import Embedded
from pulumi_mturk.testing import RequestRefusedError, mock_mturk
from tests.testing.conftest import names, new_type, outside

DEAD = "http://127.0.0.1:9"

Mocks = tuple[Callable[[], AbstractContextManager[object]], ...]


def whoami() -> str:
    """One of moto's answers: the account of its own."""
    return boto3.client("sts").get_caller_identity()["Account"]


@pytest.mark.parametrize("mocks", [(mock_aws, mock_mturk), (mock_mturk, mock_aws)], ids=["inside", "around"])
def test_each_answers_its_own_service(mocks: Mocks) -> None:
    with ExitStack() as stack:
        for mock in mocks:
            stack.enter_context(mock())
        new_type(boto3.client("mturk"))
        assert names() == ["Receipts"]
        assert whoami() == "123456789012"
    assert outside()


@mock_aws
@mock_mturk
def both() -> tuple[list[str], str]:
    return names(), whoami()


def test_both_decorate_one_function() -> None:
    assert both() == ([], "123456789012")
    assert outside()


def test_one_ends_and_the_other_goes_on() -> None:
    with mock_mturk():
        with mock_aws():
            assert whoami() == "123456789012"
        with pytest.raises(RequestRefusedError):
            whoami()
        assert names() == []
    with mock_aws():
        with mock_mturk():
            new_type(boto3.client("mturk"))
        assert whoami() == "123456789012"
        # moto has no Mechanical Turk: its own answer, and not the marketplace's.
        with pytest.raises(ClientError, match="404"):
            boto3.client("mturk", region_name="us-east-1").get_account_balance()
    assert outside()


def test_keys_of_both_are_taken_where_keys_are_looked_at() -> None:
    with mock_mturk(strict_keys=True):
        assert names() == []
        with mock_aws():
            assert os.environ["AWS_ACCESS_KEY_ID"] != "testing"
            assert names() == []


def test_what_moto_is_told_to_let_through_is_refused_here() -> None:
    let_through = mock_aws(config={"core": {"passthrough": {"services": ["sts"]}}})
    with mock_mturk(), let_through, pytest.raises(RequestRefusedError, match="sts"):
        whoami()


def test_a_session_without_botocores_handlers_is_answered_by_neither() -> None:
    """As docs/testing.md says: such a session, made once a mock has been active, has none of the handlers of mocks."""
    with mock_mturk(), mock_aws():
        bare = botocore.session.Session(include_builtin_handlers=False)
        settings: Any = {
            "region_name": "us-east-1",
            "endpoint_url": DEAD,
            "config": Config(retries={"total_max_attempts": 1}),
        }
        for service, operation in (("mturk", "get_account_balance"), ("sts", "get_caller_identity")):
            with pytest.raises(EndpointConnectionError):
                getattr(bare.create_client(service, **settings), operation)()


def test_the_providers_embedded_marketplace_answers_its_own_client(tmp_path: Path) -> None:
    configuration = Configuration(local_database=str(tmp_path / "local.db"))
    with Embedded(configuration.local_database) as embedded, mock_mturk() as marketplace:
        embedded.database_id(create=True)
        assert list(Client(configuration, embedded.attach).list_hits()) == []
        assert marketplace.calls == []
        assert list(Client(Configuration(environment="sandbox")).list_hits()) == []
        assert [call.operation for call in marketplace.calls] == ["ListHITs"]
