"""docs/review.md shows a review of a recorded preview; tests/tools/test_pictures.py has the pictures of it."""

from tests.support.golden_reports import GOLDEN
from tests.support.pages import held_by, shown


def test_the_report_is_the_one_that_is_made_of_a_real_preview() -> None:
    _, output = held_by(__file__, "review.md")
    assert shown(output.text).fullmatch((GOLDEN / "production.txt").read_text(encoding="utf-8"))
