"""Country and subdivision codes: ISO 3166, as pycountry has it.

Codes in `iso3166_codes` are right without further ado. pycountry, which takes some 50 ms to import, is asked about any
other, for what may have been meant.
"""

import re
from functools import cache

from pulumi_mturk.common.text import quoted
from pulumi_mturk.eligibility.iso3166_codes import COUNTRIES, US_SUBDIVISIONS

# ISO 3166-1 gives these a country code of their own, ISO 3166-2 lists them as subdivisions of the US too.
IN_BOTH = frozenset({"AS", "GU", "MP", "PR", "UM", "VI"})

# ISO 3166 leaves it to its users, who mean Kosovo by it.
USER_ASSIGNED = "XK"

# The longest name of a country has some 60 letters.
_LONGEST_NAME = 100

_STATE_AS_COUNTRY = re.compile(r"\s*US\s*[-,/ ]\s*([A-Za-z]{2})\s*", re.IGNORECASE)


@cache
def _countries() -> frozenset[str]:
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def _states() -> dict[str, str]:
    """Code -> name of each subdivision of the US."""
    import pycountry

    return {item.code.removeprefix("US-"): item.name for item in pycountry.subdivisions if item.country_code == "US"}


def _country_meant(text: str) -> str | None:
    """The code of the country that a text other than a code probably means."""
    import pycountry

    plain = text.strip()
    if len(plain) > _LONGEST_NAME:
        return None
    if plain.upper() == "UK":
        return "GB"
    if plain.upper() in _countries():
        return plain.upper()
    try:
        return str(pycountry.countries.lookup(plain).alpha_2)
    except LookupError:
        return None


def country_problem(text: str) -> str | None:
    """What is wrong with a country code, and what to write instead; None if nothing is."""
    if text == USER_ASSIGNED or text in COUNTRIES or text in _countries():
        return None
    shown = quoted(text)
    state = _STATE_AS_COUNTRY.fullmatch(text) if len(text) <= _LONGEST_NAME else None
    if state and state[1].upper() in _states():
        return f"{shown} is a place within a country; write Locale('US', '{state[1].upper()}')"
    meant = _country_meant(text)
    if meant:
        return f"{shown} is not an ISO 3166-1 country code; write {meant!r}"
    return f"{shown} is not an ISO 3166-1 country code; write two capital letters, such as 'US' or 'GB'"


def subdivision_problem(text: str) -> str | None:
    """What is wrong with the code of a subdivision of the US, and what to write instead; None if nothing is."""
    if text in US_SUBDIVISIONS or text in (states := _states()):
        return None
    plain = text.strip().upper().removeprefix("US-")
    meant = plain if plain in states else next((code for code, name in states.items() if name.upper() == plain), None)
    if meant:
        return f"{quoted(text)} is not an ISO 3166-2 code; write {meant!r}"
    return (
        f"{quoted(text)} is no subdivision of the US; write the two letters of ISO 3166-2, such as 'CA' for California"
    )
