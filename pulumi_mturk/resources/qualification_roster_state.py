"""The inputs and outputs of a roster.

Public, for whoever reviews a plan: numbers. How many are listed, what the last change of the program did to the list,
and between which scores it lies. Who is on it is secret, and so is a digest of it, which would confirm a guess.
"""

from operator import attrgetter
from typing import Annotated, Any, Literal

from pydantic import Field

from pulumi_mturk.provider.model import Mark, Parsed
from pulumi_mturk.resources.fields import (
    DEFAULT_SCORE,
    Int32,
    ListedWorkers,
    OwnedArgs,
    QualificationTypeId,
    Reason,
    Whole,
)
from pulumi_mturk.rosters import listing
from pulumi_mturk.rosters.roster import Roster

# One string in the state of a dynamic resource, a list in the schema and in the plugin's state.
WORKERS = Parsed(ListedWorkers, listing.read, attrgetter("text"), listing.write)


class QualificationRosterArgs(OwnedArgs):
    """Inputs of a QualificationRoster."""

    qualification_type_id: Annotated[QualificationTypeId, Mark.REPLACES] = Field(
        description="The qualification type, which must be your own."
    )
    workers: Annotated[Roster, WORKERS, Mark.SECRET] = Field(
        description="Who is to hold it: a list of ids, or of `{workerId, integerValue}` with scores; in Python also a "
        "mapping of id to score. Without a score whoever holds it already keeps theirs."
    )
    integer_value: Annotated[Int32, Mark.DIRECTIVE] = Field(
        default=DEFAULT_SCORE,
        description="The score of those who are granted it and have none of their own in the list.",
    )
    exclusive: bool = Field(
        default=False,
        description="Whether holders who are not listed lose it. Otherwise those who earned it by its test, or were "
        "granted it elsewhere, are left alone.",
    )
    unknown_workers: Annotated[Literal["fail", "skip"], Mark.DIRECTIVE] = Field(
        default="fail",
        description="What becomes of ids that the environment does not know: `fail` after all others are done, or "
        "`skip` and count them.",
    )
    max_removals: Annotated[Annotated[Whole, Field(ge=0)] | None, Mark.DIRECTIVE] = Field(
        default=None,
        description="The most workers who may lose it in one change. Default: any number, but in production half of "
        "them, or ten if that is more.",
    )
    force_destroy: Annotated[bool, Mark.DIRECTIVE] = Field(
        default=False,
        description="Whether the roster may be removed in production while HITs keep out who is listed, and would let "
        "them in.",
    )
    send_notification: Annotated[bool, Mark.DIRECTIVE] = Field(
        default=False, description="Whether MTurk mails workers about a grant, or about a new score."
    )
    revocation_reason: Annotated[Reason | None, Mark.DIRECTIVE] = Field(
        default=None,
        description="Sent to workers from whom it is taken back. Without one they are not told.",
    )
    count: Annotated[int | None, Mark.DERIVED] = Field(default=None, description="How many workers are listed.")
    lowest_score: Annotated[int | None, Mark.DERIVED] = Field(
        default=None, description="The lowest score in the list, if each worker in it has one."
    )
    highest_score: Annotated[int | None, Mark.DERIVED] = Field(
        default=None, description="The highest score in the list, if each worker in it has one."
    )
    change: Annotated[str | None, Mark.DERIVED] = Field(
        default=None,
        description="What the last change of the program did to the list: added, removed, scores changed.",
    )
    excludes: Annotated[bool | None, Mark.DERIVED] = Field(
        default=None,
        description="Whether HIT types of the same program keep out who holds the type: who is taken off is let in. "
        "Only a program in Python tells, where the type is given as a resource.",
    )
    scores_earned: Annotated[bool | None, Mark.DERIVED] = Field(
        default=None,
        description="Whether workers can earn the type's score by a test, so that revoking loses it. Nothing of a type "
        "that the program has by its id alone.",
    )


class QualificationRosterState(QualificationRosterArgs):
    """Outputs of a QualificationRoster."""

    unknown_count: int = Field(default=0, description="How many of them the environment does not know; skipped.")


def numbers(roster: Roster) -> dict[str, Any]:
    """What a plan tells of a list."""
    scores = [score for score in roster.scores.values() if score is not None]
    scored = bool(scores) and len(scores) == len(roster.scores)
    return {
        "count": len(roster.scores),
        "lowest_score": min(scores) if scored else None,
        "highest_score": max(scores) if scored else None,
    }


def seen(wanted: dict[str, int | None], holders: dict[str, int], unknown: frozenset[str] | set[str]) -> Roster:
    """Of those wanted, who holds it, each with the live score if scores are wanted; and the unknown workers."""
    scores = {
        worker: None if score is None else holders.get(worker, score)
        for worker, score in wanted.items()
        if worker in holders or worker in unknown
    }
    return Roster(scores, frozenset(unknown) - holders.keys())


def counted(state: QualificationRosterState, roster: Roster) -> QualificationRosterState:
    """The state with another list, and what a plan tells of it."""
    return state.replace(workers=roster, **numbers(roster), unknown_count=len(roster.unknown))
