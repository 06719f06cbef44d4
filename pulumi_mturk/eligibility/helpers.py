"""Requirements in the words of the field: `country("US")`, `approval(at_least=95, hits=1000)`, `without(past)`.

Every value may be an `Output`. Each helper takes `actions_guarded`: "Accept", "PreviewAndAccept" or
"DiscoverPreviewAndAccept".
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, overload

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.integers import INT32, whole
from pulumi_mturk.common.iterables import is_listing
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
from pulumi_mturk.rules import requirements as rules

if TYPE_CHECKING:
    import pulumi

    Guarded = pulumi.Input[ActionsGuarded]
    Rules = list[Any] | tuple[Any, ...] | AbstractSet[Any] | Iterator[Any]
    TypeOrId = pulumi.Input[str] | HasQualificationTypeId


def country(*codes: "pulumi.Input[str]", actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Located in one of these countries: ISO 3166-1 codes, at most 30.

    Beware of `country("US", "CA")`, the US or Canada; California is `locale("US-CA")`.
    """
    return _countries(codes, "EqualTo", "In", actions_guarded)


def not_country(*codes: "pulumi.Input[str]", actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Located in none of these countries: ISO 3166-1 codes, at most 30."""
    return _countries(codes, "NotEqualTo", "NotIn", actions_guarded)


def _countries(
    codes: "tuple[pulumi.Input[str], ...]", one: Comparator, several: Comparator, actions_guarded: "Guarded"
) -> QualificationRequirement:
    located = _located("codes", [Locale(code) for code in codes], one, several, actions_guarded)
    # Of CA beside US a plan asks whether California is meant, but not here.
    return located.meaning_countries() if any(isinstance(code, str) and code == "CA" for code in codes) else located


def locale(*locales: "pulumi.Input[Locale | str]", actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Located in one of these countries or states of the US, at most 30: `locale("US-CA", "US-NY", "GB")`."""
    return _located("locales", [_locale(item) for item in locales], "EqualTo", "In", actions_guarded)


def _locale(item: Any) -> Any:
    if isinstance(item, Locale | Unknown):
        return item
    if not isinstance(item, str):
        said = f"a locale is a text such as 'US-CA', or a Locale, not a {type(item).__name__}"
        raise InvalidInputError(rules.NO_TEXT_FOR_LOCALE.at("", said))
    code, _, subdivision = item.partition("-")
    return Locale(code, subdivision or None)


def _located(
    argument: str, locales: list[Any], one: Comparator, several: Comparator, actions_guarded: "Guarded"
) -> QualificationRequirement:
    comparator = one if len(locales) == 1 else several
    with _as_written(localeValues=argument):
        return QualificationRequirement(LOCALE, comparator, locale_values=locales, actions_guarded=actions_guarded)


@contextmanager
def _as_written(**arguments: str) -> Iterator[None]:
    """Name what is wrong by the helper's argument, `at_least`, and not by the member that it becomes."""
    written = {"actionsGuarded": "actions_guarded", "qualificationTypeId": "x"} | arguments
    try:
        yield
    except InvalidInputError as error:
        found = (replace(one, path=written.get(one.path.partition("[")[0], one.path)) for one in error.diagnostics)
        raise InvalidInputError(*found) from None


def _compared(
    x: Any, comparator: Comparator, argument: str, value: Any, actions_guarded: "Guarded"
) -> QualificationRequirement:
    with _as_written(integerValues=argument):
        return QualificationRequirement(x, comparator, [value], actions_guarded=actions_guarded)


def _present(x: Any, comparator: Comparator, actions_guarded: "Guarded") -> QualificationRequirement:
    with _as_written():
        return QualificationRequirement(x, comparator, actions_guarded=actions_guarded)


def approval(
    *, at_least: "pulumi.Input[int]", hits: "pulumi.Input[int] | None" = None, actions_guarded: "Guarded" = "Accept"
) -> list[QualificationRequirement]:
    """An approval rate in percent, over all requesters, and how many approved HITs it must rest on.

    Without `hits` of at least 100 the rate alone admits every newcomer: below 100 submitted assignments it counts as
    100 % (documented). Raises `InvalidInputError` for a fraction, such as 0.95 or 1.0.
    """
    rate = _compared(APPROVAL_RATE, "GreaterThanOrEqualTo", "at_least", at_least, actions_guarded)
    if hits is None:
        return [rate]
    return [rate, _compared(HITS_APPROVED, "GreaterThanOrEqualTo", "hits", hits, actions_guarded)]


def hits_approved(*, at_least: "pulumi.Input[int]", actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """How many of the worker's HITs have been approved, over all requesters."""
    return _compared(HITS_APPROVED, "GreaterThanOrEqualTo", "at_least", at_least, actions_guarded)


def masters(*, actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Masters only. The provider fills in the id, which differs between sandbox and production."""
    return _present(MASTERS, "Exists", actions_guarded)


def adult(*, actions_guarded: "Guarded" = "PreviewAndAccept") -> QualificationRequirement:
    """Workers who agreed to see adult content; nobody else can preview it either.

    The HIT's title must carry a warning too: "adult content" (documented).
    """
    return _compared(ADULT, "EqualTo", "", 1, actions_guarded)


def holds(x: "TypeOrId", *, actions_guarded: "Guarded" = "Accept") -> QualificationRequirement:
    """Workers who hold the qualification, whatever their score. `x` is a type, a roster, an exclusion or an id."""
    return _present(x, "Exists", actions_guarded)


def score(
    x: "TypeOrId",
    *,
    at_least: "pulumi.Input[int] | None" = None,
    below: "pulumi.Input[int] | None" = None,
    actions_guarded: "Guarded" = "Accept",
) -> list[QualificationRequirement]:
    """Workers who hold the qualification with a score within bounds: one requirement for each bound given.

    Raises `InvalidInputError` if neither bound is given, or no score is within both.
    """
    bounds: list[tuple[Comparator, str, Any]] = [
        ("GreaterThanOrEqualTo", "at_least", at_least),
        ("LessThan", "below", below),
    ]
    given = [bound for bound in bounds if bound[2] is not None]
    if not given:
        said = "score() needs a bound; write at_least, below or both, or use holds()"
        raise InvalidInputError(rules.SCORE_WITHOUT_BOUND.at("", said))
    least, end = _known(at_least), _known(below)
    if least is not None and end is not None and end <= least:
        said = f"is {end}, and no score is at least {least} and below that; write {least + 1} or more"
        raise InvalidInputError(rules.NO_SCORE_WITHIN.at("below", said))
    return [_compared(x, comparator, argument, value, actions_guarded) for comparator, argument, value in given]


def _known(bound: Any) -> int | None:
    number = None if isinstance(bound, Unknown) else whole(bound)
    return number if number is not None and number in INT32 else None  # beyond, it is refused for that


def without(x: "TypeOrId", *, actions_guarded: "Guarded" = "DiscoverPreviewAndAccept") -> QualificationRequirement:
    """Workers who do not hold the qualification: the way to exclude. Holders do not even find the HIT."""
    return _present(x, "DoesNotExist", actions_guarded)


@overload
def production_only(rule: QualificationRequirement | Mapping[str, Any]) -> QualificationRequirement: ...
@overload
def production_only(rule: "Rules") -> list[QualificationRequirement]: ...
def production_only(
    rule: "QualificationRequirement | Mapping[str, Any] | Rules",
) -> QualificationRequirement | list[QualificationRequirement]:
    """The same requirement, or list of them, sent in production only.

    Elsewhere it is checked and shown, but not sent: nobody has 1,000 approved HITs in a sandbox. Raises
    `InvalidInputError` if a requirement is an `Output` as a whole, or none at all.
    """
    return [_marked(item) for item in flatten(rule)] if is_listing(rule) else _marked(rule)


def _marked(written: Any) -> QualificationRequirement:
    if isinstance(written, Unknown):
        said = "production_only() can't mark an Output; write the requirement itself"
        raise InvalidInputError(rules.MARKED_OUTPUT.at("", said))
    return requirement(written).for_production_only()
