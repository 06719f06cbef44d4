"""Countries and the states of the United States, by their ISO 3166 codes."""

from __future__ import annotations

import functools

import pycountry

# In wide use for Kosovo, and left to its users by ISO 3166. Whether the service takes it is guessed.
_USER_ASSIGNED = {"XK": "Kosovo"}
_PLURAL = ("Islands", "Netherlands", "Philippines")


def is_country(code: str) -> bool:
    """Whether this is an ISO 3166-1 alpha-2 country code, or XK."""
    return code in _countries()


def is_us_state(code: str) -> bool:
    """Whether `US-` and this code are an ISO 3166-2 subdivision."""
    return code in _us_states()


def locale_name(country: str, subdivision: str | None = None) -> str:
    """The name: `the United States`, `California, United States`; an unknown code itself."""
    name = _countries().get(country, country)
    if subdivision is None:
        return f"the {name}" if name.startswith("United ") or name.endswith(_PLURAL) else name
    return f"{_us_states().get(subdivision, subdivision) if country == 'US' else subdivision}, {name}"


@functools.cache
def _countries() -> dict[str, str]:
    names = {country.alpha_2: getattr(country, "common_name", country.name) for country in pycountry.countries}
    return names | _USER_ASSIGNED


@functools.cache
def _us_states() -> dict[str, str]:
    return {state.code[3:]: state.name for state in pycountry.subdivisions if state.code.startswith("US-")}
