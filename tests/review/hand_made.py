"""Small plans, written by hand in the CLI's form."""

import datetime
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_mturk.review.judge import review
from pulumi_mturk.review.plan import Plan
from pulumi_mturk.review.plan_forms import read_plan
from pulumi_mturk.review.report import Change, Report

TODAY = datetime.date(2026, 11, 26)
DYNAMIC, PLUGIN = "pulumi-python:dynamic/mturk:", "mturk:index:"
TIER, SEEN = "3EXAMPLETIER", "3EXAMPLESEEN"
UNITED_STATES = {
    "qualificationTypeId": "00000000000000000071",
    "comparator": "EqualTo",
    "localeValues": [{"country": "US"}],
    "actionsGuarded": "Accept",
}


def urn(kind: str, name: str, package: str = DYNAMIC) -> str:
    token = kind if ":" in kind else f"{package}{kind}"
    return f"urn:pulumi:prod::sense-ratings::{token}::{name}"


def state(kind: str, name: str, inputs: Mapping[str, Any], id_: str | None = None, **more: Any) -> dict[str, Any]:
    package = more.pop("package", DYNAMIC)
    place = {"environment": "production", "endpointHost": "mturk-requester.us-east-1.amazonaws.com"}
    found = {
        "urn": urn(kind, name, package),
        "custom": True,
        "inputs": {"__provider": "gASV", **place, **inputs},
        **more,
    }
    return found if id_ is None else found | {"id": id_}


def step(
    op: str,
    kind: str,
    name: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    *,
    id_: str = "3EXAMPLE",
    **more: Any,
) -> dict[str, Any]:
    found: dict[str, Any] = {"op": op, "urn": urn(kind, name, more.get("package", DYNAMIC))}
    if before is not None:
        found["oldState"] = state(kind, name, before, id_, **more)
    if after is not None:
        found["newState"] = state(kind, name, after, **more)
    return found


def rule(
    type_id: str, comparator: str, *values: int, guarded: str = "Accept", name: str | None = None
) -> dict[str, Any]:
    found: dict[str, Any] = {"qualificationTypeId": type_id, "comparator": comparator, "actionsGuarded": guarded}
    found |= {"integerValues": list(values)} if values else {}
    return found | ({} if name is None else {"qualificationTypeName": name})


def hit_type(*rules: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "title": "Rate sentences",
        "description": "Read ten sentences and rate them.",
        "reward": "1.60",
        "assignmentDurationInSeconds": 600,
        "autoApprovalDelayInSeconds": 86_400,
        "qualificationRequirements": list(rules),
        **more,
    }


def roster(type_id: str, count: int, change: str, **more: Any) -> dict[str, Any]:
    told = change.replace("-", "\N{MINUS SIGN}")
    found = {
        "qualificationTypeId": type_id,
        "count": count,
        "change": told,
        "workers": "[secret]",
        "exclusive": False,
    }
    return found | more


def qualification_type(**more: Any) -> dict[str, Any]:
    return {"name": "tier-09efed7", "nameGenerated": True, "description": "Rated.", "autoGranted": False, **more}


def document(*steps: Mapping[str, Any], same: int = 0, **members: Any) -> dict[str, Any]:
    summary: dict[str, int] = {"same": same + sum(one["op"] == "same" for one in steps)}
    for one in steps:
        if one["op"] not in {"same", "refresh"}:
            summary[one["op"]] = summary.get(one["op"], 0) + 1
    return {"config": {}, "steps": list(steps), "duration": 1, "changeSummary": summary, **members}


def plan(*steps: Mapping[str, Any], exit_code: int | None = 0, **members: Any) -> Plan:
    return read_plan(json.dumps(document(*steps, **members)), exit_code)


def judged(*steps: Mapping[str, Any], exit_code: int | None = 0, **members: Any) -> Report:
    return review(plan(*steps, exit_code=exit_code, **members), today=TODAY)


def codes(report: Report) -> list[str]:
    return [risk.code for risk in report.risks]


def change(report: Report, name: str, kind: str = "HITType") -> Change:
    (found,) = [one for one in report.changes if (one.name, one.type) == (name, kind)]
    return found


def texts(value: Any) -> Iterable[str]:
    """All texts in a document."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(item)
