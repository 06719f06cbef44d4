"""Programs and marketplaces with lists of workers."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_mturk.marketplace import Marketplace
from pulumi_mturk.rosters import listing
from pulumi_mturk.rosters.roster import Roster
from tests.support.pulumi_cli import Output, Stack, behind_our_back

TYPE = 'tier = mturk.QualificationType("tier", description="Took part.")\n'
FIRST, SECOND, THIRD = "A1EXAMPLEWORKER", "A2EXAMPLEWORKER", "A3EXAMPLEWORKER"
WORKERS = (FIRST, SECOND, THIRD)

GRANT, REVOKE = "AssociateQualificationWithWorker", "DisassociateQualificationFromWorker"
LIST = "ListWorkersWithQualificationType"
# Of a change's numbers.
MINUS = "\N{MINUS SIGN}"


class Code(str):
    """An expression, where a program would else have the text itself."""

    __slots__ = ()
    __repr__ = str.__str__


def many(count: int, first: int = 0) -> list[str]:
    """Made-up ids of one length."""
    return [f"A{number:06}EXAMPLE" for number in range(first, first + count)]


def roster(workers: Any, name: str = "team", type_id: str = "tier", **arguments: Any) -> str:
    """A roster's line in a program."""
    written = "".join(f", {key}={value!r}" for key, value in arguments.items())
    return f"mturk.QualificationRoster({name!r}, qualification_type_id={type_id}, workers={workers!r}{written})\n"


def type_of(stack: Stack, name: str = "tier") -> str:
    """The id of the program's type."""
    return str(stack.resources()[name]["id"])


def holders(marketplace: Marketplace, type_id: str) -> dict[str, int]:
    """Who holds a type, with their scores."""
    found: dict[str, int] = {}
    token = None
    while True:
        page = behind_our_back(
            marketplace,
            LIST,
            QualificationTypeId=type_id,
            Status="Granted",
            MaxResults=100,
            **({"NextToken": token} if token else {}),
        )
        found |= {item["WorkerId"]: item["IntegerValue"] for item in page["Qualifications"]}
        token = page.get("NextToken")
        if not token:
            return found


def grant(marketplace: Marketplace, type_id: str, scores: Mapping[str, int]) -> None:
    """What a script at run time does: grants of its own."""
    for worker, score in scores.items():
        behind_our_back(
            marketplace,
            GRANT,
            QualificationTypeId=type_id,
            WorkerId=worker,
            IntegerValue=score,
            SendNotification=False,
        )


def revoke(marketplace: Marketplace, type_id: str, workers: Iterable[str]) -> None:
    """What somebody else does."""
    for worker in workers:
        behind_our_back(marketplace, REVOKE, QualificationTypeId=type_id, WorkerId=worker)


def recorded(stack: Stack, name: str = "team") -> str:
    """The list as the state holds it, in the clear and as one text, which the plugin's state has as a list."""
    value = stack.resources(secrets=True)[name]["outputs"]["workers"]
    held = json.loads(value["plaintext"]) if isinstance(value, dict) else value
    if isinstance(held, str):
        return held
    found = listing.read(held)
    assert isinstance(found, Roster)
    return found.text


def made(marketplace: Marketplace, operation: str) -> int:
    """How many calls of an operation there were since calls were counted."""
    return sum(call.operation == operation for call in marketplace.calls())


def granted(marketplace: Marketplace) -> Counter[str]:
    """How often each worker was granted it, or another score, since calls were counted."""
    return Counter(
        (call.parameters or {})["WorkerId"]
        for call in marketplace.calls()
        if call.operation == GRANT and call.status == 200
    )


def progress(output: Output, what: str) -> tuple[list[str], list[str]]:
    """What was told of how far the work is: while it lasted, and at the end."""
    told = re.compile(rf"\d+ of \d+ {what}, .*\d+ s left, \d+ a second")
    while_it_lasted, _, at_the_end = output.text.partition("Diagnostics:\n")
    return told.findall(while_it_lasted), told.findall(at_the_end)
