"""`allowedAccountIds`: asked of STS before the first call, where the endpoint is Amazon's."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import UnreachableError
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.marketplace import Marketplace, Server
from pulumi_mturk.provider.configuration import Configuration

OURS, ANOTHER = "111122223333", "444455556666"
_IDENTITY = f"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::{OURS}:user/example</Arn><UserId>EXAMPLE</UserId><Account>{OURS}</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>""".encode()


@dataclass
class Amazon:
    """Stands for all of AWS: answers STS, and is the proxy on the way to everything else, which it refuses."""

    requests: list[str] = field(default_factory=list)


@pytest.fixture
def amazon(monkeypatch: pytest.MonkeyPatch) -> Iterator[Amazon]:
    seen = Amazon()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            seen.requests.append("STS")
            self.send_response(200)
            self.send_header("Content-Length", str(len(_IDENTITY)))
            self.end_headers()
            self.wfile.write(_IDENTITY)

        def do_CONNECT(self) -> None:
            seen.requests.append(self.path)
            self.send_error(503)

        def log_message(self, format: str, *args: object) -> None:
            """The test's output stays clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        for name, value in {
            "AWS_ENDPOINT_URL_STS": address,
            "HTTPS_PROXY": address,
            "NO_PROXY": "127.0.0.1",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
        }.items():
            monkeypatch.setenv(name, value)
        yield seen
        server.shutdown()


def test_another_account_is_refused_with_both_named_before_any_call_to_mturk(amazon: Amazon) -> None:
    client = Client(Configuration(environment="production", allowed_account_ids=(ANOTHER,)))
    for _ in range(2):
        with pytest.raises(ConfigurationError) as refused:
            client.create_worker_block("A1EXAMPLEWORKER", "for a test")
        assert str(refused.value) == (
            f"the credentials belong to AWS account {OURS}; mturk:allowedAccountIds allows {ANOTHER} [MT606]"
        )
    assert set(amazon.requests) == {"STS"}


def test_an_allowed_account_is_asked_for_once_and_goes_on(amazon: Amazon) -> None:
    settings = Configuration(environment="sandbox", allowed_account_ids=(ANOTHER, OURS))
    client = Client(settings, retry=Retry(deadline_seconds=0.01))
    for _ in range(2):
        with pytest.raises(UnreachableError):
            client.get_qualification_type("3XYZ")
    assert amazon.requests.count("STS") == 1
    assert set(amazon.requests) == {"STS", "mturk-requester-sandbox.us-east-1.amazonaws.com:443"}


def test_an_endpoint_that_is_not_amazons_is_used_without_asking(amazon: Amazon, tmp_path: Path) -> None:
    with Marketplace.open(tmp_path / "panel.db") as marketplace, Server(marketplace) as server:
        settings = Configuration(environment="production", endpoint_url=server.url, allowed_account_ids=(ANOTHER,))
        assert Client(settings).list_worker_blocks() == {}
    assert amazon.requests == []
