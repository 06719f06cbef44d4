"""WorkerExclusion, as a program writes it: people who are kept out of tasks, by a qualification that they hold."""

from dataclasses import dataclass
from typing import Literal

import pulumi

from pulumi_mturk.eligibility import QualificationRequirement, without
from pulumi_mturk.eligibility.system_types import ActionsGuarded
from pulumi_mturk.sdk.arguments import type_id
from pulumi_mturk.sdk.options import refuse_import
from pulumi_mturk.sdk.qualification_roster import QualificationRoster, Workers
from pulumi_mturk.sdk.qualification_type import DeclaredType, QualificationType
from pulumi_mturk.sdk.route import Route, route_of

# Workers see the types that they hold, and read these words as said of themselves.
_NAME = "Earlier participation "
_DESCRIPTION = "Marks people who took part in an earlier task. Nothing to do, and no judgement of your work."


@dataclass(frozen=True)
class ExistingExclusion:
    """An exclusion whose list is kept elsewhere."""

    requirement: QualificationRequirement
    qualification_type_id: pulumi.Output[str]


class WorkerExclusion(pulumi.ComponentResource):
    """People who are kept out of every HIT type that has its `requirement`: a qualification type, and who holds it.

    It hurts nobody's standing, unlike a `WorkerBlock`, and it can be taken back without a trace.
    """

    requirement: QualificationRequirement
    """Put it into `qualification_requirements` of a HIT type. It is known once the list is in force."""
    qualification_type_id: pulumi.Output[str]
    """The type's id, known once the list is in force."""
    count: pulumi.Output[int]
    """How many workers are listed. Public."""

    def __init__(
        self,
        resource_name: str,
        *,
        workers: pulumi.Input[Workers],
        description: pulumi.Input[str] = _DESCRIPTION,
        name: pulumi.Input[str] | None = None,
        actions_guarded: pulumi.Input[ActionsGuarded] = "DiscoverPreviewAndAccept",
        unknown_workers: pulumi.Input[Literal["fail", "skip"]] = "fail",
        max_removals: pulumi.Input[int] | None = None,
        force_destroy: pulumi.Input[bool] = False,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare who is kept out.

        :param workers: Their ids: a list, or `workers_from_csv` of a results file; kept secret.
        :param description: What holders read of it in their list of qualifications.
        :param name: What holders read as its name. Default: "Earlier participation" and a few characters, never the
            resource's name.
        :param actions_guarded: What the requirement keeps them from: by default they do not even find the HITs. A
            change replaces the HIT types that have the requirement.
        :param unknown_workers: As for a `QualificationRoster`: what becomes of ids that the environment does not know.
        :param max_removals: As for a `QualificationRoster`: the most who may be let in again in one change.
        :param force_destroy: Whether it may be removed or replaced in production while HITs keep people out by it.
        """
        refuse_import(
            opts,
            "a component has no id to import; leave it out, and name the type that keeps people out with "
            "WorkerExclusion.from_existing(…)",
        )
        route_of(opts)  # what is wrong with a provider is told before anything is registered
        super().__init__("mturk:index:WorkerExclusion", resource_name, None, opts)
        # Of a component's options Pulumi hands on whether its parts are protected and retained, but no timeouts.
        options = pulumi.ResourceOptions(parent=self, custom_timeouts=opts.custom_timeouts if opts else None)
        qualification_type = QualificationType(
            resource_name,
            name=name,
            name_prefix=_NAME if name is None else None,
            description=description,
            force_destroy=force_destroy,
            opts=options,
        )
        roster = QualificationRoster(
            resource_name,
            qualification_type_id=qualification_type,
            workers=workers,
            unknown_workers=unknown_workers,
            max_removals=max_removals,
            force_destroy=force_destroy,
            opts=options,
        )
        # Through the roster: no HIT type is registered before its list is in force.
        self.qualification_type_id = roster.qualification_type_id
        self._qualification_type = qualification_type
        self.count = roster.count
        self.requirement = without(self, actions_guarded=actions_guarded)
        self.register_outputs(
            {
                "requirement": self.requirement.to_dict(),
                "qualificationTypeId": self.qualification_type_id,
                "count": self.count,
            }
        )

    @property
    def qualification_type_urn(self) -> pulumi.Input[str]:
        """The URN of its type, which the requirement has, for a review."""
        return self._qualification_type.qualification_type_urn

    @property
    def route(self) -> Route:
        """Through which provider its type and its list go."""
        return self._qualification_type.route

    @property
    def declaration(self) -> DeclaredType | None:
        """What this program declares of its type."""
        return self._qualification_type.declaration

    @staticmethod
    def from_existing(
        qualification_type_id: pulumi.Input[str] | QualificationType,
        *,
        actions_guarded: pulumi.Input[ActionsGuarded] = "DiscoverPreviewAndAccept",
    ) -> ExistingExclusion:
        """Keep out who holds a qualification that is granted elsewhere. The stack changes nothing about it."""
        return ExistingExclusion(
            without(qualification_type_id, actions_guarded=actions_guarded),
            pulumi.Output.from_input(type_id(qualification_type_id)),
        )
