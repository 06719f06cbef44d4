"""Countries and the states of the United States, by their ISO 3166 codes."""

from __future__ import annotations

import functools

import pycountry


def is_country(code: str) -> bool:
    """Whether this is the two letters of a country in ISO 3166."""
    return code in _countries()


def is_state(code: str) -> bool:
    """Whether this is what follows `US-` in a subdivision of ISO 3166-2."""
    return code in _states()


def place_in_words(country: str, subdivision: str | None = None) -> str:
    """What people call it: `California, United States`; the code itself where nobody knows a name."""
    name = _countries().get(country, country)
    if subdivision is None:
        return name
    return f"{_states().get(subdivision, subdivision) if country == 'US' else subdivision}, {name}"


@functools.cache
def _countries() -> dict[str, str]:
    return {country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries}


@functools.cache
def _states() -> dict[str, str]:
    return {state.code[3:]: state.name for state in pycountry.subdivisions if state.code.startswith("US-")}
