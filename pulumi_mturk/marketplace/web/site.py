"""The site as the visitor's browser knows it: what passkeys are for."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import NotFound

from pulumi_mturk.marketplace.domain.webauthn import Site


def known() -> Site | None:
    """The site, or None: browsers have no passkeys for it.

    Its host is one that the server answers for (`server.hosts`), behind a proxy the one that the proxy tells. Browsers
    have passkeys over HTTPS or on this machine, and for names alone.
    """
    host = urlsplit(f"//{request.host}").hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if request.is_secure or host == "localhost":
            return Site(f"{request.scheme}://{request.host}", host)
    return None


def require() -> Site:
    """The site. Raises NotFound: browsers have no passkeys for it."""
    found = known()
    if found is None:
        raise NotFound("There are no passkeys at this address: it has to be a name, with HTTPS.")
    return found
