"""`Locale`: a country, or a subdivision of the US."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.errors import refuse
from pulumi_mturk.common.output_text import MESSAGE, output_texts
from pulumi_mturk.common.text import kind_of
from pulumi_mturk.common.unknown import Malformed, Unknown, has_value, is_given, of_type
from pulumi_mturk.eligibility import iso3166
from pulumi_mturk.rules import form
from pulumi_mturk.rules import requirement_values as rules

if TYPE_CHECKING:
    import pulumi


@dataclass(frozen=True, slots=True, init=False)
class Locale:
    """A country, or a subdivision of the US: `Locale("US")`, `Locale("US", "CA")`.

    A worker's locale is the mailing address given at sign-up, and a country matches its states too (documented).
    Raises `InvalidInputError` if it is not a country of ISO 3166-1 or a US subdivision of ISO 3166-2.
    """

    country: str | Unknown | None
    subdivision: str | Unknown | None

    def __init__(self, country: "pulumi.Input[str]", subdivision: "pulumi.Input[str] | None" = None) -> None:
        object.__setattr__(self, "country", of_type(country, str))
        object.__setattr__(self, "subdivision", of_type(subdivision, str))
        refuse(check_locale(self))

    @classmethod
    def unchecked(cls, country: Any, subdivision: Any) -> "Locale":
        """A locale of any two values; `check_locale` tells what is wrong with it."""
        locale = object.__new__(cls)
        object.__setattr__(locale, "country", of_type(country, str))
        object.__setattr__(locale, "subdivision", of_type(subdivision, str))
        return locale

    def to_dict(self) -> dict[str, Any]:
        """The plain dict, without a subdivision that is not set."""
        members = {"country": self.country, "subdivision": self.subdivision}
        return {
            name: value.value if isinstance(value, Malformed) else value
            for name, value in members.items()
            if value is not None
        }

    @property
    def unknown(self) -> Unknown | None:
        """The first of the two codes that is not known yet."""
        return next((code for code in (self.country, self.subdivision) if isinstance(code, Unknown)), None)

    @property
    def codes(self) -> tuple[str | None, str | None]:
        """Country and subdivision, "" for no subdivision, None for what is not known."""
        country, subdivision = self.country, "" if self.subdivision is None else self.subdivision
        return country if isinstance(country, str) else None, subdivision if isinstance(subdivision, str) else None


def check_locale(locale: Locale) -> Diagnostics:
    """What is wrong with the two codes of a locale."""
    country, subdivision = locale.country, locale.subdivision
    if paths := list(output_texts({"country": country, "subdivision": subdivision})):
        yield from (form.OUTPUT_IN_TEXT.at(path, MESSAGE) for path in paths)
        return
    if country is None:
        yield rules.NO_COUNTRY.at("country", "is missing; write the two letters of ISO 3166-1, such as 'US'")
    if is_given(country) and (problem := _code_problem(country, iso3166.country_problem)):
        yield rules.UNKNOWN_COUNTRY.at("country", problem)
    if country == iso3166.USER_ASSIGNED:
        yield rules.USER_ASSIGNED_COUNTRY.at(
            "country", "XK is no code of ISO 3166-1, and whether Mechanical Turk takes it is not known; try it first"
        )
    if not is_given(subdivision):
        return
    if is_given(country) and country != "US":
        yield rules.SUBDIVISION_OUTSIDE_US.at(
            "subdivision", "only the US has subdivisions in Mechanical Turk; leave it out"
        )
    elif problem := _code_problem(subdivision, iso3166.subdivision_problem):
        yield rules.UNKNOWN_SUBDIVISION.at("subdivision", problem)


def _code_problem(code: Any, problem: Callable[[str], str | None]) -> str | None:
    if isinstance(code, Malformed):
        return f"is {kind_of(code.value)}; write a two-letter code"
    return problem(code) if has_value(code) else None
