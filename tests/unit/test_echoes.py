"""Refusals that repeat what was sent, which is masked however it is written; and keys that can't be sent."""

import html
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.api import echoes
from pulumi_mturk.api.client import Client
from pulumi_mturk.api.errors import ApiError
from pulumi_mturk.api.retry import Retry
from pulumi_mturk.common.errors import ConfigurationError, MturkError
from pulumi_mturk.provider.configuration import Configuration
from tests.support.canned_server import CannedServer, refused
from tests.support.core import Clock

WORKER = "A1EXAMPLEWORKER"
REASON = 'Sold "their" account & shared <answers>\nwith the käufer 100 %'
ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: text,
    "lower": str.lower,
    "upper": str.upper,
    "json": lambda text: json.dumps(text)[1:-1],
    "json of any character": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "address": lambda text: quote(text, safe=""),
    "form": quote_plus,
    "address of any character": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "xml": html.escape,
    "xml of any character": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "xml in hexadecimal": lambda text: "".join(f"&#x{ord(char):X};" for char in text),
    "one line": lambda text: " ".join(text.split()),
    "cut off": lambda text: text[:14],
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("before", ["The value ", '{"value":"', "?value=", "\\n"])
def test_a_refusal_that_repeats_a_reason_or_a_worker_shows_neither(encoding: str, before: str) -> None:
    reason, worker = ENCODINGS[encoding](REASON), ENCODINGS[encoding](WORKER)
    words = f'{before}{reason}" of {before}{worker}" is not valid.'
    with CannedServer({"*": refused("ValidationException", words)}) as server:
        client = Client(Configuration(endpoint_url=server.url))
        with pytest.raises(ApiError) as caught:
            client.create_worker_block(WORKER, REASON)
    shown = str(caught.value)
    assert f'{before}(reason)" of {before}(worker)" is not valid.' in shown


@given(
    value=st.text(min_size=12, max_size=60).map(str.strip).filter(lambda text: len(text) >= 12),
    encoding=st.sampled_from(sorted(set(ENCODINGS) - {"cut off", "json of any character", "lower", "upper"})),
)
def test_whatever_a_reason_is_it_is_masked(value: str, encoding: str) -> None:
    assert echoes.masked(f"<{ENCODINGS[encoding](value)}>", {value: "(reason)"}) == "<(reason)>"


@pytest.mark.parametrize("value", ["no", "AX", "the"])
def test_a_short_value_is_masked_where_it_stands_alone(value: str) -> None:
    assert (
        echoes.masked(f"{value} {value}t x{value} ({value.upper()})", {value: "(x)"}) == f"(x) {value}t x{value} ((x))"
    )


def test_values_that_are_empty_or_blank_mask_nothing() -> None:
    assert echoes.masked("some words", {"": "(x)", "  ": "(y)"}) == "some words"
    assert echoes.secrets_of({"worker_id": None, "reason": ""}) == {}


@pytest.mark.parametrize("value", ["EXAMPLE\n", "EXAMPLE ", "EXA\x00MPLE", "EXÄMPLE", "\tEXAMPLE", "EXA MPLE"])
@pytest.mark.parametrize("variable", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"])
def test_a_key_that_can_not_be_sent_is_refused_at_once_without_its_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, value: str
) -> None:
    if "\x00" in value:
        value = value.replace("\x00", "\x7f")  # no variable holds a null
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "example")
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    monkeypatch.setenv(variable, value)
    clock = Clock()
    with CannedServer({}) as server:
        settings = Configuration(environment="production", endpoint_url=server.url)
        client = Client(settings, retry=Retry(clock=clock, sleep=clock.sleep))
        with pytest.raises(ConfigurationError) as caught:
            client.list_worker_blocks()
    assert server.called == []
    assert clock.pauses == []
    assert (caught.value.path, caught.value.diagnostics[0].code) == (variable, "MT613")
    assert "MPLE" not in str(caught.value)


def test_a_key_of_a_file_is_refused_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "credentials"
    file.write_text("[default]\naws_access_key_id = EXA MPLE\naws_secret_access_key = example\n", encoding="utf-8")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    with pytest.raises(MturkError, match="shared-credentials-file") as caught:
        Client(Configuration(environment="sandbox")).list_worker_blocks()
    assert "MPLE" not in str(caught.value)
