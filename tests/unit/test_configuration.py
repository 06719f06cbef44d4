"""The configuration keys: what they take, and what is said of those that can't be used."""

from typing import Any

import pytest
from pydantic.alias_generators import to_camel

from pulumi_mturk.common import names
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.invariants import Require
from pulumi_mturk.provider.configuration import AWS_ENDPOINTS, Configuration, host_of

GOOD: dict[str, tuple[str, Any]] = {
    "environment": ("sandbox", "sandbox"),
    "endpointUrl": ("https://panel.example.org/", "https://panel.example.org"),
    "formerEndpoints": ("one.example.org, two.example.org", ("one.example.org", "two.example.org")),
    "allowedAccountIds": ('["111122223333"]', ("111122223333",)),
    "accept": (
        '[{"code": "MT204", "reason": "pilot", "until": "2026-12-01"}]',
        ({"code": "MT204", "reason": "pilot", "resource": None, "until": "2026-12-01"},),
    ),
    "localDatabase": ("elsewhere.db", "elsewhere.db"),
    "profile": ("research", "research"),
    "operationTimeoutSeconds": ("30", 30.0),
    "requestsPerSecond": ("2.5", 2.5),
    "markTypes": ("true", True),
    "require": (
        '[{"id": "where", "locale": ["US"]}]',
        ({names.to_camel(key): value for key, value in vars(Require(id="where", locale=("US",))).items()},),
    ),
    "feeSchedule": ("amazon-2015", "amazon-2015"),
    "smallNumbers": ("true", True),
    "plugin": ("true", True),
}


def settings(**values: Any) -> Configuration:
    return Configuration.from_config({f"mturk:{key}": value for key, value in values.items()})


def problem(**values: Any) -> str:
    with pytest.raises(ConfigurationError) as caught:
        settings(**values)
    return str(caught.value)


def test_every_key_has_its_case() -> None:
    assert set(GOOD) == {to_camel(name) for name in Configuration.model_fields}


@pytest.mark.parametrize("key", GOOD)
def test_a_key_is_read_from_its_text(key: str) -> None:
    text, value = GOOD[key]
    assert settings(**{key: text}).model_dump(by_alias=True)[key] == value


def test_nothing_is_needed() -> None:
    found = settings()
    assert (found.environment, found.local_database, found.operation_timeout_seconds) == (
        "local",
        ".mturk/local.db",
        600,
    )
    assert found.embedded


def test_keys_of_other_namespaces_are_not_ours() -> None:
    found = Configuration.from_config({"aws:region": "eu-west-1", "study:environment": "attic", "mturk:profile": "lab"})
    assert found == Configuration(profile="lab")


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ('["111122223333", "444455556666"]', ("111122223333", "444455556666")),
        ("[111122223333]", ("111122223333",)),
        (" 111122223333 ,444455556666,", ("111122223333", "444455556666")),
        (["111122223333"], ("111122223333",)),
        ("", ()),
        ("[]", ()),
    ],
)
def test_a_list_is_json_or_has_commas(text: Any, listed: tuple[str, ...]) -> None:
    assert settings(allowedAccountIds=text).allowed_account_ids == listed


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("environment", "prod", "must be 'local', 'sandbox' or 'production'"),
        ("endpointUrl", "panel.example.org", "write the whole address"),
        ("endpointUrl", "ftp://panel.example.org", "write the whole address"),
        ("endpointUrl", "https://", "write the whole address"),
        ("endpointUrl", "https://user:word@panel.example.org", "must not hold a user name or password"),
        ("formerEndpoints", '["one"', 'not a JSON list; write ["one", "two"] or one,two'),
        ("allowedAccountIds", "12345", "an AWS account id has 12 digits"),
        ("allowedAccountIds", "11112222333a", "an AWS account id has 12 digits"),
        ("localDatabase", "", "must not be empty"),
        ("profile", " ", "must not be empty"),
        ("operationTimeoutSeconds", "soon", "must be a number"),
        ("operationTimeoutSeconds", "0", "must be more than 0"),
        ("requestsPerSecond", "-1", "must be more than 0"),
    ],
)
def test_a_wrong_value_is_told_with_its_key(key: str, value: str, words: str) -> None:
    told = problem(**{key: value})
    assert told.startswith(f"mturk:{key}: ")
    assert words in told


def test_a_password_in_an_address_is_not_repeated() -> None:
    assert "hunter2" not in problem(endpointUrl="https://user:hunter2@panel.example.org")


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("enviroment", "did you mean mturk:environment?"),
        ("endpoint", "did you mean mturk:endpointUrl?"),
        ("endpoint_url", "did you mean mturk:endpointUrl?"),
        ("allowedAccounts", "did you mean mturk:allowedAccountIds?"),
        ("zebra", "the keys are environment, endpointUrl, formerEndpoints"),
    ],
)
def test_an_unknown_key_is_told_with_the_one_that_is_meant(key: str, hint: str) -> None:
    told = problem(**{key: "x"})
    assert told.startswith(f"mturk:{key}: there is no such configuration key; ")
    assert told.endswith("[MT601]")
    assert hint in told


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = problem(enviroment="sandbox", environment="prod", requestsPerSecond="0")
    for beginning in (
        "; mturk:enviroment: there is no",
        "; mturk:environment: must be",
        "; mturk:requestsPerSecond: must be",
    ):
        assert beginning in f"; {told}"


@pytest.mark.parametrize("environment", ["sandbox", "production"])
def test_amazons_address_is_that_of_the_environment(environment: str) -> None:
    found = settings(environment=environment)
    assert found.url == AWS_ENDPOINTS[environment]
    assert found.at_aws
    assert not found.embedded
    assert found.host in found.url


def test_an_address_of_ones_own_goes_before() -> None:
    found = settings(environment="production", endpointUrl="https://Panel.example.org:8443/")
    assert found.url == "https://Panel.example.org:8443"
    assert found.host == "panel.example.org:8443"
    assert not found.at_aws


def test_a_local_server_is_not_embedded() -> None:
    found = settings(endpointUrl="http://127.0.0.1:8080")
    assert not found.embedded
    assert found.host == "127.0.0.1:8080"


@pytest.mark.parametrize("address", ["https://panel.example.org", "panel.example.org", "//PANEL.example.org/x"])
def test_a_host_is_the_same_with_and_without_its_scheme(address: str) -> None:
    assert host_of(address) == "panel.example.org"
