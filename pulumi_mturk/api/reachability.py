"""Whether an endpoint can be reached: one request without credentials, by the way that calls take."""

import os
import socket
from typing import Final

from pulumi_mturk.api import aws_variables

SECONDS: Final = 5
"""How long a connection, and then an answer, is waited for."""


def reach(url: str, *, by_environment: bool) -> str:
    """Ask for the address once, and say in words what came of it; nothing of the answer but its status is told.

    `by_environment` is whether proxies and trusted certificates of the environment's variables count, as they do for
    every endpoint but those of `local`.
    """
    from botocore import exceptions
    from botocore.awsrequest import AWSRequest
    from botocore.httpsession import URLLib3Session
    from botocore.utils import get_environ_proxies

    variable = aws_variables.trust_variable() if by_environment else None
    session = URLLib3Session(
        verify=os.environ[variable] if variable else True,  # type: ignore[arg-type]  # a file, too
        proxies=get_environ_proxies(url) if by_environment else None,
        timeout=SECONDS,
    )
    try:
        answer = session.send(AWSRequest("GET", url).prepare())
    # The narrower kinds first. Their messages hold addresses, and are not shown.
    except exceptions.ProxyConnectionError:
        return "not reached: the proxy of the environment does not answer"
    except exceptions.SSLError:
        return "not reached: no encrypted connection (a certificate that is not trusted, or no TLS)"
    except exceptions.ConnectTimeoutError:
        return f"not reached: no connection within {SECONDS} seconds"
    except exceptions.ReadTimeoutError:
        return f"connected, but no answer within {SECONDS} seconds"
    except exceptions.EndpointConnectionError as error:
        return f"not reached: {'its name is not known' if _is_unresolved(error) else 'the connection is refused'}"
    except exceptions.ConnectionClosedError:
        return "connected, but it closed the connection without an answer"
    except (exceptions.HTTPClientError, OSError, ValueError) as error:
        return f"not reached ({type(error).__name__})"
    finally:
        session.close()
    return f"reached: it answers with HTTP status {answer.status_code}"


def _is_unresolved(error: BaseException) -> bool:
    """Whether the host's name could not be looked up, which the last of the exceptions behind an error tells."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
