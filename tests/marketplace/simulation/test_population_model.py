from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace.simulation import population_model
from pulumi_mturk.marketplace.simulation.population_model import Distribution, PopulationModelError

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path, text: str) -> population_model.PopulationModel:
    file = path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return population_model.read_model(file)


def test_every_number_of_the_make_up_that_comes_along_says_where_it_is_from() -> None:
    lines = population_model.default_text().partition("[states]")[0].splitlines()
    numbers = [line for line in lines if "=" in line and not line.startswith("#")]
    said = [line for number, line in enumerate(lines) if line in numbers and ("#" in line or "#" in lines[number - 1])]
    following = [line for line in numbers if line not in said]
    assert all(line[:2] in ("DE", "IT", "AU", "MX", "NG", "PH") for line in following)  # "as are all that follow"
    assert population_model.read_model().countries["US"] > 0.5


def test_an_own_make_up_changes_what_it_names(tmp_path: Path) -> None:
    mine = read(tmp_path, '[countries]\nDE = 0.5\nAT = 0.5\n\n[tests]\nskill = { distribution = "fixed", value = 1 }\n')
    assert mine.countries == {"DE": 0.5, "AT": 0.5}
    assert mine.skill == Distribution("fixed", (1.0,))
    assert mine.takes == population_model.read_model().takes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colour = 1", "There is no 'colour' in a make-up; there are: population, countries"),
        ("[tests]\nluck = 1", "tests: there is no 'luck' in it; there are: takes, skill."),
        ("tests = 1", "tests: must be a table, as in [tests]."),
        ("[countries]\nUS = 0.7\nIN = 0.2", "countries: the shares sum to 0.9; they must sum to 1."),
        ("[countries]\nUS = 1.2\nIN = -0.2", "countries.US: must be a number from 0 to 1."),
        ("[countries]\nUK = 1", "countries: 'UK' is not an ISO 3166 country code, such as US or GB."),
        ("[states]\nZZ = 1", "states: 'ZZ' is not a state of the US by ISO 3166-2, such as CA or NY."),
        ("[states]\nCA = 0", "states: at least one of them must be more than 0."),
        ("[states]\nCA = nan", "states.CA: must be a number of 0 or more."),
        ("population = 0", "population: must be a whole number of 1 or more."),
        ("[masters]\napproved = 1.5", "masters.approved: must be a whole number of 1 or more."),
        ("[consent]\nadult = true", "consent.adult: must be a number from 0 to 1."),
        ("[tests]\nskill = 0.5", "tests.skill: must be a distribution, such as { distribution ="),
        ('[tests]\nskill = { distribution = "normal" }', "tests.skill: there is no distribution 'normal'; there are:"),
        (
            '[tests]\nskill = { distribution = "beta", mean = 0.5 }',
            "tests.skill: a beta distribution is given by mean and size, and nothing else.",
        ),
        (
            '[tests]\nskill = { distribution = "beta", mean = 1, size = 2 }',
            "tests.skill.mean: must be a number above 0 and below 1.",
        ),
        (
            '[tests]\nskill = { distribution = "beta", mean = 0.5, size = 0 }',
            "tests.skill.size: must be a number above 0.",
        ),
        (
            '[tests]\nskill = { distribution = "uniform", low = 0.6, high = 0.5 }',
            "tests.skill: high must not be less than",
        ),
        (
            '[tests]\nskill = { distribution = "fixed", value = 2 }',
            "tests.skill.value: must be a number from 0 to 1.",
        ),
        (
            '[tests]\nskill = { distribution = "lognormal", median = 1, sigma = 1 }',
            "tests.skill: a lognormal distribution does not fit here; use fixed, uniform or beta.",
        ),
        (
            '[work]\nseconds = { distribution = "beta", mean = 0.5, size = 1 }',
            "work.seconds: a beta distribution does not fit here; use fixed, uniform or lognormal.",
        ),
        (
            '[work]\nseconds = { distribution = "lognormal", median = 1, sigma = 11 }',
            "work.seconds.sigma: must be 10 or",
        ),
        (
            '[work]\nseconds = { distribution = "lognormal", median = 0, sigma = 1 }',
            "work.seconds.median: must be a number",
        ),
        ("[work", "is not TOML: "),
    ],
)
def test_what_can_not_be_is_told_in_words(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PopulationModelError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(PopulationModelError, match=r"none\.toml can not be read: No such file or directory\."):
        population_model.read_model(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("distribution", "low", "high"),
    [
        (Distribution("fixed", (0.5,)), 0.5, 0.5),
        (Distribution("uniform", (0.2, 0.3)), 0.24, 0.26),
        (Distribution("beta", (0.9, 20)), 0.88, 0.92),
        (Distribution("lognormal", (250, 2.3)), 200, 310),
    ],
)
def test_the_middle_of_what_is_drawn_is_as_asked(distribution: Distribution, low: float, high: float) -> None:
    rng = random.Random(1)  # noqa: S311 - no secret
    drawn = sorted(distribution.draw(rng) for _ in range(2001))
    assert low <= drawn[1000] <= high
