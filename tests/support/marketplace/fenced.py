"""A marketplace with accounts, where workers join by invitations and sign in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
import pytest
from botocore.config import Config

from pulumi_mturk.marketplace.domain import invitations, passphrases, statements
from tests.support.marketplace.web_client import WebClient

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mypy_boto3_mturk import MTurkClient

    from pulumi_mturk.marketplace import Marketplace, Server

PASSPHRASE = "correct horse battery"  # noqa: S105 - made up
PAYMENT = "The lab pays by bank transfer, on the first of each month."


@contextmanager
def cheap_passphrases() -> Iterator[None]:
    """The quarter of a second that each guess is to cost is no test's subject but one's."""
    nobodys = passphrases._NOBODYS.replace(f"${passphrases._COST}$", "$2$")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "_COST", 2)
        patch.setattr(passphrases, "_NOBODYS", nobodys)
        yield


def fence(marketplace: Marketplace, name: str = "Lab") -> None:
    """Configure an account, and say who pays."""
    marketplace.accounts.add(name)
    with marketplace.writing() as ctx:
        statements.replace(ctx, "Payment", PAYMENT)


def requester(marketplace: Marketplace, server: Server, name: str = "Lab") -> MTurkClient:
    """boto3 with an access key of an account."""
    key = marketplace.accounts.add_key(name)
    return boto3.client(
        "mturk",
        region_name="us-east-1",
        endpoint_url=server.url,
        aws_access_key_id=key.key_id,
        aws_secret_access_key=key.secret,
        config=Config(retries={"total_max_attempts": 1}),
    )


def invite(marketplace: Marketplace, worker_id: str | None = None, *, uses: int = 1, days: int = 7) -> str:
    """Make an invitation: the path of its link."""
    with marketplace.writing() as ctx:
        return f"/join/{invitations.add(ctx, worker_id=worker_id, uses=uses, days=days)}"


def joining(marketplace: Marketplace, name: str = "another") -> dict[str, str]:
    """What is sent to join, but for what one signs in with."""
    with marketplace.reading() as ctx:
        return {"name": name, "of_age": "1", "consent": "1", "terms": statements.mark(ctx)}


def joined(marketplace: Marketplace, server: Server, name: str = "reader") -> tuple[WebClient, str]:
    """Somebody who has joined by an invitation, and the worker's id."""
    visitor = WebClient(server)
    page = visitor.press(
        visitor.open(invite(marketplace)),
        "Join",
        name=name,
        passphrase=PASSPHRASE,
        country="US",
        subdivision="CA",
        of_age="1",
        consent="1",
    )
    assert page.path == "/projects", page.text
    return visitor, worker_of(marketplace, name)


def worker_of(marketplace: Marketplace, name: str) -> str:
    """The id of the worker with a sign-in name."""
    with marketplace.reading() as ctx:
        return str(ctx.db.execute("SELECT worker_id FROM sign_in_names WHERE name = ?", (name,)).fetchone()[0])


def sign_in(visitor: WebClient, name: str = "reader", passphrase: str = PASSPHRASE) -> None:
    """Sign in on the page."""
    page = visitor.press(visitor.open("/sign-in"), "Sign in", name=name, passphrase=passphrase)
    assert page.path == "/projects", page.text
