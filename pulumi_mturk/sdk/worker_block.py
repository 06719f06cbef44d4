"""WorkerBlock, as a program writes it."""

import pulumi

from pulumi_mturk.sdk.base import MturkResource
from pulumi_mturk.sdk.claims import Claim, block


class WorkerBlock(MturkResource, name="WorkerBlock", secrets=("worker_id", "reason", "earlier_reasons")):
    """A worker can accept no HIT of the account.

    Workers are told of blocks, and frequent ones can cost them their MTurk account. To keep earlier participants out
    of a study, use a qualification type and a `DoesNotExist` requirement instead.
    """

    worker_id: pulumi.Output[str]
    """Secret."""
    reason: pulumi.Output[str]
    """Secret."""

    earlier_reasons: pulumi.Output[list[str]]
    """Secret."""

    def __init__(
        self,
        resource_name: str,
        *,
        worker_id: pulumi.Input[str],
        reason: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a block (CreateWorkerBlock).

        :param worker_id: Whom to block; kept secret. A change replaces the block.
        :param reason: Why, for your own records; kept secret. The worker is not shown it. A new reason is sent in
            place, and whether MTurk takes it over is not known.
        """
        super().__init__(
            resource_name,
            {"worker_id": worker_id, "reason": reason},
            opts,
            claim=Claim(kind=block, path="workerId", value=worker_id),
        )

    @classmethod
    def get(
        cls, resource_name: str, *, worker_id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> "WorkerBlock":
        """Look up an existing block, which the stack then reads but never changes. A missing one is an error."""
        return cls._existing(resource_name, f"existing-{resource_name}", {"worker_id": worker_id}, opts)
