"""What the marketplace refuses, in the words and shapes of the wire, and what it raises in Python.

The labels say where a shape or a text comes from: *documented* by AWS, *observed* on the real service by
somebody who published it, or *guessed* by us because nobody published anything.
"""

from __future__ import annotations

from typing import Final

CODE_PREFIX: Final = "AWS.MechanicalTurk."
_LONGEST_ECHO: Final = 1000
"""Characters of a refused value that an error repeats (guessed: what AWS does with a long one is unknown)."""


class MarketplaceError(Exception):
    """Base of everything that this package raises to a Python caller."""


class MissingDatabaseError(MarketplaceError):
    """There is no file at the path, and the caller did not ask to create one."""


class NotAMarketplaceError(MarketplaceError):
    """The file exists but is not a marketplace database, or is one of a newer version of this package."""


class SwitchError(MarketplaceError, ValueError):
    """A switch does not exist, or does not have the value."""


class WorkerRefusedError(MarketplaceError):
    """What a worker tried to do is not possible; the message says why, for a page, and names nobody."""


class ConnectionDropped(MarketplaceError):  # noqa: N818 - it names what happened to the caller, as ConnectionReset does
    """An injected fault: the connection was lost before an answer came; the call may or may not have happened."""


class WireError(Exception):
    """A refusal as it goes over the wire: HTTP status, `__type` and members of the JSON body."""

    def __init__(self, status: int, kind: str, message: str, *, stamped: bool, **members: str) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.message = message
        self.members = members
        self.stamped = stamped
        """Whether the message ends with the time in brackets, as MTurk's own errors do (observed)."""


def request_error(code: str, message: str) -> WireError:
    """A business rule says no: 400 `RequestError` with a TurkErrorCode (observed)."""
    return WireError(400, "RequestError", message, stamped=True, TurkErrorCode=CODE_PREFIX + code)


def invalid_parameter(parameter: str, value: object, detail: str = "") -> WireError:
    """A value breaks a rule: 400 `ParameterValidationError` (observed).

    `parameter` is the old API's singular name: `LocaleValue`, not `LocaleValues` (observed). The service adds a
    full stop after a detail that ends with one (observed: "…when used with the EqualTo comparator..").
    """
    shown = str(value)[:_LONGEST_ECHO]
    message = f'The value "{shown}" is not valid for the parameter {parameter}.'
    if detail:
        message += f" {detail}."
    members = {"Parameter": parameter, "TurkErrorCode": CODE_PREFIX + "InvalidParameterValue"}
    return WireError(400, "ParameterValidationError", message, stamped=True, **members)


def unparsable_xml(detail: str) -> WireError:
    """XML that is not what it should be (text and code observed in the old API; the detail is our parser's)."""
    return request_error(
        "XMLParseError",
        "There was an error parsing the XML question or answer data in your request.  Please make sure the data "
        f"is well-formed and validates against the appropriate schema. Details: {detail}",
    )


def validation_error(problems: list[str]) -> WireError:
    """The request breaks the service model: 400 `ValidationException` (type observed, text guessed from AWS)."""
    count = len(problems)
    noun = "error" if count == 1 else "errors"
    return WireError(
        400, "ValidationException", f"{count} validation {noun} detected: {'; '.join(problems)}", stamped=False
    )


def serialization_error(detail: str) -> WireError:
    """The bytes are no JSON of the expected types: 400 `SerializationException` (guessed from AWS JSON)."""
    return WireError(400, "SerializationException", detail, stamped=False)


def unknown_operation(detail: str) -> WireError:
    """No such operation, method or path: 400 `UnknownOperationException` (guessed from AWS JSON)."""
    return WireError(400, "UnknownOperationException", detail, stamped=False)


def throttled() -> WireError:
    """Too many requests: 400 `ThrottlingException` (type and text observed, status guessed from AWS)."""
    return WireError(400, "ThrottlingException", "Rate exceeded", stamped=False)


def service_fault() -> WireError:
    """The service failed: 500 `ServiceFault` (type and text documented, status and code guessed)."""
    message = "Amazon Mechanical Turk is temporarily unable to process your request. Try your call again."
    return WireError(500, "ServiceFault", message, stamped=True, TurkErrorCode=CODE_PREFIX + "ServiceFault")


def access_denied(operation: str) -> WireError:
    """IAM says no (guessed from AWS; the action prefix `mechanicalturk:` is documented)."""
    message = f"User is not authorized to perform: mechanicalturk:{operation}"
    return WireError(400, "AccessDeniedException", message, stamped=False)


def permission_denied() -> WireError:
    """The type belongs to somebody else, or to the system (text and code observed in the old API)."""
    return request_error("PermissionDenied", "This user is not authorized to perform the requested operation.")


def unknown_qualification_type(qualification_type_id: str) -> WireError:
    """No such qualification type, or not any more (text observed)."""
    return request_error(
        "QualificationTypeDoesNotExist", f"QualificationType [{qualification_type_id}] does not exist."
    )
