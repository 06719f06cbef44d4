"""Chromium, and axe-core, which finds what keeps people out of a page; tools/browser installs both."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import pytest
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
SCREENS: Final = pytest.mark.parametrize(
    ("width", "schemes"),
    [
        (390, ("light", "dark")),
        # 360 and 390 pixels have one style, and a desk's differs from it little
        pytest.param(360, (), marks=pytest.mark.slow),
        pytest.param(1280, ("light", "dark"), marks=pytest.mark.slow),
    ],
)
"""Telephones and a desk, and the colours in which axe looks at what they show."""
_AXE = Path(__file__).parents[1] / "marketplace" / "web" / "js" / "node_modules" / "axe-core" / "axe.min.js"
_RUN_AXE = """axe.run(document, {iframes: false, rules: {"target-size": {enabled: true}}}).then(
    found => found.violations.map(each => [each.id, ...each.nodes.map(node => node.html + node.failureSummary)]))"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window."""
    # Chrome first, as in tools/browser: beside it, Ubuntu's other two may be but a word on how to get them
    found = next(filter(None, map(shutil.which, ("google-chrome", "chromium", "chromium-browser"))), None)
    assert found, "These tests need Chromium on PATH: tools/browser installs it, or says which package to install."
    expect.set_options(timeout=30_000)  # as long as a click waits
    with sync_playwright() as playwright:
        # tests run as root in containers, where Chromium has no sandbox of its own
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()


def violations(page: Page, schemes: tuple[Scheme, ...]) -> list[Any]:
    """What axe finds wrong with a page as it is shown, in each colour scheme."""
    assert _AXE.is_file(), "axe-core is missing: tools/browser installs it."
    page.evaluate(_AXE.read_text())
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, *each) for each in page.evaluate(_RUN_AXE)]
    return found
