"""Versions of the package in the form that Pulumi takes."""

import importlib.metadata
import re

DISTRIBUTION = "pulumi-mturk"


def semver(version: str) -> str:
    """A version of Python packaging as a semantic one: `0.2.0rc1` becomes `0.2.0-rc1`, `0.2` becomes `0.2.0`.

    Pulumi passes over plugins and packages whose version is no semantic one.
    """
    found = re.match(r"(\d+(?:\.\d+){0,2})[.-]?(.*)", version)
    if found is None:
        return version
    numbers = [*found[1].split("."), "0", "0"][:3]
    rest = re.sub(r"[^0-9A-Za-z.-]", ".", found[2])
    return ".".join(numbers) + (f"-{rest}" if rest else "")


def package_version() -> str:
    """The version of this package, as Pulumi takes it."""
    return semver(importlib.metadata.version(DISTRIBUTION))
