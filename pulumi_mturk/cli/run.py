"""`pulumi-mturk run -- COMMAND`: one command with MTurk's hosts played by the marketplace while it runs."""

import functools
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from pulumi_mturk.cli.common import (
    AuthorityFolder,
    FaultTexts,
    Status,
    SwitchTexts,
    argument,
    examples,
    faults_of,
    file_path,
    option,
    print_error,
    switches_of,
)
from pulumi_mturk.marketplace.proxy.posix import require_posix

_MORE: Final = """\
The command has the terminal, and its exit status is the result (128 + n where signal n ended it). While it runs, \
HTTPS_PROXY leads to a proxy that is MTurk's two hosts and refuses every other: hosts that the program needs beside \
them go into NO_PROXY. Credentials and a region are set where there are none; yours, which the command may use for \
other services, are left and said, or kept from it by --without-aws-credentials. A program that does not read \
HTTPS_PROXY (the JavaScript SDK) is not reached in this way: give it AWS_ENDPOINT_URL_MTURK and \
`pulumi-mturk marketplace`.

With --database the files of production and sandbox are said on standard error. The HITs are done by workers: at the \
address that `pulumi-mturk marketplace --database FILE` prints for one of them, or by `pulumi-mturk worker`. Links to \
AWS's own worker site lead to the same pages there, once the host is replaced."""
EPILOG: Final = "\n\n".join(
    (
        examples(
            ("on a marketplace that is gone afterwards", "pulumi-mturk run -- python publish_hits.py"),
            (
                "kept in study.db and study.sandbox.db",
                "pulumi-mturk run --database study.db -- python collect_results.py",
            ),
            (
                "a rehearsal that can't reach production, kept in rehearsal.db",
                "pulumi-mturk run --sandbox --database rehearsal.db -- python publish_hits.py",
            ),
            (
                "with a switch of the marketplace",
                "pulumi-mturk run --switch account_balance=25.00 -- python publish_hits.py",
            ),
            ("two programs, one marketplace", "pulumi-mturk run -- sh -c 'python publish.py && python approve.py'"),
        ),
        _MORE,
    )
)
_NO_COMMAND: Final = "Say which command to run, after two hyphens: pulumi-mturk run -- python publish_hits.py"
_NEEDS_KEY: Final = (
    "The database has accounts, so calls have to be signed by a key of one of them: put it into AWS_ACCESS_KEY_ID "
    "and AWS_SECRET_ACCESS_KEY, or into a profile. `pulumi-mturk marketplace account key add` makes one."
)
_KEYS_IN_SIGHT: Final = (
    "pulumi-mturk: {} gets your AWS keys, from {}; no call of MTurk needs them here: --without-aws-credentials"
)


def run(
    command: Annotated[list[str] | None, argument(metavar="COMMAND", help="The command and its arguments.")] = None,
    database: Annotated[
        Path | None,
        option(
            "--database",
            metavar="FILE",
            help="Keep production in this SQLite file, made if it is not there, and the sandbox in one beside it "
            "(study.sandbox.db beside study.db); without it both are gone at the end.",
            parser=file_path,
        ),
    ] = None,
    sandbox: Annotated[
        bool,
        typer.Option(
            "--sandbox",
            help="There is only the sandbox, and FILE is its database: production is refused, and a program that "
            "names no address gets the sandbox.",
        ),
    ] = False,
    keep_keys: Annotated[
        bool,
        typer.Option(
            "--keep-keys",
            help="Set no credentials where there are none, to see how the program fails without; with "
            "`--switch access_keys=ID` a wrong key fails, too.",
        ),
    ] = False,
    without_aws_credentials: Annotated[
        bool,
        typer.Option(
            "--without-aws-credentials",
            help="Keep your AWS credentials (variables, profiles, files) from the command, which gets placeholders.",
        ),
    ] = False,
    authority: AuthorityFolder = None,
    switch: SwitchTexts = None,
    fault: FaultTexts = None,
) -> int:
    """Run a program that was written for Amazon Mechanical Turk, unmodified, on a marketplace that lives as long.

    Its calls of MTurk's production and sandbox come here, to an account of each; AWS is not contacted.
    """
    if not command:
        print_error(_NO_COMMAND)
        return Status.ERROR
    require_posix()
    # Only here: Windows can't import the first two, and what makes certificates takes a tenth of a second.
    from pulumi_mturk.cli.attended import attend
    from pulumi_mturk.cli.run_folder import BUNDLE, run_folder
    from pulumi_mturk.marketplace.proxy.certificate_authority import default_folder, open_certificate_authority
    from pulumi_mturk.marketplace.proxy.client_environment import child_environment, keys_in_sight, write_trust_bundle
    from pulumi_mturk.marketplace.proxy.https_proxy import (
        Proxy,
        environment_databases,
        open_marketplaces,
        print_databases,
        print_refused,
    )

    switches, faults = switches_of(switch), faults_of(fault)
    with run_folder() as folder:
        databases = environment_databases(database or folder / "run.db", sandbox_only=sandbox)
        bundle = folder / BUNDLE
        with open_marketplaces(databases, switches, faults) as marketplaces:
            has_accounts = any(each.accounts.are_configured() for each in marketplaces.values())
            if has_accounts and (without_aws_credentials or keys_in_sight() is None):
                print_error(_NEEDS_KEY)
                return Status.ERROR
            certificates = open_certificate_authority(authority or default_folder())
            write_trust_bundle(bundle, certificates)
            if database is not None:
                print_databases(databases)
            on_refused = functools.partial(print_refused, sandbox_only=sandbox)
            with Proxy(marketplaces, certificates, on_refused=on_refused) as proxy:
                environment = child_environment(
                    proxy.url,
                    bundle,
                    sandbox_only=sandbox,
                    set_keys=not keep_keys,
                    without_credentials=without_aws_credentials,
                )
                if not (without_aws_credentials or has_accounts) and (place := keys_in_sight()):
                    print(_KEYS_IN_SIGHT.format(command[0], place), file=sys.stderr, flush=True)
                return attend(command, environment)
