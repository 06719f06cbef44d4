"""What fees depend on, as a program has it: the schedule of a provider, and whether rules require Masters."""

from typing import Any

import pulumi

from pulumi_mturk import fees
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility import QualificationRequirement, flatten, requirement
from pulumi_mturk.eligibility.system_types import MASTERS, system_name
from pulumi_mturk.fees import MastersRequired
from pulumi_mturk.sdk.route import Route
from pulumi_mturk.sdk.user_errors import without_a_traceback


def schedule_of(route: Route) -> pulumi.Input[fees.Schedule | None]:
    """The schedule that the provider of a route is configured with. Raises ConfigurationError."""
    named = known_later(route, "feeSchedule")
    if isinstance(named, pulumi.Output):
        return named.apply(without_a_traceback(fees.schedule))
    return fees.schedule(named)


def known_later(route: Route, key: str) -> Any:
    """A setting of the provider of a route, which may be an Output. Raises RunError where the program can't have it."""
    value = route.setting(key)
    if isinstance(value, Unknown) and not isinstance(value, pulumi.Output):
        raise pulumi.RunError(
            f"what work costs can't be reckoned with the provider {route.name}: the program does not know its {key}; "
            "make it as mturk.Provider(…)"
        )
    return value


def masters_of(requirements: Any) -> pulumi.Output[MastersRequired]:
    """Whether requirements as a program writes them require Masters, known as soon as it can be."""
    if isinstance(requirements, pulumi.Output):
        return requirements.apply(fees.masters_required)
    return pulumi.Output.from_input(looked_at(requirements)).apply(fees.masters_required)


def looked_at(requirements: Any) -> list[Any]:
    """The requirements, as plain dicts, that Masters may be among.

    An id that is not known yet is that of another resource, and what waits for it would be unknown in a preview.
    """
    read = [rule if isinstance(rule, Unknown) else requirement(rule) for rule in flatten(requirements)]
    return [
        rule.to_dict() if isinstance(rule, QualificationRequirement) else rule
        for rule in read
        if isinstance(rule, Unknown) or system_name(rule.qualification_type_id) == MASTERS
    ]
