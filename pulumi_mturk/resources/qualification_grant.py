"""QualificationGrant: one worker holds a qualification."""

import uuid
from typing import Annotated

from pydantic import Field

from pulumi_mturk.api.errors import UnknownWorkerError
from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.entity_ids import ENTITY_ID
from pulumi_mturk.common.unknown import has_value
from pulumi_mturk.common.worker_ids import is_worker_id
from pulumi_mturk.provider.lifecycle import Context, Resource
from pulumi_mturk.provider.model import Mark
from pulumi_mturk.provider.ownership import grants_of
from pulumi_mturk.resources.fields import (
    DEFAULT_SCORE,
    Int32,
    OwnedArgs,
    QualificationTypeId,
    Reason,
    WorkerId,
    refuse_import_id,
)
from pulumi_mturk.rules import grants, privacy


class QualificationGrantArgs(OwnedArgs):
    """Inputs of a QualificationGrant."""

    qualification_type_id: Annotated[QualificationTypeId, Mark.REPLACES] = Field(
        description="The qualification type, which must be your own."
    )
    worker_id: Annotated[WorkerId, Mark.REPLACES, Mark.SECRET] = Field(description="The worker who is to hold it.")
    integer_value: Annotated[Int32 | None, Mark.KEPT] = Field(
        default=None,
        description="The score, which requirements compare. Changed in place. Without one, a worker who holds it "
        "already keeps the score, and another gets 1.",
    )
    send_notification: Annotated[bool, Mark.DIRECTIVE] = Field(
        default=False, description="Whether MTurk mails the worker about the grant, or about a new score."
    )
    revocation_reason: Annotated[Reason | None, Mark.DIRECTIVE] = Field(
        default=None,
        description="Sent to the worker when the grant is taken back. Without one the worker is not told.",
    )


class QualificationGrantState(QualificationGrantArgs):
    """Outputs of a QualificationGrant."""

    integer_value: Int32 = Field(default=DEFAULT_SCORE, description="The score, as of the last change or refresh.")
    grant_time: str | None = Field(
        default=None, description="When the qualification was granted, as of the last refresh (ISO 8601)."
    )


class QualificationGrantResource(Resource[QualificationGrantArgs, QualificationGrantState]):
    """AssociateQualificationWithWorker, GetQualificationScore, DisassociateQualificationFromWorker."""

    token = "QualificationGrant"  # noqa: S105 - a type token
    summary = (
        "One worker holds a qualification, with a score. Nobody is mailed unless asked. For many workers a "
        "resource each is slow: every resource rewrites the stack's state."
    )
    import_id = "TYPE/WORKER: the id of the qualification type, a slash, the worker's id; or a handle of both"
    import_names_worker = True
    args = QualificationGrantArgs
    state = QualificationGrantState
    looked_up_by = ("qualification_type_id", "worker_id")

    def validate(self, context: Context, args: QualificationGrantArgs) -> Diagnostics:
        """One grant per type and worker; no worker id in the reason, which is public."""
        if has_value(args.qualification_type_id) and has_value(args.worker_id):
            group = grants_of(args.qualification_type_id)
            for other in context.provider.ownership.claim(context.urn, group, {args.worker_id}):
                if other.shared:
                    yield grants.GRANTED_TWICE.at(
                        "workerId",
                        f"the resource {other.name!r} grants this type to the same worker; leave one of the two out",
                    )
                else:
                    yield grants.NOT_ON_THE_EXCLUSIVE_LIST.at(
                        "workerId", f"the roster {other.name!r} of this type is exclusive and does not list the worker"
                    )
        if has_value(args.revocation_reason) and has_value(args.worker_id) and args.worker_id in args.revocation_reason:
            yield privacy.WORKER_ID_IN_REASON.at(
                "revocationReason", "holds the worker's id, and is shown in plans; leave it out"
            )

    def unkept(self, context: Context, args: QualificationGrantArgs, old: QualificationGrantArgs | None) -> Diagnostics:
        """The rules of the lab that forbid a mail."""
        from pulumi_mturk.resources import lab_rules  # for a stack that has some

        yield from lab_rules.of_list(context, args.send_notification, args.revocation_reason)

    def create(self, context: Context, args: QualificationGrantArgs) -> tuple[str, QualificationGrantState]:
        """One read, and one call if the worker does not hold it, or not with that score."""
        type_id, worker_id = args.qualification_type_id, args.worker_id
        ownership, group = context.provider.ownership, grants_of(type_id)
        ownership.wait_for_releases(group, {worker_id})
        released = ownership.released_score(group, worker_id)
        # What this run has just taken away is not held, even if a read should lag behind.
        nobody = released is not None or type_id in context.provider.created_types
        held = None if nobody else context.client.get_grant(type_id, worker_id)
        kept = held.integer_value if held is not None else DEFAULT_SCORE if released is None else released
        score = kept if args.integer_value is None else args.integer_value
        if held is not None and score != kept:
            context.tell(
                grants.HELD_WITH_ANOTHER_SCORE.at(
                    "integerValue",
                    f"the worker holds it already, with score {kept}, which becomes {score}; leave integer_value out "
                    "to keep the score that is there. Removing the resource will take it back",
                )
            )
        if held is None or score != kept:
            self._send(context, args, score)
        # Random: an id derived from the worker's would confirm a guess of it.
        return uuid.uuid4().hex, QualificationGrantState.extend(args, integer_value=score)

    def read(
        self, context: Context, resource_id: str, state: QualificationGrantState
    ) -> QualificationGrantState | None:
        """None if it was never granted or is revoked, or the type does not exist."""
        held = context.client.get_grant(state.qualification_type_id, state.worker_id)
        if held is None:
            return None
        return state.replace(integer_value=held.integer_value, grant_time=held.grant_time)

    def find(self, context: Context, import_id: str) -> tuple[str, QualificationGrantState] | None:
        """One call. The score is an input then: what is there is told whole."""
        type_id, _, worker_id = import_id.partition("/")
        refuse_import_id(self, ENTITY_ID.fullmatch(type_id) and is_worker_id(worker_id))
        try:
            held = context.client.get_grant(type_id, worker_id)
        except UnknownWorkerError:
            return None
        if held is None:
            return None
        state = QualificationGrantState(
            qualification_type_id=type_id,
            worker_id=worker_id,
            integer_value=held.integer_value,
            grant_time=held.grant_time,
        )
        return uuid.uuid4().hex, state

    def update(
        self, context: Context, resource_id: str, state: QualificationGrantState, args: QualificationGrantArgs
    ) -> QualificationGrantState:
        """One call, if another score is asked for or another resource of this run has revoked it."""
        score = state.integer_value if args.integer_value is None else args.integer_value
        if score != state.integer_value or args.restore != state.restore:
            self._grant(context, args, score)
        return QualificationGrantState.extend(args, integer_value=score, grant_time=state.grant_time)

    def delete(self, context: Context, resource_id: str, state: QualificationGrantState) -> None:
        """One read, and one call if the worker still holds it with this score; not held is success.

        None if the program grants it elsewhere. With another score it is somebody else's, and left.
        """
        ownership, group = context.provider.ownership, grants_of(state.qualification_type_id)
        if (other := ownership.begin_release(group, state.worker_id)) is not None:
            context.tell(
                grants.STILL_WANTED.at("", f"the worker keeps it, as the resource {other!r} of this program grants it")
            )
            return
        released = None
        try:
            held = context.client.get_grant(state.qualification_type_id, state.worker_id)
            if held is not None and held.integer_value != state.integer_value:
                context.tell(
                    grants.SCORE_NOT_OURS.at(
                        "integerValue",
                        f"the worker keeps it: its score is {held.integer_value}, and this stack has given "
                        f"{state.integer_value}, so somebody else has granted it since. {grants.TAKE_IT_ALL_THE_SAME}",
                    )
                )
                return
            released = state.integer_value
            if held is not None:
                context.client.revoke(state.qualification_type_id, state.worker_id, state.revocation_reason)
        finally:
            ownership.end_release(group, state.worker_id, released)

    def _grant(self, context: Context, args: QualificationGrantArgs, score: int) -> None:
        context.provider.ownership.wait_for_releases(grants_of(args.qualification_type_id), {args.worker_id})
        if args.send_notification:
            # Nobody is to be mailed for what is so already.
            held = context.client.get_grant(args.qualification_type_id, args.worker_id)
            if held is not None and held.integer_value == score:
                return
        self._send(context, args, score)

    def _send(self, context: Context, args: QualificationGrantArgs, score: int) -> None:
        context.client.grant(
            args.qualification_type_id, args.worker_id, score, send_notification=args.send_notification
        )
