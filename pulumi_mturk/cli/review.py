"""`pulumi-mturk review`: what a plan does to people and money."""

import datetime
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from pulumi_mturk.cli.common import (
    PLACE_KEYS,
    AwsProfile,
    EndpointUrl,
    EnvironmentName,
    LocalDatabase,
    Status,
    connected,
    examples,
    file_path,
    option,
    place_settings,
    print_error,
    terminal_width,
    whole_number,
)
from pulumi_mturk.common.errors import MturkError

if TYPE_CHECKING:
    from pulumi_mturk.review.live import Live
    from pulumi_mturk.review.plan import Plan
    from pulumi_mturk.review.report import Change, Report

EPILOG: Final = examples(
    ("the stack of this folder, as it would become", "pulumi-mturk review --stack prod"),
    ("a plan from elsewhere; a pipe alone loses the preview's exit status", ""),
    ("", "pulumi preview --json --show-sames > plan.json; pulumi-mturk review --file plan.json --exit-code $?"),
    ("in a pull request: by the base branch's rules, and not past a danger", ""),
    ("", "git show origin/main:Pulumi.prod.yaml > base.yaml"),
    ("", "pulumi-mturk review --stack prod --policy base.yaml --format markdown --fail-on danger"),
    ("what one of its codes means", "pulumi-mturk explain MT510"),
)
REQUIRE: Final = "PULUMI_MTURK_REQUIRE"
_PREVIEW: Final = ("preview", "--json", "--show-sames", "--non-interactive")
_GRADES: Final = ("danger", "caution", "info")
_LOOSENED: Final = "loosened"
_BROKEN: Final = "MT590"
# By these somebody is let in, or that can't be told, also where no HIT type's rules or lists tell it.
_LETTING_IN: Final = frozenset({"MT501", "MT503", "MT504", "MT506", "MT511", "MT514", "MT540"})


def _what_fails(text: str) -> str:
    from pulumi_mturk.rules.catalogue import CATALOGUE, near

    rule = CATALOGUE.get(text.upper())
    if text in (*_GRADES, _LOOSENED) or (rule is not None and rule.found_by == "review"):
        return text.upper() if rule is not None else text
    meant = [code for code in near(text) if CATALOGUE[code].found_by == "review"]
    hint = f"; did you mean {' or '.join(meant)}?" if meant else ""
    raise typer.BadParameter(f"{text!r} is none of danger, caution, info, loosened and the codes MT5xx{hint}")


def review(
    file: Annotated[
        Path | None,
        option("--file", metavar="PLAN", help="The plan's JSON (default: what is piped in).", parser=file_path),
    ] = None,
    stack: Annotated[
        str | None, option("--stack", metavar="NAME", help="Run the preview of this stack, in this folder.")
    ] = None,
    live: Annotated[
        bool,
        typer.Option("--live", help="Ask the endpoint how many hold a type, and which HITs are open; changes nothing."),
    ] = False,
    form: Annotated[
        Literal["terminal", "markdown", "json", "html"],
        typer.Option("--format", help="For people on a terminal, a pull request, machines, or one page for a browser."),
    ] = "terminal",
    fail_on: Annotated[
        list[str] | None,
        option(
            "--fail-on",
            metavar="WHAT",
            help="Exit with 3 on a risk that is not accepted: danger; caution or info (that, or graver); a code such "
            "as MT507; or loosened: somebody is let in, or that can't be told. Repeatable.",
            parser=_what_fails,
        ),
    ] = None,
    policy: Annotated[
        Path | None,
        option(
            "--policy",
            metavar="FILE",
            help="Take mturk:require and mturk:accept from this file, the base branch's Pulumi.STACK.yaml, so that a "
            "change is not its own judge.",
            parser=file_path,
        ),
    ] = None,
    commit: Annotated[
        str | None, option("--commit", metavar="ID", help="The commit that is reviewed; part of the digest.")
    ] = None,
    exit_code: Annotated[
        int | None,
        option("--exit-code", metavar="N", help="The preview's exit status, which a pipe loses.", parser=whole_number),
    ] = None,
    environment: EnvironmentName = None,
    endpoint: EndpointUrl = None,
    profile: AwsProfile = None,
    local_database: LocalDatabase = None,
) -> int:
    """Say what a plan does to people and money, before it is applied: who gets in, who no longer does, what it costs.

    It reads the JSON of `pulumi preview`, and judges eligibility exactly, as sets of workers, with a made-up worker for
    each verdict. Risks have codes and are graded danger, caution or info. It makes no call unless --live asks it to.

    Nothing it says is "safe": it says that no danger was found, and what it could not judge. A plan that failed, was
    cut short or whose end was not seen is said to be so.

    Exit status: 0, also for a plan that failed or is empty (MT580) unless --fail-on danger is given; 2 if what is given
    is no plan; 3 if --fail-on names what was found, or a rule of the lab (mturk:require) does not hold.
    """
    if stack is not None and (file is not None or exit_code is not None):
        raise typer.BadParameter("not allowed with --file or --exit-code", param_hint="'--stack'")
    from pulumi_mturk.review.judge import review as judged
    from pulumi_mturk.review.policy import read_policy

    plan = _plan(file, stack, exit_code)
    place = place_settings(environment, endpoint, profile, local_database)
    now = datetime.datetime.now(datetime.UTC)
    report = judged(
        plan,
        today=now.date(),
        policy=read_policy(policy) if policy is not None else None,
        live=_asked(plan, place, now) if live else None,
        commit=commit,
    )
    sys.stdout.write(_written(report, form))
    return Status.FOUND if _fails(report, fail_on or ()) else Status.DONE


def _plan(file: Path | None, stack: str | None, exit_code: int | None) -> "Plan":
    from pulumi_mturk.review.plan_forms import COMMAND, read_plan

    if stack is not None:
        text, exit_code = _previewed(stack)
    elif file is not None:
        try:
            text = file.read_bytes().decode("utf-8", errors="replace")
        except OSError as error:
            raise MturkError(f"{file} can't be read: {error.strerror}") from None
    elif sys.stdin.isatty():
        raise MturkError(f"give a plan: `{COMMAND} | pulumi-mturk review`, --file, or --stack")
    else:
        text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    return read_plan(text, exit_code)


def _previewed(stack: str) -> tuple[str, int]:
    """The plan of a stack. A rule of the lab that does not hold is reported, and does not end the preview."""
    command = ["pulumi", *_PREVIEW, "--stack", stack]
    try:
        done = subprocess.run(  # noqa: S603 - the user's own CLI
            command, stdout=subprocess.PIPE, check=False, env={**os.environ, REQUIRE: "report"}
        )
    except OSError:
        raise MturkError("there is no Pulumi CLI on PATH to run the preview; give a plan by --file") from None
    text = done.stdout.decode("utf-8", errors="replace")
    if done.returncode and not text.strip():
        # What is wrong stands above, in the CLI's own words: no such stack, no passphrase …
        raise MturkError(f"the preview could not be run: `{' '.join(command)}` ended with {done.returncode}")
    return text, done.returncode


def _asked(plan: "Plan", place: dict[str, str | None], now: datetime.datetime) -> "Live":
    """The endpoint's numbers on what the plan changes, at the plan's place unless the options name another."""
    from pulumi_mturk.review.live import ask, asked_about

    configured = {key: plan.config.get(f"mturk:{key}") for key in PLACE_KEYS}
    chosen = place if any(value is not None for value in place.values()) else configured
    with connected(chosen) as provider:
        return ask(provider, asked_about(plan), now)


def _written(report: "Report", form: str) -> str:
    """The report in a format; each is imported alone, since some take long to load."""
    if form == "json":
        from pulumi_mturk.review import document

        return document.write(report)
    if form == "markdown":
        from pulumi_mturk.review.formats import markdown

        return _with_line_end(markdown.write(report))
    if form == "html":
        from pulumi_mturk.review.formats import html

        return _with_line_end(html.write(report))
    from pulumi_mturk.review.formats import terminal

    width = terminal_width()
    if width is None:
        return _with_line_end(terminal.write(report))
    return _with_line_end(terminal.write(report, width=width, colours="NO_COLOR" not in os.environ))


def _with_line_end(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _fails(report: "Report", fail_on: Iterable[str]) -> bool:
    open_risks = [risk for risk in report.risks if risk.accepted is None]
    if any(risk.code == _BROKEN for risk in open_risks):
        print_error("a rule of the lab does not hold (mturk:require)", label="refused")
        return True
    for what in fail_on:
        found = _found(report, what, [(risk.code, risk.severity) for risk in open_risks])
        if found:
            print_error(f"--fail-on {what}: {found}", label="refused")
            return True
    return False


def _found(report: "Report", what: str, risks: Sequence[tuple[str, str]]) -> str:
    """What of it was found, in words; empty if nothing was."""
    if what == _LOOSENED:
        if names := sorted({change.name for change in report.changes if _loosened(change)}):
            return f"who may work on {', '.join(names)} is loosened, or can't be told"
        codes = {code for code, _ in risks if code in _LETTING_IN}
    elif what in _GRADES:
        graver = _GRADES[: _GRADES.index(what) + 1]
        codes = {code for code, severity in risks if severity in graver}
    else:
        codes = {code for code, _ in risks if code == what}
    return f"found {', '.join(sorted(codes))}" if codes else ""


def _loosened(change: "Change") -> bool:
    """Whether rules or lists let in somebody, or that can't be told."""
    by_rules = change.eligibility is not None and change.eligibility.verdict in {"loosened", "both", "unknown"}
    lists = change.people
    return by_rules or (lists is not None and (lists.enter != 0 or lists.unknown != 0))
