"""`pulumi-mturk crowd`: who gets in, and where people are lost."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import MarketplaceError

if TYPE_CHECKING:
    import argparse

HELP = "simulate a crowd: how many of whom the rules let in, rule by rule"
DESCRIPTION = (
    "Simulate a crowd that takes the tests and does the HITs in a marketplace's database: how many of a plausible "
    "population each rule of each HIT type lets in, and where people are lost. It works on a copy; nothing in the "
    "database is changed unless --keep says so. The rules stand in an order of their own: place, experience, "
    "lists, tests. The people are assumed, and the result is not a promise."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the command's arguments; `run` takes what it parses."""
    parser.add_argument(
        "--database",
        type=Path,
        default=Path(".mturk/local.db"),
        metavar="FILE",
        help="the marketplace's SQLite file (default .mturk/local.db, that of a stack in this folder)",
    )
    parser.add_argument("--workers", type=int, default=500, metavar="N", help="how many people (default 500)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same seed makes the same people (default 1)"
    )
    people = parser.add_mutually_exclusive_group()
    people.add_argument("--make-up", type=Path, metavar="FILE", help="who they are, as TOML; see --show-make-up")
    people.add_argument("--show-make-up", action="store_true", help="print the make-up that is used without one")
    parser.add_argument("--hit-type", metavar="ID", help="tell of this HIT type alone (default: of all)")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw it, too, as SVG")
    parser.add_argument("--json", action="store_true", help="print all numbers as JSON")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="leave the crowd, its qualifications and its work in the database (its clock is not turned then, and "
        "your own lists and blocks are not spread over the crowd)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Simulate and tell; the exit status."""
    # what only this command needs is not loaded for the others
    from pulumi_mturk.marketplace.crowd import make_up, plot, report, study

    if arguments.show_make_up:
        print(make_up.default_text(), end="")
        return 0
    try:
        _check(arguments)
        plan = study.Plan(
            make_up=make_up.read(arguments.make_up),
            workers=arguments.workers,
            seed=arguments.seed,
            hit_type_id=arguments.hit_type,
            keep=arguments.keep,
        )
        try:
            found = study.run(arguments.database, plan, _tell)
        finally:
            _tell("")
        if arguments.plot is not None:
            arguments.plot.write_text(plot.as_svg(found), encoding="utf-8")
    except MarketplaceError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"error: {arguments.plot} can not be written: {error.strerror}.", file=sys.stderr)
        return 2
    print(report.as_json(found) if arguments.json else report.as_table(found))
    return 0


def _check(arguments: argparse.Namespace) -> None:
    if not 1 <= arguments.workers <= 1_000_000:
        raise MarketplaceError("--workers: must be a number from 1 to 1000000.")
    if not 0 <= arguments.seed <= 999_999_999:
        raise MarketplaceError("--seed: must be a number from 0 to 999999999.")
    if arguments.plot is not None and arguments.plot.suffix.lower() != ".svg":
        raise MarketplaceError(f"--plot: the picture is SVG; write {arguments.plot.with_suffix('.svg')}.")


def _tell(doing: str) -> None:
    """A line on a terminal that the next one replaces; nothing where the output is kept."""
    if sys.stderr.isatty():
        print(f"\r\033[K{doing}", end="", file=sys.stderr, flush=True)
