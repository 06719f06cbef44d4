"""`mturk:accept`: warnings, and risks of a change, that a team accepts, with the reason and perhaps a last day."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pulumi_mturk.common.characters import control_problem, is_blank
from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.worker_ids import contains_worker_id
from pulumi_mturk.rules import configuration, form, privacy

KEY = "mturk:accept"
_LONGEST_REASON = 1000
_MEMBERS = ("code", "resource", "reason", "until")
# An unquoted date of a YAML file is a point in time to Pulumi, which hands it on as Go or as JSON writes it.
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00(?:Z| ?\+00:?00(?: UTC)?))?")


def today_utc() -> datetime.date:
    """The day by which acceptances end."""
    return datetime.datetime.now(datetime.UTC).date()


@dataclass(frozen=True)
class Acceptance:
    """A finding that is accepted."""

    code: str = field(metadata={"description": "The code of a warning, such as MT204, or of a risk, such as MT530."})
    reason: str = field(metadata={"description": "Why; shown beside the finding."})
    resource: str | None = field(
        default=None, metadata={"description": "The resource's name in the program. Default: all resources."}
    )
    until: str | None = field(
        default=None, metadata={"description": "The last day, inclusive, in UTC: 2026-12-01. Default: for good."}
    )

    def covers(self, diagnostic: Diagnostic, resource: str) -> bool:
        """Whether it is about this finding."""
        return self.code == diagnostic.code and self.resource in (None, resource)

    def expired(self, today: datetime.date) -> bool:
        """Whether its last day is over."""
        return self.until is not None and today > datetime.date.fromisoformat(self.until)


@dataclass(frozen=True)
class Verdict:
    """What becomes of a finding: how it is shown, and whether an acceptance has made an information of it."""

    text: str
    accepted: bool


def judge(acceptances: Sequence[Acceptance], diagnostic: Diagnostic, resource: str, today: datetime.date) -> Verdict:
    """Whether a warning about a resource is accepted today. `resource` is empty for what concerns the whole stack."""
    covering = [one for one in acceptances if one.covers(diagnostic, resource)]
    if not diagnostic.rule.acceptable or not covering:
        return Verdict(str(diagnostic), accepted=False)
    for one in covering:
        if not one.expired(today):
            last = f" until {one.until}" if one.until else ""
            return Verdict(_with(diagnostic, f"accepted{last}: {one.reason}"), accepted=True)
    expired = covering[0]
    return Verdict(_with(diagnostic, f"was accepted until {expired.until}: {expired.reason}"), accepted=False)


def _with(diagnostic: Diagnostic, remark: str) -> str:
    return str(replace(diagnostic, message=f"{diagnostic.message} ({remark})"))


def read(value: Any) -> tuple[list[Acceptance], list[Diagnostic]]:
    """The entries of `mturk:accept`, from a list or its JSON text, and what is wrong with them."""
    found: list[Acceptance] = []
    problems: list[Diagnostic] = []
    entries = _parsed(value)
    if not isinstance(entries, list | tuple):
        said = "is no list of entries; write [{code: MT204, resource: task, reason: why, until: 2026-12-01}]"
        return [], [configuration.ACCEPT_FORM.at(KEY, said)]
    for index, entry in enumerate(entries):
        if isinstance(entry, Acceptance):
            found.append(entry)
            continue
        wrong = list(_problems(entry, f"{KEY}[{index}]"))
        problems += wrong
        if not wrong:
            found.append(_acceptance(entry))
    return found, problems


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value.strip() else []
    except (ValueError, RecursionError):
        return None


def _acceptance(entry: Mapping[str, Any]) -> Acceptance:
    until = entry.get("until")
    return Acceptance(
        code=entry["code"],
        reason=entry["reason"].strip(),
        resource=entry.get("resource"),
        until=None if until is None else _day(until),
    )


def _problems(entry: Any, path: str) -> Iterator[Diagnostic]:
    if not isinstance(entry, Mapping):
        yield configuration.ACCEPT_FORM.at(path, "is no entry; write {code: MT204, reason: why}")
        return
    for name in entry:
        if name not in _MEMBERS:
            # A key could be anything, so that it is not repeated.
            yield configuration.ACCEPT_FORM.at(path, f"has another member than {', '.join(_MEMBERS)}; leave it out")
    resource = entry.get("resource")
    if resource is not None and (not isinstance(resource, str) or not resource):
        yield configuration.ACCEPT_FORM.at(f"{path}.resource", "is no name of a resource; leave it out for all of them")
    yield from _code_problems(entry.get("code"), f"{path}.code")
    yield from _text_problems(entry, path)
    if entry.get("until") is not None and _day(entry["until"]) is None:
        yield configuration.ACCEPT_UNTIL.at(f"{path}.until", "is no day; write the last one, such as 2026-12-01")


def _text_problems(entry: Mapping[str, Any], path: str) -> Iterator[Diagnostic]:
    reason = entry.get("reason")
    if not isinstance(reason, str) or is_blank(reason):
        yield configuration.ACCEPT_REASON.at(
            f"{path}.reason", "is missing; write why the finding is accepted, for whoever reads the plan"
        )
    elif len(reason) > _LONGEST_REASON:
        yield form.LENGTH.at(f"{path}.reason", f"must have at most {_LONGEST_REASON} characters")
    for name, text in (("reason", reason), ("resource", entry.get("resource"))):
        if not isinstance(text, str):
            continue
        if problem := control_problem(text):
            yield form.CONTROL_CHARACTER.at(f"{path}.{name}", problem)
        if contains_worker_id(text):
            yield privacy.WORKER_ID_IN_ACCEPTANCE.at(
                f"{path}.{name}", "holds a worker's id, and is shown in plans; leave it out"
            )


def _code_problems(code: Any, path: str) -> Iterator[Diagnostic]:
    from pulumi_mturk.rules.catalogue import CATALOGUE, RETIRED, near  # for a stack that accepts something

    if not isinstance(code, str) or not code:
        yield configuration.ACCEPT_CODE.at(path, "is missing; write the code of a rule, such as MT204")
    elif code in RETIRED:
        yield configuration.ACCEPT_CODE.at(path, f"{code} is retired: {RETIRED[code]}")
    elif (rule := CATALOGUE.get(code)) is None:
        meant = " or ".join(near(code))
        hint = f"did you mean {meant}?" if meant else "`pulumi-mturk explain --all` lists the codes"
        yield configuration.ACCEPT_CODE.at(path, f"there is no such rule; {hint}")
    elif not rule.acceptable:
        why = {
            "error": "is an error, which can't be accepted; mend what it names",
            "info": "is an information, which needs no acceptance; leave the entry out",
            "warning": "is about people's privacy, which can't be accepted; mend what it names",
        }.get(rule.severity, "is no risk that a team can accept by itself; mend what it names")
        yield configuration.ACCEPT_REFUSED.at(path, f"{code} {why}")


def _day(value: Any) -> str | None:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    written = _DAY.fullmatch(str(value).strip())
    if written is None:
        return None
    try:
        return datetime.date.fromisoformat(written[1]).isoformat()
    except ValueError:
        return None
