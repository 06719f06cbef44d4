"""Who is let in: boto3 and raw requests over HTTP and the proxy, with an account's key or what passes for one."""

from __future__ import annotations

import json
import time
from contextlib import closing
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config

from pulumi_mturk.marketplace import Marketplace, MarketplaceError, Server
from pulumi_mturk.marketplace.proxy.certificate_authority import HOSTS, open_certificate_authority
from pulumi_mturk.marketplace.proxy.https_proxy import Proxy
from tests.support.marketplace.api_calls import Refusal, refusal
from tests.support.marketplace.hostile_requests import exchange
from tests.support.marketplace.signed_requests import TARGET, raw, signed_headers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace.domain.accounts import NewAccessKey

BODY: Final = b'{"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}'
UNKNOWN: Final = Refusal("UnrecognizedClientException", "The security token included in the request is invalid.", None)
MISMATCH: Final = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
WRONG: Final = Refusal("InvalidSignatureException", MISMATCH, None)


@pytest.fixture
def key(marketplace: Marketplace) -> NewAccessKey:
    marketplace.accounts.add("Lab")
    return marketplace.accounts.add_key("Lab")


@pytest.fixture
def client(server: Server, key: NewAccessKey) -> Iterator[MTurkClient]:
    with closing(connected(server, key.key_id, key.secret)) as client:
        yield client


def connected(server: Server, key_id: str, secret: str, **more: Any) -> MTurkClient:
    return boto3.client(
        "mturk",
        **{"region_name": "us-east-1", "endpoint_url": server.url} | more,
        aws_access_key_id=key_id,
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}),
    )


def signed(server: Server, key: NewAccessKey, body: bytes = BODY, **how: Any) -> dict[str, str]:
    headers = {"Host": urlsplit(server.url).netloc, "X-Amz-Target": f"{TARGET}CreateWorkerBlock"}
    return signed_headers(key.key_id, key.secret, headers, body, when=how.pop("when", time.time()), **how)


def status_and_kind(server: Server, request: bytes) -> tuple[int, str]:
    head, _, content = exchange(server.url, request).partition(b"\r\n\r\n")
    try:
        kind = json.loads(content).get("__type", "")
    except ValueError:
        kind = ""
    return int(head.split()[1] if head else 0), kind


def blocks(marketplace: Marketplace, account: int) -> list[str]:
    with marketplace.reading() as ctx:
        rows = ctx.db.execute("SELECT worker_id FROM blocks WHERE account = ? ORDER BY sequence", (account,)).fetchall()
    return [row[0] for row in rows]


def test_boto3_calls_as_the_account_of_its_key(client: MTurkClient, marketplace: Marketplace) -> None:
    client.create_worker_block(WorkerId="A1EXAMPLEWORKER", Reason="r")
    assert [block["WorkerId"] for block in client.list_worker_blocks()["WorkerBlocks"]] == ["A1EXAMPLEWORKER"]
    assert (blocks(marketplace, 2), blocks(marketplace, 1)) == (["A1EXAMPLEWORKER"], [])


def test_within_the_process_the_first_account_calls_unsigned(marketplace: Marketplace, key: NewAccessKey) -> None:
    headers = {"X-Amz-Target": f"{TARGET}CreateWorkerBlock"}
    assert marketplace.answer("POST", "/", headers, BODY, account=1).status == 200
    assert marketplace.handle("POST", "/", headers, BODY).status == 400
    assert (blocks(marketplace, 2), blocks(marketplace, 1)) == ([], ["A1EXAMPLEWORKER"])


@pytest.mark.parametrize("configured", ["account", "key"])
def test_an_account_or_a_key_that_ever_was_is_enough_for_a_running_server_to_take_no_other(
    server: Server, marketplace: Marketplace, configured: str
) -> None:
    with closing(connected(server, "example", "example")) as anybody:
        assert anybody.get_account_balance()["AvailableBalance"] == "10000.00"
        if configured == "account":
            marketplace.accounts.add("Lab")
            marketplace.accounts.close("Lab")
        else:
            marketplace.accounts.revoke_key(marketplace.accounts.add_key("local").key_id)
        assert refusal(anybody.get_account_balance) == UNKNOWN


def test_a_wrong_secret_an_unknown_id_a_revoked_key_and_a_closed_account(
    server: Server, marketplace: Marketplace, key: NewAccessKey
) -> None:
    second = marketplace.accounts.add_key("Lab")
    with closing(connected(server, key.key_id, second.secret)) as mixed:
        assert refusal(mixed.get_account_balance) == WRONG
    with closing(connected(server, f"{key.key_id[:-1]}-", key.secret)) as strange:
        assert refusal(strange.get_account_balance) == UNKNOWN
    with closing(connected(server, "AKIAEXAMPLEEXAMPLE00", key.secret)) as unknown:
        assert refusal(unknown.get_account_balance) == UNKNOWN
    with (
        closing(connected(server, key.key_id, key.secret)) as first,
        closing(connected(server, second.key_id, second.secret)) as other,
    ):
        marketplace.accounts.revoke_key(key.key_id)
        assert refusal(first.get_account_balance) == UNKNOWN
        assert other.get_account_balance()["AvailableBalance"] == "10000.00"
        marketplace.accounts.close("Lab")
        assert refusal(other.get_account_balance) == UNKNOWN


def test_another_region_is_told_which_is_right(server: Server, key: NewAccessKey) -> None:
    with closing(connected(server, key.key_id, key.secret, region_name="eu-west-1")) as client:
        assert refusal(client.get_account_balance) == Refusal(
            "InvalidSignatureException", "Credential should be scoped to a valid region: 'us-east-1'.", None
        )


def test_no_signature_is_none_whatever_the_switch_says(
    server: Server, marketplace: Marketplace, key: NewAccessKey
) -> None:
    marketplace.set_switches(access_keys=key.key_id)
    headers = {"Host": "localhost", "X-Amz-Target": f"{TARGET}CreateWorkerBlock"}
    assert status_and_kind(server, raw(headers, BODY)) == (400, "MissingAuthenticationTokenException")
    claimed = f"AWS4-HMAC-SHA256 Credential={key.key_id}/20261126/us-east-1/mturk-requester/aws4_request"
    assert status_and_kind(server, raw(headers | {"Authorization": claimed}, BODY)) == (
        400,
        "IncompleteSignatureException",
    )
    assert blocks(marketplace, 2) == []


def test_a_signature_of_another_body_or_hour_is_refused(
    server: Server, marketplace: Marketplace, key: NewAccessKey
) -> None:
    headers = signed(server, key)
    assert status_and_kind(server, raw(headers, BODY)) == (200, "")
    assert status_and_kind(server, raw(headers, BODY)) == (200, "")  # AWS keeps no list either (as far as is known)
    other = BODY.replace(b"A1", b"A2")
    assert status_and_kind(server, raw(headers, other)) == (400, "InvalidSignatureException")
    for when in (time.time() - 310, time.time() + 310):
        assert status_and_kind(server, raw(signed(server, key, when=when), BODY)) == (400, "InvalidSignatureException")
    assert blocks(marketplace, 2) == ["A1EXAMPLEWORKER"]


def test_signatures_go_by_the_machines_time_not_by_the_marketplaces(
    server: Server, marketplace: Marketplace, client: MTurkClient
) -> None:
    marketplace.advance(86_400)
    answer = client.get_account_balance()["ResponseMetadata"]["HTTPHeaders"]
    # Some clients sign by the time of the last answer.
    assert abs(parsedate_to_datetime(answer["date"]).timestamp() - time.time()) < 60


def test_every_byte_of_a_signed_request_counts(server: Server, marketplace: Marketplace, key: NewAccessKey) -> None:
    request = raw(signed(server, key), BODY)
    head, _, _ = request.partition(b"\r\n\r\n")
    name_places = set()
    start = 0
    for line in head.split(b"\r\n"):
        if start:
            name_places |= set(range(start, start + line.index(b":")))
        start += len(line) + 2
    unsigned = set(range(request.index(b" HTTP/"), request.index(b"\r\n") + 2)) | {request.index(b" ")}
    taken = []
    for place in sorted(set(range(len(request))) - unsigned):
        for bit in (0x01, 0x20, 0x80):
            flipped = bytearray(request)
            flipped[place] ^= bit
            if status_and_kind(server, bytes(flipped))[0] == 200:
                taken.append((place, bit))
    # A header's name is the same in either case.
    assert taken == [(place, 0x20) for place in sorted(name_places) if chr(request[place]).isalpha()]
    assert blocks(marketplace, 2) == ["A1EXAMPLEWORKER"]
    assert blocks(marketplace, 1) == []


def test_a_request_that_ends_early_is_not_carried_out(server: Server, marketplace: Marketplace) -> None:
    headers = {"Host": "localhost", "X-Amz-Target": f"{TARGET}CreateWorkerBlock"}
    request = raw(headers, BODY).replace(f"Content-Length: {len(BODY)}".encode(), b"Content-Length: 99")
    assert status_and_kind(server, request) == (0, "")
    assert blocks(marketplace, 1) == []


def test_a_key_that_calls_too_often_waits_and_others_do_not(
    server: Server, marketplace: Marketplace, key: NewAccessKey
) -> None:
    marketplace.accounts.limit(5)
    other = marketplace.accounts.add_key("Lab")
    answers = [status_and_kind(server, raw(signed(server, key), BODY)) for _ in range(12)]
    assert set(answers) == {(200, ""), (400, "ThrottlingException")}
    assert 5 <= answers.count((200, "")) <= 10
    assert answers[:5] == [(200, "")] * 5
    with closing(connected(server, other.key_id, other.secret)) as beside:
        assert beside.get_account_balance()["AvailableBalance"] == "10000.00"


def test_a_key_says_by_the_hour_when_it_was_used_last(
    client: MTurkClient, marketplace: Marketplace, key: NewAccessKey
) -> None:
    assert marketplace.accounts.keys("Lab")[0].last_used is None
    client.get_account_balance()
    used = marketplace.accounts.keys("Lab")[0].last_used
    assert used is not None
    assert used % 3600 == 0
    assert 0 <= time.time() - used < 3700


def test_the_proxy_verifies_too(marketplace: Marketplace, key: NewAccessKey, tmp_path: Path) -> None:
    authority = open_certificate_authority(tmp_path / "authority")
    bundle = tmp_path / "bundle.pem"
    bundle.write_bytes(authority.certificates_pem)
    with Proxy(dict.fromkeys(HOSTS.values(), marketplace), authority) as proxy:

        def client(secret: str) -> MTurkClient:
            return boto3.client(
                "mturk",
                region_name="us-east-1",
                aws_access_key_id=key.key_id,
                aws_secret_access_key=secret,
                verify=str(bundle),
                config=Config(retries={"total_max_attempts": 1}, proxies={"https": proxy.url}),
            )

        with closing(client(key.secret)) as right, closing(client("x")) as wrong:
            right.create_worker_block(WorkerId="A1EXAMPLEWORKER", Reason="r")
            assert refusal(wrong.get_account_balance) == WRONG
    assert (blocks(marketplace, 2), blocks(marketplace, 1)) == (["A1EXAMPLEWORKER"], [])


@pytest.mark.parametrize("host", ["0.0.0.0", "", "192.0.2.1", "panel.example"])  # noqa: S104 - refused
def test_without_accounts_a_server_is_for_this_machine_alone(
    marketplace: Marketplace, host: str, tmp_path: Path
) -> None:
    with pytest.raises(MarketplaceError, match="takes any access key"):
        Server(marketplace, host)
    with pytest.raises(MarketplaceError, match="takes any access key"):
        Server(marketplace, behind_proxy=True)
    authority = open_certificate_authority(tmp_path / "authority")
    with pytest.raises(MarketplaceError, match="takes any access key"):
        Proxy(dict.fromkeys(HOSTS.values(), marketplace), authority, host)


def test_accounts_or_a_word_open_it(marketplace: Marketplace) -> None:
    everywhere = "0.0.0.0"  # noqa: S104 - the point
    Server(marketplace, everywhere, is_open=True).close()
    marketplace.accounts.add("Lab")
    Server(marketplace, everywhere).close()


def test_a_server_does_not_start_without_the_key_to_its_keys(
    database: Path, key: NewAccessKey, marketplace: Marketplace
) -> None:
    path = database.with_name("local.db.key")
    kept = path.read_bytes()
    for content in (None, b"", b"x", b"A" * 43 + b"="):
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        with Marketplace.open(database) as opened, pytest.raises(MarketplaceError, match="key"):
            Server(opened)
    path.write_bytes(kept)
    with Marketplace.open(database) as opened:
        Server(opened).close()


def test_the_host_that_a_proxy_names_counts_only_where_one_is_there(
    marketplace: Marketplace, key: NewAccessKey
) -> None:
    headers = {"Host": "panel.example", "X-Amz-Target": f"{TARGET}CreateWorkerBlock"}
    sent = signed_headers(key.key_id, key.secret, headers, BODY, when=time.time())
    forwarded = raw({**sent, "Host": "127.0.0.1", "X-Forwarded-Host": "evil.example, panel.example"}, BODY)
    with Server(marketplace, allowed_hosts=["panel.example"]) as plain:
        assert status_and_kind(plain, raw(sent, BODY)) == (200, "")
        assert status_and_kind(plain, forwarded) == (400, "InvalidSignatureException")
    with Server(marketplace, allowed_hosts=["panel.example"], behind_proxy=True) as behind:
        assert status_and_kind(behind, forwarded) == (200, "")
        assert status_and_kind(behind, forwarded.replace(b", panel.example", b", other.example"))[0] == 421
