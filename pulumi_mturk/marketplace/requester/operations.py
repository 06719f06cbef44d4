"""Which function answers which operation, and whether it writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pulumi_mturk.marketplace.context import Context, Request
from pulumi_mturk.marketplace.requester import (
    assignments,
    blocks,
    bonuses,
    grants,
    hit_changes,
    hit_types,
    hits,
    money,
    notifications,
    qualification_requests,
    qualification_types,
    reviews,
)

Rule = Callable[[Context, Request], dict[str, Any]]

READS: Final[dict[str, Rule]] = {
    "GetQualificationType": qualification_types.get_qualification_type,
    "ListQualificationTypes": qualification_types.list_qualification_types,
    "GetQualificationScore": grants.get_qualification_score,
    "ListWorkersWithQualificationType": grants.list_workers_with_qualification_type,
    "ListQualificationRequests": qualification_requests.list_qualification_requests,
    "GetHIT": hits.get_hit,
    "ListHITs": hits.list_hits,
    "ListHITsForQualificationType": hits.list_hits_for_qualification_type,
    "ListReviewableHITs": reviews.list_reviewable_hits,
    "ListReviewPolicyResultsForHIT": reviews.list_review_policy_results_for_hit,
    "ListAssignmentsForHIT": assignments.list_assignments_for_hit,
    "GetAssignment": assignments.get_assignment,
    "GetFileUploadURL": assignments.get_file_upload_url,
    "ListWorkerBlocks": blocks.list_worker_blocks,
    "GetAccountBalance": money.get_account_balance,
    "ListBonusPayments": bonuses.list_bonus_payments,
}
WRITES: Final[dict[str, Rule]] = {
    "CreateQualificationType": qualification_types.create_qualification_type,
    "UpdateQualificationType": qualification_types.update_qualification_type,
    "DeleteQualificationType": qualification_types.delete_qualification_type,
    "AssociateQualificationWithWorker": grants.associate_qualification_with_worker,
    "DisassociateQualificationFromWorker": grants.disassociate_qualification_from_worker,
    "AcceptQualificationRequest": qualification_requests.accept_qualification_request,
    "RejectQualificationRequest": qualification_requests.reject_qualification_request,
    "CreateHITType": hit_types.create_hit_type,
    "CreateHIT": hits.create_hit,
    "CreateHITWithHITType": hits.create_hit_with_hit_type,
    "UpdateExpirationForHIT": hit_changes.update_expiration_for_hit,
    "UpdateHITTypeOfHIT": hit_changes.update_hit_type_of_hit,
    "CreateAdditionalAssignmentsForHIT": hit_changes.create_additional_assignments_for_hit,
    "UpdateHITReviewStatus": reviews.update_hit_review_status,
    "DeleteHIT": hit_changes.delete_hit,
    "ApproveAssignment": assignments.approve_assignment,
    "RejectAssignment": assignments.reject_assignment,
    "CreateWorkerBlock": blocks.create_worker_block,
    "DeleteWorkerBlock": blocks.delete_worker_block,
    "SendBonus": bonuses.send_bonus,
    "UpdateNotificationSettings": notifications.update_notification_settings,
    "SendTestEventNotification": notifications.send_test_event_notification,
    "NotifyWorkers": notifications.notify_workers,
}
