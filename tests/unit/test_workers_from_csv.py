"""Workers out of CSV files: the Requester site's own exports, and a team's lists."""

import copy
import csv
import datetime
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.rosters.csv_files import workers_from_csv
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId
from tests.support.csv_files import ANN, BEN, CEM, WORKERS, member, places, refusal, result, results, saved, written
from tests.support.inputs import texts, worker_ids


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def test_results_of_a_batch_give_each_worker_once_in_order(file: Path) -> None:
    results(file, result(BEN), result(ANN), result(BEN, answer='She said "no",\r\nand left.'), result(CEM))

    assert workers_from_csv(file) == [BEN, ANN, CEM]


def test_results_that_were_reviewed_have_more_fields(file: Path) -> None:
    results(file, [*result(ANN), "x", ""], [*result(BEN), "x"], result(CEM))

    assert workers_from_csv(file) == [ANN, BEN, CEM]


def test_an_answer_may_be_longer_than_csv_allows(file: Path) -> None:
    before = csv.field_size_limit()

    assert workers_from_csv(results(file, result(ANN, answer="x" * (before + 1)))) == [ANN]
    assert csv.field_size_limit() == before


def test_the_list_of_workers_gives_scores_by_the_name_of_the_qualification(file: Path) -> None:
    saved(file, written([WORKERS, member(CEM, "0", "85"), member(ANN, "", "100"), member(BEN, "2", " ")]))

    assert workers_from_csv(file, score="Tier") == {CEM: 0, BEN: 2}
    assert list(workers_from_csv(file, score="CURRENT-Careful reader").items()) == [(CEM, 85), (ANN, 100)]
    assert workers_from_csv(file) == [CEM, ANN, BEN]


def test_the_list_of_workers_may_end_before_the_column_to_fill_in(file: Path) -> None:
    assert workers_from_csv(saved(file, written([WORKERS, member(ANN, "5")[:-1]])), score="Tier") == {ANN: 5}


def test_a_column_of_the_very_name_comes_before_the_current_scores(file: Path) -> None:
    saved(file, f"Worker ID,CURRENT-Tier, Tier \n{ANN},1,2\n")

    assert workers_from_csv(file, score="Tier") == {ANN: 2}


def test_a_worker_knows_the_file_and_the_line(file: Path) -> None:
    rows = [result(ANN, answer="one\ntwo\r\nthree"), result(BEN), result(ANN), result(CEM)]
    listed = workers_from_csv(results(file, *rows))
    scored = workers_from_csv(saved(file, f"\n\nworker_id,score\n\n{ANN},5\n"), score="score")

    assert places(listed) == [(ANN, "people.csv", 2), (BEN, "people.csv", 5), (CEM, "people.csv", 7)]
    assert places(scored) == [(ANN, "people.csv", 5)]


def test_a_listed_id_is_a_text_that_can_be_copied() -> None:
    listed = SourcedWorkerId(ANN, "people.csv", 7)
    copied = copy.deepcopy([listed])[0]

    assert (listed, hash(listed), f"{listed}") == (ANN, hash(ANN), ANN)
    assert (copied, copied.source, copied.line) == (ANN, "people.csv", 7)


@pytest.mark.parametrize(
    ("submitted", "moment"),
    [
        ("Tue Nov 03 10:12:11 PST 2020", "2020-11-03T18:12:11+00:00"),
        ("Fri Jul 03 10:12:11 PDT 2020", "2020-07-03T17:12:11+00:00"),
        ("Fri Jan 3 00:00:00 UTC 2020", "2020-01-03T00:00:00+00:00"),
        ("Thu Dec 31 23:59:59 GMT 2020", "2021-01-01T00:59:59+01:00"),
        ("2020-11-03T18:12:11Z", "2020-11-03T18:12:11+00:00"),
        (" 2020-11-03 10:12:11.250-08:00 ", "2020-11-03T18:12:11.250000+00:00"),
        ("  Sat Feb 29 10:12:11 PST 2020 ", "2020-02-29T18:12:11+00:00"),
    ],
)
def test_since_keeps_what_was_submitted_then_or_later(file: Path, submitted: str, moment: str) -> None:
    results(file, result(ANN, submitted=submitted))
    since = datetime.datetime.fromisoformat(moment)

    assert workers_from_csv(file, since=since) == [ANN]
    assert workers_from_csv(file, since=since + datetime.timedelta(microseconds=1)) == []


def test_a_date_is_midnight_utc(file: Path) -> None:
    results(file, result(ANN, submitted="2020-11-02T23:59:59Z"), result(BEN, submitted="Mon Nov 02 16:00:00 PST 2020"))

    assert workers_from_csv(file, since=datetime.date(2020, 11, 3)) == [BEN]


def test_statuses_keep_lines_in_any_case_of_the_words(file: Path) -> None:
    results(file, result(ANN, "Rejected"), result(BEN, "Submitted"), result(CEM, "approved"), result(ANN, "Approved"))

    assert workers_from_csv(file, statuses=["Approved", "SUBMITTED"]) == [BEN, CEM, ANN]
    assert workers_from_csv(file, statuses=(word for word in ("Rejected",))) == [ANN]


def test_filters_hold_together_and_before_scores(file: Path) -> None:
    saved(
        file,
        "worker_id,assignment_status,submit_time,score\n"
        f"{ANN},Approved,2020-11-03T00:00:00Z,1\n"
        f"{ANN},Approved,2020-11-02T00:00:00Z,2\n"
        f"{BEN},Rejected,2020-11-03T00:00:00Z,many\n",
    )

    day = datetime.date(2020, 11, 3)
    assert workers_from_csv(file, score="score", since=day, statuses=["Approved"]) == {ANN: 1}


@pytest.mark.parametrize("header", ["WorkerId", "Worker ID", "worker_id", "worker-id", "WORKERID", " worker id "])
def test_the_column_of_ids_is_found_however_it_is_spelled(file: Path, header: str) -> None:
    assert workers_from_csv(saved(file, f"tier,{header}\n1,{ANN}\n")) == [ANN]


def test_another_column_of_ids_can_be_named(file: Path) -> None:
    saved(file, f"WorkerId,person\n{ANN},{BEN}\n")

    assert workers_from_csv(file, worker="person") == [BEN]


@pytest.mark.parametrize(
    ("field", "score"),
    [("5", 5), (" 5 ", 5), ("5.0", 5), ("-3", -3), ("007", 7), ("2147483647", 2**31 - 1), ("-2147483648", -(2**31))],
)
def test_scores_are_whole_numbers(file: Path, field: str, score: int) -> None:
    assert workers_from_csv(saved(file, f"worker_id,score\n{ANN},{field}\n"), score="score") == {ANN: score}


def test_ids_may_stand_between_blanks(file: Path) -> None:
    saved(file, f"worker_id,x\n {ANN}\t,1\n{ANN},2\n{'A' * 64},3\nA1,4\n")

    assert workers_from_csv(file) == [ANN, "A" * 64, "A1"]


def test_headers_alone_are_an_empty_list(file: Path) -> None:
    assert workers_from_csv(saved(file, "worker_id,score")) == []
    assert workers_from_csv(file, score="score") == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_write_is_read(file: Path, encoding: str, separator: str, break_: str) -> None:
    text = written([["worker_id", "note", "score"], [ANN, "é, ü; ö", "5"]], delimiter=separator, lineterminator=break_)
    saved(file, text.encode(encoding))

    assert workers_from_csv(file, score="score") == {ANN: 5}
    assert places(workers_from_csv(file)) == [(ANN, "people.csv", 2)]


def test_the_separator_is_the_one_that_shows_the_ids(file: Path) -> None:
    assert workers_from_csv(saved(file, f"WorkerId;a,b,c,d\n{ANN};1,2\n")) == [ANN]
    assert workers_from_csv(saved(file, f"person;a,b,c,d\n{ANN};1,2\n"), worker="person") == [ANN]
    assert refusal(saved(file, "a;b,c\n")).endswith("; there are 'a;b', 'c'")
    assert refusal(saved(file, "a;b;c,d\n")).endswith("; there are 'a', 'b', 'c,d'")


FORMS: tuple[dict[str, Any], ...] = (
    {"quoting": csv.QUOTE_MINIMAL},
    {"quoting": csv.QUOTE_ALL},
    {"quoting": csv.QUOTE_NONNUMERIC},
    {"quoting": csv.QUOTE_ALL, "lineterminator": "\n"},
)
notes = st.lists(st.sampled_from(('"', ",", ";", "\t", "\n", "\r", "\r\n", "\x0b", "\u2028", " ")) | texts).map("".join)
seconds = st.integers(0, 2**31 - 1)
moments = seconds.map(lambda second: datetime.datetime.fromtimestamp(second, datetime.UTC))
lines = st.tuples(
    worker_ids,
    notes.map(lambda note: note.replace("\0", "")),
    st.sampled_from(("Submitted", "Approved", "Rejected")),
    moments,
    st.none() | st.integers(-(2**31), 2**31 - 1),
)


def site_time(moment: datetime.datetime) -> str:
    """As the site writes it, in the Pacific time of winter."""
    local = moment - datetime.timedelta(hours=8)
    day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][local.weekday()]
    month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][local.month - 1]
    return f"{day} {month} {local:%d %H:%M:%S} PST {local.year}"


@given(
    st.lists(lines, max_size=8),
    st.sampled_from(FORMS),
    st.sampled_from(",;\t"),
    st.none() | moments,
    st.none() | st.sets(st.sampled_from(("Submitted", "Approved", "Rejected")), min_size=1),
    st.booleans(),
)
def test_what_was_written_is_read(
    people: list[tuple[str, str, str, datetime.datetime, int | None]],
    form: dict[str, Any],
    separator: str,
    since: datetime.datetime | None,
    statuses: set[str] | None,
    scored: bool,
) -> None:
    text = written([["Note", "WorkerId", "AssignmentStatus", "SubmitTime", "Score"]], delimiter=separator, **form)
    expected: dict[str, tuple[int | None, int]] = {}
    conflict = False
    for worker, note, status, moment, score in people:
        line = 1 + len(re.findall(r"\r\n|\r|\n", text))
        row = [note, worker, status, site_time(moment), "" if score is None else str(score)]
        text += written([row], delimiter=separator, **form)
        kept = (since is None or moment >= since) and (statuses is None or status in statuses)
        if kept and not (scored and score is None):
            value = score if scored else None
            conflict |= expected.setdefault(worker, (value, line))[0] != value

    with tempfile.TemporaryDirectory() as folder:
        path = saved(Path(folder) / "people.csv", text)
        if conflict:
            with pytest.raises(InvalidInputError, match="with another score"):
                workers_from_csv(path, score="Score", since=since, statuses=statuses)
            return
        if scored:
            scores = workers_from_csv(path, score="Score", since=since, statuses=statuses)
            assert scores == {worker: score for worker, (score, _) in expected.items()}
            found = list(scores)
        else:
            found = workers_from_csv(path, since=since, statuses=statuses)
    assert places(found) == [(worker, "people.csv", line) for worker, (_, line) in expected.items()]


def test_reading_a_list_is_light() -> None:
    code = (
        "import sys, pulumi_mturk.rosters.csv_files\n"
        "print(*[name for name in ('pulumi', 'pydantic', 'boto3', 'lxml') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert found.stdout.strip() == ""


# Files of other tools, made up by what people published of theirs


def test_the_workers_of_cloudresearch_by_status(file: Path) -> None:
    rows = [(ANN, "Approved"), (BEN, "Pending"), (CEM, "Rejected"), ("", "Not Submitted")]
    saved(file, written([("AmazonIdentifier", "ApprovalStatus"), *rows]))

    assert workers_from_csv(file, statuses=["Approved", "Submitted"]) == [ANN, BEN]
    assert workers_from_csv(file, statuses=["Rejected"]) == [CEM]


def test_the_participants_of_otree(file: Path) -> None:
    headers = ("participant.id_in_session", "participant.label", "participant.mturk_worker_id", "session.code")

    assert workers_from_csv(saved(file, written([headers, ("1", ANN, ANN, "x"), ("2", BEN, BEN, "x")]))) == [ANN, BEN]


def test_results_of_the_command_line_tools(file: Path) -> None:
    headers = ("workerid", "assignmentstatus", "assignmentsubmittime")
    rows = [(ANN, "Approved", "Tue Nov 03 10:12:11 PST 2020"), (BEN, "Submitted", "Wed Nov 04 10:12:11 PST 2020")]
    saved(file, written([headers, *rows], delimiter="\t"))

    assert workers_from_csv(file, statuses=["Approved"]) == [ANN]
    assert workers_from_csv(file, since=datetime.date(2020, 11, 4)) == [BEN]


def test_the_requester_sites_columns_come_first(file: Path) -> None:
    saved(file, f"AmazonIdentifier,ApprovalStatus,WorkerId,AssignmentStatus\n{ANN},Pending,{BEN},Approved\n")

    assert workers_from_csv(file, statuses=["Approved"]) == [BEN]


def test_a_blank_id_in_a_line_that_a_filter_drops_is_nothing(file: Path) -> None:
    results(file, result(ANN), result("", "Rejected", "Mon Nov 02 12:00:00 PST 2020"), result(BEN))

    assert workers_from_csv(file, statuses=["Approved"]) == [ANN, BEN]
    assert workers_from_csv(file, since=datetime.date(2020, 11, 3)) == [ANN, BEN]
    assert "line 3: the worker id is missing" in refusal(file)
    assert "line 3: the worker id is missing" in refusal(file, statuses=["Rejected", "Approved"])


def test_ids_in_columns_of_their_own_name_are_let_alone(file: Path) -> None:
    """An answer may repeat the worker's id, and a partner's has a column too."""
    saved(file, f"WorkerId,Answer.workerId,partner,\n{ANN},{ANN},{BEN},x\n")

    assert workers_from_csv(file) == [ANN]
    assert workers_from_csv(file, worker="partner") == [BEN]
    assert workers_from_csv(saved(file, f"WorkerId,WorkerId.1\n{ANN},{BEN}\n"), worker="WorkerId.1") == [BEN]
