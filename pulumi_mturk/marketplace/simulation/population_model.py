"""The population model of a crowd: a TOML file of shares and distributions, completed by the default one.

The command line calls it the make-up.
"""

from __future__ import annotations

import importlib.resources
import math
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.domain.iso3166 import is_country, is_us_state
from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    import random
    from pathlib import Path

_PARAMETERS: Final = {
    "fixed": ("value",),
    "uniform": ("low", "high"),
    "beta": ("mean", "size"),
    "lognormal": ("median", "sigma"),
}
_CHANCES: Final = frozenset(
    {"experience.approved", "experience.abandoned", "experience.returned", "tests.takes", "tests.skill", "work.wants"}
)
"""Distributions of probabilities and shares."""
_SHARES: Final = frozenset({"masters.share", "consent.adult", "work.gives_back"})
_COUNTS: Final = frozenset({"population", "masters.approved"})
_TOLERANCE: Final = 0.0005
_LARGEST_SIGMA: Final = 10
"""Of a lognormal distribution: with it one in forty exceeds 485 million times the median, surely a mistake."""


class PopulationModelError(MarketplaceError, ValueError):
    """A model that can not be read, or has an invalid value."""


@dataclass(frozen=True)
class Distribution:
    """The distribution of a number over the workers."""

    kind: str
    numbers: tuple[float, ...]
    """The parameters, in the order of `_PARAMETERS`."""

    def draw(self, random: random.Random) -> float:
        """Draw the number of one worker."""
        if self.kind == "fixed":
            return self.numbers[0]
        first, second = self.numbers
        if self.kind == "uniform":
            return random.uniform(first, second)
        if self.kind == "beta":
            return random.betavariate(first * second, (1 - first) * second)
        return random.lognormvariate(math.log(first), second)


@dataclass(frozen=True)
class PopulationModel:
    """A checked population model; the comments in crowd.toml explain each value."""

    population: int
    countries: dict[str, float]
    states: dict[str, float]
    submitted: Distribution
    approved: Distribution
    abandoned: Distribution
    returned: Distribution
    masters_approved: int
    masters_share: float
    adult: float
    takes: Distribution
    skill: Distribution
    wants: Distribution
    arrives_after_hours: Distribution
    assignments: Distribution
    seconds: Distribution
    gives_back: float


def default_text() -> str:
    """The default model as TOML, with comments."""
    return (importlib.resources.files("pulumi_mturk.marketplace.simulation") / "crowd.toml").read_text(encoding="utf-8")


def read_model(path: Path | None = None) -> PopulationModel:
    """Read a model, completed by the default one; raises PopulationModelError."""
    tables = tomllib.loads(default_text())
    if path is None:
        return _checked(tables)
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PopulationModelError(f"The make-up {path} can not be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PopulationModelError(f"The make-up {path} is not TOML: {error}.") from None
    try:
        return _checked(_completed(own, tables))
    except PopulationModelError as error:
        raise PopulationModelError(f"{path}: {error}") from None


def _completed(own: dict[str, Any], tables: dict[str, Any]) -> dict[str, Any]:
    whole = dict(tables)
    for name, value in own.items():
        if name not in tables:
            raise PopulationModelError(f"There is no {name!r} in a make-up; there are: {', '.join(tables)}.")
        if not isinstance(tables[name], dict):
            whole[name] = value
            continue
        if not isinstance(value, dict):
            raise PopulationModelError(f"{name}: must be a table, as in [{name}].")
        if name in ("countries", "states"):
            whole[name] = value
            continue
        if unknown := next((key for key in value if key not in tables[name]), None):
            raise PopulationModelError(f"{name}: there is no {unknown!r} in it; there are: {', '.join(tables[name])}.")
        whole[name] = tables[name] | value
    return whole


def _checked(tables: dict[str, Any]) -> PopulationModel:
    values: dict[str, Any] = {"population": tables["population"]}
    for table in ("experience", "masters", "consent", "tests", "work"):
        values |= {f"{table}.{key}": value for key, value in tables[table].items()}
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name in _COUNTS:
            checked[name] = _count(name, value)
        elif name in _SHARES:
            checked[name] = _number(name, value, 0, 1)
        else:
            checked[name] = _distribution(name, value)
    fields = {name.partition(".")[2] or name: value for name, value in checked.items() if "masters" not in name}
    return PopulationModel(
        **fields,
        countries=_countries(tables["countries"]),
        states=_states(tables["states"]),
        masters_approved=checked["masters.approved"],
        masters_share=checked["masters.share"],
    )


def _distribution(name: str, value: object) -> Distribution:
    kinds = ", ".join(_PARAMETERS)
    if not isinstance(value, dict):
        raise PopulationModelError(
            f'{name}: must be a distribution, such as {{ distribution = "fixed", value = 0.5 }}.'
        )
    kind = value.get("distribution")
    if not isinstance(kind, str) or kind not in _PARAMETERS:
        raise PopulationModelError(f"{name}: there is no distribution {kind!r}; there are: {kinds}.")
    wanted = _PARAMETERS[kind]
    if set(value) != {"distribution", *wanted}:
        raise PopulationModelError(
            f"{name}: a {kind} distribution is given by {' and '.join(wanted)}, and nothing else."
        )
    chance = name in _CHANCES
    maximum = 1.0 if chance else math.inf
    numbers = [value[parameter] for parameter in wanted]
    if kind in ("fixed", "uniform"):
        low, *high = [_number(f"{name}.{key}", value[key], 0, maximum) for key in wanted]
        if high and high[0] < low:
            raise PopulationModelError(f"{name}: high must not be less than low.")
        return Distribution(kind, (low, *high))
    if (kind == "beta") != chance:
        better = "fixed, uniform or beta" if chance else "fixed, uniform or lognormal"
        raise PopulationModelError(f"{name}: a {kind} distribution does not fit here; use {better}.")
    first = _number(f"{name}.{wanted[0]}", numbers[0], 0, maximum, open_ends=True)
    if kind == "lognormal" and isinstance(numbers[1], int | float) and numbers[1] > _LARGEST_SIGMA:
        raise PopulationModelError(f"{name}.sigma: must be {_LARGEST_SIGMA} or less.")
    second = _number(f"{name}.{wanted[1]}", numbers[1], 0, math.inf, open_ends=kind == "beta")
    return Distribution(kind, (first, second))


def _countries(shares: dict[str, object]) -> dict[str, float]:
    checked = {code: _number(f"countries.{code}", share, 0, 1) for code, share in shares.items()}
    for code in checked:
        if not is_country(code):
            raise PopulationModelError(f"countries: {code!r} is not an ISO 3166 country code, such as US or GB.")
    total = math.fsum(checked.values())
    if abs(total - 1) > _TOLERANCE:
        raise PopulationModelError(f"countries: the shares sum to {total:g}; they must sum to 1.")
    return checked


def _states(weights: dict[str, object]) -> dict[str, float]:
    checked = {code: _number(f"states.{code}", weight, 0, math.inf) for code, weight in weights.items()}
    for code in checked:
        if not is_us_state(code):
            raise PopulationModelError(f"states: {code!r} is not a state of the US by ISO 3166-2, such as CA or NY.")
    if not any(checked.values()):
        raise PopulationModelError("states: at least one of them must be more than 0.")
    return checked


def _count(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise PopulationModelError(f"{name}: must be a whole number of 1 or more.")
    return value


def _number(name: str, value: object, minimum: float, maximum: float, *, open_ends: bool = False) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if good and open_ends:
        good = minimum < value < maximum  # type: ignore[operator]  # a number, as checked
    elif good:
        good = minimum <= value <= maximum  # type: ignore[operator]
    if not good:
        if maximum == math.inf:
            raise PopulationModelError(f"{name}: must be a number {'above 0' if open_ends else 'of 0 or more'}.")
        raise PopulationModelError(f"{name}: must be a number {'above 0 and below 1' if open_ends else 'from 0 to 1'}.")
    return float(value)  # type: ignore[arg-type]
