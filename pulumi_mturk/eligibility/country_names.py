"""Names of countries and states, and sets of them in words."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from pulumi_mturk.common.text import listed
from pulumi_mturk.eligibility import iso3166
from pulumi_mturk.eligibility.regions import ALL_OTHER, Places

UNITED_STATES = "United States"
_WITH_ARTICLE = ("Bahamas", "Netherlands", "Philippines", "United ")


@cache
def place_name(country: str, subdivision: str = "") -> str:
    """A country or a state by its English name: "Canada", "Ohio"; of codes that ISO 3166 does not have, the codes."""
    import pycountry

    countries: Any = pycountry.countries
    states: Any = pycountry.subdivisions
    if not subdivision:
        found = countries.get(alpha_2=country)
        if found is None:
            return "Kosovo" if country == iso3166.USER_ASSIGNED else country
        return str(getattr(found, "common_name", found.name))
    state = states.get(code=f"{country}-{subdivision}")
    if state is None:
        return f"{country}-{subdivision}"
    a_country_too = subdivision not in iso3166.IN_BOTH and countries.get(name=state.name) is not None
    return f"{state.name} (US)" if a_country_too else str(state.name)


def codes_in_words(codes: Iterable[str]) -> str:
    """Codes by their names, in a sentence: of US, US-OH and CA, "the United States, Ohio or Canada"."""
    names = (place_name(*code.split("-", 1)) for code in codes)
    return listed((f"the {name}" if name.startswith(_WITH_ARTICLE) else name for name in names), "or")


def either_way(inside: Iterable[Places], outside: Iterable[Places]) -> tuple[bool, list[str]]:
    """A set of places by the shorter list: whether it is the one of those inside, and their names.

    The United States come first, then their states, then the other countries. `outside` is the rest of the world.
    """
    within, without = set(inside), set(outside)
    return (False, _names(without, within)) if Places(ALL_OTHER) in within else (True, _names(within, without))


def _names(places: set[Places], others: set[Places]) -> list[str]:
    of_us, rest_of_us = ({place for place in side if place.country == "US"} for side in (places, others))
    found = []
    if of_us and not rest_of_us:
        found.append(UNITED_STATES)
    elif Places("US", ALL_OTHER) in of_us:
        found.append(f"{UNITED_STATES} without {listed(sorted(place_name(*place) for place in rest_of_us))}")
    else:
        found += sorted(place_name(*place) for place in of_us)
    return [*found, *sorted(place_name(*place) for place in places - of_us)]
