"""The mock as a decorator, a context manager, and by hand: what it changes meanwhile, and that nothing stays."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from pulumi_mturk.testing import RequestRefusedError, mock_mturk
from pulumi_mturk.testing.errors import MockUsageError
from tests.testing.conftest import names, new_type, outside, publish

DEAD = "http://127.0.0.1:9"


def test_keys_and_a_region_are_there_meanwhile_and_all_is_restored() -> None:
    session = boto3.DEFAULT_SESSION = boto3.Session(region_name="eu-central-1")
    with mock_mturk():
        assert (os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_DEFAULT_REGION"]) == ("testing", "us-east-1")
        assert "AWS_SESSION_TOKEN" not in os.environ
        assert boto3.client("mturk").meta.region_name == "us-east-1"
        os.environ["AWS_REGION"] = "changed by the program"
    assert outside()
    assert boto3.DEFAULT_SESSION is session


def test_each_use_has_a_fresh_marketplace_in_whatever_order() -> None:
    for _ in range(2):
        with mock_mturk():
            assert names() == []
            new_type(boto3.client("mturk"))
            assert names() == ["Receipts"]


def test_an_exception_in_the_body_restores_all() -> None:
    with pytest.raises(ZeroDivisionError), mock_mturk():
        raise ZeroDivisionError
    assert outside()

    @mock_mturk
    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert outside()


def test_a_wrong_argument_changes_nothing() -> None:
    wrong: list[dict[str, Any]] = [
        {"environment": "local"},
        {"environment": ["sandbox"]},
        {"now": datetime(2026, 1, 1)},
        {"now": datetime.max.replace(tzinfo=UTC)},
        {"now": "2026-01-01"},
        {"seed": "1"},
        {"balance": 10.0},
        {"balance": "-1.00"},
        {"strict_keys": 1},
    ]
    for arguments in wrong:
        ((name, _),) = arguments.items()
        with pytest.raises(ValueError, match=f"^mock_mturk: {name} can not be .*; write "):
            mock_mturk(**arguments)
    assert outside()


def test_what_is_neither_a_function_nor_a_class_is_not_decorated() -> None:
    with pytest.raises(TypeError, match="decorates functions and classes, not 'production'"):
        mock_mturk("production")  # type: ignore[call-overload]


def test_a_client_made_before_works_without_keys_or_address_of_its_own() -> None:
    session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="y", region_name="us-east-1")  # noqa: S106
    before = session.client("mturk", endpoint_url=DEAD)
    with mock_mturk():
        new_type(before)
        assert names() == ["Receipts"]
        after = session.client("mturk", endpoint_url=DEAD)
        assert after.get_account_balance()["AvailableBalance"] == "10000.00"


BEFORE_THE_FIRST = f"""
import os, boto3
for name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[name]
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
session = boto3.Session(region_name="us-east-1")
client = session.client("mturk", endpoint_url={DEAD!r})
from pulumi_mturk.testing import mock_mturk
with mock_mturk():
    assert client.get_account_balance()["AvailableBalance"] == "10000.00"
    assert session.client("mturk").list_hits()["HITs"] == []
assert "pulumi" not in __import__("sys").modules
try:
    client.get_account_balance()
except Exception as error:
    print(type(error).__name__)
"""


def test_a_client_made_before_all_else_works_and_is_as_before_afterwards() -> None:
    assert _printed(BEFORE_THE_FIRST) == "NoCredentialsError"


BROKEN_FILE = """
import os
os.environ["AWS_CONFIG_FILE"] = "broken"
before = dict(os.environ)
from pulumi_mturk.testing import mock_mturk
try:
    mock_mturk().start()
except Exception as error:
    print(type(error).__name__, dict(os.environ) == before)
"""


def test_a_start_that_fails_restores_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken").write_text("[profile")
    assert _printed(BROKEN_FILE) == "ConfigParseError True"


def test_nested_uses_share_the_outermost_marketplace() -> None:
    with mock_mturk(balance="7.5") as outer:
        with mock_mturk() as inner, mock_mturk(balance="7.5"):
            assert inner is outer
            new_type(boto3.client("mturk"))
        assert names() == ["Receipts"]
        with (
            pytest.raises(MockUsageError, match=r"balance='7.5'.*can not have balance='8.00'"),
            mock_mturk(balance="8.00"),
        ):
            pass
        assert names() == ["Receipts"]
    assert outside()


def test_one_mock_can_be_used_nested_and_again() -> None:
    mock = mock_mturk()
    with mock as outer, mock as inner:
        assert inner is outer
    with mock:
        assert names() == []
    assert outside()


def test_start_stop_and_reset_by_hand() -> None:
    mock = mock_mturk(seed=1)
    for call in (mock.stop, mock.reset):
        with pytest.raises(MockUsageError, match="without start"):
            call()
    marketplace = mock.start()
    try:
        first = new_type(boto3.client("mturk"))
        worker = marketplace.worker()
        mock.reset()
        assert names() == []
        assert marketplace.calls[0].operation == "ListQualificationTypes"
        assert new_type(boto3.client("mturk")) == first
        with pytest.raises(MockUsageError, match="gone with what the marketplace had before its reset"):
            worker.sees(_hit())
    finally:
        mock.stop()
    assert outside()
    with pytest.raises(MockUsageError, match="has ended"):
        marketplace.worker()


def test_the_seed_decides_the_ids() -> None:
    def ids(seed: int) -> tuple[str, str]:
        with mock_mturk(seed=seed) as marketplace:
            return marketplace.worker().id, new_type(boto3.client("mturk"))

    assert ids(1) == ids(1)
    assert set(ids(1)).isdisjoint(ids(2))


def test_every_thread_is_answered_and_the_last_use_ends_it() -> None:
    both = threading.Barrier(2)
    first_is_done = threading.Event()

    def first() -> None:
        with mock_mturk():
            both.wait(10)
            new_type(boto3.Session().client("mturk"))
        first_is_done.set()

    def second() -> list[str]:
        with mock_mturk():
            both.wait(10)
            assert first_is_done.wait(10)
            assert not outside()
            return names()

    with ThreadPoolExecutor(2) as pool:
        a, b = pool.submit(first), pool.submit(second)
        a.result(20)
        assert b.result(20) == ["Receipts"]
    assert outside()


def test_threads_share_one_client() -> None:
    with mock_mturk() as marketplace, ThreadPoolExecutor(8) as pool:
        client = boto3.client("mturk")
        list(pool.map(lambda number: new_type(client, f"Type {number}"), range(40)))
        assert len(names()) == 10
        assert len(marketplace.marketplace.summary().qualification_types) == 40


def test_keys_are_looked_at_where_that_is_asked_for() -> None:
    own = boto3.Session(aws_access_key_id="AKIAUSERSOWN", aws_secret_access_key="the user's own")  # noqa: S106
    with mock_mturk():
        own.client("mturk", region_name="us-east-1").get_account_balance()
    with mock_mturk(strict_keys=True):
        boto3.client("mturk").get_account_balance()
        with pytest.raises(ClientError, match="UnrecognizedClientException"):
            own.client("mturk", region_name="us-east-1").get_account_balance()


def test_the_environment_decides_whose_rules_hold() -> None:
    requirement = {"QualificationTypeId": "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", "Comparator": "Exists"}
    with mock_mturk(balance="25.00"):
        _hit(requirement)
        assert boto3.client("mturk").get_account_balance()["AvailableBalance"] == "25.00"
    with mock_mturk(environment="production", balance="25.00"):
        with pytest.raises(ClientError):
            _hit(requirement)
        _hit()
        assert boto3.client("mturk").get_account_balance()["AvailableBalance"] < "25.00"


def _hit(*requirements: dict[str, Any]) -> str:
    return publish(boto3.client("mturk"), *requirements)


def test_other_services_are_refused_and_nothing_is_sent() -> None:
    before = boto3.client("s3", region_name="us-east-1", endpoint_url=DEAD, config=Config(connect_timeout=1))
    with mock_mturk():
        for client in (before, boto3.client("s3")):
            with pytest.raises(RequestRefusedError, match=r"calls ListBuckets of the service s3 .* Nothing was sent"):
                client.list_buckets()
        with pytest.raises(RequestRefusedError, match="sts"):
            boto3.client("sts").get_caller_identity()


def _printed(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


LEAN = """
import sys
import pulumi_mturk.testing.pytest_plugin
print(*[name for name in ("boto3", "botocore", "pulumi", "sqlite3", "yaml", "pydantic") if name in sys.modules],
      *[name for name in sys.modules if name.startswith("pulumi_mturk.marketplace")])
"""


def test_the_plugin_imports_nothing_that_takes_time_and_no_pulumi() -> None:
    assert _printed(LEAN) == ""
