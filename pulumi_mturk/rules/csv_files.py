"""MT44x to MT46x: CSV files of workers."""

from pulumi_mturk.common.diagnostics import Example, Rule
from pulumi_mturk.rules.programs import EXPORTS, OURS

_READ = 'mturk.workers_from_csv("team.csv")'
_SCORES = 'mturk.workers_from_csv("team.csv", score="score")'
_GOOD = Example(_READ, files={"team.csv": "worker_id,score\nA1EXAMPLE,85\n"})
_GOOD_SCORES = Example(_SCORES, files={"team.csv": "worker_id,score\nA1EXAMPLE,85\n"})


def _rule(
    code: str, name: str, summary: str, explanation: str, wrong: Example, right: Example = _GOOD, source: str = EXPORTS
) -> Rule:
    label = "documented" if source == OURS else "observed"
    return Rule(code, name, "error", summary, explanation, wrong, right, source, label, found_by="program")  # type: ignore[arg-type]


def _wrong(text: str, program: str = _READ, path: str = "team.csv") -> Example:
    return Example(program, path=path, files={"team.csv": text})


def _wrong_line(text: str, program: str = _READ) -> Example:
    return _wrong(text, program, f"team.csv, line {text.count(chr(10))}")


FILE_UNREADABLE = _rule(
    "MT440",
    "file-unreadable",
    "The file can't be read.",
    "There is none of that name, it is a folder, or the system refuses it. A relative path starts in the program's "
    "folder.",
    Example(_READ, path="team.csv"),
    source=OURS,
)
FILE_NOT_TEXT = _rule(
    "MT441",
    "file-not-text",
    "The file is no text in UTF-8 or UTF-16.",
    "From Excel, save it as CSV UTF-8.",
    Example('Path("team.csv").write_bytes(b"worker_id\\n\\xff\\xfe\\x00")\n' + _READ, path="team.csv"),
    source=OURS,
)
NO_HEADERS = _rule(
    "MT442",
    "no-headers",
    "The file does not begin with a line of headers.",
    "It is empty, or the quotation marks of its first line do not match.",
    _wrong(""),
    source=OURS,
)
NO_SUCH_COLUMN = _rule(
    "MT443",
    "no-such-column",
    "A column that is needed is not in the file.",
    "The ids are in a column called WorkerId, worker_id or the like, or in the one that worker= names.",
    _wrong("person,score\nA1EXAMPLE,85\n"),
)
COLUMN_TWICE = _rule(
    "MT444",
    "column-twice",
    "Two columns of the file have the name that is looked for.",
    "Which of them is meant can't be told.",
    _wrong("worker_id,WorkerId\nA1EXAMPLE,A1EXAMPLE\n"),
)
FIELDS_OF_A_LINE = _rule(
    "MT445",
    "fields-of-a-line",
    "A line has too few or too many fields, or quotation marks that do not match.",
    "A file that was cut off ends so, and a field that holds a separator needs quotation marks.",
    _wrong_line("worker_id,score\nA1EXAMPLE,85,good\n"),
)
WORKER_ID_OF_A_LINE = _rule(
    "MT446",
    "worker-id-of-a-line",
    "A line has no worker id, or something else in its place.",
    "The message tells the lines and no value.",
    _wrong_line("worker_id,score\nann@example.org,85\n"),
)
SCORE_OF_A_LINE = _rule(
    "MT447",
    "score-of-a-line",
    "The score of a line is no whole number of 32 bits.",
    "5.0 counts as 5, and a worker whose score is blank is left out.",
    _wrong_line("worker_id,score\nA1EXAMPLE,high\n", _SCORES),
    _GOOD_SCORES,
)
TWO_SCORES_OF_A_WORKER = _rule(
    "MT448",
    "two-scores-of-a-worker",
    "Two lines give the same worker different scores.",
    "Which of them is meant can't be told.",
    _wrong_line("worker_id,score\nA1EXAMPLE,85\nA1EXAMPLE,90\n", _SCORES),
    _GOOD_SCORES,
)
TIME_OF_A_LINE = _rule(
    "MT449",
    "time-of-a-line",
    "The SubmitTime of a line (of the command line tools' results, the AssignmentSubmitTime) is no time with a zone.",
    "As the Requester site writes it (Tue Nov 03 10:12:11 PST 2020), or as ISO 8601 has it.",
    _wrong_line(
        "WorkerId,SubmitTime\nA1EXAMPLE,yesterday\n",
        'mturk.workers_from_csv("team.csv", since=datetime.date(2026, 1, 31))',
    ),
    Example(
        'mturk.workers_from_csv("team.csv", since=datetime.date(2026, 1, 31))',
        files={"team.csv": "WorkerId,SubmitTime\nA1EXAMPLE,2026-02-03T10:12:11Z\n"},
    ),
)
STATUS_OF_A_LINE = _rule(
    "MT450",
    "status-of-a-line",
    "The status of a line is none that its column may hold.",
    "AssignmentStatus has Submitted, Approved or Rejected; CloudResearch's ApprovalStatus has Pending, Approved, "
    "Rejected or Not Submitted.",
    _wrong_line(
        "WorkerId,AssignmentStatus\nA1EXAMPLE,Paid\n", 'mturk.workers_from_csv("team.csv", statuses=["Approved"])'
    ),
    Example(
        'mturk.workers_from_csv("team.csv", statuses=["Approved"])',
        files={"team.csv": "WorkerId,AssignmentStatus\nA1EXAMPLE,Approved\n"},
    ),
)
SINCE = _rule(
    "MT451",
    "since",
    "since is no date, nor a time with a zone.",
    "A time without a zone would mean another moment on another machine.",
    Example(
        'mturk.workers_from_csv("team.csv", since="2026-01-31")',
        path="since",
        files={"team.csv": "WorkerId,SubmitTime\n"},
    ),
    Example(
        'mturk.workers_from_csv("team.csv", since=datetime.date(2026, 1, 31))',
        files={"team.csv": "WorkerId,SubmitTime\n"},
    ),
    source=OURS,
)
STATUSES = _rule(
    "MT452",
    "statuses",
    "statuses names no status, or one that does not exist.",
    "Submitted, Approved, Rejected.",
    Example(
        'mturk.workers_from_csv("team.csv", statuses=["Paid"])',
        path="statuses",
        files={"team.csv": "WorkerId,AssignmentStatus\n"},
    ),
    Example(
        'mturk.workers_from_csv("team.csv", statuses=["Approved"])',
        files={"team.csv": "WorkerId,AssignmentStatus\n"},
    ),
)
IDS_BESIDE_THE_COLUMN = _rule(
    "MT453",
    "ids-beside-the-column",
    "Worker ids stand beside the column of ids: in the line of headers, or across a row.",
    "They would be dropped, and an exclusion would let these people in. Columns with a name of their own, such as a "
    "partner's id, are let alone.",
    _wrong_line("worker_id,,\nA1EXAMPLE00,A2EXAMPLE00,A3EXAMPLE00\n"),
    source=OURS,
)
