"""The short form of each figure: its bar holds here too."""

import pytest

from tests.reliability.all_figures import FIGURES
from tests.reliability.figure import Figure

SHORT = [figure for figure in FIGURES.values() if figure.short]


@pytest.mark.parametrize("figure", SHORT, ids=lambda figure: figure.number)
def test_the_bar_is_reached(figure: Figure) -> None:
    measured = figure.measure(figure.short, 1)
    assert measured.reached, measured.result
    assert measured.runs > 0
