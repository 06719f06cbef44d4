"""Several requesters in one marketplace: what is one account's does not exist for another, where work is concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.marketplace.api_calls import InProcessClient

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Marketplace

OTHER_ACCOUNT: Final = 2


def test_a_call_is_recorded_with_its_account(marketplace: Marketplace) -> None:
    marketplace.set_switches(record_calls="on")
    for account in (OTHER_ACCOUNT, 1):
        InProcessClient(marketplace, account).call("ListHITs")
        InProcessClient(marketplace, account).call("ListThings")
    assert [(call.operation, call.account) for call in marketplace.calls()] == [
        ("ListHITs", OTHER_ACCOUNT),
        ("", OTHER_ACCOUNT),
        ("ListHITs", 1),
        ("", 1),
    ]
