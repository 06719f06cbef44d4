"""`Worker`: somebody made up, for whom a list of requirements can be judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.errors import refuse
from pulumi_mturk.common.integers import INT32, whole
from pulumi_mturk.common.text import kind_of
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.country_names import place_name
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.rules import made_up_workers as rules


@dataclass(frozen=True, kw_only=True)
class Worker:
    """Somebody made up, as requirements see them.

    A member left out is not known, and a rule that asks for it gives the answer "unknown".

    Raises `InvalidInputError` for values that nobody can have, such as an approval rate of 98 % with 5 HITs approved:
    below 100 submitted assignments the rate counts as 100 %, so r % needs at least r HITs approved.
    """

    locale: Locale | str | None = None
    """Where: `Locale("US", "OH")`, or as a text "US-OH". Of somebody in "US" alone no state is known."""
    approval_rate: int | None = None
    """In percent, 0 to 100."""
    hits_approved: int | None = None
    masters: bool | None = None
    adult: bool | None = None
    """Whether they agreed to see adult content."""
    qualifications: Mapping[str, int] | None = None
    """All the qualifications that they hold, by the types' ids, with the scores; None if not known, {} for none."""
    _names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    """What types are called in words. One that the worker does not hold is told of too."""

    def __post_init__(self) -> None:
        refuse(_problems(self))
        if isinstance(self.locale, str):
            country, _, subdivision = self.locale.partition("-")
            object.__setattr__(self, "locale", Locale(country, subdivision or None))
        for name in ("approval_rate", "hits_approved"):
            object.__setattr__(self, name, _whole(getattr(self, name)))
        if self.qualifications is not None:
            held = {identifier: whole(score) for identifier, score in self.qualifications.items()}
            object.__setattr__(self, "qualifications", MappingProxyType(held))

    def __hash__(self) -> int:
        held = None if self.qualifications is None else frozenset(self.qualifications.items())
        return hash((self.locale, self.approval_rate, self.hits_approved, self.masters, self.adult, held))

    @classmethod
    def newcomer(cls, locale: Locale | str | None = None) -> "Worker":
        """Somebody who has just signed up: an approval rate of 100 %, no HIT approved, and no qualification.

        Below 100 submitted assignments the rate counts as 100 % (documented); that the HITs approved of a newcomer
        count as 0 is assumed.
        """
        return cls(locale=locale, approval_rate=100, hits_approved=0, masters=False, adult=False, qualifications={})

    def __str__(self) -> str:
        """In words: "Canada, 99 %, 1,200 approved"."""
        names = self._names
        told = []
        if isinstance(self.locale, Locale):
            told.append(place_name(*(code or "" for code in self.locale.codes)))
        if self.approval_rate is not None:
            told.append(f"{self.approval_rate} %")
        if self.hits_approved is not None:
            told.append(f"{self.hits_approved:,} approved")
        if self.masters or (self.masters is False and system_types.MASTERS in names):
            told.append("Masters" if self.masters else "not Masters")
        if self.adult or (self.adult is False and system_types.ADULT in names):
            told.append(f"{'agreed' if self.adult else 'did not agree'} to adult content")
        held = self.qualifications or {}
        told += [f"holds {names.get(each, each)} ({score:,})" for each, score in held.items()]
        if self.qualifications is not None:
            told += [
                f"does not hold {name}" for each, name in names.items() if each not in (*held, *system_types.NAMES)
            ]
        return ", ".join(told) or "anybody"


def _whole(value: Any) -> int | None:
    return None if value is None else whole(value)


def _problems(worker: Worker) -> Diagnostics:
    values: dict[str, Any] = {each.name: getattr(worker, each.name) for each in fields(worker)}
    if not isinstance(values["locale"], Locale | str | None):
        said = f"is {kind_of(values['locale'])}; write a text such as 'US-OH', or a Locale"
        yield rules.WORKER_VALUE.at("locale", said)
    yield from _standing_problems(values["approval_rate"], values["hits_approved"])
    for name in ("masters", "adult"):
        if not isinstance(values[name], bool | None):
            yield rules.WORKER_VALUE.at(name, f"is {_shown(values[name])}; write True or False")
    held = values["qualifications"]
    if not isinstance(held, Mapping | None):
        yield rules.WORKER_VALUE.at("qualifications", f"is {kind_of(held)}; write a dict of types' ids and scores")
    elif not all(isinstance(identifier, str) and _within(score, INT32) for identifier, score in (held or {}).items()):
        said = "has what is no id with a score; write texts, each with a whole number of 32 bits"
        yield rules.WORKER_VALUE.at("qualifications", said)


def _standing_problems(rate: Any, hits: Any) -> Diagnostics:
    for name, value, numbers, instead in (
        ("approval_rate", rate, range(101), "a whole number of percent, 0 to 100"),
        ("hits_approved", hits, range(INT32.stop), "a whole number, 0 or more"),
    ):
        if value is not None and (isinstance(value, float) or not _within(value, numbers)):
            yield rules.WORKER_VALUE.at(name, f"is {_shown(value)}; write {instead}")
            return
    if rate is not None and hits is not None and hits < rate < 100:
        said = f"is {rate}, and nobody with {hits} HITs approved has that; write 100, or {rate} or more HITs"
        yield rules.IMPOSSIBLE_WORKER.at("approval_rate", said)


def _within(value: Any, numbers: range) -> bool:
    number = whole(value)
    return number is not None and number in numbers  # a range would be searched through for what is no number


def _shown(value: object) -> str:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else kind_of(value)
