"""A qualification type's test (QuestionForm) and answer key (AnswerKey): what is known of them before any call.

The rules are those of the API reference's pages "QuestionForm" and "AnswerKey". The parts, and lxml with them, are
imported when the first document is read: most programs have no test, and every process would pay.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_mturk.questions.document import same_xml
    from pulumi_mturk.questions.personal import asked_for_in
    from pulumi_mturk.questions.rules import check_answer_key, check_test
    from pulumi_mturk.questions.scoring import score_range, summarise

_HOME_OF = {
    "asked_for_in": "personal",
    "check_answer_key": "rules",
    "check_test": "rules",
    "same_xml": "document",
    "score_range": "scoring",
    "summarise": "scoring",
}

__all__ = ["asked_for_in", "check_answer_key", "check_test", "same_xml", "score_range", "summarise"]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
