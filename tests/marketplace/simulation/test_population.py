from __future__ import annotations

from collections import Counter

from pulumi_mturk.marketplace.simulation.population import draw_workers
from tests.support.marketplace.simulations import DEFAULT, always, certain


def test_the_same_seed_is_the_same_crowd_and_a_larger_one_begins_with_it() -> None:
    assert draw_workers(DEFAULT, 7, 30) == draw_workers(DEFAULT, 7, 90)[:30]
    assert draw_workers(DEFAULT, 7, 30) != draw_workers(DEFAULT, 8, 30)
    assert [worker.profile.country for worker in draw_workers(DEFAULT, 7, 50)] != [
        worker.profile.country for worker in draw_workers(DEFAULT, 8, 50)
    ]


def test_worker_ids_are_plainly_made_up() -> None:
    assert [worker.profile.worker_id for worker in draw_workers(DEFAULT, 7, 2)] == [
        "A0CROWD7N000001",
        "A0CROWD7N000002",
    ]


def test_shares_come_out_as_asked() -> None:
    model = certain(countries={"US": 0.5, "IN": 0.3, "DE": 0.2}, states={"CA": 3, "NY": 1}, adult=0.25)
    crowd = [worker.profile for worker in draw_workers(model, 1, 4000)]
    countries = Counter(profile.country for profile in crowd)
    assert abs(countries["US"] / 4000 - 0.5) < 0.03
    assert abs(countries["DE"] / 4000 - 0.2) < 0.03
    states = Counter(profile.subdivision for profile in crowd if profile.country == "US")
    assert abs(states["CA"] / countries["US"] - 0.75) < 0.04
    assert {profile.subdivision for profile in crowd if profile.country != "US"} == {None}
    assert abs(sum(profile.adult for profile in crowd) / 4000 - 0.25) < 0.03


def test_histories_add_up() -> None:
    for worker in draw_workers(DEFAULT, 3, 500):
        history = worker.profile.history
        assert history.accepted == history.submitted + history.abandoned + history.returned
        assert history.submitted == history.approved + history.rejected
        assert min(history.abandoned, history.returned, history.rejected) >= 0


def test_masters_are_experienced() -> None:
    novices = certain(submitted=always(999), masters_share=1.0, masters_approved=1000)
    assert not any(worker.profile.masters for worker in draw_workers(novices, 1, 50))
    experienced = certain(submitted=always(1000), masters_share=1.0, masters_approved=1000)
    assert all(worker.profile.masters for worker in draw_workers(experienced, 1, 50))
