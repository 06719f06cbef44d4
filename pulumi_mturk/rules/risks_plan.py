"""MT57x to MT59x: the place, the plan itself, and the lab's own rules."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import OURS, hit_type, qualification_type, requiring

_FROM_US = '[{"id": "where", "locale": ["US"]}]'
_FROM_BOTH = '[{"id": "where", "locale": ["US", "CA"]}]'
_ACCEPTED = '[{"code": "MT530", "resource": "task", "reason": "pilot, protocol 2026-14"}]'
_PANEL = {"endpointUrl": "https://panel.example.org"}
_MOVED = {"endpointUrl": "https://panel.example.com", "formerEndpoints": "panel.example.org"}

ANOTHER_PLACE = Rule(
    "MT570",
    "place-differs",
    "danger",
    "Environment, endpoint or account differ from those in which the stack's resources were made.",
    "A worker id is not the same person, or anybody, in another place, and what is not found there is forgotten.",
    wrong=Example(
        qualification_type(description='"Rated two hundred sentences."'),
        before=qualification_type(),
        configuration=_MOVED,
        earlier=_PANEL,
        along_with=("MT546",),
    ),
    right=Example(qualification_type(), before=qualification_type()),
    source=OURS,
    label="documented",
    found_by="review",
)
NOT_JUDGED = Rule(
    "MT580",
    "plan-not-judged",
    "danger",
    "The preview failed, was cut short, or has a form that is not known: the plan is not judged.",
    "Nothing may be concluded from what is missing; a failed preview leaves out all deletions.",
    never_accepted=True,
    wrong=Example(hit_type(reward='"a dollar"'), before=hit_type()),
    right=Example(hit_type(), before=hit_type()),
    source="Pulumi CLI 3.259, `pulumi preview --json`",
    label="observed",
    found_by="review",
)
LAB_RULE_BROKEN = Rule(
    "MT590",
    "lab-rule-broken",
    "danger",
    "A HIT type, a list or a block does not keep a rule of the lab (`mturk:require`).",
    "`pulumi up` refuses it, but for a list that is removed as a whole and a name in the rule that no resource has: "
    "only a review sees these. Where the rule rests on what can't be told, it counts as not kept.",
    never_accepted=True,
    wrong=Example(requiring('country("US", "CA")'), configuration={"require": _FROM_US}),
    right=Example(requiring('country("US")'), configuration={"require": _FROM_US}),
    source=OURS,
    label="documented",
    found_by="review",
)
LAB_RULE_WEAKENED = Rule(
    "MT591",
    "lab-rule-weakened",
    "danger",
    "The change weakens a rule of the lab, or takes it away.",
    "A change can't be its own judge: the review goes by the rules of the base branch (`--policy`), and names what the "
    "change makes of them. A caution, where it states the minutes of a HIT type for which the base branch has none, as "
    "of a new one: they count in this review, and are for a reviewer to look at.",
    lesser="caution",
    never_accepted=True,
    wrong=Example(
        requiring('country("US")'),
        before=requiring('country("US")'),
        configuration={"require": _FROM_BOTH},
        earlier={"require": _FROM_US},
    ),
    right=Example(
        requiring('country("US")'),
        before=requiring('country("US")'),
        configuration={"require": _FROM_US},
        earlier={"require": _FROM_BOTH},
    ),
    source=OURS,
    label="documented",
    found_by="review",
)
ACCEPTANCE_ADDED = Rule(
    "MT592",
    "acceptance-added",
    "caution",
    "The change accepts a risk that the base branch does not accept.",
    "Its own acceptance does not count in this review, only once it is merged.",
    never_accepted=True,
    wrong=Example(
        hit_type(reward='"0.30"'),
        before=hit_type(),
        configuration={"accept": _ACCEPTED},
        earlier={"accept": "[]"},
        along_with=("MT520", "MT530"),
    ),
    right=Example(
        hit_type(reward='"0.30"'),
        before=hit_type(),
        configuration={"accept": _ACCEPTED},
        earlier={"accept": _ACCEPTED},
        along_with=("MT520", "MT530"),
    ),
    source=OURS,
    label="documented",
    found_by="review",
)
