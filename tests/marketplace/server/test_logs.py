"""What a served session leaves in the log: nothing of who took part, and no key."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from pulumi_mturk.marketplace import Marketplace
from tests.support.marketplace.signed_requests import TARGET, signed_headers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORKER: Final = "A1CANARYWORKER"
COOKIE: Final = "canary-cookie"
SIGN_IN_NAME: Final = "canary-name"
PASSPHRASE: Final = "canary-passphrase"  # noqa: S105 - made up


class Visitor:
    """Requests to a served marketplace; each tells its status."""

    def __init__(self, netloc: str) -> None:
        self._netloc = netloc

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> int:
        with closing(http.client.HTTPConnection(self._netloc, timeout=20)) as connection:
            content = None if body is None else json.dumps(body)
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, content, sent | ({"Content-Type": "application/json"} if content else {}))
            response = connection.getresponse()
            response.read()
            return response.status

    def call(self, operation: str, key_id: str, secret: str, members: dict[str, Any]) -> int:
        body = json.dumps(members)
        headers = {"Host": self._netloc, "X-Amz-Target": f"{TARGET}{operation}"}
        sent = signed_headers(key_id, secret, headers, body.encode(), when=time.time())
        with closing(http.client.HTTPConnection(self._netloc, timeout=20)) as connection:
            connection.request("POST", "/", body, sent)
            response = connection.getresponse()
            response.read()
            return response.status


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """End the process if the test fails before it does so."""
    try:
        yield
    finally:
        process.kill()


def test_a_session_with_all_that_can_go_wrong_leaves_no_id_cookie_or_key(unmade: str | Path, tmp_path: Path) -> None:
    with Marketplace.open(unmade) as marketplace:
        key = marketplace.accounts.add_key("local")
        operator = marketplace.accounts.new_operator_key()
    command = [sys.executable, "-m", "pulumi_mturk.marketplace", "--database", str(unmade), "--control"]
    log = tmp_path / "log"
    with (
        log.open("w") as file,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file, text=True) as process,
        ended(process),
    ):
        assert process.stdout is not None
        visit = Visitor(str(urlsplit(process.stdout.readline().split()[-1]).netloc))
        bearer, cookie = f"Bearer {operator}", f"worker={COOKIE}"
        block = {"WorkerId": WORKER, "Reason": "r"}
        assert visit.call("CreateWorkerBlock", key.key_id, key.secret, block) == 200
        assert visit.call("CreateWorkerBlock", key.key_id, f"{key.secret}x", block) == 400
        assert visit.call("CreateWorkerBlock", "MTMPCANARYCANARY0000", key.secret, block) == 400
        assert visit("GET", f"/worker-api/v1/workers/{WORKER}", Authorization=bearer) == 409
        assert visit("GET", f"/worker-api/v1/workers/{WORKER}", Authorization=f"{bearer}x") == 401
        assert visit("PUT", f"/worker-api/v1/workers/{WORKER}", {}, Authorization=bearer) == 200
        assert visit("GET", f"/nothing/{WORKER}?worker={WORKER}", Cookie=cookie) == 404
        assert visit("GET", "/worker", Cookie=f"worker={WORKER}; session={COOKIE}") == 303
        credentials = {"name": SIGN_IN_NAME, "passphrase": PASSPHRASE}
        assert visit("POST", "/worker-api/v1/session", credentials) == 409
        assert visit("GET", f"/join/{COOKIE}") == 409
        faults = {"faults": [{"kind": "throttle", "operation": "ListHITs"}]}
        assert visit("POST", "/control/v1/faults", faults, Authorization=bearer) == 201
        with Marketplace.open(unmade) as beside, beside.writing() as ctx:
            # What can't be: an exception whose message repeats what was read.
            ctx.db.execute("UPDATE meta SET value = ? WHERE key = 'clock_offset'", (WORKER,))
        assert visit.call("CreateWorkerBlock", key.key_id, key.secret, block) == 500
        assert visit("GET", "/worker-api/v1/clock", Authorization=bearer) == 500
        assert visit("POST", "/worker-api/v1/session", credentials, Cookie=f"session={COOKIE}") == 500
        assert visit("GET", f"/join/{COOKIE}", Cookie=f"session={COOKIE}") == 500
        process.terminate()
        out, _ = process.communicate(timeout=20)
    error = log.read_text()
    assert "The marketplace failed: ValueError" in error
    assert "The worker's pages failed: ValueError" in error
    assert "in of_each_call" in error
    of_workers = (WORKER, COOKIE, SIGN_IN_NAME, PASSPHRASE)
    for canary in (*of_workers, key.key_id, key.secret, operator, "MTMPCANARY", "Signature="):
        assert canary not in out + error
