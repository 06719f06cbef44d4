"""`pulumi-mturk`: reviews of plans, what their findings mean, what work costs, HITs that are left, the marketplace.

The latter is a server, its databases, and what its workers do.

One module per command. What a command needs of the marketplace is imported inside it, so that `--help`, `--version`
and completion don't load the service (half a second).
"""

import importlib.metadata
from collections.abc import Sequence
from typing import Annotated

import typer

from pulumi_mturk.cli import (
    adopt,
    calls,
    clock,
    common,
    contents,
    cost,
    crowd,
    doctor,
    explain,
    faults,
    find,
    layout,
    marketplace,
    new,
    plugin,
    review,
    run,
    sweep,
    teardown,
    test,
    worker,
)
from pulumi_mturk.common.errors import MturkError
from pulumi_mturk.common.versions import DISTRIBUTION
from pulumi_mturk.marketplace.errors import MarketplaceError, WorkerRefusedError

app = typer.Typer(
    cls=common.Commands,
    help="Tools around the MTurk provider for Pulumi. Stacks themselves are run by [bold]pulumi[/].",
    epilog=common.examples(
        ("a stack's marketplace, and whom its rules let in", "pulumi-mturk contents --database .mturk/local.db"),
        ("", "pulumi-mturk crowd"),
        ("a script that was written for MTurk, unmodified", "pulumi-mturk run -- python publish_hits.py"),
    ),
    context_settings={"help_option_names": ["--help", "-h"]},
    pretty_exceptions_enable=False,
)
app.add_typer(
    marketplace.app, name="marketplace", short_help="Serve a marketplace that speaks the MTurk requester API."
)
app.add_typer(worker.app, name="worker", short_help="Act as a worker on a marketplace's database.")
app.add_typer(layout.app, name="layout", short_help="Make HIT layouts, for CreateHIT with a HITLayoutId.")
app.add_typer(test.app, name="test", short_help="Check, show and convert qualification tests that are YAML files.")
app.add_typer(plugin.app, name="plugin", short_help="Install the plugin, and show which one a project gets.")
app.command(
    "run",
    help=common.help_of(run.run),
    short_help="Run a program that was written for MTurk, unmodified, on a marketplace.",
    epilog=run.EPILOG,
    options_metavar="[OPTIONS] --",
    context_settings={"allow_interspersed_args": False},  # what stands behind the command is the command's
)(run.run)
app.command(
    "new",
    help=common.help_of(new.new),
    short_help="Make a project from a template: a study, or a team.",
    epilog=new.EPILOG,
)(new.new)
app.command(
    "explain",
    help=common.help_of(explain.explain),
    short_help="Explain the code at the end of a message.",
    epilog=explain.EPILOG,
)(explain.explain)
app.command("cost", help=common.help_of(cost.cost), short_help="Show what a batch of HITs costs.", epilog=cost.EPILOG)(
    cost.cost
)
app.command(
    "review",
    help=common.help_of(review.review),
    short_help="Say what a plan does to people and money.",
    epilog=review.EPILOG,
)(review.review)
app.command("contents", help=common.help_of(contents.contents), epilog=contents.EPILOG)(contents.contents)
app.command(
    "faults",
    help=common.help_of(faults.faults),
    short_help="Inject faults into a marketplace, for tests.",
    cls=faults.WithFaults,
)(faults.faults)
app.command(
    "calls",
    help=common.help_of(calls.calls),
    short_help="Show the journal of a marketplace's API calls.",
    epilog=calls.EPILOG,
)(calls.calls)
app.command(
    "clock",
    help=common.help_of(clock.clock),
    short_help="Show, advance or reset a marketplace's clock.",
    epilog=clock.EPILOG,
)(clock.clock)
app.command(
    "crowd",
    help=common.help_of(crowd.crowd),
    short_help="Simulate a crowd: how many of whom the rules let in, rule by rule.",
    epilog=crowd.EPILOG,
)(crowd.crowd)

app.command(
    "teardown",
    help=common.help_of(teardown.teardown),
    short_help="Show the HITs that a stack leaves behind, and end them.",
    epilog=teardown.EPILOG,
)(teardown.teardown)
app.command(
    "adopt",
    help=common.help_of(adopt.adopt),
    short_help="Write a program and an import file for what an account has.",
    epilog=adopt.EPILOG,
)(adopt.adopt)
app.command(
    "find", help=common.help_of(find.find), short_help="Print the id of a qualification type.", epilog=find.EPILOG
)(find.find)
app.command(
    "sweep",
    help=common.help_of(sweep.sweep),
    short_help="Show the qualification types that lost stacks have left, and delete them.",
    epilog=sweep.EPILOG,
)(sweep.sweep)
app.command(
    "doctor",
    help=common.help_of(doctor.doctor),
    short_help="Show what a report of a bug needs: versions, configuration, endpoint.",
    epilog=doctor.EPILOG,
)(doctor.doctor)


def _wrap_helps(group: typer.Typer) -> None:
    """Give the commands of all groups below this one their help with a paragraph as a line, which they lack so far."""
    for command in group.registered_commands:
        if command.help is None and command.callback is not None:
            command.help = common.help_of(command.callback)
    for below in group.registered_groups:
        if below.typer_instance is not None:
            _wrap_helps(below.typer_instance)


_wrap_helps(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"{DISTRIBUTION} {importlib.metadata.version(DISTRIBUTION)}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line, by default the process's own; returns the exit status (`common.Status`, or a command's own).

    Errors go to stderr in a sentence. The options about completion end the process by themselves.
    """
    common.escape_what_stdout_lacks()
    try:
        status: int = app(arguments, prog_name=DISTRIBUTION, standalone_mode=False)
    except typer.TyperException as error:
        common.print_usage_error(error)
        return common.Status.ERROR
    except WorkerRefusedError as error:
        common.print_error(str(error), label="refused")
        return common.Status.REFUSED
    except (MarketplaceError, MturkError) as error:
        common.print_error(str(error))
        return common.Status.ERROR
    except UnicodeEncodeError as error:
        if error.encoding != "utf-8":  # the terminal's own, not an argument's
            raise
        common.print_error("an argument has bytes that are no UTF-8")
        return common.Status.ERROR
    return status
