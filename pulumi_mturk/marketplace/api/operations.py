"""The function of each operation, by whether it only reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pulumi_mturk.marketplace.api import (
    account_operations,
    assignment_operations,
    block_operations,
    bonus_operations,
    hit_change_operations,
    hit_operations,
    hit_type_operations,
    notification_operations,
    qualification_operations,
    qualification_request_operations,
    qualification_type_operations,
    review_operations,
)
from pulumi_mturk.marketplace.api.parameters import Request
from pulumi_mturk.marketplace.domain.context import Context

Operation = Callable[[Context, Request], dict[str, Any]]

READS: Final[dict[str, Operation]] = {
    "GetQualificationType": qualification_type_operations.get_qualification_type,
    "ListQualificationTypes": qualification_type_operations.list_qualification_types,
    "GetQualificationScore": qualification_operations.get_qualification_score,
    "ListWorkersWithQualificationType": qualification_operations.list_workers_with_qualification_type,
    "ListQualificationRequests": qualification_request_operations.list_qualification_requests,
    "GetHIT": hit_operations.get_hit,
    "ListHITs": hit_operations.list_hits,
    "ListHITsForQualificationType": hit_operations.list_hits_for_qualification_type,
    "ListReviewableHITs": review_operations.list_reviewable_hits,
    "ListReviewPolicyResultsForHIT": review_operations.list_review_policy_results_for_hit,
    "ListAssignmentsForHIT": assignment_operations.list_assignments_for_hit,
    "GetAssignment": assignment_operations.get_assignment,
    "GetFileUploadURL": assignment_operations.get_file_upload_url,
    "ListWorkerBlocks": block_operations.list_worker_blocks,
    "GetAccountBalance": account_operations.get_account_balance,
    "ListBonusPayments": bonus_operations.list_bonus_payments,
}
WRITES: Final[dict[str, Operation]] = {
    "CreateQualificationType": qualification_type_operations.create_qualification_type,
    "UpdateQualificationType": qualification_type_operations.update_qualification_type,
    "DeleteQualificationType": qualification_type_operations.delete_qualification_type,
    "AssociateQualificationWithWorker": qualification_operations.associate_qualification_with_worker,
    "DisassociateQualificationFromWorker": qualification_operations.disassociate_qualification_from_worker,
    "AcceptQualificationRequest": qualification_request_operations.accept_qualification_request,
    "RejectQualificationRequest": qualification_request_operations.reject_qualification_request,
    "CreateHITType": hit_type_operations.create_hit_type,
    "CreateHIT": hit_operations.create_hit,
    "CreateHITWithHITType": hit_operations.create_hit_with_hit_type,
    "UpdateExpirationForHIT": hit_change_operations.update_expiration_for_hit,
    "UpdateHITTypeOfHIT": hit_change_operations.update_hit_type_of_hit,
    "CreateAdditionalAssignmentsForHIT": hit_change_operations.create_additional_assignments_for_hit,
    "UpdateHITReviewStatus": review_operations.update_hit_review_status,
    "DeleteHIT": hit_change_operations.delete_hit,
    "ApproveAssignment": assignment_operations.approve_assignment,
    "RejectAssignment": assignment_operations.reject_assignment,
    "CreateWorkerBlock": block_operations.create_worker_block,
    "DeleteWorkerBlock": block_operations.delete_worker_block,
    "SendBonus": bonus_operations.send_bonus,
    "UpdateNotificationSettings": notification_operations.update_notification_settings,
    "SendTestEventNotification": notification_operations.send_test_event_notification,
    "NotifyWorkers": notification_operations.notify_workers,
}
