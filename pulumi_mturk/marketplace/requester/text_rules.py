"""Lengths and ranges that the service model does not have; the numbers are documented, the error texts guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import invalid_parameter

if TYPE_CHECKING:
    from pulumi_mturk.marketplace.context import Request


def filled(request: Request, *names: str) -> None:
    """None of these members is empty, if it is there (guessed; the text was observed in the old API)."""
    for name in names:
        if request.get(name) == "":
            raise invalid_parameter(name, "", f"Your request parameter {name} has a minimum length of 1")


def not_longer(request: Request, name: str, most: int) -> None:
    """The member has at most so many characters."""
    value = request.get(name, "")
    if len(value) > most:
        raise invalid_parameter(name, value, f"{name} must not be longer than {most} characters")


def at_least(request: Request, name: str, least: int) -> None:
    """The number is not smaller, if it is there."""
    if name in request and request[name] < least:
        raise invalid_parameter(name, request[name], f"{name} must be at least {least}")


def within(request: Request, name: str, least: int, most: int) -> None:
    """The number is in the range, both ends included, if it is there."""
    if name in request and not least <= request[name] <= most:
        raise invalid_parameter(name, request[name], f"{name} must be between {least} and {most}")
