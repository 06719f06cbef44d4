"""All figures, by their numbers."""

import time
import traceback
from types import ModuleType

from tests.reliability import (
    calls,
    checkpoints,
    inputs,
    kills,
    lifecycles,
    marketplace,
    mutants,
    secrets,
    size,
    stacks,
    tested,
    throttling,
    workers,
)
from tests.reliability.figure import Figure, Measured
from tools.reliability_page import order

MODULES: list[ModuleType] = [
    calls,
    checkpoints,
    inputs,
    kills,
    lifecycles,
    marketplace,
    mutants,
    secrets,
    size,
    stacks,
    tested,
    throttling,
    workers,
]

FIGURES: dict[str, Figure] = {
    figure.number: figure
    for figure in sorted(
        (figure for module in MODULES for figure in module.FIGURES), key=lambda figure: order(figure.number)
    )
}


def measure(number: str, runs: int, seed: int) -> tuple[Measured, float]:
    """One figure, and the seconds that it took. One that breaks off is missed, and the others are measured."""
    figure = FIGURES[number]
    print(f"{number} {figure.claim} ({runs:,} runs) …", flush=True)
    start = time.monotonic()
    try:
        measured = figure.measure(runs, seed)
    except Exception as error:
        traceback.print_exc()
        measured = Measured(0, f"broke off: {type(error).__name__}: {str(error)[:200]}", reached=False)
    return measured, time.monotonic() - start
