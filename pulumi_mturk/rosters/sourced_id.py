"""Where a worker id comes from, so that a message can say the place instead of the id."""

from typing import Self


class SourcedWorkerId(str):
    """A worker id out of a file: `source` is the file's name without its folder, `line` where the id stands in it."""

    __slots__ = ("line", "source")

    source: str
    line: int

    def __new__(cls, worker_id: str, source: str, line: int) -> Self:
        """An id with its place."""
        listed = super().__new__(cls, worker_id)
        listed.source = source
        listed.line = line
        return listed

    def __getnewargs__(self) -> tuple[str, str, int]:  # type: ignore[override]
        # str's own names the text alone, and a copy could not be made of that.
        return str(self), self.source, self.line
