"""What boto3 raises, as one of `api.errors`: one sentence with the operation, the cause and what to do about it."""

import socket
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from pulumi_mturk.api import aws_variables, response_checks
from pulumi_mturk.api.echoes import masked
from pulumi_mturk.api.errors import AccessDeniedError, ApiError, UnavailableError, UnreachableError, from_response
from pulumi_mturk.common.errors import ConfigurationError, MturkError
from pulumi_mturk.common.worker_ids import redact
from pulumi_mturk.rules import configuration as rules


@contextmanager
def translated(operation: str, secrets: Mapping[str, str] = MappingProxyType({})) -> Iterator[None]:
    """Translate what boto3 raises into `api.errors`, without its traceback, worker ids and the call's `secrets`."""
    try:
        yield
    except MturkError:
        raise
    except Exception as error:
        raise _translated(error, operation, secrets) from None


def _translated(error: Exception, operation: str, secrets: Mapping[str, str]) -> Exception:
    from botocore import exceptions as boto
    from botocore.parsers import ResponseParserError

    if isinstance(error, boto.ClientError):
        return _refusal(error.response, operation, secrets)
    text = redact(masked(f"{operation}: {error}", secrets))
    if isinstance(error, boto.ProfileNotFound):
        return ConfigurationError(rules.NO_SUCH_PROFILE.at("mturk:profile, or AWS_PROFILE", str(error)))
    credentials = (boto.NoCredentialsError, boto.PartialCredentialsError, boto.CredentialRetrievalError)
    if isinstance(error, (*credentials, boto.SSOError, boto.UnauthorizedSSOTokenError, boto.TokenRetrievalError)):
        text = f"{text}. Give credentials as for any AWS tool: environment, shared files, or mturk:profile"
        text = "; ".join([text, *(found.text for found in aws_variables.missing_files())])
        return AccessDeniedError(text, operation=operation)
    if isinstance(error, boto.ProxyConnectionError) and isinstance(_cause(error), ConnectionError):
        # Despite its name: the proxy was reached and the connection then lost, perhaps with a reply.
        return UnavailableError(f"{operation}: the connection was lost behind the proxy", operation=operation)
    if isinstance(error, boto.SSLError):
        return _without_tls(text, operation, _causes(error))
    if isinstance(error, boto.EndpointConnectionError | boto.ConnectTimeoutError | boto.ProxyConnectionError):
        return _without_connection(
            text, operation, _causes(error), proxied=isinstance(error, boto.ProxyConnectionError)
        )
    if isinstance(error, boto.HTTPClientError) and "header value" in text:
        # The error repeats the header, with the access key's id in it.
        return ConfigurationError(
            rules.CREDENTIALS_FORM.at("the AWS credentials", "hold what can't be sent; correct them, or get new ones")
        )
    if isinstance(error, boto.HTTPClientError | ResponseParserError):
        return UnavailableError(text, operation=operation)
    return ApiError(text, operation=operation) if isinstance(error, boto.BotoCoreError) else error


def _refusal(response: Any, operation: str, secrets: Mapping[str, str]) -> ApiError:
    details = response.get("Error", {})
    served = response_checks.served_at(response)
    return from_response(
        operation,
        int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)),
        str(details.get("Code", "")),
        str(response.get("TurkErrorCode", "")),
        masked(str(details.get("Message", "")), secrets),
        retry_after_seconds=response_checks.retry_after(response_checks.headers_of(response)),
        clock_ahead_seconds=None if served is None else time.time() - served.timestamp(),
    )


def _without_tls(text: str, operation: str, causes: Sequence[BaseException]) -> ApiError:
    # For a name that does not match urllib3 has an error of its own.
    misnamed = any(type(cause).__name__ == "CertificateError" for cause in causes)
    untrusted = next((cause for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), None)
    broken = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    if untrusted is not None or misnamed:
        step = _CERTIFICATE_STEPS.get(untrusted.verify_code if untrusted is not None else _MISNAMED, _NOT_TRUSTED)
        if variable := aws_variables.trust_variable():
            step += f" ({variable} says which certificates are trusted)"
    elif broken is not None and _at_handshake(broken):
        step = "the server does not speak TLS as it should: see whether the address is https, and the port right"
    else:
        # It may have been lost on the way of an answer.
        return UnavailableError(text, operation=operation)
    return UnreachableError(f"{text}; {step}", operation=operation, patience_seconds=0)


_NOT_TRUSTED = "the certificate is not trusted: let AWS_CA_BUNDLE name the file of who signed it"
_MISNAMED = 62
# By OpenSSL's verification code: what else than the trust is wrong.
_CERTIFICATE_STEPS = {
    9: "the certificate is not valid yet: see whether this machine's clock is right",
    10: "the certificate has expired: renew it, or see whether this machine's clock is right",
    _MISNAMED: "the certificate is for another name: see whether mturk:endpointUrl is right, or who answers instead",
    64: "the certificate is for another address: see whether mturk:endpointUrl is right, or who answers instead",
}


def _at_handshake(error: ssl.SSLError) -> bool:
    reason = error.reason or ""
    return reason in ("WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "UNSUPPORTED_PROTOCOL", "HTTP_REQUEST") or (
        "HANDSHAKE" in reason or reason.endswith("_ALERT_PROTOCOL_VERSION")
    )


def _without_connection(text: str, operation: str, causes: Sequence[BaseException], *, proxied: bool) -> ApiError:
    patience: float | None = None
    unresolved = next((cause for cause in causes if isinstance(cause, socket.gaierror)), None)
    if unresolved is not None and unresolved.errno != socket.EAI_AGAIN:
        patience, step = 0, "there is no such name: see whether the address is right"
    elif unresolved is not None:
        step = "no name server answers: see whether this machine is on the network"
    elif any("Tunnel connection failed: 4" in str(cause) for cause in causes):
        patience, step = 0, "the proxy refuses to connect: see whether it asks for a password, and allows this address"
    else:
        step = "see whether a server runs there, and whether this network lets it be reached"
    if not proxied:
        step += " (mturk:endpointUrl, or AWS's for the environment)"
    elif variable := aws_variables.proxy_variable(text):
        step += f" ({variable} says to go by it)"
    return UnreachableError(f"{text}; {step}", operation=operation, patience_seconds=patience)


def _cause(error: Any) -> object:
    """The error that botocore's and urllib3's wrap."""
    return getattr(error.kwargs.get("error"), "original_error", None)


def _causes(error: Any) -> list[BaseException]:
    """All errors that one of botocore's wraps, however urllib3 has put them into one another."""
    found: list[BaseException] = []
    waiting: list[Any] = [error.kwargs.get("error")]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            inside = (getattr(one, name, None) for name in ("original_error", "reason", "__cause__", "__context__"))
            waiting += [*inside, *one.args]
    return found
