"""R7: `kill -9` at every call of an apply, and what the page about it says to type then."""

import itertools
import random
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from pulumi_mturk.marketplace import Marketplace
from tests.reliability.figure import Figure, Measured, told
from tests.reliability.stacks import ids
from tests.support.kills import Moment, Victim, killed, recover
from tests.support.pulumi_cli import NO_CHANGES, Stack, counted
from tests.support.random_programs import SOURCE, Program, actual, expected, written

CREATE = "CreateQualificationType"
# Seconds after which a command is given up: a machine may be busy with other figures.
PATIENCE = 600.0


def _type(description: str, **members: Any) -> tuple[str, dict[str, Any]]:
    return "QualificationType", {"description": description, **members}


def _grant(name: str, number: int, score: int) -> tuple[str, dict[str, Any]]:
    members = {"qualificationTypeId": f"${{{name}}}", "workerId": f"A{number}GRANTEXAMPLE", "integerValue": score}
    return "QualificationGrant", members


def _block(number: int, reason: str) -> tuple[str, dict[str, Any]]:
    return "WorkerBlock", {"workerId": f"A{number}BLOCKEXAMPLE", "reason": reason}


def _task(title: str) -> tuple[str, dict[str, Any]]:
    asked = [{"qualificationTypeId": "${reader}", "comparator": "Exists"}]
    members = {"title": title, "description": "A task.", "reward": "0.10", "assignmentDurationInSeconds": 600}
    return "HITType", {**members, "qualificationRequirements": asked}


# Everything that an apply can do: creates, updates, a replacement, deletes.
BEFORE: Program = {
    "reader": _type("Reads."),
    "typist": _type("Types.", keywords="words"),
    "gone": _type("Goes."),
    "grant0": _grant("reader", 0, 1),
    "grant1": _grant("reader", 1, 1),
    "roster0": (
        "QualificationRoster",
        {"qualificationTypeId": "${reader}", "workers": ["A1ROSTEREXAMPLE", "A2ROSTEREXAMPLE"]},
    ),
    "block0": _block(0, "Asked to be left alone."),
    "block1": _block(1, "Asked to be left alone."),
    "task0": _task("Transcribe"),
}
AFTER: Program = {
    "reader": _type("Reads receipts."),
    "typist": _type("Types.", keywords="words, receipts"),
    "writer": _type("Writes."),
    "editor": _type("Edits.", name="Editor of a study"),
    "grant0": _grant("reader", 0, 2),
    "grant2": _grant("writer", 2, 3),
    "roster0": (
        "QualificationRoster",
        {"qualificationTypeId": "${reader}", "workers": ["A2ROSTEREXAMPLE", "A3ROSTEREXAMPLE"]},
    ),
    "block0": _block(0, "Copied answers."),
    "block2": _block(2, "Copied answers."),
    "task0": _task("Transcribe"),
    "task1": _task("Translate"),
}


def _prepared(folder: Path, home: Path) -> tuple[Stack, list[str]]:
    """A stack of the first program, with the second one written; and the calls that an apply of that makes."""
    stack = Stack(folder / "prepared", home, {}).program(SOURCE)
    stack.timeout = PATIENCE
    (stack.folder / "program.json").write_text(written(BEFORE))
    stack.up().ok()
    (stack.folder / "program.json").write_text(written(AFTER))
    rehearsal = _copy(stack, folder / "rehearsal", home)
    with Marketplace.open(rehearsal.database) as marketplace:
        marketplace.set_switches(record_calls="on")
        rehearsal.up().ok()
        return stack, list(counted(marketplace).elements())


def _copy(prepared: Stack, folder: Path, home: Path) -> Stack:
    stack = Stack(folder, home, {})
    stack.timeout = PATIENCE
    shutil.copytree(prepared.folder, folder, dirs_exist_ok=True)
    return stack


def _wrong(stack: Stack, marketplace: Marketplace) -> str | None:
    """What is not as it has to be after the recovery."""
    if stack.preview(NO_CHANGES).code:
        return "a plan that is not empty"
    there, wanted = actual(marketplace), expected(AFTER, ids(stack))
    if there["types"].keys() - wanted["types"].keys():
        return "orphans"
    return None if there == wanted else "a difference"


def _every_call(runs: int, seed: int) -> Measured:
    wrong: Counter[str] = Counter()
    named = lost = cut = 0
    with TemporaryDirectory() as name, TemporaryDirectory() as home_name:
        folder, home = Path(name), Path(home_name)
        prepared, operations = _prepared(folder, home)
        cases = list(itertools.product(range(1, len(operations) + 1), get_args(Victim), get_args(Moment)))
        # Fewer than all are some of each call, victim and moment.
        chosen = random.Random(seed).sample(cases, min(runs, len(cases)))  # noqa: S311
        for done, (call, victim, moment) in enumerate(chosen, 1):
            stack = _copy(prepared, folder / f"kill{done}", home)
            with Marketplace.open(stack.database) as marketplace:
                killed(stack, marketplace, victim, moment, "*", call)
                cut += recover(stack)
                if found := _wrong(stack, marketplace):
                    wrong[f"{found} (call {call}, {victim}, {moment})"] += 1
            shutil.rmtree(stack.folder)
        # Where the folder is lost as well, as that of a CI job is, there is no receipt: what is left is told.
        for call in (1, 2, 3):
            stack = _copy(prepared, folder / f"lost{call}", home)
            with Marketplace.open(stack.database) as marketplace:
                killed(stack, marketplace, "provider", "after", CREATE, call)
                shutil.rmtree(stack.folder / ".mturk" / "creating")
                output = stack.up()
                # What is replaced stays in the state, beside the new one, where the run could not end.
                left = {type_id for type_id in actual(marketplace)["types"] if type_id not in stack.state()}
                named += bool(left) and all(f'adopt="{type_id}"' in output.text for type_id in left)
                lost += bool(left)
    bad = told(wrong)
    # The `.attrs` file of Pulumi's backend, which its CLI does not replace in one step.
    by_hand = f"{cut} times a file of Pulumi's own to delete" if cut else "0 manual steps"
    result = f"0 orphans, 0 doubles, {by_hand} in {len(chosen)} kills at {len(operations)} calls"
    result = f"{bad or result}; of 3 in a fresh folder {lost} left a type, {named} told"
    return Measured(len(chosen), result, reached=not bad and named == lost == 3)


FIGURES = [
    Figure(
        "R7",
        "`kill -9` at any call loses nothing, in the folder of the run; elsewhere what is left is told",
        "an apply with creates, updates, a replacement and deletes; provider, CLI or both killed at each of its calls, "
        "before and after the commit; then what docs/recovery.md says to type",
        "0 orphans, 0 doubles, no step by hand but those on a file of Pulumi's own",
        _every_call,
        short=0,
        long=156,  # 26 calls, three ways to kill, two moments
    ),
]
