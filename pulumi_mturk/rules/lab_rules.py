"""MT65x: the form of `mturk:require`, the rules of a lab. That one does not hold is MT590."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import OURS, requiring

_PROGRAM = requiring('country("US")')
_WHERE = '[{"id": "where", "locale": ["US"]}]'


def _rule(code: str, name: str, summary: str, explanation: str, wrong: str, path: str, right: str = _WHERE) -> Rule:
    return Rule(
        code,
        name,
        "error",
        summary,
        explanation,
        Example(_PROGRAM, path=path, configuration={"require": wrong}),
        Example(_PROGRAM, configuration={"require": right}),
        OURS,
        "documented",
        found_by="configuration",
    )


LAB_RULE_FORM = _rule(
    "MT650",
    "lab-rule-form",
    "mturk:require is no list of entries, or an entry has a member that there is not.",
    "An entry has an id and what must hold for every HIT type, list and block of the stack: without, approvalAtLeast, "
    "hitsAtLeast, locale (with actions), minimumHourlyPay with minutes, autoApprovalAtMostDays, "
    "costPerAssignmentAtMost, noMail, noBlocks, exclusionsNeverShrink; except names who need not keep it, and why.",
    '[{"id": "where", "country": ["US"]}]',
    "mturk:require[0]",
)
LAB_RULE_ID = _rule(
    "MT651",
    "lab-rule-id",
    "An entry of mturk:require has no id, or that of another entry.",
    "Reports name a rule by its id, and a change of a rule is told by it.",
    '[{"locale": ["US"]}]',
    "mturk:require[0].id",
)
LAB_RULE_VALUE = _rule(
    "MT652",
    "lab-rule-value",
    "A value of an entry of mturk:require can't be meant.",
    "Amounts are US dollars with two decimals, percentages whole numbers, days and minutes numbers above zero, "
    "countries codes of ISO 3166-1.",
    '[{"id": "where", "locale": ["UK"]}]',
    "mturk:require[0].locale",
)
LAB_RULE_ASKS_NOTHING = _rule(
    "MT653",
    "lab-rule-asks-nothing",
    "An entry of mturk:require asks for nothing, and would always hold.",
    "A name that is left behind, or actions without a demand on workers, would look like a rule that is kept.",
    '[{"id": "where", "except": {"pilot": "protocol 2026-14"}}]',
    "mturk:require[0]",
)
LAB_RULE_EXCEPTION = _rule(
    "MT654",
    "lab-rule-exception",
    "An exception of an entry of mturk:require has no reason.",
    "It is shown in each report, for whoever reviews a plan.",
    '[{"id": "where", "locale": ["US"], "except": {"pilot": ""}}]',
    "mturk:require[0].except",
    '[{"id": "where", "locale": ["US"], "except": {"pilot": "protocol 2026-14"}}]',
)
