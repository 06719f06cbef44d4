"""What a program writes: the two structures and the words of the field."""

import subprocess
import sys
import traceback
from dataclasses import dataclass
from typing import Any

import pytest

from pulumi_mturk import eligibility
from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.common.unknown import UNKNOWN, Unknown
from pulumi_mturk.eligibility import Locale, QualificationRequirement, requirement
from tests.support.requirements import check_requirements

OWN = "3EXAMPLEQUALIFICATIONTYPE00001"


@dataclass
class Stand:
    """A stand-in for a resource that is, or stands for, a qualification type."""

    qualification_type_id: Any


class Answers(Unknown):
    """An unknown value that answers to every attribute, as Pulumi's outputs do."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was asked of a value that is not known yet")


def plain(identifier: Any, comparator: str, *values: Any, guarded: str = "Accept") -> dict[str, Any]:
    given: dict[str, Any] = {"qualificationTypeId": identifier, "comparator": comparator, "actionsGuarded": guarded}
    if values:
        given["localeValues" if isinstance(values[0], dict) else "integerValues"] = list(values)
    return given


US, GB, CALIFORNIA = {"country": "US"}, {"country": "GB"}, {"country": "US", "subdivision": "CA"}

HELPERS: list[tuple[Any, Any]] = [
    (eligibility.country("US"), plain("Worker_Locale", "EqualTo", US)),
    (eligibility.country("US", "GB"), plain("Worker_Locale", "In", US, GB)),
    (eligibility.not_country("US"), plain("Worker_Locale", "NotEqualTo", US)),
    (eligibility.not_country("US", "GB"), plain("Worker_Locale", "NotIn", US, GB)),
    (eligibility.locale("US-CA"), plain("Worker_Locale", "EqualTo", CALIFORNIA)),
    (eligibility.locale(Locale("US", "CA"), "GB"), plain("Worker_Locale", "In", CALIFORNIA, GB)),
    (eligibility.hits_approved(at_least=500), plain("Worker_NumberHITsApproved", "GreaterThanOrEqualTo", 500)),
    (eligibility.masters(), plain("Masters", "Exists")),
    (eligibility.adult(), plain("Worker_Adult", "EqualTo", 1, guarded="PreviewAndAccept")),
    (eligibility.holds(OWN), plain(OWN, "Exists")),
    (eligibility.holds(Stand(OWN)), plain(OWN, "Exists")),
    (eligibility.without(OWN), plain(OWN, "DoesNotExist", guarded="DiscoverPreviewAndAccept")),
    (eligibility.without(OWN, actions_guarded="Accept"), plain(OWN, "DoesNotExist")),
]


@pytest.mark.parametrize(("made", "expected"), HELPERS)
def test_a_helper_makes_one_requirement(made: QualificationRequirement, expected: dict[str, Any]) -> None:
    assert made.to_dict() == expected


def test_approval_is_a_rate_that_rests_on_a_number_of_hits() -> None:
    assert [rule.to_dict() for rule in eligibility.approval(at_least=95, hits=1000)] == [
        plain("Worker_PercentAssignmentsApproved", "GreaterThanOrEqualTo", 95),
        plain("Worker_NumberHITsApproved", "GreaterThanOrEqualTo", 1000),
    ]


def test_approval_without_hits_is_the_rate_alone() -> None:
    (rate,) = eligibility.approval(at_least=95)
    assert rate.qualification_type_id == "Worker_PercentAssignmentsApproved"


def test_score_makes_a_requirement_for_each_bound() -> None:
    assert [rule.to_dict() for rule in eligibility.score(Stand(OWN), at_least=70, below=90)] == [
        plain(OWN, "GreaterThanOrEqualTo", 70),
        plain(OWN, "LessThan", 90),
    ]


def test_score_keeps_a_bound_of_zero() -> None:
    (rule,) = eligibility.score(OWN, below=0)
    assert rule.integer_values == [0]


def test_production_only_marks_a_requirement_and_nothing_else() -> None:
    rule = eligibility.masters()
    marked = eligibility.production_only(rule)
    assert marked.to_dict() == rule.to_dict() | {"productionOnly": True}
    assert not rule.production_only


def test_production_only_marks_all_of_a_nested_list() -> None:
    marked = eligibility.production_only([eligibility.approval(at_least=95, hits=1000), plain(OWN, "Exists")])
    assert [rule.production_only for rule in marked] == [True, True, True]


def test_flatten_keeps_what_is_unknown() -> None:
    assert eligibility.flatten([1, [2, UNKNOWN, [3]], []]) == [1, 2, UNKNOWN, 3]


def test_unknown_values_are_never_looked_into() -> None:
    later: Any = Answers()
    assert eligibility.country(later, "US").locale_values == [Locale(later), Locale("US")]
    assert eligibility.score(OWN, at_least=later)[0].integer_values == [later]
    assert eligibility.without(later).to_dict()["qualificationTypeId"] is later
    assert eligibility.holds(Stand(later)).to_dict()["qualificationTypeId"] is later
    assert check_requirements([later, eligibility.masters()], environment="local") == []


def test_both_structures_take_their_first_two_by_position() -> None:
    assert Locale("US", "CA").to_dict() == CALIFORNIA
    assert QualificationRequirement(OWN, "Exists").to_dict() == plain(OWN, "Exists")


@pytest.mark.parametrize(
    "written",
    [
        {"qualification_type_id": OWN, "comparator": "EqualTo", "integer_values": [1]},
        {"qualificationTypeId": OWN, "comparator": "EqualTo", "integerValues": [1.0]},
        {"QualificationTypeId": OWN, "Comparator": "EqualTo", "IntegerValues": [1]},
        QualificationRequirement(Stand(OWN), "EqualTo", [1]),
    ],
)
def test_a_requirement_may_be_written_in_several_ways(written: Any) -> None:
    assert requirement(written).to_dict() == plain(OWN, "EqualTo", 1)


REFUSED: list[tuple[Any, str]] = [
    (lambda: Locale("UK"), "country: 'UK' is not an ISO 3166-1 country code; write 'GB'"),
    (lambda: Locale("GB", "CA"), "subdivision: only the US has subdivisions in Mechanical Turk; leave it out"),
    (lambda: QualificationRequirement(OWN, "LessThan"), "integerValues: is missing; LessThan takes exactly one value"),
    (lambda: eligibility.country(), "localeValues: is missing; In takes at least one value"),
    (lambda: eligibility.country(*["US"] * 31), "localeValues: 31 values are given, at most 30 are allowed"),
    (lambda: eligibility.locale("US-California"), "subdivision: 'California' is not an ISO 3166-2 code; write 'CA'"),
    (lambda: eligibility.locale(["US"]), "a locale is a text such as 'US-CA', or a Locale, not a list"),  # type: ignore[arg-type]
    (lambda: eligibility.score(OWN), "score() needs a bound; write at_least, below or both"),
    (lambda: eligibility.approval(at_least=950), "integerValues[0]: is 950; an approval rate is a percentage"),
    (lambda: eligibility.holds(None), "qualificationTypeId: is missing"),  # type: ignore[arg-type]
    (lambda: eligibility.production_only(UNKNOWN), "production_only() can't mark an Output"),  # type: ignore[call-overload]
    (lambda: eligibility.production_only("Masters"), "is a text, not a requirement"),  # type: ignore[call-overload]
    (lambda: requirement({"QualificationTypeId": OWN}), "comparator: is missing"),
    (lambda: requirement({"QualificationTypeId": OWN, "IntegerValue": 1}), "IntegerValue: is no member here; write"),
    (lambda: requirement("Masters"), "is a text, not a requirement"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("write", "words"), REFUSED)
def test_a_mistake_is_refused_where_it_is_written(write: Any, words: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        write()
    assert str(refusal.value).startswith(words)


def test_several_mistakes_are_told_at_once() -> None:
    with pytest.raises(InvalidInputError, match=r"^comparator: .* integerValues\[0\]: .*a whole number"):
        QualificationRequirement(OWN, "Equals", ["95"])  # type: ignore[arg-type, list-item]


def test_a_refusal_names_the_line_of_the_program() -> None:
    with pytest.raises(InvalidInputError) as refusal:
        eligibility.country("UK")
    ours = [frame for frame in traceback.extract_tb(refusal.value.__traceback__) if frame.filename == __file__]
    assert ours[-1].line == 'eligibility.country("UK")'


def test_a_warning_is_no_refusal() -> None:
    rule = QualificationRequirement("Worker_Adult", "EqualTo", [1])
    (warning,) = check_requirements([rule], environment="local")
    assert warning.severity == "warning"


def test_pycountry_is_loaded_only_for_a_code_that_is_wrong() -> None:
    program = (
        "import sys; from pulumi_mturk.eligibility import approval, country, locale, without\n"
        "approval(at_least=95, hits=1000), without('X'), country('US', 'GB'), locale('US-CA')\n"
        "print(*[name for name in ('pycountry', 'boto3') if name in sys.modules])\n"
        "try: country('UK')\n"
        "except Exception as error: print(error, 'pycountry' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded, refusal = done.stdout.splitlines()
    assert loaded == ""
    assert refusal.startswith("country: 'UK' is not an ISO 3166-1 country code; write 'GB'")
    assert refusal.endswith(" True")
