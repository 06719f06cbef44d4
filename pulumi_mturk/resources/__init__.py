"""The resources, and the registry of them: adding one is a file here and a line below."""

from pulumi_mturk.provider.lifecycle import AnyResource
from pulumi_mturk.resources.hit_type import HITTypeResource
from pulumi_mturk.resources.qualification_grant import QualificationGrantResource
from pulumi_mturk.resources.qualification_roster import QualificationRosterResource
from pulumi_mturk.resources.qualification_type import QualificationTypeResource
from pulumi_mturk.resources.worker_block import WorkerBlockResource
from pulumi_mturk.resources.worker_exclusion import WorkerExclusionComponent

REGISTRY: dict[str, AnyResource] = {
    resource.token: resource
    for resource in (
        QualificationTypeResource(),
        HITTypeResource(),
        QualificationGrantResource(),
        QualificationRosterResource(),
        WorkerBlockResource(),
    )
}

# Put together from resources by their classes; the provider never sees them.
COMPONENTS = (WorkerExclusionComponent(),)
