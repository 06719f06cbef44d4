"""Hypothesis strategies for what a program may say about eligibility."""

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.eligibility import Locale, QualificationRequirement, contradictions, system_types

COUNTRIES = ("US", "GB", "CA", "AU", "NZ", "IE", "IN", "DE", "FR", "IT", "PR", "GU")
STATES = ("CA", "NY", "TX", "DC", "PR", "GU")
GUARDED = ("Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept")

own_type_ids = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=28, max_size=28).map("3X".__add__)
scores = st.integers(-(2**31), 2**31 - 1)
locales = st.one_of(
    st.sampled_from(COUNTRIES).map(Locale),
    st.sampled_from(STATES).map(lambda code: Locale("US", code)),
)


def _numeric(identifiers: st.SearchStrategy[str], values: st.SearchStrategy[int]) -> st.SearchStrategy[dict[str, Any]]:
    single = st.builds(
        lambda identifier, comparator, value: _plain(identifier, comparator, integerValues=[value]),
        identifiers,
        st.sampled_from(system_types.SINGLE),
        values,
    )
    several = st.builds(
        lambda identifier, comparator, chosen: _plain(identifier, comparator, integerValues=chosen),
        identifiers,
        st.sampled_from(system_types.SETS),
        st.lists(values, min_size=1, max_size=15),
    )
    presence = st.builds(_plain, identifiers, st.sampled_from(system_types.PRESENCE))
    return single | several | presence


def _located() -> st.SearchStrategy[dict[str, Any]]:
    plain = locales.map(Locale.to_dict)
    return st.one_of(
        st.builds(
            lambda comparator, place: _plain(system_types.LOCALE, comparator, localeValues=[place]),
            st.sampled_from(("EqualTo", "NotEqualTo")),
            plain,
        ),
        st.builds(
            lambda comparator, chosen: _plain(system_types.LOCALE, comparator, localeValues=chosen),
            st.sampled_from(system_types.SETS),
            st.lists(plain, min_size=1, max_size=30),
        ),
    )


def _plain(identifier: str, comparator: str, **values: Any) -> dict[str, Any]:
    return {"qualificationTypeId": identifier, "comparator": comparator, **values}


def requirement_dicts() -> st.SearchStrategy[dict[str, Any]]:
    """Valid requirements as plain camelCase dicts, in every environment; some may deserve a warning."""
    percentages = _numeric(st.sampled_from((system_types.APPROVAL_RATE, "000000000000000000L0")), st.integers(0, 100))
    counts = _numeric(st.sampled_from((system_types.HITS_APPROVED, "00000000000000000040")), st.integers(0, 10**6))
    own = _numeric(own_type_ids, scores)
    masters = st.sampled_from(system_types.PRESENCE).map(lambda comparator: _plain(system_types.MASTERS, comparator))
    adult = st.just(_plain(system_types.ADULT, "EqualTo", integerValues=[1]))
    guarded = st.fixed_dictionaries(
        {}, optional={"actionsGuarded": st.sampled_from(GUARDED), "productionOnly": st.booleans()}
    )
    rules = st.one_of(percentages, counts, own, _located(), masters, adult)
    return st.builds(lambda rule, extra: rule | extra, rules, guarded)


def requirements() -> st.SearchStrategy[QualificationRequirement]:
    """Valid requirements, as the objects that a program makes."""
    return requirement_dicts().map(
        lambda plain: QualificationRequirement(
            plain["qualificationTypeId"],
            plain["comparator"],
            plain.get("integerValues"),
            plain.get("localeValues"),
            plain.get("actionsGuarded", "Accept"),
            production_only=plain.get("productionOnly", False),
        )
    )


def requirement_lists(max_size: int = 10) -> st.SearchStrategy[list[QualificationRequirement]]:
    """Valid lists: at most ten requirements, which somebody can meet."""
    return st.lists(requirements(), max_size=max_size).map(that_can_be_met)


def that_can_be_met(rules: list[Any]) -> list[Any]:
    """The requirements of a list without some that contradict others."""
    while found := [each for each in contradictions(rules) if each.documented]:
        rules = [rule for index, rule in enumerate(rules) if index not in {each.indices[-1] for each in found}]
    return rules


def rough_requirements() -> st.SearchStrategy[dict[str, Any]]:
    """Plain camelCase dicts with members taken at random: most of them are wrong, in one place or several."""
    identifiers = st.sampled_from(
        (
            *system_types.NAMES,
            *system_types.REMOVED_MASTERS,
            system_types.MASTERS_IN_PRODUCTION,
            system_types.MASTERS_IN_SANDBOX,
        )
    ) | st.sampled_from(("00000000000000000071", "3X" + "A" * 28, "", "masters", "x" * 256, 7))
    comparators = st.sampled_from(
        (*system_types.SINGLE, *system_types.SETS, *system_types.PRESENCE, "Equals", " In", ">=", "Like", 3)
    )
    numbers = st.one_of(st.integers(-5, 120), scores, st.sampled_from((1, 100, 1.0, 2.5, 2**31, "95", True, None)))
    codes = st.sampled_from((*COUNTRIES, "UK", "us", "USA", "XX", 1))
    places = st.fixed_dictionaries(
        {}, optional={"country": codes, "subdivision": st.sampled_from((*STATES, "ca", "California", "XX", None, 2))}
    )
    return st.fixed_dictionaries(
        {},
        optional={
            "qualificationTypeId": identifiers,
            "comparator": comparators,
            "integerValues": st.lists(numbers, max_size=3) | st.just([1] * 16) | st.just(95),
            "localeValues": st.lists(st.one_of(places, st.just("US")), max_size=3)
            | st.just([{"country": "US"}] * 31)
            | st.just({"country": "US"}),
            "actionsGuarded": st.sampled_from((*GUARDED, "Preview", "accept", 0)),
            "productionOnly": st.sampled_from((True, False, "yes")),
        },
    )


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything within a tree of lists and dicts, the inner nodes and the leaves."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places_in(item, (*path, key))


def with_unknowns(value: Any, paths: set[tuple[Any, ...]], here: tuple[Any, ...] = ()) -> Any:
    """A copy of a tree in which what is at the given paths is not known yet."""
    if here in paths:
        return UNKNOWN
    if isinstance(value, dict):
        return {key: with_unknowns(item, paths, (*here, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [with_unknowns(item, paths, (*here, index)) for index, item in enumerate(value)]
    return value
