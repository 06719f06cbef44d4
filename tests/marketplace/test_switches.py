from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace import Marketplace, SwitchError, Switches, describe
from pulumi_mturk.marketplace.switches import parse_switch

if TYPE_CHECKING:
    from pathlib import Path


def test_switches_reach_another_process_and_outlive_this_one(kept_in: str | Path, marketplace: Marketplace) -> None:
    with Marketplace.open(kept_in) as other:
        marketplace.set_switches(name_held_seconds=60)
        other.set_switches(double_revoke="success")
        assert other.switches.name_held_seconds == 60
    assert marketplace.switches == Switches(name_held_seconds=60, double_revoke="success")


def test_a_switch_can_be_set_back(marketplace: Marketplace) -> None:
    marketplace.set_switches(xml_echo="normalised")
    marketplace.set_switches(xml_echo="verbatim")
    assert marketplace.switches == Switches()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"colour": "blue"}, "There is no switch 'colour'; there are: environment, "),
        ({"double_revoke": "maybe"}, "The switch 'double_revoke' can not be 'maybe'; write error | success."),
        ({"name_held_seconds": -1}, "write a whole number"),
        ({"name_held_seconds": "60"}, "write a whole number"),
        ({"hit_removal_days": 10**9}, "write a whole number from 0 to 999999999"),
        ({"default_page_size": 101}, "The switch 'default_page_size' can not be 101"),
        ({"account_balance": "1"}, "write an amount such as 10000.00"),
    ],
)
def test_a_wrong_switch_is_refused_with_what_to_write(
    marketplace: Marketplace, values: dict[str, str | int], message: str
) -> None:
    with pytest.raises(SwitchError) as caught:
        marketplace.set_switches(environment="sandbox", **values)
    assert message in str(caught.value)
    assert marketplace.switches == Switches()


@pytest.mark.parametrize("value", ["AKIAEXAMPLE:wJalr/K7MDENG", "AKIAEXAMPLE, AKIAOTHER", "a", ","])
def test_what_is_no_list_of_keys_is_refused_and_not_repeated(marketplace: Marketplace, value: str) -> None:
    with pytest.raises(SwitchError) as caught:
        marketplace.set_switches(access_keys=value)
    assert "write access key ids with commas between" in str(caught.value)
    assert "AKIA" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("name_held_seconds=60", ("name_held_seconds", 60)),
        ("environment=sandbox", ("environment", "sandbox")),
        ("account_balance=1.00", ("account_balance", "1.00")),
    ],
)
def test_switches_of_the_command_line(text: str, parsed: tuple[str, str | int]) -> None:
    assert parse_switch(text) == parsed


@pytest.mark.parametrize("text", ["environment", "environment=mars", "name_held_seconds=soon", "=", "a=b"])
def test_wrong_switches_of_the_command_line(text: str) -> None:
    with pytest.raises(SwitchError):
        parse_switch(text)


def test_every_switch_says_how_sure_its_default_is() -> None:
    described = describe()
    assert [item.name for item in described] == [field.name for field in dataclasses.fields(Switches)]
    for item in described:
        assert item.label in {"documented", "observed", "guessed"}
        assert item.meaning.endswith(".")
        assert "\n" not in item.meaning


def test_every_default_is_a_value_that_can_be_set(marketplace: Marketplace) -> None:
    defaults = {field.name: field.default for field in dataclasses.fields(Switches)}
    assert marketplace.set_switches(**defaults) == Switches()  # type: ignore[arg-type]
