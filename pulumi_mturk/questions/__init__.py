"""A qualification type's test (QuestionForm) and answer key (AnswerKey): what is known of them before any call.

The rules are those of the API reference's pages "QuestionForm" and "AnswerKey". The parts, and lxml with them, are
imported when the first document is read: most programs have no test, and every process would pay.
"""

from typing import TYPE_CHECKING

from pulumi_mturk.common.lazy_names import from_modules

if TYPE_CHECKING:
    from pulumi_mturk.questions.personal_data import asked_for_in
    from pulumi_mturk.questions.scoring import points, score_range, summarise
    from pulumi_mturk.questions.validation import check_answer_key, check_test
    from pulumi_mturk.questions.xml import equal_xml

_HOME_OF = {
    "asked_for_in": "personal_data",
    "check_answer_key": "validation",
    "check_test": "validation",
    "equal_xml": "xml",
    "points": "scoring",
    "score_range": "scoring",
    "summarise": "scoring",
}

__all__ = ["asked_for_in", "check_answer_key", "check_test", "equal_xml", "points", "score_range", "summarise"]

__getattr__ = from_modules(__name__, _HOME_OF)
