"""CSV files that are refused, in part or as a whole: what is said of them, and that it names nobody."""

import codecs
import datetime
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_mturk.common.errors import InvalidInputError
from pulumi_mturk.rosters.csv_files import workers_from_csv
from pulumi_mturk.rosters.sourced_id import SourcedWorkerId
from tests.support.csv_files import ANN, BEN, CEM, refusal, result, results, saved

# What has the shape of an id but for a slip, and may be a real one.
BROKEN = "a4exampledan"
NO_ID = "no worker id; one is a capital A followed by capital letters and digits, 2 to 64 characters in all"
BLANK = "the worker id is missing; fill it in or delete the line"
QUOTES = "the quotation marks do not match, and nothing after was read; within a field write them twice"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


@pytest.mark.parametrize("since", [datetime.datetime(2020, 11, 3), "2020-11-03"])
def test_a_time_without_a_zone_is_refused_as_since(file: Path, since: Any) -> None:
    message = refusal(results(file, result(ANN)), since=since)

    assert message.startswith("since: write a date, such as datetime.date(2026, 1, 31), or a datetime with a time zone")


@pytest.mark.parametrize(
    "submitted",
    ["", "2020-11-03T18:12:11", "2020-11-03", "Tue Nov 03 10:12:11 CET 2020", "Die Nov 03", "03.11.2020 10:12",
     "Tue Okt 03 10:12:11 PST 2020", "Mon Nov 31 10:12:11 PST 2020"],
)  # fmt: skip
def test_a_time_that_is_none_is_a_bad_line_only_where_since_is_given(file: Path, submitted: str) -> None:
    results(file, result(ANN), result(BEN, submitted=submitted))

    assert workers_from_csv(file) == [ANN, BEN]
    assert refusal(file, since=datetime.date(2020, 1, 1)) == (
        "people.csv, line 3: SubmitTime is no time with a zone, such as Tue Nov 03 10:12:11 PST 2020 or "
        "2020-11-03T18:12:11Z"
    )


@pytest.mark.parametrize("statuses", ["Approved", ["Accepted"], [], ["Approved", ""]])
def test_statuses_are_words_of_the_api(file: Path, statuses: Any) -> None:
    message = refusal(results(file, result(ANN)), statuses=statuses)

    assert message == "statuses: write a list of one or more of 'Submitted', 'Approved', 'Rejected'"


def test_a_line_with_another_status_is_a_bad_line(file: Path) -> None:
    message = refusal(results(file, result(ANN), result(BEN, "")), statuses=["Approved"])

    assert message == "people.csv, line 3: AssignmentStatus is none of Submitted, Approved, Rejected"


@pytest.mark.parametrize(
    ("asked", "column"),
    [
        ({"since": datetime.date(2020, 1, 1)}, "SubmitTime, by which `since` goes"),
        ({"statuses": ["Approved"]}, "AssignmentStatus, by which `statuses` goes"),
        ({"score": "Tier"}, "'Tier' or 'CURRENT-Tier'"),
        ({"worker": "person"}, "'person'"),
        ({"worker": ANN}, "'(worker)'"),
    ],
)
def test_a_missing_column_is_told_with_those_there_are(file: Path, asked: dict[str, Any], column: str) -> None:
    message = refusal(saved(file, f"worker_id,tier\n{ANN},2\n"), **asked)

    assert message == f"people.csv: no column is called {column}; there are 'worker_id', 'tier'"


def test_no_column_of_ids(file: Path) -> None:
    message = refusal(saved(file, f"person,tier\n{ANN},2\n"))

    assert message == (
        "people.csv: no column is called WorkerId, and worker=\"…\" names no other; there are 'person', 'tier'"
    )


def test_two_columns_of_ids(file: Path) -> None:
    assert refusal(saved(file, f"WorkerId,tier,worker_id\n{ANN},2,{BEN}\n")) == (
        "people.csv: columns 1 and 3 are called WorkerId; rename all but one"
    )


def test_two_columns_of_scores(file: Path) -> None:
    assert refusal(saved(file, f"WorkerId,tier,tier\n{ANN},2,3\n"), score="tier") == (
        "people.csv: columns 2 and 3 are called 'tier'; rename all but one"
    )


@pytest.mark.parametrize("first", [f"{ANN},2", f"2,{ANN.lower()}", "AEXAMPLEONLYLETTERS,2", f"note,{ANN} again"])
@pytest.mark.parametrize("asked", [{}, {"worker": "person"}])
def test_a_file_without_headers_is_told_without_what_its_first_line_holds(
    file: Path, first: str, asked: dict[str, Any]
) -> None:
    message = refusal(saved(file, f"{first},private@example.org\n{BEN},3,x\n"), **asked)

    assert "the first line holds what looks like a worker id: if it is no line of headers, put one above it" in message
    assert not re.search("private|LETTERS|again", message)


def test_short_headers_in_capitals_are_no_ids(file: Path) -> None:
    assert refusal(saved(file, "AGE,AMOUNT\n30,5\n")).endswith("; there are 'AGE', 'AMOUNT'")


def test_many_headers_are_not_all_told(file: Path) -> None:
    message = refusal(saved(file, ",".join(f"Answer.{number}" for number in range(1, 101)) + "\n"))

    assert message.endswith("'Answer.39', 'Answer.40' and 60 more")


@pytest.mark.parametrize(
    "field",
    ["5.5", "five", "2147483648", "-2147483649", "1e3", "+5", "5 0", "٣", "0x5", "nan", "9" * 5000, "5.", "--5"],
)
def test_other_scores_are_bad_lines(file: Path, field: str) -> None:
    message = refusal(saved(file, f"worker_id,score\n{ANN},1\n{BEN},{field}\n"), score="score")

    assert message == (
        "people.csv, line 3: the score is no whole number of 32 bits; write one such as 85, or leave it blank for none"
    )


def test_a_worker_with_two_scores(file: Path) -> None:
    rows = f"{ANN},1\n{BEN},2\n{ANN},\n{ANN},1.0\n{ANN},3\n"
    message = refusal(saved(file, f"worker_id,score\n{rows}"), score="score")

    assert message == "people.csv, line 6: the worker of line 2 with another score; leave one of the two out"
    assert workers_from_csv(file) == [ANN, BEN]


@pytest.mark.parametrize("field", [BROKEN, "B1EXAMPLE", "A", "A" * 65, "A1 EXAMPLE", "A1EXÄMPLE", f"{ANN}@example.org"])
def test_what_is_no_id_is_a_bad_line(file: Path, field: str) -> None:
    message = refusal(saved(file, f"worker_id\n{ANN}\n{field}\n"))

    assert message == f"people.csv, line 3: {NO_ID}"


def test_blank_lines_are_skipped_and_blank_ids_are_not(file: Path) -> None:
    assert workers_from_csv(saved(file, f"worker_id,tier\n\n{ANN},1\n \n,\n , ,,\n{BEN},2\n")) == [ANN, BEN]
    assert refusal(saved(file, f"worker_id,tier\n\n{ANN},1\n ,2\n")) == f"people.csv, line 4: {BLANK}"


def test_a_bad_line_is_one_even_if_no_filter_keeps_it(file: Path) -> None:
    assert refusal(results(file, result(BROKEN, "Rejected")), statuses=["Approved"]) == f"people.csv, line 2: {NO_ID}"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (f"{BEN}", "only 1 of 2 fields (is the file whole?)"),
        (f"{BEN},1,", "3 fields instead of 2; put one that holds a separator in quotation marks"),
        (f'{BEN},"1"2', QUOTES),
        (f'{BEN},"1', QUOTES),
    ],
)
def test_a_broken_line(file: Path, line: str, what: str) -> None:
    assert refusal(saved(file, f"worker_id,tier\n{ANN},1\n{line}\n{CEM},1\n")) == f"people.csv, line 3: {what}"


def test_results_that_were_cut_off(file: Path) -> None:
    assert "line 3: only 14 of 17 fields" in refusal(results(file, result(ANN), result(BEN)[:-1]))


def test_only_columns_that_are_not_used_may_be_left_off(file: Path) -> None:
    saved(file, f"worker_id,Approve,Reject\n{ANN}\n{BEN},1\n")

    assert workers_from_csv(file) == [ANN, BEN]
    assert "line 2: only 1 of 3 fields" in refusal(file, score="Approve")


def test_bad_lines_are_told_together(file: Path) -> None:
    lines = [BROKEN, ANN, "", BROKEN, f"{BEN},1", ANN, BROKEN]
    text = "".join(f"{line if ',' in line else f'{line},0'}\n" for line in lines)
    message = refusal(saved(file, f"worker_id,score\n{text}{CEM}\n{BEN},2\n"), score="score")

    assert message == (
        f"people.csv, lines 2, 5 and 8: {NO_ID}; line 4: {BLANK}; line 9: only 1 of 2 fields (is the file whole?); "
        "line 10: the worker of line 6 with another score; leave one of the two out"
    )


def test_of_many_bad_lines_ten_are_told(file: Path) -> None:
    message = refusal(saved(file, "worker_id\n" + f"{BROKEN}\n" * 15))

    assert message == f"people.csv, lines 2, 3, 4, 5, 6, 7, 8, 9, 10 and 11: {NO_ID}; and 5 more"


def test_a_missing_file(tmp_path: Path) -> None:
    message = refusal(tmp_path / "lists" / "people.csv")

    assert message == f"people.csv: there is no such file in {tmp_path / 'lists'}; correct the path"
    assert refusal(tmp_path / ANN / "people.csv") == message.replace("/lists;", "/(worker);")


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path.name}: this is a folder; write the path of a file in it"
    assert refusal(Path()) == ".: this is a folder; write the path of a file in it"


def test_a_file_that_can_not_be_read(file: Path) -> None:
    assert refusal(saved(file, "worker_id\n") / "x.csv") == "x.csv: the file can't be read: Not a directory"


def test_a_path_may_be_a_text_and_its_name_may_hold_an_id(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ANN}.csv", f"worker_id\n{BEN}\n")
    (worker,) = workers_from_csv(str(path))

    assert isinstance(worker, SourcedWorkerId)
    assert worker.source == "(worker).csv"
    assert refusal(saved(path, "")).startswith("(worker).csv: ")


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", " \r\n\t\n"])
def test_an_empty_file(file: Path, text: str) -> None:
    assert "begin it with a line of headers, such as worker_id,score" in refusal(saved(file, text))


def test_headers_with_odd_quotation_marks(file: Path) -> None:
    assert "the quotation marks of its first line do not match" in refusal(saved(file, f'"worker_id"x\n{ANN}\n'))


@pytest.mark.parametrize(
    "data",
    [
        f"worker_id,name\n{ANN},Zoë\n".encode("latin-1"),
        f"worker_id\n{ANN}\n".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + b"w",
        b"PK\x03\x04\x14\x00",
    ],
)
def test_what_is_no_text(file: Path, data: bytes) -> None:
    assert refusal(saved(file, data)) == 'people.csv: this is no text in UTF-8; from Excel, save it as "CSV UTF-8"'


fields = st.sampled_from((ANN, f" {BEN}", CEM.lower(), f"{ANN}1", f"of {CEM}", "5", "", "x", '"', f'"{BEN}"'))
headers = st.sampled_from(
    ("WorkerId", "worker_id", "Score", "AssignmentStatus", "SubmitTime", "Approve", ANN, BEN.lower(), "x")
)


@given(
    st.lists(headers, max_size=4),
    st.lists(st.lists(fields, max_size=4), max_size=6),
    st.sampled_from(",;\t"),
    st.fixed_dictionaries(
        {},
        optional={
            "score": st.sampled_from(("Score", "WorkerId")),
            "worker": st.sampled_from(("x", "Score")),
            "since": st.just(datetime.date(2020, 1, 1)),
            "statuses": st.just(["Approved"]),
        },
    ),
)
def test_no_message_holds_an_id(first: list[str], rows: list[list[str]], separator: str, asked: dict[str, Any]) -> None:
    text = "\n".join(separator.join(row) for row in [first, *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = saved(Path(folder) / "people.csv", text)
        try:
            workers_from_csv(path, **asked)
        except InvalidInputError:
            refusal(path, **asked)


LONG = [f"A{number}EXAMPLEWORKER" for number in range(1, 5)]


@pytest.mark.parametrize(
    "text",
    [
        f"WorkerId,{LONG[0]},{LONG[1]}\n",
        f"WorkerId,{LONG[0]}\nscore,5\n",
        f"{LONG[0]},WorkerId,{LONG[1]}\n{LONG[0]},{LONG[1]},{LONG[2]}\n",
    ],
)
def test_ids_in_the_line_of_headers_are_refused_and_not_dropped(file: Path, text: str) -> None:
    assert refusal(saved(file, text)) == (
        "people.csv: the first line holds worker ids beside its headers; write one worker a line, under the header"
    )


@pytest.mark.parametrize(
    ("headers", "line"),
    [
        ("WorkerId", ",".join(LONG)),
        ("group,WorkerId", f"first,{','.join(LONG)}"),
        ("group,WorkerId,,", f"first,{','.join(LONG[:3])}"),
        ("WorkerId,WorkerId.1", ",".join(LONG[:2])),
        ("worker_id,worker_id_2,worker id 3", ",".join(LONG[:3])),
    ],
)
def test_ids_across_a_row_are_refused_and_not_dropped(file: Path, headers: str, line: str) -> None:
    assert refusal(saved(file, f"{headers}\n{line}\n")) == (
        "people.csv, line 2: there are worker ids beside the column of ids; write one worker a line, under the header"
    )


def test_another_word_of_cloudresearch_is_a_bad_line(file: Path) -> None:
    saved(file, f"AmazonIdentifier,ApprovalStatus\n{ANN},Gone\n")

    assert refusal(file, statuses=["Approved"]) == (
        "people.csv, line 2: ApprovalStatus is none of Pending, Approved, Rejected, Not submitted"
    )


def test_an_export_of_otree_has_no_status(file: Path) -> None:
    message = refusal(saved(file, f"participant.mturk_worker_id,x\n{ANN},1\n"), statuses=["Approved"])

    assert message.startswith("people.csv: no column is called AssignmentStatus, by which `statuses` goes; there are ")
