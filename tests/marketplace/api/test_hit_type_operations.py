from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import APPROVED, HIT_TYPE, LOCALE, refusal

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

RULES: list[dict[str, Any]] = [
    {"QualificationTypeId": APPROVED, "Comparator": "GreaterThan", "IntegerValues": [100]},
    {
        "QualificationTypeId": LOCALE,
        "Comparator": "In",
        "LocaleValues": [{"Country": "US", "Subdivision": "CA"}, {"Country": "FR"}],
    },
]
FULL: dict[str, Any] = {
    **HIT_TYPE,
    "Keywords": "audio, transcription",
    "AutoApprovalDelayInSeconds": 3600,
    "QualificationRequirements": RULES,
}


def test_the_same_values_are_the_same_type(mturk: MTurkClient) -> None:
    assert mturk.create_hit_type(**FULL)["HITTypeId"] == mturk.create_hit_type(**FULL)["HITTypeId"]


@pytest.mark.parametrize(
    "change",
    [
        {"Title": "Another"},
        {"Description": "Another."},
        {"Keywords": "audio"},
        {"Reward": "0.11"},
        {"AssignmentDurationInSeconds": 601},
        {"AutoApprovalDelayInSeconds": 3601},
        {"QualificationRequirements": RULES[:1]},
        {"QualificationRequirements": [{**RULES[0], "ActionsGuarded": "PreviewAndAccept"}, RULES[1]]},
    ],
)
def test_each_of_the_seven_values_makes_another_type(mturk: MTurkClient, change: dict[str, Any]) -> None:
    assert mturk.create_hit_type(**FULL)["HITTypeId"] != mturk.create_hit_type(**{**FULL, **change})["HITTypeId"]


def test_an_omitted_approval_delay_is_thirty_days(mturk: MTurkClient) -> None:
    explicit = mturk.create_hit_type(**HIT_TYPE, AutoApprovalDelayInSeconds=2_592_000)
    assert mturk.create_hit_type(**HIT_TYPE)["HITTypeId"] == explicit["HITTypeId"]


@pytest.mark.parametrize(
    "notation",
    [
        {"Reward": "0.1"},
        {"Reward": "00.10"},
        {"Keywords": "audio,transcription"},
        {"QualificationRequirements": RULES[::-1]},
        {"QualificationRequirements": [RULES[0], {**RULES[1], "LocaleValues": RULES[1]["LocaleValues"][::-1]}]},
    ],
)
def test_whether_notation_makes_another_type_is_a_switch(
    mturk: MTurkClient, marketplace: Marketplace, notation: dict[str, Any]
) -> None:
    def same() -> bool:
        other = mturk.create_hit_type(**{**FULL, **notation})
        return mturk.create_hit_type(**FULL)["HITTypeId"] == other["HITTypeId"]

    assert same()
    marketplace.set_switches(hit_type_identity="verbatim")
    assert not same()


@pytest.mark.parametrize(
    ("change", "parameter"),
    [
        ({"Title": ""}, "Title"),
        ({"Title": "x" * 129}, "Title"),
        ({"Description": ""}, "Description"),
        ({"Description": "x" * 2001}, "Description"),
        ({"Keywords": "x" * 1001}, "Keywords"),
        ({"AssignmentDurationInSeconds": 29}, "AssignmentDurationInSeconds"),
        ({"AssignmentDurationInSeconds": 31_536_001}, "AssignmentDurationInSeconds"),
        ({"AutoApprovalDelayInSeconds": -1}, "AutoApprovalDelayInSeconds"),
        ({"AutoApprovalDelayInSeconds": 2_592_001}, "AutoApprovalDelayInSeconds"),
        ({"Reward": "9" * 16}, "Reward"),
    ],
)
def test_a_value_out_of_range_is_refused(mturk: MTurkClient, change: dict[str, Any], parameter: str) -> None:
    error = refusal(mturk.create_hit_type, **{**HIT_TYPE, **change})
    assert f"is not valid for the parameter {parameter}." in error.message


@pytest.mark.parametrize(
    "change",
    [
        {"Title": "x" * 128},
        {"Description": "x" * 2000, "Keywords": "x" * 1000},
        {"AssignmentDurationInSeconds": 30, "AutoApprovalDelayInSeconds": 0},
        {"AssignmentDurationInSeconds": 31_536_000, "AutoApprovalDelayInSeconds": 2_592_000},
        *({"Reward": reward} for reward in ("5", "5.", "0.1", "0")),
    ],
)
def test_a_value_at_the_end_of_the_range_is_accepted(mturk: MTurkClient, change: dict[str, Any]) -> None:
    assert mturk.create_hit_type(**{**HIT_TYPE, **change})["HITTypeId"]


@pytest.mark.parametrize("reward", [".20", "0.105", "1,000", "-1", "", "0.1\n", "abc"])
def test_a_reward_that_is_no_amount_breaks_the_model(mturk: MTurkClient, reward: str) -> None:
    assert refusal(mturk.create_hit_type, **{**HIT_TYPE, "Reward": reward}).kind == "ValidationException"


def test_a_reward_of_zero_is_a_switch(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(zero_reward="refuse")
    error = refusal(mturk.create_hit_type, **{**HIT_TYPE, "Reward": "0.00"})
    assert "is not valid for the parameter Reward." in error.message
