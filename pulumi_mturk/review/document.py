"""A review as JSON, for machines. Its schema is docs/review.schema.json.

`version` is MAJOR.MINOR, by the rule of Terraform's plans: a new minor version only adds members, so that a reader
passes over those it does not know; another major version is refused by whoever does not know it.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from pulumi_mturk.common.names import to_camel
from pulumi_mturk.review.report import EligibilityChange, Invariant, Report
from pulumi_mturk.review.sentences import FewPeople

VERSION = "1.0"


def write(report: Report) -> str:
    """The document, with a line end."""
    text = json.dumps({"version": VERSION, **_members(report)}, indent=2, ensure_ascii=False) + "\n"
    return text.encode(errors="replace").decode()  # half a character can be in a plan's JSON, and not in a file


def _members(value: Any) -> dict[str, Any]:
    members = {to_camel(member.name): _plain(getattr(value, member.name)) for member in fields(value)}
    if isinstance(value, EligibilityChange):
        members["witnesses"] = [*value.enters.witnesses, *value.leaves.witnesses]
    if isinstance(value, Invariant):
        members["excepted"] = [{"resource": resource, "reason": reason} for resource, reason in value.excepted]
    return members


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _members(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, FewPeople):
        return FewPeople.TEXT
    return f"{value:f}" if isinstance(value, Decimal) else value
