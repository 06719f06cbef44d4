"""All figures, by their numbers."""

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
from tests.reliability.figure import Figure
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
