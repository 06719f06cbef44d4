"""pydantic's errors as findings, in words that fit behind the name of a property: "description: must not be empty"."""

from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from pulumi_mturk.common.diagnostics import Diagnostic, Rule
from pulumi_mturk.common.text import shortened
from pulumi_mturk.common.worker_ids import redact
from pulumi_mturk.rules import form

_WORDS: dict[str, tuple[Rule, str]] = {
    "extra_forbidden": (form.UNKNOWN_PROPERTY, "there is no such property"),
    "missing": (form.MISSING, "this property is required"),
    "greater_than": (form.RANGE, "must be more than {gt}"),
    "greater_than_equal": (form.RANGE, "must be {ge} or more"),
    "less_than_equal": (form.RANGE, "must be {le} or less"),
    "string_too_short": (form.LENGTH, "must not be empty"),
    "string_too_long": (form.LENGTH, "must have at most {max_length} characters"),
    "string_unicode": (form.CONTROL_CHARACTER, "holds half of a surrogate pair; leave it out"),
    "string_type": (form.WRONG_TYPE, "must be a text"),
    "literal_error": (form.NOT_A_CHOICE, "must be {expected}"),
    "int_type": (form.WRONG_TYPE, "must be a whole number"),
    "int_parsing": (form.WRONG_TYPE, "must be a whole number"),
    "int_parsing_size": (form.RANGE, "must be a number of fewer digits"),
    "int_from_float": (form.WRONG_TYPE, "must be a whole number"),
    "finite_number": (form.WRONG_TYPE, "must be a number, and neither NaN nor infinite"),
    "float_type": (form.WRONG_TYPE, "must be a number"),
    "float_parsing": (form.WRONG_TYPE, "must be a number"),
    "bool_type": (form.WRONG_TYPE, "must be true or false"),
    "bool_parsing": (form.WRONG_TYPE, "must be true or false"),
    "list_type": (form.WRONG_TYPE, "must be a list"),
}


def refusal(rule: Rule, message: str) -> PydanticCustomError:
    """What a validator raises for a value that breaks a rule; the message must not repeat what may be secret."""
    return PydanticCustomError(rule.code, "{message}", {"message": message})


def diagnostics(error: ValidationError) -> Iterator[Diagnostic]:
    """The findings, each with its path: `localeValues[0].country`."""
    for detail in error.errors(include_input=False, include_url=False):
        parts = (f"[{part}]" if isinstance(part, int) else f".{redact(shortened(part))}" for part in detail["loc"])
        path = "".join(parts).lstrip(".")
        yield _diagnostic(path, detail)


def _diagnostic(path: str, detail: ErrorDetails) -> Diagnostic:
    """What is wrong with a value; never the value itself, which may be secret."""
    from pulumi_mturk.rules.catalogue import CATALOGUE  # for a mistake alone

    if (rule := CATALOGUE.get(detail["type"])) is not None:
        return rule.at(path, detail["msg"])
    found = _WORDS.get(detail["type"])
    if found is not None:
        limits = {name: _plain(value) for name, value in detail.get("ctx", {}).items()}
        return found[0].at(path, found[1].format(**limits))
    return form.WRONG_TYPE.at(path, detail["msg"][:1].lower() + detail["msg"][1:])


def _plain(value: object) -> object:
    """A limit as one would write it: 0, not 0.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
