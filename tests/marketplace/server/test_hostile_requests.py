"""Hostile bytes: the answer is well-formed or the connection closed, the process alive, its memory flat."""

from __future__ import annotations

import json
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS, open_certificate_authority
from pulumi_mturk.marketplace.proxy.https_proxy import Proxy
from tests.support.marketplace import hostile_requests
from tests.support.marketplace.api_calls import TEST
from tests.support.marketplace.populated import populate
from tests.support.memory import resident

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_mturk.marketplace import Marketplace, Server
    from tests.support.marketplace.api_calls import InProcessClient

GOOD = hostile_requests.call("GetAccountBalance")
MEGABYTE = 2**20
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def damaged(requests: tuple[bytes, ...]) -> st.SearchStrategy[bytes]:
    return st.builds(hostile_requests.damaged, st.sampled_from(requests), st.integers(0, 2**32).map(Random))


@pytest.fixture
def visits(marketplace: Marketplace) -> tuple[bytes, ...]:
    return hostile_requests.visits(marketplace, populate(marketplace).known)


@pytest.fixture
def proxy(marketplace: Marketplace, tmp_path: Path) -> Iterator[Proxy]:
    with Proxy(
        dict.fromkeys(HOSTS.values(), marketplace), open_certificate_authority(tmp_path / "authority")
    ) as opened:
        yield opened


@shared
@given(request=damaged(hostile_requests.CALLS) | st.binary(max_size=300))
def test_damaged_calls_get_an_answer_or_a_closed_connection(
    server: Server, caplog: pytest.LogCaptureFixture, request: bytes
) -> None:
    hostile_requests.assert_http(hostile_requests.exchange(server.url, request))
    assert caplog.records == []  # of which each would be a fault of ours
    assert b"10000.00" in hostile_requests.exchange(server.url, GOOD)


@shared
@given(data=st.data())
def test_damaged_visits_of_the_workers_site_too(
    server: Server, visits: tuple[bytes, ...], caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    hostile_requests.assert_http(
        hostile_requests.exchange(server.url, data.draw(st.sampled_from(visits) | damaged(visits)))
    )
    assert caplog.records == []
    assert b"10000.00" in hostile_requests.exchange(server.url, GOOD)


@shared
@given(opening=damaged(hostile_requests.OPENINGS) | st.binary(max_size=300))
def test_damaged_openings_of_a_tunnel_too(proxy: Proxy, opening: bytes) -> None:
    hostile_requests.assert_http(hostile_requests.exchange(proxy.url, opening))


@pytest.mark.parametrize("document", hostile_requests.BOMBS)
@pytest.mark.parametrize("member", ["Test", "AnswerKey", "Question"])
def test_xml_that_attacks_its_reader_is_refused(direct: InProcessClient, document: str, member: str) -> None:
    members = {"Title": "t", "Reward": "0", "AssignmentDurationInSeconds": 60, "LifetimeInSeconds": 60}
    members |= {"Name": "n", "Description": "d", "QualificationTypeStatus": "Active", "TestDurationInSeconds": 60}
    operation = "CreateHIT" if member == "Question" else "CreateQualificationType"
    status, answer = direct.call(operation, **{**members, "Test": TEST, member: document})
    assert (status, "root:" in json.dumps(answer)) == (400, False)


@pytest.fixture
def process(unmade: str | Path) -> Iterator[tuple[int, str]]:
    """A server in a process of its own: its id and its address."""
    command = [sys.executable, "-m", "pulumi_mturk.marketplace", "--database", str(unmade)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        yield started.pid, started.stdout.readline().split()[-1]
        assert started.poll() is None
        started.terminate()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_is_flat_under_thousands_of_damaged_requests(
    process: tuple[int, str], visits: tuple[bytes, ...]
) -> None:
    pid, url = process
    requests = (*hostile_requests.CALLS, *visits)
    dice = Random(5)  # noqa: S311 - it throws dice, and keeps no secret
    sizes = []
    for _ in range(4):
        for _ in range(700):
            hostile_requests.assert_http(
                hostile_requests.exchange(url, hostile_requests.damaged(dice.choice(requests), dice))
            )
        sizes.append(resident(pid))
    assert sizes[-1] - sizes[0] < 16 * MEGABYTE
