"""What differs between systems: here Windows is played, by what it lacks.

Modules and functions that POSIX alone has are taken away once all other packages are loaded. That shows that nothing of
ours needs them, not that Windows does what it should: docs/platforms.md says what was never run.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# What of the standard library Windows does not have (and we, or a module of ours to come, could use).
PLAY_WINDOWS = """
import asyncio, concurrent.futures, getpass, http.server, importlib, logging.handlers, multiprocessing, pkgutil, \
    platform, shutil, signal, socketserver, sqlite3, ssl, subprocess, sys, tempfile, venv, webbrowser, os
import boto3, botocore.httpsession, cryptography, flask, lxml.etree, pulumi, pulumi.dynamic, pycountry, pydantic, \
    pydantic.fields, rich.console, trustme, typer, werkzeug.serving, yaml

for name in ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
for name in ("SIGHUP", "SIGKILL", "SIGQUIT", "SIGSTOP", "SIGUSR1", "SIGUSR2", "pthread_sigmask", "sigwait"):
    delattr(signal, name)
for name in ("chown", "fork", "fchmod", "geteuid", "getpgrp", "getuid", "killpg", "setsid", "tcgetpgrp", "umask"):
    if hasattr(os, name):
        delattr(os, name)
"""
POSIX_ALONE = {"pulumi_mturk.cli.attended", "pulumi_mturk.cli.run_folder"}
ALL_MODULES = f"""
import pulumi_mturk

for module in pkgutil.walk_packages(pulumi_mturk.__path__, "pulumi_mturk."):
    if not module.name.endswith("__main__") and module.name not in {POSIX_ALONE!r}:
        importlib.import_module(module.name)
"""
EMBEDDED = """
import pathlib
from pulumi_mturk.provider.embedded import Embedded
with Embedded("local.db") as place:
    place.database_id(create=True)
    client = boto3.client("mturk", "us-east-1", aws_access_key_id="example", aws_secret_access_key="example")
    place.attach(client)
    made = client.create_qualification_type(Name="Reader", Description="Reads on.", QualificationTypeStatus="Active")
print(made["QualificationType"]["QualificationTypeId"])
"""
SERVED = """
from pulumi_mturk import cli
sys.exit(cli.main(["marketplace", "--database", "served.db", "--port", "0"]))
"""
RUN = """
from pulumi_mturk import cli
sys.exit(cli.main(["run", "--", "python", "publish.py"]))
"""
STOPPED = """
from pulumi_mturk import cli
sys.exit(cli.main(["marketplace", "--database", "local.db", "--fault", "stop_before:CreateHIT"]))
"""


def windows(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What becomes of a program on a system like Windows."""
    return subprocess.run(
        [sys.executable, "-c", PLAY_WINDOWS + program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_every_module_but_two_needs_nothing_of_posix(tmp_path: Path) -> None:
    done = windows(ALL_MODULES, tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_embedded_marketplace_answers(tmp_path: Path) -> None:
    done = windows(EMBEDDED, tmp_path)
    assert done.stdout.startswith("LOCAL"), done.stderr


@pytest.mark.slow
def test_a_marketplace_is_served_until_a_signal_ends_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PLAY_WINDOWS + SERVED]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("Marketplace listening on http://127.0.0.1:")
        server.terminate()
        assert server.wait(timeout=30) == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "said"), [(RUN, "does not run on Windows"), (STOPPED, "can't stop a process")], ids=["run", "stop"]
)
def test_what_does_not_work_there_says_so(tmp_path: Path, program: str, said: str) -> None:
    done = windows(program, tmp_path)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pipe_with_few_characters_gets_escapes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pulumi_mturk.cli", "explain", "--all"],
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()


# Text of a file is UTF-8 on every system only where that is said.
def test_every_text_file_is_opened_with_its_encoding() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--preview", "--select", "PLW1514", "pulumi_mturk"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
