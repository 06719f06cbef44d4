"""Reports made by hand, for the formats: a harmful change, a harmless one, a preview cut short, and a long one."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st

from pulumi_mturk.review.report import (
    Acceptance,
    Change,
    EligibilityChange,
    Invariant,
    Movement,
    Other,
    Pay,
    PayChange,
    People,
    Place,
    Report,
    Risk,
    Row,
    Severity,
)

T = TypeVar("T")

STACK = "urn:pulumi:prod::sense-ratings::pulumi-python:dynamic/mturk:"
NOBODY = Movement(answer="no")
PRODUCTION = Place(environment="production", account="4821")


def urn(type_: str, name: str) -> str:
    return f"{STACK}{type_}::{name}"


def risk(code: str, severity: Severity, name: str, message: str, accepted: Acceptance | None = None) -> Risk:
    return Risk(
        code=code, severity=severity, resource=name, urn=urn("HITType", name), message=message, accepted=accepted
    )


def pay(reward: str, hourly: str, up_to_nine: str, from_ten: str) -> Pay:
    return Pay(
        reward=Decimal(reward),
        minutes=Decimal(8),
        hourly=Decimal(hourly),
        cost_up_to_nine=Decimal(up_to_nine),
        cost_from_ten=Decimal(from_ten),
        schedule="Amazon's fee (2015)",
    )


HARMFUL = Report(
    project="sense-ratings",
    stack="prod",
    place=PRODUCTION,
    complete=True,
    exit_code=0,
    digest="7c1e" * 16,
    headline="3 dangers: 412 earlier participants come back, more people may work, pay is below the lab's rule",
    risks=(
        risk(
            "MT501",
            "danger",
            "rate-sentences",
            "Stops keeping out “Earlier participation”: its 412 holders may take part again. The list stays, unused.",
        ),
        risk(
            "MT510",
            "danger",
            "rate-sentences",
            "Lets in Canada, and approval rates of 95 to 97 %. Nobody loses access.",
        ),
        risk(
            "MT590",
            "danger",
            "rate-sentences",
            "Breaks the lab's rule fair-pay: $9.00 an hour at 8 minutes; $12.00 is required.",
        ),
        risk(
            "MT520",
            "caution",
            "rate-sentences",
            "New HIT type id. 14 open HITs, 61 places left, keep the old rules and the old pay.",
        ),
    ),
    changes=(
        Change(
            urn=urn("HITType", "rate-sentences"),
            name="rate-sentences",
            type="HITType",
            operation="replace",
            new_id=True,
            eligibility=EligibilityChange(
                verdict="loosened",
                enters=Movement(
                    answer="yes",
                    words=("Canada", "approval rates of 95 to 97 %"),
                    witnesses=("Canada, 99 %, 1,200 approved", "Ohio, 96 %, 1,200 approved"),
                ),
                leaves=NOBODY,
                rows=(
                    Row(subject="country", before="United States", after="United States or Canada"),
                    Row(subject="approval rate", before="≥ 98 %", after="≥ 95 %"),
                    Row(subject="HITs approved", before="≥ 1,000", after="≥ 1,000"),
                    Row(subject="Earlier participation", before="kept out, don't see the HIT", after=None),
                ),
                assumptions=("the approval rate is over all submitted assignments",),
            ),
            pay=PayChange(
                before=pay("1.60", "12.00", "1.92", "2.24"),
                after=pay("1.20", "9.00", "1.44", "1.68"),
                remarks=("US federal minimum: $7.25 an hour.",),
            ),
            details=(
                Row(subject="automatic approval", before="after 3 days", after="after 14 days"),
                Row(subject="title", before="Rate sentences", after="Rate sentences"),
            ),
            notes=("To move the open HITs after the merge: UpdateHITTypeOfHIT, once for each.",),
        ),
    ),
    unchanged=8,
    total=9,
    invariants=(
        Invariant(
            id="fair-pay",
            text="pays at least $12.00 an hour",
            holds="no",
            broken_by=("rate-sentences",),
            excepted=(("pilot", "volunteers of the lab, protocol 2026-14"),),
        ),
        Invariant(id="not-newcomers", text="approval rate at least 95 %, at least 100 HITs approved", holds="yes"),
    ),
    policy_from="main",
    asked_at="2026-11-25 10:12 UTC",
    not_judged=("who stands on the lists (numbers only)",),
)


def _rating(name: str, *, new_id: bool, reward: str) -> Change:
    same = pay(reward, "12.00", "1.92", "2.24")
    return Change(
        urn=urn("HITType", name),
        name=name,
        type="HITType",
        operation="replace" if new_id else "same",
        new_id=new_id,
        eligibility=EligibilityChange(
            verdict="same",
            enters=NOBODY,
            leaves=NOBODY,
            rows=(
                Row(subject="HITs approved", before="≥ 1,000; ≥ 100", after="≥ 1,000")
                if new_id
                else Row(subject="HITs approved", before="≥ 1,000", after="≥ 1,000"),
            ),
        ),
        people=People(leave=38),
        pay=PayChange(before=same, after=same),
    )


HARMLESS = Report(
    project="sense-ratings",
    stack="prod",
    place=PRODUCTION,
    complete=True,
    exit_code=0,
    digest="a90d" * 16,
    commit="3f2a9c1",
    headline="No danger found: 38 people are kept out from now on, nobody is let in, costs are the same",
    risks=(
        risk(
            "MT520",
            "caution",
            "rate-pairs",
            "New HIT type id, the same people: “≥ 100 HITs approved” goes, “≥ 1,000” implies it. Open HITs: not asked.",
        ),
        risk(
            "MT508",
            "info",
            "earlier-participation",
            "The list grows from 412 to 450. At once 38 people no longer find rate-sentences and rate-pairs.",
        ),
        risk(
            "MT533",
            "info",
            "rate-pairs",
            "Ten or more assignments: the fee doubles.",
            Acceptance(reason="pilot of 12, protocol 2026-14", until="2026-12-31"),
        ),
    ),
    changes=(
        Change(
            urn=urn("QualificationRoster", "earlier-participation"),
            name="earlier-participation",
            type="QualificationRoster",
            operation="update",
        ),
        _rating("rate-sentences", new_id=False, reward="1.60"),
        _rating("rate-pairs", new_id=True, reward="0.60"),
    ),
    others=(Other(urn="urn:x", name="answers", type="aws:s3/bucket:Bucket", operation="update"),),
    unchanged=6,
    total=9,
    invariants=tuple(Invariant(id=f"rule-{n}", text="approval rate at least 95 %", holds="yes") for n in range(5)),
    policy_from="main",
    not_judged=("who stands on the lists (numbers only)", "what the aws resources do (1)"),
)

INCOMPLETE = replace(
    HARMLESS,
    complete=False,
    incomplete_because=("the preview failed: rate-pairs: reward is a float",),
    exit_code=1,
    headline="Not judged: the preview failed",
    risks=(risk("MT580", "danger", "", "The preview failed: what it would delete is not known."),),
    changes=HARMLESS.changes[:1],
    others=(),
    unchanged=None,
    total=None,
    invariants=(),
)


def _many(number: int) -> Iterator[Change]:
    (harmful,) = HARMFUL.changes
    for at in range(number):
        name = f"rate-sentences-of-batch-{at:04}"
        yield replace(harmful, name=name, urn=urn("HITType", name))


def long(number: int) -> Report:
    """The harmful change to so many HIT types."""
    changes = tuple(_many(number))
    return replace(
        HARMFUL,
        risks=tuple(replace(each, resource=to.name, urn=to.urn) for each in HARMFUL.risks for to in changes),
        changes=changes,
        others=tuple(
            Other(urn=f"urn:{at}", name=f"answers-{at}", type="aws:s3/bucket:Bucket", operation="create")
            for at in range(number)
        ),
        unchanged=0,
        total=2 * number,
    )


BY_HAND = {"harmful": HARMFUL, "harmless": HARMLESS, "incomplete": INCOMPLETE, "long": long(2_000)}


def hostile(pieces: st.SearchStrategy[str]) -> st.SearchStrategy[Report]:
    """Reports whose every free text is one of these."""
    sides = st.none() | pieces
    row = st.builds(Row, subject=pieces, before=sides, after=sides)
    movement = st.builds(Movement, answer=ANSWERS, words=_some(pieces), witnesses=_some(pieces))
    rules = st.builds(
        EligibilityChange,
        verdict=st.sampled_from(("same", "tightened", "loosened", "both", "unknown", "new")),
        enters=movement,
        leaves=movement,
        rows=_some(row),
        visibility=_some(pieces),
        assumptions=_some(pieces),
        implied=_some(pieces),
    )
    number = st.none() | st.integers(0, 10**6)
    amount = st.decimals(0, 1000, places=2)
    paid = st.none() | st.builds(Pay, reward=amount, minutes=amount, hourly=amount, schedule=pieces)
    risks = st.builds(
        Risk,
        code=st.sampled_from(("MT501", "MT510")),
        severity=st.sampled_from(("info", "caution", "danger")),
        resource=pieces,
        urn=pieces,
        message=pieces,
        accepted=st.none() | st.builds(Acceptance, reason=pieces, until=sides),
    )
    operation = st.sampled_from(("same", "create", "replace", "delete")) | pieces
    change = st.builds(
        Change,
        urn=pieces,
        name=pieces,
        type=pieces,
        operation=operation,
        new_id=st.booleans(),
        eligibility=st.none() | rules,
        people=st.none() | st.builds(People, enter=number, leave=number, unknown=number),
        pay=st.none() | st.builds(PayChange, before=paid, after=paid, remarks=_some(pieces)),
        details=_some(row),
        notes=_some(pieces),
    )
    return st.builds(
        Report,
        project=pieces,
        stack=pieces,
        place=st.builds(Place, environment=sides, endpoint_host=sides, account=sides),
        complete=st.booleans(),
        incomplete_because=_some(pieces),
        digest=pieces,
        commit=sides,
        headline=pieces,
        risks=_some(risks),
        changes=_some(change),
        others=_some(st.builds(Other, urn=pieces, name=pieces, type=pieces, operation=operation)),
        unchanged=number,
        total=number,
        invariants=_some(
            st.builds(
                Invariant,
                id=pieces,
                text=pieces,
                holds=ANSWERS,
                broken_by=_some(pieces),
                excepted=_some(st.tuples(pieces, pieces)),
            )
        ),
        policy_from=sides,
        asked_at=sides,
        not_judged=_some(pieces),
    )


ANSWERS = st.sampled_from(("yes", "no", "unknown"))


def _some(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(values, max_size=3).map(tuple)
