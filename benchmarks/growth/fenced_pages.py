"""The pages of a marketplace with accounts, whose workers sign in: the session is looked up at each."""

from benchmarks.growth.fill import WORKER, worker
from benchmarks.growth.visitor import Step, Visitor
from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.marketplace.domain import invitations, passphrases, sessions, sign_in, statements
from tests.support.marketplace.fenced import PASSPHRASE, cheap_passphrases, fence

NAME = "somebody"
_PEOPLE = 20
"""Who join, and who agree to what the host has changed: one at each repetition, of which there are fewer."""


def fenced_pages(marketplace: Marketplace) -> dict[str, Step]:
    """Have workers sign in from here on; the pages."""
    with cheap_passphrases():
        hashed = passphrases.hash_of(PASSPHRASE)
    fence(marketplace)  # what the host says of the pay is another version
    with marketplace.writing() as ctx:
        sign_in.set_credentials(ctx, WORKER, NAME, hashed)
        statements.agree(ctx, WORKER)
        tokens = [sessions.begin(ctx, worker_id) for worker_id in (WORKER, *map(worker, range(1, _PEOPLE)))]
        links = [f"/join/{invitations.add(ctx)}" for _ in range(_PEOPLE)]
        terms = statements.mark(ctx)
    stranger = Visitor(marketplace, "visit=browser", "browser")
    signed_in, *others = (Visitor(marketplace, f"session={token}", token) for token in tokens)
    agreed = {"of_age": "1", "consent": "1", "terms": terms}
    secret = {"passphrase": PASSPHRASE}

    def joined(number: int) -> None:
        stranger.sent(links[number], name=f"new {number}", **secret, **agreed)(number)

    return {
        "GET /projects, signed in": signed_in.got("/projects"),
        "GET /tasks, signed in": signed_in.got("/tasks"),
        "GET /account": signed_in.got("/account"),
        "GET …/session": signed_in.got("/worker-api/v1/session"),
        "GET /consent": others[-1].got("/consent"),
        "POST /consent": lambda number: others[number].sent("/consent", **agreed)(number),
        "POST /sign-out": lambda number: others[number].sent("/sign-out")(number),
        "GET /sign-in": stranger.got("/sign-in"),
        "POST /sign-in": stranger.sent("/sign-in", name=NAME, **secret),
        "POST /sign-in, a name that nobody has": lambda number: stranger.sent(
            "/sign-in", 422, name=f"nobody {number}", **secret
        )(number),
        "POST …/session": stranger.sent_json("/worker-api/v1/session", 201, name=NAME, **secret),
        "GET /join/…": stranger.got(links[-1]),
        "POST /join/…": joined,
    }
