"""MT0xx: the form of any input or configuration key."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import CREATE_HIT_TYPE, CREATE_TYPE, OURS, hit_type, qualification_type

MISSING = Rule(
    "MT001",
    "missing-property",
    "error",
    "A property that is required is not given.",
    "None counts as not given.",
    wrong=Example(hit_type(title="None"), path="title"),
    right=Example(hit_type()),
    source=OURS,
    label="documented",
)
UNKNOWN_PROPERTY = Rule(
    "MT002",
    "unknown-property",
    "error",
    "There is no such property.",
    "It would have no effect. In Python a wrong argument is refused by the class itself; other ways to declare a "
    "resource get here.",
    wrong=Example(
        'register("WorkerBlock", "spam", {"workerId": "A1EXAMPLE", "reason": "Asked to.", "colour": "red"})',
        path="colour",
        note="properties as another language registers them",
    ),
    right=Example(hit_type()),
    source=OURS,
    label="documented",
)
WRONG_TYPE = Rule(
    "MT003",
    "wrong-type",
    "error",
    "A value is of another kind than its property: a text, a number, a truth value or a list.",
    "Nothing is converted but numbers of configuration, which come as texts.",
    wrong=Example(qualification_type(auto_granted='"perhaps"'), path="autoGranted"),
    right=Example(qualification_type(auto_granted="True")),
    source=OURS,
    label="documented",
)
LENGTH = Rule(
    "MT004",
    "length",
    "error",
    "A text is empty or too long.",
    "The API documents the limits; botocore sends longer ones unchecked.",
    wrong=Example(hit_type(title='"x" * 129'), path="title"),
    right=Example(hit_type(title='"x" * 128')),
    source=CREATE_HIT_TYPE,
    label="documented",
)
RANGE = Rule(
    "MT005",
    "range",
    "error",
    "A number is below the least or above the most that is allowed.",
    "The API documents the limits; botocore sends other numbers unchecked.",
    wrong=Example(hit_type(assignment_duration_in_seconds="10"), path="assignmentDurationInSeconds"),
    right=Example(hit_type(assignment_duration_in_seconds="30")),
    source=CREATE_HIT_TYPE,
    label="documented",
)
NOT_A_CHOICE = Rule(
    "MT006",
    "not-a-choice",
    "error",
    "A value is none of those that are allowed.",
    "They are written exactly so, capital letters included.",
    wrong=Example(qualification_type(qualification_type_status='"active"'), path="qualificationTypeStatus"),
    right=Example(qualification_type(qualification_type_status='"Active"')),
    source=CREATE_TYPE,
    label="documented",
)
KEYWORDS = Rule(
    "MT007",
    "keywords",
    "error",
    "Keywords are no list of words, or longer than 1,000 characters in all.",
    "One string with commas between the words, or a list. The limit counts commas and spaces.",
    wrong=Example(hit_type(keywords='["x" * 1001]'), path="keywords"),
    right=Example(hit_type(keywords='["rating", "sentences"]')),
    source=CREATE_HIT_TYPE,
    label="documented",
)
