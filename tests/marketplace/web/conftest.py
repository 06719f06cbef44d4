from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from pulumi_mturk.marketplace import Marketplace
from tests.support.marketplace.form_renderer import Renderer
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from pulumi_mturk.marketplace import Server


@pytest.fixture
def visitor(server: Server) -> WebClient:
    return WebClient(server)


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renderer]:
    with Marketplace.open(tmp_path_factory.mktemp("forms") / "local.db") as marketplace:
        yield Renderer(marketplace)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Chrome first, as in tools/browser: beside it, Ubuntu's other two may be but a word on how to get them
    found = next(filter(None, map(shutil.which, ("google-chrome", "chromium", "chromium-browser"))), None)
    assert found, "These tests need Chromium on PATH: tools/browser installs it, or says which package to install."
    with sync_playwright() as playwright:
        # tests run as root in containers, where Chromium has no sandbox of its own
        launched = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        launched.close()
