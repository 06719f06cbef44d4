"""What a plan says of requirements that nobody can meet together, or that change nothing beside others."""

from collections.abc import Container

from pulumi_mturk.common.diagnostics import Diagnostics
from pulumi_mturk.common.unknown import UNKNOWN, Unknown
from pulumi_mturk.eligibility.conflicts import Implied, contradictions, implied
from pulumi_mturk.eligibility.description import quoted_rule
from pulumi_mturk.eligibility.requirement import Requirement, Requirements
from pulumi_mturk.rules import hit_types as rules


def conflict_findings(requirements: Requirements, wrong: Container[int]) -> Diagnostics:
    """Contradictions, each at the last of its requirements, and on one line what is implied.

    Requirements with an error of their own (`wrong`) are passed over, and those whose type is not known yet: two
    unknown ids may look alike. All are judged as in production, where each is sent.
    """
    judged = tuple(
        UNKNOWN if index in wrong or not _has_type(element) else element for index, element in enumerate(requirements)
    )
    yield from contradicting(judged)
    needless = implied(judged)
    if any(isinstance(each, Requirement) and each.production_only is not False for each in judged):
        # Here the same requirement may stand without the one that implies it in production.
        everywhere = {each.index for each in implied(judged, environment="local")}
        needless = tuple(
            each for each in needless if each.index in everywhere or each.requirement.production_only is True
        )
    if needless:
        them = "it" if len(needless) == 1 else "them"
        said = "; ".join(map(_needless, needless))
        yield rules.IMPLIED_REQUIREMENT.at(
            "", f"{said}; to leave {them} out makes another HIT type of the same workers"
        )


def contradicting(requirements: Requirements) -> Diagnostics:
    """Contradictions alone; the same unknown object stands for the same type."""
    for each in contradictions(requirements):
        path = f"[{each.indices[-1]}]"
        if each.documented:
            yield rules.CONTRADICTION.at(path, each.message)
        else:
            yield rules.PROBABLE_CONTRADICTION.at(
                path, f"probably {each.message} (if {' and '.join(each.assumptions)})"
            )


def _has_type(element: Requirement | Unknown) -> bool:
    return isinstance(element, Requirement) and isinstance(element.qualification_type_id, str)


def _needless(each: Implied) -> str:
    said = f"[{each.index}] {quoted_rule(each.requirement)} changes nothing"
    beside = " and ".join(map(quoted_rule, each.by))
    return f"{said} beside {beside}" if beside else f"{said}: everybody meets it"
