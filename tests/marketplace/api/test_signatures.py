"""What a signature covers, against AWS's own vectors, botocore's signer, and requests that were changed on the way."""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.marketplace.api import signatures
from pulumi_mturk.marketplace.errors import WireError
from tests.support.marketplace.signed_requests import FORM, TARGET, signed_headers

KEY_ID: Final = "MTMPEXAMPLEEXAMPLE00"
SECRET: Final = "made-up/EXAMPLE+EXAMPLE"  # noqa: S105
NOW: Final = datetime(2026, 11, 26, 12, 0, 30, tzinfo=UTC).timestamp()
BODY: Final = b'{"WorkerId": "A1EXAMPLEWORKER", "Reason": "r"}'
HEADERS: Final = {
    "Host": "panel.example.org",
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Target": f"{TARGET}CreateWorkerBlock",
}
# From the test suite that AWS published for Signature Version 4: name, method, target, headers, body and signature.
SUITE_HEADERS: Final = {"host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z"}
SUITE_SECRET: Final = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"  # noqa: S105
SUITE_TIME: Final = datetime(2015, 8, 30, 12, 36, tzinfo=UTC).timestamp()
FORM_BODY: Final = b"Param1=value1"
SUITE: Final[tuple[tuple[str, str, list[tuple[str, str]], bytes, str], ...]] = (
    ("get-vanilla", "GET", [], b"", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    ("post-vanilla", "POST", [], b"", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    (
        "get-header-key-duplicate",
        "GET",
        [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
        b"",
        "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea",
    ),
    (
        "get-header-value-order",
        "GET",
        [("My-Header1", "value4"), ("My-Header1", "value1"), ("My-Header1", "value3"), ("My-Header1", "value2")],
        b"",
        "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01",
    ),
    (
        "get-header-value-trim",
        "GET",
        [("My-Header1", " value1"), ("My-Header2", ' "a   b   c"')],
        b"",
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
    ),
    (
        "post-header-key-sort",
        "POST",
        [("My-Header1", "value1")],
        b"",
        "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
    ),
    (
        "post-header-value-case",
        "POST",
        [("My-Header1", "VALUE1")],
        b"",
        "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
    ),
    (
        "post-x-www-form-urlencoded",
        "POST",
        [("Content-Type", "application/x-www-form-urlencoded")],
        FORM_BODY,
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
    ),
)


def suite_headers(more: list[tuple[str, str]], signature: str) -> dict[str, str]:
    headers = signatures.combined([*SUITE_HEADERS.items(), *more])
    signed = ";".join(sorted(headers))
    scope = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request"
    return headers | {
        "authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders={signed}, Signature={signature}"
    }


def verified(
    headers: dict[str, str], body: bytes = BODY, *, secret: str = SECRET, now: float = NOW, **more: Any
) -> str:
    """The key id of a request whose signature holds, else the refusal's kind."""
    try:
        method, target = more.pop("method", "POST"), more.pop("target", "/")
        claimed = signatures.read(method, target, signatures.combined(headers.items()), body, now, **more)
    except WireError as error:
        return error.kind if error.status == 400 else "not 400"
    return claimed.key_id if claimed.matches(secret) else "InvalidSignatureException"


def signed(headers: dict[str, str] | None = None, **how: Any) -> dict[str, str]:
    return signed_headers(KEY_ID, SECRET, headers or HEADERS, how.pop("body", BODY), when=how.pop("when", NOW), **how)


@pytest.mark.parametrize(("name", "method", "more", "body", "signature"), SUITE, ids=[each[0] for each in SUITE])
def test_the_vectors_that_aws_published(
    name: str, method: str, more: list[tuple[str, str]], body: bytes, signature: str
) -> None:
    headers = suite_headers(more, signature)
    how: dict[str, Any] = {"method": method, "now": SUITE_TIME, "service": "service", "secret": SUITE_SECRET}
    assert verified(headers, body, **how) == "AKIDEXAMPLE", name
    assert verified(headers, body + b" ", **how) == "InvalidSignatureException"


def test_a_query_is_none_of_a_call_though_its_signature_is_right() -> None:
    headers = suite_headers([], "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb")
    how: dict[str, Any] = {"method": "GET", "now": SUITE_TIME, "service": "service", "secret": SUITE_SECRET}
    assert verified(headers, b"", target="/?Param1=value1", **how) == "InvalidSignatureException"


names = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12).map(lambda name: f"my-{name}")
values = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=30)


@given(
    more=st.dictionaries(names, values, max_size=4), body=st.binary(max_size=200), secret=st.text("aZ09+/", min_size=1)
)
def test_what_botocore_signs_holds_whatever_the_headers_and_the_body_are(
    more: dict[str, str], body: bytes, secret: str
) -> None:
    headers = signed_headers(KEY_ID, secret, HEADERS | more, body, when=NOW)
    assert verified(headers, body, secret=secret) == KEY_ID
    assert verified(headers, body, secret=f"{secret}a") == "InvalidSignatureException"


@given(data=st.data())
def test_no_value_that_was_changed_is_taken(data: st.DataObject) -> None:
    headers = signed()
    name = data.draw(st.sampled_from([*sorted(headers), "body", "method", "target"]))
    if name == "body":
        assert verified(headers, data.draw(st.binary().filter(lambda body: body != BODY))) != KEY_ID
    elif name in ("method", "target"):
        was = {"method": "POST", "target": "/"}[name]
        other: dict[str, Any] = {name: data.draw(st.text(max_size=8).filter(lambda text: text != was))}
        assert verified(headers, **other) != KEY_ID
    else:
        place = data.draw(st.integers(0, len(headers[name]) - 1))
        char = data.draw(st.characters(max_codepoint=0xFF).filter(lambda char: char != headers[name][place]))
        changed = headers[name][:place] + char + headers[name][place + 1 :]
        assert verified(headers | {name: changed}) != KEY_ID


def test_a_header_that_is_sent_twice_is_what_was_signed_or_nothing() -> None:
    twice = signatures.combined([*signed().items(), ("x-amz-target", f"{TARGET}DeleteHIT")])
    assert not signatures.read("POST", "/", twice, BODY, NOW).matches(SECRET)


@pytest.mark.parametrize("more", ["X-Amz-Meta", "x-amz-user-agent"])
def test_a_header_of_amazons_that_nobody_has_signed_is_refused(more: str) -> None:
    assert verified(signed() | {more: "x"}) == "InvalidSignatureException"
    assert verified(signed({**HEADERS, more: "x"})) == KEY_ID
    assert verified(signed() | {"User-Agent": "x", "X-Amzn-Trace-Id": "Root=1"}) == KEY_ID


def test_a_hash_that_is_sent_is_that_of_the_body_that_came() -> None:
    right = hashlib.sha256(BODY).hexdigest()
    assert verified(signed(HEADERS | {"X-Amz-Content-SHA256": right})) == KEY_ID
    for wrong in ("UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", hashlib.sha256(b"").hexdigest(), ""):
        assert verified(signed(HEADERS | {"X-Amz-Content-SHA256": wrong})) == "InvalidSignatureException"
    assert verified(signed(HEADERS | {"X-Amz-Content-SHA256": right}), b"{}") == "InvalidSignatureException"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-300, None),
        (300, None),
        (-301, "Signature expired: 20261126T115529Z is now earlier than 20261126T115530Z (20261126T120030Z - 5 min.)"),
        (
            301,
            "Signature not yet current: 20261126T120531Z is still later than 20261126T120530Z "
            "(20261126T120030Z + 5 min.)",
        ),
        (-1_000_000, "Signature expired: "),
        (1_000_000, "Signature not yet current: "),
    ],
)
def test_a_signature_holds_for_five_minutes_each_way(seconds: int, text: str | None) -> None:
    headers = signed(when=NOW + seconds)
    if text is None:
        assert verified(headers) == KEY_ID
        return
    with pytest.raises(WireError) as caught:
        signatures.read("POST", "/", signatures.combined(headers.items()), BODY, NOW)
    assert (caught.value.kind, caught.value.message[: len(text)]) == ("InvalidSignatureException", text)


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ({"region": "eu-west-1"}, "Credential should be scoped to a valid region: 'us-east-1'."),
        ({"service": "sqs"}, "Credential should be scoped to correct service: 'mturk-requester'."),
    ],
)
def test_a_signature_is_for_this_service_in_its_one_region(how: dict[str, Any], text: str) -> None:
    with pytest.raises(WireError) as caught:
        signatures.read("POST", "/", signatures.combined(signed(**how).items()), BODY, NOW)
    assert (caught.value.kind, caught.value.message) == ("InvalidSignatureException", text)


PARTS: Final = signed()["Authorization"].removeprefix("AWS4-HMAC-SHA256 ").split(", ")
CREDENTIAL, SIGNED, SIGNATURE = PARTS
INCOMPLETE: Final = "IncompleteSignatureException"
INVALID: Final = "InvalidSignatureException"


@pytest.mark.parametrize(
    ("authorization", "kind"),
    [
        ("", "MissingAuthenticationTokenException"),
        ("   ", "MissingAuthenticationTokenException"),
        ("AWS4-HMAC-SHA256", INCOMPLETE),
        ("AWS4-HMAC-SHA256 ", INCOMPLETE),
        ("Basic dXNlcjpwYXNz", INCOMPLETE),
        ("Bearer x", INCOMPLETE),
        (f"AWS4-ECDSA-P256-SHA256 {', '.join(PARTS)}", INCOMPLETE),
        (f"aws4-hmac-sha256 {', '.join(PARTS)}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, {SIGNED}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {SIGNED}, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {', '.join(PARTS)}, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {', '.join(PARTS)}, Extra=1", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {', '.join(PARTS)},", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, {SIGNED}, {SIGNATURE.upper()}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, {SIGNED}, Signature={SIGNATURE[10:].upper()}", INVALID),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, {SIGNED}, {SIGNATURE}0", INVALID),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, SignedHeaders=Host;x-amz-date;x-amz-target, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, SignedHeaders=x-amz-target;x-amz-date;host, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, SignedHeaders=host;host;x-amz-date;x-amz-target, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, SignedHeaders=host;;x-amz-date;x-amz-target, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, SignedHeaders=x-amz-date;x-amz-target, {SIGNATURE}", INVALID),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, SignedHeaders=host;x-amz-target, {SIGNATURE}", INVALID),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, SignedHeaders=host;x-amz-date, {SIGNATURE}", INVALID),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}, SignedHeaders=absent;host;x-amz-date;x-amz-target, {SIGNATURE}", INVALID),
        (f"AWS4-HMAC-SHA256 Credential={KEY_ID}, {SIGNED}, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL}/x, {SIGNED}, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 Credential=/20261126/us-east-1/x/aws4_request, {SIGNED}, {SIGNATURE}", INCOMPLETE),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL.replace('20261126', '20261125')}, {SIGNED}, {SIGNATURE}", INVALID),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL.replace('aws4', 'aws5')}, {SIGNED}, {SIGNATURE}", INVALID),
        (f"AWS4-HMAC-SHA256 {CREDENTIAL.replace('P', '-')}, {SIGNED}, {SIGNATURE}", "UnrecognizedClientException"),
    ],
)  # fmt: skip
def test_only_one_form_of_the_header_is_taken(authorization: str, kind: str) -> None:
    assert verified(signed() | {"Authorization": authorization}) == kind


def test_the_longest_header_is_read_in_no_time() -> None:
    """It was read in a time that grew with the square of its length, in which no other request was answered."""
    begun = time.process_time()
    assert verified(signed() | {"Authorization": f"AWS4-HMAC-SHA256{' ' * 65_000}\xa0"}) == INCOMPLETE
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("separator", [",", ", ", " , "])
def test_the_parts_may_come_in_any_order(separator: str) -> None:
    headers = signed() | {"Authorization": f"AWS4-HMAC-SHA256  {separator.join((SIGNATURE, CREDENTIAL, SIGNED))}"}
    assert verified(headers) == KEY_ID


@pytest.mark.parametrize(
    "time", ["", "2026-11-26T12:00:30Z", "20261126T120030", "20261326T120030Z", "20261126T1200 0Z"]
)
def test_a_time_has_one_form(time: str) -> None:
    assert verified(signed() | {"X-Amz-Date": time}) == INCOMPLETE


def test_a_time_is_needed() -> None:
    headers = signed()
    del headers["X-Amz-Date"]
    assert verified(headers) == INCOMPLETE
    assert verified(headers | {"Date": datetime.fromtimestamp(NOW, UTC).strftime(FORM)}) == INCOMPLETE


def test_a_session_token_is_one_of_somebody_elses() -> None:
    assert verified(signed(HEADERS | {"X-Amz-Security-Token": "x"})) == "UnrecognizedClientException"


def test_a_presigned_query_is_no_signature() -> None:
    target = f"/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={KEY_ID}&X-Amz-Signature={'0' * 64}"
    assert verified({"Host": "x"}, target=target) == "MissingAuthenticationTokenException"


def test_no_refusal_repeats_what_it_was_given() -> None:
    canary = "CANARYcanary0123"
    for name, value in {
        "Authorization": f"AWS4-HMAC-SHA256 Credential={canary}/{canary}, Signature={canary}",
        "X-Amz-Date": canary,
        "X-Amz-Security-Token": canary,
        "X-Amz-Content-SHA256": canary,
    }.items():
        with pytest.raises(WireError) as caught:
            signatures.read("POST", "/", signatures.combined((signed() | {name: value}).items()), BODY, NOW)
        assert canary not in caught.value.message
