"""MT101 to MT147: the form of a qualification requirement, and arguments of helpers."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import OURS, QUALIFICATION_REQUIREMENT, requiring

NOT_A_REQUIREMENT = Rule(
    "MT101",
    "not-a-requirement",
    "error",
    "An element of a list of requirements is no requirement.",
    "A requirement is a QualificationRequirement, what a helper of pulumi_mturk.eligibility returns, or a dict of "
    "members of the API. An exclusion is given by its .requirement.",
    wrong=Example(requiring('"Masters"'), path="qualificationRequirements[0]"),
    right=Example(requiring("masters()")),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
UNKNOWN_MEMBER = Rule(
    "MT102",
    "unknown-member",
    "error",
    "A requirement or a locale has a member that the API does not know.",
    "The service would drop it silently, and with it the rule. Members are written in snake_case, in camelCase or as "
    "boto3 has them.",
    wrong=Example(
        requiring('{"QualificationTypeId": "3EXAMPLE", "Comparator": "EqualTo", "IntegerValue": 1}'),
        path="qualificationRequirements[0].IntegerValue",
    ),
    right=Example(requiring('{"QualificationTypeId": "3EXAMPLE", "Comparator": "EqualTo", "IntegerValues": [1]}')),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
MEMBER_TWICE = Rule(
    "MT103",
    "member-twice",
    "error",
    "A requirement or a locale has one member in two spellings.",
    "Which of the two is meant can't be told.",
    wrong=Example(
        requiring('{"QualificationTypeId": "3EXAMPLE", "Comparator": "Exists", "comparator": "DoesNotExist"}'),
        path="qualificationRequirements[0].comparator",
    ),
    right=Example(requiring('{"QualificationTypeId": "3EXAMPLE", "Comparator": "Exists"}')),
    source=OURS,
    label="documented",
)
REQUIRED_TO_PREVIEW = Rule(
    "MT104",
    "required-to-preview",
    "error",
    "RequiredToPreview is deprecated, and stands alone or contradicts ActionsGuarded.",
    "ActionsGuarded says the same and more. RequiredToPreview true is ActionsGuarded PreviewAndAccept.",
    wrong=Example(
        requiring('{"QualificationTypeId": "3EXAMPLE", "Comparator": "Exists", "RequiredToPreview": True}'),
        path="qualificationRequirements[0].RequiredToPreview",
    ),
    right=Example(
        requiring('{"QualificationTypeId": "3EXAMPLE", "Comparator": "Exists", "ActionsGuarded": "PreviewAndAccept"}')
    ),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
NO_TYPE = Rule(
    "MT105",
    "no-type",
    "error",
    "A requirement names no qualification type.",
    "Give a QualificationType, an exclusion, an id, or the name of a system type such as Worker_Locale.",
    wrong=Example('mturk.QualificationRequirement(None, "Exists")', path="qualificationTypeId"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "Exists")'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
TYPE_OF_ANOTHER_KIND = Rule(
    "MT106",
    "type-of-another-kind",
    "error",
    "What stands for the qualification type is neither a type nor an id.",
    "An id is a text; a number loses its leading zeros.",
    wrong=Example('mturk.QualificationRequirement(71, "Exists")', path="qualificationTypeId"),
    right=Example(
        'mturk.QualificationRequirement("00000000000000000071", "EqualTo", locale_values=[{"country": "US"}])'
    ),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
TYPE_ID_LENGTH = Rule(
    "MT107",
    "type-id-length",
    "error",
    "The id of a qualification type is empty or longer than 255 bytes.",
    "The service model takes 1 to 64 characters for ids of one's own types, and up to 255 bytes were accepted here.",
    wrong=Example('mturk.QualificationRequirement("", "Exists")', path="qualificationTypeId"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "Exists")'),
    source=QUALIFICATION_REQUIREMENT,
    label="observed",
)
NO_COMPARATOR = Rule(
    "MT111",
    "no-comparator",
    "error",
    "A requirement has no comparator.",
    "The API has no default for it.",
    wrong=Example(requiring('{"QualificationTypeId": "3EXAMPLE"}'), path="qualificationRequirements[0].comparator"),
    right=Example(requiring('{"QualificationTypeId": "3EXAMPLE", "Comparator": "Exists"}')),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
UNKNOWN_COMPARATOR = Rule(
    "MT112",
    "unknown-comparator",
    "error",
    "The comparator is none of the API's ten.",
    "LessThan, LessThanOrEqualTo, GreaterThan, GreaterThanOrEqualTo, EqualTo, NotEqualTo, Exists, DoesNotExist, In and "
    "NotIn, in this spelling.",
    wrong=Example('mturk.QualificationRequirement("3EXAMPLE", "Equals", [1])', path="comparator"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "EqualTo", [1])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
UNKNOWN_ACTIONS = Rule(
    "MT113",
    "unknown-actions",
    "error",
    "What a requirement guards is none of the API's three.",
    "Accept (the default), PreviewAndAccept and DiscoverPreviewAndAccept, in this spelling.",
    wrong=Example('masters(actions_guarded="Preview")', path="actions_guarded"),
    right=Example('masters(actions_guarded="PreviewAndAccept")'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
MARKER_NOT_A_TRUTH_VALUE = Rule(
    "MT126",
    "marker-not-a-truth-value",
    "error",
    "production_only is neither true nor false.",
    "It says whether the requirement is sent in production alone.",
    wrong=Example('mturk.QualificationRequirement("Masters", "Exists", production_only="yes")', path="productionOnly"),
    right=Example("production_only(masters())"),
    source=OURS,
    label="documented",
)
SCORE_WITHOUT_BOUND = Rule(
    "MT141",
    "score-without-bound",
    "error",
    "score() is called without a bound.",
    "Who holds the type, whatever the score, is holds(type).",
    wrong=Example('score("3EXAMPLE")'),
    right=Example('score("3EXAMPLE", at_least=80)'),
    source=OURS,
    label="documented",
    found_by="program",
)
MARKED_OUTPUT = Rule(
    "MT142",
    "marked-output",
    "error",
    "production_only() is given an Output.",
    "It marks a requirement, which must be there when the program runs. The values in it may be Outputs.",
    wrong=Example('production_only(pulumi.Output.from_input({"QualificationTypeId": "3EXAMPLE"}))'),
    right=Example("production_only(masters())"),
    source=OURS,
    label="documented",
    found_by="program",
)
NO_TEXT_FOR_LOCALE = Rule(
    "MT143",
    "no-text-for-locale",
    "error",
    "locale() is given something else than a text or a Locale.",
    "A place is written as 'US', 'US-CA', or Locale('US', 'CA').",
    wrong=Example('locale(["US", "GB"])', path=""),
    right=Example('locale("US", "GB")'),
    source=OURS,
    label="documented",
    found_by="program",
)
NO_SCORE_WITHIN = Rule(
    "MT145",
    "no-score-within",
    "error",
    "score() has bounds that no score is within.",
    "at_least includes its score, below does not.",
    wrong=Example('score("3EXAMPLE", at_least=90, below=50)', path="below"),
    right=Example('score("3EXAMPLE", at_least=50, below=90)'),
    source=OURS,
    label="documented",
    found_by="program",
)
PREVIEW_SAID_TWICE = Rule(
    "MT147",
    "preview-said-twice",
    "warning",
    "RequiredToPreview stands beside an ActionsGuarded that it agrees with.",
    "Only ActionsGuarded is sent. Published programs write both; the older one can be left out.",
    wrong=Example(
        requiring(
            '{"QualificationTypeId": "3EXAMPLE", "Comparator": "Exists", "ActionsGuarded": "PreviewAndAccept", '
            '"RequiredToPreview": True}'
        ),
        path="qualificationRequirements[0].RequiredToPreview",
    ),
    right=Example(
        requiring('{"QualificationTypeId": "3EXAMPLE", "Comparator": "Exists", "ActionsGuarded": "PreviewAndAccept"}')
    ),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="program",
)
