"""`Requirement`: a qualification requirement in the typed form that the provider works with."""

from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import Malformed, Unknown
from pulumi_mturk.eligibility.locales import Locale

# Said by a program's helper to the check of the same run, which takes it out.
AS_COUNTRIES = "asCountries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A qualification requirement, read by `parsing` from any form in which it may be written.

    A member, or an element of a list, may be `Unknown`, and `Malformed` if it has a wrong type; None is what is
    missing. Texts are not restricted to the values that are known today: `requirement_validation` judges them.
    """

    qualification_type_id: str | Unknown | None = None
    comparator: str | Unknown | None = None
    integer_values: tuple[int | Unknown, ...] | Unknown | None = None
    locale_values: tuple[Locale | Unknown, ...] | Unknown | None = None
    actions_guarded: str | Unknown = "Accept"
    production_only: bool | Unknown = False
    qualification_type_name: str | Unknown | None = None
    qualification_type_urn: str | Unknown | None = field(default=None, compare=False)
    """The resource that a program gave as the type, or whose list or exclusion it gave: for a review, never sent."""
    as_countries: bool = field(default=False, compare=False)
    """Whether the codes of its locales are plainly meant as countries: CA is Canada then. No part of the state."""
    problems: tuple[Diagnostic, ...] = field(default=(), compare=False, repr=False)
    """What was wrong with the keys of the dict from which it was read."""

    def to_dict(self) -> dict[str, Any]:
        """The plain camelCase dict of inputs and state, with `productionOnly` only where it is set."""
        members = {
            "qualificationTypeId": self.qualification_type_id,
            "comparator": self.comparator,
            "integerValues": self.integer_values,
            "localeValues": self.locale_values,
            "actionsGuarded": self.actions_guarded,
            "productionOnly": None if self.production_only is False else self.production_only,
            "qualificationTypeName": self.qualification_type_name,
            "qualificationTypeUrn": self.qualification_type_urn,
            AS_COUNTRIES: self.as_countries or None,
        }
        return {name: plain(value) for name, value in members.items() if value is not None}

    @property
    def unknown(self) -> Unknown | None:
        """The first value in it that is not known yet."""
        members = (getattr(self, member.name) for member in fields(self) if member.compare)
        return next((found for member in members if (found := first_unknown(member)) is not None), None)


# A list as it is kept: flat, in the program's order. An element that is no requirement is `Malformed`.
Requirements: TypeAlias = tuple[Requirement | Unknown, ...]


def is_sent(requirement: Requirement, environment: Environment) -> bool:
    """Whether a requirement is sent in an environment, as far as it is known: production has them all."""
    return environment == "production" or requirement.production_only is False


def plain(value: Any) -> Any:
    """The plain form of a list, a requirement or a value in one, as inputs and state hold it."""
    if isinstance(value, Malformed):
        return value.value
    if isinstance(value, Locale | Requirement):
        return value.to_dict()
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def first_unknown(value: Any) -> Unknown | None:
    """The first value that is not known yet in a locale, a requirement, or a tuple of values."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Locale | Requirement):
        return value.unknown
    if isinstance(value, tuple):
        return next((found for item in value if (found := first_unknown(item)) is not None), None)
    return None
