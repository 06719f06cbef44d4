"""MT150 and MT151: workers made up to judge rules by."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import GUIDE_ELIGIBILITY, OURS

WORKER_VALUE = Rule(
    "MT150",
    "worker-value",
    "error",
    "A made-up worker has a value of another kind, or that nobody can have.",
    "An approval rate is a whole number of percent, HITs approved are 0 or more, a score has 32 bits.",
    wrong=Example("Worker(approval_rate=0.98)", path="approval_rate"),
    right=Example("Worker(approval_rate=98)"),
    source=OURS,
    label="documented",
    found_by="program",
)
IMPOSSIBLE_WORKER = Rule(
    "MT151",
    "impossible-worker",
    "error",
    "A made-up worker has an approval rate below 100 % and fewer HITs approved than percent.",
    "Below 100 submitted assignments the rate counts as 100 %; of 100 or more, r % are at least r approved.",
    wrong=Example("Worker(approval_rate=98, hits_approved=5)", path="approval_rate"),
    right=Example("Worker(approval_rate=98, hits_approved=500)"),
    source=GUIDE_ELIGIBILITY,
    label="documented",
    found_by="program",
)
