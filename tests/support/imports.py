"""By which id a resource that was made is imported."""

from tests.support.core import Made, publish_of


def import_id_of(made: Made) -> str:
    """The id to import by; for a HIT type a HIT of it is published."""
    inputs = made.inputs
    match made.resource.token:
        case "HITType":
            return f"hit:{publish_of(made.place.client, made.id)}"
        case "QualificationGrant":
            return f"{inputs['qualificationTypeId']}/{inputs['workerId']}"
        case "QualificationRoster":
            return str(inputs["qualificationTypeId"])
        case "WorkerBlock":
            return str(inputs["workerId"])
        case _:
            return made.id
