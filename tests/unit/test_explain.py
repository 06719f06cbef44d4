"""`pulumi-mturk explain`: a code, the beginning of several, or all; in words and as JSON."""

import json

import pytest

from pulumi_mturk import cli
from pulumi_mturk.rules.catalogue import CATALOGUE


@pytest.mark.parametrize("written", ["MT214", "mt214"])
def test_a_code_is_explained_with_both_examples(capsys: pytest.CaptureFixture[str], written: str) -> None:
    assert cli.main(["explain", written]) == 0
    shown = capsys.readouterr().out
    rule = CATALOGUE["MT214"]
    assert shown.startswith("MT214 exclusion-moved (warning)\n")
    for text in (rule.summary, rule.explanation, rule.source, "(documented)", "Since 0.1.0", "mturk:accept"):
        assert text in shown
    for example in (rule.wrong, rule.right):
        assert all(line in shown for line in example.program.splitlines())


def test_what_can_not_be_accepted_is_not_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "MT703"]) == 0
    assert "mturk:accept" not in capsys.readouterr().out


def test_a_prefix_lists_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "MT7"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head == "MT7xx  Privacy"
    assert [line.split()[0] for line in lines] == [code for code in CATALOGUE if code.startswith("MT7")]


def test_all_is_a_list_by_groups(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "--all"]) == 0
    codes = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line]
    assert [code for code in codes if not code.endswith("xx")] == list(CATALOGUE)


@pytest.mark.parametrize(("arguments", "number"), [(["--all"], len(CATALOGUE)), (["MT204"], 1)])
def test_json_has_every_member(capsys: pytest.CaptureFixture[str], arguments: list[str], number: int) -> None:
    assert cli.main(["explain", *arguments, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == number
    for one in found:
        assert CATALOGUE[one["code"]].summary == one["summary"]
        assert {"name", "severity", "explanation", "wrong", "right", "path", "source", "label", "since"} <= one.keys()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["MT2O4"], "there is no rule 'MT2O4'; did you mean MT204"),
        (["E501"], "there is no rule 'E501'; --all lists the codes"),
        ([], "give a code, such as MT204, or --all"),
        (["MT204", "--all"], "give a code, such as MT204, or --all"),
    ],
)
def test_what_is_no_code_is_an_error(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert cli.main(["explain", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err
