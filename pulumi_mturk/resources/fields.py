"""Types of fields that several resources share."""

import re
from collections.abc import Callable, Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WrapValidator

from pulumi_mturk import questions
from pulumi_mturk.common.characters import control_problem, is_blank, line_break_problem
from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.entity_ids import ENTITY_ID
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.integers import INT32_MAX, INT32_MIN
from pulumi_mturk.common.text import shortened
from pulumi_mturk.common.unknown import Unknown, has_value
from pulumi_mturk.common.worker_ids import FORM, is_worker_id
from pulumi_mturk.provider.form_errors import refusal
from pulumi_mturk.provider.lifecycle import AnyResource
from pulumi_mturk.provider.model import Args, Mark, SchemaOf
from pulumi_mturk.resources.structures import ListedWorker
from pulumi_mturk.rules import form, grants, imports, privacy, qualification_types, rosters


def _readable(value: str) -> str:
    # Empty is a matter of length.
    if value and is_blank(value):
        raise refusal(form.BLANK, "has nothing in it that can be seen; write what people are to read")
    if problem := control_problem(value):
        raise refusal(form.CONTROL_CHARACTER, problem)
    return value


# For names and reasons no limit is documented: what nobody would read to its end is a mistake.
NAME_LIMIT, REASON_LIMIT = 1000, 10_000

Readable = AfterValidator(_readable)
Name = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LIMIT), Readable]
Reason = Annotated[str, StringConstraints(max_length=REASON_LIMIT), Readable]


def one_line(path: str, text: str | None) -> Diagnostics:
    """A warning for a tab or a line end in what is shown on one line."""
    if has_value(text) and (problem := line_break_problem(text)):
        yield form.LINE_BREAK.at(path, problem)


def _no_truth_value(value: Any) -> Any:
    # pydantic would take True for 1.
    if isinstance(value, bool):
        raise refusal(form.WRONG_TYPE, "must be a whole number, and true or false is none")
    return value


Whole = Annotated[int, BeforeValidator(_no_truth_value)]

Int32 = Annotated[Whole, Field(ge=INT32_MIN, le=INT32_MAX)]

# Of a grant that says nothing of a score.
DEFAULT_SCORE = 1

# The API's Long; no smaller limit of a duration or delay is documented where this stands.
Int64 = Annotated[Whole, Field(le=2**63 - 1)]


# For calls about a type of one's own; a requirement may name any text.
_TYPE_ID_FORM = "an id of a qualification type has capital letters and digits alone, 1 to 64"
_FIND_TYPE_ID = f"{_TYPE_ID_FORM}; `pulumi-mturk find NAME` prints that of an existing type"


def _type_id(way_out: str) -> AfterValidator:
    def valid(value: str) -> str:
        if not ENTITY_ID.fullmatch(value):
            raise refusal(grants.QUALIFICATION_TYPE_ID, way_out)
        return value

    return AfterValidator(valid)


QualificationTypeId = Annotated[str, _type_id(f"{_TYPE_ID_FORM}; give the type")]
ExistingTypeId = Annotated[str, _type_id(_FIND_TYPE_ID)]


def refuse_lookup(type_id: str) -> None:
    """Raise InvalidInputError for what can't be an id of a type that is to be looked up: no `check` has seen it."""
    if not ENTITY_ID.fullmatch(type_id):
        raise InvalidInputError(grants.QUALIFICATION_TYPE_ID.at("id", _FIND_TYPE_ID))


def refuse_import_id(resource: AnyResource, valid: object) -> None:
    """Raise InvalidInputError if an id to import has another form; it is not repeated, for it may name a worker."""
    if not valid:
        raise InvalidInputError(imports.IMPORT_ID.at("", f"a {resource.token} is imported by {resource.import_id}"))


def _worker_id(value: str) -> str:
    # The value is not shown: it may be a real id with a typing error.
    if not is_worker_id(value):
        raise refusal(grants.WORKER_ID, f"a worker id is {FORM}")
    return value


WorkerId = Annotated[str, AfterValidator(_worker_id)]


def _is_listing(value: Any) -> Any:
    if not isinstance(value, str | list):
        raise refusal(
            rosters.NO_LIST_OF_WORKERS,
            'write a list, of ids such as "A1EXAMPLE" or of {"workerId": "A1EXAMPLE", "integerValue": 85}',
        )
    return value


# What the schema says; the string of the dynamic providers is taken as well. See `rosters.listing`.
ListedWorkers = Annotated[Any, AfterValidator(_is_listing), SchemaOf(list[str | ListedWorker])]


class OwnedArgs(Args):
    """Inputs of a resource whose grants or blocks another resource of the same run may take away."""

    restore: Annotated[str | None, Mark.TRIGGER] = Field(
        default=None,
        description="A random word, another one each time another resource of the same run had removed what this one "
        "declares, so that it is made again.",
    )


KEYWORDS_LIMIT = 1000


def tidy_keywords(words: Iterable[str]) -> str | None:
    """One string, comma and space between the words: how they are laid out in a program means nothing."""
    return ", ".join(filter(None, (" ".join(word.split()) for word in words))) or None


def _keywords(value: Any, handler: Callable[[Any], Any]) -> Any:
    words = value.split(",") if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not all(isinstance(word, str | Unknown) for word in words):
        raise refusal(form.KEYWORDS, "write a list of words, or one string with commas between them")
    for word in words:
        if isinstance(word, Unknown):
            return word  # the whole is not known before each word is
    joined = _readable(tidy_keywords(words) or "")
    if len(joined) > KEYWORDS_LIMIT:
        raise refusal(
            form.KEYWORDS, f"at most {KEYWORDS_LIMIT} characters with commas and spaces; these are {len(joined)}"
        )
    return handler(joined or None)


Keywords = Annotated[str | None, WrapValidator(_keywords)]

Text2000 = Annotated[str, StringConstraints(min_length=1, max_length=2000), Readable]

# Workers read names and descriptions of the types that they hold.
_UNKIND = re.compile(
    r"\b(bad|block\w*|ban(?:ned)?|spam\w*|fail\w*|cheat\w*|fraud\w*|blacklist\w*|scam\w*)\b", re.IGNORECASE
)


def unkind_words(path: str, text: str | None) -> Diagnostics:
    """A warning for words that a worker who holds the qualification would read as a judgement."""
    if has_value(text) and (found := _UNKIND.search(text)):
        yield qualification_types.UNKIND_WORDS.at(
            path,
            f"workers read this, and '{shortened(found.group())}' reads as a judgement of them; write something "
            "neutral, such as what they took part in",
        )


def personal_data(path: str, text: str | None) -> Diagnostics:
    """A warning for a request for personal data, which MTurk's policy forbids."""
    if has_value(text):
        for kind in questions.asked_for_in([text]):
            yield privacy.ASKS_FOR_PERSONAL_DATA.at(
                path, f"asks workers for {kind}, which MTurk's policy forbids; leave it out"
            )
