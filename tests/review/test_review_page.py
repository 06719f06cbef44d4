"""docs/review.md shows a review of a recorded preview, and a picture of its page; the README has the picture, too."""

from tests.support.golden_reports import GOLDEN
from tests.support.pages import ROOT, held_by, shown, written
from tests.support.review_picture import OF, PICTURE, made_from, source_of


def test_the_report_is_the_one_that_is_made_of_a_real_preview() -> None:
    _, output = held_by(__file__, "review.md")
    assert shown(output.text).fullmatch((GOLDEN / "production.txt").read_text(encoding="utf-8"))


def test_the_picture_is_of_that_page() -> None:
    assert str(PICTURE.relative_to(ROOT / "docs")) in written("review.md")
    assert str(PICTURE.relative_to(ROOT)) in written(ROOT / "README.md")
    assert source_of(PICTURE) == made_from(OF), "`make pictures` makes it anew"
    assert PICTURE.stat().st_size < 200_000
