"""The rules of the lab in a review: from a plan's public inputs to what is judged, and from there to the report."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pulumi_mturk.common.amounts import amount
from pulumi_mturk.common.integers import fits_64_bits, whole
from pulumi_mturk.invariants import HITTypeFacts, Judgement
from pulumi_mturk.review.report import Invariant


def facts(name: str, requirements: Any, inputs: Mapping[str, Any]) -> HITTypeFacts:
    """What is judged of a HIT type with these inputs. What is hidden, or not known yet, is None.

    `requirements` are its rules with each type's identity in the place of its id. Where the type is a resource of the
    stack, the rule has its URN (`qualificationTypeUrn`): without one, what it is called is not believed.
    """
    return HITTypeFacts(
        name=name,
        requirements=requirements,
        reward=amount(inputs.get("reward")),
        auto_approval_delay_in_seconds=_seconds(inputs.get("autoApprovalDelayInSeconds")),
    )


def _seconds(value: Any) -> int | None:
    number = whole(value) if isinstance(value, int | float) else None
    return number if number is not None and number >= 0 and fits_64_bits(number) else None


def told(judgements: Iterable[Judgement]) -> tuple[Invariant, ...]:
    """The rules as the report has them."""
    return tuple(
        Invariant(
            id=judgement.require.id,
            text=judgement.require.text,
            holds=judgement.holds,
            broken_by=tuple(dict.fromkeys(breach.resource for breach in judgement.breaches if breach.resource)),
            excepted=tuple(judgement.require.except_.items()),
        )
        for judgement in judgements
    )


def breaches(judgements: Iterable[Judgement]) -> Iterator[tuple[str, str, str]]:
    """The sentences of MT590, each with the rule's id and the resource's name; empty for one that no resource has."""
    for judgement in judgements:
        for breach in judgement.breaches:
            yield judgement.require.id, breach.resource, f"Breaks lab rule `{judgement.require.id}`: {breach.message}."
