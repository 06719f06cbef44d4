from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.browser import chromium
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
    with chromium() as launched:
        yield launched
