"""Countries and the states of the United States, by their ISO 3166 codes."""

from __future__ import annotations

import functools

import pycountry

_PLURAL = ("Islands", "Netherlands", "Philippines")


def is_country(code: str) -> bool:
    """Whether this is the two letters of a country in ISO 3166."""
    return code in _countries()


def is_state(code: str) -> bool:
    """Whether this is what follows `US-` in a subdivision of ISO 3166-2."""
    return code in _states()


def place_in_words(country: str, subdivision: str | None = None) -> str:
    """What people call it: `the United States`, `California, United States`; the code itself where it has no name."""
    name = _countries().get(country, country)
    if subdivision is None:
        return f"the {name}" if name.startswith("United ") or name.endswith(_PLURAL) else name
    return f"{_states().get(subdivision, subdivision) if country == 'US' else subdivision}, {name}"


@functools.cache
def _countries() -> dict[str, str]:
    return {country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries}


@functools.cache
def _states() -> dict[str, str]:
    return {state.code[3:]: state.name for state in pycountry.subdivisions if state.code.startswith("US-")}
