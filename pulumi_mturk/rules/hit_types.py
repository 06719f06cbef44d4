"""MT2xx: lists of requirements, HIT types, and what a program says of the types that they require."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import (
    CREATE_HIT_TYPE,
    CREATE_TYPE,
    DELETE_HIT,
    GUIDE_ELIGIBILITY,
    QUALIFICATION_REQUIREMENT,
    answer_key,
    choice,
    form,
    hit_type,
    qualification_type,
    question,
    requiring,
    scored,
    with_test,
)

_RULES = "qualificationRequirements"
_TEST = form(question(choice("river", "money")))
# A HIT type that is replaced stays where it is: there is no call to delete it.
_REPLACED = ("MT213", "MT215")
_KEY = answer_key(scored(("river", 10)))

TOO_MANY_REQUIREMENTS = Rule(
    "MT202",
    "too-many-requirements",
    "error",
    "A HIT type has more than ten requirements.",
    "At most ten are sent; those of production_only() count in production alone.",
    wrong=Example(
        hit_type(qualification_requirements='[score("3EXAMPLE", at_least=n) for n in range(11)]'), path=_RULES
    ),
    right=Example(hit_type(qualification_requirements='score("3EXAMPLE", at_least=10)')),
    source=CREATE_HIT_TYPE,
    label="documented",
)
MASTERS_OF_ANOTHER_PLACE = Rule(
    "MT203",
    "masters-of-another-place",
    "error",
    "The id of Masters belongs to another environment.",
    "Masters has one id in production and another one in the sandbox; masters() is right in each.",
    wrong=Example(
        requiring('mturk.QualificationRequirement("2F1QJWKUDD8XADTFD2Q0G6UTO95ALH", "Exists")'),
        path=f"{_RULES}[0].qualificationTypeId",
        configuration={"environment": "sandbox"},
    ),
    right=Example(requiring("masters()"), configuration={"environment": "sandbox"}),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
NEWCOMERS_ADMITTED = Rule(
    "MT204",
    "newcomers-admitted",
    "warning",
    "An approval rate alone admits every newcomer.",
    "Below 100 submitted assignments the rate counts as 100 %. Only at least 100 approved HITs beside it make the rate "
    "say something.",
    wrong=Example(requiring("approval(at_least=98)"), path=f"{_RULES}[0]"),
    right=Example(requiring("approval(at_least=98, hits=100)")),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
CANADA_OR_CALIFORNIA = Rule(
    "MT205",
    "canada-or-california",
    "warning",
    "CA beside the US is Canada; California may be meant.",
    "A country code and a state's code look alike. country(…) and a list with further countries are taken as meant.",
    wrong=Example(
        requiring('QualificationRequirement("Worker_Locale", "In", locale_values=[Locale("US"), Locale("CA")])'),
        path=f"{_RULES}[0].localeValues[1].country",
    ),
    right=Example(requiring('country("US", "CA")')),
    source="ISO 3166-1 and ISO 3166-2:US",
    label="documented",
)
CONTRADICTION = Rule(
    "MT206",
    "contradiction",
    "error",
    "Nobody can meet these requirements together.",
    "All requirements of a HIT type have to be met. Those named are as few as contradict each other; each may be right "
    "by itself. Requirements for production alone count too.",
    wrong=Example(requiring('country("US")', "masters()", 'not_country("US")'), path=f"{_RULES}[2]"),
    right=Example(requiring('country("US")', "masters()", 'locale("US-CA")'), along_with=("MT208",)),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
PROBABLE_CONTRADICTION = Rule(
    "MT207",
    "probable-contradiction",
    "warning",
    "Nobody can probably meet these requirements together.",
    "It rests on what is not documented, and the message says on what: what a comparator means for a system type, or "
    "how the approval rate and the number of HITs approved belong together.",
    wrong=Example(
        requiring(
            'mturk.QualificationRequirement("Worker_PercentAssignmentsApproved", "EqualTo", [90])',
            'mturk.QualificationRequirement("Worker_NumberHITsApproved", "LessThan", [50])',
        ),
        path=f"{_RULES}[1]",
    ),
    right=Example(
        requiring(
            'mturk.QualificationRequirement("Worker_PercentAssignmentsApproved", "EqualTo", [90])',
            'mturk.QualificationRequirement("Worker_NumberHITsApproved", "LessThan", [5000])',
        )
    ),
    source=GUIDE_ELIGIBILITY,
    label="guessed",
)
IMPLIED_REQUIREMENT = Rule(
    "MT208",
    "implied-requirement",
    "info",
    "A requirement changes nothing, because others ask for as much.",
    "Who meets the others meets it, too. Without it the HIT type has another id and admits the same workers.",
    wrong=Example(requiring("approval(at_least=98, hits=100)", "hits_approved(at_least=1000)"), path=_RULES),
    right=Example(requiring("approval(at_least=98, hits=1000)")),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
)
FLOAT_REWARD = Rule(
    "MT210",
    "float-reward",
    "error",
    "The reward is a float.",
    "A float has no exact cents: 0.1 + 0.2 is 0.30000000000000004.",
    wrong=Example(hit_type(reward="0.15"), path="reward"),
    right=Example(hit_type(reward='Decimal("0.15")')),
    source=CREATE_HIT_TYPE,
    label="documented",
)
REWARD_FORM = Rule(
    "MT211",
    "reward-form",
    "error",
    "The reward is no amount of US dollars with at most two decimals.",
    "Digits and one point, without a sign or a currency.",
    wrong=Example(hit_type(reward='"$0.15"'), path="reward"),
    right=Example(hit_type(reward='"0.15"')),
    source=CREATE_HIT_TYPE,
    label="documented",
)
NO_REWARD = Rule(
    "MT212",
    "no-reward",
    "warning",
    "The HIT type pays nothing.",
    "Whether Mechanical Turk permits a reward of 0 is not documented.",
    wrong=Example(hit_type(reward='"0"'), path="reward"),
    right=Example(hit_type(reward='"0.15"')),
    source=CREATE_HIT_TYPE,
    label="guessed",
)
ANOTHER_HIT_TYPE = Rule(
    "MT213",
    "another-hit-type",
    "warning",
    "The change makes another HIT type.",
    "A HIT type is immutable. HITs that are out keep the old one, with its pay and its requirements; new ones need the "
    "new id.",
    wrong=Example(hit_type(reward='"0.50"'), before=hit_type(reward='"0.40"'), along_with=("MT215",)),
    right=Example(hit_type(reward='"0.4"'), before=hit_type(reward='"0.40"')),
    source=CREATE_HIT_TYPE,
    label="documented",
    found_by="change",
)
EXCLUSION_MOVED = Rule(
    "MT214",
    "exclusion-moved",
    "warning",
    "An exclusion moves to another qualification type.",
    "Whoever holds only the old type is no longer kept out, until the new one is granted to them: earlier participants "
    "may take part again. Grant the new type first, then exchange the two.",
    wrong=Example(
        requiring('without("3EXAMPLENEW")'),
        before=requiring('without("3EXAMPLEOLD")'),
        path=_RULES,
        along_with=_REPLACED,
    ),
    right=Example(
        requiring('without("3EXAMPLEOLD")', 'without("3EXAMPLENEW")'),
        before=requiring('without("3EXAMPLEOLD")'),
        along_with=_REPLACED,
    ),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="change",
)
HIT_TYPE_STAYS = Rule(
    "MT215",
    "hit-type-stays",
    "warning",
    "The HIT type leaves the stack, but can't be deleted.",
    "The API has no call for it. MTurk deletes a HIT type only when a qualification type that it requires is deleted, "
    "in the same run or later. HITs of it go on until they expire.",
    wrong=Example("", before=hit_type()),
    right=Example(hit_type(), before=hit_type()),
    source=CREATE_HIT_TYPE,
    label="documented",
    found_by="run",
)
HIT_TYPE_NOT_VERIFIED = Rule(
    "MT216",
    "hit-type-not-verified",
    "warning",
    "Whether the HIT type still exists could not be asked.",
    "A refresh can only look by registering the same values again, which may be refused for reasons that have nothing "
    "to do with the HIT type. The state stays as it is.",
    wrong=Example(hit_type(), note="the service refuses CreateHITType", refresh=True),
    right=Example(hit_type(), refresh=True),
    source=CREATE_HIT_TYPE,
    label="documented",
    found_by="run",
)
REQUIRED_TYPE_INACTIVE = Rule(
    "MT220",
    "required-type-inactive",
    "warning",
    "The required qualification type is Inactive.",
    "No HIT can be made that requires it.",
    wrong=Example(
        qualification_type(variable="tier", qualification_type_status='"Inactive"') + "\n" + requiring("holds(tier)"),
        path=_RULES,
    ),
    right=Example(qualification_type(variable="tier") + "\n" + requiring("holds(tier)")),
    source=CREATE_TYPE,
    label="documented",
    found_by="program",
)
EXCLUSION_AUTO_GRANTED = Rule(
    "MT221",
    "exclusion-auto-granted",
    "warning",
    "The excluding type is granted automatically.",
    "Whoever asks for it gets it, and is shut out.",
    wrong=Example(
        qualification_type(variable="tier", auto_granted="True") + "\n" + requiring("without(tier)"), path=_RULES
    ),
    right=Example(qualification_type(variable="tier") + "\n" + requiring("without(tier)")),
    source=CREATE_TYPE,
    label="documented",
    found_by="program",
)
REQUIRED_TYPE_AUTO_GRANTED = Rule(
    "MT222",
    "required-type-auto-granted",
    "warning",
    "The required type is granted automatically, so it keeps nobody out.",
    "Whoever asks for it gets it.",
    wrong=Example(
        qualification_type(variable="tier", auto_granted="True") + "\n" + requiring("holds(tier)"), path=_RULES
    ),
    right=Example(qualification_type(variable="tier") + "\n" + requiring("holds(tier)")),
    source=CREATE_TYPE,
    label="documented",
    found_by="program",
)
TEST_NOT_FOUND = Rule(
    "MT223",
    "test-not-found",
    "warning",
    "Who has not taken the test can't find the HIT that asks for it.",
    "A requirement that guards discovery hides the HIT from all who don't hold the type, and with it the way to the "
    "test.",
    wrong=Example(
        with_test(_TEST, _KEY, "tier")
        + "\n"
        + requiring('score(tier, at_least=5, actions_guarded="DiscoverPreviewAndAccept")'),
        path=_RULES,
    ),
    right=Example(with_test(_TEST, _KEY, "tier") + "\n" + requiring("score(tier, at_least=5)")),
    source=QUALIFICATION_REQUIREMENT,
    label="documented",
    found_by="program",
)
SCORE_OUT_OF_REACH = Rule(
    "MT224",
    "score-out-of-reach",
    "warning",
    "The score that is asked for is more than the answer key gives.",
    "Nobody who takes the test can reach it. A grant of the program gives any score, and then nothing is said.",
    wrong=Example(
        with_test(_TEST, _KEY, "tier") + "\n" + requiring("score(tier, at_least=80)"),
        path=_RULES,
    ),
    right=Example(with_test(_TEST, _KEY, "tier") + "\n" + requiring("score(tier, at_least=10)")),
    source="MTurk API reference, data structure AnswerKey",
    label="documented",
    found_by="program",
)
ADULT_TITLE = Rule(
    "MT225",
    "adult-title",
    "warning",
    "A HIT type that requires Worker_Adult has no warning in its title.",
    "The guide asks for one: (WARNING: This HIT may contain adult content. Worker discretion is advised.)",
    wrong=Example(requiring("adult()"), path="title"),
    right=Example(
        hit_type(
            title='"Sort pictures (WARNING: This HIT may contain adult content. Worker discretion is advised.)"',
            qualification_requirements="[adult()]",
        )
    ),
    source=GUIDE_ELIGIBILITY,
    label="documented",
    found_by="program",
)
HIT_TYPE_OF_ANOTHER = Rule(
    "MT217",
    "hit-type-of-another",
    "info",
    "A HIT type that leaves the program is declared by another resource, too.",
    "Equal values are one HIT type, as after a resource was renamed: nothing changes for it.",
    wrong=Example(hit_type("task"), before=hit_type("task") + "\n" + hit_type("same-task")),
    right=Example(hit_type("task"), before=hit_type("task")),
    source=CREATE_HIT_TYPE,
    label="documented",
    found_by="run",
)
HITS_LEFT = Rule(
    "MT218",
    "hits-left",
    "warning",
    "HITs are left of what leaves the stack, or were not listed.",
    "In an account of many the first 2,000 are looked at. "
    "HITs are no part of a stack: open ones go on being done and paid until they expire, submitted work waits for its "
    "approval, and a qualification type is gone for good only with the last HIT that requires it. `pulumi-mturk "
    "teardown` shows them with what they may still cost, and ends them; expire_hits=True does so on removal. A HIT is "
    "told of for its HIT type and for each qualification type that it requires: one command with all their ids is "
    "enough, or none in the project's folder, before a destroy.",
    wrong=Example("", before=hit_type(), note="a HIT of it is open", along_with=("MT215",)),
    right=Example("", before=hit_type(expire_hits="True"), note="a HIT of it is open", along_with=("MT215", "MT219")),
    source=DELETE_HIT,
    label="documented",
    found_by="run",
)
HITS_ENDED = Rule(
    "MT219",
    "hits-ended",
    "info",
    "HITs were expired or deleted, as expire_hits=True asks for.",
    "Who had accepted one may still submit; nothing was approved, rejected or paid. In production none is deleted.",
    wrong=Example(
        "",
        before=hit_type(expire_hits="True"),
        path="expireHits",
        note="a HIT of it is open",
        along_with=("MT215",),
    ),
    right=Example("", before=hit_type(), note="a HIT of it is open", along_with=("MT215", "MT218")),
    source=DELETE_HIT,
    label="documented",
    found_by="run",
)
