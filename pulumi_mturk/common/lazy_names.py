"""Names of a package whose modules are imported when they are first used."""

import importlib
from collections.abc import Callable, Mapping
from typing import Any


def from_modules(package: str, home_of: Mapping[str, str]) -> Callable[[str], Any]:
    """A package's `__getattr__` [PEP 562]. `home_of` says in which of its modules each name is defined."""

    def find(name: str) -> Any:
        if name not in home_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{home_of[name]}"), name)

    return find
