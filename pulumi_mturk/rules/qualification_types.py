"""MT30x and MT31x: qualification types, and what their change or removal does."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import (
    CREATE_TYPE,
    DELETE_TYPE,
    UPDATE_TYPE,
    answer_key,
    choice,
    form,
    qualification_type,
    question,
    requiring,
    scored,
    with_test,
)

_TEST = form(question(choice("river", "money")))
_KEY = answer_key(scored(("river", 10)))
_PRODUCTION = {"environment": "production"}
_GRANTED = (
    qualification_type(variable="tier", name='"Sentence rater"')
    + '\nmturk.QualificationGrant("ann", qualification_type_id=tier, worker_id="A1EXAMPLEWORKER")'
)
_RENAMED = _GRANTED.replace('"Sentence rater"', '"Rater of sentences"')

AUTO_GRANTED_WITH_TEST = Rule(
    "MT301",
    "auto-granted-with-test",
    "error",
    "A type has a test and is granted automatically.",
    "The service refuses the two together.",
    wrong=Example(with_test(_TEST, _KEY, auto_granted="True"), path="autoGranted"),
    right=Example(with_test(_TEST, _KEY)),
    source=CREATE_TYPE,
    label="documented",
)
KEY_WITHOUT_TEST = Rule(
    "MT302",
    "key-without-test",
    "error",
    "An answer key stands without a test.",
    "It scores the answers of a test.",
    wrong=Example(qualification_type(answer_key=f"'''{_KEY}'''"), path="answerKey"),
    right=Example(with_test(_TEST, _KEY)),
    source=CREATE_TYPE,
    label="documented",
)
DURATION_WITHOUT_TEST = Rule(
    "MT303",
    "duration-without-test",
    "warning",
    "The duration of a test stands without a test.",
    "It has no effect and is not sent.",
    wrong=Example(qualification_type(test_duration_in_seconds="600"), path="testDurationInSeconds"),
    right=Example(qualification_type()),
    source=CREATE_TYPE,
    label="documented",
)
VALUE_WITHOUT_AUTO_GRANTED = Rule(
    "MT304",
    "value-without-auto-granted",
    "warning",
    "The automatic score stands without automatic granting.",
    "It has no effect and is not sent.",
    wrong=Example(qualification_type(auto_granted_value="5"), path="autoGrantedValue"),
    right=Example(qualification_type(auto_granted="True", auto_granted_value="5")),
    source=CREATE_TYPE,
    label="documented",
)
TEST_WITHOUT_DURATION = Rule(
    "MT305",
    "test-without-duration",
    "error",
    "A test has no duration.",
    "The service needs the seconds that a worker has for it.",
    wrong=Example(with_test(_TEST, _KEY, test_duration_in_seconds="None"), path="testDurationInSeconds"),
    right=Example(with_test(_TEST, _KEY)),
    source=CREATE_TYPE,
    label="documented",
)
TEST_WITHOUT_KEY = Rule(
    "MT306",
    "test-without-key",
    "warning",
    "A test has no answer key.",
    "Every request then waits for somebody to decide on it.",
    wrong=Example(with_test(_TEST), path="answerKey"),
    right=Example(with_test(_TEST, _KEY)),
    source=CREATE_TYPE,
    label="documented",
)
ONE_TRY_FOR_EVER = Rule(
    "MT307",
    "one-try-for-ever",
    "warning",
    "Whoever fails the test has had the only try for ever.",
    "Without retry_delay_in_seconds a worker can't ask again.",
    wrong=Example(with_test(_TEST, _KEY, retry_delay_in_seconds="None"), path="retryDelayInSeconds"),
    right=Example(with_test(_TEST, _KEY)),
    source=CREATE_TYPE,
    label="documented",
)
UNKIND_WORDS = Rule(
    "MT308",
    "unkind-words",
    "warning",
    "Workers read the words, and take them as a judgement.",
    "Workers see names and descriptions of the types that they hold. Write what they took part in.",
    wrong=Example(qualification_type(description='"Banned from our studies."'), path="description"),
    right=Example(qualification_type(description='"Took part in an earlier study."')),
    source=CREATE_TYPE,
    label="documented",
)
NAME_HELD_BY_THE_OLD_TYPE = Rule(
    "MT309",
    "name-held-by-the-old-type",
    "error",
    "The change needs a new type, and the name is still taken by the old one.",
    "A name stays taken for up to 48 hours after its type is deleted, and longer while HITs require it. Without a name "
    "one is generated.",
    wrong=Example(
        qualification_type(name='"Sentence rater"', keywords='"rating"'),
        before=qualification_type(name='"Sentence rater"'),
        path="name",
    ),
    right=Example(
        qualification_type(name='"Rater of sentences"', keywords='"rating"'),
        before=qualification_type(name='"Sentence rater"'),
        along_with=("MT310",),
    ),
    source=DELETE_TYPE,
    label="documented",
    found_by="change",
)
TYPE_REPLACED = Rule(
    "MT310",
    "type-replaced",
    "warning",
    "The change replaces the qualification type.",
    "Nobody holds the new one but those to whom the program grants it. The old one stays with its holders, but no new "
    "HIT can ask for it, pending requests are rejected, and HIT types that require it are deleted with it. As an "
    "exclusion it lets everybody in until the new one is granted.",
    wrong=Example(qualification_type(keywords='"rating, sentences"'), before=qualification_type()),
    right=Example(qualification_type(description='"Rated very well."'), before=qualification_type()),
    source=UPDATE_TYPE,
    label="documented",
    found_by="change",
)
REPLACEMENT_REFUSED = Rule(
    "MT311",
    "replacement-refused",
    "error",
    "A type that is in use in production is not replaced.",
    "Its holders, requests and HITs are counted, and the plan stops unless force_destroy=True says that they may be "
    "lost.",
    wrong=Example(_RENAMED, before=_GRANTED, configuration=_PRODUCTION),
    right=Example(
        _RENAMED.replace(",\n)", ",\n    force_destroy=True,\n)", 1),
        before=_GRANTED,
        configuration=_PRODUCTION,
        along_with=("MT310",),
    ),
    source=DELETE_TYPE,
    label="documented",
    found_by="change",
)
DELETION_REFUSED = Rule(
    "MT312",
    "deletion-refused",
    "error",
    "A type that is in use in production is not deleted.",
    "Its holders, requests and HITs are counted, and the deletion stops unless force_destroy=True was applied before.",
    wrong=Example("", before=qualification_type(), configuration=_PRODUCTION, note="a worker holds the type"),
    right=Example(
        "",
        before=qualification_type(force_destroy="True"),
        configuration=_PRODUCTION,
        note="a worker holds the type",
    ),
    source=DELETE_TYPE,
    label="documented",
    found_by="run",
)
EXCLUDING_TYPE_DELETED = Rule(
    "MT313",
    "excluding-type-deleted",
    "warning",
    "A type that keeps people out is deleted.",
    "Everybody whom it kept out can take part, until they are granted another one.",
    wrong=Example(
        requiring('without("3EXAMPLEOLD")'),
        before=qualification_type(variable="past") + "\n" + requiring("without(past)"),
        note="the type that is deleted is 3EXAMPLEOLD",
    ),
    right=Example(requiring("masters()"), before=qualification_type(variable="past") + "\n" + requiring("masters()")),
    source=DELETE_TYPE,
    label="documented",
    found_by="run",
)
NAME_TAKEN = Rule(
    "MT314",
    "name-taken",
    "error",
    "The name belongs to another type of the account.",
    "Names are unique in an account, and stay taken for up to 48 hours after a deletion, longer while HITs require the "
    "type.",
    wrong=Example(
        qualification_type(name='"Sentence rater"'), path="name", note="another type of the account has the name"
    ),
    right=Example(qualification_type(), note="another type of the account has the name"),
    source=CREATE_TYPE,
    label="documented",
    found_by="run",
)
NAME_TWICE = Rule(
    "MT315",
    "name-twice",
    "error",
    "Two resources of the program make a qualification type of one name.",
    "A name is unique in an account, so the second would be refused when the first is made already. Where one type is "
    "meant, pass the resource on; without a name each gets one of its own.",
    wrong=Example(
        qualification_type("tier", name='"Sentence rater"') + "\n" + qualification_type("bar", name='"Sentence rater"'),
        path="name",
    ),
    right=Example(qualification_type("tier", name='"Sentence rater"') + "\n" + qualification_type("bar")),
    source=CREATE_TYPE,
    label="documented",
)
