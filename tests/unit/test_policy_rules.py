"""The rules of the policy pack in examples/policies as plain functions, for resources of both kinds of program."""

import importlib.util
from types import ModuleType
from typing import Any

import pytest

from pulumi_mturk.common.worker_ids import contains_worker_id
from tests.support.pulumi_cli import ROOT

DYNAMIC, PLUGIN = "pulumi-python:dynamic/mturk:", "mturk:index:"
TASK: dict[str, Any] = {"reward": "0.40", "environment": "production", "qualificationRequirements": []}
PAY = {"minimumHourlyPay": "12.00", "minutes": {"task": 2.0}}


@pytest.fixture(scope="module")
def rules() -> ModuleType:
    spec = importlib.util.spec_from_file_location("policy_rules", ROOT / "examples" / "policies" / "rules.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.mark.parametrize("package", [DYNAMIC, PLUGIN])
def test_a_hit_type_is_one_by_either_of_its_tokens(rules: ModuleType, package: str) -> None:
    token = f"{package}HITType"
    assert rules.kind(token) == "HITType"
    assert not list(rules.paid_fairly(token, "task", TASK, PAY))
    assert list(rules.paid_fairly(token, "task", TASK | {"reward": "0.39"}, PAY))
    for config in (PAY | {"minutes": {"other": 2}}, {"minutes": {"task": 2}}, {"minimumHourlyPay": "12.00"}, {}):
        assert len(list(rules.paid_fairly(token, "task", TASK, config))) == 1
    barred = {"comparator": "DoesNotExist", "qualificationTypeId": "3EXAMPLE"}
    for guarded, fine in (("Accept", False), ("PreviewAndAccept", True), ("DiscoverPreviewAndAccept", True)):
        props = TASK | {"qualificationRequirements": [barred | {"actionsGuarded": guarded}]}
        assert (not list(rules.hidden_from_the_excluded(token, props))) is fine
    assert list(rules.hidden_from_the_excluded(token, TASK | {"qualificationRequirements": [barred]}))
    held = {"comparator": "Exists", "qualificationTypeId": "3EXAMPLE", "actionsGuarded": "Accept"}
    assert not list(rules.hidden_from_the_excluded(token, TASK | {"qualificationRequirements": [held]}))


@pytest.mark.parametrize("reward", [None, "", "much", "NaN", "1e400", {}, "9" * 40])
def test_a_reward_that_is_no_amount_is_not_fair(rules: ModuleType, reward: Any) -> None:
    (said,) = rules.paid_fairly(f"{DYNAMIC}HITType", "task", TASK | {"reward": reward}, PAY)
    assert "can't be told" in said


@pytest.mark.parametrize(
    ("config", "fine"),
    [
        ({"author": "lee", "reviewer": "kim"}, True),
        ({"author": "lee", "reviewer": " LEE "}, False),
        ({"reviewer": "kim"}, False),
        ({"author": "lee", "reviewer": ""}, False),
        ({}, False),
    ],
)
def test_production_has_a_reviewer_who_is_not_the_author(rules: ModuleType, config: dict[str, str], fine: bool) -> None:
    for token in (f"{DYNAMIC}QualificationRoster", f"{PLUGIN}WorkerBlock"):
        assert (not list(rules.reviewed(token, TASK, config))) is fine
        assert not list(rules.reviewed(token, TASK | {"environment": "sandbox"}, config))


def test_resources_of_others_are_asked_for_their_names_alone(rules: ModuleType) -> None:
    bucket = "aws:s3/bucket:Bucket"
    assert not list(rules.reviewed(bucket, TASK, {}))
    assert not list(rules.paid_fairly(bucket, "task", TASK | {"reward": "0.01"}, PAY))
    assert list(rules.without_worker_ids("results-A1EXAMPLEWORKER"))
    for name in ("results", "AWS2024", "ALBUQUERQUE"):
        assert not list(rules.without_worker_ids(name))
        assert not contains_worker_id(name)
