"""Inputs with one constraint broken: a good program, one thing wrong in it, the rule that finds it, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from hypothesis import strategies as st

from tests.support.broken_documents import KEY_BREAKS, TEST_BREAKS
from tests.support.inputs import NO_TYPE, OTHER_WORKER, TESTED, VALID, WORKER, readable, rewards, without
from tests.support.requirement_strategies import requirement_dicts, that_can_be_met

Inputs: TypeAlias = dict[str, Any]
Found: TypeAlias = tuple[str, str]
"""Path and code of a finding."""


@dataclass(frozen=True)
class Broken:
    """Inputs of a resource, and what is wrong with them."""

    token: str
    inputs: Inputs
    found: Found

    @property
    def member(self) -> str:
        """The input that is wrong."""
        return self.found[0].partition("[")[0]


Values: TypeAlias = st.SearchStrategy[Any]
Break: TypeAlias = Callable[[Inputs], st.SearchStrategy[tuple[Inputs, str, str]]]
"""Good inputs, to bad ones with path and code."""

_CONTROLS = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF)]
_BLANKS = " \t\n\u00a0\u2003\u200b\u200e\u2060\u3164\u2800\ufeff\ufe0f"
_HUGE = st.integers(19, 600).map(lambda digits: 10**digits)
_OUTPUT = "Calling __str__ on an Output[T] is not supported.\nTo get the value, use Output.apply"

controls = st.builds(
    lambda head, control, tail: f"{head}{control}{tail}",
    readable,
    st.sampled_from(_CONTROLS),
    st.text("xyz", max_size=3),
)
_IN_A_WORD = st.sampled_from([control for control in _CONTROLS if not control.isspace()]).map("a{}b".format)
blanks = st.text(st.sampled_from(_BLANKS), min_size=1, max_size=6)
no_text = st.integers() | st.booleans() | st.lists(st.integers(), max_size=2) | st.just({"a": "b"}) | st.floats()
no_truth = st.integers(2) | st.sampled_from(("maybe", "", "truth", 0.5, -1)) | st.lists(st.booleans(), max_size=2)
no_number = (
    st.floats().filter(lambda number: not number.is_integer())
    | st.sampled_from(("x", "1.5", "", "NaN", "Infinity", "1e3", "1e999999", "0x10", True, False))
    | st.lists(st.integers(), max_size=2)
)


def longer(most: int) -> Values:
    """Texts above a limit, by one character or by many."""
    return st.sampled_from((1, 2, 99, 100_000)).map(lambda more: "x" * (most + more))


def outside(low: int, high: int) -> Values:
    """Numbers beyond two bounds, by one or by many digits."""
    near = st.integers(-10, -1).map(low.__add__) | st.integers(1, 10).map(high.__add__)
    return near | _HUGE | _HUGE.map(int.__neg__)


def _text(most: int) -> dict[str, Values]:
    return {
        "MT003": no_text,
        "MT004": st.just("") | longer(most),
        "MT008": readable.map(f"{_OUTPUT}".__add__),
        "MT020": controls | readable.map(f"\ud800{'{}'}".format),
        "MT021": blanks,
    }


_SENT_LATER = _text(10_000) | {"MT004": longer(10_000)}
_KEYWORDS = {
    "MT007": longer(1000) | st.integers() | st.just({"a": 1}) | st.lists(st.integers(), min_size=1, max_size=2),
    # Some control characters are blanks between words, and left out as others are.
    "MT020": _IN_A_WORD | _IN_A_WORD.map(lambda text: ["word", text]),
    "MT021": st.text("\u200b\u2060\u3164\u2800", min_size=1, max_size=5),
}
_TRUTH = {"MT003": no_truth}
_INT32 = {"MT003": no_number, "MT005": outside(-(2**31), 2**31 - 1)}


def _choice(*right: str) -> dict[str, Values]:
    wrong = st.sampled_from([form for word in right for form in (word.swapcase(), f" {word}", f"{word}s", word[1:])])
    return {"MT006": wrong | readable.filter(lambda text: text not in right) | st.just("")}


def _number(low: int, high: int) -> dict[str, Values]:
    return {"MT003": no_number, "MT005": outside(low, high)}


_WORKER = st.sampled_from(
    ("", "A", "a1example", "B1EXAMPLE", "A1-EXAMPLE", "A1EXAMPLE ", "A1EXAMPLE\n", "\u0391EXAMPLE")
)
_WORKER_ID = {"MT401": _WORKER | st.integers(65, 100_000).map("A".__mul__), "MT003": no_text}
_TYPE_ID = {
    "MT402": st.sampled_from(("", "abc", "3A-B", "3AB ", "3AB\n")) | st.integers(65, 100_000).map("3".__mul__),
    "MT003": no_text,
}
_ROSTER = {
    "MT003": no_text,
    "MT410": _WORKER.filter(str.strip).map(lambda worker: f"{OTHER_WORKER} {worker.strip()}=1.5")
    | st.sampled_from((f"{WORKER},", "?", "A@3", "\u0391EXAMPLE", f"{WORKER}={'9' * 1000}")),
    "MT411": outside(-(2**31), 2**31 - 1)
    .filter(lambda score: abs(score) < 10**10)
    .map(lambda score: f"{WORKER}={score}")
    | st.just(f"{WORKER}=?"),
    "MT412": st.integers(0, 99).map(lambda score: f"{WORKER}={score} {OTHER_WORKER} {WORKER}={score + 1}"),
}
# Member -> code -> values that break this one rule.
MEMBERS: dict[str, dict[str, dict[str, Values]]] = {
    "QualificationType": {
        "description": _text(2000),
        "name": _text(1000),
        "namePrefix": _text(1000),
        "keywords": _KEYWORDS,
        "qualificationTypeStatus": _choice("Active", "Inactive"),
        "retryDelayInSeconds": _number(0, 2**63 - 1),
        "testDurationInSeconds": _number(1, 2**63 - 1),
        "autoGranted": _TRUTH,
        "autoGrantedValue": _INT32,
        "forceDestroy": _TRUTH,
        "validateQuestions": _TRUTH,
        "test": {"MT003": no_text},
    },
    "HITType": {
        "title": _text(128),
        "description": _text(2000),
        "keywords": _KEYWORDS,
        "reward": {
            "MT210": st.floats(),
            "MT211": st.sampled_from(
                (
                    "",
                    ".20",
                    "0.105",
                    "1,000",
                    "-1",
                    "+1",
                    "$1",
                    "1e3",
                    "1.2.3",
                    "1000000000",
                    "9" * 40,
                    "\u0663",
                    "abc",
                    "NaN",
                    "Infinity",
                    "1e999999",
                )
            )
            | st.integers(31, 100_000).map("9".__mul__)
            | _HUGE.filter(lambda number: number > 2**63)
            | st.lists(st.integers(), max_size=1)
            | st.booleans(),
        },
        "assignmentDurationInSeconds": _number(30, 31_536_000),
        "autoApprovalDelayInSeconds": _number(0, 2_592_000),
    },
    "QualificationGrant": {
        "qualificationTypeId": _TYPE_ID,
        "workerId": _WORKER_ID,
        "integerValue": _INT32,
        "sendNotification": _TRUTH,
        "revocationReason": _SENT_LATER,
    },
    "QualificationRoster": {
        "qualificationTypeId": _TYPE_ID,
        "workers": _ROSTER,
        "integerValue": _INT32,
        "exclusive": _TRUTH,
        "unknownWorkers": _choice("fail", "skip"),
        "maxRemovals": _number(0, 2**1000),
        "forceDestroy": _TRUTH,
        "sendNotification": _TRUTH,
        "revocationReason": _SENT_LATER,
    },
    "WorkerBlock": {"workerId": _WORKER_ID, "reason": _text(10_000)},
}
# Whatever is 0 or more, and no more is said of it.
MEMBERS["QualificationRoster"]["maxRemovals"]["MT005"] = st.integers(max_value=-1) | _HUGE.map(int.__neg__)
REQUIRED = {
    "QualificationType": ("description",),
    "HITType": ("title", "description", "reward", "assignmentDurationInSeconds"),
    "QualificationGrant": ("qualificationTypeId", "workerId"),
    "QualificationRoster": ("qualificationTypeId", "workers"),
    "WorkerBlock": ("workerId", "reason"),
}


def _rule(identifier: Any, comparator: Any, **values: Any) -> Inputs:
    return {"qualificationTypeId": identifier, "comparator": comparator, **values}


_RATE, _COUNT, _PLACE = "Worker_PercentAssignmentsApproved", "Worker_NumberHITsApproved", "Worker_Locale"
_US = {"country": "US"}
_SCORE = st.integers(-(2**31), 2**31 - 1)
_SINGLE = st.sampled_from(
    ("EqualTo", "NotEqualTo", "LessThan", "LessThanOrEqualTo", "GreaterThan", "GreaterThanOrEqualTo")
)
_SET = st.sampled_from(("In", "NotIn"))
_PRESENCE = st.sampled_from(("Exists", "DoesNotExist"))


def _numbers(identifier: str, value: Values) -> Values:
    return st.builds(lambda comparator, number: _rule(identifier, comparator, integerValues=[number]), _SINGLE, value)


def _places(comparator: Values, value: Values) -> Values:
    return st.builds(lambda how, place: _rule(_PLACE, how, localeValues=[place]), comparator, value)


_EQUAL = st.sampled_from(("EqualTo", "NotEqualTo", "In", "NotIn"))
# (path within the requirement, code, requirements that break this rule)
REQUIREMENTS: list[tuple[str, str, Values]] = [
    ("", "MT101", st.integers() | st.text("xyz", max_size=3) | st.booleans()),
    ("colour", "MT102", st.just(_rule(NO_TYPE, "Exists", colour="red"))),
    ("comparator", "MT103", st.just(_rule(NO_TYPE, "Exists", Comparator="Exists"))),
    ("requiredToPreview", "MT104", st.booleans().map(lambda value: _rule(NO_TYPE, "Exists", requiredToPreview=value))),
    ("qualificationTypeId", "MT105", st.just({"comparator": "Exists"})),
    ("qualificationTypeId", "MT106", st.integers().map(lambda value: _rule(value, "Exists"))),
    ("qualificationTypeId", "MT107", (longer(255) | st.just("")).map(lambda text: _rule(text, "Exists"))),
    ("qualificationTypeId", "MT108", st.just(_rule("2NDP2L92HECWY8NS8H3CK0CP5L9GHO", "Exists"))),
    (
        "qualificationTypeId",
        "MT109",
        st.sampled_from(("masters", "Worker_locale", "ADULT")).map(lambda x: _rule(x, "Exists")),
    ),
    ("qualificationTypeId", "MT020", controls.map(lambda text: _rule(text, "Exists"))),
    ("qualificationTypeName", "MT020", controls.map(lambda text: _rule(NO_TYPE, "Exists", qualificationTypeName=text))),
    ("qualificationTypeName", "MT004", longer(1000).map(lambda x: _rule(NO_TYPE, "Exists", qualificationTypeName=x))),
    ("comparator", "MT111", st.just({"qualificationTypeId": NO_TYPE})),
    ("comparator", "MT112", (readable | _HUGE | st.booleans()).map(lambda x: _rule(NO_TYPE, x))),
    (
        "actionsGuarded",
        "MT113",
        (readable | _HUGE | longer(0)).map(lambda x: _rule(NO_TYPE, "Exists", actionsGuarded=x)),
    ),
    (
        "integerValues",
        "MT114",
        (st.integers() | _HUGE | st.just("95")).map(lambda x: _rule(NO_TYPE, "EqualTo", integerValues=x)),
    ),
    ("integerValues[0]", "MT115", _numbers(NO_TYPE, no_number.filter(lambda value: not isinstance(value, list)))),
    ("integerValues[0]", "MT116", _numbers(NO_TYPE, outside(-(2**31), 2**31 - 1))),
    ("integerValues[0]", "MT117", _numbers(_RATE, st.integers(101, 2**31 - 1) | st.integers(-(2**31), -1))),
    ("integerValues[0]", "MT118", _numbers(_COUNT, st.integers(-(2**31), -1))),
    ("integerValues[0]", "MT148", _numbers("Worker_Adult", st.integers(2, 2**31 - 1) | st.integers(-(2**31), -1))),
    ("localeValues", "MT119", st.sampled_from(("US", 5, _US)).map(lambda x: _rule(_PLACE, "EqualTo", localeValues=x))),
    ("localeValues[0]", "MT120", _places(_EQUAL, st.integers() | st.just("US"))),
    ("localeValues[0].country", "MT121", _places(_EQUAL, st.just({}))),
    (
        "localeValues[0].country",
        "MT122",
        _places(
            _EQUAL,
            (
                readable.filter(lambda x: len(x) > 2) | longer(2) | st.integers(1, 9000).map(lambda n: f"US{' ' * n}!")
            ).map(lambda x: {"country": x}),
        ),
    ),
    (
        "localeValues[0].subdivision",
        "MT123",
        _places(_EQUAL, (readable.filter(lambda x: len(x) > 2) | longer(2)).map(lambda x: _US | {"subdivision": x})),
    ),
    ("localeValues[0].subdivision", "MT124", _places(_EQUAL, st.just({"country": "CA", "subdivision": "QC"}))),
    (
        "productionOnly",
        "MT126",
        st.sampled_from(("yes", 1, 0.5)).map(lambda x: _rule(NO_TYPE, "Exists", productionOnly=x)),
    ),
    (
        "integerValues",
        "MT128",
        st.builds(
            lambda how, n: _rule(_PLACE, how, integerValues=[n], localeValues=[_US]),
            st.sampled_from(("EqualTo", "In")),
            st.integers(0, 9),
        ),
    ),
    ("comparator", "MT129", _places(st.sampled_from(("LessThan", "GreaterThanOrEqualTo")), st.just(_US))),
    ("localeValues", "MT131", _SCORE.map(lambda n: _rule(NO_TYPE, "EqualTo", integerValues=[n], localeValues=[_US]))),
    ("integerValues", "MT132", st.builds(lambda how, n: _rule(NO_TYPE, how, integerValues=[n]), _PRESENCE, _SCORE)),
    (
        "integerValues",
        "MT133",
        st.builds(
            lambda how, n: _rule(NO_TYPE, how, integerValues=n), _SINGLE, st.lists(_SCORE, min_size=2, max_size=20)
        ),
    ),
    (
        "integerValues",
        "MT134",
        st.builds(
            lambda how, n: _rule(NO_TYPE, how, integerValues=n), _SET, st.lists(_SCORE, min_size=16, max_size=30)
        ),
    ),
    (
        "localeValues",
        "MT134",
        st.builds(
            lambda how, n: _rule(_PLACE, how, localeValues=[{"country": "PR"}, _US] * n), _SET, st.integers(16, 500)
        ),
    ),
    ("integerValues", "MT135", (_SINGLE | _SET).map(lambda how: _rule(NO_TYPE, how))),
    ("localeValues", "MT135", _EQUAL.map(lambda how: _rule(_PLACE, how))),
    (
        "comparator",
        "MT137",
        st.builds(lambda how, n: _rule("Masters", how, integerValues=[n]), _SINGLE, st.integers(0, 9)),
    ),
]
_HELD = _rule(NO_TYPE, "Exists")
# Drawing a strategy that is made anew takes longer than a check does.
_RULES = st.lists(requirement_dicts(), max_size=4).map(that_can_be_met)
_TASKS = st.fixed_dictionaries(
    {"title": readable, "description": readable, "reward": rewards, "assignmentDurationInSeconds": st.just(600)}
)


@st.composite
def _member_broken(draw: st.DrawFn, token: str) -> Broken:
    name = draw(st.sampled_from(sorted(MEMBERS[token])))
    code = draw(st.sampled_from(sorted(MEMBERS[token][name])))
    with_test = TESTED if name == "test" else {}  # a test needs its duration
    inputs = draw(VALID[token]) | with_test | {name: draw(MEMBERS[token][name][code])}
    return Broken(token, inputs, (name, code))


@st.composite
def _member_missing(draw: st.DrawFn, token: str) -> Broken:
    name = draw(st.sampled_from(REQUIRED[token]))
    return Broken(token, without(draw(VALID[token]), name), (name, "MT001"))


@st.composite
def _member_unknown(draw: st.DrawFn, token: str) -> Broken:
    name = f"x{draw(st.text('abcdefgh', min_size=1, max_size=9))}"
    return Broken(token, draw(VALID[token]) | {name: draw(st.integers() | readable)}, (name, "MT002"))


@st.composite
def _document_broken(draw: st.DrawFn) -> Broken:
    plain = {name: value for name, value in draw(VALID[TYPE]).items() if name not in _OF_DOCUMENTS} | TESTED
    breaks = {"test": TEST_BREAKS, "answerKey": KEY_BREAKS}
    member = draw(st.sampled_from(sorted(breaks)))
    code, changed = draw(st.sampled_from(breaks[member]))
    if member == "test" and code != "MT335":
        del plain["answerKey"]  # it may not fit the test any more, which is another mistake
    return Broken(TYPE, plain | {member: draw(changed)}, (member, code))


@st.composite
def _documents_at_odds(draw: st.DrawFn) -> Broken:
    plain = {name: value for name, value in draw(VALID[TYPE]).items() if name not in _OF_DOCUMENTS} | TESTED
    change, found = draw(
        st.sampled_from(
            (
                (lambda inputs: without(inputs, "testDurationInSeconds"), ("testDurationInSeconds", "MT305")),
                (lambda inputs: without(inputs, "test"), ("answerKey", "MT302")),
                (lambda inputs: inputs | {"autoGranted": True}, ("autoGranted", "MT301")),
            )
        )
    )
    return Broken(TYPE, change(plain), found)


@st.composite
def _requirement_broken(draw: st.DrawFn) -> Broken:
    path, code, values = draw(st.sampled_from(REQUIREMENTS))
    rules = draw(_RULES)
    index = draw(st.integers(0, len(rules)))
    where = f"qualificationRequirements[{index}]" + (f".{path}" if path else "")
    rules.insert(index, draw(values))
    inputs = draw(_TASKS) | {"qualificationRequirements": rules}
    return Broken(HIT_TYPE, inputs, (where, code))


@st.composite
def _requirements_broken(draw: st.DrawFn) -> Broken:
    code, value = draw(
        st.sampled_from(
            (
                *(("MT202", [_HELD] * number) for number in (11, 12, 500)),
                *(("MT003", value) for value in (5, "rules", True, {"comparator": "Exists"})),
            )
        )
    )
    inputs = draw(_TASKS) | {"qualificationRequirements": value}
    return Broken(HIT_TYPE, inputs, ("qualificationRequirements", code))


@st.composite
def _worker_in_reason(draw: st.DrawFn, token: str) -> Broken:
    listed = {"workerId": WORKER} if token == "QualificationGrant" else {"workers": f"{WORKER} {OTHER_WORKER}"}  # noqa: S105
    reason = f"{draw(st.text('xyz ', max_size=5))} {WORKER}"
    return Broken(token, draw(VALID[token]) | listed | {"revocationReason": reason}, ("revocationReason", "MT702"))


TYPE, HIT_TYPE = "QualificationType", "HITType"
_OF_DOCUMENTS = {"test", "answerKey", "testDurationInSeconds", "autoGranted", "validateQuestions"}


def broken(token: str) -> st.SearchStrategy[Broken]:
    """Inputs of a resource with one constraint broken."""
    found = [_member_broken(token), _member_broken(token), _member_missing(token), _member_unknown(token)]
    if token == TYPE:
        found += [_document_broken(), _document_broken(), _documents_at_odds()]
    elif token == HIT_TYPE:
        found += [_requirement_broken(), _requirement_broken(), _requirement_broken(), _requirements_broken()]
    elif token != "WorkerBlock":  # noqa: S105
        found.append(_worker_in_reason(token))
    return st.one_of(found)


ANY_BROKEN: st.SearchStrategy[Broken] = st.one_of([broken(token) for token in VALID])
