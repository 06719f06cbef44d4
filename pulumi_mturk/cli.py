"""`pulumi-mturk`: the marketplace as a server, and what one of its databases holds."""

import argparse
import sys
from collections.abc import Sequence

from pulumi_mturk.marketplace import Marketplace, MarketplaceError, Summary, command


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line; the exit status."""
    parser = argparse.ArgumentParser(
        prog="pulumi-mturk",
        description="Tools around the MTurk provider for Pulumi. Stacks themselves are run by `pulumi`.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    server = commands.add_parser(
        "marketplace",
        help="serve a marketplace that speaks the MTurk requester API",
        description=command.DESCRIPTION,
        epilog=command.epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(server)
    server.set_defaults(run=command.run)

    contents = commands.add_parser(
        "contents",
        help="show what a marketplace's database holds",
        description="Show what a marketplace's database holds. Worker ids are counted, never shown.",
    )
    contents.add_argument("--database", required=True, metavar="FILE", help="the SQLite file, such as .mturk/local.db")
    contents.set_defaults(run=_contents)

    parsed = parser.parse_args(arguments)
    status: int = parsed.run(parsed)
    return status


def _contents(arguments: argparse.Namespace) -> int:
    try:
        with Marketplace.open(arguments.database, create=False) as marketplace:
            print(_in_words(marketplace.summary()))
    except MarketplaceError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


def _in_words(summary: Summary) -> str:
    lines = [f"Qualification types: {len(summary.qualification_types)}"]
    lines += [
        f"  {item.name}  ({item.id}, {item.status}, {_count(item.holders, 'holder')})"
        for item in summary.qualification_types
    ]
    lines.append(f"HIT types: {len(summary.hit_types)}")
    lines += [
        f"  {item.title}  ({item.id}, ${item.reward}, {_count(item.requirements, 'requirement')})"
        for item in summary.hit_types
    ]
    lines.append(f"HITs: {len(summary.hits)}")
    lines += [f"  {item.title}  ({item.id}, {item.status})" for item in summary.hits]
    lines += [f"Worker blocks: {summary.blocks}", f"Pending qualification requests: {summary.pending_requests}"]
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
