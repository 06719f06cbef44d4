"""A marketplace as a stack leaves it: a test with a key, a country, an exclusion list, and HITs to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import (
    ANSWER_KEY,
    HIT_TYPE,
    LOCALE,
    PERCENT_APPROVED,
    QUESTION,
    TEST,
    InProcessClient,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_mturk.marketplace import Marketplace

LISTED = 4
"""Workers on the exclusion list."""


@dataclass(frozen=True)
class Stack:
    """What the database of a test holds."""

    direct: InProcessClient
    test: str
    exclusion: str
    hit_type: str

    def made(self, operation: str, **members: Any) -> dict[str, Any]:
        status, answer = self.direct.call(operation, **members)
        assert status == 200, answer
        return answer

    def ruled(self, *rules: dict[str, Any], title: str = "Receipts") -> str:
        """A HIT type with these rules."""
        answer = self.made("CreateHITType", **HIT_TYPE | {"Title": title}, QualificationRequirements=list(rules))
        return str(answer["HITTypeId"])

    def publish(self, hit_type: str, assignments: int, question: str = QUESTION) -> None:
        life = {"LifetimeInSeconds": 864_000, "MaxAssignments": assignments}
        self.made("CreateHITWithHITType", HITTypeId=hit_type, Question=question, **life)


@pytest.fixture
def stack(direct: InProcessClient) -> Stack:
    return make_stack(direct)


def make_stack(direct: InProcessClient) -> Stack:
    """The stack's types, rules and list; no HIT yet."""
    test = direct.call(
        "CreateQualificationType",
        Name="Sums",
        Description="d",
        QualificationTypeStatus="Active",
        Test=TEST,
        AnswerKey=ANSWER_KEY,
        TestDurationInSeconds=600,
    )[1]["QualificationType"]["QualificationTypeId"]
    exclusion = direct.new_type("Earlier participation")
    for number in range(LISTED):
        worker = f"A{number}EXAMPLE"
        direct.call("AssociateQualificationWithWorker", QualificationTypeId=exclusion, WorkerId=worker)
    rules = [
        {"QualificationTypeId": PERCENT_APPROVED, "Comparator": "GreaterThan", "IntegerValues": [97]},
        {"QualificationTypeId": LOCALE, "Comparator": "EqualTo", "LocaleValues": [{"Country": "US"}]},
        {"QualificationTypeId": test, "Comparator": "EqualTo", "IntegerValues": [1]},
        {
            "QualificationTypeId": exclusion,
            "Comparator": "DoesNotExist",
            "ActionsGuarded": "DiscoverPreviewAndAccept",
        },
    ]
    made = direct.call("CreateHITType", **HIT_TYPE, QualificationRequirements=rules)[1]["HITTypeId"]
    return Stack(direct, test, exclusion, made)


@pytest.fixture
def path(marketplace: Marketplace, database: Path) -> Path:
    """The file of the marketplace, which is open in this process too."""
    return database
