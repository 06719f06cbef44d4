"""The environments that a stack can be in."""

from typing import Literal, TypeAlias

Environment: TypeAlias = Literal["local", "sandbox", "production"]
