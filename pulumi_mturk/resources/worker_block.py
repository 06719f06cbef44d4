"""WorkerBlock: a worker kept out of all HITs of the account."""

import uuid
from typing import Annotated

from pydantic import Field, StringConstraints

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.unknown import has_value
from pulumi_mturk.common.worker_ids import is_worker_id
from pulumi_mturk.provider.lifecycle import Context, Resource
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.provider.ownership import BLOCKS
from pulumi_mturk.resources.fields import REASON_LIMIT, OwnedArgs, Readable, WorkerId, refuse_import_id
from pulumi_mturk.rules import grants


class WorkerBlockArgs(OwnedArgs):
    """Inputs of a WorkerBlock."""

    worker_id: Annotated[WorkerId, Mark.REPLACES, Mark.SECRET] = Field(description="The worker to block.")
    reason: Annotated[str, StringConstraints(min_length=1, max_length=REASON_LIMIT), Readable, Mark.SECRET] = Field(
        description="Why, for your own records: workers are told that they are blocked, but not shown the reason."
    )


class WorkerBlockState(WorkerBlockArgs):
    """Outputs of a WorkerBlock."""

    earlier_reasons: Annotated[list[str], Mark.SECRET] = Field(
        default=[],
        description="Reasons given before. MTurk may keep one of them when a new one is sent (that is not known), "
        "so finding one is no drift.",
    )


class WorkerBlockResource(Resource[WorkerBlockArgs, WorkerBlockState]):
    """CreateWorkerBlock, DeleteWorkerBlock; read through ListWorkerBlocks, for there is no get."""

    token = "WorkerBlock"  # noqa: S105 - a type token
    summary = (
        "A hard block: the worker can accept no HIT of the account. Workers are told, frequent blocks can cost them "
        "their MTurk account, and a mistake hurts somebody: to keep earlier participants out of a study, or people "
        "who lack a skill, use a qualification type with a `DoesNotExist` requirement instead."
    )
    import_id = "the worker's id, or a handle of it"
    import_names_worker = True
    args = WorkerBlockArgs
    state = WorkerBlockState
    looked_up_by = ("worker_id",)

    def validate(self, context: Context, args: WorkerBlockArgs) -> Diagnostics:
        """One block per worker."""
        if not has_value(args.worker_id):
            return
        for other in context.provider.ownership.claim(context.urn, BLOCKS, {args.worker_id}):
            yield grants.BLOCKED_TWICE.at(
                "workerId", f"the resource {other.name!r} blocks the same worker; leave one of the two out"
            )

    def unkept(self, context: Context, args: WorkerBlockArgs, old: WorkerBlockArgs | None) -> Diagnostics:
        """The rules of the lab that forbid a block."""
        from pulumi_mturk.resources import lab_rules  # for a stack that has some

        yield from lab_rules.of_block(context)

    def create(self, context: Context, args: WorkerBlockArgs) -> tuple[str, WorkerBlockState]:
        """One call, after the listing that all new blocks of a run share. Blocking who is blocked is a success."""
        context.provider.ownership.wait_for_releases(BLOCKS, {args.worker_id})
        earlier = context.provider.earlier_reason(args.worker_id)
        if earlier in (None, args.reason):
            earlier_reasons = []
        else:
            earlier_reasons = [earlier]
            context.tell(  # neither reason is shown: both are secret
                grants.BLOCKED_FOR_ANOTHER_REASON.at(
                    "reason",
                    "the worker was blocked already, with another reason: this one is sent instead, and removing the "
                    "resource will lift the block. If it is not this stack's to lift, leave the resource out",
                )
            )
        context.client.create_worker_block(args.worker_id, args.reason)
        context.provider.invalidate_blocks()
        # Random: an id derived from the worker's would confirm a guess of it.
        return uuid.uuid4().hex, WorkerBlockState.extend(args, earlier_reasons=earlier_reasons)

    def read(self, context: Context, resource_id: str, state: WorkerBlockState) -> WorkerBlockState | None:
        """Through the listing that all blocks of a refresh share; None if a second one lacks the block, too."""
        reason = context.provider.block_reason(state.worker_id)
        if reason is None:
            return None
        return state if reason in state.earlier_reasons else state.replace(reason=reason)

    def find(self, context: Context, import_id: str) -> tuple[str, WorkerBlockState] | None:
        """Through the listing that all imports of blocks in a run share; None if a second one lacks the block, too."""
        refuse_import_id(self, is_worker_id(import_id))
        reason = context.provider.block_reason(import_id)
        return (
            None
            if reason is None
            else (uuid.uuid4().hex, WorkerBlockState.load({"workerId": import_id, "reason": reason}))
        )

    def update(
        self, context: Context, resource_id: str, state: WorkerBlockState, args: WorkerBlockArgs
    ) -> WorkerBlockState:
        """A new reason is sent without deleting the block: the worker would be notified of that."""
        earlier = state.earlier_reasons
        changed = args.reason != state.reason
        if changed or args.restore != state.restore:
            context.client.create_worker_block(args.worker_id, args.reason)
            context.provider.invalidate_blocks()
        if changed:
            earlier = [*earlier, state.reason]
        return WorkerBlockState.extend(args, earlier_reasons=earlier)

    def delete(self, context: Context, resource_id: str, state: WorkerBlockState) -> None:
        """One call, after the listing that all removals of a run share; not blocked is success.

        None if the program blocks the worker elsewhere, or somebody has blocked them for another reason since.
        """
        ownership = context.provider.ownership
        if (other := ownership.begin_release(BLOCKS, state.worker_id)) is not None:
            context.tell(
                grants.STILL_WANTED.at(
                    "", f"the worker stays blocked: the resource {other!r} of this program wants it; nothing was called"
                )
            )
            return
        try:
            live = context.provider.earlier_reason(state.worker_id)
            if live is not None and live not in (state.reason, *state.earlier_reasons):
                context.tell(  # neither reason is shown: both are secret
                    grants.BLOCK_NOT_OURS.at(
                        "reason",
                        "the worker stays blocked: the reason is another one than this stack has sent, so somebody "
                        "else has blocked them since. To lift it all the same call DeleteWorkerBlock, or, with the "
                        "resource back in the program, run `pulumi refresh` and remove it then",
                    )
                )
                return
            context.client.delete_worker_block(state.worker_id)
        finally:
            ownership.end_release(BLOCKS, state.worker_id)
        context.provider.invalidate_blocks(lifted=state.worker_id)
