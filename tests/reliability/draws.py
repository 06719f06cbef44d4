"""Hypothesis as a source of cases for a measurement: so many of them, from a seed, each once."""

from collections.abc import Callable
from typing import TypeVar

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")


def each(strategy: SearchStrategy[T], runs: int, seed: int, look: Callable[[T], None]) -> None:
    """Call `look` with so many cases. What it raises is raised here, without a search for a smaller case."""

    @hypothesis.seed(seed)
    @settings(
        max_examples=runs,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def run(case: T) -> None:
        look(case)

    run()
