"""CSV files of workers, made up: as the Requester site exports them, and as a team would write them."""

import csv
import io
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.rosters.csv_files import workers_from_csv
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId
from tests.support.findings import words

ANN, BEN, CEM = "A1EXAMPLEANN", "A2EXAMPLEBEN", "A3EXAMPLECEM"

RESULTS = [
    *("HITId", "HITTypeId", "Title", "Reward", "AssignmentId", "WorkerId", "AssignmentStatus", "AcceptTime"),
    *("SubmitTime", "ApprovalTime", "RequesterFeedback", "WorkTimeInSeconds", "LifetimeApprovalRate", "Input.page"),
    *("Answer.summary", "Approve", "Reject"),
]
WORKERS = [
    *("Worker ID", "Number of HITs approved or rejected - Lifetime", "CURRENT-Tier", "UPDATE-Tier"),
    *("CURRENT-Careful reader", "UPDATE-Careful reader", "CURRENT BlockStatus", "UPDATE-BlockStatus"),
]
NOON = "Tue Nov 03 12:00:00 PST 2020"


def result(worker: str, status: str = "Approved", submitted: str = NOON, answer: str = "Two, sentences.") -> list[str]:
    """A line of the results of a batch. It ends before Approve and Reject, as the site's lines do."""
    before = ["3XHIT", "3XTYPE", "Summaries", "$0.40", "3XASSIGNMENT"]
    return [*before, worker, status, NOON, submitted, "", "", "300", "100% (9/9)", "4", answer]


def member(worker: str, tier: str = "", reader: str = "") -> list[str]:
    """A line of the list of workers."""
    return [worker, "9", tier, "", reader, "Revoke", "Never Blocked", ""]


def written(rows: Iterable[Sequence[str]], **form: Any) -> str:
    """The text of a file: `form` goes to csv's own writer."""
    out = io.StringIO()
    csv.writer(out, **form).writerows(rows)
    return out.getvalue()


def saved(file: Path, text: str | bytes) -> Path:
    """The path, with a file there."""
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def results(path: Path, *rows: list[str]) -> Path:
    """The path, with the results of a batch there: the site puts quotation marks around every field."""
    return saved(path, written([RESULTS, *rows], quoting=csv.QUOTE_ALL))


def places(workers: Iterable[str]) -> list[tuple[str, str, int]]:
    """Each worker, and where the file has them."""
    return [(worker, worker.source, worker.line) for worker in workers if isinstance(worker, SourcedWorkerId)]


def refusal(path: Path, **asked: Any) -> str:
    """What is said of a file that is refused, none of whose workers may be named."""
    with pytest.raises(InvalidInputError) as caught:
        workers_from_csv(path, **asked)
    printed = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    for worker in (ANN, BEN, CEM):
        assert worker not in printed
        assert worker.lower() not in printed
    return words(str(caught.value))
