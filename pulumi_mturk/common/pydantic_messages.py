"""pydantic's diagnostics in words that fit behind the name of a property: "description: must not be empty"."""

from pydantic_core import ErrorDetails

_WORDS = {
    "extra_forbidden": "there is no such property",
    "missing": "this property is required",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "string_type": "must be a text",
    "literal_error": "must be {expected}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list",
}


def sentence(detail: ErrorDetails) -> str:
    """What is wrong with a value; never the value itself, which may be secret."""
    words = _WORDS.get(detail["type"])
    if words is not None:
        limits = {name: _plain(value) for name, value in detail.get("ctx", {}).items()}
        return words.format(**limits)
    message = detail["msg"].removeprefix("Value error, ")
    return message[:1].lower() + message[1:]


def _plain(value: object) -> object:
    """A limit as one would write it: 0, not 0.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
