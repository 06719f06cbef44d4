"""The one door for answers: those of HTTP, and those of the embedded marketplace.

botocore takes any answer of status 200 for a success: it makes `{}` of an HTML page, of garbage and of a body that was
cut. Here an answer is the service's only if it is whole and says what the operation promises; a refusal only if it is a
JSON object that names its type. Anything else is an `UnavailableError`: whether the call took effect is unknown.
"""

import datetime
import json
import zlib
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pulumi_mturk.api.errors import FOREIGN_ANSWER_SECONDS, UnavailableError

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from botocore.model import OperationModel

# What an answer of status 200 has to have, by operation: non-empty texts at these paths. The service model requires no
# member. An operation whose output has no member answers `{}` or nothing.
_TYPE = tuple(
    f"QualificationType.{name}" for name in ("QualificationTypeId", "Name", "Description", "QualificationTypeStatus")
)
PROMISED: Mapping[str, tuple[str, ...]] = {
    "CreateQualificationType": _TYPE,
    "GetQualificationType": _TYPE,
    "UpdateQualificationType": _TYPE,
    "GetQualificationScore": ("Qualification.WorkerId", "Qualification.Status"),
    "CreateHITType": ("HITTypeId",),
    "ListQualificationTypes": ("QualificationTypes[].QualificationTypeId", "QualificationTypes[].Name"),
    "ListQualificationRequests": ("QualificationRequests[].QualificationRequestId",),
    "ListWorkersWithQualificationType": ("Qualifications[].WorkerId",),
    "GetHIT": ("HIT.HITId", "HIT.HITTypeId", "HIT.Title", "HIT.Reward"),
    "ListHITs": ("HITs[].HITId",),
    "ListHITsForQualificationType": ("HITs[].HITId",),
    "ListWorkerBlocks": ("WorkerBlocks[].WorkerId",),
}
# Larger answers are not unpacked: the largest page has 100 items of some kilobytes.
_MAX_UNPACKED_BYTES = 64 * 1024 * 1024
# Statuses of gateways under load: they pass, other pages that are not the service's mostly do not.
_OVERLOADED = frozenset((408, 425, 429))
_SIGN_IN_TO_NETWORK = 511


def watch(client: "BaseClient") -> None:
    """Let a boto3 client of MTurk return, or raise as a refusal, only what is the service's."""
    client.meta.events.register("before-parse.mturk", _admit)


def served_at(answer: Mapping[str, Any]) -> datetime.datetime | None:
    """The server's time of an answer: its `Date` header, in whole seconds; None if it has none that can be read."""
    return _date(headers_of(answer).get("date", ""))


def headers_of(answer: Mapping[str, Any]) -> Mapping[str, str]:
    """The headers of an answer or refusal, their names in small letters."""
    headers: Mapping[str, str] = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    return headers


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds for which the server asks to wait, or None. The header has seconds or a date, that of AWS ms."""
    if (milliseconds := headers.get("x-amz-retry-after", "")).isdecimal():
        return int(milliseconds) / 1000
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    until = _date(value)
    if until is None:
        return None
    # By the server's clock, if it tells it.
    now = _date(headers.get("date", "")) or datetime.datetime.now(datetime.UTC)
    return max(0.0, (until - now).total_seconds())


def _date(value: str) -> datetime.datetime | None:
    try:
        time = parsedate_to_datetime(value)
    except ValueError:
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=datetime.UTC)


class _ForeignError(Exception):
    """Why an answer is not the service's."""


class _CutError(_ForeignError):
    """How much of an answer is missing: of an answer that may well be the service's."""


def _admit(operation_model: "OperationModel", response_dict: dict[str, Any], **_: Any) -> None:
    """Botocore's event `before-parse`: raise unless the answer may be parsed; an unpacked body takes its place."""
    status: int = response_dict["status_code"]
    headers: Mapping[str, str] = {name.lower(): value for name, value in response_dict["headers"].items()}
    try:
        if 300 <= status < 400:
            raise _ForeignError(f"it is a redirect{_place(headers.get('location', ''))}")
        response_dict["body"] = body = _whole(response_dict["body"], headers)
        if status == 200:
            _check_success(operation_model, headers, body)
        elif status < 400:
            raise _ForeignError("it has no status of an answer")
        else:
            _check_refusal(body)
    except _ForeignError as why:
        passes = (
            isinstance(why, _CutError) or status in _OVERLOADED or (status >= 500 and status != _SIGN_IN_TO_NETWORK)
        )
        step = "" if passes else "; see whether this network asks to sign in, and whether mturk:endpointUrl is right"
        raise UnavailableError(
            f"{operation_model.name}: the answer (HTTP {status}{_kind(headers)}) is not the service's, or not all of "
            f"it: {why}{step}",
            operation=operation_model.name,
            patience_seconds=None if passes else 0.0 if 300 <= status < 400 else FOREIGN_ANSWER_SECONDS,
            retry_after_seconds=retry_after(headers),
        ) from None


def _place(location: str) -> str:
    """The host that a redirect leads to; the rest of the address may hold anything."""
    try:
        host = urlsplit(location).hostname
    except ValueError:
        host = None
    return f" to {host}" if host else ""


def _kind(headers: Mapping[str, str]) -> str:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return f", {kind}" if kind and len(kind) < 60 and kind.replace("/", "", 1).isascii() and kind.isprintable() else ""


def _whole(body: bytes, headers: Mapping[str, str]) -> bytes:
    """The body, unpacked, if it has the length that was announced.

    A body in chunks is known to be whole: urllib3 refuses one without its last chunk. It does not compare the length
    with the header's, as botocore turns that off. A body that ends with the connection is judged by its JSON.
    """
    if "chunked" not in headers.get("transfer-encoding", "").lower():
        length = headers.get("content-length", "").strip()
        if length and (not length.isdecimal() or int(length) != len(body)):
            raise _CutError(f"{len(body):,} of {length[:20]} bytes came")
        if not length and not body:
            raise _CutError("the connection was closed before a body")
    packing = headers.get("content-encoding", "").strip().lower()
    if packing in ("", "identity"):
        return body
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise _ForeignError("its body is packed in a way that was not asked for")
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        unpacked = unpacking.decompress(body, _MAX_UNPACKED_BYTES)
    except zlib.error:
        raise _ForeignError("its packed body can't be unpacked") from None
    if not unpacking.eof or unpacking.unused_data:
        raise _CutError("its packed body is not whole")
    return unpacked


def _check_success(model: "OperationModel", headers: Mapping[str, str], body: bytes) -> None:
    if not (headers.get("x-amzn-requestid") or headers.get("x-amz-request-id")):
        raise _ForeignError("it has no request id")
    shape = model.output_shape
    members = shape.members if shape is not None else {}
    if not members and not body.strip():
        return
    if "json" not in headers.get("content-type", "").partition(";")[0].lower():
        raise _ForeignError("its content is not JSON")
    document = _document(body)
    if not members:
        if document:
            raise _ForeignError("it has members, and the operation has none")
        return
    if (wrong := _misfit(shape, document, "")) is not None:
        raise _ForeignError(f"{wrong or 'the document'} has another type")
    for path in PROMISED.get(model.name, ()):
        if (lacking := _lacking(document, path.split("."))) is not None:
            raise _ForeignError(f"it lacks {lacking}")


def _check_refusal(body: bytes) -> None:
    kind = _document(body).get("__type")
    if not isinstance(kind, str) or not kind:
        raise _ForeignError("it is an error without its type")


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body.decode())
    except (ValueError, RecursionError):
        raise _ForeignError("its body is not JSON, or not all of it") from None
    if not isinstance(document, dict):
        raise _ForeignError("its body is no JSON object")
    return document


_JSON_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "structure": dict,
    "list": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "long": int,
}


def _misfit(shape: Any, value: Any, path: str) -> str | None:
    """Where a value has not the type of the service's model; None if it has everywhere. Unknown members pass."""
    if value is None:
        return None
    kind: str = shape.type_name
    if kind == "timestamp":
        return None if _is_time(value) else path
    wanted = _JSON_TYPES.get(kind, object)
    if not isinstance(value, wanted) or (isinstance(value, bool) and kind != "boolean"):
        return path
    parts: Iterable[tuple[Any, Any, str]] = ()
    if isinstance(value, dict):
        known = shape.members
        parts = ((known[name], item, f"{path}.{name}".lstrip(".")) for name, item in value.items() if name in known)
    elif isinstance(value, list):
        if any(item is None for item in value):
            return f"{path}[]"
        parts = ((shape.member, item, f"{path}[]") for item in value)
    return next((wrong for part in parts if (wrong := _misfit(*part)) is not None), None)


def _is_time(value: Any) -> bool:
    from botocore.utils import parse_timestamp

    if isinstance(value, bool):
        return False
    try:
        parse_timestamp(value)
    except (ValueError, TypeError, OverflowError, OSError, RuntimeError):
        return False
    return True


def _lacking(value: Any, path: list[str]) -> str | None:
    """The first member of a path that is not there, or is empty; None if all are."""
    if not path:
        return None if value else ""
    name, *rest = path
    member = value.get(name.removesuffix("[]"))
    if member is None:
        return name
    for item in member if name.endswith("[]") else [member]:
        if (lacking := _lacking(item, rest)) is not None:
            return f"{name}.{lacking}".rstrip(".")
    return None
