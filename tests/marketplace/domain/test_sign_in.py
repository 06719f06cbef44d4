"""Rules of sign-in names, passphrases, attempts and sessions, for any text and any course of time."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import string
import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace.domain import invitations, passphrases, sessions, sign_in, statements
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from pulumi_mturk.marketplace.settings import Sources
from tests.support.marketplace.api_calls import OTHER, WORKER
from tests.support.marketplace.engine import brief_marketplace
from tests.support.marketplace.fenced import cheap_passphrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace import Marketplace

NAMES = st.text(string.ascii_letters + "\u00df\u017f\u212a\u00e9\u0130\u0131 \ufb01\uff11", min_size=3, max_size=12)
DAY = 86_400
HASHED = "scrypt$2$1$1$00$00"


@pytest.fixture(scope="module")
def place(engine: None) -> Iterator[Marketplace]:
    with brief_marketplace() as opened:
        yield opened


@given(NAMES)
def test_a_folded_name_is_folded(name: str) -> None:
    folded = sign_in.folded(name)
    assert sign_in.folded(folded) == sign_in.folded(f" {name}\t") == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("Reader", "READER"), ("stra\u00dfe", "STRASSE"), ("\ufb01nder1", "finder\uff11"), ("\u212aate", "kate")],
)
def test_what_looks_the_same_is_one_name(one: str, other: str) -> None:
    assert sign_in.folded(one) == sign_in.folded(other)


@given(first=NAMES, second=NAMES)
def test_two_workers_never_have_one_name(place: Marketplace, first: str, second: str) -> None:
    with place.writing() as ctx:
        for worker_id, name in ((WORKER, first), (OTHER, second)):
            with contextlib.suppress(WorkerRefusedError):
                sign_in.set_credentials(ctx, worker_id, sign_in.check_name(ctx, name, worker_id), HASHED)
        held = [sign_in.name_of(ctx, worker_id) for worker_id in (WORKER, OTHER)]
        folded = [sign_in.folded(name) for name in held if name is not None]
        assert len(folded) == len(set(folded))
        ctx.db.execute("DELETE FROM sign_in_names")


@given(st.text(min_size=12, max_size=40), st.text(min_size=1, max_size=40))
def test_a_passphrase_opens_with_itself_alone(passphrase: str, other: str) -> None:
    if len(unicodedata.normalize("NFKC", passphrase)) < passphrases.SHORTEST:
        return
    with cheap_passphrases():
        stored = passphrases.hash_of(passphrase)
        assert passphrases.matches(stored, passphrase)
        same = unicodedata.normalize("NFKC", passphrase) == unicodedata.normalize("NFKC", other)
        assert passphrases.matches(stored, other) == same
        assert not passphrases.matches(None, passphrase)
        assert passphrases.hash_of(passphrase) != stored  # by another salt


def test_a_passphrase_that_was_hashed_with_other_parameters_still_opens() -> None:
    salt = b"sixteen bytes ok"
    made = hashlib.scrypt(b"an old passphrase", salt=salt, n=2**10, r=8, p=1, dklen=32)
    stored = f"scrypt$1024$8$1${salt.hex()}${made.hex()}"
    assert passphrases.matches(stored, "an old passphrase")
    assert not passphrases.matches(stored, "a new passphrase")


@pytest.mark.usefixtures("engine")
def test_no_name_and_no_passphrase_takes_long_whatever_is_written() -> None:
    """Marks upon a letter are put into order one by one: of a million, for hours, in which nothing else is done."""
    marks = "a" + "\u0301" * 500_000 + "\u0316" * 500_000
    begun = time.process_time()
    with brief_marketplace() as place, place.writing() as ctx:
        assert sign_in.attempt(ctx, marks).worker_id is None
        with pytest.raises(WorkerRefusedError):
            sign_in.check_name(ctx, marks, None)
    stored = passphrases.hash_of("x" * passphrases.LONGEST)
    assert stored.startswith("scrypt$16384$8$5$"), "what each guess costs"
    assert passphrases.matches(stored, "x" * passphrases.LONGEST)
    assert not passphrases.matches(stored, "x" * passphrases.LONGEST + "x")
    assert not passphrases.matches(stored, marks)
    with pytest.raises(WorkerRefusedError, match="at most 1024 characters"):
        passphrases.hash_of(marks)
    assert time.process_time() - begun < 10


def test_a_name_opens_in_whatever_form_it_is_written() -> None:
    name = "\u1e09" * 64  # each is a letter with two marks
    folded = sign_in.folded(name)
    assert sign_in.folded(unicodedata.normalize("NFD", name)) == folded
    assert sign_in.folded(f"  {name} ") == folded


@pytest.mark.usefixtures("engine")
@given(st.lists(st.integers(0, 2_000), max_size=40))
def test_no_course_of_time_lets_more_attempts_through(gaps: list[int]) -> None:
    """Five at once, and then no more than the waits between them leave room for."""
    tried: list[float] = []
    with brief_marketplace() as place:
        for gap in gaps:
            place.advance(gap)
            with place.writing() as ctx:
                try:
                    sign_in.attempt(ctx, "somebody")
                except passphrases.TooManyAttemptsError:
                    continue
                tried.append(ctx.now)
    for before, (last, now) in enumerate(itertools.pairwise(tried), start=1):
        if before >= 5:
            assert now - last >= min(10 * 2 ** (before - 5), 900)


def test_random_names_add_few_rows_and_lock_nobody_out(place: Marketplace) -> None:
    with place.writing() as ctx:
        ctx.db.execute("DELETE FROM audit")
        sign_in.set_credentials(ctx, WORKER, "tried", HASHED)
        sign_in.set_credentials(ctx, OTHER, "other", HASHED)
        for name in ("tried", "nobody"):
            for _ in range(5):
                sign_in.note_refusal(ctx, sign_in.attempt(ctx, name))
        for number in range(1_000):
            sign_in.note_refusal(ctx, sign_in.attempt(ctx, f"stranger {number}"))
        assert sign_in.attempt(ctx, "other").worker_id == OTHER
        for name in ("tried", "nobody"):  # one that exists, and one that does not
            with pytest.raises(passphrases.TooManyAttemptsError):
                sign_in.attempt(ctx, name)
        log = ctx.db.execute("SELECT * FROM audit").fetchall()
    assert len(log) <= 64
    assert sum(row["times"] for row in log) == 1_010
    assert {row["action"] for row in log} == {"sign-in refused"}


def test_as_many_names_as_are_remembered_are_those_tried_last(
    place: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "_MOST_NAMES", 10)

    def is_locked(name: str) -> bool:
        with contextlib.suppress(passphrases.TooManyAttemptsError):
            sign_in.take_back(ctx, sign_in.attempt(ctx, name))
            return False
        return True

    with place.writing() as ctx:
        sign_in.set_credentials(ctx, WORKER, "tried", HASHED)
        for name in ("tried", "nobody"):
            for _ in range(5):
                sign_in.attempt(ctx, name)
        for number in range(8):
            sign_in.attempt(ctx, f"stranger {number}")
        assert [is_locked(name) for name in ("tried", "nobody")] == [True, True]
        for number in range(8, 100):
            sign_in.attempt(ctx, f"stranger {number}")
            assert ctx.db.execute("SELECT count(*) FROM sign_in_attempts").fetchone()[0] == 10
        assert [is_locked(name) for name in ("tried", "nobody")] == [False, False]


@pytest.mark.usefixtures("engine")
@given(st.lists(st.integers(0, 60 * 3_600), max_size=30))
def test_a_session_is_over_after_12_hours_unused_or_30_days(gaps: list[int]) -> None:
    with brief_marketplace() as place:
        with place.writing() as ctx:
            token = sessions.begin(ctx, WORKER)
            begun = used = ctx.now
        for gap in gaps:
            place.advance(gap)
            with place.writing() as ctx:
                found = sessions.find(ctx, token)
                alive = ctx.now - used < sessions.IDLE_SECONDS and ctx.now - begun < sessions.LONGEST_SECONDS
                assert (found is not None) == alive
                if found is None:
                    return
                sessions.note_use(ctx, found)
                used = ctx.now


@pytest.mark.usefixtures("engine")
@given(*[st.integers(0, 40 * DAY)] * 4)
def test_no_session_and_no_invitation_lasts_longer_by_a_clock_that_is_reset(
    before: int, between: int, waited: int, after: int
) -> None:
    """Each is let in as long as it would be by a clock that was never set back."""
    now = [1_790_000_000.0]
    with brief_marketplace(Sources(lambda: now[0])) as place:
        place.advance(before)
        with place.writing() as ctx:
            statements.replace(ctx, "Payment", "Practice: no money is paid.")
            session, invitation = sessions.begin(ctx, WORKER), invitations.add(ctx)
        place.advance(between)
        now[0] += waited
        place.reset_clock()
        now[0] += after
        passed = between + waited + after
        with place.reading() as ctx:
            assert (sessions.find(ctx, session) is not None) == (passed < sessions.IDLE_SECONDS)
            expected = contextlib.nullcontext() if passed < 7 * DAY else pytest.raises(WorkerRefusedError)
            with expected:
                invitations.find(ctx, invitation)


def test_a_session_is_nobodys_without_its_token(place: Marketplace) -> None:
    with place.writing() as ctx:
        token = sessions.begin(ctx, WORKER)
        (row,) = ctx.db.execute("SELECT * FROM sessions")
        for other in ("", token[:-1], f"{token} ", row["token_hash"], WORKER):
            assert sessions.find(ctx, other) is None
        assert sessions.find(ctx, token) is not None


@pytest.mark.usefixtures("engine")
def test_signing_in_forgets_few_of_the_many_that_are_over() -> None:
    def numbers() -> list[int]:
        tables = ("sign_in_attempts", "sessions")
        return [ctx.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608

    with brief_marketplace() as place:
        with place.writing() as ctx:
            sign_in.set_credentials(ctx, WORKER, "somebody", HASHED)
            for number in range(400):
                sign_in.attempt(ctx, f"stranger {number}")
                sessions.begin(ctx, WORKER)
            for _ in range(5):
                sign_in.attempt(ctx, "nobody")
            assert numbers() == [401, 400]
        place.advance(DAY + 1)
        with place.writing() as ctx:
            sign_in.finish(ctx, sign_in.attempt(ctx, "somebody"))
            assert numbers() == [301, 301]
            assert len(sessions.of_worker(ctx, WORKER)) == 1
            sign_in.attempt(ctx, "nobody")  # who would have to wait, were the attempts of the day before counted
