"""What requesters publish for the tests of the worker's site."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from tests.support.marketplace.api_calls import ANSWER_KEY, HIT_TYPE, SCHEMAS, TEST

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient

FORM = f"{SCHEMAS}/2017-11-06/QuestionForm.xsd"
OTHER = "<OtherSelection/>"
UP_TO_TWO = "<MinSelectionCount>0</MinSelectionCount><MaxSelectionCount>2</MaxSelectionCount>"
HTML = """<!doctype html><html><head><title>Receipt</title>
<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script></head>
<body><form name="mturk_form" method="post" id="mturk_form" action="https://www.mturk.com/mturk/externalSubmit">
<input type="hidden" value="" name="assignmentId" id="assignmentId">
<p><label>Total <input name="total"></label></p>
<p><label><input type="checkbox" name="seen" value="shop"> Shop</label>
<label><input type="checkbox" name="seen" value="date"> Date</label></p>
<p><input type="submit" id="submitButton" value="Submit"></p></form>
<script>turkSetAssignmentID();</script></body></html>"""


def html_question(content: str = HTML, height: int = 400) -> str:
    return (
        f'<HTMLQuestion xmlns="{SCHEMAS}/2011-11-11/HTMLQuestion.xsd"><HTMLContent><![CDATA[{content}]]></HTMLContent>'
        f"<FrameHeight>{height}</FrameHeight></HTMLQuestion>"
    )


def external_question(url: str, height: int = 500) -> str:
    return (
        f'<ExternalQuestion xmlns="{SCHEMAS}/2006-07-14/ExternalQuestion.xsd">'
        f"<ExternalURL>{html.escape(url)}</ExternalURL><FrameHeight>{height}</FrameHeight></ExternalQuestion>"
    )


def question_form(*parts: str) -> str:
    return f'<QuestionForm xmlns="{FORM}">{"".join(parts)}</QuestionForm>'


def question(answer: str, identifier: str = "q1", content: str = "<Text>What is it?</Text>", head: str = "") -> str:
    return (
        f"<Question><QuestionIdentifier>{identifier}</QuestionIdentifier>{head}<QuestionContent>{content}"
        f"</QuestionContent><AnswerSpecification>{answer}</AnswerSpecification></Question>"
    )


def free_text(inside: str = "") -> str:
    return f"<FreeTextAnswer>{inside}</FreeTextAnswer>"


def selection(style: str = "", counts: str = "", other: str = "", options: str | None = None) -> str:
    suggestion = f"<StyleSuggestion>{style}</StyleSuggestion>" if style else ""
    given = options or "".join(
        f"<Selection><SelectionIdentifier>{each}</SelectionIdentifier><Text>The {each}</Text></Selection>"
        for each in ("cat", "dog", "cow")
    )
    return f"<SelectionAnswer>{counts}{suggestion}<Selections>{given}{other}</Selections></SelectionAnswer>"


def type_with_test(mturk: MTurkClient, name: str = "Receipts", **members: Any) -> str:
    """A qualification type with a test that is worth 1 point, and its key."""
    made = mturk.create_qualification_type(
        **{
            "Name": name,
            "Description": "Can add.",
            "QualificationTypeStatus": "Active",
            "Test": TEST,
            "AnswerKey": ANSWER_KEY,
            "TestDurationInSeconds": 600,
            **members,
        }
    )
    return made["QualificationType"]["QualificationTypeId"]


def at_least(type_id: str, score: int, guards: str = "Accept") -> dict[str, Any]:
    return {
        "QualificationTypeId": type_id,
        "Comparator": "GreaterThanOrEqualTo",
        "IntegerValues": [score],
        "ActionsGuarded": guards,
    }


def publish(mturk: MTurkClient, question_text: str, *requirements: dict[str, Any], **members: Any) -> Any:
    """A HIT that is there for an hour."""
    made: Any = mturk.create_hit(
        **{
            **HIT_TYPE,
            "LifetimeInSeconds": 3600,
            "Question": question_text,
            "QualificationRequirements": list(requirements),
            **members,
        }
    )
    return made["HIT"]


def answer_to(mturk: MTurkClient, hit_id: str) -> str:
    """What was handed in for a HIT, once."""
    (assignment,) = mturk.list_assignments_for_hit(HITId=hit_id)["Assignments"]
    return assignment["Answer"]
