"""A request, as a server has read its head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True)
class Request:
    """The head of a request, and how its body is read."""

    method: str
    target: str
    """The path with its query, or what else stands in the request line."""
    headers: Sequence[tuple[str, str]]
    read: Callable[[int], bytes]
    """Reads a body of so many bytes. Raises ConnectionDropped: nobody waits for the answer any more."""
    client: str = ""
    """The address that has connected, empty where there is none."""
    scheme: str = "http"
    """`https`, where the server has it or a proxy tells so."""

    @property
    def path(self) -> str:
        """The path without its query."""
        return self.target.partition("?")[0]

    def all(self, name: str) -> list[str]:
        """The values of a header."""
        return [value for key, value in self.headers if key.lower() == name]

    def is_api_call(self) -> bool:
        """Whether it is for the API, well-formed or not; all others are for the worker's pages."""
        return bool(self.all("x-amz-target")) or (self.method == "POST" and self.path in ("", "/"))
