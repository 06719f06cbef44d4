"""WorkerExclusion: inputs and outputs of the component, for the schema. `sdk` composes it of other resources."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pulumi_mturk.eligibility.system_types import ActionsGuarded
from pulumi_mturk.provider.model import Args, Mark, Model
from pulumi_mturk.resources.fields import ListedWorkers
from pulumi_mturk.resources.structures import ExclusionRequirement


class WorkerExclusionArgs(Args):
    """Inputs of a WorkerExclusion."""

    workers: Annotated[ListedWorkers, Mark.SECRET] = Field(description="Who is kept out: a list of ids.")
    description: str = Field(
        default="Marks people who took part in an earlier task. Nothing to do, and no judgement of your work.",
        description="What holders read of it in their list of qualifications.",
    )
    name: Annotated[str | None, Mark.REPLACES] = Field(
        default=None,
        description='What holders read as its name. Default: "Earlier participation" and a few characters, never the '
        "resource's name.",
    )
    actions_guarded: Annotated[ActionsGuarded, Mark.UNSENT] = Field(
        default="DiscoverPreviewAndAccept",
        description="What the requirement keeps them from; by default they do not even find the HITs. A change "
        "replaces the HIT types that have the requirement.",
    )
    unknown_workers: Annotated[Literal["fail", "skip"], Mark.UNSENT] = Field(
        default="fail", description="What becomes of ids that the environment does not know, as in a roster."
    )
    max_removals: Annotated[int | None, Mark.UNSENT] = Field(
        default=None, description="The most who may be let in again in one change, as in a roster."
    )
    force_destroy: Annotated[bool, Mark.UNSENT] = Field(
        default=False,
        description="Whether it may be deleted or replaced in production while HITs keep people out by it.",
    )


class WorkerExclusionState(Model):
    """Outputs of a WorkerExclusion."""

    requirement: ExclusionRequirement = Field(
        description="Belongs into the requirements of a HIT type. It is known once the list is in force."
    )
    qualification_type_id: str = Field(description="The type's id, known once the list is in force.")
    count: int = Field(description="How many workers are listed.")


class WorkerExclusionComponent:
    """That of a QualificationType and a QualificationRoster, of which it is made."""

    token = "WorkerExclusion"  # noqa: S105 - a type token
    summary = (
        "People who are kept out of every HIT type that has its `requirement`: a qualification type, and the list of "
        "who holds it. It hurts nobody's standing, unlike a block, and can be taken back without a trace."
    )
    args: ClassVar[type[WorkerExclusionArgs]] = WorkerExclusionArgs
    state: ClassVar[type[WorkerExclusionState]] = WorkerExclusionState
