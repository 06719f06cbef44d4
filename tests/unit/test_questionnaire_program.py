"""`QuestionnaireTest` in a program: what a type registers with it, and what is told on the type's row."""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pulumi
import pytest

import pulumi_mturk as mturk
from pulumi_mturk.eligibility import score
from pulumi_mturk.questionnaires import read_text
from pulumi_mturk.rules.test_files import KEY, TEST
from tests.support.core import Place
from tests.support.findings import code, codes
from tests.support.program import inputs_of, registered

MARKED = f"{TEST}pass_mark: 10\n"
READ = read_text(MARKED, "test.yaml").with_key(KEY, "test.key.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's folder, with a test and its key."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test.yaml").write_text(MARKED, encoding="utf-8")
    (tmp_path / "test.key.yaml").write_text(KEY, encoding="utf-8")
    return tmp_path


def from_yaml(**given: Any) -> mturk.QuestionnaireTest:
    return mturk.QuestionnaireTest.from_yaml("test.yaml", **{"key": "test.key.yaml"} | given)


def type_of(test: Callable[[], mturk.QuestionnaireTest], **given: Any) -> dict[str, Any]:
    return inputs_of(lambda: mturk.QualificationType("tier", description="A type.", test=test(), **given))


EXPECTED = {
    "test": READ.test,
    "answerKey": READ.answer_key,
    "testDurationInSeconds": 600,
    "retryDelayInSeconds": 604_800,
}


def test_a_type_takes_test_key_and_times() -> None:
    found = type_of(from_yaml)
    assert {name: found[name] for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize("secret", [pulumi.Output.secret, pulumi.Output.from_input])
def test_the_key_may_come_out_of_the_configuration(secret: Callable[[str], pulumi.Output[str]]) -> None:
    found = type_of(lambda: from_yaml(key=secret(KEY)))
    assert {name: found[name] for name in EXPECTED} == EXPECTED


def test_a_key_is_secret_however_it_is_given() -> None:
    hidden: list[bool] = []

    def program() -> pulumi.Output[list[Any]]:
        keys = [from_yaml().answer_key, from_yaml(key=pulumi.Output.from_input(KEY)).answer_key]

        async def note(key: pulumi.Output[str]) -> None:
            hidden.append(await key.is_secret())

        noted: list[Any] = [note(key) for key in keys if key is not None]
        return pulumi.Output.all(*noted)

    registered(program)
    assert hidden == [True, True]


def test_what_is_given_to_the_type_holds() -> None:
    found = type_of(
        from_yaml, answer_key="<k/>", test_duration_in_seconds=timedelta(minutes=5), retry_delay_in_seconds=60
    )
    assert found["answerKey"] == "<k/>"
    assert (found["testDurationInSeconds"], found["retryDelayInSeconds"]) == (300, 60)


def test_its_parts_can_be_taken_one_by_one() -> None:
    test = from_yaml()
    assert (test.test, test.test_duration_in_seconds, test.retry_delay_in_seconds, test.pass_mark) == (
        *(READ.test, 600, 604_800, 10),
    )
    (rule,) = score("3EXAMPLE", at_least=test.pass_mark)
    assert rule.integer_values == [10]
    (never := Path("never.yaml")).write_text(TEST.replace("7 days", "never"), encoding="utf-8")
    assert mturk.QuestionnaireTest.from_yaml(never).retry_delay_in_seconds is None


@pytest.mark.parametrize(
    ("given", "wanted"),
    [({"key": "none.yaml"}, "MT350"), ({"key": None}, "MT357"), ({"key": Path("test.yaml")}, "MT353")],
)
def test_a_mistake_is_told_without_a_traceback(given: dict[str, Any], wanted: str) -> None:
    with pytest.raises(pulumi.RunError) as caught:
        from_yaml(**given)
    assert wanted in str(caught.value)


def test_a_mistake_in_a_key_that_comes_later_is_told_and_refused(caplog: pytest.LogCaptureFixture) -> None:
    found = type_of(lambda: from_yaml(key=pulumi.Output.secret(KEY.replace("river", "CANARY"))))
    (record,) = caplog.records
    assert (record.levelname, code(record.getMessage())) == ("ERROR", "MT347")
    assert record.getMessage().startswith("the answer key of test.yaml: line 2, question sense: ")
    assert "CANARY" not in record.getMessage()
    assert found["answerKey"] is False


def test_a_key_that_is_no_text_is_refused_whatever_the_type_validates(place: Place) -> None:
    for validated in (True, False):
        news = {"description": "A type.", **EXPECTED, "answerKey": False, "validateQuestions": validated}
        assert codes(place.check("QualificationType", news).failures) == ["MT003"]


@pytest.mark.parametrize("later", [False, True])
def test_warnings_on_the_files_are_told_on_the_row(caplog: pytest.LogCaptureFixture, later: bool) -> None:
    ranges = "value: {ranges: [{from: 0, to: 4, value: 0}, {from: 6, to: 10, value: 5}], otherwise: 0}\npass_mark: 0\n"
    Path("test.yaml").write_text(TEST.replace("A firm", "Firm #1") + ranges, encoding="utf-8")
    with caplog.at_level(logging.INFO):
        type_of(lambda: from_yaml(key=pulumi.Output.secret(KEY)) if later else from_yaml())
    told = [(record.levelname, record.getMessage().rpartition("[")[2][:-1]) for record in caplog.records]
    assert told == [("WARNING", "MT355"), ("INFO", "MT336"), ("WARNING", "MT337")]


def test_the_loop_is_not_needed_to_read_a_file() -> None:
    """A test is read at the top of a module, before anything of Pulumi's runs."""
    asyncio.set_event_loop(None)
    assert from_yaml().pass_mark == 10
