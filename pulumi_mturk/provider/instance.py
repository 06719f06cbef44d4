"""What all resources of a provider process share, and the pin that ties a stack to its endpoint."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.errors import ConfigurationError, EnvironmentMismatchError
from pulumi_mturk.common.marks import marks_in
from pulumi_mturk.provider.configuration import Configuration, host_of
from pulumi_mturk.provider.handles import Handles
from pulumi_mturk.provider.hit_listing import HITListing
from pulumi_mturk.provider.model import Args
from pulumi_mturk.provider.ownership import Ownership
from pulumi_mturk.provider.receipts import FOLDER, Receipts
from pulumi_mturk.rules import configuration as rules

if TYPE_CHECKING:
    from pulumi_mturk.api.client import Client
    from pulumi_mturk.api.qualification_types import QualificationTypeInfo
    from pulumi_mturk.rosters.roster import Roster


def remarks(configuration: Configuration) -> Diagnostics:
    """What is said once in a run, of the stack as a whole."""
    overridden = [name for name in ("AWS_ENDPOINT_URL_MTURK", "AWS_ENDPOINT_URL") if os.environ.get(name)]
    if overridden:
        yield rules.OTHER_ENDPOINT_VARIABLE.at(
            overridden[0], "is set and not used: mturk:environment and mturk:endpointUrl say where requests go"
        )
    if configuration.environment == "local":
        yield rules.LOCAL_MARKETPLACE.at(
            "mturk:environment",
            "is local: all of this happens in a marketplace of your own, and no worker sees it",
        )
    else:
        # boto3 goes by these elsewhere only. An error is for the first call: a plan without changes makes none.
        from pulumi_mturk.api import aws_variables

        for fault in aws_variables.faults(configuration):
            yield rules.AWS_VARIABLE.at(fault.path, f"{fault.message}; the first call will fail by it")
        yield from aws_variables.missing_files()


TEST_VARIABLE = "PULUMI_MTURK_TEST"
"""Set by `mturk_stack`, whose stacks must reach nothing but this machine, whatever their programs say."""


def refuse_to_leave_a_test(configuration: Configuration) -> None:
    """Raise ConfigurationError for another place than this machine in a test of a program."""
    on_this_machine = (urlsplit(configuration.url).hostname or "") in {"localhost", "127.0.0.1", "::1"}
    if os.environ.get(TEST_VARIABLE) and not configuration.embedded and not on_this_machine:
        raise ConfigurationError(
            rules.LEAVES_A_TEST.at(
                "mturk:environment",
                f"is {configuration.environment} (at {configuration.host}), which a test of a program must not reach; "
                "in a test let the program make each mturk.Provider with environment='local'",
            )
        )


class ProviderInstance:
    """A configured provider: the client, and what its resources have to know of one another during a run."""

    def __init__(
        self,
        configuration: Configuration,
        client: "Callable[[], Client]",
        database_id: Callable[[bool], str] | None = None,
        receipts: Receipts | None = None,
        handles: Handles | None = None,
    ) -> None:
        """`database_id(create)` returns the id of the embedded marketplace's database, if that is the endpoint.

        `receipts` are by default those of the working directory, `handles` those of the project.
        """
        self.configuration = configuration
        self._make_client = client
        self._database_id = database_id
        self._client: Client | None = None
        self._blocks: dict[str, str] | None = None
        self._blocks_confirmed = False
        self._earlier_blocks: dict[str, str] | None = None
        self._marked_types: dict[str, list[QualificationTypeInfo]] | None = None
        self.receipts = receipts or Receipts(FOLDER)
        self.handles = handles or Handles()
        # A lock for each: a call that hangs under one keeps nobody from the others.
        self._making_client, self._listing_types, self._listing_blocks = (threading.Lock() for _ in range(3))
        # URN -> force_destroy as the program has it: the state has it only after the update.
        self.force_destroy: dict[str, bool] = {}
        self.ownership = Ownership()
        self.hits = HITListing()
        # URNs that the program declares, those that are to be made, and ids of what these stood for before this run.
        self._declared: set[str] = set()
        self._anew: set[str] = set()
        self._continued: set[str] = set()
        # Per id: the URN of a resource of the program that has it and keeps it.
        self._kept: dict[str, str] = {}
        # Set at Ctrl-C: operations under way end early, and none is begun.
        self.cancelled = threading.Event()
        # URN -> the roster that `check` parsed, with the positions of its workers. The engine hands the checked inputs
        # on to create and update, and these have no positions: they would change with the layout of a program.
        self.checked_rosters: dict[str, Roster] = {}
        # Ids of the qualification types that this run has created: they have no holders yet.
        self.created_types: set[str] = set()
        # Ids of the qualification types that were there and that this run has taken: they are not deleted in it.
        self.taken_types: set[str] = set()
        # URN -> the qualification type that is to be taken over, as `check` has read it; None if there is none.
        self.adoptions: dict[str, QualificationTypeInfo | None] = {}
        # URN -> the name of the qualification type that the state has. Its next check without a state is that of the
        # replacement.
        self.recorded_names: dict[str, str | None] = {}
        # URN -> the name under which its qualification type is to be made yet in this run.
        self.names_to_come: dict[str, str | None] = {}
        # URN, or id of one made or looked up in this run -> whether the qualification type has a test.
        self.tests: dict[str, bool] = {}
        # Ids of the qualification types whose holders the program excludes (DoesNotExist).
        self.excluding_types: set[str] = set()

    @property
    def client(self) -> "Client":
        """The API client, made at its first use: a run without calls needs neither boto3 nor credentials."""
        with self._making_client:
            if self._client is None:
                self._client = self._make_client()
            return self._client

    def _until_cancelled(self) -> "Client":
        """The client for what several resources share, and no custom timeout of one of them ends."""
        return self.client.until(lambda: "the run was interrupted" if self.cancelled.is_set() else None)

    def endpoint_id(self, *, create: bool) -> str:
        """What identifies the endpoint: its host, or the id of the embedded marketplace's database."""
        return self._database_id(create) if self._database_id is not None else self.configuration.host

    def place(self, *, create: bool) -> str:
        """What tells the places of one program's resources apart: environment and endpoint."""
        return f"{self.configuration.environment} {self.endpoint_id(create=create)}"

    def types_marked(self, mark: str) -> "list[QualificationTypeInfo]":
        """The qualification types with a mark that were there before this run made any. One listing serves all."""
        client = self._until_cancelled()
        with self._listing_types:
            if self._marked_types is None:
                marked: dict[str, list[QualificationTypeInfo]] = {}
                for live in client.list_own_qualification_types():
                    for found in set(marks_in(live.keywords)):
                        marked.setdefault(found, []).append(live)
                self._marked_types = marked
            return self._marked_types.get(mark, [])

    def declare(self, urn: str, *, anew: bool) -> None:
        """The program declares a resource. A run without the program, such as a destroy, declares none.

        `anew`: it is to be made, be it in place of what it has stood for until now.
        """
        self._declared.add(urn)
        (self._anew.add if anew else self._anew.discard)(urn)

    def compare(self, urn: str, resource_id: str, *, replaced: bool = False) -> None:
        """What the program declares is compared with what there is, which an alias may have made under another URN."""
        if urn in self._declared:  # a refresh before the program compares, too
            self._continued.add(resource_id)
            if not replaced:
                self._kept[resource_id] = urn

    def has_test(self, qualification_type_id: str) -> bool | None:
        """Whether a qualification type has a test, as the program declares it; None for one that it does not have."""
        return self.tests.get(qualification_type_id, self.tests.get(self._kept.get(qualification_type_id, "")))

    def keeper(self, resource_id: str) -> str | None:
        """The name of the resource of the program that has this id in the state and keeps it, or None.

        The state can have an id twice: of two resources, as after two imports, or of one, as after a `--replace` whose
        create found what there was and whose run ended before the old entry was gone.
        """
        urn = self._kept.get(resource_id)
        return None if urn is None or urn in self._anew else urn.rpartition("::")[2]

    def is_replaced(self, urn: str, resource_id: str) -> bool:
        """Whether a deletion is half of a replacement: the program goes on with the resource [measured].

        Not known of an alias in one run with `--target-replace`, or after a run that ended between the two halves.
        """
        return urn in self._declared or resource_id in self._continued

    def block_reason(self, worker_id: str) -> str | None:
        """The reason for which a worker is blocked, or None. One listing serves every block of a refresh.

        A block that it lacks is looked for in a second one: what is forgotten is never made good, so that no single
        answer is enough for it.
        """
        client = self._until_cancelled()
        with self._listing_blocks:
            if self._blocks is None:
                self._blocks, self._blocks_confirmed = client.list_worker_blocks(), False
            if worker_id not in self._blocks and not self._blocks_confirmed:
                self._blocks, self._blocks_confirmed = self._blocks | client.list_worker_blocks(), True
            return self._blocks.get(worker_id)

    def earlier_reason(self, worker_id: str) -> str | None:
        """The reason for which a worker was blocked before this run, or None. One listing serves every new block."""
        client = self._until_cancelled()
        with self._listing_blocks:
            if self._earlier_blocks is None:
                self._earlier_blocks = dict(client.list_worker_blocks() if self._blocks is None else self._blocks)
            return self._earlier_blocks.get(worker_id)

    def invalidate_blocks(self, lifted: str = "") -> None:
        """Forget the listing, after a block was created, changed or `lifted` from a worker."""
        with self._listing_blocks:
            self._blocks = None
            if self._earlier_blocks is not None:
                self._earlier_blocks.pop(lifted, None)

    def is_made_here(self, recorded: Args) -> bool:
        """Whether a resource was created at the configured endpoint, and in its environment.

        Raises EnvironmentMismatchError where an embedded marketplace is not there any more.
        """
        environment = self.configuration.environment
        try:
            endpoint_id = self.endpoint_id(create=False)
        except EnvironmentMismatchError as error:
            (found,) = error.diagnostics
            raise EnvironmentMismatchError(replace(found, message=f"{found.message} {_OR_ANEW}")) from None
        former = {host_of(address) for address in self.configuration.former_endpoints}
        return recorded.environment == environment and recorded.endpoint_host in {endpoint_id, *former}

    def verify_pin(self, recorded: Args) -> None:
        """Refuse a resource that was created at another endpoint than the configured one, or in another environment."""
        if self.is_made_here(recorded):
            return
        environment, endpoint_id = self.configuration.environment, self.endpoint_id(create=False)
        what = "database" if self._database_id is not None else "endpoint"
        ways_out = _WAYS_OUT_LOCAL if environment == "local" == recorded.environment else _WAYS_OUT
        raise EnvironmentMismatchError(
            rules.ANOTHER_PLACE.at(
                "",
                f"this resource was made in environment {recorded.environment} (at {recorded.endpoint_host}), but the "
                f"configuration now means {environment} ({what} {endpoint_id}). Nothing was called and nothing "
                f"changed. {ways_out}",
            )
        )


# Without the program, or by one without our resources, Pulumi hands over the configuration of the last run with some,
# even one that was refused [measured].
_THEN_UP = (
    "and run `pulumi up` (a refresh, a destroy, and an `up` whose program has no such resource left go by what the "
    "last run with one was given: put one into the program again)"
)
_WAYS_OUT = (
    f"Set mturk:environment and mturk:endpointUrl back {_THEN_UP}, or give the resource the provider= that it was made "
    "with; for the other place use another stack, or a resource of another name; if it is the same place under a new "
    "address, put the old one into mturk:formerEndpoints (of an explicit provider: former_endpoints)."
)
_OR_ANEW = (
    f"{_THEN_UP}, or give the resource the provider= that it was made with; if that file is lost, so is what was in "
    "it: take its resources out of the state with `pulumi state delete URN` and start anew."
)
_WAYS_OUT_LOCAL = f"Point mturk:localDatabase to the file that the stack was made with {_OR_ANEW}"
