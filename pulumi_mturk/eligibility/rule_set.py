"""A list of requirements as constraints on workers: the truth table of what each comparator admits.

Every requirement looks at one *subject* of a worker: the locale, Masters, the consent to adult content, the score in
one qualification type, or the standing, which is the approval rate and the number of HITs approved together. At a
point of its subject (a place, a score …) a constraint holds, or does not, or is *open*: what it does there is not
documented, or rests on a value that is not known yet.
"""

import operator
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal, NamedTuple, TypeAlias

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.text import kind_of
from pulumi_mturk.common.unknown import Malformed, Unknown
from pulumi_mturk.eligibility import iso3166, system_types
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.parsing import parse_requirement, parse_requirements
from pulumi_mturk.eligibility.qualification_requirement import QualificationRequirement
from pulumi_mturk.eligibility.requirement import Requirement
from pulumi_mturk.rules import form

Action: TypeAlias = Literal["Discover", "Preview", "Accept"]
Subject: TypeAlias = Hashable
Point: TypeAlias = Any
"""Of a type of one's own: the score, or None for who does not hold it. Of the locale: country and subdivision, each ""
if there is none. Of the standing: approval rate and HITs approved. Of Masters and Worker_Adult: a truth value."""

STANDING: Subject = "approval rate and HITs approved"
_ACTIONS: tuple[Action, ...] = ("Accept", "Preview", "Discover")
_GUARDED = {"Accept": 1, "PreviewAndAccept": 2, "DiscoverPreviewAndAccept": 3}
_ORDER: dict[str, Callable[[int, int], bool]] = {
    "LessThan": operator.lt,
    "LessThanOrEqualTo": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanOrEqualTo": operator.ge,
}


class World(NamedTuple):
    """One reading of what is not documented. The default is the one that is assumed."""

    coupled: bool = True
    """Whether the approval rate is over all submitted assignments: below 100 only with at least as many approved."""
    newcomers_count: bool = True
    """Whether the HITs approved of somebody without any are 0: otherwise no number can be compared."""
    not_in_needs_holder: bool = True
    """Whether NotIn shuts out who does not hold the type, as NotEqualTo does."""
    territories_apart: bool = True
    """Whether Puerto Rico and the others that ISO 3166 lists twice are countries of their own, not parts of the US."""
    guesses: bool = False
    """Whether open constraints are read as they probably mean."""


@dataclass(frozen=True, eq=False)
class Constraint:
    """What one requirement asks of its subject."""

    index: int
    """The requirement's place in the list as it was given."""
    requirement: Requirement | Unknown
    subject: Subject
    key: Hashable
    """Two constraints with one key ask the same, whatever it is."""
    decide: Callable[[Point, World], bool | None]
    numbers: tuple[int, ...] = ()
    """At which its answer changes, one below or one above."""
    places: tuple[tuple[Any, Any], ...] = ()
    guards: int | None = 3
    """How many of Accept, Preview and Discover, in this order; None if that is not known yet."""


def read_rules(rules: Any, environment: Environment) -> tuple[Constraint, ...]:
    """The constraints of requirements as they are sent in an environment, in the program's order.

    Takes any form that `parse_requirements` takes, and a program's own objects. Raises `InvalidInputError` if it is no
    list. A requirement that can't be right is an open constraint.
    """
    made = [_constraint(index, element) for index, element in enumerate(elements(rules))]
    return tuple(sent for each in made if (sent := _as_sent(each, environment)) is not None)


def guarding(constraints: Iterable[Constraint], action: Action) -> tuple[Constraint, ...]:
    """The constraints on who may take an action. Accept is guarded by all."""
    level = _ACTIONS.index(action) + 1
    return tuple(
        replace(each, decide=_open, key=("perhaps", each.key)) if each.guards is None and level > 1 else each
        for each in constraints
        if each.guards is None or each.guards >= level
    )


def elements(rules: Any) -> tuple[Requirement | Unknown, ...]:
    """The requirements of a list in any form."""
    if isinstance(rules, QualificationRequirement | Requirement):
        rules = [rules]
    parsed = parse_requirements(rules)
    if isinstance(parsed, Malformed):
        raise InvalidInputError(
            form.WRONG_TYPE.at("", f"is {kind_of(parsed.value)}, not a list; write a list of requirements")
        )
    if isinstance(parsed, Unknown):
        return (parsed,)
    return tuple(map(_of_program, parsed))


def _of_program(element: Requirement | Unknown) -> Requirement | Unknown:
    written = element.value if isinstance(element, Malformed) else None
    return parse_requirement(written.to_dict()) if isinstance(written, QualificationRequirement) else element


def _as_sent(constraint: Constraint, environment: Environment) -> Constraint | None:
    requirement = constraint.requirement
    if environment == "production" or isinstance(requirement, Unknown):
        return constraint
    marked = requirement.production_only
    if isinstance(marked, Unknown):
        return replace(constraint, decide=_open, key=(constraint.key, id(marked)))
    return None if marked else constraint


def _open(_: Point, __: World) -> bool | None:
    return None


def _constraint(index: int, element: Requirement | Unknown) -> Constraint:
    if isinstance(element, Unknown):
        return Constraint(index, element, ("unknown", id(element)), id(element), _open, guards=None)
    guarded = element.actions_guarded
    made = Constraint(
        index,
        element,
        _subject(element),
        _key(element),
        _open,
        guards=_GUARDED.get(guarded) if isinstance(guarded, str) else None,
    )
    comparator, integers = element.comparator, element.integer_values
    if not isinstance(comparator, str):
        return made
    if made.subject == system_types.LOCALE:
        return _located(made, element)
    if element.locale_values is not None:
        return made
    numbers = () if isinstance(integers, Unknown) else integers or ()
    known = tuple(number for number in numbers if isinstance(number, int))
    if known != numbers or isinstance(integers, Unknown):
        return replace(made, decide=partial(_on_unknown_numbers, comparator)) if _is_scored(made, comparator) else made
    if not _takes(comparator, len(known)):
        return made
    return replace(made, decide=_decision(element, comparator, known), numbers=known)


def _takes(comparator: str, values: int) -> bool:
    if comparator in system_types.PRESENCE:
        return values == 0
    return values == 1 if comparator in system_types.SINGLE else comparator in system_types.SETS and values > 0


def _is_scored(constraint: Constraint, comparator: str) -> bool:
    """Whether it compares the scores of a type of one's own."""
    return constraint.subject != STANDING and constraint.subject not in system_types.NAMES and _takes(comparator, 1)


def _on_unknown_numbers(comparator: str, score: Point, world: World) -> bool | None:
    """Whoever does not hold the type is shut out by whatever number, but for NotIn."""
    return None if score is not None else _on_score(comparator, (), score, world)


def _subject(requirement: Requirement) -> Subject:
    identifier = requirement.qualification_type_id
    if identifier is None:
        return "missing", id(requirement)
    name = system_types.system_name(identifier)
    if name in (system_types.APPROVAL_RATE, system_types.HITS_APPROVED):
        return STANDING
    if isinstance(identifier, str):
        return name or identifier
    return "unknown", id(identifier)


def _key(requirement: Requirement) -> Hashable:
    """Equal for requirements that mean the same: EqualTo n is In {n}, and the order of values says nothing."""
    comparator, identifier = requirement.comparator, requirement.qualification_type_id
    if system_types.system_name(identifier) == system_types.LOCALE:
        comparator = {"EqualTo": "In", "NotEqualTo": "NotIn"}.get(str(comparator), comparator)
    name = system_types.system_name(identifier)
    return tuple(map(_known, (name or identifier, comparator))) + tuple(
        frozenset(map(_known, values)) if isinstance(values, tuple) else _known(values)
        for values in (requirement.integer_values, requirement.locale_values)
    )


def _known(value: Any) -> Hashable:
    """What is not known is itself alone."""
    if isinstance(value, Locale):
        return tuple(map(_known, (value.country, value.subdivision)))
    return ("unknown", id(value)) if isinstance(value, Unknown) else value


def _decision(
    requirement: Requirement, comparator: str, numbers: tuple[Any, ...]
) -> Callable[[Point, World], bool | None]:
    """What a requirement with numbers, or with none, decides at each point of its subject."""
    name = system_types.system_name(requirement.qualification_type_id)
    if name is None:
        return lambda score, world: _on_score(comparator, numbers, score, world)
    if name in (system_types.APPROVAL_RATE, system_types.HITS_APPROVED):
        part = 0 if name == system_types.APPROVAL_RATE else 1
        if comparator in system_types.SINGLE:
            return lambda standing, _: standing[part] is not None and _holds(comparator, numbers, standing[part])
        return _guessed(lambda standing: standing[part] is not None and _holds(comparator, numbers, standing[part]))
    if name == system_types.MASTERS and comparator in system_types.PRESENCE:
        if comparator == "Exists":
            return lambda is_master, _: bool(is_master)
        return _guessed(lambda is_master: not is_master)
    if name == system_types.ADULT:
        if (comparator, numbers) == ("EqualTo", (1,)):
            return lambda agreed, _: bool(agreed)
        return _guessed(lambda agreed: _holds(comparator, numbers, int(agreed)))
    return _open


def _guessed(probably: Callable[[Point], bool]) -> Callable[[Point, World], bool | None]:
    return lambda point, world: probably(point) if world.guesses else None


def _on_score(comparator: str, numbers: tuple[int, ...], score: int | None, world: World) -> bool:
    """Only DoesNotExist lets in who does not hold the type (documented; for NotIn assumed)."""
    if score is not None:
        return _holds(comparator, numbers, score)
    return comparator == "DoesNotExist" or (comparator == "NotIn" and not world.not_in_needs_holder)


def _holds(comparator: str, numbers: tuple[int, ...], value: int) -> bool:
    if comparator in _ORDER:
        return _ORDER[comparator](value, numbers[0])
    if comparator in system_types.PRESENCE:
        return comparator == "Exists"
    return (value in numbers) == (comparator in ("EqualTo", "In"))


def _located(made: Constraint, requirement: Requirement) -> Constraint:
    locales = requirement.locale_values
    if requirement.comparator not in system_types.FOR_LOCALES or not isinstance(locales, tuple):
        return made
    if requirement.integer_values is not None or any(
        not isinstance(locale, Locale) or None in locale.codes for locale in locales
    ):
        return made
    places = tuple(locale.codes for locale in locales if isinstance(locale, Locale))
    single = requirement.comparator in system_types.SINGLE
    if single and len(places) != 1:
        return made
    positive, named = requirement.comparator in ("EqualTo", "In"), frozenset(places)

    def decide(place: Point, world: World) -> bool | None:
        found = _matches(place, named, world)
        if place == ("US", "") and not found and not positive and any(country == "US" for country, _ in named):
            return None  # whether a worker without a known state is in none of these is not documented
        return None if found is None else found == positive

    return replace(made, decide=decide, places=places)


def _matches(place: tuple[str, str], named: frozenset[tuple[Any, Any]], world: World) -> bool | None:
    """Whether one of the named places is a worker's: a country is that of all its states, too (documented)."""
    country, subdivision = place
    territory = subdivision if country == "US" else country
    if territory not in iso3166.IN_BOTH:
        return place in named or (country, "") in named
    apart, part, whole = ((territory, "") in named, ("US", territory) in named, ("US", "") in named)
    if not world.territories_apart:
        return part or whole
    in_doubt = part or (apart and whole) or (country == "US" and (apart or whole))
    if in_doubt and not world.guesses:
        return None
    return apart
