"""What is refused before the provider's check sees it: arguments in a program, CSV files, and the configuration."""

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from pulumi_mturk import eligibility
from pulumi_mturk.common.errors import FoundError
from pulumi_mturk.provider.configuration import Configuration
from pulumi_mturk.rosters.csv_files import workers_from_csv
from pulumi_mturk.rosters.encoding import encode
from pulumi_mturk.sdk import arguments

DIGITS = 10**5000
"""More digits than Python writes."""

Door = Callable[[Path], str]
"""Opens a door with something wrong, in a folder of its own; what is amiss with the refusal, empty if nothing is."""

_LONGEST = 1_500


def refusal(open_door: Callable[[], Any], code: str) -> str:
    """What is amiss with how something is refused: by another rule, in too many words, with an id, or not at all."""
    try:
        open_door()
    except FoundError as error:
        found = {diagnostic.code for diagnostic in error.diagnostics}
        if found != {code}:
            return f"{sorted(found)} in place of {code}"
        return (
            "words too long, or with a worker's id" if len(str(error)) > _LONGEST or "A1EXAMPLE" in str(error) else ""
        )
    except Exception as error:
        return f"{type(error).__name__} in place of a finding"
    return "passed"


def _call(code: str, function: Callable[..., Any], *values: Any, **named: Any) -> Door:
    return lambda _: refusal(lambda: function(*values, **named), code)


def _csv(code: str, text: str | bytes, **named: Any) -> Door:
    def opened(folder: Path) -> str:
        path = folder / "workers.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return refusal(lambda: workers_from_csv(path, **named), code)

    return opened


def _config(code: str, **keys: Any) -> Door:
    return lambda _: refusal(
        lambda: Configuration.from_config({f"mturk:{key}": value for key, value in keys.items()}), code
    )


class _Loop(list[Any]):
    """A list that is in itself."""

    def __init__(self) -> None:
        super().__init__()
        self.append(self)


_REQUIREMENT = eligibility.QualificationRequirement
_RATE = "Worker_PercentAssignmentsApproved"
_WORKERS = "worker_id,score\nA1EXAMPLE,{}\n"
DOORS: dict[str, Door] = {
    # Arguments of constructors.
    **{
        f"integer {number}": _call("MT003", arguments.integer, value, "n")
        for number, value in enumerate((True, 1.5, math.nan, math.inf, [], {}, b"1", Decimal("1.5"), Fraction(1, 2)))
    },
    **{
        f"integer too large {number}": _call("MT005", arguments.integer, value, "n")
        for number, value in enumerate((DIGITS, -DIGITS, 2**63, 1e300))
    },
    "a fraction beyond any float": _call("MT003", arguments.integer, Fraction(DIGITS, 3), "n"),
    "seconds with parts": _call("MT011", arguments.seconds, datetime.timedelta(milliseconds=1), "n"),
    **{
        f"dollars {number}": _call("MT210", arguments.dollars, value, "reward")
        for number, value in enumerate((0.15, math.nan, math.inf, 1e308))
    },
    **{
        f"no dollars {number}": _call("MT211", arguments.dollars, value, "reward")
        for number, value in enumerate((True, DIGITS, [], b"1", Fraction(1, 3), None.__class__))
    },
    **{
        f"keywords {number}": _call("MT007", arguments.keyword_text, value)
        for number, value in enumerate((5, b"a", {"a": 1}, [1], ["a", None], DIGITS))
    },
    # Lists of workers.
    **{
        f"no list of workers {number}": _call("MT431", encode, value)
        for number, value in enumerate((5, b"A1EXAMPLE", {"A1EXAMPLE": [1]}, 1.5, DIGITS))
    },
    # Requirements.
    "a country of many letters": _call("MT122", eligibility.Locale, "U" * 1_000_000),
    "a country of blanks": _call("MT122", eligibility.Locale, f"US{' ' * 100_000}!"),
    "a country with a control character": _call("MT122", eligibility.Locale, "\x1b[31m"),
    "half of a surrogate pair as a country": _call("MT122", eligibility.Locale, "\ud800"),
    "a number as a country": _call("MT122", eligibility.Locale, DIGITS),
    "a number as a state": _call("MT123", eligibility.Locale, "US", DIGITS),
    "a state elsewhere": _call("MT124", eligibility.Locale, "XK", "CA"),
    "a number as a locale": _call("MT143", eligibility.locale, DIGITS),
    "a score without a bound": _call("MT141", eligibility.score, "3EXAMPLE"),
    "no score within": _call("MT145", eligibility.score, "3EXAMPLE", at_least=5, below=5),
    "a bound of many digits": _call("MT116", eligibility.score, "3EXAMPLE", at_least=1, below=DIGITS),
    "a bound below of many digits": _call("MT116", eligibility.score, "3EXAMPLE", at_least=DIGITS, below=5),
    "a rate of many digits": _call("MT116", eligibility.approval, at_least=DIGITS),
    "a rate that is a fraction": _call("MT144", eligibility.approval, at_least=0.95),
    "a rate that is a Decimal": _call("MT144", _REQUIREMENT, _RATE, "EqualTo", [Decimal("0.95")]),
    "a rate that is no number": _call("MT115", _REQUIREMENT, _RATE, "EqualTo", [Decimal("sNaN")]),
    "a rate beyond any float": _call("MT115", _REQUIREMENT, _RATE, "EqualTo", [Fraction(DIGITS, 3)]),
    "an id with half of a surrogate pair": _call("MT020", _REQUIREMENT, "\ud800", "Exists"),
    "an id of many letters": _call("MT107", _REQUIREMENT, "x" * 10_000_000, "Exists"),
    "a comparator of many digits": _call("MT112", _REQUIREMENT, "3EXAMPLE", DIGITS),
    "a comparator of many letters": _call("MT112", _REQUIREMENT, "3EXAMPLE", "x_" * 1_000_000),
    "actions of many digits": _call("MT113", _REQUIREMENT, "3EXAMPLE", "Exists", actions_guarded=DIGITS),
    "a number of many digits for a list": _call("MT114", _REQUIREMENT, "3EXAMPLE", "EqualTo", DIGITS),
    "values without end": _call("MT115", _REQUIREMENT, "3EXAMPLE", "EqualTo", [_Loop()]),
    "an adult score": _call("MT148", _REQUIREMENT, "Worker_Adult", "EqualTo", [2]),
    "a member of many digits": _call(
        "MT102", eligibility.requirement, {"qualificationTypeId": "3EXAMPLE", "comparator": "Exists", DIGITS: 1}
    ),
    "a member of many letters": _call(
        "MT102",
        eligibility.requirement,
        {"qualificationTypeId": "3EXAMPLE", "comparator": "Exists", "x" * 1_000_000: 1},
    ),
    "a list within itself for production": _call("MT101", eligibility.production_only, _Loop()),
    # CSV files.
    "an empty file": _csv("MT442", ""),
    "a file of NUL": _csv("MT441", "worker_id\nA1EXAMPLE\0\n"),
    "a file of bytes": _csv("MT441", b"worker_id\n\xff\xfe\xfd\n"),
    "quotation marks": _csv("MT442", '"worker_id\nA1EXAMPLE'),
    "an open quotation": _csv("MT445", 'worker_id\n"A1EXAMPLE'),
    "no column of ids": _csv("MT443", "name\nA1EXAMPLE\n"),
    "a header of many letters": _csv("MT443", f"{'x' * 1_000_000},{'y' * 1_000_000}\n"),
    "two columns of ids": _csv("MT444", "worker_id,WorkerId\nA1EXAMPLE,A2EXAMPLE\n"),
    "too many fields": _csv("MT445", "worker_id,score\nA1EXAMPLE,1,2\n"),
    "no id": _csv("MT446", "worker_id,score\nb,1\n"),
    "a worker of many letters": _csv("MT446", f"worker_id\n{'A' * 1_000_000}\n"),
    **{
        f"a score {number}": _csv("MT447", _WORKERS.format(score), score="score")
        for number, score in enumerate(("x", "1.5", "NaN", "1e999999", "9" * 1_000_000, 2**31, "\u0661", "--1"))
    },
    "two scores": _csv("MT448", "worker_id,score\nA1EXAMPLE,1\nA1EXAMPLE,2\n", score="score"),
    "a column of many letters": _csv("MT443", _WORKERS, score="x" * 1_000_000),
    **{
        f"a time {number}": _csv("MT449", f"WorkerId,SubmitTime\nA1EXAMPLE,{time}\n", since=datetime.date(2020, 1, 1))
        for number, time in enumerate(
            ("x", "2020-01-01", "Tue Foo 03 10:12:11 PST 2020", "9" * 10_000, "Tue Nov 03 10:12:11 PST 99999")
        )
    },
    **{
        f"since {number}": _csv("MT451", "WorkerId,SubmitTime\n", since=since)
        for number, since in enumerate(("2020-01-01", 5, datetime.datetime(2020, 1, 1)))
    },
    **{
        f"statuses {number}": _csv("MT452", "WorkerId,AssignmentStatus\n", statuses=statuses)
        for number, statuses in enumerate(([], ["x"], "Approved", 5, [None], [DIGITS]))
    },
    "a status": _csv("MT450", "WorkerId,AssignmentStatus\nA1EXAMPLE,x\n", statuses=["Approved"]),
    "no file": lambda folder: refusal(lambda: workers_from_csv(folder / "none.csv"), "MT440"),
    "a folder": lambda folder: refusal(lambda: workers_from_csv(folder), "MT440"),
    "a name with NUL": lambda folder: refusal(lambda: workers_from_csv(f"{folder}/a\0b"), "MT440"),
    "a name of many letters": lambda folder: refusal(lambda: workers_from_csv(folder / ("x" * 100_000)), "MT440"),
    # The configuration.
    "an unknown key": _config("MT601", endpoint="http://127.0.0.1"),
    "a key of many letters": _config("MT601", **{"x" * 1_000_000: "1"}),
    "an environment": _config("MT006", environment="Sandbox"),
    **{
        f"an address {number}": _config("MT604", endpointUrl=address)
        for number, address in enumerate(
            (
                *("panel.example.org", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x.org"),
                *("http://", "http://:80", "http://[::1", "http://x:port", "http://x:99999", "http://x:0", "//x.org"),
                *("http://x .org", "http://x\n.org", "http://x\x00.org", "https://x\u200b.org"),
            )
        )
    },
    "a password": _config("MT605", endpointUrl="https://ann:word@panel.example.org"),
    **{
        f"a former address {number}": _config("MT604", formerEndpoints=address)
        for number, address in enumerate(
            ("javascript:alert(1)", "data:text/html;base64", "ftp://x.org", "a b", "http://")
        )
    },
    "a list that is none": _config("MT602", formerEndpoints='["old.example.org"'),
    "a list without end": _config("MT602", formerEndpoints="[" * 100_000),
    **{
        f"an account {number}": _config("MT603", allowedAccountIds=account)
        for number, account in enumerate(("1", "1111-2222-3333", "\u0661" * 12, "9" * 1_000_000))
    },
    **{
        f"a file {number}": _config("MT020", localDatabase=path)
        for number, path in enumerate(("a\x00b", "\x1b[31m", "a\x85b"))
    },
    "a profile": _config("MT020", profile="a\x00b"),
    **{
        f"seconds {number}": _config("MT003", operationTimeoutSeconds=text)
        for number, text in enumerate(("x", "NaN", "inf", "1e999999", "9" * 1_000_000))
    },
    **{
        f"no seconds {number}": _config("MT005", operationTimeoutSeconds=text)
        for number, text in enumerate(("0", "-1"))
    },
    "a rate": _config("MT003", requestsPerSecond="Infinity"),
    **{
        f"accepted {number}": _config("MT630", accept=text)
        for number, text in enumerate(("x", "{}", "5", "[" * 100_000, f"[{'9' * 5000}]", "[5]"))
    },
    "a code": _config("MT631", accept='[{"code": "MT000", "reason": "x"}]'),
    "a code of many letters": _config("MT631", accept=[{"code": "x" * 1_000_000, "reason": "x"}]),
    "an error accepted": _config("MT632", accept='[{"code": "MT202", "reason": "x"}]'),
    "no reason": _config("MT633", accept=[{"code": "MT204", "reason": "\u200b"}]),
    "a long reason": _config("MT004", accept=[{"code": "MT204", "reason": "x" * 1_000_000}]),
    "a reason that a terminal obeys": _config("MT020", accept=[{"code": "MT204", "reason": "\x1b[2J"}]),
    "a day": _config("MT634", accept=[{"code": "MT204", "reason": "x", "until": "9" * 100_000}]),
    "a worker in a reason": _config("MT705", accept=[{"code": "MT204", "reason": "for A1EXAMPLEWORKER"}]),
}
