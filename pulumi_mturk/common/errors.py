"""The errors that a user may see. Those of API calls are in `pulumi_mturk.api.errors`.

Every message is written for the person who runs `pulumi up`: what is wrong, where, and what to write or do instead.
None holds a worker id, a secret or a traceback.
"""

from collections.abc import Iterable

from pulumi_mturk.common.diagnostics import Diagnostic


class MturkError(Exception):
    """The base of every error that a user may see."""


class ConfigurationError(MturkError):
    """A `mturk:…` configuration value that can't be used."""


class EnvironmentMismatchError(MturkError):
    """The configuration points to another place than the one in which the resource was made."""


class ProtectedError(MturkError):
    """A delete or replacement refused because of what workers and HITs would lose."""


class InvalidInputError(MturkError):
    """An input that is known to be wrong before any call: `path` says where."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path


def refuse(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise the errors among some diagnostics as one `InvalidInputError`. Warnings are left to the plan."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    if len(errors) == 1:
        raise InvalidInputError(errors[0].message, errors[0].path)
    if errors:
        raise InvalidInputError(". ".join(map(str, errors)))
