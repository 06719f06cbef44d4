"""Reading a plan: the document of `pulumi preview --json`, its streaming lines, and what has no values in it.

The document has neither version nor result (CLI 3.204 to 3.259): a failed preview looks like a whole one without its
deletions. So a plan counts as whole only if it has a summary and no error, and its exit status was 0, or it tells its
result itself.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pulumi_mturk.common.text import count
from pulumi_mturk.review.plan import (
    KNOWN_OPERATIONS,
    LOOKING,
    Ending,
    Plan,
    PlanError,
    Side,
    Step,
    kind_of_token,
    public_inputs,
)
from pulumi_mturk.rules import risks_plan

COMMAND = "pulumi preview --json --show-sames"
# As the provider names a rule of the lab that refuses something.
_REFUSED_BY = re.compile(r"breaks the rule '([^'\n]{1,100})' of mturk:require")
_MEMBERS = frozenset({"config", "steps", "diagnostics", "duration", "changeSummary", "maybeCorrupt"})
_STACK_TYPE = "pulumi:pulumi:Stack"
_SUCCEEDED = "succeeded"


def read_plan(text: str, exit_code: int | None = None) -> Plan:
    """The plan that a text holds. `exit_code` is that of the preview, None if it was not seen.

    Raises PlanError for what is no output of a preview. One that was cut short is a plan that is told to be so.
    """
    stripped = text.strip()
    if not stripped:
        return _ended(Plan(), ["the preview printed nothing: it was ended before it could, or failed at its start"])
    if not stripped.startswith("{"):
        raise PlanError(f"this is not the JSON of a preview; make it by `{COMMAND} > plan.json`")
    try:
        document = json.loads(stripped)
    except (ValueError, RecursionError):
        return _from_lines(stripped, exit_code)
    if _is_event(document):
        return _from_events([document], exit_code)
    if {"result", "resources"} <= document.keys():
        return _without_values(document, exit_code)
    if "steps" not in document and "changeSummary" not in document and "diagnostics" not in document:
        raise PlanError(f"this JSON is no preview's; make one by `{COMMAND} > plan.json`")
    return _from_document(document, exit_code)


def _from_document(document: Mapping[str, Any], exit_code: int | None) -> Plan:
    steps = [_raw_step(step) for step in _dicts(document.get("steps"))]
    diagnostics = [
        (_text(each.get("severity")), _text(each.get("message"))) for each in _dicts(document.get("diagnostics"))
    ]
    summary = document.get("changeSummary")
    strange = [
        name
        for name, members in (("steps", ("op", "urn")), ("diagnostics", ("severity", "message")))
        if not _is_of_form(document.get(name), members)
    ]
    plan = _plan(
        steps,
        config=document.get("config"),
        summary=summary if isinstance(summary, dict) else None,
        diagnostics=diagnostics,
        corrupt=document.get("maybeCorrupt") is True,
        result=None,
        exit_code=exit_code,
        not_understood=[f"the plan's member {name!r}" for name in sorted(document.keys() - _MEMBERS)],
    )
    return _ended(plan, [f"the plan's {' and '.join(strange)} are of an unknown form"]) if strange else plan


def _from_lines(text: str, exit_code: int | None) -> Plan:
    """The events of a streaming preview; if it is none, a document that was cut off."""
    events: list[Any] = []
    cut = False
    for line in text.splitlines():
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            cut = True
            break
        events.append(event)
    if not events or not all(map(_is_event, events)):
        return _ended(Plan(exit_code=exit_code), ["the plan's JSON ends in the middle, or is broken"])
    plan = _from_events(events, exit_code)
    return _ended(plan, ["the plan's last line ends in the middle, or is broken"]) if cut else plan


def _is_event(value: Any) -> bool:
    return isinstance(value, dict) and "sequence" in value and "timestamp" in value


def _from_events(events: Iterable[Mapping[str, Any]], exit_code: int | None) -> Plan:
    steps, diagnostics = [], []
    config: Any = None
    summary: Mapping[str, Any] | None = None
    for event in events:
        if metadata := _member(event.get("resourcePreEvent"), "metadata"):
            steps.append(_raw_step(_like_a_step(metadata)))
        elif isinstance(said := event.get("diagnosticEvent"), dict):
            diagnostics.append((_text(said.get("severity")), _text(said.get("message"))))
        elif prelude := _member(event.get("preludeEvent"), "config"):
            config = prelude
        elif isinstance(event.get("summaryEvent"), dict):
            summary = event["summaryEvent"]
    return _plan(
        steps,
        config=config,
        summary=None if summary is None else summary.get("resourceChanges") or {},
        diagnostics=diagnostics,
        corrupt=summary is not None and summary.get("maybeCorrupt") is True,
        result=None if summary is None else summary.get("result"),
        exit_code=exit_code,
        not_understood=[],
    )


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _like_a_step(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """A step of the document, from a form that leaves out `custom` where it is false."""
    old, new = (
        {"custom": False, **state} if isinstance(state, dict) else state
        for state in (metadata.get("old"), metadata.get("new"))
    )
    return {
        "op": metadata.get("op"),
        "urn": metadata.get("urn"),
        "oldState": old,
        "newState": new,
        "replaceReasons": metadata.get("keys"),
        "diffReasons": metadata.get("diffs"),
    }


def _without_values(document: Mapping[str, Any], exit_code: int | None) -> Plan:
    """`pulumi preview --output json` names operations alone."""
    steps = [_raw_step({"op": each.get("op"), "urn": each.get("urn")}) for each in _dicts(document["resources"])]
    plan = _plan(
        steps,
        config=None,
        summary=document.get("summary") or {},
        diagnostics=[],
        corrupt=False,
        result=document["result"],
        exit_code=exit_code,
        not_understood=[],
    )
    return _ended(plan, [f"`--output json` shows no values, so that nothing can be judged; use `{COMMAND}`"])


def _ended(plan: Plan, because: list[str]) -> Plan:
    return replace(plan, ending="failed", because=(*plan.because, *because), shows_unchanged=False)


def _plan(
    raw: list[Step],
    *,
    config: Any,
    summary: Mapping[str, Any] | None,
    diagnostics: Iterable[tuple[str, str]],
    corrupt: bool,
    result: Any,
    exit_code: int | None,
    not_understood: list[str],
) -> Plan:
    ending, because = _ending(summary, diagnostics, corrupt, result, exit_code)
    if missing := _missing(summary, raw):
        said = f"the plan's summary counts {count(missing, 'change')} more than the plan has"
        ending, because = "failed", (*because, said)
    # `--refresh` looks at the stack itself, too. Without it the engine looks at those whose provider asks for it.
    looked_at_all = any("refresh" in step.operations and step.type == _STACK_TYPE for step in raw)
    by_urn: dict[str, list[Step]] = {}
    for step in raw:
        by_urn.setdefault(step.urn, []).append(step)
    steps = tuple(_merged(by_urn[urn], refreshed=looked_at_all) for urn in sorted(by_urn))
    project, stack = _names(step.urn for step in steps)
    same = [step for step in raw if "same" in step.operations and step.type != _STACK_TYPE]
    total = _whole(summary.get("same")) if summary is not None else None
    has_root = any(step.type == _STACK_TYPE for step in raw)
    unchanged = None if summary is None else max(0, (total or 0) - has_root)
    shown = unchanged is not None and len(same) >= unchanged
    if shown:
        unchanged = sum(step.custom for step in same)  # a component is no resource to people
    strange = sorted({one for step in steps for one in step.operations} - KNOWN_OPERATIONS)
    return Plan(
        project=project,
        stack=stack,
        steps=steps,
        config={key: value for key, value in config.items() if isinstance(value, str)}
        if isinstance(config, dict)
        else {},
        ending=ending,
        because=because,
        exit_code=exit_code,
        shows_unchanged=ending != "failed" and (looked_at_all or shown),
        unchanged=unchanged,
        not_understood=(*not_understood, *(f"the operation {one!r}" for one in strange)),
    )


def _missing(summary: Mapping[str, Any] | None, raw: list[Step]) -> int:
    """How many changes a plan's summary counts that are not in the plan. It counts each replacement once."""
    counted = sum(_whole(number) or 0 for name, number in (summary or {}).items() if name not in LOOKING)
    return max(0, counted - sum(step.changes for step in raw))


def _ending(
    summary: Mapping[str, Any] | None,
    diagnostics: Iterable[tuple[str, str]],
    corrupt: bool,
    result: Any,
    exit_code: int | None,
) -> tuple[Ending, tuple[str, ...]]:
    because = []
    errors = [message for severity, message in diagnostics if severity == "error"]
    if isinstance(result, str) and result != _SUCCEEDED:
        because.append(f"the preview says that it {'was canceled' if result == 'canceled' else result}")
    if errors:
        because.append(f"the preview reported {count(len(errors), 'error')} (a failed one leaves out all deletions)")
    refused = [message for message in errors if f"[{risks_plan.LAB_RULE_BROKEN.code}]" in message]
    if refused:
        ids = dict.fromkeys(one for message in refused for one in _REFUSED_BY.findall(message))
        which = f" ({', '.join(ids)})" if ids else ""
        because.append(
            f"rules of the lab refuse it{which}: `pulumi-mturk review --stack NAME`, or a preview with "
            "PULUMI_MTURK_REQUIRE=report, has the rest judged as well"
        )
    # 7 is that of `--expect-no-changes` where there are changes.
    if exit_code not in (None, 0, 7):
        because.append(
            f"it ended with the exit status {exit_code}"
            if errors
            else f"the preview ended with the exit status {exit_code}"
        )
    if summary is None:
        because.append("the plan has no summary: it was canceled or cut short")
    if corrupt:
        because.append("the preview calls its own result corrupt")
    if because:
        return "failed", tuple(because)
    if exit_code is None and result != _SUCCEEDED:
        said = (
            "the preview's exit status was not seen, which a pipe loses; give it by --exit-code, or let "
            "`pulumi-mturk review --stack NAME` run the preview"
        )
        return "unseen", (said,)
    return "whole", ()


def _raw_step(step: Mapping[str, Any]) -> Step:
    urn = _text(step.get("urn"))
    before, after = step.get("oldState"), step.get("newState")
    states = [state for state in (after, before) if isinstance(state, dict)]
    # The last type of a URN's chain: parents stand before it.
    token = urn.split("::")[2].rpartition("$")[2] if urn.count("::") >= 3 else ""
    ours = bool(kind_of_token(token))
    operation, old, new = _text(step.get("op")), _side(before, ours=ours), _side(after, ours=ours)
    imported_before = old is not None and new is not None and new.import_id in {old.id, old.import_id} - {None}
    return Step(
        urn=urn,
        type=token,
        operations=(operation,),
        before=old,
        after=new,
        replaces_by_import_id=operation == "replace" and imported_before,
        replace_reasons=_texts(step.get("replaceReasons")),
        differing=_texts(step.get("diffReasons")),
        custom=not any(state.get("custom") is False for state in states),
    )


def _side(state: Any, *, ours: bool) -> Side | None:
    if not isinstance(state, dict):
        return None
    by_property = state.get("propertyDependencies")
    return Side(
        inputs=public_inputs(state.get("inputs"), ours=ours),
        id=_text(state.get("id")) or None,
        dependencies=_texts(state.get("dependencies")),
        property_dependencies={name: _texts(urns) for name, urns in by_property.items()}
        if isinstance(by_property, dict)
        else {},
        # A reference is the provider's URN and its id.
        provider=_text(state.get("provider")).rpartition("::")[0],
        import_id=_text(state.get("importID")) or None,
    )


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(sorted(map(str, value))) if isinstance(value, list) else ()


def _merged(steps: list[Step], *, refreshed: bool) -> Step:
    """What becomes of a resource, of which a refresh or the parts of a replacement give several steps."""
    looked = _refresh_step(steps) if refreshed else None
    rest = [step for step in steps if step is not looked]
    if looked is not None and not rest:
        # Nothing but the look at it: it stays as the program has it, whatever was found.
        side = looked.after
        drifted = looked.operations != ("refresh",)
        return replace(looked, operations=("refresh",), before=side or looked.before, after=side, drifted=drifted)
    first = rest[0]
    replacing = [step for step in rest if step.operations == ("replace",)]
    # An import shows what the program wrote; the update after it what is there, and what is made of it [measured].
    telling = [step for step in rest if step.operations != ("import",)] or rest
    before = _pick([*replacing, *telling], "before", prefer="delete-replaced")
    after = _pick([*replacing, *telling], "after", prefer="create-replacement")
    return replace(
        first,
        operations=tuple(sorted({one for step in rest for one in step.operations})),
        before=before,
        after=after,
        replace_reasons=tuple(sorted({one for step in rest for one in step.replace_reasons})),
        differing=tuple(sorted({one for step in rest for one in step.differing})),
        custom=all(step.custom for step in rest),
        replaces_by_import_id=any(step.replaces_by_import_id for step in rest),
        drifted=looked is not None and looked.operations != ("refresh",),
    )


def _pick(steps: list[Step], side: str, *, prefer: str) -> Side | None:
    """The side of the step that has it best: a replacement's own, else that of its part, else any."""
    ordered = sorted(
        steps, key=lambda step: (step.operations != ("replace",), step.operations != (prefer,), step.operations)
    )
    found: Iterator[Side | None] = (getattr(step, side) for step in ordered)
    return next((one for one in found if one is not None), None)


def _refresh_step(steps: list[Step]) -> Step | None:
    """The step that tells what a refresh has found. Where that is a change it has an operation like any other."""
    for step in steps:
        if step.operations == ("refresh",):
            return step
    existing = [step for step in steps if step.before is not None]
    if len(steps) == 1:
        return existing[0] if existing else None
    for step in existing:
        others = [other for other in steps if other is not step]
        if step.after is None or any(_follows(step, other) for other in others):
            return step
    return None


def _follows(step: Step, other: Step) -> bool:
    """Whether another step begins with what this one ends with."""
    return (
        step.after is not None
        and other.before is not None
        and _shape(step.after.inputs) == _shape(other.before.inputs)
        and _shape(step.after.inputs) != _shape((step.before or step.after).inputs)
    )


def _shape(inputs: Mapping[str, Any]) -> str:
    return json.dumps(inputs, default=str, sort_keys=True)


def _names(urns: Iterable[str]) -> tuple[str, str]:
    for urn in urns:
        parts = urn.split("::")
        if len(parts) >= 4:
            return parts[1], parts[0].removeprefix("urn:pulumi:")
    return "", ""


def _is_of_form(value: Any, members: Iterable[str]) -> bool:
    """Whether a member of a plan is left out, or a list of objects with these texts, none of them empty."""
    items = [] if value is None else value if isinstance(value, list) else [None]
    return all(isinstance(item, dict) and all(_text(item.get(name)) for name in members) for item in items)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
