"""The door for answers: what of an answer is believed, and what it tells besides."""

import datetime

import pytest

from pulumi_mturk.api.answers import served_at
from tests.support.core import Place


def test_an_answer_tells_the_servers_own_time(place: Place) -> None:
    place.marketplace.advance(86_400)
    answer = place.client._call("list_worker_blocks", {})
    told = served_at(answer)
    assert told is not None
    assert abs(told.timestamp() - place.marketplace.now()) < 2


@pytest.mark.parametrize("headers", [{}, {"date": ""}, {"date": "yesterday"}])
def test_without_a_time_it_tells_none(headers: dict[str, str]) -> None:
    assert served_at({"ResponseMetadata": {"HTTPHeaders": headers}}) is None


@pytest.mark.parametrize("zone", ["GMT", "-0000"])
def test_the_time_is_in_utc(zone: str) -> None:
    told = served_at({"ResponseMetadata": {"HTTPHeaders": {"date": f"Thu, 26 Nov 2026 03:04:05 {zone}"}}})
    assert told == datetime.datetime(2026, 11, 26, 3, 4, 5, tzinfo=datetime.UTC)
