"""The text that stands where an Output was put into a string: Pulumi can't know the value yet, and writes a warning.

`f"… {resource.name}"` gives such a text. Sent to MTurk, workers would read it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pulumi_mturk.common.text import quoted

# What `str()`, `format()` and f-strings give, and what `repr()` gives.
_WARNING, _ADDRESS = "Calling __str__ on an Output[T] is not supported", "<pulumi.output.Output object at 0x"

# Only a list or a mapping that is in itself is deeper.
_DEEPEST = 100

MESSAGE = (
    "holds Pulumi's warning text in place of a value: an Output was put into a string before its value is known; "
    'write pulumi.Output.format("… {0} …", output), or output.apply(lambda value: f"… {value} …")'
)


def is_output_text(value: object) -> bool:
    """Whether a string holds what Pulumi writes in place of an Output's value."""
    return isinstance(value, str) and (_WARNING in value or _ADDRESS in value)


def output_texts(value: Any, path: str = "", depth: int = 0) -> Iterator[str]:
    """The path of each string that holds such a text, in lists and mappings as deep as any that is meant."""
    if depth > _DEEPEST:
        return
    if is_output_text(value):
        yield path
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if is_output_text(key):
                yield path
            else:
                name = key if isinstance(key, str) else quoted(key)
                yield from output_texts(item, f"{path}.{name}" if path else name, depth + 1)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            # A list of workers has 100,000 texts, and none of them needs a path.
            if not isinstance(item, str) or is_output_text(item):
                yield from output_texts(item, f"{path}[{index}]", depth + 1)
