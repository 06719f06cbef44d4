"""The inputs and outputs of a qualification type, and the state of one that the service describes."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field

from pulumi_mturk import questions
from pulumi_mturk.common.marks import marks_in, without_marks
from pulumi_mturk.common.unknown import has_value
from pulumi_mturk.provider.model import Args, Mark, SchemaOf
from pulumi_mturk.resources.fields import ExistingTypeId, Int32, Int64, Keywords, Name, Text2000, tidy_keywords
from pulumi_mturk.resources.structures import ScoredQuestion

if TYPE_CHECKING:
    from pulumi_mturk.api.qualification_types import QualificationTypeInfo

# Stands for an answer key that was set outside of the stack: the real one would be unencrypted in the state.
FOREIGN_ANSWER_KEY = "(an answer key that this stack did not set)"
TEST_MEMBERS = frozenset({"test", "answer_key", "test_duration_in_seconds"})
# What can be changed in place.
UPDATABLE = (
    "description",
    "qualification_type_status",
    "retry_delay_in_seconds",
    *sorted(TEST_MEMBERS),
    "auto_granted",
    "auto_granted_value",
)


class QualificationTypeArgs(Args):
    """Inputs of a QualificationType."""

    told_of: ClassVar = {"testSummary": "test", "testQuestions": "test"}

    description: Text2000 = Field(description="What it stands for. Workers read it; at most 2000 characters.")
    name: Annotated[Name | None, Mark.REPLACES] = Field(
        default=None,
        description="Unique in the account, and read by workers. It stays taken for up to 48 hours after the type is "
        "deleted. Default: the resource's name, or `namePrefix`, with a random suffix that is fixed at creation.",
    )
    name_prefix: Annotated[Name | None, Mark.UNSENT] = Field(
        default=None,
        description="What the generated name begins with. Default: the resource's name and a hyphen. Another prefix "
        "gives another generated name, which replaces the type.",
    )
    keywords: Annotated[Keywords, Mark.REPLACES] = Field(
        default=None, description="Words to find the type by, separated by commas; at most 1000 characters."
    )
    qualification_type_status: Literal["Active", "Inactive"] = Field(
        default="Active",
        description="An `Inactive` type can't be requested, and no HIT can be made that requires it.",
    )
    retry_delay_in_seconds: Annotated[Annotated[Int64, Field(ge=0)] | None, Mark.REPLACES_WHEN_REMOVED] = Field(
        default=None,
        description="How long a worker waits before asking again. Default: one try for ever. It can be changed in "
        "place, but not switched off again.",
    )
    test: Annotated[str | None, Mark.REPLACES_WHEN_REMOVED] = Field(
        default=None,
        description="A QuestionForm document (XML) that workers answer to get the qualification; at most 65535 "
        "bytes. It can be added and changed in place, but not removed.",
    )
    answer_key: Annotated[str | None, Mark.SECRET] = Field(
        default=None,
        description="An AnswerKey document (XML) by which MTurk scores the test. Without one, each request waits for "
        "somebody to decide.",
    )
    test_duration_in_seconds: Annotated[Int64, Field(gt=0)] | None = Field(
        default=None, description="How long a worker has for the test. Needed with a test."
    )
    auto_granted: bool = Field(
        default=False, description="Whether every worker who asks gets the qualification at once. Not with a test."
    )
    auto_granted_value: Int32 | None = Field(
        default=None, description="The score that is granted automatically. Default: 1."
    )
    force_destroy: Annotated[bool, Mark.UNSENT] = Field(
        default=False,
        description="Whether a type with holders, pending requests or HITs may be deleted or replaced in production.",
    )
    expire_hits: Annotated[bool, Mark.DIRECTIVE] = Field(
        default=False,
        description="Whether HITs that require it are expired when it is removed, and those with nothing left to "
        "review deleted (in production: expired only). Not in a replacement.",
    )
    validate_questions: Annotated[bool, Mark.UNSENT] = Field(
        default=True, description="Whether test and answer key are checked before anything is sent."
    )
    adopt: Annotated[ExistingTypeId | None, Mark.DIRECTIVE] = Field(
        default=None,
        description="The id of an existing type to take over instead of making one. The plan tells what changes by "
        "it. Once the stack has the type it means nothing.",
    )
    name_generated: Annotated[bool, Mark.DERIVED] = Field(
        default=False, description="Whether the name was generated, so that a replacement gets another one."
    )
    granted: Annotated[bool | None, Mark.DERIVED] = Field(
        default=None,
        description="Whether a grant or roster of the same program gives it, which then gives a new one anew. Only a "
        "program in Python tells.",
    )
    test_summary: Annotated[str | None, Mark.DERIVED] = Field(
        default=None, description="The test in a few words, for whoever reviews the plan; no answers."
    )
    test_questions: Annotated[list[Annotated[Any, SchemaOf(ScoredQuestion)]] | None, Mark.DERIVED] = Field(
        default=None, description="The questions of the test with their points, for whoever reviews the plan."
    )
    lowest_score: Annotated[int | None, Mark.DERIVED] = Field(
        default=None, description="The lowest score that test and answer key can give."
    )
    highest_score: Annotated[int | None, Mark.DERIVED] = Field(
        default=None, description="The highest score that test and answer key can give."
    )


class QualificationTypeState(QualificationTypeArgs):
    """Outputs of a QualificationType."""

    qualification_type_id: Annotated[str, Mark.STABLE] = Field(
        default="", description="The type's id, the same as the resource's."
    )
    creation_time: Annotated[str, Mark.STABLE] = Field(default="", description="When the type was created (ISO 8601).")
    is_requestable: bool = Field(default=False, description="Whether workers can ask for it.")
    mark: Annotated[str | None, Mark.STABLE] = Field(
        default=None,
        description="A keyword by which the type can be told if this state is lost; it is not among `keywords`. See "
        "`mturk:markTypes`.",
    )


def told_of_test(args: QualificationTypeArgs, old: QualificationTypeArgs | None) -> dict[str, Any]:
    """What a plan tells of a test whose text is known."""
    if not has_value(args.test) or args.validate_questions is not True:
        return {}
    key = args.answer_key if has_value(args.answer_key) else None
    earlier = old.answer_key if old is not None and has_value(old.answer_key) and has_value(old.test) else None
    bounds = questions.score_range(args.test, key)
    return {
        "test_summary": questions.summarise(args.test, key),
        "test_questions": questions.points(args.test, key, earlier),
        "lowest_score": bounds[0] if bounds else None,
        "highest_score": bounds[1] if bounds else None,
    }


def seen(live: "QualificationTypeInfo", recorded: QualificationTypeState | None = None) -> QualificationTypeState:
    """The state of what is there, in the layout and with the directives of what was recorded."""
    state = recorded or QualificationTypeState.load({})
    lookup = state.environment is None
    keywords, marks = tidy_keywords(without_marks(live.keywords)), marks_in(live.keywords)
    mark = marks[-1] if marks else None
    if not lookup:
        keywords = state.keywords if same_keywords(live.keywords, state.keywords) else keywords
        mark = state.mark if state.mark in marks else None
    key = live.answer_key
    if key is not None and not lookup:
        if state.answer_key is None:
            key = FOREIGN_ANSWER_KEY
        elif questions.equal_xml(key, state.answer_key):
            key = state.answer_key
    return with_outputs(
        state.replace(
            name=live.name,
            description=live.description,
            keywords=keywords,
            qualification_type_status=live.status,
            retry_delay_in_seconds=live.retry_delay_in_seconds,
            test=_recorded_layout(live.test, state.test),
            answer_key=key,
            test_duration_in_seconds=_test_duration(live, state),
            auto_granted=live.auto_granted,
            auto_granted_value=_auto_granted_value(live, state),
        ),
        live,
        mark,
    )


def with_outputs(
    args: QualificationTypeArgs, live: "QualificationTypeInfo | QualificationTypeState", mark: str | None
) -> QualificationTypeState:
    """The state of a type that was made or changed with these inputs."""
    return QualificationTypeState.extend(
        args,
        qualification_type_id=live.qualification_type_id,
        creation_time=live.creation_time,
        is_requestable=live.is_requestable,
        mark=mark,
    )


def same_keywords(one: str | None, other: str | None) -> bool:
    """Whether keywords differ in nothing but marks, which a program may have copied from where a type is shown."""
    return tidy_keywords(without_marks(one)) == tidy_keywords(without_marks(other))


def _recorded_layout(live: str | None, recorded: str | None) -> str | None:
    """The document as the program wrote it, if that is what is there: the service may echo another layout."""
    if live is not None and recorded is not None and questions.equal_xml(live, recorded):
        return recorded
    return live


def _test_duration(live: "QualificationTypeInfo", state: QualificationTypeState) -> int | None:
    """The duration of the test; without one it has no effect, and is not sent: an update of it would be refused."""
    return state.test_duration_in_seconds if live.test is None else live.test_duration_in_seconds


def _auto_granted_value(live: "QualificationTypeInfo", state: QualificationTypeState) -> int | None:
    """The value where it matters: 1 is what MTurk fills in, and without automatic granting it has no effect."""
    if live.auto_granted and (live.auto_granted_value != 1 or state.auto_granted_value is not None):
        return live.auto_granted_value
    return None if live.auto_granted else state.auto_granted_value
