"""Whatever an account has, the program that is written of it changes nothing there."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.account import folder as files
from pulumi_mturk.account.program import program_of
from pulumi_mturk.account.reading import read
from pulumi_mturk.resources.hit_removal import end_hits
from tests.property.test_import_properties import place
from tests.support.adopted import is_unchanged
from tests.support.core import Place
from tests.support.imports import import_id_of
from tests.support.inputs import VALID, valid_owning
from tests.support.memory_stack import from_engine

__all__ = ["place"]


@given(st.data())
def test_an_account_becomes_a_program_that_changes_nothing(
    place: Place, own_type: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    made = []
    folder = tmp_path_factory.mktemp("account") / "written"
    try:
        for number, token in enumerate(("QualificationType", "HITType", "QualificationRoster", "WorkerBlock")):
            program = from_engine(valid_owning(data.draw(VALID[token]), own_type))
            resource = place.made(token, program, f"example-{number}")
            made.append(resource)
            import_id_of(resource)
        place.next_run()
        account = read(place.provider, None, lambda _: None)
        assert account.left_out == []
        files.write(folder, account, program_of(account), {})
        is_unchanged(place, folder)
    finally:
        for resource in reversed(made):
            resource.delete()
        list(end_hits(place.client, list(place.client.list_hits()), delete=True))
        shutil.rmtree(folder, ignore_errors=True)
