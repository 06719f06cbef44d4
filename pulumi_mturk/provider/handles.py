"""Handles: what stands in an import's id in place of a worker's.

`opts.import_` keeps the typed id in the clear in the state and its history as long as the option stands [measured]. A
handle is a random word that says nothing to anybody without the file beside the project that tells whom it means.
"""

import json
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.projects import project_folder
from pulumi_mturk.rules import imports

# Below the folder of the project file.
FILE = Path(".mturk") / "handles.json"
PREFIX = "handle:"
_FORM = re.compile(rf"{PREFIX}[0-9A-Fa-f]{{16}}")


class Handles:
    """The handles of a project. A file of theirs is readable by its owner alone."""

    def __init__(self, path: Path | None = None) -> None:
        """By default the file is in the folder of the project, as it is found at the first use."""
        self._path = path

    @property
    def path(self) -> Path:
        """Where they are kept."""
        return self._path or project_folder() / FILE

    def resolve(self, import_id: str) -> str:
        """What an id stands for: itself, unless it is a handle. Raises InvalidInputError."""
        if not import_id.startswith(PREFIX):
            return import_id
        found = self._read().get(import_id) if _FORM.fullmatch(import_id) else None
        if found is None:
            raise InvalidInputError(
                imports.UNKNOWN_HANDLE.at(
                    "",
                    f"{self.path} has no such handle (handle: and 16 hexadecimal digits); `pulumi-mturk adopt` writes "
                    "those of its import file there. Copy that file beside the project, or run the command again",
                )
            )
        return found

    def keep(self, import_ids: Iterable[str]) -> dict[str, str]:
        """A handle for each of some ids: the one that it has, or a new one. Raises InvalidInputError and OSError."""
        known = self._read()
        handles = {import_id: handle for handle, import_id in known.items()}
        wanted = list(dict.fromkeys(import_ids))
        new = {import_id: f"{PREFIX}{secrets.token_hex(8)}" for import_id in wanted if import_id not in handles}
        if new:
            self._write(known | {handle: import_id for import_id, handle in new.items()})
        return {import_id: (handles | new)[import_id] for import_id in wanted}

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise self._unreadable(getattr(error, "strerror", None) or "is no JSON") from None
        if not isinstance(found, dict) or not all(isinstance(import_id, str) for import_id in found.values()):
            raise self._unreadable("is no mapping of handles to ids")
        return found

    def _unreadable(self, why: str) -> InvalidInputError:
        said = f"{self.path} can't be read ({why}); make it readable, or remove it and run `pulumi-mturk adopt` again"
        return InvalidInputError(imports.UNKNOWN_HANDLE.at("", said))

    def _write(self, handles: dict[str, str]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # It names people: no other working copy is to have it.
        ignored = self.path.parent / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", encoding="utf-8")
        # Whole or not at all, and never readable by others, not even while it is written.
        written = self.path.with_suffix(f".{secrets.token_hex(4)}")
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(handles, file, indent=1)
        written.replace(self.path)
