"""A HIT and its type as the service describes them, as far as the provider has to know. No worker is named in it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class HITInfo:
    """A HIT: its type, what it asks for and pays, and how its assignments stand."""

    hit_id: str
    hit_type_id: str
    title: str
    status: str
    reward: str
    expiration: datetime.datetime | None
    available: int  # not taken; once it has expired, those that nobody did
    pending: int  # accepted, and not submitted yet
    assignments: int  # in all
    submitted: int  # waiting to be approved or rejected
    qualification_type_ids: frozenset[str]  # the types that it requires


@dataclass(frozen=True)
class HITTypeInfo:
    """A HIT type, as each HIT of it shows it: the one way to read one. Values are in the notation of the service."""

    hit_type_id: str
    title: str
    description: str
    reward: str
    assignment_duration_in_seconds: int
    auto_approval_delay_in_seconds: int
    keywords: str | None
    qualification_requirements: tuple[Mapping[str, Any], ...]
    """Without RequiredToPreview, an older word for what ActionsGuarded says."""


def hit_type_info(item: Mapping[str, Any]) -> HITTypeInfo:
    """The HIT type of a HIT from an answer."""
    return HITTypeInfo(
        hit_type_id=item.get("HITTypeId", ""),
        title=item.get("Title", ""),
        description=item.get("Description", ""),
        reward=item.get("Reward", "0"),
        assignment_duration_in_seconds=item.get("AssignmentDurationInSeconds", 0),
        auto_approval_delay_in_seconds=item.get("AutoApprovalDelayInSeconds", 0),
        keywords=item.get("Keywords") or None,
        qualification_requirements=tuple(map(_requirement, item.get("QualificationRequirements", ()))),
    )


def _requirement(rule: Mapping[str, Any]) -> Mapping[str, Any]:
    guarded = "PreviewAndAccept" if rule.get("RequiredToPreview") else "Accept"
    return {"ActionsGuarded": guarded} | {name: value for name, value in rule.items() if name != "RequiredToPreview"}


def hit_info(item: Mapping[str, Any]) -> HITInfo:
    """A HIT from a member of a listing."""
    available, pending, completed = (
        item.get(f"NumberOfAssignments{state}", 0) for state in ("Available", "Pending", "Completed")
    )
    return HITInfo(
        hit_id=item["HITId"],
        hit_type_id=item.get("HITTypeId", ""),
        title=item.get("Title", ""),
        status=item.get("HITStatus", ""),
        reward=item.get("Reward", "0"),
        expiration=item.get("Expiration"),
        available=available,
        pending=pending,
        assignments=item.get("MaxAssignments", 0),
        # No counter of its own: `completed` are those that were approved or rejected.
        submitted=max(0, item.get("MaxAssignments", 0) - available - pending - completed),
        qualification_type_ids=frozenset(
            rule["QualificationTypeId"] for rule in item.get("QualificationRequirements", ())
        ),
    )
