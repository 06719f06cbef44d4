"""`pulumi-mturk cost`: the bill, both readings of the rounding, batches of nine, the hourly wage."""

from pathlib import Path

import pytest

from pulumi_mturk import cli


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main(["cost", *arguments]) == 0
    return capsys.readouterr().out


def amounts(text: str) -> dict[str, tuple[str, ...]]:
    """The rows of the bill: each amount behind its name."""
    rows = (line.split("$") for line in text.splitlines() if "  $" in line)
    return {name.strip(): tuple(amount.strip() for amount in row) for name, *row in rows}


def test_the_bill_is_in_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert amounts(shown(capsys, "--reward", "1.60", "--hits", "1000", "--assignments", "9")) == {
        "Mechanical Turk Worker Rewards": ("1.60", "14,400.00"),
        "Mechanical Turk Fees": ("0.32", "2,880.00"),
        "Total": ("1.92", "17,280.00"),
    }


def test_both_readings_of_the_rounding_are_shown_where_they_differ(capsys: pytest.CaptureFixture[str]) -> None:
    assert "$2.40, $14.40" in shown(capsys, "--reward", "0.12", "--hits", "100")
    assert "not documented" not in shown(capsys, "--reward", "0.50", "--hits", "100")


def test_batches_of_nine_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert "10 of them: $18.00 in fees, $18.00 less" in shown(capsys, "--reward", "1.00", "--assignments", "90")
    assert "saves nothing" in shown(capsys, "--reward", "0.03", "--assignments", "90")
    assert "9 assignments or fewer" not in shown(capsys, "--reward", "1.00", "--assignments", "9")


def test_masters_and_premium_qualifications_cost_more(capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--masters", "--premium", "0.05", "--assignments", "10")
    assert amounts(shown(capsys, "--reward", "1.00", *options))["Mechanical Turk Fees"] == ("0.50", "5.00")


def test_an_hour_stands_beside_the_federal_minimum(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "--reward", "1.20", "--minutes", "8")
    assert "$9.00 an hour at 8 min" in text
    assert "$7.25 since 2009-07-24 (29 U.S.C. 206(a)(1)" in text
    assert "federal" not in shown(capsys, "--reward", "1.20")


@pytest.mark.parametrize("environment", ["sandbox", "local"])
def test_outside_production_nothing_is_charged(capsys: pytest.CaptureFixture[str], environment: str) -> None:
    assert "nothing is charged; in production" in shown(capsys, "--reward", "1.20", "--environment", environment)
    assert "nothing is charged" not in shown(capsys, "--reward", "1.20", "--environment", "production")


def test_fees_of_a_file_and_none_at_all(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "panel.yaml"
    file.write_text("version: 1\nlabel: Our fee\nsource: contract of 2026-03\nreward: 0.10\n", encoding="utf-8")
    text = shown(capsys, "--reward", "1.00", "--fees", str(file))
    assert "Our fee. Source: contract of 2026-03." in text
    assert amounts(text)["Mechanical Turk Fees"] == ("0.10", "0.10")
    assert "Mechanical Turk Fees" not in amounts(shown(capsys, "--reward", "1.00", "--fees", "none"))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--reward", "0.155"),
        ("--reward", "-1"),
        ("--reward", "NaN"),
        ("--reward", "1", "--minutes", "0"),
        ("--reward", "1", "--minutes", "soon"),
        ("--reward", "1", "--minutes", "1e-300"),
        ("--reward", "1e400"),
        ("--reward", "1", "--premium", "1e400"),
        ("--reward", "1", "--hits", "1000000", "--assignments", "1000000"),
        ("--reward", "1", "--hits", "0"),
        ("--reward", "1", "--assignments", "0"),
        ("--reward", "1", "--fees", "amazon-2025"),
        ("--reward", "1", "--environment", "attic"),
    ],
)
def test_what_can_not_be_meant_is_refused(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    assert cli.main(["cost", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "error: " in said.err
