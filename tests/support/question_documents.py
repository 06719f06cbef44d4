"""A qualification test and its key, as small as they can be."""

_SCHEMAS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"

KEY_CANARY = "AnswerScore"
"""Stands in every answer key, and in nothing else."""


def question_form(question: str = "2 + 2?") -> str:
    """A test of one question with two answers, not in canonical XML."""
    return f"""<QuestionForm xmlns='{_SCHEMAS}/2017-11-06/QuestionForm.xsd'><Question>
<QuestionIdentifier>sum</QuestionIdentifier><IsRequired>true</IsRequired>
<QuestionContent><Text>{question}</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><StyleSuggestion>radiobutton</StyleSuggestion><Selections>
<Selection><SelectionIdentifier>four</SelectionIdentifier><Text>4</Text></Selection>
<Selection><SelectionIdentifier>five</SelectionIdentifier><Text>5</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question></QuestionForm>"""


def answer_key(score: int = 100) -> str:
    """Its key: what the right answer is worth."""
    return f"""<AnswerKey xmlns='{_SCHEMAS}/2005-10-01/AnswerKey.xsd'><Question>
<QuestionIdentifier>sum</QuestionIdentifier><AnswerOption>
<SelectionIdentifier>four</SelectionIdentifier><AnswerScore>{score}</AnswerScore>
</AnswerOption></Question></AnswerKey>"""
