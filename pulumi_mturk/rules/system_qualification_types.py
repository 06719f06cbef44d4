"""MT108 to MT148: Mechanical Turk's own types in a qualification requirement."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import GUIDE_ELIGIBILITY, OURS, QUALIFICATION_REQUIREMENT, hit_type, requiring


def _adult(requirement: str) -> str:
    return hit_type(title='"Sort pictures (adult content)"', qualification_requirements=f"[{requirement}]")


REMOVED_MASTERS = Rule(
    "MT108",
    "removed-masters",
    "error",
    "Categorization and Photo Moderation Masters were removed in 2015.",
    "Nobody holds them any more, so the HIT type admits nobody. Masters of one kind are left.",
    wrong=Example(
        'mturk.QualificationRequirement("2NDP2L92HECWY8NS8H3CK0CP5L9GHO", "Exists")', path="qualificationTypeId"
    ),
    right=Example("masters()"),
    source="ids that older clients of the API carried",
    label="observed",
)
MISSPELT_SYSTEM_TYPE = Rule(
    "MT109",
    "misspelt-system-type",
    "error",
    "The name of a system type is misspelt.",
    "It would be taken for the id of a type of one's own, which is not there.",
    wrong=Example(
        'mturk.QualificationRequirement("Worker_NumberHitsApproved", "GreaterThan", [100])', path="qualificationTypeId"
    ),
    right=Example("hits_approved(at_least=101)"),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
RETIRED_SYSTEM_TYPE = Rule(
    "MT110",
    "retired-system-type",
    "warning",
    "The system type is gone from today's documentation.",
    "The rates of submitted, abandoned, returned and rejected assignments were listed in older editions of the "
    "reference. Whether the service still compares with them is not known.",
    wrong=Example(
        requiring('mturk.QualificationRequirement("Worker_PercentAssignmentsRejected", "LessThan", [5])'),
        path="qualificationRequirements[0].qualificationTypeId",
    ),
    right=Example(requiring("approval(at_least=95, hits=100)")),
    source=f"older editions of: {QUALIFICATION_REQUIREMENT}",
    label="guessed",
)
NOT_A_PERCENTAGE = Rule(
    "MT117",
    "not-a-percentage",
    "error",
    "A rate is compared with what is no percentage from 0 to 100.",
    "The rule would admit everybody or nobody.",
    wrong=Example("approval(at_least=950, hits=100)", path="at_least"),
    right=Example("approval(at_least=95, hits=100)"),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
NEVER_BELOW_ZERO = Rule(
    "MT118",
    "never-below-zero",
    "error",
    "A number that is never below 0 is compared with a negative one.",
    "System types count and compare from 0; the scores of one's own types may be negative.",
    wrong=Example("hits_approved(at_least=-1)", path="at_least"),
    right=Example("hits_approved(at_least=0)"),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
UNDOCUMENTED_COMPARISON = Rule(
    "MT136",
    "undocumented-comparison",
    "warning",
    "What the comparator means for this system type is not documented.",
    "The approval rate and the number of approved HITs are documented with comparisons of size and equality alone.",
    wrong=Example(
        requiring('mturk.QualificationRequirement("Worker_NumberHITsApproved", "In", [100, 200])'),
        path="qualificationRequirements[0].comparator",
    ),
    right=Example(requiring("hits_approved(at_least=100)")),
    source=QUALIFICATION_REQUIREMENT,
    label="guessed",
)
MASTERS_WITH_VALUE = Rule(
    "MT137",
    "masters-with-value",
    "error",
    "Masters has no value to compare with.",
    "A worker is one or not: Exists, without values.",
    wrong=Example('mturk.QualificationRequirement("Masters", "EqualTo", [1])', path="comparator"),
    right=Example("masters()"),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
MASTERS_EXCLUDED = Rule(
    "MT138",
    "masters-excluded",
    "warning",
    "Whether Masters can be excluded is not documented.",
    "The reference shows Masters with Exists alone. Try it in a sandbox first.",
    wrong=Example(
        requiring('mturk.QualificationRequirement("Masters", "DoesNotExist")'),
        path="qualificationRequirements[0].comparator",
    ),
    right=Example(requiring("masters()")),
    source=QUALIFICATION_REQUIREMENT,
    label="guessed",
)
ADULT_COMPARISON = Rule(
    "MT139",
    "adult-comparison",
    "warning",
    "Only EqualTo 1 is documented for Worker_Adult.",
    "It is 1 for who agreed to see adult content. What other comparisons do is not known.",
    wrong=Example(
        _adult(
            'mturk.QualificationRequirement("Worker_Adult", "GreaterThan", [0], actions_guarded="PreviewAndAccept")'
        ),
        path="qualificationRequirements[0].comparator",
    ),
    right=Example(_adult("adult()")),
    source=QUALIFICATION_REQUIREMENT,
    label="guessed",
)
ADULT_PREVIEW = Rule(
    "MT140",
    "adult-preview",
    "warning",
    "Anybody can preview the adult content.",
    "A requirement that guards acceptance alone shows the HIT to everybody who previews it.",
    wrong=Example(_adult('adult(actions_guarded="Accept")'), path="qualificationRequirements[0].actionsGuarded"),
    right=Example(_adult("adult()")),
    source=GUIDE_ELIGIBILITY,
    label="documented",
)
FRACTION_OF_A_PERCENTAGE = Rule(
    "MT144",
    "fraction-of-a-percentage",
    "error",
    "A percentage is written as a fraction of 1.",
    "Percentages are whole numbers: 95, not 0.95. The whole number 1 is one percent.",
    wrong=Example("approval(at_least=0.95, hits=100)", path="at_least"),
    right=Example("approval(at_least=95, hits=100)"),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
ONE_PERCENT = Rule(
    "MT146",
    "one-percent",
    "warning",
    "An approval rate is compared with 1 %.",
    "1 as a whole number is one percent, which keeps nearly nobody out. All of them is 100.",
    wrong=Example(
        requiring("approval(at_least=1, hits=100)"),
        path="qualificationRequirements[0].integerValues[0]",
    ),
    right=Example(requiring("approval(at_least=100, hits=100)")),
    source=OURS,
    label="documented",
)
ADULT_VALUE = Rule(
    "MT148",
    "adult-value",
    "error",
    "Worker_Adult is compared with another number than 0 or 1.",
    "It is 1 for who agreed to see adult content, and 0 for everybody else: no worker has another value.",
    wrong=Example(
        _adult('mturk.QualificationRequirement("Worker_Adult", "EqualTo", [2], actions_guarded="PreviewAndAccept")'),
        path="integerValues[0]",
    ),
    right=Example(_adult("adult()")),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
