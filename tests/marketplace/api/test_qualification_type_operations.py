from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.marketplace.api_calls import ALREADY_EXISTS, ANSWER_KEY, APPROVED, MASTERS, TEST, refusal

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace

NEW: dict[str, Any] = {"Name": "Study", "Description": "Words.", "QualificationTypeStatus": "Active"}
TESTED: dict[str, Any] = {**NEW, "Test": TEST, "AnswerKey": ANSWER_KEY, "TestDurationInSeconds": 600}


def create(mturk: MTurkClient, **members: Any) -> str:
    return mturk.create_qualification_type(**{**NEW, **members})["QualificationType"]["QualificationTypeId"]


def get(mturk: MTurkClient, identity: str) -> dict[str, Any]:
    return dict(mturk.get_qualification_type(QualificationTypeId=identity)["QualificationType"])


def test_a_type_comes_back_as_it_was_made(mturk: MTurkClient) -> None:
    made = {**TESTED, "Keywords": "a, b", "RetryDelayInSeconds": 60}
    answer: Any = mturk.create_qualification_type(**made)["QualificationType"]
    read = get(mturk, answer["QualificationTypeId"])
    assert read == answer
    assert {name: read[name] for name in made} == made


def test_ids_are_thirty_characters_and_told_from_the_real_service(mturk: MTurkClient) -> None:
    assert re.fullmatch(r"LOCAL[A-Z0-9]{25}", create(mturk))


def test_an_inactive_type_is_requestable_and_not_auto_granted(mturk: MTurkClient) -> None:
    read = get(mturk, create(mturk, QualificationTypeStatus="Inactive"))
    assert (read["IsRequestable"], read["AutoGranted"]) == (True, False)
    assert "AutoGrantedValue" not in read


def test_an_auto_granted_type_grants_one_unless_told_otherwise(mturk: MTurkClient) -> None:
    assert get(mturk, create(mturk, AutoGranted=True))["AutoGrantedValue"] == 1
    assert get(mturk, create(mturk, Name="B", AutoGranted=True, AutoGrantedValue=0))["AutoGrantedValue"] == 0


def test_a_second_type_with_the_name_is_refused(mturk: MTurkClient) -> None:
    create(mturk)
    error = refusal(mturk.create_qualification_type, **NEW)
    assert error.message == ALREADY_EXISTS
    assert (error.kind, error.turk_code) == (
        "RequestError",
        "AWS.MechanicalTurk.QualificationTypeAlreadyExists",
    )


def test_names_in_another_case_are_other_names(mturk: MTurkClient) -> None:
    assert create(mturk) != create(mturk, Name="study")


def test_an_unknown_type_does_not_exist(mturk: MTurkClient) -> None:
    error = refusal(mturk.get_qualification_type, QualificationTypeId="NOSUCH")
    assert error.message == "QualificationType [NOSUCH] does not exist."


@pytest.mark.parametrize(
    ("members", "parameter"),
    [
        ({"Name": ""}, "Name"),
        ({"Description": ""}, "Description"),
        ({"Description": "x" * 2001}, "Description"),
        ({"Keywords": "x" * 1001}, "Keywords"),
        ({"RetryDelayInSeconds": -1}, "RetryDelayInSeconds"),
        ({"Test": TEST, "TestDurationInSeconds": 0}, "TestDurationInSeconds"),
        ({"Test": TEST}, "TestDurationInSeconds"),
        ({"AnswerKey": ANSWER_KEY}, "AnswerKey"),
        ({"Test": TEST, "TestDurationInSeconds": 60, "AutoGranted": True}, "Test"),
        ({"Test": "", "TestDurationInSeconds": 60}, "Test"),
        ({"Test": TEST + " " * 65_535, "TestDurationInSeconds": 60}, "Test"),
    ],
)
def test_a_type_that_breaks_a_rule_is_refused(mturk: MTurkClient, members: dict[str, Any], parameter: str) -> None:
    error = refusal(mturk.create_qualification_type, **{**NEW, **members})
    assert error.kind == "ParameterValidationError"
    assert f"is not valid for the parameter {parameter}." in error.message


@pytest.mark.parametrize(
    "members",
    [
        {"Description": "x" * 2000},
        {"Keywords": "x" * 1000},
        {"RetryDelayInSeconds": 0},
        {"Name": "x" * 5000},
        {"TestDurationInSeconds": 60},
        {**TESTED, "Test": TEST + " " * (65_535 - len(TEST))},
    ],
)
def test_a_type_at_the_limit_is_accepted(mturk: MTurkClient, members: dict[str, Any]) -> None:
    assert create(mturk, **members)


@pytest.mark.parametrize(
    "document",
    [
        "no xml",
        "<QuestionForm/>",
        ANSWER_KEY,
        TEST.replace("2017-11-06", "2011-11-11"),
        "<!DOCTYPE QuestionForm [<!ENTITY a 'b'>]>" + TEST,
    ],
)
def test_a_test_that_is_no_question_form_is_refused(mturk: MTurkClient, document: str) -> None:
    error = refusal(mturk.create_qualification_type, **{**TESTED, "Test": document})
    assert error.message.startswith("There was an error parsing the XML question or answer data in your request.  ")
    assert error.turk_code == "AWS.MechanicalTurk.XMLParseError"


def test_the_older_question_form_is_accepted(mturk: MTurkClient) -> None:
    assert create(mturk, **{**TESTED, "Test": TEST.replace("2017-11-06", "2005-10-01")})


def test_what_an_update_omits_stays(mturk: MTurkClient) -> None:
    identity = create(mturk, **TESTED)
    mturk.update_qualification_type(QualificationTypeId=identity, Description="New.")
    assert get(mturk, identity) | {"Description": "Words."} == get(mturk, identity) | TESTED | {"Name": "Study"}
    assert get(mturk, identity)["Description"] == "New."


def test_a_test_sent_without_its_key_drops_the_key(mturk: MTurkClient) -> None:
    identity = create(mturk, **TESTED)
    mturk.update_qualification_type(QualificationTypeId=identity, Test=TEST, TestDurationInSeconds=60)
    read = get(mturk, identity)
    assert "AnswerKey" not in read
    assert read["TestDurationInSeconds"] == 60


@pytest.mark.parametrize(
    ("change", "parameter"), [({"AnswerKey": ANSWER_KEY}, "AnswerKey"), ({"TestDurationInSeconds": 5}, "TestDuration")]
)
def test_a_key_or_duration_without_the_test_is_refused(
    mturk: MTurkClient, change: dict[str, Any], parameter: str
) -> None:
    error = refusal(mturk.update_qualification_type, QualificationTypeId=create(mturk, **TESTED), **change)
    assert f"is not valid for the parameter {parameter}" in error.message


def test_a_test_for_an_auto_granted_type_needs_auto_granted_false(mturk: MTurkClient) -> None:
    identity = create(mturk, AutoGranted=True)
    change: dict[str, Any] = {"QualificationTypeId": identity, "Test": TEST, "TestDurationInSeconds": 60}
    error = refusal(mturk.update_qualification_type, **change)
    assert error.kind == "ParameterValidationError"
    assert "is not valid for the parameter Test." in error.message
    mturk.update_qualification_type(**change, AutoGranted=False)
    assert get(mturk, identity)["AutoGranted"] is False


def test_a_tested_type_can_not_become_auto_granted(mturk: MTurkClient) -> None:
    error = refusal(mturk.update_qualification_type, QualificationTypeId=create(mturk, **TESTED), AutoGranted=True)
    assert "is not valid for the parameter AutoGranted." in error.message


def test_a_refused_update_changes_nothing(mturk: MTurkClient) -> None:
    identity = create(mturk, **TESTED)
    before = get(mturk, identity)
    refusal(mturk.update_qualification_type, QualificationTypeId=identity, Description="New.", AutoGranted=True)
    assert get(mturk, identity) == before


def test_a_retry_delay_can_be_added_and_changed(mturk: MTurkClient) -> None:
    identity = create(mturk)
    for delay in (60, 0):
        mturk.update_qualification_type(QualificationTypeId=identity, RetryDelayInSeconds=delay)
        assert get(mturk, identity)["RetryDelayInSeconds"] == delay


@pytest.mark.parametrize("operation", ["update_qualification_type", "delete_qualification_type"])
def test_a_type_of_the_system_can_not_be_changed(mturk: MTurkClient, operation: str) -> None:
    error = refusal(getattr(mturk, operation), QualificationTypeId=APPROVED)
    assert error.message == "This user is not authorized to perform the requested operation."


def test_system_types_can_be_read_and_not_requested(mturk: MTurkClient) -> None:
    read = get(mturk, APPROVED)
    assert (read["Name"], read["IsRequestable"]) == ("Worker_NumberHITsApproved", False)


def test_system_types_are_listed_when_neither_owned_nor_requestable_is_asked(mturk: MTurkClient) -> None:
    create(mturk)
    wanted: list[dict[str, Any]] = [
        {"MustBeRequestable": False},
        {"MustBeRequestable": True},
        {"MustBeRequestable": False, "MustBeOwnedByCaller": True},
    ]
    names = [
        [item["Name"] for item in mturk.list_qualification_types(**flags, MaxResults=100)["QualificationTypes"]]
        for flags in wanted
    ]
    assert {"Study", "Masters", "Worker_Locale", "Worker_Adult"} <= set(names[0])
    assert names[1:] == [["Study"], ["Study"]]


def test_the_search_finds_parts_of_names_and_keywords_in_any_case(mturk: MTurkClient) -> None:
    create(mturk, Name="Straße one")
    create(mturk, Name="Two", Keywords="Audio, STRASSE")
    create(mturk, Name="Three", Description="strasse")
    found = mturk.list_qualification_types(MustBeRequestable=True, Query="trass")["QualificationTypes"]
    assert [item["Name"] for item in found] == ["Straße one", "Two"]


def test_a_new_type_is_listed_after_the_lag(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(listing_lag_seconds=30)
    create(mturk)
    assert mturk.list_qualification_types(MustBeRequestable=True)["NumResults"] == 0
    marketplace.advance(31)
    assert mturk.list_qualification_types(MustBeRequestable=True)["NumResults"] == 1


@pytest.mark.parametrize(("environment", "found"), [("production", True), ("sandbox", False), ("both", True)])
def test_the_masters_id_of_production_is_not_in_the_sandbox(
    mturk: MTurkClient, marketplace: Marketplace, environment: str, found: bool
) -> None:
    marketplace.set_switches(environment=environment)
    if found:
        assert get(mturk, MASTERS)["Name"] == "Masters"
    else:
        error = refusal(mturk.get_qualification_type, QualificationTypeId=MASTERS)
        assert error.message == f"QualificationType [{MASTERS}] does not exist."


def test_a_limit_on_names_and_a_refused_duration_are_switches(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(name_max_length=5, test_duration_without_test="refuse")
    assert "parameter Name" in refusal(mturk.create_qualification_type, **{**NEW, "Name": "Studies"}).message
    error = refusal(mturk.create_qualification_type, **NEW, TestDurationInSeconds=60)
    assert "parameter TestDurationInSeconds" in error.message


def test_documents_can_come_back_in_canonical_form(mturk: MTurkClient, marketplace: Marketplace) -> None:
    marketplace.set_switches(xml_echo="normalised")
    read = get(mturk, create(mturk, **{**TESTED, "Test": '<?xml version="1.0"?>' + TEST}))
    assert read["Test"] == TEST
