"""A connection that is lost behind an HTTPS proxy: the call may have happened, though botocore blames the proxy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pulumi_mturk.api.errors import UnavailableError
from pulumi_mturk.marketplace import Fault
from tests.support import core
from tests.support.inputs import CALL_OF_TYPE as TYPE
from tests.support.inputs import WORKER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[core.Place]:
    """A place reached by the proxy, whatever `--transport` says."""
    monkeypatch.setattr(core, "transport", "proxy")
    with core.opened(tmp_path) as found:
        yield found


@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
def test_a_lost_create_leaves_one_type(behind: core.Place, kind: Any) -> None:
    behind.marketplace.inject(Fault(kind, "CreateQualificationType", times=2))
    made = core.ticking(behind).create_qualification_type(**TYPE)
    assert [found.id for found in behind.marketplace.summary().qualification_types] == [made.qualification_type_id]
    tried = [call for call in behind.marketplace.calls() if call.operation == "CreateQualificationType"]
    assert [call.executed for call in tried] == ([True] if kind == "drop_after" else [False, False, True])


def test_a_grant_whose_reply_is_lost_is_looked_up(behind: core.Place) -> None:
    type_id = behind.client.create_qualification_type(**TYPE).qualification_type_id
    behind.marketplace.inject(Fault("drop_after", "AssociateQualificationWithWorker"))
    behind.client.grant(type_id, WORKER, 5, send_notification=True)
    assert len(behind.marketplace.notifications()) == 1


def test_what_stays_lost_is_the_service_not_the_way_to_it(behind: core.Place) -> None:
    behind.marketplace.inject(Fault("drop_before", "ListWorkerBlocks", times=None))
    with pytest.raises(UnavailableError):
        behind.client.list_worker_blocks()
