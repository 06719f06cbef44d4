"""What an answer about workers rests on, where that is not documented: it is asked again with the opposite assumed."""

from collections.abc import Iterable, Iterator

from pulumi_mturk.eligibility import iso3166, system_types
from pulumi_mturk.eligibility.description import quoted_rule
from pulumi_mturk.eligibility.regions import asks_for
from pulumi_mturk.eligibility.requirement import Requirement
from pulumi_mturk.eligibility.rule_set import STANDING, Constraint, World

COUPLED = (
    "the approval rate is over all submitted assignments of all requesters, so that r % below 100 % needs at least r "
    "HITs approved"
)
NEWCOMERS_COUNT = "who has no HIT approved yet counts as having 0"
NOT_IN_NEEDS_HOLDER = "NotIn shuts out who does not hold the qualification"
TERRITORIES_APART = "Puerto Rico, Guam and the like count as countries, not as parts of the United States"


def alternatives(constraints: Iterable[Constraint], place: Iterable[str | None] = ()) -> Iterator[tuple[str, World]]:
    """The assumptions that may matter to these constraints, each with the world in which it does not hold.

    `place` are the codes of a worker's own place, if the question is of one worker.
    """
    given = list(constraints)
    names = {asks_for(each) for each in given if each.subject == STANDING}
    if len(names) == 2:
        yield COUPLED, World(coupled=False)
    if system_types.HITS_APPROVED in names:
        yield NEWCOMERS_COUNT, World(newcomers_count=False)
    if any(getattr(each.requirement, "comparator", None) == "NotIn" for each in given):
        yield NOT_IN_NEEDS_HOLDER, World(not_in_needs_holder=False)
    named = {code for each in given for codes in each.places for code in codes}
    if not iso3166.IN_BOTH.isdisjoint({*named, *(place if named else ())}):
        yield TERRITORIES_APART, World(territories_apart=False)


def not_documented(constraint: Constraint) -> str:
    """What is open about a constraint: what it means, or a value that is not known yet."""
    requirement = constraint.requirement
    if not isinstance(requirement, Requirement):
        return "a requirement that is not known yet"
    if requirement.unknown is not None:
        return f"what is not known yet of {quoted_rule(requirement)}"
    text = quoted_rule(requirement)
    if territories := sorted({code for place in constraint.places for code in place if code in iso3166.IN_BOTH}):
        return f"whether {text} holds for somebody in {' or '.join(territories)} is not documented"
    return f"what {text} means is not documented"
