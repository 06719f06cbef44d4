"""An explicit provider, as a program writes it: an account and environment of its own for the resources it is given."""

from __future__ import annotations  # the reference shows what is written here

import datetime
import json
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import pulumi

import pulumi_mturk.dynamic  # noqa: F401 - makes an Output `Unknown`
from pulumi_mturk.common.errors import InvalidInputError, InvalidTypeError
from pulumi_mturk.common.iterables import in_order, is_listing
from pulumi_mturk.common.names import to_camel, to_snake
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.rules import form

if TYPE_CHECKING:
    from pulumi_mturk.sdk.arguments import Duration

PACKAGE = "mturk"
# What a team has agreed on holds for every provider of a stack that has nothing else said of it.
_OF_THE_TEAM = ("accept", "require", "fee_schedule")
_ENVIRONMENTS = ("local", "sandbox", "production")


class Provider(pulumi.ProviderResource):
    """The plugin, configured for one account and environment.

    A resource gets it by `opts=pulumi.ResourceOptions(provider=…)`, or from a component with `providers=[…]`. Its
    arguments are the keys of the stack's configuration. What is not given has its default, whatever the stack's
    configuration says, but for what a team has agreed on: `accept`, `require` and `fee_schedule` are the stack's then.
    It needs the plugin (`pulumi-mturk plugin install`).
    """

    settings: Mapping[str, Any]
    """Its configuration by keys in camelCase: texts as the plugin gets them, or Outputs of such."""

    def __init__(
        self,
        resource_name: str,
        *,
        environment: pulumi.Input[Literal["local", "sandbox", "production"]] | None = None,
        endpoint_url: pulumi.Input[str] | None = None,
        former_endpoints: pulumi.Input[Iterable[pulumi.Input[str]]] | None = None,
        allowed_account_ids: pulumi.Input[Iterable[pulumi.Input[str]]] | None = None,
        local_database: pulumi.Input[str] | os.PathLike[str] | None = None,
        profile: pulumi.Input[str] | None = None,
        operation_timeout_seconds: Duration | pulumi.Input[float] | None = None,
        requests_per_second: pulumi.Input[float] | None = None,
        mark_types: pulumi.Input[bool] | None = None,
        accept: pulumi.Input[Iterable[Mapping[str, Any]]] | None = None,
        require: pulumi.Input[Iterable[Mapping[str, Any]]] | None = None,
        fee_schedule: pulumi.Input[str] | os.PathLike[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Each argument is explained with the key of its name, on the page of the configuration.

        :param environment: Which rules hold: "local", "sandbox" or "production". Default: local.
        :param endpoint_url: Another endpoint with the MTurk requester API.
        :param former_endpoints: Addresses under which the same place was known before.
        :param allowed_account_ids: AWS accounts that may be used.
        :param local_database: The SQLite file of the embedded marketplace, relative to the folder of Pulumi.yaml.
        :param profile: The AWS profile to use.
        :param operation_timeout_seconds: The deadline of one API call with all its retries.
        :param requests_per_second: A ceiling on the rate of requests of this provider; each provider has its own.
        :param mark_types: Whether new qualification types get a keyword by which they are found if a state is lost.
        :param accept: Warnings that the team accepts: mappings of code, resource, reason and until.
        :param require: Rules of the lab that each resource of this provider must keep: mappings, with keys such as
            `no_mail`.
        :param fee_schedule: Whose fees are reckoned: "amazon-2015", "none", or a file.
        """
        given = {
            "environment": _choice(environment, "environment"),
            "endpoint_url": _text(endpoint_url, "endpoint_url"),
            "former_endpoints": _listed(former_endpoints, "former_endpoints"),
            "allowed_account_ids": _listed(allowed_account_ids, "allowed_account_ids"),
            "local_database": _text(local_database, "local_database"),
            "profile": _text(profile, "profile"),
            "operation_timeout_seconds": _number(operation_timeout_seconds, "operation_timeout_seconds"),
            "requests_per_second": _number(requests_per_second, "requests_per_second"),
            "mark_types": _truth(mark_types, "mark_types"),
            "accept": _entries(accept, "accept"),
            "require": _entries(require, "require"),
            "fee_schedule": _text(fee_schedule, "fee_schedule"),
        }
        stack = pulumi.Config(PACKAGE)
        given |= {key: stack.get(to_camel(key)) for key in _OF_THE_TEAM if given[key] is None}
        values = {key: _as_text(value) for key, value in given.items() if value is not None}
        self.settings = {to_camel(key): value for key, value in values.items()}
        super().__init__(PACKAGE, resource_name, values, opts)

    def translate_input_property(self, prop: str) -> str:
        """snake_case in the program, camelCase in state."""
        return to_camel(prop)

    def translate_output_property(self, prop: str) -> str:
        """The way back."""
        return to_snake(prop)


def _choice(value: Any, argument: str) -> Any:
    if isinstance(value, str) and value not in _ENVIRONMENTS:
        said = f"{value!r} is none of {', '.join(_ENVIRONMENTS)}"
        raise InvalidInputError(form.NOT_A_CHOICE.at(argument, said))
    return _text(value, argument)


def _text(value: Any, argument: str) -> Any:
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    return _of_kind(value, argument, "write a text", str)


def _truth(value: Any, argument: str) -> Any:
    return _of_kind(value, argument, "write True or False", bool, str)


def _number(value: Any, argument: str) -> Any:
    if isinstance(value, datetime.timedelta):
        value = value.total_seconds()
    if isinstance(value, bool):
        raise _wrong(value, argument, "write a number")
    return _of_kind(value, argument, "write a number", int, float, str)


def _listed(value: Any, argument: str) -> Any:
    if is_listing(value):
        return in_order(value)
    return _of_kind(value, argument, "write a list", str)


def _entries(value: Any, argument: str) -> Any:
    """A list of mappings, whose keys may be written as arguments are, in snake_case."""
    listed = _listed(value, argument)
    if not isinstance(listed, list):
        return listed
    return [{_camel(key): item for key, item in one.items()} if isinstance(one, Mapping) else one for one in listed]


def _camel(key: Any) -> Any:
    return to_camel(key) if isinstance(key, str) else key


def _of_kind(value: Any, argument: str, instead: str, *kinds: type) -> Any:
    if value is None or isinstance(value, (Unknown, *kinds)):
        return value
    raise _wrong(value, argument, instead)


def _wrong(value: Any, argument: str, instead: str) -> InvalidTypeError:
    return InvalidTypeError(form.WRONG_TYPE.at(argument, f"is a {type(value).__name__}; {instead}"))


def _as_text(value: Any) -> pulumi.Input[str]:
    """A value as Pulumi's protocol wants it of a provider's configuration: texts as they are, all else as JSON."""
    if isinstance(value, str):
        return value
    if _holds_unknown(value):
        return pulumi.Output.from_input(value).apply(_as_text)
    return json.dumps(value, default=_plain)


def _holds_unknown(value: Any) -> bool:
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return isinstance(value, Unknown) or any(map(_holds_unknown, parts))


def _plain(value: object) -> str:
    """Days of acceptances, and amounts in Decimal, as a configuration has them."""
    return str(value)
