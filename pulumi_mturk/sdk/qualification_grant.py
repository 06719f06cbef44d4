"""QualificationGrant, as a program writes it."""

import pulumi

from pulumi_mturk.sdk.arguments import integer, type_id
from pulumi_mturk.sdk.base import MturkResource
from pulumi_mturk.sdk.claims import Claim, grants
from pulumi_mturk.sdk.qualification_type import QualificationType, deleted_with


class QualificationGrant(MturkResource, name="QualificationGrant", secrets=("worker_id",)):
    """One worker holds a qualification, with a score."""

    qualification_type_id: pulumi.Output[str]
    worker_id: pulumi.Output[str]
    """Secret."""
    integer_value: pulumi.Output[int]
    grant_time: pulumi.Output[str | None]
    """ISO 8601, UTC; known after a refresh."""

    def __init__(
        self,
        resource_name: str,
        *,
        qualification_type_id: pulumi.Input[str] | QualificationType,
        worker_id: pulumi.Input[str],
        integer_value: pulumi.Input[int] | None = None,
        send_notification: pulumi.Input[bool] = False,
        revocation_reason: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a grant (AssociateQualificationWithWorker).

        :param qualification_type_id: A type of your own: the resource, or an id. A change replaces the grant.
        :param worker_id: Who is to hold it; kept secret. A change replaces the grant.
        :param integer_value: The score. Changed in place. Without one, who holds it already keeps the score, and
            another gets 1.
        :param send_notification: Whether MTurk mails the worker about it.
        :param revocation_reason: Sent to the worker when the grant is taken back; without it nothing is sent.
        """
        if isinstance(qualification_type_id, QualificationType) and qualification_type_id.declaration is not None:
            qualification_type_id.declaration.granted = True
        super().__init__(
            resource_name,
            {
                "qualification_type_id": type_id(qualification_type_id),
                "worker_id": worker_id,
                "integer_value": integer(integer_value, "integer_value"),
                "send_notification": send_notification,
                "revocation_reason": revocation_reason,
            },
            deleted_with(qualification_type_id, revocation_reason, opts),
            {"qualificationTypeId": qualification_type_id},
            Claim(kind=grants, path="workerId", value=worker_id, type=qualification_type_id),
        )

    @classmethod
    def get(
        cls,
        resource_name: str,
        *,
        qualification_type_id: pulumi.Input[str] | QualificationType,
        worker_id: pulumi.Input[str],
        opts: pulumi.ResourceOptions | None = None,
    ) -> "QualificationGrant":
        """Look up an existing grant, which the stack then reads but never changes. A missing one is an error."""
        values = {"qualification_type_id": type_id(qualification_type_id), "worker_id": worker_id}
        types = {"qualificationTypeId": qualification_type_id}
        return cls._existing(resource_name, f"existing-{resource_name}", values, opts, types)
