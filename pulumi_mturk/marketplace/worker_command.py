"""`pulumi-mturk worker`: what workers do, from the command line, on the database itself; no server is needed.

Worker ids are the arguments of whoever runs it, and are printed back to them.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

from pulumi_mturk.marketplace.errors import MarketplaceError, WorkerRefusedError
from pulumi_mturk.marketplace.people import profiles, qualifying, work
from pulumi_mturk.marketplace.people.profiles import History, Profile
from pulumi_mturk.marketplace.service import Marketplace
from pulumi_mturk.marketplace.site.documents import plain, worker_document
from pulumi_mturk.marketplace.site.wording import count, moment, money

if TYPE_CHECKING:
    from collections.abc import Callable

DESCRIPTION: Final = (
    "Act as a worker on a marketplace's database: register, find HITs, do them, get qualifications. "
    "The exit status is 1 where the marketplace's rules say no, 2 where the command can't be carried out."
)
_LEAST: Final = {"submitted": "those approved and rejected", "accepted": "those submitted, abandoned and returned"}
Told = tuple[Any, list[str]]
"""What a command has to tell: as data, and as lines."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the commands; `run` takes what it parses."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--database", required=True, metavar="FILE", help="the SQLite file, such as .mturk/local.db")
    common.add_argument("--json", action="store_true", help="print JSON, of the same form as the JSON API's")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(
        name: str, act: Callable[[Marketplace, argparse.Namespace], Told], help: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=help, description=f"{help.capitalize()}.")
        made.set_defaults(act=act, create=False)
        return made

    register = command("register", _register, "register a worker, or replace what is known of one")
    register.set_defaults(create=True)
    register.add_argument("--worker-id", metavar="ID", help="the worker's id (default: a new one)")
    register.add_argument("--country", metavar="CC", help="country of the address, such as US")
    register.add_argument("--subdivision", metavar="SS", help="state of an address in the US, such as CA")
    register.add_argument("--masters", action="store_true", help="has the Masters qualification")
    register.add_argument("--adult", action="store_true", help="consented to adult content")
    for field in fields(History):
        register.add_argument(
            f"--{field.name}",
            type=int,
            metavar="N",
            help=f"assignments {field.name} before, or elsewhere (default: {_LEAST.get(field.name, 'none')})",
        )

    command("list", _list, "list the workers")
    _with_worker(command("show", _show, "show a worker, with qualifications and assignments"))
    find = _with_worker(command("find", _find, "find the groups of HITs that a worker can see"))
    find.add_argument("--search", default="", metavar="WORDS", help="a part of title, description or keywords")
    accept = _with_worker(command("accept", _accept, "accept a HIT, or the next one of a group"))
    accept.add_argument("hit", metavar="HIT", help="the id of a HIT, of a HIT type or of a group")
    submit = _with_worker(command("submit", _submit, "hand in an assignment"))
    submit.add_argument("assignment", metavar="ASSIGNMENT", help="the assignment's id")
    _with_answers(submit)
    give_back = _with_worker(command("return", _return, "return an assignment"))
    give_back.add_argument("assignment", metavar="ASSIGNMENT", help="the assignment's id")
    types = _with_worker(command("qualifications", _qualifications, "find the qualifications that can be asked for"))
    types.add_argument("--search", default="", metavar="WORDS", help="a part of name, description or keywords")
    request = _with_worker(command("request", _request, "ask for a qualification, with the answers to its test"))
    request.add_argument("type", metavar="TYPE", help="the qualification type's id")
    _with_answers(request)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; the exit status is 1 where the worker may not, 2 where it can't be tried."""
    try:
        with Marketplace.open(arguments.database, create=arguments.create) as marketplace:
            data, lines = arguments.act(marketplace, arguments)
    except WorkerRefusedError as error:
        print(f"refused: {error}", file=sys.stderr)
        return 1
    except MarketplaceError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except UnicodeEncodeError:  # the shell hands over any bytes
        print("error: an argument has bytes that are no UTF-8", file=sys.stderr)
        return 2
    for line in [json.dumps(plain(data), indent=2)] if arguments.json else lines:
        print(line)
    return 0


def _with_worker(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("worker", metavar="WORKER", help="the worker's id")
    return parser


def _with_answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "answers",
        nargs="*",
        type=_answer,
        metavar="QUESTION=ANSWER",
        help="an answer; selections by their identifiers, several by several arguments",
    )


def _answer(text: str) -> tuple[str, str]:
    question, equals, answer = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"write an answer as QUESTION=ANSWER, not {text!r}")
    return question, answer


def _register(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    profile = Profile(
        arguments.worker_id or profiles.new_worker_id(),
        arguments.country,
        arguments.subdivision,
        arguments.masters,
        arguments.adult,
        _history(arguments),
    )
    with marketplace.writing() as ctx:
        profiles.register(ctx, profile)
        return worker_document(ctx, profile), [profile.worker_id]


def _history(arguments: argparse.Namespace) -> History:
    """What was said, and for the sums of it that were not said the least that they can be."""
    said = {field.name: getattr(arguments, field.name) for field in fields(History)}
    parts = {name: value or 0 for name, value in said.items()}
    if said["submitted"] is None:
        parts["submitted"] = parts["approved"] + parts["rejected"]
    if said["accepted"] is None:
        parts["accepted"] = parts["submitted"] + parts["abandoned"] + parts["returned"]
    return History(**parts)


def _list(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    with marketplace.reading() as ctx:
        workers = profiles.everybody(ctx)
        return [worker_document(ctx, profile) for profile in workers], [profile.worker_id for profile in workers]


def _show(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    with marketplace.reading() as ctx:
        profile = profiles.find(ctx, arguments.worker)
        document = worker_document(ctx, profile)
        held = qualifying.held(ctx, arguments.worker)
        assignments = work.tasks(ctx, arguments.worker) + work.history(ctx, arguments.worker)
    standing = document["standing"]
    place = "-".join(filter(None, (profile.country, profile.subdivision))) or "unknown"
    lines = [
        f"Worker {profile.worker_id}",
        f"Address: {place}; Masters: {_yes(profile.masters)}; adult content: {_yes(profile.adult)}",
        f"HITs approved: {standing['hits_approved']}; assignments approved: {standing['percent_approved']} %",
        f"Qualifications: {len(held)}",
        *(f"  {each.name}  ({each.qualification_type_id}, score {each.score})" for each in held),
        f"Assignments: {len(assignments)}",
        *(f"  {task.title}  ({task.assignment_id}, {task.status})" for task in assignments),
    ]
    data = {
        **document,
        "qualifications": [asdict(each) for each in held],
        "assignments": [asdict(task) for task in assignments],
    }
    return data, lines


def _find(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    with marketplace.reading() as ctx:
        groups = work.groups(ctx, arguments.worker, arguments.search)
    lines = []
    for group in groups:
        lines.append(f"{group.title}  ({group.hit_type_id}, {money(group.reward)}, {count(group.hits, 'HIT')})")
        lines += [f"  {'met' if each.admitted else 'not met'}: {each.sentence()}" for each in group.verdicts]
    return [asdict(group) for group in groups], lines or ["No HITs."]


def _accept(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    with marketplace.writing() as ctx:
        known = ctx.db.execute("SELECT 1 FROM hits WHERE id = ?", (arguments.hit,)).fetchone()
        hit_id = arguments.hit if known else work.next_hit(ctx, arguments.worker, arguments.hit)
        if hit_id is None:
            raise WorkerRefusedError("There is no HIT with this id, nor one in a group with it that is left to do.")
        task = work.task(ctx, arguments.worker, work.accept(ctx, arguments.worker, hit_id))
    return asdict(task), [task.assignment_id, f"  to be submitted by {moment(task.deadline)}"]


def _submit(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    with marketplace.writing() as ctx:
        work.submit(ctx, arguments.worker, arguments.assignment, arguments.answers)
        task = work.task(ctx, arguments.worker, arguments.assignment)
    return asdict(task), [f"{task.assignment_id} is {task.status.lower()}"]


def _return(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    with marketplace.writing() as ctx:
        work.give_back(ctx, arguments.worker, arguments.assignment)
        task = work.task(ctx, arguments.worker, arguments.assignment)
    return asdict(task), [f"{task.assignment_id} is {task.status.lower()}"]


def _qualifications(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    with marketplace.reading() as ctx:
        types = qualifying.types(ctx, arguments.worker, arguments.search)
    ways = {(True, False): "by a test", (False, True): "granted at once", (False, False): "the requester decides"}
    lines = [f"{each.name}  ({each.id}, {ways[each.has_test, each.auto_granted]})" for each in types]
    return [asdict(each) for each in types], lines or ["No qualifications."]


def _request(marketplace: Marketplace, arguments: argparse.Namespace) -> Told:
    with marketplace.writing() as ctx:
        if any(each.has_test for each in qualifying.types(ctx, arguments.worker) if each.id == arguments.type):
            qualifying.begin(ctx, arguments.worker, arguments.type)
        outcome = qualifying.request(ctx, arguments.worker, arguments.type, arguments.answers or None)
    line = f"the request {outcome.request_id} waits" if outcome.score is None else f"granted, score {outcome.score}"
    return asdict(outcome), [line]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
