"""What the JSON API takes and answers, as models: bodies are read by them, and its description is made from them.

`make generate` writes the description, `static/openapi.json`. A test shows that answers are what their models say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, ValidationError, model_validator
from werkzeug.exceptions import BadRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic_core import ErrorDetails

Function = TypeVar("Function", bound="Callable[..., Any]")
Body = TypeVar("Body", bound="Input")
_KINDS: Final = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "dict_type": "an object",
    "model_type": "an object",
}
LONGEST_STEP: Final = 10 * 366 * 86_400
"""Seconds by which the clock can be advanced at once."""

Time = Annotated[float, Field(description="Epoch seconds by the marketplace's clock.")]
Happened = Annotated[
    float | None, Field(description="Epoch seconds by the marketplace's clock; null where it did not happen.")
]
Seconds = Annotated[int, Field(description="Seconds.")]
Money = Annotated[str, Field(description="US dollars with two decimals, such as `0.10`.")]
Count = Annotated[int, Field(ge=0)]
Requester = Annotated[str, Field(description="The requester's name.")]
_COUNTRY: Final = Field(description="ISO 3166, of the mailing address given at sign-up.")
_SUBDIVISION: Final = Field(description="The state, for the United States.")
_ADULT: Final = Field(description="Whether the worker consented to adult content.")
# Its bounds are told by whoever refuses it: as a worker's history that can't be.
Past = Annotated[StrictInt | None, Field(json_schema_extra={"minimum": 0, "maximum": 999_999_999})]


class Output(BaseModel):
    """What is answered: no more members than these."""

    model_config = ConfigDict(extra="forbid")


class Input(BaseModel):
    """What is sent: no other members than these, of which null is the same as none."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        return {name: value for name, value in values.items() if value is not None or name not in cls.model_fields}


class Error(Output):
    """Why something is not done."""

    error: Annotated[str, Field(description="What is wrong, in words.")]


class History(Output):
    """How many assignments a worker accepted, and what became of them."""

    accepted: Count
    submitted: Count
    abandoned: Count
    returned: Count
    approved: Count
    rejected: Count


class Standing(Output):
    """What requirements can ask of a worker's work, here and elsewhere."""

    history: History
    hits_approved: Count
    percent_approved: int
    percent_rejected: int
    percent_submitted: int
    percent_returned: int
    percent_abandoned: int


class Worker(Output):
    """A worker, with the worker's profile and standing."""

    worker_id: str
    country: Annotated[str | None, _COUNTRY]
    subdivision: Annotated[str | None, _SUBDIVISION]
    masters: bool
    adult: Annotated[bool, _ADULT]
    history: Annotated[History, Field(description="What was done before, or elsewhere.")]
    standing: Standing


class HistoryInput(Input):
    """What was done before, or elsewhere; what is left out is 0."""

    accepted: Past = None
    submitted: Past = None
    abandoned: Past = None
    returned: Past = None
    approved: Past = None
    rejected: Past = None


class ProfileInput(Input):
    """A worker's profile."""

    country: Annotated[StrictStr | None, _COUNTRY] = None
    subdivision: Annotated[StrictStr | None, _SUBDIVISION] = None
    masters: StrictBool | None = None
    adult: Annotated[StrictBool | None, _ADULT] = None
    history: HistoryInput | None = None


class WorkerInput(ProfileInput):
    """A worker to register."""

    worker_id: Annotated[StrictStr | None, Field(description="Without it, the worker gets a new id.")] = None


class Verdict(Output):
    """Whether a worker meets one requirement, in words."""

    requirement: Annotated[dict[str, Any], Field(description="The QualificationRequirement of the requester's API.")]
    admitted: bool
    guards: Literal["Accept", "PreviewAndAccept", "DiscoverPreviewAndAccept"]
    needed: str
    has: str
    can_request: Annotated[
        bool, Field(description="Whether the worker could ask for the qualification, or take its test.")
    ]


class Group(Output):
    """The HITs of one type."""

    hit_type_id: str
    group_id: str
    requester: Requester
    title: str
    description: str
    keywords: str
    reward: Money
    assignment_duration: Seconds
    hits: Annotated[int, Field(ge=0, description="How many of them the worker could do.")]
    newest: Time
    verdicts: list[Verdict]


class Offer(Output):
    """A HIT before it is accepted."""

    hit_id: str
    hit_type_id: str
    group_id: str
    requester: Requester
    title: str
    description: str
    keywords: str
    reward: Money
    assignment_duration: Seconds
    expiration: Time
    question: Annotated[str, Field(description="The XML.")]
    verdicts: list[Verdict]
    obstacle: Annotated[str | None, Field(description="Why the worker can't accept it.")]


class Assignment(Output):
    """A HIT that a worker has accepted."""

    assignment_id: str
    hit_id: str
    hit_type_id: str
    group_id: str
    requester: Requester
    title: str
    description: str
    reward: Money
    question: Annotated[str, Field(description="The XML.")]
    status: Literal["Accepted", "Returned", "Abandoned", "Submitted", "Approved", "Rejected"]
    accept_time: Time
    deadline: Time
    submit_time: Happened
    auto_approval_time: Happened
    approval_time: Happened
    rejection_time: Happened
    requester_feedback: str | None
    bonus: Money


class Answers(Input):
    """Answers to a form."""

    answers: Annotated[
        dict[str, StrictStr | list[StrictStr]] | None,
        Field(
            description="Fields of the form, in their order: for a question form its questions' identifiers, with the "
            "identifiers of what is selected."
        ),
    ] = None

    def fields(self) -> list[tuple[str, str]]:
        """(field, value) pairs in order; a list gives a pair for each of its values."""
        pairs = []
        for name, value in (self.answers or {}).items():
            pairs += [(name, each) for each in ([value] if isinstance(value, str) else value)]
        return pairs


class QualificationType(Output):
    """A qualification type that workers can ask for."""

    id: str
    requester: Requester
    name: str
    description: str
    keywords: str
    has_test: bool
    test_duration: Annotated[int | None, Field(description="Seconds.")]
    scored: Annotated[bool, Field(description="Whether an answer key gives the score at once.")]
    auto_granted: bool
    score: Annotated[int | None, Field(description="What the worker holds.")]
    pending: Annotated[bool, Field(description="Whether a request waits for the requester.")]
    obstacle: Annotated[str | None, Field(description="Why the worker can't ask for it now.")]


class Sitting(Output):
    """A test that was begun."""

    qualification_type_id: str
    name: str
    test: Annotated[str, Field(description="The QuestionForm XML.")]
    deadline: Time


class Outcome(Output):
    """A score at once, or a request that waits for the requester."""

    score: int | None
    request_id: str | None


class Held(Output):
    """A qualification that a worker holds."""

    qualification_type_id: str
    requester: Requester
    name: str
    description: str
    score: int
    grant_time: Time


class Notification(Output):
    """What a worker would have been told."""

    kind: Annotated[str, Field(description="Grant, Revocation, Block, Bonus or Message.")]
    requester: Requester
    worker_id: str
    qualification_type_id: str | None
    text: str | None
    time: Time
    subject: str | None


class Event(Output):
    """What a requester would have been told of a HIT."""

    event_type: str
    hit_type_id: str
    hit_id: str
    assignment_id: str | None
    time: Time
    transport: str
    destination: str
    message: Annotated[dict[str, Any], Field(description="The document that the queue, topic or address would get.")]
    posted: Happened
    failure: str | None


class Clock(Output):
    """The marketplace's time."""

    now: Time


class Step(Input):
    """How far to advance the clock."""

    seconds: Annotated[StrictInt | None, Field(json_schema_extra={"minimum": 0, "maximum": LONGEST_STEP})] = None


class Credentials(Input):
    """What a worker signs in with."""

    name: Annotated[StrictStr | None, Field(description="The sign-in name, not the worker's id.")] = None
    passphrase: StrictStr | None = None


class Token(Output):
    """A session."""

    token: Annotated[
        str,
        Field(
            description="For the header Authorization: Bearer TOKEN. It ends when it was not used for 12 hours, and "
            "after 30 days."
        ),
    ]
    worker_id: str


class SignedIn(Output):
    """Who has signed in."""

    worker_id: str
    csrf_token: Annotated[str, Field(description="For the header X-CSRF-Token.")]


class Nothing(Output):
    """An object without members."""


class Described(NamedTuple):
    """What the description says of a route, beside its path, method and docstring."""

    answer: Any
    status: int
    body: type[Input] | None
    has_pages: bool
    can_search: bool


def described(
    answer: Any,
    *,
    status: int = 200,
    body: type[Input] | None = None,
    has_pages: bool = False,
    can_search: bool = False,
) -> Callable[[Function], Function]:
    """Say of a route what it answers with, by a model or a list of one, and what it takes."""

    def mark(function: Function) -> Function:
        function.described = Described(answer, status, body, has_pages, can_search)  # type: ignore[attr-defined]
        return function

    return mark


def read(model: type[Body], values: dict[str, Any]) -> Body:
    """A body by its model. Raises BadRequest, which says the first thing that is wrong."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    # None of the words of pydantic's own: they may change, and are no sentences.
    raise BadRequest(_problem(model, next((each for each in found if each["type"] == "extra_forbidden"), found[0])))


def _problem(model: type[Input], error: ErrorDetails) -> str:
    *above, name = error["loc"]
    if error["type"] == "extra_forbidden":
        known = HistoryInput if above else model
        return f"There is no member {str(name)[:100]!r} here; there are: {', '.join(known.model_fields)}."
    if model is Answers and above:
        return "answers: each value must be a text or a list of texts."
    return f"{name} must be {_KINDS.get(error['type'], 'something else')}."
