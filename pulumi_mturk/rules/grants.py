"""MT40x: grants and blocks."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import BLOCKS, GRANTS, OURS, call, qualification_type

_TIER = qualification_type(variable="tier") + "\n"


def _grant(resource: str = "ann", worker: str = "A1EXAMPLE", **arguments: str) -> str:
    return call(
        "QualificationGrant", resource, **{"qualification_type_id": "tier", "worker_id": f'"{worker}"'} | arguments
    )


def _roster(workers: str = '["A1EXAMPLE", "A2EXAMPLE"]', resource: str = "team", **arguments: str) -> str:
    return call("QualificationRoster", resource, **{"qualification_type_id": "tier", "workers": workers} | arguments)


def _after(resource: str) -> str:
    return f"pulumi.ResourceOptions(depends_on=[{resource}])"


def _block(resource: str = "spam", worker: str = "A1EXAMPLE") -> str:
    return call("WorkerBlock", resource, worker_id=f'"{worker}"', reason='"Asked to be left alone."')


WORKER_ID = Rule(
    "MT401",
    "worker-id",
    "error",
    "The value is no worker id.",
    "A worker id is a capital A followed by capital letters and digits, 2 to 64 characters in all. The value is not "
    "repeated in the message: it may be a real id with a typing error.",
    wrong=Example(_TIER + _grant(worker="a1example"), path="workerId"),
    right=Example(_TIER + _grant()),
    source=GRANTS,
    label="observed",
)
QUALIFICATION_TYPE_ID = Rule(
    "MT402",
    "qualification-type-id",
    "error",
    "The value is no id of a qualification type of one's own.",
    "Capital letters and digits alone, 1 to 64. A type is given as the resource, or by its id, not by its name.",
    wrong=Example(_grant(qualification_type_id='"tier"'), path="qualificationTypeId"),
    right=Example(_TIER + _grant()),
    source=GRANTS,
    label="documented",
)
GRANTED_TWICE = Rule(
    "MT403",
    "granted-twice",
    "error",
    "Two resources grant one type to the same worker.",
    "A worker holds a type once, so that the two would take it from each other at the next change or removal.",
    wrong=Example(_TIER + _grant("ann") + "\n" + _grant("her"), path="workerId"),
    right=Example(_TIER + _grant("ann") + "\n" + _grant("bob", "A2EXAMPLE")),
    source=OURS,
    label="documented",
)
NOT_ON_THE_EXCLUSIVE_LIST = Rule(
    "MT404",
    "not-on-the-exclusive-list",
    "error",
    "An exclusive roster of the type does not list the worker.",
    "It takes the qualification from whoever is not on its list, and so would undo this grant.",
    wrong=Example(
        _TIER + "team = " + _roster(exclusive="True") + "\n" + _grant("bob", "A3EXAMPLE", opts=_after("team")),
        path="workerId",
    ),
    right=Example(_TIER + _roster() + "\n" + _grant("bob", "A3EXAMPLE")),
    source=OURS,
    label="documented",
)
EXCLUSIVE_IS_NOT_ALONE = Rule(
    "MT405",
    "exclusive-is-not-alone",
    "error",
    "A roster is exclusive, and another resource grants the type to workers who are not listed.",
    "An exclusive roster must be the only one of its type: put all workers on its list.",
    wrong=Example(
        _TIER + "bob = " + _grant("bob", "A3EXAMPLE") + "\n" + _roster(exclusive="True", opts=_after("bob")),
        path="exclusive",
    ),
    right=Example(_TIER + _roster('["A1EXAMPLE", "A2EXAMPLE", "A3EXAMPLE"]', exclusive="True")),
    source=OURS,
    label="documented",
)
BLOCKED_TWICE = Rule(
    "MT406",
    "blocked-twice",
    "error",
    "Two resources block the same worker.",
    "A worker is blocked once, and removing one of the two would lift the other's block.",
    wrong=Example(_block("one") + "\n" + _block("two"), path="workerId"),
    right=Example(_block("one") + "\n" + _block("two", "A2EXAMPLE")),
    source=BLOCKS,
    label="documented",
)
HELD_WITH_ANOTHER_SCORE = Rule(
    "MT407",
    "held-with-another-score",
    "warning",
    "The worker holds the type already, with another score, which the grant changes.",
    "An account's own entries are easily lowered so, and taken back when the resource is removed. Without an "
    "integer_value a grant keeps the score that is there. It is said when the grant is made: a preview makes no call "
    "for it.",
    wrong=Example(
        _TIER + _grant(integer_value="1"), path="integerValue", before=_TIER, note="A1EXAMPLE holds it with 90"
    ),
    right=Example(_TIER + _grant(), before=_TIER, note="A1EXAMPLE holds it with 90"),
    source=GRANTS,
    label="documented",
    found_by="run",
)
BLOCKED_FOR_ANOTHER_REASON = Rule(
    "MT408",
    "blocked-for-another-reason",
    "warning",
    "The worker is blocked already, for another reason.",
    "The new reason is sent instead; whether the service takes it over is not known. When the resource is removed, the "
    "block is lifted, whoever set it before. It is said when the block is made: a preview makes no call for it.",
    wrong=Example(_block(), path="reason", note="A1EXAMPLE is blocked for fraud"),
    right=Example(_block(worker="A2EXAMPLE"), note="A1EXAMPLE is blocked for fraud"),
    source=BLOCKS,
    label="documented",
    found_by="run",
)
BLOCK_NOT_OURS = Rule(
    "MT409",
    "block-not-ours",
    "warning",
    "A block is not lifted: its reason is not the one that this stack has sent.",
    "A worker is blocked once for the whole account, so a second stack, or a colleague, that blocks them for another "
    "reason takes the block over. Two that give the same reason can't be told apart: there retain_on_delete=True keeps "
    "a block when its stack goes.",
    wrong=Example("", before=_block(), path="reason", note="A1EXAMPLE is blocked for fraud"),
    right=Example("", before=_block()),
    source=BLOCKS,
    label="guessed",
    found_by="run",
)
TAKE_IT_ALL_THE_SAME = (
    "To take it back all the same call DisassociateQualificationFromWorker, or, with the resource back in the program, "
    "run `pulumi refresh` and remove it then"
)
SCORE_NOT_OURS = Rule(
    "MT429",
    "score-not-ours",
    "warning",
    "A grant is not taken back: its score is not the one that this stack has given.",
    "A worker holds a type once, whoever grants it, so a second stack, a script or the type's test that gives another "
    "score takes the grant over. Two that give the same score can't be told apart, nor can lists without scores: there "
    "retain_on_delete=True keeps the grants when their stack goes. Whoever is taken off a list loses it all the same.",
    wrong=Example(_TIER, before=_TIER + _grant(), path="integerValue", note="A1EXAMPLE holds it with 90"),
    right=Example(_TIER, before=_TIER + _grant()),
    source=GRANTS,
    label="documented",
    found_by="run",
)
STILL_WANTED = Rule(
    "MT426",
    "still-wanted",
    "info",
    "A grant or block is not taken away, for another resource of the program wants it.",
    "So renaming a resource, or moving a worker from one to another, takes nothing from anybody.",
    wrong=Example(_TIER + _grant("her"), before=_TIER + _grant("ann")),
    right=Example(_TIER + _grant("ann"), before=_TIER + _grant("ann")),
    source=OURS,
    label="documented",
    found_by="run",
)
