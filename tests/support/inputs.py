"""Inputs of the resources as a program may write them: plain examples, and strategies for good and bad ones."""

from typing import Any

from hypothesis import strategies as st

from tests.support import requirement_strategies

SCHEMAS = "http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas"
# In apostrophes, which no canonical form has: a service that echoes another layout is noticed.
TEST = f"""<QuestionForm xmlns='{SCHEMAS}/2017-11-06/QuestionForm.xsd'><Question>
<QuestionIdentifier>q1</QuestionIdentifier><QuestionContent><Text>Two and two?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><Selections>
<Selection><SelectionIdentifier>a</SelectionIdentifier><Text>Four</Text></Selection>
<Selection><SelectionIdentifier>b</SelectionIdentifier><Text>Five</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question></QuestionForm>"""
OTHER_TEST = TEST.replace("Two and two?", "Two plus two?")
ANSWER_KEY = f"""<AnswerKey xmlns='{SCHEMAS}/2005-10-01/AnswerKey.xsd'><Question>
<QuestionIdentifier>q1</QuestionIdentifier><AnswerOption>
<SelectionIdentifier>a</SelectionIdentifier><AnswerScore>1</AnswerScore></AnswerOption></Question></AnswerKey>"""
TESTED = {"test": TEST, "answerKey": ANSWER_KEY, "testDurationInSeconds": 600, "retryDelayInSeconds": 3600}

WORKER = "A1EXAMPLEWORKER"
OTHER_WORKER = "A2EXAMPLEWORKER"
# An id of the right form that belongs to nothing; strategies put real ones in its place.
NO_TYPE = "3X" + "0" * 28

LONGEST = 2**31 - 1

TYPE: dict[str, Any] = {"description": "Can transcribe receipts."}
HIT_TYPE: dict[str, Any] = {
    "title": "Transcribe a receipt",
    "description": "Type what the receipt says.",
    "reward": "0.15",
    "assignmentDurationInSeconds": 600,
}
GRANT: dict[str, Any] = {"qualificationTypeId": NO_TYPE, "workerId": WORKER}
ROSTER: dict[str, Any] = {"qualificationTypeId": NO_TYPE, "workers": f"{WORKER}=1 {OTHER_WORKER}=2"}
BLOCK: dict[str, Any] = {"workerId": WORKER, "reason": "Asked to be left alone."}
EXAMPLES = {
    "QualificationType": TYPE,
    "HITType": HIT_TYPE,
    "QualificationGrant": GRANT,
    "QualificationRoster": ROSTER,
    "WorkerBlock": BLOCK,
}

# What JSON can say, but not the halves of surrogate pairs, which no text holds.
texts = st.text(st.characters(codec="utf-8"), max_size=12)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


# What people can read: no control characters but tab and line ends, and something to see in it.
readable = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Cs")) | st.sampled_from("\t\n"), max_size=12
).map(lambda text: text if any(letter.isascii() and letter.isalnum() for letter in text) else f"{text}x")


def sized(longest: int) -> st.SearchStrategy[str]:
    """Texts with something in them, the longest one too."""
    return readable | st.just("x" * longest)


words = readable.map(lambda text: text.replace(",", ""))
keywords = st.lists(words, max_size=4).flatmap(lambda chosen: st.sampled_from((chosen, ",".join(chosen))))
rewards = st.from_regex(r"[0-9]{1,4}\.?[0-9]{0,2}", fullmatch=True)
worker_ids = st.from_regex(r"A[A-Z0-9]{1,63}", fullmatch=True)


def _entry(worker: str, score: int | None, line: int | None) -> str:
    return f"{worker}{'' if score is None else f'={score}'}{'' if line is None else f'@{line}'}"


# Lists and mappings in one string, some of them out of a file.
rosters = st.builds(
    lambda source, blank, scores, lines: blank.join(
        (*source, *(_entry(worker, score, line) for (worker, score), line in zip(scores.items(), lines, strict=False)))
    ),
    st.sampled_from(((), (">pilot%20wave.csv",))),
    st.sampled_from((" ", "\n")),
    st.dictionaries(worker_ids, st.none() | requirement_strategies.scores, max_size=5),
    st.lists(st.none() | st.integers(1, 10**6), min_size=5, max_size=5),
)

documents: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.just({"test": TEST, "testDurationInSeconds": 600}),
    st.just(TESTED),
    st.builds(
        lambda test, seconds: {"test": test, "answerKey": ANSWER_KEY, "testDurationInSeconds": seconds},
        st.sampled_from((TEST, OTHER_TEST, f'<?xml version="1.0" encoding="UTF-16"?>\n{TEST}')),
        st.integers(1, LONGEST),
    ),
)


def _types() -> st.SearchStrategy[dict[str, Any]]:
    plain = st.fixed_dictionaries(
        {"description": sized(2000)},
        optional={
            "name": sized(300),
            "namePrefix": sized(50),
            "keywords": keywords,
            "qualificationTypeStatus": st.sampled_from(("Active", "Inactive")),
            "retryDelayInSeconds": st.integers(0, LONGEST),
            "autoGrantedValue": requirement_strategies.scores,
            "forceDestroy": st.booleans(),
            "validateQuestions": st.booleans(),
        },
    )
    return st.builds(
        lambda members, extra, granted: members | extra | ({} if extra else granted),
        plain,
        documents,
        st.fixed_dictionaries(
            {}, optional={"autoGranted": st.booleans(), "testDurationInSeconds": st.integers(1, LONGEST)}
        ),
    )


def _hit_types() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "title": sized(128),
            "description": sized(2000),
            "reward": rewards,
            "assignmentDurationInSeconds": st.integers(30, 31_536_000),
        },
        optional={
            "autoApprovalDelayInSeconds": st.integers(0, 2_592_000),
            "keywords": keywords,
            "qualificationRequirements": st.lists(requirement_strategies.requirement_dicts(), max_size=10).map(
                requirement_strategies.that_can_be_met
            ),
        },
    )


def _grants() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"qualificationTypeId": st.just(NO_TYPE), "workerId": worker_ids},
        optional={
            "integerValue": requirement_strategies.scores,
            "sendNotification": st.booleans(),
            "revocationReason": st.sampled_from(("", "The study is over.")),
        },
    )


def _rosters() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"qualificationTypeId": st.just(NO_TYPE), "workers": rosters},
        optional={
            "integerValue": requirement_strategies.scores,
            "exclusive": st.booleans(),
            "unknownWorkers": st.sampled_from(("fail", "skip")),
            "maxRemovals": st.integers(0, LONGEST),
            "sendNotification": st.booleans(),
            "revocationReason": st.sampled_from(("", "The study is over.")),
        },
    )


def _blocks() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"workerId": worker_ids, "reason": sized(300)})


VALID: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "QualificationType": _types(),
    "HITType": _hit_types(),
    "QualificationGrant": _grants(),
    "QualificationRoster": _rosters(),
    "WorkerBlock": _blocks(),
}

_ROUGH_TEXTS = st.sampled_from(("", " ", "x" * 128, "x" * 129, "x" * 2000, "x" * 2001, "é" * 2000, "\x00", 7, True))
_ROUGH_NUMBERS = st.sampled_from(
    (
        -1,
        0,
        1,
        29,
        30,
        600,
        2_592_000,
        2_592_001,
        31_536_000,
        31_536_001,
        2**31 - 1,
        2**31,
        2**63,
        1.5,
        "600",
        "x",
        True,
    )
)
_ROUGH_KEYWORDS = st.sampled_from(("", " , ", "a,b", "k" * 1000, "k" * 1001, ["a", 1], ["a", "b"], 5, {"a": 1}))
_ROUGH_REWARDS = st.sampled_from(
    (
        "0",
        "0.1",
        "0.10",
        "5.",
        "00.10",
        " 1 ",
        "1\n",
        ".20",
        "0.105",
        "1,000",
        "-1",
        "",
        "abc",
        "1e3",
        "٣",
        5,
        0.5,
        "9" * 12,
    )
)
_ROUGH_WORKERS = st.sampled_from(
    (WORKER, "A1", "A", "", "a1example", "B1EXAMPLE", "A1-EXAMPLE", f"{WORKER}\n", "A" * 64, "A" * 65, 7)
)
_ROUGH_ROSTERS = st.lists(
    _ROUGH_WORKERS.map(str)
    | st.builds("{}={}".format, st.sampled_from((WORKER, "A1")), st.sampled_from((1, 2**31 - 1, 2**31, -1, "?", 1.5))),
    max_size=3,
).map(" ".join) | st.sampled_from((7, [WORKER], {WORKER: 1}, True))
_ROUGH_IDS = st.sampled_from((NO_TYPE, "", "abc", "A-B", "A B", "A" * 64 + "B", f"{NO_TYPE}\n", 7))
_ROUGH_TESTS = st.sampled_from(
    (
        TEST,
        TEST.replace("2017-11-06", "2005-10-01"),
        TEST.replace("2017-11-06", "2011-11-11"),
        TEST[:-1],
        f"<!DOCTYPE QuestionForm>{TEST}",
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{TEST}',
        TEST.replace("QuestionIdentifier", "Identifier"),
        TEST.replace("</QuestionForm>", f"<!--{'x' * 65535}--></QuestionForm>"),
        ANSWER_KEY,
        "<p/>",
        "",
        " ",
        7,
    )
)
_ROUGH_KEYS = st.sampled_from(
    (
        ANSWER_KEY,
        ANSWER_KEY.replace(">a<", ">c<"),
        ANSWER_KEY.replace("2005-10-01", "2017-11-06"),
        f"{ANSWER_KEY}<p/>",
        TEST,
        "",
    )
)


# For each member what a program may write there, right or wrong.
ROUGH_MEMBERS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "QualificationType": {
        "description": _ROUGH_TEXTS,
        "name": _ROUGH_TEXTS,
        "keywords": _ROUGH_KEYWORDS,
        "qualificationTypeStatus": st.sampled_from(("Active", "Inactive", "active", "Disposing", "", 1)),
        "retryDelayInSeconds": _ROUGH_NUMBERS,
        "test": _ROUGH_TESTS,
        "answerKey": _ROUGH_KEYS,
        "testDurationInSeconds": _ROUGH_NUMBERS,
        "autoGranted": st.sampled_from((True, False, "true", "maybe", 2)),
        "autoGrantedValue": _ROUGH_NUMBERS,
    },
    "HITType": {
        "title": _ROUGH_TEXTS,
        "description": _ROUGH_TEXTS,
        "reward": _ROUGH_REWARDS,
        "assignmentDurationInSeconds": _ROUGH_NUMBERS,
        "autoApprovalDelayInSeconds": _ROUGH_NUMBERS,
        "keywords": _ROUGH_KEYWORDS,
        "qualificationRequirements": st.lists(requirement_strategies.rough_requirements(), max_size=2)
        | st.lists(requirement_strategies.requirement_dicts(), min_size=8, max_size=12)
        | st.sampled_from((5, "rules", {"comparator": "Exists"})),
    },
    "QualificationGrant": {
        "qualificationTypeId": _ROUGH_IDS,
        "workerId": _ROUGH_WORKERS,
        "integerValue": _ROUGH_NUMBERS,
    },
    "QualificationRoster": {
        "qualificationTypeId": _ROUGH_IDS,
        "workers": _ROUGH_ROSTERS,
        "integerValue": _ROUGH_NUMBERS,
        "exclusive": st.sampled_from((True, False, "true", "maybe", 2)),
        "unknownWorkers": st.sampled_from(("fail", "skip", "Fail", "ignore", "", 1)),
        "maxRemovals": _ROUGH_NUMBERS,
    },
    "WorkerBlock": {"workerId": _ROUGH_WORKERS, "reason": _ROUGH_TEXTS},
}


def rough(token: str) -> st.SearchStrategy[dict[str, Any]]:
    """An example with several members as they come, or without one of its own."""
    example = EXAMPLES[token]
    changed = st.fixed_dictionaries({}, optional=ROUGH_MEMBERS[token]).map(lambda changes: example | changes)
    return changed | st.sampled_from(sorted(example)).map(lambda name: without(example, name))


def one_change(token: str) -> st.SearchStrategy[dict[str, Any]]:
    """A good example, with at most one member wrong: nothing else can be what it is refused for."""
    members = ROUGH_MEMBERS[token]
    good = st.sampled_from((TYPE, TYPE | TESTED)) if token == "QualificationType" else st.just(EXAMPLES[token])  # noqa: S105
    return good.flatmap(
        lambda example: st.sampled_from(sorted(members)).flatmap(
            lambda name: members[name].map(lambda value: example | {name: value})
        )
    )


def one_change_of_a_requirement() -> st.SearchStrategy[dict[str, Any]]:
    """A good requirement, with one member as it comes."""
    pairs = (
        requirement_strategies.rough_requirements()
        .filter(bool)
        .flatmap(lambda members: st.sampled_from(sorted(members.items(), key=str)))
    )
    return st.builds(lambda good, pair: good | dict([pair]), requirement_strategies.requirement_dicts(), pairs)


def without(members: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in members.items() if key != name}


def owning(inputs: Any, qualification_type_id: str) -> Any:
    """The same inputs, about a type that exists."""

    def own(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: own(item) for key, item in value.items()}
        if isinstance(value, list):
            return [own(item) for item in value]
        made_up = isinstance(value, str) and value.startswith("3X") and len(value) == 30
        return qualification_type_id if made_up else value

    return own(inputs)


def valid_owning(inputs: dict[str, Any], qualification_type_id: str) -> dict[str, Any]:
    """The same valid inputs, about a type that exists; of requirements that contradict each other now, one is left."""
    owned: dict[str, Any] = owning(inputs, qualification_type_id)
    if requirements := owned.get("qualificationRequirements"):
        owned["qualificationRequirements"] = requirement_strategies.that_can_be_met(requirements)
    return owned


# What the client is called with, in its own words.
CALL_OF_TYPE: dict[str, Any] = {
    "name": "Transcription",
    "description": "Can transcribe.",
    "keywords": "transcribe, receipts",
    "qualification_type_status": "Active",
}
CALL_OF_HIT_TYPE: dict[str, Any] = {
    "title": "Transcribe a receipt",
    "description": "Type what the receipt says.",
    "reward": "0.15",
    "assignment_duration_in_seconds": 600,
}
