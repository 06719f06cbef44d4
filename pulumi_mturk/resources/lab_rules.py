"""Which rules of the lab (`mturk:require`) a resource does not keep, as far as the resource itself tells.

A program as a whole is judged by a review of its plan: names in a rule that no resource has, and lists that are removed
whole. A name that is not there lets nothing through here: a HIT type without the exclusion, or without minutes, does
not keep its rule.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.unknown import has_value
from pulumi_mturk.invariants import EXCLUSION, Judgement, ListFacts, judge
from pulumi_mturk.provider.lifecycle import Context
from pulumi_mturk.rosters.roster import Roster
from pulumi_mturk.rosters.roster import change as change_of
from pulumi_mturk.rules import risks_plan


def excludes(context: Context, type_id: Any, told: bool | None) -> bool | None:
    """Whether HIT types keep out the holders of a type; None where neither the program nor this run tells.

    `told` is what the program says, as Python's classes do where they are given the type itself. Otherwise HIT types
    that were checked before tell it: those that come later are why their absence proves nothing.
    """
    return True if EXCLUSION in context.urn or type_id in context.provider.excluding_types else told


def of_hit_type(context: Context, requirements: Any, reward: Any, delay: Any) -> Diagnostics:
    """The rules that a HIT type does not keep. What is not known yet is judged at `pulumi up`."""
    from pulumi_mturk.fees import schedule
    from pulumi_mturk.invariants import HITTypeFacts, holds_unknown

    facts = HITTypeFacts(
        name=context.name,
        requirements=requirements,
        reward=Decimal(reward) if has_value(reward) else None,
        auto_approval_delay_in_seconds=delay if has_value(delay) else None,
    )
    charged = schedule(context.configuration.fee_schedule)
    later = holds_unknown(requirements) or not has_value(reward) or not has_value(delay)
    yield from _told(judge(context.configuration.require, [facts], schedule=charged), later=later)


def of_list(
    context: Context, notifies: Any, reason: Any, *, old: Any = None, new: Any = None, excludes: bool | None = False
) -> Diagnostics:
    """The rules that a grant does not keep, or a roster, whose list was `old` before.

    `excludes` says whether HIT types keep out who is on the list; None where nothing tells.
    """
    known = has_value(notifies) and (reason is None or has_value(reason))
    removed: int | None = 0
    if old is not None:
        both = isinstance(old, Roster) and isinstance(new, Roster)
        removed = change_of(old, new).removed if both else None
    facts = ListFacts(
        name=context.name,
        mails=(notifies is True or reason is not None) if known else None,
        excludes=excludes,
        removed=removed,
    )
    yield from _told(judge(context.configuration.require, lists=[facts]), later=not known or removed is None)


def of_block(context: Context) -> Diagnostics:
    """The rules that a block does not keep."""
    yield from _told(judge(context.configuration.require, blocks=[context.name]), later=False)


def _told(judgements: Iterable[Judgement], *, later: bool) -> Diagnostics:
    for judgement in judgements:
        for breach in judgement.breaches:
            if breach.answer == "unknown" and later:
                continue
            rule, said = judgement.require, breach.message
            if breach.answer == "unknown":
                said += "; what can't be told counts as not kept, and `except` in the rule frees a resource from it"
            yield risks_plan.LAB_RULE_BROKEN.at(
                "", f"breaks the rule {rule.id!r} of mturk:require ({rule.text}): {said}"
            )
