"""What the policies ask, as plain functions: each tells what is wrong with a resource, and nothing if all is well.

A resource has one of two tokens, by how the program makes it: that of the classes that need no plugin, or the plugin's.
Properties have been through the provider's own checks, unless these refused them: then they can be anything.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

PACKAGES = ("pulumi-python:dynamic/mturk:", "mturk:index:")
# Ten characters or more with a digit: shorter words in capitals are mostly words.
WORKER_ID = re.compile(r"\bA(?=[A-Z0-9]*[0-9])[A-Z0-9]{9,63}\b")
BILLION = 10**9


def kind(token: str) -> str | None:
    """`HITType`, `QualificationType` … for a type token of pulumi-mturk, else None."""
    return next((token.removeprefix(package) for package in PACKAGES if token.startswith(package)), None)


def reviewed(token: str, props: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[str]:
    """Nothing goes to production that nobody but its author has looked at.

    `config` has the `author` of the change and its `reviewer`, as the pipeline knows them.
    """
    if kind(token) is None or props.get("environment") != "production":
        return
    author, reviewer = (str(config.get(who) or "").strip().casefold() for who in ("author", "reviewer"))
    if not author or not reviewer:
        yield "The stack is in production: name the `author` of the change and its `reviewer`."
    elif author == reviewer:
        yield "The stack is in production, and whoever wrote the change can't be its reviewer."


def paid_fairly(token: str, name: str, props: Mapping[str, Any], config: Mapping[str, Any]) -> Iterator[str]:
    """A task pays `minimumHourlyPay` at least, by the `minutes` that it takes."""
    if kind(token) != "HITType":
        return
    least, minutes = config.get("minimumHourlyPay"), config.get("minutes", {}).get(name)
    if least is None:
        yield "How much it has to pay is not configured: set `minimumHourlyPay`."
        return
    if minutes is None:
        yield f"State in `minutes` how long an assignment of {name!r} takes."
        return
    try:
        reward = Decimal(str(props.get("reward")))
    except InvalidOperation:
        reward = Decimal("NaN")
    if not reward.is_finite() or reward >= BILLION:
        yield "What it pays can't be told: its reward is no amount of dollars."
        return
    hourly = reward * 60 / Decimal(str(minutes))
    if hourly < Decimal(least):
        yield f"It pays ${hourly:.2f} an hour at {minutes:g} minutes; ${least} is required."


def hidden_from_the_excluded(token: str, props: Mapping[str, Any]) -> Iterator[str]:
    """Who is excluded does not even see the task: `Accept` alone lets people read it, and then turns them away."""
    if kind(token) != "HITType":
        return
    for rule in props.get("qualificationRequirements") or ():
        if rule.get("comparator") == "DoesNotExist" and rule.get("actionsGuarded", "Accept") == "Accept":
            yield 'Who is excluded still finds the task: write actions_guarded="DiscoverPreviewAndAccept".'
            return


def without_worker_ids(name: str) -> Iterator[str]:
    """Names of resources, of any provider, are shown in plans, logs and consoles: no worker's id is in them."""
    if WORKER_ID.search(name):
        yield "The resource is named after a worker. Name it after what it is for."
