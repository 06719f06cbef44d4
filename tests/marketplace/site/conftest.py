from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.marketplace.site.visitor import Visitor

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Server


@pytest.fixture
def visitor(server: Server) -> Visitor:
    return Visitor(server)
