"""`pulumi-mturk crowd`: who gets in, and where people are lost."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from pulumi_mturk.cli.common import Status, examples, file_path, option, print_error, whole_number
from pulumi_mturk.marketplace.errors import MarketplaceError

EPILOG: Final = examples(
    ("of the stack in this folder", "pulumi-mturk crowd"),
    ("what a change does to the same people: once before it, once after it", "pulumi-mturk crowd --seed 7"),
    ("people of your own", "pulumi-mturk crowd --show-make-up > people.toml"),
    ("", "pulumi-mturk crowd --make-up people.toml --plot funnel.svg"),
)
_MOST_WORKERS: Final = 1_000_000
_LARGEST_SEED: Final = 999_999_999


def crowd(
    database: Annotated[
        str,
        option(
            "--database",
            metavar="FILE",
            help="The marketplace's SQLite file; by default that of a stack in this folder. Or, with --keep, its "
            "database on a server: postgresql://…",
        ),
    ] = ".mturk/local.db",
    workers: Annotated[int, option("--workers", metavar="N", help="How many people.", parser=whole_number)] = 500,
    seed: Annotated[
        int, option("--seed", metavar="N", help="The same seed makes the same people.", parser=whole_number)
    ] = 1,
    make_up: Annotated[
        Path | None,
        option("--make-up", metavar="FILE", help="Who they are, as TOML; see --show-make-up.", parser=file_path),
    ] = None,
    show_make_up: Annotated[
        bool, typer.Option("--show-make-up", help="Print the make-up that is used without one.")
    ] = False,
    hit_type: Annotated[
        str | None, option("--hit-type", metavar="ID", help="Tell of this HIT type alone (default: of all).")
    ] = None,
    plot: Annotated[
        Path | None, option("--plot", metavar="FILE.svg", help="Draw it, too, as SVG.", parser=file_path)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print all numbers as JSON.")] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="Leave the crowd, its qualifications and its work in the database (its clock is not turned then, and "
            "your own lists and blocks are not spread over the crowd).",
        ),
    ] = False,
) -> int:
    """Simulate a crowd that takes the tests and does the HITs in a marketplace's database.

    It tells how many of a plausible population each rule of each HIT type lets in, and where people are lost. It works
    on a copy; nothing in the database is changed unless --keep says so.

    The rules stand in an order of their own: place, experience, lists, tests. The people are assumed, and the result
    is not a promise.
    """
    # what only this command needs is not loaded for the others
    from pulumi_mturk.cli import crowd_table
    from pulumi_mturk.marketplace.simulation import plot as drawing
    from pulumi_mturk.marketplace.simulation import population_model, report, study

    if show_make_up:
        if make_up is not None:
            raise typer.BadParameter("not allowed with '--make-up'", param_hint="'--show-make-up'")
        print(population_model.default_text(), end="")
        return Status.DONE
    _check(workers, seed, plot)
    model = population_model.read_model(make_up)
    plan = study.StudyPlan(model=model, workers=workers, seed=seed, hit_type_id=hit_type, keep=keep)
    try:
        found = study.run_study(database, plan, _tell)
    finally:
        _tell("")
    if plot is not None:
        try:
            plot.write_text(drawing.as_svg(found), encoding="utf-8")
        except OSError as error:
            print_error(f"{plot} can not be written: {error.strerror}.")
            return Status.ERROR
    if as_json:
        print(report.as_json(found))
    else:
        crowd_table.print_study(found)
    return Status.DONE


def _check(workers: int, seed: int, plot: Path | None) -> None:
    if not 1 <= workers <= _MOST_WORKERS:
        raise MarketplaceError(f"--workers: must be a number from 1 to {_MOST_WORKERS}.")
    if not 0 <= seed <= _LARGEST_SEED:
        raise MarketplaceError(f"--seed: must be a number from 0 to {_LARGEST_SEED}.")
    if plot is not None and plot.suffix.lower() != ".svg":
        raise MarketplaceError(f"--plot: the picture is SVG; write {plot.with_suffix('.svg')}.")


def _tell(doing: str) -> None:
    """A line on a terminal that the next one replaces; nothing where the output is kept."""
    if sys.stderr.isatty():
        print(f"\r\033[K{doing}", end="", file=sys.stderr, flush=True)
