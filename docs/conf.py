"""How Sphinx builds the site from these pages: `make docs`."""

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

_INTO_THE_REPOSITORY = re.compile(r"\]\((\.\./[^)#\s]+)(#[^)\s]*)?\)")


def _repository_links(app: Sphinx, page: str, source: list[str]) -> None:
    """A link to a file outside of docs/ leads to the repository's page of it."""
    folder = (DOCS / page).parent

    def absolute(found: re.Match[str]) -> str:
        target = (folder / found[1]).resolve()
        if target.is_relative_to(DOCS):
            return found[0]
        if not target.exists():
            logging.getLogger(__name__).warning("there is no %s", found[1], location=page)
        return f"]({REPOSITORY}/{target.relative_to(DOCS.parent)}{found[2] or ''})"

    source[0] = _INTO_THE_REPOSITORY.sub(absolute, source[0])


def setup(app: Sphinx) -> None:
    """Sphinx's hook."""
    app.connect("source-read", _repository_links)
