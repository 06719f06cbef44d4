"""Messages about what is lost when a qualification type is deleted or replaced."""

from typing import TYPE_CHECKING

from pulumi_mturk.common.text import count

if TYPE_CHECKING:
    from pulumi_mturk.api.client import Usage

_FATE = (
    "MTurk does not take the qualification back from its holders, but no new HIT can ask for it, pending requests are "
    "rejected, and HIT types that require it are deleted with it"
)
EXCLUSION = (
    "this qualification type keeps people out (DoesNotExist in a HIT type): without it everybody whom it kept out can "
    "take part, until they are granted another one"
)


def _holders(granted: bool | None) -> str:
    """Who holds a new type; `granted` says whether the program grants it, None where it does not tell."""
    if granted is None:
        return "nobody but those to whom this program may grant it"
    return "only those to whom this program grants it" if granted else "nobody"


def replacement(because: str, *, granted: bool | None) -> str:
    """The warning for a replacement that goes ahead."""
    holders = _holders(granted)
    return (
        f"this replaces the qualification type, because {because}. {holders[0].upper()}{holders[1:]} "
        f"{'hold' if granted else 'holds'} the new one: {_FATE}. "
        "If it is used as an exclusion, everybody is let in until the new one is granted"
    )


def counts(usage: "Usage") -> str:
    """How many have to do with a type."""
    least = "at least " if usage.at_least else ""
    return (
        f"{least}{count(usage.holders, 'worker holds it', 'workers hold it')}, "
        f"{count(usage.requests, 'request is pending', 'requests are pending')}, "
        f"{count(usage.hits, 'HIT requires it', 'HITs require it')}"
    )


def refusal(what: str, why: str, usage: "Usage", way_out: str, *, granted: bool | None = False) -> str:
    """The refusal of a delete or replacement, with the counts."""
    danger = (
        f". {count(usage.excluding_hits, 'HIT keeps', 'HITs keep')} people out by it: " if usage.excluding_hits else ""
    )
    if danger:
        danger += "without it they are let in until they are granted another one"
    return (
        f"the qualification type is not {what} ({why}): {counts(usage)}. {_FATE}; {_holders(granted)} would hold a "
        f"new one{danger}. If that is what you want, {way_out}"
    )
