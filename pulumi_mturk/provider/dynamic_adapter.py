"""The shell of the dynamic providers: Pulumi's calls become calls of the lifecycle, its errors become sentences.

It is a module of its own so that a program, which imports `pulumi_mturk.dynamic`, need not import it.
"""

from collections.abc import Callable, Mapping
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

from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.worker_ids import redact
from pulumi_mturk.provider import engine, lifecycle
from pulumi_mturk.provider.lifecycle import Context, PartialError
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.provider.shell import Shell, in_words, is_debugged
from pulumi_mturk.resources import REGISTRY

T = TypeVar("T")

_shell = Shell()


class UserError(Exception):
    """A failure in a sentence, for where the engine's call can't be ended with it.

    The SDK sends the formatted exception then, whose last line is the class's name and the sentence: `mturk: …`.
    """


# Python leaves the module out of the name for built-in classes only.
UserError.__module__ = "builtins"
UserError.__qualname__ = "mturk"


def configure(req: ConfigureRequest) -> None:
    """Take the stack's configuration. A mistake in it is reported by `check`, for every resource."""
    engine.on_cancel(_shell.cancel)
    engine.exit_with_engine(_shell.cancel)
    # The public `get` needs the name of a key, and a misspelt one is what has to be found.
    _shell.configure(req.config._props)  # noqa: SLF001


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
    resource = REGISTRY[token]
    difference = lifecycle.diff(resource, _own(olds), _own(news))
    _shell.compare(engine.current_request(), difference)
    if not difference.changed and not _is_of_plugin(olds):
        return DiffResult(changes=False)
    fields = resource.args.model_fields
    return DiffResult(changes=None, replaces=[str(fields[name].alias) for name in difference.replaces])


def create(token: str, props: dict[str, Any]) -> CreateResult:
    """Make the resource."""
    return CreateResult(*_run(lambda context: lifecycle.create(REGISTRY[token], context, _own(props))))


def read(token: str, resource_id: str, props: dict[str, Any]) -> ReadResult:
    """Look at the resource, for a refresh or for `get`."""
    resource = REGISTRY[token]
    inputs = _own(engine.request_properties(engine.current_request(), "inputs"))
    found = _run(lambda context: lifecycle.read(resource, context, resource_id, _own(props), inputs))
    if found is None:
        return ReadResult("", {})
    # The engine takes an input for secret where one of its name was secret before. What is looked up has none, and
    # would stand in the state in the clear; its outputs are secret by the class's options.
    looked_up = resource.args.keys_marked(Mark.SECRET) & props.keys() - inputs.keys()
    return ReadResult(
        resource_id, found.outputs, {key: value for key, value in found.inputs.items() if key not in looked_up}
    )


def update(token: str, resource_id: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
    """Change the resource in place. One that comes from the plugin, and is as it should be, is only written anew."""
    resource, before, after = REGISTRY[token], _own(olds), _own(news)
    move = _is_of_plugin(olds) and not lifecycle.diff(resource, before, after).changed
    if move:
        return UpdateResult(_run(lambda context: lifecycle.rewrite(resource, context, before, after)))
    return UpdateResult(_run(lambda context: lifecycle.update(resource, context, resource_id, before, after)))


def delete(token: str, resource_id: str, props: dict[str, Any]) -> None:
    """Remove the resource."""
    inputs = _own(engine.request_properties(engine.current_request(), "old_inputs"))
    _run(lambda context: lifecycle.delete(REGISTRY[token], context, resource_id, _own(props), inputs))


def _run(call: Callable[[Context], T]) -> T:
    with _shell.operation():
        try:
            return call(_context())
        except Exception as error:
            _raise(error)


def _context() -> Context:
    return _shell.context(engine.current_request())


def _failure(reason: str) -> CheckFailure:
    # With a property's name the engine would print that property's value: a secret, or 60 kB of XML.
    return CheckFailure("", redact(reason))


def _raise(error: Exception) -> NoReturn:
    """Raise an error that prints as one sentence; a chained exception would print both."""
    if isinstance(error, PartialError):
        engine.report_partial(error)
    if is_debugged():
        raise error
    text = in_words(error)
    engine.end_call(f"mturk: {text}")
    raise UserError(text) from None


def _is_of_plugin(recorded: Mapping[str, Any]) -> bool:
    """Whether a state was made by the plugin. The SDK can't destroy it until a dynamic provider's name is in it."""
    return engine.PROVIDER_KEY not in recorded


def _own(props: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in props.items() if key != engine.PROVIDER_KEY}
