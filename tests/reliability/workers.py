"""R22: what is said of who comes in and who goes out by a change of rules, against whom the marketplace admits."""

from collections import Counter

from tests.reliability.draws import each
from tests.reliability.figure import Figure, Measured, told
from tests.support.worker_cases import WORKERS, Case, cases, disagreements


def _agreement(runs: int, seed: int) -> Measured:
    """R22."""
    amiss: Counter[str] = Counter()
    looked = 0

    def look(case: Case) -> None:
        nonlocal looked
        looked += len(case.workers)
        amiss.update(disagreements(case))

    each(cases(), -(-runs // WORKERS), seed, look)
    result = f"{looked:,} workers judged: {sum(amiss.values())} disagreements"
    return Measured(looked, f"{result}; {told(amiss)}" if amiss else result, reached=not amiss)


FIGURES = [
    Figure(
        "R22",
        "Who is admitted, who comes in and who goes out by a change of rules is what the marketplace says, too",
        "rules before and after, and ten workers at the edges of what they say: answers, contradictions, implied "
        "rules, verdicts and each witness",
        "0 disagreements of 100,000 workers judged, on what is documented and on what both assume",
        _agreement,
        short=1_000,
        long=100_000,
    ),
]
