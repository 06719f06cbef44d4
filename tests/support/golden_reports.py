"""Reports of recorded previews, as they are kept beside them: `tools/run python -m tests.support.golden_reports`.

The command writes tests/review/golden anew. Look at the difference before you commit it: it is what reviewers will see.
"""

import copy
import datetime
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pulumi_mturk.review import document
from pulumi_mturk.review.formats import html, markdown, terminal
from pulumi_mturk.review.judge import review
from pulumi_mturk.review.plan_forms import read_plan
from pulumi_mturk.review.policy import policy_of
from pulumi_mturk.review.report import Report
from tests.support.previewed import PREVIEWS, RECORDED

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = RECORDED.parent / "golden"
TODAY = datetime.date(2026, 11, 26)
WIDTH = 100
_TYPE_ID = re.compile(r"\bLOCAL[0-9A-Z]{25}\b")


@dataclass(frozen=True)
class Recording:
    """What a preview printed, and its exit status if it was seen."""

    text: str
    exit_code: int | None


def recording(name: str) -> Recording:
    """The recording of a name, or what is derived from another."""
    if name in DERIVED:
        return DERIVED[name]()
    found = json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))
    return Recording(_as_printed(found["output"]), found["exitCode"])


def _as_printed(output: Any) -> str:
    if isinstance(output, list):  # lines
        return "".join(f"{json.dumps(item)}\n" for item in output)
    return output if isinstance(output, str) else json.dumps(output)


def _without_its_end() -> Recording:
    """As a full disk leaves it."""
    whole = recording("update")
    return Recording(whole.text[: len(whole.text) // 2], None)


def _from_a_pipe() -> Recording:
    return Recording(recording("update").text, None)


def long_plan(number: int) -> Recording:
    """The plan of a real change, its steps repeated under other names and ids until there are so many resources."""
    plan = json.loads(recording("production").text)
    steps = [step for step in plan["steps"] if step["newState"]["custom"]]
    others = [step for step in plan["steps"] if step not in steps]
    repeated: list[dict[str, Any]] = []
    for at in range(-(-number // len(steps))):
        text = json.dumps(copy.deepcopy(steps))
        for urn in {step["urn"] for step in steps}:
            text = text.replace(f'{urn}"', f'{urn}-{at:04}"')
        text = _TYPE_ID.sub(lambda found: f"{found[0][:-4]}{at:04}", text)  # noqa: B023 - called at once
        repeated += json.loads(text)
    plan["steps"] = others + repeated[:number]
    plan["changeSummary"] = {"update": number}
    return Recording(json.dumps(plan), 0)


DERIVED: Mapping[str, Callable[[], Recording]] = {
    "cut-short": _without_its_end,
    "from-a-pipe": _from_a_pipe,
}
NAMES = sorted({*PREVIEWS, *DERIVED})
# Ten for a pull request, and four of these for a terminal and as a page: of each kind the one that has most to tell.
MARKDOWN = (
    "MT510",
    "MT541",
    "create",
    "cut-short",
    "failed",
    "hundred-thousand-workers",
    "others",
    "production",
    "production-more-kept-out",
    "same",
)
FOR_PEOPLE = ("failed", "hundred-thousand-workers", "production", "production-more-kept-out")


def report(name: str) -> Report:
    """The review of a recording, with the base branch's rules where the change has others."""
    found = recording(name)
    earlier = PREVIEWS[name].earlier if name in PREVIEWS else None
    settings = {f"mturk:{key}": value for key, value in (earlier or {}).items()}
    has_rules = {"mturk:require", "mturk:accept"} & settings.keys()
    policy = policy_of(settings) if has_rules else None
    return review(read_plan(found.text, found.exit_code), today=TODAY, policy=policy)


def goldens(name: str) -> dict[str, str]:
    """The files of a recording's report, with what is in them."""
    made = report(name)
    found = {f"{name}.json": document.write(made)}
    if name in MARKDOWN:
        found[f"{name}.md"] = markdown.write(made)
    if name in FOR_PEOPLE:
        found[f"{name}.txt"] = terminal.write(made, width=WIDTH)
        found[f"{name}.html"] = html.write(made)
    return found


def main() -> None:
    """Write all of them, and remove those of recordings that are gone."""
    GOLDEN.mkdir(exist_ok=True)
    written: set[Path] = set()
    for name in NAMES:
        for file, text in goldens(name).items():
            (GOLDEN / file).write_text(text, encoding="utf-8")
            written.add(GOLDEN / file)
    for gone in set(GOLDEN.iterdir()) - written:
        gone.unlink()


if __name__ == "__main__":
    main()
