"""The digest of a plan: what has been reviewed, for the comparison with the plan that is applied.

It is of operations, URNs, replace reasons and public inputs, with the counts of lists, environment and commit. It does
not cover who stands on a list, which a plan doesn't show, nor what differs from one preview to the next: generated
names, times, and the order of the steps.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pulumi_mturk.review.plan import Hidden, Plan, Side, Step

_FORM = "pulumi-mturk review digest 1"


def digest(plan: Plan, environment: str, commit: str | None) -> str:
    """SHA-256, hexadecimal."""
    found = hashlib.sha256()
    for part in (_FORM, plan.project, plan.stack, environment, commit or "", plan.ending == "failed"):
        found.update(_line(part))
    for step in plan.steps:  # sorted by URN
        if step.changes:
            found.update(_line(_of_step(step)))
    return found.hexdigest()


def _line(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=_hidden).encode(errors="surrogatepass") + b"\n"


def _hidden(value: Any) -> Any:
    if isinstance(value, Hidden):
        return {"hidden": value.why}
    raise TypeError(f"no value of a plan: {type(value).__name__}")


def _of_step(step: Step) -> Mapping[str, Any]:
    return {
        "urn": step.urn,
        # The parts of a replacement are shown by some previews, and not by others.
        "operations": [step.operation] if step.operation == "replace" else step.operations,
        "reasons": step.replace_reasons,
        "differing": step.differing,
        "before": _inputs(step.before),
        "after": _inputs(step.after),
    }


def _inputs(side: Side | None) -> Mapping[str, Any] | None:
    if side is None:
        return None
    generated = side.inputs.get("nameGenerated") is True
    return {name: value for name, value in side.inputs.items() if not (generated and name == "name")}
