"""The pictures of the documentation: of what is there today, light and dark, and with nothing from elsewhere."""

import re

import pytest
from lxml import etree

from tests.support.pages import DOCS, ROOT, pages, written
from tools import terminal_picture
from tools.pictures import PICTURES, REVIEW, SCHEMES, made_from, review_picture, source_of

AGAIN = "`make pictures` makes it anew"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_page_of_a_review_is_todays(scheme: str) -> None:
    assert source_of(review_picture(scheme)) == made_from(REVIEW), AGAIN


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_review_on_a_terminal_is_todays_and_loads_nothing(scheme: str) -> None:
    text = (PICTURES / f"terminal-{scheme}.svg").read_text(encoding="utf-8")
    assert text == terminal_picture.picture(scheme), AGAIN
    etree.fromstring(text.encode())
    assert "@font-face" not in text
    assert re.findall(r"url\((?!#)|(?:href|src)=", text) == []
    assert set(re.findall(r"https?://[^\s\"<]+", text)) <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}


def test_each_picture_is_small_shown_and_made_for_both_schemes() -> None:
    made = {file.name for file in PICTURES.iterdir()}
    assert {name.replace("-light", "-dark") for name in made if "-light" in name} == {n for n in made if "-dark" in n}
    assert all("-light." in name or "-dark." in name for name in made)
    assert all(file.stat().st_size < 200_000 for file in PICTURES.iterdir())
    text = "".join(map(written, pages()))
    assert [name for name in sorted(made) if "-light" in name and f"pictures/{name}" not in text] == []


def test_the_readme_shows_the_one_that_fits_the_readers_scheme() -> None:
    found = re.findall(
        r'<source media="\(prefers-color-scheme: dark\)" srcset="docs/(\S+)-dark\.(\w+)">\s*<img src="docs/(\S+)"',
        written(ROOT / "README.md"),
    )
    assert len(found) == 2
    for name, ending, light in found:
        assert light == f"{name}-light.{ending}"
        assert (DOCS / light).exists()
