"""`pulumi-mturk contents`: what a marketplace's database holds."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.cli.common import ExistingDatabase, Listing, Quiet, Status, examples, pages
from pulumi_mturk.common.text import count

if TYPE_CHECKING:
    from pulumi_mturk.marketplace import HITSummary, HITTypeSummary, Marketplace, QualificationTypeSummary

EPILOG: Final = examples(("of a stack in this folder", "pulumi-mturk contents --database .mturk/local.db"))


def contents(database: ExistingDatabase, quiet: Quiet = False) -> int:
    """Show what a marketplace's database holds: qualification types, HIT types, HITs.

    Worker ids are counted, never shown.
    """
    from pulumi_mturk.marketplace import Marketplace

    with Marketplace.open(database, create=False) as marketplace:
        for line in _ids(marketplace) if quiet else _lines(marketplace):
            print(line)
    return Status.DONE


def _ids(marketplace: "Marketplace") -> Iterator[str]:
    from pulumi_mturk.marketplace.domain import summary

    listings: tuple[Listing[Any], ...] = (
        summary.qualification_types_after,
        summary.hit_types_after,
        summary.hits_after,
    )
    for listing in listings:
        yield from (found.id for found in pages(marketplace, listing))


def _lines(marketplace: "Marketplace") -> Iterator[str]:
    """What there is, then how many of each, as one page at a time is read."""
    from pulumi_mturk.marketplace.domain import summary

    listings: tuple[tuple[str, Listing[Any], Callable[[Any], str]], ...] = (
        ("Qualification types", summary.qualification_types_after, _qualification_type),
        ("HIT types", summary.hit_types_after, _hit_type),
        ("HITs", summary.hits_after, _hit),
    )
    numbers = []
    for heading, listing, line in listings:
        number = 0
        for number, found in enumerate(pages(marketplace, listing), 1):
            if number == 1:
                yield f"{heading}:"
            yield f"  {line(found)}"
        numbers.append(f"{heading}: {number}")
    yield from numbers
    with marketplace.reading() as ctx:
        yield f"Worker blocks: {summary.number_of_blocks(ctx)}"
        yield f"Pending qualification requests: {summary.number_of_pending_requests(ctx)}"


def _qualification_type(kind: "QualificationTypeSummary") -> str:
    return f"{kind.name}  ({kind.id}, {kind.status}, {count(kind.holders, 'holder')})"


def _hit_type(hit_type: "HITTypeSummary") -> str:
    return f"{hit_type.title}  ({hit_type.id}, ${hit_type.reward}, {count(hit_type.requirements, 'requirement')})"


def _hit(hit: "HITSummary") -> str:
    return f"{hit.title}  ({hit.id}, {hit.status}, {hit.handed_in} of {hit.assignments} assignments handed in)"
