"""Amazon Mechanical Turk as Pulumi resources: who may work, what a task pays and asks for, and who is kept out."""

from pulumi_mturk import eligibility
from pulumi_mturk.eligibility import Locale, QualificationRequirement
from pulumi_mturk.sdk.hit_type import HITType
from pulumi_mturk.sdk.qualification_grant import QualificationGrant
from pulumi_mturk.sdk.qualification_type import QualificationType
from pulumi_mturk.sdk.worker_block import WorkerBlock

__all__ = [
    "HITType",
    "Locale",
    "QualificationGrant",
    "QualificationRequirement",
    "QualificationType",
    "WorkerBlock",
    "eligibility",
]
