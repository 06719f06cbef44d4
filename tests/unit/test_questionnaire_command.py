"""`pulumi-mturk test`: check, preview and convert, run in this process."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import lxml.html
import pytest

from pulumi_mturk import cli
from pulumi_mturk.cli.test_page import Handler
from pulumi_mturk.questions import equal_xml
from pulumi_mturk.rules.test_files import KEY, TEST
from tests.support.findings import codes
from tests.support.marketplace.accessibility import accessibility_errors
from tests.unit.test_questions import KEY as XML_KEY
from tests.unit.test_questions import TEST as XML_TEST


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a test and its key."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test.yaml").write_text(f"{TEST}pass_mark: 10\n", encoding="utf-8")
    (tmp_path / "test.key.yaml").write_text(KEY, encoding="utf-8")
    return tmp_path


Output = pytest.CaptureFixture[str]


def test_check_tells_what_the_test_is(folder: Path, capsys: Output) -> None:
    assert cli.main(["test", "check", "test.yaml"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "test.yaml: 1 question (1 single choice); scored by key: 0 to 10, the sum of points",
        "time for it: 10 minutes; another try after: 7 days",
        "pass mark 10: 10 of 10 points at least",
    ]


def test_check_tells_what_is_wrong_and_no_answer(folder: Path, capsys: Output) -> None:
    (folder / "test.key.yaml").write_text(KEY.replace("river", "CANARY"), encoding="utf-8")
    assert cli.main(["test", "check", "test.yaml"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert codes(lines) == ["MT347"]
    assert lines[0].startswith("error: test.key.yaml: line 2, question sense: ")
    assert "CANARY" not in lines[0]


def test_check_tells_warnings_and_is_content(folder: Path, capsys: Output) -> None:
    (folder / "test.yaml").write_text(f"{TEST}pass_mark: 0\n", encoding="utf-8")
    assert cli.main(["test", "check", "test.yaml", "--key", "test.key.yaml"]) == 0
    assert capsys.readouterr().out.startswith("warning: test.yaml: line 11, pass_mark: ")


def test_check_shows_both_bounds_where_the_rounding_is_not_documented(folder: Path, capsys: Output) -> None:
    (folder / "test.yaml").write_text(f"{TEST}value: {{scale: 2.55}}\npass_mark: 26\n", encoding="utf-8")
    (folder / "test.key.yaml").write_text(f"{KEY}  - {{when: [money], points: 11}}\n", encoding="utf-8")
    assert cli.main(["test", "check", "test.yaml"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "pass mark 26: 10 or 11, by a rounding that is not documented, of 11 points at least"


@pytest.mark.parametrize("key", [[], ["--key", "none.yaml"]])
def test_check_needs_the_key_that_the_test_speaks_of(folder: Path, capsys: Output, key: list[str]) -> None:
    (folder / "test.key.yaml").unlink()
    assert cli.main(["test", "check", "test.yaml", *key]) == 1
    assert codes(capsys.readouterr().out.splitlines()) == (["MT350"] if key else ["MT357"])


def test_preview_writes_the_page_of_a_worker_and_nothing_of_the_key(folder: Path) -> None:
    (folder / "test.key.yaml").write_text("not even a key", encoding="utf-8")
    assert cli.main(["test", "preview", "test.yaml", "--output", "page.html"]) == 0
    root = lxml.html.parse(str(folder / "page.html")).getroot()
    assert accessibility_errors(root) == []
    assert root.findtext(".//h1") == "Test: test"
    assert [one.get("value") for one in root.iterfind(".//input")] == ["river", "money"]
    assert root.findtext(".//em") == "bank"
    assert "10 minutes" in root.text_content()
    assert root.findall(".//script") == root.findall(".//a") == root.findall(".//form[@action]") == []


def test_preview_opens_the_page(folder: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = folder / "browser"
    browser.write_text('#!/bin/sh\necho "$1" > opened\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    assert cli.main(["test", "preview", "test.yaml"]) == 0
    written = Path(capsys.readouterr().out.strip())
    assert "Which sense has" in written.read_text(encoding="utf-8")
    assert (folder / "opened").read_text(encoding="utf-8").strip() == written.as_uri()
    written.unlink()


def test_preview_of_a_wrong_test_tells_what_is_wrong(folder: Path, capsys: Output) -> None:
    (folder / "test.yaml").write_text(TEST.replace("choices", "choice"), encoding="utf-8")
    assert cli.main(["test", "preview", "test.yaml", "--output", "page.html"]) == 1
    assert "MT353" in codes(capsys.readouterr().out.splitlines())
    assert not (folder / "page.html").exists()


@contextmanager
def served(test: Path) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"test": test})) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def ask(port: int, host: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/", headers={"Host": f"{host}:{port}"})
    response = connection.getresponse()
    found = response.status, response.read().decode()
    connection.close()
    return found


def test_a_served_page_is_what_the_file_says_now(folder: Path) -> None:
    with served(folder / "test.yaml") as port:
        assert "A firm" in ask(port)[1]
        (folder / "test.yaml").write_text(TEST.replace("A firm", "A company"), encoding="utf-8")
        assert "A company" in ask(port, "localhost")[1]
        (folder / "test.yaml").write_text(TEST.replace("choices", "choice"), encoding="utf-8")
        status, text = ask(port)
        assert (status, "MT353" in text) == (422, True)
        assert ask(port, "evil.example.org")[0] == 421


def test_convert_writes_yaml_and_a_secret_key_and_back(folder: Path, capsys: Output) -> None:
    (folder / "old.xml").write_text(XML_TEST, encoding="utf-8")
    (folder / "old_key.xml").write_text(XML_KEY, encoding="utf-8")
    assert cli.main(["test", "convert", "old.xml", "new.yaml", "--key", "old_key.xml"]) == 0
    assert (folder / "new.key.yaml").stat().st_mode & 0o777 == 0o600
    assert "minutes" in capsys.readouterr().out

    assert cli.main(["test", "convert", "new.yaml", "again.xml", "--key", "new.key.yaml"]) == 0
    assert equal_xml((folder / "again.key.xml").read_text(encoding="utf-8"), XML_KEY)
    assert (folder / "again.key.xml").stat().st_mode & 0o777 == 0o600


def test_convert_tells_what_xml_does_not_hold(folder: Path, capsys: Output) -> None:
    assert cli.main(["test", "convert", "test.yaml", "test.xml"]) == 0
    told = "test_duration_in_seconds=600, retry_delay_in_seconds=604800, pass_mark=10"
    assert f"note: not in the XML: {told}" in capsys.readouterr().out.splitlines()


def test_convert_tells_which_texts_come_back_in_another_form(folder: Path, capsys: Output) -> None:
    plain = TEST.replace("*bank*", "bank")
    (folder / "plain.yaml").write_text(plain.replace("A firm", '"A \\\\*firm\\\\*"'), encoding="utf-8")
    assert cli.main(["test", "convert", "plain.yaml", "plain.xml"]) == 0
    assert "formatted" not in capsys.readouterr().out

    marked = TEST.replace("A firm", '"A *firm*"').replace("version: 1", 'version: 1\nintro: "Read **it**."')
    (folder / "marked.yaml").write_text(marked, encoding="utf-8")
    at = [str(number) for number, line in enumerate(marked.splitlines(), 1) if "*" in line]
    assert cli.main(["test", "convert", "marked.yaml", "marked.xml"]) == 0
    assert f"the emphasis of lines {at[0]}, {at[1]} and {at[2]} becomes XHTML" in capsys.readouterr().out
    assert cli.main(["test", "convert", "marked.xml", "again.yaml"]) == 0
    assert (folder / "again.yaml").read_text(encoding="utf-8").count("formatted") == 3


@pytest.mark.parametrize("taken", ["new.xml", "new.key.xml"])
def test_convert_overwrites_nothing(folder: Path, capsys: Output, taken: str) -> None:
    (folder / taken).write_text("kept", encoding="utf-8")
    assert cli.main(["test", "convert", "test.yaml", "new.xml"]) == 2
    assert f"{taken} is there already" in capsys.readouterr().err
    assert sorted(file.name for file in folder.glob("new*")) == [taken]
    assert (folder / taken).read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["convert", "test.yaml", "other.yaml"], "one of the two files must end in .yaml"),
        (["convert", "test.yaml", "nowhere/test.xml"], "can't be written"),
        (["preview", "test.yaml", "--output", "nowhere/page.html"], "can't be written"),
        (["preview", "test.yaml", "--output", "a.html", "--port", "0"], "not both"),
        (["preview", "test.yaml", "--port", "99999"], "can't listen on port 99999"),
    ],
)
def test_what_can_not_be_done_is_told(folder: Path, capsys: Output, arguments: list[str], words: str) -> None:
    assert cli.main(["test", *arguments]) == 2
    assert words in capsys.readouterr().err
