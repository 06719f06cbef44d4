"""Amazon Mechanical Turk as Pulumi resources: who may work, what a task pays and asks for, and who is kept out."""

import importlib
from typing import TYPE_CHECKING, Any

from pulumi_mturk.common.loading import module_for_program

if TYPE_CHECKING:
    from pulumi_mturk import eligibility
    from pulumi_mturk.eligibility import Locale, QualificationRequirement
    from pulumi_mturk.sdk.costs import estimate_cost
    from pulumi_mturk.sdk.hit_type import HITType
    from pulumi_mturk.sdk.provider import Provider
    from pulumi_mturk.sdk.qualification_grant import QualificationGrant
    from pulumi_mturk.sdk.qualification_roster import QualificationRoster
    from pulumi_mturk.sdk.qualification_type import QualificationType
    from pulumi_mturk.sdk.questionnaire_test import QuestionnaireTest
    from pulumi_mturk.sdk.worker_block import WorkerBlock
    from pulumi_mturk.sdk.worker_exclusion import WorkerExclusion
    from pulumi_mturk.sdk.workers_csv import workers_from_csv

    __version__: str

# Imported when they are first used: the plugin process, which unpickles a class of this package, needs none of them.
_HOME_OF = {
    "HITType": "sdk.hit_type",
    "Locale": "eligibility",
    "Provider": "sdk.provider",
    "QualificationGrant": "sdk.qualification_grant",
    "QualificationRequirement": "eligibility",
    "QualificationRoster": "sdk.qualification_roster",
    "QualificationType": "sdk.qualification_type",
    "QuestionnaireTest": "sdk.questionnaire_test",
    "WorkerBlock": "sdk.worker_block",
    "WorkerExclusion": "sdk.worker_exclusion",
    "estimate_cost": "sdk.costs",
    "workers_from_csv": "sdk.workers_csv",
}

__all__ = [
    "HITType",
    "Locale",
    "Provider",
    "QualificationGrant",
    "QualificationRequirement",
    "QualificationRoster",
    "QualificationType",
    "QuestionnaireTest",
    "WorkerBlock",
    "WorkerExclusion",
    "eligibility",
    "estimate_cost",
    "workers_from_csv",
]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    if name == "eligibility":
        return module_for_program(f"{__name__}.{name}")
    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("pulumi-mturk")
    if name in _HOME_OF:
        return getattr(module_for_program(f"{__name__}.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
