"""R9 to R11: what is wrong stops at plan time, what is right never does, and what is not known yet changes neither."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.provider.lifecycle import delete
from pulumi_mturk.resources import REGISTRY
from tests.reliability.draws import each
from tests.reliability.figure import Figure, Measured
from tests.support.broken_inputs import ANY_BROKEN, Broken
from tests.support.core import Place, opened
from tests.support.findings import places
from tests.support.inputs import EXAMPLES, VALID, WORKER, valid_owning
from tests.support.limits import REFUSED
from tests.support.refused_at_doors import DOORS
from tests.support.requirement_strategies import places_in, with_unknowns

# A message longer than this is not read.
_LONGEST = 1_500
# What is wrong because something else is not there, or is no property: hiding values hides neither.
_OF_ABSENCE = {"MT001", "MT002", "MT302", "MT305"}
# What says what kind of thing another is: a key needs its test, and a test its duration.
_TOGETHER = {"test", "answerKey", "testDurationInSeconds", "autoGranted", "validateQuestions"}


def _verdict(place: Place, case: Broken) -> str:
    """What is amiss with how inputs with one thing wrong are refused; empty if nothing is."""
    try:
        failures = place.check(case.token, case.inputs, seed=b"example").failures
    except Exception as error:
        return f"{type(error).__name__} in place of a finding"
    if not failures:
        return "passed"
    if set(places(failures)) != {case.found}:
        return "another finding"
    if any(len(sentence) > _LONGEST or "Traceback" in sentence or WORKER in sentence for sentence in failures):
        return "words too long, or with a worker's id"
    return ""


def _wrong_stops(runs: int, seed: int) -> Measured:
    """R9."""
    amiss: Counter[str] = Counter()
    rules: Counter[str] = Counter()

    def look(case: Broken) -> None:
        rules[case.found[1]] += 1
        if problem := _verdict(place, case):
            amiss[f"{case.token}.{case.found[0]} {case.found[1]}: {problem}"] += 1

    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        each(ANY_BROKEN, runs, seed, look)
        drawn = rules.total()
        for token, members, path, code, _ in REFUSED:
            look(Broken(token, EXAMPLES[token] | members, (path, code)))
        for name, opening in DOORS.items():
            rules["by hand"] += 1
            if problem := opening(Path(folder)):
                amiss[f"{name}: {problem}"] += 1
        calls = len(place.calls())
    by_hand = rules.total() - drawn
    result = (
        f"{drawn:,} drawn and {by_hand} by hand, by {len(rules) - 1} rules: {sum(amiss.values())} without their code "
        f"and place, {calls} API calls"
    )
    return Measured(rules.total(), _told(result, amiss), reached=not amiss and not calls)


def _right_never_stops(runs: int, seed: int) -> Measured:
    """R10."""
    amiss: Counter[str] = Counter()
    made = 0

    def look(case: tuple[str, dict[str, Any]]) -> None:
        nonlocal made
        made += 1
        token, inputs = case[0], valid_owning(case[1], own_type)
        if "name" in inputs:
            inputs["name"] = f"{inputs['name'][:990]} {made}"  # a name is held for two days after its type is deleted
        try:
            checked = place.check(token, inputs)
            if checked.failures:
                amiss[f"{token}: stopped: {checked.failures[0]}"] += 1
                return
            resource = place.create(token, checked.inputs)
            place.next_run()
            delete(REGISTRY[token], place.context(), *resource, checked.inputs)
        except Exception as error:
            amiss[f"{token}: {type(error).__name__}: {str(error)[:200]}"] += 1

    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        place.marketplace.set_switches(record_calls="off")
        own_type = place.made("QualificationType", {"description": "For the examples."}).id
        each(_right(), runs, seed, look)
    result = f"{made:,} checked, made and removed: {sum(amiss.values())} stopped or refused by one of the two"
    return Measured(made, _told(result, amiss), reached=not amiss)


def _unknowns(runs: int, seed: int) -> Measured:
    """R11."""
    amiss: Counter[str] = Counter()
    number = Counter[str]()

    def look(case: tuple[str, dict[str, Any], Broken, int]) -> None:
        token, inputs, broken, chosen = case
        partly, hidden = _some_unknown(inputs, chosen)
        number["right"] += 1
        if place.check(token, partly, seed=b"example").failures:
            amiss[f"{token}: a false failure with {sorted(map(str, hidden))} unknown"] += 1
        if place.check(token, inputs, seed=b"example").failures:
            amiss[f"{token}: another verdict once known"] += 1
        others = sorted(
            set(broken.inputs)
            - {broken.member}
            - (_TOGETHER if broken.member in _TOGETHER else {"workers", "workerId"})
        )
        number["wrong"] += 1
        hide = {name for index, name in enumerate(others) if chosen >> index & 1}
        found = place.check(broken.token, broken.inputs | dict.fromkeys(hide, UNKNOWN), seed=b"example").failures
        if set(places(found)) != {broken.found}:
            amiss[f"{broken.token}.{broken.found[0]} {broken.found[1]}: another finding with others unknown"] += 1
        all_of_it = dict.fromkeys(broken.inputs, UNKNOWN)
        if broken.found[1] not in _OF_ABSENCE and place.check(broken.token, all_of_it).failures:
            amiss[f"{broken.token}: a false failure with all unknown"] += 1
        if problem := _verdict(place, broken):
            amiss[f"{broken.token}: another verdict once known: {problem}"] += 1

    cases = st.builds(lambda right, wrong, chosen: (*right, wrong, chosen), _right(), ANY_BROKEN, st.integers(0, 2**64))
    with TemporaryDirectory() as folder, opened(Path(folder)) as place:
        each(cases, runs, seed, look)
        calls = len(place.calls())
    result = (
        f"{number['right']:,} right and {number['wrong']:,} wrong ones, each with some inputs unknown and then known: "
        f"{sum(amiss.values())} other verdicts, {calls} API calls"
    )
    return Measured(number["right"], _told(result, amiss), reached=not amiss and not calls)


def _right() -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.one_of([st.tuples(st.just(token), strategy) for token, strategy in VALID.items()])


def _some_unknown(inputs: dict[str, Any], chosen: int) -> tuple[dict[str, Any], set[tuple[Any, ...]]]:
    """The inputs with those of their places not known that a number's bits say."""
    hidden = {path for index, path in enumerate(sorted(places_in(inputs), key=str)) if chosen >> index % 64 & 1}
    return dict(with_unknowns(inputs, hidden)), hidden


def _told(result: str, amiss: Counter[str]) -> str:
    return "; ".join([result, *(f"{what} ({times:,})" for what, times in amiss.most_common(5))])


FIGURES = [
    Figure(
        "R9",
        "What is wrong stops at plan time, with its code and its place",
        "good inputs of all resources with one constraint broken, and a table by hand of inputs, programs, CSV files "
        "and configurations",
        "20,000 and 200 by hand: each with its code and path, 0 API calls, 0 tracebacks",
        _wrong_stops,
        short=400,
        long=20_000,
        counted=20_200,
    ),
    Figure(
        "R10",
        "What is right never stops, and the marketplace agrees",
        "good inputs of all resources through check, create and delete against the marketplace, by boto3",
        "0 of 20,000 refused by either",
        _right_never_stops,
        short=300,
        long=20_000,
    ),
    Figure(
        "R11",
        "What is not known yet is no mistake, and hides none but its own",
        "good inputs and inputs with one thing wrong, any of their values unknown, and then known",
        "5,000 of each: no false failure, the same verdict once known, 0 API calls",
        _unknowns,
        short=200,
        long=5_000,
    ),
]
