"""What a search finds is what a plain look at each text finds, in the order of the list, whichever way it is found."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import qualification_requests, worker_hits
from pulumi_mturk.marketplace.storage import trigrams
from tests.support.marketplace.api_calls import HIT_TYPE, QUESTION, WORKER, InProcessClient
from tests.support.marketplace.kept_numbers import check_kept_numbers

# Few characters, so that texts share pieces; some have more characters in one case, or more bytes.
TEXT = "".join(chr(0x4E00 + number * 7919 % 20_011) for number in range(20_500))
"""A long one, in which a piece is seldom there twice."""
WORDS = st.text("abAB \n\u00df\u0130\U0001f600\uffff\U0010ffff,%_'", max_size=9)
NAMED = st.text("abAB \u00dfs", min_size=1, max_size=6).filter(str.strip)
ANY = st.integers(0, 10**6)
SECOND = 2


class Place:
    """A marketplace with two accounts, and what was made there."""

    def __init__(self, marketplace: Marketplace) -> None:
        self.marketplace = marketplace
        self.types: list[dict[str, Any]] = []
        self.groups: list[dict[str, Any]] = []
        marketplace.accounts.add("Second")
        marketplace.register_worker(WORKER)

    def call(self, account: int, operation: str, **members: Any) -> dict[str, Any]:
        status, answer = InProcessClient(self.marketplace, account).call(operation, **members)
        assert status == 200, answer
        return answer

    def add_type(self, account: int, name: str, description: str, keywords: str) -> None:
        texts = {"Name": f"{name}{len(self.types)}", "Description": description or "-", "Keywords": keywords}
        made = self.call(account, "CreateQualificationType", QualificationTypeStatus="Active", **texts)
        identity = made["QualificationType"]["QualificationTypeId"]
        self.types.append({"account": account, "id": identity, **texts})

    def describe(self, made: dict[str, Any], description: str) -> None:
        self.call(made["account"], "UpdateQualificationType", QualificationTypeId=made["id"], Description=description)
        made["Description"] = description

    def add_group(self, title: str, description: str, keywords: str) -> None:
        texts = {"Title": f"{title}{len(self.groups)}", "Description": description or "-", "Keywords": keywords}
        made = self.call(1, "CreateHIT", **HIT_TYPE | texts, LifetimeInSeconds=3600, Question=QUESTION)["HIT"]
        self.groups.append({"id": made["HITGroupId"], **texts})
        self.marketplace.advance(1)

    def listed(self, account: int, size: int, **members: Any) -> list[str]:
        """The ids on all pages."""
        found: list[str] = []
        token: dict[str, str] = {}
        while True:
            answer = self.call(account, "ListQualificationTypes", **members, **token, MaxResults=size)
            found += [each["QualificationTypeId"] for each in answer["QualificationTypes"]]
            if "NextToken" not in answer:
                return found
            token = {"NextToken": answer["NextToken"]}

    def check(self, words: str, size: int) -> None:
        """Fail unless each list has what looking at each text finds."""
        folded = words.casefold()

        def has(made: dict[str, Any], *texts: str) -> bool:
            return any(folded in made[text].casefold() for text in texts)

        in_names = [made for made in self.types if has(made, "Name", "Keywords")]
        asked = {"Query": words, "MustBeRequestable": True}
        assert self.listed(1, size, **asked) == [made["id"] for made in in_names]
        for account in (1, SECOND):
            own = [made["id"] for made in in_names if made["account"] == account]
            assert self.listed(account, size, **asked, MustBeOwnedByCaller=True) == own
        in_all = [made for made in self.types if has(made, "Name", "Description", "Keywords")]
        in_all.sort(key=lambda made: (made["Name"].casefold(), self.types.index(made)))
        groups = [made["id"] for made in reversed(self.groups) if has(made, "Title", "Description", "Keywords")]
        across = [
            made["id"]
            for made in reversed(self.groups)
            if folded in "\n".join((made["Title"], made["Description"], made["Keywords"])).casefold()
        ]
        with self.marketplace.reading() as ctx:
            positions = list(qualification_requests.types_for_worker(ctx, WORKER, words))
            assert [each.id for _, each in positions] == [made["id"] for made in in_all]
            for number in range(0, len(positions), size):
                later = qualification_requests.types_for_worker(ctx, WORKER, words, positions[number][0])
                assert list(later) == positions[number + 1 :]
            places = list(worker_hits.groups_of_worker(ctx, WORKER, words))
            assert [group.group_id for _, group in places] == across
            assert set(groups) <= set(across)
            for number in range(0, len(places), size):
                later_groups = worker_hits.groups_of_worker(ctx, WORKER, words, places[number][0])
                assert list(later_groups) == places[number + 1 :]


@pytest.mark.parametrize("few", [0, 3, trigrams.FEW])
def test_a_search_finds_what_looking_at_each_text_finds(
    marketplace: Marketplace, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(trigrams, "FEW", few)
    place = Place(marketplace)

    @settings(max_examples=settings().max_examples * 3 // 2)
    @given(
        st.lists(st.tuples(st.integers(1, SECOND), NAMED, WORDS, WORDS), min_size=1, max_size=3),
        WORDS,
        WORDS,
        st.tuples(*[ANY] * 4),
    )
    def check(
        more: list[tuple[int, str, str, str]], description: str, words: str, any_of: tuple[int, int, int, int]
    ) -> None:
        for account, *texts in more:
            place.add_type(account, *texts)
            place.add_group(*texts)
        size = 3 + any_of[0] % 10
        place.check(words, size)
        changed = place.types[any_of[0] % len(place.types)]
        place.describe(changed, description or "-")
        # a part of what is there, in another case
        whole = changed[("Name", "Description", "Keywords")[any_of[1] % 3]]
        start, end = sorted(number % (len(whole) + 1) for number in any_of[2:])
        place.check(whole[start:end].swapcase(), size)

    check()
    assert len(place.types) > 12
    with marketplace.reading() as ctx:
        check_kept_numbers(ctx.db)


@pytest.mark.parametrize("length", [1, 2, 3, 99, 100, 101, 102, 103, 9_999, 10_000, 10_001, 10_002, 10_003, 20_500])
def test_a_text_of_any_length_is_kept_in_all_its_pieces(length: int) -> None:
    name = TEXT[:length]
    with Marketplace.in_memory("long") as marketplace:
        InProcessClient(marketplace).new_type(name)
        with marketplace.reading() as ctx:
            rows = ctx.db.execute("SELECT trigram FROM type_trigrams WHERE part = 0").fetchall()
    found = {row["trigram"] for row in rows}
    assert found >= {name[start : start + 3] for start in range(length)}
    assert all(piece in name for piece in found)


def test_a_long_name_takes_no_time_that_grows_with_its_square() -> None:
    begun = time.process_time()
    with Marketplace.in_memory("long") as marketplace:
        InProcessClient(marketplace).new_type("many words " * 20_000)
    assert time.process_time() - begun < 20
