"""Publish HITs of the stack's task type, and keep out whoever has done one: plain boto3, as README.md explains."""

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_mturk import MTurkClient
    from mypy_boto3_mturk.type_defs import HITTypeDef

HERE = Path(__file__).parent
SANDBOX = "https://mturk-requester-sandbox.us-east-1.amazonaws.com"
THREE_DAYS = 3 * 24 * 60 * 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    publish_ = commands.add_parser("publish", help="make a HIT of each line of a file")
    publish_.add_argument("sentences", type=Path)
    publish_.add_argument("--assignments", type=int, default=3, help="how many workers rate a sentence (default 3)")
    commands.add_parser("status", help="list the HITs")
    commands.add_parser("collect", help="exclude everybody who has submitted work")
    exclude_ = commands.add_parser("exclude", help="exclude workers by their ids")
    exclude_.add_argument("worker_ids", nargs="*", metavar="WORKER_ID")
    exclude_.add_argument("--from-csv", type=Path, metavar="FILE", help="a file of results with a column WorkerId")
    arguments = parser.parse_args()

    outputs = read_outputs()
    mturk = connect(outputs["environment"])
    try:
        match arguments.command:
            case "publish":
                publish(mturk, outputs, arguments.sentences.read_text().splitlines(), arguments.assignments)
            case "status":
                status(mturk, outputs)
            case "collect":
                collect(mturk, outputs)
            case "exclude":
                from_file = worker_column(arguments.from_csv) if arguments.from_csv else []
                exclude(mturk, outputs, [*arguments.worker_ids, *from_file])
    except ClientError as error:
        sys.exit(f"{arguments.command} stopped: {error.response['Error']['Message']}")
    except BotoCoreError as error:
        sys.exit(f"{arguments.command} stopped: {error}")


def read_outputs() -> dict[str, Any]:
    """What the stack exports: all that this script knows of the stack."""
    try:
        text = subprocess.check_output(["pulumi", "stack", "output", "--json"], cwd=HERE)  # noqa: S607 - yours, on PATH
    except subprocess.CalledProcessError:
        sys.exit("The stack's outputs could not be read.")  # pulumi itself has said why
    outputs: dict[str, Any] = json.loads(text)
    if not outputs:
        sys.exit("The stack has no outputs yet: run `pulumi up` first.")
    return outputs


def connect(environment: str) -> "MTurkClient":
    """The place where the stack lives; an address of your own is in AWS_ENDPOINT_URL_MTURK."""
    local = environment == "local"
    endpoint = os.environ.get("AWS_ENDPOINT_URL_MTURK") or (SANDBOX if environment == "sandbox" else None)
    if local and not endpoint:
        sys.exit("The stack is local: serve its marketplace and set AWS_ENDPOINT_URL_MTURK, as README.md says.")
    config = Config(signature_version=UNSIGNED) if local else None  # your own marketplace has no accounts
    return boto3.client("mturk", region_name="us-east-1", endpoint_url=endpoint, config=config)


def publish(mturk: "MTurkClient", outputs: dict[str, Any], sentences: Iterable[str], assignments: int) -> None:
    """One HIT for each sentence. The token makes a repeat harmless: MTurk refuses it a second time within a day."""
    question = Template((HERE / "question.xml").read_text())
    for sentence in filter(None, map(str.strip, sentences)):
        try:
            made = mturk.create_hit_with_hit_type(
                HITTypeId=outputs["hit_type_id"],
                Question=question.substitute(sentence=escape(sentence)),
                MaxAssignments=assignments,
                LifetimeInSeconds=THREE_DAYS,
                UniqueRequestToken=hashlib.sha256(f"{outputs['hit_type_id']} {sentence}".encode()).hexdigest(),
            )
            print(f"published  {made['HIT']['HITId']}  {sentence}")
        except mturk.exceptions.RequestError as error:
            if error.response.get("TurkErrorCode") != "AWS.MechanicalTurk.HitAlreadyExists":
                raise
            print(f"is there   {sentence}")


def hits(mturk: "MTurkClient", outputs: dict[str, Any]) -> "Iterator[HITTypeDef]":
    """The HITs that keep earlier participants out: also those of a task type that the stack had before a change."""
    listed = mturk.get_paginator("list_hits_for_qualification_type")
    for page in listed.paginate(QualificationTypeId=outputs["exclusion_qualification_type_id"]):
        yield from page["HITs"]


def status(mturk: "MTurkClient", outputs: dict[str, Any]) -> None:
    for hit in hits(mturk, outputs):
        done = f"{hit['NumberOfAssignmentsCompleted']} of {hit['MaxAssignments']} done"
        print(f"{hit['HITId']}  {hit['HITStatus']}  {done}  ${hit['Reward']}  until {hit['Expiration']:%Y-%m-%d %H:%M}")


def collect(mturk: "MTurkClient", outputs: dict[str, Any]) -> None:
    """Run it as often as you like while work comes in: to exclude somebody again changes nothing."""
    listed = mturk.get_paginator("list_assignments_for_hit")
    pages = (page for hit in hits(mturk, outputs) for page in listed.paginate(HITId=hit["HITId"]))
    exclude(mturk, outputs, [assignment["WorkerId"] for page in pages for assignment in page["Assignments"]])


def exclude(mturk: "MTurkClient", outputs: dict[str, Any], workers: Iterable[str]) -> None:
    """Grant the exclusion, without mail to anybody. Worker ids are personal data: they are counted, not printed."""
    once = list(dict.fromkeys(workers))
    refused = []
    for number, worker in enumerate(once, start=1):
        try:
            mturk.associate_qualification_with_worker(
                QualificationTypeId=outputs["exclusion_qualification_type_id"],
                WorkerId=worker,
                IntegerValue=1,
                SendNotification=False,
            )
        except ClientError:
            refused.append(str(number))
    print(f"excluded {len(once) - len(refused)} of {len(once)} workers")
    if refused:
        sys.exit(f"refused: number {', '.join(refused)} of the list; are these ids right?")


def worker_column(file: Path) -> list[str]:
    with file.open(newline="") as lines:
        return [row["WorkerId"] for row in csv.DictReader(lines)]


if __name__ == "__main__":
    main()
