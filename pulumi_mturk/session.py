"""What the resources of one provider process share, and the pin that keeps a stack in the place it was made in."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from pulumi_mturk.claims import Claims
from pulumi_mturk.errors import EnvironmentMismatchError
from pulumi_mturk.model import Args
from pulumi_mturk.settings import Settings, host_of

if TYPE_CHECKING:
    from pulumi_mturk.client import Client


class Session:
    """What the resources of one provider process share: the settings, the client, and what was seen so far."""

    def __init__(
        self, settings: Settings, client: "Callable[[], Client]", database_id: Callable[[bool], str] | None = None
    ) -> None:
        """`database_id(create)` gives the identity of the embedded marketplace's database, where that is the place."""
        self.settings = settings
        self._make_client = client
        self._database_id = database_id
        self._client: Client | None = None
        self._blocks: dict[str, str] | None = None
        self.lock = threading.Lock()
        # URN -> whether the program says force_destroy: the state has it only once the update is done.
        self.forced: dict[str, bool] = {}
        self.claims = Claims()
        # Set by Ctrl-C: what is under way ends, and nothing more is begun.
        self.cancelled = threading.Event()
        # URN -> the list of workers as the program gave it: only there an entry has its place.
        self.given: dict[str, str] = {}
        # Ids of the qualification types that this run has made: nobody holds them yet.
        self.made: set[str] = set()
        # Ids of the qualification types by which the program keeps people out.
        self.exclusions: set[str] = set()

    @property
    def client(self) -> "Client":
        """The API; made at the first call, so that a run without calls needs neither boto3 nor credentials."""
        with self.lock:
            if self._client is None:
                self._client = self._make_client()
            return self._client

    def place(self, *, create: bool) -> str:
        """What tells this place from others: a host, or the id of the embedded marketplace's database."""
        return self._database_id(create) if self._database_id is not None else self.settings.host

    def blocks(self) -> dict[str, str]:
        """All blocks of the account. MTurk can only list them: one listing serves every block of a refresh."""
        client = self.client
        with self.lock:
            if self._blocks is None:
                self._blocks = client.list_worker_blocks()
            return self._blocks

    def forget_blocks(self) -> None:
        """A block was made, changed or lifted: who reads one from now on needs another listing."""
        with self.lock:
            self._blocks = None

    def verify(self, recorded: Args) -> None:
        """Refuse to touch a resource that was made in another place than the configuration names."""
        pinned = (recorded.environment, recorded.endpoint_host)
        environment = self.settings.environment
        try:
            place = self.place(create=False)
        except EnvironmentMismatchError as error:
            raise EnvironmentMismatchError(f"{error} {_WAYS_OUT_LOCAL}") from None
        if pinned == (environment, place):
            return
        former = {host_of(address) for address in self.settings.former_endpoints}
        if pinned[0] == environment and pinned[1] in former:
            return
        what = "database" if self._database_id is not None else "endpoint"
        ways_out = _WAYS_OUT_LOCAL if environment == "local" == pinned[0] else _WAYS_OUT
        raise EnvironmentMismatchError(
            f"this resource was made in environment {pinned[0]} (at {pinned[1]}), but the configuration now means "
            f"{environment} ({what} {place}). Nothing was called and nothing changed. {ways_out}"
        )


# Without the program Pulumi hands over the configuration of its last run, even one that was refused.
_THEN_UP = "and run `pulumi up` (refresh and destroy go by what its last run was given)"
_WAYS_OUT = (
    f"Set mturk:environment and mturk:endpointUrl back {_THEN_UP}, or use another stack for the other place; if it is "
    "the same place under a new address, put the old one into mturk:formerEndpoints."
)
_WAYS_OUT_LOCAL = (
    f"Point mturk:localDatabase to the file that the stack was made with {_THEN_UP}; if that file is lost, so is what "
    "was in it: remove the stack with `pulumi stack rm --force` and start anew."
)
