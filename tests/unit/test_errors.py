"""What the service answers, turned into one of our errors: the table of its codes, its texts, and no worker ids."""

import pytest

from pulumi_mturk.api.errors import (
    BY_CODE,
    NEXT_STEPS,
    AccessDeniedError,
    AlreadyExistsError,
    ApiError,
    InvalidParameterError,
    InvalidStateError,
    NotFoundError,
    ThrottledError,
    UnavailableError,
    UnknownWorkerError,
    from_response,
)
from pulumi_mturk.common.errors import InvalidInputError, MturkError
from pulumi_mturk.common.worker_ids import contains_worker_id, redact
from pulumi_mturk.rules import form

PREFIX = "AWS.MechanicalTurk."
NAME_TAKEN = (
    "You have already created a QualificationType with this name. A QualificationType's name must be unique among all "
    "of the QualificationTypes created by the same user."
)
# Texts that others saw on the real service, with the code that came with them, if one did.
OBSERVED: list[tuple[str, str, str, type[ApiError]]] = [
    ("RequestError", "QualificationTypeAlreadyExists", NAME_TAKEN, AlreadyExistsError),
    ("RequestError", "", NAME_TAKEN, AlreadyExistsError),
    (
        "RequestError",
        "QualificationDoesNotExist",
        "You requested a Qualification that does not exist.",
        NotFoundError,
    ),
    ("RequestError", "", "This operation can be called with a status of: Granted", InvalidStateError),
    (
        "RequestError",
        "InvalidQualificationTypeState",
        "This operation can be called with a status of: Active,Inactive",
        InvalidStateError,
    ),
    (
        "RequestError",
        "",
        "This HIT is currently in the state 'Unassignable'.  This operation can be called with a status of: "
        "Reviewing, Reviewable",
        InvalidStateError,
    ),
    ("RequestError", "", "QualificationType [2ARFPLSP75KLA8M8DH1HTEQVJT3SY6] does not exist.", NotFoundError),
    (
        "ParameterValidationError",
        "",
        'The value "IT" is not valid for the parameter LocaleValue. LocaleValue must be null when used with the '
        "EqualTo comparator..",
        InvalidParameterError,
    ),
    (
        "RequestError",
        "InsufficientFunds",
        "This Requester has insufficient funds in their account to complete this transaction.",
        ApiError,
    ),
    (
        "RequestError",
        "XMLParseError",
        "There was an error parsing the XML question or answer data in your request.",
        InvalidParameterError,
    ),
    ("ThrottlingException", "", "Rate exceeded", ThrottledError),
    ("ValidationException", "", "1 validation error detected: Value at 'workerId'", InvalidParameterError),
    (
        "RequestError",
        "PermissionDenied",
        "This user is not authorized to perform the requested operation.",
        AccessDeniedError,
    ),
]


def next_step(code: str, operation: str) -> str:
    step = NEXT_STEPS.get(code)
    return f"; {step.format(operation=operation)}" if step else ""


@pytest.mark.parametrize("code", BY_CODE)
def test_each_code_has_its_class(code: str) -> None:
    error = from_response("GetHIT", 400, "RequestError", PREFIX + code, "Words.")
    assert type(error) is BY_CODE[code]
    assert (error.operation, error.code) == ("GetHIT", code)
    assert str(error) == f"GetHIT: Words. [{code}]{next_step(code, 'GetHIT')}"


@pytest.mark.parametrize("code", BY_CODE)
def test_a_code_may_be_the_type_of_the_error(code: str) -> None:
    assert type(from_response("GetHIT", 400, code, "", "Words.")) is BY_CODE[code]


@pytest.mark.parametrize(("kind", "code", "text", "expected"), OBSERVED)
@pytest.mark.parametrize("suffix", [" (1631094715163)", " (1567545210650 s)", ""])
def test_a_text_that_was_observed_has_its_class_and_no_time(
    kind: str, code: str, text: str, expected: type[ApiError], suffix: str
) -> None:
    error = from_response("Example", 400, kind, PREFIX + code if code else "", text + suffix)
    assert type(error) is expected
    assert str(error) == f"Example: {text} [{code or kind}]{next_step(code or kind, 'Example')}"


def test_an_account_that_is_not_linked_is_a_question_of_access() -> None:
    error = from_response("Example", 400, "RequestError", "AWS.AccountNotLinked", "Your AWS account must be linked.")
    assert type(error) is AccessDeniedError


@pytest.mark.parametrize(("status", "expected"), [(500, UnavailableError), (505, UnavailableError), (400, ApiError)])
def test_an_unknown_code_is_judged_by_its_status(status: int, expected: type[ApiError]) -> None:
    assert type(from_response("Example", status, str(status), "", "Words.")) is expected


@pytest.mark.parametrize("suffix", [" (1631094715163)", ""])
def test_a_worker_of_another_environment_is_told_apart(suffix: str) -> None:
    text = 'The value "A1EXAMPLEWORKER" is not valid for the parameter WorkerId.'
    error = from_response("CreateWorkerBlock", 400, "ParameterValidationError", "", text + suffix)
    assert type(error) is UnknownWorkerError
    assert isinstance(error, InvalidParameterError)
    assert str(error) == (
        "CreateWorkerBlock: the worker is not known here; ids differ between the sandbox, production and a team's own "
        "panel [ParameterValidationError]"
    )
    assert (error.operation, error.code) == ("CreateWorkerBlock", "ParameterValidationError")


def test_another_parameter_is_no_unknown_worker() -> None:
    text = 'The value "IT" is not valid for the parameter LocaleValue.'
    assert type(from_response("CreateHIT", 400, "ParameterValidationError", "", text)) is InvalidParameterError


def test_texts_decide_for_the_service_errors_alone() -> None:
    error = from_response("Example", 400, "SomethingElse", "", "The bucket does not exist.")
    assert type(error) is ApiError


@pytest.mark.parametrize(
    "text",
    [
        'The value "A1EXAMPLEWORKER" is not valid for the parameter WorkerId.',
        "worker A1EXAMPLEWORKER, again A1EXAMPLEWORKER.",
        "(A1EXAMPLEWORKER)",
    ],
)
def test_a_worker_id_is_taken_out_of_a_text(text: str) -> None:
    assert redact(text) == text.replace("A1EXAMPLEWORKER", "(worker)")
    assert "A1EXAMPLE" not in str(from_response("Example", 400, "ParameterValidationError", "", text))


def test_an_id_that_does_not_look_like_one_is_taken_out_when_it_is_named() -> None:
    assert redact("AX is not valid for the parameter WorkerId, AXE is.", ["AX"]) == (
        "(worker) is not valid for the parameter WorkerId, AXE is."
    )


def test_of_two_ids_the_longer_is_taken_out_first() -> None:
    assert redact("A1-B and A1", ["A1", "A1-B"]) == "(worker) and (worker)"


def test_nothing_is_taken_out_for_an_empty_id() -> None:
    assert redact("Words.", ["", "A1"]) == "Words."


@pytest.mark.parametrize("text", ["ACCEPTABLE", "QualificationType", "3ABCDEFGHIJ1234567890", "AB1"])
def test_words_and_other_ids_stay(text: str) -> None:
    assert redact(text) == text
    assert not contains_worker_id(text)


def test_a_worker_id_is_found_in_a_name() -> None:
    assert contains_worker_id("grant-A1EXAMPLEWORKER")


def test_an_error_says_where_and_by_which_rule() -> None:
    error = InvalidInputError(form.MISSING.at("reward", "write one"), form.RANGE.at("", "is too large"))
    assert str(error) == "reward: write one [MT001]; is too large [MT005]"
    assert error.path == "reward"


def test_all_errors_are_of_one_tree() -> None:
    assert all(issubclass(kind, MturkError) for kind in (*BY_CODE.values(), InvalidInputError))
