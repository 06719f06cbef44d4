"""Requirements in the words of the field: `country("US")`, `approval(at_least=95, hits=1000)`, `without(past)`.

Every value may be an `Output`. Each helper takes `actions_guarded`: "Accept", "PreviewAndAccept" or
"DiscoverPreviewAndAccept".
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, overload

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.parsing import flatten
from pulumi_mturk.eligibility.qualification_requirement import (
    HasQualificationTypeId,
    QualificationRequirement,
    requirement,
)
from pulumi_mturk.eligibility.system_types import (
    ADULT,
    APPROVAL_RATE,
    HITS_APPROVED,
    LOCALE,
    MASTERS,
    ActionsGuarded,
    Comparator,
)

if TYPE_CHECKING:
    import pulumi

    Guarded = pulumi.Input[ActionsGuarded]
    TypeOrId = pulumi.Input[str] | HasQualificationTypeId


def country(*codes: "pulumi.Input[str]", actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Located in one of these countries: ISO 3166-1 codes, at most 30.

    Beware of `country("US", "CA")`, the US or Canada; California is `locale("US-CA")`.
    """
    return _located([Locale(code) for code in codes], "EqualTo", "In", actions_guarded)


def not_country(*codes: "pulumi.Input[str]", actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Located in none of these countries: ISO 3166-1 codes, at most 30."""
    return _located([Locale(code) for code in codes], "NotEqualTo", "NotIn", actions_guarded)


def locale(*locales: "pulumi.Input[Locale | str]", actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Located in one of these countries or states of the US, at most 30: `locale("US-CA", "US-NY", "GB")`."""
    return _located([_locale(item) for item in locales], "EqualTo", "In", actions_guarded)


def _locale(item: Any) -> Any:
    if isinstance(item, Locale | Unknown):
        return item
    if not isinstance(item, str):
        raise InvalidInputError(f"a locale is a text such as 'US-CA', or a Locale, not a {type(item).__name__}")
    code, _, subdivision = item.partition("-")
    return Locale(code, subdivision or None)


def _located(
    locales: list[Any], one: Comparator, several: Comparator, actions_guarded: "Guarded"
) -> QualificationRequirement:
    comparator = one if len(locales) == 1 else several
    return QualificationRequirement(LOCALE, comparator, locale_values=locales, actions_guarded=actions_guarded)


def approval(
    *, at_least: "pulumi.Input[int]", hits: "pulumi.Input[int] | None" = None, actions_guarded: "Guarded" = "Accept"
) -> list[QualificationRequirement]:
    """An approval rate in percent, over all requesters, and how many approved HITs it must rest on.

    Without `hits` of at least 100 the rate alone admits every newcomer: below 100 submitted assignments it counts as
    100 % (documented).
    """
    rate = QualificationRequirement(APPROVAL_RATE, "GreaterThanOrEqualTo", [at_least], actions_guarded=actions_guarded)
    return [rate] if hits is None else [rate, hits_approved(at_least=hits, actions_guarded=actions_guarded)]


def hits_approved(*, at_least: "pulumi.Input[int]", actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """How many of the worker's HITs have been approved, over all requesters."""
    return QualificationRequirement(HITS_APPROVED, "GreaterThanOrEqualTo", [at_least], actions_guarded=actions_guarded)


def masters(*, actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Masters only. The provider fills in the id, which differs between sandbox and production."""
    return QualificationRequirement(MASTERS, "Exists", actions_guarded=actions_guarded)


def adult(*, actions_guarded: "Guarded" = "PreviewAndAccept") -> QualificationRequirement:
    """Workers who agreed to see adult content; nobody else can preview it either.

    The HIT's title must carry a warning too: "adult content" (documented).
    """
    return QualificationRequirement(ADULT, "EqualTo", [1], actions_guarded=actions_guarded)


def holds(x: "TypeOrId", *, actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Workers who hold the qualification, whatever their score. `x` is a type, a roster, an exclusion or an id."""
    return QualificationRequirement(x, "Exists", actions_guarded=actions_guarded)


def score(
    x: "TypeOrId",
    *,
    at_least: "pulumi.Input[int] | None" = None,
    below: "pulumi.Input[int] | None" = None,
    actions_guarded: "Guarded" = "Accept",
) -> list[QualificationRequirement]:
    """Workers who hold the qualification with a score within bounds: one requirement for each bound given.

    Raises `InvalidInputError` if neither bound is given.
    """
    bounds: list[tuple[Comparator, Any]] = [("GreaterThanOrEqualTo", at_least), ("LessThan", below)]
    given = [(comparator, bound) for comparator, bound in bounds if bound is not None]
    if not given:
        raise InvalidInputError("score() needs a bound; write at_least, below or both, or use holds()")
    return [
        QualificationRequirement(x, comparator, [bound], actions_guarded=actions_guarded) for comparator, bound in given
    ]


def without(x: "TypeOrId", *, actions_guarded: "Guarded" = "DiscoverPreviewAndAccept") -> QualificationRequirement:
    """Workers who do not hold the qualification: the way to exclude. Holders do not even find the HIT."""
    return QualificationRequirement(x, "DoesNotExist", actions_guarded=actions_guarded)


@overload
def production_only(rule: QualificationRequirement | Mapping[str, Any]) -> QualificationRequirement: ...
@overload
def production_only(rule: list[Any] | tuple[Any, ...]) -> list[QualificationRequirement]: ...
def production_only(
    rule: QualificationRequirement | Mapping[str, Any] | list[Any] | tuple[Any, ...],
) -> QualificationRequirement | list[QualificationRequirement]:
    """The same requirement, or list of them, sent in production only.

    Elsewhere it is checked and shown, but not sent: nobody has 1,000 approved HITs in a sandbox. Raises
    `InvalidInputError` if a requirement is an `Output` as a whole, or none at all.
    """
    if isinstance(rule, list | tuple):
        return [production_only(item) for item in flatten(rule)]
    if isinstance(rule, Unknown):
        raise InvalidInputError("production_only() can't mark an Output; write the requirement itself")
    return requirement(rule).for_production_only()
