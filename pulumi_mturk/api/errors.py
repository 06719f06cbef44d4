"""The errors of API calls, and the table from the service's error codes to them.

The service's own messages are shown without worker ids: `redact` takes those out.
"""

import re

from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.worker_ids import redact

# The service ends its messages with the time in milliseconds; the sandbox adds an "s".
_TIME_SUFFIX = re.compile(r"\s*\(\d{10,}(?: s)?\)\s*$")


class ApiError(MturkError):
    """The service refused the call, or did not answer.

    `code` is the service's own word: the `TurkErrorCode` without its `AWS.MechanicalTurk.` prefix where there
    is one, else the error's type; empty where no answer came.
    """

    def __init__(self, message: str, *, operation: str = "", code: str = "") -> None:
        super().__init__(message)
        self.operation = operation
        self.code = code


class NotFoundError(ApiError):
    """The object does not exist, or no longer."""


class AlreadyExistsError(ApiError):
    """Another one of the same name exists."""


class InvalidStateError(ApiError):
    """The object is in a state in which the operation is not possible (being deleted, revoked, disposed)."""


class InvalidParameterError(ApiError):
    """The service refused a value."""


class UnknownWorkerError(InvalidParameterError):
    """The environment does not know the worker."""


class AccessDeniedError(ApiError):
    """The credentials do not allow the call, are missing, or belong to no requester account."""


class ThrottledError(ApiError):
    """Too many requests: nothing was done, the call may be repeated."""


class UnavailableError(ApiError):
    """No usable answer: a server error or a broken connection. Whether the call took effect is unknown."""


class UnreachableError(ApiError):
    """No connection could be made: nothing was sent."""


class StoppedError(ApiError):
    """The run was stopped before the call was made, or made again: nothing was done."""


# TurkErrorCode, without its prefix, or the error's type -> class. No official list exists in the documentation of
# 2017-01-17; these are the names that Amazon's own SDKs filtered on and that public logs show.
BY_CODE: dict[str, type[ApiError]] = {
    "QualificationTypeDoesNotExist": NotFoundError,
    "QualificationDoesNotExist": NotFoundError,
    "QualificationRequestDoesNotExist": NotFoundError,
    "HITDoesNotExist": NotFoundError,
    "AssignmentDoesNotExist": NotFoundError,
    "InvalidQualificationTypeState": InvalidStateError,
    "InvalidQualificationState": InvalidStateError,
    "InvalidQualificationRequestState": InvalidStateError,
    "InvalidHITState": InvalidStateError,
    "QualificationTypeAlreadyExists": AlreadyExistsError,
    "QualificationAlreadyExists": AlreadyExistsError,
    "InvalidParameterValue": InvalidParameterError,
    "XMLParseError": InvalidParameterError,
    "XHTMLParseError": InvalidParameterError,
    "ParameterValidationError": InvalidParameterError,
    "ValidationException": InvalidParameterError,
    "PermissionDenied": AccessDeniedError,
    "PermissionDeniedException": AccessDeniedError,
    "AWS.AccountNotLinked": AccessDeniedError,
    "AWS.NotAuthorized": AccessDeniedError,
    "AccessDeniedException": AccessDeniedError,
    "AccessDenied": AccessDeniedError,
    "UnrecognizedClientException": AccessDeniedError,
    "InvalidSignatureException": AccessDeniedError,
    "MissingAuthenticationTokenException": AccessDeniedError,
    "ExpiredTokenException": AccessDeniedError,
    "ThrottlingException": ThrottledError,
    "Throttling": ThrottledError,
    "TooManyRequestsException": ThrottledError,
    "RequestLimitExceeded": ThrottledError,
    "ServiceFault": UnavailableError,
    "InternalFailure": UnavailableError,
    "ServiceUnavailable": UnavailableError,
}


def from_response(operation: str, status: int, error_type: str, turk_code: str, message: str) -> ApiError:
    """The error for a refusal, from the parts that boto3 gives of it.

    The texts decide where the code is missing: botocore drops it from errors that its model does not know, and
    some of the service's answers are only told apart by their words.
    """
    code = turk_code.removeprefix("AWS.MechanicalTurk.") or error_type
    text = _TIME_SUFFIX.sub("", message)
    kind = BY_CODE.get(code)
    if kind is InvalidParameterError and "is not valid for the parameter WorkerId" in text:
        kind = UnknownWorkerError
        text = "the worker is not known here; ids differ between the sandbox, production and a team's own panel"
    if kind is None and error_type == "RequestError":
        if "does not exist" in text:
            kind = NotFoundError
        elif "You have already created a QualificationType with this name" in text:
            kind = AlreadyExistsError
        elif "operation can be called with a status of" in text:
            kind = InvalidStateError
    if kind is None:
        kind = UnavailableError if status >= 500 else ApiError
    return kind(f"{operation}: {redact(text)} [{code}]", operation=operation, code=code)
