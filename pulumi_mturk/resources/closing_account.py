"""What is said, and on request done, about the HITs of what leaves a stack: they outlive it, and go on being paid."""

import shlex
from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias

from pulumi_mturk.api.errors import AccessDeniedError, ApiError
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.text import count
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.provider.hit_listing import MOST
from pulumi_mturk.provider.lifecycle import Context
from pulumi_mturk.rules import hit_types as rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pulumi_mturk.api.hits import HITInfo
    from pulumi_mturk.resources.hit_removal import Standing

    Left: TypeAlias = tuple[list[HITInfo], bool] | ApiError
    """The HITs that are left, and whether there may be more; or why they could not be listed."""

_AGAIN: Final = " (a HIT that requires several types is counted for each; one command takes all their ids)"


def expire_hits(context: Context, hits: "Iterable[HITInfo]") -> None:
    """Expire HITs and, except in production, delete those with nothing left to review; raises MturkError."""
    from pulumi_mturk.resources.hit_removal import end_hits  # for what leaves a stack alone

    listing = context.provider.hits
    expired = deleted = 0
    failure: MturkError | None = None

    def ending() -> bool:
        return failure is not None or context.stopped() is not None

    may_delete = context.configuration.environment != "production"
    for outcome in end_hits(context.client, hits, delete=may_delete, stopped=ending):
        if isinstance(outcome, MturkError):
            failure = failure or outcome
            continue
        expired += outcome.expired
        deleted += outcome.deleted
        if outcome.deleted:
            listing.remove(outcome.hit.hit_id)
        else:
            listing.put(outcome.hit)
    if expired or deleted:
        done = [f"{count(expired, 'HIT was', 'HITs were')} expired"] if expired else []
        done += [f"{count(deleted, 'HIT was', 'HITs were')} deleted"] if deleted else []
        context.tell(rules.HITS_ENDED.at("expireHits", " and ".join(done)))
    if failure is not None or (why := context.stopped()) is not None:
        raise failure or MturkError(f"{why}; the HITs that are left are expired by the next run")


def hits_of(context: Context, wanted: "Callable[[HITInfo], bool]", *, whole: bool) -> "tuple[list[HITInfo], bool]":
    """The HITs that are wanted, and whether there may be more, by the listing that all of a run share."""
    provider = context.provider
    return provider.hits.find(provider.client.until(provider.cancelled.is_set), wanted, whole=whole)


def hits_left_of(context: Context, hit_type_id: str) -> "Left":
    """The HITs of a HIT type, which no operation lists by themselves."""
    try:
        return hits_of(context, lambda hit: hit.hit_type_id == hit_type_id, whole=False)
    except ApiError as error:
        return error


def hits_that_require(context: Context, qualification_type_id: str) -> "Left":
    """The HITs that require a qualification type; in a large account by a listing of these alone.

    To be asked for before the type is deleted: whether the service lists them afterwards is not documented.
    """
    try:
        hits, more = hits_of(context, lambda hit: qualification_type_id in hit.qualification_type_ids, whole=False)
        if more:
            hits = list(context.client.list_hits_for_qualification_type(qualification_type_id))
    except ApiError as error:
        return error
    return hits, False


def tell_hits(context: Context, left: "Left", resource_id: str, *, required: bool) -> None:
    """Say how many HITs are left, how they stand, and the command that ends them.

    `required`: they require the resource, a qualification type, which they hold up; else they are of it, a HIT type.
    """
    command = teardown_command(context.configuration, resource_id)
    if isinstance(left, ApiError):
        why = "the credentials do not allow it" if isinstance(left, AccessDeniedError) else str(left)
        context.tell(rules.HITS_LEFT.at("", f"how many HITs are left could not be asked ({why}); {command} shows them"))
        return
    hits, more = left
    if more and not hits:
        context.tell(
            rules.HITS_LEFT.at(
                "",
                f"whether HITs are left is not known: the first {MOST:,} of the account are of other types, and no "
                f"more were listed; {command} looks at all of them",
            )
        )
    if hits:
        least = "at least " if more else ""
        which = f" that {'requires' if len(hits) == 1 else 'require'} it" if required else ""
        holding = "; until they are deleted the type stays listed as Disposing, and its name taken" if required else ""
        context.tell(
            rules.HITS_LEFT.at(
                "",
                f"{least}{count(len(hits), 'HIT is', 'HITs are')} left{which}: {_standings(hits)}{holding}. What they "
                f"may still cost, and what ends them: {command}{_AGAIN if required else ''}",
            )
        )


def teardown_command(configuration: Configuration, *ids: str) -> str:
    """The command that shows the HITs of these types, and ends them."""
    words = ["pulumi-mturk", "teardown", *ids]
    if configuration.environment != "local":
        words += ["--environment", configuration.environment]
    for option, value in (("--endpoint", configuration.endpoint_url), ("--profile", configuration.profile)):
        words += [option, value] if value is not None else []
    if configuration.embedded and configuration.local_database != Configuration().local_database:
        words += ["--local-database", configuration.local_database]
    return f"`{shlex.join(words)}`"


def _standings(hits: "list[HITInfo]") -> str:
    from pulumi_mturk.resources.hit_removal import standing

    numbers = Counter(map(standing, hits))
    of_open = [hit for hit in hits if standing(hit) == "open"]
    takeable, accepted = sum(hit.available for hit in of_open), sum(hit.pending for hit in of_open)
    under_way = sum(hit.pending for hit in hits if standing(hit) == "under way")
    words: dict[Standing, str] = {
        "open": f"open, with {count(takeable, 'assignment', 'assignments')} to take"
        + (f" and {accepted:,} accepted" if accepted else ""),
        "under way": "under way, not submitted yet"
        + (f" ({count(under_way, 'assignment', 'assignments')})" if under_way != numbers["under way"] else ""),
        "to review": "waiting for submitted work to be approved or rejected",
        "finished": "finished, and not deleted",
    }
    return ", ".join(f"{numbers[key]:,} {said}" for key, said in words.items() if numbers[key])
