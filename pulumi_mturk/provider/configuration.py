"""The configuration of a stack (`pulumi config set mturk:…`): which endpoint is used, and with which limits.

Numbers and lists arrive as strings from `pulumi config set`, lists also as JSON; both are taken.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pulumi_mturk.common.characters import control_problem
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.common.names import to_camel
from pulumi_mturk.common.projects import LOCAL_DATABASE
from pulumi_mturk.common.text import shortened
from pulumi_mturk.invariants.require import Require
from pulumi_mturk.provider import form_errors
from pulumi_mturk.provider.form_errors import refusal
from pulumi_mturk.rules import acceptance, form
from pulumi_mturk.rules import configuration as rules
from pulumi_mturk.rules.acceptance import Acceptance

if TYPE_CHECKING:
    from pulumi_mturk.common.diagnostics import Diagnostic

NAMESPACE = "mturk"
# Keys that programs and reviews read from the stack's configuration; an explicit provider has the others.
OF_THE_STACK = frozenset({"plugin", "small_numbers"})
_LONGEST_KEY = 100
Environment = Literal["local", "sandbox", "production"]

# Amazon's two addresses [AWS General Reference, "Amazon Mechanical Turk endpoints"]. Nothing of AWS's is known to
# answer there since the announced closing on 30 September 2026.
AWS_ENDPOINTS: dict[str, str] = {
    "production": "https://mturk-requester.us-east-1.amazonaws.com",
    "sandbox": "https://mturk-requester-sandbox.us-east-1.amazonaws.com",
}


class Configuration(BaseModel):
    """One stack's configuration, checked."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True, str_strip_whitespace=True
    )

    environment: Environment = Field(
        default="local",
        description="Which rules hold: `local` (the embedded marketplace), `sandbox` or `production`. It decides the "
        "id of Masters, whether types with holders are protected, and the words in the plan.",
    )
    endpoint_url: str | None = Field(
        default=None,
        description="Another endpoint with the MTurk requester API, such as a team's own panel (which is "
        "`production` with its address). Default: that of the environment.",
    )
    former_endpoints: tuple[str, ...] = Field(
        default=(),
        description="Addresses under which the same place was known before, so that stacks made there go on here.",
    )
    allowed_account_ids: tuple[str, ...] = Field(
        default=(),
        description="AWS accounts that may be used, asked of STS before the first call where the endpoint is "
        "Amazon's. Default: any.",
    )
    local_database: str = Field(
        default=LOCAL_DATABASE,
        min_length=1,
        description="The SQLite file of the embedded marketplace, relative to the folder of Pulumi.yaml.",
    )
    profile: str | None = Field(
        default=None, min_length=1, description="The AWS profile to use. Default: boto3's own chain."
    )
    operation_timeout_seconds: float = Field(
        default=600,
        gt=0,
        allow_inf_nan=False,
        description="The deadline of one API call with all its retries, in seconds. "
        "An endpoint to which no connection can be made is given up after 30 seconds at the latest.",
    )
    requests_per_second: float | None = Field(
        default=None,
        gt=0,
        allow_inf_nan=False,
        description="A ceiling on the rate of requests. Each provider has its own: with explicit providers for one "
        "account, share the rate among them. Default: none.",
    )
    mark_types: bool | None = Field(
        default=None,
        description="Whether new qualification types get a keyword `pm1-…`, by which they can be found if a state is "
        "lost. It is a digest of project, stack and resource; workers can search keywords. Default: everywhere but in "
        "production.",
    )

    accept: tuple[Acceptance, ...] = Field(
        default=(),
        description="Warnings that the team accepts: a list of `{code, resource, reason, until}`. They are shown as "
        "information, with the reason. `pulumi-mturk explain` tells what a code means.",
    )

    require: tuple[Require, ...] = Field(
        default=(),
        description="Rules of the lab that every HIT type, list and block of the stack must keep: a list of entries, "
        "each with an `id`. What breaks one is refused, in a preview and at `up`.",
    )
    fee_schedule: str | None = Field(
        default=None,
        min_length=1,
        description="Whose fees are reckoned: `amazon-2015` (the default), `none`, or a .yaml or .json file, relative "
        "to the folder of Pulumi.yaml, which says what another endpoint charges.",
    )

    small_numbers: bool = Field(
        default=False,
        description='Whether `pulumi-mturk review` writes "1 to 9" in place of numbers of people that are so small.',
    )
    plugin: bool = Field(
        default=False,
        description="Whether the resources of a Python program go through the plugin (`pulumi-mturk plugin install`) "
        "instead of the dynamic providers. Programs in other languages always use the plugin.",
    )

    @field_validator("former_endpoints", "allowed_account_ids", mode="before")
    @classmethod
    def _as_list(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value.lstrip().startswith("["):
            try:
                return [str(item) for item in json.loads(value)]
            except (ValueError, RecursionError):
                raise refusal(rules.LIST_OF_A_KEY, 'not a JSON list; write ["one", "two"] or one,two') from None
        return [item.strip() for item in value.split(",") if item.strip()]

    @field_validator("allowed_account_ids")
    @classmethod
    def _twelve_digits(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(len(item) == 12 and item.isascii() and item.isdigit() for item in value):
            raise refusal(rules.ACCOUNT_ID, "an AWS account id has 12 digits")
        return value

    @field_validator("endpoint_url")
    @classmethod
    def _is_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not _is_address(value):
            raise refusal(
                rules.ENDPOINT_ADDRESS,
                "write the whole address, such as https://panel.example.org or http://127.0.0.1:8080",
            )
        parts = urlsplit(value)
        if parts.username or parts.password:
            raise refusal(rules.ENDPOINT_WITH_PASSWORD, "an address must not hold a user name or password")
        return value.rstrip("/")

    @field_validator("fee_schedule")
    @classmethod
    def _is_schedule(cls, value: str | None) -> str | None:
        from pulumi_mturk.fees import schedule  # for a stack that names one

        try:
            schedule(value)
        except ConfigurationError as error:
            (found, *_) = error.diagnostics
            raise refusal(rules.FEE_SCHEDULE, found.message) from None
        return value

    @field_validator("former_endpoints")
    @classmethod
    def _are_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(_is_address(item) if "//" in item else _HOST.fullmatch(item) for item in value):
            raise refusal(
                rules.ENDPOINT_ADDRESS, "write addresses, or hosts alone, such as panel.example.org or 127.0.0.1:8080"
            )
        return value

    @field_validator("local_database", "profile")
    @classmethod
    def _has_no_control_character(cls, value: str | None) -> str | None:
        if value is not None and (problem := control_problem(value)):
            raise refusal(form.CONTROL_CHARACTER, problem)
        return value

    @field_validator("local_database")
    @classmethod
    def _is_no_address(cls, value: str) -> str:
        if _ADDRESS.match(value):
            raise refusal(
                rules.DATABASE_UNUSABLE,
                "an address is given where a file is needed; name the file of the embedded marketplace, or a server "
                "by mturk:endpointUrl",
            )
        return value

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> "Configuration":
        """Read the `mturk:` keys of a stack's configuration. Raises ConfigurationError with all problems."""
        prefix = f"{NAMESPACE}:"
        values = {key.removeprefix(prefix): value for key, value in config.items() if key.startswith(prefix)}
        known = [to_camel(name) for name in cls.model_fields]
        problems: list[Diagnostic] = []
        for key in sorted(values.keys() - set(known)):
            import difflib  # for the mistake alone: every process would pay for it

            near = difflib.get_close_matches(key[:_LONGEST_KEY], known, n=1)
            hint = f"did you mean {prefix}{near[0]}?" if near else f"the keys are {', '.join(known)}"
            problems.append(
                rules.UNKNOWN_KEY.at(f"{prefix}{shortened(key)}", f"there is no such configuration key; {hint}")
            )
            del values[key]
        if "accept" in values:
            values["accept"], wrong = acceptance.read(values["accept"])
            problems += wrong
        if "require" in values:
            from pulumi_mturk.invariants import reading  # for a stack that has rules

            values["require"], wrong = reading.read(values["require"])
            problems += wrong
        try:
            configuration = cls.model_validate(values)
        except ValidationError as error:
            configuration = None
            problems += [replace(found, path=f"{prefix}{found.path}") for found in form_errors.diagnostics(error)]
        if problems or configuration is None:
            raise ConfigurationError(*problems)
        return configuration

    @property
    def embedded(self) -> bool:
        """Whether the marketplace runs in the provider's own process."""
        return self.environment == "local" and self.endpoint_url is None

    @property
    def url(self) -> str:
        """The address that requests go to (for the embedded marketplace: a name that is never looked up)."""
        if self.endpoint_url is not None:
            return self.endpoint_url
        return AWS_ENDPOINTS.get(self.environment, "http://embedded.invalid")

    @property
    def host(self) -> str:
        """The host, with its port, by which the endpoint is identified."""
        return host_of(self.url)

    @property
    def at_aws(self) -> bool:
        """Whether the endpoint is one of Amazon's."""
        return (urlsplit(self.url).hostname or "").endswith(".amazonaws.com")


# A host, or the id of an embedded marketplace's database, with or without a port.
_HOST = re.compile(r"[A-Za-z0-9._\[\]:-]+")
# What an address begins with, which may hold a password; a drive of Windows has one letter.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/|postgres(ql)?:", re.IGNORECASE)


def _is_address(value: str) -> bool:
    """Whether a text is an address of the web, and nothing else."""
    try:
        parts = urlsplit(value)
        port = parts.port  # looked at by nobody else before the first call
    except ValueError:
        return False
    is_plain = value.isprintable() and " " not in value
    return is_plain and parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0


def host_of(address: str) -> str:
    """Host and port of an address, which may be written with or without its scheme."""
    return urlsplit(address if "//" in address else f"//{address}").netloc.lower()
