"""A figure of reliability: a claim, how it is measured, and the bar that it is held to."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Measured:
    """What a measurement found."""

    runs: int
    """How many were made."""
    result: str
    """In the bar's own words, such as "0 of 20,000 passed"; where the bar is not reached, what was seen."""
    reached: bool
    """Whether the bar is reached."""


@dataclass(frozen=True)
class Figure:
    """One row of docs/reliability.md."""

    number: str
    """R1 to R22."""
    claim: str
    """What holds, for whoever decides whether to trust the provider."""
    method: str
    """How it is measured, in one sentence."""
    bar: str
    measure: Callable[[int, int], Measured]
    """Measures with so many runs, from a seed. Asserts nothing: a bar that is missed is a result."""
    short: int
    """Runs that `make test` makes, in a few seconds; 0 if tests of other files are its short form."""
    long: int
    """What `measure` is given for the bar."""
    counted: int | None = None
    """How many `Measured.runs` the bar asks for, where that is another number than `long`."""

    def judge(self, measured: Measured) -> Measured:
        """A measurement of fewer runs than the bar asks for does not reach it."""
        asked = self.long if self.counted is None else self.counted
        if measured.runs >= asked:
            return measured
        too_few = f"{measured.result}; {measured.runs:,} runs of the {asked:,} that the bar asks for"
        return replace(measured, result=too_few, reached=False)


def told(failures: Counter[str]) -> str:
    """What went wrong, and how often; empty if nothing did."""
    return ", ".join(f"{what}: {count:,}" for what, count in (+failures).items())
