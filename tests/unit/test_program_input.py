"""What a program may write for each argument of each resource: read once and whole, or refused with what to write."""

import inspect
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pulumi
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic.alias_generators import to_camel

import pulumi_mturk as mturk
from pulumi_mturk import eligibility as e
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.integers import whole
from pulumi_mturk.common.iterables import in_order
from pulumi_mturk.common.output_text import MESSAGE
from pulumi_mturk.rosters.encoding import decode, encode
from tests.support.core import Place
from tests.support.inputs import ANSWER_KEY, NO_TYPE, TEST
from tests.support.program import inputs_of, registered

ANN, BEN = "A1EXAMPLEANN", "A1EXAMPLEBEN"

BASES: dict[str, dict[str, Any]] = {
    "QualificationType": {
        "description": "A type.",
        "test": TEST,
        "answer_key": ANSWER_KEY,
        "test_duration_in_seconds": 60,
        "retry_delay_in_seconds": 60,
    },
    "HITType": {"title": "A task", "description": "A task.", "reward": "0.10", "assignment_duration_in_seconds": 600},
    "QualificationGrant": {"qualification_type_id": NO_TYPE, "worker_id": ANN},
    "QualificationRoster": {"qualification_type_id": NO_TYPE, "workers": [ANN]},
    "WorkerBlock": {"worker_id": ANN, "reason": "Asked to be left alone."},
    "WorkerExclusion": {"workers": [ANN]},
}
# Each argument by what may be written for it. `handed_on` are those of a component, which its parts have, too.
KINDS: dict[str, dict[str, set[str]]] = {
    "QualificationType": {
        "text": {"adopt", "description", "name", "name_prefix", "qualification_type_status", "test", "answer_key"},
        "words": {"keywords"},
        "integer": {"auto_granted_value"},
        "duration": {"retry_delay_in_seconds", "test_duration_in_seconds"},
        "truth": {"auto_granted", "expire_hits", "force_destroy", "validate_questions"},
    },
    "HITType": {
        "text": {"title", "description"},
        "words": {"keywords"},
        "money": {"reward"},
        "duration": {"assignment_duration_in_seconds", "auto_approval_delay_in_seconds"},
        "rules": {"qualification_requirements"},
        "truth": {"expire_hits"},
    },
    "QualificationGrant": {
        "text": {"qualification_type_id", "worker_id", "revocation_reason"},
        "integer": {"integer_value"},
        "truth": {"send_notification"},
    },
    "QualificationRoster": {
        "text": {"qualification_type_id", "unknown_workers", "revocation_reason"},
        "workers": {"workers"},
        "integer": {"integer_value", "max_removals"},
        "truth": {"exclusive", "force_destroy", "send_notification"},
    },
    "WorkerBlock": {"text": {"worker_id", "reason"}},
    "WorkerExclusion": {
        "text": {"name", "description"},
        "workers": {"workers"},
        "integer": {"max_removals"},
        "handed_on": {"actions_guarded", "unknown_workers", "force_destroy"},
    },
}


def of_kind(*kinds: str) -> list[tuple[str, str]]:
    return [(token, name) for token, found in KINDS.items() for kind in kinds for name in sorted(found.get(kind, ()))]


def make(token: str, **arguments: Any) -> object:
    return getattr(mturk, token)("example", **BASES[token] | arguments)


def sent(token: str, argument: str, value: Callable[[], Any]) -> dict[str, Any]:
    """The inputs with one argument set, of the resource that has it: an exclusion is made of two."""
    found = registered(lambda: make(token, **{argument: value()}))
    key = to_camel(argument)
    return next(inputs for (kind, _), inputs in found.items() if kind != "WorkerExclusion" and key in inputs)


@dataclass(frozen=True)
class Indexed:
    """An integer of another library, as numpy's are."""

    number: int

    def __index__(self) -> int:
        return self.number


class Table:
    """A data frame, as it looks from outside: pandas is no dependency."""

    columns = ("WorkerId", "Score")
    shape = (1, 2)

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)


class Column(list[Any]):
    """A column of a data frame."""

    def to_dict(self) -> dict[Any, Any]:
        return dict(enumerate(self))


@pytest.mark.parametrize("token", KINDS)
def test_every_argument_has_a_kind(token: str) -> None:
    parameters = set(inspect.signature(getattr(mturk, token).__init__).parameters)
    known = [name for names in KINDS[token].values() for name in names]
    assert sorted(known) == sorted(parameters - {"self", "resource_name", "opts"})


# Texts that an Output was put into


def _texts() -> list[Any]:
    def in_a_string() -> str:
        return f"after {pulumi.Output.from_input('x')}"

    def represented() -> str:
        return f"after {pulumi.Output.from_input('x')!r}"

    return [in_a_string, represented]


@pytest.mark.parametrize("text", _texts())
@pytest.mark.parametrize(("token", "argument"), of_kind("text", "words", "money"))
def test_an_output_in_a_string_is_refused(place: Place, token: str, argument: str, text: Callable[[], str]) -> None:
    inputs = sent(token, argument, text)
    kind = "QualificationType" if token == "WorkerExclusion" else token  # noqa: S105 - a type token
    assert place.check(kind, inputs).failures == [f"{to_camel(argument)}: {MESSAGE} [MT008]"]


def test_an_output_in_a_word_of_a_list_is_refused(place: Place) -> None:
    inputs = sent("HITType", "keywords", lambda: ["receipts", f"{pulumi.Output.from_input('x')}"])
    assert place.check("HITType", inputs).failures == [f"keywords: {MESSAGE} [MT008]"]


@pytest.mark.parametrize("value", [lambda text: [ANN, text], lambda text: {text: 5}, str, lambda text: [(text, 5)]])
def test_an_output_in_the_id_of_a_worker_is_refused(value: Callable[[str], Any]) -> None:
    with pytest.raises(InvalidInputError, match=r"^workers: .*Output\.format"):
        registered(lambda: make("QualificationRoster", workers=value(f"{pulumi.Output.from_input(ANN)}")))


def test_an_output_in_the_name_of_a_resource_is_refused(place: Place) -> None:
    names: list[str] = []
    registered(lambda: names.append(f"type-{pulumi.Output.from_input('x')}"))
    (failure,) = place.check("QualificationType", {"description": "A type."}, name=names[0]).failures
    assert "the resource's name holds Pulumi's warning text" in failure


# Whole numbers


@pytest.mark.parametrize("value", [Indexed(60), 60.0, 60, "60"])
@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(("token", "argument"), of_kind("integer", "duration"))
def test_whatever_is_a_whole_number_is_taken(token: str, argument: str, value: Any, later: bool) -> None:
    inputs = sent(token, argument, lambda: pulumi.Output.from_input(value) if later else value)
    assert int(inputs[to_camel(argument)]) == 60


@pytest.mark.parametrize("value", [True, False, 1.5, float("nan"), float("inf"), Decimal("1.5"), [60], object()])
@pytest.mark.parametrize(("token", "argument"), of_kind("integer", "duration"))
def test_what_is_no_whole_number_is_refused_in_the_call(token: str, argument: str, value: Any) -> None:
    with pytest.raises(InvalidInputError, match=rf"^{argument}: is .*; write a whole number \[MT003\]$"):
        registered(lambda: make(token, **{argument: value}))


@pytest.mark.parametrize("value", [True, 1.5, float("nan"), "x"])
@pytest.mark.parametrize(("token", "argument"), of_kind("integer", "duration"))
def test_what_an_output_brings_is_refused_by_the_provider(place: Place, token: str, argument: str, value: Any) -> None:
    inputs = sent(token, argument, lambda: pulumi.Output.from_input(value))
    kind = "QualificationRoster" if token == "WorkerExclusion" else token  # noqa: S105 - a type token
    failures = place.check(kind, inputs | {"qualificationTypeId": NO_TYPE} if kind[-1] == "r" else inputs).failures
    assert [failure.partition(":")[0] for failure in failures] == [to_camel(argument)]
    assert "whole number" in failures[0]


@pytest.mark.parametrize(("token", "argument"), of_kind("duration"))
def test_a_duration_is_a_timedelta_of_whole_seconds(token: str, argument: str) -> None:
    for value in (timedelta(minutes=1), pulumi.Output.from_input(timedelta(minutes=1))):
        assert sent(token, argument, lambda value=value: value)[to_camel(argument)] == 60  # type: ignore[misc]
    with pytest.raises(InvalidInputError, match=rf"^{argument}: MTurk counts in whole seconds"):
        registered(lambda: make(token, **{argument: timedelta(seconds=1.5)}))


@pytest.mark.parametrize(("value", "text"), [("0.15", "0.15"), (Decimal("0.40"), "0.40"), (Indexed(2), "2"), (2, "2")])
def test_a_reward_is_a_text_a_decimal_or_whole_dollars(value: Any, text: str) -> None:
    assert sent("HITType", "reward", lambda: value)["reward"] == text
    assert sent("HITType", "reward", lambda: pulumi.Output.from_input(value))["reward"] == text


def test_a_reward_that_is_a_float_or_a_truth_value_is_refused(place: Place) -> None:
    with pytest.raises(InvalidInputError, match=r"^reward: is True, a truth value; write a string or a Decimal"):
        registered(lambda: make("HITType", reward=True))
    for value in (0.4, True, Decimal("NaN")):
        inputs = sent("HITType", "reward", lambda value=value: pulumi.Output.from_input(value))  # type: ignore[misc]
        (failure,) = place.check("HITType", inputs).failures
        assert failure.startswith("reward: ")


@given(st.integers())
def test_a_whole_number_stays_itself(number: int) -> None:
    assert whole(number) == whole(Indexed(number)) == number
    assert whole(float(number % 2**53)) == number % 2**53


@given(st.booleans() | st.none() | st.text() | st.floats().filter(lambda number: not number.is_integer()))
def test_nothing_else_is_a_whole_number(value: Any) -> None:
    assert whole(value) is None


# Words


@given(st.lists(st.text(max_size=5), unique=True))
def test_a_set_has_one_order(words: list[str]) -> None:
    assert in_order(set(words)) == in_order(frozenset(reversed(words))) == sorted(words)
    assert in_order(dict.fromkeys(words).keys()) == in_order(iter(words)) == words


@pytest.mark.parametrize("token", ["QualificationType", "HITType"])
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (lambda: {"receipt", "audio", "text"}, "audio, receipt, text"),
        (lambda: {"receipt", pulumi.Output.from_input("audio"), "text"}, "audio, receipt, text"),
        (lambda: pulumi.Output.from_input("x").apply(lambda _: {"receipt", "audio"}), "audio, receipt"),
        (lambda: ["receipt", pulumi.Output.from_input("audio")], "receipt, audio"),
        (lambda: (word for word in ("receipt", "audio")), "receipt, audio"),
        (lambda: map(str.lower, ("RECEIPT", "AUDIO")), "receipt, audio"),
        (lambda: {"receipt": 1, "audio": 2}.keys(), "receipt, audio"),
        (lambda: "receipt, audio", "receipt, audio"),
    ],
)
def test_keywords_are_read_once_and_a_set_is_sorted(token: str, value: Callable[[], Any], text: str) -> None:
    assert sent(token, "keywords", value)["keywords"] == text


@pytest.mark.parametrize("token", ["QualificationType", "HITType"])
@pytest.mark.parametrize("value", [5, {"a": 1}, b"a, b", ["a", 1], ["a", None]])
def test_what_is_no_list_of_words_is_refused(token: str, value: Any) -> None:
    with pytest.raises(InvalidInputError, match=r"^keywords(\[1\])?: is .*; write a"):
        registered(lambda: make(token, keywords=value))


# Workers

SCORED = {ANN: 85, BEN: 55}
LISTED: dict[str, int | None] = {ANN: None, BEN: None}
ROWS = [{"WorkerId": ANN}, {"WorkerId": BEN}]


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("token", ["QualificationRoster", "WorkerExclusion"])
@pytest.mark.parametrize(
    ("value", "scores"),
    [
        (lambda: [ANN, BEN], LISTED),
        (lambda: {ANN, BEN}, LISTED),
        (lambda: (row["WorkerId"] for row in ROWS), LISTED),
        (lambda: map(str.upper, (ANN.lower(), BEN.lower())), LISTED),
        (lambda: filter(None, ["", ANN, None, BEN]), LISTED),
        (lambda: reversed([ANN, BEN]), LISTED),
        (lambda: dict.fromkeys([ANN, BEN]).keys(), LISTED),
        (lambda: Column([ANN, BEN]), LISTED),
        (lambda: io.StringIO(f"{ANN}\n\n  {BEN} \r\n"), LISTED),
        (lambda: iter([f"{ANN}\n", f"{BEN}\n"]), LISTED),
        (lambda: [ANN, pulumi.Output.from_input(BEN)], LISTED),
        (lambda: (ANN, pulumi.Output.from_input(BEN)), LISTED),
        (lambda: iter([ANN, pulumi.Output.from_input(BEN)]), LISTED),
        (lambda: {ANN, pulumi.Output.from_input(BEN)}, LISTED),
        (lambda: zip((ANN, BEN), (85, 55.0), strict=True), SCORED),
        (lambda: SCORED.items(), SCORED),
        (lambda: [(ANN, Indexed(85)), (BEN, pulumi.Output.from_input(55))], SCORED),
        (lambda: {ANN: Indexed(85), BEN: pulumi.Output.from_input(55)}, SCORED),
        (lambda: io.StringIO(f"{ANN}=85\n{BEN}=55\n"), SCORED),
    ],
)
def test_whatever_lists_workers_is_read_once_and_whole(
    token: str, value: Callable[[], Any], scores: dict[str, int | None], later: bool
) -> None:
    inputs = sent(token, "workers", lambda: pulumi.Output.from_input("").apply(lambda _: value()) if later else value())
    assert decode(inputs["workers"]).problems == ()
    assert decode(inputs["workers"]).scores == scores


@given(st.lists(st.from_regex(r"A[A-Z0-9]{5}", fullmatch=True), unique=True))
def test_every_iterable_gives_the_same_list(workers: list[str]) -> None:
    expected = encode(workers)
    assert encode(iter(workers)) == encode(map(str, workers)) == encode(io.StringIO("\n".join(workers))) == expected
    scores = range(len(workers))
    assert encode(zip(workers, scores, strict=True)) == encode(dict(zip(workers, scores, strict=True)))


@pytest.mark.parametrize(
    ("value", "instead"),
    [
        (Table(), r'table\["WorkerId"\]'),
        (Column([85, 55]), r"to_dict\(\)"),
        ({"WorkerId": [ANN], "Score": [85]}, r"zip\(ids, scores\)"),
        (ANN.encode(), "as text"),
        (io.BytesIO(ANN.encode()), "as text"),
    ],
)
def test_what_is_no_list_of_workers_is_refused(value: Any, instead: str) -> None:
    with pytest.raises(InvalidInputError, match=f"^workers: is .*{instead}"):
        registered(lambda: make("QualificationRoster", workers=value))


def test_an_empty_list_warns_when_it_is_made(place: Place, tier: str) -> None:
    empty = {"qualificationTypeId": tier, "workers": ""}
    checked = place.check("QualificationRoster", empty)
    assert ["the list is empty" in warning for warning in place.warnings] == [True]

    place.warnings.clear()
    place.check("QualificationRoster", empty, checked.inputs)
    assert place.warnings == []


# Options


@pytest.mark.parametrize("token", KINDS)
def test_an_import_is_refused_with_what_to_write(token: str) -> None:
    instead = {"HITType": "declare it", "WorkerExclusion": r"from_existing\("}.get(token, rf"{token}\.get\(")
    with pytest.raises(InvalidInputError, match=rf"^opts\.import_: .*{instead}"):
        registered(lambda: make(token, opts=pulumi.ResourceOptions(import_="3EXAMPLE")))


class Study(pulumi.ComponentResource):
    def __init__(self, **options: Any) -> None:
        super().__init__("test:index:Study", "study", None, pulumi.ResourceOptions(**options))


def provider(package: str) -> pulumi.ProviderResource:
    return pulumi.ProviderResource(package, f"{package}-provider", {})


@pytest.mark.parametrize("token", KINDS)
@pytest.mark.parametrize(
    "options",
    [
        lambda: {"providers": [provider("aws")]},
        lambda: {"providers": {"aws": provider("aws")}},
        lambda: {"parent": Study(providers=[provider("aws")])},
        lambda: {"parent": Study(provider=provider("aws"))},
    ],
)
def test_providers_of_other_packages_are_none_of_our_business(
    token: str, options: Callable[[], dict[str, Any]]
) -> None:
    assert registered(lambda: make(token, opts=pulumi.ResourceOptions(**options())))


# Names, and HIT types of equal values


def test_two_types_of_one_name_are_told_of_each_other(place: Place) -> None:
    named = {"description": "A type.", "name": "Readers"}
    assert place.check("QualificationType", named, name="first").failures == []
    (failure,) = place.check("QualificationType", named, name="second").failures
    assert failure.startswith("name: ")
    assert "'first'" in failure
    assert place.check("QualificationType", named, name="first").failures == []


def test_types_without_a_name_have_names_of_their_own(place: Place) -> None:
    for name in ("first", "second"):
        assert place.check("QualificationType", {"description": "A type."}, name=name).failures == []


def test_a_name_that_goes_to_another_resource_is_no_conflict(place: Place) -> None:
    """A rename: Pulumi checks the new resource, and the old one is not in the program."""
    named = {"description": "A type.", "name": "Readers"}
    place.check("QualificationType", named, name="first")
    place.next_run()
    assert place.check("QualificationType", named, name="renamed").failures == []


@pytest.mark.parametrize("reward", ["0.15", "00.15"])
def test_a_hit_type_that_another_resource_is_too_stays(place: Place, reward: str) -> None:
    values = {"title": "T", "description": "D", "reward": "0.15", "assignmentDurationInSeconds": 600}
    made = place.made("HITType", values, name="first")
    place.next_run()
    assert place.check("HITType", values | {"reward": reward}, name="renamed").failures == []
    place.warnings.clear()

    made.resource.delete(made.context, made.id, made.resource.state.load(made.outputs))

    assert place.warnings == []
    assert ["'renamed'" in remark for remark in place.remarks] == [True]


def test_a_hit_type_of_other_values_leaves_the_stack(place: Place) -> None:
    values = {"title": "T", "description": "D", "reward": "0.15", "assignmentDurationInSeconds": 600}
    made = place.made("HITType", values, name="first")
    place.next_run()
    place.check("HITType", values | {"title": "Another"}, name="other")
    place.warnings.clear()

    made.resource.delete(made.context, made.id, made.resource.state.load(made.outputs))

    assert ["leaves the stack" in warning for warning in place.warnings] == [True]


def test_inputs_of_a_plain_program() -> None:
    assert inputs_of(lambda: make("WorkerBlock")) == {"workerId": ANN, "reason": "Asked to be left alone."}


# Requirements

PLACE = "Worker_Locale"
RATE = "Worker_PercentAssignmentsApproved"


def rules_sent(value: Callable[[], Any]) -> Any:
    return sent("HITType", "qualification_requirements", value)["qualificationRequirements"]


RULES = [e.holds(NO_TYPE), *e.approval(at_least=95, hits=500)]


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    "value",
    [
        lambda: iter(RULES),
        lambda: (rule for rule in RULES),
        lambda: filter(None, RULES),
        lambda: [RULES[0], iter(RULES[1:])],
        lambda: (RULES[0], tuple(RULES[1:])),
        lambda: dict.fromkeys(RULES).keys(),
    ],
)
def test_requirements_are_read_once_and_whole(value: Callable[[], Any], later: bool) -> None:
    found = rules_sent(lambda: pulumi.Output.from_input("").apply(lambda _: value()) if later else value())
    assert found == rules_sent(lambda: RULES)


def test_a_set_of_requirements_has_one_order() -> None:
    assert rules_sent(lambda: set(RULES)) == rules_sent(lambda: frozenset(reversed(RULES)))
    assert len(rules_sent(lambda: set(RULES))) == len(RULES)


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        lambda: {90, 70, 80},
        lambda: iter([70, 80, 90]),
        lambda: (70.0, Indexed(80), 90),
        lambda: map(int, ["70", "80", "90"]),
        lambda: range(70, 91, 10),
    ],
)
def test_scores_to_compare_with_are_read_once_and_a_set_is_sorted(values: Callable[[], Any], later: bool) -> None:
    def given_values() -> Any:
        return pulumi.Output.from_input("").apply(lambda _: values()) if later else values()

    for write in (
        lambda: [mturk.QualificationRequirement(NO_TYPE, "In", given_values())],
        lambda: [{"QualificationTypeId": NO_TYPE, "Comparator": "In", "IntegerValues": given_values()}],
    ):
        assert rules_sent(write)[0]["integerValues"] == [70, 80, 90]


def test_locales_in_a_set_have_one_order() -> None:
    places = {mturk.Locale("US"), mturk.Locale("GB"), mturk.Locale("US", "CA")}
    (rule,) = rules_sent(lambda: [mturk.QualificationRequirement(PLACE, "In", locale_values=places)])
    assert rule["localeValues"] == [{"country": "GB"}, {"country": "US", "subdivision": "CA"}, {"country": "US"}]


@pytest.mark.parametrize("number", [Indexed(90), 90.0, 90])
@pytest.mark.parametrize("later", [False, True])
def test_a_bound_is_whatever_is_a_whole_number(number: Any, later: bool) -> None:
    def bound() -> Any:
        return pulumi.Output.from_input("").apply(lambda _: number) if later else number

    for write in (
        lambda: e.score(NO_TYPE, at_least=bound()),
        lambda: e.hits_approved(at_least=bound()),
        lambda: mturk.QualificationRequirement(NO_TYPE, "EqualTo", [bound()]),
    ):
        assert rules_sent(write)[0]["integerValues"] == [90]


@pytest.mark.parametrize("number", [True, False, 1.5, float("nan"), float("inf"), "90", None, Table()])
@pytest.mark.parametrize("make_rule", [lambda n: e.hits_approved(at_least=n), lambda n: e.score(NO_TYPE, below=n)])
def test_a_bound_that_is_no_whole_number_is_refused(make_rule: Callable[[Any], Any], number: Any) -> None:
    with pytest.raises(InvalidInputError):
        make_rule(number)


@pytest.mark.parametrize(("least", "end"), [(90, 50), (90, 90), (Indexed(90), 90.0), (0, -1)])
def test_bounds_that_no_score_is_within_are_refused(least: Any, end: Any) -> None:
    with pytest.raises(InvalidInputError, match=r"^below: "):
        e.score(NO_TYPE, at_least=least, below=end)
    assert len(e.score(NO_TYPE, at_least=least, below=whole(least) + 1)) == 2  # type: ignore[operator]


@pytest.mark.parametrize(
    ("rate", "instead"),
    [(1.0, "100, or 1 as an integer"), (0.95, "95"), (Decimal("0.97"), "97"), (Decimal(1), "100")],
)
def test_a_fraction_for_a_percentage_is_refused_with_what_to_write(rate: Any, instead: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"^at_least: .*write {instead}"):
        e.approval(at_least=rate)
    with pytest.raises(InvalidInputError, match=rf"^integerValues\[0\]: .*write {instead}"):
        mturk.QualificationRequirement(RATE, "GreaterThanOrEqualTo", [rate])
    rule = {"QualificationTypeId": RATE, "Comparator": "GreaterThanOrEqualTo", "IntegerValues": [rate]}
    with pytest.raises(InvalidInputError, match=rf"integerValues\[0\]: .*write {instead}"):
        registered(lambda: make("HITType", qualification_requirements=[rule]))


def warnings_of(place: Place, write: Callable[[], Any]) -> list[str]:
    place.warnings.clear()
    assert place.check("HITType", sent("HITType", "qualification_requirements", write)).failures == []
    return list(place.warnings)


def test_one_percent_warns(place: Place) -> None:
    assert ["1 %" in text for text in warnings_of(place, lambda: e.approval(at_least=1, hits=100))] == [True]
    assert warnings_of(place, lambda: e.approval(at_least=2, hits=100)) == []


@pytest.mark.parametrize("write", [e.country, e.not_country])
def test_countries_of_the_helper_are_plain(place: Place, write: Callable[..., Any]) -> None:
    assert warnings_of(place, lambda: [write("US", "CA")]) == []
    inputs = sent("HITType", "qualification_requirements", lambda: [write("US", "CA")])
    kept = place.check("HITType", inputs).inputs
    assert kept["qualificationRequirements"][0].keys() == {
        "qualificationTypeId",
        "comparator",
        "localeValues",
        "actionsGuarded",
    }


@pytest.mark.parametrize(
    "write",
    [
        lambda: [e.locale("US", "CA")],
        lambda: [mturk.QualificationRequirement(PLACE, "In", locale_values=[mturk.Locale("US"), mturk.Locale("CA")])],
        lambda: [
            {"QualificationTypeId": PLACE, "Comparator": "In", "LocaleValues": [{"Country": "US"}, {"Country": "CA"}]}
        ],
    ],
)
def test_canada_beside_the_us_is_asked_about_elsewhere(place: Place, write: Callable[[], Any]) -> None:
    assert ["CA is Canada" in text for text in warnings_of(place, write)] == [True]


PREVIEWED = ("PreviewAndAccept", "DiscoverPreviewAndAccept")


@pytest.mark.parametrize("guarded", ["Accept", *PREVIEWED])
@pytest.mark.parametrize("required", [True, False])
def test_the_deprecated_member_beside_the_new_one(guarded: str, required: bool) -> None:
    rule = {
        "QualificationTypeId": NO_TYPE,
        "Comparator": "Exists",
        "ActionsGuarded": guarded,
        "RequiredToPreview": required,
    }
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulumi.log, "warn", lambda message, resource=None: said.append(message))
        if required is (guarded in PREVIEWED):
            (found,) = rules_sent(lambda: [rule])
            assert found["actionsGuarded"] == guarded
            assert [
                text.startswith("qualificationRequirements[0].RequiredToPreview: is deprecated") for text in said
            ] == [True]
        else:
            with pytest.raises(InvalidInputError, match=r"RequiredToPreview: .*can't stand beside ActionsGuarded"):
                rules_sent(lambda: [rule])


@pytest.mark.parametrize(
    "write",
    [
        lambda text: e.country(text),
        lambda text: e.locale(f"US-{text}"),
        lambda text: e.locale(f"{text}-CA"),
        lambda text: mturk.Locale("US", text),
        lambda text: e.holds(text),
        lambda text: e.score(text, at_least=5),
        lambda text: e.without(NO_TYPE, actions_guarded=text),
        lambda text: mturk.QualificationRequirement(NO_TYPE, text),
        lambda text: mturk.QualificationRequirement(NO_TYPE, "In", [text]),
        lambda text: e.production_only({"QualificationTypeId": text, "Comparator": "Exists"}),
    ],
)
@pytest.mark.parametrize("text", _texts())
def test_an_output_in_a_string_of_a_requirement_is_refused(
    write: Callable[[str], Any], text: Callable[[], str]
) -> None:
    with pytest.raises(InvalidInputError, match=r"Output\.format"):
        registered(lambda: write(text()))
