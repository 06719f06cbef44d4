"""What runs in Pulumi's plugin process: dicts in, dicts out, and sentences instead of tracebacks.

Apart from `dynamic`, which a program imports too, so that a program needs none of this.
"""

import os
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
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

from pulumi_mturk import engine, lifecycle
from pulumi_mturk.errors import ConfigurationError, MturkError, redact
from pulumi_mturk.lifecycle import Context, PartialError
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.session import Session
from pulumi_mturk.settings import Settings

T = TypeVar("T")

DEBUG_VARIABLE = "PULUMI_MTURK_DEBUG"

_configuring = threading.Lock()
_session: Session | None = None
_problem: ConfigurationError | None = None


class UserError(Exception):
    """What the engine prints of a failure: `mturk: ` and the sentence.

    The SDK sends the formatted exception, which begins with the class's name.
    """


# Python leaves the module out of the name for built-in classes only.
UserError.__module__ = "builtins"
UserError.__qualname__ = "mturk"


def configure(req: ConfigureRequest) -> None:
    """Take the stack's configuration. A mistake in it is told by `check`, of every resource."""
    global _session, _problem
    if not os.environ.get(DEBUG_VARIABLE):
        # The SDK sends the whole traceback of an error to the user's screen; this leaves its last line.
        sys.tracebacklimit = 0
    with _configuring:
        engine.hear_cancel()
        engine.end_with_engine()
        if _session is None:
            try:
                # The public `get` needs the name of a key, and a misspelt one is what has to be found.
                _session = _new_session(Settings.from_config(req.config._props))  # noqa: SLF001
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
    """Compare. `changes=None` lets the engine find the paths by itself, where there is a difference."""
    resource = REGISTRY[token]
    difference = lifecycle.diff(resource, _own(olds), _own(news))
    if not difference.changed:
        # What the state says is no longer so where another resource took it from a worker a moment ago.
        return DiffResult(changes=_session is not None and _session.claims.bereft(_urn()))
    fields = resource.args.model_fields
    return DiffResult(changes=None, replaces=[str(fields[name].alias) for name in difference.replaces])


def create(token: str, props: dict[str, Any]) -> CreateResult:
    """Make the resource."""
    return CreateResult(*_run(lambda context: lifecycle.create(REGISTRY[token], context, _own(props))))


def read(token: str, resource_id: str, props: dict[str, Any]) -> ReadResult:
    """Look at the resource, for a refresh or for `get`."""
    inputs = _own(engine.struct(engine.request(), "inputs"))
    found = _run(lambda context: lifecycle.read(REGISTRY[token], context, resource_id, _own(props), inputs))
    return ReadResult(resource_id, found.outputs, found.inputs) if found else ReadResult("", {})


def update(token: str, resource_id: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
    """Change the resource in place."""
    return UpdateResult(
        _run(lambda context: lifecycle.update(REGISTRY[token], context, resource_id, _own(olds), _own(news)))
    )


def delete(token: str, resource_id: str, props: dict[str, Any]) -> None:
    """Remove the resource."""
    inputs = _own(engine.struct(engine.request(), "old_inputs"))
    _run(lambda context: lifecycle.delete(REGISTRY[token], context, resource_id, _own(props), inputs))


def _run(call: Callable[[Context], T]) -> T:
    try:
        return call(_context())
    except Exception as error:
        _raise(error)


def _context() -> Context:
    if _session is None:
        raise _problem or ConfigurationError("the provider was not configured")
    request = engine.request()
    urn = _urn()
    return Context(
        session=_session,
        urn=urn,
        name=urn.rpartition("::")[2],
        seed=bytes(getattr(request, "randomSeed", b"")),
        warn=partial(engine.say, urn=urn),
        info=partial(engine.say, urn=urn, info=True),
        progress=partial(engine.show, urn),
        timeout_seconds=getattr(request, "timeout", 0) or None,
    )


def _urn() -> str:
    return str(getattr(engine.request(), "urn", ""))


def _new_session(settings: Settings) -> Session:
    overridden = [name for name in ("AWS_ENDPOINT_URL_MTURK", "AWS_ENDPOINT_URL") if os.environ.get(name)]
    if overridden:
        engine.say(
            f"{overridden[0]} is set and not used: mturk:environment and mturk:endpointUrl say where requests go"
        )
    if settings.environment == "local":
        engine.say(
            "mturk:environment is local: all of this happens in a marketplace of your own, and no worker sees it",
            info=True,
        )
    if not settings.embedded:
        return Session(settings, partial(_client, settings))
    from pulumi_mturk.embedded import Embedded

    embedded = Embedded(settings.local_database)
    return Session(settings, partial(_client, settings, embedded.attach), embedded.database_id)


def _client(*arguments: Any) -> Any:
    # A plan that makes no call does without the client, and so without boto3.
    from pulumi_mturk.client import Client

    return Client(*arguments)


def cancel() -> None:
    """End what is under way at its next step, and begin nothing more."""
    if _session is not None:
        _session.cancelled.set()


def _failure(reason: str) -> CheckFailure:
    # With a property's name the engine would print that property's value: a secret, or 60 kB of XML.
    return CheckFailure("", redact(reason))


def _raise(error: Exception) -> NoReturn:
    """Leave a sentence. A chained exception would print both."""
    if isinstance(error, PartialError):
        engine.report_partial(error)
    if os.environ.get(DEBUG_VARIABLE):
        raise error
    if isinstance(error, MturkError):
        raise UserError(redact(str(error))) from None
    text = f"internal error: {type(error).__name__}: {error}. Please report it; {DEBUG_VARIABLE}=1 shows where it is"
    raise UserError(redact(text)) from None


def _own(props: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in props.items() if key != engine.PROVIDER_KEY}
