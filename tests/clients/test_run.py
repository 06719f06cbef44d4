"""`pulumi-mturk run`: programs with AWS's addresses written into them, unmodified, and what becomes of the command."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pulumi_mturk import cli
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import worker_assignments
from tests.clients.conftest import BIN, Shell

SCRIPTS = Path(__file__).parent / "scripts"
WORKERS = [f"A{number}EXAMPLE" for number in range(7)]
SHOW = "import json, os; print(json.dumps(dict(os.environ)))"
BALANCE = "import boto3; print(boto3.client('mturk').get_account_balance()['AvailableBalance'])"


def environment_in(shell: Shell, **more: str) -> dict[str, str]:
    """The variables that a command has."""
    done = shell.run("python", "-c", SHOW, more=more)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_a_study_by_scripts_that_know_amazons_addresses(shell: Shell, database: Path) -> None:
    kept = ("--database", database)
    first = shell.said("python", SCRIPTS / "publish.py", "sandbox", "7", options=kept).splitlines()
    assert first[:2] == ["balance 10000.00", "made the qualification"]
    hits = [line.split()[1] for line in first[2:]]
    assert len(hits) == 7
    assert first[2].split()[2].startswith("https://workersandbox.mturk.com/mturk/preview?groupId=")
    again = shell.said("python", SCRIPTS / "publish.py", "sandbox", "0", options=kept)
    assert again.splitlines()[1] == "found the qualification"
    live = shell.said("python", SCRIPTS / "publish.py", "live", "1", options=kept)
    assert "made the qualification" in live  # another account

    with Marketplace.open(database.with_name("study.sandbox.db"), create=False) as sandbox:
        sandbox.register_worker(*WORKERS)
        for hit_id, worker in zip(hits, WORKERS, strict=True):
            with sandbox.writing() as ctx:
                assignment_id = worker_assignments.accept(ctx, worker, hit_id)
                worker_assignments.submit(ctx, worker, assignment_id, [("text", f"A picture by {hits.index(hit_id)}")])

    lines = shell.said("python", SCRIPTS / "collect.py", options=kept).splitlines()
    assert lines.count("was deleted already") == 7
    assert lines.count("again: RequestError") == 7
    assert sorted(line for line in lines if line.startswith("answer")) == [
        f"answer ['A picture by {number}']" for number in range(7)
    ]
    with Marketplace.open(database, create=False) as production:
        assert len(production.summary().hits) == 1


def test_a_client_of_urllib_and_a_signature_and_every_other_host_is_refused(shell: Shell) -> None:
    done = shell.run("python", SCRIPTS / "signed_by_hand.py")
    assert done.stdout.splitlines() == ["10000.00", "{}", "AWS.MechanicalTurk.HITDoesNotExist"]
    told, elsewhere = done.stderr.splitlines()
    assert re.fullmatch(r"pulumi-mturk: refused [a-z0-9.-]+: put it into NO_PROXY if your program needs it\.", told)
    assert elsewhere == "elsewhere: Tunnel connection failed: 403 This proxy is MTurk's hosts alone"
    assert done.returncode == 1


def test_what_is_set_where_there_is_nothing(shell: Shell) -> None:
    found = environment_in(shell)
    assert found["HTTPS_PROXY"] == found["https_proxy"]
    assert found["HTTPS_PROXY"].startswith("http://127.0.0.1:")
    assert found["AWS_DEFAULT_REGION"] == found["AWS_REGION"] == "us-east-1"
    assert found["AWS_ACCESS_KEY_ID"] == found["AWS_SECRET_ACCESS_KEY"] == "example"
    trust = ("AWS_CA_BUNDLE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
    assert len({found[name] for name in trust}) == 1
    assert not Path(found["SSL_CERT_FILE"]).exists()  # gone with the command
    assert "AWS_ENDPOINT_URL_MTURK" not in found
    assert "NO_PROXY" not in found


@pytest.mark.slow
def test_what_is_there_is_kept(shell: Shell, tmp_path: Path) -> None:
    mine = {"AWS_ACCESS_KEY_ID": "mine", "AWS_SECRET_ACCESS_KEY": "mine too", "AWS_DEFAULT_REGION": "eu-west-1"}
    found = environment_in(shell, **mine)
    assert {name: found[name] for name in mine} == mine
    assert "AWS_REGION" not in found
    (shell.home / ".aws").mkdir()
    (shell.home / ".aws/credentials").write_text("[team]\naws_access_key_id = kept\naws_secret_access_key = kept\n")
    (shell.home / ".aws/config").write_text("[profile team]\nregion = us-east-1\n[profile sso]\nsso_session = x\n")
    assert "AWS_ACCESS_KEY_ID" not in environment_in(shell, AWS_PROFILE="team")
    assert "AWS_REGION" not in environment_in(shell, AWS_PROFILE="team")
    for elsewhere in ("sso", "default", "missing"):
        assert environment_in(shell, AWS_PROFILE=elsewhere)["AWS_ACCESS_KEY_ID"] == "example"


@pytest.mark.slow
def test_certificates_that_are_trusted_already_still_are(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "company.pem").write_text("the company's own\n")
    read = ["python", "-c", "import os; print(open(os.environ['SSL_CERT_FILE']).read())"]
    usual = shell.run(*read).stdout
    assert usual.count("BEGIN CERTIFICATE") > 50  # ours, and the public ones
    own = shell.run(*read, more={"REQUESTS_CA_BUNDLE": str(tmp_path / "company.pem")}).stdout
    assert own.count("BEGIN CERTIFICATE") == 1
    assert "the company's own" in own


@pytest.mark.slow
def test_no_way_leads_past_the_proxy(shell: Shell) -> None:
    found = environment_in(shell, NO_PROXY="localhost,.amazonaws.com,data.example.org,*.us-east-1.amazonaws.com")
    assert found["NO_PROXY"] == "localhost,data.example.org"
    assert environment_in(shell, no_proxy="*")["no_proxy"] == ""
    production = "https://mturk-requester.us-east-1.amazonaws.com"
    sandbox = "https://mturk-requester-sandbox.us-east-1.amazonaws.com"
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_MTURK"):
        assert environment_in(shell, **{name: "http://127.0.0.1:1"})["AWS_ENDPOINT_URL_MTURK"] == production
        assert shell.run("python", "-c", BALANCE, more={name: "http://127.0.0.1:1"}).stdout == "10000.00\n"
    assert environment_in(shell, AWS_ENDPOINT_URL_MTURK=sandbox)["AWS_ENDPOINT_URL_MTURK"] == sandbox


def test_the_command_has_the_terminals_ends_and_its_status_is_the_result(shell: Shell) -> None:
    program = "import sys; print(sys.stdin.read().upper()); print('beside', file=sys.stderr); sys.exit(7)"
    done = shell(BIN / "pulumi-mturk", "run", "--", "python", "-c", program, "--switch", "x", typed="typed")
    assert (done.returncode, done.stdout, done.stderr) == (7, "TYPED\n", "beside\n")
    assert shell.run("sh", "-c", "kill -KILL $$").returncode == 128 + signal.SIGKILL


def test_without_hyphens_too(shell: Shell) -> None:
    assert (
        shell(BIN / "pulumi-mturk", "run", "--switch", "account_balance=3.00", "python", "-c", BALANCE).stdout
        == "3.00\n"
    )


def test_nothing_is_left(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    shell.environment["TMPDIR"] = str(tmp_path / "temporary")
    assert shell.said("python", "-c", BALANCE) == "10000.00"
    assert list((tmp_path / "temporary").iterdir()) == []
    assert {path.relative_to(shell.home).as_posix() for path in shell.home.rglob("*.pem")} == {
        ".local/state/pulumi-mturk/authority.pem",
        ".local/state/pulumi-mturk/ca.pem",
    }
    other = tmp_path / "elsewhere"
    assert shell.said("python", "-c", BALANCE, options=("--authority", other)) == "10000.00"
    assert (other / "authority.pem").exists()


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        signal.SIGINT,
        *(pytest.param(number, marks=pytest.mark.slow) for number in (signal.SIGHUP, signal.SIGUSR1, signal.SIGQUIT)),
    ],
)
def test_signals_reach_the_command(shell: Shell, number: signal.Signals) -> None:
    program = (
        "import signal, sys, time\n"
        f"signal.signal({number:d}, lambda *_: sys.exit(5))\n"
        "print('ready', flush=True)\n"
        "time.sleep(30)"
    )
    command: list[str | Path] = [BIN / "pulumi-mturk", "run", "--", "python", "-c", program]
    with subprocess.Popen(
        command, env=shell.environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        process.communicate(timeout=60)
    assert process.returncode == 5


def test_ctrl_c_at_a_terminal_reaches_the_command_once(shell: Shell) -> None:
    program = (
        "import signal, time\n"
        "told = []\n"
        "signal.signal(signal.SIGINT, lambda *_: told.append(1))\n"
        "print('ready', flush=True)\n"
        "end = time.monotonic() + 20\n"
        "while not told and time.monotonic() < end: time.sleep(0.05)\n"
        "time.sleep(0.5)\n"
        "print('told', len(told), flush=True)"
    )
    child, terminal = os.forkpty()
    if child == 0:
        os.execve(  # noqa: S606 - the command is ours
            BIN / "pulumi-mturk", ["pulumi-mturk", "run", "--", sys.executable, "-c", program], shell.environment
        )
    seen = b""
    deadline = time.monotonic() + 30
    while b"told" not in seen and time.monotonic() < deadline:
        seen += os.read(terminal, 1024)
        if seen.endswith(b"ready\r\n"):
            os.write(terminal, b"\x03")
    assert b"told 1" in seen
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([], 2, "error: Say which command to run, after two hyphens: pulumi-mturk run -- python publish_hits.py"),
        (["--"], 2, "error: Say which command to run"),
        (["--", "no-such-command"], 127, "error: There is no command 'no-such-command'."),
        (["--", "."], 126, "error: '.' can not be run: Permission denied."),
        (["--switch", "colour=blue", "--", "true"], 2, "error: There is no switch 'colour'"),
        (["--switch", "environment=both", "--", "true"], 2, "error: The switch 'environment' can not be set"),
        (["--database", "no/such/folder/x.db", "--", "true"], 2, "error: There is no folder"),
        (["--authority", "/dev/null/x", "--", "true"], 2, "error: The certificate authority can not be kept in"),
    ],
)
def test_a_mistake_is_said_in_a_sentence(
    shell: Shell,
    arguments: list[str],
    status: int,
    message: str,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(shell.home))
    monkeypatch.chdir(shell.home)
    assert cli.main(["run", *arguments]) == status
    out, error = capfd.readouterr()
    assert out == ""
    assert error.startswith(message)
    assert error.count("\n") == 1


def test_the_proxy_as_a_server_of_its_own_prints_what_to_set(shell: Shell, database: Path) -> None:
    command: list[str | Path] = [BIN / "pulumi-mturk", "marketplace", "--proxy", "--database", database]
    with subprocess.Popen(command, env=shell.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        lines: list[str] = []
        while not (lines and lines[-1].startswith("export AWS_REGION=")):
            lines.append(process.stdout.readline())
        assert first.startswith("Proxy listening on http://127.0.0.1:")
        shell.environment["VARIABLES"] = "".join(lines)
        done = shell("sh", "-c", f'eval "$VARIABLES"; exec python "{SCRIPTS}/publish.py" live 2')
        assert done.returncode == 0, done.stderr
        # a second one, in a terminal where the first one's are set, doesn't make a bundle of bundles
        bundle = shell.home / ".local/state/pulumi-mturk/bundle.pem"
        size = bundle.stat().st_size
        again = subprocess.Popen(
            ["sh", "-c", f'eval "$VARIABLES"; exec "{BIN}/pulumi-mturk" marketplace --proxy --database second.db'],
            env=shell.environment,
            cwd=shell.home,
            stdout=subprocess.PIPE,
        )
        assert again.stdout is not None
        assert again.stdout.readline().startswith(b"Proxy listening on")
        again.terminate()
        again.communicate(timeout=60)
        assert bundle.stat().st_size == size
        process.terminate()
        assert process.communicate(timeout=60)[0] == ""
    assert process.returncode == 0
    with Marketplace.open(database, create=False) as production:
        assert len(production.summary().hits) == 2


@pytest.mark.slow
def test_the_sandbox_alone_is_one_file_and_production_is_out_of_reach(shell: Shell, database: Path) -> None:
    options = ("--sandbox", "--database", database)
    done = shell.run("python", SCRIPTS / "publish.py", "sandbox", "1", options=options)
    assert (done.returncode, done.stderr) == (0, f"pulumi-mturk: sandbox is {database}\n")
    with Marketplace.open(database, create=False) as sandbox:
        assert len(sandbox.summary().hits) == 1
    assert shell.run("python", "-c", BALANCE, options=options).stdout == "10000.00\n"  # it names no address
    live = shell.run("python", SCRIPTS / "publish.py", "live", "1", options=options)
    assert live.returncode == 1
    host = "mturk-requester.us-east-1.amazonaws.com"
    assert f"pulumi-mturk: refused {host}: only the sandbox is here; without --sandbox" in live.stderr


@pytest.mark.slow
def test_a_program_without_keys_or_with_a_wrong_one_fails_as_at_aws(shell: Shell) -> None:
    options = ("--keep-keys", "--switch", "access_keys=AKIAEXAMPLE")
    without = shell.run("python", "-c", BALANCE, options=options)
    assert "NoCredentialsError" in without.stderr
    key = {"AWS_SECRET_ACCESS_KEY": "any", "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE"}
    assert shell.run("python", "-c", BALANCE, options=options, more=key).stdout == "10000.00\n"
    wrong = shell.run("python", "-c", BALANCE, options=options, more=key | {"AWS_ACCESS_KEY_ID": "AKIAOTHER"})
    assert (
        "An error occurred (UnrecognizedClientException) when calling the GetAccountBalance operation: "
        "The security token included in the request is invalid."
    ) in wrong.stderr


@pytest.mark.slow
def test_faults_are_for_this_run(shell: Shell, database: Path) -> None:
    options = ("--database", database, "--fault", "access_denied:GetAccountBalance")
    assert "AccessDeniedException" in shell.run("python", "-c", BALANCE, options=options).stderr
    assert shell.said("python", "-c", BALANCE, options=("--database", database)) == "10000.00"


KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIAEXAMPLEREAL",
    "AWS_SECRET_ACCESS_KEY": "EXAMPLESECRET",
    "AWS_SESSION_TOKEN": "EXAMPLETOKEN",
}


@pytest.mark.slow
def test_that_the_command_gets_real_keys_is_said_without_their_values(shell: Shell) -> None:
    done = shell.run("python", "-c", BALANCE, more=KEYS)
    assert done.stdout == "10000.00\n"
    assert re.fullmatch(
        r"pulumi-mturk: python gets your AWS keys, from the variable AWS_ACCESS_KEY_ID; .*\n", done.stderr
    )
    assert not any(value in done.stderr for value in KEYS.values())
    (shell.home / ".aws").mkdir()
    (shell.home / ".aws/credentials").write_text("[default]\naws_access_key_id = kept\naws_secret_access_key = kept\n")
    assert "from the AWS profile;" in shell.run("true").stderr
    (shell.home / ".aws/credentials").unlink()
    assert shell.run("true").stderr == ""
    assert shell.run("true", more=KEYS | {"AWS_ACCESS_KEY_ID": "example"}).stderr == ""  # those that a proxy prints


@pytest.mark.slow
@pytest.mark.parametrize("option", [(), ("--keep-keys",)])
def test_real_keys_can_be_kept_from_the_command(shell: Shell, option: tuple[str, ...]) -> None:
    (shell.home / ".aws").mkdir()
    (shell.home / ".aws/credentials").write_text("[team]\naws_access_key_id = kept\naws_secret_access_key = kept\n")
    (shell.home / ".aws/config").write_text("[profile team]\nregion = eu-west-1\n")
    options = ("--without-aws-credentials", *option)
    program = (
        "import boto3, json, os\n"
        "session = boto3.Session()\n"
        "keys = session.get_credentials()\n"
        "print(json.dumps([keys and [keys.access_key, keys.token], session.available_profiles, session.region_name]))\n"
        "print(json.dumps(dict(os.environ)))\n"
    )
    for more in (KEYS, {"AWS_PROFILE": "team"}, KEYS | {"AWS_DEFAULT_REGION": "eu-west-1"}):
        done = shell.run("python", "-c", program, more=more, options=options)
        assert (done.returncode, done.stderr) == (0, "")
        found, environment = map(json.loads, done.stdout.splitlines())
        assert found == [None if option else ["example", None], [], more.get("AWS_DEFAULT_REGION", "us-east-1")]
        assert not set(KEYS.values()) & set(environment.values())
        assert "AWS_PROFILE" not in environment


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_what_a_killed_run_left_is_cleaned_by_the_next(shell: Shell, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    shell.environment["TMPDIR"] = str(temporary)
    # a child that ignores SIGTERM, and a grandchild that does not
    program = "trap '' TERM; sleep 60 & echo $$ $!; while :; do sleep 1; done"
    command: list[str | Path] = [BIN / "pulumi-mturk", "run", "--", "bash", "-c", program]
    with subprocess.Popen(command, env=shell.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        left = [int(number) for number in process.stdout.readline().split()]
        (folder,) = temporary.iterdir()
        alive = shell.run("true")  # beside one that is alive
        assert (alive.stderr, folder.exists(), process.poll()) == ("", True, None)
        process.kill()
        process.wait(10)
        assert all(Path(f"/proc/{number}").exists() for number in left)
        nested = shell.run("true", more={"SSL_CERT_FILE": str(folder / "bundle.pem")})  # by the command itself
        assert (nested.returncode, folder.exists()) == (0, True)
        (temporary / "pulumi-mturk-run-new").mkdir()  # being made
        done = shell.run("true")
    assert done.returncode == 0
    for number in left:
        assert f"ended process {number} of a run that was killed" in done.stderr
        state = Path(f"/proc/{number}/stat")
        assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"
    assert [path.name for path in temporary.iterdir()] == ["pulumi-mturk-run-new"]


def test_a_database_with_accounts_is_run_by_a_key_of_one_of_them(shell: Shell, database: Path) -> None:
    with Marketplace.open(database) as marketplace:
        made = marketplace.accounts.add_key("study")
    options = ("--database", database)
    none = shell.run("python", "-c", BALANCE, options=options)
    assert (none.returncode, none.stdout) == (2, "")
    assert "error: The database has accounts, so calls have to be signed by a key of one of them" in none.stderr
    keys = {"AWS_ACCESS_KEY_ID": made.key_id, "AWS_SECRET_ACCESS_KEY": made.secret}
    done = shell.run("python", "-c", BALANCE, options=options, more=keys)
    assert (done.returncode, done.stdout) == (0, "10000.00\n")
    wrong = shell.run("python", "-c", BALANCE, options=options, more=keys | {"AWS_SECRET_ACCESS_KEY": "x"})
    assert "InvalidSignatureException" in wrong.stderr
