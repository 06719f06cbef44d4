"""A marketplace as a team hosts it: behind granian, with what watches it. It answers as the built-in server does."""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from wsgiref.validate import validator

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from pulumi_mturk.marketplace import Fault, Marketplace
from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.server import request_log
from pulumi_mturk.marketplace.server.endpoint import MAX_REQUEST_BYTES
from pulumi_mturk.marketplace.server.traffic import Handled
from pulumi_mturk.marketplace.wsgi import Application, from_environment
from tests.support.marketplace.api_calls import WORKER, InProcessClient

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pulumi_mturk.marketplace import Server

TARGET = {"X-Amz-Target": "MTurkRequesterServiceV20170117.GetAccountBalance"}
FAULTS = [
    Fault("drop_before"),
    Fault("drop_after"),
    Fault("cut_length_after"),
    Fault("cut_chunks_after"),
    Fault("trickle", seconds=0.01),
]


class Answer:
    """What came back."""

    def __init__(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body


@pytest.fixture
def application(unmade: str | Path) -> Iterator[Application]:
    made = Application(str(unmade), hosts=["panel.example.org"], is_open=True)
    yield made
    made.close()


def asked(
    application: Application,
    method: str,
    path: str,
    body: bytes = b"",
    headers: dict[str, str] | None = None,
    **environ: Any,
) -> Answer:
    """An answer through the standard library's checker of PEP 3333."""
    sent: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()},
        **environ,
    }
    told: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
        told.extend((int(status[:3]), dict(headers)))
        return lambda _data: None

    found = validator(application)({name: value for name, value in sent.items() if value is not None}, start_response)
    try:
        content = b"".join(found)
    finally:
        found.close()  # type: ignore[attr-defined]  # the checker's own
    return Answer(told[0], told[1], content)


def test_the_api_and_the_pages_are_one_application(application: Application) -> None:
    answer = asked(application, "POST", "/", b"{}", TARGET)
    assert (answer.status, json.loads(answer.body)) == (200, {"AvailableBalance": "10000.00"})
    page = asked(application, "GET", "/worker?next=%2Fworker")
    assert page.status == 200
    assert b"<!doctype html>" in page.body.lower()
    assert asked(application, "HEAD", "/worker").body == b""
    assert asked(application, "GET", "/worker-api/v1/clock").headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"HTTP_HOST": "panel.example.org"}, 200),
        ({"HTTP_HOST": "evil.example.org"}, 421),
        ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ({"CONTENT_LENGTH": None}, 411),
        ({"CONTENT_LENGTH": str(MAX_REQUEST_BYTES + 1)}, 413),
    ],
)
def test_what_the_built_in_server_refuses_is_refused(
    application: Application, environ: dict[str, Any], status: int
) -> None:
    assert asked(application, "POST", "/", b"{}", TARGET, **environ).status == status


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.kind)
def test_a_fault_of_the_connection_is_told_as_a_bad_gateway(application: Application, fault: Fault) -> None:
    application.open().marketplace.inject(fault)
    answer = asked(application, "POST", "/", b"{}", TARGET)
    assert (answer.status, answer.body) == (502, b"An injected fault dropped this connection.")
    assert asked(application, "POST", "/", b"{}", TARGET).status == 200


def test_the_variables_make_it(tmp_path: Path) -> None:
    with pytest.raises(MarketplaceError, match="Set PULUMI_MTURK_MARKETPLACE_DATABASE"):
        from_environment({})
    variables = {"PULUMI_MTURK_MARKETPLACE_DATABASE": str(tmp_path / "panel.db")}
    with pytest.raises(MarketplaceError, match="Make accounts"):
        from_environment(variables)
    with pytest.raises(MarketplaceError, match="PULUMI_MTURK_MARKETPLACE_OPEN is 0 or 1, not 'yes'"):
        from_environment(variables | {"PULUMI_MTURK_MARKETPLACE_OPEN": "yes"})
    variables["PULUMI_MTURK_MARKETPLACE_OPEN"] = "1"
    with pytest.raises(MarketplaceError, match="PER_KEY is a whole number"):
        from_environment(variables | {"PULUMI_MTURK_MARKETPLACE_REQUESTS_PER_SECOND_PER_KEY": "-1"})
    with pytest.raises(MarketplaceError, match="There is no log format 'xml'"):
        from_environment(variables | {"PULUMI_MTURK_MARKETPLACE_LOG_FORMAT": "xml"})
    with pytest.raises(MarketplaceError, match="no name of a host"):
        from_environment(variables | {"PULUMI_MTURK_MARKETPLACE_HOSTS": "a.example.org, https://b"})
    made = from_environment(variables | {"PULUMI_MTURK_MARKETPLACE_HOSTS": "a.example.org, b.example.org"})
    assert asked(made, "GET", "/worker", HTTP_HOST="b.example.org").status == 200
    made.close()


def test_health_needs_the_database_and_no_name(application: Application) -> None:
    answer = asked(application, "GET", "/healthz", HTTP_HOST="10.1.2.3:8080")
    assert (answer.status, answer.body) == (200, b"ok")
    application.open().marketplace.close()
    answer = asked(application, "GET", "/healthz")
    assert (answer.status, answer.body) == (503, b"unavailable")


def test_metrics_tell_requests_durations_and_what_waits(application: Application, unmade: str | Path) -> None:
    asked(application, "POST", "/", b"{}", TARGET)
    asked(application, "POST", "/", b"{", TARGET)
    asked(application, "POST", "/", b"{}", {"X-Amz-Target": f"MTurkRequesterServiceV20170117.{WORKER}"})
    asked(application, "GET", f"/worker-api/v1/workers/{WORKER}?x={WORKER}")
    asked(application, "GET", f"/{WORKER}")
    asked(application, "TRACE", "/")
    answer = asked(application, "GET", "/metrics")
    text = answer.body.decode()
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    balance = 'operation="GetAccountBalance"'
    requests = "marketplace_requests_total"
    assert f'{requests}{{method="POST",{balance},route="/",status="200"}} 1.0' in _sorted(text)
    assert f'{requests}{{method="POST",{balance},route="/",status="400"}} 1.0' in _sorted(text)
    assert 'route="/worker-api/v1/workers/<worker_id>",status="409"} 1.0' in _sorted(text)
    assert f'marketplace_request_duration_seconds_count{{{balance},route="/"}} 2.0' in _sorted(text)
    assert 'marketplace_due_events{kind="approve"} 0.0' in text
    assert "marketplace_deliveries_waiting 0.0" in text
    assert WORKER not in text
    # another process of the same file adds to the same numbers
    other = Application(str(unmade), is_open=True)
    asked(other, "POST", "/", b"{}", TARGET)
    text = _sorted(asked(other, "GET", "/metrics").body.decode())
    assert f'{requests}{{method="POST",{balance},route="/",status="200"}} 2.0' in text
    other.close()


def _sorted(text: str) -> str:
    """The lines with their labels in the alphabet's order."""
    lines = []
    for line in text.splitlines():
        name, brace, rest = line.partition("{")
        labels, _, value = rest.rpartition("}")
        lines.append(f"{name}{{{','.join(sorted(labels.split(',')))}}}{value}" if brace else line)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "environ",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "panel.example.org"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_VIA": "1.1 Caddy"},
    ],
)
def test_metrics_are_not_for_others(application: Application, environ: dict[str, Any]) -> None:
    assert asked(application, "GET", "/metrics", **environ).status == 403


def test_the_operator_reads_metrics_from_anywhere(application: Application) -> None:
    accounts = application.open().marketplace.accounts
    accounts.add("Lab")
    key = accounts.new_operator_key()
    for sent, status in ((key, 200), ("wrong", 403), ("", 403)):
        headers = {"Authorization": f"Bearer {sent}"}
        assert asked(application, "GET", "/metrics", headers=headers, REMOTE_ADDR="192.0.2.7").status == status


def test_with_accounts_a_call_is_signed_for_the_name_that_the_proxy_tells(unmade: str | Path) -> None:
    with Marketplace.open(unmade) as marketplace:
        made = marketplace.accounts.add_key(marketplace.accounts.every()[0].name)
    application = Application(str(unmade), hosts=["panel.example.org"], behind_proxy=True)
    assert asked(application, "POST", "/", b"{}", TARGET).status == 400
    request = AWSRequest("POST", "https://panel.example.org/", TARGET, b"{}")
    SigV4Auth(Credentials(made.key_id, made.secret), "mturk-requester", "us-east-1").add_auth(request)
    signed = dict(request.headers.items()) | {"X-Forwarded-Host": "panel.example.org"}
    assert asked(application, "POST", "/", b"{}", signed, HTTP_HOST="127.0.0.1:8080").status == 200
    assert asked(application, "POST", "/", b"{ }", signed, HTTP_HOST="127.0.0.1:8080").status == 400
    application.close()


def test_the_built_in_server_has_both_too(server: Server) -> None:
    def read(path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=60)
        connection.request("GET", path)
        response = connection.getresponse()
        found = response.status, response.read()
        connection.close()
        return found

    assert read("/healthz") == (200, b"ok")
    status, text = read("/metrics")
    assert status == 200
    assert b'route="/healthz"' in text


def test_the_log_as_json_has_a_line_a_request_and_no_id() -> None:
    record = logging.makeLogRecord({"msg": "request", "fields": Handled("GET", "/worker", "", 200)._asdict()})
    line = json.loads(request_log.JSONFormatter().format(record))
    assert line.keys() == {"time", "level", "message", "method", "route", "operation", "status"}
    try:
        raise ValueError(WORKER)
    except ValueError:
        failed = logging.makeLogRecord({"msg": "The marketplace failed", "exc_info": sys.exc_info()})
    text = request_log.JSONFormatter().format(failed)
    assert json.loads(text)["message"] == "The marketplace failed"
    assert WORKER not in text


@contextlib.contextmanager
def started(unmade: str | Path, *, workers: int = 1, **variables: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """granian on a free port, with the variables of the application."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-log"]
    # a worker that is told to end while it starts does not notice (granian 2.8)
    command += [
        "--workers",
        str(workers),
        "--workers-kill-timeout",
        "5",
        "--blocking-threads",
        "8",
        "pulumi_mturk.marketplace.wsgi:application",
    ]
    env = os.environ | {
        "PULUMI_MTURK_MARKETPLACE_DATABASE": str(unmade),
        "PULUMI_MTURK_MARKETPLACE_OPEN": "1",
        **variables,
    }
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            yield port, process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)


@contextlib.contextmanager
def hosted(unmade: str | Path, *, workers: int = 1, **variables: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The same, once it answers."""
    with started(unmade, workers=workers, **variables) as (port, process):
        end = time.monotonic() + 30
        while _status(port, "/healthz") != 200:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < end
            time.sleep(0.05)
        yield port, process


def _status(port: int, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET" if body is None else "POST", path, body, headers or {})
        response = connection.getresponse()
        response.read()
    except OSError:
        return 0
    finally:
        connection.close()
    return response.status


def test_granian_serves_it_and_stops_when_told(unmade: str | Path) -> None:
    with hosted(unmade, PULUMI_MTURK_MARKETPLACE_LOG_FORMAT="json") as (port, process):
        assert _status(port, "/", b"{}", TARGET) == 200
        assert _status(port, "/", b"x" * 2**20, TARGET) == 400
        assert _status(port, f"/worker-api/v1/workers/{WORKER}?next={WORKER}") == 409
        assert _status(port, "/metrics") == 200
        for name, value in (("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "https")):
            assert _status(port, "/metrics", headers={name: value}) == 403
        assert _status(port, "/worker", headers={"Host": "evil.example.org"}) == 421
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    lines = [json.loads(line) for line in said.splitlines()]
    assert {line["message"] for line in lines} == {"request"}
    assert lines[-5]["route"] == "/worker-api/v1/workers/<worker_id>"
    assert all(line.keys() >= {"method", "route", "operation", "status", "milliseconds"} for line in lines)
    assert WORKER not in said
    with Marketplace.open(unmade, create=False) as marketplace, marketplace.snapshot() as ctx:
        saved = ctx.db.execute("SELECT sum(requests) FROM request_counts WHERE route <> '/healthz'").fetchone()[0]
    assert saved == 7, "what was counted is saved when the server ends"


def test_several_workers_of_granian_serve_one_marketplace(unmade: str | Path) -> None:
    with hosted(unmade, workers=2) as (port, process):
        assert [_status(port, "/", b"{}", TARGET) for _ in range(20)] == [200] * 20
        process.terminate()
        process.communicate(timeout=20)
    with Marketplace.open(unmade, create=False) as marketplace, marketplace.snapshot() as ctx:
        saved = ctx.db.execute("SELECT sum(requests) FROM request_counts WHERE route <> '/healthz'").fetchone()[0]
    assert saved == 20


def test_events_are_delivered_before_anybody_asks_granian_for_anything(unmade: str | Path) -> None:
    queue = {
        "Destination": "https://sqs.us-east-1.amazonaws.com/123456789012/queue",
        "Transport": "SQS",
        "Version": "2014-08-15",
        "EventTypes": ["AssignmentSubmitted"],
    }
    with Marketplace.open(unmade) as marketplace:
        marketplace.set_switches(notification_url="http://127.0.0.1:9/events")  # where nobody listens
        direct = InProcessClient(marketplace)
        assert direct.call("SendTestEventNotification", Notification=queue, TestEventType="Ping")[0] == 200
        with started(unmade) as (_, process):
            end = time.monotonic() + 30
            while marketplace.events()[0].failure is None:
                assert process.poll() is None, process.communicate()
                assert time.monotonic() < end
                time.sleep(0.05)
