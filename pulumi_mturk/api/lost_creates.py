"""Whose a qualification type is that is there after a create whose reply was lost.

CreateQualificationType has no token by which the service would know a repeat. What is there afterwards is only then
the call's own if a look before it saw no type of that name, it was created since, and every value that was sent agrees.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_mturk import questions
from pulumi_mturk.api.qualification_types import QualificationTypeInfo

# What is not there unless it was sent. The others have defaults that a service may fill in.
_ONLY_IF_SENT = frozenset({"keywords", "retry_delay_in_seconds", "test", "answer_key"})
_DOCUMENTS = frozenset({"test", "answer_key"})


@dataclass(frozen=True)
class Look:
    """What a look for a name saw: the type that has it, and when by the service's clock, in whole seconds.

    Without a time, because the service tells none, no type can be said to have been created since.
    """

    found: QualificationTypeInfo | None
    time: datetime.datetime | None
    disposing: QualificationTypeInfo | None = None
    """One that is being deleted, and keeps the name until then."""

    def precedes(self, live: QualificationTypeInfo, *, unique_name: bool) -> bool:
        """Whether a type was created after the look.

        Types may be listed late, so that one of the very second of the look may be older than it. With a `unique_name`
        (a generated one, which nobody else gives) it is not.
        """
        if self.time is None or not live.creation_time:
            return False
        created = datetime.datetime.fromisoformat(live.creation_time)
        return created >= self.time if unique_name else created > self.time


def agrees(live: QualificationTypeInfo, sent: Mapping[str, Any]) -> bool:
    """Whether a type is what a create that sent these values makes; documents are compared as XML."""
    return all(_same(name, getattr(live, name), value) for name, value in _compared(sent).items())


def _compared(sent: Mapping[str, Any]) -> dict[str, Any]:
    """The values by the names of QualificationTypeInfo, those among them that are to be compared."""
    values = {"status" if name == "qualification_type_status" else name: value for name, value in sent.items()}
    values.setdefault("auto_granted", False)  # the documented default
    return {
        name: values.get(name)
        for name in values.keys() | _ONLY_IF_SENT
        if values.get(name) is not None or name in _ONLY_IF_SENT
    }


def _same(name: str, live: Any, sent: Any) -> bool:
    if name == "keywords":
        return _words(live) == _words(sent)
    if name in _DOCUMENTS and live is not None and sent is not None:
        return questions.equal_xml(live, sent)
    return bool(live == sent)


def _words(keywords: str | None) -> list[str]:
    return [" ".join(word.split()) for word in (keywords or "").split(",") if word.strip()]
