"""Marks among the keywords of a program, which make no difference."""

from pathlib import Path

import pytest

from pulumi_mturk.api.errors import AccessDeniedError
from pulumi_mturk.common.marks import mark_of
from pulumi_mturk.marketplace import Fault
from pulumi_mturk.provider.receipts import FOLDER
from tests.support.findings import codes
from tests.support.memory_stack import Stack

TOKEN = "QualificationType"  # noqa: S105 - a type token
WORDS = {"description": "Can transcribe receipts.", "keywords": "receipts"}
COPIED = "pm1-0123456789abcdef"


@pytest.mark.parametrize("keywords", [COPIED, f"receipts, {COPIED}", f"{COPIED}, receipts, {COPIED[:-1]}0"])
def test_a_mark_among_the_keywords_of_a_program_replaces_nothing(stack: Stack, keywords: str) -> None:
    """It was copied from a console or a listing, which show marks like any keyword."""
    program = {"reader": (TOKEN, WORDS | {"keywords": keywords})}
    assert stack.up(program), stack.errors
    made = stack.resources["reader"]
    before = made.id, dict(made.outputs)
    assert made.outputs["keywords"] == keywords
    assert stack.refresh() == set()
    assert stack.changes(program) == set()
    assert stack.up(program), stack.errors
    assert (stack.resources["reader"].id, stack.resources["reader"].outputs) == before
    assert codes(stack.place.warnings) == []


def test_the_mark_of_the_type_itself_can_come_into_the_program_and_go_again(stack: Stack) -> None:
    stack.up({"reader": (TOKEN, WORDS)})
    made = stack.resources["reader"]
    copied = f"receipts, {made.outputs['mark']}"
    for keywords in (copied, "receipts", COPIED + ", receipts"):
        program = {"reader": (TOKEN, WORDS | {"keywords": keywords})}
        assert stack.changes(program) == set()
        assert stack.up(program), stack.errors
        assert stack.refresh() == set()
    assert stack.resources["reader"].id == made.id
    assert stack.changes({"reader": (TOKEN, WORDS | {"keywords": f"typing, {made.outputs['mark']}"})}) == {"reader"}
    stack.up({"reader": (TOKEN, WORDS | {"keywords": copied, "name": "Another"})})
    live = stack.place.client.get_qualification_type(stack.resources["reader"].id)
    assert live is not None
    assert live.keywords == copied, "once is enough"


def test_a_state_that_an_earlier_version_took_the_mark_from_is_no_difference(stack: Stack) -> None:
    """It read a keyword of the program as the mark, and so the mark as a keyword."""
    program = {"reader": (TOKEN, WORDS | {"keywords": COPIED})}
    stack.up(program)
    made = stack.resources["reader"]
    for values in (made.outputs, made.inputs):
        values["keywords"] = f"{COPIED}, {made.outputs['mark']}"
    del made.outputs["mark"]
    assert stack.changes(program) == set()
    assert stack.refresh() == set()


def test_a_type_that_is_taken_with_its_marks_among_the_keywords_is_no_difference(stack: Stack) -> None:
    lost = stack.place.made(TOKEN, WORDS | {"keywords": f"receipts, {COPIED}"}, "lost")
    live = stack.place.client.get_qualification_type(lost.id)
    assert live is not None
    shown = str(live.keywords)
    program = {"reader": (TOKEN, WORDS | {"keywords": shown, "adopt": lost.id})}
    assert stack.up(program), stack.errors
    assert stack.resources["reader"].outputs["mark"] == lost.outputs["mark"]
    for keywords in (shown, "receipts"):
        program = {"reader": (TOKEN, WORDS | {"keywords": keywords})}
        assert stack.refresh() == set()
        assert stack.changes(program) == set()


def test_a_type_with_several_marks_is_told_for_each(stack: Stack) -> None:
    place = stack.place
    mark = mark_of(place.context("reader").urn)
    lost = place.made(TOKEN, WORDS | {"keywords": f"{mark}, receipts"}, "lost").id
    stack.up({"reader": (TOKEN, WORDS)})
    assert codes(place.warnings) == ["MT361"]
    assert lost in place.warnings[0]


def test_a_listing_that_failed_is_not_taken_for_an_empty_one(stack: Stack, tmp_path: Path) -> None:
    place = stack.place
    lost = place.made(TOKEN, WORDS).id
    for receipt in (tmp_path / FOLDER).glob("*.json"):
        receipt.unlink()
    place.next_run()
    # The first is the look for the name.
    place.marketplace.inject(Fault("access_denied", "ListQualificationTypes", skip=1, times=1))
    checked = place.check(TOKEN, WORDS).inputs
    with pytest.raises(AccessDeniedError):
        place.create(TOKEN, checked)
    place.create(TOKEN, checked)
    assert codes(place.warnings) == ["MT361"]
    assert lost in place.warnings[0]
