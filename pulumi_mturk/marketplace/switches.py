"""The marketplace's switches: behaviour of the real service that is unknown, or on which its documents disagree.

Each has a default, the values it can have, and a label: *documented*, *observed* or *guessed* says how sure the
default is. The defaults are the forgiving ones; tests of a client should turn the others on.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin, get_type_hints

from pulumi_mturk.marketplace.errors import SwitchError

if TYPE_CHECKING:
    from collections.abc import Mapping

Label = Literal["documented", "observed", "guessed"]
_TEXTS: Final = {
    "account_balance": (re.compile(r"[0-9]{1,15}\.[0-9]{2}"), "an amount such as 10000.00"),
    "access_keys": (
        re.compile(r"|\w{3,128}(?:,\w{3,128})*", re.ASCII),
        "access key ids with commas between, or nothing",
    ),
    "notification_url": (re.compile(r"|https?://[^\s/?#]\S*"), "an http or https address, or nothing"),
}
"""The pattern of switches that are texts, and its description for errors."""
_NUMBERS: Final = range(1_000_000_000)
"""What a switch can be that is a number: seconds, days or characters."""
_PAGE_SIZES: Final = range(1, 101)
_NOT_SHOWN: Final = {"access_keys"}
"""Switches whose wrong values no error repeats: somebody may have written a secret beside the key."""


def _switch(default: Any, label: Label, meaning: str) -> Any:
    return dataclasses.field(default=default, metadata={"label": label, "meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Switches:
    """The behaviours of one marketplace database; `describe()` lists them with their labels."""

    environment: Literal["both", "production", "sandbox"] = _switch(
        "both", "documented", "Whose Masters id exists; 'sandbox' also ends error messages with ' s'."
    )
    account_balance: str = _switch(
        "10000.00",
        "documented",
        "What GetAccountBalance answers, in US dollars, or what each account deposited; no HIT may cost more.",
    )
    funds: Literal["fixed", "prepaid"] = _switch(
        "fixed", "documented", "Whether the balance never changes, as in the sandbox, or HITs and bonuses use it up."
    )
    access_keys: str = _switch(
        "",
        "observed",
        "The access key ids that may call; the real service refuses those that it does not know. With nothing every "
        "key may. Secrets and signatures are not looked at. Where there are accounts, their keys count instead.",
    )
    unknown_workers: Literal["accept", "refuse"] = _switch(
        "accept", "observed", "Worker ids that were never registered here; the real service refuses strangers' ids."
    )
    name_held_seconds: int = _switch(
        0, "documented", "How long the name of a deleted qualification type stays taken; 'up to 48 hours' is 172800."
    )
    get_disposing_type: Literal["shown", "does_not_exist", "invalid_state"] = _switch(
        "shown", "guessed", "What GetQualificationType answers for a deleted type that HITs or the name's hold keep."
    )
    list_disposing_type: Literal["shown", "absent"] = _switch(
        "shown", "observed", "Whether ListQualificationTypes has such a type, with the status 'Disposing'."
    )
    idle_removal_days: int = _switch(
        0, "documented", "Qualification and HIT types unused for so long vanish; old documents say 120, 0 is never."
    )
    listing_lag_seconds: int = _switch(
        0, "observed", "How long ListQualificationTypes does not have a new type yet; up to 60 was seen."
    )
    hit_lag_seconds: int = _switch(
        0,
        "documented",
        "How long a new HIT is not listed and can be expired but not changed; 'the first few seconds' in documents.",
    )
    hit_removal_days: int = _switch(
        0,
        "documented",
        "So many days after they became reviewable HITs and their work can't be read any more; documents say 120, 0 is "
        "never.",
    )
    name_max_length: int = _switch(
        0, "guessed", "Most characters of a qualification type's name; no limit was ever published, 0 is none."
    )
    test_duration_without_test: Literal["accept", "refuse"] = _switch(
        "accept", "guessed", "CreateQualificationType with TestDurationInSeconds and no Test; a known tool sends it."
    )
    xml_echo: Literal["verbatim", "normalised"] = _switch(
        "verbatim", "guessed", "Whether Test, AnswerKey and Question come back as sent or in canonical XML."
    )
    reward_echo: Literal["two_decimals", "verbatim"] = _switch(
        "two_decimals", "guessed", "How a HIT's Reward comes back: '0.10' for '0.1', or as it was sent."
    )
    zero_reward: Literal["accept", "refuse"] = _switch(
        "accept", "documented", "A Reward of zero; documented as allowed, a user reports that it is not."
    )
    hit_type_identity: Literal["normalised", "verbatim"] = _switch(
        "normalised",
        "guessed",
        "Whether '0.1' and '0.10', spaces in keywords and the order of rules are the same type.",
    )
    requirement_on_inactive_type: Literal["refuse_hit", "refuse_always", "accept"] = _switch(
        "refuse_hit",
        "documented",
        "A rule on an inactive qualification type: no HIT (documented), or no HIT type either.",
    )
    requirement_on_unknown_type: Literal["refuse", "accept"] = _switch(
        "refuse",
        "observed",
        "A rule on an id that is not here; 'accept' stands for other requesters' and premium types.",
    )
    retired_system_types: Literal["accept", "refuse"] = _switch(
        "accept", "guessed", "A rule on one of the system types that today's documents do not list any more."
    )
    grant_without_value: Literal["one", "refuse"] = _switch(
        "one", "guessed", "A grant without IntegerValue; AWS's tutorial does it, a user reports that it is refused."
    )
    double_revoke: Literal["error", "success"] = _switch(
        "error", "guessed", "DisassociateQualificationFromWorker where the qualification is revoked already."
    )
    list_workers_without_status: Literal["all", "granted"] = _switch(
        "granted",
        "documented",
        "Whether ListWorkersWithQualificationType without Status has revoked ones too; the old API's reference says "
        "that Status is Granted by default, today's does not.",
    )
    selections_without_maximum: Literal["any", "one"] = _switch(
        "any",
        "guessed",
        "Choices of a checkbox or multichooser question without MaxSelectionCount. The documents say one, and that "
        "they promise no check; published forms that ask for 'all that apply' leave it out.",
    )
    empty_review_report: Literal["absent", "empty_lists"] = _switch(
        "absent", "guessed", "The report of a review policy without results: a client expects none."
    )
    reblock_updates_reason: Literal["yes", "no"] = _switch(
        "yes", "guessed", "Whether CreateWorkerBlock on a blocked worker replaces the reason."
    )
    notification_version: Literal["both", "2006-05-05", "2014-08-15"] = _switch(
        "both", "documented", "The Version of a notification specification; the documents disagree which one is valid."
    )
    email_notifications: Literal["accept", "refuse"] = _switch(
        "accept", "observed", "The transport Email for events of HITs; the developer guide has SQS and SNS alone."
    )
    notification_url: str = _switch(
        "",
        "documented",
        "Not of the service: where the server posts events of HITs, as their queue or topic would hand them on.",
    )
    page_tokens: Literal["every_page", "when_more"] = _switch(
        "every_page", "observed", "Whether every page that is not empty has a NextToken, or only where more follows."
    )
    default_page_size: int = _switch(
        10, "documented", "Items of a page without MaxResults (10 in samples and in the old API), 1 to 100."
    )
    requests_per_second: int = _switch(
        0,
        "guessed",
        "A ceiling, 0 is none; the real one is unpublished. A tenth of a second's worth may come at once.",
    )
    latency_milliseconds: int = _switch(
        0, "documented", "Not of the service: how long each answer takes at least, as over a long way."
    )
    record_calls: Literal["off", "on", "parameters"] = _switch(
        "off", "documented", "Not of the service: keep each call for Marketplace.calls(), or each with its parameters."
    )

    def to_json(self) -> str:
        """The switches that differ from their defaults, as stored in the database."""
        values = {
            field.name: getattr(self, field.name)
            for field in dataclasses.fields(self)
            if getattr(self, field.name) != field.default
        }
        return json.dumps(values)

    def changed(self, values: Mapping[str, str | int]) -> Switches:
        """A copy with some switches changed; raises SwitchError for an unknown name or value."""
        for name, value in values.items():
            _check(name, value)
        return dataclasses.replace(self, **values)  # type: ignore[arg-type]  # just checked


@dataclass(frozen=True)
class SwitchDescription:
    """A switch, for help texts and documentation."""

    name: str
    values: str
    default: str
    label: Label
    meaning: str


def describe() -> list[SwitchDescription]:
    """All switches with their values, defaults and labels."""
    return [
        SwitchDescription(
            field.name,
            _values_in_words(field.name),
            str(field.default),
            field.metadata["label"],
            field.metadata["meaning"],
        )
        for field in dataclasses.fields(Switches)
    ]


@functools.lru_cache(maxsize=16)
def from_json(text: str) -> Switches:
    """The inverse of `Switches.to_json`."""
    return Switches(**json.loads(text))


def parse_switch(text: str) -> tuple[str, str | int]:
    """Parse `name=value` of the command line; raises SwitchError for an unknown name or value."""
    name, equals, value = text.partition("=")
    if not equals:
        raise SwitchError(f"Write a switch as name=value, not {text!r}.")
    parsed: str | int = int(value) if re.fullmatch(r"[0-9]{1,9}", value) and _hints().get(name) is int else value
    _check(name, parsed)
    return name, parsed


@functools.cache
def _hints() -> dict[str, Any]:
    return get_type_hints(Switches)


def _check(name: str, value: str | int) -> None:
    hint = _hints().get(name)
    if hint is None:
        raise SwitchError(f"There is no switch {name!r}; there are: {', '.join(_hints())}.")
    expected = _values_in_words(name)
    if get_origin(hint) is Literal:
        good = value in get_args(hint)
    elif hint is int:
        allowed = _PAGE_SIZES if name == "default_page_size" else _NUMBERS
        good = isinstance(value, int) and not isinstance(value, bool) and value in allowed
        expected = f"a whole number from {allowed[0]} to {allowed[-1]}"
    else:
        good = isinstance(value, str) and _TEXTS[name][0].fullmatch(value) is not None
    if not good:
        shown = "this" if name in _NOT_SHOWN else repr(value)
        raise SwitchError(f"The switch {name!r} can not be {shown}; write {expected}.")


def _values_in_words(name: str) -> str:
    hint = _hints()[name]
    if get_origin(hint) is Literal:
        return " | ".join(get_args(hint))
    return "a whole number" if hint is int else _TEXTS[name][1]
