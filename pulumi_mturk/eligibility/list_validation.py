"""What a list of requirements must look like: each on its own, all together, in one environment."""

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import Unknown, has_value
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.parsing import flatten, kind_of, read_requirement
from pulumi_mturk.eligibility.requirement_validation import Members, check_form


def check_requirements(requirements: Any, *, environment: Environment) -> list[Diagnostic]:
    """What is wrong or doubtful with a list of requirements, as far as it is known.

    The elements may have any form, and anything in them may be unknown. Paths are relative to the list,
    `[2].integerValues[0]`; nested lists count as flattened. The environment decides which id Masters has, and
    whether `production_only` requirements are sent. Nothing is asked of the service, so what depends on other
    resources is not judged here, and neither are contradictions between requirements.
    """
    if not has_value(requirements):
        return []
    if isinstance(requirements, str | Mapping) or not isinstance(requirements, Sequence):
        return [Diagnostic("", f"is {kind_of(requirements)}, not a list; write a list of requirements")]
    diagnostics: list[Diagnostic] = []
    readable: list[Members | None] = []
    for index, element in enumerate(flatten(requirements)):
        if isinstance(element, Unknown):
            readable.append(None)
            continue
        members, problems = read_requirement(element)
        readable.append(members)
        if members is not None:
            problems += [*check_form(members), *_masters_here(members, environment)]
        diagnostics += [problem.under(f"[{index}]") for problem in problems]
    return [*diagnostics, *_count(readable, environment), *_newcomers(readable), *_canada(readable)]


def is_sent(members: Members, environment: Environment) -> bool:
    """Whether a requirement is sent in an environment, as far as it is known: production has them all."""
    return environment == "production" or members.get("productionOnly", False) is False


def _masters_here(members: Members, environment: Environment) -> Diagnostics:
    foreign = {"production": system_types.MASTERS_IN_SANDBOX, "sandbox": system_types.MASTERS_IN_PRODUCTION}.get(
        environment
    )
    if foreign and members.get("qualificationTypeId") == foreign and is_sent(members, environment):
        other = "sandbox" if environment == "production" else "production"
        yield Diagnostic(
            "qualificationTypeId",
            f"is the id of Masters in {other}, unknown in {environment}; use masters(), which is right in each",
        )


def _count(requirements: list[Members | None], environment: Environment) -> Diagnostics:
    sent = sum(1 for members in requirements if members is not None and is_sent(members, environment))
    if sent > system_types.MAX_REQUIREMENTS:
        yield Diagnostic(
            "", f"{sent} requirements are sent, at most {system_types.MAX_REQUIREMENTS} are allowed; leave some out"
        )


def _newcomers(requirements: list[Members | None]) -> Diagnostics:
    """The approval rate says nothing of newcomers: below 100 submitted assignments it counts as 100 % (documented)."""
    if any(members is None or _may_ask_for_hundred(members) for members in requirements):
        return
    for index, members in enumerate(requirements):
        if members is not None and _admits_rate_of_hundred(members):
            yield Diagnostic(
                f"[{index}]",
                "below 100 submitted assignments the approval rate counts as 100 %, so this admits every newcomer; "
                f"add {system_types.HITS_APPROVED} of at least 100, as approval(at_least=…, hits=100) does",
                "warning",
            )


def _may_ask_for_hundred(members: Members) -> bool:
    """Whether a requirement asks for 100 approved HITs or more, or may do so once it is known."""
    comparator, values = members.get("comparator"), members.get("integerValues")
    if has_value(comparator) and comparator not in ("GreaterThan", "GreaterThanOrEqualTo", "EqualTo", "In"):
        return False
    identifier = members.get("qualificationTypeId")
    if has_value(identifier) and system_types.system_name(identifier) != system_types.HITS_APPROVED:
        return False
    least = 99 if comparator == "GreaterThan" else 100
    return not isinstance(values, list) or all(value >= least for value in values if isinstance(value, int))


def _admits_rate_of_hundred(members: Members) -> bool:
    if system_types.system_name(members.get("qualificationTypeId")) != system_types.APPROVAL_RATE:
        return False
    comparator, values = members.get("comparator"), members.get("integerValues")
    if comparator in ("EqualTo", "In"):
        return isinstance(values, list) and 100 in values
    if comparator == "GreaterThan":
        return not isinstance(values, list) or 100 not in values  # more than 100 is nobody
    return comparator == "GreaterThanOrEqualTo"


def _canada(requirements: list[Members | None]) -> Diagnostics:
    """CA where California may be meant: beside the US, and in no list of countries that is plainly one."""
    named = [_countries(members) for members in requirements]
    if not any("US" in countries for countries in named):
        return
    for index, countries in enumerate(named):
        if "CA" in countries and set(countries) <= {"CA", "US"}:
            path = f"[{index}].localeValues[{countries.index('CA')}].country"
            yield Diagnostic(path, "CA is Canada; California is Locale('US', 'CA')", "warning")


def _countries(members: Members | None) -> list[str | None]:
    """The country of each locale of a requirement; None for one that is not known."""
    locales = members.get("localeValues") if members is not None else None
    if not isinstance(locales, list):
        return []
    return [_text(locale.get("country")) if isinstance(locale, Mapping) else None for locale in locales]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
