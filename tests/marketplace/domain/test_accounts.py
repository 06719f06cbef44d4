"""Accounts and their access keys: names, two active keys, secrets that the database alone does not give away."""

from __future__ import annotations

import re
import sqlite3
import stat
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace import Marketplace, MarketplaceError
from pulumi_mturk.marketplace.settings import Sources
from pulumi_mturk.marketplace.storage.encryption import VARIABLE, Cipher
from pulumi_mturk.marketplace.storage.sqlite import SQLiteDatabase
from tests.support.marketplace.signed_requests import TARGET, signed_headers

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "WXhhbXBsZWtleWV4YW1wbGVrZXlleGFtcGxla2V5MTI="


def names(marketplace: Marketplace) -> list[str]:
    return [account.name for account in marketplace.accounts.every()]


def test_the_first_account_is_the_databases_own_and_can_be_named(marketplace: Marketplace) -> None:
    assert names(marketplace) == ["local"]
    with pytest.raises(MarketplaceError, match="There is an account 'local' already"):
        marketplace.accounts.add("local")
    marketplace.accounts.rename("local", "Lab A")
    marketplace.accounts.rename("Lab A", "Lab A")
    with pytest.raises(MarketplaceError, match="There is no account 'local'"):
        marketplace.accounts.keys("local")
    marketplace.accounts.add("local")
    assert names(marketplace) == ["Lab A", "local"]


def test_a_name_is_one_accounts_alone_also_when_it_is_closed(marketplace: Marketplace) -> None:
    marketplace.accounts.add("Lab B")
    marketplace.accounts.close("Lab B")
    for change in (marketplace.accounts.add, lambda name: marketplace.accounts.rename("local", name)):
        with pytest.raises(MarketplaceError, match="closed ones keep their names"):
            change("Lab B")
    for use in (marketplace.accounts.close, marketplace.accounts.keys, marketplace.accounts.add_key):
        with pytest.raises(MarketplaceError, match="The account 'Lab B' is closed"):
            use("Lab B")


@pytest.mark.parametrize("name", ["", "x" * 65, " x", "x ", "a\nb", "a\x1b[0m", "\u202ex", "\ud800"])
def test_what_is_no_name(marketplace: Marketplace, name: str) -> None:
    with pytest.raises(MarketplaceError, match="1 to 64 characters"):
        marketplace.accounts.add(name)
    assert names(marketplace) == ["local"]


@given(name=st.text(min_size=1, max_size=64).filter(lambda name: name.isprintable() and name == name.strip()))
def test_any_other_name_is_kept_as_it_is(name: str) -> None:
    with Marketplace.in_memory("the first") as marketplace:
        marketplace.accounts.add(name)
        assert names(marketplace) == ["the first", name]


def test_keys_have_amazons_form_and_an_id_that_none_of_amazons_has(marketplace: Marketplace) -> None:
    made = marketplace.accounts.add_key("local")
    assert re.fullmatch(r"MTMP[A-Z0-9]{16}", made.key_id)
    assert re.fullmatch(r"[A-Za-z0-9+/]{40}", made.secret)


def test_two_keys_at_most_are_active(marketplace: Marketplace) -> None:
    first = marketplace.accounts.add_key("local")
    second = marketplace.accounts.add_key("local")
    with pytest.raises(MarketplaceError, match="2 active access keys: revoke one"):
        marketplace.accounts.add_key("local")
    marketplace.accounts.revoke_key(first.key_id)
    third = marketplace.accounts.add_key("local")
    found = marketplace.accounts.keys("local")
    assert [(key.key_id, key.revoked is None) for key in found] == [
        (first.key_id, False),
        (second.key_id, True),
        (third.key_id, True),
    ]
    with pytest.raises(MarketplaceError, match="revoked already"):
        marketplace.accounts.revoke_key(first.key_id)
    with pytest.raises(MarketplaceError, match="There is no such access key"):
        marketplace.accounts.revoke_key("MTMPEXAMPLEEXAMPLE00")


def test_two_are_the_most_also_for_two_at_once(marketplace: Marketplace) -> None:
    refused = []

    def add() -> None:
        try:
            marketplace.accounts.add_key("local")
        except MarketplaceError:
            refused.append(1)

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), len(marketplace.accounts.keys("local"))) == (4, 2)


def test_neither_the_database_nor_a_copy_of_it_gives_a_secret_away(
    marketplace: Marketplace, database: Path, tmp_path: Path
) -> None:
    made = marketplace.accounts.add_key("local")
    operator = marketplace.accounts.new_operator_key()
    marketplace.save(tmp_path / "copy.db")
    key_file = database.with_name("local.db.key")
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    content = b"".join(path.read_bytes() for path in (*database.parent.iterdir(), tmp_path / "copy.db"))
    assert made.key_id.encode() in content
    for secret in (made.secret, operator):
        assert secret.encode() not in content
    with Marketplace.open(tmp_path / "copy.db") as copy, pytest.raises(MarketplaceError, match="is missing: it was in"):
        copy.accounts.check_key()


def test_a_lost_key_is_told_and_a_new_one_begun_when_all_access_keys_are_revoked(database: Path) -> None:
    key_file = database.with_name("local.db.key")
    with Marketplace.open(database) as opened:
        made = opened.accounts.add_key("local")
    key_file.unlink()
    with Marketplace.open(database) as opened:
        for use in (opened.accounts.check_key, lambda: opened.accounts.add_key("local")):
            with pytest.raises(MarketplaceError, match=r"is missing: .*local\.db\.key.*revoke all access keys"):
                use()
        assert not key_file.exists()
        opened.accounts.revoke_key(made.key_id)
        opened.accounts.add_key("local")
        opened.accounts.check_key()


def test_a_readable_key_file_becomes_private(database: Path) -> None:
    with Marketplace.open(database) as opened:
        opened.accounts.add_key("local")
    key_file = database.with_name("local.db.key")
    key_file.chmod(0o644)
    with Marketplace.open(database) as opened:
        opened.accounts.check_key()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_the_environment_variable_goes_before_the_file(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, GOOD)
    with Marketplace.open(database) as opened:
        opened.accounts.add_key("local")
    assert not database.with_name("local.db.key").exists()
    for value, told in (
        ("short", f"{VARIABLE} holds no key"),
        (GOOD.replace("W", "V"), f"{VARIABLE} is not the key of"),
    ):
        monkeypatch.setenv(VARIABLE, value)
        with Marketplace.open(database) as opened, pytest.raises(MarketplaceError, match=told) as caught:
            opened.accounts.check_key()
        assert value not in str(caught.value)


def test_a_database_that_is_no_file_has_its_key_in_the_variable_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(MarketplaceError, match=f"Access keys need the environment variable {VARIABLE}"):
        Cipher(None).encrypt("x", first=True)
    monkeypatch.setenv(VARIABLE, GOOD)
    encrypted = Cipher(None).encrypt("x", first=True)
    assert Cipher(None).decrypt(encrypted) == "x"


def test_use_is_noted_once_an_hour(database: Path) -> None:
    """Calls that read write nothing but then."""
    now = 1_800_000_000.0
    with Marketplace.open(database) as opened:
        made = opened.accounts.add_key("local")
    with (
        Marketplace(SQLiteDatabase(database, create=False), Sources(clock=lambda: now)) as opened,
        closing(sqlite3.connect(database)) as beside,
    ):
        changes = []
        for seconds in (0, 10, 3500, 3600, 3700):
            now = 1_800_000_000.0 + seconds
            headers = {"Host": "localhost", "X-Amz-Target": f"{TARGET}GetAccountBalance"}
            sent = signed_headers(made.key_id, made.secret, headers, b"{}", when=now)
            assert opened.handle("POST", "/", sent, b"{}").status == 200
            changes.append(beside.execute("PRAGMA data_version").fetchone()[0])
        assert [changes.index(version) for version in changes] == [0, 0, 0, 3, 3]
        assert opened.accounts.keys("local")[0].last_used == 1_800_003_600 - 1_800_003_600 % 3600
