"""Whether a list of requirements lets a worker take an action."""

from dataclasses import dataclass
from typing import Any

from pulumi_mturk.common.environment import Environment
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility import system_types
from pulumi_mturk.eligibility.assumptions import alternatives, not_documented
from pulumi_mturk.eligibility.differences import Answer
from pulumi_mturk.eligibility.locales import Locale
from pulumi_mturk.eligibility.regions import asks_for
from pulumi_mturk.eligibility.requirement import Requirement
from pulumi_mturk.eligibility.rule_set import STANDING, Action, Constraint, World, guarding, read_rules
from pulumi_mturk.eligibility.worker import Worker


@dataclass(frozen=True)
class Admission:
    """Whether a worker may take an action."""

    answer: Answer
    rules: tuple[Requirement | Unknown, ...]
    """Those that say so: that keep the worker out; or of which it can't be told; or all, which the worker meets."""
    assumptions: tuple[str, ...]
    """What the answer rests on and is not documented."""


def admits(
    rules: Any, worker: Worker, action: Action = "Accept", *, environment: Environment = "production"
) -> Admission:
    """Whether a list of requirements, as it is sent in an environment, lets a worker discover, preview or accept.

    One rule that the worker does not meet is a no; otherwise one of which it can't be told makes the answer unknown:
    what it means is not documented, or what it asks for is not known of the worker.
    """
    given = guarding(read_rules(rules, environment), action)
    answer = _answer(given, worker, World())
    so = {"yes": True, "no": False, "unknown": None}[answer]
    saying = [each for each in given if _meets(each, worker, World()) is so]
    if answer == "unknown":
        assumptions = [not_documented(each) for each in saying if _is_known(each, worker)]
    else:
        place = worker.locale.codes if isinstance(worker.locale, Locale) else ()
        assumptions = [text for text, world in alternatives(given, place) if _answer(given, worker, world) != answer]
    return Admission(answer, tuple(each.requirement for each in saying), tuple(assumptions))


def _answer(given: tuple[Constraint, ...], worker: Worker, world: World) -> Answer:
    met = [_meets(each, worker, world) for each in given]
    return "no" if False in met else "unknown" if None in met else "yes"


def _meets(constraint: Constraint, worker: Worker, world: World) -> bool | None:
    return constraint.decide(_point(constraint, worker, world), world) if _is_known(constraint, worker) else None


def _is_known(constraint: Constraint, worker: Worker) -> bool:
    """Whether what a constraint asks for is known of the worker."""
    match asks_for(constraint):
        case system_types.LOCALE:
            return worker.locale is not None
        case system_types.APPROVAL_RATE:
            return worker.approval_rate is not None
        case system_types.HITS_APPROVED:
            return worker.hits_approved is not None
        case system_types.MASTERS:
            return worker.masters is not None
        case system_types.ADULT:
            return worker.adult is not None
    return isinstance(constraint.subject, str) and worker.qualifications is not None


def _point(constraint: Constraint, worker: Worker, world: World) -> Any:
    """The worker's point of the subject, of which the part that the constraint asks for is known."""
    match constraint.subject:
        case system_types.LOCALE:
            return tuple(code or "" for code in worker.locale.codes) if isinstance(worker.locale, Locale) else None
        case system_types.MASTERS:
            return worker.masters
        case system_types.ADULT:
            return worker.adult
        case subject if subject == STANDING:
            uncounted = worker.hits_approved == 0 and not world.newcomers_count
            return worker.approval_rate, None if uncounted else worker.hits_approved
    return (worker.qualifications or {}).get(str(constraint.subject))
