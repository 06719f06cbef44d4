"""Rules of the challenges that passkeys sign, for any text and any course of time."""

from __future__ import annotations

import string
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import passkeys
from pulumi_mturk.marketplace.errors import WorkerRefusedError
from tests.support.marketplace.api_calls import OTHER, WORKER

if TYPE_CHECKING:
    from pathlib import Path

WORDS = st.text(string.ascii_letters + " .\0é", max_size=6)


@given(WORDS, WORDS, WORDS, WORDS, st.sampled_from(["", WORKER]), st.integers(0, 600))
def test_a_challenge_is_redeemed_once_in_time_for_what_it_was_made(
    purpose: str, browser: str, other_purpose: str, other_browser: str, worker_id: str, seconds: int
) -> None:
    with Marketplace.in_memory("challenges") as place:
        with place.writing() as ctx:
            made = passkeys.challenge(ctx, purpose, browser, worker_id)
            begun = ctx.now
        place.advance(seconds)
        with place.writing() as ctx:
            if (purpose, browser) != (other_purpose, other_browser):
                with pytest.raises(WorkerRefusedError):
                    passkeys.redeem(ctx, made, other_purpose, other_browser)
            if abs(ctx.now - begun - 300) < 2:
                return
            if ctx.now - begun < 300:
                assert passkeys.redeem(ctx, made, purpose, browser) == worker_id
            with pytest.raises(WorkerRefusedError):
                passkeys.redeem(ctx, made, purpose, browser)


@settings(max_examples=settings().max_examples * 3)
@given(at=st.floats(0, 0.999), mask=st.integers(1, 255), cut=st.integers(0, 3))
def test_no_other_text_is_a_challenge(at: float, mask: int, cut: int) -> None:
    with Marketplace.in_memory("challenges") as place, place.writing() as ctx:
        made = bytearray(urlsafe_b64decode(passkeys.challenge(ctx, "sign in", "browser", WORKER) + "=="))
        made[int(at * len(made))] ^= mask
        with pytest.raises(WorkerRefusedError):
            passkeys.redeem(ctx, urlsafe_b64encode(bytes(made[cut:])).decode().rstrip("="), "sign in", "browser")


@given(st.text())
def test_any_text_is_refused_in_words(text: str) -> None:
    with (
        Marketplace.in_memory("challenges") as place,
        place.writing() as ctx,
        pytest.raises(WorkerRefusedError, match="took too long"),
    ):
        passkeys.redeem(ctx, text, "sign in", "browser")


def test_another_marketplaces_challenge_is_refused() -> None:
    with Marketplace.in_memory("one") as one, Marketplace.in_memory("other") as other:
        with one.writing() as ctx:
            made = passkeys.challenge(ctx, "sign in", "browser")
        with other.writing() as ctx, pytest.raises(WorkerRefusedError):
            passkeys.redeem(ctx, made, "sign in", "browser")


def test_all_processes_of_a_server_know_a_challenge_and_that_it_was_used(
    marketplace: Marketplace, kept_in: str | Path
) -> None:
    with Marketplace.open(kept_in) as other:
        with marketplace.reading() as ctx:
            made = passkeys.challenge(ctx, "sign in", "browser")
        with other.writing() as ctx:
            assert passkeys.redeem(ctx, made, "sign in", "browser") == ""
        with marketplace.writing() as ctx, pytest.raises(WorkerRefusedError):
            passkeys.redeem(ctx, made, "sign in", "browser")


def test_what_a_device_keeps_is_each_workers_own_and_stays() -> None:
    with Marketplace.in_memory("handles") as place, place.writing() as ctx:
        handles = {passkeys.user_handle(ctx, worker_id) for worker_id in (WORKER, OTHER, WORKER)}
    assert len(handles) == 2
    assert all(len(urlsafe_b64decode(handle + "=")) == 32 for handle in handles)
