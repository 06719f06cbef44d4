"""`pulumi import` and `opts.import_`: what exists, by the id that somebody typed, as a stack's resource."""

from dataclasses import dataclass

from pulumi_mturk.api.errors import NotFoundError
from pulumi_mturk.common.errors import refuse
from pulumi_mturk.provider.input_findings import name_findings
from pulumi_mturk.provider.lifecycle import AnyResource, Context, Found, pinned
from pulumi_mturk.rules import imports, privacy


@dataclass(frozen=True)
class Imported(Found):
    """What exists and is imported: its Pulumi id, and what a stack that had made it would hold."""

    id: str


def import_(resource: AnyResource, context: Context, import_id: str) -> Imported:
    """Look at what exists by its own name. Raises NotFoundError: the engine's word for None would repeat the id."""
    refuse(name_findings(context.name))
    named = context.provider.handles.resolve(import_id)
    found = resource.find(context, named)
    if found is None:
        missing = imports.NOTHING_TO_IMPORT.at(
            "",
            f"the {resource.token} does not exist in environment {context.configuration.environment}, or is not this "
            f"account's; it is imported by {resource.import_id}",
        )
        raise NotFoundError(str(missing))
    if resource.import_names_worker and named == import_id:
        context.tell(
            privacy.WORKER_ID_IN_IMPORT.at(
                "opts.import_",
                "the id names a worker, and stays in the state in the clear as long as the option stands; of a `pulumi "
                "import` the backend may keep a copy. Write a handle instead, which `.mturk/handles.json` explains",
            )
        )
    resource_id, state = found
    refuse(name_findings(context.name, getattr(state, "worker_id", None)))
    outputs = pinned(context, state).to_dict()
    keys = resource.args.keys()
    return Imported(outputs, {key: value for key, value in outputs.items() if key in keys}, resource_id)
