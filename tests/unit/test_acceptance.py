"""`mturk:accept`: what becomes of a warning that the configuration accepts, and what can't be accepted."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.common.errors import ConfigurationError
from pulumi_mturk.common.unknown import UNKNOWN
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.lifecycle import Context, check
from pulumi_mturk.resources import REGISTRY
from pulumi_mturk.rules import acceptance, catalogue
from pulumi_mturk.rules.acceptance import Acceptance
from pulumi_mturk.rules.catalogue import CATALOGUE
from tests.support.core import Place, opened
from tests.support.findings import code, codes
from tests.support.inputs import HIT_TYPE

RATE = {"qualificationTypeId": "Worker_PercentAssignmentsApproved", "comparator": "GreaterThanOrEqualTo"}
# Its rate alone admits newcomers (MT204).
NEWCOMERS = HIT_TYPE | {"qualificationRequirements": [RATE | {"integerValues": [95]}]}
ENTRY = {"code": "MT204", "resource": "example", "reason": "pilot of 12, protocol 2026-14"}


def accepting(*entries: Any) -> tuple[Acceptance, ...]:
    return Configuration.from_config({"mturk:accept": json.dumps(entries)}).accept


@pytest.fixture
def checked(tmp_path: Path) -> Any:
    """Check a HIT type with some entries, on a day: what is warned of, and what is told as information."""

    def run(
        *entries: Any, inputs: dict[str, Any] = NEWCOMERS, olds: dict[str, Any] | None = None, day: str = "2026-11-26"
    ) -> tuple[list[str], list[str]]:
        with opened(tmp_path, accept=accepting(*entries)) as place:
            context = _context(place, day)
            before = check(REGISTRY["HITType"], place.context("before"), {}, olds).inputs if olds else {}
            place.warnings.clear()
            place.remarks.clear()
            assert check(REGISTRY["HITType"], context, before, inputs).failures == []
            return place.warnings, place.remarks

    return run


def _context(place: Place, day: str) -> Context:
    context = place.context()
    context.today = lambda: datetime.date.fromisoformat(day)
    return context


Checked = Callable[..., tuple[list[str], list[str]]]


@pytest.mark.parametrize("resource", ["example", None])
def test_an_accepted_warning_is_an_information_with_its_reason(checked: Checked, resource: str | None) -> None:
    warnings, remarks = checked(ENTRY | {"resource": resource})
    assert warnings == []
    assert codes(remarks) == ["MT204"]
    assert remarks[0].endswith(" (accepted: pilot of 12, protocol 2026-14) [MT204]")


@pytest.mark.parametrize("entry", [ENTRY | {"resource": "other"}, ENTRY | {"code": "MT212", "resource": None}])
def test_another_resource_or_rule_is_not_accepted(checked: Checked, entry: dict[str, str]) -> None:
    warnings, remarks = checked(entry)
    assert (codes(warnings), remarks) == (["MT204"], [])


@pytest.mark.parametrize(
    "until",
    ["2026-12-01", "2026-12-01 00:00:00 +0000 UTC", "2026-12-01T00:00:00Z", "2026-12-01T00:00:00+00:00", " 2026-12-01"],
)
def test_the_last_day_is_part_of_it(checked: Checked, until: str) -> None:
    entry = ENTRY | {"until": until}
    assert checked(entry, day="2026-12-01")[0] == []
    (warning,), _ = checked(entry, day="2026-12-02")
    assert code(warning) == "MT204"
    assert "was accepted until 2026-12-01: pilot of 12" in warning


def test_of_two_entries_the_one_that_holds_counts(checked: Checked) -> None:
    assert checked(ENTRY | {"until": "2026-01-01"}, ENTRY)[0] == []


def test_an_entry_without_use_is_told_for_the_resource_it_names(checked: Checked) -> None:
    sound = HIT_TYPE | {"qualificationRequirements": []}
    warnings, _ = checked(ENTRY, inputs=sound)
    assert codes(warnings) == ["MT635"]
    assert warnings[0].startswith("mturk:accept[0]: MT204 ")
    assert checked(ENTRY | {"resource": None}, inputs=sound)[0] == []
    assert checked(ENTRY | {"resource": "other"}, inputs=sound)[0] == []


def test_it_is_not_told_where_an_input_is_not_known(checked: Checked) -> None:
    later = HIT_TYPE | {"qualificationRequirements": [RATE | {"integerValues": [UNKNOWN]}, UNKNOWN]}
    assert checked(ENTRY, inputs=later)[0] == []


def test_a_rule_of_changes_is_in_vain_only_where_there_is_an_earlier_run(checked: Checked) -> None:
    entry = {"code": "MT213", "resource": "example", "reason": "announced"}
    sound = HIT_TYPE | {"qualificationRequirements": []}
    assert checked(entry, inputs=sound)[0] == []
    assert codes(checked(entry, inputs=sound, olds=sound)[0]) == ["MT635"]
    warnings, remarks = checked(entry, inputs=sound | {"reward": "9.99"}, olds=sound)
    assert (warnings, codes(remarks)) == ([], ["MT213"])


def test_what_is_found_elsewhere_is_not_told_as_unused(checked: Checked) -> None:
    entries = [{"code": name, "resource": "example", "reason": "x"} for name in ("MT225", "MT215")]
    assert checked(*entries, inputs=HIT_TYPE)[0] == []


REFUSED: list[tuple[Any, str, str]] = [
    ("all", "mturk:accept", "MT630"),
    ({"code": "MT204", "reason": "x"}, "mturk:accept", "MT630"),
    (["MT204"], "mturk:accept[0]", "MT630"),
    ([ENTRY, ENTRY | {"why": "x"}], "mturk:accept[1]", "MT630"),
    ([ENTRY | {"resource": 7}], "mturk:accept[0].resource", "MT630"),
    ([{"reason": "x"}], "mturk:accept[0].code", "MT631"),
    ([ENTRY | {"code": "MT999"}], "mturk:accept[0].code", "MT631"),
    ([ENTRY | {"code": "MT2"}], "mturk:accept[0].code", "MT631"),
    ([ENTRY | {"code": "mt204"}], "mturk:accept[0].code", "MT631"),
    ([{"code": "MT204"}], "mturk:accept[0].reason", "MT633"),
    ([ENTRY | {"reason": " "}], "mturk:accept[0].reason", "MT633"),
    ([ENTRY | {"until": "2026-02-30"}], "mturk:accept[0].until", "MT634"),
    ([ENTRY | {"until": "2026-12-01 09:00:00 +0000 UTC"}], "mturk:accept[0].until", "MT634"),
    ([ENTRY | {"until": 20261201}], "mturk:accept[0].until", "MT634"),
    ([ENTRY | {"reason": "for A1EXAMPLEWORKER"}], "mturk:accept[0].reason", "MT705"),
]


@pytest.mark.parametrize(("value", "path", "expected"), REFUSED)
def test_what_is_wrong_with_it_is_a_configuration_error(value: Any, path: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Configuration.from_config({"mturk:accept": value if isinstance(value, str) else json.dumps(value)})
    assert [(found.path, found.code) for found in caught.value.diagnostics] == [(path, expected)]


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)
def test_warnings_and_risks_can_be_accepted_and_nothing_else(rule: Any) -> None:
    _, problems = acceptance.read([{"code": rule.code, "reason": "x"}])
    never = {"MT580", "MT590", "MT591", "MT592"}  # what isn't judged, and who would be judge in their own cause
    risk = rule.code.startswith("MT5") and rule.code not in never
    able = risk or (rule.severity == "warning" and not rule.code.startswith("MT7"))
    assert [found.code for found in problems] == ([] if able else ["MT632"])


def test_a_retired_code_is_told_with_what_stands_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "RETIRED", {"MT299": "MT204 says the same"})
    _, (problem,) = acceptance.read([{"code": "MT299", "reason": "x"}])
    assert (problem.path, problem.code) == ("mturk:accept[0].code", "MT631")
    assert "MT204 says the same" in problem.message


@pytest.mark.parametrize("value", ["", "[]", [], ()])
def test_nothing_is_accepted_by_default(value: Any) -> None:
    assert acceptance.read(value) == ([], [])
