"""What a service repeats of a request in a refusal: worker ids, reasons and answers are personal, and are not shown."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

# What is not shown, by the name of the argument: the word in its place.
_WORDS = {"worker_id": "(worker)", "reason": "(reason)", "answer_key": "(answer key)"}
# From so many characters on a value is recognised though it is cut off, or though letters touch it.
_RECOGNISED = 12
_ENTITIES = {"&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos"}


def secrets_of(values: Mapping[str, object]) -> dict[str, str]:
    """What of a call's arguments is not shown: value -> the word in its place."""
    return {str(values[name]): word for name, word in _WORDS.items() if values.get(name)}


def masked(text: str, secrets: Mapping[str, str]) -> str:
    """A text with a word in place of each value: in any case, and escaped as in an address, JSON or XML."""
    for value in sorted(filter(str.strip, secrets), key=len, reverse=True):
        text = "".join(_without(text, value.strip(), secrets[value]))
    return text


def _without(text: str, value: str, word: str) -> Iterator[str]:
    head = "".join(map(_spellings, value[:_RECOGNISED]))
    whole = len(value) < _RECOGNISED
    start = re.compile(rf"(?<![A-Za-z0-9]){head}(?![A-Za-z0-9])" if whole else head, re.IGNORECASE)
    done = 0
    while (found := start.search(text, done)) is not None:
        end = found.end()
        for char in value[_RECOGNISED:]:
            if (more := re.compile(_spellings(char), re.IGNORECASE).match(text, end)) is None:
                break  # cut off by the service
            end = more.end()
        yield text[done : found.start()] + word
        done = end
    yield text[done:]


@cache
def _spellings(char: str) -> str:
    """A pattern for all that a character is written as."""
    code = ord(char)
    units = char.encode("utf-16-be", "surrogatepass")
    options = [
        "".join(f"%{byte:02x}" for byte in char.encode("utf-8", "surrogatepass")),
        "".join(rf"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)),
        rf"&\#0*{code};",
        rf"&\#x0*{code:x};",
    ]
    if (escaped := json.dumps(char, ensure_ascii=False)[1:-1]) != char:
        options.append(re.escape(escaped))
    if char in _ENTITIES:
        options.append(f"&{_ENTITIES[char]};")
    if char.isspace():
        options += [r"\s+", r"\+"]
    # The character itself comes last: most of the others begin with one that may be meant by itself.
    options.append(re.escape(char))
    return f"(?:{'|'.join(options)})"
