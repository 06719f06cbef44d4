"""Who reaches a marketplace that is served: where others than this machine's users do, it has accounts, or is open.

A server on a loopback address does not see that a proxy leads others to it. What tells is a name that it answers for,
the option that a proxy is there, and at the latest the headers that most proxies add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pulumi_mturk.marketplace.errors import MarketplaceError, MissingDatabaseError
from pulumi_mturk.marketplace.service import Marketplace

if TYPE_CHECKING:
    from pathlib import Path

    from pulumi_mturk.marketplace.server.request import Request

OR_ELSE: Final = "serve 127.0.0.1 alone, under no name of others' and behind no proxy, or say --open if all may do all"
PROXIED: Final = (
    "This request came through a proxy: others could reach this marketplace, and it takes any access key. Make "
    "accounts with access keys (`pulumi-mturk marketplace account --help`) and say --behind-proxy, or say --open if "
    "all may do all."
)
_BY_PROXIES: Final = ("x-forwarded-", "x-real-ip", "forwarded")


def open_served(
    database: str | Path, *, exposed: bool, is_open: bool, durable: bool = True, otherwise: str = OR_ELSE
) -> Marketplace:
    """Open a marketplace to serve it. It is made if it is not there, unless it would be refused for want of accounts.

    Raises:
        MarketplaceError: as `check_exposure`, or the database is not right.

    """
    guarded = exposed and not is_open
    try:
        opened = Marketplace.open(database, create=not guarded, durable=durable)
    except MissingDatabaseError:
        if guarded:
            raise _unfenced(otherwise) from None
        raise
    try:
        check_exposure(opened, exposed=exposed, is_open=is_open, otherwise=otherwise)
    except BaseException:
        opened.close()
        raise
    return opened


def check_exposure(marketplace: Marketplace, *, exposed: bool, is_open: bool, otherwise: str = OR_ELSE) -> None:
    """Check, before a server listens, that others than this machine's users reach no marketplace that takes any key.

    Raises:
        MarketplaceError: they would, or the secrets of access keys can't be read.

    """
    if marketplace.accounts.are_configured():
        marketplace.accounts.check_key()
    elif exposed and not is_open:
        raise _unfenced(otherwise)


def is_forwarded(request: Request) -> bool:
    """Whether a proxy has handed a request over, by the headers that most add; nginx adds none by itself."""
    return any(name.lower().startswith(_BY_PROXIES) for name, _ in request.headers)


def _unfenced(otherwise: str) -> MarketplaceError:
    return MarketplaceError(
        "Others could reach this marketplace, and it takes any access key. Make accounts with access keys first "
        f"(`pulumi-mturk marketplace account --help`), {otherwise}."
    )
