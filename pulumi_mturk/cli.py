"""`pulumi-mturk`: the marketplace as a server, what one of its databases holds, and what its workers do."""

import argparse
import sys
from collections.abc import Sequence

from pulumi_mturk.marketplace import Marketplace, MarketplaceError, Summary, command, run_command, worker_command
from pulumi_mturk.marketplace.crowd import command as crowd_command

_INTERRUPTED = 130  # as shells have it


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

    worker = commands.add_parser(
        "worker",
        help="act as a worker on a marketplace's database",
        description=worker_command.DESCRIPTION,
    )
    worker_command.add_arguments(worker)
    worker.set_defaults(run=worker_command.run)

    run = commands.add_parser(
        "run",
        help="run a program that was written for MTurk, unmodified, on a marketplace",
        usage="pulumi-mturk run [options] -- COMMAND [ARGUMENT …]",
        description=run_command.DESCRIPTION,
        epilog=run_command.EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    run_command.add_arguments(run)
    run.set_defaults(run=run_command.run)

    contents = commands.add_parser(
        "contents",
        help="show what a marketplace's database holds",
        description="Show what a marketplace's database holds. Worker ids are counted, never shown.",
    )
    contents.add_argument("--database", required=True, metavar="FILE", help="the SQLite file, such as .mturk/local.db")
    contents.set_defaults(run=_contents)

    crowd = commands.add_parser("crowd", help=crowd_command.HELP, description=crowd_command.DESCRIPTION)
    crowd_command.add_arguments(crowd)
    crowd.set_defaults(run=crowd_command.run)

    parsed = parser.parse_args(arguments)
    try:
        status: int = parsed.run(parsed)
    except KeyboardInterrupt:
        return _INTERRUPTED
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
    lines += [
        f"  {item.title}  ({item.id}, {item.status}, {item.handed_in} of {item.assignments} assignments handed in)"
        for item in summary.hits
    ]
    lines += [f"Worker blocks: {summary.blocks}", f"Pending qualification requests: {summary.pending_requests}"]
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
