"""The README shows a review of a recorded preview, and a picture of its page."""

import re

from tests.support.golden_reports import GOLDEN
from tests.support.pulumi_cli import ROOT
from tests.support.review_picture import OF, PICTURE, made_from, source_of

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_report_is_the_one_that_is_made_of_a_real_preview() -> None:
    name, shown = re.findall(r"<!-- report: (\S+) -->\n```text\n(.*?)```", README, re.DOTALL)[0]
    whole = (GOLDEN / name).read_text(encoding="utf-8")
    for part in shown.split("…\n"):
        assert part in whole


def test_the_picture_is_of_that_page() -> None:
    assert str(PICTURE.relative_to(ROOT)) in README
    assert source_of(PICTURE) == made_from(OF), "`tools/run python -m tests.support.review_picture` makes it anew"
    assert PICTURE.stat().st_size < 200_000
