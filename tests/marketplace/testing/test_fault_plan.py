"""When a fault acts, what it does to processes, and the doors by which it is set and the journal is read."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Fault, Marketplace, MarketplaceError, Server
from pulumi_mturk.marketplace.testing.faults import FaultKind, fault_of, meanings, members_of, parse_fault, spec_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.marketplace.api_calls import InProcessClient

BLOCK = {"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}
FAULTS = (
    Fault("throttle", times=None, probability=0.3, seed=7, retry_after=2),
    Fault("drop_after", "CreateHIT", skip=3),
    Fault("delay", seconds=0.25),
    Fault("throttle", burst_seconds=60, burst_every=300.5, times=None),
    Fault("kill_before", "CreateQualificationType", process_id=4711),
)


def statuses(direct: InProcessClient, count: int) -> list[int]:
    return [direct.call("ListHITs")[0] for _ in range(count)]


def test_calls_are_skipped_and_counted_by_operation(direct: InProcessClient) -> None:
    direct.marketplace.inject(Fault("throttle", "ListHITs", skip=2, times=2))
    assert direct.call("ListWorkerBlocks")[0] == 200
    assert statuses(direct, 1) == [200]
    assert direct.marketplace.faults() == [Fault("throttle", "ListHITs", skip=1, times=2)]
    assert statuses(direct, 4) == [200, 400, 400, 200]


def test_a_burst_begins_with_the_first_call_and_ends_by_the_marketplaces_clock(direct: InProcessClient) -> None:
    direct.marketplace.inject(Fault("throttle", times=None, burst_seconds=60))
    direct.marketplace.advance(1000)
    assert statuses(direct, 2) == [400, 400]
    direct.marketplace.advance(55)
    assert statuses(direct, 1) == [400]
    direct.marketplace.advance(10)
    assert statuses(direct, 2) == [200, 200]
    assert direct.marketplace.faults() == []


def test_bursts_return(direct: InProcessClient) -> None:
    direct.marketplace.inject(Fault("throttle", times=None, burst_seconds=60, burst_every=300))
    found = []
    for _ in range(7):
        found += statuses(direct, 1)
        direct.marketplace.advance(100)
    assert found == [400, 200, 200, 400, 200, 200, 400]


@contextmanager
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_process_is_killed_at_its_call_and_the_call_goes_on(direct: InProcessClient) -> None:
    with sleeper() as process:
        direct.marketplace.inject(Fault("kill_before", "CreateWorkerBlock", skip=1, process_id=process.pid))
        assert direct.call("CreateWorkerBlock", **BLOCK)[0] == 200
        assert process.poll() is None
        assert direct.call("CreateWorkerBlock", WorkerId="A2EXAMPLEWORKER", Reason="r")[0] == 200
        assert process.wait(10) == -signal.SIGKILL
    direct.marketplace.inject(Fault("kill_after", process_id=process.pid))
    assert direct.call("ListHITs")[0] == 200  # it is gone: no error
    assert direct.marketplace.summary().blocks == 2


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_process_is_stopped(direct: InProcessClient) -> None:
    with sleeper() as process:
        direct.marketplace.inject(Fault("stop_after", process_id=process.pid))
        assert direct.call("ListHITs")[0] == 200
        deadline = time.monotonic() + 10
        while state_of(process.pid) != "T" and time.monotonic() < deadline:
            time.sleep(0.01)
        assert state_of(process.pid) == "T"


@pytest.mark.parametrize(("kind", "blocks"), [("kill_before", 0), ("kill_after", 1)])
def test_the_process_that_handles_the_call_is_killed_before_or_after_the_commit(
    kept_in: str | Path, marketplace: Marketplace, kind: Any, blocks: int
) -> None:
    program = (
        "import sys; from pulumi_mturk.marketplace import Marketplace\n"
        "from tests.support.marketplace.api_calls import InProcessClient\n"
        "direct = InProcessClient(Marketplace.open(sys.argv[1], create=False))\n"
        f"direct.call('ListHITs')\nprint('alive', flush=True)\ndirect.call('CreateWorkerBlock', **{BLOCK})\nprint('?')"
    )
    marketplace.set_switches(record_calls="on")
    marketplace.inject(Fault(kind, "CreateWorkerBlock"))
    done = subprocess.run([sys.executable, "-c", program, kept_in], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "alive\n", "")
    assert marketplace.summary().blocks == blocks
    found = [(call.operation, call.status, call.fault, call.executed) for call in marketplace.calls()]
    assert found == [("ListHITs", 200, "", True), ("CreateWorkerBlock", 0, kind, bool(blocks))]
    assert marketplace.faults() == []


def test_the_journal_has_the_outcome_of_each_call(direct: InProcessClient) -> None:
    direct.marketplace.set_switches(record_calls="on")
    direct.marketplace.inject(Fault("delay", "CreateWorkerBlock"), Fault("service_fault_after", "CreateWorkerBlock"))
    direct.call("CreateWorkerBlock", **BLOCK)
    direct.call("GetHIT", HITId="NONE")
    direct.call("GetHIT")
    direct.call("ListThings")
    fault = "AWS.MechanicalTurk.ServiceFault"
    assert [
        (call.operation, call.status, call.error, call.fault, call.executed) for call in direct.marketplace.calls()
    ] == [
        ("CreateWorkerBlock", 500, fault, "delay+service_fault_after", True),
        ("GetHIT", 400, "AWS.MechanicalTurk.HITDoesNotExist", "", False),
        ("GetHIT", 400, "ValidationException", "", False),
        ("", 400, "UnknownOperationException", "", False),
    ]


def test_an_executed_call_is_not_said_to_be_locked_for_its_journal(database: Path) -> None:
    """Who is told "locked" repeats the call: so it is not told because of the journal, which comes after the commit."""
    with (
        Marketplace.open(database, lock_timeout=0.05) as marketplace,
        closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as other,
    ):
        marketplace.set_switches(record_calls="on")
        marketplace.inject(Fault("delay_after", seconds=0.3))

        def lock_for_a_moment() -> None:
            time.sleep(0.15)  # the call is executed, and waits
            other.execute("BEGIN IMMEDIATE")
            time.sleep(0.5)
            other.execute("ROLLBACK")

        locker = threading.Thread(target=lock_for_a_moment)
        locker.start()
        headers = {"X-Amz-Target": "MTurkRequesterServiceV20170117.CreateWorkerBlock"}
        assert marketplace.answer("POST", "/", headers, json.dumps(BLOCK).encode()).status == 200
        locker.join()
        assert [call.executed for call in marketplace.calls()] == [True]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_the_same_by_each_door(fault: Fault, marketplace: Marketplace) -> None:
    assert parse_fault(spec_of(fault)) == fault
    assert fault_of(json.loads(json.dumps(members_of(fault)))) == fault
    marketplace.inject(fault)
    assert marketplace.faults() == [fault]


@pytest.mark.parametrize(
    "spec",
    [
        "",
        "storm",
        "throttle:",
        "throttle,times",
        "throttle,times=often",
        "throttle,times=0",
        "throttle,times=1.5",
        "throttle,probability=nan",
        "throttle,colour=blue",
        "throttle,process_id=4711",
        "throttle,burst_every=5",
        "throttle,burst_seconds=5,burst_every=2",
        "throttle,burst_seconds=0",
        "throttle,retry_after=1.5",
        "throttle,skip=-1",
        f"throttle,seed={2**63}",
        "delay,seconds=inf",
        "delay,seconds=none",
        "delay,retry_after=1",
        "kill_after,process_id=1",
        "kill_after,process_id=0",
        "kill_after,process_id=-1",
        "throttle,kind=drop_after,kind=storm",
    ],
)
def test_a_fault_that_can_not_be_is_refused(spec: str) -> None:
    with pytest.raises(MarketplaceError):
        parse_fault(spec)


class Control:
    """The control path of a server."""

    def __init__(self, server: Server) -> None:
        self._url = f"{server.url}/control/v1"

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        kind = {} if data is None else {"Content-Type": "application/json"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"{self._url}{path}", data, kind | named, method=method)  # noqa: S310
        try:
            answer = urllib.request.urlopen(request, timeout=60)  # noqa: S310
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, json.loads(answer.read())


@pytest.fixture
def control(marketplace: Marketplace) -> Iterator[Control]:
    with Server(marketplace, control=True) as server:
        yield Control(server)


def test_faults_switches_and_the_journal_over_http(control: Control, direct: InProcessClient) -> None:
    assert control("PATCH", "/switches", {"record_calls": "parameters", "listing_lag_seconds": 70}) == (200, {})
    assert direct.marketplace.switches.listing_lag_seconds == 70
    given = [members_of(fault) for fault in FAULTS]
    assert control("POST", "/faults", {"faults": given}) == (201, given)
    assert direct.marketplace.faults() == list(FAULTS)
    assert control("DELETE", "/faults") == (200, {})
    assert control("GET", "/faults") == (200, [])
    direct.call("CreateWorkerBlock", **BLOCK)
    (recorded,) = direct.marketplace.calls()
    expected = {"operation": "CreateWorkerBlock", "status": 200, "time": recorded.time, "error": "", "fault": ""}
    assert recorded.parameters == BLOCK
    assert control("GET", "/calls") == (
        200,
        [expected | {"executed": True, "account": 1}],
    )  # no word of whom it was about
    assert control("DELETE", "/calls") == (200, {})
    assert control("GET", "/calls") == (200, [])


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/faults", {"faults": [{"kind": "throttle"}, {"kind": "storm"}]}),
        ("POST", "/faults", {"faults": [{"kind": "throttle"}, {"kind": "throttle", "operation": "ListThings"}]}),
        ("POST", "/faults", {"faults": [{"kind": "throttle", "times": True}]}),
        ("POST", "/faults", {"faults": [{}]}),
        ("POST", "/faults", {"faults": {"kind": "throttle"}}),
        ("POST", "/faults", {"faults": [], "more": 1}),
        ("POST", "/faults", []),
        ("PATCH", "/switches", {"colour": "blue"}),
        ("PATCH", "/switches", {"self": 1}),
        ("PATCH", "/switches", {"listing_lag_seconds": "long"}),
    ],
)
def test_what_is_wrong_over_http_changes_nothing(
    control: Control, marketplace: Marketplace, method: str, path: str, body: Any
) -> None:
    before = marketplace.switches
    status, answer = control(method, path, body)
    assert (status, list(answer)) == (400, ["error"])
    assert marketplace.faults() == []
    assert marketplace.switches == before


def test_no_other_sites_page_reaches_the_control_path(control: Control, marketplace: Marketplace) -> None:
    body = {"faults": [{"kind": "throttle"}]}
    assert control("POST", "/faults", body, Sec_Fetch_Site="cross-site")[0] == 403
    assert control("POST", "/faults", body, Origin="http://elsewhere.example")[0] == 403
    assert control("POST", "/faults", body, Content_Type="text/plain")[0] == 415
    assert marketplace.faults() == []


def test_a_server_has_no_control_path_unless_asked(server: Server) -> None:
    request = urllib.request.Request(f"{server.url}/control/v1/faults")  # noqa: S310
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(request, timeout=60)  # noqa: S310


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[list[str], str]:
    """The lines that a command prints, and what it says beside them."""
    assert cli.main(arguments) == 0
    said = capsys.readouterr()
    return said.out.splitlines(), said.err


def test_faults_and_the_journal_by_the_command_line(
    kept_in: str | Path, direct: InProcessClient, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ("--database", str(kept_in))
    assert "record_calls=on" in command(capsys, "calls", *kept)[1]
    specs = ["throttle:*,times=none,probability=0.5", "drop_after:CreateHIT,skip=2"]
    options = [part for spec in specs for part in ("--fault", spec)]
    assert command(capsys, "faults", *kept, "--switch", "record_calls=on", *options) == (specs, "")
    assert direct.marketplace.faults() == [parse_fault(spec) for spec in specs]
    assert command(capsys, "faults", *kept, "--clear", "--fault", "throttle") == (["throttle:*"], "")
    direct.call("ListHITs")
    (heading, line), _ = command(capsys, "calls", *kept)
    assert heading.split() == ["operation", "status", "time", "error", "fault", "executed", "account"]
    assert line.split()[:2] == ["ListHITs", "400"]
    assert line.split()[4:] == ["ThrottlingException", "throttle", "no", "1"]
    shown = datetime.datetime.fromisoformat(" ".join(line.split()[2:4]))
    assert shown.timestamp() == pytest.approx(direct.marketplace.calls()[0].time, abs=0.001)
    lines, _ = command(capsys, "calls", *kept, "--json", "--clear")
    (call,) = json.loads("\n".join(lines))
    assert (call["operation"], call["executed"]) == ("ListHITs", False)
    assert direct.marketplace.calls() == []


def test_the_help_of_faults_lists_kinds_and_members(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert cli.main(["faults", "--help"]) == 0
    words = set(re.findall(r"\w+", capsys.readouterr().out.partition("Kinds")[2]))
    assert set(get_args(FaultKind)) <= words
    members = {field.name for field in dataclasses.fields(Fault)} - {"kind"}
    assert meanings().keys() == members <= words


@pytest.mark.parametrize("wrong", ["storm", "throttle:ListThings"])
def test_a_wrong_fault_is_an_error_of_the_command(
    kept_in: str | Path, marketplace: Marketplace, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    assert cli.main(["faults", "--database", str(kept_in), "--fault", wrong]) == 2
    assert capsys.readouterr().err.startswith("error: ")
    assert marketplace.faults() == []
