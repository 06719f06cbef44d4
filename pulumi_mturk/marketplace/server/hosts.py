"""The hosts that a server answers for: a request for another name is refused (421).

Without that, any page in a browser on the machine could read the marketplace: its name is made to lead to 127.0.0.1
after the page has come (DNS rebinding), and the browser takes the server for the page's own.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    from collections.abc import Iterable

_AUTHORITY: Final = re.compile(r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<name>[^\[\]:/@?#\s]+))(?::[0-9]*)?")
_NAME: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?")


class AllowedHosts:
    """A set of host names and addresses, and, where `loopback` is true, all that mean this machine, with any port."""

    def __init__(self, names: Iterable[str], *, loopback: bool) -> None:
        """Raises MarketplaceError: a name is neither that of a host nor an address."""
        self._names = {_checked(name) for name in names}
        self._loopback = loopback

    def allow(self, target: str, hosts: Iterable[str]) -> bool:
        """Whether a request is for one of them; `target` is that of the request line, `hosts` its headers Host.

        A request without a Host is answered: no browser sends one.
        """
        authorities = [*hosts]
        if (
            not target.startswith("/") and "//" in target
        ):  # it names the host itself, which counts instead of the header
            try:
                authorities.append(urlsplit(target).netloc)
            except ValueError:
                return False
        return all(self._allows(authority) for authority in authorities)

    def reach_beyond(self) -> bool:
        """Whether one of them can lead others here; names below `localhost` are this machine's, too (RFC 6761)."""
        return not all(is_loopback(name) or name.endswith(".localhost") for name in self._names)

    def _allows(self, authority: str) -> bool:
        found = _AUTHORITY.fullmatch(authority.strip())
        if found is None:
            return False
        name = _canonical(found["address"] or found["name"])
        return name in self._names or (self._loopback and is_loopback(name))


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name) and _address(name) is None:
        raise MarketplaceError(f"{name!r} is no name of a host: write it without a scheme and a port.")
    return _canonical(name)


def _canonical(name: str) -> str:
    address = _address(name)
    return str(address) if address is not None else name.lower().removesuffix(".")


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def is_loopback(name: str) -> bool:
    """Whether a name or address means this machine for itself alone."""
    address = _address(name)
    return name == "localhost" or (address is not None and address.is_loopback)
