"""The HITs of the account, listed once for all resources of a run that have to tell what becomes of them."""

import threading
from typing import TYPE_CHECKING

from pulumi_mturk.api.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pulumi_mturk.api.client import Client
    from pulumi_mturk.api.hits import HITInfo

# Where not all need be known, listing stops after so many: 20 calls, of which a destroy of any size makes no more.
MOST = 2_000


class HITListing:
    """A listing that is read no further than somebody needs it. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rest: Iterator[HITInfo] | None = None
        self._hits: dict[str, HITInfo] = {}
        self._read_so_far: int  # as soon as it has begun
        self._failure: ApiError | None = None

    def find(
        self, client: "Client", wanted: "Callable[[HITInfo], bool]", *, whole: bool
    ) -> "tuple[list[HITInfo], bool]":
        """The HITs that are wanted, and whether there may be more of them: never if the `whole` account is looked at.

        Raises ApiError. Who can do without the whole is not made to wait for the same failure again.
        """
        with self._lock:
            if self._failure is not None and not whole:
                raise self._failure
            more = self._read(client, None if whole else MOST)
            return [hit for hit in self._hits.values() if wanted(hit)], more

    def put(self, hit: "HITInfo") -> None:
        """Note how a HIT stands after a change of ours."""
        with self._lock:
            self._hits[hit.hit_id] = hit

    def remove(self, hit_id: str) -> None:
        """Note that a HIT is deleted."""
        with self._lock:
            self._hits.pop(hit_id, None)

    def _read(self, client: "Client", most: int | None) -> bool:
        if self._rest is None:
            self._rest, self._read_so_far, self._failure = client.list_hits(), 0, None
        try:
            while most is None or self._read_so_far < most:
                if (hit := next(self._rest, None)) is None:
                    return False
                self._read_so_far += 1
                self._hits.setdefault(hit.hit_id, hit)
        except ApiError as error:
            self._rest, self._failure = None, error
            raise
        return True
