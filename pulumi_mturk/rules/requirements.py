"""MT1xx: one requirement, as it stands alone."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import GUIDE_ELIGIBILITY, LOCALE, OURS, QUALIFICATION_REQUIREMENT, hit_type, requiring


def _adult(requirement: str) -> str:
    return hit_type(title='"Sort pictures (adult content)"', qualification_requirements=f"[{requirement}]")


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
NUMBERS_NOT_A_LIST = Rule(
    "MT114",
    "numbers-not-a-list",
    "error",
    "The whole numbers of a requirement are no list.",
    "One value is a list of one, too.",
    wrong=Example('mturk.QualificationRequirement("3EXAMPLE", "EqualTo", 1)', path="integerValues"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "EqualTo", [1])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
NOT_A_WHOLE_NUMBER = Rule(
    "MT115",
    "not-a-whole-number",
    "error",
    "A value that a requirement compares with is no whole number.",
    "Scores and rates are whole numbers; a text with digits is none, and a truth value neither.",
    wrong=Example('mturk.QualificationRequirement("3EXAMPLE", "EqualTo", ["85"])', path="integerValues[0]"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "EqualTo", [85])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
BEYOND_32_BITS = Rule(
    "MT116",
    "beyond-32-bits",
    "error",
    "A value that a requirement compares with does not fit into 32 bits.",
    "The API's Integer is 32 bits wide in every SDK but boto3's, which sends larger ones unchecked.",
    wrong=Example('mturk.QualificationRequirement("3EXAMPLE", "EqualTo", [3_000_000_000])', path="integerValues[0]"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "EqualTo", [2_000_000_000])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
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
LOCALES_NOT_A_LIST = Rule(
    "MT119",
    "locales-not-a-list",
    "error",
    "The locales of a requirement are no list.",
    "One locale is a list of one, too.",
    wrong=Example(
        'mturk.QualificationRequirement("Worker_Locale", "EqualTo", locale_values="US")', path="localeValues"
    ),
    right=Example('mturk.QualificationRequirement("Worker_Locale", "EqualTo", locale_values=[mturk.Locale("US")])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
NOT_A_LOCALE = Rule(
    "MT120",
    "not-a-locale",
    "error",
    "What stands among the locales is no locale.",
    "A locale is Locale('US'), Locale('US', 'CA'), or a dict with country and subdivision.",
    wrong=Example(
        'mturk.QualificationRequirement("Worker_Locale", "EqualTo", locale_values=["US"])', path="localeValues[0]"
    ),
    right=Example('mturk.QualificationRequirement("Worker_Locale", "EqualTo", locale_values=[mturk.Locale("US")])'),
    source=LOCALE,
    label="documented",
)
NO_COUNTRY = Rule(
    "MT121",
    "no-country",
    "error",
    "A locale has no country.",
    "A subdivision alone says nothing: the country is required.",
    wrong=Example(
        'mturk.QualificationRequirement("Worker_Locale", "EqualTo", locale_values=[{"subdivision": "CA"}])',
        path="localeValues[0].country",
    ),
    right=Example('locale("US-CA")'),
    source=LOCALE,
    label="documented",
)
UNKNOWN_COUNTRY = Rule(
    "MT122",
    "unknown-country",
    "error",
    "The country is no code of ISO 3166-1.",
    "Two capital letters: GB and not UK, GR and not EL.",
    wrong=Example('country("UK")', path="country"),
    right=Example('country("GB")'),
    source=LOCALE,
    label="documented",
)
UNKNOWN_SUBDIVISION = Rule(
    "MT123",
    "unknown-subdivision",
    "error",
    "The subdivision is no code of ISO 3166-2 for the United States.",
    "Two capital letters after US-.",
    wrong=Example('locale("US-XX")', path="subdivision"),
    right=Example('locale("US-CA")'),
    source=LOCALE,
    label="documented",
)
SUBDIVISION_OUTSIDE_US = Rule(
    "MT124",
    "subdivision-outside-us",
    "error",
    "Only the United States have subdivisions in Mechanical Turk.",
    "The place of a worker in any other country is known by the country alone.",
    wrong=Example('locale("CA-ON")', path="subdivision"),
    right=Example('locale("CA")'),
    source=LOCALE,
    label="documented",
)
PLACE_WITH_TWO_CODES = Rule(
    "MT125",
    "place-with-two-codes",
    "warning",
    "The place has a country code and a code as a subdivision of the US.",
    "ISO 3166 lists Puerto Rico, Guam, the Virgin Islands and others twice; which of the two Mechanical Turk stores is "
    "not known. Naming both is right in either case.",
    wrong=Example(requiring('country("PR")'), path="qualificationRequirements[0].localeValues[0]"),
    right=Example(requiring('locale("PR", "US-PR")')),
    source="ISO 3166-1 and ISO 3166-2:US",
    label="guessed",
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
NUMBERS_AND_LOCALES = Rule(
    "MT127",
    "numbers-and-locales",
    "error",
    "A requirement has whole numbers and locales.",
    "A qualification has values of one kind only.",
    wrong=Example(
        'kind = mturk.QualificationType("tier", description="Rated sentences well.")\n'
        'mturk.QualificationRequirement(kind, "In", [1], locale_values=[mturk.Locale("US")])'
    ),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "In", [1])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
LOCATION_WITH_NUMBERS = Rule(
    "MT128",
    "location-with-numbers",
    "error",
    "A location is compared with whole numbers.",
    "Worker_Locale is compared with locale_values.",
    wrong=Example('mturk.QualificationRequirement("Worker_Locale", "EqualTo", [1])', path="integerValues"),
    right=Example('country("US")'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
COMPARATOR_FOR_LOCATIONS = Rule(
    "MT129",
    "comparator-for-locations",
    "error",
    "The comparator does not go with locations.",
    "A location is equal to another or not, or in a list of them or not: EqualTo, NotEqualTo, In, NotIn.",
    wrong=Example(
        'mturk.QualificationRequirement("Worker_Locale", "GreaterThan", locale_values=[mturk.Locale("US")])',
        path="comparator",
    ),
    right=Example('country("US")'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
LOCALES_FOR_OTHER_TYPE = Rule(
    "MT131",
    "locales-for-other-type",
    "error",
    "Another type than Worker_Locale, or an order, is compared with locales.",
    "Only Worker_Locale has locales as values; LessThan and the like compare whole numbers.",
    wrong=Example(
        'mturk.QualificationRequirement("3EXAMPLE", "In", locale_values=[mturk.Locale("US")])', path="localeValues"
    ),
    right=Example('mturk.QualificationRequirement("Worker_Locale", "In", locale_values=[mturk.Locale("US")])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
VALUE_WITHOUT_USE = Rule(
    "MT132",
    "value-without-use",
    "error",
    "Exists and DoesNotExist compare with no value.",
    "The service refuses values beside them.",
    wrong=Example('mturk.QualificationRequirement("3EXAMPLE", "Exists", [1])', path="integerValues"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "Exists")'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
ONE_VALUE_ONLY = Rule(
    "MT133",
    "one-value-only",
    "error",
    "The comparator takes exactly one value.",
    "Several values go with In and NotIn.",
    wrong=Example('mturk.QualificationRequirement("3EXAMPLE", "EqualTo", [1, 2])', path="integerValues"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "In", [1, 2])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
TOO_MANY_VALUES = Rule(
    "MT134",
    "too-many-values",
    "error",
    "A requirement has more values than the API takes.",
    "At most 15 whole numbers, or 30 locales. Requirements hold together, so a long list of states may be put as the "
    "country and NotIn with the states to leave out.",
    wrong=Example('mturk.QualificationRequirement("3EXAMPLE", "In", list(range(16)))', path="integerValues"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "LessThan", [16])'),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
NO_VALUE = Rule(
    "MT135",
    "no-value",
    "error",
    "The comparator needs a value, and none is given.",
    "A comparison takes exactly one value, In and NotIn at least one.",
    wrong=Example('mturk.QualificationRequirement("3EXAMPLE", "GreaterThan")', path="integerValues"),
    right=Example('mturk.QualificationRequirement("3EXAMPLE", "GreaterThan", [80])'),
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
USER_ASSIGNED_COUNTRY = Rule(
    "MT149",
    "user-assigned-country",
    "warning",
    "XK, for Kosovo, is in wide use and no code of ISO 3166-1.",
    "ISO 3166 leaves it to its users. Whether Mechanical Turk takes it is not known.",
    wrong=Example(requiring('country("XK")'), path="qualificationRequirements[0].localeValues[0].country"),
    right=Example(requiring('country("AL")')),
    source=LOCALE,
    label="guessed",
)
