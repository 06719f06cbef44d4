"""What validation finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Diagnostic:
    """One thing to say about an input: where it is, what is wrong, and what to write instead."""

    path: str
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def under(self, parent: str) -> "Diagnostic":
        """The same diagnostic, seen from one level further up."""
        joined = f"{parent}{self.path}" if self.path.startswith("[") else f"{parent}.{self.path}"
        return Diagnostic(joined if self.path else parent, self.message, self.severity)


Diagnostics: TypeAlias = Iterator[Diagnostic]
