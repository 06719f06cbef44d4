from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import pytest

from pulumi_mturk.marketplace import Fault, Marketplace
from pulumi_mturk.marketplace.server.endpoint import MAX_REQUEST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Server

TARGET = {"X-Amz-Target": "MTurkRequesterServiceV20170117.GetAccountBalance"}


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pulumi_mturk.marketplace", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def connect(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(str(urlsplit(server.url).netloc), timeout=60)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_boto3_by_the_environment_and_stops_when_told(
    unmade: str | Path, monkeypatch: pytest.MonkeyPatch, stop: signal.Signals
) -> None:
    process = start("--database", str(unmade), "--port", "0", "--switch", "account_balance=5.00")
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Marketplace listening on http://127.0.0.1:")
    address = line.split()[-1]
    assert process.stdout.readline() == f"Workers find their pages at {address}/worker\n"
    monkeypatch.setenv("AWS_ENDPOINT_URL_MTURK", address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    client = boto3.client("mturk", region_name="us-east-1")
    assert client.get_account_balance()["AvailableBalance"] == "5.00"
    os.kill(process.pid, stop)
    out, error = process.communicate(timeout=60)
    client.close()
    assert (process.returncode, out, error) == (0, "", "")
    with Marketplace.open(unmade, create=False) as marketplace:
        assert marketplace.switches.account_balance == "5.00"


def test_faults_and_the_control_path_are_options_of_the_command(unmade: str | Path) -> None:
    with Marketplace.open(unmade) as marketplace:
        marketplace.inject(Fault("drop_after", times=None))  # of an earlier start, which is replaced
    with start("--database", str(unmade), "--fault", "throttle:ListHITs,times=3", "--control") as process:
        assert process.stdout is not None
        netloc = urlsplit(process.stdout.readline().split()[-1]).netloc
        connection = http.client.HTTPConnection(netloc, timeout=60)
        connection.request("GET", "/control/v1/faults")
        faults = json.loads(connection.getresponse().read())
        connection.close()
        process.terminate()
    assert faults == [{"kind": "throttle", "operation": "ListHITs", "times": 3}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fault", "storm"], "error: There is no fault 'storm'"),
        (["--allow-host", "http://x"], "error: 'http://x' is no name of a host"),
        (["--proxy", "--allow-host", "x"], "error: --allow-host is for a server"),
        (["--switch", "colour=blue"], "error: There is no switch 'colour'"),
        (["--port", "99999"], "error: 127.0.0.1:99999 can not be listened on"),
        (["--open", "--host", "192.0.2.1"], "error: 192.0.2.1:0 can not be listened on"),
    ],
)
def test_a_wrong_argument_is_said_in_a_sentence(database: Path, arguments: list[str], message: str) -> None:
    process = start("--database", str(database), *arguments)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 2
    assert out == ""
    assert error.startswith(message)
    assert error.count("\n") == 1


def test_the_help_tells_every_switch() -> None:
    process = start("--help")
    out, _ = process.communicate(timeout=60)
    assert "AWS_ENDPOINT_URL_MTURK" in out
    assert "name_held_seconds=a whole number" in out


def test_a_connection_is_kept_and_answers_without_delay(server: Server) -> None:
    connection = connect(server)
    connection.connect()
    socket = connection.sock
    start_time = time.monotonic()
    for _ in range(50):
        connection.request("POST", "/", b"{}", TARGET)
        assert json.loads(connection.getresponse().read()) == {"AvailableBalance": "10000.00"}
    assert connection.sock is socket
    assert time.monotonic() - start_time < 1.5  # 50 times the 40 ms of a delayed acknowledgement are 2 s
    connection.close()


def test_a_closed_server_answers_no_more_on_an_open_connection(server: Server) -> None:
    connection = connect(server)
    connection.request("POST", "/", b"{}", TARGET)
    connection.getresponse().read()
    server.close()
    connection.request("POST", "/", b"{}", TARGET)
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()
    connection.close()


def test_an_error_closes_the_connection(server: Server) -> None:
    connection = connect(server)
    connection.request("POST", "/", b"{", TARGET)
    response = connection.getresponse()
    assert (response.status, response.headers["Connection"]) == (400, "close")
    assert response.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert json.loads(response.read())["__type"] == "SerializationException"
    connection.close()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
def test_other_methods_are_refused(server: Server, method: str) -> None:
    connection = connect(server)
    connection.request(method, "/", headers=TARGET)
    response = connection.getresponse()
    response.read()
    assert response.status == 400
    connection.close()


@pytest.mark.parametrize(("path", "headers"), [("/", {}), ("/?x=1", {}), ("/projects", TARGET)])
def test_what_looks_like_a_call_is_answered_as_one(server: Server, path: str, headers: dict[str, str]) -> None:
    connection = connect(server)
    connection.request("POST", path, b"{}", headers)
    response = connection.getresponse()
    assert json.loads(response.read())["__type"] == "UnknownOperationException"
    connection.close()


def test_all_else_is_the_workers_site_on_the_same_connection(server: Server) -> None:
    connection = connect(server)
    connection.connect()
    socket = connection.sock
    for method, path, status in (
        ("GET", "/", 303),
        ("HEAD", "/worker", 200),
        ("PUT", "/worker-api/v1/workers/A1", 415),
    ):
        connection.request(method, path)
        response = connection.getresponse()
        response.read()
        assert response.status == status
        assert (connection.sock is socket) == (status < 400)
    connection.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Length": str(MAX_REQUEST_BYTES + 1)}, 413),
        ({"Content-Length": "9" * 5000}, 413),
        ({"Content-Length": "-1"}, 411),
        ({"Content-Length": "many"}, 411),
        ({"Transfer-Encoding": "chunked"}, 411),
    ],
)
def test_a_body_without_a_good_length_is_refused(server: Server, headers: dict[str, str], status: int) -> None:
    connection = connect(server)
    connection.putrequest("POST", "/")
    for name, value in {**TARGET, **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    response.read()
    assert response.status == status
    connection.close()


def test_two_lengths_that_differ_are_refused(server: Server) -> None:
    """A proxy in front could go by the other one, and take the rest for the next request."""
    connection = connect(server)
    connection.putrequest("POST", "/")
    for name, value in {**TARGET, "Content-Length": "2"}.items():
        connection.putheader(name, value)
    connection.putheader("content-length", "40")
    connection.endheaders(b"{}")
    response = connection.getresponse()
    response.read()
    assert response.status == 411
    connection.close()


def test_a_test_of_the_greatest_size_fits(mturk: MTurkClient, server: Server) -> None:
    schema = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd"
    empty = f'<QuestionForm xmlns="{schema}"></QuestionForm>'
    greatest = empty.replace("></", ">" + "é" * ((65_535 - len(empty)) // 2) + "</")
    made: Any = mturk.create_qualification_type(
        Name="Large",
        Description="Words.",
        QualificationTypeStatus="Active",
        Test=greatest,
        TestDurationInSeconds=60,
    )
    assert made["QualificationType"]["Test"] == greatest


def test_two_doors_of_one_marketplace_show_the_same(mturk: MTurkClient, marketplace: Marketplace) -> None:
    headers = {"X-Amz-Target": "MTurkRequesterServiceV20170117.CreateWorkerBlock"}
    marketplace.handle("POST", "/", headers, b'{"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}')
    assert mturk.list_worker_blocks()["WorkerBlocks"] == [{"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}]
