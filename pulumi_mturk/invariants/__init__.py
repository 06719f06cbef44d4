"""Rules of a lab as data (`mturk:require`): what every HIT type, list and block of a stack must keep.

`read` takes them from a configuration, `judge` tells which hold, `weakened` what a change makes of them. The provider
refuses what breaks one, and a review reports it; both judge as in production, and "unknown" counts as not holding.
"""

from typing import TYPE_CHECKING

from pulumi_mturk.common.lazy_names import from_modules

if TYPE_CHECKING:
    from pulumi_mturk.invariants.judgement import (
        EXCLUSION,
        Breach,
        HITTypeFacts,
        Judgement,
        ListFacts,
        holds_unknown,
        judge,
    )
    from pulumi_mturk.invariants.policy_changes import Weakening, accepted_anew, weakened
    from pulumi_mturk.invariants.reading import read
    from pulumi_mturk.invariants.require import Require

# Imported when they are first used: most stacks have no such rules.
_HOME_OF = {
    "EXCLUSION": "judgement",
    "Breach": "judgement",
    "HITTypeFacts": "judgement",
    "Judgement": "judgement",
    "ListFacts": "judgement",
    "Require": "require",
    "Weakening": "policy_changes",
    "accepted_anew": "policy_changes",
    "holds_unknown": "judgement",
    "judge": "judgement",
    "read": "reading",
    "weakened": "policy_changes",
}

__all__ = [
    "EXCLUSION",
    "Breach",
    "HITTypeFacts",
    "Judgement",
    "ListFacts",
    "Require",
    "Weakening",
    "accepted_anew",
    "holds_unknown",
    "judge",
    "read",
    "weakened",
]

__getattr__ = from_modules(__name__, _HOME_OF)
