"""AWS's variables, files, certificates and proxies: no matter in `local`, and named by a fault elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import BotoCoreError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_mturk.api import aws_variables, connection
from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import AccessDeniedError, UnreachableError
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.provider.configuration import Configuration
from tests.support.broken_variables import BROKEN, NOWHERE
from tests.support.core import Clock, opened
from tests.support.inputs import WORKER


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """No variable of AWS's or for a proxy is set, there is no file of AWS's, and no session was made before."""
    connection._session_without_aws.cache_clear()
    for name in [*BROKEN, "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "NO_PROXY", "no_proxy"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return monkeypatch


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Marketplace.open(tmp_path / "server.db") as marketplace, Server(marketplace) as served:
        yield served


# local


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(st.sampled_from(sorted(BROKEN))))
def test_local_needs_nothing_of_aws(
    variables: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, server: Server, names: set[str]
) -> None:
    connection._session_without_aws.cache_clear()
    with variables.context() as patch:
        for name in names:
            patch.setenv(name, BROKEN[name])
        with opened(tmp_path_factory.mktemp("place"), profile="nobody") as place:
            place.client.create_worker_block(WORKER, "Asked to be left alone.")
            assert set(place.client.list_worker_blocks()) == {WORKER}
        assert Client(Configuration(endpoint_url=server.url)).list_worker_blocks() == {}


def test_local_needs_nothing_of_aws_whatever_is_broken_at_once(
    variables: pytest.MonkeyPatch, tmp_path: Path, server: Server
) -> None:
    for name, value in BROKEN.items():
        variables.setenv(name, value)
    with opened(tmp_path / "place") as place:
        assert place.client.list_worker_blocks() == {}
    assert Client(Configuration(endpoint_url=server.url)).list_worker_blocks() == {}


def test_local_reads_no_file_of_aws(variables: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("config", "credentials"):
        (tmp_path / ".aws").mkdir(exist_ok=True)
        (tmp_path / ".aws" / name).write_text("no section\n[default\n", encoding="utf-8")
    with opened(tmp_path / "place") as place:
        assert place.client.list_worker_blocks() == {}


# Elsewhere


def sandbox(**keys: str) -> Configuration:
    return Configuration.from_config({"mturk:environment": "sandbox", **{f"mturk:{key}": keys[key] for key in keys}})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_PROFILE", "nobody"),
        ("AWS_DEFAULT_PROFILE", "nobody"),
        ("AWS_CA_BUNDLE", NOWHERE),
        ("REQUESTS_CA_BUNDLE", NOWHERE),
        ("HTTPS_PROXY", "http://["),
        ("https_proxy", "http://host:port"),
        ("HTTPS_PROXY", "socks5://user:secret@127.0.0.1:1"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "TRUE"),
    ],
)
def test_a_fault_names_its_variable_before_any_call(variables: pytest.MonkeyPatch, name: str, value: str) -> None:
    assert aws_variables.faults(sandbox()) == []
    variables.setenv(name, value)
    (fault,) = aws_variables.faults(sandbox())
    assert (fault.path, fault.severity) == (name, "error")
    assert "secret" not in str(fault)
    with pytest.raises(ConfigurationError, match=f"^{name}: "):
        Client(sandbox()).list_worker_blocks()


@pytest.mark.parametrize("name", ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"])
def test_a_file_that_can_not_be_read_is_named_by_its_variable(
    variables: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / "broken").write_text("no section\n", encoding="utf-8")
    variables.setenv(name, str(tmp_path / "broken"))
    (fault,) = aws_variables.faults(sandbox())
    assert (fault.path, fault.code) == (name, "MT609")


def test_a_file_that_is_not_there_is_told_and_named_where_credentials_are_missing(
    variables: pytest.MonkeyPatch,
) -> None:
    assert aws_variables.missing_files() == []
    variables.setenv("AWS_SHARED_CREDENTIALS_FILE", NOWHERE)
    assert aws_variables.faults(sandbox()) == [], "credentials may come from elsewhere"
    (told,) = aws_variables.missing_files()
    assert (told.path, told.code) == ("AWS_SHARED_CREDENTIALS_FILE", "MT612")
    with pytest.raises(AccessDeniedError, match="AWS_SHARED_CREDENTIALS_FILE"):
        Client(sandbox()).list_worker_blocks()


def test_a_profile_that_is_there_is_found_in_either_file(variables: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text("[profile lab]\nregion = x\n[profile 'two words']\n", encoding="utf-8")
    (tmp_path / ".aws" / "credentials").write_text(
        "[field]\naws_access_key_id = x\naws_secret_access_key = x\n", encoding="utf-8"
    )
    for profile in ("lab", "two words", "field"):
        variables.setenv("AWS_PROFILE", profile)
        assert aws_variables.faults(sandbox()) == []
        boto3.session.Session().client("mturk", region_name="us-east-1")
    variables.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(BotoCoreError):
        boto3.session.Session().client("mturk", region_name="us-east-1")
    assert aws_variables.faults(sandbox(profile="lab")) == [], "the configuration goes before"
    (fault,) = aws_variables.faults(sandbox(profile="attic"))
    assert (fault.path, fault.code) == ("mturk:profile", "MT607")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS_DEFAULT_REGION", "no where"),
        ("HTTP_PROXY", "http://["),  # the address is https
        ("HTTPS_PROXY", "proxy.example.org:3128"),
        ("HTTPS_PROXY", "http://user:secret@proxy.example.org:3128/"),
        ("AWS_USE_FIPS_ENDPOINT", "false"),
        ("AWS_PROFILE", ""),
        ("AWS_CA_BUNDLE", __file__),
    ],
)
def test_what_does_no_harm_is_no_fault(variables: pytest.MonkeyPatch, name: str, value: str) -> None:
    variables.setenv(name, value)
    assert aws_variables.faults(sandbox()) == []


def test_a_proxy_that_is_not_used_is_no_fault(variables: pytest.MonkeyPatch) -> None:
    variables.setenv("HTTPS_PROXY", "http://[")
    variables.setenv("NO_PROXY", ".amazonaws.com")
    assert aws_variables.faults(sandbox()) == []


def test_a_proxy_that_does_not_answer_is_named_and_its_password_is_not(variables: pytest.MonkeyPatch) -> None:
    variables.setenv("AWS_ACCESS_KEY_ID", "example")
    variables.setenv("AWS_SECRET_ACCESS_KEY", "example")
    variables.setenv("HTTPS_PROXY", "http://user:secret@127.0.0.1:1")
    clock = Clock()
    settings = sandbox()
    with pytest.raises(UnreachableError, match="HTTPS_PROXY") as caught:
        Client(settings, retry=Retry(clock=clock, sleep=clock.sleep)).list_worker_blocks()
    assert "secret" not in str(caught.value)
