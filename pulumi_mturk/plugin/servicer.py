"""The calls of Pulumi's engine to a provider, answered by the lifecycle: the service of `provider.proto`."""

import functools
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from pulumi_mturk.common.errors import ConfigurationError, InvalidInputError, MturkError
from pulumi_mturk.common.shipped import shipped
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.common.versions import package_version
from pulumi_mturk.common.worker_ids import redact
from pulumi_mturk.plugin import wire
from pulumi_mturk.plugin.detailed_diff import detailed_diff
from pulumi_mturk.provider import engine, lifecycle, previews
from pulumi_mturk.provider.configuration import NAMESPACE, Configuration
from pulumi_mturk.provider.lifecycle import AnyResource, PartialError
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.provider.shell import Shell, in_words, is_debugged
from pulumi_mturk.resources import COMPONENTS, REGISTRY
from pulumi_mturk.rules import form

P = ParamSpec("P")
R = TypeVar("R")

_DYNAMIC = "pulumi-python:dynamic/"
# What the engine adds to a provider's own inputs.
_OF_THE_ENGINE = frozenset({"version", "pluginDownloadURL"})


def _ended_in_words(
    method: "Callable[Concatenate[Servicer, Any, grpc.ServicerContext, P], R]",
) -> "Callable[Concatenate[Servicer, Any, grpc.ServicerContext, P], R]":
    """End the call with one sentence if it fails: no traceback, which may hold a secret or a worker id."""

    @functools.wraps(method)
    def call(
        self: "Servicer", request: Any, context: grpc.ServicerContext, /, *arguments: P.args, **named: P.kwargs
    ) -> R:
        try:
            return method(self, request, context, *arguments, **named)
        except Exception as error:
            said = traceback.format_exc() if is_debugged() else in_words(error)
        context.abort(grpc.StatusCode.UNKNOWN, said)
        raise AssertionError("unreachable: `abort` raises")

    return call


class Servicer(provider_pb2_grpc.ResourceProviderServicer):
    """One provider instance. The engine starts a process for each, and makes its calls side by side."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def Handshake(self, request: Any, context: grpc.ServicerContext) -> Any:
        """The first call of today's engines: what this side can take."""
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, accept_resources=True, accept_outputs=True)

    def Attach(self, request: Any, context: grpc.ServicerContext) -> Empty:
        """An engine that did not start this process, because somebody debugs it, says where it is."""
        engine.attach(request.address)
        return Empty()

    def GetPluginInfo(self, request: Any, context: grpc.ServicerContext) -> Any:
        """The version of the package."""
        return plugin_pb2.PluginInfo(version=package_version())

    @_ended_in_words
    def GetSchema(self, request: Any, context: grpc.ServicerContext) -> Any:
        """The package's schema: schema.json."""
        return provider_pb2.GetSchemaResponse(schema=shipped("schema.json").read_text(encoding="utf-8"))

    @_ended_in_words
    def CheckConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Tell what is wrong with a provider's configuration; it is kept as the program has it."""
        try:
            Configuration.from_config(_configured(request.news))
        except ConfigurationError as error:
            failures = [_failure(str(diagnostic)) for diagnostic in error.diagnostics]
            return provider_pb2.CheckResponse(inputs=request.news, failures=failures)
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: grpc.ServicerContext) -> Any:
        """A change of a provider replaces nothing: whether its resources are elsewhere now is told by their pin."""
        olds, news = wire.read(request.old_inputs or request.olds).values, wire.read(request.news).values
        changed = sorted(name for name in olds.keys() | news.keys() if olds.get(name) != news.get(name))
        kind = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(changes=kind, diffs=changed)

    @_ended_in_words
    def Configure(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Take the configuration; the engine leaves this call out while a value of it is unknown."""
        self._shell.configure(_configured(request.args), _row(request.urn))
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, acceptResources=True, acceptOutputs=True, supportsPreview=True
        )

    @_ended_in_words
    def Check(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Validate and canonicalise the inputs."""
        resource = _resource(request.urn)
        olds, news = wire.read(request.olds), wire.read(request.news)
        try:
            checked = lifecycle.check(resource, self._shell.context(request), olds.values, news.values)
        except MturkError as error:
            return provider_pb2.CheckResponse(inputs=request.news, failures=[_failure(str(error))])
        failures = [_failure(reason) for reason in checked.failures]
        secrets = news.secrets | {name for name, source in resource.args.told_of.items() if source in news.secrets}
        return provider_pb2.CheckResponse(inputs=_written(resource, checked.inputs, secrets), failures=failures)

    @_ended_in_words
    def Diff(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Compare what is recorded with checked inputs; a refresh asks it the other way round."""
        resource = _resource(request.urn)
        olds, news = wire.read(request.olds).values, wire.read(request.news).values
        difference = lifecycle.diff(resource, olds, news)
        self._shell.compare(request, difference)
        if not difference.changed:
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)
        aliases = {name: str(field.alias) for name, field in resource.args.model_fields.items()}
        changed = [aliases[name] for name in difference.changed]
        replaces = [aliases[name] for name in difference.replaces]
        inputs = wire.read(request.old_inputs or request.olds).values
        before, after, written = (resource.args.load(side).to_dict() for side in (olds, news, inputs))
        # What is never compared is shown beside a change: whether workers are mailed, and the words for the reviewer.
        told = [
            key for key in sorted(resource.args.keys()) if key not in changed and written.get(key) != after.get(key)
        ]
        secrets = resource.args.keys_marked(Mark.SECRET)
        shown = detailed_diff(before, after, changed, replaces, secrets)
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME,
            diffs=changed,
            replaces=replaces,
            detailedDiff=shown | detailed_diff(written, after, told, (), secrets),
            hasDetailedDiff=True,
        )

    @_ended_in_words
    def Create(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Make the resource, or tell in a preview what its outputs will be."""
        resource, given = _resource(request.urn), wire.read(request.properties)
        if request.preview:
            known = previews.outputs(resource, given.values, None)
            return provider_pb2.CreateResponse(properties=_written(resource, known, given.secrets))
        with self._shell.operation(), _reported(resource, context, given.secrets):
            made, outputs = lifecycle.create(resource, self._shell.context(request), given.values)
        return provider_pb2.CreateResponse(id=made, properties=_written(resource, outputs, given.secrets))

    @_ended_in_words
    def Read(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Look at the resource: for a refresh, for what a program asks for, or for an import."""
        resource = _resource(request.urn)
        if not request.HasField("properties"):
            return self._imported(resource, request)
        recorded, inputs = wire.read(request.properties), wire.read(request.inputs)
        with self._shell.operation(), _reported(resource, context, recorded.secrets):
            found = lifecycle.read(resource, self._shell.context(request), request.id, recorded.values, inputs.values)
        if found is None:
            return provider_pb2.ReadResponse()
        secrets = recorded.secrets | inputs.secrets
        return provider_pb2.ReadResponse(
            id=request.id,
            properties=_written(resource, found.outputs, secrets),
            inputs=_written(resource, found.inputs, secrets),
        )

    def _imported(self, resource: AnyResource, request: Any) -> Any:
        """What exists, and of which the engine knows no more than the id that somebody typed."""
        from pulumi_mturk.provider import importing

        with self._shell.operation():
            found = importing.import_(resource, self._shell.context(request), request.id)
        return provider_pb2.ReadResponse(
            id=found.id,
            properties=_written(resource, found.outputs, ()),
            inputs=_written(resource, found.inputs, ()),
        )

    @_ended_in_words
    def Update(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Change the resource in place, or tell in a preview what its outputs will be."""
        resource, olds, news = _resource(request.urn), wire.read(request.olds), wire.read(request.news)
        if request.preview:
            outputs = previews.outputs(resource, news.values, olds.values)
        else:
            with self._shell.operation(), _reported(resource, context, news.secrets):
                outputs = lifecycle.update(resource, self._shell.context(request), request.id, olds.values, news.values)
        return provider_pb2.UpdateResponse(properties=_written(resource, outputs, news.secrets))

    @_ended_in_words
    def Delete(self, request: Any, context: grpc.ServicerContext) -> Empty:
        """Remove the resource."""
        resource = _resource(request.urn)
        recorded, inputs = wire.read(request.properties), wire.read(request.old_inputs)
        with self._shell.operation(), _reported(resource, context, recorded.secrets):
            lifecycle.delete(resource, self._shell.context(request), request.id, recorded.values, inputs.values)
        return Empty()

    @_ended_in_words
    def Construct(self, request: Any, context: grpc.ServicerContext) -> Any:
        """Put a component together, for programs in other languages: Python's classes do so in the program."""
        from pulumi_mturk.plugin import components

        environment = self._shell.context(request).configuration.environment
        return components.construct(request, engine.address(), environment)

    @_ended_in_words
    def Invoke(self, request: Any, context: grpc.ServicerContext) -> Any:
        """The package has no functions for the engine to call: the helpers of Python are plain code of a program."""
        raise MturkError(f"{request.tok}: the package {NAMESPACE} has no functions")

    def Cancel(self, request: Any, context: grpc.ServicerContext) -> Empty:
        """Ctrl-C, and the end of every run: it must not wait."""
        self._shell.cancel()
        return Empty()


@contextmanager
def _reported(resource: AnyResource, context: grpc.ServicerContext, secrets: Iterable[str]) -> Iterator[None]:
    """Attach the state of an operation that fails half-done to its call."""
    try:
        yield
    except PartialError as error:
        context.set_trailing_metadata(engine.partial_metadata(error, _written(resource, error.outputs, secrets)))
        raise


def _resource(urn: str) -> AnyResource:
    """The kind of resource by its type, the last part of the qualified one: `mturk:index:HITType`."""
    token = urn.split("::")[2].rpartition("$")[2]
    package, _, name = token.rpartition(":")
    if token.startswith(_DYNAMIC):
        said = (
            "a transform gives a resource of the dynamic providers a provider of mturk, which is too late; give it as "
            "provider= to the resource, or as providers= to a component"
        )
        raise InvalidInputError(form.EXPLICIT_PROVIDER.at("opts.provider", said))
    if package == f"{NAMESPACE}:index" and name in COMPONENTS:
        raise MturkError(f"{token} is a component, and not imported, but the resources that it is made of are")
    if package != f"{NAMESPACE}:index" or name not in REGISTRY:
        raise MturkError(f"{token}: there is no such resource; the package {NAMESPACE} has {', '.join(REGISTRY)}")
    return REGISTRY[name]


def _row(urn: str) -> str:
    """The URN of an explicit provider; empty for a default one, whose row Pulumi does not show."""
    return "" if urn.rpartition("::")[2].startswith("default") else urn


def _configured(bag: Any) -> dict[str, Any]:
    """A provider's inputs as the keys of a stack's configuration; what is not known yet can't be judged."""
    values = wire.read(bag).values.items()
    return {
        f"{NAMESPACE}:{name}": value
        for name, value in values
        if name not in _OF_THE_ENGINE and not isinstance(value, Unknown)
    }


def _written(resource: AnyResource, values: Mapping[str, Any], given_as_secret: Iterable[str]) -> Any:
    """A bag as the schema describes it; what is marked there as secret is so, and what the program made secret."""
    secrets = resource.state.keys_marked(Mark.SECRET).union(given_as_secret)
    return wire.write(lifecycle.published(resource, values), secrets)


def _failure(reason: str) -> Any:
    # With a property's name the engine would print that property's value: a secret, or 60 kB of XML.
    return provider_pb2.CheckFailure(reason=redact(reason))
