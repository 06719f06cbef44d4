"""After a create that was cut off: only what the receipt proves is taken, and whatever is left is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.api.errors import AlreadyExistsError
from pulumi_mturk.provider.receipts import FOLDER
from pulumi_mturk.resources.qualification_type_state import QualificationTypeArgs
from pulumi_mturk.resources.type_creation import values_to_send
from tests.support.core import Made, Place
from tests.support.inputs import VALID

TOKEN = "QualificationType"  # noqa: S105 - a type token
PROGRAMS = VALID[TOKEN]


@pytest.fixture(scope="module", autouse=True)
def _time_passes(place: Place) -> None:
    sleep = place.clock.sleep

    def both(seconds: float) -> None:
        sleep(seconds)
        place.marketplace.advance(seconds)

    place.client._retry.sleep = both


def run(place: Place, program: dict[str, Any]) -> Made:
    place.next_run()
    place.warnings.clear()
    place.remarks.clear()
    return place.made(TOKEN, program)


def sent(program: dict[str, Any]) -> dict[str, Any]:
    args = QualificationTypeArgs.parse(program)
    assert not isinstance(args, list)
    return values_to_send(args)


def receipts(place: Place) -> Iterator[Path]:
    return (Path(place.configuration.local_database).parent / FOLDER).glob("*.json")


def remove_receipts(place: Place) -> None:
    for path in list(receipts(place)):
        path.unlink()


@given(
    program=PROGRAMS,
    other=st.none() | PROGRAMS,
    receipt=st.sampled_from(("kept", "lost", "torn")),
    meanwhile=st.sampled_from((None, None, "Somebody has changed it.")),
)
def test_only_what_the_receipt_proves_is_taken(
    place: Place, program: dict[str, Any], other: dict[str, Any] | None, receipt: str, meanwhile: str | None
) -> None:
    again = program if other is None else other
    lost = run(place, program)
    if receipt == "torn":
        (path,) = receipts(place)
        path.write_bytes(path.read_bytes()[:-1])
    elif receipt == "lost":
        remove_receipts(place)
    if meanwhile is not None:
        place.client.update_qualification_type(lost.id, description=meanwhile)
    same = sent(again) == sent(program) and again.get("namePrefix") == program.get("namePrefix")
    found = None
    try:
        found = run(place, again)
        said = place.warnings
    except AlreadyExistsError as error:
        said = [str(error)]
    try:
        taken = found is not None and found.id == lost.id
        assert taken == (receipt == "kept" and same and meanwhile is None)
        if found is None:
            # One name for two different types, or nothing to prove that they are one.
            assert again.get("name") is not None or (same and meanwhile is not None)
        if not taken and (receipt == "kept" or "mark" in lost.outputs):
            assert [text for text in said if lost.id in text], "what is left is told"
    finally:
        remove_receipts(place)
        for live in place.client.list_own_qualification_types():
            place.client.delete_qualification_type(live.qualification_type_id)
