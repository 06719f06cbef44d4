"""The explicit provider of a program: its arguments are the configuration's keys, and reach the plugin as they do."""

import datetime
import inspect
from decimal import Decimal
from pathlib import Path
from typing import Any

import pulumi
import pytest

import pulumi_mturk as mturk
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.names import to_camel
from pulumi_mturk.provider.configuration import OF_THE_STACK, Configuration
from tests.support.program import registered

ACCEPTED = {
    "code": "MT204",
    "resource": "task",
    "reason": "pilot, protocol 2026-14",
    "until": datetime.date(2030, 1, 31),
}
KEPT = {"id": "paid", "cost_per_assignment_at_most": Decimal("1.50")}
IN_A_FILE = {"id": "paid", "costPerAssignmentAtMost": "1.50"}

# An argument, as a program may write it, and the field that the plugin reads from it.
VALUES: list[tuple[dict[str, Any], Any]] = [
    ({"environment": "production"}, "production"),
    ({"endpoint_url": "https://panel.example.org"}, "https://panel.example.org"),
    ({"former_endpoints": ["old.example.org", "older.example.org"]}, ("old.example.org", "older.example.org")),
    ({"former_endpoints": "old.example.org"}, ("old.example.org",)),
    ({"allowed_account_ids": {"111122223333", "000011112222"}}, ("000011112222", "111122223333")),
    ({"local_database": Path("panel/one.db")}, "panel/one.db"),
    ({"profile": "lab"}, "lab"),
    ({"operation_timeout_seconds": datetime.timedelta(minutes=1.5)}, 90),
    ({"operation_timeout_seconds": 2.5}, 2.5),
    ({"requests_per_second": 4}, 4),
    ({"mark_types": False}, False),
    ({"mark_types": True}, True),
    ({"accept": [ACCEPTED]}, Configuration.from_config({"mturk:accept": [ACCEPTED]}).accept),
    ({"require": [KEPT]}, Configuration.from_config({"mturk:require": [IN_A_FILE]}).require),
    ({"fee_schedule": "none"}, "none"),
]


def test_its_arguments_are_the_keys_of_the_configuration() -> None:
    arguments = set(inspect.signature(mturk.Provider.__init__).parameters) - {"self", "resource_name", "opts"}
    assert arguments == set(Configuration.model_fields) - OF_THE_STACK


@pytest.mark.parametrize("value", VALUES, ids=lambda value: next(iter(value[0])))
def test_a_value_reaches_the_plugin_as_it_is_meant(value: tuple[dict[str, Any], Any]) -> None:
    given, expected = value
    (argument,) = given
    (inputs,) = registered(lambda: mturk.Provider("lab", **given)).values()
    assert {type(one) for one in inputs.values()} == {str}
    read = Configuration.from_config({f"mturk:{key}": one for key, one in inputs.items()})
    assert getattr(read, argument) == expected


def test_an_output_is_taken_too_and_anywhere() -> None:
    def program() -> None:
        later = pulumi.Output.from_input("lab")
        one = mturk.Provider("lab", profile=later, allowed_account_ids=[later, "111122223333"], mark_types=True)
        assert {key for key, value in one.settings.items() if isinstance(value, pulumi.Output)} == {
            "profile",
            "allowedAccountIds",
        }

    (inputs,) = registered(program).values()
    assert inputs == {"profile": "lab", "allowedAccountIds": '["lab", "111122223333"]', "markTypes": "true"}


def test_what_a_team_has_agreed_on_holds_for_it_too_and_where_it_leads_is_its_own() -> None:
    agreed = {"accept": "[]", "require": '[{"id": "quiet", "noMail": true}]', "feeSchedule": "none"}
    place = {"environment": "production", "profile": "stack", "localDatabase": "stack.db", "requestsPerSecond": "1"}
    pulumi.runtime.set_all_config({f"mturk:{key}": value for key, value in {**agreed, **place}.items()})
    try:
        found = registered(
            lambda: (mturk.Provider("lab"), mturk.Provider("other", require=[], fee_schedule="panel.yaml"))
        )
    finally:
        pulumi.runtime.set_all_config({})
    assert found["mturk", "lab"] == agreed
    assert found["mturk", "other"] == {**agreed, "require": "[]", "feeSchedule": "panel.yaml"}


@pytest.mark.parametrize(
    ("argument", "value", "code"),
    [
        ("environment", "Sandbox", "MT006"),
        ("environment", True, "MT003"),
        ("profile", ["lab"], "MT003"),
        ("former_endpoints", {"old.example.org": 1}, "MT003"),
        ("allowed_account_ids", 111122223333, "MT003"),
        ("requests_per_second", True, "MT003"),
        ("requests_per_second", [1], "MT003"),
        ("operation_timeout_seconds", {}, "MT003"),
        ("mark_types", 1, "MT003"),
        ("accept", ACCEPTED, "MT003"),
        ("fee_schedule", Decimal(1), "MT003"),
    ],
)
def test_what_can_not_be_meant_is_refused_at_once(argument: str, value: Any, code: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        mturk.Provider("lab", **{argument: value})
    (found,) = refused.value.diagnostics
    assert (found.code, found.path) == (code, argument)


def test_a_misspelt_argument_is_pythons_own_error() -> None:
    with pytest.raises(TypeError, match="profil"):
        mturk.Provider("lab", profil="lab")  # type: ignore[call-arg]


def test_every_argument_has_a_case() -> None:
    assert {to_camel(key) for given, _ in VALUES for key in given} == {
        to_camel(key) for key in set(Configuration.model_fields) - OF_THE_STACK
    }
