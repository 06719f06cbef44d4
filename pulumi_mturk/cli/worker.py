"""`pulumi-mturk worker`: what workers do, from the command line, on the database itself; no server is needed.

Worker ids are the arguments of whoever runs it, and are printed back to them.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, Final, NamedTuple

import typer

from pulumi_mturk.cli.common import ExistingDatabase, Quiet, Status, argument, examples, option, whole_number
from pulumi_mturk.marketplace.errors import WorkerRefusedError

app: Final = typer.Typer(
    help="Act as a worker on a marketplace's database: register, find HITs, do them, get qualifications.\n\n"
    "The exit status is 1 where the marketplace's rules say no, 2 where the command can't be carried out.",
    epilog=examples(
        (
            "from a new worker to work that is handed in",
            "pulumi-mturk worker register --database study.db --country US",
        ),
        ("", "pulumi-mturk worker find --database study.db WORKER"),
        ("", "pulumi-mturk worker accept --database study.db WORKER HIT"),
        ("", "pulumi-mturk worker submit --database study.db WORKER ASSIGNMENT total=12.50"),
    ),
)


class Answer(NamedTuple):
    """What a worker answers to one question; of several selections, one."""

    question: str
    answer: str


def _answer(text: str) -> Answer:
    question, equals, answer = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"write an answer as QUESTION=ANSWER, not {text!r}")
    return Answer(question, answer)


def _assignments(kind: str, default: str = "") -> Any:
    """The option for one number of a worker's history."""
    words = f"Assignments {kind} before, or elsewhere{f' (default: {default})' if default else ''}."
    return option(f"--{kind}", metavar="N", help=words, parser=whole_number)


AsJSON = Annotated[bool, typer.Option("--json", help="Print JSON, of the same form as the JSON API's.")]
WorkerId = Annotated[str, argument(metavar="WORKER", help="The worker's id.")]
AssignmentId = Annotated[str, argument(metavar="ASSIGNMENT", help="The assignment's id.")]
Answers = Annotated[
    list[Answer] | None,
    argument(
        metavar="QUESTION=ANSWER",
        help="An answer; selections by their identifiers, several by several arguments.",
        parser=_answer,
    ),
]


@app.command()
def register(
    database: ExistingDatabase,
    worker_id: Annotated[
        str | None, option("--worker-id", metavar="ID", help="The worker's id (default: a new one).")
    ] = None,
    country: Annotated[
        str | None, option("--country", metavar="CC", help="Country of the address, such as US.")
    ] = None,
    subdivision: Annotated[
        str | None, option("--subdivision", metavar="SS", help="State of an address in the US, such as CA.")
    ] = None,
    masters: Annotated[bool, typer.Option("--masters", help="Has the Masters qualification.")] = False,
    adult: Annotated[bool, typer.Option("--adult", help="Consented to adult content.")] = False,
    accepted: Annotated[int | None, _assignments("accepted", "those submitted, abandoned and returned")] = None,
    submitted: Annotated[int | None, _assignments("submitted", "those approved and rejected")] = None,
    abandoned: Annotated[int, _assignments("abandoned")] = 0,
    returned: Annotated[int, _assignments("returned")] = 0,
    approved: Annotated[int, _assignments("approved")] = 0,
    rejected: Annotated[int, _assignments("rejected")] = 0,
    as_json: AsJSON = False,
    quiet: Quiet = False,
) -> int:
    """Register a worker, or replace what is known of one. The database is made if it is not there."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import work_history, workers
    from pulumi_mturk.marketplace.domain.serialization import worker_document

    if submitted is None:
        submitted = approved + rejected
    if accepted is None:
        accepted = submitted + abandoned + returned
    history = work_history.WorkHistory(accepted, submitted, abandoned, returned, approved, rejected)
    profile = workers.WorkerProfile(worker_id or workers.new_worker_id(), country, subdivision, masters, adult, history)
    workers.check(profile)  # a refused one leaves no file
    with Marketplace.open(database) as marketplace, marketplace.writing() as ctx:
        workers.register(ctx, profile)
        document = worker_document(ctx, profile)
    return _tell(document, [profile.worker_id], [profile.worker_id], as_json=as_json, quiet=quiet)


@app.command("list")
def list_workers(database: ExistingDatabase, as_json: AsJSON = False, quiet: Quiet = False) -> int:
    """List the workers."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import workers
    from pulumi_mturk.marketplace.domain.serialization import worker_document

    with Marketplace.open(database, create=False) as marketplace, marketplace.reading() as ctx:
        profiles = workers.list_workers(ctx)
        documents = [worker_document(ctx, profile) for profile in profiles]
    ids = [profile.worker_id for profile in profiles]
    return _tell(documents, ids, ids, as_json=as_json, quiet=quiet)


@app.command()
def show(database: ExistingDatabase, worker: WorkerId, as_json: AsJSON = False, quiet: Quiet = False) -> int:
    """Show a worker, with qualifications and assignments."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import (
        qualifications,
        worker_assignments,
        workers,
    )
    from pulumi_mturk.marketplace.domain.serialization import worker_document

    with Marketplace.open(database, create=False) as marketplace, marketplace.reading() as ctx:
        profile = workers.find(ctx, worker)
        document = worker_document(ctx, profile)
        held = qualifications.held_qualifications(ctx, worker)
        assignments = worker_assignments.accepted_assignments(ctx, worker) + worker_assignments.past_assignments(
            ctx, worker
        )
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
    ids = [each.qualification_type_id for each in held] + [task.assignment_id for task in assignments]
    return _tell(data, lines, ids, as_json=as_json, quiet=quiet)


@app.command()
def find(
    database: ExistingDatabase,
    worker: WorkerId,
    search: Annotated[str, option("--search", metavar="WORDS", help="A part of title, description or keywords.")] = "",
    as_json: AsJSON = False,
    quiet: Quiet = False,
) -> int:
    """Find the groups of HITs that a worker can see."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import worker_hits
    from pulumi_mturk.marketplace.text import count, money

    with Marketplace.open(database, create=False) as marketplace, marketplace.reading() as ctx:
        groups = worker_hits.find_groups(ctx, worker, search)
    lines = []
    for group in groups:
        lines.append(f"{group.title}  ({group.hit_type_id}, {money(group.reward)}, {count(group.hits, 'HIT')})")
        lines += [f"  {'met' if each.admitted else 'not met'}: {each.sentence()}" for each in group.verdicts]
    ids = [group.hit_type_id for group in groups]
    return _tell([asdict(group) for group in groups], lines or ["No HITs."], ids, as_json=as_json, quiet=quiet)


@app.command()
def accept(
    database: ExistingDatabase,
    worker: WorkerId,
    hit: Annotated[str, argument(metavar="HIT", help="The id of a HIT, of a HIT type or of a group.")],
    as_json: AsJSON = False,
    quiet: Quiet = False,
) -> int:
    """Accept a HIT, or the next one of a group."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import worker_assignments, worker_hits
    from pulumi_mturk.marketplace.storage import hits
    from pulumi_mturk.marketplace.text import date_time

    with Marketplace.open(database, create=False) as marketplace, marketplace.writing() as ctx:
        known = hits.find(ctx.db, hit) is not None
        hit_id = hit if known else worker_hits.next_hit(ctx, worker, hit)
        if hit_id is None:
            raise WorkerRefusedError("There is no HIT with this id, nor one in a group with it that is left to do.")
        task = worker_assignments.get_assignment(ctx, worker, worker_assignments.accept(ctx, worker, hit_id))
    lines = [task.assignment_id, f"  to be submitted by {date_time(task.deadline)}"]
    return _tell(asdict(task), lines, [task.assignment_id], as_json=as_json, quiet=quiet)


@app.command()
def submit(
    database: ExistingDatabase,
    worker: WorkerId,
    assignment: AssignmentId,
    answers: Answers = None,
    as_json: AsJSON = False,
    quiet: Quiet = False,
) -> int:
    """Hand in an assignment."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import worker_assignments

    with Marketplace.open(database, create=False) as marketplace, marketplace.writing() as ctx:
        worker_assignments.submit(ctx, worker, assignment, answers or [])
        task = worker_assignments.get_assignment(ctx, worker, assignment)
    lines = [f"{task.assignment_id} is {task.status.lower()}"]
    return _tell(asdict(task), lines, [task.assignment_id], as_json=as_json, quiet=quiet)


@app.command("return")
def give_back(
    database: ExistingDatabase,
    worker: WorkerId,
    assignment: AssignmentId,
    as_json: AsJSON = False,
    quiet: Quiet = False,
) -> int:
    """Return an assignment."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import worker_assignments

    with Marketplace.open(database, create=False) as marketplace, marketplace.writing() as ctx:
        worker_assignments.return_assignment(ctx, worker, assignment)
        task = worker_assignments.get_assignment(ctx, worker, assignment)
    lines = [f"{task.assignment_id} is {task.status.lower()}"]
    return _tell(asdict(task), lines, [task.assignment_id], as_json=as_json, quiet=quiet)


@app.command()
def qualifications(
    database: ExistingDatabase,
    worker: WorkerId,
    search: Annotated[str, option("--search", metavar="WORDS", help="A part of name, description or keywords.")] = "",
    as_json: AsJSON = False,
    quiet: Quiet = False,
) -> int:
    """Find the qualifications that can be asked for."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import qualification_requests

    with Marketplace.open(database, create=False) as marketplace, marketplace.reading() as ctx:
        types = qualification_requests.requestable_types(ctx, worker, search)
    ways = {(True, False): "by a test", (False, True): "granted at once", (False, False): "the requester decides"}
    lines = [f"{each.name}  ({each.id}, {ways[each.has_test, each.auto_granted]})" for each in types]
    ids = [each.id for each in types]
    return _tell([asdict(each) for each in types], lines or ["No qualifications."], ids, as_json=as_json, quiet=quiet)


@app.command()
def request(
    database: ExistingDatabase,
    worker: WorkerId,
    qualification_type: Annotated[str, argument(metavar="TYPE", help="The qualification type's id.")],
    answers: Answers = None,
    as_json: AsJSON = False,
    quiet: Quiet = False,
) -> int:
    """Ask for a qualification, with the answers to its test."""
    from pulumi_mturk.marketplace import Marketplace
    from pulumi_mturk.marketplace.domain import qualification_requests

    with Marketplace.open(database, create=False) as marketplace, marketplace.writing() as ctx:
        found = qualification_requests.requestable_type(ctx, worker, qualification_type)
        if found is not None and found.has_test:
            qualification_requests.start_test(ctx, worker, qualification_type)
        outcome = qualification_requests.request_qualification(ctx, worker, qualification_type, answers or None)
    line = f"the request {outcome.request_id} waits" if outcome.score is None else f"granted, score {outcome.score}"
    ids = [outcome.request_id] if outcome.request_id is not None else []
    return _tell(asdict(outcome), [line], ids, as_json=as_json, quiet=quiet)


def _tell(data: Any, lines: Sequence[str], ids: Sequence[str], *, as_json: bool, quiet: bool) -> int:
    """Print what a command found: as data, as lines, or the ids alone."""
    if as_json:
        from pulumi_mturk.marketplace.domain.serialization import to_json_values

        lines = [json.dumps(to_json_values(data), indent=2)]
    elif quiet:
        lines = ids
    for line in lines:
        print(line)
    return Status.DONE


def _yes(value: bool) -> str:
    return "yes" if value else "no"
