"""`pulumi-mturk contents`: what a marketplace's database holds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pulumi_mturk.cli.common import ExistingDatabase, Quiet, Status, examples

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import Summary

EPILOG: Final = examples(("of a stack in this folder", "pulumi-mturk contents --database .mturk/local.db"))


def contents(database: ExistingDatabase, quiet: Quiet = False) -> int:
    """Show what a marketplace's database holds: qualification types, HIT types, HITs.

    Worker ids are counted, never shown.
    """
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False) as marketplace:
        summary = marketplace.summary()
    for line in _ids(summary) if quiet else _lines(summary):
        print(line)
    return Status.DONE


def _ids(summary: "Summary") -> Iterator[str]:
    yield from (kind.id for kind in summary.qualification_types)
    yield from (hit_type.id for hit_type in summary.hit_types)
    yield from (hit.id for hit in summary.hits)


def _lines(summary: "Summary") -> Iterator[str]:
    yield f"Qualification types: {len(summary.qualification_types)}"
    for kind in summary.qualification_types:
        yield f"  {kind.name}  ({kind.id}, {kind.status}, {_count(kind.holders, 'holder')})"
    yield f"HIT types: {len(summary.hit_types)}"
    for hit_type in summary.hit_types:
        requirements = _count(hit_type.requirements, "requirement")
        yield f"  {hit_type.title}  ({hit_type.id}, ${hit_type.reward}, {requirements})"
    yield f"HITs: {len(summary.hits)}"
    for hit in summary.hits:
        done = f"{hit.handed_in} of {hit.assignments} assignments handed in"
        yield f"  {hit.title}  ({hit.id}, {hit.status}, {done})"
    yield f"Worker blocks: {summary.blocks}"
    yield f"Pending qualification requests: {summary.pending_requests}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
