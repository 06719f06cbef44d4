"""HITType, as a program writes it."""

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pulumi

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.integers import fits_64_bits, whole
from pulumi_mturk.common.iterables import in_order, is_listing
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility import Locale, QualificationRequirement, flatten, requirement
from pulumi_mturk.sdk.arguments import Duration, KeywordsInput, dollars, keyword_text, seconds, secret_as
from pulumi_mturk.sdk.base import MturkResource
from pulumi_mturk.sdk.findings import tell
from pulumi_mturk.sdk.program_checks import check_against_types, refuse_contradictions, tell_exclusions
from pulumi_mturk.sdk.user_errors import without_a_traceback

if TYPE_CHECKING:
    from pulumi_mturk.fees import MastersRequired, Schedule


class HITType(
    MturkResource, name="HITType", instead_of_import="declare it with its values: equal values are the same HIT type"
):
    """What a task type is called, pays and asks for, and who may do it.

    Immutable, and addressed by its content: equal values give the same id, a change gives another one. MTurk can't
    delete HIT types, so a destroyed one only leaves the stack.
    """

    title: pulumi.Output[str]
    description: pulumi.Output[str]
    reward: pulumi.Output[str]
    """US dollars with two decimals."""
    assignment_duration_in_seconds: pulumi.Output[int]
    auto_approval_delay_in_seconds: pulumi.Output[int]
    keywords: pulumi.Output[str | None]
    qualification_requirements: pulumi.Output[list[dict[str, Any]]]
    eligibility: pulumi.Output[list[str] | None]
    """The requirements in words."""
    hit_type_id: pulumi.Output[str]
    """The id to create HITs with: `id`, but right for a HIT type that was looked up, too."""
    imported_hit_id: pulumi.Output[str | None]
    """Of an imported HIT type: the HIT that showed its values."""

    _rules: Any = None

    def __init__(
        self,
        resource_name: str,
        *,
        title: pulumi.Input[str],
        description: pulumi.Input[str],
        reward: pulumi.Input[str] | Decimal,
        assignment_duration_in_seconds: Duration,
        auto_approval_delay_in_seconds: Duration | None = None,
        keywords: KeywordsInput | None = None,
        qualification_requirements: Iterable[Any] | pulumi.Input[Iterable[Any]] = (),
        expire_hits: pulumi.Input[bool] = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a HIT type (CreateHITType). Every change makes another one.

        :param title: What workers see in the list; at most 128 characters.
        :param description: What the task is; at most 2000 characters.
        :param reward: US dollars for an approved assignment: a string such as "0.15" or a Decimal, never a float.
        :param assignment_duration_in_seconds: How long a worker has for one assignment, 30 seconds to 365 days.
        :param auto_approval_delay_in_seconds: After how long submitted work counts as approved; at most 30 days,
            which is the default.
        :param keywords: Words to find the HIT by, at most 1000 characters.
        :param qualification_requirements: Rules from `pulumi_mturk.eligibility`, `QualificationRequirement`s, or
            dicts as boto3 takes them, nested lists as well. At most ten are sent.
        :param expire_hits: On removal, but not in a replacement, expire the HITs of these values, and delete those
            with nothing left to review (in production they are expired only). It makes no other HIT type.
        """
        rules = _read_once(qualification_requirements)
        if not isinstance(rules, Unknown):
            refuse_contradictions(rules)
        self._rules = rules
        super().__init__(
            resource_name,
            _values(
                title,
                description,
                reward,
                assignment_duration_in_seconds,
                auto_approval_delay_in_seconds,
                keywords,
                rules,
            )
            | {"expire_hits": expire_hits, "eligibility": secret_as(_told(rules))},
            opts,
            _types_of(rules),
        )
        if not isinstance(rules, Unknown):
            for index, rule in enumerate(rules):
                _warn(self, index, rule)
            tell_exclusions(rules)
            check_against_types(self, title, rules)

    @property
    def masters_required(self) -> "pulumi.Output[MastersRequired]":
        """Whether the rules require Masters, for which Amazon charged more: "yes", "no" or "unknown"."""
        from pulumi_mturk.sdk import fee_inputs  # for a program that asks

        return fee_inputs.masters_of(self.qualification_requirements if self._rules is None else self._rules)

    def fee_per_assignment(self, max_assignments: int = 1) -> pulumi.Output[Decimal]:
        """The fee for one approved assignment of a HIT with so many, in US dollars, by `mturk:feeSchedule`.

        What production charges: in a sandbox nothing is. Ten assignments or more cost more each.
        """
        from pulumi_mturk.sdk import fee_inputs

        def fee(reward: str, masters: "MastersRequired", charged: "Schedule | None") -> Decimal:
            if charged is None:
                return Decimal("0.00")
            return charged.fee_per_assignment(Decimal(reward), max_assignments, masters=masters)

        schedule = fee_inputs.schedule_of(self.route)
        return pulumi.Output.all(self.reward, self.masters_required, schedule).apply(lambda known: fee(*known))

    def cost_per_assignment(self, max_assignments: int = 1) -> pulumi.Output[Decimal]:
        """The reward and its fee for one approved assignment, in US dollars: see `fee_per_assignment`."""
        both = pulumi.Output.all(self.reward, self.fee_per_assignment(max_assignments))
        return both.apply(lambda known: Decimal(known[0]) + known[1])

    @classmethod
    def get(
        cls,
        resource_name: str,
        *,
        title: pulumi.Input[str],
        description: pulumi.Input[str],
        reward: pulumi.Input[str] | Decimal,
        assignment_duration_in_seconds: Duration,
        auto_approval_delay_in_seconds: Duration | None = None,
        keywords: KeywordsInput | None = None,
        qualification_requirements: Iterable[Any] | pulumi.Input[Iterable[Any]] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> "HITType":
        """Look up a HIT type by its seven values, for MTurk has no way to read one by its id.

        The only way to look is to register the values, which makes the HIT type where there is none, even in a
        preview. A `HITType` with the same values has the same id, and is declared with fewer surprises.
        """
        rules = _read_once(qualification_requirements)
        values = _values(
            title,
            description,
            reward,
            assignment_duration_in_seconds,
            auto_approval_delay_in_seconds,
            keywords,
            rules,
        )
        return cls._existing(resource_name, f"existing-{resource_name}", values, opts, _types_of(rules))


def _values(
    title: Any, description: Any, reward: Any, duration: Any, delay: Any, keywords: Any, requirements: Any
) -> dict[str, Any]:
    return {
        "title": title,
        "description": description,
        "reward": dollars(reward, "reward"),
        "assignment_duration_in_seconds": seconds(duration, "assignment_duration_in_seconds"),
        "auto_approval_delay_in_seconds": seconds(delay, "auto_approval_delay_in_seconds"),
        "keywords": keyword_text(keywords),
        "qualification_requirements": _requirements(requirements),
    }


def _read_once(requirements: Any) -> Any:
    """The rules of a program as a list: an iterator has nothing left for a second time."""
    if isinstance(requirements, Unknown):
        return requirements
    return [_read(index, item) for index, item in enumerate(flatten(requirements))]


def _types_of(rules: Any) -> dict[str, Any]:
    """The qualification types that rules name as resources, by the paths of the rules."""
    return {
        f"qualificationRequirements[{index}].qualificationTypeId": rule.resource
        for index, rule in enumerate([] if isinstance(rules, Unknown) else rules)
        if isinstance(rule, QualificationRequirement) and rule.resource is not None
    }


def _told(rules: Any) -> Any:
    """What the words for the reviewer tell of rules; the id of a resource is no secret."""
    if isinstance(rules, Unknown):
        return rules
    return [
        {name: part for name, part in rule.to_dict().items() if name not in _OF_RESOURCE or rule.resource is None}
        if isinstance(rule, QualificationRequirement)
        else rule
        for rule in rules
    ]


_OF_RESOURCE = frozenset({"qualificationTypeId", "qualificationTypeName", "qualificationTypeUrn"})


def _requirements(values: Any) -> Any:
    """Plain dicts, so that Pulumi can follow the outputs in them."""
    if isinstance(values, pulumi.Output):
        return values.apply(without_a_traceback(_requirements))
    return [
        item.apply(without_a_traceback(_requirements)) if isinstance(item, pulumi.Output) else _requirement(index, item)
        for index, item in enumerate(flatten(values))
    ]


def _requirement(index: int, item: Any) -> Any:
    return _plain(_read(index, item).to_dict())


def _read(index: int, item: Any) -> Any:
    if isinstance(item, Unknown):
        return item
    try:
        return requirement(item)
    except InvalidInputError as error:
        parent = f"qualificationRequirements[{index}]"
        raise InvalidInputError(*(found.under(parent) for found in error.diagnostics)) from None


def _warn(hit_type: MturkResource, index: int, rule: Any) -> None:
    if isinstance(rule, QualificationRequirement):
        for diagnostic in rule.doubts():
            tell(diagnostic.under(f"qualificationRequirements[{index}]"), hit_type, hit_type.route)


def _plain(value: Any) -> Any:
    """The same with objects of ours, which Pulumi can't serialise, turned into dicts wherever an output holds them."""
    if isinstance(value, pulumi.Output):
        return value.apply(_plain)
    if isinstance(value, Locale):
        return value.to_dict()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if is_listing(value):
        return [_plain(item) for item in in_order(value)]
    if isinstance(value, int) and not fits_64_bits(value):
        return "(a number beyond 64 bits)"  # which Pulumi can't carry, and the provider refuses
    if value is None or isinstance(value, bool | int | str | Unknown):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    # Pulumi carries no integers of other libraries, and no NaN into a state.
    number = whole(value)
    return str(value) if number is None else number
