"""The ways in which a program may write a value, each turned into what Pulumi can carry and the provider checks.

What is known is refused here, where the traceback ends at the program's own line; what an Output brings is refused by
the provider, on the resource's row.
"""

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import pulumi

from pulumi_mturk.common.errors import InvalidInputError, InvalidTypeError
from pulumi_mturk.common.integers import fits_64_bits, whole
from pulumi_mturk.common.iterables import in_order, is_unordered
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.rules import form, hit_types
from pulumi_mturk.sdk.user_errors import without_a_traceback

# A duration in seconds, as a number or as a timedelta.
Duration: TypeAlias = pulumi.Input[int] | datetime.timedelta
KeywordsInput: TypeAlias = pulumi.Input[str] | Iterable[pulumi.Input[str]]


def integer(value: Any, argument: str) -> Any:
    """A whole number: an int, whatever has `__index__`, a float without a fraction, or a text out of the configuration.

    Raises `InvalidInputError` for anything else, such as True or NaN.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Unknown):
        return _later(value, integer, argument)
    if (number := whole(value)) is None:
        raise InvalidInputError(form.WRONG_TYPE.at(argument, f"is {_kind(value)}; write a whole number"))
    if not fits_64_bits(number):
        raise InvalidInputError(form.RANGE.at(argument, "is beyond 64 bits; write a smaller number"))
    return number


def seconds(value: Any, argument: str) -> Any:
    """Whole seconds of a duration."""
    if isinstance(value, Unknown):
        return _later(value, seconds, argument)
    if not isinstance(value, datetime.timedelta):
        return integer(value, argument)
    if value.microseconds:
        raise InvalidInputError(
            form.PART_OF_A_SECOND.at(argument, f"MTurk counts in whole seconds, and {value} is not")
        )
    return int(value.total_seconds())


def dollars(value: Any, argument: str) -> Any:
    """A reward in US dollars as a text, from a text, a Decimal or a whole number of dollars."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Unknown):
        return _later(value, dollars, argument)
    if isinstance(value, float):
        said = f'a float has no exact cents; write a string or a Decimal, such as "{value:.2f}"'
        raise InvalidTypeError(hit_types.FLOAT_REWARD.at(argument, said))
    if isinstance(value, Decimal):
        return str(value)
    if (number := whole(value)) is None:
        said = f'is {_kind(value)}; write a string or a Decimal, such as "0.15"'
        raise InvalidInputError(hit_types.REWARD_FORM.at(argument, said))
    if not fits_64_bits(number):
        said = 'is beyond 64 bits; write a reward in US dollars, such as "0.15"'
        raise InvalidInputError(hit_types.REWARD_FORM.at(argument, said))
    return str(number)


def keyword_text(value: Any, argument: str = "keywords") -> Any:
    """Keywords as one text, whichever way they were written. A set is sorted: its order is another one in each run."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Unknown):
        return _later(value, keyword_text, argument)
    if isinstance(value, Mapping | bytes) or not isinstance(value, Iterable):
        said = f"is {_kind(value)}; write a list of words, or a text with commas"
        raise InvalidInputError(form.KEYWORDS.at(argument, said))
    unordered = is_unordered(value)
    words = in_order(value)
    for index, word in enumerate(words):
        if not isinstance(word, str | Unknown):
            raise InvalidInputError(form.KEYWORDS.at(f"{argument}[{index}]", f"is {_kind(word)}; write a word"))
    if any(isinstance(word, Unknown) for word in words):

        @without_a_traceback
        def later(known: list[Any]) -> Any:
            text = keyword_text(known, argument)  # also that all are words: else there may be no set of them
            return keyword_text(set(known), argument) if unordered else text

        return pulumi.Output.all(*words).apply(later)
    return ", ".join(words)


def type_id(value: Any) -> pulumi.Input[str]:
    """The id of a qualification type given as an id, or as something that has one."""
    if isinstance(value, str | Unknown):
        return value  # type: ignore[return-value]  # an Output is registered as Unknown
    found: pulumi.Input[str] = value.qualification_type_id
    return found


def type_urn(value: Any) -> pulumi.Input[str] | None:
    """The URN of a qualification type that is given as a resource; of an id nothing is known."""
    return None if isinstance(value, str | Unknown) else getattr(value, "qualification_type_urn", None)


def secret_as(value: Any) -> pulumi.Output[None] | None:
    """The input in whose place the provider puts words about a value: secret, if something in the value is.

    None where nothing in it is an Output, and so none a secret: outputs are dear.
    """
    found = list(_outputs_in(value))
    return pulumi.Output.all(*found).apply(lambda _: None) if found else None


def _outputs_in(value: Any) -> Iterator[pulumi.Output[Any]]:
    if isinstance(value, pulumi.Output):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _outputs_in(part)


def _later(value: Any, read: Callable[[Any, str], Any], argument: str) -> pulumi.Output[Any]:
    """The same for a value that is not known yet. What is wrong with it then is left to the provider to tell."""

    def known(found: Any) -> Any:
        try:
            return read(found, argument)
        except InvalidInputError:
            # As it is, if Pulumi can carry it into a state.
            carried = isinstance(found, bool) or (isinstance(found, float) and math.isfinite(found))
            return found if carried else str(found)

    return pulumi.Output.from_input(value).apply(known)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return f"{value}, a truth value"
    if isinstance(value, float):
        return f"the number {value}"
    return f"a {type(value).__name__}"
