"""`pulumi-mturk teardown`: the HITs of a stack's types, which no stack holds and no destroy takes away."""

import json
import subprocess
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pulumi_mturk.cli.common import (
    PLACE_KEYS,
    AwsProfile,
    EndpointUrl,
    EnvironmentName,
    LocalDatabase,
    Status,
    argument,
    connected,
    examples,
    new_table,
    option,
    place_settings,
    print_error,
    print_table,
)
from pulumi_mturk.common.amounts import amount
from pulumi_mturk.common.entity_ids import ENTITY_ID
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.text import count

if TYPE_CHECKING:
    from pulumi_mturk.api.hits import HITInfo
    from pulumi_mturk.provider.instance import ProviderInstance
    from pulumi_mturk.resources.hit_removal import Ended

EPILOG: Final = examples(
    ("what the stack of this folder would leave behind", "pulumi-mturk teardown"),
    ("end it, before `pulumi destroy`", "pulumi-mturk teardown --yes"),
    ("once the stack is gone, by the ids that destroy has printed", "pulumi-mturk teardown 3EXAMPLEHITTYPE --yes"),
)
_TYPES: Final = tuple(
    f"{package}:{token}"
    for package in ("pulumi-python:dynamic/mturk", "mturk:index")
    for token in ("HITType", "QualificationType")
)
_PROVIDER: Final = "pulumi:providers:mturk"


@dataclass(frozen=True)
class _Recorded:
    """A HIT type or qualification type of the stack."""

    id: str
    outputs: Mapping[str, Any]
    place: Mapping[str, str | None] | None
    """Where its explicit provider leads, as `place_settings` says it; None where the stack's configuration does."""


def _type_id(text: str) -> str:
    if not ENTITY_ID.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no id: one has capital letters and digits alone, 1 to 64")
    return text


def teardown(
    ids: Annotated[
        list[str] | None,
        argument(
            metavar="ID",
            help="HIT types, and qualification types that HITs require; by default those of the stack.",
            parser=_type_id,
        ),
    ] = None,
    stack: Annotated[
        str | None, option("--stack", metavar="NAME", help="Another stack of this folder than the selected one.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Expire and delete the HITs. Without it nothing is changed.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing, as without --yes.")] = False,
    environment: EnvironmentName = None,
    endpoint: EndpointUrl = None,
    profile: AwsProfile = None,
    local_database: LocalDatabase = None,
) -> int:
    """Show the HITs of a stack's HIT types, and those that require its qualification types; with --yes, end them.

    Open HITs are expired, and those with nothing left to review are deleted with their results; in production they are
    expired only. Who has accepted one may still submit it. Nothing is approved, rejected or paid: that stays to be done
    for submitted work, and HITs that wait for it can be deleted afterwards.

    The types and where they are come from the stack of this folder, by the Pulumi CLI; with ids, from the options.
    """
    if ids and stack is not None:
        raise typer.BadParameter("not allowed with ids", param_hint="'--stack'")
    if yes and dry_run:
        raise typer.BadParameter("not allowed with --yes", param_hint="'--dry-run'")
    given = place_settings(environment, endpoint, profile, local_database)
    recorded: list[_Recorded] = []
    if not ids:
        recorded = _recorded(stack)
        ids = [item.id for item in recorded]
        if not ids:
            print_error(
                "the stack has no types of HITs or qualifications; after a destroy give the ids that it printed"
            )
            return Status.ERROR
        # A stack whose types all have explicit providers may have nothing, not even a database, where its configuration
        # leads.
        places = [item.place for item in recorded]
        there = _settings(stack) if None in places else places[0] or {}
        given = {**there, **{key: value for key, value in given.items() if value is not None}}
    with connected(given) as provider:
        elsewhere = _elsewhere(provider, recorded)
        hits = _find(provider, {each for each in ids if each not in elsewhere})
        # What the stack has recorded exists; an id that was typed may be wrong.
        unnamed = [] if recorded else [each for each in dict.fromkeys(ids) if not any(map(_of(each), hits))]
        status: int = Status.DONE
        if hits or recorded:
            status = _end(provider, hits) if yes else _show(provider, hits)
        for each in unnamed:
            print(_without_hits(provider, each))
        _tell_of_others([item for item in recorded if item.id in elsewhere], elsewhere)
        return status


def _tell_of_others(others: "Iterable[_Recorded]", places: Mapping[str, str]) -> None:
    """How to see the HITs of the types that are at other places."""
    from pulumi_mturk.provider.configuration import NAMESPACE, Configuration
    from pulumi_mturk.resources.closing_account import teardown_command

    grouped: dict[str, list[_Recorded]] = {}
    for item in others:
        grouped.setdefault(places[item.id], []).append(item)
    for place, items in sorted(grouped.items()):
        are = "is" if len(items) == 1 else "are"
        way = "give the options of that place to see the HITs there"
        if (keys := items[0].place) is not None:
            found = {f"{NAMESPACE}:{key}": value for key, value in keys.items() if value is not None}
            command = teardown_command(Configuration.from_config(found), *(item.id for item in items))
            way = f"{command} shows the HITs there"
        print(f"\n{count(len(items), 'type')} of the stack {are} {place}, by a provider of its own: {way}.")


def _without_hits(provider: "ProviderInstance", type_id: str) -> str:
    """What is said of an id that no HIT names. The API can tell whether a qualification type exists, not a HIT type."""
    from pulumi_mturk.api.errors import ApiError

    try:
        known = provider.client.get_qualification_type(type_id) is not None
    except ApiError:  # such as credentials that do not allow it: the HITs are told of without it
        known = False
    if known:
        return f"No HIT requires the qualification type {type_id}."
    return (
        f"No HIT has the HIT type, or requires the qualification type, {type_id}: check the id, and where it was "
        f"looked for ({provider.configuration.environment})."
    )


def _show(provider: "ProviderInstance", hits: "list[HITInfo]") -> int:
    from pulumi_mturk.resources.hit_removal import to_expire

    _print_hits(hits)
    if hits:
        kept = " (in production none is deleted)" if provider.configuration.environment == "production" else ""
        print(
            f"\n{_total(hits).capitalize()} of rewards may still be paid for them, before fees. Nothing was changed. "
            f"With --yes {sum(map(to_expire, hits)):,} of them are expired, and those with nothing left "
            f"to review are deleted{kept}."
        )
    return Status.DONE


def _end(provider: "ProviderInstance", hits: "list[HITInfo]") -> int:
    from pulumi_mturk.resources.hit_removal import end_hits

    may_delete = provider.configuration.environment != "production"
    outcomes = list(end_hits(provider.client, hits, delete=may_delete))
    ended = [one for one in outcomes if not isinstance(one, MturkError)]
    left = [one.hit for one in ended if not one.deleted]
    print(
        f"{count(sum(one.expired for one in ended), 'HIT was', 'HITs were')} expired, "
        f"{count(len(ended) - len(left), 'HIT was', 'HITs were')} deleted."
    )
    if left:
        print(f"{count(len(left), 'HIT is', 'HITs are')} left, for which {_total(left)} may still be paid:\n")
        _print_hits(left, _why(ended, may_delete))
    failures = [one for one in outcomes if isinstance(one, MturkError)]
    if failures:
        print_error(f"{count(len(failures), 'HIT', 'HITs')} could not be ended: {failures[0]}")
    return Status.ERROR if failures else Status.DONE


def _why(ended: "Iterable[Ended]", may_delete: bool) -> dict[str, str]:
    """Why each HIT is left."""
    reasons = {}
    for one in ended:
        if one.hit.pending:
            why = "accepted: may still be submitted"
        elif one.hit.submitted:
            why = "to be approved or rejected"
        else:
            why = "not allowed by the service yet" if may_delete else "kept in production"
        reasons[one.hit.hit_id] = why
    return reasons


def _find(provider: "ProviderInstance", ids: Collection[str]) -> "list[HITInfo]":
    return [hit for hit in provider.client.list_hits() if any(_of(each)(hit) for each in ids)]


def _of(type_id: str) -> "Callable[[HITInfo], bool]":
    """Whether a HIT is of this HIT type, or requires this qualification type."""
    return lambda hit: type_id == hit.hit_type_id or type_id in hit.qualification_type_ids


def _at_risk(hit: "HITInfo") -> Decimal | None:
    """The rewards that may still be paid for a HIT, without fees; None where the endpoint names no amount."""
    assignments = hit.pending + hit.submitted + (hit.available if hit.status == "Assignable" else 0)
    reward = amount(hit.reward)
    return None if reward is None else reward * assignments


def _total(hits: "Iterable[HITInfo]") -> str:
    rewards = [_at_risk(hit) for hit in hits]
    told = [reward for reward in rewards if reward is not None]
    return f"at most ${sum(told, Decimal()):,.2f}" if len(told) == len(rewards) else "an unknown amount"


def _print_hits(hits: "list[HITInfo]", why: Mapping[str, str] | None = None) -> None:
    from rich.text import Text

    from pulumi_mturk.resources.hit_removal import AT_ONCE

    if not hits:
        print("No HIT is left.")
        return
    texts = ("HIT", "title", "status", *(["why it is left"] if why else []))
    table = new_table(*texts, numbers=("available", "pending", "submitted"))
    table.add_column("expires")
    table.add_column("at risk", justify="right")
    for hit in hits:
        expires = "-" if hit.expiration is None else f"{hit.expiration.astimezone():%Y-%m-%d %H:%M}"
        cells = [
            hit.hit_id,
            hit.title,
            hit.status,
            *([why[hit.hit_id]] if why else []),
            *(f"{number:,}" for number in (hit.available, hit.pending, hit.submitted)),
            "expired" if hit.expiration == AT_ONCE else expires,
            "unknown" if (at_risk := _at_risk(hit)) is None else f"${at_risk:,.2f}",
        ]
        table.add_row(*map(Text, cells))
    print_table(table)


def _recorded(stack: str | None) -> list[_Recorded]:
    """The HIT types and qualification types that the stack has made."""
    deployment = _pulumi(stack, "stack", "export")["deployment"] or {}
    resources = deployment.get("resources") or []
    places = {f"{item['urn']}::{item.get('id')}": _place(item) for item in resources if item["type"] == _PROVIDER}
    return [
        _Recorded(str(item["id"]), item.get("outputs") or {}, places.get(item.get("provider", "")))
        for item in resources
        if item["type"] in _TYPES and not item.get("external") and item.get("id")
    ]


def _place(provider: Mapping[str, Any]) -> Mapping[str, str | None] | None:
    """Where an explicit provider leads; None for a default one, which goes by the stack's configuration."""
    if provider["urn"].rpartition("::")[2].startswith("default"):
        return None
    inputs = provider.get("inputs") or {}
    # A secret stands there encrypted, as a mapping.
    return {key: value if isinstance(value := inputs.get(key), str) else None for key in PLACE_KEYS}


def _settings(stack: str | None) -> dict[str, str | None]:
    """Where the stack is, by its configuration."""
    found = _pulumi(stack, "config", "--json")
    return {key: found.get(f"mturk:{key}", {}).get("value") for key in PLACE_KEYS}


def _elsewhere(provider: "ProviderInstance", recorded: Iterable[_Recorded]) -> dict[str, str]:
    """The ids of the stack's types that were made at other places, each with its place in words.

    Refuses a place at which none was made.
    """
    from pulumi_mturk.provider.model import Args

    pins = {item.id: Args.load(item.outputs) for item in recorded}
    others = {each: pin for each, pin in pins.items() if not provider.is_made_here(pin)}
    if others and len(others) == len(pins):
        provider.verify_pin(next(iter(others.values())))
    return {each: f"in environment {pin.environment} (at {pin.endpoint_host})" for each, pin in others.items()}


def _pulumi(stack: str | None, *arguments: str) -> Any:
    command = ["pulumi", *arguments, "--non-interactive", *(["--stack", stack] if stack is not None else [])]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the user's own CLI
    except OSError:
        raise MturkError("there is no Pulumi CLI on PATH to ask for the stack's types; give their ids") from None
    if done.returncode:
        raise MturkError(f"the stack could not be read: {' '.join(done.stderr.split())}; or give the types' ids")
    return json.loads(done.stdout)
