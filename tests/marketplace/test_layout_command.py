"""`pulumi-mturk layout`: layouts for CreateHIT without Python."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from pulumi_mturk import cli
from tests.support.marketplace.api_calls import HIT_TYPE, InProcessClient

if TYPE_CHECKING:
    from pathlib import Path

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

HTML = "<p>${words} \u00e9</p><img src='${url}'>"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.html"
    path.write_text(HTML, encoding="utf-8")
    return path


def test_a_layout_is_made_and_used(
    kept_in: str | Path, page: Path, mturk: MTurkClient, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["layout", "create", "--database", str(kept_in), str(page)]) == 0
    out, told = capsys.readouterr()
    layout_id = out.removesuffix("\n")
    assert layout_id.isalnum()
    assert told == "Its parameters: url, words\n"
    hit = mturk.create_hit(
        **HIT_TYPE,
        LifetimeInSeconds=60,
        HITLayoutId=layout_id,
        HITLayoutParameters=[
            {"Name": "url", "Value": "https://example.com/a.png"},
            {"Name": "words", "Value": "Hello"},
        ],
    )["HIT"]
    assert "<p>Hello \u00e9</p><img src='https://example.com/a.png'>" in hit["Question"]


def test_a_layout_of_an_account_is_that_accounts_alone(
    database: Path, page: Path, marketplace: Marketplace, capsys: pytest.CaptureFixture[str]
) -> None:
    marketplace.accounts.add("Lab")
    made = {}
    for account in ([], ["--account", "Lab"]):
        assert cli.main(["layout", "create", "--quiet", "--database", str(database), *account, str(page)]) == 0
        made[len(account)] = capsys.readouterr().out.removesuffix("\n")
    values = [{"Name": name, "Value": "-"} for name in ("url", "words")]
    for number, own, other in ((1, made[0], made[2]), (2, made[2], made[0])):
        call = {**HIT_TYPE, "LifetimeInSeconds": 60, "HITLayoutParameters": values}
        direct = InProcessClient(marketplace, number)
        assert direct.call("CreateHIT", **call, HITLayoutId=own)[0] == 200
        assert direct.call("CreateHIT", **call, HITLayoutId=other)[0] == 400
    assert cli.main(["layout", "create", "--database", str(database), "--account", "Nobody", str(page)]) == 2
    assert "There is no account 'Nobody'." in capsys.readouterr().err


def test_quiet_says_the_id_alone_and_the_database_is_made(
    unmade: str | Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<p>Hello</p>")))
    assert cli.main(["layout", "create", "--quiet", "--database", str(unmade), "-"]) == 0
    out, told = capsys.readouterr()
    assert (len(out.split()), told) == (1, "")


def test_a_file_may_have_the_name_of_standard_input(
    unmade: str | Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<p>Hello</p>")))
    assert cli.main(["layout", "create", "--quiet", "--database", str(unmade), "./-"]) == 2
    assert "can not be read: No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "can not be read: No such file"), (b"\xff\xfe", "is not text in UTF-8"), (b" \n", "is empty")],
)
def test_what_is_no_html_is_refused(
    tmp_path: Path, content: bytes | None, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "page.html"
    if content is not None:
        path.write_bytes(content)
    database = tmp_path / "new.db"
    assert cli.main(["layout", "create", "--database", str(database), str(path)]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert words in error
    assert not database.exists()
