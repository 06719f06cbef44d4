"""Questions for personal data, which MTurk's policy forbids to ask of workers.

The policy names a full name, an e-mail address and a telephone number. Only answers that a worker writes can hold
them, so that a quiz about such data ("is this a valid e-mail address?") is no concern. Meant to miss rather than to
cry wolf.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi_mturk.questions.parsing import FormQuestion

# Each kind by the words for it, and by what is in all of these: most texts ask for nothing, and are spared patterns
# that take long to compile.
_KINDS = {
    "a full name": (("name",), r"(?:full|real|legal|last|family|first and last) names?|surname"),
    "an e-mail address": (("mail",), r"e-?mails?(?: address(?:es)?)?"),
    "a telephone number": (
        ("phone", "cell", "mobile"),
        r"(?:(?:tele)?phone|cell|mobile)(?: phone)?(?: (?:numbers?|no\.?))?",
    ),
}
_NEGATION = re.compile(r"\b(?:not|never|no|without)\b|n['\u2019]t\b", re.IGNORECASE)
# "your (own work) e-mail address", but not "your e-mail client": the words after decide.
_OTHER_THING = r"(?![ -](?:apps?|calls?|clients?|folders?|inbox|keyboard|messages?|plans?|providers?|screen|writing)\b)"


def asked_for(question: "FormQuestion") -> Iterator[str]:
    """The kinds of personal data that a question asks the worker to write."""
    if question.is_free_text or question.has_other:
        yield from asked_for_in(question.wording)


def asked_for_in(texts: Iterable[str]) -> Iterator[str]:
    """The kinds of personal data that some texts ask the reader for."""
    plain = [re.sub(r"\s+", " ", text).strip() for text in texts]
    lowered = " ".join(plain).lower()
    for kind, (parts, words) in _KINDS.items():
        if not any(part in lowered for part in parts):
            continue
        asking = re.compile(rf"\byour (?:[\w-]+ ){{0,2}}?(?:{words})\b{_OTHER_THING}", re.IGNORECASE)
        label = re.compile(
            rf"(?:please )?(?:(?:enter|give|provide|type|write) )?(?:your )?(?:{words})[ :.?*]*", re.IGNORECASE
        )
        if any(label.fullmatch(one) or _asks(asking, one) for one in plain):
            yield kind


def _asks(pattern: re.Pattern[str], wording: str) -> bool:
    sentences = re.split(r"(?<=[.?!]) ", wording)
    return any(pattern.search(sentence) and not _NEGATION.search(sentence) for sentence in sentences)
