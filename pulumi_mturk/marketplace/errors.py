"""Errors: those of the API as they go over the wire, and Python exceptions.

Labels give the source of a code or text: *documented* by AWS, *observed* on the real service and published, or
*guessed*, as nothing was published.
"""

from __future__ import annotations

from typing import Final

from pulumi_mturk.marketplace.text import count

CODE_PREFIX: Final = "AWS.MechanicalTurk."
_LONGEST_ECHO: Final = 1000
"""Characters of a refused value that an error repeats (guessed: what AWS does with a long one is unknown)."""
DATA_OUT_OF_REACH: Final = "The marketplace can not reach its data now: try again in a moment."
"""What is answered with status 503, where the log says more."""


class MarketplaceError(Exception):
    """Base class of the exceptions for Python callers."""


class MissingDatabaseError(MarketplaceError):
    """The file does not exist, and creating it was not asked for."""


class NotAMarketplaceError(MarketplaceError):
    """The file exists but is not a marketplace database, or is one of a newer version of this package."""


class DatabaseFailedError(MarketplaceError):
    """SQLite could not carry out a transaction, which is rolled back: the disk is full, the file broken or replaced."""


class DatabaseLockedError(DatabaseFailedError):
    """Another process has kept the file locked for longer than was waited."""


class EncryptionKeyError(MarketplaceError):
    """The key by which the secrets of access keys are encrypted is missing, or another one."""


class SwitchError(MarketplaceError, ValueError):
    """An unknown switch, or a value that the switch can not have."""


class ClockError(MarketplaceError, ValueError):
    """The clock can not be advanced so far, or not back."""


class WorkerRefusedError(MarketplaceError):
    """A worker may not do this; the message is shown to the worker and holds no id of other workers.

    `field` is the input that has to be changed, such as `country`, where there is one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ConnectionDropped(MarketplaceError):  # noqa: N818 - named like ConnectionReset
    """An injected fault: the connection was lost before a response; the call may or may not have been executed."""


class WireError(Exception):
    """An error response of the API: HTTP status, `__type` and members of the JSON body."""

    def __init__(
        self,
        status: int,
        kind: str,
        message: str,
        *,
        timestamped: bool,
        retry_after: int | None = None,
        **members: str,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.members = members
        self.timestamped = timestamped
        """Whether the message ends with the time in brackets, as MTurk's own errors do (observed)."""
        self.retry_after = retry_after
        """Seconds of the header Retry-After, None where there is none."""


def request_error(code: str, message: str) -> WireError:
    """A business rule is broken: 400 `RequestError` with a TurkErrorCode (observed)."""
    return WireError(400, "RequestError", message, timestamped=True, TurkErrorCode=CODE_PREFIX + code)


def invalid_parameter(parameter: str, value: object, detail: str = "") -> WireError:
    """A value breaks a rule: 400 `ParameterValidationError` (observed).

    `parameter` is the old API's singular name: `LocaleValue`, not `LocaleValues` (observed). The service adds a
    full stop after a detail that ends with one (observed: "…when used with the EqualTo comparator..").
    """
    shown = str(value)[:_LONGEST_ECHO]
    message = f'The value "{shown}" is not valid for the parameter {parameter}.'
    if detail:
        message += f" {detail}."
    code = CODE_PREFIX + "InvalidParameterValue"
    return WireError(
        400, "ParameterValidationError", message, timestamped=True, Parameter=parameter, TurkErrorCode=code
    )


def unparsable_xml(detail: str) -> WireError:
    """Malformed XML, or a wrong root element (text and code observed in the old API; the detail is our parser's)."""
    return request_error(
        "XMLParseError",
        "There was an error parsing the XML question or answer data in your request.  Please make sure the data "
        f"is well-formed and validates against the appropriate schema. Details: {detail}",
    )


def validation_error(problems: list[str]) -> WireError:
    """The request breaks the service model: 400 `ValidationException` (type observed, text guessed from AWS)."""
    message = f"{count(len(problems), 'validation error')} detected: {'; '.join(problems)}"
    return WireError(400, "ValidationException", message, timestamped=False)


def serialization_error(detail: str) -> WireError:
    """The body is not JSON, or has wrong types: 400 `SerializationException` (guessed from AWS JSON)."""
    return WireError(400, "SerializationException", detail, timestamped=False)


def unknown_operation(detail: str) -> WireError:
    """No such operation, method or path: 400 `UnknownOperationException` (guessed from AWS JSON)."""
    return WireError(400, "UnknownOperationException", detail, timestamped=False)


def throttled(retry_after: int | None = None) -> WireError:
    """Too many requests: 400 `ThrottlingException` (type and text observed, status guessed from AWS)."""
    return WireError(400, "ThrottlingException", "Rate exceeded", timestamped=False, retry_after=retry_after)


def service_fault(retry_after: int | None = None) -> WireError:
    """The service failed: 500 `ServiceFault` (type and text documented, status and code guessed)."""
    message = "Amazon Mechanical Turk is temporarily unable to process your request. Try your call again."
    code = CODE_PREFIX + "ServiceFault"
    return WireError(500, "ServiceFault", message, timestamped=True, retry_after=retry_after, TurkErrorCode=code)


def access_denied(operation: str) -> WireError:
    """Access denied by IAM (guessed from AWS; the action prefix `mechanicalturk:` is documented)."""
    message = f"User is not authorized to perform: mechanicalturk:{operation}"
    return WireError(400, "AccessDeniedException", message, timestamped=False)


def missing_authentication() -> WireError:
    """An unsigned call, where keys are looked at: 400 `MissingAuthenticationTokenException` (guessed from AWS JSON)."""
    return WireError(400, "MissingAuthenticationTokenException", "Missing Authentication Token", timestamped=False)


def unrecognized_client() -> WireError:
    """An unknown access key: 400 `UnrecognizedClientException` (observed on other services of AWS JSON)."""
    message = "The security token included in the request is invalid."
    return WireError(400, "UnrecognizedClientException", message, timestamped=False)


def permission_denied() -> WireError:
    """The type belongs to another requester, or to the system (text and code observed in the old API)."""
    return request_error("PermissionDenied", "This user is not authorized to perform the requested operation.")


def unknown_qualification_type(qualification_type_id: str) -> WireError:
    """No such qualification type, or not any more (text observed)."""
    return request_error(
        "QualificationTypeDoesNotExist", f"QualificationType [{qualification_type_id}] does not exist."
    )
