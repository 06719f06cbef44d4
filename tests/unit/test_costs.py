"""What a program asks of costs: a HIT type's methods, and `estimate_cost` of a HIT type or of its arguments."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pulumi
import pytest

import pulumi_mturk as mturk
from pulumi_mturk import eligibility
from pulumi_mturk.common.errors import ConfigurationError, InvalidInputError
from tests.support.program import registered

if TYPE_CHECKING:
    from pulumi_mturk.fees import Estimate

TASK: dict[str, Any] = {
    "title": "A task",
    "description": "A task.",
    "assignment_duration_in_seconds": 600,
    "reward": "1.60",
}


@pytest.fixture(autouse=True)
def _configuration() -> Iterator[None]:
    yield
    pulumi.runtime.set_all_config({})


def said_by(program: Callable[[], dict[str, Any]], **configuration: str) -> dict[str, Any]:
    """The values of the outputs that a program gives, once it has run."""
    found: dict[str, Any] = {}

    def run() -> pulumi.Output[None]:
        pulumi.runtime.set_all_config({f"mturk:{key}": value for key, value in configuration.items()})
        return pulumi.Output.all(**program()).apply(found.update)

    inputs = registered(run)
    assert all("cost" not in key.lower() for given in inputs.values() for key in given)
    return found


def prices(**arguments: Any) -> Callable[[], dict[str, Any]]:
    def program() -> dict[str, Any]:
        task = mturk.HITType("task", **TASK | arguments)
        return {
            "few": task.cost_per_assignment(),
            "many": task.cost_per_assignment(10),
            "fee": task.fee_per_assignment(max_assignments=9),
        }

    return program


def test_a_hit_type_tells_what_an_assignment_costs() -> None:
    assert said_by(prices()) == {"few": Decimal("1.92"), "many": Decimal("2.24"), "fee": Decimal("0.32")}


@pytest.mark.parametrize(
    "rule",
    [
        eligibility.masters(),
        eligibility.production_only(eligibility.masters()),
        {"QualificationTypeId": "2ARFPLSP75KLA8M8DH1HTEQVJT3SY6", "Comparator": "Exists"},
    ],
)
def test_masters_cost_more_wherever_the_program_runs(rule: Any) -> None:
    found = said_by(prices(qualification_requirements=[[rule], eligibility.approval(at_least=95, hits=100)]))
    assert found == {"few": Decimal("2.00"), "many": Decimal("2.32"), "fee": Decimal("0.40")}


def test_an_output_in_place_of_the_rules_is_waited_for() -> None:
    later = pulumi.Output.from_input([eligibility.masters().to_dict()])
    assert said_by(prices(qualification_requirements=later))["few"] == Decimal("2.00")


def test_the_schedule_is_that_of_the_configuration() -> None:
    assert said_by(prices(), feeSchedule="none") == {
        "few": Decimal("1.60"),
        "many": Decimal("1.60"),
        "fee": Decimal("0.00"),
    }
    with pytest.raises(ConfigurationError, match="MT614"):
        said_by(prices(), feeSchedule="amazon-2025")


def test_what_a_hit_type_costs_is_known_while_the_ids_that_it_requires_are_not() -> None:
    def program() -> dict[str, Any]:
        unknown: Any = pulumi.Output(_resolved(set()), _resolved(pulumi.output.UNKNOWN), _resolved(False))
        task = mturk.HITType("task", **TASK, qualification_requirements=[eligibility.holds(unknown)])
        return {"masters": task.masters_required}

    assert said_by(program) == {"masters": "no"}


async def _resolved(value: Any) -> Any:
    return value


def test_a_batch_is_estimated_from_a_hit_type_or_from_its_arguments() -> None:
    rules = [eligibility.masters()]
    plain = mturk.estimate_cost(TASK | {"qualification_requirements": rules}, hits=10, assignments=9, minutes=8)

    def program() -> dict[str, Any]:
        task = mturk.HITType("task", **TASK, qualification_requirements=rules)
        return {"estimate": mturk.estimate_cost(task, hits=10, assignments=9, minutes=8)}

    found: Estimate = said_by(program)["estimate"]
    assert found == plain
    assert found.lines() == (
        ("Mechanical Turk Worker Rewards", Decimal("144.00")),
        ("Mechanical Turk Fees", Decimal("36.00")),
    )
    assert found.hourly == Decimal("12.00")
    assert any("local" in remark for remark in found.remarks)


def test_an_estimate_takes_a_decimal_and_no_float() -> None:
    assert mturk.estimate_cost({"reward": Decimal("0.12")}, hits=100, assignments=1).fees_on_total == Decimal("2.40")
    with pytest.raises(InvalidInputError, match="MT210"):
        mturk.estimate_cost({"reward": 0.12}, hits=100, assignments=1)


@pytest.mark.parametrize("wrong", [{"minutes": "soon"}, {"minutes": "1e-400"}, {"premium": "NaN"}, {"hits": 10**18}])
def test_an_estimate_of_what_can_not_be_meant_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"minutes|premium|batch"):
        mturk.estimate_cost({"reward": "0.12"}, **({"hits": 1, "assignments": 1} | wrong))
