"""MT52x and MT53x: new ids, types that go, and what an approved assignment pays and costs."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import (
    CREATE_HIT_TYPE,
    DELETE_TYPE,
    FEES,
    UPDATE_TYPE,
    hit_type,
    qualification_type,
    requiring,
)

_NEW_ID = ("MT520",)
_TIER = qualification_type(variable="tier")
_MINUTES = '[{"id": "fair-pay", "minimumHourlyPay": "2.00", "minutes": {"task": 8}}]'

NEW_HIT_TYPE_ID = Rule(
    "MT520",
    "new-hit-type-id",
    "caution",
    "A HIT type gets a new id.",
    "HITs that are published keep the old rules and the old pay. UpdateHITTypeOfHIT moves them, one call a HIT, and "
    "programs that create HITs need the new id. An information where no HIT of the old id is open (`--live` asks).",
    lesser="info",
    wrong=Example(hit_type(title='"Rate twelve sentences"'), before=hit_type(), along_with=("MT546",)),
    right=Example(hit_type(reward='"0.4"'), before=hit_type()),
    source=CREATE_HIT_TYPE,
    label="documented",
    found_by="review",
)
TYPE_DELETED = Rule(
    "MT521",
    "type-deleted",
    "danger",
    "A qualification type is deleted.",
    "Whoever holds it loses it, and nothing brings their scores back. Published HITs that ask for it stay without "
    "work; those that keep its holders out keep out nobody any more. In production `pulumi up` refuses that while the "
    "type is in use (MT312), unless force_destroy=True was applied before.",
    wrong=Example("", before=_TIER),
    right=Example(_TIER, before=_TIER),
    source=DELETE_TYPE,
    label="documented",
    found_by="review",
)
TYPE_INACTIVE = Rule(
    "MT522",
    "type-becomes-inactive",
    "danger",
    "A qualification type becomes Inactive.",
    "Nobody can ask for it or take its test any more, and no HIT can be created that requires it.",
    wrong=Example(qualification_type(variable="tier", qualification_type_status='"Inactive"'), before=_TIER),
    right=Example(_TIER, before=_TIER),
    source=UPDATE_TYPE,
    label="documented",
    found_by="review",
)
PAY_FALLS = Rule(
    "MT530",
    "pay-falls",
    "caution",
    "An approved assignment pays less.",
    "For HITs of the new HIT type; those that are published keep their pay.",
    wrong=Example(hit_type(reward='"0.30"'), before=hit_type(), along_with=_NEW_ID),
    right=Example(hit_type(reward='"0.50"'), before=hit_type(), along_with=_NEW_ID),
    source=CREATE_HIT_TYPE,
    label="documented",
    found_by="review",
)
BELOW_FEDERAL_MINIMUM = Rule(
    "MT531",
    "below-federal-minimum",
    "danger",
    "At the minutes that the lab states, a HIT type pays less an hour than the US federal minimum wage.",
    "A yardstick, which ethics boards ask for; whether a reward is lawful is another question. The minutes are those "
    "of `minimumHourlyPay` in `mturk:require`.",
    wrong=Example(
        hit_type(reward='"0.40"'),
        before=hit_type(reward='"0.30"'),
        configuration={"require": _MINUTES},
        along_with=_NEW_ID,
    ),
    right=Example(
        hit_type(reward='"1.00"'),
        before=hit_type(reward='"0.40"'),
        configuration={"require": _MINUTES},
        along_with=_NEW_ID,
    ),
    source="29 U.S.C. 206(a)(1)",
    label="documented",
    found_by="review",
)
MASTERS_ENTERED = Rule(
    "MT532",
    "masters-entered",
    "caution",
    "A HIT type begins to require Masters, for which Amazon's fee is 5 % of the reward higher.",
    "Masters are few, so that HITs wait longer for them.",
    wrong=Example(requiring("masters()"), before=requiring(), along_with=("MT512", *_NEW_ID)),
    right=Example(requiring("masters()"), before=requiring("masters()")),
    source=FEES,
    label="documented",
    found_by="review",
)
TEN_OR_MORE = Rule(
    "MT533",
    "ten-or-more-assignments",
    "info",
    "HITs of ten or more assignments are open under the old id: from ten on Amazon's fee is 20 % of the reward higher.",
    "On all their assignments. A plan doesn't know how many assignments HITs have; `--live` asks.",
    wrong=Example(
        hit_type(title='"Rate twelve sentences"'),
        before=hit_type(),
        note="a HIT of it with ten assignments is open",
        along_with=("MT546", *_NEW_ID),
    ),
    right=Example(
        hit_type(title='"Rate twelve sentences"'),
        before=hit_type(),
        note="a HIT of it is open",
        along_with=("MT546", *_NEW_ID),
    ),
    source=FEES,
    label="documented",
    found_by="review",
)
PREMIUM_ENTERED = Rule(
    "MT534",
    "premium-entered",
    "caution",
    "A HIT type begins to require a type that is neither of the stack nor Mechanical Turk's own: a premium one, "
    "perhaps.",
    "Premium qualifications cost at least $0.05 for each approved assignment, and need ten or more assignments. The "
    "API does not tell which types are premium.",
    wrong=Example(
        requiring('country("US")', 'holds("3EXAMPLEPREMIUM")'),
        before=requiring('country("US")'),
        along_with=("MT512", *_NEW_ID),
    ),
    right=Example(
        _TIER + "\n" + requiring('country("US")', "holds(tier)"),
        before=_TIER + "\n" + requiring('country("US")'),
        along_with=("MT512", *_NEW_ID),
    ),
    source=FEES,
    label="documented",
    found_by="review",
)
PAID_LATER = Rule(
    "MT535",
    "paid-later",
    "caution",
    "Work counts as approved later than before, so that workers wait longer for their pay.",
    "For HITs of the new HIT type.",
    wrong=Example(
        hit_type(auto_approval_delay_in_seconds="604800"),
        before=hit_type(auto_approval_delay_in_seconds="86400"),
        along_with=_NEW_ID,
    ),
    right=Example(
        hit_type(auto_approval_delay_in_seconds="86400"),
        before=hit_type(auto_approval_delay_in_seconds="604800"),
        along_with=_NEW_ID,
    ),
    source=CREATE_HIT_TYPE,
    label="documented",
    found_by="review",
)
