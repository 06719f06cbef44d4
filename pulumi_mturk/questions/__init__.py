"""A qualification type's test (QuestionForm) and answer key (AnswerKey): what is known of them before any call.

The rules are those of the API reference's pages "QuestionForm" and "AnswerKey". lxml is imported when the first
document is read, not with this package: most programs have no test.
"""

from pulumi_mturk.questions.document import same_xml
from pulumi_mturk.questions.personal import asked_for_in as personal_data_asked_for
from pulumi_mturk.questions.rules import check_answer_key, check_test
from pulumi_mturk.questions.scoring import score_range, summarise

__all__ = ["check_answer_key", "check_test", "personal_data_asked_for", "same_xml", "score_range", "summarise"]
