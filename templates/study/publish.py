"""Publish HITs of the stack's task types, see how far they are, and fetch the results: plain boto3, see README.md."""

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Any
from xml.sax.saxutils import escape

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

HERE = Path(__file__).parent
SANDBOX = "https://mturk-requester-sandbox.us-east-1.amazonaws.com"
THREE_DAYS = 3 * 24 * 60 * 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    publish_ = commands.add_parser("publish", help="make a HIT of each line of a file")
    publish_.add_argument("items", type=Path)
    publish_.add_argument("--task", help="the name in hit_type_ids, where there are several")
    publish_.add_argument("--assignments", type=int, default=3, help="how many workers do each (default 3)")
    commands.add_parser("status", help="list the HITs")
    collect_ = commands.add_parser("collect", help="write what workers have submitted to a CSV file")
    collect_.add_argument("file", type=Path)
    arguments = parser.parse_args()
    outputs = read_outputs()
    mturk = connect(outputs["environment"])
    try:
        match arguments.command:
            case "publish":
                hit_type_id = choose(outputs["hit_type_ids"], arguments.task)
                items = arguments.items.read_text(encoding="utf-8").splitlines()
                for item in filter(None, map(str.strip, items)):
                    print(f"{publish(mturk, hit_type_id, item, arguments.assignments)}  {item}")
            case "status":
                for hit in hits(mturk, outputs["hit_type_ids"]):
                    done = f"{hit['NumberOfAssignmentsCompleted']} of {hit['MaxAssignments']} approved or rejected"
                    print(f"{hit['HITId']}  {hit['HITStatus']}  {done}  ${hit['Reward']}")
            case "collect":
                print(f"{collect(mturk, outputs['hit_type_ids'], arguments.file)} assignments")
    except (ClientError, BotoCoreError) as error:
        sys.exit(f"{arguments.command} stopped: {error}")


def read_outputs() -> dict[str, Any]:
    """What the stack exports: all that this script knows of it."""
    try:
        text = subprocess.check_output(["pulumi", "stack", "output", "--json"], cwd=HERE)
    except subprocess.CalledProcessError:
        sys.exit("The stack's outputs could not be read.")  # pulumi itself has said why
    outputs: dict[str, Any] = json.loads(text)
    if not outputs:
        sys.exit("The stack has no outputs yet: run `pulumi up` first.")
    return outputs


def connect(environment: str) -> Any:
    """The place where the stack lives; an address of your own stands in AWS_ENDPOINT_URL_MTURK."""
    local = environment == "local"
    endpoint = os.environ.get("AWS_ENDPOINT_URL_MTURK") or (SANDBOX if environment == "sandbox" else None)
    if local and not endpoint:
        sys.exit("The stack is local: serve its marketplace and set AWS_ENDPOINT_URL_MTURK, as README.md says.")
    config = Config(signature_version=UNSIGNED) if local else None  # your own marketplace has no accounts
    return boto3.client("mturk", region_name="us-east-1", endpoint_url=endpoint, config=config)


def choose(hit_type_ids: dict[str, str], task: str | None) -> str:
    """The id of the task that is meant."""
    if task is None and len(hit_type_ids) == 1:
        return next(iter(hit_type_ids.values()))
    if task not in hit_type_ids:
        sys.exit(f"Say which task: --task {' or '.join(hit_type_ids)}")
    return hit_type_ids[task]


def publish(mturk: Any, hit_type_id: str, item: str, assignments: int) -> str:
    """Make a HIT of an item. The token makes a repeat harmless: a second one within a day is refused."""
    question = Template((HERE / "question.xml").read_text(encoding="utf-8")).substitute(item=escape(item))
    token = hashlib.sha256(f"{hit_type_id} {item}".encode()).hexdigest()
    try:
        made = mturk.create_hit_with_hit_type(
            HITTypeId=hit_type_id,
            Question=question,
            MaxAssignments=assignments,
            LifetimeInSeconds=THREE_DAYS,
            UniqueRequestToken=token,
        )
    except mturk.exceptions.RequestError as error:
        if error.response.get("TurkErrorCode") != "AWS.MechanicalTurk.HitAlreadyExists":
            raise
        return "is there  "
    return str(made["HIT"]["HITId"])


def hits(mturk: Any, hit_type_ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The HITs of the stack's task types."""
    for page in mturk.get_paginator("list_hits").paginate():
        yield from (hit for hit in page["HITs"] if hit["HITTypeId"] in hit_type_ids.values())


def collect(mturk: Any, hit_type_ids: dict[str, str], file: Path) -> int:
    """Write the answers, one a line. The next study excludes these workers by the same file."""
    rows = 0
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("HITId", "AssignmentId", "WorkerId", "AssignmentStatus", "SubmitTime", "question", "answer"))
        listed = mturk.get_paginator("list_assignments_for_hit")
        for hit in hits(mturk, hit_type_ids):
            for page in listed.paginate(HITId=hit["HITId"]):
                for found in page["Assignments"]:
                    rows += 1
                    names = ("HITId", "AssignmentId", "WorkerId", "AssignmentStatus", "SubmitTime")
                    for question, answer in answers(found["Answer"]):
                        writer.writerow((*(found[name] for name in names), question, answer))
    return rows


def answers(document: str) -> Iterator[tuple[str, str]]:
    """Each answered question of a QuestionFormAnswers document."""
    for answer in ElementTree.fromstring(document).iterfind("{*}Answer"):
        question, *values = (element.text or "" for element in answer)
        yield question, " ".join(values)


if __name__ == "__main__":
    main()
