"""MT54x to MT56x: tests and what workers read, blocks and mails, and what belongs to others."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import (
    ANSWER_KEY,
    BLOCKS,
    CREATE_TYPE,
    GRANTS,
    OURS,
    UPDATE_TYPE,
    answer_key,
    block,
    choice,
    form,
    gated,
    qualification_type,
    question,
    requiring,
    roster,
    scored,
    with_test,
)

_NEW_ID = ("MT520",)


def _tested(text: str = "Which sense has it?", points: int = 10, at_least: int | None = 8, delay: str = "86400") -> str:
    """A type with a test of one question, and a HIT type that asks for a score."""
    document = form(question(choice("river", "money"), text=text))
    tier = with_test(document, answer_key(scored(("river", points))), "tier", retry_delay_in_seconds=delay)
    return tier if at_least is None else f"{tier}\n{requiring(f'score(tier, at_least={at_least})')}"


AUTO_GRANTED = Rule(
    "MT540",
    "auto-granted-gate",
    "danger",
    "A type that HIT types ask for is granted to everybody who requests it: it keeps nobody out.",
    "Whoever wants to work on them asks for it, and has it, with a score that is high enough.",
    wrong=Example(
        qualification_type(variable="tier", auto_granted="True") + "\n" + requiring("holds(tier)"),
        before=qualification_type(variable="tier") + "\n" + requiring("holds(tier)"),
    ),
    right=Example(qualification_type(variable="tier", auto_granted="True"), before=qualification_type(variable="tier")),
    source=CREATE_TYPE,
    label="documented",
    found_by="review",
)
TEST_CHANGED = Rule(
    "MT541",
    "test-changed-under-scores",
    "caution",
    "A test, or its key, changes under scores that people have.",
    "Past scores are kept: from now on the same number stands for two tests. The report shows questions added, removed "
    "and reworded; never an answer.",
    wrong=Example(_tested("Which sense does it have here?"), before=_tested()),
    right=Example(_tested(), before=_tested()),
    source=UPDATE_TYPE,
    label="observed",
    found_by="review",
)
POINTS_CHANGED = Rule(
    "MT542",
    "points-changed",
    "caution",
    "The points that a test can give change, against a bar that stays.",
    "The same bar asks for more, or for less, than it did.",
    wrong=Example(_tested(points=20), before=_tested(points=10), along_with=("MT541",)),
    right=Example(_tested("Which sense does it have here?"), before=_tested(), along_with=("MT541",)),
    source=ANSWER_KEY,
    label="documented",
    found_by="review",
)
ABOVE_THE_KEY = Rule(
    "MT543",
    "bar-above-the-key",
    "danger",
    "A HIT type asks for a higher score than the test's key can give.",
    "Nobody can reach it by the test.",
    wrong=Example(_tested(at_least=12), before=_tested(at_least=8), along_with=("MT512", *_NEW_ID)),
    right=Example(_tested(at_least=10), before=_tested(at_least=8), along_with=("MT512", *_NEW_ID)),
    source=ANSWER_KEY,
    label="documented",
    found_by="review",
)
RETRY_DELAY = Rule(
    "MT544",
    "retry-delay-changed",
    "caution",
    "How long people wait before they may ask for a qualification, or take its test, again changes.",
    "A short delay lets people guess until they pass.",
    wrong=Example(_tested(delay="60"), before=_tested()),
    right=Example(_tested(), before=_tested()),
    source=UPDATE_TYPE,
    label="documented",
    found_by="review",
)
WORDS_CHANGED = Rule(
    "MT546",
    "words-that-workers-read",
    "info",
    "Words that workers read change: a title, description, keywords or a name.",
    "Workers find HITs by them, and read a qualification's words as said of themselves.",
    wrong=Example(qualification_type(description='"Rated two hundred sentences."'), before=qualification_type()),
    right=Example(qualification_type(), before=qualification_type()),
    source=CREATE_TYPE,
    label="documented",
    found_by="review",
)
BLOCKED = Rule(
    "MT550",
    "people-blocked",
    "danger",
    "People are blocked from all HITs of the account, and told so.",
    "Frequent blocks can cost a worker their account. To keep earlier participants out, use an exclusion.",
    wrong=Example(block("copied-answers")),
    right=Example(block("copied-answers"), before=block("copied-answers")),
    source=BLOCKS,
    label="documented",
    found_by="review",
)
UNBLOCKED = Rule(
    "MT551",
    "blocks-lifted",
    "caution",
    "Blocks are lifted: people may work on all HITs of the account again.",
    "If the rules of a HIT type admit them.",
    wrong=Example("", before=block("copied-answers")),
    right=Example(block("copied-answers"), before=block("copied-answers")),
    source=BLOCKS,
    label="documented",
    found_by="review",
)
MAILED = Rule(
    "MT552",
    "people-mailed",
    "caution",
    "People are mailed about a grant, or about a revocation.",
    "A mail can't be taken back. Without `send_notification` and `revocation_reason` nobody is told.",
    wrong=Example(
        gated("A1EXAMPLE", "A2EXAMPLE", send_notification="True"), before=gated("A1EXAMPLE"), along_with=("MT515",)
    ),
    right=Example(gated("A1EXAMPLE", "A2EXAMPLE"), before=gated("A1EXAMPLE"), along_with=("MT515",)),
    source=GRANTS,
    label="documented",
    found_by="review",
)
IMPORT_AND_UPDATE = Rule(
    "MT560",
    "import-and-update",
    "danger",
    "A resource is imported and changed in one run.",
    "What is there is overwritten by what the program says before anybody has seen it: a shorter list revokes. Import "
    "with the values that are there, and change them in a later run.",
    wrong=Example(qualification_type(), note="the plan imports a type that has another description"),
    right=Example(qualification_type(), note="the plan imports a type that has this description"),
    source=OURS,
    label="observed",
    found_by="review",
)
OVERWRITES = Rule(
    "MT561",
    "scores-of-others-overwritten",
    "caution",
    "Scores that people have earned by a test are overwritten by those of a list.",
    "A list without scores leaves them as they are.",
    wrong=Example(
        _tested(at_least=None) + "\n" + roster().replace("[]", '{"A1EXAMPLE": 10}'), before=_tested(at_least=None)
    ),
    right=Example(_tested(at_least=None) + "\n" + roster("A1EXAMPLE"), before=_tested(at_least=None)),
    source=GRANTS,
    label="documented",
    found_by="review",
)
IMPORT_AND_REPLACE = Rule(
    "MT562",
    "import-and-replace",
    "danger",
    "A resource that is imported differs from what is there in something that replaces it, and `pulumi up` will fail.",
    "Pulumi imports it, and then refuses to replace what still has import_ in the program; its preview only warns. "
    "What depends on it is not made. Import with the values that are there. Without import_ a later run replaces it.",
    wrong=Example(qualification_type(), note="the plan imports a type that has another name", along_with=("MT521",)),
    right=Example(qualification_type(), note="the plan imports a type that has this description"),
    source="Pulumi CLI 3.259",
    label="observed",
    found_by="review",
)
