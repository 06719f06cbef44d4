"""Whether a HIT type's rules require Masters, for which Amazon charged more."""

from typing import Any

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility.parsing import parse_requirements
from pulumi_mturk.eligibility.requirement import Requirement, is_sent
from pulumi_mturk.eligibility.system_types import MASTERS, system_name
from pulumi_mturk.fees.schedule import MastersRequired


def masters_required(requirements: Any, *, environment: Environment = "production") -> MastersRequired:
    """Whether rules require Masters, as they are sent in an environment.

    `requirements` is a list in any form that a program may write, or a parsed one. That workers are required not to be
    Masters may cost the surcharge too, which is not documented: "unknown", as with a rule that is not known yet.
    """
    parsed = parse_requirements(requirements)
    if isinstance(parsed, Unknown):
        return "unknown"
    answers = {_one(element, environment) for element in parsed}
    return "yes" if "yes" in answers else "unknown" if "unknown" in answers else "no"


def _one(element: Requirement | Unknown, environment: Environment) -> MastersRequired:
    if isinstance(element, Unknown):
        return "unknown"
    if isinstance(element.production_only, Unknown) or not is_sent(element, environment):
        return "no"
    identifier = element.qualification_type_id
    if isinstance(identifier, Unknown):
        return "no"  # an id that is not known yet is that of another resource, never Amazon's own
    if system_name(identifier) != MASTERS:
        return "no"
    return "yes" if element.comparator == "Exists" else "unknown"
