"""Names for what has none in a program yet: of resources, of variables and of files."""

import keyword
import re
import unicodedata

from pulumi_mturk.common.worker_ids import redact

_LONGEST = 40
# What the program that is written uses itself.
_TAKEN = frozenset({"csv", "file", "block", "mturk", "Path", "HERE"})


class Names:
    """Names that differ from one another, made of what people call the things."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def new(self, text: str, fallback: str) -> str:
        """A name of small letters, digits and hyphens; a worker id in the text is left out, for names are public."""
        plain = unicodedata.normalize("NFKD", redact(text)).encode("ascii", "ignore").decode().lower()
        words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or fallback
        name, number = words, 2
        while name in self._used:
            name, number = f"{words}-{number}", number + 1
        self._used.add(name)
        return name


def variable(resource_name: str) -> str:
    """The variable of a resource. Two names of resources give two variables."""
    name = resource_name.replace("-", "_")
    taken = keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in _TAKEN
    return f"_{name}" if name[0].isdigit() else f"{name}_" if taken else name
