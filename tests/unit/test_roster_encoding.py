"""A roster as one string: nothing is lost on the way, and no message names a worker."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.worker_ids import is_worker_id
from pulumi_mturk.rosters.encoding import decode, encode
from pulumi_mturk.rosters.roster import Change, Roster, change
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId

FIRST, SECOND, THIRD = "A1EXAMPLE", "A2EXAMPLE", "A3EXAMPLE"

WORKERS = st.from_regex(r"A[A-Z0-9]{1,13}", fullmatch=True)
SCORES = st.integers(-(2**31), 2**31 - 1)
ROSTERS = st.dictionaries(WORKERS, SCORES | st.none(), max_size=20).flatmap(
    lambda scores: st.builds(
        Roster, st.just(scores), st.frozensets(st.sampled_from(sorted(scores))) if scores else st.just(frozenset())
    )
)


@given(ROSTERS)
def test_a_roster_is_read_as_it_was_written(roster: Roster) -> None:
    assert decode(roster.text) == roster
    assert list(decode(roster.text).problems) == []


@given(st.lists(WORKERS, max_size=20))
def test_the_order_of_a_list_and_repetitions_say_nothing(workers: list[str]) -> None:
    expected = " ".join(sorted(set(workers)))
    assert decode(encode(workers)).text == expected
    assert decode(encode(workers[::-1])).text == expected
    assert decode(encode(set(workers))).text == expected


@given(st.dictionaries(WORKERS, SCORES, max_size=20))
def test_a_mapping_sets_scores(scores: dict[str, int]) -> None:
    assert decode(encode(scores)).scores == scores
    assert decode(encode({worker: float(score) for worker, score in scores.items()})).scores == scores


@given(ROSTERS, ROSTERS)
def test_a_change_counts_what_differs(old: Roster, new: Roster) -> None:
    counted = change(old, new)
    assert counted.added == len([worker for worker in new.scores if worker not in old.scores])
    assert counted.removed == len([worker for worker in old.scores if worker not in new.scores])
    both = [worker for worker in new.scores if worker in old.scores]
    assert counted.rescored == len([w for w in both if new.scores[w] not in (None, old.scores[w])])
    assert not change(new, new)


@given(st.lists(st.one_of(st.text(), st.integers(), st.none(), WORKERS), max_size=20))
def test_what_is_no_worker_id_is_told_by_its_position_and_never_shown(entries: list[Any]) -> None:
    is_blank = bool(entries) and isinstance(entries[-1], str) and not entries[-1].strip()
    read = entries[:-1] if is_blank else entries  # what a file leaves behind its last line end
    wrong = [
        index for index, entry in enumerate(read, 1) if not isinstance(entry, str) or not is_worker_id(entry.strip())
    ]
    told = decode(encode(entries)).problems
    assert len(told) == bool(wrong)
    if wrong:
        words = "position" if len(wrong) == 1 else "positions"
        assert told[0].message.startswith(f"no worker id at {words} {', '.join(map(str, wrong))} of the list; ")
        right = {entry.strip() for index, entry in enumerate(read, 1) if index not in wrong}
        assert not [worker for worker in right if len(worker) > 2 and worker in str(told[0])]


def test_a_list_may_hold_what_the_schema_says() -> None:
    """A component hands on what a program in another language gives."""
    workers = [{"workerId": FIRST, "integerValue": 85.0}, {"workerId": SECOND}, THIRD, ""]
    assert decode(encode(workers)) == Roster({FIRST: 85, SECOND: None, THIRD: None})
    wrong = [{"workerId": "nobody"}, {"WorkerId": FIRST}, {}, {"workerId": SECOND, "integerValue": "85"}]
    assert [str(told.message).partition(" at ")[2][:17] for told in decode(encode(wrong)).problems] == [
        "positions 1, 2, 3",
        "position 4 of the",
    ]


def test_change_is_shown_in_numbers() -> None:
    assert str(Change(12, 3, 4)) == "+12 −3 ~4"  # noqa: RUF001
    assert str(Change(12_000, 0, 0)) == "+12,000 −0 ~0"  # noqa: RUF001
    assert not Change(0, 0, 0)


@pytest.mark.parametrize(
    ("given_text", "scores"),
    [
        ("", {}),
        (f"{FIRST},{SECOND}", {FIRST: None, SECOND: None}),
        (f" {FIRST}\n{SECOND}=85;\t", {FIRST: None, SECOND: 85}),
        (f'["{FIRST}", "{SECOND}"]', {FIRST: None, SECOND: None}),
        (f'{{"{FIRST}": 5, "{SECOND}": -1}}', {FIRST: 5, SECOND: -1}),
    ],
)
def test_text_is_taken_as_configuration_gives_it(given_text: str, scores: dict[str, int | None]) -> None:
    assert decode(encode(given_text)).scores == scores
    assert list(decode(encode(given_text)).problems) == []


@pytest.mark.parametrize(
    ("workers", "words"),
    [
        ([FIRST, "nobody", "B1EXAMPLE"], "no worker id at positions 2, 3 of the list; one is a capital A"),
        (f"{FIRST} {SECOND}! >{THIRD} {THIRD}@5", "no worker id at positions 2, 3, 4 of the list"),
        ('["A1EXAMPLE"', "no worker id at position 1 of the list"),
        ({FIRST: 1, SECOND: "x", THIRD: 1.5}, "the score is no whole number of 32 bits at positions 2, 3 of the list"),
        ({FIRST: 2**31}, "the score is no whole number of 32 bits at position 1 of the list"),
        (f"{FIRST}={2**31}", "the score is no whole number of 32 bits at position 1 of the list"),
        ({FIRST: True, SECOND: None}, "at positions 1, 2 of the list"),
        ({FIRST: float("nan"), SECOND: float("inf")}, "at positions 1, 2 of the list"),
        (f"{FIRST}=1 {SECOND} {FIRST}=2", "the same worker has two scores at positions 1, 3 of the list"),
        (f"{FIRST}=1 {FIRST}", "the same worker has two scores at positions 1, 2 of the list"),
        (
            [SourcedWorkerId("A1", "pilot wave.csv", 17), FIRST, "x", SourcedWorkerId("A2", "b.csv", 3)],
            "no worker id at position 3 of the list",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(workers: Any, words: str) -> None:
    (told,) = decode(encode(workers)).problems
    assert words in told.message
    assert not [worker for worker in (FIRST, SECOND, THIRD) if worker in str(told)]


@pytest.mark.parametrize("workers", [5, None, 1.5])
def test_anything_else_is_refused(workers: Any) -> None:
    with pytest.raises(TypeError, match="workers: give a list of worker ids"):
        encode(workers)


def test_places_are_lines_of_files_or_positions_of_the_list() -> None:
    workers = [
        SourcedWorkerId(FIRST, "pilot wave.csv", 17),
        SourcedWorkerId(SECOND, "pilot wave.csv", 19),
        THIRD,
        SourcedWorkerId("A4EXAMPLE", "second=1@2>.csv", 4),
    ]
    given_text = encode(workers)
    assert decode(given_text).where([SECOND, FIRST]) == "lines 17, 19 of pilot wave.csv"
    assert decode(given_text).where(workers) == (
        "lines 17, 19 of pilot wave.csv; position 3 of the list; line 4 of second=1@2>.csv"
    )
    assert decode(encode(dict.fromkeys(workers, 5))).scores == dict.fromkeys(workers, 5)


def test_many_places_are_cut_short() -> None:
    workers = [f"A{number}EXAMPLE" for number in range(100)]
    assert decode(encode(workers)).where(workers).endswith("19, 20 and 80 more of the list")


def test_a_roster_shows_nobody() -> None:
    assert FIRST not in repr(Roster({FIRST: 1}, frozenset({FIRST})))


@pytest.mark.parametrize("line", ["", "x", "-1", "9" * 5000, "1@2"])
def test_what_is_no_line_of_a_file_is_told_by_its_position(line: str) -> None:
    """A program in another language may write the text itself."""
    (told,) = (found.message for found in decode(f">pilot.csv {FIRST}@3 {SECOND}@{line}").problems)
    assert told.startswith("no worker id at position 2 of the list; ")


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    roster = decode(text)
    assert roster.scores.keys() == roster.positions.keys()
    assert decode(roster.text) == roster


def test_rosters_are_the_same_wherever_their_workers_stand() -> None:
    one, other = decode(f">pilot.csv {FIRST}@3 {SECOND}=5@9"), decode(f"{SECOND}=5 {FIRST}")
    assert one == other
    assert (one.where([FIRST]), other.where([FIRST])) == ("line 3 of pilot.csv", "position 2 of the list")
    assert one != decode(f"{SECOND}=5 {FIRST}!")
