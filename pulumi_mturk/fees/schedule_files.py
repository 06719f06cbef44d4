"""A fee schedule from a file, for an endpoint that is not Amazon's.

YAML, or JSON, which is YAML too; one mapping:

```yaml
version: 1
label: Our panel's fee        # as reports write it
source: contract of 2026-03-01, section 4
since: 2026-03-01             # may be left out, as all of the rest but reward
until: 2027-03-01
reward: 0.15                  # the share of the reward, 0 to 10
manyAssignments: 0.10         # the share besides, from manyFrom assignments of a HIT on
manyFrom: 10
masters: 0.05                 # the share besides, where Masters is required
bonus: 0.15                   # the share of a bonus; default: that of the reward
minimum: 0.01                 # US dollars, at least, for an assignment and for a bonus; default: 0
```

Numbers are read as they are written: no float ever holds them.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from pulumi_mturk.common.characters import control_problem, is_blank
from pulumi_mturk.common.diagnostics import Diagnostic
from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.common.text import shortened
from pulumi_mturk.common.worker_ids import contains_worker_id
from pulumi_mturk.fees.schedule import KEY, MANY, Schedule
from pulumi_mturk.rules import configuration as rules

_LARGEST_FILE = 100_000
_LONGEST_TEXT = 200
_MOST = Decimal(10)
_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_TEXTS = ("label", "source")
_DAYS = ("since", "until")
_SHARES = ("reward", "manyAssignments", "masters", "bonus")
_NEEDED = ("version", "label", "source", "reward")
_KEYS = ("version", *_TEXTS, *_DAYS, "reward", "manyAssignments", "manyFrom", "masters", "bonus", "minimum")


def read(file: Path) -> Schedule:
    """The schedule of a file. Raises ConfigurationError with all that is wrong with it."""
    values = _scalars(_text(file))
    problems = list(_problems(values))
    if problems:
        raise ConfigurationError(*problems)
    reward = Decimal(values["reward"])
    return Schedule(
        name=file.name,
        label=values["label"],
        source=values["source"],
        since=values.get("since"),
        until=values.get("until"),
        reward=reward,
        many=Decimal(values.get("manyAssignments", 0)),
        many_from=int(values.get("manyFrom", MANY)),
        masters=Decimal(values.get("masters", 0)),
        bonus=Decimal(values.get("bonus", reward)),
        minimum=Decimal(values.get("minimum", "0.00")),
    )


def _wrong(message: str, name: str = "") -> Diagnostic:
    return rules.FEE_SCHEDULE.at(f"{KEY}: {name}" if name else KEY, message)


def _text(file: Path) -> str:
    named = shortened(str(file))
    try:
        with file.open("rb") as opened:
            content = opened.read(_LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        said = error.strerror if isinstance(error, OSError) else None
        raise ConfigurationError(_wrong(f"{named} can't be read: {said or 'its name is none'}")) from None
    if len(content) > _LARGEST_FILE:
        raise ConfigurationError(_wrong(f"{named} has more than {_LARGEST_FILE:,} bytes, and is no fee schedule"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError(_wrong(f"{named} is no text in UTF-8")) from None


def _scalars(text: str) -> dict[str, str]:
    """The mapping that a document is, its values as they are written. Raises ConfigurationError."""
    try:
        document: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark is not None else ""
        raise ConfigurationError(_wrong(f"the file is neither YAML nor JSON{where}")) from None
    if not isinstance(document, yaml.MappingNode):
        raise ConfigurationError(_wrong("the file is no mapping; write reward: 0.15, and so on, a line each"))
    values: dict[str, str] = {}
    for name, value in document.value:
        if not isinstance(name, yaml.ScalarNode) or name.value not in _KEYS:
            written = shortened(name.value) if isinstance(name, yaml.ScalarNode) else "a key"
            raise ConfigurationError(_wrong(f"{written!r} is none of {', '.join(_KEYS)}; leave it out"))
        if name.value in values:
            raise ConfigurationError(_wrong("is there twice; keep one", name.value))
        if not isinstance(value, yaml.ScalarNode):
            raise ConfigurationError(_wrong("is no single value", name.value))
        values[name.value] = value.value.strip()
    return values


def _problems(values: dict[str, str]) -> Iterator[Diagnostic]:
    for name in _NEEDED:
        if name not in values:
            yield _wrong("is missing", name)
    for name, value in values.items():
        if problem := _problem(name, value):
            yield _wrong(problem, name)


def _problem(name: str, value: str) -> str | None:
    if name == "version":
        return None if value == "1" else f"is {shortened(value)}, and only version 1 is known here"
    if name in _TEXTS:
        return _text_problem(value)
    if name in _DAYS:
        return None if _DAY.fullmatch(value) else "is no day or month; write 2026-03-01 or 2026-03"
    if name == "manyFrom":
        is_number = re.fullmatch(r"[1-9][0-9]{0,8}", value)
        return None if is_number else "is no number of assignments; write a whole number from 1 on"
    if not _NUMBER.fullmatch(value):
        return "is no number; write digits with a decimal point, such as 0.15"
    if name in _SHARES and Decimal(value) > _MOST:
        return "is a share of the reward, not a percentage: 0.15 is 15 %"
    if name == "minimum" and Decimal(value) != Decimal(value).quantize(Decimal("0.01")):
        return "has more than two decimals; write whole cents, such as 0.01"
    return None


def _text_problem(value: str) -> str | None:
    if not value or is_blank(value):
        return "has nothing in it that can be read"
    if len(value) > _LONGEST_TEXT:
        return f"has more than {_LONGEST_TEXT} characters"
    if contains_worker_id(value):
        return "holds a worker's id, and is shown in reports; leave it out"
    return control_problem(value)
