from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk.marketplace import Marketplace
from tests.support.browser import chromium
from tests.support.marketplace.fenced import cheap_passphrases
from tests.support.marketplace.form_renderer import Renderer
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from pulumi_mturk.marketplace import Server


EXTERNAL = b"""<!doctype html><title>Elsewhere</title><form id="form" method="post">
<input type="hidden" name="assignmentId"><input type="hidden" name="worker"><input type="hidden" name="kept">
<label>Colour <input name="colour"></label><button>Send</button></form>
<script>
const given = new URLSearchParams(location.search), form = document.getElementById("form");
form.action = given.get("turkSubmitTo") + "/mturk/externalSubmit";
form.assignmentId.value = given.get("assignmentId");
form.worker.value = given.get("workerId");
localStorage.setItem("kept", "in the page's own storage");
form.kept.value = localStorage.getItem("kept");
document.querySelector("button").disabled = given.get("assignmentId") === "ASSIGNMENT_ID_NOT_AVAILABLE";
</script>"""


@pytest.fixture(scope="module", autouse=True)
def _cheap_passphrases() -> Iterator[None]:
    with cheap_passphrases():
        yield


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


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A requester's own page, on a server of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(EXTERNAL)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}/study?condition=2"
        http.shutdown()
        thread.join()
