"""What fails for good, or for long: one sentence with operation, how long it was tried, cause and next step."""

import datetime
import ipaddress
import socket
import ssl
from collections.abc import Callable
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import AccessDeniedError, ApiError, UnavailableError, UnreachableError
from pulumi_mturk.api.lost_creates import Look
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.provider.configuration import Configuration
from tests.support.canned_server import CannedServer, refused, said
from tests.support.core import Clock
from tests.support.inputs import CALL_OF_TYPE, WORKER

# What a look before the call has seen.
NOBODY = Look(None, None)

TYPE_ID = "3EXAMPLEQUALIFICATIONTYPE00001"


class Failing:
    """A client, the failure of a call of it, and how long that took."""

    def __init__(
        self,
        url: str,
        call: Callable[[Client], object] = lambda client: client.get_qualification_type(TYPE_ID),
        **keys: Any,
    ) -> None:
        clock = Clock()
        settings = Configuration(endpoint_url=url, **keys)
        with pytest.raises(ApiError) as caught:
            call(Client(settings, retry=Retry(settings.operation_timeout_seconds, clock=clock, sleep=clock.sleep)))
        self.error = caught.value
        self.text = str(caught.value)
        self.pauses = clock.pauses
        self.seconds = clock.now - 1000


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    return monkeypatch


# No connection


@pytest.mark.parametrize(
    ("code", "step", "tries_again"),
    [(socket.EAI_NONAME, "there is no such name", False), (socket.EAI_AGAIN, "no name server answers", True)],
)
def test_a_name_that_is_not_there_is_not_looked_up_again(
    monkeypatch: pytest.MonkeyPatch, code: int, step: str, tries_again: bool
) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(code, "Words of libc")

    monkeypatch.setattr(socket, "getaddrinfo", failing)
    failed = Failing("http://panel.example")
    assert isinstance(failed.error, UnreachableError)
    assert failed.text.startswith("GetQualificationType: ")
    assert step in failed.text
    assert "mturk:endpointUrl" in failed.text
    assert bool(failed.pauses) == tries_again
    assert ("within 30 s" in failed.text) == tries_again


def test_where_nobody_listens_it_is_tried_for_half_a_minute_and_the_setting_is_the_address() -> None:
    failed = Failing("http://127.0.0.1:1")
    assert "within 30 s)" in failed.text
    assert "mturk:endpointUrl" in failed.text
    assert "operationTimeoutSeconds" not in failed.text


def tls(folder: Path, *, name: str = "127.0.0.1", days: int = 1) -> ssl.SSLContext:
    """A server's side, with a certificate that nobody has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=10))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def test_a_certificate_that_is_not_trusted_is_not_tried_again(credentials: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with CannedServer({"*": said({})}, tls(tmp_path)) as server:
        failed = Failing(server.url, environment="production")
    assert isinstance(failed.error, UnreachableError)
    assert failed.pauses == []
    assert "the certificate is not trusted: let AWS_CA_BUNDLE name" in failed.text
    assert "operationTimeoutSeconds" not in failed.text


@pytest.mark.parametrize(
    ("certificate", "step"),
    [({"days": -1}, "the certificate has expired"), ({"name": "127.0.0.2"}, "the certificate is for another")],
)
def test_a_trusted_certificate_with_a_fault_says_which(
    credentials: pytest.MonkeyPatch, tmp_path: Path, certificate: dict[str, Any], step: str
) -> None:
    credentials.setenv("AWS_CA_BUNDLE", str(tmp_path / "certificate.pem"))
    with CannedServer({"*": said({})}, tls(tmp_path, **certificate)) as server:
        failed = Failing(server.url, environment="production")
    assert step in failed.text
    assert "AWS_CA_BUNDLE" in failed.text, "it says which are trusted"
    assert failed.pauses == []


@pytest.mark.parametrize(
    "greeting",
    [b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", bytes.fromhex("15030300020228")],
    ids=["no TLS", "a failed handshake"],
)
def test_a_server_without_tls_is_told_from_one_that_is_not_there(greeting: bytes) -> None:
    with CannedServer({}) as server:
        server.answers["*"] = b""
        server.greeting = greeting
        failed = Failing(server.url.replace("http:", "https:"))
    assert "does not speak TLS" in failed.text
    assert failed.pauses == []


def test_a_proxy_that_refuses_is_named_and_not_asked_again(credentials: pytest.MonkeyPatch) -> None:
    with CannedServer({"*": b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"}) as proxy:
        credentials.setenv("HTTPS_PROXY", proxy.url)
        failed = Failing("https://panel.example", environment="production")
    assert isinstance(failed.error, UnreachableError)
    assert "the proxy refuses" in failed.text
    assert "HTTPS_PROXY" in failed.text
    assert failed.pauses == []


# Refusals that no repeat changes


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("ExpiredTokenException", "renew them"),
        ("ExpiredToken", "renew them"),
        ("AccessDeniedException", "let IAM allow mechanicalturk:GetQualificationType"),
        ("UnrecognizedClientException", "the access key is not known there"),
        ("InvalidSignatureException", "the secret access key belongs to the access key"),
        ("MissingAuthenticationTokenException", "give credentials as for any AWS tool"),
        ("InsufficientFunds", "add funds"),
        ("ServiceQuotaExceededException", "ask AWS to raise it"),
        ("LimitExceededException", "ask AWS to raise it"),
    ],
)
def test_a_refusal_says_what_to_do_and_is_not_repeated(code: str, step: str) -> None:
    with CannedServer({"*": refused(code, "Words of the service.")}) as server:
        failed = Failing(server.url)
        assert len(server.called) == 1
    assert failed.text.startswith(f"GetQualificationType: Words of the service. [{code}]; ")
    assert step in failed.text


@pytest.mark.parametrize(("minutes", "word"), [(-14, "ahead"), (14, "behind")])
def test_a_clock_that_is_wrong_is_named_with_how_much(minutes: int, word: str) -> None:
    theirs = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=minutes)
    headers = {"Date": format_datetime(theirs, usegmt=True)}
    refusal = refused("InvalidSignatureException", "Signature expired: 20261126T0304Z is now earlier.", headers=headers)
    with CannedServer({"*": refusal}) as server:
        failed = Failing(server.url)
    assert isinstance(failed.error, AccessDeniedError)
    assert f"s {word}: set it" in failed.text
    assert abs(float(failed.text.partition("clock is ")[2].partition(" s")[0]) - 840) < 10


# What lasts


FAULT = refused("ServiceFault", "Try your call again.", status=500)


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("CreateWorkerBlock", lambda client: client.create_worker_block(WORKER, "Words.")),
        (
            "CreateQualificationType",
            lambda client: client.create_qualification_type(NOBODY, unique_name=True, **CALL_OF_TYPE),
        ),
        (
            "AssociateQualificationWithWorker",
            lambda client: client.grant(TYPE_ID, WORKER, 1, send_notification=True),
        ),
    ],
)
def test_a_fault_that_lasts_names_the_call_that_may_have_taken_effect_within_one_deadline(
    operation: str, call: Callable[[Client], object]
) -> None:
    with CannedServer({"*": FAULT}) as server:
        failed = Failing(server.url, call)
        assert server.called.count(operation) == 1, "it was not looked up, so it is not repeated"
        assert len(set(server.called)) == 2
    assert (type(failed.error), failed.error.operation) == (UnavailableError, operation)
    assert failed.text.startswith(f"{operation}: Try your call again. [ServiceFault]; it may have taken effect")
    assert "could not be looked up" in failed.text
    assert failed.seconds <= 600


def test_a_fault_of_the_call_alone_is_looked_up_each_time_within_one_deadline() -> None:
    with CannedServer({"*": FAULT, "ListWorkerBlocks": said({"WorkerBlocks": []})}) as server:
        failed = Failing(server.url, lambda client: client.create_worker_block(WORKER, "Words."))
        assert server.called.count("ListWorkerBlocks") == server.called.count("CreateWorkerBlock") - 1
    assert failed.error.operation == "CreateWorkerBlock"
    assert "within 600 s; see mturk:operationTimeoutSeconds)" in failed.text
    assert failed.text.endswith("it may have taken effect, which the next run finds out")
    assert failed.seconds <= 600


def test_a_look_up_that_is_refused_leaves_the_call_open() -> None:
    denied = refused("AccessDeniedException", "No listing for you.")
    with CannedServer({"CreateWorkerBlock": FAULT, "ListWorkerBlocks": denied}) as server:
        failed = Failing(server.url, lambda client: client.create_worker_block(WORKER, "Words."))
        assert server.called == ["CreateWorkerBlock", "ListWorkerBlocks"]
    assert failed.error.operation == "CreateWorkerBlock"
    assert "let IAM allow mechanicalturk:ListWorkerBlocks" in failed.text


def test_an_outage_after_long_throttling_has_its_own_patience() -> None:
    clock = Clock()
    answers = iter([refused("ThrottlingException", headers={"Retry-After": "100"})])
    after = iter([b"", b"", said({"WorkerBlocks": []})])
    with CannedServer({"*": lambda connection: connection.sendall(next(answers, None) or next(after))}) as server:
        client = Client(Configuration(endpoint_url=server.url), retry=Retry(clock=clock, sleep=clock.sleep))
        assert client.list_worker_blocks() == {}
    assert clock.now > 1100
