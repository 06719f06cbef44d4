"""What the package brings along that lies beside it in a clone: the templates, and the schema."""

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def shipped(name: str) -> Path:
    """Where a file or folder is: in the package once it is installed, beside it in a clone."""
    installed = _PACKAGE / name
    return installed if installed.exists() else _PACKAGE.parent / name
