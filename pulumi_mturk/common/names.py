"""The spellings of a property's name: snake_case in Python, camelCase in state, PascalCase on the wire.

The results are those of pydantic's alias generators for every name that we have; a program that only declares
resources need not import pydantic for them.
"""

import re

_BEFORE_A_WORD = re.compile(r"(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])")


def to_pascal(name: str) -> str:
    """PascalCase of a name in snake_case."""
    return name.title().replace("_", "")


def to_camel(name: str) -> str:
    """CamelCase of a name in snake_case; one in camelCase stays as it is."""
    if name[:1].islower() and name.isalnum():
        return name
    pascal = to_pascal(name)
    return pascal[:1].lower() + pascal[1:]


def to_snake(name: str) -> str:
    """snake_case of a name in camelCase or PascalCase; one in snake_case stays as it is."""
    return _BEFORE_A_WORD.sub("_", name).lower()
