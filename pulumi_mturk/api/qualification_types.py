"""A qualification type as the service describes it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class QualificationTypeInfo:
    """A qualification type as the service describes it."""

    qualification_type_id: str
    name: str
    description: str
    status: str
    keywords: str | None
    retry_delay_in_seconds: int | None
    test: str | None
    test_duration_in_seconds: int | None
    answer_key: str | None
    auto_granted: bool
    auto_granted_value: int | None
    is_requestable: bool
    creation_time: str


def type_info(item: Mapping[str, Any]) -> QualificationTypeInfo:
    """A type from a member of an answer."""
    return QualificationTypeInfo(
        qualification_type_id=item["QualificationTypeId"],
        name=item.get("Name", ""),
        description=item.get("Description", ""),
        status=item.get("QualificationTypeStatus", ""),
        keywords=item.get("Keywords") or None,
        retry_delay_in_seconds=item.get("RetryDelayInSeconds"),
        test=item.get("Test"),
        test_duration_in_seconds=item.get("TestDurationInSeconds"),
        answer_key=item.get("AnswerKey"),
        auto_granted=bool(item.get("AutoGranted")),
        auto_granted_value=item.get("AutoGrantedValue"),
        is_requestable=bool(item.get("IsRequestable")),
        creation_time=time_text(item.get("CreationTime")) or "",
    )


def time_text(value: datetime.datetime | None) -> str | None:
    """A time as the state has it: ISO 8601, UTC, in whole seconds."""
    return value.astimezone(datetime.UTC).isoformat(timespec="seconds") if value is not None else None
