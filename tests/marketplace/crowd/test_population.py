from __future__ import annotations

from collections import Counter

from pulumi_mturk.marketplace.crowd.population import people
from tests.marketplace.crowd.helpers import DEFAULT, always, certain


def test_the_same_seed_is_the_same_crowd_and_a_larger_one_begins_with_it() -> None:
    assert people(DEFAULT, 7, 30) == people(DEFAULT, 7, 90)[:30]
    assert people(DEFAULT, 7, 30) != people(DEFAULT, 8, 30)
    assert [person.profile.country for person in people(DEFAULT, 7, 50)] != [
        person.profile.country for person in people(DEFAULT, 8, 50)
    ]


def test_worker_ids_are_plainly_made_up() -> None:
    assert [person.profile.worker_id for person in people(DEFAULT, 7, 2)] == ["A0CROWD7N000001", "A0CROWD7N000002"]


def test_shares_come_out_as_asked() -> None:
    made_up = certain(countries={"US": 0.5, "IN": 0.3, "DE": 0.2}, states={"CA": 3, "NY": 1}, adult=0.25)
    crowd = [person.profile for person in people(made_up, 1, 4000)]
    countries = Counter(profile.country for profile in crowd)
    assert abs(countries["US"] / 4000 - 0.5) < 0.03
    assert abs(countries["DE"] / 4000 - 0.2) < 0.03
    states = Counter(profile.subdivision for profile in crowd if profile.country == "US")
    assert abs(states["CA"] / countries["US"] - 0.75) < 0.04
    assert {profile.subdivision for profile in crowd if profile.country != "US"} == {None}
    assert abs(sum(profile.adult for profile in crowd) / 4000 - 0.25) < 0.03


def test_histories_add_up() -> None:
    for person in people(DEFAULT, 3, 500):
        history = person.profile.history
        assert history.accepted == history.submitted + history.abandoned + history.returned
        assert history.submitted == history.approved + history.rejected
        assert min(history.abandoned, history.returned, history.rejected) >= 0


def test_masters_are_experienced() -> None:
    novices = certain(submitted=always(999), masters_share=1.0, masters_approved=1000)
    assert not any(person.profile.masters for person in people(novices, 1, 50))
    experienced = certain(submitted=always(1000), masters_share=1.0, masters_approved=1000)
    assert all(person.profile.masters for person in people(experienced, 1, 50))
