"""Operations on qualification types: create, get, update, delete, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.api.pagination import page
from pulumi_mturk.marketplace.api.parameters import Request, check_length, check_minimum, check_not_empty, flag
from pulumi_mturk.marketplace.api.question_xml import check_question_xml
from pulumi_mturk.marketplace.domain.context import Context, new_id
from pulumi_mturk.marketplace.domain.qualification_types import (
    delete,
    disposing_error,
    find_type,
    require_live,
    require_own,
    state_of,
)
from pulumi_mturk.marketplace.domain.system_qualification_types import (
    SystemQualificationType,
    find_system_type,
    listed_system_types,
)
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter, request_error, unknown_qualification_type
from pulumi_mturk.marketplace.storage import qualification_types

if TYPE_CHECKING:
    from collections.abc import Generator

    from pulumi_mturk.marketplace.storage.sql import Row

DESCRIPTION_LENGTH: Final = 2000
KEYWORDS_LENGTH: Final = 1000


def create_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateQualificationType: the name is unique among the caller's own types (documented).

    A deleted type keeps its name until it is gone (documented, up to 48 hours). Names are compared exactly (guessed).
    A name may be of any length (guessed: no limit is stated).
    """
    _check_words(ctx, request)
    _check_times(request)
    test, answer_key = _checked_test(ctx, request)
    if test is None:
        if answer_key is not None:
            raise invalid_parameter("AnswerKey", request["AnswerKey"], "AnswerKey must be used with a Test")
        if "TestDurationInSeconds" in request and ctx.switches.test_duration_without_test == "refuse":
            raise _needs_test(request)
    if test is not None and flag(request, "AutoGranted", default=False):
        raise _auto_granted_with_test("Test", request["Test"])
    for row in qualification_types.of_name(ctx.db, ctx.account, request["Name"]):
        if state_of(ctx, row) != "Gone":
            raise request_error(
                "QualificationTypeAlreadyExists",  # code and text observed
                "You have already created a QualificationType with this name. A QualificationType's name must be "
                "unique among all of the QualificationTypes created by the same user.",
            )
    identity = new_id(ctx)
    qualification_types.insert(
        ctx.db,
        id=identity,
        account=ctx.account,
        name=request["Name"],
        description=request["Description"],
        keywords=request.get("Keywords"),
        status=request["QualificationTypeStatus"],
        retry_delay=request.get("RetryDelayInSeconds"),
        test=test,
        answer_key=answer_key,
        test_duration=request.get("TestDurationInSeconds"),
        auto_granted=flag(request, "AutoGranted", default=False),
        auto_granted_value=request.get("AutoGrantedValue"),
        creation_time=ctx.now,
        last_used=ctx.now,
    )
    return _answer(ctx, identity)


def get_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """GetQualificationType: any type, also a system type; a switch decides on a Disposing one (guessed).

    Test and AnswerKey of another requester's type are not shown (guessed).
    """
    identity = request["QualificationTypeId"]
    found = find_type(ctx, identity)
    if found is None:
        of_system = find_system_type(identity, ctx.switches)
        if of_system is None or of_system.retired:
            raise unknown_qualification_type(identity)
        return {"QualificationType": as_qualification_type(of_system)}
    row, state = found
    if state == "Disposing" and ctx.switches.get_disposing_type == "does_not_exist":
        raise unknown_qualification_type(identity)
    if state == "Disposing" and ctx.switches.get_disposing_type == "invalid_state":
        raise disposing_error()
    return {"QualificationType": _wire_form(ctx, row, state)}


def update_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateQualificationType: omitted members stay; but a Test without AnswerKey removes the key (documented)."""
    row = require_live(ctx, request["QualificationTypeId"])
    _check_words(ctx, request)
    _check_times(request)
    changes = {
        column: request[member]
        for member, column in (
            ("Description", "description"),
            ("QualificationTypeStatus", "status"),
            ("RetryDelayInSeconds", "retry_delay"),
            ("AutoGranted", "auto_granted"),
            ("AutoGrantedValue", "auto_granted_value"),
        )
        if member in request
    }
    test, answer_key = _checked_test(ctx, request)
    if test is not None:
        changes |= {"test": test, "answer_key": answer_key, "test_duration": request["TestDurationInSeconds"]}
    elif "AnswerKey" in request or "TestDurationInSeconds" in request:
        raise _needs_test(request)  # documented: a new key or duration is sent with the whole Test
    auto_granted = changes.get("auto_granted", row["auto_granted"])
    if auto_granted and test is not None:
        raise _auto_granted_with_test("Test", request["Test"])  # observed on a type created with AutoGranted
    if auto_granted and row["test"] is not None:
        raise _auto_granted_with_test("AutoGranted", "true")  # documented
    changes["last_used"] = ctx.now
    qualification_types.change(ctx.db, row["id"], changes)
    return _answer(ctx, row["id"])


def delete_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """DeleteQualificationType: disables HIT types, rejects pending requests, revokes nothing (all documented).

    The HIT types are those that require it, of whichever requester (guessed).
    A second call while the type is Disposing is an error (observed in the old API, though the model says idempotent).
    """
    delete(ctx, require_live(ctx, request["QualificationTypeId"])["id"])
    return {}


def list_qualification_types(ctx: Context, request: Request) -> dict[str, Any]:
    """ListQualificationTypes: those of all requesters unless MustBeOwnedByCaller (documented).

    Test and AnswerKey of other requesters' types are not shown (guessed).
    System types are listed only if MustBeRequestable is false (documented). Query finds a part of the name or
    of the keywords in any case (observed for names, documented for keywords). New types may be listed with a delay, a
    switch (observed). Deleted ones may still be listed, a switch (observed).
    """
    query = request.get("Query", "")
    of_caller = flag(request, "MustBeOwnedByCaller", default=False)
    with_system = not of_caller and not request["MustBeRequestable"]

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        of_system = listed_system_types(ctx.switches) if with_system else []
        for position, found in enumerate(of_system, start=-len(of_system)):
            if position > after and query.casefold() in found.name.casefold():
                yield position, as_qualification_type(found)
        made_before = ctx.made_before(ctx.switches.listing_lag_seconds)
        for row in qualification_types.listed(ctx.db, ctx.account if of_caller else None, query, after, made_before):
            state = state_of(ctx, row)
            if state != "Gone" and (state != "Disposing" or ctx.switches.list_disposing_type == "shown"):
                yield row["sequence"], _wire_form(ctx, row, state)

    return page(ctx, request, "ListQualificationTypes", "QualificationTypes", rows)


def _check_words(ctx: Context, request: Request) -> None:
    check_not_empty(request, "Name", "Description")
    check_length(request, "Description", DESCRIPTION_LENGTH)
    check_length(request, "Keywords", KEYWORDS_LENGTH)
    if ctx.switches.name_max_length:
        check_length(request, "Name", ctx.switches.name_max_length)


def _check_times(request: Request) -> None:
    check_minimum(request, "RetryDelayInSeconds", 0)
    check_minimum(request, "TestDurationInSeconds", 1)


def _checked_test(ctx: Context, request: Request) -> tuple[str | None, str | None]:
    """Check Test and AnswerKey, and return them as they are stored; a Test needs its duration (documented)."""
    test, answer_key = (
        check_question_xml(name, request[name], ctx.switches.xml_echo) if name in request else None
        for name in ("Test", "AnswerKey")
    )
    if test is not None and "TestDurationInSeconds" not in request:
        raise invalid_parameter("TestDurationInSeconds", "null", "A Test must be used with TestDurationInSeconds")
    return test, answer_key


def _needs_test(request: Request) -> WireError:
    """AnswerKey or duration alone: documented as not possible, the error is guessed."""
    name = "AnswerKey" if "AnswerKey" in request else "TestDurationInSeconds"
    return invalid_parameter(name, request[name], f"{name} must be used with a Test")


def _auto_granted_with_test(parameter: str, value: str) -> WireError:
    """Documented as not possible; that the error names the parameter Test is observed."""
    return invalid_parameter(parameter, value, "A QualificationType with a Test cannot be AutoGranted")


def _answer(ctx: Context, identity: str) -> dict[str, Any]:
    row, _ = require_own(ctx, identity)
    return {"QualificationType": _wire_form(ctx, row, row["status"])}


def _wire_form(ctx: Context, row: Row, state: str) -> dict[str, Any]:
    """IsRequestable and AutoGranted are always there, IsRequestable true even if Inactive (observed)."""
    value = row["auto_granted_value"]
    is_own = ctx.reaches(row["account"])
    return {
        "QualificationTypeId": row["id"],
        "CreationTime": row["creation_time"],
        "Name": row["name"],
        "Description": row["description"],
        "Keywords": row["keywords"],
        "QualificationTypeStatus": state,
        "Test": row["test"] if is_own else None,
        "TestDurationInSeconds": row["test_duration"],
        "AnswerKey": row["answer_key"] if is_own else None,
        "RetryDelayInSeconds": row["retry_delay"],
        "IsRequestable": True,
        "AutoGranted": bool(row["auto_granted"]),
        # documented: 1 by default where AutoGranted; that a value is kept without it is guessed
        "AutoGrantedValue": 1 if value is None and row["auto_granted"] else value,
    }


_CREATION_TIME: Final = 1_130_803_200.0
"""Midnight of 2005-11-01, when the service opened (guessed)."""


def as_qualification_type(found: SystemQualificationType) -> dict[str, Any]:
    """The wire form; a worker cannot request a system type (documented)."""
    return {
        "QualificationTypeId": found.id,
        "CreationTime": _CREATION_TIME,
        "Name": found.name,
        "Description": found.description,
        "QualificationTypeStatus": "Active",
        "IsRequestable": False,
        "AutoGranted": False,
    }
