"""Checks of request members that the service model lacks; the limits are documented, the error texts guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pulumi_mturk.marketplace.errors import invalid_parameter

if TYPE_CHECKING:
    from collections.abc import Mapping

Request = dict[str, Any]
"""A request's members, decoded and checked against the service model."""


def check_not_empty(request: Request, *names: str) -> None:
    """A member that is present must not be empty (guessed; the text was observed in the old API)."""
    for name in names:
        if request.get(name) == "":
            raise invalid_parameter(name, "", f"Your request parameter {name} has a minimum length of 1")


def check_length(request: Request, name: str, maximum: int) -> None:
    """Check the maximum number of characters."""
    value = request.get(name, "")
    if len(value) > maximum:
        raise invalid_parameter(name, value, f"{name} must not be longer than {maximum} characters")


def check_minimum(request: Request, name: str, minimum: int) -> None:
    """Check the minimum of a number, if present."""
    if name in request and request[name] < minimum:
        raise invalid_parameter(name, request[name], f"{name} must be at least {minimum}")


def check_range(request: Request, name: str, minimum: int, maximum: int) -> None:
    """Check that a number, if present, is in the range, bounds included."""
    if name in request and not minimum <= request[name] <= maximum:
        raise invalid_parameter(name, request[name], f"{name} must be between {minimum} and {maximum}")


def flag(request: Mapping[str, Any], name: str, *, default: bool) -> bool:
    """A boolean member with a default."""
    return bool(request.get(name, default))
