"""One typed method for each operation of the API that the provider uses.

Every failure comes out as one of `pulumi_mturk.common.errors`.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pulumi_mturk.api.calls import PAGE_SIZE, Calls
from pulumi_mturk.api.errors import AlreadyExistsError, ApiError, InvalidStateError, NotFoundError, UnknownWorkerError
from pulumi_mturk.api.hits import HITInfo, HITTypeInfo, hit_info, hit_type_info
from pulumi_mturk.api.lost_creates import Look, agrees
from pulumi_mturk.api.qualification_types import QualificationTypeInfo, time_text, type_info
from pulumi_mturk.api.response_checks import served_at
from pulumi_mturk.api.retry import Repeat

T = TypeVar("T")

# New types are listed after a while; up to a minute was seen [observed by others]. So long they are looked for.
LISTING_LAG_SECONDS = 100.0
# The score may be missing in an answer (the model requires no member).
NO_SCORE = 0
# Deleted types may stay listed for a while with a status that the model does not name [observed by others].
DISPOSING = "Disposing"


@dataclass(frozen=True)
class GrantInfo:
    """A qualification that a worker holds."""

    integer_value: int
    grant_time: str | None


@dataclass(frozen=True)
class Usage:
    """What depends on a qualification type. If `at_least` is set, counting stopped at a limit."""

    holders: int
    requests: int
    hits: int
    excluding_hits: int  # of `hits`, those that keep holders out with DoesNotExist
    at_least: bool

    def __bool__(self) -> bool:
        return bool(self.holders or self.requests or self.hits)


class Client(Calls):
    """The MTurk requester API at one endpoint. Safe to share between threads."""

    # Counting stops after so many pages: the refusal that needs the counts then says "at least".
    COUNTED_PAGES = 20

    # Qualification types

    def create_qualification_type(
        self, look: Look | None = None, *, unique_name: bool = False, **values: Any
    ) -> QualificationTypeInfo:
        """Create a type. If the reply is lost, it is looked for by its name: `lost_creates` tells whether it is ours.

        `look` is what a look for the name saw before; by default one is made now. A `unique_name` is one that nobody
        else gives. Raises AlreadyExistsError without a call if somebody has the name.
        """
        look = look or self.look_for_qualification_type(values["name"])
        if look.found is not None:
            taken = "CreateQualificationType: there is a type of this name"
            raise AlreadyExistsError(taken, operation="CreateQualificationType")
        if not unique_name:
            # Times are whole seconds: one later it can be told from what somebody else makes.
            self._retry.sleep(1.0)

        def look_up(error: ApiError) -> QualificationTypeInfo | None:
            # The name is taken after a reply was lost: most likely by that call, whose type may not be listed yet.
            found = self.find_created(values["name"], wait=isinstance(error, AlreadyExistsError))
            return found if found and look.precedes(found, unique_name=unique_name) and agrees(found, values) else None

        answer = self._call("create_qualification_type", values, Repeat.LOOK_UP, look_up=look_up)
        return answer if isinstance(answer, QualificationTypeInfo) else type_info(answer["QualificationType"])

    def find_created(self, name: str, *, wait: bool) -> QualificationTypeInfo | None:
        """Look, even when stopped, for a type that may just have been created; `wait` for it to be listed.

        It is read by its id: what a listing tells of test and answer key is not documented.
        """
        client = self._unstoppable()

        def find() -> QualificationTypeInfo | None:
            return client.find_qualification_type(name)

        found = self._retry.wait_for(find, LISTING_LAG_SECONDS) if wait else find()
        return client.get_qualification_type(found.qualification_type_id) if found is not None else None

    def get_qualification_type(self, qualification_type_id: str) -> QualificationTypeInfo | None:
        """Read a type; None if it is deleted or being deleted."""
        values = {"qualification_type_id": qualification_type_id}
        try:
            found = type_info(self._call("get_qualification_type", values)["QualificationType"])
        except (NotFoundError, InvalidStateError):
            return None
        return None if found.status == DISPOSING else found

    def update_qualification_type(self, qualification_type_id: str, **values: Any) -> QualificationTypeInfo:
        """Change the given members of a type; those that are left out stay as they are."""
        answer = self._call("update_qualification_type", {"qualification_type_id": qualification_type_id, **values})
        return type_info(answer["QualificationType"])

    def delete_qualification_type(self, qualification_type_id: str) -> None:
        """Delete a type; success if it is already deleted or being deleted."""
        try:
            self._call("delete_qualification_type", {"qualification_type_id": qualification_type_id})
        except (NotFoundError, InvalidStateError):
            return

    def find_qualification_type(self, name: str) -> QualificationTypeInfo | None:
        """The account's type of exactly this name. The service's search is fuzzy, lags, and lists deleted types."""
        return self.look_for_qualification_type(name).found

    def look_for_qualification_type(self, name: str) -> Look:
        """As `find_qualification_type`, with the service's time."""
        values = {"query": name, "must_be_requestable": False, "must_be_owned_by_caller": True}
        time, found, disposing = None, None, None
        for answer in self._answers("list_qualification_types", values):
            time = served_at(answer)
            types = map(type_info, answer.get("QualificationTypes", ()))
            named = {live.status == DISPOSING: live for live in types if live.name == name}
            disposing = named.get(True, disposing)
            if found := named.get(False):
                break
        return Look(found, time, disposing)

    def list_own_qualification_types(self) -> Iterator[QualificationTypeInfo]:
        """All types of the account but those that are being deleted; new ones are listed after a while."""
        values = {"must_be_requestable": False, "must_be_owned_by_caller": True}
        types = map(type_info, self._items("list_qualification_types", "QualificationTypes", values))
        return (live for live in types if live.status != DISPOSING)

    def usage_of_qualification_type(self, qualification_type_id: str) -> Usage:
        """Count holders, pending requests and HITs of a type; all 0 if it does not exist."""
        values = {"qualification_type_id": qualification_type_id}
        limit = self.COUNTED_PAGES * PAGE_SIZE
        try:
            listed = [
                _take(self._items(operation, member, {**values, **extra}), limit)
                for operation, member, extra in (
                    ("list_workers_with_qualification_type", "Qualifications", {"status": "Granted"}),
                    ("list_qualification_requests", "QualificationRequests", {}),
                    ("list_hits_for_qualification_type", "HITs", {}),
                )
            ]
        except (NotFoundError, InvalidStateError):
            listed = [[], [], []]
        holders, requests, hits = map(len, listed)
        excluding = _excluding(listed[2], qualification_type_id)
        return Usage(holders, requests, hits, excluding, at_least=limit in (holders, requests, hits))

    def hits_excluding_by(self, qualification_type_id: str) -> int:
        """How many HITs exclude the holders of a type (DoesNotExist), counted up to the limit."""
        values = {"qualification_type_id": qualification_type_id}
        hits = self._items("list_hits_for_qualification_type", "HITs", values)
        return _excluding(_take(hits, self.COUNTED_PAGES * PAGE_SIZE), qualification_type_id)

    # Grants

    def grant(self, qualification_type_id: str, worker_id: str, integer_value: int, *, send_notification: bool) -> None:
        """Grant a qualification, or change the score of one that is held."""

        def look_up(_: ApiError) -> Mapping[str, Any] | None:
            held = self._unstoppable().get_grant(qualification_type_id, worker_id)
            return {} if held is not None and held.integer_value == integer_value else None

        self._call(
            "associate_qualification_with_worker",
            {
                "qualification_type_id": qualification_type_id,
                "worker_id": worker_id,
                "integer_value": integer_value,
                "send_notification": send_notification,
            },
            # A repeat would mail the worker a second time.
            Repeat.LOOK_UP if send_notification else Repeat.SAFE,
            look_up=look_up if send_notification else None,
        )

    def revoke(self, qualification_type_id: str, worker_id: str, reason: str | None) -> None:
        """Revoke a qualification; success if it isn't held. The worker is notified only if a reason is given."""
        values = {"qualification_type_id": qualification_type_id, "worker_id": worker_id, "reason": reason}
        try:
            self._call("disassociate_qualification_from_worker", values)
        except (NotFoundError, InvalidStateError, UnknownWorkerError):
            return

    def get_grant(self, qualification_type_id: str, worker_id: str) -> GrantInfo | None:
        """Read a grant; None if there is none, it is revoked, or the type does not exist."""
        values = {"qualification_type_id": qualification_type_id, "worker_id": worker_id}
        try:
            found = self._call("get_qualification_score", values)["Qualification"]
        except (NotFoundError, InvalidStateError):
            return None
        if found.get("Status") == "Revoked":
            return None
        return GrantInfo(found.get("IntegerValue", NO_SCORE), time_text(found.get("GrantTime")))

    def holders(
        self, qualification_type_id: str, seen: Callable[[int], None] = lambda _: None
    ) -> dict[str, int] | None:
        """All holders of a type: worker id -> score; None if the type is deleted or being deleted.

        `seen` is called after each page with the number read so far.
        """
        values = {"qualification_type_id": qualification_type_id, "status": "Granted"}
        held: dict[str, int] = {}
        try:
            for page in self._pages("list_workers_with_qualification_type", "Qualifications", values):
                held.update((item["WorkerId"], item.get("IntegerValue", NO_SCORE)) for item in page)
                seen(len(held))
        except (NotFoundError, InvalidStateError):
            return None
        return held

    def count_holders(self, qualification_type_id: str) -> tuple[int, bool]:
        """How many hold a type, and whether there may be more: counting stops at a limit."""
        values = {"qualification_type_id": qualification_type_id, "status": "Granted"}
        limit = self.COUNTED_PAGES * PAGE_SIZE
        try:
            held = self._items("list_workers_with_qualification_type", "Qualifications", values)
            number = len(_take(held, limit))
        except (NotFoundError, InvalidStateError):
            return 0, False
        return number, number == limit

    # HIT types

    def create_hit_type(self, **values: Any) -> str:
        """Register a HIT type, or find the one with equal values: its id."""
        return str(self._call("create_hit_type", values)["HITTypeId"])

    # HITs

    def list_hits(self) -> Iterator[HITInfo]:
        """All HITs of the account that are not deleted. Those of the last seconds may be missing."""
        yield from map(hit_info, self._items("list_hits", "HITs", {}))

    def hit_type_of(self, hit_id: str) -> HITTypeInfo | None:
        """The HIT type of a HIT; None if the HIT is deleted, or never was."""
        try:
            return hit_type_info(self._call("get_hit", {"hit_id": hit_id})["HIT"])
        except NotFoundError:
            return None

    def list_hits_for_qualification_type(self, qualification_type_id: str) -> Iterator[HITInfo]:
        """All HITs that require a type; none if it does not exist."""
        values = {"qualification_type_id": qualification_type_id}
        try:
            yield from map(hit_info, self._items("list_hits_for_qualification_type", "HITs", values))
        except (NotFoundError, InvalidStateError):
            return

    def update_expiration_for_hit(self, hit_id: str, expire_at: datetime.datetime) -> None:
        """Set when a HIT expires, with a past time now. Who has accepted it may still submit. Deleted is success."""
        try:
            self._call("update_expiration_for_hit", {"hit_id": hit_id, "expire_at": expire_at})
        except NotFoundError:
            return
        except InvalidStateError as error:
            if not _disposed(error):
                raise

    def delete_hit(self, hit_id: str) -> bool:
        """Delete a HIT with its results; already gone is success.

        False if the service does not allow it: work is under way, or waits to be approved or rejected.
        """
        try:
            self._call("delete_hit", {"hit_id": hit_id})
        except NotFoundError:
            return True
        except InvalidStateError as error:
            return _disposed(error)
        return True

    # Worker blocks

    def create_worker_block(self, worker_id: str, reason: str) -> None:
        """Block a worker from all HITs of the account, or send a new reason for a blocked one."""

        def look_up(_: ApiError) -> Mapping[str, Any] | None:
            return {} if self._unstoppable().list_worker_blocks().get(worker_id) == reason else None

        values = {"worker_id": worker_id, "reason": reason}
        self._call("create_worker_block", values, Repeat.LOOK_UP, look_up=look_up)

    def delete_worker_block(self, worker_id: str) -> None:
        """Lift a block; success when there is none."""
        self._call("delete_worker_block", {"worker_id": worker_id})

    def list_worker_blocks(self) -> dict[str, str]:
        """All blocks of the account: worker id -> reason."""
        return {
            item["WorkerId"]: item.get("Reason", "") for item in self._items("list_worker_blocks", "WorkerBlocks", {})
        }


def _disposed(error: InvalidStateError) -> bool:
    """Whether an operation was refused because the HIT is deleted already [the text was observed by others]."""
    return "in the state 'Disposed'" in str(error)


def _excluding(hits: Iterable[Mapping[str, Any]], qualification_type_id: str) -> int:
    return sum(
        rule["QualificationTypeId"] == qualification_type_id and rule["Comparator"] == "DoesNotExist"
        for hit in hits
        for rule in hit.get("QualificationRequirements", ())
    )


def _take(items: Iterator[T], limit: int) -> list[T]:
    return [item for item, _ in zip(items, range(limit), strict=False)]
