"""The only module that imports boto3: it makes the client."""

import functools
import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from pulumi_mturk.api import aws_variables, response_checks
from pulumi_mturk.api.translation import translated
from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.rules import configuration as rules

if TYPE_CHECKING:
    from boto3.session import Session
    from mypy_boto3_mturk.client import MTurkClient

REGION = "us-east-1"  # MTurk has no other; botocore would build addresses for regions in which nothing answers.

# A hook that gets each client that was made; by one the embedded marketplace answers within the process.
Attach = Callable[["MTurkClient"], None]


class Endpoint(Protocol):
    """Where requests go, and with which limits: the provider's configuration is one."""

    @property
    def environment(self) -> Environment:
        """The environment; requests to `local` are not signed."""

    @property
    def url(self) -> str:
        """The address."""

    @property
    def at_aws(self) -> bool:
        """Whether the address is one of Amazon's."""

    @property
    def profile(self) -> str | None:
        """The AWS profile that credentials are taken from."""

    @property
    def allowed_account_ids(self) -> tuple[str, ...]:
        """AWS accounts that may be used; empty for any."""

    @property
    def operation_timeout_seconds(self) -> float:
        """The deadline of one call with its retries."""

    @property
    def requests_per_second(self) -> float | None:
        """A ceiling on the rate of requests."""


class Connection:
    """The boto3 client of an endpoint, made at its first use."""

    def __init__(self, endpoint: Endpoint, attach: Attach | None, size: int, session: "Session | None" = None) -> None:
        """`size` is how many requests may be under way at once; without a `session`, and in `local`, one is made."""
        self._endpoint = endpoint
        self._attach = attach
        self._size = size
        self._session = session
        self._lock = threading.Lock()
        self._boto: MTurkClient | None = None

    @property
    def opened(self) -> "MTurkClient | None":
        """The client, if it is made."""
        return self._boto

    def open(self) -> "MTurkClient":
        """The client."""
        with self._lock:
            if self._boto is None:
                with translated("connect"):
                    boto = self._make()
                response_checks.watch(boto)
                self._boto = boto
            return self._boto

    def _make(self) -> "MTurkClient":
        # boto3 takes 0.2 s to import: a preview, which makes no call, does without it.
        import boto3
        from botocore import UNSIGNED
        from botocore.config import Config

        endpoint = self._endpoint
        config = Config(
            retries={"total_max_attempts": 1, "mode": "standard"},
            # A server that never answers must not outlast the deadline of the call.
            connect_timeout=min(10, endpoint.operation_timeout_seconds),
            read_timeout=min(60, endpoint.operation_timeout_seconds),
            max_pool_connections=self._size,
            # Set as a whole: botocore's default is composed anew for each request, a fifth of a request's cost here.
            user_agent="pulumi-mturk",
        )
        if endpoint.environment == "local":
            client = _session_without_aws().client(
                "mturk",
                endpoint_url=endpoint.url,
                config=config.merge(Config(signature_version=UNSIGNED, proxies={})),
                verify=True,
                # Not looked for, and never sent: local has no accounts.
                aws_access_key_id="local",
                aws_secret_access_key="local",  # noqa: S106
            )
            if self._attach is not None:
                self._attach(client)
            return client
        if problems := aws_variables.faults(endpoint):
            raise ConfigurationError(*problems)
        session = self._session or boto3.session.Session(profile_name=endpoint.profile, region_name=REGION)
        if faulty := [*aws_variables.credential_faults(session.get_credentials())]:
            raise ConfigurationError(*faulty)
        if endpoint.allowed_account_ids and endpoint.at_aws:
            account = session.client("sts", config=config).get_caller_identity()["Account"]
            if account not in endpoint.allowed_account_ids:
                allowed = ", ".join(endpoint.allowed_account_ids)
                raise ConfigurationError(
                    rules.ACCOUNT_NOT_ALLOWED.at(
                        "", f"the credentials belong to AWS account {account}; mturk:allowedAccountIds allows {allowed}"
                    )
                )
        client = session.client("mturk", endpoint_url=endpoint.url, config=config)
        if self._attach is not None:
            self._attach(client)
        return client


@functools.cache
def _session_without_aws() -> "Session":
    """A session that goes by no file or variable of AWS's: one that is meant for AWS, or broken, is no matter here."""
    import boto3
    import botocore.session

    # Each variable of botocore's by its default alone: neither from the environment nor from a file.
    variables = {
        name: (None, None, default, convert)
        for name, (_, _, default, convert) in botocore.session.Session.SESSION_VARIABLES.items()
    }
    nothing = dict.fromkeys(("config_file", "credentials_file"), (None, None, os.devnull, None))
    return boto3.session.Session(
        botocore_session=botocore.session.Session(session_vars=variables | nothing), region_name=REGION
    )
