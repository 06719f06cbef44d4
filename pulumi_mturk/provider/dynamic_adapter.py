"""The shell of the dynamic providers: Pulumi's calls become calls of the lifecycle, its errors become sentences.

It is a module of its own so that a program, which imports `pulumi_mturk.dynamic`, need not import it.
"""

import os
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    UpdateResult,
)

from pulumi_mturk.common.errors import ConfigurationError, MturkError
from pulumi_mturk.common.projects import project_folder
from pulumi_mturk.common.worker_ids import redact
from pulumi_mturk.provider import engine, lifecycle
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.instance import ProviderInstance, remarks
from pulumi_mturk.provider.lifecycle import Context, PartialError
from pulumi_mturk.provider.receipts import FOLDER, Receipts
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.rules import configuration as rules
from pulumi_mturk.rules.acceptance import judge, today_utc

T = TypeVar("T")

DEBUG_VARIABLE = "PULUMI_MTURK_DEBUG"

_configuring = threading.Lock()
_counting = threading.Lock()
_under_way: list[Callable[[Context], Any]] = []
_instance: ProviderInstance | None = None
_problem: ConfigurationError | None = None


class UserError(Exception):
    """A failure in a sentence, for where the engine's call can't be ended with it.

    The SDK sends the formatted exception then, whose last line is the class's name and the sentence: `mturk: …`.
    """


# Python leaves the module out of the name for built-in classes only.
UserError.__module__ = "builtins"
UserError.__qualname__ = "mturk"


def configure(req: ConfigureRequest) -> None:
    """Take the stack's configuration. A mistake in it is reported by `check`, for every resource."""
    global _instance, _problem
    with _configuring:
        engine.on_cancel(cancel)
        engine.exit_with_engine(stop)
        if _instance is None:
            try:
                # The public `get` needs the name of a key, and a misspelt one is what has to be found.
                _instance = _new_instance(Configuration.from_config(req.config._props))  # noqa: SLF001
            except ConfigurationError as error:
                _problem = error


def check(token: str, olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
    """Validate and canonicalise the inputs."""
    try:
        checked = lifecycle.check(REGISTRY[token], _context(), _own(olds), _own(news))
    except MturkError as error:
        return CheckResult(news, [_failure(str(error))])
    except Exception as error:
        _raise(error)
    return CheckResult(checked.inputs, [_failure(reason) for reason in checked.failures])


def diff(token: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
    """Compare. Where there is a difference, `changes=None` leaves it to the engine to find its paths."""
    if _instance is not None:
        _instance.compare(_urn(), str(getattr(engine.current_request(), "id", "")))
    resource = REGISTRY[token]
    difference = lifecycle.diff(resource, _own(olds), _own(news))
    if not difference.changed:
        return DiffResult(changes=False)
    fields = resource.args.model_fields
    return DiffResult(changes=None, replaces=[str(fields[name].alias) for name in difference.replaces])


def create(token: str, props: dict[str, Any]) -> CreateResult:
    """Make the resource."""
    return CreateResult(*_run(lambda context: lifecycle.create(REGISTRY[token], context, _own(props))))


def read(token: str, resource_id: str, props: dict[str, Any]) -> ReadResult:
    """Look at the resource, for a refresh or for `get`."""
    inputs = _own(engine.request_properties(engine.current_request(), "inputs"))
    found = _run(lambda context: lifecycle.read(REGISTRY[token], context, resource_id, _own(props), inputs))
    return ReadResult(resource_id, found.outputs, found.inputs) if found else ReadResult("", {})


def update(token: str, resource_id: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
    """Change the resource in place."""
    return UpdateResult(
        _run(lambda context: lifecycle.update(REGISTRY[token], context, resource_id, _own(olds), _own(news)))
    )


def delete(token: str, resource_id: str, props: dict[str, Any]) -> None:
    """Remove the resource."""
    inputs = _own(engine.request_properties(engine.current_request(), "old_inputs"))
    _run(lambda context: lifecycle.delete(REGISTRY[token], context, resource_id, _own(props), inputs))


def _run(call: Callable[[Context], T]) -> T:
    with _counting:
        _under_way.append(call)
    try:
        return call(_context())
    except Exception as error:
        _raise(error)
    finally:
        with _counting:
            _under_way.remove(call)


def _context() -> Context:
    if _instance is None:
        raise _problem or ConfigurationError(rules.NOT_CONFIGURED.at("", "the provider was not configured"))
    request = engine.current_request()
    urn = _urn()
    return Context(
        provider=_instance,
        urn=urn,
        name=urn.rpartition("::")[2],
        seed=bytes(getattr(request, "randomSeed", b"")),
        warn=partial(engine.log_once, urn=urn),
        info=partial(engine.log_once, urn=urn, info=True),
        progress=partial(engine.log_status, urn),
        timeout_seconds=getattr(request, "timeout", 0) or None,
    )


def _urn() -> str:
    return str(getattr(engine.current_request(), "urn", ""))


def _new_instance(configuration: Configuration) -> ProviderInstance:
    for remark in remarks(configuration):
        verdict = judge(configuration.accept, remark, "", today_utc())
        engine.log_once(verdict.text, info=verdict.accepted or remark.severity == "info")
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


def cancel() -> None:
    """End operations under way at their next call, and begin none.

    It comes at the end of a run, too, when the state is written: none is under way then.
    """
    if _instance is not None:
        with _counting:
            if not _under_way:
                _instance.receipts.settle_answered()
        _instance.cancelled.set()


def stop() -> None:
    """End operations under way at their next call, for an engine that is gone: nobody writes a state any more."""
    if _instance is not None:
        _instance.cancelled.set()


def _failure(reason: str) -> CheckFailure:
    # With a property's name the engine would print that property's value: a secret, or 60 kB of XML.
    return CheckFailure("", redact(reason))


def _raise(error: Exception) -> NoReturn:
    """Raise an error that prints as one sentence; a chained exception would print both."""
    if isinstance(error, PartialError):
        engine.report_partial(error)
    if os.environ.get(DEBUG_VARIABLE):
        raise error
    text = str(error)
    if not isinstance(error, MturkError):
        text = (
            f"internal error: {type(error).__name__}: {error}. Please report it; {DEBUG_VARIABLE}=1 shows where it is"
        )
    text = redact(text)
    engine.end_call(f"mturk: {text}")
    raise UserError(text) from None


def _own(props: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in props.items() if key != engine.PROVIDER_KEY}
