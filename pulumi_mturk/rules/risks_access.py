"""MT50x and MT51x: what a change does to who may work, by rules and by lists, as a review of the plan names it."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import (
    EARLIER,
    OURS,
    QUALIFICATION_REQUIREMENT,
    exclusion,
    gated,
    qualification_type,
    requiring,
)

_KEPT_OUT = requiring('country("US")', "earlier.requirement")
_OPEN = requiring('country("US")')
_NEW_ID = ("MT520",)
_EXCLUDED = EARLIER + _KEPT_OUT
_NEARLY_ALL = (
    'QualificationRequirement("Worker_PercentAssignmentsApproved", "GreaterThanOrEqualTo", [90])',
    'QualificationRequirement("Worker_PercentAssignmentsApproved", "LessThan", [100])',
)
_FEWER = 'QualificationRequirement("Worker_NumberHITsApproved", "LessThan", [{}])'

EXCLUSION_DROPPED = Rule(
    "MT501",
    "exclusion-dropped",
    "danger",
    "A HIT type stops keeping out the holders of a qualification.",
    "Whoever took part earlier may take part again in HITs of the new HIT type. The list stays, unused here.",
    wrong=Example(EARLIER + _OPEN, before=_EXCLUDED, along_with=_NEW_ID),
    right=Example(_EXCLUDED, before=EARLIER + _OPEN, along_with=("MT512", *_NEW_ID)),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="review",
)
TYPE_REPLACED = Rule(
    "MT502",
    "required-type-replaced",
    "danger",
    "A qualification type that HIT types use is replaced by a new one, which nobody holds.",
    "Scores are lost, an exclusion lets everybody in and a gate nobody, until the new type is granted. HITs that are "
    "published keep the old type, which is deleted.",
    wrong=Example(
        qualification_type(variable="tier", name='"Tier two"') + "\n" + requiring('country("US")', "holds(tier)"),
        before=qualification_type(variable="tier", name='"Tier one"')
        + "\n"
        + requiring('country("US")', "holds(tier)"),
        along_with=_NEW_ID,
    ),
    right=Example(
        qualification_type(variable="tier", name='"Tier one"', description='"Rated two hundred sentences."')
        + "\n"
        + requiring('country("US")', "holds(tier)"),
        before=qualification_type(variable="tier", name='"Tier one"')
        + "\n"
        + requiring('country("US")', "holds(tier)"),
        along_with=("MT546",),
    ),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="review",
)
EXCLUSION_EMPTIED = Rule(
    "MT503",
    "exclusion-emptied",
    "danger",
    "The list of an exclusion is emptied: everybody on it is let in.",
    "At once, also to HITs that are published. A used-up iterator or an empty file does this by mistake. In production "
    "`pulumi up` refuses to remove a list as a whole while HITs keep people out by it (MT420), unless "
    "force_destroy=True was applied before; it has then made other changes already.",
    wrong=Example(exclusion() + _KEPT_OUT, before=_EXCLUDED),
    right=Example(_EXCLUDED, before=_EXCLUDED),
    source=OURS,
    label="documented",
    found_by="review",
)
EXCLUSION_SHRINKS = Rule(
    "MT504",
    "exclusion-shrinks",
    "danger",
    "The list of an exclusion gets shorter: who is taken off it is let in.",
    "At once, also to HITs that are published. A danger from half of the list or more than ten people, else a caution.",
    lesser="caution",
    wrong=Example(exclusion("A1EXAMPLE") + _KEPT_OUT, before=_EXCLUDED),
    right=Example(
        exclusion("A1EXAMPLE", "A2EXAMPLE", "A3EXAMPLE") + _KEPT_OUT, before=_EXCLUDED, along_with=("MT508",)
    ),
    source=OURS,
    label="documented",
    found_by="review",
)
EXCLUSION_VOID = Rule(
    "MT506",
    "exclusion-void",
    "danger",
    "An exclusion rests on a type that is granted automatically, Inactive or deleted.",
    "Automatically granted, whoever asks for it is kept out, and whoever does not is let in; nobody holds a deleted "
    "type, so that it keeps out nobody; and no HIT can be made that requires an Inactive one.",
    wrong=Example(
        qualification_type(variable="seen", auto_granted="True") + "\n" + requiring('country("US")', "without(seen)"),
        before=qualification_type(variable="seen") + "\n" + requiring('country("US")', "without(seen)"),
    ),
    right=Example(
        qualification_type(variable="seen") + "\n" + requiring('country("US")', "without(seen)"),
        before=qualification_type(variable="seen") + "\n" + requiring('country("US")', "without(seen)"),
    ),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="review",
)
EXCLUSION_SEEN = Rule(
    "MT507",
    "exclusion-guards-accept-only",
    "caution",
    "An exclusion that was hidden from its holders now guards accepting alone.",
    "They see the HITs and their contents, and still can't accept. Who saw a study's material has taken part in it in "
    "the eyes of some ethics boards.",
    wrong=Example(
        EARLIER + requiring('country("US")', 'without(earlier, actions_guarded="Accept")'),
        before=_EXCLUDED,
        along_with=_NEW_ID,
    ),
    right=Example(
        _EXCLUDED,
        before=EARLIER + requiring('country("US")', 'without(earlier, actions_guarded="Accept")'),
        along_with=_NEW_ID,
    ),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="review",
)
EXCLUSION_GROWS = Rule(
    "MT508",
    "exclusion-grows",
    "info",
    "The list of an exclusion gets longer: more people are kept out.",
    "At once, also from HITs that are published. Nobody is mailed.",
    wrong=Example(exclusion("A1EXAMPLE", "A2EXAMPLE", "A3EXAMPLE") + _KEPT_OUT, before=_EXCLUDED),
    right=Example(_EXCLUDED, before=_EXCLUDED),
    source=OURS,
    label="documented",
    found_by="review",
)
LETS_IN = Rule(
    "MT510",
    "lets-in",
    "danger",
    "The rules of a HIT type let in people whom they kept out before.",
    "For HITs of the new HIT type; those that are published keep the old rules. The report names a made-up worker whom "
    "the new rules admit and the old ones did not. A danger in production, else a caution.",
    lesser="caution",
    wrong=Example(requiring('country("US", "CA")'), before=requiring('country("US")'), along_with=_NEW_ID),
    right=Example(requiring('country("US")'), before=requiring('country("US", "CA")'), along_with=("MT512", *_NEW_ID)),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="review",
)
NO_RULE_LEFT = Rule(
    "MT511",
    "no-rule-left",
    "danger",
    "A HIT type has no rule left, or a new one in production has none: everybody may work on it.",
    "Newcomers, people of any country and with any approval rate. A new one whose rules admit everybody counts, too.",
    wrong=Example(requiring(), before=_OPEN, along_with=_NEW_ID),
    right=Example(requiring("approval(at_least=98, hits=100)"), before=_OPEN, along_with=("MT510", "MT512", *_NEW_ID)),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="review",
)
SHUTS_OUT = Rule(
    "MT512",
    "shuts-out",
    "caution",
    "The rules of a HIT type shut out people whom they admitted before.",
    "Whoever worked on it and no longer meets the rules finds no HITs of the new HIT type, or can't accept them.",
    wrong=Example(requiring('country("US")'), before=requiring('country("US", "CA")'), along_with=_NEW_ID),
    right=Example(requiring('country("US", "CA")'), before=requiring('country("US")'), along_with=("MT510", *_NEW_ID)),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="review",
)
ADMITS_NOBODY = Rule(
    "MT513",
    "admits-nobody",
    "danger",
    "Nobody can meet all the rules of a HIT type.",
    "Its HITs stay without work until they expire. What rests on documented rules alone is an error of the plan "
    "already; this one also rests on what is observed or guessed.",
    wrong=Example(
        requiring(*_NEARLY_ALL, _FEWER.format(50)),
        before=requiring(*_NEARLY_ALL),
        along_with=("MT512", *_NEW_ID),
    ),
    right=Example(
        requiring(*_NEARLY_ALL, _FEWER.format(500)),
        before=requiring(*_NEARLY_ALL),
        along_with=("MT512", *_NEW_ID),
    ),
    source=QUALIFICATION_REQUIREMENT,
    label="guessed",
    found_by="review",
)
CANT_TELL = Rule(
    "MT514",
    "cannot-tell",
    "caution",
    "Whether a change lets anybody in or shuts anybody out can't be told from the plan.",
    "A rule names a type whose id is not known yet and which the plan does not name, has a value not known yet, "
    "or rests on what nobody has documented. So of pay that is not known, of a list whose HIT types the plan does not "
    "show. A new HIT type beside one that goes (of the same title, or the only two) is compared with it as if it "
    "replaced it, and that this is assumed is told by this code, too. The report says which.",
    wrong=Example(
        requiring("adult()", 'QualificationRequirement("Worker_Adult", "Exists")'),
        before=requiring("adult()"),
        along_with=_NEW_ID,
    ),
    right=Example(requiring("adult()"), before=requiring("adult()")),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="review",
)
MORE_HOLD = Rule(
    "MT515",
    "more-hold",
    "caution",
    "More people hold a qualification, and may work on the HIT types that ask for it.",
    "At once, also on HITs that are published. Their scores may be new, or be raised over what a HIT type asks for.",
    wrong=Example(gated("A1EXAMPLE", "A2EXAMPLE", "A3EXAMPLE"), before=gated("A1EXAMPLE", "A2EXAMPLE")),
    right=Example(gated("A1EXAMPLE", "A2EXAMPLE"), before=gated("A1EXAMPLE", "A2EXAMPLE")),
    source=OURS,
    label="documented",
    found_by="review",
)
FEWER_HOLD = Rule(
    "MT516",
    "fewer-hold",
    "danger",
    "People lose a qualification, and with it the HIT types that ask for it.",
    "At once, also those that are published; or their scores fall below what a HIT type asks for. A danger where the "
    "list becomes exclusive, or begins so on a type that others hold: whoever earned it elsewhere loses it too, and "
    "nobody can tell how many they are; else a caution. HIT types of another stack may ask for it, too.",
    lesser="caution",
    wrong=Example(gated("A1EXAMPLE"), before=gated("A1EXAMPLE", "A2EXAMPLE")),
    right=Example(gated("A1EXAMPLE", "A2EXAMPLE"), before=gated("A1EXAMPLE"), along_with=("MT515",)),
    source=OURS,
    label="documented",
    found_by="review",
)
