"""Ending HITs: expire them, and delete those with nothing left to review. Nothing is approved, rejected or paid."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pulumi_mturk.api.concurrency import run_concurrently
from pulumi_mturk.api.retry import never
from pulumi_mturk.common.errors import MturkError

if TYPE_CHECKING:
    from pulumi_mturk.api.client import Client
    from pulumi_mturk.api.hits import HITInfo

# A past time expires a HIT at once; the documentation's own example is 0.
AT_ONCE = datetime.datetime.fromtimestamp(0, datetime.UTC)

Standing = Literal["open", "under way", "to review", "finished"]


def standing(hit: "HITInfo") -> Standing:
    """What is left to do of a HIT.

    `open`: workers can take it. `under way`: who has accepted it may still submit; unless it has expired, what they
    return can be taken again. `to review`: submitted work waits to be approved or rejected. `finished`: none of these.
    """
    if hit.status == "Assignable":
        return "open"
    if hit.status == "Unassignable":
        return "under way"
    return "to review" if hit.submitted else "finished"


def to_expire(hit: "HITInfo") -> bool:
    """Whether workers can take it, or what others return of it: an expired one that is under way needs no call."""
    now = datetime.datetime.now(datetime.UTC)
    return standing(hit) == "open" or (
        standing(hit) == "under way" and (hit.expiration is None or hit.expiration > now)
    )


@dataclass(frozen=True)
class Ended:
    """A HIT after it was ended, as far as that is possible."""

    hit: "HITInfo"
    expired: bool
    deleted: bool


def end_hits(
    client: "Client", hits: "Iterable[HITInfo]", *, delete: bool, stopped: Callable[[], bool] = never
) -> Iterator[Ended | MturkError]:
    """Expire the HITs that workers can take or have taken, then delete what is finished, if `delete`."""

    def end(hit: "HITInfo") -> Ended:
        expire = to_expire(hit)
        if expire:
            client.update_expiration_for_hit(hit.hit_id, AT_ONCE)
            hit = replace(hit, status="Unassignable" if hit.pending else "Reviewable", expiration=AT_ONCE)
        # Since it was listed somebody may have taken it: the service refuses then.
        deleted = delete and hit.status == "Reviewable" and not hit.submitted and client.delete_hit(hit.hit_id)
        return Ended(hit, expire, deleted)

    for _, outcome in run_concurrently(hits, end, threads=client.threads, stopped=stopped):
        yield outcome
