from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.marketplace.site.rendering import Renderer
from tests.marketplace.site.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_mturk.marketplace import Server


@pytest.fixture
def visitor(server: Server) -> Visitor:
    return Visitor(server)


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renderer]:
    with Marketplace.open(tmp_path_factory.mktemp("forms") / "local.db") as marketplace:
        yield Renderer(marketplace)
