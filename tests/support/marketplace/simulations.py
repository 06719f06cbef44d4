"""Make-ups by which a test knows what comes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.simulation import population_model, study
from pulumi_mturk.marketplace.simulation.population_model import Distribution, PopulationModel

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_mturk.marketplace.simulation.funnel import Step
    from pulumi_mturk.marketplace.simulation.study import Study

DEFAULT = population_model.read_model()


def always(value: float) -> Distribution:
    return Distribution("fixed", (value,))


def certain(**changes: Any) -> PopulationModel:
    """Everybody is of the US, experienced, able, and willing; nobody is on a list."""
    sure: dict[str, Any] = {
        "countries": {"US": 1.0},
        "population": 10**9,
        **dict.fromkeys(("approved", "takes", "skill", "wants"), always(1.0)),
        "submitted": always(1000),
        "abandoned": always(0),
        "returned": always(0),
        "gives_back": 0.0,
        "assignments": always(1),
    }
    return replace(DEFAULT, **sure | changes)


def studied(
    path: str | Path, model: PopulationModel = DEFAULT, workers: int = 200, seed: int = 7, **required: Any
) -> Study:
    return study.run_study(path, study.StudyPlan(model, workers, seed, **required), lambda _: None)


def step(found: Study, words: str) -> Step:
    """The one rule of the one HIT type that has these words in it."""
    (told,) = found.hit_types
    (hit,) = [item for item in told.steps if words in item.rule]
    return hit
