"""`mturk:require` as a configuration, or a file of the base branch, has it: read into `Require`s, once."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pulumi_mturk.common.amounts import amount, cents
from pulumi_mturk.common.characters import control_problem, is_blank
from pulumi_mturk.common.diagnostics import Diagnostic, Rule
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.integers import whole
from pulumi_mturk.common.names import to_camel
from pulumi_mturk.common.worker_ids import contains_worker_id
from pulumi_mturk.eligibility.helpers import locale
from pulumi_mturk.eligibility.system_types import MAX_LOCALES
from pulumi_mturk.invariants.require import Require
from pulumi_mturk.rules import form, lab_rules, privacy

KEY = "mturk:require"
_SHOWN = "[{id: where, locale: [US, CA]}, {id: known, without: earlier-participation}]"
_ID = re.compile(r"[a-z0-9]([a-z0-9_.-]{0,62}[a-z0-9])?", re.IGNORECASE)
_LONGEST_TEXT = 1000
_MOST_ENTRIES = 1000
_ACTIONS = ("Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept")
_FLAGS = ("no_mail", "no_blocks", "exclusions_never_shrink")


class _WrongError(Exception):
    """What is wrong with a member, and by which rule."""

    def __init__(self, message: str, rule: Rule = lab_rules.LAB_RULE_VALUE) -> None:
        super().__init__(message)
        self.rule = rule


def read(value: Any) -> tuple[list[Require], list[Diagnostic]]:
    """The entries of `mturk:require`, from a list or its JSON text, and what is wrong with them."""
    entries = _parsed(value)
    if not isinstance(entries, list | tuple) or len(entries) > _MOST_ENTRIES:
        return [], [lab_rules.LAB_RULE_FORM.at(KEY, f"is no list of entries; write {_SHOWN}")]
    found: list[Require] = []
    problems: list[Diagnostic] = []
    for index, entry in enumerate(entries):
        if isinstance(entry, Require):
            found.append(entry)
            continue
        path = f"{KEY}[{index}]"
        wrong, members = _members(entry, path)
        if not wrong and (again := members["id"].lower()) in {one.id.lower() for one in found}:
            wrong = [lab_rules.LAB_RULE_ID.at(f"{path}.id", f"{again!r} is the id of another entry; give it its own")]
        if not wrong:
            found.append(Require(**members))
        problems += wrong
    return found, problems


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value, parse_float=Decimal) if value.strip() else []
    except (ValueError, RecursionError):
        return None


def _members(entry: Any, path: str) -> tuple[list[Diagnostic], dict[str, Any]]:
    if not isinstance(entry, Mapping):
        return [lab_rules.LAB_RULE_FORM.at(path, "is no entry; write {id: where, locale: [US]}")], {}
    problems: list[Diagnostic] = []
    members: dict[str, Any] = {}
    names = {to_camel(name): name for name in _READERS}
    for key in entry:
        if key not in names:
            # A key could be anything, so that it is not repeated.
            said = f"has another member than {', '.join(names)}; leave it out"
            problems.append(lab_rules.LAB_RULE_FORM.at(path, said))
    for key, name in names.items():
        given = entry.get(key)
        if given is None and name != "id":
            continue
        try:
            members[name] = _READERS[name](given)
        except _WrongError as wrong:
            problems.append(wrong.rule.at(f"{path}.{key}", str(wrong)))
    return [*problems, *(() if problems else _together(members, path))], members


def _together(members: Mapping[str, Any], path: str) -> Iterator[Diagnostic]:
    """What is wrong with an entry whose members are right each."""
    rule = Require(**members)
    if not rule.asks:
        yield lab_rules.LAB_RULE_ASKS_NOTHING.at(path, "asks for nothing; add what has to hold, or leave the entry out")
    elif "actions" in members and not rule.on_workers:
        said = "belongs to a demand on workers, such as without, and there is none; leave it out"
        yield lab_rules.LAB_RULE_ASKS_NOTHING.at(f"{path}.actions", said)
    if ("minutes" in members) != ("minimum_hourly_pay" in members):
        missing = "minimumHourlyPay" if "minutes" in members else "minutes"
        said = "is missing: an hourly wage needs minimumHourlyPay, and the minutes of each HIT type"
        yield lab_rules.LAB_RULE_VALUE.at(f"{path}.{missing}", said)


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or is_blank(value):
        raise _WrongError(f"is no {what}")
    if len(value) > _LONGEST_TEXT:
        raise _WrongError(f"must have at most {_LONGEST_TEXT} characters", form.LENGTH)
    if problem := control_problem(value):
        raise _WrongError(problem, form.CONTROL_CHARACTER)
    if contains_worker_id(value):
        said = "holds a worker's id, and is shown in plans and reports; leave it out"
        raise _WrongError(said, privacy.WORKER_ID_IN_LAB_RULE)
    return value.strip()


def _id(value: Any) -> str:
    if isinstance(value, str) and contains_worker_id(value):
        return _text(value, "id")
    if not isinstance(value, str) or not _ID.fullmatch(value):
        said = "is no id; write a short name of letters, digits and hyphens, such as fair-pay"
        raise _WrongError(
            "is missing; write a short name, such as fair-pay" if value is None else said, lab_rules.LAB_RULE_ID
        )
    return value


def _name(value: Any) -> str:
    return _text(value, "name of a resource, or id of a qualification type; write one")


def _actions(value: Any) -> str:
    if value not in _ACTIONS:
        raise _WrongError(f"is none of {', '.join(_ACTIONS)}")
    return str(value)


def _within(least: int, most: int, what: str) -> Callable[[Any], int]:
    def read_number(value: Any) -> int:
        number = whole(value)
        if isinstance(value, str) and value.strip().isdecimal() and len(value) < 12:
            number = int(value)
        if number is None or not least <= number <= most:
            raise _WrongError(f"is no {what}; write a whole number from {least} to {most:,}")
        return number

    return read_number


def _locales(value: Any) -> tuple[str, ...]:
    codes = [value] if isinstance(value, str) else value
    if not isinstance(codes, list | tuple) or not 1 <= len(codes) <= MAX_LOCALES:
        raise _WrongError(f"is no list of one to {MAX_LOCALES} countries; write [US, CA]")
    for code in codes:
        if isinstance(code, bool):
            raise _WrongError('has a truth value, which YAML makes of NO; write "NO" in quotation marks')
        if not isinstance(code, str):
            raise _WrongError("has something else than codes; write [US, CA], or US-CA for California")
    try:
        locale(*codes)
    except InvalidInputError as error:
        raise _WrongError("; ".join(found.message for found in error.diagnostics)) from None
    return tuple(codes)


def _amount(value: Any) -> str:
    number = cents(value)
    if not number:
        raise _WrongError('is no amount in US dollars; write one with at most two decimals, such as "12.00"')
    return f"{number:.2f}"


def _positive(value: Any) -> str:
    number = amount(value)
    if not number:
        raise _WrongError("is no number above zero; write one, such as 3 or 0.5")
    return f"{number.normalize():f}"


def _by_name(read_one: Callable[[Any], str]) -> Callable[[Any], dict[str, str]]:
    def read_all(value: Any) -> dict[str, str]:
        if not isinstance(value, Mapping) or not value:
            raise _WrongError("is no mapping by names of resources; write {rate-sentences: …}")
        return {_name(name): read_one(one) for name, one in value.items()}

    return read_all


def _reason(value: Any) -> str:
    if not isinstance(value, str) or is_blank(value):
        said = "has a name without a reason; write why it need not keep the rule"
        raise _WrongError(said, lab_rules.LAB_RULE_EXCEPTION)
    return _text(value, "reason")


def _flag(value: Any) -> bool:
    if value is not True and value != "true":
        raise _WrongError("is either true or left out")
    return True


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "id": _id,
    "without": _name,
    "actions": _actions,
    "approval_at_least": _within(1, 100, "approval rate in percent"),
    "hits_at_least": _within(1, 2**31 - 1, "number of HITs"),
    "locale": _locales,
    "minimum_hourly_pay": _amount,
    "minutes": _by_name(_positive),
    "auto_approval_at_most_days": _positive,
    **dict.fromkeys(_FLAGS, _flag),
    "cost_per_assignment_at_most": _amount,
    "except_": _by_name(_reason),
}
