"""Fees, estimates and wages: worked examples of the documentation, and laws that hold for any amount."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk import fees
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.fees import AMAZON_2015, FEDERAL_MINIMUM, MastersRequired, estimate, hourly, masters_required
from pulumi_mturk.marketplace.domain import money

D = Decimal
AMOUNTS = st.decimals(min_value=0, max_value=1000, places=2)
MASTERS = st.sampled_from(["yes", "no", "unknown"])

FILE = """\
version: 1
label: Our panel's fee
source: contract of 2026-03-01, section 4
since: 2026-03-01
reward: 0.15
manyAssignments: 0.10
manyFrom: 20
masters: 0.02
minimum: 0.00
"""


# The three of the requester FAQ (0.104, 0.105 and 0.108), the floor, and each surcharge.
@pytest.mark.parametrize(
    ("reward", "assignments", "masters", "fee"),
    [
        ("0.52", 9, "no", "0.10"),
        ("0.42", 9, "yes", "0.11"),
        ("0.54", 9, "no", "0.11"),
        ("0.01", 1, "no", "0.01"),
        ("0.00", 1, "no", "0.01"),
        ("1.60", 9, "no", "0.32"),
        ("1.60", 10, "no", "0.64"),
        ("1.60", 10, "yes", "0.72"),
        ("1.60", 9, "unknown", "0.32"),
    ],
)
def test_the_fee_of_an_assignment(reward: str, assignments: int, masters: MastersRequired, fee: str) -> None:
    assert AMAZON_2015.fee_per_assignment(D(reward), assignments, masters=masters) == D(fee)
    assert AMAZON_2015.cost_per_assignment(D(reward), assignments, masters=masters) == D(reward) + D(fee)


def test_a_premium_qualification_costs_its_own_fee_besides() -> None:
    assert AMAZON_2015.fee_per_assignment(D("1.00"), 10, premium=D("0.50")) == D("0.90")
    assert estimate(D("1.00"), hits=1, assignments=10, schedule=AMAZON_2015, premium=D("0.50")).fees == D("9.00")


@given(AMOUNTS)
def test_a_bonus_costs_what_the_marketplace_charges(amount: Decimal) -> None:
    assert AMAZON_2015.bonus_fee(amount) * 100 == money.bonus_fee(int(amount * 100))


@given(AMOUNTS, st.integers(1, 30), MASTERS)
def test_fees_are_whole_cents_not_below_the_floor_and_grow_with_each_surcharge(
    reward: Decimal, assignments: int, masters: MastersRequired
) -> None:
    fee = AMAZON_2015.fee_per_assignment(reward, assignments, masters=masters)
    assert fee == fee.quantize(D("0.01")) >= D("0.01")
    assert fee >= AMAZON_2015.fee_per_assignment(reward, 1)
    exact = reward * AMAZON_2015.share(assignments, masters=masters)
    assert fee == D("0.01") or abs(fee - exact) <= D("0.005")


def test_both_readings_of_the_rounding_are_given_where_they_differ() -> None:
    both = estimate(D("0.12"), hits=100, assignments=1, schedule=AMAZON_2015)
    assert (both.fees, both.fees_on_total) == (D("2.00"), D("2.40"))
    assert (both.total, both.total_on_total) == (D("14.00"), D("14.40"))
    same = estimate(D("0.50"), hits=100, assignments=1, schedule=AMAZON_2015)
    assert (same.fees, same.fees_on_total, same.total_on_total) == (D("10.00"), None, None)


def test_the_floor_holds_for_each_assignment_in_both_readings() -> None:
    assert estimate(D("0.01"), hits=100, assignments=1, schedule=AMAZON_2015).fees_on_total is None


@given(AMOUNTS, st.integers(1, 50), st.integers(1, 30), MASTERS)
def test_an_estimate_adds_up(reward: Decimal, hits: int, assignments: int, masters: MastersRequired) -> None:
    whole = estimate(reward, hits=hits, assignments=assignments, schedule=AMAZON_2015, masters=masters)
    assert whole.count == hits * assignments
    assert whole.rewards == reward * whole.count
    assert whole.fee_per_assignment is not None
    assert whole.fees == whole.fee_per_assignment * whole.count
    assert whole.total == sum(amount for _, amount in whole.lines())
    assert whole.fees_on_total != whole.fees
    if whole.batches is not None:
        assert assignments >= 10
        assert whole.batches.hits * 9 >= whole.count
        assert whole.batches.saved == whole.fees - whole.batches.fees >= 0


def test_the_words_are_those_of_the_bill() -> None:
    lines = estimate(D("0.50"), hits=10, assignments=1, schedule=AMAZON_2015).lines()
    assert lines == (("Mechanical Turk Worker Rewards", D("5.00")), ("Mechanical Turk Fees", D("1.00")))


@pytest.mark.parametrize(
    ("reward", "saved"), [("0.01", "0"), ("0.02", "0"), ("0.03", "0"), ("0.04", "0.90"), ("1.00", "18.00")]
)
def test_a_split_into_nines_saves_nothing_at_three_cents_and_below(reward: str, saved: str) -> None:
    batches = estimate(D(reward), hits=1, assignments=90, schedule=AMAZON_2015).batches
    assert batches is not None
    assert (batches.size, batches.hits, batches.saved) == (9, 10, D(saved))


def test_nothing_is_split_without_the_surcharge_or_with_premium_qualifications() -> None:
    assert estimate(D("1.00"), hits=1, assignments=9, schedule=AMAZON_2015).batches is None
    assert estimate(D("1.00"), hits=1, assignments=10, schedule=AMAZON_2015, premium=D("0.05")).batches is None


def test_without_a_schedule_nothing_is_charged() -> None:
    assert fees.schedule("none") is None
    free = estimate(D("0.50"), hits=2, assignments=10, schedule=None)
    assert (free.rewards, free.fees, free.total, free.batches) == (D("10.00"), None, D("10.00"), None)


BEYOND = [(10**5, 10**5, "1"), (1, 1, "1e400"), (1, 1, "NaN"), (1, 1, "Infinity")]


@pytest.mark.parametrize(("hits", "assignments", "reward"), [(0, 1, "1"), (1, 0, "1"), (1, 1, "-1"), *BEYOND])
def test_a_batch_of_nothing_or_beyond_all_measure_is_refused(hits: int, assignments: int, reward: str) -> None:
    with pytest.raises(ValueError, match=r"one|zero"):
        estimate(D(reward), hits=hits, assignments=assignments, schedule=AMAZON_2015)


def test_an_hour_is_rounded_down_to_the_cent() -> None:
    assert hourly(D("1.60"), D(8)) == D("12.00")
    assert hourly(D("1.20"), D(8)) == D("9.00")
    assert hourly(D("1.00"), D(7)) == D("8.57")
    assert hourly(D("0.10"), D("0.5")) == D("12.00")
    with pytest.raises(ValueError, match="0 minutes"):
        hourly(D("1.00"), D(0))
    for minutes in ("NaN", "1e-400", "1e400", "-1"):
        with pytest.raises(ValueError, match="0 minutes"):
            hourly(D("1.00"), D(minutes))


@given(AMOUNTS, st.decimals(min_value="0.1", max_value=600, places=1))
def test_an_hour_is_never_more_than_what_the_work_pays(reward: Decimal, minutes: Decimal) -> None:
    wage = hourly(reward, minutes)
    assert wage * minutes <= reward * 60 < (wage + D("0.01")) * minutes


def test_the_yardstick_says_when_it_may_be_out_of_date() -> None:
    assert FEDERAL_MINIMUM.amount == D("7.25")
    assert FEDERAL_MINIMUM.remark(FEDERAL_MINIMUM.checked + datetime.timedelta(days=365)) == ""
    assert FEDERAL_MINIMUM.remark(FEDERAL_MINIMUM.checked + datetime.timedelta(days=366))


@pytest.mark.parametrize(
    ("requirements", "answer"),
    [
        ([], "no"),
        ([{"qualificationTypeId": "Masters", "comparator": "Exists"}], "yes"),
        ([{"qualificationTypeId": "2F1QJWKUDD8XADTFD2Q0G6UTO95ALH", "comparator": "Exists"}], "yes"),
        ([{"qualificationTypeId": "Masters", "comparator": "DoesNotExist"}], "unknown"),
        ([{"qualificationTypeId": "3EXAMPLE", "comparator": "Exists"}], "no"),
        ([{"qualificationTypeId": UNKNOWN, "comparator": "Exists"}], "no"),
        ([UNKNOWN, {"qualificationTypeId": "Masters", "comparator": "Exists"}], "yes"),
        ([UNKNOWN], "unknown"),
        (UNKNOWN, "unknown"),
    ],
)
def test_whether_masters_is_required(requirements: object, answer: MastersRequired) -> None:
    assert masters_required(requirements) == answer


def test_masters_for_production_alone_costs_nothing_elsewhere() -> None:
    rules = [{"qualificationTypeId": "Masters", "comparator": "Exists", "productionOnly": True}]
    assert masters_required(rules) == "yes"
    assert masters_required(rules, environment="sandbox") == "no"


def test_the_schedule_of_amazon_is_the_default() -> None:
    assert fees.schedule() is fees.schedule("amazon-2015") is AMAZON_2015


def test_a_schedule_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "panel.yaml").write_text(FILE)
    panel = fees.schedule("panel.yaml", tmp_path)
    assert panel is not None
    assert (panel.label, panel.since, panel.until) == ("Our panel's fee", "2026-03-01", None)
    assert panel.fee_per_assignment(D("1.00"), 19) == D("0.15")
    assert panel.fee_per_assignment(D("1.00"), 20, masters="yes") == D("0.27")
    assert panel.fee_per_assignment(D("0.01")) == D("0.00")
    assert panel.bonus_fee(D("1.00")) == D("0.15")


def test_a_schedule_from_json_holds_no_float(tmp_path: Path) -> None:
    (tmp_path / "panel.json").write_text('{"version": 1, "label": "Ours", "source": "us", "reward": 0.155}')
    panel = fees.schedule("panel.json", tmp_path)
    assert panel is not None
    assert panel.reward == D("0.155")
    assert panel.fee_per_assignment(D("1.00")) == D("0.16")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- 1",
        "{",
        "version: 1",
        FILE.replace("version: 1", "version: 2"),
        FILE.replace("0.15", "15 %"),
        FILE.replace("0.15", "15"),
        FILE.replace("0.15", "-0.15"),
        FILE.replace("0.15", "[0.15]"),
        FILE.replace("0.15", ".nan"),
        FILE.replace("manyFrom: 20", "manyFrom: 0"),
        FILE.replace("minimum: 0.00", "minimum: 0.005"),
        FILE.replace("2026-03-01\n", "next week\n"),
        FILE.replace("Our panel's fee", "of A1EXAMPLEWORKER22"),
        FILE.replace("Our panel's fee", '""'),
        FILE + "reward: 0.20\n",
        FILE + "tax: 0.20\n",
        "a: " * 2000,
        "[" * 5000,
    ],
)
def test_a_file_that_is_no_schedule_is_refused_by_its_code(text: str, tmp_path: Path) -> None:
    (tmp_path / "panel.yaml").write_text(text)
    with pytest.raises(ConfigurationError) as refused:
        fees.schedule("panel.yaml", tmp_path)
    assert {found.code for found in refused.value.diagnostics} == {"MT614"}
    assert "A1EXAMPLEWORKER22" not in str(refused.value)


@pytest.mark.parametrize("value", ["amazon-2025", "", "nothing.yaml", "a\0b.yaml", "panel.toml"])
def test_a_value_that_is_no_schedule_is_refused_by_its_code(value: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as refused:
        fees.schedule(value, tmp_path)
    assert {found.code for found in refused.value.diagnostics} == {"MT614"}


def test_a_file_that_is_too_large_or_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_text("# " + "x" * 100_000)
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    for name in ("large.yaml", "bytes.yaml"):
        with pytest.raises(ConfigurationError):
            fees.schedule(name, tmp_path)
