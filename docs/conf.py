"""How Sphinx builds the site from these pages: `make docs`."""

import os
import re
from importlib import metadata
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

DOCS = Path(__file__).parent
REPOSITORY = "https://github.com/pulumi-mturk/pulumi-mturk/blob/main"

project = "pulumi-mturk"
author = project_copyright = "The pulumi-mturk authors"
release = version = metadata.version("pulumi-mturk")

extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_inline"]  # classes of pictures, see _pictures
exclude_patterns = ["_build"]
# Headings have the anchors that the repository's own view of a page gives them, so that a link holds in both.
myst_heading_anchors = 4

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_title = "pulumi-mturk"
html_copy_source = False
html_show_sourcelink = False
# Python's, shell's and Pulumi's names are no words of English: quotation marks and dashes stay as they are written.
smartquotes = False

# The page of the site that shows a file of the repository.
CONTRIBUTING = "contributing"
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\((\S+)-light\.(png|svg)\)")


def _repository_links(app: Sphinx, page: str, source: list[str]) -> None:
    """A link to a file outside of docs/ leads to the repository's page of it."""
    home = (DOCS / page).parent
    if page == CONTRIBUTING:
        source[0] = (DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
        home = DOCS.parent
        app.env.note_dependency("../CONTRIBUTING.md", docname=page)

    def on_the_site(found: re.Match[str]) -> str:
        target = (home / found[1]).resolve()
        if not target.exists():
            logging.getLogger(__name__).warning("there is no %s", found[1], location=page)
        if target.is_relative_to(DOCS):
            return f"]({os.path.relpath(target, (DOCS / page).parent)}{found[2] or ''})"
        return f"]({REPOSITORY}/{target.relative_to(DOCS.parent)}{found[2] or ''})"

    source[0] = _LINK.sub(on_the_site, source[0])


def _pictures(app: Sphinx, page: str, source: list[str]) -> None:
    """A page shows a picture for light screens; the site has both, and shows the one of the reader's scheme."""
    both = r"![\1](\2-light.\3){.only-light}![\1](\2-dark.\3){.only-dark}"
    source[0] = _PICTURE.sub(both, source[0])


def setup(app: Sphinx) -> None:
    """Sphinx's hook."""
    app.connect("source-read", _repository_links)
    app.connect("source-read", _pictures)
