"""Texts of the example programs, and the sources that rules rest on."""

QUALIFICATION_REQUIREMENT = "MTurk API reference, data structure QualificationRequirement"
LOCALE = "MTurk API reference, data structure Locale"
GUIDE_ELIGIBILITY = "MTurk requester guide, Selecting eligible workers"
CREATE_HIT_TYPE = "MTurk API reference, operation CreateHITType"
DELETE_HIT = "MTurk API reference, operations UpdateExpirationForHIT and DeleteHIT"
CREATE_TYPE = "MTurk API reference, operation CreateQualificationType"
GET_TYPE = "MTurk API reference, operation GetQualificationType"
UPDATE_TYPE = "MTurk API reference, operation UpdateQualificationType"
DELETE_TYPE = "MTurk API reference, operation DeleteQualificationType"
QUESTION_FORM = "MTurk API reference, data structure QuestionForm"
ANSWER_KEY = "MTurk API reference, data structure AnswerKey"
FORMATTED_CONTENT_PAGE = "MTurk API reference, article Formatted Content: XHTML"
GRANTS = "MTurk API reference, operation AssociateQualificationWithWorker"
BLOCKS = "MTurk API reference, operation CreateWorkerBlock"
POLICY = "MTurk acceptable use policy and participation agreement"
FEES = "MTurk pricing page, as of 2015-07 and later"
EXPORTS = "CSV files that the Requester site exports"
OURS = "pulumi-mturk: what the provider itself promises"

_SCHEMAS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"


def call(name: str, resource: str, /, **arguments: str) -> str:
    """The text of a constructor's call; None leaves an argument out."""
    lines = [f"mturk.{name}(", f'    "{resource}",']
    lines += [f"    {argument}={value}," for argument, value in arguments.items()]
    return "\n".join([*lines, ")"])


def hit_type(resource: str = "task", /, **arguments: str) -> str:
    """A program that declares a HIT type; arguments are Python expressions."""
    return call(
        "HITType",
        resource,
        **{
            "title": '"Rate sentences"',
            "description": '"Read ten sentences and rate them."',
            "reward": '"0.40"',
            "assignment_duration_in_seconds": "600",
        }
        | arguments,
    )


def requiring(*rules: str, resource: str = "task") -> str:
    """A program with a HIT type of these requirements."""
    return hit_type(resource, qualification_requirements=f"[{', '.join(rules)}]")


def qualification_type(resource: str = "tier", variable: str = "", **arguments: str) -> str:
    """A program that declares a qualification type."""
    text = call("QualificationType", resource, **{"description": '"Rated sentences well."'} | arguments)
    return f"{variable} = {text}" if variable else text


def with_test(test: str, key: str | None = None, variable: str = "", **arguments: str) -> str:
    """A program with a qualification type that has a test, and an answer key."""
    documents = f"test = '''{test}'''\n"
    given = {"test": "test"}
    if key is not None:
        documents += f"key = '''{key}'''\n"
        given["answer_key"] = "key"
    given |= {"test_duration_in_seconds": "600", "retry_delay_in_seconds": "86400"}
    return documents + qualification_type(variable=variable, **given | arguments)


def form(*questions: str) -> str:
    """A QuestionForm."""
    return (
        f'<QuestionForm xmlns="{_SCHEMAS}/2017-11-06/QuestionForm.xsd">\n' + "\n".join(questions) + "\n</QuestionForm>"
    )


def question(answer: str, identifier: str = "sense", text: str = "Which sense has it?") -> str:
    """A Question with an answer specification."""
    return (
        f"<Question><QuestionIdentifier>{identifier}</QuestionIdentifier>"
        f"<QuestionContent><Text>{text}</Text></QuestionContent>\n"
        f"  <AnswerSpecification>{answer}</AnswerSpecification></Question>"
    )


def choice(*identifiers: str, before: str = "", after: str = "") -> str:
    """A SelectionAnswer; `before` stands before its selections."""
    selections = "".join(
        f"<Selection><SelectionIdentifier>{identifier}</SelectionIdentifier><Text>{identifier}</Text></Selection>"
        for identifier in identifiers
    )
    return f"<SelectionAnswer>{before}<Selections>{selections}{after}</Selections></SelectionAnswer>"


def answer_key(*questions: str, mapping: str = "") -> str:
    """An AnswerKey."""
    body = "\n".join(
        filter(None, [*questions, mapping and f"<QualificationValueMapping>{mapping}</QualificationValueMapping>"])
    )
    return f'<AnswerKey xmlns="{_SCHEMAS}/2005-10-01/AnswerKey.xsd">\n{body}\n</AnswerKey>'


def scored(*options: tuple[str, int], identifier: str = "sense") -> str:
    """A Question of an answer key: selections with a blank between them, and their points."""
    listed = "".join(
        "<AnswerOption>"
        + "".join(f"<SelectionIdentifier>{one}</SelectionIdentifier>" for one in selections.split())
        + f"<AnswerScore>{points}</AnswerScore></AnswerOption>"
        for selections, points in options
    )
    return f"<Question><QuestionIdentifier>{identifier}</QuestionIdentifier>{listed}</Question>"


def roster(*workers: str, variable: str = "tier", resource: str = "team", **arguments: str) -> str:
    """A program part with a roster of the type that a variable holds."""
    return call("QualificationRoster", resource, qualification_type_id=variable, workers=_ids(workers), **arguments)


def gated(*workers: str, **arguments: str) -> str:
    """A program with a type, a roster of these workers, and a HIT type for the type's holders."""
    parts = (
        qualification_type(variable="tier"),
        roster(*workers, **arguments),
        requiring('country("US")', "holds(tier)"),
    )
    return "\n".join(parts)


def exclusion(*workers: str, **arguments: str) -> str:
    """A program part with an exclusion of these workers, in the variable `earlier`."""
    return f"earlier = {call('WorkerExclusion', 'earlier-participation', workers=_ids(workers), **arguments)}\n"


def block(resource: str, worker: str = "A1EXAMPLE") -> str:
    """A program with a block."""
    return call("WorkerBlock", resource, worker_id=f'"{worker}"', reason='"Copied answers."')


def _ids(workers: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{worker}"' for worker in workers) + "]"


EARLIER = exclusion("A1EXAMPLE", "A2EXAMPLE")
