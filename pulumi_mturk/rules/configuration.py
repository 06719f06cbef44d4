"""MT6xx: a stack's configuration, and the place that a stack is pinned to."""

from pulumi_mturk.common.diagnostics import Example, FoundBy, Label, Rule, Severity
from pulumi_mturk.rules.programs import OURS, hit_type, qualification_type, requiring

_TIER = qualification_type()
_RATE = requiring("approval(at_least=98)")
_ACCEPTED = '[{"code": "MT204", "resource": "task", "reason": "pilot, protocol 2026-14"}]'
_ACCEPTING = Example(_RATE, configuration={"accept": _ACCEPTED}, along_with=("MT204",))


def _rule(
    code: str,
    name: str,
    severity: Severity,
    summary: str,
    explanation: str,
    wrong: Example,
    right: Example,
    source: str = OURS,
    label: Label = "documented",
    found_by: FoundBy = "configuration",
) -> Rule:
    return Rule(code, name, severity, summary, explanation, wrong, right, source, label, found_by=found_by)


def _accepting(text: str, path: str = "mturk:accept", program: str = _RATE) -> Example:
    return Example(program, path=path, configuration={"accept": text})


UNKNOWN_KEY = _rule(
    "MT601",
    "unknown-key",
    "error",
    "There is no such configuration key.",
    "A misspelt key would leave its default in force.",
    Example(_TIER, path="mturk:endpointURL", configuration={"endpointURL": "https://panel.example.org"}),
    Example(_TIER, configuration={"environment": "local"}),
)
LIST_OF_A_KEY = _rule(
    "MT602",
    "list-of-a-key",
    "error",
    "The value is no list.",
    'A list is JSON, ["one", "two"], or has commas: one,two. `pulumi config set --path` writes it.',
    Example(_TIER, path="mturk:formerEndpoints", configuration={"formerEndpoints": '["old.example.org"'}),
    Example(_TIER, configuration={"formerEndpoints": '["old.example.org"]'}),
)
ACCOUNT_ID = _rule(
    "MT603",
    "account-id",
    "error",
    "The value is no id of an AWS account.",
    "It has 12 digits.",
    Example(_TIER, path="mturk:allowedAccountIds", configuration={"allowedAccountIds": "1111-2222-3333"}),
    Example(_TIER, configuration={"allowedAccountIds": "111122223333"}),
    source="AWS Account Management reference guide",
)
ENDPOINT_ADDRESS = _rule(
    "MT604",
    "endpoint-address",
    "error",
    "The address of the endpoint is not whole.",
    "It begins with http:// or https://.",
    Example(_TIER, path="mturk:endpointUrl", configuration={"endpointUrl": "panel.example.org"}),
    Example(_TIER),
)
ENDPOINT_WITH_PASSWORD = _rule(
    "MT605",
    "endpoint-with-password",
    "error",
    "The address of the endpoint holds a user name or a password.",
    "The address is shown in plans and errors. Credentials come from boto3's own chain.",
    Example(_TIER, path="mturk:endpointUrl", configuration={"endpointUrl": "https://ann:word@panel.example.org"}),
    Example(_TIER),
)
ACCOUNT_NOT_ALLOWED = _rule(
    "MT606",
    "account-not-allowed",
    "error",
    "The credentials belong to an AWS account that mturk:allowedAccountIds does not name.",
    "STS is asked before the first call where the endpoint is Amazon's.",
    Example(
        _TIER,
        configuration={"environment": "sandbox", "allowedAccountIds": "111122223333"},
        note="STS says 444455556666",
    ),
    Example(
        _TIER,
        configuration={"environment": "sandbox", "allowedAccountIds": "444455556666"},
        note="STS says 444455556666",
    ),
    found_by="run",
)
NO_SUCH_PROFILE = _rule(
    "MT607",
    "no-such-profile",
    "error",
    "There is no AWS profile of that name.",
    "mturk:profile names it, or the variable that the message tells. Profiles are in the shared configuration and "
    "credentials files of AWS. local needs none, and passes over it.",
    Example(
        _TIER,
        path="mturk:profile",
        configuration={"environment": "sandbox", "profile": "no-such-profile"},
        along_with=("MT612",),
    ),
    Example(_TIER, configuration={"profile": "no-such-profile"}),
    source="boto3",
    found_by="run",
)
NOT_CONFIGURED = _rule(
    "MT608",
    "not-configured",
    "error",
    "The provider was not configured.",
    "Pulumi configures a provider before it uses it; without that nothing is known of where to work.",
    Example(_TIER, note="the engine asks before it configures"),
    Example(_TIER),
)
AWS_VARIABLE_AT_FAULT = _rule(
    "MT609",
    "aws-variable-at-fault",
    "error",
    "An environment variable that boto3 goes by makes every call fail.",
    "A bundle of certificates that is not there, a proxy whose address is none, a file of AWS's that can't be read, an "
    "endpoint of another kind. local goes by none of them.",
    Example(
        _TIER,
        path="AWS_CA_BUNDLE",
        configuration={"environment": "sandbox", "operationTimeoutSeconds": "60"},
        note="AWS_CA_BUNDLE names no file",
    ),
    Example(_TIER, note="AWS_CA_BUNDLE names no file"),
    source="boto3",
    label="observed",
    found_by="run",
)
OTHER_ENDPOINT_VARIABLE = _rule(
    "MT610",
    "other-endpoint-variable",
    "warning",
    "An environment variable names another endpoint, and is not used.",
    "mturk:environment and mturk:endpointUrl say where requests go: the same for everybody who runs the stack.",
    Example(_TIER, path="AWS_ENDPOINT_URL", note="AWS_ENDPOINT_URL is set"),
    Example(_TIER),
)
LOCAL_MARKETPLACE = _rule(
    "MT611",
    "local-marketplace",
    "info",
    "All of this happens in a marketplace of your own, and no worker sees it.",
    "mturk:environment is local. A team's own panel is production with its endpointUrl.",
    Example(_TIER, path="mturk:environment"),
    Example(_TIER, configuration={"environment": "production"}),
)
AWS_VARIABLE = _rule(
    "MT612",
    "aws-variable",
    "warning",
    "An environment variable or profile for AWS points to nothing, or can't be used.",
    "It is told at preview, which makes no call and so does not fail by it. A file that is not there is passed over by "
    "boto3, which may then find no credentials.",
    Example(
        _TIER,
        path="AWS_CONFIG_FILE",
        configuration={"environment": "sandbox"},
        note="AWS_CONFIG_FILE names no file",
    ),
    Example(_TIER, note="AWS_CONFIG_FILE names no file"),
    source="boto3",
    label="observed",
)
CREDENTIALS_FORM = _rule(
    "MT613",
    "credentials-form",
    "error",
    "An access key, a secret key or a session token holds what no header can.",
    "A line break or a blank at its end is easily copied along, and a credentials file may be in another encoding. The "
    "value is not shown. local sends no credentials.",
    Example(
        _TIER,
        path="AWS_ACCESS_KEY_ID",
        configuration={"environment": "sandbox", "operationTimeoutSeconds": "90"},
        note="the variable ends with a line break",
    ),
    Example(_TIER, note="the variable ends with a line break"),
    source="boto3",
    label="observed",
    found_by="run",
)
FEE_SCHEDULE = _rule(
    "MT614",
    "fee-schedule",
    "error",
    "mturk:feeSchedule is no schedule of fees.",
    "amazon-2015 is what Amazon charged from July 2015 to September 2026, none reckons no fees, and a .yaml or .json "
    "file says what another endpoint charges: version: 1, label, source, and shares such as reward: 0.15.",
    Example(_TIER, path="mturk:feeSchedule", configuration={"feeSchedule": "amazon-2025"}),
    Example(_TIER, configuration={"feeSchedule": "amazon-2015"}),
)
LEAVES_A_TEST = _rule(
    "MT615",
    "leaves-a-test",
    "error",
    "In a test of a program, a provider leads elsewhere than to this machine.",
    "mturk_stack configures the stack for the marketplace of the test. An explicit provider has a configuration of its "
    "own, and a test must not change an account.",
    Example(_TIER, path="mturk:environment", configuration={"environment": "sandbox"}, note="mturk_stack runs it"),
    Example(_TIER, configuration={"environment": "local"}, note="mturk_stack runs it"),
)
TYPE_OF_ANOTHER_PLACE = _rule(
    "MT623",
    "type-of-another-place",
    "error",
    "A resource refers to a qualification type that goes by a provider of another place.",
    "A type is known in the account, environment and endpoint where it was made. Where a program has two providers, "
    "one resource without its provider= is the usual reason.",
    Example(
        'lab = mturk.Provider("lab", environment="local", local_database="lab.db")\n'
        + qualification_type(variable="tier", opts="pulumi.ResourceOptions(provider=lab)")
        + "\n"
        + requiring("holds(tier)"),
        path="qualificationRequirements[0].qualificationTypeId",
    ),
    Example(qualification_type(variable="tier") + "\n" + requiring("holds(tier)")),
    found_by="program",
)
TYPE_OF_ANOTHER_PROFILE = _rule(
    "MT624",
    "type-of-another-profile",
    "warning",
    "A resource refers to a qualification type that goes by a provider with another AWS profile.",
    "Two profiles are of two accounts as a rule, and a type is known in its own account alone. Profiles of one account "
    "can be accepted.",
    Example(
        'one = mturk.Provider("one", environment="sandbox", profile="one")\n'
        'two = mturk.Provider("two", environment="sandbox", profile="two")\n'
        + qualification_type(variable="tier", opts="pulumi.ResourceOptions(provider=one)")
        + "\n"
        + hit_type(qualification_requirements="[holds(tier)]", opts="pulumi.ResourceOptions(provider=two)"),
        path="qualificationRequirements[0].qualificationTypeId",
    ),
    Example(qualification_type(variable="tier") + "\n" + requiring("holds(tier)")),
    found_by="program",
)
ANOTHER_PLACE = _rule(
    "MT620",
    "another-place",
    "error",
    "The resource was made in another environment or at another endpoint than the configuration means.",
    "Otherwise the plan would say that nothing changes, and the next refresh would empty the stack. Nothing is called.",
    Example(_TIER, before=_TIER, configuration={"environment": "sandbox"}, earlier={}, note="the run before was local"),
    Example(_TIER, before=_TIER),
    found_by="check",
)
DATABASE_LOST = _rule(
    "MT621",
    "database-lost",
    "error",
    "The database that the stack was made with is not there.",
    "A new one would be empty, and the next refresh would empty the stack.",
    Example(
        _TIER,
        before=_TIER,
        path="mturk:localDatabase",
        configuration={"localDatabase": "elsewhere.db"},
        earlier={},
        note="the run before had another file",
    ),
    Example(_TIER, before=_TIER),
    found_by="check",
)
DATABASE_UNUSABLE = _rule(
    "MT622",
    "database-unusable",
    "error",
    "The file of mturk:localDatabase can't be used.",
    "It is no database of the marketplace, is of a newer version, or can't be opened.",
    Example(
        'Path("notes.txt").write_text("Not a database at all, but a text.")\n' + _TIER,
        path="mturk:localDatabase",
        configuration={"localDatabase": "notes.txt"},
    ),
    Example(_TIER),
    found_by="check",
)
ACCEPT_FORM = _rule(
    "MT630",
    "accept-form",
    "error",
    "mturk:accept is no list of entries with code, resource, reason and until.",
    "code and reason are needed; resource is a resource's name, or left out for all; until is the last day.",
    _accepting('[{"code": "MT204", "reason": "pilot", "who": "the lab"}]', "mturk:accept[0]"),
    _ACCEPTING,
)
ACCEPT_CODE = _rule(
    "MT631",
    "accept-code",
    "error",
    "The code of an entry of mturk:accept is no rule of today.",
    "It is misspelt, or retired. `pulumi-mturk explain --all` lists the rules.",
    _accepting('[{"code": "MT2O4", "reason": "pilot"}]', "mturk:accept[0].code"),
    _ACCEPTING,
)
ACCEPT_REFUSED = _rule(
    "MT632",
    "accept-refused",
    "error",
    "The rule can't be accepted.",
    "Only warnings can, and none about people's privacy. An information needs no acceptance.",
    _accepting('[{"code": "MT202", "reason": "pilot"}]', "mturk:accept[0].code", _TIER),
    _ACCEPTING,
)
ACCEPT_REASON = _rule(
    "MT633",
    "accept-reason",
    "error",
    "An entry of mturk:accept has no reason.",
    "Whoever reviews a plan reads it beside the finding.",
    _accepting('[{"code": "MT204", "reason": " "}]', "mturk:accept[0].reason"),
    _ACCEPTING,
)
ACCEPT_UNTIL = _rule(
    "MT634",
    "accept-until",
    "error",
    "The last day of an entry of mturk:accept is no day.",
    "2026-12-01, inclusive and in UTC.",
    _accepting('[{"code": "MT204", "reason": "pilot", "until": "next week"}]', "mturk:accept[0].until"),
    Example(
        _RATE,
        configuration={"accept": '[{"code": "MT204", "reason": "pilot", "until": "2126-12-01"}]'},
        along_with=("MT204",),
    ),
)
ACCEPT_UNUSED = _rule(
    "MT635",
    "accept-unused",
    "warning",
    "An entry of mturk:accept names a resource for which its rule found nothing.",
    "It can be removed. It is told only where all inputs were known; an entry without a resource is not told.",
    _accepting(_ACCEPTED, "mturk:accept[0]", requiring("approval(at_least=98, hits=100)")),
    _ACCEPTING,
    found_by="check",
)
NOTHING_TO_LOOK_UP = _rule(
    "MT640",
    "nothing-to-look-up",
    "error",
    "What a program looks up is not there.",
    "`get` reads what exists in the environment of the stack; it makes nothing.",
    Example('mturk.QualificationType.get("past", "3EXAMPLE")'),
    Example(_TIER),
    found_by="run",
)
STILL_UNKNOWN = _rule(
    "MT641",
    "still-unknown",
    "error",
    "A value is still unknown when the resource is to be made.",
    "Every Output has a value by then; please report it.",
    Example(_TIER, note="the engine hands over an unknown value"),
    Example(_TIER),
    found_by="run",
)
