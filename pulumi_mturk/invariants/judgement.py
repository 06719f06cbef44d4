"""Whether the HIT types, lists and blocks of a stack keep the rules of a lab.

A demand on workers is a subset test: whoever a HIT type's rules admit must be admitted by the reference too, and if not
a made-up worker shows it. All is judged as in production, with the rules that are for production alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from pulumi_mturk import eligibility
from pulumi_mturk.common.entity_ids import ENTITY_ID
from pulumi_mturk.common.text import count
from pulumi_mturk.common.unknown import Unknown
from pulumi_mturk.eligibility import Requirement
from pulumi_mturk.eligibility.country_names import codes_in_words
from pulumi_mturk.fees import AMAZON_2015, Schedule, hourly, masters_required
from pulumi_mturk.invariants.require import Require

Answer: TypeAlias = Literal["yes", "no", "unknown"]
_DAY = 86_400
# Which actions are open to fewer people by a requirement that guards so much.
_ACTIONS: dict[str, tuple[Literal["Discover", "Preview", "Accept"], ...]] = {
    "Accept": ("Accept",),
    "PreviewAndAccept": ("Preview", "Accept"),
    "DiscoverPreviewAndAccept": ("Discover", "Preview", "Accept"),
}


@dataclass(frozen=True, kw_only=True)
class HITTypeFacts:
    """What is judged of a HIT type. None is what is not known."""

    name: str
    requirements: Any
    """The list, parsed or as its plain form. A type of another resource has its URN, or is known by its id alone."""
    reward: Decimal | None
    auto_approval_delay_in_seconds: int | None


EXCLUSION = "mturk:index:WorkerExclusion$"
"""In the URN of what a WorkerExclusion is made of; its list keeps people out whether or not a HIT type is seen to."""


@dataclass(frozen=True, kw_only=True)
class ListFacts:
    """What is judged of a roster or a grant. None is what can't be told."""

    name: str
    mails: bool | None = False
    """Whether it may mail workers: by notifications, or a reason for a revocation."""
    excludes: bool | None = False
    """Whether HIT types keep out who is on it."""
    removed: int | None = 0
    """How many are taken off it."""


@dataclass(frozen=True, kw_only=True)
class Breach:
    """That a resource does not keep a rule, or that it can't be told."""

    resource: str
    """Its name; empty for a name in the rule that no resource has."""
    answer: Literal["no", "unknown"]
    message: str


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What becomes of one rule."""

    require: Require
    breaches: tuple[Breach, ...]

    @property
    def holds(self) -> Answer:
        """Whether all keep it; "unknown" counts as not."""
        answers = {breach.answer for breach in self.breaches}
        return "no" if "no" in answers else "unknown" if answers else "yes"


def judge(
    requirements: Iterable[Require],
    hit_types: Sequence[HITTypeFacts] = (),
    lists: Sequence[ListFacts] = (),
    blocks: Sequence[str] = (),
    *,
    schedule: Schedule | None = AMAZON_2015,
    names: frozenset[str] | None = None,
) -> tuple[Judgement, ...]:
    """Which rules hold, in their order.

    `blocks` are the names of the resources that block somebody. `names` are those of all resources of the stack, where
    they are known: a rule that names another one is not kept by anybody, and so never by mistake.
    """

    def breaches(rule: Require) -> Iterator[Breach]:
        if names is not None:
            yield from _unknown_names(rule, names)
        for hit_type in hit_types:
            if hit_type.name not in rule.except_:
                yield from _of_hit_type(rule, hit_type, schedule)
        for each in lists:
            if each.name not in rule.except_:
                yield from _of_list(rule, each)
        for name in blocks:
            if rule.no_blocks and name not in rule.except_:
                yield Breach(resource=name, answer="no", message="blocks a worker")

    return tuple(Judgement(require=rule, breaches=tuple(breaches(rule))) for rule in requirements)


def _unknown_names(rule: Require, names: frozenset[str]) -> Iterator[Breach]:
    given = {rule.without} if rule.without is not None and not ENTITY_ID.fullmatch(rule.without) else set()
    for name in sorted((given | rule.minutes.keys() | rule.except_.keys()) - names):
        yield Breach(resource="", answer="no", message=f"names {name!r}, which no resource of the stack is called")


def _of_hit_type(rule: Require, hit_type: HITTypeFacts, schedule: Schedule | None) -> Iterator[Breach]:
    def breach(message: str, answer: Literal["no", "unknown"] = "no") -> Breach:
        return Breach(resource=hit_type.name, answer=answer, message=message)

    if rule.without is not None:
        yield from _on_exclusion(rule, rule.without, hit_type.requirements, breach)
    for demand, reference in _references(rule):
        yield from _on_workers(rule, hit_type.requirements, [reference], demand, breach)
    if rule.minimum_hourly_pay is not None:
        yield from _on_wage(rule, rule.minimum_hourly_pay, hit_type, breach)
    if (days := rule.auto_approval_at_most_days) is not None:
        delay = hit_type.auto_approval_delay_in_seconds
        if delay is None:
            yield breach("can't tell after how long work is approved", "unknown")
        elif delay > Decimal(days) * _DAY:
            taken = f"{(Decimal(delay) / _DAY).quantize(Decimal('0.01')).normalize():f}"
            yield breach(f"approves work after {taken} days only; {days} are allowed")
    if (most := rule.cost_per_assignment_at_most) is not None:
        yield from _on_cost(Decimal(most), hit_type, schedule, breach)


def _on_exclusion(rule: Require, name: str, requirements: Any, breach: Any) -> Iterator[Breach]:
    found = [one.qualification_type_id for one in _of_type(name, requirements)]
    demand = f"lets in who holds {name}"
    unknown = [] if found else [_excluding(rule, one) for one in _ids_to_come(requirements)]
    if unknown and _implied(rule, requirements, unknown) is None:
        yield breach(f"can't tell whether it {demand}: the id of a type is not known yet", "unknown")
        return
    references = [_excluding(rule, one) for one in found or [name]]
    yield from _on_workers(rule, requirements, references, lambda: demand, breach)


def _excluding(rule: Require, identifier: Any) -> list[Any]:
    return [
        Requirement(
            qualification_type_id=identifier,
            comparator="DoesNotExist",
            actions_guarded=rule.actions,
            qualification_type_name=rule.without,
        )
    ]


def _references(rule: Require) -> Iterator[tuple[Callable[[], str], list[Any]]]:
    """What is demanded of workers: what a HIT type does that does not keep it, and the list that must be implied.

    The words cost the names of countries, and so are made for a breach alone.
    """
    guarded: Any = rule.actions
    if rule.approval_at_least is not None:
        wanted = eligibility.approval(at_least=rule.approval_at_least, actions_guarded=guarded)
        yield lambda: f"lets in workers with an approval rate below {rule.approval_at_least} %", wanted
    if rule.hits_at_least is not None:
        few = eligibility.hits_approved(at_least=rule.hits_at_least, actions_guarded=guarded)
        yield lambda: f"lets in workers with fewer than {rule.hits_at_least:,} HITs approved", [few]
    if rule.locale:
        there = eligibility.locale(*rule.locale, actions_guarded=guarded)
        yield lambda: f"lets in workers who are not in {codes_in_words(rule.locale)}", [there.meaning_countries()]


def _on_workers(
    rule: Require, requirements: Any, references: list[list[Any]], demand: Callable[[], str], breach: Any
) -> Iterator[Breach]:
    found = _implied(rule, requirements, references)
    if found is not None:
        answer, witness = found
        shown = f", such as (made up): {witness}" if witness else ""
        yield breach(f"{demand()}{shown}" if answer == "no" else f"can't tell whether it {demand()}", answer)


def _parsed(requirements: Any) -> list[Requirement]:
    parsed = eligibility.parse_requirements(requirements)
    return [one for one in parsed if isinstance(one, Requirement)] if isinstance(parsed, tuple) else []


def _of_type(name: str, requirements: Any) -> list[Requirement]:
    """The requirements on the type of a resource of this name, or with this id.

    What a program calls a type is believed only where the type is a resource's.
    """
    return [one for one in _parsed(requirements) if name == one.qualification_type_id or name in _names(one)]


def _ids_to_come(requirements: Any) -> list[Any]:
    """Ids that are not known yet, of types that may be any."""
    return [
        one.qualification_type_id
        for one in _parsed(requirements)
        if isinstance(one.qualification_type_id, Unknown) and one.qualification_type_urn is None
    ]


def _names(rule: Requirement) -> tuple[object, ...]:
    urn = rule.qualification_type_urn
    if urn is None:
        return ()
    return (rule.qualification_type_name, urn.rpartition("::")[2] if isinstance(urn, str) else None)


def _implied(
    rule: Require, requirements: Any, references: list[list[Any]]
) -> tuple[Literal["no", "unknown"], str] | None:
    """None if the rules imply one of the references; else the answer for the last one, and a worker who shows it."""
    answer: Literal["no", "unknown"] = "no"
    shown = ""
    for reference in references:
        answers = [
            eligibility.subset(requirements, reference, action=action, environment="production")
            for action in _ACTIONS[rule.actions]
        ]
        if all(found.answer == "yes" for found in answers):
            return None
        against = next((found for found in answers if found.answer == "no"), None)
        answer = "unknown" if against is None else "no"
        shown = str(against.witness) if against is not None and against.witness is not None else ""
    return answer, shown


def _on_wage(rule: Require, least: str, hit_type: HITTypeFacts, breach: Any) -> Iterator[Breach]:
    minutes = rule.minutes.get(hit_type.name)
    if minutes is None:
        yield breach("has no minutes in the rule; state how long an assignment takes")
    elif hit_type.reward is None:
        yield breach("can't tell what it pays", "unknown")
    elif (wage := hourly(hit_type.reward, Decimal(minutes))) < Decimal(least):
        yield breach(f"pays ${wage} an hour at {minutes} minutes; ${least} is required")


def _on_cost(most: Decimal, hit_type: HITTypeFacts, schedule: Schedule | None, breach: Any) -> Iterator[Breach]:
    """A HIT may have any number of assignments, and so the higher fee counts."""
    if hit_type.reward is None:
        yield breach("can't tell what it pays", "unknown")
        return
    if schedule is None:
        cost = dearest = hit_type.reward
    else:
        masters = masters_required(hit_type.requirements)
        many = schedule.many_from
        cost = schedule.cost_per_assignment(hit_type.reward, many, masters=masters)
        dearest = schedule.cost_per_assignment(hit_type.reward, many, masters="no" if masters == "no" else "yes")
    if cost > most:
        yield breach(f"costs ${cost} an assignment with its fee, in HITs of many; ${most} is allowed")
    elif dearest > most:
        yield breach(f"can't tell whether Masters is required, which would make it ${dearest} an assignment", "unknown")


def _of_list(rule: Require, each: ListFacts) -> Iterator[Breach]:
    if rule.no_mail and each.mails is not False:
        unknown = each.mails is None
        said = "can't tell whether it mails workers" if unknown else "mails workers"
        yield Breach(resource=each.name, answer="unknown" if unknown else "no", message=said)
    if rule.exclusions_never_shrink and each.excludes is not False and each.removed != 0:
        if each.excludes is None:
            said = (
                "can't tell whether HIT types keep out who is taken off it (in Python give it the type itself, such as "
                "qualification_type_id=reader, not reader.id)"
            )
            yield Breach(resource=each.name, answer="unknown", message=said)
        elif each.removed is None:
            said = "can't tell whether people are taken off it, whose type's holders are kept out"
            yield Breach(resource=each.name, answer="unknown", message=said)
        else:
            who = count(each.removed, "worker is", "workers are")
            said = f"{who} taken off it, and let in where its holders are kept out"
            yield Breach(resource=each.name, answer="no", message=said)


def holds_unknown(requirements: Any) -> bool:
    """Whether a list has a value that is not known yet, besides the id of a type that is a resource's."""
    parsed = eligibility.parse_requirements(requirements)
    if not isinstance(parsed, tuple):
        return True
    return any(isinstance(one, Unknown) or _of_resource(one).unknown is not None for one in parsed)


def _of_resource(rule: Requirement) -> Requirement:
    return rule if rule.qualification_type_urn is None else replace(rule, qualification_type_id=None)
