"""The rules of a list of requirements: each on its own, all together, in one environment."""

from collections.abc import Iterator

from pulumi_mturk.common.diagnostics import Diagnostic, Diagnostics
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.text import kind_of
from pulumi_mturk.common.unknown import Malformed, Unknown, is_given
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.requirement import Requirement, Requirements, is_sent
from pulumi_mturk.eligibility.requirement_validation import check_requirement, not_a_requirement
from pulumi_mturk.rules import form
from pulumi_mturk.rules import hit_types as rules


def check_requirements(requirements: Requirements | Unknown, *, environment: Environment) -> list[Diagnostic]:
    """What is wrong or doubtful with a list of requirements, as far as it is known.

    Paths are relative to the list: `[2].integerValues[0]`. The environment decides which id Masters has, and whether
    `production_only` requirements are sent. Nothing is asked of the service, so what depends on other resources is not
    judged here.
    """
    if isinstance(requirements, Malformed):
        return [form.WRONG_TYPE.at("", f"is {kind_of(requirements.value)}, not a list; write a list of requirements")]
    if isinstance(requirements, Unknown):
        return []
    from pulumi_mturk.eligibility.conflict_findings import conflict_findings  # a program checks no list

    alone = list(_each(requirements, environment))
    return [
        *(diagnostic for _, diagnostic in alone),
        *_count(requirements, environment),
        *_newcomers(requirements),
        *_canada(requirements),
        *conflict_findings(requirements, {index for index, found in alone if found.severity == "error"}),
    ]


def _each(requirements: Requirements, environment: Environment) -> Iterator[tuple[int, Diagnostic]]:
    """What is found of each requirement, and its place in the list."""
    for index, element in enumerate(requirements):
        if isinstance(element, Malformed):
            yield index, not_a_requirement(element.value).under(f"[{index}]")
        elif isinstance(element, Requirement):
            for diagnostic in (*check_requirement(element), *_masters_here(element, environment)):
                yield index, diagnostic.under(f"[{index}]")


def _masters_here(requirement: Requirement, environment: Environment) -> Diagnostics:
    foreign = {"production": system_types.MASTERS_IN_SANDBOX, "sandbox": system_types.MASTERS_IN_PRODUCTION}.get(
        environment
    )
    if foreign and requirement.qualification_type_id == foreign and is_sent(requirement, environment):
        other = "sandbox" if environment == "production" else "production"
        yield rules.MASTERS_OF_ANOTHER_PLACE.at(
            "qualificationTypeId",
            f"is the id of Masters in {other}, unknown in {environment}; use masters(), which is right in each",
        )


def _count(requirements: Requirements, environment: Environment) -> Diagnostics:
    sent = sum(isinstance(element, Requirement) and is_sent(element, environment) for element in requirements)
    if sent > system_types.MAX_REQUIREMENTS:
        yield rules.TOO_MANY_REQUIREMENTS.at(
            "", f"{sent} requirements are sent, at most {system_types.MAX_REQUIREMENTS} are allowed; leave some out"
        )


def _newcomers(requirements: Requirements) -> Diagnostics:
    """The approval rate says nothing of newcomers: below 100 submitted assignments it counts as 100 % (documented)."""
    if any(isinstance(element, Unknown) or _may_ask_for_hundred(element) for element in requirements):
        return
    for index, element in enumerate(requirements):
        if isinstance(element, Requirement) and _admits_rate_of_hundred(element):
            yield rules.NEWCOMERS_ADMITTED.at(
                f"[{index}]",
                "below 100 submitted assignments the approval rate counts as 100 %, so this admits every newcomer; "
                f"add {system_types.HITS_APPROVED} of at least 100, as approval(at_least=…, hits=100) does",
            )


def _may_ask_for_hundred(requirement: Requirement) -> bool:
    """Whether a requirement asks for 100 approved HITs or more, or may do so once it is known."""
    comparator, values = requirement.comparator, requirement.integer_values
    if is_given(comparator) and comparator not in ("GreaterThan", "GreaterThanOrEqualTo", "EqualTo", "In"):
        return False
    identifier = requirement.qualification_type_id
    if is_given(identifier) and system_types.system_name(identifier) != system_types.HITS_APPROVED:
        return False
    least = 99 if comparator == "GreaterThan" else 100
    return not isinstance(values, tuple) or all(value >= least for value in values if isinstance(value, int))


def _admits_rate_of_hundred(requirement: Requirement) -> bool:
    if system_types.system_name(requirement.qualification_type_id) != system_types.APPROVAL_RATE:
        return False
    comparator, values = requirement.comparator, requirement.integer_values
    if comparator in ("EqualTo", "In"):
        return isinstance(values, tuple) and 100 in values
    if comparator == "GreaterThan":
        return not isinstance(values, tuple) or 100 not in values  # more than 100 is nobody
    return comparator == "GreaterThanOrEqualTo"


def _canada(requirements: Requirements) -> Diagnostics:
    """CA where California may be meant: beside the US, and in no list of countries that is plainly one."""
    named = [list(_countries(element)) for element in requirements]
    if not any("US" in countries for countries in named):
        return
    for index, (element, countries) in enumerate(zip(requirements, named, strict=True)):
        if isinstance(element, Requirement) and element.as_countries:
            continue
        if "CA" in countries and set(countries) <= {"CA", "US"}:
            path = f"[{index}].localeValues[{countries.index('CA')}].country"
            yield rules.CANADA_OR_CALIFORNIA.at(path, "CA is Canada; California is Locale('US', 'CA')")


def _countries(element: Requirement | Unknown) -> Iterator[str | None]:
    """The country of each locale of a requirement; None for one that is not known."""
    if isinstance(element, Requirement) and isinstance(element.locale_values, tuple):
        for locale in element.locale_values:
            yield locale.codes[0] if isinstance(locale, Locale) else None
