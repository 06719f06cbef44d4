"""A qualification test as a YAML file that people write, and its answer key as another.

Read into the QuestionForm and AnswerKey that the API takes, checked by the same rules as XML, and written from XML.
The parts, and PyYAML and lxml with them, are imported when the first file is read: most programs have none.
"""

from typing import TYPE_CHECKING

from pulumi_mturk.common.lazy_names import from_modules

if TYPE_CHECKING:
    from pulumi_mturk.questionnaires.conversion import Converted, to_yaml
    from pulumi_mturk.questionnaires.questionnaire import Questionnaire, read_file, read_text, read_text_of

_HOME_OF = {
    "Converted": "conversion",
    "Questionnaire": "questionnaire",
    "read_file": "questionnaire",
    "read_text": "questionnaire",
    "read_text_of": "questionnaire",
    "to_yaml": "conversion",
}

__all__ = ["Converted", "Questionnaire", "read_file", "read_text", "read_text_of", "to_yaml"]

__getattr__ = from_modules(__name__, _HOME_OF)
