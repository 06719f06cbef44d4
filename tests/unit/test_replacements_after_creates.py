"""Replacements straight after a create, whose receipt is still there: what the state has is not deleted by mistake."""

from typing import Any

import pytest

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.provider import lifecycle
from pulumi_mturk.resources import REGISTRY
from tests.support.core import Place
from tests.support.findings import codes
from tests.unit.test_interrupted_creates import NAMED, TOKEN, WORDS, types, up


def test_what_was_found_again_is_not_deleted_in_the_same_run(place: Place) -> None:
    """`--replace`: the engine checks as if there were no state, creates, and deletes the old one."""
    made = up(place, WORDS)
    again = place.made(TOKEN, WORDS)
    assert again.id == made.id
    lifecycle.delete(REGISTRY[TOKEN], made.context, made.id, made.outputs, made.inputs)
    assert types(place) == {made.id}
    assert codes(place.remarks) == ["MT360", "MT369"]
    assert "give the same command again" in place.remarks[0]
    place.next_run()
    assert place.made(TOKEN, WORDS).id != made.id, "the second time it replaces"


@pytest.mark.parametrize(
    ("as_it_was", "replaced_after_all", "stays"),
    [(True, False, True), (True, True, False), (False, False, False)],
    ids=["as it was", "replaced for reasons of the engine", "out of the program"],
)
def test_an_old_entry_of_a_replacement_that_found_the_type_does_not_take_it_away(
    place: Place, as_it_was: bool, replaced_after_all: bool, stays: bool
) -> None:
    """The run that found it again failed before the deletion: the state has the id twice, and the next run goes on."""
    made = up(place, WORDS)
    if as_it_was:
        inputs = made.check(WORDS).inputs
        place.provider.compare(made.context.urn, made.id, replaced=bool(made.diff(inputs).replaces))
    if replaced_after_all:
        # The engine has reasons of its own: `replace_on_changes`, a trigger.
        assert place.made(TOKEN, WORDS).id != made.id
    lifecycle.delete(REGISTRY[TOKEN], made.context, made.id, made.outputs, made.inputs)
    assert (made.id in types(place)) == stays
    assert ("MT369" in codes(place.remarks)) == stays


@pytest.mark.parametrize("program", [WORDS, NAMED], ids=["generated", "named"])
def test_a_type_is_not_deleted_before_its_replacement_if_that_needs_the_name(
    place: Place, program: dict[str, Any]
) -> None:
    """`--replace` of a type with `delete_before_replace`: a check without a state, the deletion, the create."""
    made = up(place, program)
    assert place.check(TOKEN, program).failures == []
    with pytest.raises(InvalidInputError, match=r"Nothing was deleted.*\[MT309\]"):
        lifecycle.delete(REGISTRY[TOKEN], made.context, made.id, made.outputs, made.inputs)
    assert types(place) == {made.id}

    place.next_run()
    assert made.read() is not None
    assert place.check(TOKEN, WORDS).failures == []
    lifecycle.delete(REGISTRY[TOKEN], made.context, made.id, made.outputs, made.inputs)
    assert types(place) == set()


def test_what_is_made_already_does_not_keep_an_old_entry_of_the_same_name(place: Place) -> None:
    """The type was deleted behind the stack's back, and its name was free again."""
    made = up(place, NAMED)
    place.marketplace.set_switches(name_held_seconds=0)
    made.delete()
    place.next_run()
    again = place.made(TOKEN, NAMED)
    lifecycle.delete(REGISTRY[TOKEN], made.context, made.id, made.outputs, made.inputs)
    assert types(place) == {again.id}


@pytest.mark.parametrize(
    ("before", "change", "refused"),
    [(NAMED, {}, True), (NAMED, {"name": "Other words"}, False), (WORDS, {}, False)],
    ids=["the same name", "another name", "a generated name"],
)
def test_a_replacement_for_reasons_of_the_engine_is_refused_in_the_plan_if_it_needs_the_name(
    place: Place, before: dict[str, Any], change: dict[str, Any], refused: bool
) -> None:
    """`replace_on_changes`, `replace_with`, `replacement_trigger`: the engine checks once more, without a state."""
    made = up(place, before)
    program = before | {"description": "Can type."} | change
    assert made.check(program).failures == []
    failures = place.check(TOKEN, program).failures
    assert codes(failures) == (["MT309"] if refused else [])
    assert ("'Transcription' would have to be used again" in "".join(failures)) == refused
