"""The codes of ISO 3166 that are accepted without pycountry, which takes 50 ms to import: written from pycountry."""

import textwrap
from collections.abc import Iterable

import pycountry


def module() -> str:
    """The text of `pulumi_mturk/eligibility/iso3166_codes.py`."""
    countries = (country.alpha_2 for country in pycountry.countries)
    states = (item.code.removeprefix("US-") for item in pycountry.subdivisions if item.country_code == "US")
    return (
        '"""Generated from pycountry by `make generate`: a code in here is right without asking pycountry."""\n\n'
        f"COUNTRIES = frozenset(\n{_lines(countries)}\n)\n"
        f"US_SUBDIVISIONS = frozenset(\n{_lines(states)}\n)\n"
    )


def _lines(codes: Iterable[str]) -> str:
    return "\n".join(f'    "{line} "' for line in textwrap.wrap(" ".join(sorted(codes)), 108))[:-2] + '".split()'
