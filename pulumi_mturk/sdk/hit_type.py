"""HITType, as a program writes it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pulumi

from pulumi_mturk.common.errors import InvalidInputError, InvalidTypeError
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility import Locale, flatten, requirement
from pulumi_mturk.rules import hit_types
from pulumi_mturk.sdk.base import Duration, KeywordsInput, MturkResource, keyword_text, seconds
from pulumi_mturk.sdk.program_checks import check_against_types


class HITType(MturkResource, name="HITType"):
    """What a task type is called, pays and asks for, and who may do it.

    Immutable, and addressed by its content: equal values give the same id, a change gives another one. MTurk can't
    delete HIT types, so a destroyed one only leaves the stack.
    """

    title: pulumi.Output[str]
    description: pulumi.Output[str]
    reward: pulumi.Output[str]
    """US dollars with two decimals."""
    assignment_duration_in_seconds: pulumi.Output[int] = pulumi.property("assignmentDurationInSeconds")
    auto_approval_delay_in_seconds: pulumi.Output[int] = pulumi.property("autoApprovalDelayInSeconds")
    keywords: pulumi.Output[str | None]
    qualification_requirements: pulumi.Output[list[dict[str, Any]]] = pulumi.property("qualificationRequirements")
    eligibility: pulumi.Output[list[str] | None]
    """The requirements in words."""
    hit_type_id: pulumi.Output[str] = pulumi.property("hitTypeId")
    """The id to create HITs with: `id`, but right for a HIT type that was looked up, too."""

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
        qualification_requirements: Sequence[Any] | pulumi.Input[Sequence[Any]] = (),
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
        """
        super().__init__(
            resource_name,
            _values(
                title,
                description,
                reward,
                assignment_duration_in_seconds,
                auto_approval_delay_in_seconds,
                keywords,
                qualification_requirements,
            ),
            opts,
        )
        if not isinstance(qualification_requirements, Unknown):
            check_against_types(self, title, flatten(qualification_requirements))

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
        qualification_requirements: Sequence[Any] | pulumi.Input[Sequence[Any]] = (),
        opts: pulumi.ResourceOptions | None = None,
    ) -> "HITType":
        """Look up a HIT type by its seven values, for MTurk has no way to read one by its id.

        The only way to look is to register the values, which makes the HIT type where there is none, even in a
        preview. A `HITType` with the same values has the same id, and is declared with fewer surprises.
        """
        values = _values(
            title,
            description,
            reward,
            assignment_duration_in_seconds,
            auto_approval_delay_in_seconds,
            keywords,
            qualification_requirements,
        )
        return cls._existing(resource_name, f"existing-{resource_name}", values, opts)


def _values(
    title: Any, description: Any, reward: Any, duration: Any, delay: Any, keywords: Any, requirements: Any
) -> dict[str, Any]:
    if isinstance(reward, float):
        said = f'a float has no exact cents; write a string or a Decimal, such as "{reward:.2f}"'
        raise InvalidTypeError(hit_types.FLOAT_REWARD.at("reward", said))
    return {
        "title": title,
        "description": description,
        "reward": str(reward) if isinstance(reward, Decimal | int) else reward,
        "assignment_duration_in_seconds": seconds(duration),
        "auto_approval_delay_in_seconds": seconds(delay),
        "keywords": keyword_text(keywords),
        "qualification_requirements": _requirements(requirements),
    }


def _requirements(values: Any) -> Any:
    """Plain dicts, so that Pulumi can follow the outputs in them."""
    if isinstance(values, pulumi.Output):
        return values.apply(_requirements)
    return [
        item.apply(_requirements) if isinstance(item, pulumi.Output) else _requirement(index, item)
        for index, item in enumerate(flatten(values))
    ]


def _requirement(index: int, item: Any) -> Any:
    try:
        return _plain(requirement(item).to_dict())
    except InvalidInputError as error:
        parent = f"qualificationRequirements[{index}]"
        raise InvalidInputError(*(found.under(parent) for found in error.diagnostics)) from None


def _plain(value: Any) -> Any:
    """The same with objects of ours, which Pulumi can't serialise, turned into dicts wherever an output holds them."""
    if isinstance(value, pulumi.Output):
        return value.apply(_plain)
    if isinstance(value, Locale):
        return value.to_dict()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
