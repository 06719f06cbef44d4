"""MT0xx: the form of any input or configuration key."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import CREATE_HIT_TYPE, CREATE_TYPE, OURS, hit_type, qualification_type

_NO_BLOCKS = '[{"id": "quiet", "noBlocks": true}]'
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
    "The API documents most limits; botocore sends longer texts unchecked. For a name (1,000 characters) and a reason "
    "(10,000) it documents none: these bounds are the provider's own.",
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
OUTPUT_IN_TEXT = Rule(
    "MT008",
    "output-in-text",
    "error",
    "A text holds Pulumi's warning in place of the value of an Output.",
    "The value of an Output is not known while the program runs: f-strings, str() and format() put a warning into the "
    "text, and workers would read it. pulumi.Output.format and .apply make the text once the value is known.",
    wrong=Example(
        qualification_type(variable="tier") + "\n" + hit_type(description='f"For holders of {tier.name}."'),
        path="description",
    ),
    right=Example(
        qualification_type(variable="tier")
        + "\n"
        + hit_type(description='pulumi.Output.format("For holders of {0}.", tier.name)')
    ),
    source=OURS,
    label="documented",
)
IMPORT_OPTION = Rule(
    "MT009",
    "import-option",
    "error",
    "A resource is to be imported, and goes through the dynamic providers, with which Pulumi can't do that.",
    "The plugin imports: give the resource a mturk.Provider, or set mturk:plugin for the stack. Without it each class "
    "has a get() that looks an existing one up, and a qualification type can be taken over by adopt=. Of HIT types "
    "equal values are the same one. A component, such as WorkerExclusion, has no id and can't be imported at all.",
    wrong=Example(
        qualification_type(opts='pulumi.ResourceOptions(import_="3EXAMPLE")'),
        path="opts.import_",
    ),
    right=Example(qualification_type()),
    source=OURS,
    label="observed",
    found_by="program",
)
EXPLICIT_PROVIDER = Rule(
    "MT010",
    "explicit-provider",
    "error",
    "A provider is given in a way in which Pulumi would ignore it.",
    "The resource would be made in the account of the stack's configuration instead. A resource takes a "
    "mturk.Provider, as provider= or in the providers= of a component that it is in. A list holds one of mturk, a "
    "mapping has it under the key mturk, and a transformation comes too late. Providers of other packages in "
    "providers= of a component are none of our business.",
    wrong=Example(
        'account = pulumi.ProviderResource("aws", "results", {})\n'
        + qualification_type(opts="pulumi.ResourceOptions(provider=account)"),
        path="opts.provider",
    ),
    right=Example(
        'account = mturk.Provider("lab", environment="sandbox", profile="lab")\n'
        + qualification_type(opts="pulumi.ResourceOptions(provider=account)")
    ),
    source=OURS,
    label="observed",
    found_by="program",
)
PART_OF_A_SECOND = Rule(
    "MT011",
    "part-of-a-second",
    "error",
    "A duration has parts of a second.",
    "The API counts in whole seconds.",
    wrong=Example(
        hit_type(assignment_duration_in_seconds="datetime.timedelta(seconds=600.5)"),
        path="assignment_duration_in_seconds",
    ),
    right=Example(hit_type(assignment_duration_in_seconds="datetime.timedelta(minutes=10)")),
    source=CREATE_HIT_TYPE,
    label="documented",
    found_by="program",
)
NAME_IN_BOTH_SHELLS = Rule(
    "MT012",
    "name-in-both-shells",
    "error",
    "Two resources of a class have one name, one with the dynamic providers and one with the plugin.",
    "A resource moves between the two by its name: once one of them is in the state, Pulumi would take the other one "
    "for it. Two accounts in one program need two names, such as lab-tier and pilot-tier.",
    wrong=Example(
        'lab = mturk.Provider("lab", environment="sandbox")\n'
        + qualification_type()
        + "\n"
        + qualification_type(opts="pulumi.ResourceOptions(provider=lab)"),
    ),
    right=Example(
        'lab = mturk.Provider("lab", environment="sandbox")\n'
        + qualification_type()
        + "\n"
        + qualification_type("lab-tier", opts="pulumi.ResourceOptions(provider=lab)")
    ),
    source=OURS,
    label="observed",
    found_by="program",
)
PROVIDER_WITHOUT_LAB_RULES = Rule(
    "MT013",
    "provider-without-lab-rules",
    "error",
    "The stack has rules of a lab (mturk:require), and a provider is made in a way by which they do not reach it.",
    "mturk.Provider takes the stack's mturk:require, unless it is given another one. A pulumi.ProviderResource of "
    "mturk has nothing but its own arguments, which a program can't read back: what breaks a rule would be made.",
    wrong=Example(
        'lab = pulumi.ProviderResource("mturk", "lab", {"localDatabase": "lab.db"})\n'
        + qualification_type(opts="pulumi.ResourceOptions(provider=lab)"),
        path="opts.provider",
        configuration={"require": _NO_BLOCKS},
    ),
    right=Example(
        'lab = mturk.Provider("lab", local_database="lab.db")\n'
        + qualification_type(opts="pulumi.ResourceOptions(provider=lab)"),
        configuration={"require": _NO_BLOCKS},
    ),
    source=OURS,
    label="observed",
    found_by="program",
)
CONTROL_CHARACTER = Rule(
    "MT020",
    "control-character",
    "error",
    "A text holds a control character, or half of a surrogate pair.",
    "Nobody can read them, and a terminal may obey them. Tabs and line ends are none.",
    wrong=Example(qualification_type(description='"Rated sentences\\x07 well."'), path="description"),
    right=Example(qualification_type(description='"Rated sentences\\nwell."')),
    source=OURS,
    label="documented",
)
BLANK = Rule(
    "MT021",
    "blank-text",
    "error",
    "A text has nothing in it that can be seen.",
    "Spaces and characters without width are no name and no description to whoever reads them.",
    wrong=Example(hit_type(title='"\\u200b "'), path="title"),
    right=Example(hit_type()),
    source=OURS,
    label="documented",
)
LINE_BREAK = Rule(
    "MT022",
    "line-break",
    "warning",
    "A name or a title has a tab or a line end in it.",
    "It is shown on one line. What the service makes of it is not known.",
    wrong=Example(hit_type(title='"Rate sentences\\n"'), path="title"),
    right=Example(hit_type(title='"Rate sentences"')),
    source=OURS,
    label="guessed",
)
