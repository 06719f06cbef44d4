"""Qualification types: create, get, update, delete, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.context import Context, Request, flag, new_id
from pulumi_mturk.marketplace.errors import WireError, invalid_parameter, request_error, unknown_qualification_type
from pulumi_mturk.marketplace.requester.documents import checked_document
from pulumi_mturk.marketplace.requester.paging import page
from pulumi_mturk.marketplace.requester.text_rules import at_least, filled, not_longer
from pulumi_mturk.marketplace.system_types import as_qualification_type, listed, system_type
from pulumi_mturk.marketplace.type_store import disposing_error, find_own, require_live, state_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator

DESCRIPTION_LENGTH: Final = 2000
KEYWORDS_LENGTH: Final = 1000


def create_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """CreateQualificationType: the name is unique among the caller's own types (documented).

    A deleted type keeps its name until it is gone (documented, up to 48 hours). Names are compared exactly (guessed).
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
    for row in ctx.db.execute("SELECT * FROM qualification_types WHERE name = ?", (request["Name"],)):
        if state_of(ctx, row) != "Gone":
            raise request_error(
                "QualificationTypeAlreadyExists",  # code and text observed
                "You have already created a QualificationType with this name. A QualificationType's name must be "
                "unique among all of the QualificationTypes created by the same user.",
            )
    identity = new_id()
    ctx.db.execute(
        """INSERT INTO qualification_types (id, name, description, keywords, status, retry_delay, test, answer_key,
            test_duration, auto_granted, auto_granted_value, creation_time, last_used)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            identity,
            request["Name"],
            request["Description"],
            request.get("Keywords"),
            request["QualificationTypeStatus"],
            request.get("RetryDelayInSeconds"),
            test,
            answer_key,
            request.get("TestDurationInSeconds"),
            flag(request, "AutoGranted", default=False),
            request.get("AutoGrantedValue"),
            ctx.now,
            ctx.now,
        ),
    )
    return _answer(ctx, identity)


def get_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """GetQualificationType: any type, also the system's; what a Disposing one gives is a switch (guessed)."""
    identity = request["QualificationTypeId"]
    found = find_own(ctx, identity)
    if found is None:
        of_system = system_type(identity, ctx.switches)
        if of_system is None or of_system.retired:
            raise unknown_qualification_type(identity)
        return {"QualificationType": as_qualification_type(of_system)}
    row, state = found
    if state == "Disposing" and ctx.switches.get_disposing_type == "does_not_exist":
        raise unknown_qualification_type(identity)
    if state == "Disposing" and ctx.switches.get_disposing_type == "invalid_state":
        raise disposing_error()
    return {"QualificationType": _wire_form(row, state)}


def update_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """UpdateQualificationType: what is not sent stays; but a Test without AnswerKey drops the key (documented)."""
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
    assignments = ", ".join(f"{column} = ?" for column in changes)
    ctx.db.execute(
        f"UPDATE qualification_types SET {assignments} WHERE id = ?",  # noqa: S608 - the columns are ours
        (*changes.values(), row["id"]),
    )
    return _answer(ctx, row["id"])


def delete_qualification_type(ctx: Context, request: Request) -> dict[str, Any]:
    """DeleteQualificationType: kills HIT types, rejects pending requests, revokes nothing (all documented).

    The second call on a type that still waits is an error (observed in the old API, though the model says idempotent).
    """
    identity = require_live(ctx, request["QualificationTypeId"])["id"]
    ctx.db.execute(
        "UPDATE qualification_types SET held_until = ? WHERE id = ?",
        (ctx.now + ctx.switches.name_held_seconds, identity),
    )
    ctx.db.execute(
        """UPDATE hit_types SET deleted = 1
        WHERE id IN (SELECT hit_type_id FROM hit_type_requirements WHERE qualification_type_id = ?)""",
        (identity,),
    )
    ctx.db.execute(
        """UPDATE qualification_requests SET status = 'Rejected'
        WHERE qualification_type_id = ? AND status = 'Pending'""",
        (identity,),
    )
    return {}


def list_qualification_types(ctx: Context, request: Request) -> dict[str, Any]:
    """ListQualificationTypes: everybody's unless MustBeOwnedByCaller (documented).

    Those of the system are there only where MustBeRequestable is false (documented). Query finds a part of the name or
    of the keywords in any case (observed for names, documented for keywords). New types may take a while to be found, a
    switch (observed). Deleted ones may still be listed, a switch (observed).
    """
    query = request.get("Query", "").casefold()
    with_system = not flag(request, "MustBeOwnedByCaller", default=False) and not request["MustBeRequestable"]

    def rows(after: int) -> Generator[tuple[int, dict[str, Any]]]:
        of_system = listed(ctx.switches) if with_system else []
        for position, found in enumerate(of_system, start=-len(of_system)):
            if position > after and query in found.name.casefold():
                yield position, as_qualification_type(found)
        for row in ctx.db.execute(
            """SELECT * FROM qualification_types WHERE sequence > ? AND creation_time <= ?
                AND (instr(casefold(name), ?) OR instr(casefold(coalesce(keywords, '')), ?)) ORDER BY sequence""",
            (after, ctx.now - ctx.switches.listing_lag_seconds, query, query),
        ):
            state = state_of(ctx, row)
            if state != "Gone" and (state != "Disposing" or ctx.switches.list_disposing_type == "shown"):
                yield row["sequence"], _wire_form(row, state)

    return page(ctx, request, "ListQualificationTypes", "QualificationTypes", rows)


def _check_words(ctx: Context, request: Request) -> None:
    filled(request, "Name", "Description")
    not_longer(request, "Description", DESCRIPTION_LENGTH)
    not_longer(request, "Keywords", KEYWORDS_LENGTH)
    if ctx.switches.name_max_length:
        not_longer(request, "Name", ctx.switches.name_max_length)


def _check_times(request: Request) -> None:
    at_least(request, "RetryDelayInSeconds", 0)
    at_least(request, "TestDurationInSeconds", 1)


def _checked_test(ctx: Context, request: Request) -> tuple[str | None, str | None]:
    """Test and AnswerKey as they will be given back; a Test needs its duration (documented)."""
    test, answer_key = (
        checked_document(name, request[name], ctx.switches.xml_echo) if name in request else None
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
    row = ctx.db.execute("SELECT * FROM qualification_types WHERE id = ?", (identity,)).fetchone()
    return {"QualificationType": _wire_form(row, row["status"])}


def _wire_form(row: sqlite3.Row, state: str) -> dict[str, Any]:
    """IsRequestable and AutoGranted are always there, IsRequestable true even if Inactive (observed)."""
    value = row["auto_granted_value"]
    return {
        "QualificationTypeId": row["id"],
        "CreationTime": row["creation_time"],
        "Name": row["name"],
        "Description": row["description"],
        "Keywords": row["keywords"],
        "QualificationTypeStatus": state,
        "Test": row["test"],
        "TestDurationInSeconds": row["test_duration"],
        "AnswerKey": row["answer_key"],
        "RetryDelayInSeconds": row["retry_delay"],
        "IsRequestable": True,
        "AutoGranted": bool(row["auto_granted"]),
        # documented: 1 by default where AutoGranted; that a value is kept without it is guessed
        "AutoGrantedValue": 1 if value is None and row["auto_granted"] else value,
    }
