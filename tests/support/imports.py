"""What is imported: by which id a resource that was made, and an account that has every resource with every field."""

from typing import Any

from pulumi_mturk.api.client import Client
from tests.support.core import Made, publish_of
from tests.support.inputs import ANSWER_KEY, TEST
from tests.support.memory_stack import many

# Workers of the seeded account: they hold a type, or are blocked.
BLOCKED = "A1EXAMPLEBLOCKED"
CANARIES = (BLOCKED, "A2EXAMPLEBLOCKED", many(1)[0])


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


def seeded(client: Client, holders: int = 3) -> dict[str, str]:
    """An account with every resource and every field that leaves a trace: the ids of its types, by their names.

    `holders` is how many hold the first.
    """

    def new(name: str, **values: Any) -> str:
        known: dict[str, Any] = {"description": "Took part.", "qualification_type_status": "Active"}
        return client.create_qualification_type(name=name, **known | values).qualification_type_id

    ids = {
        "Careful reader": new("Careful reader", keywords="reading,  care", description="Reads carefully. " * 20),
        "Took part": new("Took part", retry_delay_in_seconds=60),
        "lambda": new(
            "lambda",
            description='Café "x" \\ \U0001f600\nand more.',
            qualification_type_status="Inactive",
            test=TEST,
            answer_key=ANSWER_KEY,
            test_duration_in_seconds=600,
            retry_delay_in_seconds=3600,
        ),
        "Only a test": new("Only a test", test=TEST.replace("q1", "q2"), test_duration_in_seconds=60),
        "On request": new("On request", auto_granted=True, auto_granted_value=7),
        "2 On request!": new("2 On request!", auto_granted=True),
        "Nobody": new("Nobody"),
    }
    for number, worker in enumerate(many(holders)):
        client.grant(ids["Careful reader"], worker, number % 3, send_notification=False)
    for name in ("Took part", "lambda"):
        for worker in many(2):
            client.grant(ids[name], worker, 1, send_notification=False)
    rules = [
        {"qualification_type_id": ids["Careful reader"], "comparator": "GreaterThan", "integer_values": [1]},
        {"qualification_type_id": ids["Took part"], "comparator": "DoesNotExist"},
        {
            "qualification_type_id": "00000000000000000071",
            "comparator": "In",
            "locale_values": [{"country": "US", "subdivision": "CA"}, {"country": "DE"}],
            "actions_guarded": "DiscoverPreviewAndAccept",
        },
        {"qualification_type_id": "000000000000000000L0", "comparator": "GreaterThan", "integer_values": [95]},
    ]
    plain: dict[str, Any] = {"description": "Type.", "reward": "0.1", "assignment_duration_in_seconds": 60}
    full = {"keywords": "b,a", "auto_approval_delay_in_seconds": 60, "qualification_requirements": rules}
    for title, values in (("Transcribe a receipt", full), ("Transcribe a receipt!", {}), ("Transcribe", {})):
        hit_type_id = client.create_hit_type(title=title, **plain | values)
        publish_of(client, hit_type_id)
        publish_of(client, hit_type_id)
    client.create_worker_block(BLOCKED, 'Fraud,\n"bad".')
    client.create_worker_block(CANARIES[1], "Asked to be left alone.")
    return ids
