"""The one place where provider and marketplace meet: in an HTTP request that botocore built.

With `mturk:environment: local` and no `mturk:endpointUrl` the request never leaves the process: a hook that runs
before botocore would send it hands it to the marketplace and gives its answer back.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pulumi_mturk.common.errors import ConfigurationError, EnvironmentMismatchError
from pulumi_mturk.rules import configuration as rules

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace


class Embedded:
    """The marketplace of a database file, opened at first use and shared by the threads of the process.

    Use it as a context manager, or `close` it. A provider process keeps it to its end, which the engine sets: a
    database that was not closed loses nothing.
    """

    def __init__(self, database: str, folder: Path = Path()) -> None:
        """`database` is relative to `folder`, which is that of the project in a provider."""
        self._path = folder / Path(database).expanduser()
        self._lock = threading.Lock()
        self._id: str | None = None
        self._marketplace: Marketplace | None = None

    def database_id(self, create: bool) -> str:
        """The database's id: `local:` and a random word that is kept in the file."""
        from pulumi_mturk.marketplace.storage.database import identify

        with self._lock:
            if self._id is None:
                with _explained():
                    self._id = identify(self._path, create=create)
            return f"local:{self._id}"

    def attach(self, client: Any) -> None:
        """Answer a boto3 client's requests here."""
        client.meta.events.register("before-send.mturk", self._answer)

    def close(self) -> None:
        """Close the database; a request that comes later opens it again."""
        with self._lock:
            if self._marketplace is not None:
                self._marketplace.close()
                self._marketplace = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self) -> "Marketplace":
        # A third of a second to import: a plan that makes no call does without it.
        from pulumi_mturk.marketplace import Marketplace

        with self._lock:
            if self._marketplace is None:
                with _explained():
                    self._marketplace = Marketplace.open(self._path, create=False)
            return self._marketplace

    def _answer(self, request: Any, **_: Any) -> Any:
        from botocore.awsrequest import AWSResponse
        from botocore.compat import HTTPHeaders
        from botocore.exceptions import ConnectionClosedError

        from pulumi_mturk.marketplace import ConnectionDropped

        sent = request.body or b""
        headers = {
            name: value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()
        }
        try:
            answer = self._open().handle(
                request.method, "/", headers, sent if isinstance(sent, bytes) else sent.encode()
            )
        except ConnectionDropped:
            raise ConnectionClosedError(endpoint_url=request.url) from None
        if "Transfer-Encoding" in answer.headers:  # of chunks that were cut: urllib3 would see that the last is missing
            raise ConnectionClosedError(endpoint_url=request.url)
        body = _Body(answer.body, answer.pause)
        return AWSResponse(request.url, answer.status, HTTPHeaders.from_dict(dict(answer.headers)), body)


@contextmanager
def _explained() -> Iterator[None]:
    """Translate errors about the database file into errors about `mturk:localDatabase`."""
    from pulumi_mturk.marketplace.errors import MarketplaceError, MissingDatabaseError

    try:
        yield
    except MissingDatabaseError as error:
        raise EnvironmentMismatchError(rules.DATABASE_LOST.at("mturk:localDatabase", str(error))) from None
    except (MarketplaceError, OSError) as error:
        raise ConfigurationError(rules.DATABASE_UNUSABLE.at("mturk:localDatabase", str(error))) from None


class _Body:
    """What botocore reads an answer's body from."""

    def __init__(self, content: bytes, pause: float) -> None:
        self._content = content
        self._pause = pause

    def stream(self, *_: Any, **__: Any) -> Iterator[bytes]:
        if not self._pause:
            yield self._content
            return
        for number in range(len(self._content)):
            time.sleep(self._pause)
            yield self._content[number : number + 1]
