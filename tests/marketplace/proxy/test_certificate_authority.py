from __future__ import annotations

import datetime
import socket
import ssl
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import trustme
from cryptography import x509

from pulumi_mturk.marketplace import MarketplaceError
from pulumi_mturk.marketplace.proxy.certificate_authority import (
    HOSTS,
    default_folder,
    make_certificate_authority,
    open_certificate_authority,
    write_private_file,
)

NOW = datetime.datetime.now(datetime.UTC)
PRODUCTION = "mturk-requester.us-east-1.amazonaws.com"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "authority"


def keep(folder: Path, made: datetime.datetime) -> bytes:
    """Have an authority in a folder that was made at some time; its certificate."""
    key, certificate = make_certificate_authority(made)
    folder.mkdir(parents=True, exist_ok=True)
    write_private_file(folder / "authority.pem", key + certificate)
    return certificate


def shaken_hands(context: ssl.SSLContext, certificates_pem: bytes, host: str) -> bool:
    """Whether a client that trusts these certificates takes a server for this host."""
    client = ssl.create_default_context(cadata=certificates_pem.decode())
    client.verify_flags |= ssl.VERIFY_X509_STRICT  # the default from Python 3.13 on
    here, there = socket.socketpair()
    with here, there:

        def serve() -> None:
            try:
                with context.wrap_socket(there, server_side=True):
                    pass
            except (ssl.SSLError, ConnectionError):
                pass

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            with client.wrap_socket(here, server_hostname=host):
                return True
        except ssl.SSLCertVerificationError:
            return False
        finally:
            here.close()
            thread.join()


def test_it_is_made_once_and_its_files_are_the_owners_alone(folder: Path) -> None:
    made = open_certificate_authority(folder)
    assert open_certificate_authority(folder) == made
    assert (folder / "ca.pem").read_bytes() == made.certificates_pem
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in ("authority.pem", "ca.pem")} == {0o600}
    assert b"PRIVATE KEY" not in (folder / "ca.pem").read_bytes()


@pytest.mark.parametrize("host", HOSTS)
def test_it_vouches_for_mturks_hosts(folder: Path, host: str) -> None:
    made = open_certificate_authority(folder)
    assert shaken_hands(made.ssl_context(), made.certificates_pem, host)
    assert not shaken_hands(made.ssl_context(), made.certificates_pem, "mturk-requester.eu-west-1.amazonaws.com")
    assert not shaken_hands(
        made.ssl_context(), open_certificate_authority(folder.with_name("other")).certificates_pem, host
    )


@pytest.mark.parametrize(
    "host", ["example.com", "s3.us-east-1.amazonaws.com", "mturk-requester.us-east-1.amazonaws.org"]
)
def test_not_even_its_key_can_vouch_for_another_host(folder: Path, host: str) -> None:
    made = open_certificate_authority(folder)
    stolen = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA.from_pem(made.certificates[0], made.key).issue_cert(host).configure_cert(stolen)
    assert not shaken_hands(stolen, made.certificates_pem, host)


@pytest.mark.parametrize("days", [366, 800])
def test_it_is_renewed_before_it_expires(folder: Path, days: int) -> None:
    old = keep(folder, NOW - datetime.timedelta(days=days))
    renewed = open_certificate_authority(folder)
    own = x509.load_pem_x509_certificate(renewed.certificates[0])
    assert own.not_valid_after_utc - NOW > datetime.timedelta(days=729)
    # a proxy that the old one signed may still run, as long as the old one is valid
    assert renewed.certificates[1:] == ((old,) if days == 366 else ())
    assert open_certificate_authority(folder) == renewed
    assert shaken_hands(renewed.ssl_context(), renewed.certificates_pem, PRODUCTION)


def test_a_young_one_is_kept(folder: Path) -> None:
    young = keep(folder, NOW - datetime.timedelta(days=364))
    assert open_certificate_authority(folder).certificates == (young,)


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nMIG=\n-----END PRIVATE KEY-----\n"]
)
def test_a_broken_one_is_made_anew(folder: Path, content: bytes) -> None:
    open_certificate_authority(folder)
    write_private_file(folder / "authority.pem", content)
    made = open_certificate_authority(folder)
    assert shaken_hands(made.ssl_context(), made.certificates_pem, PRODUCTION)


def test_a_key_without_its_certificate_is_made_anew(folder: Path) -> None:
    open_certificate_authority(folder)
    write_private_file(
        folder / "authority.pem", make_certificate_authority(NOW)[0] + make_certificate_authority(NOW)[1]
    )
    made = open_certificate_authority(folder)
    assert shaken_hands(made.ssl_context(), made.certificates_pem, PRODUCTION)


def test_a_key_that_others_could_read_is_not_used_again(folder: Path) -> None:
    exposed = open_certificate_authority(folder)
    (folder / "authority.pem").chmod(0o640)
    renewed = open_certificate_authority(folder)
    assert renewed.key != exposed.key
    assert exposed.certificates[0] not in renewed.certificates


def test_a_folder_that_can_not_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(MarketplaceError, match="can not be kept in"):
        open_certificate_authority(tmp_path / "file" / "folder")


def test_processes_that_start_at_once_have_the_same(folder: Path) -> None:
    program = (
        "import sys, pathlib;"
        "from pulumi_mturk.marketplace.proxy.certificate_authority import open_certificate_authority;"
        "print('ready', flush=True); sys.stdin.readline();"
        "sys.stdout.buffer.write(open_certificate_authority(pathlib.Path(sys.argv[1])).certificates_pem)"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(6)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    made = {process.communicate(timeout=60)[0] for process in processes}
    assert [process.returncode for process in processes] == [0] * 6
    assert made == {open_certificate_authority(folder).certificates_pem}
    assert sorted(path.name for path in folder.iterdir()) == [".lock", "authority.pem", "ca.pem"]


def test_it_lies_in_the_users_state_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "pulumi-mturk"
    for unset in ("", "relative"):  # which the specification says to ignore
        monkeypatch.setenv("XDG_STATE_HOME", unset)
        assert default_folder() == Path.home() / ".local/state/pulumi-mturk"
