"""The policy pack that `pulumi preview --policy-pack examples/policies` runs beside the program."""

import rules
from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)


def production_needs_a_reviewer(args: ResourceValidationArgs, report: ReportViolation) -> None:
    for said in rules.reviewed(args.resource_type, args.props, args.get_config()):
        report(said)


def minimum_hourly_pay(args: ResourceValidationArgs, report: ReportViolation) -> None:
    for said in rules.paid_fairly(args.resource_type, args.name, args.props, args.get_config()):
        report(said)


def no_accept_only_exclusion(args: ResourceValidationArgs, report: ReportViolation) -> None:
    for said in rules.hidden_from_the_excluded(args.resource_type, args.props):
        report(said)


def no_worker_ids_in_names(args: ResourceValidationArgs, report: ReportViolation) -> None:
    for said in rules.without_worker_ids(args.name):
        report(said)


PolicyPack(
    name="mturk-lab",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[
        ResourceValidationPolicy(
            name="production-needs-a-reviewer",
            description="A change of a stack in production has a reviewer who is not its author.",
            validate=production_needs_a_reviewer,
            config_schema=PolicyConfigSchema(
                properties={"author": {"type": "string"}, "reviewer": {"type": "string"}},
            ),
        ),
        ResourceValidationPolicy(
            name="minimum-hourly-pay",
            description="Every task pays a minimum an hour.",
            validate=minimum_hourly_pay,
            config_schema=PolicyConfigSchema(
                properties={
                    "minimumHourlyPay": {"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$"},
                    "minutes": {
                        "type": "object",
                        "additionalProperties": {"type": "number", "minimum": 0.01},
                    },
                },
            ),
        ),
        ResourceValidationPolicy(
            name="no-accept-only-exclusion",
            description="Whoever is excluded from a task does not see it.",
            validate=no_accept_only_exclusion,
        ),
        ResourceValidationPolicy(
            name="no-worker-ids-in-names",
            description="No resource is named after a worker.",
            validate=no_worker_ids_in_names,
        ),
    ],
)
