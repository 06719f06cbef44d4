"""Recorded previews of the real CLI, and the reports that are made of them today."""

import dataclasses
import json
import re

import pytest

from pulumi_mturk.review.formats import html, markdown, terminal
from pulumi_mturk.review.judge import review
from pulumi_mturk.review.plan_forms import read_plan
from tests.support.golden_reports import FOR_PEOPLE, GOLDEN, MARKDOWN, NAMES, TODAY, goldens, long_plan, report
from tests.support.previewed import ANSWER_CANARY, PREVIEWS, RECORDED
from tests.support.pulumi_cli import assert_absent

AGAIN = "Run `tools/run python -m tests.support.record_previews NAME …`."
CODES = [name for name in PREVIEWS if name.startswith("MT")]
# Of this one a preview alone can't tell.
NEEDS_THE_ENDPOINT = {"MT533"}


def test_each_change_has_a_recording_that_was_made_from_it() -> None:
    found = {file.stem: json.loads(file.read_text())["madeFrom"] for file in RECORDED.glob("*.json")}
    assert found == {name: previewed.digest for name, previewed in PREVIEWS.items()}, AGAIN


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_the_one_that_is_kept(name: str) -> None:
    for file, text in goldens(name).items():
        kept = (GOLDEN / file).read_text(encoding="utf-8")
        assert text == kept, f"{file}: `tools/run python -m tests.support.golden_reports` writes it anew"


def test_no_other_report_is_kept() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {
        *(f"{name}.json" for name in NAMES),
        *(f"{name}.md" for name in MARKDOWN),
        *(f"{name}.{form}" for name in FOR_PEOPLE for form in ("txt", "html")),
    }


def test_no_worker_and_no_answer_stands_in_a_preview_or_a_report() -> None:
    for file in (*RECORDED.iterdir(), *GOLDEN.iterdir()):
        text = file.read_text(encoding="utf-8")
        assert_absent([ANSWER_CANARY], text)
        assert not re.search(r"\bA[0-9]+EXAMPLE", text), file.name


@pytest.mark.parametrize("name", CODES)
def test_each_risk_is_found_in_the_preview_of_its_example(name: str) -> None:
    codes = {risk.code for risk in report(name).risks}
    assert (name in codes) == (name not in NEEDS_THE_ENDPOINT), codes


def test_an_import_with_an_update_is_a_danger() -> None:
    assert "MT560" in {risk.code for risk in report("imported").risks}


@pytest.mark.parametrize("name", ["create", "update"])
def test_the_same_plan_previewed_twice_has_one_digest(name: str) -> None:
    assert report(name).digest == report(f"{name}-again").digest


def test_a_streaming_preview_is_judged_as_any_other() -> None:
    one, other = report("update"), report("update-streaming")
    assert [(risk.code, risk.resource) for risk in one.risks] == [(risk.code, risk.resource) for risk in other.risks]
    assert one.headline == other.headline
    assert (one.digest, one.unchanged, one.total) == (other.digest, other.unchanged, other.total)


@pytest.mark.parametrize("name", ["MT580", "failed", "interrupted", "killed", "cut-short"])
def test_a_plan_that_is_not_whole_is_told_so_in_every_format(name: str) -> None:
    found = report(name)
    assert not found.complete
    assert "MT580" in {risk.code for risk in found.risks}
    assert not found.headline.startswith("No danger")
    for text in (markdown.write(found), terminal.write(found, width=200), html.write(found)):
        assert "The preview is not complete. Nothing may be concluded from what is missing here." in text


def test_the_end_of_a_preview_that_was_not_seen_is_said_to_be_so() -> None:
    found = report("from-a-pipe")
    assert not found.complete
    assert "exit status not seen" in markdown.write(found)


@pytest.mark.parametrize("name", ["empty", "same"])
def test_nothing_to_do_is_no_danger_and_not_more(name: str) -> None:
    found = report(name)
    assert (found.complete, found.risks, found.changes) == (True, (), ())
    assert found.headline == "No danger found: the plan changes nothing"


def test_a_plan_with_2000_resources_fits_into_a_comment() -> None:
    plan = long_plan(2_000)
    found = review(read_plan(plan.text, plan.exit_code), today=TODAY)
    assert found.total == 2_000
    assert len(found.changes) > 400
    text = markdown.write(found)
    assert len(text.encode()) <= markdown.LIMIT
    for risk in found.risks:
        assert risk.code in text
    assert len(terminal.write(found).splitlines()) < 2_000


def test_a_report_tells_the_order_of_its_own_risks() -> None:
    rank = {"danger": 0, "caution": 1, "info": 2}
    for name in NAMES:
        ranks = [rank[risk.severity] for risk in report(name).risks if risk.accepted is None]
        assert ranks == sorted(ranks), name


def test_a_report_is_not_changed_by_being_written() -> None:
    found = report("production")
    before = dataclasses.replace(found)
    markdown.write(found), terminal.write(found), html.write(found)
    assert found == before
