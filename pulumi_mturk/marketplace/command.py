"""The command line of the marketplace server, for `python -m` and for the package's own command."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pulumi_mturk.marketplace.errors import MarketplaceError
from pulumi_mturk.marketplace.server import DEFAULT_HOST, serve
from pulumi_mturk.marketplace.switches import describe, parse_switch

if TYPE_CHECKING:
    import argparse

DESCRIPTION = (
    "Serve an MTurk-compatible marketplace from one SQLite file: the requester API of 2017-01-17, and at the same "
    "address the pages of its workers (/worker) and a JSON API for them (/worker-api/openapi.json). "
    "Nothing is asked of who connects: do not listen where others can reach it."
)


def epilog() -> str:
    """How to use the server, and its switches, for the end of --help (to be printed as it is)."""
    lines = [
        "use it from boto3 or the AWS CLI:",
        "  export AWS_ENDPOINT_URL_MTURK=http://127.0.0.1:PORT AWS_DEFAULT_REGION=us-east-1",
        "  export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any   (they sign requests; nobody checks)",
        "",
        "or be MTurk's own hosts for programs that have their addresses written into them:",
        "  --proxy --database panel.db     (then set the variables that it prints, or see `pulumi-mturk run --help`)",
        "",
        "switches (kept in the database):",
    ]
    for switch in describe():
        lines.append(f"  {switch.name}={switch.values}")
        lines.append(f"      {switch.meaning} Default {switch.default} ({switch.label}).")
    return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the server's arguments; `run` takes what it parses."""
    parser.add_argument(
        "--database", required=True, metavar="FILE", help="the SQLite file; it is made if it is not there"
    )
    parser.add_argument(
        "--proxy",
        action="store_true",
        help="be an HTTPS proxy for MTurk's two hosts alone: production is kept in FILE, the sandbox in one beside it "
        "(panel.sandbox.db beside panel.db); prints the environment variables to set",
    )
    add_authority(parser)
    parser.add_argument("--port", type=int, default=0, help="the port; 0, the default, takes a free one and prints it")
    parser.add_argument("--host", default=DEFAULT_HOST, help=f"the address to listen on (default {DEFAULT_HOST})")
    add_switch(parser)


def add_authority(parser: argparse.ArgumentParser) -> None:
    """Give a parser the argument for the certificate authority's place."""
    parser.add_argument(
        "--authority",
        metavar="FOLDER",
        help="where the proxy's certificate authority is kept, made on first use "
        "(default $XDG_STATE_HOME/pulumi-mturk, or ~/.local/state/pulumi-mturk)",
    )


def add_switch(parser: argparse.ArgumentParser) -> None:
    """Give a parser the argument for switches."""
    parser.add_argument(
        "--switch", action="append", default=[], metavar="NAME=VALUE", help="set a switch; may be repeated"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT; the exit status."""
    try:
        switches = dict(parse_switch(text) for text in arguments.switch)
        if arguments.proxy:
            # only here: what makes certificates takes a tenth of a second to import
            from pulumi_mturk.marketplace.authority import default_folder
            from pulumi_mturk.marketplace.proxy import serve_proxy

            serve_proxy(
                Path(arguments.database),
                authority_folder=Path(arguments.authority) if arguments.authority else default_folder(),
                host=arguments.host,
                port=arguments.port,
                switches=switches,
            )
        else:
            serve(arguments.database, host=arguments.host, port=arguments.port, switches=switches)
    except MarketplaceError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except (OSError, OverflowError) as error:
        print(f"error: {arguments.host}:{arguments.port} can not be listened on: {error}.", file=sys.stderr)
        return 2
    return 0
