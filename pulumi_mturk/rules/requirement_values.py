"""MT114 to MT149: the numbers and places of a qualification requirement."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import LOCALE, QUALIFICATION_REQUIREMENT, requiring

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
