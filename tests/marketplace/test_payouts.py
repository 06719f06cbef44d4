"""Payouts: who is owed what, as a list; what a list says is marked as paid once, and what came after it stays owed."""

from __future__ import annotations

import csv
import io
import stat
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.cli import main
from pulumi_mturk.marketplace.domain import audit, payouts
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.storage import consistency
from tests.support.marketplace.api_calls import OTHER, WORKER, earn
from tests.support.marketplace.engine import brief_marketplace

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_mturk.marketplace import Marketplace


def rows(path: Path) -> list[list[str]]:
    return [*csv.reader(path.read_text().splitlines())]


def test_a_list_is_written_paid_and_marked(
    marketplace: Marketplace, kept_in: str | Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earn(marketplace, WORKER, "1.05")
    earn(marketplace, WORKER)
    earn(marketplace, OTHER)
    owed = tmp_path / "owed.csv"
    command = ["marketplace", "payouts", "--database", str(kept_in)]
    assert main([*command, str(owed)]) == 0
    assert stat.S_IMODE(owed.stat().st_mode) == 0o600
    assert capsys.readouterr().out == "", "worker ids are in the file alone"
    heading, *listed = rows(owed)
    assert heading == ["account", "worker_id", "amount_usd", "since", "through"]
    assert [row[:3] for row in listed] == [["local", WORKER, "1.25"], ["local", OTHER, "0.10"]]
    earn(marketplace, WORKER)  # after the list

    mark = [*command, "--mark-paid", "--reference", "2026-11", str(owed)]
    assert main(mark) == 0
    assert capsys.readouterr().out == "Marked 2 rows as paid: $1.35.\n"
    assert main([*command, "-"]) == 0
    assert [line.split(",")[1:3] for line in capsys.readouterr().out.splitlines()[1:]] == [[WORKER, "0.10"]]
    assert main(mark) == 2
    assert "Row 1 is not what is owed now" in capsys.readouterr().err
    with marketplace.reading() as ctx:
        assert consistency.contents(ctx.db)["cents owed"] == 10
        assert ctx.db.execute("SELECT reference FROM payouts").fetchall()[0][0] == "2026-11"
        assert consistency.wrong_numbers(ctx.db) == []
        noted = [entry for _, entry in audit.entries_after(ctx)]
        assert [(entry.action, entry.account, entry.subject) for entry in noted] == [
            ("marked as paid", 1, f"payout:1 {audit.worker(ctx, worker)}") for worker in (WORKER, OTHER)
        ]


def test_a_list_goes_through_a_pipe(
    marketplace: Marketplace,
    kept_in: str | Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    earn(marketplace, WORKER)
    command = ["marketplace", "payouts", "--database", str(kept_in)]
    assert main([*command, "-"]) == 0
    listed = capsys.readouterr().out
    for content, status in ((b"\xff", 2), (listed.encode(), 0), (listed.encode(), 2)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        assert main([*command, "--mark-paid", "--reference", "x", "-"]) == status
    said = capsys.readouterr()
    assert said.out == "Marked 1 row as paid: $0.10.\n"
    assert said.err.startswith("error: Standard input can not be read as a CSV file in UTF-8.\n")


def test_a_file_may_have_the_name_of_a_stream(
    marketplace: Marketplace,
    kept_in: str | Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    earn(marketplace, WORKER)
    monkeypatch.chdir(tmp_path)
    command = ["marketplace", "payouts", "--database", str(kept_in)]
    assert main([*command, "./-"]) == 0
    assert capsys.readouterr().out == ""
    assert [row[1] for row in rows(tmp_path / "-")] == ["worker_id", WORKER]
    assert main([*command, "--mark-paid", "--reference", "x", "./-"]) == 0
    assert capsys.readouterr().out == "Marked 1 row as paid: $0.10.\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("0.10", "0.11"), "Row 1 is not what is owed now"),
        (("0.10", "ten"), "row 1 is not one of a list"),
        (("0.10", "sNaN"), "row 1 is not one of a list"),
        (("local", "Lab"), "row 1 is not one of a list"),
        (("account,worker_id,amount_usd,since,through\n", ""), "its first line has no account, worker_id, amount_usd"),
        (("worker_id", "worker"), "its first line has no worker_id"),
    ],
)
def test_a_list_that_was_changed_marks_nothing(
    marketplace: Marketplace,
    kept_in: str | Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: tuple[str, str],
    message: str,
) -> None:
    earn(marketplace, WORKER)
    owed = tmp_path / "owed.csv"
    command = ["marketplace", "payouts", "--database", str(kept_in)]
    assert main([*command, str(owed)]) == 0
    assert main([*command, str(owed)]) == 2, "a list is never written over"
    owed.write_text(owed.read_text().replace(*change))
    assert main([*command, "--mark-paid", "--reference", "x", str(owed)]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert WORKER not in said
    assert main([*command, "--mark-paid", str(owed)]) == 2
    with marketplace.reading() as ctx:
        assert [row.amount for row in payouts.owed(ctx)] == [Decimal("0.10")]


@pytest.mark.usefixtures("engine")
@given(st.lists(st.sampled_from(["earn 1", "earn 2", "list", "pay"]), max_size=12))
def test_nothing_is_paid_twice_and_nothing_is_lost(steps: list[str]) -> None:
    """Whatever is listed, earned and paid in which order: what was paid and what is owed is what was earned."""
    with brief_marketplace() as marketplace:
        listed: list[payouts.Owed] = []
        earned = paid = Decimal()
        for step in steps:
            with marketplace.writing() as ctx:
                if step == "list":
                    listed = payouts.owed(ctx)
            if step.startswith("earn"):
                earn(marketplace, f"A{step[-1]}EXAMPLE")
                earned += Decimal("0.10")
            elif step == "pay":
                try:
                    with marketplace.writing() as ctx:
                        payouts.mark_paid(ctx, listed, "x")
                    paid += sum((row.amount for row in listed), Decimal())
                except MarketplaceError:
                    assert paid, "a list is refused if it was marked before, only"
            with marketplace.reading() as ctx:
                assert paid + sum((row.amount for row in payouts.owed(ctx)), Decimal()) == earned
