"""`pulumi-mturk sweep`: qualification types that earlier, lost stacks have left."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pulumi_mturk.cli.common import (
    AwsProfile,
    EndpointUrl,
    EnvironmentName,
    LocalDatabase,
    Status,
    argument,
    connected,
    examples,
    new_table,
    place_settings,
    print_error,
    print_table,
)
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.marks import marks_in
from pulumi_mturk.common.text import count

if TYPE_CHECKING:
    from pulumi_mturk.api.client import Client
    from pulumi_mturk.api.hits import HITInfo
    from pulumi_mturk.api.qualification_types import QualificationTypeInfo

EPILOG: Final = examples(
    ("what is there", "pulumi-mturk sweep --environment sandbox"),
    ("delete two of them", "pulumi-mturk sweep --environment sandbox 3EXAMPLEONE 3EXAMPLETWO --yes"),
    ("delete all that the table has, where no stack is alive", "pulumi-mturk sweep --environment sandbox --yes"),
)
# A name that the provider generates, as far as it can be told from others: seven hexadecimal digits at the end.
_GENERATED: Final = re.compile(r"(?s).+[^0-9A-Za-z](?=[a-f]*[0-9])[0-9a-f]{7}")


@dataclass(frozen=True)
class Left:
    """A type that may have been left, why it is thought so, how many hold it, and the HITs that require it."""

    type: "QualificationTypeInfo"
    sign: str
    holders: int
    more_holders: bool  # counting stopped at a limit
    hits: "list[HITInfo]"


def sweep(
    ids: Annotated[
        list[str] | None,
        argument(metavar="ID", help="Only these of the types in the table."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Delete the types, and end the HITs that require them. There is no way back.")
    ] = False,
    environment: EnvironmentName = None,
    endpoint: EndpointUrl = None,
    profile: AwsProfile = None,
    local_database: LocalDatabase = None,
) -> int:
    """Show the qualification types that stacks have made and may have left; with --yes, delete them.

    They are known by their mark (a keyword pm1-…, see mturk:markTypes) or by a name of the generated form. Whether a
    stack still has one is not seen from here: types of living stacks are in the table, too. Compare the ids with those
    of `pulumi stack --show-ids`, or give the ids that you mean. To keep one, take it over by adopt="ID".

    Workers who hold a type are counted: once it is deleted, no new HIT can ask for what they hold. HITs that require it
    are counted, too; before it is deleted they are expired, and deleted where nothing is left to review (in production
    they are only expired). If that fails, the type stays. In production each type has to be named by its id.
    """
    with connected(place_settings(environment, endpoint, profile, local_database)) as provider:
        production = provider.configuration.environment == "production"
        if yes and production and not ids:
            raise typer.BadParameter("in production give the id of each type", param_hint="'--yes'")
        found = _find(provider.client)
        if unknown := sorted(set(ids or ()) - {left.type.qualification_type_id for left in found}):
            print_error(
                f"{', '.join(unknown)}: no type of this account that has a mark or a generated name; nothing was done"
            )
            return Status.ERROR
        chosen = [left for left in found if not ids or left.type.qualification_type_id in ids]
        _print(chosen)
        if not yes or not chosen:
            if chosen:
                print(f"\n{_counted(chosen)}. Nothing was changed; with --yes they are deleted.")
            return Status.DONE
        return _delete(provider.client, chosen, production=production)


def _find(client: "Client") -> list[Left]:
    found = []
    for live in client.list_own_qualification_types():
        marks = marks_in(live.keywords)
        if marks or _GENERATED.fullmatch(live.name):
            hits = list(client.list_hits_for_qualification_type(live.qualification_type_id))
            holders = client.count_holders(live.qualification_type_id)
            found.append(Left(live, marks[-1] if marks else "name", *holders, hits))
    return sorted(found, key=lambda left: (left.type.creation_time, left.type.name))


def _print(found: Collection[Left]) -> None:
    from rich.text import Text

    if not found:
        print("No type has a mark or a name of the generated form.")
        return
    table = new_table("id", "name", "known by", "created", "status", numbers=("holders", "HITs"))
    for left in found:
        live = left.type
        cells = (live.qualification_type_id, live.name, left.sign, live.creation_time.replace("T", " "), live.status)
        holders = f"{left.holders:,}{'+' if left.more_holders else ''}"
        table.add_row(*map(Text, cells), holders, f"{len(left.hits):,}")
    print_table(table)


def _delete(client: "Client", chosen: Iterable[Left], *, production: bool) -> int:
    from pulumi_mturk.resources.hit_removal import end_hits

    failures: list[str] = []
    held: list[Left] = []
    types = 0
    # Sets: a HIT that requires several of the types is ended with the first of them.
    expired, deleted, stay = set[str](), set[str](), set[str]()
    for left in chosen:
        type_id = left.type.qualification_type_id
        outcomes = list(end_hits(client, left.hits, delete=not production))
        ended = [one for one in outcomes if not isinstance(one, MturkError)]
        expired |= {one.hit.hit_id for one in ended if one.expired}
        deleted |= {one.hit.hit_id for one in ended if one.deleted}
        stay |= {one.hit.hit_id for one in ended if not one.deleted}
        if failed := [one for one in outcomes if isinstance(one, MturkError)]:
            which = count(len(failed), "HIT that requires it", "HITs that require it")
            failures.append(f"{type_id} was not deleted: {which} could not be ended: {failed[0]}")
            continue
        try:
            client.delete_qualification_type(type_id)
            types += 1
            held += [left] if left.holders else []
        except MturkError as error:
            failures.append(str(error))
    print(
        f"\n{count(types, 'type was', 'types were')} deleted; {count(len(expired), 'HIT was', 'HITs were')} expired, "
        f"{count(len(deleted), 'HIT was', 'HITs were')} deleted."
    )
    for left in held:
        least = "at least " if left.more_holders else ""
        print(f"{left.type.qualification_type_id} had {least}{count(left.holders, 'holder')}.")
    if stay := stay - deleted:
        print(
            f"{count(len(stay), 'HIT is', 'HITs are')} left, which no worker can take; a type stays listed as "
            "Disposing until they are deleted, and its name taken."
        )
    for failure in failures:
        print_error(failure)
    return Status.ERROR if failures else Status.DONE


def _counted(chosen: Collection[Left]) -> str:
    return f"{count(len(chosen), 'type')}, and {count(sum(len(left.hits) for left in chosen), 'HIT')}"
