"""The site builds without a warning, offline, and loads nothing from elsewhere; links into the repository hold."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support.pages import DOCS, ROOT, pages, written


def build(out: Path, builder: str) -> Path:
    """What Sphinx makes of the pages. A broken link, anchor or list of pages is an error."""
    strict = ("--nitpicky", "--fail-on-warning", "--keep-going", "--quiet")
    paths = map(str, (out / "doctrees", DOCS, out / builder))
    command = [sys.executable, "-m", "sphinx", *strict, "--builder", builder, "--doctree-dir", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out / builder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("site"), "html")


def test_no_link_is_broken(tmp_path: Path) -> None:
    build(tmp_path, "dummy")


class Loaded(HTMLParser):
    """What a browser loads for a page; links that a reader follows are not among it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag != "a":
            self.found += [value for name in ("src", "href", "srcset") if (value := values.get(name))]


@pytest.mark.slow
def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for file in site.rglob("*.html"):
        loaded = Loaded()
        loaded.feed(file.read_text(encoding="utf-8"))
        assert [address for address in loaded.found if re.match(r"(https?:)?//", address)] == [], file.name
    for file in site.rglob("*.css"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import\s+[\"'](https?:)?//", text), file.name


@pytest.mark.slow
def test_the_site_shows_a_picture_in_the_readers_scheme(site: Path) -> None:
    page = (site / "review.html").read_text(encoding="utf-8")
    for scheme in ("light", "dark"):
        shown = re.search(rf'<img[^>]*class="[^"]*only-{scheme}[^"]*"[^>]*src="(\S*review-{scheme}\.png)"', page)
        assert shown is not None
        assert (site / shown[1]).is_file()


@pytest.mark.slow
def test_the_site_has_every_page(site: Path) -> None:
    built = {file.relative_to(site).with_suffix(".md") for file in site.rglob("*.html")}
    assert {page.relative_to(DOCS) for page in pages() if DOCS in page.parents} <= built


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_a_link_into_the_repository_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)", written(page)):
        assert (page.parent / target).exists(), target


def test_the_first_page_lists_what_the_navigation_has() -> None:
    index = written("index.md")
    listed = re.findall(r"^- \[.*?\]\((\S+)\.md\)", index.partition("\n## ")[2], re.MULTILINE)
    lists = re.findall(r"```\{toctree\}\n:caption: \w+\n:hidden:\n\n(.*?)```", index, re.DOTALL)
    assert listed == "".join(lists).split()
