"""What is not known yet, in any place of a program's inputs: nothing is refused for it, and nothing else is let by."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.unknown import UNKNOWN, Unknown
from pulumi_mturk.provider.lifecycle import Checked
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place
from tests.support.inputs import VALID, one_change, rough
from tests.support.requirement_strategies import places_in, with_unknowns

TOKENS = sorted(REGISTRY)


def some_unknown(data: st.DataObject, inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs with any of their places not known yet: whole properties, rules, or single values within."""
    paths = sorted(places_in(inputs), key=str)
    chosen = data.draw(st.sets(st.sampled_from(paths), min_size=1, max_size=6)) if paths else set()
    return dict(with_unknowns(inputs, chosen))


def check(place: Place, token: str, inputs: dict[str, Any]) -> Checked:
    """The same seed for all: a generated name is then the same too."""
    return place.check(token, inputs, seed=b"example")


def at(sentence: str) -> str:
    """Which property a sentence is about, and in a list which element; empty for the resource as a whole."""
    found = re.match(r"([A-Za-z]+(?:\[\d+\])?)[^ ]*: ", sentence)
    return found[1] if found else ""


def all_that_is_wrong(place: Place, token: str, inputs: dict[str, Any]) -> set[str]:
    """Where the inputs are wrong: what has the wrong form hides what only the whole tells, so it is taken away."""
    wrong: set[str] = set()
    while True:
        failures = {at(sentence) for sentence in check(place, token, inputs).failures}
        formless = {name for name in failures if name in inputs and inputs[name] is not UNKNOWN} - wrong
        wrong |= failures
        if not formless:
            return wrong
        inputs = inputs | dict.fromkeys(formless, UNKNOWN)


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_nothing_right_is_refused_for_what_is_not_known(place: Place, token: str, data: st.DataObject) -> None:
    assert check(place, token, some_unknown(data, data.draw(VALID[token]))).failures == []


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_nothing_is_refused_that_will_be_right(place: Place, token: str, data: st.DataObject) -> None:
    inputs = data.draw(one_change(token) | rough(token))
    partly = check(place, token, some_unknown(data, inputs)).failures
    assert {at(sentence) for sentence in partly} <= all_that_is_wrong(place, token, inputs)


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_what_is_wrong_is_refused_whatever_else_is_not_known(place: Place, token: str, data: st.DataObject) -> None:
    inputs = data.draw(one_change(token))
    failures = check(place, token, inputs).failures
    if len(failures) != 1 or at(failures[0]) not in inputs:
        return
    wrong = at(failures[0])
    # What says what kind of thing it is: a key needs its test, and a test its duration.
    together = {"test", "answerKey", "testDurationInSeconds", "autoGranted"}
    others = set(inputs) - {wrong} - (together if wrong in together else set())
    if not others:
        return
    hidden = data.draw(st.sets(st.sampled_from(sorted(others)), min_size=1))
    assert check(place, token, inputs | dict.fromkeys(hidden, UNKNOWN)).failures == failures


@pytest.mark.parametrize("token", TOKENS)
@given(st.data())
def test_unknowns_come_back_as_unknowns_and_all_else_as_it_would(place: Place, token: str, data: st.DataObject) -> None:
    inputs = data.draw(VALID[token])
    # Keywords are one text to the service, in however many words a program has them.
    paths = [path for path in sorted(places_in(inputs), key=str) if path[:1] != ("keywords",) or len(path) == 1]
    chosen = data.draw(st.sets(st.sampled_from(paths), min_size=1, max_size=6))
    known = check(place, token, inputs).inputs
    partly = check(place, token, with_unknowns(inputs, chosen)).inputs
    free = {str(REGISTRY[token].args.model_fields[name].alias) for name in REGISTRY[token].args.marked(Mark.DERIVED)}
    if "name" not in inputs:
        free.add("name")  # generated, and no earlier than its prefix is known
    # A property that says nothing is left out, and one that is not known might.
    expected = with_unknowns(known, chosen) | {path[0]: UNKNOWN for path in chosen if len(path) == 1}
    assert {key: _plain(value) for key, value in partly.items() if key not in free} == {
        key: _plain(value) for key, value in expected.items() if key not in free
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        # A rule for production alone says so, and any other says nothing of it.
        silent = {"productionOnly"} if isinstance(value.get("productionOnly"), Unknown) else set()
        return {key: _plain(item) for key, item in value.items() if key not in silent}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return "(unknown)" if isinstance(value, Unknown) else value


@pytest.mark.parametrize("words", [["transcribe", UNKNOWN], [UNKNOWN]])
def test_keywords_are_not_known_before_each_of_them_is(place: Place, words: list[Any]) -> None:
    checked = check(place, "QualificationType", {"description": "Words.", "keywords": words})
    assert checked.failures == []
    assert checked.inputs["keywords"] is UNKNOWN


def test_the_verdict_on_a_test_waits_for_its_key_alone(place: Place) -> None:
    inputs = {"description": "Words.", "test": "<p/>", "answerKey": UNKNOWN, "testDurationInSeconds": UNKNOWN}
    assert [at(sentence) for sentence in check(place, "QualificationType", inputs).failures] == ["test"]
