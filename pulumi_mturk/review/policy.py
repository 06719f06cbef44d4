"""What a lab has said beforehand: the risks that it accepts, and the rules that all must keep.

From the stack's configuration, or from a file of the base branch, so that a change is not its own judge. The file is a
stack's own (`Pulumi.prod.yaml`, with `config`), or has the keys `mturk:require` and `mturk:accept` at its top.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pulumi_mturk import invariants
from pulumi_mturk.common.errors import ConfigurationError, MturkError
from pulumi_mturk.fees import AMAZON_2015
from pulumi_mturk.invariants import Require
from pulumi_mturk.review.findings import Finding, found
from pulumi_mturk.review.plan import Plan
from pulumi_mturk.review.sentences import joined
from pulumi_mturk.rules import acceptance, risks_plan
from pulumi_mturk.rules.acceptance import Acceptance

ACCEPT, REQUIRE, FEES = "mturk:accept", "mturk:require", "mturk:feeSchedule"
_LARGEST_FILE = 1_000_000
# At the top of a stack's file.
_STACK_KEYS = frozenset({"config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"})


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What counts in a review."""

    accept: tuple[Acceptance, ...] = ()
    require: tuple[Require, ...] = ()
    fee_schedule: str | None = None
    """Whose fees are reckoned, where costs are bounded."""
    source: str | None = None
    """The file's name; None for the stack's own configuration."""

    @property
    def minutes(self) -> dict[str, Decimal]:
        """The working time of HIT types, by their names, as `minimumHourlyPay` states it."""
        return {name: Decimal(stated) for rule in self.require for name, stated in rule.minutes.items()}


def of_plan(plan: Plan) -> Policy:
    """What the change itself says. Raises ConfigurationError."""
    return policy_of(plan.config)


def read_policy(file: Path) -> Policy:
    """What a file of the base branch says. Raises MturkError."""
    import yaml  # for a policy alone

    try:
        text = file.read_bytes()
    except OSError as error:
        raise MturkError(f"the policy {file} can't be read: {error.strerror}") from None
    if len(text) > _LARGEST_FILE:
        raise MturkError(f"the policy {file} has more than {_LARGEST_FILE:,} bytes")
    try:
        document = yaml.safe_load(text.decode("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        raise MturkError(f"the policy {file} is no YAML") from None
    if document is None:
        # Of a `git show` that failed, and nobody must be judged by no rules for that.
        said = "is empty; give the stack's file of the base branch, or {} if it has none yet"
        raise MturkError(f"the policy {file} {said}")
    if not isinstance(document, dict):
        raise MturkError(f"the policy {file} is no mapping; give the stack's file of the base branch")
    if document and not _STACK_KEYS & document.keys() and not any(str(key).startswith("mturk:") for key in document):
        said = f"has neither config nor {REQUIRE} nor {ACCEPT}; give the stack's file of the base branch"
        raise MturkError(f"the policy {file} {said}")
    config = document.get("config") if "config" in document else document
    config = config if isinstance(config, dict) else {}
    # A stack's own file that names no schedule has the default one; a change that names another is not believed.
    return policy_of({FEES: AMAZON_2015.name, **config} if "config" in document else config, file.name)


def policy_of(config: Mapping[str, Any], source: str | None = None) -> Policy:
    """What a stack's configuration says. Raises ConfigurationError."""
    accept, problems = acceptance.read(config.get(ACCEPT) or [])
    require, more = invariants.read(config.get(REQUIRE) or [])
    if problems or more:
        raise ConfigurationError(*problems, *more)
    schedule = config.get(FEES)
    return Policy(
        accept=tuple(accept),
        require=tuple(require),
        fee_schedule=schedule if isinstance(schedule, str) else None,
        source=source,
    )


def with_names_of(base: Policy, change: Policy, plan: Plan) -> Policy:
    """The rules of the base branch, for the resources that the stack has after the change.

    Else no change could add or remove a HIT type that a rule names. A name that is neither in the stack any more nor in
    the change's own rule is left out. Minutes of a HIT type for which the base branch states none are the change's.
    """
    own = {rule.id.lower(): rule for rule in change.require}
    return replace(base, require=tuple(_renamed(rule, own.get(rule.id.lower()), plan.names) for rule in base.require))


def _renamed(rule: Require, own: Require | None, names: frozenset[str] | None) -> Require:
    if own is None:
        return rule

    def kept(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
        return {name: value for name, value in old.items() if names is None or name in names or name in new}

    minutes = (
        {**own.minutes, **kept(rule.minutes, own.minutes)} if rule.minimum_hourly_pay is not None else rule.minutes
    )
    return replace(rule, minutes=minutes, except_=kept(rule.except_, own.except_))


def _minutes_added(base: Policy, change: Policy) -> Iterator[Finding]:
    own = {rule.id.lower(): rule for rule in change.require}
    for rule in base.require:
        added = own[rule.id.lower()].minutes if rule.id.lower() in own and rule.minimum_hourly_pay is not None else {}
        stated = [f"{minutes} for `{name}`" for name, minutes in added.items() if name not in rule.minutes]
        if stated:
            said = (
                f"The minutes of lab rule `{rule.id}` that the base branch has not are this change's: {joined(stated)}."
            )
            yield found(risks_plan.LAB_RULE_WEAKENED, None, said, lesser=True)


def policy_findings(base: Policy, change: Policy) -> Iterator[Finding]:
    """What a change makes of the rules by which it is judged."""
    yield from _minutes_added(base, change)
    for rule in invariants.weakened(base.require, change.require):
        yield found(risks_plan.LAB_RULE_WEAKENED, None, f"This change weakens lab rule `{rule.id}`: {rule.how}.")
    for one in invariants.accepted_anew(base.accept, change.accept):
        until = f" until {one.until}" if one.until else ""
        yield found(
            risks_plan.ACCEPTANCE_ADDED,
            None,
            f'This change accepts {one.code} on {one.resource or "all resources"}{until}: "{one.reason}".',
        )
