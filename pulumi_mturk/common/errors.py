"""The errors that a user may see. Those of API calls are in `pulumi_mturk.api.errors`.

Every message is written for the person who runs `pulumi up`: what is wrong, where, and what to write or do instead.
None holds a worker id, a secret or a traceback.
"""

from collections.abc import Iterable

from pulumi_mturk.common.diagnostics import Diagnostic


class MturkError(Exception):
    """The base of every error that a user may see."""


class FoundError(MturkError):
    """One or more findings that stop what was to be done."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(map(str, diagnostics)))
        self.diagnostics = diagnostics

    @property
    def path(self) -> str:
        """Where the first of them is."""
        return self.diagnostics[0].path


class ConfigurationError(FoundError):
    """A `mturk:…` configuration value that can't be used."""


class EnvironmentMismatchError(FoundError):
    """The configuration points to another place than the one in which the resource was made."""


class ProtectedError(FoundError):
    """A delete or replacement refused because of what workers and HITs would lose."""


class InvalidInputError(FoundError):
    """An input that is known to be wrong before any call."""


class InvalidTypeError(InvalidInputError, TypeError):
    """An argument of a kind that can't be meant."""


def refuse(diagnostics: Iterable[Diagnostic]) -> None:
    """Raise the errors among some diagnostics as one `InvalidInputError`. Warnings are left to the plan."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    if errors:
        raise InvalidInputError(*errors)
