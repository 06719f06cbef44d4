"""The limits of each input: what is taken at a bound, and what is refused beyond it. One table for two readers."""

from typing import Any

from tests.support.inputs import ANSWER_KEY, NO_TYPE, OTHER_WORKER, TEST, TESTED, WORKER

TYPE, HIT_TYPE, GRANT, BLOCK = "QualificationType", "HITType", "QualificationGrant", "WorkerBlock"
ROSTER = "QualificationRoster"
INT32, INT64 = 2**31 - 1, 2**63 - 1


def _test_of(size: int) -> dict[str, Any]:
    """A good test of so many bytes."""
    filled = TEST.replace("Two and two?", "x")
    return TESTED | {"test": filled.replace(">x<", f">{'x' * (size - len(filled) + 1)}<")}


def _rules(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"qualificationRequirements": list(rules)}


def _rule(name: str, comparator: str, **values: Any) -> dict[str, Any]:
    return {"qualificationTypeId": name, "comparator": comparator, **values}


HELD = _rule(NO_TYPE, "Exists")
RATE, COUNT, PLACE = "Worker_PercentAssignmentsApproved", "Worker_NumberHITsApproved", "Worker_Locale"
ADULT = "Worker_Adult"
SUBMITTED = "Worker_PercentAssignmentsSubmitted"

# (resource, members that are taken)
TAKEN: list[tuple[str, dict[str, Any]]] = [
    (TYPE, {"description": "x"}),
    (TYPE, {"description": "x" * 2000}),
    (TYPE, {"description": "é" * 2000}),
    (TYPE, {"name": "x"}),
    (TYPE, {"name": "x" * 1000}),  # no limit is documented: this is ours
    (TYPE, {"name": "\u200bx\u2800"}),
    (TYPE, {"name": "Rated\nwell"}),  # with a warning
    (TYPE, {"description": "Rated\n\twell.\r\n\U0001f600"}),
    (TYPE, {"keywords": "k" * 1000}),
    (TYPE, {"keywords": ["k" * 498, "k" * 500]}),
    (TYPE, {"keywords": ""}),
    (TYPE, {"qualificationTypeStatus": "Inactive"}),
    (TYPE, {"retryDelayInSeconds": 0}),
    (TYPE, {"retryDelayInSeconds": INT64}),
    (TYPE, {"retryDelayInSeconds": 3600.0}),
    (TYPE, TESTED | {"testDurationInSeconds": 1}),
    (TYPE, TESTED | {"testDurationInSeconds": INT64}),
    (TYPE, _test_of(65_535)),
    (TYPE, {"test": TEST, "testDurationInSeconds": 60}),
    (TYPE, TESTED | {"autoGranted": False}),
    (TYPE, TESTED | {"test": "<p/>", "validateQuestions": False}),
    (TYPE, {"autoGranted": True, "autoGrantedValue": INT32}),
    (TYPE, {"autoGranted": True, "autoGrantedValue": -(2**31)}),
    (HIT_TYPE, {"title": "x" * 128}),
    (HIT_TYPE, {"description": "x" * 2000}),
    (HIT_TYPE, {"keywords": "k" * 1000}),
    *[(HIT_TYPE, {"reward": reward}) for reward in ("0", "5", "5.", "0.1", "0.10", "00.10", " 0.10 ", 5)],
    (HIT_TYPE, {"assignmentDurationInSeconds": 30}),
    (HIT_TYPE, {"assignmentDurationInSeconds": 31_536_000}),
    (HIT_TYPE, {"autoApprovalDelayInSeconds": 0}),
    (HIT_TYPE, {"autoApprovalDelayInSeconds": 2_592_000}),
    (HIT_TYPE, _rules()),
    (HIT_TYPE, _rules(*[HELD] * 10)),
    (HIT_TYPE, _rules(_rule(NO_TYPE, "In", integerValues=list(range(15))))),
    (HIT_TYPE, _rules(_rule(NO_TYPE, "EqualTo", integerValues=[INT32]))),
    (HIT_TYPE, _rules(_rule(NO_TYPE, "EqualTo", integerValues=[-(2**31)]))),
    (HIT_TYPE, _rules(_rule(PLACE, "NotIn", localeValues=[{"country": "US"}] * 30))),
    (HIT_TYPE, _rules(_rule(PLACE, "EqualTo", localeValues=[{"country": "US", "subdivision": "CA"}]))),
    (HIT_TYPE, _rules(_rule(RATE, "GreaterThan", integerValues=[0]))),
    (HIT_TYPE, _rules(_rule(RATE, "LessThanOrEqualTo", integerValues=[100.0]))),
    (HIT_TYPE, _rules(_rule(SUBMITTED, "LessThanOrEqualTo", integerValues=[100]))),
    (HIT_TYPE, _rules(_rule(COUNT, "GreaterThan", integerValues=[0]))),
    (GRANT, {"workerId": "A1"}),
    (GRANT, {"workerId": "A" * 64}),
    (GRANT, {"qualificationTypeId": "3"}),
    (GRANT, {"qualificationTypeId": "3" * 64}),
    (GRANT, {"integerValue": INT32}),
    (GRANT, {"integerValue": -(2**31)}),
    (GRANT, {"revocationReason": ""}),
    (GRANT, {"revocationReason": "x" * 10_000}),
    (HIT_TYPE, {"reward": "0" * 30}),
    (HIT_TYPE, _rules(_rule(ADULT, "EqualTo", integerValues=[0]))),
    (HIT_TYPE, _rules(_rule(PLACE, "EqualTo", localeValues=[{"country": "XK"}]))),
    (ROSTER, {"workers": ""}),
    (ROSTER, {"workers": f"A1 {'A' * 64}"}),
    (ROSTER, {"workers": f"{WORKER}={INT32} {OTHER_WORKER}={-(2**31)}"}),
    (ROSTER, {"workers": f"{WORKER} {OTHER_WORKER} {WORKER}"}),
    (ROSTER, {"workers": f"{WORKER}=5 {OTHER_WORKER}"}),
    (ROSTER, {"workers": f">pilot%20wave.csv {WORKER}@17 {OTHER_WORKER}@19"}),
    (ROSTER, {"integerValue": INT32, "workers": WORKER}),
    (ROSTER, {"integerValue": -(2**31), "workers": WORKER}),
    (ROSTER, {"maxRemovals": 0}),
    (ROSTER, {"unknownWorkers": "skip", "exclusive": True}),
    (ROSTER, {"revocationReason": "The study is over."}),
    (BLOCK, {"workerId": "A" * 64}),
    (BLOCK, {"reason": "x"}),
    (BLOCK, {"reason": "x" * 10_000}),  # no limit is documented: this is ours
]

# (resource, members, path of what is refused, code of the rule, words)
REFUSED: list[tuple[str, dict[str, Any], str, str, str]] = [
    (TYPE, {"description": ""}, "description", "MT004", "must not be empty"),
    (TYPE, {"description": "x" * 2001}, "description", "MT004", "at most 2000 characters"),
    (TYPE, {"name": "x" * 1001}, "name", "MT004", "at most 1000 characters"),
    (TYPE, {"name": "x" * 10_000_000}, "name", "MT004", "at most 1000 characters"),
    (TYPE, {"namePrefix": "x" * 1001}, "namePrefix", "MT004", "at most 1000 characters"),
    *[
        (token, {member: text}, member, code, words)
        for token, member in (
            *((TYPE, "name"), (TYPE, "namePrefix"), (TYPE, "description"), (TYPE, "keywords")),
            *((HIT_TYPE, "title"), (HIT_TYPE, "description"), (HIT_TYPE, "keywords"), (BLOCK, "reason")),
            *((GRANT, "revocationReason"), (ROSTER, "revocationReason")),
        )
        for text, code, words in (
            ("x\x00", "MT020", "character 2 is the control character U+0000"),
            ("\x1b[31mx", "MT020", "U+001B"),
            ("x\x7f", "MT020", "U+007F"),
            ("x\x9b", "MT020", "U+009B"),
            ("x\ud800", "MT020", "half of a surrogate pair" if member != "keywords" else "U+D800"),
            ("\u200b", "MT021", "nothing in it that can be seen"),
            ("\u3164\u2060\ufe0f\u2800", "MT021", "nothing in it that can be seen"),
        )
    ],
    *[
        (token, {member: " \t\n\u00a0"}, member, "MT021", "nothing in it that can be seen")
        for token, member in (
            *((TYPE, "name"), (TYPE, "namePrefix"), (TYPE, "description"), (HIT_TYPE, "title")),
            *((HIT_TYPE, "description"), (BLOCK, "reason"), (GRANT, "revocationReason"), (ROSTER, "revocationReason")),
        )
    ],
    (GRANT, {"revocationReason": "x" * 10_001}, "revocationReason", "MT004", "at most 10000 characters"),
    (ROSTER, {"revocationReason": "x" * 10_001}, "revocationReason", "MT004", "at most 10000 characters"),
    (BLOCK, {"reason": "x" * 10_001}, "reason", "MT004", "at most 10000 characters"),
    *[
        (TYPE, {"retryDelayInSeconds": digits}, "retryDelayInSeconds", "MT005", "")
        for digits in (10**400, "9" * 1_000_000)
    ],
    *[
        (TYPE, {"retryDelayInSeconds": number}, "retryDelayInSeconds", "MT003", "")
        for number in (float("nan"), float("inf"), "NaN", "1e999999")
    ],
    (GRANT, {"integerValue": 10**400}, "integerValue", "MT005", "or less"),
    (ROSTER, {"maxRemovals": "9" * 1_000_000}, "maxRemovals", "MT005", ""),
    (ROSTER, {"workers": f"{WORKER}={'9' * 1_000_000}"}, "workers", "MT410", ""),
    (TYPE, {"name": ""}, "name", "MT004", "must not be empty"),
    (TYPE, {"namePrefix": ""}, "namePrefix", "MT004", "must not be empty"),
    (
        TYPE,
        {"keywords": "k" * 1001},
        "keywords",
        "MT007",
        "at most 1000 characters with commas and spaces; these are 1001",
    ),
    (TYPE, {"keywords": ["k" * 499, "k" * 500]}, "keywords", "MT007", "these are 1001"),
    (TYPE, {"keywords": {"k": 1}}, "keywords", "MT007", "write a list of words"),
    (TYPE, {"keywords": [1]}, "keywords", "MT007", "write a list of words"),
    (TYPE, {"qualificationTypeStatus": "active"}, "qualificationTypeStatus", "MT006", "'Active' or 'Inactive'"),
    (TYPE, {"qualificationTypeStatus": "Disposing"}, "qualificationTypeStatus", "MT006", "'Active' or 'Inactive'"),
    (TYPE, {"retryDelayInSeconds": -1}, "retryDelayInSeconds", "MT005", "must be 0 or more"),
    (TYPE, {"retryDelayInSeconds": INT64 + 1}, "retryDelayInSeconds", "MT005", "or less"),
    (TYPE, {"retryDelayInSeconds": 1.5}, "retryDelayInSeconds", "MT003", "must be a whole number"),
    (TYPE, TESTED | {"testDurationInSeconds": 0}, "testDurationInSeconds", "MT005", "must be more than 0"),
    (TYPE, {"test": TEST}, "testDurationInSeconds", "MT305", "is needed with a test"),
    (TYPE, _test_of(65_536), "test", "MT321", "65536 bytes"),
    (TYPE, {"answerKey": ANSWER_KEY}, "answerKey", "MT302", "there is none"),
    (TYPE, TESTED | {"autoGranted": True}, "autoGranted", "MT301", "can't be true with a test"),
    (TYPE, TESTED | {"test": "<p/>"}, "test", "MT322", "QuestionForm"),
    (TYPE, TESTED | {"answerKey": ANSWER_KEY.replace("q1", "q2")}, "answerKey", "MT346", "no question of this"),
    (TYPE, {"autoGranted": True, "autoGrantedValue": INT32 + 1}, "autoGrantedValue", "MT005", "or less"),
    (TYPE, {"autoGranted": True, "autoGrantedValue": -(2**31) - 1}, "autoGrantedValue", "MT005", "or more"),
    (HIT_TYPE, {"title": ""}, "title", "MT004", "must not be empty"),
    (HIT_TYPE, {"title": "x" * 129}, "title", "MT004", "at most 128 characters"),
    (HIT_TYPE, {"description": ""}, "description", "MT004", "must not be empty"),
    (HIT_TYPE, {"description": "x" * 2001}, "description", "MT004", "at most 2000 characters"),
    (HIT_TYPE, {"keywords": "k" * 1001}, "keywords", "MT007", "at most 1000 characters"),
    *[
        (HIT_TYPE, {"reward": reward}, "reward", "MT211", "US dollars with at most two decimals")
        for reward in (
            *("", ".20", "0.105", "1,000", "-1", "+1", "$1", "1e3", "1.2.3", "٣", "abc"),
            *("NaN", "Infinity", "1e999999", "9" * 1_000_000, "0" * 31, 10**400),
        )
    ],
    (HIT_TYPE, {"reward": 0.15}, "reward", "MT210", "a float has no exact cents"),
    (HIT_TYPE, {"assignmentDurationInSeconds": 29}, "assignmentDurationInSeconds", "MT005", "must be 30 or more"),
    (HIT_TYPE, {"assignmentDurationInSeconds": 31_536_001}, "assignmentDurationInSeconds", "MT005", "or less"),
    (HIT_TYPE, {"autoApprovalDelayInSeconds": -1}, "autoApprovalDelayInSeconds", "MT005", "must be 0 or more"),
    (HIT_TYPE, {"autoApprovalDelayInSeconds": 2_592_001}, "autoApprovalDelayInSeconds", "MT005", "or less"),
    (
        HIT_TYPE,
        {"qualificationRequirements": [{"qualificationTypeId": "Masters", "comparator": "Equals"}]},
        "qualificationRequirements[0].comparator",
        "MT112",
        "'EqualTo'",
    ),
    *[
        (HIT_TYPE, _rules(rule), f"qualificationRequirements[0].{path}", code, words)
        for rule, path, code, words in (
            (_rule(NO_TYPE, "In", integerValues=list(range(16))), "integerValues", "MT134", "at most 15"),
            (_rule(NO_TYPE, "In"), "integerValues", "MT135", "at least one value"),
            (_rule(NO_TYPE, "EqualTo", integerValues=[1, 2]), "integerValues", "MT133", "exactly one value"),
            (_rule(NO_TYPE, "Exists", integerValues=[1]), "integerValues", "MT132", "compares with no value"),
            (_rule(NO_TYPE, "EqualTo", integerValues=[INT32 + 1]), "integerValues[0]", "MT116", "beyond 32 bits"),
            (_rule(NO_TYPE, "EqualTo", integerValues=[-(2**31) - 1]), "integerValues[0]", "MT116", "beyond 32 bits"),
            (_rule(PLACE, "NotIn", localeValues=[{"country": "US"}] * 31), "localeValues", "MT134", "at most 30"),
            (
                _rule(PLACE, "EqualTo", localeValues=[{"country": "UK"}]),
                "localeValues[0].country",
                "MT122",
                "write 'GB'",
            ),
            (
                _rule(PLACE, "EqualTo", localeValues=[{"country": "CA", "subdivision": "QC"}]),
                "localeValues[0].subdivision",
                "MT124",
                "only the US has subdivisions",
            ),
            (_rule(PLACE, "Exists"), "comparator", "MT129", "does not go with a location"),
            (_rule(RATE, "LessThan", integerValues=[101]), "integerValues[0]", "MT117", "a percentage, 0 to 100"),
            (_rule(RATE, "LessThan", integerValues=[-1]), "integerValues[0]", "MT117", "a percentage, 0 to 100"),
            (_rule(SUBMITTED, "LessThan", integerValues=[101]), "integerValues[0]", "MT117", "a percentage, 0 to 100"),
            *[
                (_rule(ADULT, comparator, integerValues=[0, wrong][-most:]), f"integerValues[{most - 1}]", "MT148", "")
                for comparator, most in (("EqualTo", 1), ("GreaterThan", 1), ("In", 2))
                for wrong in (2, -1, INT32)
            ],
            (_rule("x\x1b", "Exists"), "qualificationTypeId", "MT020", "U+001B"),
            (_rule(COUNT, "GreaterThan", integerValues=[-1]), "integerValues[0]", "MT118", "is never below 0"),
            (_rule("Masters", "EqualTo", integerValues=[1]), "comparator", "MT137", "Masters has no value"),
        )
    ],
    (HIT_TYPE, _rules(*[HELD] * 11), "qualificationRequirements", "MT202", "at most 10 are allowed"),
    *[
        (token, {"workerId": worker}, "workerId", "MT401", "a capital A followed by capital letters and digits")
        for token in (GRANT, BLOCK)
        for worker in ("", "A", "a1example", "B1EXAMPLE", "A1-EXAMPLE", "A1EXAMPLE ", "A1EXAMPLE\n", "A" * 65)
    ],
    *[
        (
            GRANT,
            {"qualificationTypeId": identifier},
            "qualificationTypeId",
            "MT402",
            "capital letters and digits alone, 1 to 64",
        )
        for identifier in ("", "abc", "3A-B", "3AB ", "3AB\n", "3" * 65)
    ],
    (GRANT, {"integerValue": INT32 + 1}, "integerValue", "MT005", "or less"),
    (GRANT, {"integerValue": -(2**31) - 1}, "integerValue", "MT005", "or more"),
    (GRANT, {"integerValue": 2.5}, "integerValue", "MT003", "must be a whole number"),
    (GRANT, {"revocationReason": f"Thank you, {WORKER}."}, "revocationReason", "MT702", "holds the worker's id"),
    *[
        (ROSTER, {"workers": f"{OTHER_WORKER} {entry}"}, "workers", "MT410", "no worker id at position 2 of the list")
        for entry in ("A", "a1example", "B1EXAMPLE", "A1-EXAMPLE", f"{WORKER},", "A" * 65, "?", f"{WORKER}=1.5")
    ],
    *[
        (
            ROSTER,
            {"workers": f"{WORKER}={score}"},
            "workers",
            "MT411",
            "no whole number of 32 bits at position 1 of the list",
        )
        for score in ("?", INT32 + 1, -(2**31) - 1)
    ],
    (ROSTER, {"workers": f"{WORKER}=1 {OTHER_WORKER} {WORKER}=2"}, "workers", "MT412", "two scores at positions 1, 3"),
    (
        ROSTER,
        {"workers": f">pilot.csv {WORKER}=1@5 {WORKER}=2@9"},
        "workers",
        "MT412",
        "two scores at lines 5, 9 of pilot.csv",
    ),
    (
        ROSTER,
        {"qualificationTypeId": "3A-B"},
        "qualificationTypeId",
        "MT402",
        "capital letters and digits alone, 1 to 64",
    ),
    (ROSTER, {"integerValue": INT32 + 1}, "integerValue", "MT005", "or less"),
    (ROSTER, {"integerValue": -(2**31) - 1}, "integerValue", "MT005", "or more"),
    (ROSTER, {"exclusive": "maybe"}, "exclusive", "MT003", "must be true or false"),
    (ROSTER, {"unknownWorkers": "ignore"}, "unknownWorkers", "MT006", "'fail' or 'skip'"),
    (ROSTER, {"maxRemovals": -1}, "maxRemovals", "MT005", "must be 0 or more"),
    (ROSTER, {"revocationReason": f"Thank you, {WORKER}."}, "revocationReason", "MT702", "holds a worker's id"),
    (BLOCK, {"reason": ""}, "reason", "MT004", "must not be empty"),
]
