"""The errors of API calls, and the table from the service's error codes to them.

The service's own messages are shown without worker ids: `redact` takes those out.
"""

import math
import re

from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.worker_ids import redact

# The service ends its messages with the time in milliseconds; the sandbox adds an "s".
_TIME_SUFFIX = re.compile(r"\s*\(\d{10,}(?: s)?\)\s*$")


# No connection at all is more often a wrong address than an outage that ends within the deadline of a call,
UNREACHABLE_SECONDS = 30.0
# and an answer that is not the service's more often a wrong address or a page to sign in at.
FOREIGN_ANSWER_SECONDS = 30.0


class ApiError(MturkError):
    """The service refused the call, or did not answer.

    `code` is the service's own word: the `TurkErrorCode` without its `AWS.MechanicalTurk.` prefix where there
    is one, else the error's type; empty where no answer came. Where the call may be repeated, `patience_seconds` is for
    how long that can help (0: waiting changes nothing), and `retry_after_seconds` what the server asks to wait.
    """

    may_have_happened = False
    """Whether the call may have taken effect all the same, because a reply to it was lost."""
    patience_seconds = math.inf

    def __init__(
        self,
        message: str,
        *,
        operation: str = "",
        code: str = "",
        patience_seconds: float | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message)
        self.operation = operation
        self.code = code
        self.retry_after_seconds = retry_after_seconds
        if patience_seconds is not None:
            self.patience_seconds = patience_seconds


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

    may_have_happened = True


class UnreachableError(ApiError):
    """No connection could be made: nothing was sent."""

    patience_seconds = UNREACHABLE_SECONDS


class BusyError(UnreachableError):
    """Somebody else has to finish first: nothing was done."""

    patience_seconds = math.inf


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
    "ExpiredToken": AccessDeniedError,
    "RequestExpired": AccessDeniedError,
    "RequestTimeTooSkewed": AccessDeniedError,
    "SignatureDoesNotMatch": AccessDeniedError,
    "InvalidClientTokenId": AccessDeniedError,
    "ThrottlingException": ThrottledError,
    "Throttling": ThrottledError,
    "TooManyRequestsException": ThrottledError,
    "RequestLimitExceeded": ThrottledError,
    "ServiceFault": UnavailableError,
    "InternalFailure": UnavailableError,
    "ServiceUnavailable": UnavailableError,
}


_RENEW = "the credentials have expired: renew them (with SSO: `aws sso login`) and run again"
_SIGNATURE = "see that the secret access key belongs to the access key, and that this machine's clock is right"
_UNKNOWN_KEY = "the access key is not known there: see which credentials boto3 finds, and whether the key was deleted"
_QUOTA = "a quota of the account is used up: ask AWS to raise it, or remove what is no longer needed"
# What to do about a refusal that no repeat changes, by its code. `{operation}` is the operation's name.
NEXT_STEPS: dict[str, str] = {
    "ExpiredTokenException": _RENEW,
    "ExpiredToken": _RENEW,
    "RequestExpired": _SIGNATURE,
    "RequestTimeTooSkewed": _SIGNATURE,
    "InvalidSignatureException": _SIGNATURE,
    "SignatureDoesNotMatch": _SIGNATURE,
    "UnrecognizedClientException": _UNKNOWN_KEY,
    "InvalidClientTokenId": _UNKNOWN_KEY,
    "MissingAuthenticationTokenException": "give credentials as for any AWS tool: environment, shared files, or "
    "mturk:profile (with mturk:environment local none are sent: a marketplace with accounts is production or sandbox)",
    "AccessDeniedException": "let IAM allow mechanicalturk:{operation} to these credentials, or use others",
    "AccessDenied": "let IAM allow mechanicalturk:{operation} to these credentials, or use others",
    "PermissionDenied": "see whether the credentials belong to the account that owns it",
    "PermissionDeniedException": "see whether the credentials belong to the account that owns it",
    "AWS.AccountNotLinked": "link the AWS account to a requester account, which takes some minutes, and run again",
    "InsufficientFunds": "add funds to the requester account and run again",
    "LimitExceededException": _QUOTA,
    "ServiceQuotaExceededException": _QUOTA,
    "QuotaExceededException": _QUOTA,
}
# AWS takes signatures that are up to five minutes old.
_SKEW_SECONDS = 240.0


def from_response(
    operation: str,
    status: int,
    error_type: str,
    turk_code: str,
    message: str,
    *,
    retry_after_seconds: float | None = None,
    clock_ahead_seconds: float | None = None,
) -> ApiError:
    """The error for a refusal, from the parts that boto3 gives of it.

    The texts decide where the code is missing: botocore drops it from errors that its model does not know, and
    some of the service's answers are only told apart by their words. `clock_ahead_seconds` is by how much this
    machine's clock is ahead of the server's, if the server told its time.
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
    step = NEXT_STEPS.get(code, "")
    if step is _SIGNATURE and abs(clock_ahead_seconds or 0) >= _SKEW_SECONDS:
        ahead = clock_ahead_seconds or 0
        step = (
            f"this machine's clock is {abs(ahead):,.0f} s {'ahead' if ahead > 0 else 'behind'}: set it, and run again"
        )
    text = f"{operation}: {redact(text)} [{code}]"
    return kind(
        f"{text}; {step.format(operation=operation)}" if step else text,
        operation=operation,
        code=code,
        retry_after_seconds=retry_after_seconds,
    )
