"""What lets a requester's page, which has no cookie, show one HIT and hand in one assignment on a fenced server.

It stands in the frame's address and in the one that the page's form is sent to, and is good for that assignment, or for
the preview of that HIT, alone. On an open server the assignment's id is all that is needed (observed).
"""

from __future__ import annotations

import hmac

from pulumi_mturk.marketplace.storage import keyed_hashes
from pulumi_mturk.marketplace.web import session


def of_assignment(assignment_id: str) -> str:
    """The token for an accepted assignment."""
    return keyed_hashes.keyed(session.marketplace().secret, "frame of assignment", assignment_id)


def of_preview(hit_id: str) -> str:
    """The token for a HIT that nobody has accepted there."""
    return keyed_hashes.keyed(session.marketplace().secret, "frame of preview", hit_id)


def is_good(given: str | None, expected: str) -> bool:
    """Whether the token in an address is the expected one, or none is needed."""
    if not session.identity().fenced:
        return True
    return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())
