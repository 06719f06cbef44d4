"""MT41x to MT43x: lists of workers."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import (
    GRANTS,
    OURS,
    answer_key,
    call,
    choice,
    form,
    qualification_type,
    question,
    scored,
    with_test,
)

_TIER = qualification_type(variable="tier") + "\n"
_PRODUCTION = {"environment": "production"}
_TESTED = (
    with_test(
        form(question(choice("river", "money"))), answer_key(scored(("river", 10))), "tier", retry_delay_in_seconds="60"
    )
    + "\n"
)


def _grant(resource: str = "ann", worker: str = "A1EXAMPLE", **arguments: str) -> str:
    return call(
        "QualificationGrant", resource, **{"qualification_type_id": "tier", "worker_id": f'"{worker}"'} | arguments
    )


def _roster(workers: str = '["A1EXAMPLE", "A2EXAMPLE"]', resource: str = "team", **arguments: str) -> str:
    return call("QualificationRoster", resource, **{"qualification_type_id": "tier", "workers": workers} | arguments)


LISTED_WORKER_ID = Rule(
    "MT410",
    "listed-worker-id",
    "error",
    "What stands in a list of workers is no worker id.",
    "The message tells the places and no value. workers_from_csv reads the ids of a file.",
    wrong=Example(_TIER + _roster('["A1EXAMPLE", "ann@example.org"]'), path="workers"),
    right=Example(_TIER + _roster()),
    source=GRANTS,
    label="observed",
)
LISTED_SCORE = Rule(
    "MT411",
    "listed-score",
    "error",
    "A score in a list of workers is no whole number of 32 bits.",
    "Write a number such as 85, without quotes.",
    wrong=Example(_TIER + _roster('{"A1EXAMPLE": "high"}'), path="workers"),
    right=Example(_TIER + _roster('{"A1EXAMPLE": 85}')),
    source=GRANTS,
    label="documented",
)
LISTED_TWICE = Rule(
    "MT412",
    "listed-twice",
    "error",
    "The same worker has two scores.",
    "Which of them is meant can't be told.",
    wrong=Example(_TIER + _roster('"A1EXAMPLE=85 A1EXAMPLE=90"'), path="workers"),
    right=Example(_TIER + _roster('"A1EXAMPLE=85 A2EXAMPLE=90"')),
    source=OURS,
    label="documented",
)
DEFAULT_SCORE_UNUSED = Rule(
    "MT413",
    "default-score-unused",
    "warning",
    "integer_value has no effect: each worker has a score of their own.",
    "It is the score of those who get the type anew and have none in the list.",
    wrong=Example(_TIER + _roster('{"A1EXAMPLE": 85}', integer_value="50"), path="integerValue"),
    right=Example(_TIER + _roster('{"A1EXAMPLE": 85}')),
    source=OURS,
    label="documented",
)
EXCLUSIVE_OVER_A_TEST = Rule(
    "MT414",
    "exclusive-over-a-test",
    "warning",
    "Workers who are not listed lose the score that they earned by the type's test.",
    "They can't get it back without taking the test again, if they may.",
    wrong=Example(
        _TESTED + _roster(exclusive="True"),
        path="exclusive",
    ),
    right=Example(_TIER + _roster(exclusive="True")),
    source=OURS,
    label="documented",
)
EXCLUSIVE_BEGINS = Rule(
    "MT415",
    "exclusive-begins",
    "warning",
    "At `pulumi up` whoever holds the type and is not listed loses it.",
    "However they got it. How many they are is not in the plan, which makes no call for it.",
    wrong=Example(_TIER + _roster(exclusive="True"), before=_TIER + _roster(), path="exclusive"),
    right=Example(_TIER + _roster(exclusive="True")),
    source=OURS,
    label="documented",
    found_by="change",
)
TOO_MANY_REMOVALS = Rule(
    "MT416",
    "too-many-removals",
    "error",
    "More workers would lose the qualification in one change than may.",
    "max_removals says how many may. Without it any number may, but in production half of the list, or ten if that is "
    "more: an emptied file should not take a qualification from everybody.",
    wrong=Example(_TIER + _roster("[]", max_removals="1"), before=_TIER + _roster(), path="workers"),
    right=Example(_TIER + _roster('["A1EXAMPLE"]', max_removals="1"), before=_TIER + _roster()),
    source=OURS,
    label="documented",
    found_by="change",
)
LIST_EMPTIED = Rule(
    "MT417",
    "list-emptied",
    "warning",
    "The list is empty now: all who are on it lose the qualification.",
    "As an exclusion the type lets all of them in.",
    wrong=Example(_TIER + _roster("[]"), before=_TIER + _roster(), path="workers"),
    right=Example(_TIER + _roster('["A1EXAMPLE"]'), before=_TIER + _roster()),
    source=OURS,
    label="documented",
    found_by="change",
)
EARNED_SCORES_LOST = Rule(
    "MT418",
    "earned-scores-lost",
    "warning",
    "Workers lose the qualification, and with it a score that they may have earned by its test.",
    "The score can't be got back without taking the test again, if they may.",
    wrong=Example(
        _TESTED + _roster('["A1EXAMPLE"]'),
        before=_TESTED + _roster(),
        path="workers",
    ),
    right=Example(_TIER + _roster('["A1EXAMPLE"]'), before=_TIER + _roster()),
    source=OURS,
    label="documented",
    found_by="change",
)
SCORE_OF_NEW_HOLDERS = Rule(
    "MT419",
    "score-of-new-holders",
    "warning",
    "A changed integer_value is for those who are granted the type from now on.",
    "Who holds it keeps the score. A mapping of ids to scores sets them.",
    wrong=Example(_TIER + _roster(integer_value="50"), before=_TIER + _roster(), path="integerValue"),
    right=Example(_TIER + _roster('{"A1EXAMPLE": 50, "A2EXAMPLE": 50}'), before=_TIER + _roster()),
    source=OURS,
    label="documented",
    found_by="change",
)
ROSTER_REMOVAL_REFUSED = Rule(
    "MT420",
    "roster-removal-refused",
    "error",
    "In production a list is not removed while HITs keep its workers out by it.",
    "They would be let in. Let the HITs expire, or apply force_destroy=True before.",
    wrong=Example(
        _TIER, before=_TIER + _roster(), configuration=_PRODUCTION, note="a HIT keeps out who holds the type"
    ),
    right=Example(
        _TIER,
        before=_TIER + _roster(force_destroy="True"),
        configuration=_PRODUCTION,
        note="a HIT keeps out who holds the type",
    ),
    source=OURS,
    label="documented",
    found_by="run",
)
UNKNOWN_WORKERS = Rule(
    "MT421",
    "unknown-workers",
    "error",
    "The environment does not know some of the workers.",
    "Worker ids differ between sandbox, production and a team's own panel. All others are done first.",
    wrong=Example(
        _TIER + _roster('["A1EXAMPLE", "A404EXAMPLE"]'),
        path="workers",
        note="only A1EXAMPLE and A2EXAMPLE are workers there",
    ),
    right=Example(_TIER + _roster('["A1EXAMPLE"]'), note="only A1EXAMPLE and A2EXAMPLE are workers there"),
    source=GRANTS,
    label="documented",
    found_by="run",
)
WORKERS_SKIPPED = Rule(
    "MT422",
    "workers-skipped",
    "warning",
    "Workers whom the environment does not know were skipped.",
    'unknown_workers="skip" says so; they are counted in unknown_count.',
    wrong=Example(
        _TIER + _roster('["A1EXAMPLE", "A404EXAMPLE"]', unknown_workers='"skip"'),
        path="workers",
        note="only A1EXAMPLE and A2EXAMPLE are workers there",
    ),
    right=Example(
        _TIER + _roster('["A1EXAMPLE"]', unknown_workers='"skip"'),
        note="only A1EXAMPLE and A2EXAMPLE are workers there",
    ),
    source=GRANTS,
    label="documented",
    found_by="run",
)
LIST_OF_ANOTHER_PLACE = Rule(
    "MT423",
    "list-of-another-place",
    "error",
    "The first hundred workers of the list are all unknown.",
    "The list seems to belong to another environment, and nothing was changed.",
    wrong=Example(
        _TIER + _roster('[f"A404EXAMPLE{n:03}" for n in range(120)]'),
        path="workers",
        note="only A1EXAMPLE and A2EXAMPLE are workers there",
    ),
    right=Example(_TIER + _roster(), note="only A1EXAMPLE and A2EXAMPLE are workers there"),
    source=GRANTS,
    label="documented",
    found_by="run",
)
LIST_CHANGE = Rule(
    "MT424",
    "list-change",
    "info",
    "What a change of the list adds, takes off and scores anew, in numbers.",
    "The list itself is secret.",
    wrong=Example(_TIER + _roster(), path="workers"),
    right=Example(_TIER + _roster(), before=_TIER + _roster()),
    source=OURS,
    label="documented",
    found_by="change",
)
OTHERS_TAKEN_OFF = Rule(
    "MT425",
    "others-taken-off",
    "info",
    "An exclusive roster took the type from workers who are not listed.",
    "The number is known when the roster is applied.",
    wrong=Example(
        _TIER + _roster('["A2EXAMPLE"]', exclusive="True"),
        before=_TIER + _grant(),
        path="exclusive",
        along_with=("MT415",),
    ),
    right=Example(_TIER + _roster('["A1EXAMPLE"]', exclusive="True"), before=_TIER + _grant(), along_with=("MT415",)),
    source=OURS,
    label="documented",
    found_by="run",
)
LONG_CONFIGURATION = Rule(
    "MT427",
    "long-configuration",
    "warning",
    "The stack's configuration is close to what Pulumi can hand to a program.",
    "Beyond 128 KiB, about 5,000 worker ids, the program does not start. Keep long lists in a file, and read it with "
    "workers_from_csv.",
    wrong=Example(
        _TIER + _roster('pulumi.Config().require("workers").split()'), note="5,000 ids are in the configuration"
    ),
    right=Example(
        _TIER + _roster('pulumi.Config().require("workers").split()'), note="two ids are in the configuration"
    ),
    source="Pulumi's language host for Python",
    label="observed",
    found_by="program",
)
LIST_APPLIED = Rule(
    "MT428",
    "list-applied",
    "info",
    "What was done for a list, in numbers, where it took longer than a second.",
    "The row of the resource ends with it; before, it tells how far the work is.",
    wrong=Example(_TIER + _roster(), note="a call takes more than a second"),
    right=Example(_TIER + _roster()),
    source=OURS,
    label="documented",
    found_by="run",
)
LIST_EMPTY = Rule(
    "MT430",
    "list-empty",
    "warning",
    "A list of workers is empty when it is made.",
    "Nobody gets the qualification; as an exclusion it keeps nobody out. An iterator gives its elements once: one that "
    "was read before has nothing left.",
    wrong=Example(_TIER + _roster("[]"), path="workers"),
    right=Example(_TIER + _roster()),
    source=OURS,
    label="documented",
)
NO_LIST_OF_WORKERS = Rule(
    "MT431",
    "no-list-of-workers",
    "error",
    "What is given as workers is no list of them: a table, a mapping of lists, bytes, or a single value.",
    "Ids come from anything that can be iterated over, scores from a mapping or from pairs such as zip(ids, scores). "
    "Of a data frame pass a column.",
    wrong=Example(_TIER + _roster('{"WorkerId": ["A1EXAMPLE"], "Score": [85]}'), path="workers"),
    right=Example(_TIER + _roster('zip(["A1EXAMPLE"], [85])')),
    source=OURS,
    label="documented",
    found_by="program",
)
