"""`pulumi-mturk marketplace`: the marketplace as an HTTP server, or as a proxy in the place of MTurk's hosts."""

import shutil
import textwrap
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.markup import escape
from typer.core import TyperGroup

from pulumi_mturk.cli import (
    marketplace_account,
    marketplace_audit,
    marketplace_files,
    marketplace_invite,
    marketplace_rejections,
    marketplace_worker,
)
from pulumi_mturk.cli.common import (
    AuthorityFolder,
    Control,
    FaultTexts,
    Status,
    SwitchTexts,
    examples,
    faults_of,
    help_of,
    option,
    print_error,
    switches_of,
    whole_number,
)

_MARGIN: Final = 1  # that of a help page
_USE: Final = """\
[bold]Use it from boto3 or the AWS CLI[/]
export AWS_ENDPOINT_URL_MTURK=http://127.0.0.1:PORT
export AWS_DEFAULT_REGION=us-east-1
[dim]# they sign requests; without accounts nobody checks[/]
export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any"""
_EXAMPLES: Final = examples(
    ("a marketplace that a team shares", "pulumi-mturk marketplace --database panel.db --port 8080"),
    (
        "the same with accounts, behind a proxy with TLS; each requester gets access keys",
        "pulumi-mturk marketplace account add --database panel.db Lab",
    ),
    ("", "pulumi-mturk marketplace account key add --database panel.db Lab"),
    ("", "pulumi-mturk marketplace --database panel.db --port 8080 --behind-proxy --allow-host panel.example.org"),
    (
        "MTurk's own hosts, for programs that name them; set what it prints",
        "pulumi-mturk marketplace --proxy --database panel.db",
    ),
)


class WithSwitches(TyperGroup):
    """The command, with the marketplace's switches at the end of its help: they are read when somebody asks for it."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        from pulumi_mturk.marketplace.switches import describe

        width = shutil.get_terminal_size().columns - 2 * _MARGIN
        lines = ["[bold]Switches[/] (kept in the database)"]
        for switch in describe():
            lines.append(f"[cyan]{escape(f'{switch.name}={switch.values}')}[/]")
            meaning = f"{switch.meaning} Default {switch.default or 'nothing'} ({switch.label})."
            lines += [f"    {escape(line)}" for line in textwrap.wrap(meaning, width - 4)]
        self.epilog = "\n\n".join((_USE, _EXAMPLES, "\n".join(lines)))
        super().format_help(ctx, formatter)


def marketplace(
    ctx: typer.Context,
    database: Annotated[
        str | None,
        option(
            "--database",
            metavar="FILE",
            help="The SQLite file; it is made if it is not there. Or a database on a PostgreSQL server: postgresql://…",
        ),
    ] = None,
    proxy: Annotated[
        bool,
        typer.Option(
            "--proxy",
            help="Be an HTTPS proxy for MTurk's two hosts alone: production is kept in FILE, the sandbox in one "
            "beside it (panel.sandbox.db beside panel.db); prints the environment variables to set.",
        ),
    ] = False,
    authority: AuthorityFolder = None,
    port: Annotated[
        int,
        option("--port", metavar="PORT", help="The port; 0 takes a free one and prints it.", parser=whole_number),
    ] = 0,
    host: Annotated[str, option("--host", metavar="HOST", help="The address to listen on.")] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        option(
            "--allow-host",
            metavar="NAME",
            help="Answer for this host name, too; may be repeated. Other names than localhost, the loopback addresses "
            "and HOST get 421. A name by which others could come needs accounts, or --open.",
        ),
    ] = None,
    switch: SwitchTexts = None,
    fault: FaultTexts = None,
    control: Control = False,
    is_open: Annotated[
        bool,
        typer.Option(
            "--open",
            help="Serve where others can reach it (another address or name than this machine's own, or a proxy) "
            "although there are no accounts: all of them may do all.",
        ),
    ] = False,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="Believe X-Forwarded-Host and X-Forwarded-Proto: a proxy in front, with TLS, has to set them. It "
            "needs accounts, or --open.",
        ),
    ] = False,
    rate: Annotated[
        int,
        option(
            "--requests-per-second-per-key",
            metavar="N",
            help="Answer a call beyond N a second by one access key with ThrottlingException; 0 is no limit.",
            parser=whole_number,
        ),
    ] = 0,
    log_format: Annotated[
        str,
        option(
            "--log-format",
            metavar="FORMAT",
            help="text: what fails, on stderr; json: that and each request, an object a line, without ids.",
        ),
    ] = "text",
) -> int:
    """Serve an MTurk-compatible marketplace from one SQLite file, until SIGTERM or Ctrl-C.

    It has the requester API of 2017-01-17, and at the same address the pages of its workers (/worker) and a JSON API
    for them (/worker-api/openapi.json).

    Until there are accounts (`pulumi-mturk marketplace account --help`) nothing is asked of who connects, and it
    listens on this machine's own addresses alone. With accounts each call has to be signed by one of their access keys.
    """
    if ctx.invoked_subcommand is not None:
        return Status.DONE
    if database is None:
        print_error("Missing option '--database'.")
        return Status.ERROR
    if proxy and (allow_host or behind_proxy):
        name = "--allow-host" if allow_host else "--behind-proxy"
        print_error(f"{name} is for a server: a proxy answers for MTurk's two hosts alone.")
        return Status.ERROR
    if rate < 0:
        print_error("--requests-per-second-per-key is a whole number from 0 on.")
        return Status.ERROR
    from pulumi_mturk.marketplace.server.request_log import use_format

    use_format(log_format)
    if proxy and "://" in database:
        print_error("--proxy keeps production and the sandbox in two files: give --database a file.")
        return Status.ERROR
    switches, faults = switches_of(switch), faults_of(fault)
    try:
        if proxy:
            # only here: what makes certificates takes a tenth of a second to import
            from pulumi_mturk.marketplace.proxy.certificate_authority import default_folder
            from pulumi_mturk.marketplace.proxy.https_proxy import serve_proxy

            folder = authority or default_folder()
            serve_proxy(
                Path(database),
                authority_folder=folder,
                host=host,
                port=port,
                switches=switches,
                faults=faults,
                control=control,
                is_open=is_open,
                requests_per_second_per_key=rate,
            )
        else:
            from pulumi_mturk.marketplace.server.http_server import serve

            serve(
                database,
                host=host,
                port=port,
                allowed_hosts=allow_host or (),
                switches=switches,
                faults=faults,
                control=control,
                is_open=is_open,
                behind_proxy=behind_proxy,
                requests_per_second_per_key=rate,
            )
    except BrokenPipeError:
        raise
    except (OSError, OverflowError, UnicodeError) as error:
        print_error(f"{host}:{port} can not be listened on: {error}.")
        return Status.ERROR
    return Status.DONE


# Without a command below it, it serves.
app: Final = typer.Typer(
    cls=WithSwitches,
    help=help_of(marketplace),
    invoke_without_command=True,
    callback=marketplace,
    subcommand_metavar="[COMMAND]",
)
app.add_typer(marketplace_account.app, name="account", short_help="Make accounts and access keys for requesters.")
app.add_typer(marketplace_invite.app, name="invite", short_help="Invite workers, by links.")
app.command(
    "statement", help=help_of(marketplace_invite.statement), short_help="Say who pays, and what workers agree to."
)(marketplace_invite.statement)
app.add_typer(marketplace_worker.app, name="worker", short_help="Export or erase what is kept of a worker.")
for _name, _command, _short, _epilog in (
    ("audit", marketplace_audit.audit, "Show what the operator did, and who signed in.", marketplace_audit.EPILOG),
    ("backup", marketplace_files.backup, "Copy a database, also while it is served.", marketplace_files.BACKUP_EPILOG),
    ("restore", marketplace_files.restore, "Check a backup, and put it in place.", marketplace_files.RESTORE_EPILOG),
    (
        "finish-restore",
        marketplace_files.finish_restore,
        "The same for a PostgreSQL server's database.",
        marketplace_files.FINISH_EPILOG,
    ),
    ("payouts", marketplace_files.payouts, "List what workers are owed.", marketplace_files.PAYOUTS_EPILOG),
    (
        "rejections",
        marketplace_rejections.rejections,
        "List what requesters have rejected, and reverse it.",
        marketplace_rejections.EPILOG,
    ),
):
    app.command(_name, help=help_of(_command), short_help=_short, epilog=_epilog)(_command)
