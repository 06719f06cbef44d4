"""What the two shells share: the configured provider, the context of a call, operations under way, errors in words.

A shell is what Pulumi's engine talks to: the dynamic providers (`dynamic_adapter`), or the plugin
(`pulumi_mturk.plugin`).
"""

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from pulumi_mturk.common.errors import ConfigurationError, MturkError
from pulumi_mturk.common.projects import project_folder
from pulumi_mturk.common.worker_ids import redact
from pulumi_mturk.provider import engine
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.instance import ProviderInstance, refuse_to_leave_a_test, remarks
from pulumi_mturk.provider.lifecycle import Context, Difference
from pulumi_mturk.provider.receipts import FOLDER, Receipts
from pulumi_mturk.rules import configuration as rules
from pulumi_mturk.rules.acceptance import judge, today_utc

DEBUG_VARIABLE = "PULUMI_MTURK_DEBUG"


class Shell:
    """What a provider process knows from its configuration to its end."""

    def __init__(self) -> None:
        self.instance: ProviderInstance | None = None
        self._problem: ConfigurationError | None = None
        self._under_way = 0
        self._configuring, self._counting = threading.Lock(), threading.Lock()

    def configure(self, values: Mapping[str, Any], urn: str = "") -> None:
        """Take a configuration, with keys such as `mturk:environment`; once in a process.

        A mistake in it is raised by `context`, and so told by each call. What is said of it is shown on the row of
        `urn`, that of an explicit provider; by default on the stack's.
        """
        with self._configuring:
            if self.instance is None:
                try:
                    self.instance = _new_instance(Configuration.from_config(values), urn)
                except ConfigurationError as error:
                    self._problem = error

    def context(self, request: Any) -> Context:
        """The context of a call, from the engine's request for it."""
        if self.instance is None:
            raise self._problem or ConfigurationError(rules.NOT_CONFIGURED.at("", "the provider was not configured"))
        urn = str(getattr(request, "urn", ""))
        return Context(
            provider=self.instance,
            urn=urn,
            name=urn.rpartition("::")[2],
            seed=bytes(getattr(request, "randomSeed", b"")),
            warn=partial(engine.log_once, urn=urn),
            info=partial(engine.log_once, urn=urn, info=True),
            progress=partial(engine.log_status, urn),
            timeout_seconds=getattr(request, "timeout", 0) or None,
        )

    def compare(self, request: Any, difference: Difference) -> None:
        """The engine asks for the difference of what the program declares and what there is."""
        if self.instance is not None:
            urn, resource_id = str(getattr(request, "urn", "")), str(getattr(request, "id", ""))
            self.instance.compare(urn, resource_id, replaced=bool(difference.replaces))

    @contextmanager
    def operation(self) -> Iterator[None]:
        """An operation is under way as long as this lasts."""
        with self._counting:
            self._under_way += 1
        try:
            yield
        finally:
            with self._counting:
                self._under_way -= 1

    def operating(self) -> bool:
        """Whether an operation is under way."""
        return self._under_way > 0

    def cancel(self) -> None:
        """End operations under way at their next call, and begin none.

        It comes at Ctrl-C and at the end of every run, also of one whose state could not be written: it is no sign of
        what the state has.
        """
        if self.instance is not None:
            self.instance.cancelled.set()


def _new_instance(configuration: Configuration, urn: str) -> ProviderInstance:
    refuse_to_leave_a_test(configuration)
    for remark in remarks(configuration):
        verdict = judge(configuration.accept, remark, "", today_utc())
        engine.log_once(verdict.text, urn, info=verdict.accepted or remark.severity == "info")
    receipts = Receipts(project_folder() / FOLDER)
    if not configuration.embedded:
        return ProviderInstance(configuration, partial(_client, configuration), receipts=receipts)
    from pulumi_mturk.provider.embedded import Embedded

    embedded = Embedded(configuration.local_database, _database_folder(configuration.local_database), engine.log_once)
    client = partial(_client, configuration, embedded.attach)
    return ProviderInstance(configuration, client, embedded.database_id, receipts)


def _database_folder(database: str) -> Path:
    """The project's folder; the program's, which `main` in the project file sets, if only that has the database."""
    project, program = project_folder(), Path.cwd()
    made_before = not (project / database).is_file() and (program / database).is_file()
    return program if made_before else project


def _client(*arguments: Any) -> Any:
    # Imported late: a run that makes no call needs no boto3.
    from pulumi_mturk.api.client import Client

    return Client(*arguments)


def in_words(error: Exception) -> str:
    """What an error says to a person, without a worker id; an error of ours says how to report it."""
    if isinstance(error, MturkError):
        return redact(str(error))
    said = f"internal error: {type(error).__name__}: {error}. Please report it; {DEBUG_VARIABLE}=1 shows where it is"
    return redact(said)


def is_debugged() -> bool:
    """Whether whoever looks for a fault wants tracebacks, which may hold secrets."""
    return bool(os.environ.get(DEBUG_VARIABLE))
